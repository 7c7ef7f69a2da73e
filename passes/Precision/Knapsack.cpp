//===- Knapsack.cpp - the multiple-choice knapsack ------------------------===//
#include "passes/Precision/Knapsack.h"

#include "llvm/ADT/STLExtras.h"

#include <limits>
#include <tuple>

using namespace lle;

namespace {
/// A choice for the first items; `before` is the state of the items before this one.
struct State {
  int64_t size;
  double loss;
  uint32_t before;
  uint32_t choice;
};
} // namespace

/// Keeps the states that no other one beats, by rising size.
static void removeDominated(std::vector<State> &states) {
  llvm::sort(states, [](const State &a, const State &b) {
    return std::tie(a.size, a.loss, a.before, a.choice) < std::tie(b.size, b.loss, b.before, b.choice);
  });
  double least = std::numeric_limits<double>::infinity();
  llvm::erase_if(states, [&](const State &state) {
    if (state.loss >= least)
      return true;
    least = state.loss;
    return false;
  });
}

std::vector<KnapsackSolution> lle::solveKnapsack(llvm::ArrayRef<std::vector<KnapsackChoice>> items, int64_t budget) {
  // What items take at least, so that states from which nothing fits are left out.
  int64_t rest = 0;
  for (const std::vector<KnapsackChoice> &item : items) {
    if (item.empty())
      return {};
    rest += llvm::min_element(item, [](auto &a, auto &b) { return a.size < b.size; })->size;
  }
  if (rest > budget)
    return {};
  std::vector<std::vector<State>> layers{{State{0, 0, 0, 0}}};
  for (const std::vector<KnapsackChoice> &item : items) {
    rest -= llvm::min_element(item, [](auto &a, auto &b) { return a.size < b.size; })->size;
    std::vector<State> next;
    for (auto [index, state] : llvm::enumerate(layers.back()))
      for (auto [choice, each] : llvm::enumerate(item))
        if (state.size + each.size <= budget - rest)
          next.push_back({state.size + each.size, state.loss + each.loss, uint32_t(index), uint32_t(choice)});
    removeDominated(next);
    layers.push_back(std::move(next));
  }
  std::vector<KnapsackSolution> solutions;
  for (const State &last : layers.back()) {
    KnapsackSolution solution{last.size, last.loss, std::vector<unsigned>(items.size())};
    const State *state = &last;
    for (size_t item = items.size(); item-- > 0;) {
      solution.choices[item] = state->choice;
      state = &layers[item][state->before];
    }
    solutions.push_back(std::move(solution));
  }
  return solutions;
}
