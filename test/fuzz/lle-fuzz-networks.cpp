//===- lle-fuzz-networks.cpp - native code beside the reference -----------===//
#include "dialects/Check/CheckOps.h"
#include "dialects/Spk/SpkOps.h"
#include "lowering/Pipelines.h"
#include "reference/ReferenceOpInterface.h"
#include "test/fuzz/RandomIR.h"
#include "test/fuzz/Reduce.h"
#include "test/fuzz/Trial.h"
#include "test/fuzz/Workers.h"

#include "mlir/IR/Verifier.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/TargetSelect.h"

#include <unistd.h>

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;

static llvm::cl::OptionCategory category("lle-fuzz-networks options");
static llvm::cl::opt<uint64_t> count("count", llvm::cl::desc("networks that must count"), llvm::cl::init(1000),
                                     llvm::cl::cat(category));
static llvm::cl::opt<uint64_t> seed("seed", llvm::cl::desc("seed of the first network"), llvm::cl::init(1),
                                    llvm::cl::cat(category));
static llvm::cl::opt<unsigned> jobs("jobs", llvm::cl::desc("processes"), llvm::cl::init(2), llvm::cl::cat(category));

static constexpr unsigned kSteps = 24;

namespace {
struct Network {
  OwningOpRef<ModuleOp> module;
  NetworkOp op;
  Stimulus stimulus;
  NumberClass numbers;
};
} // namespace

/// The network of a seed, calibrated; null where its populations cannot be made to fire at the rates that count.
static std::optional<Network> makeNetwork(MLIRContext &context, uint64_t number) {
  Network network;
  network.numbers = number % 2 == 0 ? NumberClass::dyadic : NumberClass::real;
  network.module = makeRandomIR(context, number, network.numbers);
  network.op = *network.module->getOps<NetworkOp>().begin();
  if (failed(verify(*network.module))) {
    network.module->dump();
    llvm::report_fatal_error("the generator made a network that does not verify");
  }
  RandomNumbers random(number ^ 0x5eed, network.numbers);
  network.stimulus = makeStimulus(network.op, random, kSteps);
  if (!calibrate(network.op, network.stimulus))
    return std::nullopt;
  if (network.numbers == NumberClass::real) {
    // Every spike is compared, so that the first flip is found where it happens.
    SmallVector<Operation *> populations;
    for (const FiringRate &rate : measureRates(network.op, network.stimulus))
      populations.push_back(rate.population);
    network.module = cloneWithOutputs(network.op, populations);
    network.op = *network.module->getOps<NetworkOp>().begin();
  }
  return network;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  llvm::cl::opt<bool> print("print", llvm::cl::desc("print the network of the seed, and do not run it"),
                            llvm::cl::cat(category));
  llvm::cl::opt<bool> reduceCase("reduce", llvm::cl::desc("print a small test that still fails"), llvm::cl::cat(category));
  llvm::cl::HideUnrelatedOptions(category);
  llvm::cl::ParseCommandLineOptions(argc, argv, "runs random networks on the native engine and on the reference\n");

  DialectRegistry registry;
  registerLoweringDialects(registry);
  registry.insert<check::CheckDialect>();
  registerReferenceModels(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();

  auto judge = [](NetworkOp network, const Stimulus &stimulus, NumberClass numbers) {
    return numbers == NumberClass::dyadic ? compareExactly(network, stimulus) : compareClosely(network, stimulus);
  };
  if (reduceCase) {
    auto network = makeNetwork(context, seed);
    if (!network)
      return 1;
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &) {});
    Case small = reduce({std::move(network->module), network->stimulus}, [&](Case &candidate) {
      bool fails = false;
      runTrials(
          1, 1, 60,
          [&](uint64_t) -> std::string {
            return judge(candidate.getNetwork(), candidate.stimulus, network->numbers).agrees ? "" : "mismatch\n";
          },
          [&](uint64_t, StringRef) { fails = true; });
      return fails;
    });
    printTest(small, llvm::outs());
    return 0;
  }
  if (print) {
    auto network = makeNetwork(context, seed);
    if (!network)
      return 1;
    network->module->print(llvm::outs());
    return 0;
  }

  auto trial = [&](uint64_t index) -> std::string {
    std::string diagnostics;
    ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
      diagnostics += " | " + diagnostic.str();
    });
    std::optional<Network> network = makeNetwork(context, seed + index);
    if (!network)
      return "rejected\n";
    Verdict verdict = judge(network->op, network->stimulus, network->numbers);
    std::string text = verdict.text + diagnostics;
    for (char &c : text)
      if (c == '\n')
        c = ' ';
    if (!verdict.agrees)
      return "mismatch " + text + "\n";
    return verdict.flipped ? "flip " + text + "\n" : "agrees\n";
  };
  llvm::StringMap<uint64_t> results;
  uint64_t done = 0;
  auto report = [&](uint64_t index, StringRef line) {
    auto [kind, text] = line.split(' ');
    ++results[kind];
    ++done;
    if (kind == "mismatch" || kind == "crash" || kind == "flip")
      llvm::outs() << "seed " << seed + index << ": " << line << "\n";
    if (isatty(STDERR_FILENO))
      llvm::errs() << "\r" << done << " of " << count;
  };
  if (!runTrials(count, jobs, 60, trial, report)) {
    llvm::errs() << "lle-fuzz-networks: cannot start processes\n";
    return 2;
  }
  for (auto &entry : results)
    llvm::outs() << entry.first() << ": " << entry.second << "\n";
  return results.lookup("mismatch") + results.lookup("crash") == 0 ? 0 : 1;
}
