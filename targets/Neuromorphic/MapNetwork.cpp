//===- MapNetwork.cpp - networks to packages with a core map --------------===//
#include "targets/Neuromorphic/MapNetwork.h"
#include "lowering/SpkToNeuro/Passes.h"
#include "passes/Placement/Passes.h"
#include "runtime/coremap/Capacity.h"
#include "runtime/coremap/CoreMapFile.h"
#include "runtime/coremap/Layout.h"
#include "runtime/coremap/Routing.h"
#include "targets/Native/Describe.h"
#include "targets/Neuromorphic/CoreMapBuilder.h"

#include "mlir/Pass/PassManager.h"

using namespace mlir;
using namespace lle;

/// Whoever has a network that does not fit at all wants to know where it begins not to.
static constexpr size_t kMostViolations = 8;

static void buildMapPipeline(PassManager &pm, const Target &target) {
  SpkToNeuroOptions options;
  options.target = target.name;
  pm.addPass(createSpkToNeuro(options));
  pm.addNestedPass<neuro::MapOp>(createPartitionMap());
  pm.addNestedPass<neuro::MapOp>(createPlaceMap());
}

FailureOr<OwningOpRef<ModuleOp>> lle::mapNetwork(NetworkOp network, const Target &target,
                                                 ArrayRef<PassSetting> settings) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(network.getLoc());
  module->getBody()->push_back(network->clone());
  PassManager pm(network.getContext());
  buildMapPipeline(pm, target);
  if (failed(runWithSettings(pm, *module, settings)))
    return failure();
  return std::move(module);
}

static LogicalResult checkFits(const runtime::CoreMap &map, NetworkOp network) {
  std::vector<runtime::CapacityViolation> violations = runtime::checkCapacity(map);
  for (const runtime::CapacityViolation &violation : ArrayRef(violations).take_front(kMostViolations))
    network.emitError() << violation.message;
  if (violations.size() > kMostViolations)
    network.emitError() << "and " << violations.size() - kMostViolations << " more";
  return success(violations.empty());
}

/// A chip whose routers have tables sends keys; the others' packets find their way by the address of a core.
static LogicalResult routePackets(runtime::CoreMap &map, neuro::MapOp placed) {
  std::optional<int64_t> entries = placed.getLimit("router_entries");
  if (!entries)
    return success();
  runtime::Status keys = runtime::assignKeys(map);
  if (!keys)
    return placed.emitError() << keys.error().message;
  runtime::Result<runtime::MulticastTrees> trees = runtime::routeMulticast(map, size_t(*entries));
  return trees ? success() : LogicalResult(placed.emitError() << trees.error().message);
}

FailureOr<runtime::Package> lle::packMap(NetworkOp network, ModuleOp mapped, const Target &target,
                                         ArrayRef<PassSetting> settings) {
  neuro::MapOp placed = *mapped.getOps<neuro::MapOp>().begin();
  FailureOr<runtime::CoreMap> map = buildCoreMap(placed, target);
  if (failed(map) || failed(routePackets(*map, placed)))
    return failure();
  runtime::layOutMemory(*map);
  if (failed(checkFits(*map, network)))
    return failure();
  runtime::Result<runtime::Bytes> code = runtime::writeCoreMap(*map);
  if (!code)
    return network.emitError() << code.error().message;

  runtime::Package package = describeNetwork(network);
  package.states.clear(); // they are in the cores
  for (runtime::Port &input : package.inputs)
    if (input.element == LLE_F32) {
      // Packets carry whole numbers; times a weight of 127 they are exact in f32, too.
      input.element = LLE_I32;
      input.isSpike = true;
      input.maxSpikes = (1 << 24) / 127;
    }
  runtime::Variant variant;
  variant.target = target.name;
  variant.kind = runtime::VariantKind::CoreMap;
  variant.code = std::move(*code);
  package.variants.push_back(std::move(variant));
  PassManager pm(network.getContext());
  buildMapPipeline(pm, target);
  llvm::raw_string_ostream pipeline(package.provenance.pipeline);
  pm.printAsTextualPipeline(pipeline);
  for (const PassSetting &setting : settings)
    pipeline << " " << setting.str();
  package.provenance.toolVersion = "LLE " LLE_VERSION ", LLVM " LLVM_VERSION_STRING;
  return package;
}
