//===- Weights.h - weights made by passes -----------------------*- C++ -*-===//
#ifndef LLE_PASSES_SIMPLIFY_WEIGHTS_H
#define LLE_PASSES_SIMPLIFY_WEIGHTS_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace lle {

/// The elements of constant weights in double precision; none for types that are no plain numbers.
std::optional<llvm::SmallVector<double>> readWeights(mlir::Value weights);

/// Weights of a float type: the values, each rounded once.
mlir::Value createWeight(mlir::OpBuilder &builder, mlir::Location loc, llvm::ArrayRef<double> values,
                         mlir::RankedTensorType type);

} // namespace lle

#endif
