//===- SequentialCores.h - cores filled one after the other -----*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_SEQUENTIALCORES_H
#define LLE_PASSES_PLACEMENT_SEQUENTIALCORES_H

#include "passes/Placement/MapNeurons.h"

#include <optional>
#include <variant>

namespace lle {

/// What a core holds; see `neuro-partition`.
struct CoreCapacity {
  static constexpr uint64_t kNone = UINT64_MAX;
  uint64_t neurons = kNone, inAxons = kNone, outAxons = kNone, decays = kNone, thresholds = kNone;
  uint64_t synapseBytes = kNone, bytes = kNone;
  uint64_t weightBits = 8, indexBits = 12;
  uint64_t cores = kNone; ///< Of the system.

  /// The bits of a synapse, with its index or without.
  uint64_t getSynapseBits(const MapNeurons &map, bool isIndexed) const;
};

/// The limits of a map.
CoreCapacity getCoreCapacity(neuro::MapOp map);

/// A resource of which a core would need more than it has.
struct CoreExcess {
  llvm::StringRef resource;
  uint64_t used, limit;
  uint32_t neuron; ///< With which the core would need as much.
};

/// Fills one core after the other: the core of each neuron, in ascending order. Fails where a neuron alone is too much
/// for a core, or where neurons that are put together so send to too many cores.
std::variant<std::vector<uint32_t>, CoreExcess> fillCores(const MapNeurons &map, const CoreCapacity &capacity);

/// What is too much where neurons are put on these cores, if anything is.
std::optional<CoreExcess> checkCores(const MapNeurons &map, const CoreCapacity &capacity,
                                     llvm::ArrayRef<uint32_t> cores);

} // namespace lle

#endif
