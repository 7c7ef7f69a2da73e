//===- Activity.cpp - how active a network is -----------------------------===//
#include "passes/Analysis/Activity.h"
#include "passes/Analysis/ExitRule.h"
#include "passes/Analysis/Signals.h"

#include "mlir/IR/Threading.h"

#include <cmath>

using namespace mlir;
using namespace lle;

void SignalRange::count(ArrayRef<double> values) {
  elements += double(values.size());
  for (double value : values) {
    active += value != 0;
    if (std::isnan(value)) {
      ++undefined;
      continue;
    }
    sum += std::abs(value);
    min = std::min(min, value);
    max = std::max(max, value);
  }
}

SignalRange &SignalRange::operator+=(const SignalRange &other) {
  elements += other.elements;
  active += other.active;
  sum += other.sum;
  undefined += other.undefined;
  min = std::min(min, other.min);
  max = std::max(max, other.max);
  return *this;
}

const SignalRange *Activity::find(Value signal) const {
  auto found = signals.find(signal);
  return found == signals.end() ? nullptr : &found->second;
}

const SignalRange *Activity::findState(Operation *op, StringRef name) const {
  auto found = llvm::find_if(
      states, [&](const State &state) { return StatefulOpInterface(state.op) == op && state.name == name; });
  return found == states.end() ? nullptr : &found->range;
}

namespace {
class Profiler {
public:
  Profiler(NetworkOp network, const Dataset &data, const ActivityRequest &request)
      : network(network), data(data), request(request) {
    collectSignals();
  }

  llvm::Expected<Activity> run();

private:
  /// Of one sample: the ranges of all signals, then of all states.
  using Ranges = std::vector<SignalRange>;
  struct SampleActivity {
    Ranges ranges;
    int64_t steps = 0;
  };

  NetworkOp network;
  const Dataset &data;
  const ActivityRequest &request;
  Activity activity;
  std::vector<unsigned> outputs; ///< Of the copy, for each signal; inputs of the network are counted as they come.
  int64_t perCall = 1;           ///< Steps of one call of the engine.

  void collectSignals();
  llvm::Error runSample(Instance &instance, int64_t sample, SampleActivity &counted) const;
  llvm::Error countStates(Instance &instance, Ranges &ranges) const;
};
} // namespace

void Profiler::collectSignals() {
  auto add = [&](Value value) { activity.signals.insert({value, {}}); };
  if (request.scope != ActivityScope::Spikes)
    for (Value input : network.getBody().getArguments())
      add(input);
  for (Operation &op : network.getBody().front()) {
    if (auto synapse = dyn_cast<SynapseOpInterface>(op))
      add(synapse.getSignal());
    if (auto neuron = dyn_cast<NeuronOpInterface>(op); neuron && neuron.emitsSpikes())
      add(op.getResult(0));
    if (request.scope != ActivityScope::Spikes && !op.hasTrait<OpTrait::ConstantLike>())
      for (Value result : op.getResults())
        add(result);
    if (auto stateful = dyn_cast<StatefulOpInterface>(op); stateful && request.scope == ActivityScope::States)
      for (const StateDescriptor &state : stateful.getStates())
        activity.states.push_back({stateful, state.name.str(), {}});
  }
}

llvm::Error Profiler::countStates(Instance &instance, Ranges &ranges) const {
  for (auto [state, range] : llvm::zip(activity.states, MutableArrayRef(ranges).drop_front(outputs.size()))) {
    StatefulOpInterface op = state.op;
    llvm::Expected<Values> values = instance.readState(op.getStateName().getValue(), state.name);
    if (!values)
      return values.takeError();
    range.count(*values);
  }
  return llvm::Error::success();
}

llvm::Error Profiler::runSample(Instance &instance, int64_t sample, SampleActivity &counted) const {
  std::vector<Values> frame, inputs, results;
  ExitRule exit(network);
  instance.reset();
  const int64_t length = getSampleSteps(network, data, sample);
  for (int64_t first = 0, count; first < length; first += count) {
    count = std::min(perCall, length - first);
    inputs.clear();
    for (int64_t step = first; step < first + count; ++step) {
      if (llvm::Error error = data.getStep(sample, step, frame))
        return error;
      inputs.resize(frame.size());
      for (auto [sequence, values] : llvm::zip_equal(inputs, frame))
        llvm::append_range(sequence, values);
    }
    instance.run(count, inputs, results);
    const std::optional<int64_t> end = exit.findEnd(results, count);
    const int64_t taken = end.value_or(count);
    for (auto [signal, output, range] : llvm::zip(activity.signals, outputs, counted.ranges)) {
      auto input = dyn_cast<BlockArgument>(signal.first);
      ArrayRef<double> values = input ? inputs[input.getArgNumber()] : results[output];
      range.count(values.take_front(values.size() / count * taken));
    }
    if (llvm::Error error = countStates(instance, counted.ranges))
      return error;
    counted.steps += taken;
    if (end)
      break;
  }
  return llvm::Error::success();
}

llvm::Expected<Activity> Profiler::run() {
  SignalCopy copy = exposeSignals(network, llvm::to_vector(llvm::make_first_range(activity.signals)));
  outputs = copy.outputs;
  if (activity.states.empty())
    perCall = copy.stepsPerCall;
  activity.dataset = data.getName();
  activity.engine = request.engine;
  activity.samples = data.getSamples();
  if (request.samples > 0)
    activity.samples = std::min(activity.samples, request.samples);
  activity.endsEarly = ExitRule(network).isGiven();
  const int64_t most = countSteps(network, data, activity.samples);
  if (most == 0)
    return llvm::createStringError("there is no step in " + data.getName());
  llvm::Expected<std::unique_ptr<Engine>> engine = createRegisteredEngine(request.engine, copy.network, double(most));
  if (!engine)
    return engine.takeError();

  // Each sample is summed on its own, and sums are added in the order of the samples: sums of floats depend on order.
  std::vector<SampleActivity> all(activity.samples, {Ranges(outputs.size() + activity.states.size())});
  const int64_t workers = std::clamp<int64_t>(network.getContext()->getNumThreads(), 1, activity.samples);
  std::vector<llvm::Error> errors;
  for (int64_t worker = 0; worker < workers; ++worker)
    errors.push_back(llvm::Error::success());
  parallelFor(network.getContext(), 0, workers, [&](size_t worker) {
    std::unique_ptr<Instance> instance = (*engine)->instantiate();
    for (int64_t sample = int64_t(worker); sample < activity.samples && !errors[worker]; sample += workers)
      errors[worker] = runSample(*instance, sample, all[sample]);
  });
  llvm::Error joined = llvm::Error::success();
  for (llvm::Error &error : errors)
    joined = llvm::joinErrors(std::move(joined), std::move(error));
  if (joined)
    return std::move(joined);
  for (const auto &[ranges, steps] : all) {
    activity.steps += steps;
    for (auto [signal, range] : llvm::zip(activity.signals, ranges))
      signal.second += range;
    for (auto [state, range] : llvm::zip_equal(activity.states, ArrayRef(ranges).drop_front(outputs.size())))
      state.range += range;
  }
  return std::move(activity);
}

llvm::Expected<Activity> lle::measureActivity(NetworkOp network, const Dataset &data, const ActivityRequest &request) {
  return Profiler(network, data, request).run();
}

void lle::writeActivity(NetworkOp network, const Activity &activity) {
  Builder builder(network.getContext());
  for (Operation &op : network.getBody().front()) {
    if (auto synapse = dyn_cast<SynapseOpInterface>(op))
      if (const SignalRange *range = activity.find(synapse.getSignal()))
        op.setAttr(kActivityAttr, builder.getF64FloatAttr(range->getActivity()));
    if (auto neuron = dyn_cast<NeuronOpInterface>(op); neuron && neuron.emitsSpikes())
      if (const SignalRange *range = activity.find(op.getResult(0)))
        op.setAttr(kRateAttr, builder.getF64FloatAttr(range->getMeanMagnitude()));
  }
  network->setAttr(kActivitySourceAttr,
                   builder.getDictionaryAttr({
                       builder.getNamedAttr("dataset", builder.getStringAttr(activity.dataset)),
                       builder.getNamedAttr("engine", builder.getStringAttr(activity.engine)),
                       builder.getNamedAttr("samples", builder.getI64IntegerAttr(activity.samples)),
                       builder.getNamedAttr("steps", builder.getI64IntegerAttr(activity.steps)),
                   }));
}
