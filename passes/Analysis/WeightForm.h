//===- WeightForm.h - how targets store weights and states ------*- C++ -*-===//
#ifndef LLE_PASSES_ANALYSIS_WEIGHTFORM_H
#define LLE_PASSES_ANALYSIS_WEIGHTFORM_H

#include "dialects/LLE/LLEOps.h"

namespace lle {

/// What lle-allocate-bits decided: on an operation with weights for each of its attributes (`{value = {bits = [4],
/// scale = [...]}}`, with `group` of each input where there are several), on a network what became of it.
inline constexpr llvm::StringLiteral kBitsAttr = "lle.bits";

/// Of targets that store weights in the type that they have: what that means, and what helps.
inline constexpr llvm::StringLiteral kStoredFloats =
    "native code stores weights that are floats as floats, whatever bits they need; lle-to-fixed-point stores those of "
    "liquid networks in 8 or 16";

/// How a target stores weights and states.
struct WeightForm {
  llvm::SmallVector<unsigned> widths;      ///< That weights may have, in bits; none: all.
  llvm::SmallVector<unsigned> stored;      ///< That memory has for them, rising; none: their type's, as in native code.
  llvm::SmallVector<unsigned> stateWidths; ///< That states of spiking populations may have; none: they stay.
  bool powersOfTwo = false;                ///< A scale is one.
  bool perTensor = false;                  ///< A scale is of a whole tensor; else of each output.

  /// What a weight takes in memory that needs `bits`, of a tensor whose elements have `elementBits`.
  unsigned getStoredBits(unsigned bits, unsigned elementBits) const;
  /// The mean over the elements of a constant, by kBitsAttr where it says what they need.
  double getStoredBits(WeightOp weight) const;
};

} // namespace lle

#endif
