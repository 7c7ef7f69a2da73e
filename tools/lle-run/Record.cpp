//===- Record.cpp - outputs, states and nodes in files --------------------===//
#include "tools/lle-run/Record.h"

using namespace lle;
using namespace lle::run;

std::vector<runtime::Port> run::getOwnOutputs(const OpenedModel &model) {
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

/// As nir names what it records; a truth value is a spike.
static std::string getObservable(const runtime::Port &port) { return port.isSpike ? "spikes" : "output"; }

llvm::Error run::writeRecordings(const OpenedModel &model, llvm::ArrayRef<Recording> recordings,
                                 const Sequences &inputs, const RunResult &result) {
  std::map<std::string, std::vector<nir::Observable>> files;
  for (const Recording &recording : recordings) {
    const runtime::Port *port = recording.isState ? nullptr : &model.description.outputs[recording.index];
    std::vector<int64_t> leading{inputs.getSamples(), inputs.getSteps()};
    if (port)
      leading = getRecordedShape(*port, leading[0], leading[1]);
    const Trace &trace = port ? result.outputs[recording.index] : result.states[recording.index].trace;
    llvm::Expected<runtime::Array> array = toArray(trace, leading, recording.path);
    if (!array)
      return array.takeError();
    if (!isNIRDataName(recording.path)) {
      if (runtime::Status status = runtime::writeNpy(recording.path, *array); !status)
        return toError(status.error());
      continue;
    }
    if (leading.size() < 2)
      return llvm::createStringError(recording.path + ": output '" + port->name +
                                     "' counts only in the last step, and NIRData holds steps; write a .npy file");
    if (port && port->isSpike && port->maxSpikes == 1)
      if (runtime::Result<runtime::Array> spikes = convertArray(*array, runtime::DType::Bool, recording.path))
        array = std::move(*spikes);
    // A single neuron may have no dimension of its own.
    array->shape.resize(std::max<size_t>(array->shape.size(), 3), 1);
    llvm::Expected<nir::Observable> grid =
        toTimeGrid(*array, model.description.dt, recording.node, recording.observable, recording.path);
    if (!grid)
      return grid.takeError();
    files[recording.path].push_back(std::move(*grid));
  }
  for (const auto &[path, observables] : files)
    if (llvm::Error error = nir::writeData(observables, path))
      return error;
  return llvm::Error::success();
}

llvm::Expected<std::vector<Recording>> run::getRecordings(const OpenedModel &model, const Options &options,
                                                          RunRequest &request) {
  std::vector<Recording> recordings;
  // Exposed outputs come after the network's own, so that indices agree.
  for (const std::string &argument : options.outputs) {
    llvm::Expected<NamedPath> named = parseNamedPath("output", argument, getOwnOutputs(model));
    if (!named)
      return named.takeError();
    const runtime::Port &port = model.description.outputs[named->port];
    recordings.push_back({named->port, false, named->path, port.name, getObservable(port)});
  }
  for (const Probe &probe : options.probes) {
    if (!probe.isResult()) {
      llvm::Expected<StateTrace> trace = findStateTrace(model, probe);
      if (!trace)
        return trace.takeError();
      recordings.push_back({request.states.size(), true, probe.path, probe.node, probe.state});
      request.states.push_back(std::move(*trace));
      continue;
    }
    size_t output = *model.findNodeOutput(probe.node);
    if (probe.state == "spike" && !model.description.outputs[output].isSpike)
      return llvm::createStringError("--probe: node '" + probe.node + "' gives no spikes; probe " + probe.node +
                                     ":out");
    recordings.push_back({output, false, probe.path, probe.node, getObservable(model.description.outputs[output])});
  }
  for (const Recording &recording : recordings)
    if (!recording.isState)
      request.outputs.push_back(recording.index);
  return recordings;
}
