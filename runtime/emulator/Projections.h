//===- Projections.h - matrices of synapses ---------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Internal. Where each neuron of a group sends one packet to a core, and their rows together are dense enough, the rows
// are kept a second time as a matrix. Then the list of the neurons that fired is all that has to pass, and is counted
// as the packets that it stands for.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_EMULATOR_PROJECTIONS_H
#define LLE_RUNTIME_EMULATOR_PROJECTIONS_H

#include "runtime/emulator/Synapses.h"

namespace lle::runtime {

/// Neurons of a group in ascending order.
struct SpikeList {
  explicit SpikeList(uint32_t neurons) : neurons(neurons) {}

  /// Lists those whose flag is not 0.
  void assign(const uint8_t *flags, uint32_t size);
  /// The same of payloads. Returns whether all that are listed are 1.
  bool assign(const int32_t *payloads, uint32_t size);

  std::vector<uint32_t> neurons; ///< beyond `count`, old ones
  uint32_t count = 0;
};

struct Projection {
  struct Row {
    uint32_t synapses, words;
  };
  uint32_t group = 0, target = 0; ///< a group of neurons and a core
  uint32_t base = 0, columns = 0; ///< neurons of the target
  uint8_t delay = 1;
  std::vector<Row> rows;      ///< of each neuron of the group
  std::vector<int8_t> narrow; ///< (rows, columns) and a rest that a vector may read; empty if there are
  std::vector<int16_t> wide;  ///< weights beyond 8 bits
};

/// Rows of each core that a matrix has.
using RowsInMatrices = std::vector<std::vector<bool>>;

/// Those of a group, ordered by target. Neuron n of it sends axons[axonBegin[n]] to axons[axonBegin[n + 1]].
std::vector<Projection> findProjections(const CoreMap &map, uint32_t neurons, const uint32_t *axonBegin,
                                        const OutAxon *axons, RowsInMatrices &taken);

/// Adds the rows of spikes that were sent in `tick`.
RowCounts addSpikes(const SumRing &ring, const Projection &projection, const SpikeList &spikes, uint64_t tick);

} // namespace lle::runtime

#endif // LLE_RUNTIME_EMULATOR_PROJECTIONS_H
