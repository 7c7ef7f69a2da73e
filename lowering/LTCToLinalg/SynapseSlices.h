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

/// Slots that stand side by side in the code, so that one hides the latency of the others.
inline constexpr int64_t kSlotsSideBySide = 4;

/// Whether a lane is moved from any register to any other in one instruction, and there are registers for many sources.
inline bool movesLanes(const VectorShape &machine) { return machine.lanes == 4 && isAArch64(machine.simd); }

/// How a slot finds the sources of its lanes.
enum class LookUp {
  broadcast, ///< All lanes have one source: slot i of the run has source i.
  permute,   ///< From registers that hold sources, by permutations of lanes.
  gather     ///< From memory.
};

/// Slots that look up their sources in the same way.
struct SlotRun {
  int64_t first, slots;
  LookUp lookUp;
  int64_t firstRegister = 0, numRegisters = 0; ///< Those that `permute` looks into.
};

/// How the synapses between `sources` and `targets` lie in registers.
class SynapseSlices {
public:
  /// Sources and targets of the synapses are positions.
  SynapseSlices(llvm::ArrayRef<FoldedSynapse> synapses, int64_t sources, int64_t targets, const VectorShape &machine);

  /// For each register of targets its slots; none where it has no synapses.
  llvm::ArrayRef<llvm::SmallVector<SlotRun>> getSlices() const { return slices; }
  int64_t getNumSlots() const { return int64_t(indices.size()) / machine.lanes; }
  int64_t getNumSources() const { return sources; }
  /// Whether all slots are unrolled; else runs are loops.
  bool isUnrolled() const { return unrolled; }
  /// Whether a slot reads sources from memory.
  bool needsMemory() const;
  /// The source of each lane of a slot; where a lane is empty, one that the slot can look up.
  llvm::ArrayRef<int64_t> getSources(int64_t slot) const {
    return llvm::ArrayRef(indices).slice(slot * machine.lanes, machine.lanes);
  }
  /// Slope, offset, weight and weight times reversal of one slot after the other, a register each; zero where a lane is
  /// empty.
  llvm::ArrayRef<double> getCoefficients() const { return coefficients; }
  /// Sources are kept below this magnitude: beyond it, no conductance changes any more.
  double getSourceLimit() const { return limit; }
  /// Whether no exponent of a synapse is beyond `kLargestExponent` where its source is within the limit.
  bool areBounded() const { return bounded; }

private:
  using FanIn = llvm::SmallVector<const FoldedSynapse *>;

  const int64_t sources;
  const VectorShape machine;
  llvm::SmallVector<llvm::SmallVector<SlotRun>> slices;
  llvm::SmallVector<int64_t> indices;
  llvm::SmallVector<double> coefficients;
  double limit = 0;
  bool bounded = false;
  bool unrolled = true;

  void findLimit(llvm::ArrayRef<FoldedSynapse> synapses);
  int64_t addSlot(int64_t source);
  void put(int64_t slot, int64_t lane, const FoldedSynapse &synapse);
  void addDense(llvm::ArrayRef<FanIn> rows);
  void addSparse(llvm::ArrayRef<FanIn> rows, int64_t deepest);
  LookUp getMixedLookUp() const;
};

/// The order of neurons in lanes: by falling fan-in where that takes fewer slots, else as they are.
llvm::SmallVector<int64_t> orderByFanIn(llvm::ArrayRef<FoldedSynapse> synapses, int64_t neurons, int64_t lanes);

} // namespace lle

#endif
