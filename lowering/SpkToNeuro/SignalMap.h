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

/// An error at the operation where its result is no linear map of the operand in integers.
mlir::FailureOr<SignalMap> createSignalMap(mlir::OpOperand &operand);

} // namespace lle

#endif
