//===- Knapsack.h - the multiple-choice knapsack ----------------*- C++ -*-===//
#ifndef LLE_PASSES_PRECISION_KNAPSACK_H
#define LLE_PASSES_PRECISION_KNAPSACK_H

#include "llvm/ADT/ArrayRef.h"

#include <cstdint>
#include <vector>

namespace lle {

/// One way to have an item.
struct KnapsackChoice {
  int64_t size;
  double loss;
};

/// One choice for each item.
struct KnapsackSolution {
  int64_t size = 0;
  double loss = 0;
  std::vector<unsigned> choices;
};

/// All solutions of at most `budget` that no other one beats in both size and loss, by rising size and falling loss:
/// for any smaller budget the best one is the last that fits. Exact, by dynamic programming over the states that are
/// not dominated (G. L. Nemhauser, Z. Ullmann, Management Science 15 (1969) 494). Sizes are not negative, losses
/// finite. Of equal solutions that with the first choices is kept. Empty where nothing fits.
std::vector<KnapsackSolution> solveKnapsack(llvm::ArrayRef<std::vector<KnapsackChoice>> items, int64_t budget);

} // namespace lle

#endif
