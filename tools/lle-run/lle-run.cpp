//===- lle-run.cpp - run a network on recorded inputs ---------------------===//
#include "tools/common/Run.h"
#include "tools/lle-run/Options.h"
#include "tools/lle-run/Print.h"

using namespace lle;
using namespace lle::run;

/// The outputs that the network was made with, without those that show nodes.
static std::vector<runtime::Port> getOwnOutputs(const OpenedModel &model) {
  std::vector<runtime::Port> ports;
  for (const runtime::Port &port : model.description.outputs)
    if (port.node.empty())
      ports.push_back(port);
  return ports;
}

static llvm::Expected<StateTrace> findStateTrace(const OpenedModel &model, const Probe &probe) {
  const runtime::State *state = model.findState(probe.node, probe.state);
  if (state)
    return StateTrace{probe.node, probe.state, {state->element, state->shape, {}}};
  std::string known;
  for (const runtime::State &candidate : model.description.states)
    known += " " + candidate.node + ":" + candidate.name;
  return llvm::createStringError(model.path + ": no state '" + probe.node + ":" + probe.state +
                                 "'; there are:" + known);
}

static llvm::Error writeTrace(const Trace &trace, llvm::ArrayRef<int64_t> leading, const std::string &path) {
  llvm::Expected<runtime::Array> array = toArray(trace, leading, path);
  if (!array)
    return array.takeError();
  if (runtime::Status status = runtime::writeNpy(path, *array); !status)
    return toError(status.error());
  return llvm::Error::success();
}

namespace {
/// What is to be written once everything has run.
struct Recording {
  size_t index; ///< Of the output, or of the state.
  bool isState;
  std::string path;
};
} // namespace

/// Adds what --output and --probe ask for to the request.
static llvm::Expected<std::vector<Recording>> getRecordings(const OpenedModel &model, const Options &options,
                                                            RunRequest &request) {
  std::vector<Recording> recordings;
  // Exposed outputs come after the network's own, so that indices agree.
  for (const std::string &argument : options.outputs) {
    llvm::Expected<NamedPath> named = parseNamedPath("output", argument, getOwnOutputs(model));
    if (!named)
      return named.takeError();
    recordings.push_back({named->port, false, named->path});
  }
  for (const Probe &probe : options.probes) {
    if (!probe.isResult()) {
      llvm::Expected<StateTrace> trace = findStateTrace(model, probe);
      if (!trace)
        return trace.takeError();
      recordings.push_back({request.states.size(), true, probe.path});
      request.states.push_back(std::move(*trace));
      continue;
    }
    size_t output = *model.findNodeOutput(probe.node);
    if (probe.state == "spike" && !model.description.outputs[output].isSpike)
      return llvm::createStringError("--probe: node '" + probe.node + "' gives no spikes; probe " + probe.node +
                                     ":out");
    recordings.push_back({output, false, probe.path});
  }
  for (const Recording &recording : recordings)
    if (!recording.isState)
      request.outputs.push_back(recording.index);
  return recordings;
}

static llvm::Expected<Summary> runAndWrite(OpenedModel &model, const Options &options) {
  llvm::Expected<Sequences> inputs = Sequences::read(options.inputs, model.description.inputs, model.description.steps);
  if (!inputs)
    return inputs.takeError();
  RunRequest request;
  llvm::Expected<std::vector<Recording>> recordings = getRecordings(model, options, request);
  if (!recordings)
    return recordings.takeError();
  NamedPath labels;
  if (!options.labels.empty()) {
    llvm::Expected<NamedPath> named = parseNamedPath("evaluate", options.labels, getOwnOutputs(model));
    if (!named)
      return named.takeError();
    labels = *named;
    request.outputs.push_back(labels.port);
  }
  llvm::sort(request.outputs);
  request.outputs.erase(llvm::unique(request.outputs), request.outputs.end());
  if (!options.stateIn.empty()) {
    runtime::Result<runtime::Arrays> states = runtime::readNpz(options.stateIn);
    if (!states)
      return toError(states.error());
    request.statesBefore = std::move(*states);
  }
  request.wantStatesAfter = !options.stateOut.empty();

  llvm::Expected<RunResult> result = runModel(model, *inputs, std::move(request));
  if (!result)
    return result.takeError();
  std::optional<runtime::Metric> evaluation;
  if (!options.labels.empty()) {
    runtime::Result<runtime::Array> array = runtime::readNpy(labels.path);
    if (!array)
      return toError(array.error());
    llvm::Expected<double> value =
        evaluate(options.metric, result->outputs[labels.port], model.description.outputs[labels.port],
                 inputs->getSamples(), inputs->getSteps(), *array, labels.path);
    if (!value)
      return value.takeError();
    static constexpr const char *names[] = {"accuracy", "mse", "f1"};
    evaluation = {names[unsigned(options.metric)], *value, "", runtime::Evidence::Measured, labels.path};
  }
  for (const Recording &recording : *recordings) {
    std::vector<int64_t> leading{inputs->getSamples(), inputs->getSteps()};
    if (!recording.isState)
      leading = getRecordedShape(model.description.outputs[recording.index], leading[0], leading[1]);
    const Trace &trace = recording.isState ? result->states[recording.index].trace : result->outputs[recording.index];
    if (llvm::Error error = writeTrace(trace, leading, recording.path))
      return std::move(error);
  }
  if (!options.stateOut.empty())
    if (runtime::Status status = runtime::writeNpz(options.stateOut, result->statesAfter); !status)
      return toError(status.error());
  return summarize(model, *inputs, *result, evaluation);
}

int main(int argc, char **argv) {
  Tool tool(argc, argv, category, overview);
  llvm::Expected<Options> options = getOptions();
  if (!options)
    return tool.fail(options.takeError());
  tool.showProgress("preparing " + options->model);
  mlir::FailureOr<OpenedModel> model = openModel(options->model, options->open, tool.getContext());
  if (failed(model))
    return kUserError;
  tool.showProgress("running " + options->model);
  llvm::Expected<Summary> summary = runAndWrite(*model, *options);
  tool.showProgress("");
  if (!summary)
    return tool.fail(summary.takeError());
  llvm::outs() << (options->json ? formatJSON(*summary) : formatText(*summary));
  return kFine;
}
