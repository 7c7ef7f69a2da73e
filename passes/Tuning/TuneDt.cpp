//===- TuneDt.cpp - as long a time step as keeps the metric ---------------===//
#include "dialects/Spk/SpkOps.h"
#include "passes/Analysis/Downsampling.h"
#include "passes/Analysis/Requirement.h"
#include "passes/Analysis/Text.h"
#include "passes/Tuning/CoarserSteps.h"
#include "passes/Tuning/Passes.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/IR/Remarks.h"
#include "mlir/IR/Verifier.h"

namespace lle {
#define GEN_PASS_DEF_TUNEDT
#include "passes/Tuning/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

namespace {
struct TuneDt : EvaluatingPass<lle::impl::TuneDtBase<TuneDt>> {
  using EvaluatingPass::EvaluatingPass;

private:
  llvm::Error tune(NetworkOp network) override;
  void write(NetworkOp network, NetworkOp original, const Evaluator &evaluator, double before, double after);
};

/// A network with longer steps, in a module of its own; null, and why, where it has none.
struct LongerStepTrial {
  OwningOpRef<ModuleOp> module;
  std::optional<Location> where;
  std::string reason;

  NetworkOp getNetwork() { return *module->getOps<NetworkOp>().begin(); }
};
} // namespace

static LongerStepTrial tryFactor(NetworkOp network, int64_t factor, bool keepLoopDelays) {
  LongerStepTrial trial;
  trial.module = ModuleOp::create(network.getLoc());
  if (auto parent = network->getParentOfType<ModuleOp>())
    (*trial.module)->setAttrs(parent->getAttrDictionary());
  trial.module->getBody()->push_back(network.clone());
  ScopedDiagnosticHandler take(network.getContext(), [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error && !trial.where) {
      trial.where = diagnostic.getLocation();
      trial.reason = diagnostic.str();
    }
    return success();
  });
  if (failed(coarsenSteps(trial.getNetwork(), factor, keepLoopDelays)) || failed(verify(*trial.module)))
    trial.module = {};
  return trial;
}

llvm::Error TuneDt::tune(NetworkOp network) {
  if (maxFactor < 2)
    return llvm::createStringError("max-factor must be above 1, got " + Twine(int64_t(maxFactor)));
  Requirement requirement = getRequirement();
  llvm::Expected<std::unique_ptr<Evaluator>> evaluator = createEvaluator(network, requirement);
  if (!evaluator)
    return evaluator.takeError();
  if (!(*evaluator)->getLabels().arePerSample())
    return llvm::createStringError("labels of each step do not say what longer steps should give");
  llvm::Expected<Baseline> before = measureBaseline(network, **evaluator, requirement);
  if (!before)
    return before.takeError();
  const double required = before->required;

  LongerStepTrial best;
  double after = before->metric;
  auto missed = [&](int64_t factor, Location where, const std::string &reason) {
    remark::missed(where, remark::RemarkOpts::name("LongerStep").category("timesteps"))
        << remark::metric("Network", network.getName()) << remark::metric("Factor", factor)
        << remark::reason("{0}", reason);
  };
  // Of the samples: a factor that leaves none whole is not worth a message for each.
  const int64_t steps =
      std::min<int64_t>((*evaluator)->getSteps(), network.getSteps().value_or((*evaluator)->getSteps()));
  for (int64_t factor = 2; factor <= std::min<int64_t>(maxFactor, steps); ++factor) {
    if (steps % factor != 0)
      continue;
    LongerStepTrial trial = tryFactor(network, factor, keepLoopDelays);
    if (!trial.module) {
      missed(factor, *trial.where, trial.reason);
      continue;
    }
    llvm::Expected<Evaluation> evaluation = (*evaluator)->evaluate(trial.getNetwork(), required);
    if (!evaluation) { // the data may not divide into such steps
      missed(factor, network.getLoc(), toString(evaluation.takeError()));
      continue;
    }
    if (!evaluation->isGoodEnough) {
      // Longer steps that happen to be good enough would be luck.
      missed(factor, network.getLoc(),
             getMetricName(metric).str() + " " + formatNumber(evaluation->metric) + " after " +
                 std::to_string(evaluation->samples) + " samples, where " + formatNumber(required) + " is needed");
      break;
    }
    after = evaluation->metric;
    best = std::move(trial);
  }
  if (!best.module)
    return llvm::Error::success();
  NetworkOp tuned = best.getNetwork();
  write(tuned, network, **evaluator, before->metric, after);
  tuned->moveBefore(network);
  network.erase();
  return llvm::Error::success();
}

void TuneDt::write(NetworkOp network, NetworkOp original, const Evaluator &evaluator, double before, double after) {
  Builder b(network.getContext());
  NamedAttrList facts;
  facts.append("after", b.getF64FloatAttr(after));
  facts.append("before", b.getF64FloatAttr(before));
  facts.append("dataset", b.getStringAttr(evaluator.getData().getName()));
  facts.append("dt_before", original.getDtAttr());
  facts.append("engine", b.getStringAttr(engine));
  facts.append("metric", b.getStringAttr(getMetricName(metric)));
  facts.append("samples", b.getI64IntegerAttr(evaluator.getSamples()));
  network->setAttr(kDtAttr, facts.getDictionary(network.getContext()));
  remark::passed(network.getLoc(), remark::RemarkOpts::name("LongerStep").category("timesteps"))
      << remark::metric("Network", network.getName())
      << remark::metric("Factor", getDownsampling(network) / getDownsampling(original))
      << remark::metric("DtBefore", original.getDt().convertToDouble())
      << remark::metric("Dt", network.getDt().convertToDouble()) << remark::metric("Metric", getMetricName(metric))
      << remark::metric("Before", before) << remark::metric("After", after)
      << remark::metric("Samples", evaluator.getSamples());
}
