//===- Passes.h - the passes of passes/Pruning ------------------*- C++ -*-===//
#ifndef LLE_PASSES_PRUNING_PASSES_H
#define LLE_PASSES_PRUNING_PASSES_H

#include "dialects/LLE/LLEOps.h"
#include "mlir/Pass/Pass.h"
#include "passes/Analysis/Metric.h"

namespace lle {

/// Which channels go first.
enum class ChannelImportance { OutputChange, Magnitude, Spikes };

#define GEN_PASS_DECL
#include "passes/Pruning/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "passes/Pruning/Passes.h.inc"

/// Attribute of a network whose channels were pruned: how many it had, and what the metric was before and after.
inline constexpr llvm::StringLiteral kPruningAttr = "lle.pruning";
/// Attribute of a population or cell: which of the channels that it had before pruning are left.
inline constexpr llvm::StringLiteral kKeptChannelsAttr = "lle.kept_channels";

} // namespace lle

#endif
