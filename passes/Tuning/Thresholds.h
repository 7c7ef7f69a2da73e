//===- Thresholds.h - networks with other thresholds ------------*- C++ -*-===//
#ifndef LLE_PASSES_TUNING_THRESHOLDS_H
#define LLE_PASSES_TUNING_THRESHOLDS_H

#include "dialects/LLE/LLEOps.h"

namespace lle {

/// How a larger threshold is made up for: each of the fewer spikes counts for more.
enum class Balance {
  None,      ///< It cannot be.
  Weights,   ///< Weights of synapses, in floats.
  Thresholds ///< Thresholds of the populations behind, whose currents are integers.
};

/// Neurons that fire 0 or 1 at a threshold that is only that, and what reads their spikes.
struct Population {
  mlir::Operation *op;
  mlir::DenseElementsAttr threshold;
  llvm::SmallVector<mlir::Operation *> synapses; ///< On its spikes, perhaps pooled or delayed.
  Balance balance = Balance::None;
  llvm::SmallVector<unsigned> behind; ///< Of Balance::Thresholds: which populations the synapses drive.
  int64_t operations = 0;             ///< That a spike causes: the fan-out of the synapses.

  /// The first dimension of the population.
  int64_t getChannels() const;
  int64_t getNeurons() const;
};

/// In the order of the text, the same for all clones of a network.
llvm::SmallVector<Population> getPopulations(NetworkOp network);

/// What a population's thresholds (one factor, or one for each channel) and weights behind it are multiplied by.
struct ThresholdFactors {
  llvm::SmallVector<double> thresholds{1};
  double weights = 1;
};

/// Gives the network, a clone of the one that `originals` are of, the thresholds of those times factors. Integers are
/// rounded, and stay above 0.
void scaleThresholds(NetworkOp network, llvm::ArrayRef<Population> originals, llvm::ArrayRef<ThresholdFactors> factors);

} // namespace lle

#endif
