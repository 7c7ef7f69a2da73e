//===- Signals.cpp - what values of a network are on data -----------------===//
#include "passes/Analysis/Signals.h"

#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace lle;

/// Numbers that go in and come out in one step.
static size_t countNumbers(NetworkOp network) {
  size_t numbers = 1;
  for (TypeRange types : {TypeRange(network.getArgumentTypes()), TypeRange(network.getResultTypes())})
    for (Type type : types)
      numbers += cast<RankedTensorType>(type).getNumElements();
  return numbers;
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

SignalCopy lle::exposeSignals(NetworkOp network, ArrayRef<Value> signals) {
  /// Numbers that one call of the engine takes and gives.
  constexpr size_t kNumbersPerCall = size_t(1) << 22;
  SignalCopy copy;
  copy.module = ModuleOp::create(network.getLoc());
  IRMapping mapping;
  copy.network = cast<NetworkOp>(network->clone(mapping));
  copy.module->getBody()->push_back(copy.network);
  for (Value value : signals)
    copy.outputs.push_back(isa<BlockArgument>(value) ? copy.network.getNumResults()
                                                     : addOutput(copy.network, mapping.lookup(value)));
  copy.stepsPerCall = std::max<int64_t>(1, int64_t(kNumbersPerCall / countNumbers(copy.network)));
  return copy;
}

int64_t lle::getSampleSteps(NetworkOp network, const Dataset &data, int64_t sample) {
  int64_t steps = data.getSteps(sample);
  return std::min<int64_t>(steps, network.getSteps().value_or(steps));
}

int64_t lle::countSteps(NetworkOp network, const Dataset &data, int64_t samples) {
  if (samples <= 0 || samples > data.getSamples())
    samples = data.getSamples();
  int64_t steps = 0;
  for (int64_t sample = 0; sample < samples; ++sample)
    steps += getSampleSteps(network, data, sample);
  return steps;
}

llvm::Error lle::runSignals(NetworkOp network, ArrayRef<Value> signals, const Dataset &data, StringRef engineName,
                            int64_t samples, llvm::function_ref<void(int64_t, int64_t, SignalSteps)> take) {
  SignalCopy copy = exposeSignals(network, signals);
  llvm::Expected<std::unique_ptr<Engine>> engine =
      createRegisteredEngine(engineName, copy.network, double(countSteps(network, data, samples)));
  if (!engine)
    return engine.takeError();
  std::unique_ptr<Instance> instance = (*engine)->instantiate();
  if (samples <= 0 || samples > data.getSamples())
    samples = data.getSamples();
  int64_t steps = 0;
  std::vector<Values> frame, inputs, outputs;
  for (int64_t sample = 0; sample < samples; ++sample) {
    instance->reset();
    int64_t length = getSampleSteps(network, data, sample);
    steps += length;
    for (int64_t first = 0, count; first < length; first += count) {
      count = std::min(copy.stepsPerCall, length - first);
      inputs.assign(network.getArgumentTypes().size(), {});
      for (int64_t step = first; step < first + count; ++step) {
        if (llvm::Error error = data.getStep(sample, step, frame))
          return error;
        for (auto [sequence, values] : llvm::zip_equal(inputs, frame))
          llvm::append_range(sequence, values);
      }
      instance->run(count, inputs, outputs);
      SmallVector<ArrayRef<double>> values;
      for (auto [signal, output] : llvm::zip_equal(signals, copy.outputs)) {
        auto argument = dyn_cast<BlockArgument>(signal);
        values.push_back(argument ? inputs[argument.getArgNumber()] : outputs[output]);
      }
      take(sample, count, values);
    }
  }
  return steps == 0 ? llvm::createStringError("there is no step in " + data.getName()) : llvm::Error::success();
}
