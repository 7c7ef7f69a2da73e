//===- Passes.h - from networks to populations on cores ---------*- C++ -*-===//
#ifndef LLE_LOWERING_SPKTONEURO_PASSES_H
#define LLE_LOWERING_SPKTONEURO_PASSES_H

#include "dialects/Neuro/NeuroOps.h"

#include "mlir/Pass/Pass.h"

namespace lle {
#define GEN_PASS_DECL
#include "lowering/SpkToNeuro/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "lowering/SpkToNeuro/Passes.h.inc"
} // namespace lle

#endif
