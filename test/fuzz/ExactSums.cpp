//===- ExactSums.cpp - networks in which the order of sums is nothing -----===//
#include "dialects/LLE/Layers.h"
#include "dialects/LLE/Quantization.h"
#include "dialects/Spk/Coding.h"
#include "dialects/Spk/SpkOps.h"
#include "reference/Elements.h"
#include "test/fuzz/RandomFixed.h"
#include "test/fuzz/RandomQuantized.h"
#include "test/fuzz/Trial.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;

namespace {
/// Numbers on a grid: multiples of 2^-bits of at most this magnitude.
struct Grid {
  double magnitude = 0;
  int bits = 0;
  bool known = true; ///< Otherwise any number.

  /// Whether all numbers, and so all partial sums of them, fit the significand of f32.
  bool isExact() const { return known && std::ldexp(magnitude, bits) <= 0x1p24; }

  bool operator==(const Grid &other) const {
    return magnitude == other.magnitude && bits == other.bits && known == other.known;
  }
};
} // namespace

/// Sums of `terms` elements.
static Grid sum(Grid grid, double terms) { return {grid.magnitude * terms, grid.bits, grid.known}; }
static Grid multiply(Grid a, Grid b) { return {a.magnitude * b.magnitude, a.bits + b.bits, a.known && b.known}; }
static Grid add(Grid a, Grid b) { return {a.magnitude + b.magnitude, std::max(a.bits, b.bits), a.known && b.known}; }

/// Elements of either.
static Grid join(Grid a, Grid b) {
  return {std::max(a.magnitude, b.magnitude), std::max(a.bits, b.bits), a.known && b.known};
}

static Grid getGrid(ArrayRef<double> values) {
  static constexpr int kMaxBits = 16;
  Grid grid;
  for (double value : values) {
    grid.magnitude = std::max(grid.magnitude, std::abs(value));
    while (grid.bits <= kMaxBits && std::ldexp(value, grid.bits) != std::round(std::ldexp(value, grid.bits)))
      ++grid.bits;
  }
  grid.known = grid.bits <= kMaxBits;
  return grid;
}

/// Sums of integers, which are exact modulo 2^32.
static Grid sumIntegers(Grid grid) { return {std::min(grid.magnitude, 0x1p31), 0, grid.known}; }

static std::vector<double> getScales(Value weights) {
  Type element = getElementTypeOrSelf(weights.getType());
  if (auto perTensor = dyn_cast<quant::UniformQuantizedType>(element))
    return {perTensor.getScale()};
  if (auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(element))
    return perAxis.getScales();
  return {};
}

namespace {
class GridAnalysis {
public:
  explicit GridAnalysis(NetworkOp network) : network(network) {}
  bool run();

private:
  NetworkOp network;
  llvm::DenseMap<Value, Grid> grids;
  bool exact = true; ///< Of the sums seen in the last round.

  Grid get(Value value) { return grids.lookup(value); }
  Grid sumUp(Value input, Grid weights, double terms, Grid bias = {}) {
    Grid result = add(sum(multiply(get(input), weights), terms), bias);
    exact &= get(input).isExact() && result.isExact();
    return result;
  }
  Grid compute(Operation *op);
  /// What one of the layers, encoders and decoders gives; none of another operation.
  std::optional<Grid> computeLayer(Operation *op);
};
} // namespace

std::optional<Grid> GridAnalysis::computeLayer(Operation *op) {
  auto isCounted = [&] { return isSpikeElement(getElementTypeOrSelf(op->getResult(0).getType())); };
  auto length = [](Value value) { return double(cast<ShapedType>(value.getType()).getNumElements()); };
  if (isa<MaxPool2dOp, BroadcastOp, ReshapeOp>(op))
    return get(op->getOperand(0));
  if (isa<AndOp, OrOp, NotOp, spk::EncodeRateOp, spk::EncodeLatencyOp, spk::EncodeDeltaOp>(op))
    return Grid{1, 0};
  if (auto real = dyn_cast<DequantizeOp>(op))
    return multiply(get(real.getInput()), getGrid(readElements(real.getScale())));
  if (isQuantized(op->getName()))
    return Grid{0x1p15, 0};
  if (auto norm = dyn_cast<BatchNormOp>(op)) {
    // It may become part of the synapse before it: then weights and bias are those of the map.
    ChannelMap map = getChannelMap(norm);
    return sumUp(norm.getInput(), getGrid(map.factor), 1, getGrid(map.offset));
  }
  if (auto mul = dyn_cast<MulOp>(op)) {
    Grid product = get(mul.getInputs().front());
    for (Value factor : mul.getInputs().drop_front())
      product = multiply(product, get(factor));
    return isCounted() ? sumIntegers(product) : product;
  }
  if (auto reduce = dyn_cast<ReduceOp>(op)) {
    if (reduce.getReduction() == Reduction::max)
      return get(reduce.getInput());
    double terms = length(reduce.getInput()) / length(reduce.getResult());
    if (isCounted())
      return sumIntegers(sum(get(reduce.getInput()), terms));
    Grid result = sumUp(reduce.getInput(), {1, 0}, terms);
    if (reduce.getReduction() == Reduction::mean) {
      result.known &= llvm::isPowerOf2_64(uint64_t(terms));
      result.bits += int(llvm::Log2_64(uint64_t(terms)));
    }
    return result;
  }
  if (auto product = dyn_cast<MatMulOp>(op)) {
    double terms = double(product.getDims().inner);
    if (isCounted())
      return sumIntegers(sum(multiply(get(product.getLhs()), get(product.getRhs())), terms));
    exact &= get(product.getRhs()).isExact();
    return sumUp(product.getLhs(), get(product.getRhs()), terms);
  }
  if (auto attention = dyn_cast<spk::SelfAttentionOp>(op)) {
    double terms = length(attention.getQuery()) / double(int64_t(attention.getHeads()));
    return multiply({terms, 0}, getGrid(attention.getScale().convertToDouble()));
  }
  if (auto population = dyn_cast<spk::DecodePopulationOp>(op)) {
    double terms = length(population.getInput()) / length(population.getResult());
    Grid result = sumUp(population.getInput(), {1, 0}, terms);
    if (population.getMean()) {
      result.known &= llvm::isPowerOf2_64(uint64_t(terms));
      result.bits += int(llvm::Log2_64(uint64_t(terms)));
    }
    return result;
  }
  if (isa<spk::DecodeSpikeCountOp, spk::DecodeFirstSpikeOp>(op) && isCounted())
    return Grid{0x1p31, 0};
  // They remember sums of any length.
  if (isa<spk::DecodeSpikeCountOp, spk::DecodeFirstSpikeOp, spk::DecodeMembraneOp>(op))
    return Grid{0, 0, /*known=*/false};
  return {};
}

Grid GridAnalysis::compute(Operation *op) {
  if (std::optional<Grid> layer = computeLayer(op))
    return *layer;
  if (auto weight = dyn_cast<WeightOp>(op))
    return getGrid(readElements(weight.getValue()));
  if (auto neuron = dyn_cast<NeuronOpInterface>(op)) {
    if (isSpikeElement(getElementTypeOrSelf(op->getResult(0).getType())) && !neuron.emitsSpikes())
      return {0x1p23, 0}; // a membrane in integers
    if (!neuron.emitsSpikes() || isa<FloatType>(getElementTypeOrSelf(op->getResult(0))))
      return {0, 0, /*known=*/false};
    if (isFixedNeuron(op->getName()) && !getElementTypeOrSelf(op->getResult(0)).isInteger(1))
      return {0x1p23, 0}; // a number of 24 bits
    return {getElementTypeOrSelf(op->getResult(0)).isInteger(1) ? 1 : kMaxCount, 0};
  }
  if (auto delay = dyn_cast<DelayOp>(op)) {
    return join(get(delay.getInput()), getGrid(delay.getInitial().convertToDouble()));
  }
  if (auto synapse = dyn_cast<SynapseOpInterface>(op)) {
    Grid bias = op->getNumOperands() > 2 ? get(op->getOperand(2)) : Grid();
    Grid weights = get(synapse.getSynapticWeights());
    double terms = double(synapse.getFanIn());
    if (isSpikeElement(getElementTypeOrSelf(op->getResult(0).getType())))
      return sumIntegers(add(sum(multiply(get(synapse.getSignal()), weights), terms), bias));
    if (std::vector<double> scales = getScales(synapse.getSynapticWeights()); !scales.empty())
      return add(multiply(sumIntegers(sum(multiply(get(synapse.getSignal()), weights), terms)), getGrid(scales)), bias);
    return sumUp(synapse.getSignal(), weights, terms, bias);
  }
  if (auto pool = dyn_cast<SumPool2dOp>(op); pool && isSpikeElement(pool.getType().getElementType()))
    return sumIntegers(sum(get(pool.getInput()), double(pool.getKernel()[0] * pool.getKernel()[1])));
  if (auto pool = dyn_cast<SumPool2dOp>(op))
    return sumUp(pool.getInput(), {1, 0}, double(pool.getKernel()[0] * pool.getKernel()[1]));
  if (auto pool = dyn_cast<AvgPool2dOp>(op)) {
    uint64_t taps = pool.getKernel()[0] * pool.getKernel()[1];
    Grid result = sumUp(pool.getInput(), {1, 0}, double(taps));
    return {result.magnitude, result.bits + int(llvm::Log2_64(taps)), result.known && llvm::isPowerOf2_64(taps)};
  }
  if (auto scale = dyn_cast<ScaleOp>(op))
    return multiply(get(scale.getInput()), get(scale.getFactor()));
  if (isa<FlattenOp, SliceOp, TransposeOp, ActivationOp>(op)) // linear and relu
    return get(op->getOperand(0));
  if (auto concat = dyn_cast<ConcatOp>(op)) {
    Grid result;
    for (Value input : concat.getInputs())
      result = join(result, get(input));
    return result;
  }
  Grid total;
  for (Value input : cast<AddOp>(op).getInputs())
    total = add(total, get(input));
  return isSpikeElement(getElementTypeOrSelf(op->getResult(0).getType())) ? sumIntegers(total) : total;
}

bool GridAnalysis::run() {
  // Loops that pass no population with a threshold may grow without end.
  static constexpr unsigned kMaxRounds = 4;
  for (BlockArgument argument : network.getBody().getArguments())
    grids[argument] = {4, kInputBits};
  for (unsigned round = 0; round < kMaxRounds; ++round) {
    bool changed = false;
    exact = true;
    for (Operation *op : network.getTopologicalOrder()) {
      if (isa<OutputOp>(op))
        continue;
      Grid grid = compute(op);
      changed |= !(grids.lookup(op->getResult(0)) == grid);
      grids[op->getResult(0)] = grid;
    }
    if (!changed)
      return exact;
  }
  return false;
}

bool lle::fuzz::hasExactSums(NetworkOp network) { return GridAnalysis(network).run(); }
