//===- Passes.h - from networks to machine code -----------------*- C++ -*-===//
#ifndef LLE_LOWERING_PASSES_H
#define LLE_LOWERING_PASSES_H

#include "mlir/Pass/Pass.h"

namespace mlir {
namespace func {
class FuncOp;
} // namespace func
} // namespace mlir

namespace lle {
#define GEN_PASS_DECL
#include "lowering/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "lowering/Passes.h.inc"
} // namespace lle

#endif
