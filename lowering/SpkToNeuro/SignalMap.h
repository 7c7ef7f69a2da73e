//===- SignalMap.h - what operations make of one element --------*- C++ -*-===//
#ifndef LLE_LOWERING_SPKTONEURO_SIGNALMAP_H
#define LLE_LOWERING_SPKTONEURO_SIGNALMAP_H

#include "mlir/IR/Operation.h"

#include <functional>

namespace lle {

/// Takes an element of the result, what it is multiplied with, and how many steps later it comes.
using SignalSink = llvm::function_ref<void(int64_t element, int32_t weight, int64_t delay)>;

/// Where an element of an operand goes. The result is the sum over all elements of all operands, modulo 2^32.
using SignalMap = std::function<void(int64_t element, SignalSink)>;

/// An error at the operation where its result is no linear map of the operand in integers. With `allowsReals` signals
/// may be of f32, in which sums of whole numbers below 2^24 are exact.
mlir::FailureOr<SignalMap> createSignalMap(mlir::OpOperand &operand, bool allowsReals);

/// What an operation adds to each element of its result in every step, whatever its operands are; empty where it adds
/// nothing. An error at it where that is not constant whole numbers.
mlir::FailureOr<std::vector<int32_t>> readBias(mlir::Operation *op);

} // namespace lle

#endif
