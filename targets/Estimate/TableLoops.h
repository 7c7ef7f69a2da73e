//===- TableLoops.h - loops that count to entries of tables -----*- C++ -*-===//
//
// The code of a sparse matrix has a loop over its rows and in it one over the synapses of the row, to where a table of
// constants says. Nothing of that depends on data: the outer loop is gone through here, row by row.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_TARGETS_ESTIMATE_TABLELOOPS_H
#define LLE_TARGETS_ESTIMATE_TABLELOOPS_H

#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"

#include <optional>

namespace lle {

/// What a loop does while the loop around it runs once; zeros where it is never entered.
struct TableCount {
  uint64_t most = 0, least = 0; ///< Executions of its first block each time it is entered.
  uint64_t repeats = 0;         ///< Jumps back to its first block, of all times that it is entered.
};

/// None where the loop around it has no constant count, or an iteration depends on more than constants.
std::optional<TableCount> countByTables(const llvm::Loop &loop, const llvm::LoopInfo &info,
                                        llvm::ScalarEvolution &evolution);

} // namespace lle

#endif
