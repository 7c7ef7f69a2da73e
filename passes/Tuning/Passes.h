//===- Passes.h - the passes of passes/Tuning -------------------*- C++ -*-===//
#ifndef LLE_PASSES_TUNING_PASSES_H
#define LLE_PASSES_TUNING_PASSES_H

#include "dialects/LLE/LLEOps.h"
#include "mlir/Pass/Pass.h"
#include "passes/Analysis/SynapseChoice.h"

namespace lle {
#define GEN_PASS_DECL
#include "passes/Tuning/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "passes/Tuning/Passes.h.inc"
} // namespace lle

#endif
