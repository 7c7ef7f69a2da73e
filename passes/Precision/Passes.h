//===- Passes.h - the passes of passes/Precision ----------------*- C++ -*-===//
#ifndef LLE_PASSES_PRECISION_PASSES_H
#define LLE_PASSES_PRECISION_PASSES_H

#include "dialects/LTC/LTCOps.h"
#include "mlir/Pass/Pass.h"
#include "passes/Analysis/Metric.h"

namespace lle {

/// What the ports of a network in fixed point are.
enum class FixedPorts { Float, Fixed };

#define GEN_PASS_DECL
#include "passes/Precision/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "passes/Precision/Passes.h.inc"

/// On operations with weights of few bits, for each attribute: its widths, scales and groups of inputs. On the network:
/// what was allocated, and what the metric was before and after.
inline constexpr llvm::StringLiteral kBitsAttr = "lle.bits";
} // namespace lle

#endif
