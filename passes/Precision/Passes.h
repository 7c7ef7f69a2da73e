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

} // namespace lle

#endif
