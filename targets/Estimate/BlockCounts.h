//===- BlockCounts.h - how often machine code is executed -------*- C++ -*-===//
#ifndef LLE_TARGETS_ESTIMATE_BLOCKCOUNTS_H
#define LLE_TARGETS_ESTIMATE_BLOCKCOUNTS_H

#include "targets/Estimate/HostCode.h"
#include "targets/Estimate/MachineCode.h"

namespace lle {

/// How often each block of a procedure is executed, in their order.
using Counts = std::vector<uint64_t>;

/// From the counts of the blocks of IR that the machine blocks came from. Code generation splits and copies blocks:
/// what it made is given the flow that its neighbours leave over (He, Mestre, Pupyrev, Wang, Yu, "Profile inference
/// revisited", POPL 2022, as LLVM has it).
Counts inferCounts(const MachineProcedure &procedure, const BlockProfile &profile);

} // namespace lle

#endif
