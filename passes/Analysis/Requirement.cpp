//===- Requirement.cpp - what tuning passes must keep ---------------------===//
#include "passes/Analysis/Requirement.h"
#include "dialects/LLE/LLEOps.h"
#include "passes/Analysis/Text.h"

using namespace mlir;
using namespace lle;

double Requirement::getBound(double before) const {
  if (minAccuracy)
    return *minAccuracy;
  double drop = maxDrop.value_or(0);
  return isError(evaluation.metric) ? before + drop : before - drop;
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
  llvm::Expected<std::unique_ptr<Dataset>> data = readArrays(requirement.dataset, network);
  if (!data)
    return data.takeError();
  return Evaluator::create(network, std::move(*data), requirement.evaluation);
}
