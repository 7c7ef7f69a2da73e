//===- Percentile.h - large values of a stream ------------------*- C++ -*-===//
#ifndef LLE_PASSES_TUNING_PERCENTILE_H
#define LLE_PASSES_TUNING_PERCENTILE_H

#include <cstdint>
#include <queue>
#include <vector>

namespace lle {

/// A percentile of the positive values of a stream, exact, with linear interpolation between neighbours (NumPy's
/// default). Keeps only as many of the largest values as the percentile may need.
class PositivePercentile {
public:
  /// At most `capacity` values will come; `percent` is above 0 and up to 100.
  PositivePercentile(double percent, uint64_t capacity);

  void add(double value);

  uint64_t count() const { return positive; } ///< Of positive values.
  double largest() const { return maximum; }
  /// 0 where no value was positive.
  double get() const;
  /// The share of the positive values that are above `limit`, which must not be below get().
  double shareAbove(double limit) const;

private:
  std::vector<double> descending() const;

  double percent;
  uint64_t kept, positive = 0;
  double maximum = 0;
  std::priority_queue<double, std::vector<double>, std::greater<double>> top;
};

} // namespace lle

#endif
