//===- Weights.h - how a chip's synapses store weights ----------*- C++ -*-===//
#ifndef LLE_FRONTENDS_NETX_WEIGHTS_H
#define LLE_FRONTENDS_NETX_WEIGHTS_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <vector>

namespace lle::netx {

enum class SignMode { Mixed, Excitatory, Inhibitory };
llvm::StringRef toString(SignMode mode);

/// The format of the weights of one layer, as lava-dl chooses it (`optimize_weight_bits`) and Loihi stores it.
struct SynapseFormat {
  SignMode sign = SignMode::Mixed;
  int weightBits = 8;     ///< Without the sign of a mixed format.
  int weightExponent = 0; ///< Sums are shifted by it.
};

/// What a layer's weights are on the chip.
struct StoredWeights {
  SynapseFormat format;
  /// What one spike adds: the stored weight, cut to its bits, times 2^exponent. Always a whole number.
  std::vector<int64_t> effective;
  bool clipped = false; ///< Some were out of range.
};

/// Chooses the format for weights that share it, and stores them.
StoredWeights storeWeights(llvm::ArrayRef<int64_t> weights);

/// The largest number of bits, at most `limit`, by which all weights can be shifted right exactly; 0 if all are 0.
int countTrailingZeros(llvm::ArrayRef<int64_t> weights, int limit);

/// By how many bits, 0 or 1, weights are shifted right so that 8 bits hold those of the chip's 9, which are even.
int64_t getSharedExponent(llvm::ArrayRef<int64_t> weights);

/// A weight times its scale, to the nearest even integer (halves to the nearest multiple of 4, as rounding of halves to
/// even has it), clipped to -256 to 254: lava-dl's quantisation in training, where the scale is 64.
int64_t quantise(double scaledWeight);

} // namespace lle::netx

#endif
