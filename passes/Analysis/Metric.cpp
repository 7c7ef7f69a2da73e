//===- Metric.cpp - how right outputs are ---------------------------------===//
#include "passes/Analysis/Metric.h"
#include "dialects/LLE/LLEOps.h"
#include "passes/Analysis/Text.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <cstring>
#include <limits>

using namespace mlir;
using namespace lle;

StringRef lle::getMetricName(Metric metric) {
  switch (metric) {
  case Metric::Accuracy:
    return "accuracy";
  case Metric::MeanSquaredError:
    return "mse";
  case Metric::F1:
    return "f1";
  }
  llvm_unreachable("all metrics are handled");
}

int64_t OutputFacts::getElements() const { return llvm::product_of(shape); }

OutputFacts lle::getOutputFacts(NetworkOp network, unsigned output) {
  auto type = cast<RankedTensorType>(network.getResultTypes()[output]);
  return {network.getOutputName(output), type.getShape().vec(), isSpikeElement(type.getElementType()),
          network.emitsLast(output)};
}

Score &Score::operator+=(const Score &other) {
  items += other.items;
  right += other.right;
  both += other.both;
  either += other.either;
  squaredError += other.squaredError;
  return *this;
}

Score &Score::operator-=(const Score &other) {
  items -= other.items;
  right -= other.right;
  both -= other.both;
  either -= other.either;
  squaredError -= other.squaredError;
  return *this;
}

double Score::get(Metric metric) const {
  switch (metric) {
  case Metric::Accuracy:
    return right / items;
  case Metric::MeanSquaredError:
    return squaredError / items;
  case Metric::F1:
    return either == 0 ? 0 : 2 * both / either;
  }
  llvm_unreachable("all metrics are handled");
}

static double getLargest(ArrayRef<double> values) {
  return double(std::max_element(values.begin(), values.end()) - values.begin());
}

double Decision::add(ArrayRef<double> values) {
  if (!counts.empty()) {
    for (auto [count, value] : llvm::zip_equal(counts, values))
      count += value;
    values = counts;
  }
  double first = -std::numeric_limits<double>::infinity(), second = first;
  for (double value : values) {
    if (std::isnan(value))
      return 0;
    second = std::max(second, std::min(first, value));
    first = std::max(first, value);
  }
  return first > second ? first - second : 0;
}

/// One element tells no classes apart.
static llvm::Error checkClasses(const OutputFacts &output) {
  if (output.getElements() > 1)
    return llvm::Error::success();
  return llvm::createStringError("output '" + output.name + "' has one element, which tells no classes apart");
}

llvm::Expected<Labels> Labels::read(Metric metric, const OutputFacts &output, int64_t samples, int64_t steps,
                                    const runtime::Array &array, const std::string &name) {
  auto refuse = [&](const Twine &reason) {
    return llvm::createStringError(name + ": " + reason + ", got labels of shape " + formatShape(array.shape));
  };
  runtime::Result<runtime::Array> converted = runtime::convertArray(array, runtime::DType::F64, name);
  if (!converted)
    return llvm::createStringError(converted.error().message);
  Values expected(converted->data.size() / sizeof(double));
  if (!expected.empty())
    std::memcpy(expected.data(), converted->data.data(), converted->data.size());

  std::vector<int64_t> shape{samples};
  if (!output.emitsLast)
    shape.push_back(steps);
  llvm::append_range(shape, output.shape);
  if (metric == Metric::MeanSquaredError) {
    if (array.shape != shape)
      return refuse("mse needs the shape of the output, " + formatShape(shape));
    return Labels(metric, output, samples, output.emitsLast, std::move(expected));
  }
  bool perStep = !output.emitsLast && array.shape == std::vector<int64_t>{samples, steps};
  if (!perStep && array.shape != std::vector<int64_t>{samples})
    return refuse("expected the shape " + formatShape({samples}) +
                  (output.emitsLast ? "" : " or " + formatShape({samples, steps})) +
                  (array.shape == shape ? " of classes (values, as these, need --metric=mse)" : ""));
  if (perStep && output.isSpike)
    return refuse("a spiking output has one class per sample: the largest spike count over all steps");
  if (llvm::Error error = checkClasses(output))
    return refuse(llvm::toString(std::move(error)));
  for (auto [index, label] : llvm::enumerate(expected))
    if (!(label >= 0 && label < double(output.getElements())) || label != std::trunc(label))
      return llvm::createStringError(name + ": label " + Twine(index) + " is " + formatNumber(label) +
                                     "; the classes are 0 to " + Twine(output.getElements() - 1));
  return Labels(metric, output, samples, !perStep, std::move(expected));
}

llvm::Expected<Labels> Labels::imitate(Metric metric, const OutputFacts &output, ArrayRef<Values> outputs) {
  bool perSample = output.emitsLast || (metric != Metric::MeanSquaredError && output.isSpike);
  Labels labels(metric, output, int64_t(outputs.size()), perSample, {});
  if (metric != Metric::MeanSquaredError)
    if (llvm::Error error = checkClasses(output))
      return std::move(error);
  for (const Values &values : outputs) {
    if (!perSample && values.size() != outputs.front().size())
      return llvm::createStringError("samples of different lengths have no common shape of labels for each step");
    if (metric != Metric::MeanSquaredError)
      llvm::append_range(labels.expected, labels.classify(values));
    else
      llvm::append_range(labels.expected,
                         perSample ? ArrayRef(values).take_back(output.getElements()) : ArrayRef(values));
  }
  return std::move(labels);
}

runtime::Array Labels::getArray() const {
  runtime::Array array{runtime::DType::F64, {samples}, {}};
  int64_t count = int64_t(expected.size()) / std::max<int64_t>(samples, 1);
  if (metric == Metric::MeanSquaredError) {
    if (!perSample)
      array.shape.push_back(count / output.getElements());
    llvm::append_range(array.shape, output.shape);
  } else if (!perSample) {
    array.shape.push_back(count);
  }
  auto bytes = reinterpret_cast<const uint8_t *>(expected.data());
  array.data.assign(bytes, bytes + expected.size() * sizeof(double));
  return array;
}

Values Labels::classify(ArrayRef<double> values) const {
  const size_t elements = output.getElements();
  if (output.emitsLast)
    values = values.take_back(elements);
  Values classes;
  if (!perSample) {
    for (size_t step = 0; step < values.size() / elements; ++step)
      classes.push_back(getLargest(values.slice(step * elements, elements)));
  } else if (!output.isSpike) {
    classes.push_back(getLargest(values.take_back(elements)));
  } else {
    Values counts(elements);
    for (auto [index, value] : llvm::enumerate(values))
      counts[index % elements] += value;
    classes.push_back(getLargest(counts));
  }
  return classes;
}

Score Labels::score(int64_t sample, ArrayRef<double> values) const {
  size_t count = expected.size() / samples;
  ArrayRef<double> meant = ArrayRef(expected).slice(sample * count, count);
  Score score;
  score.items = double(count);
  if (metric == Metric::MeanSquaredError) {
    if (output.emitsLast)
      values = values.take_back(count);
    for (auto [x, y] : llvm::zip_equal(values, meant))
      score.squaredError += (x - y) * (x - y);
    return score;
  }
  for (auto [found, label] : llvm::zip_equal(classify(values), meant)) {
    score.right += found == label;
    score.both += found == 1 && label == 1;
    score.either += (found == 1) + (label == 1);
  }
  return score;
}
