//===- MapNetwork.cpp - networks to packages with a core map --------------===//
#include "targets/Neuromorphic/MapNetwork.h"
#include "lowering/SpkToNeuro/Passes.h"
#include "passes/Placement/Passes.h"
#include "runtime/coremap/CoreMapFile.h"
#include "targets/Native/Describe.h"
#include "targets/Neuromorphic/CoreMapBuilder.h"
#include "targets/Neuromorphic/Passes.h"

#include "mlir/Pass/PassManager.h"

using namespace mlir;
using namespace lle;

static void buildMapPipeline(PassManager &pm, const Target &target) {
  SpkToNeuroOptions options;
  options.target = target.name;
  pm.addPass(createSpkToNeuro(options));
  OpPassManager &map = pm.nest<neuro::MapOp>();
  map.addPass(createPartitionMap());
  map.addPass(createPlaceMap());
  map.addPass(createRouteMap());
  map.addPass(createLayOutMemory());
  map.addPass(createGatePower());
  map.addPass(createCheckCapacity());
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

FailureOr<runtime::Package> lle::packMap(NetworkOp network, ModuleOp mapped, const Target &target,
                                         ArrayRef<PassSetting> settings) {
  neuro::MapOp placed = *mapped.getOps<neuro::MapOp>().begin();
  FailureOr<runtime::CoreMap> map = makeCoreMap(placed, target);
  if (failed(map))
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
