//===- EarlyExitTest.cpp - samples that end once they are decided ---------===//
#include "passes/Tuning/EarlyExit.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <set>

using namespace lle;

namespace {
constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::vector<Beginnings> getRandomSamples(unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Beginnings> samples(12);
  for (Beginnings &sample : samples)
    for (unsigned step = 0; step < 7; ++step) {
      Score score;
      score.items = 1;
      score.right = double(random() % 8 < 3 + step);
      score.both = score.right;
      score.either = 2;
      sample.scores.push_back(score);
      sample.margins.push_back(double(random() % 6));
    }
  return samples;
}

/// The metric and the mean of steps, sample by sample as the rule says.
EarlyExit apply(const std::vector<Beginnings> &samples, int64_t steps, double margin, Metric metric) {
  Score sum;
  double total = 0;
  for (const Beginnings &sample : samples) {
    int64_t step = 1;
    while (step < steps && sample.margins[step - 1] < margin)
      ++step;
    sum += sample.scores[step - 1];
    total += double(step);
  }
  return {steps, margin, sum.get(metric), total / double(samples.size())};
}

/// All steps and all margins, tried.
EarlyExit search(const std::vector<Beginnings> &samples, int64_t fewest, Metric metric, double required) {
  EarlyExit best;
  for (int64_t steps = fewest; steps <= int64_t(samples.front().scores.size()); ++steps)
    for (double margin : {kInfinity, 5.0, 4.0, 3.0, 2.0, 1.0}) {
      EarlyExit found = apply(samples, steps, margin, metric);
      if (found.metric < required)
        break;
      if (best.steps == 0 || found.meanSteps < best.meanSteps)
        best = found;
    }
  if (best.margin == kInfinity)
    best.margin = 0;
  return best;
}
} // namespace

TEST(EarlyExit, IsWhatTryingAllFinds) {
  std::set<double> margins;
  for (Metric metric : {Metric::Accuracy, Metric::F1})
    for (unsigned seed = 0; seed < 200; ++seed) {
      std::vector<Beginnings> samples = getRandomSamples(seed);
      std::vector<double> metrics = getMetricOfEachLength(samples, metric);
      const double required = metrics.back() - 0.1;
      int64_t fewest = int64_t(metrics.size());
      while (fewest > 1 && metrics[fewest - 2] >= required)
        --fewest;
      EarlyExit expected = search(samples, fewest, metric, required);
      EarlyExit found = findEarlyExit(samples, fewest, metric, required);
      EXPECT_EQ(found.steps, expected.steps) << seed;
      EXPECT_EQ(found.margin, expected.margin) << seed;
      EXPECT_EQ(found.metric, expected.metric) << seed;
      EXPECT_DOUBLE_EQ(found.meanSteps, expected.meanSteps) << seed;
      margins.insert(found.margin);
    }
  EXPECT_GE(margins.size(), 4u); // The samples tell something.
}

TEST(EarlyExit, EndsNoSampleWithoutAMargin) {
  std::vector<Beginnings> samples = getRandomSamples(1);
  for (Beginnings &sample : samples)
    sample.margins.assign(sample.margins.size(), 0);
  samples.front().margins[2] = kInfinity; // no number that an attribute could hold
  EarlyExit found = findEarlyExit(samples, 5, Metric::Accuracy, 0);
  EXPECT_EQ(found.steps, 5);
  EXPECT_EQ(found.margin, 0);
  EXPECT_EQ(found.meanSteps, 5);
}

TEST(Decision, CountsSpikes) {
  Decision decision(3, /*isSpike=*/true);
  EXPECT_EQ(decision.add({1, 0, 1}), 0);
  EXPECT_EQ(decision.add({1, 0, 0}), 1);
  EXPECT_EQ(decision.add({2, 0, 1}), 2);
}

TEST(Decision, LooksAtTheValuesOfOneStep) {
  Decision decision(3, /*isSpike=*/false);
  EXPECT_EQ(decision.add({5, -1, 4.5}), 0.5);
  EXPECT_EQ(decision.add({-3, -1, -2}), 1);
  EXPECT_EQ(decision.add({2, 2, 1}), 0);
  EXPECT_EQ(decision.add({kInfinity, kInfinity, 0}), 0);
  EXPECT_EQ(decision.add({5, std::numeric_limits<double>::quiet_NaN(), 1}), 0);
}
