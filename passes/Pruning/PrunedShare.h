//===- PrunedShare.h - as much as a requirement or budget says ---*- C++ -*-===//
#ifndef LLE_PASSES_PRUNING_PRUNEDSHARE_H
#define LLE_PASSES_PRUNING_PRUNEDSHARE_H

#include "passes/Analysis/Price.h"
#include "passes/Analysis/Text.h"

namespace lle {

/// An error where a network that was pruned gives too little.
inline llvm::Error checkPruned(const Evaluator &evaluator, double required, double before, double after) {
  if (evaluator.isAtLeast(after, required))
    return llvm::Error::success();
  return llvm::createStringError(getMetricName(evaluator.getOptions().metric) + " " + formatNumber(required) +
                                 " is not met: it was " + formatNumber(before) + " before, and is " +
                                 formatNumber(after) + " after");
}

/// What `prune` makes of two shares that follow each other in steps of 1 / `shares`.
template <typename Candidate>
struct ShareBoundary {
  Candidate last;                 ///< `isPast` does not hold.
  std::optional<Candidate> first; ///< It does; none: not even for the largest share.
};

/// Where `isPast` begins to hold, by bisection: for a larger share it is taken to go on. For 0 it does not hold.
template <typename Candidate>
llvm::Expected<ShareBoundary<Candidate>>
findShareBoundary(int64_t shares, llvm::function_ref<llvm::Expected<Candidate>(double share)> prune,
                  llvm::function_ref<llvm::Expected<bool>(Candidate &candidate)> isPast) {
  llvm::Expected<Candidate> none = prune(0);
  if (!none)
    return none.takeError();
  ShareBoundary<Candidate> boundary{std::move(*none), std::nullopt};
  for (int64_t last = 0, first = shares; first - last > 1;) {
    const int64_t middle = (last + first) / 2;
    llvm::Expected<Candidate> candidate = prune(double(middle) / double(shares));
    if (!candidate)
      return candidate.takeError();
    llvm::Expected<bool> past = isPast(*candidate);
    if (!past)
      return past.takeError();
    if (*past)
      boundary.first = std::move(*candidate);
    else
      boundary.last = std::move(*candidate);
    (*past ? first : last) = middle;
  }
  return std::move(boundary);
}

/// What `prune` makes of the largest share with which the metric is good enough. The Candidate has a `network`.
template <typename Candidate>
llvm::Expected<Candidate> findLargestShare(int64_t shares, Evaluator &evaluator, double required,
                                           llvm::function_ref<llvm::Expected<Candidate>(double share)> prune) {
  auto isTooMuch = [&](Candidate &candidate) -> llvm::Expected<bool> {
    llvm::Expected<Evaluation> evaluation = evaluator.evaluate(candidate.network, required);
    if (!evaluation)
      return evaluation.takeError();
    return !evaluation->isGoodEnough;
  };
  auto boundary = findShareBoundary<Candidate>(shares, prune, isTooMuch);
  if (!boundary)
    return boundary.takeError();
  return std::move(boundary->last);
}

/// What `prune` makes of the smallest share with which an inference keeps the budget. An error says by how much it is
/// missed with the largest one.
template <typename Candidate>
llvm::Expected<Candidate> findSmallestShare(int64_t shares, Evaluator &evaluator, const CostBudget &budget,
                                            const PriceFunction &getPrice, NetworkOp network,
                                            llvm::function_ref<llvm::Expected<Candidate>(double share)> prune) {
  std::string excess;
  auto keepsBudget = [&](NetworkOp pruned) -> llvm::Expected<bool> {
    llvm::Expected<Price> price = getPrice(pruned, evaluator);
    if (!price)
      return price.takeError();
    if (llvm::Error error = budget.checkIsKnown(*price))
      return std::move(error);
    std::string own = budget.getExcess(*price);
    if (own.empty())
      return true;
    excess = std::move(own); // the last one is that of the largest share
    return false;
  };
  llvm::Expected<bool> isKept = keepsBudget(network);
  if (!isKept)
    return isKept.takeError();
  if (*isKept)
    return prune(0);
  auto boundary =
      findShareBoundary<Candidate>(shares, prune, [&](Candidate &candidate) { return keepsBudget(candidate.network); });
  if (!boundary)
    return boundary.takeError();
  if (!boundary->first)
    return llvm::createStringError("the budget is not kept with " + llvm::Twine(shares - 1) + "/" +
                                   llvm::Twine(shares) + " removed: " + excess);
  return std::move(*boundary->first);
}

} // namespace lle

#endif
