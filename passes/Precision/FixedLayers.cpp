//===- FixedLayers.cpp - layers from floats to fixed point ----------------===//
#include "passes/Precision/FixedLayers.h"

#include <cmath>

using namespace mlir;
using namespace lle;

/// The largest number of 16 bits that a value of symmetric range uses.
static constexpr double kLargest = INT16_MAX;
/// lecun_tanh is `kLecunScale tanh(kLecunSlope x)`.
static constexpr double kLecunScale = 1.7159, kLecunSlope = 0.666;

int64_t lle::roundHalfUp(double value) { return int64_t(std::floor(value + 0.5)); }

std::optional<double> lle::getLargestResult(Activation function) {
  std::optional<Limits> range = getRange(function);
  if (!range || !std::isfinite(range->lower) || !std::isfinite(range->upper))
    return std::nullopt;
  return std::max(std::abs(range->lower), std::abs(range->upper));
}

bool lle::isFixedFunction(Activation function) {
  return function != Activation::gelu && function != Activation::softplus;
}

DenseElementsAttr lle::makeIntegers(OpBuilder &builder, ArrayRef<int64_t> shape, ArrayRef<int64_t> values,
                                    unsigned bits) {
  SmallVector<APInt> numbers;
  for (int64_t value : values)
    numbers.emplace_back(bits, uint64_t(value), /*isSigned=*/true);
  return DenseElementsAttr::get(RankedTensorType::get(shape, builder.getIntegerType(bits)), numbers);
}

RankedTensorType lle::getFixedType(OpBuilder &builder, int64_t size) {
  return RankedTensorType::get({size}, builder.getIntegerType(16, /*isSigned=*/true));
}

Numbers lle::getLargestSums(const FixedValue &input, const RealLayer &layer) {
  Numbers sums;
  for (auto [row, bias] : llvm::enumerate(layer.bias)) {
    double sum = std::abs(bias);
    for (int64_t i = 0; i < input.size(); ++i)
      sum += std::abs(layer.weights[row * input.size() + i]) * input.magnitude[i];
    sums.push_back(sum);
  }
  return sums;
}

namespace {
/// `function(factor x)` with the argument and the result in units; 0 where the range decides.
struct Table {
  FixedFunction function;
  double factor, argument, scale;
};
} // namespace

static Table getTable(Activation function) {
  double fraction = std::ldexp(1.0, -kFractionBits), sigmoid = std::ldexp(1.0, -kSigmoidBits),
         tanh = std::ldexp(1.0, -kTanhBits);
  switch (function) {
  case Activation::linear:
    return {FixedFunction::linear, 1, 0, 0};
  case Activation::relu:
    return {FixedFunction::relu, 1, 0, 0};
  case Activation::tanh:
    return {FixedFunction::tanh, 1, tanh, fraction};
  case Activation::lecun_tanh:
    return {FixedFunction::tanh, kLecunSlope, tanh, kLecunScale * fraction};
  case Activation::sigmoid:
    return {FixedFunction::sigmoid, 1, sigmoid, fraction};
  case Activation::silu:
    return {FixedFunction::silu, 1, sigmoid, sigmoid};
  case Activation::gelu:
  case Activation::softplus:
    break;
  }
  llvm_unreachable("asked for by isFixedFunction");
}

namespace {
/// The integers of one row of a layer.
struct FixedRow {
  SmallVector<int64_t> weights;
  int64_t bias, multiplier, shift;
};
} // namespace

/// `weights` are of the integers of the input; the result is in multiples of `unit`.
static FixedRow quantizeRow(ArrayRef<double> weights, double bias, double unit, const FixedOptions &options) {
  double largest = 0, sum = std::abs(bias);
  for (double weight : weights) {
    largest = std::max(largest, std::abs(weight));
    sum += std::abs(weight) * 32768;
  }
  // Each weight may be rounded up by a half, the bias as well.
  double limit = double(INT32_MAX) - 1 - 16384.0 * double(weights.size());
  assert(limit > 0 && "more inputs than sums of 32 bits take");
  double own = std::max(largest / double(options.getLargestWeight()), sum / limit);
  if (own == 0)
    own = unit; // nothing comes in
  FixedRow row;
  if (options.powersOfTwo) {
    int64_t power = int64_t(std::ceil(std::log2(own / unit)));
    power = std::clamp<int64_t>(power, -62, 29);
    own = unit * std::ldexp(1.0, int(power));
    row.multiplier = power < 0 ? 1 : int64_t(1) << (power + 1);
    row.shift = power < 0 ? -power : 1;
  } else {
    double ratio = own / unit;
    row.shift = std::clamp<int64_t>(30 - int64_t(std::floor(std::log2(ratio))), 1, 62);
    double multiplier = std::floor(std::ldexp(ratio, int(row.shift)) + 0.5);
    row.multiplier = int64_t(std::clamp(multiplier, 1.0, double(INT32_MAX)));
  }
  for (double weight : weights)
    row.weights.push_back(roundHalfUp(weight / own));
  row.bias = roundHalfUp(bias / own);
  return row;
}

FixedValue lle::addFixedLayer(OpBuilder &builder, Location loc, const FixedValue &input, const RealLayer &layer,
                              Activation function, const FixedOptions &options, ArrayRef<double> magnitude) {
  Table table = getTable(function);
  int64_t inputs = input.size(), outputs = layer.bias.size();
  FixedValue result;
  Numbers sums = getLargestSums(input, layer);
  SmallVector<int64_t> weights, bias, multiplier, shift;
  for (int64_t output = 0; output < outputs; ++output) {
    SmallVector<double> row;
    double start = layer.bias[output];
    for (int64_t i = 0; i < inputs; ++i) {
      double weight = layer.weights[output * inputs + i];
      row.push_back(weight * input.unit[i] * table.factor);
      start += weight * input.offset[i];
    }
    double argument = table.argument, scale = table.scale, bound = magnitude.empty() ? sums[output] : magnitude[output];
    if (argument == 0)
      argument = scale = bound > 0 ? bound / kLargest : 1;
    FixedRow fixed = quantizeRow(row, start * table.factor, argument, options);
    llvm::append_range(weights, fixed.weights);
    bias.push_back(fixed.bias);
    multiplier.push_back(fixed.multiplier);
    shift.push_back(fixed.shift);
    result.unit.push_back(scale);
    result.offset.push_back(0);
    result.magnitude.push_back(std::min(getLargestResult(function).value_or(sums[output]), scale * 32768));
  }
  auto each = [&](ArrayRef<int64_t> values, unsigned bits) {
    if (llvm::all_equal(values))
      values = values.take_front();
    return makeIntegers(builder, {int64_t(values.size())}, values, bits);
  };
  StringAttr name = layer.name.empty() ? StringAttr() : builder.getStringAttr(layer.name);
  result.value =
      FixedAffineOp::create(builder, loc, getFixedType(builder, outputs), input.value, table.function,
                            makeIntegers(builder, {outputs, inputs}, weights, options.weightBits),
                            makeIntegers(builder, {outputs}, bias, 32), each(multiplier, 32), each(shift, 8), name);
  return result;
}

FixedValue lle::concatenate(OpBuilder &builder, Location loc, ArrayRef<FixedValue> parts) {
  if (parts.size() == 1)
    return parts.front();
  FixedValue all;
  SmallVector<Value> values;
  for (const FixedValue &part : parts) {
    values.push_back(part.value);
    llvm::append_range(all.unit, part.unit);
    llvm::append_range(all.offset, part.offset);
    llvm::append_range(all.magnitude, part.magnitude);
  }
  all.value = ConcatOp::create(builder, loc, getFixedType(builder, all.size()), values, StringAttr());
  return all;
}
