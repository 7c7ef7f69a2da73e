//===- TuneTimesteps.cpp - as few time steps as keep the metric -----------===//
#include "passes/Analysis/Requirement.h"
#include "passes/Analysis/Text.h"
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
  void write(NetworkOp network, const Evaluator &evaluator, ArrayRef<double> metrics, int64_t steps);
};
} // namespace

llvm::Error TuneTimesteps::tune(NetworkOp network) {
  Requirement requirement = getRequirement();
  llvm::Expected<std::unique_ptr<Evaluator>> evaluator = createEvaluator(network, requirement);
  if (!evaluator)
    return evaluator.takeError();
  llvm::Expected<std::vector<double>> metrics = (*evaluator)->evaluateEachLength(network);
  if (!metrics)
    return metrics.takeError();

  double required = requirement.getBound(metrics->back());
  int64_t fewest = int64_t(metrics->size());
  while (fewest > 0 && (*evaluator)->isAtLeast((*metrics)[fewest - 1], required))
    --fewest;
  if (fewest == int64_t(metrics->size())) {
    auto best = isError(metric) ? llvm::min_element(*metrics) : llvm::max_element(*metrics);
    return llvm::createStringError(getMetricName(metric) + " " + formatNumber(required) + " is not met by " +
                                   Twine(metrics->size()) + " steps, which give " + formatNumber(metrics->back()) +
                                   "; the nearest is " + formatNumber(*best) + ", with " +
                                   Twine(best - metrics->begin() + 1));
  }
  write(network, **evaluator, *metrics, fewest + 1);
  return llvm::Error::success();
}

void TuneTimesteps::write(NetworkOp network, const Evaluator &evaluator, ArrayRef<double> metrics, int64_t steps) {
  network.setSteps(steps);
  Builder b(network.getContext());
  double before = metrics.back(), after = metrics[steps - 1];
  network->setAttr(kTimestepsAttr, b.getDictionaryAttr({
                                       b.getNamedAttr("after", b.getF64FloatAttr(after)),
                                       b.getNamedAttr("before", b.getF64FloatAttr(before)),
                                       b.getNamedAttr("dataset", b.getStringAttr(evaluator.getData().getName())),
                                       b.getNamedAttr("engine", b.getStringAttr(engine)),
                                       b.getNamedAttr("metric", b.getStringAttr(getMetricName(metric))),
                                       b.getNamedAttr("samples", b.getI64IntegerAttr(evaluator.getSamples())),
                                       b.getNamedAttr("steps_before", b.getI64IntegerAttr(metrics.size())),
                                   }));
  remark::passed(network.getLoc(), remark::RemarkOpts::name("Fewer").category("timesteps"))
      << remark::metric("Network", network.getName()) << remark::metric("StepsBefore", int64_t(metrics.size()))
      << remark::metric("Steps", steps) << remark::metric("Metric", getMetricName(metric))
      << remark::metric("Before", before) << remark::metric("After", after)
      << remark::metric("Samples", evaluator.getSamples());
}
