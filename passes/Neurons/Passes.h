//===- Passes.h - the passes of passes/Neurons ------------------*- C++ -*-===//
#ifndef LLE_PASSES_NEURONS_PASSES_H
#define LLE_PASSES_NEURONS_PASSES_H

#include "dialects/LLE/LLEOps.h"
#include "mlir/Pass/Pass.h"

namespace lle {
/// What populations become.
enum class NeuronModel { lif, adlif, plif };

#define GEN_PASS_DECL
#include "passes/Neurons/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "passes/Neurons/Passes.h.inc"
} // namespace lle

#endif
