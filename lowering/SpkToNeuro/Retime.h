//===- Retime.h - start ticks of populations --------------------*- C++ -*-===//
#ifndef LLE_LOWERING_SPKTONEURO_RETIME_H
#define LLE_LOWERING_SPKTONEURO_RETIME_H

#include "mlir/Support/LLVM.h"

namespace lle {

/// Synapses from one population to another, by their numbers.
struct TimedEdge {
  unsigned source, target;
  int64_t delay; ///< The least one in the network, in steps.
};

struct Retiming {
  llvm::SmallVector<int64_t> starts; ///< Of each population: the least ones, in ticks.
  /// Edges of a loop whose delays are fewer than its edges, one after the other; then there are no starts.
  llvm::SmallVector<unsigned> loop;
};

/// Starts s >= 0 with s(target) - s(source) + delay >= 1 on all edges: longest paths (Bellman, Ford).
Retiming retime(unsigned populations, llvm::ArrayRef<TimedEdge> edges);

} // namespace lle

#endif
