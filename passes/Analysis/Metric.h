//===- Metric.h - how right outputs are -------------------------*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_METRIC_H
#define LLE_PASSES_ANALYSIS_METRIC_H

#include "passes/Analysis/Engine.h"
#include "runtime/host/Npy.h"

namespace lle {

enum class Metric { Accuracy, MeanSquaredError, F1 };

/// "accuracy", "mse" or "f1".
llvm::StringRef getMetricName(Metric metric);
/// Whether a smaller number is the better one.
inline bool isError(Metric metric) { return metric == Metric::MeanSquaredError; }

/// Attribute of a result of a network, an f64 above 0: a sample may end once the output is decided by as much, as
/// Decision tells it.
inline constexpr llvm::StringLiteral kExitMarginAttr = "spk.exit_margin";

/// What a metric needs to know of an output.
struct OutputFacts {
  std::string name;
  std::vector<int64_t> shape; ///< Of one step.
  bool isSpike = false;
  bool emitsLast = false; ///< It counts only in the last step of a sample.

  int64_t getElements() const;
};
OutputFacts getOutputFacts(NetworkOp network, unsigned output);

/// Sums over samples, of which each metric is a quotient.
struct Score {
  double items = 0;            ///< Labels, or elements of targets.
  double right = 0;            ///< Labels that were found.
  double both = 0, either = 0; ///< Of class 1: found and meant; found, plus meant.
  double squaredError = 0;

  Score &operator+=(const Score &other);
  Score &operator-=(const Score &other);
  /// The F1 score, 2 TP / (2 TP + FP + FN), of no item of class 1 is 0.
  double get(Metric metric) const;
};

/// How sure the class of a sample is while its steps come in.
class Decision {
public:
  Decision(int64_t elements, bool isSpike) : counts(isSpike ? elements : 0) {}

  /// Takes what the output is in the next step. By how much the element that makes the class exceeds the next one: in
  /// the spike count so far, for a spiking output, else in the value of this step. 0 where a value is no number.
  double add(llvm::ArrayRef<double> values);

private:
  Values counts; ///< Of spikes.
};

/// What the outputs of some samples should have been. A class is the element with the largest spike count over the
/// window, for a spiking output; for another one it is the largest element of each step, or of the last step where a
/// sample has one label. Ties go to the lowest index.
class Labels {
public:
  /// Labels of `samples` samples of `steps` steps are (samples) or (samples, steps); for the mean squared error they
  /// have the shape of the output: (samples, steps, features...), or (samples, features...) for one that counts only in
  /// the last step. `name` is the file's, for messages.
  static llvm::Expected<Labels> read(Metric metric, const OutputFacts &output, int64_t samples, int64_t steps,
                                     const runtime::Array &array, const std::string &name);

  /// What a network gave, in all steps of each sample, as what others should give: its classes, or for the mean squared
  /// error its values.
  static llvm::Expected<Labels> imitate(Metric metric, const OutputFacts &output, llvm::ArrayRef<Values> outputs);

  /// Scores what the output was in all steps of a sample; where only the last one counts, it may be alone.
  Score score(int64_t sample, llvm::ArrayRef<double> values) const;

  /// What read() makes the same labels of.
  runtime::Array getArray() const;

  Metric getMetric() const { return metric; }
  int64_t getSamples() const { return samples; }
  /// Each sample has one label, whatever its length.
  bool arePerSample() const { return perSample; }

private:
  Labels(Metric metric, const OutputFacts &output, int64_t samples, bool perSample, Values expected)
      : metric(metric), output(output), samples(samples), perSample(perSample), expected(std::move(expected)) {}

  /// The class of a sample, or of each of its steps.
  Values classify(llvm::ArrayRef<double> values) const;

  Metric metric;
  OutputFacts output;
  int64_t samples;
  bool perSample;
  Values expected; ///< Those of each sample in turn.
};

} // namespace lle

#endif
