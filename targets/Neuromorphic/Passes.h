//===- Passes.h - the passes of targets/Neuromorphic ------------*- C++ -*-===//
#ifndef LLE_TARGETS_NEUROMORPHIC_PASSES_H
#define LLE_TARGETS_NEUROMORPHIC_PASSES_H

#include "dialects/Neuro/NeuroOps.h"

#include "mlir/Pass/Pass.h"

namespace lle {
#define GEN_PASS_DECL
#include "targets/Neuromorphic/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "targets/Neuromorphic/Passes.h.inc"
} // namespace lle

#endif
