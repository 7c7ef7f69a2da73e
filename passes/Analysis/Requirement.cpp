//===- Requirement.cpp - what tuning passes must keep ---------------------===//
#include "passes/Analysis/Requirement.h"
#include "passes/Analysis/Text.h"

#include <cmath>

using namespace mlir;
using namespace lle;

double Requirement::getBound(double before) const {
  if (minAccuracy)
    return *minAccuracy;
  double drop = maxDrop.value_or(0);
  return isError(evaluation.metric) ? before + drop : before - drop;
}

/// The standard normal distribution is below this with the probability.
static double getNormalQuantile(double probability) {
  double low = -40, high = 40;
  while (true) {
    double middle = (low + high) / 2;
    if (middle <= low || middle >= high)
      return middle;
    (std::erfc(-middle / std::sqrt(2.0)) / 2 < probability ? low : high) = middle;
  }
}

bool Requirement::isMet(ArrayRef<Score> before, ArrayRef<Score> after, double confidence) const {
  if (evaluation.metric == Metric::F1) {
    Score first, last;
    for (auto [x, y] : llvm::zip_equal(before, after)) {
      first += x;
      last += y;
    }
    return last.get(Metric::F1) >= getBound(first.get(Metric::F1));
  }
  double sum = 0, squares = 0;
  for (auto [x, y] : llvm::zip_equal(before, after)) {
    double lost = isError(evaluation.metric) ? y.get(evaluation.metric) : -y.get(evaluation.metric);
    if (!minAccuracy)
      lost -= isError(evaluation.metric) ? x.get(evaluation.metric) : -x.get(evaluation.metric);
    sum += lost;
    squares += lost * lost;
  }
  const double count = double(after.size());
  if (count == 0)
    return true;
  const double mean = sum / count, variance = std::max(0.0, squares / count - mean * mean);
  const double limit = minAccuracy ? -*minAccuracy : maxDrop.value_or(0);
  // Sums of fractions are not exact.
  constexpr double kRounding = 1e-12;
  double margin = confidence == 0.5 ? 0 : getNormalQuantile(confidence) * std::sqrt(variance / count);
  return mean + margin <= limit + kRounding;
}

llvm::Expected<Baseline> lle::checkBaseline(double metric, const Evaluator &evaluator, const Requirement &requirement) {
  const double required = requirement.getBound(metric);
  if (!evaluator.isAtLeast(metric, required))
    return llvm::createStringError(getMetricName(requirement.evaluation.metric) + " " + formatNumber(required) +
                                   " is not met by the network as it is, which gives " + formatNumber(metric));
  return Baseline{metric, required};
}

llvm::Expected<Baseline> lle::measureBaseline(NetworkOp network, Evaluator &evaluator, const Requirement &requirement) {
  llvm::Expected<Evaluation> evaluation = evaluator.evaluate(network);
  if (!evaluation)
    return evaluation.takeError();
  return checkBaseline(evaluation->metric, evaluator, requirement);
}

static llvm::Error check(const Requirement &requirement) {
  if (requirement.dataset.empty())
    return llvm::createStringError("dataset=FILE is missing, inputs on which the metric is measured");
  if (requirement.evaluation.samples < 0)
    return llvm::createStringError("samples must not be negative, got " + Twine(requirement.evaluation.samples));
  if (requirement.maxDrop && !(*requirement.maxDrop >= 0))
    return llvm::createStringError("max-drop must not be negative, got " + formatNumber(*requirement.maxDrop));
  if (requirement.minAccuracy && isError(requirement.evaluation.metric))
    return llvm::createStringError("min-accuracy is for accuracy and f1; for mse say max-drop");
  if (requirement.minAccuracy && !(*requirement.minAccuracy >= 0 && *requirement.minAccuracy <= 1))
    return llvm::createStringError("min-accuracy must be from 0 to 1, got " + formatNumber(*requirement.minAccuracy));
  if (requirement.minAccuracy && requirement.maxDrop)
    return llvm::createStringError("say either min-accuracy or max-drop");
  return llvm::Error::success();
}

llvm::Expected<std::unique_ptr<Evaluator>> lle::createEvaluator(NetworkOp network, const Requirement &requirement) {
  if (llvm::Error error = check(requirement))
    return std::move(error);
  llvm::Expected<std::unique_ptr<Dataset>> data = readDataset(requirement.dataset, network, requirement.recordings);
  if (!data)
    return data.takeError();
  return Evaluator::create(network, std::move(*data), requirement.evaluation);
}
