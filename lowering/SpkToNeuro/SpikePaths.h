//===- SpikePaths.h - from a source to the neurons it reaches ---*- C++ -*-===//
#ifndef LLE_LOWERING_SPKTONEURO_SPIKEPATHS_H
#define LLE_LOWERING_SPKTONEURO_SPIKEPATHS_H

#include "lowering/SpkToNeuro/SignalMap.h"

#include "llvm/ADT/SmallPtrSet.h"

namespace lle {

/// What arrives at one element of a signal, of one spike.
struct Impulse {
  int64_t element;
  int32_t weight;
  int64_t delay; ///< Steps of the network.
};

/// All ways that a signal takes to populations, or to any operation that is not between populations.
class SpikePaths {
public:
  /// `isEnd` tells where ways end; `allowsReals` whether signals may be of f32, with weights that are whole. An error
  /// at an operation on the way that is no sum of synapses, or on a loop of delays, in which a spike would go round for
  /// ever.
  static mlir::FailureOr<SpikePaths> trace(mlir::Value source, bool allowsReals,
                                           llvm::function_ref<bool(mlir::Operation *)> isEnd);

  /// Operations on the way.
  llvm::SmallVector<mlir::Operation *> getOperations() const;
  /// Operands of ends that the signal reaches.
  llvm::ArrayRef<mlir::OpOperand *> getEnds() const { return ends; }

  /// What these impulses at the source, in ascending order of elements, make of all signals. An error at an operation
  /// that makes f32 of them which are not exact.
  mlir::LogicalResult follow(std::vector<Impulse> impulses);
  /// At an operand of getEnds, after `follow`: in ascending order of elements, then of delays, none of weight 0.
  llvm::ArrayRef<Impulse> getArrivals(unsigned end) const { return signals[endSignals[end]]; }

private:
  /// An operation, whose result is signal 1 + its number in `stages`; signal 0 is the source.
  struct Stage {
    mlir::Operation *op;
    llvm::SmallVector<std::pair<unsigned, SignalMap>, 1> inputs; ///< Signals before it.
  };
  std::vector<Stage> stages;
  std::vector<std::vector<Impulse>> signals;
  llvm::SmallVector<mlir::OpOperand *> ends;
  llvm::SmallVector<unsigned> endSignals;
};

} // namespace lle

#endif
