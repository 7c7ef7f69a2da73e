//===- MapNeurons.h - the neurons of a map as a graph -----------*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_MAPNEURONS_H
#define LLE_PASSES_PLACEMENT_MAPNEURONS_H

#include "dialects/Neuro/NeuroOps.h"
#include "passes/Placement/Hypergraph.h"

#include "llvm/ADT/MapVector.h"

#include <vector>

namespace lle {

/// Neurons are numbered in their natural order: populations in the order of the map, each row-major; inputs come after
/// them, for the host has those.
struct MapNeurons {
  explicit MapNeurons(neuro::MapOp map);

  struct Group {
    mlir::Operation *op; ///< A population, or an input.
    uint32_t first, count;
    double rate; ///< Messages of a neuron in a step: what was measured, else an assumption.
  };
  std::vector<Group> groups;
  uint32_t neurons = 0; ///< Without inputs.
  uint32_t sources = 0; ///< With them.

  /// Synapses of source s: targets[targetBegin[s]] to targets[targetBegin[s + 1]], a target for each synapse.
  std::vector<uint64_t> targetBegin;
  std::vector<uint32_t> targets;
  /// The other way round: the sources of synapses to neuron n, in ascending order.
  std::vector<uint64_t> originBegin;
  std::vector<uint32_t> origins;
  uint32_t longestDelay = 1;

  /// Of each neuron: the number of its pair of decays, and that of its threshold, among those of the map.
  std::vector<uint32_t> decays, thresholds;

  llvm::ArrayRef<uint32_t> getTargets(uint32_t source) const {
    return llvm::ArrayRef(targets).slice(targetBegin[source], targetBegin[source + 1] - targetBegin[source]);
  }
  llvm::ArrayRef<uint32_t> getOrigins(uint32_t neuron) const {
    return llvm::ArrayRef(origins).slice(originBegin[neuron], originBegin[neuron + 1] - originBegin[neuron]);
  }
  const Group &getGroup(uint32_t neuron) const;

  /// Rates of nets are whole numbers of this, in messages of a step.
  static constexpr double kRateUnit = 1e-6;

  /// The nets of neurons and inputs, without synapses of one source to one target that differ in their delays alone.
  Hypergraph makeHypergraph() const;

  /// What each neuron takes of its core's time in a step, relative to the others: messages over its synapses, and those
  /// that it sends. All neurons together take 2^30.
  std::vector<uint32_t> getWork() const;

  /// Writes the core of each neuron into the populations.
  void writeCores(llvm::ArrayRef<uint32_t> cores) const;

private:
  void collectTargets(neuro::MapOp map);
  void collectOrigins();
};

} // namespace lle

#endif
