//===- lle-verify.cpp - where two models differ ---------------------------===//
#include "tools/common/Flags.h"
#include "tools/common/Tool.h"
#include "tools/lle-verify/Compare.h"

#include "llvm/Support/Path.h"

using namespace lle;
using namespace lle::verify;
namespace cl = llvm::cl;

static constexpr const char *kOverview = R"(run two models and name the first difference

  lle-verify net.mlir net.lle --input=x.npy
  lle-verify net.mlir net.mlir --engine-a=reference --input=x.npy --tolerance=1e-6

Both models run the same input in lockstep. After each step their states, the results of their nodes and their outputs
are compared, as far as both show them: of a package only states, outputs and the nodes of --keep can be seen. The exit
status is 0 if nothing differs, 1 if something does or the models cannot be compared. Inputs are those of lle-run, and
its --help explains them.
)";

static cl::OptionCategory category("Options of lle-verify");

namespace {
cl::opt<std::string> pathA(cl::Positional, cl::Required, cl::desc("A"), cl::cat(category));
cl::opt<std::string> pathB(cl::Positional, cl::Required, cl::desc("B"), cl::cat(category));
EngineFlag engineA("engine-a", "What runs A", category), engineB("engine-b", "What runs B", category);
PrecisionFlag precision(category);
LoadFlags load(category);
InputFlags inputs(category);
cl::opt<double> tolerance("tolerance", cl::init(0), cl::desc("Largest absolute difference that is none (default 0)"),
                          cl::value_desc("X"), cl::cat(category));
} // namespace

static mlir::FailureOr<OpenedModel> open(const std::string &path, EngineKind engine, Tool &tool) {
  OpenOptions options;
  options.engine = engine;
  options.precision = precision;
  options.allNodes = true;
  llvm::StringRef extension = llvm::sys::path::extension(path);
  if (extension == ".nir" || extension == ".net") // the other side may be a file that says it all
    options.load = load.get();
  return openModel(path, options, tool.getContext());
}

static int compare(OpenedModel &a, OpenedModel &b, Tool &tool) {
  int64_t steps = std::max(a.description.steps, b.description.steps);
  if (a.description.downsampling != b.description.downsampling)
    return tool.fail("steps of " + a.path + " stand for " + llvm::Twine(a.description.downsampling).str() +
                     " of a recording, those of " + b.path + " for " + llvm::Twine(b.description.downsampling).str());
  llvm::Expected<InputOptions> options = inputs.get();
  if (!options)
    return tool.fail(options.takeError());
  llvm::Expected<Sequences> sequences =
      Sequences::read(*options, {a.description.inputs, steps, a.description.dt, a.description.downsampling});
  if (!sequences)
    return tool.fail(sequences.takeError());
  llvm::Expected<std::vector<Observable>> observables = findObservables(a, b);
  if (!observables)
    return tool.fail(observables.takeError());
  auto difference = findDifference(a, b, *sequences, *observables, tolerance);
  if (!difference)
    return tool.fail(difference.takeError());
  if (*difference) {
    llvm::outs() << "first difference: " << describe(**difference, (*observables)[(*difference)->observable], a, b)
                 << '\n';
    return kUserError;
  }
  llvm::outs() << "no difference in " << sequences->getSamples() << " x " << sequences->getSteps() << " steps of";
  for (auto [index, observable] : llvm::enumerate(*observables))
    llvm::outs() << (index ? "; " : " ") << observable.label;
  llvm::outs() << '\n';
  return kFine;
}

int main(int argc, char **argv) {
  Tool tool(argc, argv, category, kOverview);
  if (!(tolerance >= 0))
    return tool.fail("--tolerance must not be negative");
  mlir::FailureOr<OpenedModel> a = open(pathA, engineA, tool);
  if (failed(a))
    return kUserError;
  mlir::FailureOr<OpenedModel> b = open(pathB, engineB, tool);
  if (failed(b))
    return kUserError;
  return compare(*a, *b, tool);
}
