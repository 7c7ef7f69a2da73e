//===- TensorTypes.h - the types of signals and weights ---------*- C++ -*-===//
//
// Operands and results of operations are ranked tensors of static shape: verifiers have seen to it.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_DIALECTS_LLE_TENSORTYPES_H
#define LLE_DIALECTS_LLE_TENSORTYPES_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Value.h"

namespace lle {

inline mlir::RankedTensorType getTensorType(mlir::Value value) {
  return llvm::cast<mlir::RankedTensorType>(value.getType());
}

inline bool isInteger(mlir::Value value) { return llvm::isa<mlir::IntegerType>(getTensorType(value).getElementType()); }

inline int64_t countElements(mlir::Value value) { return getTensorType(value).getNumElements(); }

} // namespace lle

#endif
