//===- RequirementTest.cpp - what is lost, and with what confidence -------===//
#include "passes/Analysis/Requirement.h"

#include <gtest/gtest.h>

using namespace lle;

/// As many samples of one label: the first ones are right, or the last ones.
static std::vector<Score> getScores(int64_t samples, int64_t right, bool first = true) {
  std::vector<Score> scores(samples);
  for (int64_t sample = 0; sample < samples; ++sample) {
    scores[sample].items = 1;
    scores[sample].right = first ? sample < right : sample >= samples - right;
  }
  return scores;
}

static Requirement getDrop(double drop) {
  Requirement requirement;
  requirement.maxDrop = drop;
  return requirement;
}

TEST(Requirement, IsMetAsMeasuredAtOneHalf) {
  EXPECT_TRUE(getDrop(0.05).isMet(getScores(100, 100), getScores(100, 95), 0.5));
  EXPECT_FALSE(getDrop(0.05).isMet(getScores(100, 100), getScores(100, 94), 0.5));
}

// 5 of 100 are lost: 0.05 + 1.2816 sqrt(0.05 * 0.95 / 100) = 0.0779.
TEST(Requirement, TakesConfidenceFromTheNormalDistribution) {
  EXPECT_FALSE(getDrop(0.0778).isMet(getScores(100, 100), getScores(100, 95), 0.9));
  EXPECT_TRUE(getDrop(0.0780).isMet(getScores(100, 100), getScores(100, 95), 0.9));
  // With 1.6449 it is 0.0858.
  EXPECT_FALSE(getDrop(0.0857).isMet(getScores(100, 100), getScores(100, 95), 0.95));
  EXPECT_TRUE(getDrop(0.0860).isMet(getScores(100, 100), getScores(100, 95), 0.95));
}

// Both are right in 90 of 100 samples. What counts is whether in the same ones: else 10 are lost and 10 won.
TEST(Requirement, ComparesTheSameSamples) {
  EXPECT_TRUE(getDrop(0.01).isMet(getScores(100, 90), getScores(100, 90), 0.9));
  EXPECT_FALSE(getDrop(0.01).isMet(getScores(100, 90), getScores(100, 90, /*first=*/false), 0.9));
}

// 0.9 - 1.2816 sqrt(0.09 / 100) = 0.8616, whatever was before.
TEST(Requirement, TakesTheLeastAccuracyByItself) {
  Requirement requirement;
  requirement.minAccuracy = 0.86;
  EXPECT_TRUE(requirement.isMet(getScores(100, 100), getScores(100, 90), 0.9));
  requirement.minAccuracy = 0.87;
  EXPECT_FALSE(requirement.isMet(getScores(100, 100), getScores(100, 90), 0.9));
  EXPECT_TRUE(requirement.isMet(getScores(100, 0), getScores(100, 90), 0.5));
}

TEST(Requirement, LetsErrorsGrow) {
  Requirement requirement = getDrop(0.5);
  requirement.evaluation.metric = Metric::MeanSquaredError;
  std::vector<Score> before(4), after(4);
  for (auto [index, score] : llvm::enumerate(after)) {
    before[index].items = score.items = 2;
    score.squaredError = 1;
  }
  EXPECT_TRUE(requirement.isMet(before, after, 0.99)); // All grow by 0.5.
  after[0].squaredError = 2;
  EXPECT_FALSE(requirement.isMet(before, after, 0.5));
}
