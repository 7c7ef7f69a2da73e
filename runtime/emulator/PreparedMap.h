//===- PreparedMap.h - a core map made ready to run -------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Internal.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_EMULATOR_PREPAREDMAP_H
#define LLE_RUNTIME_EMULATOR_PREPAREDMAP_H

#include "runtime/emulator/Emulator.h"
#include "runtime/emulator/Projections.h"
#include "runtime/emulator/Routes.h"
#include "runtime/emulator/Synapses.h"

namespace lle::runtime {

/// What is known of a core before it runs. Parameters are those of its neurons, in their order; of Loihi or of
/// SpiNNaker2.
struct PreparedCore {
  uint32_t neurons = 0;
  uint32_t slots = 1;               ///< of the ring of sums
  std::vector<uint32_t> firstLocal; ///< neuron of each run
  std::vector<uint32_t> rowWords;   ///< of 64 bits, of each row
  Place router;                     ///< in the grid of all chips
  const uint32_t *axonBegin = nullptr;
  const OutAxon *axons = nullptr;
  std::vector<uint32_t> targets; ///< the cores of these, each once
  /// The same without those that projections serve.
  std::vector<uint32_t> scatteredBegin;
  std::vector<OutAxon> scattered;
  std::vector<int32_t> keptCurrent, keptMembrane, threshold, bias;
  std::vector<float> decayCurrent, decayMembrane, realThreshold, realBias, resetValue;
};

/// Consecutive runs of one population on a core, which compute and send together. Runs of inputs are alone.
struct NeuronGroup {
  uint32_t core = 0, firstRun = 0, endRun = 0;
  uint32_t local = 0, count = 0; ///< neurons of the core
  uint32_t firstProjection = 0, endProjection = 0;
};

struct PreparedPopulation {
  uint32_t size = 0;
  uint32_t span = 0; ///< steps that the longest synapse into its cores spans
  uint32_t input = UINT32_MAX;
  std::vector<uint32_t> outputs;
};

/// What all emulations of a map share.
struct PreparedMap {
  PreparedMap(CoreMap map, std::string file) : map(std::move(map)), file(std::move(file)), mesh(this->map) {}

  CoreMap map;
  std::string file;
  Mesh mesh;
  std::vector<SentPackets> routed; ///< multicast
  std::vector<PreparedPopulation> populations;
  std::vector<PreparedCore> cores;
  std::vector<NeuronGroup> groups;           ///< by core
  std::vector<Projection> projections;       ///< by group
  std::vector<uint32_t> starts;              ///< of populations, ascending
  std::vector<std::vector<uint32_t>> levels; ///< the groups of each start
  std::vector<State> states;
  std::array<double, kTickTerms> tickCosts;

  bool isLoihi() const { return map.arithmetic == ChipArithmetic::Loihi; }
};

} // namespace lle::runtime

#endif // LLE_RUNTIME_EMULATOR_PREPAREDMAP_H
