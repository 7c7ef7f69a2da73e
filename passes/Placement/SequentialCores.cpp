//===- SequentialCores.cpp - cores filled one after the other -------------===//
#include "passes/Placement/SequentialCores.h"
#include "passes/Placement/Threads.h"

#include "llvm/Support/MathExtras.h"

#include <numeric>
#include <set>

using namespace mlir;
using namespace lle;
using namespace lle::neuro;

/// SpiNNaker2's layout: rows of bytes behind a header, three states and five parameters of a neuron, two sums of it for
/// each slot of the ring. An in-axon has its place in keyed-axons, and at worst a key range of its own.
static void setBytewiseLayout(CoreCapacity &capacity) {
  constexpr uint64_t kStackBytes = 4096;
  capacity.blockSynapses = CoreCapacity::kNone;
  capacity.headerBits = capacity.wordBits = 32;
  capacity.indexBits = 16;
  capacity.delayBits = 8;
  capacity.inAxonBits = 8 * (4 + 8 + 2);
  capacity.outAxonBits = 0;
  capacity.neuronBits = 8 * 4 * (3 + 5);
  capacity.sumBits = 8 * 2 * 4;
  if (capacity.bytes != CoreCapacity::kNone)
    capacity.bytes -= std::min(capacity.bytes, kStackBytes);
}

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
  read(capacity.bytes, "core_data_bytes");
  read(capacity.weightBits, "weight_bits");
  read(capacity.indexBits, "index_bits");
  if (std::optional<int64_t> cores = map.getLimit("chip_cores"))
    capacity.cores = uint64_t(*cores * map.getLimit("system_chips").value_or(1));
  if (llvm::any_of(map.getOps<PopulationOp>(), [](PopulationOp op) { return op.hasRealStates(); }))
    setBytewiseLayout(capacity);
  return capacity;
}

uint64_t CoreCapacity::getSynapseBits(const MapNeurons &map, bool isIndexed) const {
  return weightBits + (map.longestDelay > 1 ? delayBits : 0) + (isIndexed ? indexBits : 0);
}

uint64_t CoreCapacity::countWords(uint64_t synapses, uint64_t bits) const {
  auto count = [&](uint64_t block) { return block ? llvm::divideCeil(block * bits + headerBits, wordBits) : 0; };
  return synapses < blockSynapses ? count(synapses)
                                  : synapses / blockSynapses * count(blockSynapses) + count(synapses % blockSynapses);
}

uint64_t CoreCapacity::countBits(const MapNeurons &map, uint64_t neurons, uint64_t inAxons) const {
  uint64_t sums = (map.longestDelay + 1) * sumBits;
  return neurons * (neuronBits + outAxonBits + sums) + inAxons * inAxonBits;
}

CoreLimits lle::getCoreLimits(const MapNeurons &map, const CoreCapacity &capacity, uint64_t most) {
  CoreLimits limits;
  limits.additive = {{"neurons", most}};
  limits.inAxons = capacity.inAxons;
  limits.outAxons = capacity.outAxons;
  limits.configurations = capacity.decays;
  SynapseMemory &synapses = limits.synapses;
  synapses.synapseBits = uint32_t(capacity.getSynapseBits(map, true));
  synapses.blockSynapses = uint32_t(std::min<uint64_t>(capacity.blockSynapses, UINT32_MAX));
  synapses.headerBits = uint32_t(capacity.headerBits);
  synapses.wordBits = uint32_t(capacity.wordBits);
  uint64_t bytes = capacity.synapseBytes;
  if (capacity.bytes != CoreCapacity::kNone)
    bytes = std::min(bytes, capacity.bytes - std::min(capacity.bytes, capacity.countBits(map, most, 0) / 8));
  if (bytes != CoreCapacity::kNone)
    synapses.words = bytes * 8 / synapses.wordBits;
  return limits;
}

namespace {
/// CoreCapacity::countWords, which divides, of rows as most cores have them.
class WordTable {
public:
  WordTable(const CoreCapacity &capacity, uint64_t bits) : capacity(capacity), bits(bits) {
    for (uint64_t synapses = 0; synapses < kRows; ++synapses)
      words.push_back(capacity.countWords(synapses, bits));
  }
  uint64_t operator[](uint64_t synapses) const {
    return synapses < kRows ? words[synapses] : capacity.countWords(synapses, bits);
  }

private:
  static constexpr uint64_t kRows = 1024;
  const CoreCapacity &capacity;
  uint64_t bits;
  std::vector<uint64_t> words;
};

/// The core that is being filled.
class OpenCore {
public:
  OpenCore(const MapNeurons &map, const CoreCapacity &capacity)
      : map(map), capacity(capacity), rows(map.sources), sparseWords(capacity, capacity.getSynapseBits(map, true)),
        denseWords(capacity, capacity.getSynapseBits(map, false)) {}

  /// Adds a neuron, unless it would be too much.
  std::optional<CoreExcess> add(uint32_t neuron) {
    uint64_t oldWords = words;
    size_t oldAxons = reached.size();
    addSynapses(map.getOrigins(neuron));
    if (std::optional<CoreExcess> excess = findExcess(neuron)) {
      for (auto [source, row] : changed)
        rows[source] = row;
      reached.resize(oldAxons);
      words = oldWords;
      return excess;
    }
    decays.insert(map.decays[neuron]);
    thresholds.insert(map.thresholds[neuron]);
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
    uint32_t count = 0, first = 0, span = 0, words = 0;
  };

  /// `from` are the sources of the next neuron, in order.
  void addSynapses(ArrayRef<uint32_t> from) {
    constexpr size_t kAhead = 16; // rows lie anywhere in memory
    changed.clear();
    for (size_t i = 0; i < from.size();) {
      if (i + kAhead < from.size())
        __builtin_prefetch(&rows[from[i + kAhead]], /*rw=*/1);
      uint32_t source = from[i];
      Row &row = rows[source];
      changed.push_back({source, row});
      if (row.count == 0) {
        reached.push_back(source);
        row.first = uint32_t(neurons);
      }
      for (; i < from.size() && from[i] == source; ++i)
        ++row.count;
      row.span = uint32_t(neurons) - row.first + 1;
      words -= row.words;
      row.words = uint32_t(countWords(row));
      words += row.words;
    }
  }

  /// What is too much with a neuron whose synapses are added already.
  std::optional<CoreExcess> findExcess(uint32_t neuron) const {
    auto with = [](const std::set<uint32_t> &set, uint32_t value) { return set.size() + !set.count(value); };
    uint64_t synapseBytes = words * capacity.wordBits / 8;
    uint64_t bits = capacity.countBits(map, neurons + 1, reached.size());
    const CoreExcess resources[] = {
        {"neurons", neurons + 1, capacity.neurons, neuron, "the target has no room for neurons"},
        {"in-axons", reached.size(), capacity.inAxons, neuron, "prune its synapses, or give it fewer sources"},
        {"pairs of decays", with(decays, map.decays[neuron]), capacity.decays, neuron,
         "the target has no neurons with decays"},
        {"thresholds", with(thresholds, map.thresholds[neuron]), capacity.thresholds, neuron,
         "the target has no neurons with thresholds"},
        {"bytes of synapses", synapseBytes, capacity.synapseBytes, neuron,
         "prune its synapses, or give weights fewer bits"},
        {"bytes of memory", synapseBytes + llvm::divideCeil(bits, 8), capacity.bytes, neuron,
         "prune its synapses, or make its delays shorter"}};
    for (const CoreExcess &resource : resources)
      if (resource.used > resource.limit)
        return resource;
    return std::nullopt;
  }

  /// In the shorter of its two forms. Several synapses to one target, which differ in their delays, are no dense row.
  uint64_t countWords(const Row &row) const {
    uint64_t sparse = sparseWords[row.count];
    return row.count > row.span ? sparse : std::min(sparse, denseWords[row.span]);
  }

  const MapNeurons &map;
  const CoreCapacity &capacity;
  std::vector<Row> rows; ///< Of each source.
  std::vector<uint32_t> reached;
  std::vector<std::pair<uint32_t, Row>> changed; ///< By the last neuron: rows as they were.
  std::set<uint32_t> decays, thresholds;
  uint64_t neurons = 0, words = 0;
  WordTable sparseWords, denseWords;
};
} // namespace

static constexpr StringLiteral kOutAxons = "out-axons";

/// A core whose neurons have too many out-axons: one for each different core of a neuron's targets.
static std::optional<CoreExcess> checkOutAxons(const MapNeurons &map, const CoreCapacity &capacity,
                                               ArrayRef<uint32_t> cores) {
  uint32_t count = cores.empty() ? 0 : *llvm::max_element(cores) + 1;
  std::vector<uint64_t> axons(count);
  std::vector<uint32_t> lastSource(count, UINT32_MAX);
  for (uint32_t source = 0; source < map.neurons; ++source)
    for (uint32_t target : map.getTargets(source))
      if (uint32_t core = cores[target]; std::exchange(lastSource[core], source) != source)
        if (uint64_t used = ++axons[cores[source]]; used > capacity.outAxons)
          return CoreExcess{kOutAxons, used, capacity.outAxons, source,
                            "prune its synapses, or allow more neurons in a core"};
  return std::nullopt;
}

/// Cores by all limits but that of out-axons, which are known once all cores are filled.
static std::variant<std::vector<uint32_t>, CoreExcess> fillInOrder(const MapNeurons &map,
                                                                   const CoreCapacity &capacity) {
  OpenCore core(map, capacity);
  std::vector<uint32_t> cores(map.neurons);
  uint32_t number = 0;
  for (uint32_t neuron = 0; neuron < map.neurons; ++neuron) {
    std::optional<CoreExcess> excess = core.add(neuron);
    if (excess && !core.isEmpty()) {
      core.clear();
      ++number;
      excess = core.add(neuron);
    }
    if (excess)
      return *excess;
    cores[neuron] = number;
  }
  return cores;
}

uint64_t lle::countLargestCore(ArrayRef<uint32_t> cores) {
  std::vector<uint64_t> counts(*llvm::max_element(cores) + 1);
  for (uint32_t core : cores)
    ++counts[core];
  return *llvm::max_element(counts);
}

std::variant<std::vector<uint32_t>, CoreExcess> lle::fillCores(const MapNeurons &map, CoreCapacity capacity) {
  for (;;) {
    auto filled = fillInOrder(map, capacity);
    auto *cores = std::get_if<std::vector<uint32_t>>(&filled);
    if (!cores || cores->empty())
      return filled;
    std::optional<CoreExcess> excess = checkOutAxons(map, capacity, *cores);
    if (!excess)
      return filled;
    uint64_t largest = countLargestCore(*cores);
    if (largest == 1)
      return *excess;
    // A limit that no core reached would give the same cores again.
    while (capacity.neurons >= largest)
      capacity.neurons = std::max<uint64_t>(1, std::min<uint64_t>(capacity.neurons, map.neurons) * 3 / 4);
  }
}

std::optional<CoreExcess> lle::checkCores(const MapNeurons &map, const CoreCapacity &capacity,
                                          ArrayRef<uint32_t> cores) {
  std::vector<uint32_t> order(cores.size());
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](uint32_t a, uint32_t b) { return std::pair(cores[a], a) < std::pair(cores[b], b); });
  auto startsCore = [&](size_t i) { return i == 0 || cores[order[i]] != cores[order[i - 1]]; };
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::optional<CoreExcess>> excess(threads);
  forRanges(threads, order.size(), [&](unsigned thread, size_t begin, size_t end) {
    OpenCore core(map, capacity);
    // A core is of the thread in whose range it begins.
    while (begin < end && !startsCore(begin))
      ++begin;
    for (size_t i = begin; i < order.size() && (i < end || !startsCore(i)) && begin < end; ++i) {
      if (startsCore(i))
        core.clear();
      if ((excess[thread] = core.add(order[i])))
        return;
    }
  });
  for (const std::optional<CoreExcess> &first : excess)
    if (first)
      return first;
  return checkOutAxons(map, capacity, cores);
}
