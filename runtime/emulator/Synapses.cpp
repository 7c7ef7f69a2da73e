//===- Synapses.cpp - rows of weights into sums ---------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/emulator/Synapses.h"
#include "runtime/emulator/Multiversion.h"
#include <algorithm>
#include <cstddef>
#include <cstring>

using namespace lle::runtime;

namespace {

constexpr uint32_t kBlock = SumRing::kBlock;

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
  const uint16_t *offsets = row.isDense ? nullptr : core.offsets.data() + row.firstOffset;
  const uint8_t *delays = row.firstDelay == UINT32_MAX ? nullptr : core.delays.data() + row.firstDelay;
  Planes planes = getPlanes(ring, tick + row.delay, base);
  for (uint32_t i = 0; i < row.count; ++i) {
    if (delays)
      planes = getPlanes(ring, tick + delays[i], base);
    planes.add(row.isDense ? i : offsets[i], weights[i], payload);
  }
}

/// Dense rows of spikes that arrive together at one window of neurons: whole blocks, which the rows may fill in part.
/// A sum of as many 16-bit weights of at most 256 in magnitude, which verified maps have, fits 16 bits.
struct Batch {
  static constexpr uint32_t kRows = INT16_MAX / 256;
  struct Row {
    const int16_t *weights; ///< of the window's first neuron; what is not the row's is another row's
    uint16_t first, count;  ///< in the window
  };
  Row rows[kRows];
  uint32_t size = 0;
  uint32_t base = 0, count = 0; ///< the window
  uint64_t arrival = 0;
  bool isFull = true; ///< each row fills the window

  bool takes(uint32_t windowBase, uint32_t windowCount, uint64_t rowArrival) const {
    return size < kRows && base == windowBase && count == windowCount && arrival == rowArrival;
  }
};

template <size_t Lanes>
struct Vector {
  typedef int16_t Weights __attribute__((vector_size(Lanes * sizeof(int16_t))));
  typedef uint16_t Lane __attribute__((vector_size(Lanes * sizeof(uint16_t))));
};

/// Sums of `Lanes` neighbouring neurons, in registers while all rows are added.
template <size_t Lanes, bool IsFull, typename Convert>
LLE_ALWAYS_INLINE void addBlock(const Batch &batch, uint32_t *sums, uint32_t first, Convert convert) {
  typename Vector<Lanes>::Weights total = {}, weights;
  typename Vector<Lanes>::Lane lanes;
  for (size_t lane = 0; lane < Lanes; ++lane)
    lanes[lane] = uint16_t(first + lane);
  for (uint32_t i = 0; i < batch.size; ++i) {
    const Batch::Row &row = batch.rows[i];
    std::memcpy(&weights, row.weights + first, sizeof(weights));
    if (!IsFull)
      weights &= lanes - row.first < row.count;
    convert(weights);
    total += weights;
  }
  for (size_t lane = 0; lane < Lanes; ++lane)
    sums[first + lane] += uint32_t(int32_t(total[lane]));
}

template <bool IsFull, typename Convert>
LLE_ALWAYS_INLINE void addBlocks(const Batch &batch, uint32_t *sums, Convert convert) {
  uint32_t first = 0;
  for (; first + 4 * kBlock <= batch.count; first += 4 * kBlock)
    addBlock<4 * kBlock, IsFull>(batch, sums, first, convert);
  for (; first < batch.count; first += kBlock)
    addBlock<kBlock, IsFull>(batch, sums, first, convert);
}

template <typename Convert>
LLE_ALWAYS_INLINE void addBatch(const Batch &batch, uint32_t *sums, Convert convert) {
  batch.isFull ? addBlocks<true>(batch, sums, convert) : addBlocks<false>(batch, sums, convert);
}

} // namespace

LLE_MULTIVERSION static void addWeights(const Batch &batch, uint32_t *sums) {
  addBatch(batch, sums, [](auto &) {});
}

LLE_MULTIVERSION static void addExcitatory(const Batch &batch, uint32_t *sums) {
  addBatch(batch, sums, [](auto &weights) { weights &= weights > 0; });
}

LLE_MULTIVERSION static void addInhibitory(const Batch &batch, uint32_t *sums) {
  addBatch(batch, sums, [](auto &weights) { weights = -(weights & (weights < 0)); });
}

static void flush(Batch &batch, const SumRing &ring) {
  if (batch.size == 0)
    return;
  Planes planes = getPlanes(ring, batch.arrival, batch.base);
  if (planes.inhibitory) {
    addExcitatory(batch, planes.sums);
    addInhibitory(batch, planes.inhibitory);
  } else {
    addWeights(batch, planes.sums);
  }
  batch.size = 0;
  batch.isFull = true;
}

uint32_t lle::runtime::countRowWords(const CoreContents &core, const SynapseRow &row) {
  constexpr uint32_t kBitsPerOffset = 16, kBitsPerDelay = 6, kBitsPerWord = 64;
  uint64_t bits =
      core.weightBits + (row.isDense ? 0 : kBitsPerOffset) + (row.firstDelay == UINT32_MAX ? 0 : kBitsPerDelay);
  return uint32_t((row.count * bits + kBitsPerWord - 1) / kBitsPerWord);
}

/// Packets come as neurons fire, so that where their rows are is known to nobody but us: each stage reads what the one
/// before it has fetched.
LLE_ALWAYS_INLINE static void prefetch(const CoreContents &core, const Packet *packet, const Packet *end) {
  constexpr std::ptrdiff_t kAhead = 4;
  auto getAxon = [&](std::ptrdiff_t ahead) -> const InAxon * {
    if (end - packet <= ahead || packet[ahead].axon == UINT32_MAX)
      return nullptr;
    return core.inAxons.data() + packet[ahead].axon;
  };
  if (const InAxon *axon = getAxon(3 * kAhead))
    __builtin_prefetch(axon);
  if (const InAxon *axon = getAxon(2 * kAhead))
    __builtin_prefetch(core.rows.data() + axon->row);
  if (const InAxon *axon = getAxon(kAhead)) {
    const SynapseRow &row = core.rows.data()[axon->row];
    __builtin_prefetch(core.weights.data() + row.firstWeight);
    if (!row.isDense)
      __builtin_prefetch(core.offsets.data() + row.firstOffset);
  }
}

RowCounts lle::runtime::addPackets(const SumRing &ring, const CoreContents &core, const uint32_t *rowWords,
                                   const PacketBox &packets, uint64_t tick) {
  const InAxon *axons = core.inAxons.data();
  const SynapseRow *rows = core.rows.data();
  const int16_t *weights = core.weights.data();
  const size_t allWeights = core.weights.size();
  Batch batch;
  RowCounts counts;
  for (const Packet &packet : packets) {
    prefetch(core, &packet, packets.end());
    if (packet.axon == UINT32_MAX)
      continue;
    const InAxon &axon = axons[packet.axon];
    const SynapseRow &row = rows[axon.row];
    counts.synapses += row.count;
    counts.words += rowWords[axon.row];
    uint32_t base = axon.base / kBlock * kBlock, before = axon.base - base;
    uint32_t count = (before + row.count + kBlock - 1) / kBlock * kBlock;
    bool isBatched = row.isDense && row.firstDelay == UINT32_MAX && packet.payload == 1 && count <= UINT16_MAX &&
                     row.firstWeight >= before && row.firstWeight - before + count <= allWeights;
    if (!isBatched) {
      addRow(ring, core, row, axon.base, uint32_t(packet.payload), tick);
      continue;
    }
    uint64_t arrival = tick + row.delay;
    if (!batch.takes(base, count, arrival)) {
      flush(batch, ring);
      batch.base = base;
      batch.count = count;
      batch.arrival = arrival;
    }
    batch.rows[batch.size++] = {weights + row.firstWeight - before, uint16_t(before), uint16_t(row.count)};
    batch.isFull &= row.count == count;
  }
  flush(batch, ring);
  return counts;
}
