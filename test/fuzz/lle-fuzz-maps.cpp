//===- lle-fuzz-maps.cpp - emulated chips beside the reference ------------===//
//
// A random network of a chip's neurons is mapped, written as a package, read, and emulated: every output of every step
// must be what the reference gives, however its neurons are divided among cores. So must be what each processing
// element of SpiNNaker2 gives as a network of its own.
//
//===----------------------------------------------------------------------===//
#include "dialects/Neuro/NeuroOps.h"
#include "lowering/Pipelines.h"
#include "reference/ReferenceOpInterface.h"
#include "runtime/coremap/CoreMapFile.h"
#include "runtime/host/Package.h"
#include "targets/CoreMaps/CoreNetwork.h"
#include "targets/Neuromorphic/MapNetwork.h"
#include "targets/Target.h"
#include "test/fuzz/RandomChip.h"
#include "test/fuzz/Workers.h"
#include "tools/common/EmulatorEngine.h"

#include "mlir/Parser/Parser.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"

#include <chrono>
#include <map>

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;

static llvm::cl::OptionCategory category("lle-fuzz-maps options");
static llvm::cl::opt<uint64_t> count("count", llvm::cl::desc("networks"), llvm::cl::init(500), llvm::cl::cat(category));
static llvm::cl::opt<uint64_t> seed("seed", llvm::cl::desc("seed of the first network; the next has the next seed"),
                                    llvm::cl::init(1), llvm::cl::cat(category));
static llvm::cl::opt<unsigned> jobs("jobs", llvm::cl::desc("processes"), llvm::cl::init(2), llvm::cl::cat(category));
static llvm::cl::opt<bool> print("print", llvm::cl::desc("print the first network and what it is mapped with"),
                                 llvm::cl::cat(category));

/// Steps of a trial, seconds that one may take, and networks that may fire at other rates than count before one that
/// does is given up.
static constexpr unsigned kSteps = 12, kTimeout = 60, kMaxAttempts = 50;
/// From this number of networks on, each thing that is counted must have been there.
static constexpr uint64_t kEnough = 500;

namespace {
/// A network that counts, and how it is mapped.
struct ChipTrial {
  bool isLoihi = true;
  std::string text;
  OwningOpRef<ModuleOp> module;
  Stimulus stimulus;
  SmallVector<PassSetting> settings;

  NetworkOp getNetwork() { return *module->getOps<NetworkOp>().begin(); }
  const char *getTarget() const { return isLoihi ? "loihi2" : "spinnaker2"; }
};
} // namespace

/// Null in `module` where no network of the sequence counts; an unreadable one is an error of the generator.
static ChipTrial makeTrial(MLIRContext &context, uint64_t number) {
  ChipTrial trial;
  trial.isLoihi = number % 3 != 0;
  for (unsigned attempt = 0; attempt < kMaxAttempts; ++attempt) {
    uint64_t seed = number + (uint64_t(attempt) << 40);
    trial.text = makeRandomChipNetwork(seed, trial.isLoihi);
    trial.module = parseSourceString<ModuleOp>(trial.text, ParserConfig(&context));
    if (!trial.module)
      return trial;
    trial.stimulus = makeChipStimulus(trial.getNetwork(), ~seed, kSteps);
    if (calibrate(trial.getNetwork(), trial.stimulus))
      break;
    trial.module = {};
  }
  Random random(~number);
  auto set = [&](StringRef pass, StringRef option, const std::string &value) {
    trial.settings.push_back({pass.str(), option.str(), value});
  };
  set("neuro-partition", "strategy", random.pick<std::string>({"multilevel", "sequential"}));
  set("neuro-partition", "neurons", std::to_string(random.range(3, 20)));
  set("neuro-partition", "seed", std::to_string(random.range(1, 99)));
  set("neuro-place", "strategy", random.pick<std::string>({"annealing", "sequential"}));
  return trial;
}

/// What a mapper may say of a network that is no fault of its own; empty where it says something else.
static StringRef findRefusal(StringRef message) {
  for (StringRef reason : {"it lacks", "a register of Loihi holds", "bits of a synapse", "whose weights need",
                           "delays of at most", "bits of a weight, the limit", "formats of synapses, the limit"})
    if (message.contains(reason))
      return reason;
  return "";
}

static runtime::Result<runtime::Emulator> emulate(runtime::Package package) {
  package.provenance.sourceName = "random";
  runtime::Result<runtime::Bytes> bytes = runtime::writePackage(package);
  if (!bytes)
    return bytes.error();
  runtime::Result<runtime::Package> read = runtime::readPackage(bytes->data(), bytes->size(), "package");
  if (!read)
    return read.error();
  runtime::Result<runtime::CoreMap> map = runtime::readCoreMap(*read, "package");
  if (!map)
    return map.error();
  return runtime::Emulator::create(std::move(*map), "package");
}

/// The first difference; empty where there is none. `outputs` become those of the steps.
static std::string compareWithReference(NetworkOp network, const Stimulus &stimulus, Engine &emulator,
                                        std::vector<std::vector<Values>> &outputs) {
  // SpiNNaker2's states are of f32; Loihi's integers are the same in either.
  std::unique_ptr<Engine> reference = createReferenceEngine(network, Precision::f32);
  if (!reference)
    return "no reference engine";
  std::unique_ptr<Instance> chip = emulator.instantiate(), definition = reference->instantiate();
  std::vector<Values> got, expected;
  for (auto [step, inputs] : llvm::enumerate(stimulus)) {
    chip->step(inputs, got);
    definition->step(inputs, expected);
    if (got.size() != expected.size())
      return "another number of outputs";
    for (size_t output = 0; output < got.size(); ++output)
      for (auto [element, pair] : llvm::enumerate(llvm::zip_equal(got[output], expected[output])))
        if (std::get<0>(pair) != std::get<1>(pair))
          return llvm::formatv("step {0}, output {1}, element {2}: {3}, expected {4}", step, output, element,
                               std::get<0>(pair), std::get<1>(pair));
    outputs.push_back(got);
  }
  return "";
}

/// The same of one core as a network of its own, which hears what the chip's populations sent. All of them are outputs
/// of the map, but for neurons that deliver a bias: these fire in each step.
static std::string compareElement(MLIRContext &context, const runtime::CoreMap &map, uint32_t number,
                                  const Stimulus &stimulus, ArrayRef<std::vector<Values>> outputs) {
  runtime::Result<std::string> text = writeCoreNetwork(map, number, 1e-3);
  if (!text)
    return text.error().message;
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(*text, ParserConfig(&context));
  if (!module)
    return "the network of an element cannot be read: " + *text;
  NetworkOp network = *module->getOps<NetworkOp>().begin();
  std::unique_ptr<Engine> reference = createReferenceEngine(network, Precision::f32);
  if (!reference)
    return "no reference engine of an element";
  auto getValues = [&](uint32_t population, size_t step) {
    for (auto [ports, values] : {std::pair(&map.inputs, &stimulus[step]), std::pair(&map.outputs, &outputs[step])})
      for (auto [port, shown] : llvm::zip_equal(*ports, *values))
        if (port.population == population)
          return shown;
    return Values{1};
  };
  llvm::StringMap<uint32_t> populations;
  for (auto [index, population] : llvm::enumerate(map.populations))
    populations[population.name] = uint32_t(index);
  std::unique_ptr<Instance> element = reference->instantiate();
  for (size_t step = 0; step < stimulus.size(); ++step) {
    std::vector<Values> inputs, got;
    for (unsigned i = 0; i < network.getBody().getNumArguments(); ++i)
      inputs.push_back(getValues(populations.lookup(network.getInputName(i)), step));
    element->step(inputs, got);
    for (auto [run, values] : llvm::zip_equal(map.cores[number].neurons, got)) {
      Values expected = getValues(run.population, step);
      if (ArrayRef(expected).slice(run.first, run.count) != ArrayRef(values))
        return llvm::formatv("step {0}: core {1} gives other values as a network: {2}", step, number, *text);
    }
  }
  return "";
}

/// What a map has in it.
static SmallVector<StringRef> findFeatures(const runtime::CoreMap &map, uint32_t latency) {
  SmallVector<StringRef> features{map.target};
  // The last core is the host's.
  if (map.cores.size() > 2)
    features.push_back("several cores");
  if (latency > 1)
    features.push_back("several starts");
  bool hasDelays = false, hasClock = false, hasReadout = false;
  for (const runtime::CorePort &port : map.outputs)
    hasReadout |= port.isMembrane;
  for (const runtime::CorePopulation &population : map.populations)
    hasClock |= StringRef(population.name).ends_with(".bias");
  for (const runtime::CoreContents &core : map.cores)
    hasDelays |= llvm::any_of(core.delays, [](unsigned delay) { return delay > 1; });
  if (hasDelays)
    features.push_back("delays");
  if (hasClock)
    features.push_back("biases of synapses");
  if (hasReadout)
    features.push_back("membranes");
  return features;
}
static constexpr StringLiteral kFeatures[] = {"loihi2", "spinnaker2",         "several cores", "several starts",
                                              "delays", "biases of synapses", "membranes"};

/// A line for each feature, then the verdict.
static std::string tryNetwork(MLIRContext &context, uint64_t number) {
  std::string diagnostics;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) { diagnostics += diagnostic.str() + " "; });
  auto end = [&](StringRef verdict, const Twine &text) {
    std::string line = (verdict + " " + text + " " + diagnostics).str();
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line + "\n";
  };
  ChipTrial trial = makeTrial(context, number);
  if (!trial.module)
    return diagnostics.empty() ? end("silent", "") : end("mismatch", "the network cannot be read:");
  FailureOr<Target> target = getTarget(trial.getTarget(), context);
  if (failed(target))
    return end("mismatch", "no target:");
  FailureOr<OwningOpRef<ModuleOp>> mapped = mapNetwork(trial.getNetwork(), *target, trial.settings);
  if (failed(mapped))
    return findRefusal(diagnostics).empty() ? end("mismatch", "") : "refused " + findRefusal(diagnostics).str() + "\n";
  FailureOr<runtime::Package> package = packMap(trial.getNetwork(), **mapped, *target, trial.settings);
  if (failed(package))
    return findRefusal(diagnostics).empty() ? end("mismatch", "a map that is not packed:")
                                            : "refused " + findRefusal(diagnostics).str() + "\n";
  runtime::Result<runtime::Emulator> emulator = emulate(std::move(*package));
  if (!emulator)
    return end("mismatch", emulator.error().message);
  std::string lines;
  for (StringRef feature : findFeatures(emulator->map(), emulator->latency()))
    lines += "feature " + feature.str() + "\n";
  runtime::CoreMap map = emulator->map();
  EmulatorEngine engine(std::move(*emulator));
  std::vector<std::vector<Values>> outputs;
  std::string difference = compareWithReference(trial.getNetwork(), trial.stimulus, engine, outputs);
  for (uint32_t core = 0; core < map.cores.size() && !trial.isLoihi && difference.empty(); ++core)
    if (!map.cores[core].isHost)
      difference = compareElement(context, map, core, trial.stimulus, outputs);
  return lines + (difference.empty() ? end("agrees", "") : end("mismatch", difference));
}

static int runNetworks(MLIRContext &context, const char *program) {
  std::map<std::string, uint64_t> verdicts, features, refusals;
  auto start = std::chrono::steady_clock::now();
  bool started = runTrials(
      count, jobs, kTimeout, [&](uint64_t index) { return tryNetwork(context, seed + index); },
      [&](uint64_t index, StringRef line) {
        auto [kind, text] = line.split(' ');
        ++(kind == "feature" ? features[text.str()] : verdicts[kind.str()]);
        if (kind == "refused")
          ++refusals[text.str()];
        if (kind == "mismatch" || kind == "crash")
          llvm::outs() << "seed " << seed + index << ": " << line << "\n  " << program
                       << " --print --seed=" << seed + index << "\n";
      });
  if (!started) {
    llvm::errs() << program << ": processes cannot be made\n";
    return 2;
  }
  double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  bool fine = verdicts["mismatch"] == 0 && verdicts["crash"] == 0;
  for (StringRef feature : kFeatures) {
    llvm::outs() << llvm::formatv("{0,8} {1}\n", features[feature.str()], feature);
    fine &= features[feature.str()] > 0 || count < kEnough;
  }
  for (const auto &[reason, networks] : refusals)
    llvm::outs() << llvm::formatv("{0,8} refused: ... {1} ...\n", networks, reason);
  llvm::outs() << llvm::formatv("{0} networks in {1:f0} s: {2} agree, {3} differ, {4} crash, {5} were refused, {6} "
                                "fire at rates that do not count\n",
                                count, seconds, verdicts["agrees"], verdicts["mismatch"], verdicts["crash"],
                                verdicts["refused"], verdicts["silent"]);
  // A generator of what cannot be mapped proves nothing.
  if (count >= kEnough && 2 * verdicts["agrees"] < count) {
    llvm::outs() << "fewer than half of the networks were compared\n";
    fine = false;
  }
  return fine ? 0 : 1;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  llvm::cl::HideUnrelatedOptions(category);
  llvm::cl::ParseCommandLineOptions(argc, argv, "runs random networks on emulated chips and on the reference\n");

  DialectRegistry registry;
  registerLoweringDialects(registry);
  registry.insert<neuro::NeuroDialect>();
  registerReferenceModels(registry);
  registerTargetChips();
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  if (!print)
    return runNetworks(context, argv[0]);
  ChipTrial trial = makeTrial(context, seed);
  if (!trial.module)
    llvm::outs() << trial.text;
  else
    trial.module->print(llvm::outs());
  llvm::outs() << "// --target=" << trial.getTarget();
  for (const PassSetting &setting : trial.settings)
    llvm::outs() << " --set=" << setting.str();
  llvm::outs() << "\n";
  return 0;
}
