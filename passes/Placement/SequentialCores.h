//===- SequentialCores.h - cores filled one after the other -----*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_SEQUENTIALCORES_H
#define LLE_PASSES_PLACEMENT_SEQUENTIALCORES_H

#include "passes/Placement/MapNeurons.h"

namespace lle {

/// What a core holds; see `neuro-partition`.
struct CoreCapacity {
  static constexpr uint64_t kNone = UINT64_MAX;
  uint64_t neurons = kNone, inAxons = kNone, outAxons = kNone, decays = kNone, thresholds = kNone;
  uint64_t synapseBytes = kNone, bytes = kNone;
  uint64_t weightBits = 8, indexBits = 12;
};

/// The limits of a map.
CoreCapacity getCoreCapacity(neuro::MapOp map);

/// The core of each neuron, in ascending order. An error at the population where a neuron fits into no core.
mlir::FailureOr<std::vector<uint32_t>> fillCores(const MapNeurons &map, const CoreCapacity &capacity);

} // namespace lle

#endif
