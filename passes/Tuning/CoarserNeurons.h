//===- CoarserNeurons.h - neurons whose step is several of before -*- C++ -*-===//
#ifndef LLE_PASSES_TUNING_COARSERNEURONS_H
#define LLE_PASSES_TUNING_COARSERNEURONS_H

#include "mlir/IR/Operation.h"

namespace lle {

/// How a network's step changes.
struct Coarsening {
  double dt = 0;      ///< Of the step of before, in seconds.
  int64_t factor = 1; ///< Steps of before that become one.
  /// Delays of a single step that a loop passes, or that a neuron makes which emits from its old state, stay one step.
  bool keepLoopDelays = false;
};

/// An error at the operation, which says why it can have no longer step.
mlir::LogicalResult refuseCoarsening(mlir::Operation *op, const Coarsening &coarsening, const llvm::Twine &reason);

/// Makes a neuron one whose states after a step are those of before after `factor` steps in which its input did not
/// change, up to the unit of its membrane and as long as it does not fire. The operation may be replaced; the network's
/// dt is changed by the caller.
mlir::LogicalResult coarsenNeuron(mlir::Operation *op, const Coarsening &coarsening);

} // namespace lle

#endif
