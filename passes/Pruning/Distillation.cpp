//===- Distillation.cpp - teach a network what another one gives ----------===//
//
// Backpropagation through time. A spike has the derivative of a fast sigmoid of the membrane, and a reset has none;
// what is computed forward has the rounded weights, whose derivative is that of the weights behind them. The truncation
// of decays is left out. Potentials are in units of the threshold.
//
//===----------------------------------------------------------------------===//
#include "passes/Pruning/Distillation.h"
#include "dialects/LLE/Layers.h"
#include "dialects/Spk/FixedPoint.h"
#include "passes/Analysis/Signals.h"
#include "passes/Pruning/ParameterRef.h"
#include "passes/Simplify/Weights.h"

#include <Eigen/Core>

#include <cmath>
#include <numeric>
#include <random>

using namespace mlir;
using namespace lle;

/// As E. Neftci et al., Surrogate gradient learning in spiking neural networks, IEEE Signal Processing Magazine 36
/// (2019) 51; D. Kingma and J. Ba, Adam, ICLR 2015; and G. Hinton et al., arXiv 1503.02531, for the temperature.
static constexpr float kSlope = 2, kTemperature = 0.3f, kMeanDecay = 0.9f, kSquareDecay = 0.999f;
static constexpr int64_t kBatch = 20;

namespace {
struct Layer {
  Layer(LinearOp synapse, spk::FixedCubaLIFOp neurons);

  ParameterRef getParameter() const { return ParameterRef(synapse, 1); }
  void step(float rate, float batch);

  Operation *synapse;
  Eigen::MatrixXf weights, rounded, gradient, mean, square;
  Eigen::ArrayXf decayU, decayV, bias, scale; ///< Of each neuron; scale is that of weights.
};

/// What a layer does in all steps of a sample, a column for each.
struct Trace {
  Eigen::MatrixXf membrane, spikes;
};

struct Event {
  uint32_t step, element;
  float value;
};

struct Sample {
  std::vector<Event> events;
  int64_t steps = 0;
  Eigen::VectorXf counts; ///< The teacher's.
};

class Student {
public:
  explicit Student(NetworkOp network);

  void round();
  void learn(const Sample &sample);
  void step(float rate, float batch);
  void write() const;

private:
  void run(const Sample &sample);

  std::vector<Layer> layers;
  std::vector<Trace> traces;
};
} // namespace

llvm::Error lle::checkDistillable(NetworkOp network) {
  auto fail = [](Operation *op, StringRef what) {
    return llvm::createStringError("epochs: '" + op->getName().getStringRef() + "' " + what +
                                   "; only chains of lle.linear and spk.fixed_cuba_lif are trained");
  };
  if (network.getNumArguments() != 1 || network.getNumResults() != 1)
    return llvm::createStringError("epochs: only networks of one input and one output are trained");
  Value value = network.getBody().getArgument(0);
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
      std::vector<double> thresholds = *readNumbers(neurons.getVThreshold());
      if (neurons.getResetIntervalAttr() || llvm::is_contained(thresholds, 0.0))
        return fail(op, "has a reset in time, or a threshold of 0");
    } else {
      return fail(op, "is something else");
    }
    value = op->getResult(0);
  }
  return llvm::Error::success();
}

static Eigen::ArrayXf readArray(ElementsAttr elements) {
  std::vector<double> numbers = *readNumbers(elements);
  return Eigen::Map<const Eigen::ArrayXd>(numbers.data(), int64_t(numbers.size())).cast<float>();
}

Layer::Layer(LinearOp synapse, spk::FixedCubaLIFOp neurons) : synapse(synapse) {
  constexpr float kOne = 4096, kShift = 64;
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  ElementsAttr elements = getParameter().get();
  ArrayRef<int64_t> shape = elements.getShapedType().getShape();
  std::vector<double> numbers = *readNumbers(elements);
  weights = Eigen::Map<const RowMajor>(numbers.data(), shape[0], shape[1]).cast<float>();
  gradient = mean = square = Eigen::MatrixXf::Zero(shape[0], shape[1]);
  const Eigen::ArrayXf threshold = readArray(neurons.getVThreshold()) * kShift;
  decayU = 1 - (readArray(neurons.getDu()) + 1) / kOne;
  decayV = 1 - readArray(neurons.getDv()) / kOne;
  scale = kShift * float(int64_t(1) << neurons.getWeightExp().value_or(0)) / threshold;
  bias = Eigen::ArrayXf::Zero(threshold.size());
  if (neurons.getBiasMantAttr())
    bias =
        readArray(neurons.getBiasMantAttr()) * (readArray(neurons.getBiasExpAttr()) * std::log(2.0f)).exp() / threshold;
}

/// One of Adam; the corrections of its first steps are in the rate.
void Layer::step(float rate, float batch) {
  constexpr float kEpsilon = 1e-8f, kLeast = -128, kMost = 127; // Of si8.
  gradient /= batch;
  mean = kMeanDecay * mean + (1 - kMeanDecay) * gradient;
  square = kSquareDecay * square + (1 - kSquareDecay) * gradient.cwiseAbs2();
  weights.array() -= rate * mean.array() / (square.array().sqrt() + kEpsilon);
  weights = weights.cwiseMax(kLeast).cwiseMin(kMost);
  gradient.setZero();
}

Student::Student(NetworkOp network) {
  for (Operation *op : network.getTopologicalOrder())
    if (auto neurons = dyn_cast<spk::FixedCubaLIFOp>(op))
      layers.emplace_back(neurons.getInput().getDefiningOp<LinearOp>(), neurons);
  traces.resize(layers.size());
}

void Student::round() {
  for (Layer &layer : layers)
    layer.rounded = layer.weights.array().round().matrix();
}

void Student::run(const Sample &sample) {
  for (auto [index, layer] : llvm::enumerate(layers)) {
    Eigen::MatrixXf delivered = Eigen::MatrixXf::Zero(layer.weights.rows(), sample.steps);
    if (index == 0)
      for (const Event &event : sample.events)
        delivered.col(event.step) += layer.rounded.col(event.element) * event.value;
    else
      delivered.noalias() = layer.rounded * traces[index - 1].spikes;
    Trace &trace = traces[index];
    trace.membrane.resizeLike(delivered);
    trace.spikes.resizeLike(delivered);
    Eigen::ArrayXf u = Eigen::ArrayXf::Zero(delivered.rows()), v = u;
    for (int64_t step = 0; step < sample.steps; ++step) {
      u = layer.decayU * u + layer.scale * delivered.col(step).array();
      v = layer.decayV * v + u + layer.bias;
      trace.membrane.col(step) = v;
      trace.spikes.col(step) = (v > 1).cast<float>();
      v *= 1 - trace.spikes.col(step).array();
    }
  }
}

static Eigen::VectorXf getShares(const Eigen::VectorXf &counts) {
  Eigen::VectorXf shares = ((counts.array() - counts.maxCoeff()) * kTemperature).exp();
  return shares / shares.sum();
}

/// Adds the gradient of the cross entropy with the teacher's shares.
void Student::learn(const Sample &sample) {
  run(sample);
  Eigen::VectorXf slope = getShares(traces.back().spikes.rowwise().sum()) - getShares(sample.counts);
  Eigen::MatrixXf ofSpikes = (slope * kTemperature).replicate(1, sample.steps);
  for (size_t index = layers.size(); index-- > 0;) {
    Layer &layer = layers[index];
    const Trace &trace = traces[index];
    Eigen::MatrixXf ofDelivered(ofSpikes.rows(), ofSpikes.cols());
    Eigen::ArrayXf ofV = Eigen::ArrayXf::Zero(ofSpikes.rows()), ofU = ofV;
    for (int64_t step = sample.steps; step-- > 0;) {
      const Eigen::ArrayXf sigmoid = (1 + kSlope * (trace.membrane.col(step).array() - 1).abs()).square().inverse();
      ofV = ofSpikes.col(step).array() * sigmoid + ofV * (1 - trace.spikes.col(step).array());
      ofU = ofV + layer.decayU * ofU;
      ofV *= layer.decayV;
      ofDelivered.col(step) = ofU * layer.scale;
    }
    if (index > 0) {
      layer.gradient.noalias() += ofDelivered * traces[index - 1].spikes.transpose();
      ofSpikes = layer.rounded.transpose() * ofDelivered;
    } else {
      for (const Event &event : sample.events)
        layer.gradient.col(event.element) += ofDelivered.col(event.step) * event.value;
    }
  }
}

void Student::step(float rate, float batch) {
  for (Layer &layer : layers)
    layer.step(rate, batch);
}

void Student::write() const {
  for (const Layer &layer : layers) {
    std::vector<double> numbers;
    for (int64_t row = 0; row < layer.rounded.rows(); ++row)
      for (int64_t column = 0; column < layer.rounded.cols(); ++column)
        numbers.push_back(layer.rounded(row, column));
    layer.getParameter().set(makeElements(layer.getParameter().get().getShapedType(), numbers));
  }
}

static llvm::Expected<std::vector<Sample>> readSamples(NetworkOp teacher, const Dataset &data,
                                                       const DistillationOptions &options) {
  const int64_t inputs = cast<RankedTensorType>(teacher.getArgumentTypes()[0]).getNumElements();
  Value output = teacher.getBody().front().getTerminator()->getOperand(0);
  const int64_t outputs = cast<RankedTensorType>(output.getType()).getNumElements();
  std::vector<Sample> samples(data.getSamples());
  auto take = [&](int64_t index, int64_t steps, SignalSteps values) {
    Sample &sample = samples[index];
    if (sample.steps == 0)
      sample.counts = Eigen::VectorXf::Zero(outputs);
    for (int64_t i = 0; i < steps * inputs; ++i)
      if (values[0][i] != 0)
        sample.events.push_back({uint32_t(sample.steps + i / inputs), uint32_t(i % inputs), float(values[0][i])});
    for (int64_t i = 0; i < steps * outputs; ++i)
      sample.counts[i % outputs] += float(values[1][i]);
    sample.steps += steps;
  };
  if (llvm::Error error =
          runSignals(teacher, {teacher.getBody().getArgument(0), output}, data, options.engine, options.samples, take))
    return std::move(error);
  llvm::erase_if(samples, [](const Sample &sample) { return sample.steps == 0; });
  return std::move(samples);
}

llvm::Error lle::distil(NetworkOp network, NetworkOp teacher, const Dataset &data, const DistillationOptions &options) {
  llvm::Expected<std::vector<Sample>> samples = readSamples(teacher, data, options);
  if (!samples)
    return samples.takeError();
  Student student(network);
  std::mt19937_64 random(options.seed);
  const int64_t count = int64_t(samples->size()), batches = llvm::divideCeil(count, kBatch);
  std::vector<int64_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  double done = 0;
  for (int64_t epoch = 0; epoch < options.epochs; ++epoch) {
    for (int64_t i = count - 1; i > 0; --i)
      std::swap(order[i], order[random() % uint64_t(i + 1)]);
    for (int64_t first = 0; first < count; first += kBatch) {
      ArrayRef<int64_t> batch = ArrayRef(order).slice(first, std::min(kBatch, count - first));
      student.round();
      for (int64_t index : batch)
        student.learn((*samples)[index]);
      ++done;
      const double cosine = 0.5 * (1 + std::cos(M_PI * done / double(options.epochs * batches)));
      const double correction = std::sqrt(1 - std::pow(kSquareDecay, done)) / (1 - std::pow(kMeanDecay, done));
      student.step(float(options.rate * cosine * correction), float(batch.size()));
    }
  }
  student.round();
  student.write();
  return llvm::Error::success();
}
