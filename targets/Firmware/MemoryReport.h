//===- MemoryReport.h - what a network takes, for people --------*- C++ -*-===//
#ifndef LLE_TARGETS_FIRMWARE_MEMORYREPORT_H
#define LLE_TARGETS_FIRMWARE_MEMORYREPORT_H

#include "targets/Firmware/MemoryPlan.h"

#include "llvm/Support/JSON.h"

namespace lle {

/// A table of the nodes, the target's memories and what they hold, and, where something does not fit, what to do. For a
/// target without memories, the nodes alone.
std::string formatMemory(llvm::StringRef network, const MemoryUse &use, const Target &target);

/// The same as numbers with unit and provenance.
llvm::json::Object formatMemoryAsJSON(const MemoryUse &use, const Target &target);

/// One sentence: what does not fit where.
std::string describeShortage(const MemoryPlan &plan, const Target &target);

} // namespace lle

#endif
