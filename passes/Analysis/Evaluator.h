//===- Evaluator.h - how good candidate networks are ------------*- C++ -*-===//
//
// What tuning passes ask: how good is this network on the calibration data, or is it good enough?
//
//===----------------------------------------------------------------------===//
#ifndef LLE_PASSES_ANALYSIS_EVALUATOR_H
#define LLE_PASSES_ANALYSIS_EVALUATOR_H

#include "passes/Analysis/Activity.h"
#include "passes/Analysis/Downsampling.h"
#include "passes/Analysis/ExitRule.h"
#include "passes/Analysis/Metric.h"

#include "llvm/ADT/StringMap.h"

namespace lle {

struct EvaluatorOptions {
  std::string engine = "native";
  Metric metric = Metric::Accuracy;
  std::string output;        ///< Its name; empty: the first one.
  std::string labels;        ///< A file of an array; empty: what the original network gives.
  int64_t samples = 0;       ///< The first ones of the data; 0: all.
  uint64_t seed = 0;         ///< Of the order in which samples are run.
  double confidence = 0.999; ///< With which a candidate is given up early.
  double heldOut = 0;        ///< Share of the samples that only `runSamples` of that part runs.
};

struct Evaluation {
  double metric;
  int64_t samples;   ///< That were run.
  bool isGoodEnough; ///< Where the candidate was given up early: no, with the confidence of the options.
};

/// Which samples: those that passes choose by, or those that are held out to check the choice.
enum class Part { Tuning, HeldOut };

/// What a candidate gave for the samples of a part.
struct SampleRun {
  std::vector<Score> scores;  ///< Of each sample.
  std::vector<Values> spikes; ///< Of each element of each output over all samples; empty where it carries no spikes.
  double steps = 0;           ///< Of all samples.
};

/// What a sample is where it ends after 1, 2, ... steps.
struct Beginnings {
  std::vector<Score> scores;
  std::vector<double> margins; ///< By how much its class is decided; see Decision.
};

/// The metric over samples that all end after 1, 2, ... steps.
std::vector<double> getMetricOfEachLength(llvm::ArrayRef<Beginnings> samples, Metric metric);

/// Runs candidates over calibration data. A candidate is compiled once, and what was measured of it is kept, by a hash
/// of its operations and weights. A sample is as many steps as the candidate has, or all where it does not say; with an
/// exit margin it ends where it is decided, but for the mean squared error, and where all lengths are asked for.
/// A candidate whose steps stand for several of the data's gets means of these (Downsampling.h).
/// Samples are run on all processors of the context's thread pool; results do not depend on
/// their number.
class Evaluator {
public:
  /// `original` has the ports that all candidates have; without labels it is run, and its classes, or for the mean
  /// squared error its outputs, are what candidates should give.
  static llvm::Expected<std::unique_ptr<Evaluator>> create(NetworkOp original, std::unique_ptr<Dataset> data,
                                                           const EvaluatorOptions &options);

  /// The metric over all samples.
  llvm::Expected<Evaluation> evaluate(NetworkOp candidate);
  /// The metric over samples in a random order, until all were run or it is clear that the candidate will not reach
  /// `required`. For the accuracy by the bound of R. J. Serfling, Annals of Statistics 2 (1974) 39, for sampling
  /// without replacement, where each look takes its share of the error; for others only where it is certain.
  llvm::Expected<Evaluation> evaluate(NetworkOp candidate, double required);
  /// The metric where a sample ends after 1, 2, ... steps, all from one run.
  llvm::Expected<std::vector<double>> evaluateEachLength(NetworkOp candidate);
  /// The same of each sample, in the order in which samples are run.
  llvm::Expected<std::vector<Beginnings>> runEachLength(NetworkOp candidate);
  /// All samples of a part. The candidate may have more outputs than the original, behind its own.
  llvm::Expected<SampleRun> runSamples(NetworkOp candidate, Part part = Part::Tuning);
  /// How active the candidate is over all samples. Nothing is kept of it.
  llvm::Expected<Activity> measureActivity(NetworkOp candidate, ActivityScope scope = ActivityScope::Spikes) const;

  bool isAtLeast(double metric, double required) const {
    return isError(options.metric) ? metric <= required : metric >= required;
  }
  /// Those that passes choose by.
  int64_t getSamples() const { return int64_t(order.size()); }
  int64_t getHeldOutSamples() const { return int64_t(heldOut.size()); }
  /// Of the shortest sample.
  int64_t getSteps() const { return steps; }
  const Dataset &getData() const { return *data; }
  /// The data in steps of the candidate.
  llvm::Expected<DownsampledView> getData(NetworkOp candidate) const {
    return DownsampledView::create(*data, candidate, downsampling);
  }
  const Labels &getLabels() const { return *labels; }
  const EvaluatorOptions &getOptions() const { return options; }

private:
  /// What is known of a candidate: the sum over the first `done` samples of the order.
  struct Record {
    Score score;
    int64_t done = 0;
  };

  Evaluator(std::unique_ptr<Dataset> data, const EvaluatorOptions &options) : data(std::move(data)), options(options) {}

  llvm::Error readLabels(NetworkOp original);
  llvm::Expected<Engine *> compile(NetworkOp candidate, const std::string &key, const Dataset &steps);
  /// Compiles the network and calls `take`, on all processors, with what the outputs are in all steps of each sample,
  /// up to the one in which `exit` ends it.
  llvm::Error run(NetworkOp network, const std::string &key, llvm::ArrayRef<int64_t> samples, const ExitRule &exit,
                  llvm::function_ref<void(int64_t position, llvm::ArrayRef<Values> outputs)> take);
  /// A mean squared error is one over the values of all steps.
  ExitRule getExitRule(NetworkOp candidate) const { return isError(options.metric) ? ExitRule() : ExitRule(candidate); }
  bool isHopeless(const Record &record, double required) const;

  std::unique_ptr<Dataset> data;
  EvaluatorOptions options;
  unsigned output = 0;
  OutputFacts facts;
  std::optional<Labels> labels;
  std::vector<int64_t> order, heldOut; ///< Samples, in random order.
  int64_t steps = 0;
  llvm::StringMap<Record> records;
  std::string compiledKey; ///< Of the candidate that `compiled` is.
  std::unique_ptr<Engine> compiled;
  int64_t downsampling = 1; ///< Steps of the recordings that are one of the data's.
};

} // namespace lle

#endif
