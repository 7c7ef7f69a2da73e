//===- SparseSynapses.h - synapses that are kept one by one -----*- C++ -*-===//
//
// Where most weights of a matrix are zero, an input that is not zero walks the row of the others. It is what is left of
// pruned synapses, and of convolutions that are divided among the processing elements of a chip.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_LOWERING_LLETOLINALG_SPARSESYNAPSES_H
#define LLE_LOWERING_LLETOLINALG_SPARSESYNAPSES_H

#include "lowering/LLEToLinalg/Arithmetic.h"
#include "passes/Analysis/SparseRows.h"

namespace lle {

/// The rows that the weights of an `lle.linear` or `lle.affine` are kept as on this machine; nothing where they are
/// kept whole.
std::optional<SparseRows> chooseSparseRows(const VectorShape &machine, mlir::Operation *linear);

/// The outputs of a flat tensor of inputs, as a flat tensor of `arithmetic.resultType`. `biases` is empty or has one
/// for each output. The sums of every output add the same terms in the same order as those of the other kernels.
mlir::Value sumBySparseRows(StepBuilder &b, mlir::Value inputs, bool areSpikes, const SynapseArithmetic &arithmetic,
                            const SparseRows &rows, int64_t outputs, llvm::ArrayRef<double> biases);

} // namespace lle

#endif
