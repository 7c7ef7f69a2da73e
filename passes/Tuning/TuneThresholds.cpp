//===- TuneThresholds.cpp - fewer spikes by higher thresholds -------------===//
#include "passes/Analysis/Text.h"
#include "passes/Tuning/ThresholdSearch.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Remarks.h"

namespace lle {
#define GEN_PASS_DEF_TUNETHRESHOLDS
#include "passes/Tuning/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

namespace {
struct TuneThresholds : EvaluatingPass<lle::impl::TuneThresholdsBase<TuneThresholds>> {
  using EvaluatingPass::EvaluatingPass;

private:
  llvm::Error checkOptions() const;
  llvm::Error tune(NetworkOp network) override;
  void write(NetworkOp network, const ThresholdTuner &tuner, const Evaluator &evaluator);
};
} // namespace

llvm::Error TuneThresholds::checkOptions() const {
  auto refuse = [](StringRef what, double value) {
    return llvm::createStringError(what + ", got " + formatNumber(value));
  };
  if (!(reduce >= 0 && reduce < 1))
    return refuse("reduce must be from 0 to below 1", reduce);
  if (!(percentile >= 0 && percentile < 100))
    return refuse("percentile must be from 0 to below 100", percentile);
  if (percentile.hasValue() && method != ThresholdSearch::Percentile)
    return llvm::createStringError("percentile is for method=percentile");
  if (percentile > 0 && reduce > 0)
    return llvm::createStringError("say either percentile or reduce");
  if (!(heldOut >= 0 && heldOut < 1))
    return refuse("held-out must be from 0 to below 1", heldOut);
  if (!(confidence >= 0.5 && confidence < 1))
    return refuse("confidence must be from 0.5 to below 1", confidence);
  if (confidence.hasValue() && metric == Metric::F1)
    return llvm::createStringError("confidence is for accuracy and mse, which are means over samples");
  return llvm::Error::success();
}

llvm::Error TuneThresholds::tune(NetworkOp network) {
  if (llvm::Error error = checkOptions())
    return error;
  Requirement requirement = getRequirement();
  requirement.evaluation.heldOut = heldOut;
  llvm::Expected<std::unique_ptr<Evaluator>> evaluator = createEvaluator(network, requirement);
  if (!evaluator)
    return evaluator.takeError();
  ThresholdTuner tuner(network, **evaluator, requirement, {method, granularity, cost, reduce, percentile, confidence});
  if (tuner.getTuned().empty())
    return llvm::createStringError("the network has no population that fires 0 or 1 at a threshold above 0");
  if (llvm::Error error = tuner.run())
    return error;
  write(network, tuner, **evaluator);
  return llvm::Error::success();
}

void TuneThresholds::write(NetworkOp network, const ThresholdTuner &tuner, const Evaluator &evaluator) {
  const ThresholdCandidate &first = tuner.getFirst(), &best = tuner.getBest();
  Builder b(network.getContext());
  SmallVector<NamedAttribute> facts;
  auto add = [&](StringRef name, double value) { facts.push_back(b.getNamedAttr(name, b.getF64FloatAttr(value))); };
  add("after", best.getMetric(metric));
  add("before", first.getMetric(metric));
  add("confidence", confidence);
  facts.push_back(b.getNamedAttr("cost", b.getStringAttr(cost == SpikeCost::Spikes ? "spikes" : "operations")));
  add("cost_after", best.cost);
  add("cost_before", first.cost);
  facts.push_back(b.getNamedAttr("dataset", b.getStringAttr(evaluator.getData().getName())));
  facts.push_back(b.getNamedAttr("engine", b.getStringAttr(engine)));
  facts.push_back(b.getNamedAttr("metric", b.getStringAttr(getMetricName(metric))));
  facts.push_back(b.getNamedAttr("samples", b.getI64IntegerAttr(evaluator.getSamples())));
  if (int64_t samples = evaluator.getHeldOutSamples()) {
    add("held_out_after", ThresholdCandidate{{}, tuner.getHeldOut(), {}, 0}.getMetric(metric));
    add("held_out_before", ThresholdCandidate{{}, tuner.getFirstHeldOut(), {}, 0}.getMetric(metric));
    facts.push_back(b.getNamedAttr("held_out_samples", b.getI64IntegerAttr(samples)));
  }
  network->setAttr(kThresholdsAttr, b.getDictionaryAttr(facts));
  for (auto [population, factors] : llvm::zip_equal(tuner.getTuned(), best.factors)) {
    population.op->setAttr(kThresholdFactorAttr, b.getDenseF64ArrayAttr(factors.thresholds));
    if (factors.weights != 1)
      population.op->setAttr(kWeightFactorAttr, b.getF64FloatAttr(factors.weights));
  }
  scaleThresholds(network, tuner.getTuned(), best.factors);
  remark::passed(network.getLoc(), remark::RemarkOpts::name("Higher").category("thresholds"))
      << remark::metric("Network", network.getName()) << remark::metric("CostBefore", first.cost)
      << remark::metric("Cost", best.cost) << remark::metric("Metric", getMetricName(metric))
      << remark::metric("Before", first.getMetric(metric)) << remark::metric("After", best.getMetric(metric))
      << remark::metric("Samples", evaluator.getSamples()) << remark::metric("HeldOut", evaluator.getHeldOutSamples());
}
