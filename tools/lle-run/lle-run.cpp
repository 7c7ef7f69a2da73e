//===- lle-run.cpp - run a network on recorded inputs ---------------------===//
#include "tools/common/Run.h"
#include "tools/lle-run/Options.h"
#include "tools/lle-run/Print.h"
#include "tools/lle-run/Record.h"

using namespace lle;
using namespace lle::run;

/// How right the recorded output is, all of whose samples are as long as the longest.
static llvm::Expected<double> evaluate(Metric metric, const Trace &trace, const runtime::Port &port,
                                       const Sequences &inputs, const std::string &path) {
  llvm::Expected<runtime::Array> array = readArrayFile(path);
  if (!array)
    return array.takeError();
  const int64_t samples = inputs.getSamples();
  llvm::Expected<Labels> labels = Labels::read(metric, {port.name, port.shape, port.isSpike, port.emitsLast}, samples,
                                               inputs.getSteps(), *array, path);
  if (!labels)
    return labels.takeError();
  const size_t perSample = trace.values.size() / size_t(samples);
  Score score;
  for (int64_t sample = 0; sample < samples; ++sample)
    score += labels->score(sample, llvm::ArrayRef(trace.values).slice(sample * perSample, perSample));
  return score.get(metric);
}

static llvm::Expected<Summary> runAndWrite(OpenedModel &model, const Options &options) {
  const runtime::Package &description = model.description;
  llvm::Expected<Sequences> inputs = Sequences::read(
      options.inputs, {description.inputs, description.steps, description.dt, description.downsampling});
  if (!inputs)
    return inputs.takeError();
  RunRequest request;
  llvm::Expected<std::vector<Recording>> recordings = getRecordings(model, options, request);
  if (!recordings)
    return recordings.takeError();
  for (const Recording &recording : *recordings)
    if (llvm::Error error = checkOutput(recording.path, options.model))
      return std::move(error);
  if (llvm::Error error = checkOutput(options.stateOut, options.model))
    return std::move(error);
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
  request.exitEarly = options.earlyExit;

  llvm::Expected<RunResult> result = runModel(model, *inputs, std::move(request));
  if (!result)
    return result.takeError();
  std::optional<runtime::Metric> evaluation;
  if (!options.labels.empty()) {
    llvm::Expected<double> value = evaluate(options.metric, result->outputs[labels.port],
                                            model.description.outputs[labels.port], *inputs, labels.path);
    if (!value)
      return value.takeError();
    evaluation = {getMetricName(options.metric).str(), *value, "", runtime::Evidence::Measured, labels.path};
  }
  if (llvm::Error error = writeRecordings(model, *recordings, *inputs, *result))
    return std::move(error);
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
