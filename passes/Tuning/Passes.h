//===- Passes.h - the passes of passes/Tuning -------------------*- C++ -*-===//
#ifndef LLE_PASSES_TUNING_PASSES_H
#define LLE_PASSES_TUNING_PASSES_H

#include "dialects/LLE/LLEOps.h"
#include "mlir/Pass/Pass.h"
#include "passes/Analysis/Metric.h"
#include "passes/Analysis/SynapseChoice.h"

namespace lle {

/// Which activation of the data set becomes the threshold.
enum class ThresholdMethod { Max, Percentile };
/// Where membranes start.
enum class InitialMembrane { Half, Zero };
/// What the outputs of a network made of a ReLU network are.
enum class SpikingOutput { Membrane, Spikes };
/// How thresholds are found.
enum class ThresholdSearch { Coordinates, Percentile };
/// What has a threshold factor of its own.
enum class ThresholdGranularity { Layer, Channel };
/// What should become less.
enum class SpikeCost { Spikes, Operations };

#define GEN_PASS_DECL
#include "passes/Tuning/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "passes/Tuning/Passes.h.inc"

/// Attribute of a neuron that was an activation: where its threshold is from.
inline constexpr llvm::StringLiteral kFromANNAttr = "spk.from_ann";
/// Attribute of a network and its operations: what they cost on a target.
inline constexpr llvm::StringLiteral kCostAttr = "lle.cost";
/// Attribute of a network whose steps were tuned: how many it had, and what the metric was before and after.
inline constexpr llvm::StringLiteral kTimestepsAttr = "spk.timesteps";
/// Attribute of a network whose dt was tuned: what it was, and what was measured before and after.
inline constexpr llvm::StringLiteral kDtAttr = "lle.dt_tuned";
/// Attribute of a network whose thresholds were tuned: what was measured before and after.
inline constexpr llvm::StringLiteral kThresholdsAttr = "spk.thresholds";
/// Attributes of a population whose thresholds were tuned: what these, an array of one or one for each channel, and the
/// weights of the synapses on its spikes were multiplied by.
inline constexpr llvm::StringLiteral kThresholdFactorAttr = "spk.threshold_factor";
inline constexpr llvm::StringLiteral kWeightFactorAttr = "spk.weight_factor";
/// Attribute of a network that lle-optimize made: what it was, what it is, and how it became so.
inline constexpr llvm::StringLiteral kOptimizedAttr = "lle.optimized";

} // namespace lle

#endif
