//===- lle-fuzz-networks.cpp - native code beside the reference -----------===//
#include "dialects/Check/CheckOps.h"
#include "dialects/LTC/LTCOps.h"
#include "dialects/Spk/SpkOps.h"
#include "frontends/NIR/Import.h"
#include "lowering/JIT/JIT.h"
#include "lowering/Pipelines.h"
#include "reference/ReferenceOpInterface.h"
#include "test/fuzz/RandomGraph.h"
#include "test/fuzz/RandomIR.h"
#include "test/fuzz/RandomQuantized.h"
#include "test/fuzz/RandomStates.h"
#include "test/fuzz/Reduce.h"
#include "test/fuzz/Trial.h"
#include "test/fuzz/Workers.h"

#include "mlir/IR/Verifier.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/TargetSelect.h"

#include <chrono>
#include <unistd.h>

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;

static llvm::cl::OptionCategory category("lle-fuzz-networks options");
static llvm::cl::opt<uint64_t> count("count", llvm::cl::desc("networks"), llvm::cl::init(1000),
                                     llvm::cl::cat(category));
static llvm::cl::opt<uint64_t> seed("seed", llvm::cl::desc("seed of the first network; the next has the next seed"),
                                    llvm::cl::init(1), llvm::cl::cat(category));
static llvm::cl::opt<unsigned> jobs("jobs", llvm::cl::desc("processes"), llvm::cl::init(2), llvm::cl::cat(category));
static llvm::cl::opt<uint64_t> thorough(
    "thorough",
    llvm::cl::desc("compile one network in N with all of LLVM's optimisations and compare its kernels with each "
                   "other; the others get one kernel, by their seed, and no optimisation (1: all)"),
    llvm::cl::init(1), llvm::cl::value_desc("N"), llvm::cl::cat(category));
static llvm::cl::opt<std::string>
    compiler("c-compiler", llvm::cl::desc("compile networks to C, and that by this compiler, in place of machine code"),
             llvm::cl::value_desc("program"), llvm::cl::cat(category));
static llvm::cl::list<std::string>
    boards("board", llvm::cl::CommaSeparated,
           llvm::cl::desc("compile networks to firmware of these boards in turn, and run it in an emulator"),
           llvm::cl::value_desc("name"), llvm::cl::cat(category));
enum class Action { run, print, reduce };
static llvm::cl::opt<Action>
    action(llvm::cl::desc("what to do with the networks:"), llvm::cl::init(Action::run), llvm::cl::cat(category),
           llvm::cl::values(clEnumValN(Action::run, "run", "run them on both engines (default)"),
                            clEnumValN(Action::print, "print", "print the first as a test"),
                            clEnumValN(Action::reduce, "reduce", "print a small test that fails as the first does")));

/// Steps of a trial, seconds that one may take, and the number of networks from which on all features must have been
/// there and flips may be counted.
static constexpr unsigned kSteps = 24, kTimeout = 120;
static constexpr uint64_t kEnough = 1000, kBatch = 100;
/// Of the networks of real numbers, at most this fraction may have a flip.
static constexpr double kMaxFlips = 0.01, kRealFraction = 0.6;

namespace {
/// Where a network comes from: the dialects, with recurrent cells or without, or a NIR graph.
enum class Origin { spiking, liquid, graph };

struct Network : Case {
  NumberClass numbers;
  std::set<Feature> features;
  unsigned silent = 0, inexact = 0, unstable = 0, refused = 0; ///< Networks tried before, which did not count.
  std::string error;                                           ///< Of an import that should not have failed.
};
} // namespace

/// The module of one attempt; null where the importer refuses a graph that it may refuse, or does so in error.
static OwningOpRef<ModuleOp> makeModule(MLIRContext &context, uint64_t seed, Origin origin, Network &network) {
  if (origin != Origin::graph)
    return makeRandomIR(context, seed, network.numbers, origin == Origin::liquid);
  RandomGraph random = makeRandomGraph(seed, network.numbers);
  nir::ImportOptions options;
  options.profile = random.profile;
  options.dt = random.dt;
  nir::Report report("network.nir");
  OwningOpRef<ModuleOp> module = nir::importNIR(random.graph, "network.nir", options, context, report);
  network.features = getFeatures(random);
  if (!module && !random.mayBeRefused)
    network.error = llvm::toString(report.takeError());
  return module;
}

/// What is compared in networks of real numbers: every spike, so that the first flip is found where it happens, and
/// what every cell gives.
static SmallVector<Value> findNodes(NetworkOp network) {
  SmallVector<Value> values;
  for (Operation &op : network.getBody().front()) {
    auto neuron = dyn_cast<NeuronOpInterface>(&op);
    if ((neuron && neuron.emitsSpikes()) || isa<ltc::LTCDialect>(op.getDialect()))
      llvm::append_range(values, op.getResults());
  }
  return values;
}

/// The network of a seed: the first one of its sequence whose populations fire at the rates that count. Seeds take
/// turns: networks of the dialects and NIR graphs, each with dyadic and real numbers, and liquid networks.
static Network makeNetwork(MLIRContext &context, uint64_t seed) {
  Network network;
  static constexpr Origin kOrigins[] = {Origin::spiking, Origin::spiking, Origin::graph, Origin::graph, Origin::liquid};
  Origin origin = kOrigins[seed % 5];
  network.numbers = seed % 5 % 2 == 0 && origin != Origin::liquid ? NumberClass::dyadic : NumberClass::real;
  for (uint64_t attempt = seed;; attempt += uint64_t(1) << 40) {
    network.module = makeModule(context, attempt, origin, network);
    if (!network.error.empty())
      return network;
    if (!network.module) {
      ++network.refused;
      continue;
    }
    if (failed(verify(*network.module))) {
      network.error = "the network does not verify";
      return network;
    }
    RandomNumbers random(~attempt, network.numbers);
    // Where real numbers are compared closely a rounded state would be as chaotic as a spike.
    if (network.numbers == NumberClass::dyadic)
      addRandomStateTypes(network.getNetwork(), random);
    if (network.numbers == NumberClass::dyadic && !hasExactSums(network.getNetwork())) {
      ++network.inexact;
      continue;
    }
    network.stimulus = makeStimulus(network.getNetwork(), random, kSteps);
    if (!calibrate(network.getNetwork(), network.stimulus)) {
      ++network.silent;
      continue;
    }
    if (network.numbers == NumberClass::real)
      network.module = cloneWithOutputs(network.getNetwork(), findNodes(network.getNetwork()));
    if (network.numbers == NumberClass::dyadic || isWellConditioned(network.getNetwork(), network.stimulus))
      break;
    ++network.unstable;
  }
  for (const Feature &feature : getFeatures(network.getNetwork()))
    network.features.insert(feature);
  return network;
}

/// Integers are summed by other instructions on machines with less than this one: they take turns.
static std::optional<VectorShape> pickMachine(NetworkOp network, uint64_t turn) {
  auto &operations = network.getBody().front();
  if (llvm::none_of(operations, [](Operation &op) { return isQuantized(op.getName()); }))
    return std::nullopt;
  VectorShape host = getHostVectorShape();
  SmallVector<VectorShape> machines{host, {1, 16, Simd::none}, {4, 16, Simd::none}};
  for (VectorShape less : {VectorShape{4, 16, Simd::sse2}, VectorShape{8, 16, Simd::avx2},
                           VectorShape{8, 16, Simd::avxvnni}, VectorShape{16, 32, Simd::avx512}})
    if (isX86(host.simd) && less.simd <= host.simd && (less.simd != Simd::avxvnni || hasVNNI(host.simd)))
      machines.push_back(less);
  // Code for AArch64 names instructions; elsewhere it runs as firmware (--board=).
  if (isAArch64(host.simd) && host.simd != Simd::neon)
    machines.push_back({4, 32, Simd::neon});
  if (host.simd == Simd::i8mm)
    machines.push_back({4, 32, Simd::dotprod});
  return machines[turn / 3 % machines.size()];
}

static Verdict judge(Case &test, NumberClass numbers, uint64_t number) {
  static constexpr StringLiteral kKernels[] = {"", "event", "dense"};
  uint64_t turn = number / 5; // five kinds of networks take turns
  if (!boards.empty())
    return compareOnBoard(test.getNetwork(), test.stimulus,
                          {boards[turn % boards.size()], numbers == NumberClass::dyadic});
  bool isThorough = turn % thorough == 0;
  NativeForm form;
  if (!isThorough || !compiler.empty())
    form = {0, kKernels[turn % 3], compiler, {}};
  form.machine = pickMachine(test.getNetwork(), turn);
  if (numbers == NumberClass::dyadic)
    return compareExactly(test.getNetwork(), test.stimulus, form);
  // Where the order of sums matters, it shows whether all kernels have the same.
  Verdict verdict = compareClosely(test.getNetwork(), test.stimulus, form);
  return verdict.agrees && isThorough && compiler.empty() ? compareKernels(test.getNetwork(), test.stimulus) : verdict;
}

/// A trial for the parent: a line for each feature, then the verdict.
static std::string tryNetwork(MLIRContext &context, uint64_t number) {
  std::string diagnostics, lines;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) { diagnostics += ": " + diagnostic.str(); });
  Network network = makeNetwork(context, number);
  for (const auto &[kind, fact] : network.features)
    lines += "feature " + kind + "\t" + fact + "\n";
  lines += llvm::formatv("silent {0}\ninexact {1}\nunstable {2}\nrefused {3}\n", network.silent, network.inexact,
                         network.unstable, network.refused);
  Verdict verdict{false, false, network.error};
  if (network.error.empty())
    verdict = judge(network, network.numbers, number);
  std::string text = verdict.text + diagnostics;
  std::replace(text.begin(), text.end(), '\n', ' ');
  lines += !verdict.agrees ? "mismatch " : !verdict.ran ? "unfit " : verdict.flipped ? "flip " : "agrees ";
  return lines + text + "\n";
}

static Case reduceNetwork(MLIRContext &context, uint64_t number) {
  Network network = makeNetwork(context, number);
  ScopedDiagnosticHandler handler(&context, [](Diagnostic &) {});
  // In another process, for a candidate may crash: what is wrong, by the first word of the verdict.
  auto findFault = [&](Case &candidate) {
    std::string fault;
    runTrials(
        1, 1, kTimeout,
        [&](uint64_t) {
          Verdict verdict = judge(candidate, network.numbers, number);
          return verdict.agrees ? "" : (StringRef(verdict.text).split(' ').first + "\n").str();
        },
        [&](uint64_t, StringRef line) { fault = line.str(); });
    return fault;
  };
  std::string fault = findFault(network);
  return reduce(std::move(network), [&](Case &candidate) { return findFault(candidate) == fault; });
}

namespace {
/// What became of the networks.
struct Summary {
  uint64_t agrees = 0, flips = 0, mismatches = 0, crashes = 0, unfit = 0;
  uint64_t silent = 0, inexact = 0, unstable = 0, refused = 0;

  uint64_t getDone() const { return agrees + flips + mismatches + crashes + unfit; }
  uint64_t *find(StringRef kind) {
    return llvm::StringSwitch<uint64_t *>(kind)
        .Case("agrees", &agrees)
        .Case("flip", &flips)
        .Case("mismatch", &mismatches)
        .Case("crash", &crashes)
        .Case("unfit", &unfit)
        .Case("silent", &silent)
        .Case("inexact", &inexact)
        .Case("unstable", &unstable)
        .Case("refused", &refused);
  }
};
} // namespace

static int runNetworks(MLIRContext &context, const char *program) {
  Summary summary;
  std::set<Feature> expected = getExpectedFeatures(context), inGraphs = getExpectedGraphFeatures();
  expected.insert(inGraphs.begin(), inGraphs.end());
  Coverage coverage(expected);
  bool terminal = isatty(STDERR_FILENO);
  auto start = std::chrono::steady_clock::now();
  auto report = [&](uint64_t index, StringRef line) {
    auto [kind, text] = line.split(' ');
    if (kind == "feature") {
      auto [group, fact] = text.split('\t');
      return coverage.add({group.str(), fact.str()});
    }
    uint64_t number = 0;
    if (!text.getAsInteger(10, number)) {
      *summary.find(kind) += number;
      return;
    }
    ++*summary.find(kind);
    if (kind != "agrees")
      llvm::outs() << (terminal ? "\r" : "") << "seed " << seed + index << ": " << line << "\n";
    if (kind == "mismatch" || kind == "crash") {
      llvm::outs() << "  reduce with: " << program << " --reduce --seed=" << seed + index << "\n";
      llvm::outs().flush();
    }
    if (terminal)
      llvm::errs() << "\r" << summary.getDone() << " of " << count << " ";
  };
  // A rare feature may be in none of them: then a few networks more are drawn, for all of them to be compared.
  uint64_t drawn = 0, most = count < kEnough ? count : count + kEnough;
  while (drawn < count || (drawn < most && !coverage.isComplete())) {
    uint64_t first = drawn, batch = drawn < count ? count - drawn : std::min(kBatch, most - drawn);
    bool started = runTrials(
        batch, jobs, kTimeout, [&](uint64_t index) { return tryNetwork(context, seed + first + index); },
        [&](uint64_t index, StringRef line) { report(first + index, line); });
    if (!started) {
      llvm::errs() << program << ": processes cannot be made\n";
      return 2;
    }
    drawn += batch;
  }

  double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  unsigned missing = coverage.print(llvm::outs());
  llvm::outs()
      << llvm::formatv("{0} networks in {1:f0} s: {2} agree, {3} flip near a threshold, {4} differ, {5} crash\n",
                       summary.getDone(), seconds, summary.agrees, summary.flips, summary.mismatches, summary.crashes)
      << llvm::formatv("not counted: {0} for their firing rates, {1} for sums that are not exact, {2} for states that "
                       "rounding alone moves, {3} that the importer refused\n",
                       summary.silent, summary.inexact, summary.unstable, summary.refused);
  if (!boards.empty())
    llvm::outs() << llvm::formatv("{0} are too large for their board, or for its emulator\n", summary.unfit);
  bool fine = summary.mismatches == 0 && summary.crashes == 0;
  if (count < kEnough)
    return fine ? 0 : 1;
  if (double(summary.flips) > kMaxFlips * double(drawn) * kRealFraction) {
    llvm::outs()
        << "too many flips: three fifths of the networks have real numbers, at most 1 % of these may have one\n";
    fine = false;
  }
  return fine && missing == 0 ? 0 : 1;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  llvm::cl::HideUnrelatedOptions(category);
  llvm::cl::ParseCommandLineOptions(argc, argv, "runs random networks on the native engine and on the reference\n");

  DialectRegistry registry;
  registerLoweringDialects(registry);
  nir::registerImportDialects(registry);
  registry.insert<check::CheckDialect>();
  registerReferenceModels(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();

  if (action == Action::run)
    return runNetworks(context, argv[0]);
  Case test = action == Action::print ? Case(makeNetwork(context, seed)) : reduceNetwork(context, seed);
  printTest(test, llvm::outs());
  return 0;
}
