//===- SequentialCores.h - cores filled one after the other -----*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_SEQUENTIALCORES_H
#define LLE_PASSES_PLACEMENT_SEQUENTIALCORES_H

#include "passes/Placement/MapNeurons.h"
#include "passes/Placement/Partitioner.h"

#include <optional>
#include <variant>

namespace lle {

/// What a core holds; see `neuro-partition`.
struct CoreCapacity {
  static constexpr uint64_t kNone = UINT64_MAX;
  uint64_t neurons = kNone, inAxons = kNone, outAxons = kNone, decays = kNone, thresholds = kNone;
  uint64_t synapseBytes = kNone, bytes = kNone;
  uint64_t weightBits = 8, indexBits = 12, delayBits = 6;
  uint64_t cores = kNone; ///< Of the system.
  /// How runtime/coremap/Layout.h lays out: a row of one source in blocks of so many synapses, each with a header and
  /// rounded up to words; then what else there is.
  uint64_t blockSynapses = 64, headerBits = 10, wordBits = 64;
  uint64_t inAxonBits = 20, outAxonBits = 20, neuronBits = 64, sumBits = 24;

  /// The bits of a synapse, with its index or without.
  uint64_t getSynapseBits(const MapNeurons &map, bool isIndexed) const;
  /// The words of so many synapses of one source, each of so many bits.
  uint64_t countWords(uint64_t synapses, uint64_t bits) const;
  /// The bits of neurons and of the axons that come to them; how many go out is known once all cores are filled.
  uint64_t countBits(const MapNeurons &map, uint64_t neurons, uint64_t inAxons) const;
};

/// The limits of a map, and the layout of its chip.
CoreCapacity getCoreCapacity(neuro::MapOp map);

/// What the partitioner knows of it, with `most` neurons in a core: no memory but that of synapses, and no thresholds.
CoreLimits getCoreLimits(const MapNeurons &map, const CoreCapacity &capacity, uint64_t most);

/// A resource of which a core would need more than it has.
struct CoreExcess {
  llvm::StringRef resource;
  uint64_t used, limit;
  uint32_t neuron; ///< With which the core would need as much.
  llvm::StringRef remedy;
};

/// Fills one core after the other: the core of each neuron, in ascending order. Where neurons that are put together so
/// send to too many cores, all cores are filled again with fewer. Fails where a neuron alone is too much for a core.
std::variant<std::vector<uint32_t>, CoreExcess> fillCores(const MapNeurons &map, CoreCapacity capacity);

/// Neurons of the core that has most.
uint64_t countLargestCore(llvm::ArrayRef<uint32_t> cores);

/// What is too much where neurons are put on these cores, if anything is.
std::optional<CoreExcess> checkCores(const MapNeurons &map, const CoreCapacity &capacity,
                                     llvm::ArrayRef<uint32_t> cores);

} // namespace lle

#endif
