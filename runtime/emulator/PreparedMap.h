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

/// What is known of a core before it runs.
struct PreparedCore {
  uint32_t neurons = 0;
  std::vector<uint32_t> firstLocal; ///< neuron of each run
  std::vector<uint32_t> rowWords;   ///< of 64 bits, of each row
  Place router;                     ///< in the grid of all chips
  const uint32_t *axonBegin = nullptr;
  const OutAxon *axons = nullptr;
  std::vector<uint32_t> targets; ///< the cores of these, each once
};

/// Cores that one thread emulates, whose neurons lie in a row: what they do alike is done at once. A host is alone.
/// Parameters are those of all neurons, in their order; of Loihi or of SpiNNaker2.
struct CoreBlock {
  std::vector<uint32_t> cores;
  bool isHost = false;
  uint32_t neurons = 0;
  uint32_t slots = 1; ///< of the ring of sums
  uint64_t weights = 0;
  std::vector<int32_t> keptCurrent, keptMembrane, threshold, bias;
  std::vector<float> decayCurrent, decayMembrane, realThreshold, realBias, resetValue;
};

/// A core that a projection from some neurons of a part reaches, and the way there; multicast: none.
struct PartialTarget {
  uint32_t core = 0;
  Way way;
};

/// The neurons of a group that one core has, and what each of their spikes sends to projections.
struct GroupPart {
  uint32_t core = 0, firstRun = 0, endRun = 0;
  uint32_t local = 0; ///< neuron of the core
  uint32_t first = 0; ///< neuron of the group
  uint32_t count = 0;
  std::vector<uint32_t> targets = {}; ///< cores that all of them reach
  Way way = {};                       ///< to all of these; multicast: none
  uint32_t firstPartial = 0, endPartial = 0;
  std::vector<uint8_t> sends = {}; ///< (neurons, padded partial targets): 1 if the neuron sends there

  size_t sendsStride() const { return padColumns(endPartial - firstPartial); }
};

/// Neurons of one population that lie in a row, in one core or more. Runs of inputs are alone.
struct NeuronGroup {
  uint32_t block = 0, population = 0;
  uint32_t local = 0, count = 0; ///< neurons of the block
  uint32_t firstPart = 0, endPart = 0;
  uint32_t firstProjection = 0, endProjection = 0;
  /// What no projection serves: neuron n sends scattered[scatteredBegin[n]] to scattered[scatteredBegin[n + 1]].
  std::vector<uint32_t> scatteredBegin = {};
  std::vector<OutAxon> scattered = {};
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
  /// Of the mesh those that some packet passes, ascending. All else counts links by their number here.
  std::vector<uint32_t> usedLinks;
  std::vector<uint32_t> linkNumbers; ///< of all links of the mesh; 0 if there is none
  std::vector<SentPackets> routed;   ///< multicast
  std::vector<PreparedPopulation> populations;
  std::vector<PreparedCore> cores;
  std::vector<CoreBlock> blocks;
  std::vector<BlockPlace> places;            ///< of each core
  std::vector<NeuronGroup> groups;           ///< by block
  std::vector<GroupPart> parts;              ///< by group
  std::vector<PartialTarget> partialTargets; ///< by part
  std::vector<Projection> projections;       ///< by group
  std::vector<uint32_t> starts;              ///< of populations, ascending
  std::vector<std::vector<uint32_t>> levels; ///< the groups of each start
  std::vector<State> states;
  std::array<double, kTickTerms> tickCosts;

  bool isLoihi() const { return map.arithmetic == ChipArithmetic::Loihi; }
};

} // namespace lle::runtime

#endif // LLE_RUNTIME_EMULATOR_PREPAREDMAP_H
