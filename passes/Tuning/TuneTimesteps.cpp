//===- TuneTimesteps.cpp - as few time steps as keep the metric -----------===//
#include "passes/Analysis/Requirement.h"
#include "passes/Analysis/Text.h"
#include "passes/Tuning/EarlyExit.h"
#include "passes/Tuning/Passes.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Remarks.h"

namespace lle {
#define GEN_PASS_DEF_TUNETIMESTEPS
#include "passes/Tuning/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

namespace {
struct TuneTimesteps : EvaluatingPass<lle::impl::TuneTimestepsBase<TuneTimesteps>> {
  using EvaluatingPass::EvaluatingPass;

private:
  llvm::Error tune(NetworkOp network) override;
  void write(NetworkOp network, const Evaluator &evaluator, ArrayRef<double> metrics, const EarlyExit &found);
};
} // namespace

llvm::Error TuneTimesteps::tune(NetworkOp network) {
  if (earlyExit && isError(metric))
    return llvm::createStringError("early-exit is for accuracy and f1: a margin is one between classes");
  Requirement requirement = getRequirement();
  llvm::Expected<std::unique_ptr<Evaluator>> evaluator = createEvaluator(network, requirement);
  if (!evaluator)
    return evaluator.takeError();
  llvm::Expected<std::vector<Beginnings>> samples = (*evaluator)->runEachLength(network);
  if (!samples)
    return samples.takeError();
  std::vector<double> metrics = getMetricOfEachLength(*samples, metric);

  double required = requirement.getBound(metrics.back());
  int64_t fewest = int64_t(metrics.size());
  while (fewest > 0 && (*evaluator)->isAtLeast(metrics[fewest - 1], required))
    --fewest;
  if (fewest == int64_t(metrics.size())) {
    auto best = isError(metric) ? llvm::min_element(metrics) : llvm::max_element(metrics);
    return llvm::createStringError(getMetricName(metric) + " " + formatNumber(required) + " is not met by " +
                                   Twine(metrics.size()) + " steps, which give " + formatNumber(metrics.back()) +
                                   "; the nearest is " + formatNumber(*best) + ", with " +
                                   Twine(best - metrics.begin() + 1));
  }
  EarlyExit found{fewest + 1, 0, metrics[fewest], double(fewest + 1)};
  if (earlyExit)
    found = findEarlyExit(*samples, fewest + 1, metric, required);
  write(network, **evaluator, metrics, found);
  return llvm::Error::success();
}

/// The position of the output that counts.
static unsigned findOutput(NetworkOp network, StringRef name) {
  unsigned index = 0;
  while (!name.empty() && network.getOutputName(index) != name)
    ++index;
  return index;
}

void TuneTimesteps::write(NetworkOp network, const Evaluator &evaluator, ArrayRef<double> metrics,
                          const EarlyExit &found) {
  network.setSteps(found.steps);
  Builder b(network.getContext());
  // A margin of before was one of other steps.
  for (unsigned index = 0; index < network.getResultTypes().size(); ++index)
    network.removeResultAttr(index, b.getStringAttr(kExitMarginAttr));
  if (found.margin > 0)
    network.setResultAttr(findOutput(network, output), kExitMarginAttr, b.getF64FloatAttr(found.margin));
  NamedAttrList facts;
  facts.append("after", b.getF64FloatAttr(found.metric));
  facts.append("before", b.getF64FloatAttr(metrics.back()));
  facts.append("dataset", b.getStringAttr(evaluator.getData().getName()));
  facts.append("engine", b.getStringAttr(engine));
  if (earlyExit)
    facts.append("mean_steps", b.getF64FloatAttr(found.meanSteps));
  facts.append("metric", b.getStringAttr(getMetricName(metric)));
  facts.append("samples", b.getI64IntegerAttr(evaluator.getSamples()));
  facts.append("steps_before", b.getI64IntegerAttr(metrics.size()));
  network->setAttr(kTimestepsAttr, facts.getDictionary(network.getContext()));

  remark::passed(network.getLoc(), remark::RemarkOpts::name("Fewer").category("timesteps"))
      << remark::metric("Network", network.getName()) << remark::metric("StepsBefore", int64_t(metrics.size()))
      << remark::metric("Steps", found.steps) << remark::metric("Metric", getMetricName(metric))
      << remark::metric("Before", metrics.back()) << remark::metric("After", found.metric)
      << remark::metric("Samples", evaluator.getSamples());
  if (!earlyExit)
    return;
  if (found.margin > 0)
    remark::passed(network.getLoc(), remark::RemarkOpts::name("EarlyExit").category("timesteps"))
        << remark::metric("Network", network.getName()) << remark::metric("Margin", found.margin)
        << remark::metric("MeanSteps", found.meanSteps) << remark::metric("Steps", found.steps);
  else
    remark::missed(network.getLoc(), remark::RemarkOpts::name("EarlyExit").category("timesteps"))
        << remark::metric("Network", network.getName()) << remark::metric("Steps", found.steps)
        << remark::reason("no margin lets a sample end earlier and keeps the metric");
}
