//===- WeightGridTest.cpp - weights rounded to few bits -------------------===//
#include "passes/Precision/WeightGrid.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

using namespace lle;

static std::vector<double> makeWeights(size_t count, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<double> weights(count);
  for (double &weight : weights)
    weight = double(int64_t(random() % 2001) - 1000) / 1000;
  return weights;
}

/// x x^T summed over inputs that are alike from element to element.
static std::vector<double> makeMoments(int64_t inputs, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<double> moments(inputs * inputs), x(inputs);
  for (int sample = 0; sample < 500; ++sample) {
    double common = double(random() % 100) / 100;
    for (double &value : x)
      value = common + double(random() % 100) / 300;
    for (int64_t i = 0; i < inputs; ++i)
      for (int64_t j = 0; j < inputs; ++j)
        moments[i * inputs + j] += x[i] * x[j];
  }
  return moments;
}

static double getOutputError(const std::vector<double> &a, const std::vector<double> &b,
                             const std::vector<double> &moments, int64_t rows) {
  int64_t inputs = int64_t(a.size()) / rows;
  double error = 0;
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t i = 0; i < inputs; ++i)
      for (int64_t j = 0; j < inputs; ++j)
        error += (a[row * inputs + i] - b[row * inputs + i]) * (a[row * inputs + j] - b[row * inputs + j]) *
                 moments[i * inputs + j];
  return error;
}

TEST(WeightGrid, HasTheLevelsOfItsBits) {
  std::vector<double> weights = makeWeights(400, 1);
  for (unsigned bits : {1u, 2u, 3u, 4u, 5u, 6u, 8u}) {
    RoundedWeights rounded = roundWeights(weights, 4, nullptr, {{bits}, {}}, {});
    ASSERT_EQ(rounded.grids.size(), 1u);
    ASSERT_EQ(rounded.grids[0].size(), 4u);
    for (int row = 0; row < 4; ++row) {
      const WeightGrid &grid = rounded.grids[0][row];
      for (int i = 0; i < 100; ++i) {
        double level = rounded.values[row * 100 + i] / grid.scale;
        EXPECT_NEAR(level, std::nearbyint(level), 1e-9);
        if (grid.isBinary) {
          EXPECT_NEAR(std::abs(level), 1, 1e-9);
          continue;
        }
        EXPECT_GE(std::nearbyint(level), -std::ldexp(1.0, int(bits) - 1));
        EXPECT_LE(std::nearbyint(level), std::ldexp(1.0, int(bits) - 1) - 1);
      }
    }
  }
}

TEST(WeightGrid, CompensatesErrorsInTheOutput) {
  std::vector<double> weights = makeWeights(8 * 32, 2), moments = makeMoments(32, 3);
  InputMoments inputs(32, {moments});
  for (unsigned bits : {2u, 3u, 4u}) {
    double nearest = getOutputError(roundWeights(weights, 8, nullptr, {{bits}, {}}, {}).values, weights, moments, 8);
    double corrected = getOutputError(roundWeights(weights, 8, &inputs, {{bits}, {}}, {}).values, weights, moments, 8);
    EXPECT_LT(corrected, 0.3 * nearest) << bits << " bits";
  }
}

TEST(WeightGrid, TakesPowersOfTwo) {
  std::vector<double> weights = makeWeights(64, 4);
  WeightGridOptions options;
  options.powersOfTwo = true;
  RoundedWeights rounded = roundWeights(weights, 2, nullptr, {{4}, {}}, options);
  for (const WeightGrid &grid : rounded.grids[0]) {
    int exponent;
    EXPECT_EQ(std::frexp(grid.scale, &exponent), 0.5);
  }
}

TEST(WeightGrid, KeepsIntegersThatFit) {
  std::vector<double> weights{-8, -3, 0, 7, 1, 2, -1, 5};
  WeightGridOptions options;
  options.integerBits = 8;
  EXPECT_EQ(roundWeights(weights, 2, nullptr, {{4}, {}}, options).values, weights);
  std::vector<double> even{-16, -6, 0, 14, 2, 4, -2, 10};
  options.perChannel = false;
  RoundedWeights rounded = roundWeights(even, 2, nullptr, {{4}, {}}, options);
  EXPECT_EQ(rounded.values, even);
  EXPECT_EQ(rounded.grids[0].size(), 1u);
  EXPECT_EQ(rounded.grids[0][0].scale, 2);
}

TEST(WeightGrid, StaysInTheRangeOfIntegers) {
  std::vector<double> weights{127, 90, 17, 3, 120, 127}, moments = makeMoments(6, 7);
  InputMoments inputs(6, {moments});
  WeightGridOptions options;
  options.integerBits = 8;
  for (unsigned bits : {0u, 1u, 2u, 4u, 8u})
    for (double value : roundWeights(weights, 1, &inputs, {{bits}, {}}, options).values) {
      EXPECT_LE(value, 127) << bits << " bits";
      EXPECT_EQ(value, std::nearbyint(value));
    }
}

TEST(WeightGrid, PutsLevelsWhereWeightsAre) {
  // One sign: all levels are on its side.
  std::vector<double> positive{0.1, 0.25, 1.5, 0.75};
  EXPECT_EQ(roundWeights(positive, 1, nullptr, {{4}, {}}, {}).grids[0][0].lowest, 0);
  std::vector<double> lopsided{-1, 3, 2, -0.5};
  WeightGridOptions options;
  options.asymmetric = true;
  WeightGrid grid = roundWeights(lopsided, 1, nullptr, {{3}, {}}, options).grids[0][0];
  EXPECT_EQ(grid.lowest, -2);
  EXPECT_EQ(grid.highest, 5);
}

TEST(WeightGrid, GivesEachGroupOfInputsItsWidth) {
  std::vector<double> weights = makeWeights(4 * 16, 5), moments(16 * 16);
  for (int i = 0; i < 16; ++i)
    moments[i * 17] = i < 8 ? 1 : 100; // Inputs 8 to 15 are the active ones.
  InputMoments inputs(16, {moments});
  std::vector<unsigned> group(16);
  for (int i = 0; i < 8; ++i)
    group[i] = 1;
  RoundedWeights rounded = roundWeights(weights, 4, &inputs, {{8, 0}, group}, {});
  ASSERT_EQ(rounded.grids.size(), 2u);
  EXPECT_TRUE(rounded.grids[1].empty());
  for (int row = 0; row < 4; ++row)
    for (int i = 0; i < 16; ++i) {
      double value = rounded.values[row * 16 + i], weight = weights[row * 16 + i];
      if (i < 8)
        EXPECT_EQ(value, weight); // Inputs are independent: nothing is compensated.
      else
        EXPECT_NEAR(value, weight, rounded.grids[0][row].scale * 0.6);
    }
}

TEST(WeightGrid, LeavesOutWhatIsMasked) {
  std::vector<double> weights{0.5, 0, -0.5, 0, 0, 0.25, 0, 0.25};
  WeightWidths widths{{1}, {}, {false, true, false, true, true, false, true, false}};
  // One bit: the scale is the mean of those that are there, and the others stay zero.
  RoundedWeights rounded = roundWeights(weights, 2, nullptr, widths, {});
  EXPECT_EQ(rounded.values, weights);
  EXPECT_EQ(rounded.grids[0][0].scale, 0.5);
}

TEST(WeightGrid, CountsOnNothingThatIsAbsent) {
  const std::vector<double> weights = makeWeights(8 * 32, 7), moments = makeMoments(32, 8);
  std::vector<double> there = weights;
  WeightWidths widths{{3}, {}, std::vector<bool>(weights.size())};
  for (size_t i = 0; i < there.size(); i += 2) {
    there[i] = 0;
    widths.isAbsent[i] = true;
  }
  // Others cannot make up for an error by what is absent, so factors of all inputs are not the best.
  InputMoments all(32, {moments}), own(32, {moments}, {}, widths.isAbsent);
  auto getError = [&](const InputMoments *inputs) {
    return getOutputError(roundWeights(there, 8, inputs, widths, {}).values, there, moments, 8);
  };
  EXPECT_LT(getError(&own), 0.8 * getError(&all));
  EXPECT_LT(getError(&own), 0.5 * getError(nullptr));
}
