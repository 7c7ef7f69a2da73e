//===- PlaceList.h - a list of what is visited ------------------*- C++ -*-===//
//
// Masks whose bits are visited one by one end with a branch each that no processor predicts: 15 to 25 cycles, which is
// more than the work for some events of few outputs. So the places are listed first, by code whose branches are almost
// always the same, and the loop over the list ends once.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_LOWERING_LLETOLINALG_PLACELIST_H
#define LLE_LOWERING_LLETOLINALG_PLACELIST_H

#include "lowering/LLEToLinalg/Synapses.h"

namespace lle {

class PlaceList {
public:
  /// For places below `length`, of which the fraction `activity` is expected in the list.
  PlaceList(StepBuilder &b, int64_t length, double activity);

  /// Where a mispredicted branch costs a few cycles, a list takes longer than masks.
  static bool isSlow(const VectorShape &machine) { return machine.isMicrocontroller(); }
  /// And where a mask of 64 has more than eight events for the one branch.
  static constexpr double kMostActivity = 0.125;

  /// Appends `first` and the place of a bit for each bit of a mask of `width` bits, an i32 or an i64. Returns the new
  /// count.
  mlir::Value append(StepBuilder &b, mlir::Value count, mlir::Value first, mlir::Value mask, int64_t width);

  /// Visits the places.
  llvm::SmallVector<mlir::Value> forEach(StepBuilder &b, mlir::ValueRange carried, SpikeBody body) const;

  mlir::Value count; ///< Of all places, when they have been appended.

private:
  double activity;
  mlir::Value places; ///< A buffer, with room for what `append` writes behind the last place.
};

/// The places of the elements of a flat tensor that are not zero, or of the spikes of a set: of `length`, of which the
/// fraction `activity` is expected.
PlaceList listElements(StepBuilder &b, mlir::Value tensor, double activity);
PlaceList listSpikes(StepBuilder &b, mlir::Value bits, int64_t length, double activity);

} // namespace lle

#endif
