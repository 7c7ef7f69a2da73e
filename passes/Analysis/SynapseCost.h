//===- SynapseCost.h - what the two kernels of a synapse cost ---*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_SYNAPSECOST_H
#define LLE_PASSES_ANALYSIS_SYNAPSECOST_H

#include "llvm/ADT/StringRef.h"

namespace lle {

/// On a synapse: the kernel to take, "dense" or "event".
inline constexpr llvm::StringLiteral kSynapseAttr = "lle.synapse";
/// On a synapse: the measured fraction of input elements that are not zero, an f64.
inline constexpr llvm::StringLiteral kActivityAttr = "lle.activity";

/// The fraction of elements that is taken to be active where nothing was measured.
inline constexpr double kAssumedActivity = 0.1;

/// What a synapse does in one step.
struct SynapseWork {
  double elements; ///< Elements of the input.
  double vectors;  ///< Vectors of outputs that one element is added to.
};

/// Cycles of one step if all elements are visited: each vector takes a product and a sum.
inline double getDenseCycles(const SynapseWork &work) {
  constexpr double kPerElement = 1.0, kPerVector = 1.0;
  return work.elements * (kPerElement + kPerVector * work.vectors);
}

/// Cycles of one step if only those are visited that are not zero: words of 64 elements are tested, an element that is
/// found costs a part of a mispredicted branch, and each vector a sum.
inline double getEventCycles(const SynapseWork &work, double activity) {
  constexpr double kPerWord = 4.0, kPerEvent = 8.0, kPerVector = 0.7;
  return work.elements / 64 * kPerWord + work.elements * activity * (kPerEvent + kPerVector * work.vectors);
}

inline bool isEventCheaper(const SynapseWork &work, double activity) {
  return getEventCycles(work, activity) <= getDenseCycles(work);
}

} // namespace lle

#endif
