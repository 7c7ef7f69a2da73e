//===- ParameterRef.h - constant numbers of an operation --------*- C++ -*-===//
#ifndef LLE_PASSES_PRUNING_PARAMETERREF_H
#define LLE_PASSES_PRUNING_PARAMETERREF_H

#include "dialects/LLE/LLEOps.h"

#include <optional>

namespace lle {

/// Constant numbers of an operation: a weight that is its operand, or an attribute, or an element of an array.
class ParameterRef {
public:
  ParameterRef(mlir::Operation *op, unsigned operand) : op(op), operand(operand) {}
  ParameterRef(mlir::Operation *op, mlir::StringAttr name, std::optional<unsigned> element = std::nullopt)
      : op(op), name(name), element(element) {}

  mlir::Operation *getOperation() const { return op; }
  mlir::ElementsAttr get() const;
  /// A weight that others read too stays as it is for them.
  void set(mlir::ElementsAttr value) const;

private:
  mlir::Operation *op;
  std::optional<unsigned> operand;
  mlir::StringAttr name;
  std::optional<unsigned> element;
};

/// Removes these attributes of all operations: what other passes said of weights that are others now.
void removeWeightFacts(NetworkOp network, llvm::ArrayRef<llvm::StringRef> names);

/// How many elements the weights and parameters of all operations have.
int64_t countParameters(NetworkOp network);

} // namespace lle

#endif
