//===- EarlyExit.cpp - samples that end once they are decided -------------===//
#include "passes/Tuning/EarlyExit.h"

#include <cmath>

using namespace mlir;
using namespace lle;

namespace {
/// With a margin of at most this the sample ends after so many steps, if not earlier.
struct Exit {
  double margin;
  size_t sample;
  int64_t steps;
};
} // namespace

/// Largest margin first; the exits of a sample get earlier on the way.
static std::vector<Exit> getExits(ArrayRef<Beginnings> samples) {
  std::vector<Exit> exits;
  for (auto [sample, beginnings] : llvm::enumerate(samples)) {
    double largest = 0;
    for (auto [step, margin] : llvm::enumerate(beginnings.margins))
      if (margin > largest && std::isfinite(margin)) {
        exits.push_back({margin, sample, int64_t(step) + 1});
        largest = margin;
      }
  }
  llvm::sort(exits, [](const Exit &a, const Exit &b) {
    return std::pair(-a.margin, a.sample) < std::pair(-b.margin, b.sample);
  });
  return exits;
}

static bool isGoodEnough(double value, Metric metric, double required) {
  return isError(metric) ? value <= required : value >= required;
}

/// The smallest margin down to which it is good enough where no sample is longer than `steps`.
static EarlyExit findMargin(ArrayRef<Beginnings> samples, ArrayRef<Exit> exits, int64_t steps, Metric metric,
                            double required) {
  std::vector<int64_t> ends(samples.size(), steps);
  int64_t total = steps * int64_t(samples.size());
  Score score;
  for (const Beginnings &sample : samples)
    score += sample.scores[steps - 1];
  EarlyExit best{steps, 0, score.get(metric), double(steps)};
  while (!exits.empty()) {
    const double margin = exits.front().margin;
    for (; !exits.empty() && exits.front().margin == margin; exits = exits.drop_front()) {
      const Exit &exit = exits.front();
      int64_t &end = ends[exit.sample];
      if (exit.steps >= end)
        continue;
      score -= samples[exit.sample].scores[end - 1];
      score += samples[exit.sample].scores[exit.steps - 1];
      total -= end - exit.steps;
      end = exit.steps;
    }
    if (!isGoodEnough(score.get(metric), metric, required))
      break;
    const double mean = double(total) / double(samples.size());
    if (mean < best.meanSteps)
      best = {steps, margin, score.get(metric), mean};
  }
  return best;
}

EarlyExit lle::findEarlyExit(ArrayRef<Beginnings> samples, int64_t fewest, Metric metric, double required) {
  const std::vector<Exit> exits = getExits(samples);
  EarlyExit best;
  for (int64_t steps = fewest, longest = int64_t(samples.front().scores.size()); steps <= longest; ++steps) {
    EarlyExit found = findMargin(samples, exits, steps, metric, required);
    if (best.steps == 0 || found.meanSteps < best.meanSteps)
      best = found;
  }
  return best;
}
