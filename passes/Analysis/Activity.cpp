//===- Activity.cpp - how active a network is -----------------------------===//
#include "passes/Analysis/Activity.h"
#include "passes/Analysis/Signals.h"

#include "llvm/ADT/MapVector.h"

#include <cmath>

using namespace mlir;
using namespace lle;

namespace {
/// What was seen of a signal.
struct Tally {
  double elements = 0, active = 0, sum = 0;

  void count(ArrayRef<double> values) {
    elements += double(values.size());
    for (double value : values) {
      active += value != 0;
      sum += std::abs(value);
    }
  }
};

class Profiler {
public:
  explicit Profiler(NetworkOp network) : network(network) { collectSignals(); }

  llvm::Error run(const Dataset &data, const ActivityRequest &request);
  void annotate(const Dataset &data, const ActivityRequest &request);

private:
  NetworkOp network;
  llvm::MapVector<Value, Tally> signals;
  int64_t samples = 0, steps = 0;

  void collectSignals();
};
} // namespace

void Profiler::collectSignals() {
  for (Operation &op : network.getBody().front()) {
    if (auto synapse = dyn_cast<SynapseOpInterface>(op))
      signals.insert({synapse.getSignal(), {}});
    if (auto neuron = dyn_cast<NeuronOpInterface>(op); neuron && neuron.emitsSpikes())
      signals.insert({op.getResult(0), {}});
  }
}

llvm::Error Profiler::run(const Dataset &data, const ActivityRequest &request) {
  SmallVector<Value> values = llvm::to_vector(llvm::make_first_range(signals));
  int64_t last = -1;
  return runSignals(network, values, data, request.engine, request.samples,
                    [&](int64_t sample, int64_t count, SignalSteps found) {
                      samples += sample != last;
                      last = sample;
                      steps += count;
                      for (auto [each, numbers] : llvm::zip_equal(signals, found))
                        each.second.count(numbers);
                    });
}

void Profiler::annotate(const Dataset &data, const ActivityRequest &request) {
  Builder builder(network.getContext());
  for (Operation &op : network.getBody().front()) {
    if (auto synapse = dyn_cast<SynapseOpInterface>(op)) {
      const Tally &tally = signals.find(synapse.getSignal())->second;
      op.setAttr(kActivityAttr, builder.getF64FloatAttr(tally.active / tally.elements));
    }
    if (auto neuron = dyn_cast<NeuronOpInterface>(op); neuron && neuron.emitsSpikes()) {
      const Tally &tally = signals.find(op.getResult(0))->second;
      op.setAttr(kRateAttr, builder.getF64FloatAttr(tally.sum / tally.elements));
    }
  }
  network->setAttr(kActivitySourceAttr, builder.getDictionaryAttr({
                                            builder.getNamedAttr("dataset", builder.getStringAttr(data.getName())),
                                            builder.getNamedAttr("engine", builder.getStringAttr(request.engine)),
                                            builder.getNamedAttr("samples", builder.getI64IntegerAttr(samples)),
                                            builder.getNamedAttr("steps", builder.getI64IntegerAttr(steps)),
                                        }));
}

llvm::Error lle::measureActivity(NetworkOp network, const Dataset &data, const ActivityRequest &request) {
  Profiler profiler(network);
  if (llvm::Error error = profiler.run(data, request))
    return error;
  profiler.annotate(data, request);
  return llvm::Error::success();
}
