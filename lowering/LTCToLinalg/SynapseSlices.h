//===- SynapseSlices.h - sparse synapses in vector registers ----*- C++ -*-===//
//
// Synapses of one kind (sensory or recurrent) by target: the lanes of a register hold neurons, and each slot of a slice
// holds at most one synapse of every lane. This is the sliced ELLPACK format, with slices as high as a register.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_LOWERING_LTCTOLINALG_SYNAPSESLICES_H
#define LLE_LOWERING_LTCTOLINALG_SYNAPSESLICES_H

#include "lowering/MaterializeState/StepLowering.h"

namespace lle {

/// A synapse with everything folded that is known at compile time: its conductance is `weight / (1 + 2^t)` with
/// `t = slope v + offset`, and its current the conductance times `reversal`.
struct FoldedSynapse {
  int64_t source, target;
  double slope, offset, weight, reversal;
};

struct SynapseSlice {
  int64_t first = 0; ///< Its first slot.
  int64_t slots = 0;
  bool isDense = false; ///< Slot i holds the synapses from source i; else sources differ from lane to lane.
};

/// How the synapses between `sources` and `targets` lie in registers.
class SynapseSlices {
public:
  /// Sources and targets of the synapses are positions.
  SynapseSlices(llvm::ArrayRef<FoldedSynapse> synapses, int64_t sources, int64_t targets, const VectorShape &machine);

  llvm::ArrayRef<SynapseSlice> getSlices() const { return slices; }
  int64_t getNumSlots() const { return int64_t(indices.size()) / lanes; }
  int64_t getNumSources() const { return sources; }
  bool hasDense() const;
  bool hasSparse() const;
  /// The source of each lane of a slot; source 0 where a lane is empty.
  llvm::ArrayRef<int64_t> getSources(int64_t slot) const { return llvm::ArrayRef(indices).slice(slot * lanes, lanes); }
  /// Slope, offset, weight and weight times reversal of one slot after the other, `lanes` elements each; zero where a
  /// lane is empty.
  llvm::ArrayRef<double> getCoefficients() const { return coefficients; }
  /// The largest magnitude of a slope.
  double getLargestSlope() const { return largestSlope; }

private:
  int64_t sources, lanes;
  llvm::SmallVector<SynapseSlice> slices;
  llvm::SmallVector<int64_t> indices;
  llvm::SmallVector<double> coefficients;
  double largestSlope = 0;
};

/// Registers whose lanes hold that many sources can be looked up by permutations of registers.
inline constexpr int64_t kMaxPermutedRegisters = 16;
bool canPermute(int64_t sources, const VectorShape &machine);

/// The order of neurons in lanes: by falling fan-in where that takes fewer slots, else as they are.
llvm::SmallVector<int64_t> orderByFanIn(llvm::ArrayRef<FoldedSynapse> synapses, int64_t neurons, int64_t lanes);

} // namespace lle

#endif
