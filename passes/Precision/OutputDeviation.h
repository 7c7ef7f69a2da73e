//===- OutputDeviation.h - how far a network is from another ----*- C++ -*-===//
#ifndef LLE_PASSES_PRECISION_OUTPUTDEVIATION_H
#define LLE_PASSES_PRECISION_OUTPUTDEVIATION_H

#include "passes/Analysis/Evaluator.h"

namespace lle {

struct Deviation {
  /// Mean squared change of the output, over its mean square: of the spike counts of samples where it spikes, else of
  /// what counts in each step.
  double output = 0;
  /// The largest change of the spikes of a population, as a fraction of what they were; 0 where that is not asked for.
  double rate = 0;
  std::string population;  ///< Whose rate that is.
  double squaredRates = 0; ///< The sum of such changes, squared.

  /// What an allocation of bits makes small.
  double getLoss() const { return output + squaredRates; }
};

/// Compares copies of a network with it. Finer than an accuracy, which few of a thousand samples change.
class OutputDeviation {
public:
  /// `options` say engine, samples and output. With `hasRates` spikes of all populations are counted, too.
  static llvm::Expected<std::unique_ptr<OutputDeviation>> create(NetworkOp original, const Dataset &data,
                                                                 const EvaluatorOptions &options, bool hasRates);
  llvm::Expected<Deviation> measure(NetworkOp copy) const;

private:
  struct Run {
    std::vector<Values> outputs; ///< Of each sample.
    Values spikes;               ///< Of each population.
    std::vector<std::string> populations;
  };

  OutputDeviation(const Dataset &data, const EvaluatorOptions &options, bool hasRates)
      : data(data), options(options), hasRates(hasRates) {}
  llvm::Expected<Run> run(NetworkOp network) const;

  const Dataset &data;
  EvaluatorOptions options;
  bool hasRates;
  Run original;
};

} // namespace lle

#endif
