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

struct Packet {
  uint32_t axon; ///< UINT32_MAX: the core does not want it
  int32_t payload;
};

/// Packets that wait for a core.
class PacketBox {
public:
  void push(Packet packet) {
    if (count == packets.size())
      packets.resize(2 * count + 64);
    packets.data()[count++] = packet;
  }
  void clear() { count = 0; }
  uint32_t size() const { return count; }
  const Packet *begin() const { return packets.data(); }
  const Packet *end() const { return packets.data() + count; }

private:
  std::vector<Packet> packets; ///< beyond `count`, old ones
  uint32_t count = 0;
};

/// The sums of a core, or of a block of cores, for the ticks to come: slot t mod `slots` has those of tick t. With
/// `planes` = 2 excitatory and inhibitory weights are summed apart, the latter as magnitudes.
struct SumRing {
  uint32_t *sums = nullptr; ///< (slots, planes, neurons)
  uint32_t slots = 1;       ///< a power of two
  uint32_t planes = 1;
  uint32_t neurons = 0; ///< of the block

  uint32_t *at(uint64_t tick, uint32_t plane = 0) const {
    return sums + (size_t(tick & (slots - 1)) * planes + plane) * neurons;
  }
};

/// Words of 64 bits that a row takes in a core's memory.
uint32_t countRowWords(const CoreContents &core, const SynapseRow &row);

/// What adding packets took.
struct RowCounts {
  uint64_t synapses = 0, words = 0;
};

/// Adds the rows of packets that were sent in `tick`. `rowWords` has the words of 64 bits of each row of the core.
RowCounts addPackets(const SumRing &ring, const CoreContents &core, const uint32_t *rowWords, const PacketBox &packets,
                     uint64_t tick);

} // namespace lle::runtime

#endif // LLE_RUNTIME_EMULATOR_SYNAPSES_H
