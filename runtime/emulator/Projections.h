//===- Projections.h - matrices of synapses ---------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Internal. Where no neuron of a group sends two packets to a core, and their rows together are dense enough, the rows
// are kept a second time as a matrix, one for cores whose neurons lie side by side. Then the list of the neurons that
// fired is all that has to pass, and is counted as the packets that it stands for.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_EMULATOR_PROJECTIONS_H
#define LLE_RUNTIME_EMULATOR_PROJECTIONS_H

#include "runtime/emulator/RowSums.h"
#include "runtime/emulator/SpikeList.h"
#include "runtime/emulator/Synapses.h"

namespace lle::runtime {

/// Where the neurons of a core lie: which block has them, and the first one's place in it.
struct BlockPlace {
  uint32_t block = 0, first = 0;
};

struct Projection {
  uint32_t group = 0, block = 0;
  uint32_t base = 0, columns = 0; ///< neurons of the block
  uint8_t delay = 1;
  std::vector<uint32_t> targets;   ///< the cores of these
  std::vector<uint32_t> rowCounts; ///< (rows, stride): synapses and words of each target's row
  std::vector<int8_t> narrow;      ///< (rows, columns) and a rest that a vector may read; empty if there are
  std::vector<int16_t> wide;       ///< weights beyond 8 bits

  /// Of `rowCounts`.
  size_t countStride() const { return padColumns(2 * targets.size()); }
};

/// Rows of each core that a matrix has.
using RowsInMatrices = std::vector<std::vector<bool>>;

/// Neurons of a group that one core has. Neuron n of them sends axons[axonBegin[n]] to axons[axonBegin[n + 1]].
struct SendingPart {
  uint32_t neurons;
  const uint32_t *axonBegin;
  const OutAxon *axons;
};

/// Those of a group. `places` are those of all cores.
std::vector<Projection> findProjections(const CoreMap &map, const std::vector<BlockPlace> &places,
                                        const std::vector<SendingPart> &parts, RowsInMatrices &taken);

/// Adds the rows of spikes that were sent in `tick`. `counts` becomes the sum of their `rowCounts`.
void addSpikes(const SumRing &ring, const Projection &projection, const SpikeList &spikes, uint64_t tick,
               uint32_t *counts);

} // namespace lle::runtime

#endif // LLE_RUNTIME_EMULATOR_PROJECTIONS_H
