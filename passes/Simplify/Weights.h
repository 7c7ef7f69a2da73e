//===- Weights.h - weights made by passes -----------------------*- C++ -*-===//
#ifndef LLE_PASSES_SIMPLIFY_WEIGHTS_H
#define LLE_PASSES_SIMPLIFY_WEIGHTS_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace lle {

/// Weights of a float type: the values, each rounded once.
mlir::Value createWeight(mlir::OpBuilder &builder, mlir::Location loc, llvm::ArrayRef<double> values,
                         mlir::RankedTensorType type);

} // namespace lle

#endif
