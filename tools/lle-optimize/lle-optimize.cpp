//===- lle-optimize.cpp - the cheapest networks that are good enough ------===//
#include "passes/Neurons/Passes.h"
#include "passes/Precision/Passes.h"
#include "passes/Pruning/Passes.h"
#include "passes/Tuning/Passes.h"
#include "targets/Estimate/ExactCost.h"
#include "targets/Target.h"
#include "tools/common/Flags.h"
#include "tools/common/Reproducer.h"
#include "tools/common/Tool.h"
#include "tools/lle-optimize/Results.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"

#include <cmath>

using namespace mlir;
using namespace lle;
namespace cl = llvm::cl;

static constexpr const char *kOverview = R"(the cheapest network that is good enough

  lle-optimize digits.nir --target=nrf52840 --dataset=x.npy --labels=y.npy --max-drop=0.01 -o digits.mlir
  lle-optimize digits.nir --target=nrf52840 --dataset=x.npy --labels=y.npy --max-drop=0.02 --pareto=8 -o front

The network is made cheaper by LLE's tuning passes, one after the other, each with several settings. The candidates are
run on the samples of --dataset; those stay of which none is better than another in accuracy, energy, latency and memory.
Of these the one is written that keeps the budgets and that --goals like best. A budget that no network keeps is an
error, which names the budget and the network that is nearest to it.

With --pareto=N, -o is a new folder of up to N networks, best one first, with index.json (what each is and by which moves,
and which moves were refused and why) and front.svg, a picture.

Accuracies are measured on the samples, so hold some back, and run lle-run --evaluate on those. Energy, latency and
memory are derived from the target's description.
)";

namespace {
cl::OptionCategory category("Options of lle-optimize");
cl::opt<std::string> input(cl::Positional, cl::Required, cl::desc("INPUT"), cl::cat(category));
cl::opt<std::string> output("o", cl::Required, cl::desc("File to write, or with --pareto a folder"),
                            cl::value_desc("FILE"), cl::cat(category));
cl::opt<std::string> report("report", cl::desc("Write what was found as JSON as well; - is standard output"),
                            cl::value_desc("FILE"), cl::cat(category));
LoadFlags load(category);

/// Of flags that take a number, how their value is called.
constexpr llvm::StringLiteral kWholeNumber = "N", kRealNumbers[] = {"X", "MJ", "MS", "KB"};

/// An option of the pass.
template <typename T>
struct PassFlag : cl::opt<T> {
  PassFlag(llvm::StringRef name, llvm::StringRef value, llvm::StringRef description)
      : cl::opt<T>(name, cl::desc(description), cl::value_desc(value), cl::cat(category)) {}
};
PassFlag<unsigned> pareto("pareto", "N", "Write so many networks of the front");
PassFlag<std::string> target("target", "NAME", "Machine whose costs count");
PassFlag<std::string> otherFlags[] = {
    {"dataset", "FILE,...", "Samples: a file, or NAME=FILE for each input"},
    {"bin", "TIME", "Of recordings of events: the length of a step, as 1ms"},
    {"bins", "N", "Of recordings of events: equal steps of each"},
    {"labels", "FILE", "What is right (default: what the network gives as it is)"},
    {"metric", "NAME", "What must hold: accuracy (default), mse or f1"},
    {"output", "NAME", "Output that counts (default: the first one)"},
    {"samples", "N", "Samples to run, 0 for all (default)"},
    {"min-accuracy", "X", "The least accuracy or F1 score"},
    {"max-drop", "X", "How much worse the metric may become (default: 0)"},
    {"energy-budget-mj", "MJ", "The most energy of an inference"},
    {"max-latency-ms", "MS", "The most time of an inference"},
    {"max-memory-kb", "KB", "The most flash and RAM"},
    {"goals", "GOAL:WEIGHT,...", "What is wanted of accuracy, energy, latency and memory (default: the costs alike)"},
    {"passes", "NAME,...", "Passes that may be tried (default: all)"},
    {"beam", "N", "Networks that are followed from pass to pass (default: 4)"},
    {"early-exit", "BOOL", "Let samples end once the output is decided; costs are then those of the mean of steps"},
    {"engine", "NAME", "What runs the networks: native (default) or reference"},
    {"seed", "N", "Of the order in which samples are run (default: 0)"},
};
} // namespace

/// What a flag takes is whole where its value is called so; the pass would name neither the flag nor the tool.
static llvm::Error checkNumber(const PassFlag<std::string> &flag) {
  const llvm::StringRef value = flag.getValue();
  uint64_t whole;
  double real;
  if (flag.ValueStr == kWholeNumber && value.getAsInteger(10, whole))
    return llvm::createStringError("--" + flag.ArgStr + ": '" + value + "' is no whole number from 0 up");
  if (llvm::is_contained(kRealNumbers, flag.ValueStr) && (value.getAsDouble(real) || !std::isfinite(real)))
    return llvm::createStringError("--" + flag.ArgStr + ": '" + value + "' is no number");
  return llvm::Error::success();
}

static std::string getPipeline() {
  std::string text = "lle-optimize{";
  auto add = [&](const auto &flag) {
    if (flag.getNumOccurrences())
      text += (flag.ArgStr + "=" + Twine(flag.getValue()) + " ").str();
  };
  add(pareto);
  add(target);
  for (const PassFlag<std::string> &flag : otherFlags)
    add(flag);
  return text + "}";
}

static int run(Tool &tool) {
  if (target.empty())
    return tool.fail("give --target, the machine whose costs count; known: " + llvm::join(getTargetNames(), ", "));
  for (const PassFlag<std::string> &flag : otherFlags)
    if (flag.getNumOccurrences())
      if (llvm::Error error = checkNumber(flag))
        return tool.fail(std::move(error));
  bool isFolder = pareto.getNumOccurrences() > 0;
  // A search takes long.
  if (isFolder && llvm::sys::fs::exists(output))
    return tool.fail(output + ": exists already; with --pareto, -o is a new folder");
  FailureOr<LoadedNetwork> loaded = loadNetwork(input, load.get(), tool.getContext());
  if (failed(loaded))
    return kUserError;
  keepReproducer(*loaded->module);
  std::string name = loaded->network.getSymName().str();
  PassManager pm(&tool.getContext());
  if (failed(parsePassPipeline(getPipeline(), pm)) || failed(pm.run(*loaded->module)))
    return kUserError;
  Results results(*loaded->module, name, loaded->sourceName);
  if (!report.empty())
    if (llvm::Error error = writeOutput(report, results.formatIndex()))
      return tool.fail(std::move(error));
  llvm::Error error =
      isFolder ? writeFolder(output, results.makeFolder()) : writeOutput(output, results.formatNetwork(0));
  return error ? tool.fail(std::move(error)) : kFine;
}

int main(int argc, char **argv) {
  Tool tool(argc, argv, category, kOverview);
  registerExactCostModel();
  registerLLENeuronsPasses();
  registerLLEPrecisionPasses();
  registerLLEPruningPasses();
  registerLLETuningPasses();
  int status = run(tool);
  tool.showProgress("");
  return status;
}
