//===- KnapsackTest.cpp - the knapsack against all combinations -----------===//
#include "passes/Precision/Knapsack.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

using namespace lle;

using Items = std::vector<std::vector<KnapsackChoice>>;

/// The least loss of all combinations that fit, infinity where none does.
static double tryAll(const Items &items, int64_t budget, size_t item = 0, int64_t size = 0, double loss = 0) {
  if (item == items.size())
    return size <= budget ? loss : std::numeric_limits<double>::infinity();
  double least = std::numeric_limits<double>::infinity();
  for (const KnapsackChoice &choice : items[item])
    least = std::min(least, tryAll(items, budget, item + 1, size + choice.size, loss + choice.loss));
  return least;
}

static Items makeItems(std::mt19937_64 &random, size_t count, size_t choices, int64_t largest) {
  Items items(count);
  for (auto &item : items)
    for (size_t i = 0; i < choices; ++i)
      // Losses are whole numbers, so that sums are exact in any order.
      item.push_back({int64_t(random() % uint64_t(largest)), double(random() % 1000)});
  return items;
}

TEST(Knapsack, IsTheBestOfAllCombinationsForEveryBudget) {
  std::mt19937_64 random(1);
  for (int instance = 0; instance < 200; ++instance) {
    Items items = makeItems(random, 1 + random() % 5, 1 + random() % 5, 50);
    std::vector<KnapsackSolution> front = solveKnapsack(items, 1000);
    for (int64_t budget = 0; budget < 200; budget += 7) {
      double least = tryAll(items, budget), found = std::numeric_limits<double>::infinity();
      for (const KnapsackSolution &solution : front)
        if (solution.size <= budget)
          found = solution.loss;
      ASSERT_EQ(found, least) << "instance " << instance << ", budget " << budget;
      std::vector<KnapsackSolution> limited = solveKnapsack(items, budget);
      ASSERT_EQ(limited.empty() ? std::numeric_limits<double>::infinity() : limited.back().loss, least);
    }
  }
}

TEST(Knapsack, SaysWhatItChose) {
  std::mt19937_64 random(2);
  Items items = makeItems(random, 6, 4, 30);
  std::vector<KnapsackSolution> front = solveKnapsack(items, 100);
  ASSERT_FALSE(front.empty());
  for (const KnapsackSolution &solution : front) {
    int64_t size = 0;
    double loss = 0;
    for (size_t item = 0; item < items.size(); ++item) {
      size += items[item][solution.choices[item]].size;
      loss += items[item][solution.choices[item]].loss;
    }
    EXPECT_EQ(size, solution.size);
    EXPECT_EQ(loss, solution.loss);
  }
  for (size_t i = 1; i < front.size(); ++i) {
    EXPECT_GT(front[i].size, front[i - 1].size);
    EXPECT_LT(front[i].loss, front[i - 1].loss);
  }
}

TEST(Knapsack, IsEmptyWhereNothingFits) {
  EXPECT_TRUE(solveKnapsack(Items{{{3, 1}}, {{4, 1}}}, 6).empty());
  EXPECT_TRUE(solveKnapsack(Items{{{3, 1}}, {}}, 6).empty());
  EXPECT_EQ(solveKnapsack(Items{{{3, 1}}, {{4, 1}}}, 7).size(), 1u);
  EXPECT_EQ(solveKnapsack(Items{}, 0).size(), 1u);
}

// Forty tensors of eight widths, of odd sizes.
TEST(Knapsack, TakesNetworksOfManyTensors) {
  std::mt19937_64 random(3);
  Items items(40);
  for (auto &item : items) {
    int64_t elements = 1000 + int64_t(random() % 100000);
    double sensitivity = double(1 + random() % 1000);
    for (int bits : {1, 2, 3, 4, 5, 6, 8, 16})
      item.push_back({elements * bits, sensitivity * std::ldexp(1.0, -2 * bits)});
  }
  EXPECT_GT(solveKnapsack(items, 8000000).size(), 1000u);
}
