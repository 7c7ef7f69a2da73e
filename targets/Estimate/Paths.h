//===- Paths.h - the shortest and the longest path of a step ----*- C++ -*-===//
#ifndef LLE_TARGETS_ESTIMATE_PATHS_H
#define LLE_TARGETS_ESTIMATE_PATHS_H

#include "targets/Estimate/BlockCounts.h"
#include "targets/Estimate/LoopBounds.h"
#include "targets/Target.h"

namespace lle {

enum class PathKind { Shortest, Longest };

/// Counts of all procedures, by their place in the code.
using PathCounts = std::vector<Counts>;

/// How often blocks are executed on a path through the procedure `entry` with the fewest or the most instructions,
/// loops being as short or as long as their bounds say. For the longest path it is an error if a loop has no bound, or
/// a function is called that is neither in the code nor one of the target's helpers.
llvm::Expected<PathCounts> findPath(const MachineCode &code, llvm::StringRef entry, const LoopBounds &bounds,
                                    const Target &target, PathKind kind);

} // namespace lle

#endif
