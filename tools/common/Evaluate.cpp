//===- Evaluate.cpp - how right the outputs are ---------------------------===//
#include "tools/common/Evaluate.h"

#include "llvm/ADT/STLExtras.h"

using namespace lle;
using llvm::ArrayRef;
using llvm::Expected;

static int64_t getLargest(ArrayRef<double> values) {
  return std::max_element(values.begin(), values.end()) - values.begin();
}

static double getMeanSquaredError(ArrayRef<double> a, ArrayRef<double> b) {
  double sum = 0;
  for (auto [x, y] : llvm::zip_equal(a, b))
    sum += (x - y) * (x - y);
  return sum / a.size();
}

/// The class of each step, or, where `perStep` is false, of each sample.
static std::vector<int64_t> classify(const Trace &output, bool isSpike, bool perStep, int64_t samples, int64_t steps) {
  size_t elements = output.values.size() / (samples * steps);
  auto getStep = [&](int64_t index) { return ArrayRef(output.values).slice(index * elements, elements); };
  std::vector<int64_t> classes;
  for (int64_t sample = 0; sample < samples; ++sample) {
    if (perStep) {
      for (int64_t step = 0; step < steps; ++step)
        classes.push_back(getLargest(getStep(sample * steps + step)));
      continue;
    }
    if (!isSpike) {
      classes.push_back(getLargest(getStep(sample * steps + steps - 1)));
      continue;
    }
    std::vector<double> counts(elements);
    for (int64_t step = 0; step < steps; ++step)
      for (auto [count, value] : llvm::zip_equal(counts, getStep(sample * steps + step)))
        count += value;
    classes.push_back(getLargest(counts));
  }
  return classes;
}

Expected<double> lle::evaluate(MetricKind kind, const Trace &output, const runtime::Port &port, int64_t samples,
                               int64_t steps, const runtime::Array &labels, const std::string &labelsName) {
  auto refuse = [&](const std::string &reason) {
    return llvm::createStringError(labelsName + ": " + reason + ", got labels of shape " + formatShape(labels.shape));
  };
  Expected<Values> expected = toValues(labels, labelsName);
  if (!expected)
    return expected.takeError();
  std::vector<int64_t> outputShape = getRecordedShape(port, samples, steps);
  if (port.emitsLast)
    steps = 1;
  llvm::append_range(outputShape, port.shape);
  if (kind == MetricKind::MeanSquaredError) {
    if (labels.shape != outputShape)
      return refuse("mse needs the shape of the output, " + formatShape(outputShape));
    return getMeanSquaredError(output.values, *expected);
  }

  bool perStep = !port.emitsLast && labels.shape == std::vector<int64_t>{samples, steps};
  if (!perStep && labels.shape != std::vector<int64_t>{samples})
    return refuse("expected the shape " + formatShape({samples}) +
                  (port.emitsLast ? "" : " or " + formatShape({samples, steps})));
  if (perStep && port.isSpike)
    return refuse("a spiking output has one class per sample: the largest spike count over all steps");
  size_t elements = output.values.size() / (samples * steps);
  if (elements < 2)
    return refuse("output '" + port.name + "' has one element, which tells no classes apart");
  for (auto [index, label] : llvm::enumerate(*expected))
    if (!(label >= 0 && label < elements) || label != int64_t(label))
      return refuse("label " + std::to_string(index) + " is " + formatNumber(label) + "; the classes are 0 to " +
                    std::to_string(elements - 1));

  std::vector<int64_t> classes = classify(output, port.isSpike, perStep, samples, steps);
  double right = 0, both = 0, either = 0;
  for (auto [found, label] : llvm::zip_equal(classes, *expected)) {
    right += found == label;
    both += found == 1 && label == 1;
    either += (found == 1) + (label == 1);
  }
  if (kind == MetricKind::Accuracy)
    return right / classes.size();
  return either == 0 ? 0 : 2 * both / either; // F1 = 2 TP / (2 TP + FP + FN)
}
