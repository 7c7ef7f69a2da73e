//===- Scale.cpp - time and memory of mapping a large network -------------===//
//
// Generates a spiking network of N neurons and about 100 N synapses, and takes it all the way: cores, places, axons and
// memory, a .lle file; then reads the file, checks its limits and runs ticks of it. Prints wall and processor time and
// peak memory of each phase. The chips are Loihi 2, as many as --neurons-per-chip needs, side by side.
//
//===----------------------------------------------------------------------===//
#include "bench/SpikingNets.h"
#include "dialects/LLE/LLEOps.h"
#include "dialects/Neuro/SynapseRows.h"
#include "passes/Placement/Passes.h"
#include "passes/Placement/Threads.h"
#include "runtime/coremap/Capacity.h"
#include "runtime/coremap/CoreMapFile.h"
#include "runtime/coremap/Layout.h"
#include "runtime/emulator/Emulator.h"
#include "targets/Neuromorphic/CoreMapBuilder.h"
#include "tools/common/Tool.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <ctime>
#include <sys/resource.h>

using namespace mlir;
using namespace lle;
using namespace lle::neuro;
namespace cl = llvm::cl;

static constexpr const char *kOverview = R"(time and memory of mapping a large spiking network

  lle-bench-scale --neurons=1000000 -o large.lle
)";

namespace {
cl::OptionCategory category("Options of lle-bench-scale");
cl::opt<uint32_t> neurons("neurons", cl::init(10000), cl::desc("Neurons, about (default: 10000)"), cl::cat(category));
cl::opt<uint64_t> seed("seed", cl::init(1), cl::desc("Of network and search (default: 1)"), cl::cat(category));
cl::opt<std::string> output("o", cl::Required, cl::desc("File to write"), cl::value_desc("MAP.lle"), cl::cat(category));
cl::opt<uint32_t> perChip("neurons-per-chip", cl::init(25000), cl::desc("Neurons that a chip is counted for"),
                          cl::cat(category));
cl::opt<uint32_t> ticks("ticks", cl::init(4), cl::desc("To run in the end"), cl::cat(category));
cl::opt<bool> json("json", cl::desc("Print JSON"), cl::cat(category));

/// What the phases took, in the order in which they ran.
class Phases {
public:
  explicit Phases(Tool &tool) : tool(tool) {}

  template <typename Body>
  auto run(const char *name, Body body) {
    tool.showProgress(name);
    auto wallStart = std::chrono::steady_clock::now();
    clock_t processorStart = clock();
    auto result = body();
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    list.push_back({name, std::chrono::duration<double>(std::chrono::steady_clock::now() - wallStart).count(),
                    double(clock() - processorStart) / CLOCKS_PER_SEC, usage.ru_maxrss / 1024});
    tool.showProgress("");
    return result;
  }

  llvm::json::Array toJSON() const {
    llvm::json::Array array;
    for (const Phase &phase : list)
      array.push_back(llvm::json::Object{{"phase", phase.name},
                                         {"wall s", phase.wall},
                                         {"processor s", phase.processor},
                                         {"peak memory MiB", int64_t(phase.peak)}});
    return array;
  }
  void print(llvm::raw_ostream &out) const {
    out << llvm::formatv("{0,-12}{1,10}{2,14}{3,18}\n", "phase", "wall s", "processor s", "peak memory MiB");
    for (const Phase &phase : list)
      out << llvm::formatv("{0,-12}{1,10:f2}{2,14:f2}{3,18}\n", phase.name, phase.wall, phase.processor, phase.peak);
  }

private:
  struct Phase {
    const char *name;
    double wall, processor;
    long peak; ///< Of the process so far.
  };
  Tool &tool;
  std::vector<Phase> list;
};

/// A network as a `neuro.map` without cores. All synapses take one tick.
class LargeMap {
public:
  LargeMap(const bench::LargeNetwork &network, const Target &target, MLIRContext *context)
      : graph(network.graph), firsts(network.populations), builder(context), loc(builder.getUnknownLoc()),
        module(ModuleOp::create(loc)) {
    SmallVector<NamedAttribute> limits;
    for (const CostFigure &limit : target.limits)
      limits.push_back(builder.getNamedAttr(limit.what, builder.getI64IntegerAttr(int64_t(limit.value))));
    builder.setInsertionPointToEnd(module->getBody());
    auto map = MapOp::create(builder, loc, builder.getStringAttr("large"), builder.getStringAttr(target.name),
                             builder.getF64FloatAttr(1e-3), /*steps=*/IntegerAttr(), builder.getDictionaryAttr(limits),
                             /*sym_visibility=*/StringAttr());
    builder.createBlock(&map.getBody());
    size_t last = firsts.size() - 2; // layers of convolutions, of which the first has an input, and a ring with another
    for (size_t population = 0; population <= last; ++population)
      addPopulation(population);
    addInput("x", 0);
    addInput("y", last);
    size_t net = 0;
    for (size_t population = 0; population <= last; ++population)
      addSynapses(population, net);
    neuro::OutputOp::create(builder, loc, builder.getStringAttr("z"), FlatSymbolRefAttr::get(nameOf(last)));
  }

  OwningOpRef<ModuleOp> take() { return std::move(module); }

private:
  /// Neurons in a row that an input reaches.
  static constexpr uint32_t kInputTargets = bench::kLargeChannels;

  StringAttr nameOf(size_t population) { return builder.getStringAttr("p" + Twine(population)); }
  uint32_t sizeOf(size_t population) const { return firsts[population + 1] - firsts[population]; }
  TypeAttr spikes(uint32_t count) {
    return TypeAttr::get(RankedTensorType::get({int64_t(count)}, builder.getI1Type()));
  }

  void addPopulation(size_t population) {
    auto fill = [&](StringRef name, int32_t value) {
      auto type = RankedTensorType::get({int64_t(sizeOf(population))}, builder.getI32Type());
      return builder.getNamedAttr(name, DenseElementsAttr::get(type, value));
    };
    // Currents last a tick; the membrane decays by a tenth.
    auto parameters = builder.getDictionaryAttr({fill("du", 4095), fill("dv", 410), fill("v_threshold", 100)});
    PopulationOp::create(builder, loc, nameOf(population), Model::cuba_lif, builder.getI64IntegerAttr(0), parameters,
                         /*weight_exp=*/IntegerAttr(), /*reset_interval=*/IntegerAttr(),
                         /*reset_offset=*/IntegerAttr(), /*subtract=*/UnitAttr(), /*rate=*/FloatAttr(),
                         /*cores=*/ElementsAttr(), spikes(sizeOf(population)), /*sym_visibility=*/StringAttr());
  }

  void addInput(StringRef port, size_t population) {
    uint32_t inputs = sizeOf(population) / kInputTargets;
    auto name = builder.getStringAttr("in_" + port);
    InputOp::create(builder, loc, name, builder.getStringAttr(port), /*rate=*/FloatAttr(), spikes(inputs),
                    /*sym_visibility=*/StringAttr());
    SynapseRowsBuilder rows;
    std::vector<Synapse> row(kInputTargets);
    for (uint32_t input = 0; input < inputs; ++input) {
      for (uint32_t i = 0; i < kInputTargets; ++i)
        row[i] = {int32_t(input * kInputTargets + i), 127, 1};
      rows.addSource(row);
    }
    createSynapses(builder, loc, name, nameOf(population), rows.take());
  }

  /// The synapses of a population all end in one, and `net` is that of its first neuron. Weights of a convolution are
  /// those of the channel and of where the target is, so that equal kernels are found.
  void addSynapses(size_t population, size_t &net) {
    size_t target = SIZE_MAX;
    bool isRing = population + 2 == firsts.size();
    SynapseRowsBuilder rows;
    std::vector<Synapse> row;
    for (; net < graph.nets() && graph.source[net] < firsts[population + 1]; ++net) {
      uint32_t source = graph.source[net], kernel = isRing ? source : source % bench::kLargeChannels;
      if (target == SIZE_MAX)
        target = llvm::upper_bound(firsts, graph.targets(net).front()) - firsts.begin() - 1;
      row.clear();
      for (uint32_t end : graph.targets(net)) {
        SplitMix64 random(uint64_t(kernel) << 32 | (end - source + kernel));
        row.push_back({int32_t(end - firsts[target]), int16_t(int16_t(random.below(31)) - 14), 1});
      }
      rows.addSource(row);
    }
    if (target != SIZE_MAX)
      createSynapses(builder, loc, nameOf(population), nameOf(target), rows.take());
  }

  const Hypergraph &graph;
  ArrayRef<uint32_t> firsts;
  OpBuilder builder;
  Location loc;
  OwningOpRef<ModuleOp> module;
};
} // namespace

static runtime::Package makePackage(const runtime::CoreMap &map, runtime::Bytes code) {
  runtime::Package package;
  package.name = "large";
  package.dt = 1e-3;
  package.profile = "loihi";
  for (const runtime::CorePort &port : map.inputs)
    package.inputs.push_back({port.name, LLE_I8, true, 1, map.populations[port.population].shape, ""});
  for (const runtime::CorePort &port : map.outputs)
    package.outputs.push_back({port.name, LLE_I8, true, 1, map.populations[port.population].shape, ""});
  package.variants = {{map.target, runtime::VariantKind::CoreMap, "", {}, "", "", "", std::move(code)}};
  package.provenance = {"large", "0", "lle-bench-scale", "LLE"};
  return package;
}

/// Spikes that come out in a few ticks of which the first has a spike of each input.
static uint64_t runTicks(const runtime::Emulator &emulator) {
  const runtime::CoreMap &map = emulator.map();
  runtime::Emulation emulation = emulator.start(std::max(1u, std::thread::hardware_concurrency()));
  std::vector<std::vector<int32_t>> inputs;
  for (const runtime::CorePort &port : map.inputs)
    inputs.emplace_back(runtime::countNeurons(map.populations[port.population]), 1);
  std::vector<uint8_t> spikes(runtime::countNeurons(map.populations[map.outputs.front().population]));
  uint64_t count = 0;
  for (uint32_t tick = 0; tick < ticks; ++tick) {
    std::vector<const int32_t *> in;
    for (std::vector<int32_t> &values : inputs) {
      if (tick == 1)
        std::fill(values.begin(), values.end(), 0);
      in.push_back(values.data());
    }
    void *out = spikes.data();
    emulation.step(in.data(), &out);
    count += llvm::count(spikes, 1);
  }
  return count;
}

static ExitStatus run(Tool &tool) {
  MLIRContext &context = tool.getContext();
  context.loadDialect<LLEDialect, NeuroDialect>();
  FailureOr<Target> target = getTarget("loihi2", context);
  if (failed(target))
    return kUserError;
  for (CostFigure &limit : target->limits)
    if (limit.what == "system_chips")
      limit.value = double(llvm::divideCeil(neurons, perChip));

  Phases phases(tool);
  uint64_t synapses = 0;
  OwningOpRef<ModuleOp> module = phases.run("generate", [&] {
    bench::LargeNetwork network = bench::makeLargeNetwork(neurons, seed);
    synapses = network.graph.pins.size();
    return LargeMap(network, *target, &context).take();
  });
  MapOp placed = *module->getOps<MapOp>().begin();
  PartitionMapOptions partition;
  PlaceMapOptions placement;
  partition.seed = placement.seed = int64_t(seed);
  auto runPass = [&](const char *name, std::unique_ptr<Pass> pass) {
    PassManager pm(&context);
    pm.addNestedPass<MapOp>(std::move(pass));
    return phases.run(name, [&] { return pm.run(*module); });
  };
  if (failed(runPass("partition", createPartitionMap(partition))) ||
      failed(runPass("place", createPlaceMap(placement))))
    return kUserError;
  FailureOr<runtime::CoreMap> map = phases.run("route", [&] { return makeCoreMap(placed, *target); });
  if (failed(map))
    return kUserError;
  module = {};
  runtime::Status written = phases.run("write", [&]() -> runtime::Status {
    runtime::Result<runtime::Bytes> code = runtime::writeCoreMap(*map);
    if (!code)
      return code.error();
    runtime::Result<runtime::Bytes> file = runtime::writePackage(makePackage(*map, std::move(*code)));
    return file ? runtime::writeFile(output, file->data(), file->size()) : runtime::Status(file.error());
  });
  if (!written)
    return tool.fail(written.error().message);
  *map = {};

  runtime::Result<runtime::CoreMap> read = phases.run("read", [&]() -> runtime::Result<runtime::CoreMap> {
    runtime::Result<runtime::Package> package = runtime::readPackage(output);
    return package ? runtime::readCoreMap(*package, output) : runtime::Result<runtime::CoreMap>(package.error());
  });
  if (!read)
    return tool.fail(read.error().message);
  size_t cores = read->cores.size() - 1; // without the host
  std::vector<runtime::CapacityViolation> violations = phases.run("check", [&] { return checkCapacity(*read); });
  if (!violations.empty())
    return tool.fail(violations.front().message);
  uint64_t spikes = 0;
  runtime::Status ran = phases.run("run", [&]() -> runtime::Status {
    runtime::Result<runtime::Emulator> emulator = runtime::Emulator::create(std::move(*read), output);
    if (!emulator)
      return emulator.error();
    spikes = runTicks(*emulator);
    return {};
  });
  if (!ran)
    return tool.fail(ran.error().message);

  uint64_t bytes = 0;
  llvm::sys::fs::file_size(output, bytes);
  if (json) {
    llvm::json::Object report{{"neurons", neurons.getValue()},    {"synapses", int64_t(synapses)},
                              {"cores", int64_t(cores)},          {"file bytes", int64_t(bytes)},
                              {"output spikes", int64_t(spikes)}, {"phases", phases.toJSON()}};
    llvm::outs() << llvm::formatv("{0:2}\n", llvm::json::Value(std::move(report)));
    return kFine;
  }
  llvm::outs() << neurons << " neurons, " << synapses << " synapses, " << cores << " cores, " << bytes << " bytes, "
               << spikes << " output spikes\n";
  phases.print(llvm::outs());
  return kFine;
}

int main(int argc, char **argv) {
  Tool tool(argc, argv, category, kOverview);
  return run(tool);
}
