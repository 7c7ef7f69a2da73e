//===- Arithmetic.h - what a synapse computes with --------------*- C++ -*-===//
#ifndef LLE_LOWERING_LLETOLINALG_ARITHMETIC_H
#define LLE_LOWERING_LLETOLINALG_ARITHMETIC_H

#include "lowering/MaterializeState/StepLowering.h"

namespace lle {

/// The numbers of a synapse: weights in the table that the kernel reads, sums in its accumulators, and results.
///
/// * A result of floats, weights of floats or signless integers: table and sums have the result's type; weights of
/// bf16,
///   and of f16 where the target extends it, stay as they are in the table.
/// * A result of si32, signed weights: the table has the weights' type, sums are i32.
/// * A result of f32, quantised weights: the table has the storage type, sums are i32, scaled at the end.
class SynapseArithmetic {
public:
  SynapseArithmetic(mlir::Value weights, mlir::RankedTensorType result, const VectorShape &machine);

  mlir::Type tableType;  ///< Element type of the packed weights.
  mlir::Type sumType;    ///< Element type of the accumulators.
  mlir::Type resultType; ///< Element type of the result as it is stored.

  bool isInteger() const { return mlir::isa<mlir::IntegerType>(sumType); }
  /// Whether the sums are of another type than the result.
  bool isQuantised() const { return sumType != resultType; }

  /// A row of the table in the accumulators' type.
  mlir::Value extend(StepBuilder &builder, mlir::Value row) const;

  /// `sum + element * row`, all but `element` (as it is stored) of the accumulators' type; a plain sum where the
  /// element is known to be one.
  mlir::Value accumulate(StepBuilder &builder, mlir::Value sum, mlir::Value element, bool isOne, mlir::Value row) const;

  /// An element as it is stored, in the accumulators' type.
  mlir::Value toNumber(StepBuilder &builder, mlir::Value element) const;
  /// All elements of a flat tensor, converted once.
  mlir::Value convertElements(StepBuilder &builder, mlir::Value flat) const;

  /// The scales of quantised weights, one for each output, or one for all.
  llvm::ArrayRef<double> getScales() const { return scales; }
  /// `sum * scale + bias` for a row of sums; only quantised weights have a scale, and `bias` may be null.
  mlir::Value finish(StepBuilder &builder, mlir::Value sum, mlir::Value scale, mlir::Value bias) const;

  /// A sum of two results.
  mlir::Value add(StepBuilder &builder, mlir::Value left, mlir::Value right) const;

private:
  llvm::SmallVector<double> scales;
};

} // namespace lle

#endif
