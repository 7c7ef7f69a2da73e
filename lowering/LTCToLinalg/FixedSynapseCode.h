//===- FixedSynapseCode.h - sums over synapses in integers ------*- C++ -*-===//
#ifndef LLE_LOWERING_LTCTOLINALG_FIXEDSYNAPSECODE_H
#define LLE_LOWERING_LTCTOLINALG_FIXEDSYNAPSECODE_H

#include "lowering/LLEToLinalg/Integers.h"

namespace lle {

/// The synapses of one kind of an `ltc.fixed_ltc_cell`: matrices [source, target].
struct FixedSynapses {
  int64_t sources, targets, shift;
  std::vector<int64_t> slope, offset, conductance, current;
  unsigned slopeBits, weightBits; ///< Of slopes; of conductances and currents.

  FixedSynapses(int64_t sources, int64_t targets, int64_t shift, mlir::ElementsAttr slope, mlir::ElementsAttr offset,
                mlir::ElementsAttr conductance, mlir::ElementsAttr current);
  bool isThere(int64_t source, int64_t target) const { return conductance[source * targets + target] != 0; }
};

/// Neurons whose sums a machine makes side by side: one where there are no vectors. AArch64 multiplies numbers of 16
/// bits, of which a register has eight.
int64_t getFixedLanes(const VectorShape &machine);
/// Bits of a potential that synapses look up: 32 where a machine gathers them.
unsigned getSourceBits(const VectorShape &machine);

/// Of neurons that stand in the lanes of a register side by side, or of one neuron where there are no vectors.
struct FixedSums {
  Integer conductance, current;
};

/// Synapses in generated code. They lie by target; with vectors in slices of as many targets as a register has lanes,
/// where a slot of a slice has a synapse of each lane, or none (SynapseSlices.h).
class FixedSynapseCode {
public:
  /// Sources and targets stand in these orders: position k has neuron, or input, `order[k]`.
  FixedSynapseCode(StepBuilder &b, const FixedFunctionCode &sigmoid, const FixedSynapses &synapses,
                   llvm::ArrayRef<int64_t> sourceOrder, llvm::ArrayRef<int64_t> targetOrder);

  /// What the synapses to a slice add to `sums`. Potentials have the bits of `getSourceBits`.
  FixedSums add(StepBuilder &b, mlir::Value potentials, mlir::Value slice, FixedSums sums) const;

private:
  /// Of a sigmoid; without vectors, `word` has what else it had to load.
  struct Argument {
    Integer slope, offset, word;
  };

  const FixedFunctionCode &sigmoid;
  int64_t lanes, sources, shift;
  unsigned weightBits;
  mlir::Value words;           ///< Without vectors: offset; slope and the rest, two or three words.
  mlir::Value slopes, offsets; ///< With vectors, a register of each for each slot,
  mlir::Value weights;         ///< and two of conductances and currents.
  mlir::Value sourceOf;        ///< The source of each synapse; null where all sources reach all targets.
  mlir::Value firstOf;         ///< The first slot of each slice, and their number.
  bool selectsBytes;           ///< Potentials are in registers, and `sourceOf` has the bytes of each.
  bool isEmpty;                ///< No synapse conducts.

  void pack(StepBuilder &b, const FixedSynapses &synapses, llvm::ArrayRef<int64_t> sourceOrder,
            llvm::ArrayRef<int64_t> targetOrder);
  void makeTables(StepBuilder &b, unsigned slopeBits, llvm::ArrayRef<int64_t> slope, llvm::ArrayRef<int64_t> offset,
                  llvm::ArrayRef<int64_t> conductance, llvm::ArrayRef<int64_t> current);
  Argument readArgument(StepBuilder &b, mlir::Value slot) const;
  FixedSums readWeights(StepBuilder &b, mlir::Value slot, const Argument &argument) const;
  mlir::Value selectPotentials(StepBuilder &b, mlir::Value potentials, mlir::Value slot) const;
  Integer readPotentials(StepBuilder &b, mlir::Value potentials, mlir::Value slot, mlir::Value source) const;
};

} // namespace lle

#endif
