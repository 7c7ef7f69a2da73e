//===- SparseRows.h - synapses that are kept one by one ---------*- C++ -*-===//
//
// Weights most of which are zero, as rows of the others: one for each input, or, where inputs have the same weights in
// the same pattern, one for all of them, as those of a convolution that was written out.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_PASSES_ANALYSIS_SPARSEROWS_H
#define LLE_PASSES_ANALYSIS_SPARSEROWS_H

#include "mlir/Support/LLVM.h"

#include <optional>

namespace lle {

/// Of how many weights one may be other than zero, where adding a row takes less time than adding all of them: by the
/// instructions of Cortex-M4, which has about eight for ten weights of a dense row, and five for one that is alone; and
/// of Cortex-M55, which adds eight.
inline constexpr int64_t kSparseOfScalars = 6, kSparseOfVectors = 32;

/// Input i adds weights[k] to output firsts[i] + offsets[k], for k from begins[r] to begins[r + 1], where r is rows[i],
/// or i where `rows` and `firsts` are empty.
struct SparseRows {
  llvm::SmallVector<int64_t> rows, firsts; ///< Of each input.
  llvm::SmallVector<int64_t> begins;
  llvm::SmallVector<int64_t> offsets; ///< Of each weight.
  llvm::SmallVector<double> weights;

  /// What the tables take in memory with weights of so many bits.
  uint64_t getBytes(unsigned weightBits) const;
};

/// The bits of the narrowest integers that hold so great a number: 8, 16 or 32.
unsigned getTableBits(int64_t largest);

/// The rows of weights (outputs, inputs), of which at most one in `sparsity` is not zero; nothing where more are, or
/// where there are too few weights for a loop to pay. Rows are shared where that takes less memory.
std::optional<SparseRows> findSparseRows(llvm::ArrayRef<double> weights, int64_t inputs, int64_t sparsity);

} // namespace lle

#endif
