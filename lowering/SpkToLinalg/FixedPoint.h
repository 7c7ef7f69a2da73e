//===- FixedPoint.h - sweeps in integers ------------------------*- C++ -*-===//
#ifndef LLE_LOWERING_SPKTOLINALG_FIXEDPOINT_H
#define LLE_LOWERING_SPKTOLINALG_FIXEDPOINT_H

#include "lowering/MaterializeState/StepLowering.h"

namespace lle {

void attachFixedPointLowerings(mlir::MLIRContext *context);
void attachQ15Lowering(mlir::MLIRContext *context);
void attachFixedModelLowerings(mlir::MLIRContext *context);

} // namespace lle

#endif
