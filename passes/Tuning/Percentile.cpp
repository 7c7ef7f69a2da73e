//===- Percentile.cpp - large values of a stream --------------------------===//
#include "passes/Tuning/Percentile.h"

#include <algorithm>
#include <cmath>

using namespace lle;

PositivePercentile::PositivePercentile(double percent, uint64_t capacity)
    : percent(percent), kept(uint64_t(std::ceil((1 - percent / 100) * double(capacity))) + 2) {}

void PositivePercentile::add(double value) {
  if (!(value > 0))
    return;
  ++positive;
  maximum = std::max(maximum, value);
  if (top.size() < kept) {
    top.push(value);
  } else if (value > top.top()) {
    top.pop();
    top.push(value);
  }
}

std::vector<double> PositivePercentile::descending() const {
  auto heap = top;
  std::vector<double> values;
  for (; !heap.empty(); heap.pop())
    values.push_back(heap.top());
  std::reverse(values.begin(), values.end());
  return values;
}

double PositivePercentile::get() const {
  if (positive == 0)
    return 0;
  std::vector<double> values = descending();
  // Rank from below, then from above.
  double rank = percent / 100 * double(positive - 1), whole = std::floor(rank);
  uint64_t at = positive - 1 - uint64_t(whole);
  double lower = values[at], upper = values[at == 0 ? 0 : at - 1];
  return lower + (rank - whole) * (upper - lower);
}

double PositivePercentile::shareAbove(double limit) const {
  std::vector<double> values = descending();
  auto end = std::partition_point(values.begin(), values.end(), [&](double value) { return value > limit; });
  return positive == 0 ? 0 : double(end - values.begin()) / double(positive);
}
