//===- Distillation.cpp - teach a network what another one gives ----------===//
#include "passes/Pruning/Distillation.h"
#include "passes/Analysis/Signals.h"
#include "passes/Pruning/SpikingChain.h"
#include "passes/Simplify/Weights.h"

#include <cmath>
#include <numeric>
#include <random>

using namespace mlir;
using namespace lle;

/// G. Hinton et al., arXiv 1503.02531.
static constexpr float kTemperature = 0.3f;
static constexpr int64_t kBatch = 20;

llvm::Error lle::checkDistillable(NetworkOp network) {
  auto fail = [](Operation *op, StringRef what) {
    return llvm::createStringError("epochs: '" + op->getName().getStringRef() + "' " + what +
                                   "; only chains of lle.linear and spk.fixed_cuba_lif are trained");
  };
  if (network.getNumArguments() != 1 || network.getNumResults() != 1)
    return llvm::createStringError("epochs: only networks of one input and one output are trained");
  Value value = network.getBody().getArgument(0);
  if (cast<RankedTensorType>(value.getType()).getRank() != 1)
    return llvm::createStringError("epochs: only networks with an input of one dimension are trained");
  for (Operation *op : network.getTopologicalOrder()) {
    if (isa<WeightOp>(op))
      continue;
    if (op->getNumOperands() == 0 || op->getOperand(0) != value)
      return fail(op, "does not continue a chain");
    if (isa<OutputOp>(op))
      return llvm::Error::success();
    if (auto synapse = dyn_cast<LinearOp>(op)) {
      auto weights = synapse.getWeights().getDefiningOp<WeightOp>();
      if (!weights || weights.getType().getRank() != 2 || !weights.getType().getElementType().isSignedInteger(8) ||
          !synapse->getResult(0).hasOneUse() || !isa<spk::FixedCubaLIFOp>(*synapse->getResult(0).user_begin()))
        return fail(op, "has no weights of si8 in two dimensions, or no neurons of its own");
    } else if (auto neurons = dyn_cast<spk::FixedCubaLIFOp>(op)) {
      if (!value.getDefiningOp<LinearOp>())
        return fail(op, "has no synapses of its own");
      std::vector<double> thresholds = *readNumbers(neurons.getVThreshold());
      if (neurons.getResetIntervalAttr() || llvm::is_contained(thresholds, 0.0))
        return fail(op, "has a reset in time, or a threshold of 0");
    } else {
      return fail(op, "is something else");
    }
    if (cast<RankedTensorType>(op->getResult(0).getType()).getRank() != 1)
      return fail(op, "gives more than one dimension");
    value = op->getResult(0);
  }
  return llvm::Error::success();
}

static Eigen::VectorXf getShares(const Eigen::VectorXf &counts) {
  Eigen::VectorXf shares = ((counts.array() - counts.maxCoeff()) * kTemperature).exp();
  return shares / shares.sum();
}

/// What the teacher should have said: where another class than the right one has most spikes, the two change counts.
static void setRight(Eigen::VectorXf &counts, int64_t label) {
  Eigen::Index most;
  counts.maxCoeff(&most);
  std::swap(counts[most], counts[label]);
}

/// Each event is left out with the probability `dropout`.
static llvm::Expected<SpikeSequence> readSequence(NetworkOp network, const Dataset &data, int64_t sample,
                                                  double dropout, std::mt19937_64 &random) {
  SpikeSequence sequence;
  sequence.steps = getSampleSteps(network, data, sample);
  const auto least = uint64_t(std::ldexp(dropout, 64));
  std::vector<Values> inputs;
  for (int64_t step = 0; step < sequence.steps; ++step) {
    if (llvm::Error error = data.getStep(sample, step, inputs))
      return std::move(error);
    for (auto [element, value] : llvm::enumerate(inputs.front()))
      if (value != 0 && (dropout == 0 || random() >= least))
        sequence.events.push_back({uint32_t(step), uint32_t(element), float(value)});
  }
  return std::move(sequence);
}

llvm::Error lle::distil(NetworkOp network, NetworkOp original, const Dataset &data,
                        const DistillationOptions &options) {
  SpikingChain student(network, options.biases), teacher(original, /*trainsBiases=*/false);
  teacher.round();
  std::mt19937_64 random(options.seed);
  const int64_t count = options.samples == 0 ? data.getSamples() : std::min(options.samples, data.getSamples());
  const int64_t batches = llvm::divideCeil(count, kBatch);
  std::vector<int64_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  double done = 0;
  for (int64_t epoch = 0; epoch < options.epochs; ++epoch) {
    for (int64_t i = count - 1; i > 0; --i)
      std::swap(order[i], order[random() % uint64_t(i + 1)]);
    for (int64_t first = 0; first < count; first += kBatch) {
      ArrayRef<int64_t> batch = ArrayRef(order).slice(first, std::min(kBatch, count - first));
      student.round();
      for (int64_t sample : batch) {
        llvm::Expected<SpikeSequence> sequence = readSequence(original, data, sample, options.dropout, random);
        if (!sequence)
          return sequence.takeError();
        Eigen::VectorXf counts = teacher.run(*sequence);
        if (!options.classes.empty())
          setRight(counts, options.classes[sample]);
        // The derivative of the cross entropy of shares.
        student.learn(*sequence, (getShares(student.run(*sequence)) - getShares(counts)) * kTemperature);
      }
      ++done;
      const double cosine = 0.5 * (1 + std::cos(M_PI * done / double(options.epochs * batches)));
      const double correction =
          std::sqrt(1 - std::pow(SpikingChain::kSquareDecay, done)) / (1 - std::pow(SpikingChain::kMeanDecay, done));
      student.step(float(options.rate * cosine * correction), float(batch.size()));
    }
  }
  student.round();
  student.write();
  return llvm::Error::success();
}
