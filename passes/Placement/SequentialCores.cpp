//===- SequentialCores.cpp - cores filled one after the other -------------===//
#include "passes/Placement/SequentialCores.h"

#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/MathExtras.h"

#include <set>

using namespace mlir;
using namespace lle;
using namespace lle::neuro;

// Sizes of runtime/coremap/Layout.h.
static constexpr uint64_t kBlockSynapses = 64, kBlockHeaderBits = 10, kWordBits = 64;
static constexpr uint64_t kAxonBits = 20, kNeuronBits = 64, kSumBits = 24, kDelayBits = 6;

CoreCapacity lle::getCoreCapacity(MapOp map) {
  CoreCapacity capacity;
  auto read = [&](uint64_t &field, StringRef name) {
    if (std::optional<int64_t> limit = map.getLimit(name))
      field = uint64_t(*limit);
  };
  read(capacity.neurons, "core_neurons");
  read(capacity.inAxons, "core_in_axons");
  read(capacity.outAxons, "core_out_axons");
  read(capacity.decays, "core_configurations");
  read(capacity.thresholds, "core_thresholds");
  read(capacity.synapseBytes, "core_synapse_bytes");
  read(capacity.bytes, "core_memory_bytes");
  read(capacity.weightBits, "weight_bits");
  read(capacity.indexBits, "index_bits");
  return capacity;
}

namespace {
/// A resource of a core that a neuron would not leave within its limit.
struct Excess {
  StringRef resource;
  uint64_t used, limit;
};

/// The core that is being filled.
class OpenCore {
public:
  OpenCore(const MapNeurons &map, const CoreCapacity &capacity)
      : map(map), capacity(capacity), rows(map.sources),
        synapseBits(capacity.weightBits + capacity.indexBits + (map.longestDelay > 1 ? kDelayBits : 0)),
        denseBits(synapseBits - capacity.indexBits) {}

  /// Adds a neuron, unless it would be too much. `from`: the source of each of its synapses, in ascending order.
  std::optional<Excess> add(uint32_t neuron, ArrayRef<uint32_t> from) {
    uint64_t newWords = words, newAxons = reached.size();
    for (size_t i = 0; i < from.size();) {
      Row row = rows[from[i]];
      newAxons += row.count == 0;
      newWords -= countWords(row);
      for (uint32_t source = from[i]; i < from.size() && from[i] == source; ++i)
        extend(row);
      newWords += countWords(row);
    }
    auto with = [](const std::set<uint32_t> &set, uint32_t value) { return set.size() + !set.count(value); };
    uint64_t synapseBytes = newWords * kWordBits / 8;
    // Each neuron has an out-axon at least; how many there are is known once all cores are filled.
    uint64_t bits =
        (neurons + 1) * (kNeuronBits + kAxonBits + kSumBits * (map.longestDelay + 1)) + newAxons * kAxonBits;
    const Excess resources[] = {{"neurons", neurons + 1, capacity.neurons},
                                {"in-axons", newAxons, capacity.inAxons},
                                {"pairs of decays", with(decays, map.decays[neuron]), capacity.decays},
                                {"thresholds", with(thresholds, map.thresholds[neuron]), capacity.thresholds},
                                {"bytes of synapses", synapseBytes, capacity.synapseBytes},
                                {"bytes of memory", synapseBytes + llvm::divideCeil(bits, 8), capacity.bytes}};
    for (const Excess &resource : resources)
      if (resource.used > resource.limit)
        return resource;

    for (uint32_t source : from) {
      if (rows[source].count == 0)
        reached.push_back(source);
      extend(rows[source]);
    }
    decays.insert(map.decays[neuron]);
    thresholds.insert(map.thresholds[neuron]);
    words = newWords;
    ++neurons;
    return std::nullopt;
  }

  void clear() {
    for (uint32_t source : reached)
      rows[source] = {};
    reached.clear();
    decays.clear();
    thresholds.clear();
    neurons = words = 0;
  }

  bool isEmpty() const { return neurons == 0; }

private:
  /// The synapses of a source: how many, and the neurons of the core from the first target to the last.
  struct Row {
    uint32_t count = 0, first = 0, span = 0;
  };

  void extend(Row &row) const {
    if (row.count++ == 0)
      row.first = uint32_t(neurons);
    row.span = std::max(row.span + (row.span == 0), uint32_t(neurons) - row.first + 1);
  }

  /// In the shorter of its two forms. Several synapses to one target, which differ in their delays, are no dense row.
  uint64_t countWords(const Row &row) const {
    auto count = [](uint64_t synapses, uint64_t bits) {
      uint64_t blocks = synapses / kBlockSynapses, rest = synapses % kBlockSynapses;
      return blocks * llvm::divideCeil(kBlockSynapses * bits + kBlockHeaderBits, kWordBits) +
             (rest ? llvm::divideCeil(rest * bits + kBlockHeaderBits, kWordBits) : 0);
    };
    uint64_t sparse = count(row.count, synapseBits);
    return row.count > row.span ? sparse : std::min(sparse, count(row.span, denseBits));
  }

  const MapNeurons &map;
  const CoreCapacity &capacity;
  std::vector<Row> rows; ///< Of each source.
  std::vector<uint32_t> reached;
  std::set<uint32_t> decays, thresholds;
  uint64_t neurons = 0, words = 0;
  uint64_t synapseBits, denseBits;
};
} // namespace

/// The out-axons of each core: the different cores of each neuron's targets.
static std::vector<uint64_t> countOutAxons(const MapNeurons &map, ArrayRef<uint32_t> cores, uint32_t count) {
  std::vector<uint64_t> axons(count);
  std::vector<uint32_t> lastSource(count, UINT32_MAX);
  for (uint32_t source = 0; source < map.neurons; ++source)
    for (uint64_t i = map.targetBegin[source]; i < map.targetBegin[source + 1]; ++i)
      if (uint32_t core = cores[map.targets[i]]; std::exchange(lastSource[core], source) != source)
        ++axons[cores[source]];
  return axons;
}

static InFlightDiagnostic emitExcess(const MapNeurons &map, uint32_t neuron, const Excess &excess) {
  const MapNeurons::Group &group = map.getGroup(neuron);
  return group.op->emitOpError("neuron ") << neuron - group.first << " needs " << excess.used << " " << excess.resource
                                          << " of a core, the limit is " << excess.limit;
}

FailureOr<std::vector<uint32_t>> lle::fillCores(const MapNeurons &map, const CoreCapacity &capacity) {
  // The sources of each neuron, in ascending order.
  std::vector<uint64_t> begin(map.neurons + 1);
  for (uint32_t target : map.targets)
    ++begin[target + 1];
  for (uint32_t neuron = 0; neuron < map.neurons; ++neuron)
    begin[neuron + 1] += begin[neuron];
  std::vector<uint32_t> from(map.targets.size());
  std::vector<uint64_t> next(begin.begin(), begin.end() - 1);
  for (uint32_t source = 0; source < map.sources; ++source)
    for (uint64_t i = map.targetBegin[source]; i < map.targetBegin[source + 1]; ++i)
      from[next[map.targets[i]]++] = source;

  OpenCore core(map, capacity);
  std::vector<uint32_t> cores(map.neurons);
  uint32_t number = 0;
  for (uint32_t neuron = 0; neuron < map.neurons; ++neuron) {
    auto sources = ArrayRef<uint32_t>(from).slice(begin[neuron], begin[neuron + 1] - begin[neuron]);
    std::optional<Excess> excess = core.add(neuron, sources);
    if (excess && !core.isEmpty()) {
      core.clear();
      ++number;
      excess = core.add(neuron, sources);
    }
    if (excess)
      return emitExcess(map, neuron, *excess);
    cores[neuron] = number;
  }
  std::vector<uint64_t> axons = countOutAxons(map, cores, number + 1);
  for (uint32_t neuron = 0; neuron < map.neurons; ++neuron)
    if (uint64_t used = axons[cores[neuron]]; used > capacity.outAxons)
      return emitExcess(map, neuron, {"out-axons", used, capacity.outAxons})
             << "; fewer neurons in a core need fewer, see neuro-partition's option 'neurons'";
  return cores;
}
