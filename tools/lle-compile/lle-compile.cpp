//===- lle-compile.cpp - networks to packages, objects and libraries ------===//
#include "dialects/LLE/Downsampling.h"
#include "passes/Analysis/Activity.h"
#include "passes/Simplify/Passes.h"
#include "targets/Native/Describe.h"
#include "tools/common/Reproducer.h"
#include "tools/lle-compile/Emit.h"
#include "tools/lle-compile/Report.h"

using namespace mlir;
using namespace lle;
using namespace lle::compile;

/// The data of --activity-data; null where there is none.
static llvm::Expected<std::unique_ptr<Dataset>> readActivityData(NetworkOp network, const InputOptions &options) {
  if (options.arguments.empty())
    return nullptr;
  std::vector<runtime::Port> ports = describeInputs(network);
  llvm::Expected<Sequences> sequences =
      Sequences::read(options, {ports, int64_t(network.getSteps().value_or(0)), network.getDt().convertToDouble(),
                                getDownsampling(network)});
  if (!sequences)
    return sequences.takeError();
  std::vector<std::string> files;
  for (StringRef argument : options.arguments)
    files.push_back(argument.substr(argument.find('=') == StringRef::npos ? 0 : argument.find('=') + 1).str());
  return std::make_unique<SequenceData>(std::move(*sequences), getFileNames(files));
}

/// A table for people on standard output, JSON in a file.
static ExitStatus writeReport(Tool &tool, const Options &options, const CompiledNetwork &network, const Target &target,
                              NetworkOp source, ArrayRef<SynapseDecision> decisions, const Dataset *data) {
  tool.showProgress("estimating for " + target.name);
  FailureOr<NetworkCosts> costs = measureCosts(source, target, options.code, data);
  if (failed(costs))
    return kUserError;
  llvm::Error error =
      writeOutput(options.report, options.report == "-" ? formatCosts(*costs, target)
                                                        : formatReport(network, target, source, decisions, *costs));
  return error ? tool.fail(std::move(error)) : kFine;
}

/// Runs the network on the data of --activity-data and writes down how active it was. Returns the data.
static llvm::Expected<std::unique_ptr<Dataset>> addActivity(Tool &tool, const Options &options, NetworkOp network) {
  auto data = readActivityData(network, options.activity);
  if (!data || !*data)
    return data;
  tool.showProgress("measuring " + options.input);
  llvm::Expected<Activity> activity = measureActivity(network, **data, {});
  if (!activity)
    return activity.takeError();
  writeActivity(network, *activity);
  return data;
}

static ExitStatus run(Tool &tool) {
  llvm::Expected<Options> options = getOptions();
  if (!options)
    return tool.fail(options.takeError());
  tool.showProgress("reading " + options->input);
  FailureOr<LoadedNetwork> loaded = loadNetwork(options->input, options->load, tool.getContext());
  if (failed(loaded))
    return kUserError;
  keepReproducer(*loaded->module);
  auto data = addActivity(tool, *options, loaded->network);
  if (!data)
    return tool.fail(data.takeError());
  FailureOr<runtime::Bytes> source = writeSource(*loaded->module);
  if (failed(source) || failed(exposeNodes(loaded->network, options->keep)))
    return kUserError;
  FailureOr<Target> target = getTarget(options->target, tool.getContext());
  if (failed(target))
    return kUserError;
  if (!target->arithmetic.empty())
    return writeMap(tool, *options, *loaded, std::move(*source), *target);
  if (options->emit == Emit::MLIR)
    return writeMLIR(tool, *options, *loaded->module);
  if (failed(checkHasCode(*target, tool.getContext())))
    return kUserError;
  SynapseRequest request;
  request.kernel = options->synapse;
  request.lanes = options->emit == Emit::C ? 1 : target->lanes;
  request.costs = target->synapseCosts;
  auto decisions = chooseSynapses(loaded->network, request);
  if (failed(decisions))
    return kUserError;
  tool.showProgress("compiling for " + target->name);
  if (options->emit == Emit::C)
    return writeC(tool, *options, loaded->network, *target);
  FailureOr<CompiledNetwork> network = compileNetwork(loaded->network, *target, options->code);
  if (failed(network))
    return kUserError;
  addOrigin(network->package, std::move(*source), *loaded);
  tool.showProgress("writing " + options->output);
  if (ExitStatus status = writeCode(tool, *options, loaded->network, *network, *target); status != kFine)
    return status;
  if (options->report.empty())
    return kFine;
  return writeReport(tool, *options, *network, *target, loaded->network, *decisions, data->get());
}

int main(int argc, char **argv) {
  Tool tool(argc, argv, category, overview);
  ExitStatus status = run(tool);
  tool.showProgress("");
  return status;
}
