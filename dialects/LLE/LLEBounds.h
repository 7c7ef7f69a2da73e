//===- LLEBounds.h - limits that states keep --------------------*- C++ -*-===//
#ifndef LLE_DIALECTS_LLE_LLEBOUNDS_H
#define LLE_DIALECTS_LLE_LLEBOUNDS_H

#include "dialects/LLE/LLEOps.h"

#include <optional>
#include <vector>

namespace lle {

/// An interval.
struct Limits {
  double lower, upper;

  bool operator==(const Limits &other) const { return lower == other.lower && upper == other.upper; }
  /// The smallest interval that holds both.
  Limits hull(const Limits &other) const { return {std::min(lower, other.lower), std::max(upper, other.upper)}; }
  Limits hull(double value) const { return hull(Limits{value, value}); }
};

/// The limits of each element, in row-major order.
using Bounds = std::vector<Limits>;
/// Nothing where a limit is not known, or where there is none.
using MaybeBounds = std::optional<Bounds>;

/// The values that a function takes, over all numbers. Nothing where they have no limit.
std::optional<Limits> getRange(Activation function);

/// An attribute of an operation with state: for each state of known limits its name, with two dense attributes of its
/// shape, the lower limits and the upper ones.
inline constexpr llvm::StringLiteral kStateBoundsAttr = "lle.state_bounds";

} // namespace lle

#include "dialects/LLE/LLEBounds.h.inc"

#endif
