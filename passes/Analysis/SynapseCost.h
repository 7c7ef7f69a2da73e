//===- SynapseCost.h - what the two kernels of a synapse cost ---*- C++ -*-===//
//
// A synapse visits all elements of its input (dense), or those that are not zero (event). What that costs is measured
// by lle-sweep-synapses for each target, and kept in the target's file as the entry `synapse_cycles` of its device.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_PASSES_ANALYSIS_SYNAPSECOST_H
#define LLE_PASSES_ANALYSIS_SYNAPSECOST_H

#include "dialects/LLE/LLEOps.h"

#include "mlir/IR/BuiltinAttributes.h"

namespace lle {

/// On a synapse: the kernel to take, "dense" or "event".
inline constexpr llvm::StringLiteral kSynapseAttr = "lle.synapse";
/// On a synapse: the measured fraction of input elements that are not zero, an f64.
inline constexpr llvm::StringLiteral kActivityAttr = "lle.activity";
/// Of a device: the cycles of kernels, see readSynapseCosts.
inline constexpr llvm::StringLiteral kSynapseCyclesAttr = "synapse_cycles";

/// The fraction of elements that is taken to be active where nothing was measured.
inline constexpr double kAssumedActivity = 0.1;

struct SparseRows;

/// What a synapse does in one step.
struct SynapseWork {
  bool isConvolution, isSpikes; ///< The input carries spikes of 0 or 1: there is nothing to multiply.
  double elements;              ///< Elements of the input.
  double vectors;               ///< Vectors of outputs that one element is added to.
  double results;               ///< Vectors of all outputs.
  double bytes;                 ///< Of the weights.
};

/// The work of a synapse on a machine whose vector registers hold `lanes` f32.
SynapseWork getSynapseWork(SynapseOpInterface synapse, int64_t lanes);

/// Cycles of the kernels of one kind of synapse.
struct KernelCosts {
  double denseElement, denseVector; ///< Of each element, and of each vector that it is added to.
  double eventWord;                 ///< Of each 64 elements that are tested.
  double eventElement, eventVector; ///< Of each element that is not zero, and of each vector that it is added to.
  double eventResult = 0; ///< Of each vector of outputs, which starts with a bias or zero before elements are added.
  /// Of each element, times a (1 - a) for the activity a: branches that are predicted wrongly, because the number of
  /// events of a word is hardest to predict where half of the elements are active.
  double eventBranch = 0;
};

/// What synapses cost on a target.
struct SynapseCosts {
  /// As in targets/x86-64-v4.mlir.
  KernelCosts linearSpikes{1.01, 1.1, 2.59, 0.822, 0.861}, linearNumbers{1.16, 1.29, 7.87, 1.14, 1.34},
      convSpikes{0, 0.853, 39.2, 0, 1.02}, convNumbers{0, 0.899, 68, 0, 1.13};
  /// Of a vector of weights that do not fit the cache of that size; both kernels then wait for memory.
  double farVector = 7, cacheBytes = double(1 << 21);

  double getDenseCycles(const SynapseWork &work) const;
  double getEventCycles(const SynapseWork &work, double activity) const;
  /// Of weights that are kept as rows (SparseRows.h), on a processor without vectors.
  double getSparseCycles(const SynapseWork &work, const SparseRows &rows, double activity) const;
  bool isEventCheaper(const SynapseWork &work, double activity) const {
    return getEventCycles(work, activity) <= getDenseCycles(work);
  }
  /// The activity from which on the dense kernel is cheaper; above 1 where it never is.
  double getCrossover(const SynapseWork &work) const;

private:
  const KernelCosts &getCosts(const SynapseWork &work) const;
  double getVectorCycles(const SynapseWork &work, double near) const;
};

/// Reads `synapse_cycles`: a dictionary of `far_vector`, `cache_bytes`, and for `linear_spikes`, `linear_numbers`,
/// `conv_spikes` and `conv_numbers` each a dictionary of the members of KernelCosts in snake case, all f64. What is
/// missing or no number that is finite and not negative is an error at the location; without `event_result`, which came
/// later, the words of a map contain it.
mlir::FailureOr<SynapseCosts> readSynapseCosts(mlir::Attribute attribute, mlir::Location loc);

} // namespace lle

#endif
