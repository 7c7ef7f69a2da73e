//===- OutputDeviation.cpp - how far a network is from another ------------===//
#include "passes/Precision/OutputDeviation.h"
#include "passes/Analysis/Signals.h"

#include <cmath>

using namespace mlir;
using namespace lle;

llvm::Expected<std::unique_ptr<OutputDeviation>>
OutputDeviation::create(NetworkOp original, const Dataset &data, const EvaluatorOptions &options, bool hasRates) {
  std::unique_ptr<OutputDeviation> deviation(new OutputDeviation(data, options, hasRates));
  llvm::Expected<Run> run = deviation->run(original);
  if (!run)
    return run.takeError();
  deviation->original = std::move(*run);
  return std::move(deviation);
}

llvm::Expected<OutputDeviation::Run> OutputDeviation::run(NetworkOp network) const {
  unsigned output = 0;
  while (!options.output.empty() && network.getOutputName(output) != options.output)
    ++output;
  const OutputFacts facts = getOutputFacts(network, output);
  const size_t elements = facts.getElements();
  SmallVector<Value> signals{network.getBody().front().getTerminator()->getOperand(output)};
  Run run;
  if (hasRates)
    for (Operation *op : network.getTopologicalOrder())
      if (auto neuron = dyn_cast<NeuronOpInterface>(op); neuron && neuron.emitsSpikes()) {
        signals.push_back(op->getResult(0));
        auto name = op->getAttrOfType<StringAttr>("name");
        run.populations.push_back(name ? name.str() : "");
      }
  run.spikes.resize(run.populations.size());
  auto take = [&](int64_t sample, int64_t steps, SignalSteps values) {
    run.outputs.resize(sample + 1);
    Values &own = run.outputs.back();
    if (facts.isSpike) {
      own.resize(elements);
      for (auto [place, value] : llvm::enumerate(values[0]))
        own[place % elements] += value;
    } else if (facts.emitsLast) {
      own = values[0].take_back(elements).vec();
    } else {
      llvm::append_range(own, values[0]);
    }
    for (auto [sum, numbers] : llvm::zip_equal(run.spikes, values.drop_front()))
      for (double number : numbers)
        sum += std::abs(number);
  };
  if (llvm::Error error = runSignals(network, signals, data, options.engine, options.samples, take))
    return std::move(error);
  return std::move(run);
}

llvm::Expected<Deviation> OutputDeviation::measure(NetworkOp copy) const {
  llvm::Expected<Run> run = this->run(copy);
  if (!run)
    return run.takeError();
  Deviation deviation;
  double change = 0, square = 0;
  for (auto [before, after] : llvm::zip_equal(original.outputs, run->outputs))
    for (auto [a, b] : llvm::zip_equal(before, after)) {
      change += (b - a) * (b - a);
      square += a * a;
    }
  deviation.output = square > 0 ? change / square : change;
  for (size_t i = 0; i < original.populations.size(); ++i) {
    double before = original.spikes[i], rate = std::abs(run->spikes[i] - before) / std::max(before, 1.0);
    deviation.squaredRates += rate * rate;
    if (rate > deviation.rate)
      deviation.rate = rate, deviation.population = original.populations[i];
  }
  // A network that gives no numbers is as bad as any.
  constexpr double kWorst = 1e30;
  if (!(deviation.output < kWorst))
    deviation.output = kWorst;
  return deviation;
}
