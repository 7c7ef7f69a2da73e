//===- Run.cpp - running samples and recording them -----------------------===//
#include "tools/common/Run.h"
#include "passes/Analysis/ExitRule.h"

#include "llvm/ADT/STLExtras.h"

#include <numeric>

using namespace lle;
using llvm::Expected;
using llvm::Twine;

namespace {
/// States of all samples as they come from a file.
struct InitialState {
  const runtime::State *state;
  Values values;
};
} // namespace

static Expected<std::vector<InitialState>> readStates(const OpenedModel &model, const runtime::Arrays &arrays,
                                                      int64_t samples) {
  std::vector<InitialState> states;
  for (const auto &[key, array] : arrays) {
    // Names of nodes may hold a slash, those of states do not.
    auto [node, name] = llvm::StringRef(key).rsplit('/');
    const runtime::State *state = model.findState(node, name);
    if (!state)
      return llvm::createStringError("--state-in: " + model.path + " has no state '" + key + "'");
    std::vector<int64_t> expected{samples};
    llvm::append_range(expected, state->shape);
    if (array.shape != expected)
      return llvm::createStringError("--state-in: '" + key + "' should have the shape " + formatShape(expected) +
                                     ", got " + formatShape(array.shape));
    Expected<Values> values = toValues(array, "--state-in: '" + key + "'");
    if (!values)
      return values.takeError();
    states.push_back({state, std::move(*values)});
  }
  if (!arrays.empty() && arrays.size() != model.description.states.size())
    return llvm::createStringError("--state-in: has " + Twine(arrays.size()) + " of the " +
                                   Twine(model.description.states.size()) + " states of " + model.path);
  return std::move(states);
}

static llvm::Error append(Trace &trace, Expected<Values> values) {
  if (!values)
    return values.takeError();
  llvm::append_range(trace.values, *values);
  return llvm::Error::success();
}

/// Numbers that one call of `Instance::run` takes and gives: 16 MiB of them.
static constexpr size_t kNumbersPerCall = size_t(1) << 21;

/// How many steps one call runs: all of them, unless they would take much memory.
static int64_t getStepsPerCall(const runtime::Package &description) {
  size_t numbers = 1;
  for (const auto *ports : {&description.inputs, &description.outputs})
    for (const runtime::Port &port : *ports)
      numbers += *runtime::tensorBytes(port.shape, port.element) / lle_element_bytes(port.element);
  return std::max<int64_t>(1, kNumbersPerCall / numbers);
}

/// Lengthens the trace of a sample that has ended by as many steps.
static void pad(Trace &trace, int64_t steps, bool isSpike) {
  size_t elements = 1;
  for (int64_t dim : trace.shape)
    elements *= dim;
  Values last(trace.values.end() - elements, trace.values.end());
  if (isSpike)
    last.assign(elements, 0);
  for (int64_t step = 0; step < steps; ++step)
    llvm::append_range(trace.values, last);
}

static ExitRule makeExitRule(const std::vector<runtime::Port> &ports) {
  ExitRule rule;
  for (auto [index, port] : llvm::enumerate(ports))
    if (port.exitMargin > 0) {
      int64_t elements = std::accumulate(port.shape.begin(), port.shape.end(), int64_t(1), std::multiplies<>());
      rule.add(index, elements, port.isSpike, port.exitMargin);
    }
  return rule;
}

Expected<RunResult> lle::runModel(OpenedModel &model, const Sequences &inputs, RunRequest request) {
  auto statesBefore = readStates(model, request.statesBefore, inputs.getSamples());
  if (!statesBefore)
    return statesBefore.takeError();
  const std::vector<runtime::Port> &ports = model.description.outputs;
  RunResult result;
  for (const runtime::Port &port : ports)
    result.outputs.push_back({port.element, port.shape, {}});
  result.sums.resize(ports.size());
  result.states = std::move(request.states);
  std::vector<StateTrace> after;
  if (request.wantStatesAfter)
    for (const runtime::State &state : model.description.states)
      after.push_back({state.node, state.name, {state.element, state.shape, {}}});

  std::unique_ptr<Instance> instance = model.engine->instantiate();
  std::vector<Values> in, frame, out;
  const bool mayExit =
      request.exitEarly && llvm::any_of(ports, [](const runtime::Port &port) { return port.exitMargin > 0; });
  result.exitsEarly = mayExit;
  // States are read, and outputs looked at, between two steps: that needs one call for each step.
  const int64_t perCall = result.states.empty() && !mayExit ? getStepsPerCall(model.description) : 1;
  double seconds = 0;
  for (int64_t sample = 0; sample < inputs.getSamples(); ++sample) {
    instance->reset();
    for (const InitialState &initial : *statesBefore) {
      size_t elements = initial.values.size() / inputs.getSamples();
      if (llvm::Error error = instance->writeState(initial.state->node, initial.state->name,
                                                   llvm::ArrayRef(initial.values).slice(sample * elements, elements)))
        return std::move(error);
    }
    int64_t steps = inputs.getSteps(sample);
    ExitRule rule = makeExitRule(ports);
    for (int64_t first = 0, count; first < steps; first += count) {
      count = std::min(perCall, steps - first);
      in.assign(model.description.inputs.size(), {});
      for (int64_t step = first; step < first + count; ++step) {
        if (llvm::Error error = inputs.getStep(sample, step, frame))
          return std::move(error);
        for (auto [sequence, values] : llvm::zip_equal(in, frame))
          llvm::append_range(sequence, values);
      }
      instance->run(count, in, out);
      if (mayExit && rule.findEnd(out, 1))
        steps = first + count;
      for (auto [sum, values] : llvm::zip_equal(result.sums, out))
        sum += std::accumulate(values.begin(), values.end(), 0.0);
      for (size_t output : request.outputs) {
        llvm::ArrayRef<double> values = out[output];
        if (!ports[output].emitsLast)
          llvm::append_range(result.outputs[output].values, values);
        else if (first + count == steps)
          llvm::append_range(result.outputs[output].values, values.take_back(values.size() / count));
      }
      for (StateTrace &state : result.states)
        if (llvm::Error error = append(state.trace, instance->readState(state.node, state.state)))
          return std::move(error);
    }
    result.steps += steps;
    const int64_t missing = inputs.getSteps() - steps;
    for (size_t output : request.outputs)
      if (!ports[output].emitsLast)
        pad(result.outputs[output], missing, ports[output].isSpike);
    for (StateTrace &state : result.states)
      pad(state.trace, missing, /*isSpike=*/false);
    for (StateTrace &state : after)
      if (llvm::Error error = append(state.trace, instance->readState(state.node, state.state)))
        return std::move(error);
    seconds += instance->getStepSeconds();
  }
  if (seconds >= 0)
    result.seconds = seconds;
  for (const StateTrace &state : after) {
    std::string key = state.node + "/" + state.state;
    Expected<runtime::Array> array = toArray(state.trace, {inputs.getSamples()}, key);
    if (!array)
      return array.takeError();
    result.statesAfter.emplace(key, std::move(*array));
  }
  return std::move(result);
}
