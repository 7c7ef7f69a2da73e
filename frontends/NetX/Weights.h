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

/// A float weight as lava-dl's training sees it: to the nearest even number of 64ths (halves to the even one), clipped
/// to -256 to 254.
int64_t quantise(double weight);

} // namespace lle::netx

#endif
