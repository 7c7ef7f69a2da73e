//===- Cost.h - work as time and energy -------------------------*- C++ -*-===//
#ifndef LLE_TARGETS_ESTIMATE_COST_H
#define LLE_TARGETS_ESTIMATE_COST_H

#include "targets/Estimate/Estimate.h"

namespace lle {

/// A figure, or the limits that it lies in.
struct Figure {
  std::optional<double> value; ///< None where only the limits are known.
  double low = 0, high = 0;
};

/// What some work costs on a target. A figure that does not follow from what is known is none.
struct Cost {
  std::optional<Figure> instructions;
  std::optional<Figure> cycles; ///< With memory that does not wait.
  std::optional<Figure> ms;     ///< With the factor of memory that the target's file has.
  std::optional<Figure> mJ;
};

/// Why a figure should be believed.
struct Evidence {
  std::string provenance; ///< "derived", or "assumed"; empty where there is no figure.
  std::string basis;      ///< What it rests on, or what it lacks.
};

class EmittedCostModel {
public:
  EmittedCostModel(const Estimate &estimate, const Target &target);

  /// Of a mean step where there was a profile, else between the shortest path and the longest.
  Cost getCost(const NodeWork &work) const;
  /// Of the longest path; nothing where it has no limit.
  Cost getMost(const NodeWork &work) const;

  Evidence instructions, cycles, ms, mJ;

private:
  const Estimate &estimate;
  const Target &target;
  const CostFigure *perInstruction = nullptr, *memory, *energy;

  Cost finish(Cost cost) const;
  std::optional<Figure> getCycles(const Work &least, const Work &most, bool isOne) const;
};

/// A figure times a number of steps.
Cost scale(const Cost &cost, double steps);

} // namespace lle

#endif
