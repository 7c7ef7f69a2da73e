//===- OpenModel.cpp - a file made ready to run ---------------------------===//
#include "tools/common/OpenModel.h"
#include "passes/Simplify/Passes.h"
#include "runtime/coremap/CoreMapFile.h"
#include "targets/Native/Compile.h"
#include "targets/Native/Describe.h"
#include "targets/Native/PackageEngine.h"
#include "tools/common/Reproducer.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace lle;

std::optional<size_t> OpenedModel::findNodeOutput(StringRef node) const {
  for (auto [index, output] : llvm::enumerate(description.outputs))
    if (output.node == node)
      return index;
  return std::nullopt;
}

const runtime::State *OpenedModel::findState(StringRef node, StringRef name) const {
  for (const runtime::State &state : description.states)
    if (state.node == node && state.name == name)
      return &state;
  return nullptr;
}

static void setModel(OpenedModel &opened, runtime::Model model) {
  opened.description = model.package();
  opened.engineName = "native (" + model.variant().target + ")";
  opened.engine = createPackageEngine(std::move(model));
}

static FailureOr<OpenedModel> openPackage(StringRef path, const OpenOptions &options, MLIRContext &context) {
  auto fail = [&](const Twine &message) { return emitError(UnknownLoc::get(&context), message); };
  runtime::Result<runtime::Model> model = runtime::Model::load(path.str());
  if (!model)
    return fail(model.error().message);
  OpenedModel opened;
  opened.path = path;
  setModel(opened, std::move(*model));
  for (const std::string &node : options.nodes)
    if (!opened.findNodeOutput(node))
      return fail(path + ": the compiled code does not show the result of node '" + node +
                  "'; compile with --keep=" + node);
  return std::move(opened);
}

/// Puts the ports of a core map into the order of the package's, and shows the spikes or membranes of nodes.
static void arrangePorts(runtime::CoreMap &map, runtime::Package &package, ArrayRef<std::string> shown) {
  auto arrange = [](std::vector<runtime::CorePort> &mapped, ArrayRef<runtime::Port> ports) {
    std::vector<runtime::CorePort> arranged;
    for (const runtime::Port &port : ports)
      arranged.push_back(*llvm::find_if(mapped, [&](const runtime::CorePort &p) { return p.name == port.name; }));
    mapped = std::move(arranged);
  };
  arrange(map.inputs, package.inputs);
  arrange(map.outputs, package.outputs);
  for (auto [index, population] : llvm::enumerate(map.populations)) {
    const std::string &node = population.name;
    bool isKnown = llvm::any_of(package.outputs, [&](const runtime::Port &port) { return port.node == node; });
    if (population.model == runtime::NeuronModel::Input || isKnown || !llvm::is_contained(shown, node))
      continue;
    runtime::Port port;
    port.name = port.node = node;
    port.shape = population.shape;
    port.isSpike = population.model == runtime::NeuronModel::CubaLIF;
    port.maxSpikes = port.isSpike;
    port.element = port.isSpike ? LLE_I8 : map.arithmetic == runtime::ChipArithmetic::Loihi ? LLE_I32 : LLE_F32;
    map.outputs.push_back({port.name, uint32_t(index), !port.isSpike});
    package.outputs.push_back(std::move(port));
  }
}

/// Of a package that has no core map, nothing is returned.
static FailureOr<std::optional<OpenedModel>> openCoreMap(StringRef path, const OpenOptions &options,
                                                         MLIRContext &context) {
  auto fail = [&](const Twine &message) { return emitError(UnknownLoc::get(&context), message); };
  runtime::Result<runtime::Package> package = runtime::readPackage(path.str());
  if (!package)
    return fail(package.error().message);
  if (llvm::none_of(package->variants,
                    [](const runtime::Variant &v) { return v.kind == runtime::VariantKind::CoreMap; }))
    return std::optional<OpenedModel>();
  runtime::Result<runtime::CoreMap> map = runtime::readCoreMap(*package, path.str());
  if (!map)
    return fail(map.error().message);
  OpenedModel opened;
  opened.path = path;
  for (const runtime::CorePopulation &population : map->populations)
    if (population.model != runtime::NeuronModel::Input)
      opened.nodes.push_back(population.name);
  for (const std::string &node : options.nodes)
    if (!llvm::is_contained(opened.nodes, node))
      return fail(path + ": no node '" + node + "' in the core map; its nodes are: " + llvm::join(opened.nodes, ", "));
  arrangePorts(*map, *package, options.allNodes ? opened.nodes : options.nodes);
  opened.engineName = "emulator (" + map->target + ")";
  runtime::Result<runtime::Emulator> emulator = runtime::Emulator::create(std::move(*map), path.str());
  if (!emulator)
    return fail(emulator.error().message);
  package->states = emulator->states();
  opened.description = std::move(*package);
  auto engine = std::make_unique<EmulatorEngine>(std::move(*emulator));
  opened.emulator = engine.get();
  opened.engine = std::move(engine);
  return std::optional<OpenedModel>(std::move(opened));
}

static LogicalResult compileInMemory(OpenedModel &opened, LoadedNetwork &loaded, MLIRContext &context) {
  FailureOr<Target> target = getTarget("native", context);
  if (failed(target))
    return failure();
  FailureOr<CompiledNetwork> compiled = compileNetwork(loaded.network, *target);
  if (failed(compiled) || failed(addNativeVariant(*compiled, *target, context)))
    return failure();
  compiled->package.provenance.sourceName = loaded.sourceName;
  compiled->package.provenance.sourceHash = loaded.sourceHash;
  runtime::Result<runtime::Bytes> bytes = runtime::writePackage(compiled->package);
  if (!bytes)
    return emitError(UnknownLoc::get(&context), bytes.error().message);
  runtime::Result<runtime::Model> model = runtime::Model::load(bytes->data(), bytes->size(), opened.path);
  if (!model)
    return emitError(UnknownLoc::get(&context), model.error().message);
  setModel(opened, std::move(*model));
  return success();
}

static FailureOr<OpenedModel> openNetwork(StringRef path, const OpenOptions &options, MLIRContext &context) {
  FailureOr<LoadedNetwork> loaded = loadNetwork(path, options.load, context);
  if (failed(loaded))
    return failure();
  keepReproducer(*loaded->module);
  OpenedModel opened;
  opened.path = path;
  for (StringAttr node : getNodeNames(loaded->network))
    opened.nodes.push_back(node.str());
  std::vector<std::string> shown = options.nodes;
  if (options.allNodes)
    for (const std::string &node : opened.nodes)
      if (!llvm::is_contained(options.nodes, node))
        shown.push_back(node);
  if (failed(exposeNodes(loaded->network, shown)))
    return failure();
  if (options.engine == EngineKind::Native) {
    if (failed(compileInMemory(opened, *loaded, context)))
      return failure();
    return std::move(opened);
  }
  opened.description = describeNetwork(loaded->network);
  opened.engineName = options.precision == Precision::f64 ? "reference (f64)" : "reference (f32)";
  opened.engine = createReferenceEngine(loaded->network, options.precision);
  if (!opened.engine)
    return failure();
  return std::move(opened);
}

FailureOr<OpenedModel> lle::openModel(StringRef path, const OpenOptions &options, MLIRContext &context) {
  if (options.engine == EngineKind::Emulator) {
    FailureOr<std::optional<OpenedModel>> opened = std::optional<OpenedModel>();
    if (path.ends_with(".lle"))
      opened = openCoreMap(path, options, context);
    if (failed(opened))
      return failure();
    if (!*opened)
      return emitError(UnknownLoc::get(&context), path + ": the emulator is not for this model: it has no core map");
    return std::move(**opened);
  }
  if (options.engine == EngineKind::Native && path.ends_with(".lle"))
    return openPackage(path, options, context);
  return openNetwork(path, options, context);
}
