//===- Neurons.cpp - one tick of neurons ----------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/emulator/Neurons.h"
#include "runtime/emulator/Multiversion.h"
#include <algorithm>

using namespace lle::runtime;

static constexpr int32_t kStateLimit = 1 << 23;

/// |s| kept / 4096 with the sign of s, in 32 bits: |s| = 4096 high + low.
LLE_ALWAYS_INLINE static int32_t decayTowardsZero(int32_t s, int32_t kept) {
  uint32_t magnitude = s < 0 ? 0 - uint32_t(s) : uint32_t(s);
  uint32_t result = (magnitude >> 12) * uint32_t(kept) + (((magnitude & 4095) * uint32_t(kept)) >> 12);
  return int32_t(s < 0 ? 0 - result : result);
}

LLE_ALWAYS_INLINE static int32_t wrapOnce(int32_t u) {
  u = u > kStateLimit ? u - 2 * kStateLimit : u;
  return u <= -kStateLimit ? u + 2 * kStateLimit : u;
}

template <bool HasThreshold>
LLE_ALWAYS_INLINE static void stepLoihi(const LoihiNeurons &neurons, size_t count, uint32_t *__restrict sums,
                                        uint8_t *__restrict fired) {
  int32_t *__restrict us = neurons.u, *__restrict vs = neurons.v;
  const int32_t *__restrict keptCurrent = neurons.keptCurrent, *__restrict keptMembrane = neurons.keptMembrane;
  const int32_t *__restrict threshold = neurons.threshold, *__restrict bias = neurons.bias;
  const uint32_t shift = neurons.shift;
  for (size_t n = 0; n < count; ++n) {
    uint32_t current = uint32_t(decayTowardsZero(us[n], keptCurrent[n])) + (sums[n] << shift);
    int32_t u = wrapOnce(int32_t(current));
    uint32_t membrane = uint32_t(decayTowardsZero(vs[n], keptMembrane[n])) + uint32_t(u) + uint32_t(bias[n]);
    int32_t v = std::min(std::max(int32_t(membrane), 1 - kStateLimit), kStateLimit - 1);
    sums[n] = 0;
    us[n] = u;
    if (HasThreshold) {
      bool fires = v > threshold[n];
      fired[n] = fires;
      v = fires ? 0 : v;
    }
    vs[n] = v;
  }
}

LLE_MULTIVERSION static void stepSpiking(const LoihiNeurons &neurons, size_t count, uint32_t *sums, uint8_t *fired) {
  stepLoihi<true>(neurons, count, sums, fired);
}

LLE_MULTIVERSION static void stepReadout(const LoihiNeurons &neurons, size_t count, uint32_t *sums) {
  stepLoihi<false>(neurons, count, sums, nullptr);
}

void LoihiNeurons::step(size_t count, uint32_t *sums, uint8_t *fired) const {
  fired ? stepSpiking(*this, count, sums, fired) : stepReadout(*this, count, sums);
}

void SpiNNaker2Neurons::step(size_t count, uint32_t *excitatorySums, uint32_t *inhibitorySums, uint8_t *fired) const {
  for (size_t n = 0; n < count; ++n) {
    excitatory[n] = decayCurrent[n] * excitatory[n] + float(int32_t(excitatorySums[n]));
    inhibitory[n] = decayCurrent[n] * inhibitory[n] + float(int32_t(inhibitorySums[n]));
    excitatorySums[n] = inhibitorySums[n] = 0;
    float membrane = decayMembrane[n] * v[n] + (excitatory[n] - inhibitory[n]) + bias[n];
    if (fired) {
      bool fires = membrane > threshold[n];
      fired[n] = fires;
      membrane = !fires ? membrane : subtracts ? membrane - threshold[n] : resetValue[n];
    }
    v[n] = membrane;
  }
}
