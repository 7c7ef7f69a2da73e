//===- WeightTensors.h - the weights of a network ---------------*- C++ -*-===//
#ifndef LLE_PASSES_PRECISION_WEIGHTTENSORS_H
#define LLE_PASSES_PRECISION_WEIGHTTENSORS_H

#include "dialects/LLE/LLEOps.h"

namespace lle {

/// On a network whose synapses were pruned: how many it had, and what the metric was before and after. On its weights
/// and cells: of each attribute how many are left. Those that are zero are then no weights.
inline constexpr llvm::StringLiteral kSparsityAttr = "lle.sparsity";

/// Weights of synapses, or a matrix of parameters of a liquid or recurrent cell.
struct WeightTensor {
  mlir::Operation *op;        ///< That has the attribute.
  mlir::StringAttr attribute; ///< Elements, or an array of elements.
  int64_t index = -1;         ///< In the array.
  std::string name;           ///< For people, and in the attributes that say what was decided.
  mlir::RankedTensorType type;
  int64_t rows = 1;            ///< Outputs: neurons or channels.
  bool outputsAreLast = false; ///< Else they are first, or before the inputs.
  llvm::SmallVector<SynapseOpInterface> readers = {};
  std::vector<bool> isMasked = {}; ///< Elements that are no synapses; empty where all are.

  int64_t getElements() const { return type.getNumElements(); }
  /// Those that are stored.
  int64_t countStored() const;
  bool isInteger() const { return llvm::isa<mlir::IntegerType>(type.getElementType()); }

  /// In double precision, one row for each output; 0 where masked.
  std::vector<double> read() const;
  void write(llvm::ArrayRef<double> values) const;
  /// As `isMasked`, in the order of `read`.
  std::vector<bool> getAbsent() const;
};

/// In the order in which signals pass them; the same in a copy of the network.
llvm::SmallVector<WeightTensor> getWeightTensors(NetworkOp network);

} // namespace lle

#endif
