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

/// What a weight of 1 stands for, so that the largest one fits, and the sum of all at full scale.
static double getRowUnit(double largest, ArrayRef<double> weights, double bias, const FixedOptions &options) {
  double sum = std::abs(bias);
  for (double weight : weights)
    sum += std::abs(weight) * 32768;
  // Each weight may be rounded up by a half, the bias as well.
  double limit = double(INT32_MAX) - 1 - 16384.0 * double(weights.size());
  assert(limit > 0 && "more inputs than sums of 32 bits take");
  return std::max(largest / double(options.getLargestWeight()), sum / limit);
}

/// How many columns each input gets. The column is split whose splitting makes the units of rows smaller most, in the
/// sum of their squares, because that is what the errors of rounding are in proportion to.
static SmallVector<int64_t> splitColumns(ArrayRef<Numbers> rows, ArrayRef<double> bias, int64_t inputs,
                                         const FixedOptions &options) {
  SmallVector<int64_t> copies(inputs, 1);
  for (auto extra = int64_t(options.split * double(inputs)); extra > 0; --extra) {
    Numbers gains(inputs, 0);
    for (auto [row, start] : llvm::zip_equal(rows, bias)) {
      double first = 0, second = 0;
      int64_t column = 0;
      for (auto [i, weight] : llvm::enumerate(row)) {
        double part = std::abs(weight) / double(copies[i]);
        if (part > first) {
          second = std::exchange(first, part);
          column = int64_t(i);
        } else {
          second = std::max(second, part);
        }
      }
      if (second == 0) // the largest weight is rounded to itself, and there is no other
        continue;
      double next = std::max(second, first * double(copies[column]) / double(copies[column] + 1)),
             before = getRowUnit(first, row, start, options), after = getRowUnit(next, row, start, options);
      gains[column] += before * before - after * after;
    }
    auto best = llvm::max_element(gains);
    if (best == gains.end() || !(*best > 0))
      break;
    ++copies[best - gains.begin()];
  }
  return copies;
}

/// `weights` are of the integers of the input, of which some have several columns; the result is in multiples of
/// `unit`. `round` gets what a weight of 1 stands for, and gives the integers of all weights.
static FixedRow quantizeRow(ArrayRef<double> weights, double bias, double unit, ArrayRef<int64_t> copies,
                            const FixedOptions &options, llvm::function_ref<std::vector<int64_t>(double)> round) {
  double largest = 0;
  for (auto [weight, count] : llvm::zip_equal(weights, copies))
    largest = std::max(largest, std::abs(weight) / double(count));
  double own = getRowUnit(largest, weights, bias, options);
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
  row.bias = roundHalfUp(bias / own);
  std::vector<int64_t> rounded = round(own);
  int64_t sum = std::abs(row.bias);
  for (int64_t weight : rounded)
    sum += std::abs(weight) << 15;
  // Compensation may make a row larger than its weights were.
  if (rounded.empty() || sum > INT32_MAX) {
    rounded.clear();
    for (double weight : weights)
      rounded.push_back(roundHalfUp(weight / own));
  }
  // A weight is rounded once, and its parts differ by one at most.
  SmallVector<int64_t> parts;
  for (auto [left, count] : llvm::zip_equal(rounded, copies))
    for (int64_t columns = count; columns > 0; --columns) {
      int64_t part = left / columns;
      (columns == count ? row.weights : parts).push_back(part);
      left -= part;
    }
  row.weights.append(parts);
  return row;
}

/// The elements, and behind them again those that have several columns.
static FixedValue repeatElements(OpBuilder &builder, Location loc, const FixedValue &input, ArrayRef<int64_t> copies) {
  SmallVector<FixedValue> parts{input};
  for (auto [i, count] : llvm::enumerate(copies))
    if (count > 1)
      parts.append(count - 1, slice(builder, loc, input, int64_t(i), 1));
  return concatenate(builder, loc, parts);
}

FixedValue lle::addFixedLayer(OpBuilder &builder, Location loc, const FixedValue &input, const RealLayer &layer,
                              Activation function, const FixedOptions &options, ArrayRef<double> magnitude) {
  Table table = getTable(function);
  int64_t inputs = input.size(), outputs = layer.bias.size();
  FixedValue result;
  Numbers sums = getLargestSums(input, layer);
  std::vector<Numbers> rows(outputs);
  Numbers starts = layer.bias;
  for (int64_t output = 0; output < outputs; ++output) {
    for (int64_t i = 0; i < inputs; ++i) {
      double weight = layer.weights[output * inputs + i];
      rows[output].push_back(weight * input.unit[i] * table.factor);
      starts[output] += weight * input.offset[i];
    }
    starts[output] *= table.factor;
  }
  SmallVector<int64_t> copies = splitColumns(rows, starts, inputs, options), weights, bias, multiplier, shift;
  SmallVector<int64_t> most =
      llvm::map_to_vector(copies, [&](int64_t count) { return count * options.getLargestWeight(); });
  for (int64_t output = 0; output < outputs; ++output) {
    double argument = table.argument, scale = table.scale, bound = magnitude.empty() ? sums[output] : magnitude[output];
    if (argument == 0)
      argument = scale = bound > 0 ? bound / kLargest : 1;
    auto round = [&](double own) -> std::vector<int64_t> {
      if (!layer.moments)
        return {};
      Numbers steps;
      for (double unit : input.unit)
        steps.push_back(unit == 0 ? 0 : own / (unit * table.factor));
      return roundRow(ArrayRef(layer.weights).slice(output * inputs, inputs), steps, most, *layer.moments, output,
                      outputs);
    };
    FixedRow fixed = quantizeRow(rows[output], starts[output], argument, copies, options, round);
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
  FixedValue columns = repeatElements(builder, loc, input, copies);
  StringAttr name = layer.name.empty() ? StringAttr() : builder.getStringAttr(layer.name);
  result.value =
      FixedAffineOp::create(builder, loc, getFixedType(builder, outputs), columns.value, table.function,
                            makeIntegers(builder, {outputs, columns.size()}, weights, options.weightBits),
                            makeIntegers(builder, {outputs}, bias, 32), each(multiplier, 32), each(shift, 8), name);
  return result;
}

FixedValue lle::slice(OpBuilder &builder, Location loc, const FixedValue &value, int64_t offset, int64_t count) {
  if (count == value.size())
    return value;
  auto part = [&](const Numbers &numbers) {
    return Numbers(numbers.begin() + offset, numbers.begin() + offset + count);
  };
  Value elements = SliceOp::create(builder, loc, getFixedType(builder, count), value.value,
                                   builder.getI64IntegerAttr(offset), StringAttr());
  return {elements, part(value.unit), part(value.offset), part(value.magnitude)};
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
