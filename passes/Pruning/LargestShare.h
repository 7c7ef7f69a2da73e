//===- LargestShare.h - as much as a requirement allows ---------*- C++ -*-===//
#ifndef LLE_PASSES_PRUNING_LARGESTSHARE_H
#define LLE_PASSES_PRUNING_LARGESTSHARE_H

#include "passes/Analysis/Evaluator.h"

namespace lle {

/// What `prune` makes of the largest share with which the metric is good enough, in steps of 1 / `shares`. By
/// bisection: a larger share is taken to be worse. The Candidate has a `network`.
template <typename Candidate>
llvm::Expected<Candidate> findLargestShare(int64_t shares, Evaluator &evaluator, double required,
                                           llvm::function_ref<llvm::Expected<Candidate>(double share)> prune) {
  llvm::Expected<Candidate> best = prune(0);
  int64_t good = 0, bad = shares;
  while (best && bad - good > 1) {
    int64_t middle = (good + bad) / 2;
    llvm::Expected<Candidate> candidate = prune(double(middle) / double(shares));
    if (!candidate)
      return candidate.takeError();
    llvm::Expected<Evaluation> evaluation = evaluator.evaluate(candidate->network, required);
    if (!evaluation)
      return evaluation.takeError();
    if (evaluation->isGoodEnough)
      best = std::move(candidate);
    (evaluation->isGoodEnough ? good : bad) = middle;
  }
  return best;
}

} // namespace lle

#endif
