//===- Partition.cpp - neurons to cores -----------------------------------===//
#include "dialects/Neuro/SynapseRows.h"
#include "passes/Placement/Partitioner.h"
#include "passes/Placement/Passes.h"
#include "passes/Placement/SequentialCores.h"

#include "mlir/IR/Builders.h"

namespace lle {
#define GEN_PASS_DEF_PARTITIONMAP
#include "passes/Placement/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;
using namespace lle::neuro;

/// Writes the core of each neuron into the map; cores get numbers in the order in which neurons come to them.
static void writeCores(const MapNeurons &neurons, ArrayRef<uint32_t> cores, OpBuilder &builder, Location loc) {
  llvm::DenseMap<uint32_t, int32_t> numbers;
  for (const MapNeurons::Group &group : neurons.groups) {
    auto population = dyn_cast<PopulationOp>(group.op);
    if (!population)
      continue;
    std::vector<CoreRun> runs;
    for (uint32_t core : cores.slice(group.first, group.count)) {
      int32_t number = numbers.try_emplace(core, int32_t(numbers.size())).first->second;
      if (runs.empty() || runs.back().core != number)
        runs.push_back({number, 0});
      ++runs.back().count;
    }
    population.setCoresAttr(makeCores(builder.getContext(), population.getSymName(), runs));
  }
  for (size_t number = 0; number < numbers.size(); ++number)
    CoreOp::create(builder, loc, uint64_t(number));
}

/// Packets of neurons; those of the host are fewer by a constant for each input.
static uint64_t countPackets(const Hypergraph &graph, const MapNeurons &map, std::vector<uint32_t> cores) {
  for (uint32_t input = map.neurons; input < map.sources; ++input)
    cores.push_back(map.getTargets(input).empty() ? 0 : cores[map.getTargets(input).front()]);
  return countPackets(graph, cores);
}

/// Of the partitioner: it takes its time.
static constexpr unsigned kAttempts = 4;

namespace {
struct PartitionMap : lle::impl::PartitionMapBase<PartitionMap> {
  using PartitionMapBase::PartitionMapBase;

  void runOnOperation() override {
    MapOp map = getOperation();
    if (map.countCores()) {
      map.emitOpError("is partitioned already");
      return signalPassFailure();
    }
    if (neurons < 0) {
      map.emitOpError("neurons must be at least 0, got ") << int64_t(neurons);
      return signalPassFailure();
    }
    CoreCapacity capacity = getCoreCapacity(map);
    if (neurons > 0)
      capacity.neurons = std::min(capacity.neurons, uint64_t(neurons));
    MapNeurons graph(map);
    auto filled = fillCores(graph, capacity);
    auto *natural = std::get_if<std::vector<uint32_t>>(&filled);
    std::optional<std::vector<uint32_t>> cores;
    if (strategy == PartitionStrategy::multilevel)
      cores = refine(graph, capacity, natural);
    else if (natural)
      cores = std::move(*natural);
    if (!cores) {
      emitExcess(graph, std::get<CoreExcess>(filled));
      return signalPassFailure();
    }
    auto builder = OpBuilder::atBlockEnd(&map.getBody().front());
    writeCores(graph, *cores, builder, map.getLoc());
  }

private:
  /// The better one of the natural order, if it fits, and of what the partitioner finds; nothing if neither fits.
  std::optional<std::vector<uint32_t>> refine(const MapNeurons &map, const CoreCapacity &capacity,
                                              const std::vector<uint32_t> *natural) {
    std::optional<std::vector<uint32_t>> best;
    if (natural)
      best = *natural;
    Hypergraph graph = map.makeHypergraph(/*withInputs=*/true);
    uint64_t packets = best ? countPackets(graph, map, *best) : UINT64_MAX;
    if (packets == 0)
      return best;
    // The partitioner knows no memory but that of synapses, and no thresholds: with fewer neurons a core needs less.
    // The natural order shows how many fit.
    uint64_t most = natural ? countLargestCore(*natural) : std::min<uint64_t>(capacity.neurons, map.neurons);
    for (unsigned attempt = 0; attempt < kAttempts && most > 0; ++attempt, most = most * 3 / 4) {
      llvm::Expected<CorePartition> found = partitionNetwork(graph, makeOptions(map, capacity, most));
      if (!found) {
        llvm::consumeError(found.takeError());
        break;
      }
      std::vector<uint32_t> cores(found->part.begin(), found->part.begin() + map.neurons);
      if (checkCores(map, capacity, cores))
        continue;
      if (uint64_t count = countPackets(graph, map, cores); count < packets)
        best = std::move(cores);
      break;
    }
    return best;
  }

  PartitionOptions makeOptions(const MapNeurons &map, const CoreCapacity &capacity, uint64_t most) const {
    PartitionOptions options;
    options.limits.additive = {{"neurons", most}};
    options.limits.inAxons = capacity.inAxons;
    options.limits.outAxons = capacity.outAxons;
    options.limits.configurations = capacity.decays;
    SynapseMemory &synapses = options.limits.synapses;
    synapses.synapseBits = uint32_t(capacity.getSynapseBits(map, true));
    synapses.blockSynapses = uint32_t(std::min<uint64_t>(capacity.blockSynapses, UINT32_MAX));
    synapses.headerBits = uint32_t(capacity.headerBits);
    synapses.wordBits = uint32_t(capacity.wordBits);
    uint64_t bytes = capacity.synapseBytes;
    if (capacity.bytes != CoreCapacity::kNone)
      bytes = std::min(bytes, capacity.bytes - std::min(capacity.bytes, capacity.countBits(map, most, 0) / 8));
    if (bytes != CoreCapacity::kNone)
      synapses.words = bytes * 8 / synapses.wordBits;
    options.maxParts = uint32_t(std::min<uint64_t>(capacity.cores, UINT32_MAX));
    options.seed = uint64_t(seed);
    return options;
  }

  static void emitExcess(const MapNeurons &map, const CoreExcess &excess) {
    const MapNeurons::Group &group = map.getGroup(excess.neuron);
    group.op->emitOpError("neuron ") << excess.neuron - group.first << " needs " << excess.used << " "
                                     << excess.resource << " of a core, the limit is " << excess.limit;
  }
};
} // namespace
