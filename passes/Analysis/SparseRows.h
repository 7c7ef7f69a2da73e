//===- SparseRows.h - synapses that are kept one by one ---------*- C++ -*-===//
//
// Weights most of which are zero, as rows of the others: one for each input, or, where inputs have the same weights in
// the same pattern, one for all of them, as those of a convolution that was written out.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_PASSES_ANALYSIS_SPARSEROWS_H
#define LLE_PASSES_ANALYSIS_SPARSEROWS_H

#include "dialects/LLE/LLEOps.h"

#include <optional>

namespace lle {

/// Instructions that an input which is not zero takes: for each output of a row that is kept whole, and else for a row,
/// and for each weight of it that is not zero.
struct RowCosts {
  double output, row, weight;
};
/// Counted under QEMU for 512 spikes to 128 outputs (docs/performance.md): on Cortex-M4, of which other processors
/// without vectors take more for each of them, and on Cortex-M55.
inline constexpr RowCosts kScalarRows{1.15, 30, 6}, kVectorRows{0.45, 10, 6};

/// Input i adds weights[k] to output firsts[i] + offsets[k], for k from begins[r] to begins[r + 1], where r is rows[i],
/// or i where `rows` and `firsts` are empty.
struct SparseRows {
  llvm::SmallVector<int64_t> rows, firsts; ///< Of each input.
  llvm::SmallVector<int64_t> begins;
  llvm::SmallVector<int64_t> offsets; ///< Of each weight.
  llvm::SmallVector<double> weights;

  /// What the tables take in memory with weights of so many bits.
  uint64_t getBytes(unsigned weightBits) const;
  /// What all `inputs` reach, in all.
  int64_t countSynapses(int64_t inputs) const;
};

/// The bits of the narrowest integers that hold so great a number: 8, 16 or 32.
unsigned getTableBits(int64_t largest);

/// The rows of weights (outputs, inputs), where they take no more time than whole rows, or at most twice as much and a
/// quarter of the memory; nothing elsewhere, and where there are too few weights for a loop to pay. Rows are shared
/// where that takes less memory.
std::optional<SparseRows> findSparseRows(llvm::ArrayRef<double> weights, int64_t inputs, const RowCosts &costs);
/// Those of a synapse; nothing where it is no `lle.linear` or `lle.affine` with one row of inputs and constant weights.
std::optional<SparseRows> findSparseRows(mlir::Operation *synapse, const RowCosts &costs);

} // namespace lle

#endif
