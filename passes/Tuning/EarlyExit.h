//===- EarlyExit.h - samples that end once they are decided -----*- C++ -*-===//
#ifndef LLE_PASSES_TUNING_EARLYEXIT_H
#define LLE_PASSES_TUNING_EARLYEXIT_H

#include "passes/Analysis/Evaluator.h"

namespace lle {

/// A sample ends once its output is decided by `margin`, and after `steps` in any case.
struct EarlyExit {
  int64_t steps = 0;
  double margin = 0; ///< 0: none, all samples are as long.
  double metric = 0;
  double meanSteps = 0;
};

/// The one with the smallest mean, of those with `fewest` steps at least with which, and with any larger margin, the
/// metric is good enough. All of them are computed, from one run; with `fewest` steps it must be good enough.
EarlyExit findEarlyExit(llvm::ArrayRef<Beginnings> samples, int64_t fewest, Metric metric, double required);

} // namespace lle

#endif
