//===- Elimination.h - leave out channels, and make up for them -*- C++ -*-===//
#ifndef LLE_PASSES_PRUNING_ELIMINATION_H
#define LLE_PASSES_PRUNING_ELIMINATION_H

#include "passes/Pruning/Passes.h"
#include "passes/Pruning/Signals.h"

namespace lle {

struct EliminationOptions {
  ChannelImportance importance = ChannelImportance::OutputChange;
  bool correct = true;
  double ridge = 0.003; ///< What is added to the mean square of a channel, as a share of the mean over all.
};

/// What became of the channels of a group.
struct Elimination {
  llvm::SmallVector<int64_t> kept; ///< In ascending order.
  /// The squared error of what the readers deliver, as a share of its square: the mean over the readers.
  double error = 0;
};

/// Removes `count` channels of a group, and corrects the readers' weights.
Elimination eliminateChannels(ChannelGroup &group, int64_t count, const Measured &measured,
                              const EliminationOptions &options);

} // namespace lle

#endif
