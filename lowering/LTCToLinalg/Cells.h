//===- Cells.h - native code of recurrent cells -----------------*- C++ -*-===//
#ifndef LLE_LOWERING_LTCTOLINALG_CELLS_H
#define LLE_LOWERING_LTCTOLINALG_CELLS_H

#include "lowering/MaterializeState/StepLowering.h"

namespace lle {

void attachLTCCellLowering(mlir::MLIRContext *context);
void attachCfCCellLowering(mlir::MLIRContext *context);
/// LSTM, GRU and CT-RNN.
void attachBaselineCellLowerings(mlir::MLIRContext *context);
void attachFixedLTCCellLowering(mlir::MLIRContext *context);
/// Liquid cells in fixed point, that one among them.
void attachFixedCellLowerings(mlir::MLIRContext *context);

} // namespace lle

#endif
