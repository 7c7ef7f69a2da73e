//===- Coding.h - code of encoders, decoders and attention ------*- C++ -*-===//
#ifndef LLE_LOWERING_SPKTOLINALG_CODING_H
#define LLE_LOWERING_SPKTOLINALG_CODING_H

#include "lowering/MaterializeState/StepLowering.h"

namespace lle::spk {

/// The number in the state `t`, and the state with another one.
mlir::Value readCounter(StepBuilder &b, mlir::Value state);
mlir::Value writeCounter(StepBuilder &b, mlir::Value state, mlir::Value count);
/// The count after this step, at most `last`.
mlir::Value countUpTo(StepBuilder &b, mlir::Value count, int64_t last);

void attachEncoderLowerings(mlir::MLIRContext *context);
void attachDecoderLowerings(mlir::MLIRContext *context);
void attachAttentionLowering(mlir::MLIRContext *context);

} // namespace lle::spk

#endif
