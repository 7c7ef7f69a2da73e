//===- Synapses.cpp - rows of weights into sums ---------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/emulator/Synapses.h"
#include "runtime/emulator/Multiversion.h"
#include <cstddef>

using namespace lle::runtime;

/// Without a second plane both signs go to the first; it has magnitudes.
LLE_ALWAYS_INLINE static void addWeight(uint32_t *sums, uint32_t *inhibitory, uint32_t target, int32_t weight,
                                        uint32_t payload) {
  if (inhibitory) {
    inhibitory[target] += uint32_t(weight < 0 ? -weight : 0) * payload;
    weight = weight > 0 ? weight : 0;
  }
  sums[target] += uint32_t(weight) * payload;
}

LLE_MULTIVERSION static void addDense(uint32_t *__restrict sums, uint32_t *__restrict inhibitory,
                                      const int16_t *__restrict weights, uint32_t count, uint32_t payload) {
  for (uint32_t i = 0; i < count; ++i)
    addWeight(sums, inhibitory, i, weights[i], payload);
}

static void addRow(const SumRing &ring, const CoreContents &core, const SynapseRow &row, uint32_t base,
                   uint32_t payload, uint64_t tick) {
  auto getPlane = [&](uint64_t delay, uint32_t plane) {
    return plane < ring.planes ? ring.at(tick + delay, plane) + base : nullptr;
  };
  const int16_t *weights = core.weights.data() + row.firstWeight;
  const uint16_t *offsets = row.isDense ? nullptr : core.offsets.data() + row.firstOffset;
  uint32_t *sums = getPlane(row.delay, 0), *inhibitory = getPlane(row.delay, 1);
  if (row.firstDelay != UINT32_MAX) {
    const uint8_t *delays = core.delays.data() + row.firstDelay;
    for (uint32_t i = 0; i < row.count; ++i)
      addWeight(getPlane(delays[i], 0), getPlane(delays[i], 1), row.isDense ? i : offsets[i], weights[i], payload);
  } else if (row.isDense) {
    addDense(sums, inhibitory, weights, row.count, payload);
  } else {
    for (uint32_t i = 0; i < row.count; ++i)
      addWeight(sums, inhibitory, offsets[i], weights[i], payload);
  }
}

uint32_t lle::runtime::countRowWords(const CoreContents &core, const SynapseRow &row) {
  constexpr uint32_t kBitsPerOffset = 16, kBitsPerDelay = 6, kBitsPerWord = 64;
  SynapseFormat format = core.formats.empty() ? SynapseFormat() : core.formats[row.format];
  uint64_t bits =
      format.weightBits + (row.isDense ? 0 : kBitsPerOffset) + (row.firstDelay == UINT32_MAX ? 0 : kBitsPerDelay);
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
  RowCounts counts;
  for (const Packet &packet : packets) {
    prefetch(core, &packet, packets.end());
    if (packet.axon == UINT32_MAX)
      continue;
    const InAxon &axon = core.inAxons.data()[packet.axon];
    const SynapseRow &row = core.rows.data()[axon.row];
    counts.synapses += row.count;
    counts.words += rowWords[axon.row];
    addRow(ring, core, row, axon.base, uint32_t(packet.payload), tick);
  }
  return counts;
}
