//===- Refinement.h - better partitions by moving vertices ------*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_REFINEMENT_H
#define LLE_PASSES_PLACEMENT_REFINEMENT_H

#include "passes/Placement/PartitionState.h"
#include "passes/Placement/Threads.h"

namespace lle {

struct RefinementOptions {
  unsigned passes = 4;
  size_t fruitless = 1000; ///< Moves after the best state, before a pass ends.
  size_t undone = 200;     ///< Moves after it that were taken back, for what only a move shows exceeded a limit.
  uint64_t tolerance = 0;  ///< Overload that states between the moves of a pass may have.
  unsigned threads = 1;
};

/// Fiduccia-Mattheyses passes on a table of all gains. While a part is overloaded, the next vertex leaves it: what
/// comes in above the limit becomes a chain of moves, and a partition that exceeds limits is repaired. Never ends with
/// more overload, nor with as much and more packets, than it began with.
void refineByMoves(PartitionState &state, const RefinementOptions &options);

/// Repairs overloaded parts, then moves each vertex to its best part as long as that gains: for netlists whose gains do
/// not fit into a table, or whose passes would take too long.
void refineGreedily(PartitionState &state, const RefinementOptions &options);

} // namespace lle

#endif
