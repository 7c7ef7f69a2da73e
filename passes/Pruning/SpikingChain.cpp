//===- SpikingChain.cpp - a spiking network that is trained ---------------===//
//
// Backpropagation through time. A spike has the derivative of a fast sigmoid of the membrane, and a reset has none;
// what is computed forward has the rounded weights and the integers of spk.fixed_cuba_lif, whose derivative is that of
// the weights behind them and of decays that are not truncated. Membranes that are learned from are in units of the
// threshold.
//
//===----------------------------------------------------------------------===//
#include "passes/Pruning/SpikingChain.h"
#include "passes/Simplify/Weights.h"

#include <cmath>

using namespace mlir;
using namespace lle;

/// E. Neftci et al., Surrogate gradient learning in spiking neural networks, IEEE Signal Processing Magazine 36 (2019)
/// 51.
static constexpr float kSlope = 2;

/// Of Loihi's 13 bits with a sign.
static constexpr float kMostMantissa = 4095;

/// Of decays.
static constexpr double kDecayUnit = 4096;
/// Of 24 bits with a sign.
static constexpr double kPotentialLimit = 1 << 23;

static Eigen::ArrayXf readParameter(ElementsAttr elements) {
  std::vector<double> numbers = *readNumbers(elements);
  return Eigen::Map<const Eigen::ArrayXd>(numbers.data(), int64_t(numbers.size())).cast<float>();
}

SpikingChain::Layer::Layer(LinearOp synapse, spk::FixedCubaLIFOp neurons) : synapse(synapse), neurons(neurons) {
  constexpr float kShift = 64;
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  ElementsAttr elements = ParameterRef(synapse, 1).get();
  ArrayRef<int64_t> shape = elements.getShapedType().getShape();
  std::vector<double> numbers = *readNumbers(elements);
  weights.set(Eigen::Map<const RowMajor>(numbers.data(), shape[0], shape[1]).cast<float>());
  threshold = readParameter(neurons.getVThreshold()) * kShift;
  keptU = kDecayUnit - (readParameter(neurons.getDu()) + 1).cast<double>();
  keptV = kDecayUnit - readParameter(neurons.getDv()).cast<double>();
  weightUnit = kShift * std::exp2(float(neurons.getWeightExp().value_or(0)));
  scale = weightUnit / threshold;
  if (neurons.getBiasMantAttr()) {
    mantissa = readParameter(neurons.getBiasMantAttr());
    exponent = readParameter(neurons.getBiasExpAttr());
  } else {
    mantissa = Eigen::ArrayXf::Zero(threshold.size());
    // The largest mantissa is a threshold then.
    exponent = (threshold / kMostMantissa).unaryExpr([](float ratio) {
      return ratio <= 1 ? 0.0f : std::ceil(std::log2(ratio));
    });
  }
  // A bias stays below 24 bits.
  const Eigen::ArrayXf most = exponent.unaryExpr(
      [](float power) { return std::min(kMostMantissa, std::floor(float(kPotentialLimit - 1) / std::exp2(power))); });
  leastMantissa = mantissa.min(-most);
  mostMantissa = mantissa.max(most);
  biases.set(mantissa * exponent.unaryExpr([](float power) { return std::exp2(power); }) / threshold / scale);
}

void SpikingChain::Layer::round() {
  const Eigen::ArrayXf unit = exponent.unaryExpr([](float power) { return std::exp2(power); }) / threshold;
  rounded = weights.value.array().round().matrix();
  mantissa = (biases.value.col(0).array() * scale / unit).round().max(leastMantissa).min(mostMantissa);
  // A negative exponent shifts to the right.
  bias = (mantissa * exponent.unaryExpr([](float power) { return std::exp2(power); })).floor().cast<double>();
}

void SpikingChain::Trained::set(const Eigen::MatrixXf &start) {
  value = start;
  gradient = mean = square = Eigen::MatrixXf::Zero(start.rows(), start.cols());
}

void SpikingChain::Trained::step(float rate, float batch) {
  constexpr float kEpsilon = 1e-8f;
  gradient /= batch;
  mean = kMeanDecay * mean + (1 - kMeanDecay) * gradient;
  square = kSquareDecay * square + (1 - kSquareDecay) * gradient.cwiseAbs2();
  value.array() -= rate * mean.array() / (square.array().sqrt() + kEpsilon);
  gradient.setZero();
}

SpikingChain::SpikingChain(NetworkOp network, bool trainsBiases) : trainsBiases(trainsBiases) {
  for (Operation *op : network.getTopologicalOrder())
    if (auto neurons = dyn_cast<spk::FixedCubaLIFOp>(op))
      layers.emplace_back(neurons.getInput().getDefiningOp<LinearOp>(), neurons);
  traces.resize(layers.size());
}

void SpikingChain::round() {
  for (Layer &layer : layers)
    layer.round();
}

/// Integers of 24 bits, whose products with 13 bits doubles hold.
static Eigen::ArrayXd decay(const Eigen::ArrayXd &potential, const Eigen::ArrayXd &kept) {
  return (potential * kept / kDecayUnit).unaryExpr([](double value) { return std::trunc(value); });
}

/// Sums are taken to stay below 2^31, where the definition wraps them too.
static double wrap(double current) {
  if (current > kPotentialLimit)
    return current - 2 * kPotentialLimit;
  return current <= -kPotentialLimit ? current + 2 * kPotentialLimit : current;
}

Eigen::VectorXf SpikingChain::run(const SpikeSequence &sequence) {
  for (auto [index, layer] : llvm::enumerate(layers)) {
    Eigen::MatrixXf delivered = Eigen::MatrixXf::Zero(layer.rounded.rows(), sequence.steps);
    if (index == 0)
      for (const SpikeEvent &event : sequence.events)
        delivered.col(event.step) += layer.rounded.col(event.element) * event.value;
    else
      delivered.noalias() = layer.rounded * traces[index - 1].spikes;
    Trace &trace = traces[index];
    trace.membrane.resizeLike(delivered);
    trace.spikes.resizeLike(delivered);
    Eigen::ArrayXd u = Eigen::ArrayXd::Zero(delivered.rows()), v = u;
    const Eigen::ArrayXd threshold = layer.threshold.cast<double>();
    for (int64_t step = 0; step < sequence.steps; ++step) {
      u = (decay(u, layer.keptU) + double(layer.weightUnit) * delivered.col(step).array().cast<double>())
              .unaryExpr(&wrap);
      v = (decay(v, layer.keptV) + u + layer.bias).max(1 - kPotentialLimit).min(kPotentialLimit - 1);
      trace.membrane.col(step) = (v / threshold).cast<float>();
      trace.spikes.col(step) = (v > threshold).cast<float>();
      v *= 1 - trace.spikes.col(step).array().cast<double>();
    }
  }
  return traces.back().spikes.rowwise().sum();
}

void SpikingChain::learn(const SpikeSequence &sequence, const Eigen::VectorXf &slope) {
  Eigen::MatrixXf ofSpikes = slope.replicate(1, sequence.steps);
  for (size_t index = layers.size(); index-- > 0;) {
    Layer &layer = layers[index];
    const Trace &trace = traces[index];
    const Eigen::ArrayXf decayU = (layer.keptU / kDecayUnit).cast<float>(),
                         decayV = (layer.keptV / kDecayUnit).cast<float>();
    Eigen::MatrixXf ofDelivered(ofSpikes.rows(), ofSpikes.cols());
    Eigen::ArrayXf ofV = Eigen::ArrayXf::Zero(ofSpikes.rows()), ofU = ofV;
    for (int64_t step = sequence.steps; step-- > 0;) {
      const Eigen::ArrayXf sigmoid = (1 + kSlope * (trace.membrane.col(step).array() - 1).abs()).square().inverse();
      ofV = ofSpikes.col(step).array() * sigmoid + ofV * (1 - trace.spikes.col(step).array());
      layer.biases.gradient.col(0).array() += ofV * layer.scale;
      ofU = ofV + decayU * ofU;
      ofV *= decayV;
      ofDelivered.col(step) = ofU * layer.scale;
    }
    if (index > 0) {
      layer.weights.gradient.noalias() += ofDelivered * traces[index - 1].spikes.transpose();
      ofSpikes = layer.rounded.transpose() * ofDelivered;
    } else {
      for (const SpikeEvent &event : sequence.events)
        layer.weights.gradient.col(event.element) += ofDelivered.col(event.step) * event.value;
    }
  }
}

void SpikingChain::step(float rate, float batch) {
  constexpr float kLeast = -128, kMost = 127; // Of si8.
  for (Layer &layer : layers) {
    layer.weights.step(rate, batch);
    layer.weights.value = layer.weights.value.cwiseMax(kLeast).cwiseMin(kMost);
    if (trainsBiases)
      layer.biases.step(rate, batch);
  }
}

static std::vector<double> listNumbers(const Eigen::ArrayXf &numbers) { return {numbers.begin(), numbers.end()}; }

void SpikingChain::write() const {
  for (Layer layer : layers) {
    std::vector<double> numbers;
    for (int64_t row = 0; row < layer.rounded.rows(); ++row)
      for (int64_t column = 0; column < layer.rounded.cols(); ++column)
        numbers.push_back(layer.rounded(row, column));
    ParameterRef weights(layer.synapse, 1);
    weights.set(makeElements(weights.get().getShapedType(), numbers));
    if (!trainsBiases)
      continue;
    ShapedType type = layer.neurons.getVThreshold().getShapedType();
    type = type.clone(IntegerType::get(type.getContext(), 32)); // the threshold's may be too narrow
    layer.neurons.setBiasMantAttr(makeElements(type, listNumbers(layer.mantissa)));
    layer.neurons.setBiasExpAttr(makeElements(type, listNumbers(layer.exponent)));
  }
}
