//===- ThresholdSearch.h - thresholds that leave few spikes -----*- C++ -*-===//
#ifndef LLE_PASSES_TUNING_THRESHOLDSEARCH_H
#define LLE_PASSES_TUNING_THRESHOLDSEARCH_H

#include "passes/Analysis/Requirement.h"
#include "passes/Tuning/Passes.h"
#include "passes/Tuning/Thresholds.h"

namespace lle {

struct ThresholdOptions {
  ThresholdSearch method;
  ThresholdGranularity granularity;
  SpikeCost cost;
  double reduce = 0;     ///< Fraction of the cost; 0: as much as can be.
  double percentile = 0; ///< 0: as high as can be.
  double confidence = 0.9;
};

/// A network with other thresholds, and what is known of it.
struct ThresholdCandidate {
  llvm::SmallVector<ThresholdFactors> factors; ///< Of each population.
  SampleRun run;
  llvm::SmallVector<Values> rates; ///< Of each population's channels: spikes of a neuron in a step.
  double cost = 0;                 ///< Of a sample.

  double getMetric(Metric metric) const;
};

/// What `spk-tune-thresholds` does, up to writing it down.
class ThresholdTuner {
public:
  ThresholdTuner(NetworkOp network, Evaluator &evaluator, const Requirement &requirement,
                 const ThresholdOptions &options)
      : network(network), evaluator(evaluator), requirement(requirement), options(options),
        populations(getPopulations(network)) {}

  llvm::Error run();

  llvm::ArrayRef<Population> getTuned() const { return populations; }
  const ThresholdCandidate &getFirst() const { return path.front(); }
  const ThresholdCandidate &getBest() const { return path.back(); }
  /// Of the best one, and of the network as it was; nothing where no sample is held out.
  const SampleRun &getHeldOut() const { return heldOut; }
  const SampleRun &getFirstHeldOut() const { return firstHeldOut; }

private:
  using Factors = llvm::SmallVector<ThresholdFactors>;

  /// None where the network would not verify: a threshold in integers can be too large.
  llvm::Expected<std::optional<ThresholdCandidate>> measure(Factors factors, Part part = Part::Tuning);
  bool isGoodEnough(const ThresholdCandidate &candidate) const;
  bool isReached() const;
  llvm::SmallVector<llvm::SmallVector<Factors>> getMoves(double ratio) const;
  llvm::Error search();
  llvm::Expected<std::optional<ThresholdCandidate>> limitRates(double limit);
  llvm::Error raiseToPercentile();
  /// Shortens the path until its end holds on what the search did not see.
  llvm::Error confirm();
  llvm::Error fail() const;

  NetworkOp network;
  Evaluator &evaluator;
  const Requirement &requirement;
  ThresholdOptions options;
  llvm::SmallVector<Population> populations;
  std::vector<ThresholdCandidate> path; ///< From the network as it was, each cheaper than the one before.
  SampleRun firstHeldOut, heldOut;
};

} // namespace lle

#endif
