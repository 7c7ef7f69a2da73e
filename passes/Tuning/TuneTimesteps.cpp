//===- TuneTimesteps.cpp - as few time steps as keep the metric -----------===//
#include "passes/Analysis/Evaluator.h"
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
struct TuneTimesteps : lle::impl::TuneTimestepsBase<TuneTimesteps> {
  using TuneTimestepsBase::TuneTimestepsBase;

  void runOnOperation() override {
    for (auto network : getOperation().getOps<NetworkOp>())
      if (llvm::Error error = tune(network)) {
        network.emitError("spk-tune-timesteps: ") << llvm::toString(std::move(error));
        return signalPassFailure();
      }
  }

private:
  llvm::Error checkOptions() const;
  llvm::Error tune(NetworkOp network);
  void write(NetworkOp network, const Evaluator &evaluator, ArrayRef<double> metrics, int64_t steps);
};
} // namespace

llvm::Error TuneTimesteps::checkOptions() const {
  if (dataset.empty())
    return llvm::createStringError("dataset=FILE is missing, inputs on which the metric is measured");
  if (samples < 0)
    return llvm::createStringError("samples must not be negative, got " + Twine(int64_t(samples)));
  if (!(maxDrop >= 0))
    return llvm::createStringError("max-drop must not be negative, got " + formatNumber(maxDrop));
  if (minAccuracy.hasValue() && isError(metric))
    return llvm::createStringError("min-accuracy is for accuracy and f1; for mse say max-drop");
  if (minAccuracy.hasValue() && !(minAccuracy >= 0 && minAccuracy <= 1))
    return llvm::createStringError("min-accuracy must be from 0 to 1, got " + formatNumber(minAccuracy));
  if (minAccuracy.hasValue() && maxDrop.hasValue())
    return llvm::createStringError("say either min-accuracy or max-drop");
  return llvm::Error::success();
}

llvm::Error TuneTimesteps::tune(NetworkOp network) {
  if (llvm::Error error = checkOptions())
    return error;
  llvm::Expected<std::unique_ptr<Dataset>> data = readArrays(llvm::to_vector(dataset), network);
  if (!data)
    return data.takeError();
  EvaluatorOptions options;
  options.engine = engine;
  options.metric = metric;
  options.output = output;
  options.labels = labels;
  options.samples = samples;
  llvm::Expected<std::unique_ptr<Evaluator>> evaluator = Evaluator::create(network, std::move(*data), options);
  if (!evaluator)
    return evaluator.takeError();
  llvm::Expected<std::vector<double>> metrics = (*evaluator)->evaluateEachLength(network);
  if (!metrics)
    return metrics.takeError();

  double required = metrics->back() + (isError(metric) ? maxDrop : -maxDrop);
  if (minAccuracy.hasValue())
    required = minAccuracy;
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
                                       b.getNamedAttr("dataset", b.getStringAttr(evaluator.getDataName())),
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
