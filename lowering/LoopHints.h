//===- LoopHints.h - what LLVM is told of loops -----------------*- C++ -*-===//
#ifndef LLE_LOWERING_LOOPHINTS_H
#define LLE_LOWERING_LOOPHINTS_H

#include "mlir/Dialect/SCF/IR/SCF.h"

namespace lle {

/// LLVM does not unroll the loop.
void keepRolled(mlir::scf::ForOp loop);

} // namespace lle

#endif
