//===- Synapses.cpp - rows of weights into sums ---------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/emulator/Synapses.h"
#include <algorithm>

using namespace lle::runtime;

namespace {

/// One sum for each target.
struct SinglePlane {
  uint32_t *sums;
  void add(size_t target, int32_t weight, uint32_t payload) const { sums[target] += uint32_t(weight) * payload; }
};

/// Excitatory and inhibitory sums apart.
struct SignedPlanes {
  uint32_t *excitatory, *inhibitory;
  void add(size_t target, int32_t weight, uint32_t payload) const {
    excitatory[target] += uint32_t(std::max(weight, 0)) * payload;
    inhibitory[target] += uint32_t(std::max(-weight, 0)) * payload;
  }
};

template <typename Planes>
void addDense(Planes planes, const int16_t *weights, uint32_t count, uint32_t payload) {
  // Most packets are spikes: without the multiplication, twice as many sums are made.
  if (payload == 1)
    for (uint32_t i = 0; i < count; ++i)
      planes.add(i, weights[i], 1);
  else
    for (uint32_t i = 0; i < count; ++i)
      planes.add(i, weights[i], payload);
}

template <typename Planes>
void addSparse(Planes planes, const int16_t *weights, const uint16_t *offsets, uint32_t count, uint32_t payload) {
  for (uint32_t i = 0; i < count; ++i)
    planes.add(offsets[i], weights[i], payload);
}

template <typename MakePlanes>
void addTo(MakePlanes makePlanes, const CoreContents &core, const SynapseRow &row, uint32_t payload, uint64_t tick) {
  const int16_t *weights = core.weights.data() + row.firstWeight;
  const uint16_t *offsets = core.offsets.data() + row.firstOffset;
  if (row.firstDelay != UINT32_MAX) {
    const uint8_t *delays = core.delays.data() + row.firstDelay;
    for (uint32_t i = 0; i < row.count; ++i)
      makePlanes(tick + delays[i]).add(row.isDense ? i : offsets[i], weights[i], payload);
  } else if (row.isDense) {
    addDense(makePlanes(tick + row.delay), weights, row.count, payload);
  } else {
    addSparse(makePlanes(tick + row.delay), weights, offsets, row.count, payload);
  }
}

} // namespace

void lle::runtime::addRow(const SumRing &ring, const CoreContents &core, const InAxon &axon, int32_t payload,
                          uint64_t tick) {
  const SynapseRow &row = core.rows[axon.row];
  if (ring.planes == 1)
    addTo([&](uint64_t arrival) { return SinglePlane{ring.at(arrival) + axon.base}; }, core, row, uint32_t(payload),
          tick);
  else
    addTo(
        [&](uint64_t arrival) {
          return SignedPlanes{ring.at(arrival, 0) + axon.base, ring.at(arrival, 1) + axon.base};
        },
        core, row, uint32_t(payload), tick);
}
