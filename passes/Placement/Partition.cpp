//===- Partition.cpp - neurons to cores -----------------------------------===//
#include "passes/Placement/Passes.h"
#include "passes/Placement/SequentialCores.h"
#include "passes/Placement/Threads.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Remarks.h"

namespace lle {
#define GEN_PASS_DEF_PARTITIONMAP
#include "passes/Placement/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;
using namespace lle::neuro;

/// Numbers cores in the order in which neurons come to them; returns how many there are.
static uint32_t renumber(MutableArrayRef<uint32_t> cores) {
  llvm::DenseMap<uint32_t, uint32_t> numbers;
  for (uint32_t &core : cores)
    core = numbers.try_emplace(core, uint32_t(numbers.size())).first->second;
  return uint32_t(numbers.size());
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
    if (!(balance >= 0)) {
      map.emitOpError("balance must not be negative");
      return signalPassFailure();
    }
    MapNeurons graph(map);
    const bool isMultilevel = strategy == PartitionStrategy::multilevel;
    std::variant<std::vector<uint32_t>, CoreExcess> filled;
    Hypergraph hypergraph;
    forEachIndex(2, 1 + (isMultilevel || balance > 0), [&](size_t task) {
      if (task == 0)
        filled = fillCores(graph, capacity);
      else
        hypergraph = graph.makeHypergraph();
    });
    auto *natural = std::get_if<std::vector<uint32_t>>(&filled);
    std::optional<std::vector<uint32_t>> cores;
    if (isMultilevel)
      cores = refine(graph, hypergraph, capacity, natural);
    else if (natural)
      cores = std::move(*natural);
    if (!cores) {
      emitExcess(graph, std::get<CoreExcess>(filled));
      return signalPassFailure();
    }
    uint32_t count = renumber(*cores);
    if (balance > 0 && count > 1) {
      level(graph, hypergraph, capacity, *cores, count);
      renumber(*cores);
    }
    graph.writeCores(*cores);
    auto builder = OpBuilder::atBlockEnd(&map.getBody().front());
    for (uint32_t number = 0; number < count; ++number)
      CoreOp::create(builder, map.getLoc(), uint64_t(number));
  }

private:
  /// The better one of the natural order, if it fits, and of what the partitioner finds; nothing if neither fits.
  std::optional<std::vector<uint32_t>> refine(const MapNeurons &map, const Hypergraph &graph,
                                              const CoreCapacity &capacity, const std::vector<uint32_t> *natural) {
    std::optional<std::vector<uint32_t>> best;
    if (natural)
      best = *natural;
    uint64_t packets = best ? countPackets(graph, *best) : UINT64_MAX;
    if (packets == 0 || (best && llvm::all_equal(*best)))
      return best;
    // The partitioner knows no memory but that of synapses, and no thresholds: with fewer neurons a core needs less.
    // The natural order shows how many fit.
    uint64_t most = natural ? countLargestCore(*natural) : std::min<uint64_t>(capacity.neurons, map.neurons);
    std::string reason;
    for (unsigned attempt = 0; attempt < kAttempts && most > 0; ++attempt, most = most * 3 / 4) {
      llvm::Expected<CorePartition> found = partitionNetwork(graph, makeOptions(map, capacity, most));
      if (!found) {
        reason = llvm::toString(found.takeError());
        break;
      }
      if (std::optional<CoreExcess> excess = checkCores(map, capacity, found->part)) {
        reason = llvm::formatv("a core needs {0} {1}, the limit is {2}", excess->used, excess->resource, excess->limit);
        continue;
      }
      if (found->packets < packets)
        return std::move(found->part);
      reason = "no partition was found that has fewer packets";
      break;
    }
    if (best)
      remark::missed(getOperation().getLoc(), getRemark("Partitioned"))
          << remark::metric("PacketsPerStep", double(packets) * MapNeurons::kRateUnit)
          << remark::reason("cores are filled in the natural order: {0}", reason);
    return best;
  }

  /// Evens out the work of cores.
  void level(const MapNeurons &map, Hypergraph &graph, const CoreCapacity &capacity, std::vector<uint32_t> &cores,
             uint32_t count) {
    PartitionOptions options = makeOptions(map, capacity, countLargestCore(cores));
    graph.addResource(map.getWork());
    const uint64_t before = countMost(graph, cores), packets = countPackets(graph, cores);
    options.limits.additive.push_back({"work", before});
    CorePartition found = balancePartition(graph, options, balance, {cores, count, packets});
    if (std::optional<CoreExcess> excess = checkCores(map, capacity, found.part)) {
      remark::missed(getOperation().getLoc(), getRemark("Balanced"))
          << remark::reason("a core needs {0} {1}, the limit is {2}", excess->used, excess->resource, excess->limit);
      return;
    }
    cores = std::move(found.part);
    remark::passed(getOperation().getLoc(), getRemark("Balanced"))
        << remark::metric("BusiestCoreShare", double(countMost(graph, cores)) / double(before))
        << remark::metric("PacketsPerStep", double(found.packets) * MapNeurons::kRateUnit)
        << remark::metric("PacketsPerStepBefore", double(packets) * MapNeurons::kRateUnit);
  }

  remark::RemarkOpts getRemark(StringRef name) {
    return remark::RemarkOpts::name(name).category("mapping").function(getOperation().getSymName());
  }

  PartitionOptions makeOptions(const MapNeurons &map, const CoreCapacity &capacity, uint64_t most) const {
    PartitionOptions options;
    options.limits = getCoreLimits(map, capacity, most);
    options.maxParts = uint32_t(std::min<uint64_t>(capacity.cores, UINT32_MAX));
    options.seed = uint64_t(seed);
    return options;
  }

  static void emitExcess(const MapNeurons &map, const CoreExcess &excess) {
    const MapNeurons::Group &group = map.getGroup(excess.neuron);
    group.op->emitOpError("neuron ") << excess.neuron - group.first << " of @"
                                     << SymbolTable::getSymbolName(group.op).getValue() << " needs " << excess.used
                                     << " " << excess.resource << " of a core, the limit is " << excess.limit << ": "
                                     << excess.remedy;
  }
};
} // namespace
