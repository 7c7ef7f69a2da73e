//===- Signals.cpp - how channels go together on calibration data ---------===//
#include "passes/Pruning/Signals.h"
#include "passes/Analysis/Signals.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/IRMapping.h"

#include <cmath>

using namespace mlir;
using namespace lle;

namespace {
/// A signal, as an output of the copy of the network.
struct Probe {
  Value signal;
  ChannelPlace place;
  int64_t channels, window;
  unsigned output = 0;
  SignalMoments moments = {};

  void add(ArrayRef<double> steps);
};
} // namespace

static RankedTensorType typeOf(Value value) { return cast<RankedTensorType>(value.getType()); }

/// Adds what the signal was in all steps of a sample: each position of each window is one observation.
void Probe::add(ArrayRef<double> values) {
  RankedTensorType type = typeOf(signal);
  const int64_t elements = type.getNumElements(), length = type.getDimSize(place.dim);
  int64_t after = place.inner;
  for (int64_t dim = place.dim + 1; dim < type.getRank(); ++dim)
    after *= type.getDimSize(dim);
  const int64_t before = elements / (length / place.inner * after);
  const int64_t steps = int64_t(values.size()) / elements, span = window > 0 ? std::min(window, steps) : steps;
  for (int64_t first = 0; first + span <= steps; first += span) {
    Eigen::VectorXd sum = Eigen::VectorXd::Zero(elements);
    for (int64_t step = first; step < first + span; ++step)
      sum += Eigen::Map<const Eigen::VectorXd>(values.data() + step * elements, elements);
    // Rows are positions, columns channels.
    Eigen::MatrixXd observed = Eigen::MatrixXd::Ones(before * after, channels + 1);
    for (int64_t outer = 0; outer < before; ++outer)
      for (int64_t channel = 0; channel < channels; ++channel)
        observed.block(outer * after, channel, after, 1) = sum.segment((outer * channels + channel) * after, after);
    moments.products.selfadjointView<Eigen::Lower>().rankUpdate(observed.transpose());
    moments.magnitude += observed.leftCols(channels).cwiseAbs().colwise().sum().transpose();
    moments.count += double(before * after);
  }
}

static std::vector<Probe> collectProbes(ArrayRef<ChannelGroup> groups, const SignalRequest &request) {
  std::vector<Probe> probes;
  for (const ChannelGroup &group : groups)
    for (const ChannelReader &reader : group.readers) {
      if (llvm::any_of(probes, [&](const Probe &probe) { return probe.signal == reader.signal; }))
        continue;
      bool isReal = isa<FloatType>(typeOf(reader.signal).getElementType());
      int64_t channels = group.channels, window = request.window.value_or(isReal ? 1 : kSpikeWindow);
      probes.push_back({reader.signal, group.signals.lookup(reader.signal), channels, window});
      probes.back().moments = {Eigen::MatrixXd::Zero(channels + 1, channels + 1), Eigen::VectorXd::Zero(channels)};
    }
  return probes;
}

/// A copy of the network that has the signals as outputs.
static llvm::Expected<OwningOpRef<ModuleOp>> copyWithProbes(NetworkOp network, std::vector<Probe> &probes) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(network.getLoc());
  IRMapping mapping;
  auto copy = cast<NetworkOp>(network->clone(mapping));
  module->push_back(copy);
  auto output = cast<OutputOp>(copy.getBody().front().getTerminator());
  for (Probe &probe : probes) {
    probe.output = copy.getNumResults();
    // A name that no port of the network has: the character cannot be in one that a file gives.
    Builder builder(network.getContext());
    auto name = builder.getNamedAttr(NetworkOp::kPortNameAttr, builder.getStringAttr("\x01" + Twine(probe.output)));
    if (failed(copy.insertResult(probe.output, probe.signal.getType(), builder.getDictionaryAttr(name))))
      return llvm::createStringError("the signals cannot be seen");
    output.getValuesMutable().append(mapping.lookup(probe.signal));
  }
  return module;
}

llvm::Expected<llvm::DenseMap<Value, SignalMoments>> lle::measureSignals(NetworkOp network,
                                                                         ArrayRef<ChannelGroup> groups,
                                                                         const Dataset &data,
                                                                         const SignalRequest &request) {
  std::vector<Probe> probes = collectProbes(groups, request);
  llvm::Expected<OwningOpRef<ModuleOp>> module = copyWithProbes(network, probes);
  if (!module)
    return module.takeError();
  llvm::Expected<std::unique_ptr<Engine>> engine = createRegisteredEngine(
      request.engine, *(**module).getOps<NetworkOp>().begin(), double(countSteps(network, data, request.samples)));
  if (!engine)
    return engine.takeError();
  std::unique_ptr<Instance> instance = (*engine)->instantiate();
  int64_t samples = data.getSamples();
  if (request.samples > 0)
    samples = std::min(samples, request.samples);
  std::vector<Values> frame, inputs, outputs;
  for (int64_t sample = 0; sample < samples; ++sample) {
    inputs.assign(network.getArgumentTypes().size(), {});
    for (int64_t step = 0; step < getSampleSteps(network, data, sample); ++step) {
      if (llvm::Error error = data.getStep(sample, step, frame))
        return std::move(error);
      for (auto [sequence, values] : llvm::zip_equal(inputs, frame))
        llvm::append_range(sequence, values);
    }
    instance->reset();
    instance->run(getSampleSteps(network, data, sample), inputs, outputs);
    for (Probe &probe : probes) {
      if (!llvm::all_of(outputs[probe.output], [](double value) { return std::isfinite(value); }))
        return llvm::createStringError(data.getName() + ": sample " + Twine(sample) +
                                       ": a signal of the network is not finite");
      probe.add(outputs[probe.output]);
    }
  }
  llvm::DenseMap<Value, SignalMoments> moments;
  for (Probe &probe : probes) {
    probe.moments.products = probe.moments.products.selfadjointView<Eigen::Lower>();
    moments.insert({probe.signal, std::move(probe.moments)});
  }
  return std::move(moments);
}
