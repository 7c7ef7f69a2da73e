//===- Activity.cpp - how active a network is -----------------------------===//
//
// A copy of the network gets every signal that matters as an output. So the engine may be any, and native code counts
// what the code that users run computes.
//
//===----------------------------------------------------------------------===//
#include "passes/Analysis/Activity.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

#include <cmath>

using namespace mlir;
using namespace lle;

namespace {
/// What was seen of a signal.
struct Tally {
  std::optional<unsigned> output; ///< Of the copy; none for an input of the network, which is counted as it comes.
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
  OwningOpRef<ModuleOp> cloneWithSignals();
  size_t countNumbers(NetworkOp copy) const;
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

unsigned lle::addOutput(NetworkOp network, Value value) {
  const unsigned index = network.getNumResults();
  Builder builder(network.getContext());
  // A name that no port of the network has: the character cannot be in one that a file gives.
  auto name = builder.getStringAttr("\x01" + Twine(index));
  auto attributes = builder.getDictionaryAttr(builder.getNamedAttr(NetworkOp::kPortNameAttr, name));
  LogicalResult inserted = network.insertResult(index, value.getType(), attributes);
  assert(succeeded(inserted) && "results can be appended");
  (void)inserted;
  cast<OutputOp>(network.getBody().front().getTerminator()).getValuesMutable().append(value);
  return index;
}

OwningOpRef<ModuleOp> Profiler::cloneWithSignals() {
  OwningOpRef<ModuleOp> module = ModuleOp::create(network.getLoc());
  IRMapping mapping;
  auto copy = cast<NetworkOp>(network->clone(mapping));
  module->getBody()->push_back(copy);
  for (auto &[value, tally] : signals)
    if (!isa<BlockArgument>(value))
      tally.output = addOutput(copy, mapping.lookup(value));
  return module;
}

/// Numbers that go in and come out in one step.
size_t Profiler::countNumbers(NetworkOp copy) const {
  size_t numbers = 1;
  for (TypeRange types : {TypeRange(copy.getArgumentTypes()), TypeRange(copy.getResultTypes())})
    for (Type type : types)
      numbers += cast<RankedTensorType>(type).getNumElements();
  return numbers;
}

llvm::Error Profiler::run(const Dataset &data, const ActivityRequest &request) {
  /// Numbers that one call of the engine takes and gives: 32 MiB of them.
  constexpr size_t kNumbersPerCall = size_t(1) << 22;
  OwningOpRef<ModuleOp> module = cloneWithSignals();
  auto copy = *module->getOps<NetworkOp>().begin();
  llvm::Expected<std::unique_ptr<Engine>> engine = createRegisteredEngine(request.engine, copy);
  if (!engine)
    return engine.takeError();
  std::unique_ptr<Instance> instance = (*engine)->instantiate();
  const int64_t perCall = std::max<int64_t>(1, int64_t(kNumbersPerCall / countNumbers(copy)));
  samples = data.getSamples();
  if (request.samples > 0)
    samples = std::min(samples, request.samples);
  std::vector<Values> frame, inputs, outputs;
  for (int64_t sample = 0; sample < samples; ++sample) {
    instance->reset();
    int64_t length = data.getSteps(sample);
    steps += length;
    for (int64_t first = 0, count; first < length; first += count) {
      count = std::min(perCall, length - first);
      inputs.assign(network.getArgumentTypes().size(), {});
      for (int64_t step = first; step < first + count; ++step) {
        if (llvm::Error error = data.getStep(sample, step, frame))
          return error;
        for (auto [sequence, values] : llvm::zip_equal(inputs, frame))
          llvm::append_range(sequence, values);
      }
      instance->run(count, inputs, outputs);
      for (auto &[value, tally] : signals)
        tally.count(tally.output ? outputs[*tally.output] : inputs[cast<BlockArgument>(value).getArgNumber()]);
    }
  }
  return steps == 0 ? llvm::createStringError("there is no step in " + data.getName()) : llvm::Error::success();
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
