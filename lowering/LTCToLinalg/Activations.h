//===- Activations.h - functions of numbers and vectors ---------*- C++ -*-===//
#ifndef LLE_LOWERING_LTCTOLINALG_ACTIVATIONS_H
#define LLE_LOWERING_LTCTOLINALG_ACTIVATIONS_H

#include "lowering/MaterializeState/StepLowering.h"

namespace lle {

/// `x y + z`, in one instruction where the target has it: real-valued cells do not promise the bits of their results.
mlir::Value multiplyAdd(StepBuilder &b, mlir::Value x, mlir::Value y, mlir::Value z);

/// `x` is a float or a vector of floats.
mlir::Value emitLogistic(StepBuilder &b, mlir::Value x);
mlir::Value emitActivation(StepBuilder &b, Activation function, mlir::Value x);

} // namespace lle

#endif
