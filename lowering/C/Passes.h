//===- Passes.h - from buffers to C -----------------------------*- C++ -*-===//
#ifndef LLE_LOWERING_C_PASSES_H
#define LLE_LOWERING_C_PASSES_H

#include "mlir/Pass/Pass.h"
#include "llvm/ADT/StringRef.h"

namespace mlir {
class OpPassManager;
namespace func {
class FuncOp;
} // namespace func
} // namespace mlir

namespace lle {
#define GEN_PASS_DECL
#include "lowering/C/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "lowering/C/Passes.h.inc"

/// Buffers to C in the emitc dialect, which `mlir::emitc::translateToCpp` prints: `lle-to-emitc`. `header`: the file's.
void buildToEmitCPipeline(mlir::OpPassManager &pm, llvm::StringRef header = "");

void registerEmitCPipelines();
} // namespace lle

#endif
