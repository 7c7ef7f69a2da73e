//===- ExitRule.h - when samples are decided --------------------*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_EXITRULE_H
#define LLE_PASSES_ANALYSIS_EXITRULE_H

#include "passes/Analysis/Metric.h"

namespace lle {

/// Ends a sample in the first step in which all outputs that have a margin (kExitMarginAttr) are decided by it.
class ExitRule {
public:
  ExitRule() = default;
  explicit ExitRule(NetworkOp network);

  void add(unsigned output, int64_t elements, bool isSpike, double margin) {
    outputs.push_back({output, margin, elements, Decision(elements, isSpike)});
  }
  /// Whether an output has a margin.
  bool isGiven() const { return !outputs.empty(); }

  /// Takes what all outputs of the network are in the next `steps` steps, and returns how many of them a sample runs:
  /// up to the one in which it is decided, or nothing where it goes on.
  std::optional<int64_t> findEnd(llvm::ArrayRef<Values> values, int64_t steps);

private:
  struct Output {
    unsigned index;
    double margin;
    int64_t elements;
    Decision decision;
  };
  std::vector<Output> outputs;
};

} // namespace lle

#endif
