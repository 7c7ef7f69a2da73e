//===- Weights.cpp - how a chip's synapses store weights ------------------===//
#include "frontends/NetX/Weights.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <cmath>

using namespace llvm;
using namespace lle::netx;

/// What 8 bits and a sign hold, in steps of 2 where the format is mixed.
static constexpr int64_t kSmallest = -256, kLargestMixed = 254, kLargest = 255;
static constexpr double kStep = 2;

StringRef lle::netx::toString(SignMode mode) {
  switch (mode) {
  case SignMode::Mixed:
    return "mixed";
  case SignMode::Excitatory:
    return "excitatory";
  case SignMode::Inhibitory:
    return "inhibitory";
  }
  llvm_unreachable("all modes are handled");
}

int lle::netx::countTrailingZeros(ArrayRef<int64_t> weights, int limit) {
  int64_t bits = 0;
  for (int64_t weight : weights)
    bits |= weight;
  int count = 0;
  while (bits != 0 && count < limit && (bits >> count) % 2 == 0)
    ++count;
  return count;
}

StoredWeights lle::netx::storeWeights(ArrayRef<int64_t> weights) {
  StoredWeights stored;
  stored.effective.assign(weights.begin(), weights.end());
  if (all_of(weights, [](int64_t w) { return w == 0; }))
    return stored;
  std::vector<int64_t> &w = stored.effective;
  auto [least, greatest] = std::minmax_element(w.begin(), w.end());
  int64_t smallest = *least, largest = *greatest;
  SynapseFormat &format = stored.format;
  format.sign = largest < 0 ? SignMode::Inhibitory : smallest >= 0 ? SignMode::Excitatory : SignMode::Mixed;
  bool isMixed = format.sign == SignMode::Mixed;
  int64_t low = format.sign == SignMode::Excitatory ? 0 : kSmallest;
  int64_t high = format.sign == SignMode::Inhibitory ? 0 : isMixed ? kLargestMixed : kLargest;
  if (smallest < low || largest > high) {
    stored.clipped = true;
    for (int64_t &weight : w)
      weight = std::clamp(weight, low, high);
    smallest = std::max(smallest, low);
    largest = std::min(largest, high);
  }
  double scale = isMixed                               ? std::min(127.0 / double(largest), -128.0 / double(smallest))
                 : format.sign == SignMode::Inhibitory ? -256.0 / double(smallest)
                                                       : 255.0 / double(largest);
  int scaleBits = int(std::floor(std::log2(scale))) + isMixed;
  // As many bits as are 0 in all weights need not be stored; those of a mixed format are even once scaled.
  int zeros = w.empty() ? 0 : countTrailingZeros(w, 8);
  format.weightBits = 8 - scaleBits - (zeros - isMixed);
  format.weightExponent = -scaleBits;
  // On the chip: the scaled weight, its last bits cut. An inhibitory one is cut by magnitude.
  int cut = 8 - format.weightBits + isMixed;
  for (int64_t &weight : w) {
    int64_t sign = format.sign == SignMode::Inhibitory ? -1 : 1;
    int64_t chip = sign * weight * (int64_t(1) << scaleBits);
    if (cut > 0)
      chip = (chip >> cut) * (int64_t(1) << cut);
    weight = sign * (chip >> scaleBits);
  }
  return stored;
}

int64_t lle::netx::getSharedExponent(ArrayRef<int64_t> weights) {
  bool isWide = any_of(weights, [](int64_t w) { return !llvm::isInt<8>(w); });
  return isWide ? countTrailingZeros(weights, 1) : 0;
}

int64_t lle::netx::quantise(double scaledWeight) {
  return int64_t(std::clamp(std::nearbyint(scaledWeight / kStep) * kStep, double(kSmallest), double(kLargestMixed)));
}
