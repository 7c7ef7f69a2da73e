//===- Partition.cpp - neurons to cores -----------------------------------===//
#include "dialects/Neuro/SynapseRows.h"
#include "passes/Placement/Passes.h"
#include "passes/Placement/SequentialCores.h"

#include "mlir/IR/Builders.h"

namespace lle {
#define GEN_PASS_DEF_PARTITION
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
    CoreOp::create(builder, loc, builder.getI64IntegerAttr(int64_t(number)), /*place=*/DenseI64ArrayAttr());
}

namespace {
struct Partition : lle::impl::PartitionBase<Partition> {
  using PartitionBase::PartitionBase;

  void runOnOperation() override {
    MapOp map = getOperation();
    if (map.countCores()) {
      map.emitOpError("is partitioned already");
      return signalPassFailure();
    }
    CoreCapacity capacity = getCoreCapacity(map);
    if (neurons > 0)
      capacity.neurons = std::min(capacity.neurons, uint64_t(neurons));
    MapNeurons graph(map);
    FailureOr<std::vector<uint32_t>> cores = fillCores(graph, capacity);
    if (failed(cores))
      return signalPassFailure();
    auto builder = OpBuilder::atBlockEnd(&map.getBody().front());
    writeCores(graph, *cores, builder, map.getLoc());
  }
};
} // namespace
