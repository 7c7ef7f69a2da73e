//===- Synapses.h - rows of weights into sums -------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Internal. Sums are modulo 2^32, so that their order does not matter.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_EMULATOR_SYNAPSES_H
#define LLE_RUNTIME_EMULATOR_SYNAPSES_H

#include "runtime/coremap/CoreMap.h"

namespace lle::runtime {

/// The sums of a core for the ticks to come: slot t mod `slots` has those of tick t. With `planes` = 2 excitatory and
/// inhibitory weights are summed apart, the latter as magnitudes.
struct SumRing {
  uint32_t *sums = nullptr; ///< (slots, planes, neurons)
  uint32_t slots = 1;       ///< a power of two
  uint32_t planes = 1;
  uint32_t neurons = 0;

  uint32_t *at(uint64_t tick, uint32_t plane = 0) const {
    return sums + (size_t(tick & (slots - 1)) * planes + plane) * neurons;
  }
};

/// Adds the row of an in-axon, times the payload, for a packet that was sent in `tick`.
void addRow(const SumRing &ring, const CoreContents &core, const InAxon &axon, int32_t payload, uint64_t tick);

} // namespace lle::runtime

#endif // LLE_RUNTIME_EMULATOR_SYNAPSES_H
