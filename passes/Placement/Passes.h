//===- Passes.h - the passes of passes/Placement ----------------*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_PASSES_H
#define LLE_PASSES_PLACEMENT_PASSES_H

#include "dialects/Neuro/NeuroOps.h"
#include "mlir/Pass/Pass.h"

namespace lle {
/// How `neuro-partition` finds neurons that go together.
enum class PartitionStrategy { multilevel, sequential };
/// How `neuro-place` finds places.
enum class PlacementStrategy { annealing, sequential };

#define GEN_PASS_DECL
#include "passes/Placement/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "passes/Placement/Passes.h.inc"
} // namespace lle

#endif
