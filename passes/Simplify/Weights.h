//===- Weights.h - reading, making and slicing weights ----------*- C++ -*-===//
#ifndef LLE_PASSES_SIMPLIFY_WEIGHTS_H
#define LLE_PASSES_SIMPLIFY_WEIGHTS_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

#include <optional>
#include <vector>

namespace lle {

/// The elements of constant weights in double precision; none for types that are no plain numbers.
std::optional<std::vector<double>> readWeights(mlir::Value weights);

/// Weights of a float type: the values, each rounded once.
mlir::Value createWeight(mlir::OpBuilder &builder, mlir::Location loc, llvm::ArrayRef<double> values,
                         mlir::RankedTensorType type);

/// Elements of a dense attribute of floats or integers, or of a resource; nothing for any other.
std::optional<std::vector<double>> readNumbers(mlir::ElementsAttr elements);

/// Floats or integers: the values, each rounded once; integers are clipped to their type.
mlir::DenseElementsAttr makeElements(mlir::ShapedType type, llvm::ArrayRef<double> values);

/// The slices of a dense attribute or of a resource at these indices of a dimension.
mlir::DenseElementsAttr selectElements(mlir::ElementsAttr elements, unsigned dim, llvm::ArrayRef<int64_t> indices);

} // namespace lle

#endif
