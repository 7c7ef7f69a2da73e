//===- Requirement.h - what tuning passes must keep -------------*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_REQUIREMENT_H
#define LLE_PASSES_ANALYSIS_REQUIREMENT_H

#include "dialects/LLE/LLEOps.h"
#include "passes/Analysis/Price.h"

namespace lle {

/// The options that every pass has which asks the Evaluator (EvaluationOptions.td).
struct Requirement {
  std::vector<std::string> dataset;
  RecordingOptions recordings;
  EvaluatorOptions evaluation;
  std::optional<double> minAccuracy, maxDrop; ///< Those that were given.

  /// The least metric, or largest error, that is good enough where it was `before` at first.
  double getBound(double before) const;

  /// Whether that holds with this confidence, of which 0.5 is what was measured: `before` and `after` are of the same
  /// samples, and the limit is one-sided, of the normal distribution, for the mean over samples of what was lost.
  /// (Samples that both get right, or wrong, say nothing, as in McNemar's test.) The F1 score is no mean, and taken as
  /// measured.
  bool isMet(llvm::ArrayRef<Score> before, llvm::ArrayRef<Score> after, double confidence) const;
};

/// Checks the options, reads the data, and runs the network where there are no labels.
llvm::Expected<std::unique_ptr<Evaluator>> createEvaluator(NetworkOp network, const Requirement &requirement);

/// What a network gives as it is, and what its successors must give.
struct Baseline {
  double metric, required;
};

/// An error where the network as it is does not meet the requirement.
llvm::Expected<Baseline> measureBaseline(NetworkOp network, Evaluator &evaluator, const Requirement &requirement);
/// The same of a metric that is known.
llvm::Expected<Baseline> checkBaseline(double metric, const Evaluator &evaluator, const Requirement &requirement);

/// A pass over modules with those options, which changes one network at a time; Base is what TableGen makes of it.
template <typename Base>
struct EvaluatingPass : Base {
  using Base::Base;

  void runOnOperation() final {
    // A network may be replaced while it is tuned.
    for (NetworkOp network : llvm::make_early_inc_range(this->getOperation().template getOps<NetworkOp>()))
      if (llvm::Error error = tune(network)) {
        network.emitError(this->getArgument()) << ": " << llvm::toString(std::move(error));
        return this->signalPassFailure();
      }
  }

protected:
  virtual llvm::Error tune(NetworkOp network) = 0;

  Requirement getRequirement() {
    Requirement requirement;
    requirement.dataset.assign(this->dataset.begin(), this->dataset.end());
    requirement.recordings = {this->bin, this->bins};
    requirement.evaluation.engine = this->engine;
    requirement.evaluation.metric = this->metric;
    requirement.evaluation.output = this->output;
    requirement.evaluation.labels = this->labels;
    requirement.evaluation.samples = this->samples;
    requirement.evaluation.seed = this->seed;
    if (this->minAccuracy.hasValue())
      requirement.minAccuracy = this->minAccuracy;
    if (this->maxDrop.hasValue())
      requirement.maxDrop = this->maxDrop;
    return requirement;
  }

  /// Of passes with CostOptions.
  llvm::Expected<CostBudget> getBudget() {
    CostBudget budget;
    for (auto [limit, option] :
         {std::pair(&budget.energy, &this->energyBudget), std::pair(&budget.latency, &this->maxLatency),
          std::pair(&budget.memory, &this->maxMemory)}) {
      if (!option->hasValue())
        continue;
      if (!(*option > 0))
        return llvm::createStringError(option->getArgStr() + " must be above 0");
      *limit = *option;
    }
    if (budget.isGiven() && this->target.empty())
      return llvm::createStringError("a budget needs target=NAME, the machine whose costs count");
    return budget;
  }
};

} // namespace lle

#endif
