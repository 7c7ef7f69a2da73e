//===- Synapses.cpp - rows of weights into sums ---------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/emulator/Synapses.h"
#include "runtime/emulator/Multiversion.h"
#include <algorithm>
#include <cstring>

using namespace lle::runtime;

namespace {

/// Weights of the two signs, in their planes.
struct Planes {
  uint32_t *sums, *inhibitory; ///< without the second, both signs go to the first
  void add(size_t target, int32_t weight, uint32_t payload) const {
    if (inhibitory && weight < 0)
      inhibitory[target] += uint32_t(-weight) * payload;
    else
      sums[target] += uint32_t(weight) * payload;
  }
};

Planes getPlanes(const SumRing &ring, uint64_t arrival, uint32_t base) {
  return {ring.at(arrival) + base, ring.planes == 2 ? ring.at(arrival, 1) + base : nullptr};
}

void addRow(const SumRing &ring, const CoreContents &core, const SynapseRow &row, uint32_t base, uint32_t payload,
            uint64_t tick) {
  const int16_t *weights = core.weights.data() + row.firstWeight;
  const uint16_t *offsets = core.offsets.data() + row.firstOffset;
  const uint8_t *delays = row.firstDelay == UINT32_MAX ? nullptr : core.delays.data() + row.firstDelay;
  Planes planes = getPlanes(ring, tick + row.delay, base);
  for (uint32_t i = 0; i < row.count; ++i) {
    if (delays)
      planes = getPlanes(ring, tick + delays[i], base);
    planes.add(row.isDense ? i : offsets[i], weights[i], payload);
  }
}

/// Dense rows of spikes to the same neurons at the same time. A sum of as many 16-bit weights of at most 256 in
/// magnitude, which verified maps have, fits 16 bits.
struct Batch {
  static constexpr uint32_t kRows = INT16_MAX / 256;
  const int16_t *rows[kRows];
  uint32_t size = 0;
  uint32_t base = 0, count = 0, words = 0; ///< words: of a row
  uint64_t arrival = 0;

  bool takes(const SynapseRow &row, uint32_t rowBase, uint64_t rowArrival) const {
    return size < kRows && base == rowBase && count == row.count && arrival == rowArrival;
  }
};

/// Sums of `Lanes` neighbouring neurons, in registers while all rows are added.
template <size_t Lanes, typename Convert>
LLE_ALWAYS_INLINE void addBlock(const Batch &batch, uint32_t *sums, uint32_t first, Convert convert) {
  typedef int16_t Vector __attribute__((vector_size(Lanes * sizeof(int16_t))));
  Vector total = {};
  for (uint32_t i = 0; i < batch.size; ++i) {
    Vector row;
    std::memcpy(&row, batch.rows[i] + first, sizeof(row));
    total += convert(row);
  }
  for (size_t lane = 0; lane < Lanes; ++lane)
    sums[first + lane] += uint32_t(int32_t(total[lane]));
}

template <typename Convert>
LLE_ALWAYS_INLINE void addBlocks(const Batch &batch, uint32_t *sums, Convert convert) {
  uint32_t first = 0;
  for (; first + 128 <= batch.count; first += 128)
    addBlock<128>(batch, sums, first, convert);
  for (; first + 32 <= batch.count; first += 32)
    addBlock<32>(batch, sums, first, convert);
  for (; first + 8 <= batch.count; first += 8)
    addBlock<8>(batch, sums, first, convert);
  for (; first < batch.count; ++first)
    for (uint32_t i = 0; i < batch.size; ++i)
      sums[first] += uint32_t(int32_t(convert(batch.rows[i][first])));
}

} // namespace

LLE_MULTIVERSION static void addWeights(const Batch &batch, uint32_t *sums) {
  addBlocks(batch, sums, [](auto weights) { return weights; });
}

LLE_MULTIVERSION static void addExcitatory(const Batch &batch, uint32_t *sums) {
  addBlocks(batch, sums, [](auto weights) { return weights > 0 ? weights : weights - weights; });
}

LLE_MULTIVERSION static void addInhibitory(const Batch &batch, uint32_t *sums) {
  addBlocks(batch, sums, [](auto weights) { return weights < 0 ? -weights : weights - weights; });
}

static void flush(Batch &batch, const SumRing &ring, RowCounts &counts) {
  if (batch.size == 0)
    return;
  counts.synapses += uint64_t(batch.size) * batch.count;
  counts.words += uint64_t(batch.size) * batch.words;
  Planes planes = getPlanes(ring, batch.arrival, batch.base);
  if (planes.inhibitory) {
    addExcitatory(batch, planes.sums);
    addInhibitory(batch, planes.inhibitory);
  } else {
    addWeights(batch, planes.sums);
  }
  batch.size = 0;
}

RowCounts lle::runtime::addPackets(const SumRing &ring, const CoreContents &core, const uint32_t *rowWords,
                                   const PacketBox &packets, uint64_t tick) {
  const InAxon *axons = core.inAxons.data();
  const SynapseRow *rows = core.rows.data();
  Batch batch;
  RowCounts counts;
  for (const Packet &packet : packets) {
    if (packet.axon == UINT32_MAX)
      continue;
    const InAxon &axon = axons[packet.axon];
    const SynapseRow &row = rows[axon.row];
    if (!row.isDense || row.firstDelay != UINT32_MAX || packet.payload != 1) {
      counts.synapses += row.count;
      counts.words += rowWords[axon.row];
      addRow(ring, core, row, axon.base, uint32_t(packet.payload), tick);
      continue;
    }
    uint64_t arrival = tick + row.delay;
    if (!batch.takes(row, axon.base, arrival)) {
      flush(batch, ring, counts);
      batch.base = axon.base;
      batch.count = row.count;
      batch.words = rowWords[axon.row];
      batch.arrival = arrival;
    }
    batch.rows[batch.size++] = core.weights.data() + row.firstWeight;
  }
  flush(batch, ring, counts);
  return counts;
}
