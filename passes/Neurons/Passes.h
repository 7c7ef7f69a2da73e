//===- Passes.h - the passes of passes/Neurons ------------------*- C++ -*-===//
#ifndef LLE_PASSES_NEURONS_PASSES_H
#define LLE_PASSES_NEURONS_PASSES_H

#include "dialects/LLE/LLEOps.h"
#include "mlir/Pass/Pass.h"
#include "passes/Analysis/Metric.h"

namespace lle {
/// What populations become.
enum class NeuronModel { lif, adlif, plif };

#define GEN_PASS_DECL
#include "passes/Neurons/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "passes/Neurons/Passes.h.inc"

/// Attribute of a network whose neurons were selected: what was measured before and after.
inline constexpr llvm::StringLiteral kNeuronsAttr = "spk.neurons";
/// Attributes of a population that was selected: the model it was, the mean delay of its membrane as a share of what
/// that model's was, and by which share of its threshold a spike lowers its membrane.
inline constexpr llvm::StringLiteral kSelectedFromAttr = "spk.selected_from";
inline constexpr llvm::StringLiteral kDelayShareAttr = "spk.delay_share";
inline constexpr llvm::StringLiteral kAdaptationAttr = "spk.adaptation";
} // namespace lle

#endif
