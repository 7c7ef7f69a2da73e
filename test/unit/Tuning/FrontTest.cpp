//===- FrontTest.cpp - networks of which none is better in all ------------===//
#include "passes/Tuning/Front.h"

#include <gmock/gmock.h>

#include <random>

using namespace lle;
using ::testing::Each;
using ::testing::ElementsAre;

namespace {

TEST(Front, HoldsWhatNoneDominatesOnce) {
  std::vector<Merits> merits{{2, 1, 0, 0}, {1, 2, 0, 0}, {2, 2, 0, 0}, {1, 2, 0, 0}, {3, 1, 0, 0}};
  EXPECT_THAT(getFront(merits), ElementsAre(0, 1));
  EXPECT_FALSE(dominates(merits[1], merits[3])) << "equal ones do not dominate each other";
}

TEST(Front, OfRandomPointsIsMutuallyUndominatedAndCoversTheRest) {
  std::mt19937 random(7);
  std::vector<Merits> merits(300);
  for (Merits &each : merits)
    for (double &value : each)
      value = double(random() % 12);
  std::vector<size_t> front = getFront(merits);
  for (size_t i : front)
    for (size_t j : front)
      EXPECT_FALSE(dominates(merits[i], merits[j]));
  for (const Merits &each : merits)
    EXPECT_TRUE(std::any_of(front.begin(), front.end(),
                            [&](size_t i) { return merits[i] == each || dominates(merits[i], each); }));
}

TEST(Front, SpreadKeepsTheCornersAndDropsWhatIsCrowded) {
  // Accuracy against energy; 2 and 3 are close to 1.
  std::vector<Merits> merits{{0, 10, 0, 0}, {5, 5, 0, 0}, {5.1, 4.9, 0, 0}, {5.2, 4.8, 0, 0}, {10, 0, 0, 0}};
  std::vector<size_t> front = getFront(merits);
  EXPECT_EQ(front.size(), 5u);
  EXPECT_THAT(spread(merits, front, 3), ElementsAre(0, 1, 4));
  EXPECT_THAT(spread(merits, front, 2), ElementsAre(0, 4));
  EXPECT_THAT(spread(merits, front, 1), ElementsAre(0)) << "the best by the first goal";
  EXPECT_THAT(spread(merits, front, 9), front);
}

TEST(Front, ExcessIsOfTheLimitThatBindsMost) {
  GoalLimits limits;
  limits[size_t(Goal::Energy)] = 2;
  limits[size_t(Goal::Memory)] = 10;
  EXPECT_EQ(getExcess({9, 2, 9, 10}, limits).share, 0);
  Excess excess = getExcess({9, 3, 9, 11}, limits);
  EXPECT_DOUBLE_EQ(excess.share, 0.5);
  EXPECT_EQ(excess.goal, Goal::Energy);
  EXPECT_EQ(getExcess({9, 3, 9, 31}, limits).goal, Goal::Memory);
}

TEST(Goals, AreReadWithTheirWeights) {
  auto weights = parseGoals("energy:0.4,latency:0.3,accuracy:0.3");
  ASSERT_TRUE(bool(weights));
  EXPECT_THAT(*weights, ElementsAre(0.3, 0.4, 0.3, 0));
  for (const char *wrong : {"", "speed:1", "energy", "energy:-1", "energy:nan", "energy:1,energy:2", "energy:0"})
    EXPECT_TRUE(llvm::errorToBool(parseGoals(wrong).takeError())) << wrong;
}

} // namespace
