//===- ExpandRounding.h - no calls of floorf and the like -------*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_EXPANDROUNDING_H
#define LLE_TARGETS_NATIVE_EXPANDROUNDING_H

#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

namespace lle {

/// Puts additions and comparisons in place of floor, ceil, trunc, rint, nearbyint and roundeven of f32 and f64 where
/// the machine has no instruction for them: LLVM would call functions of libm. The results are the same, bit for bit.
void expandRounding(llvm::Module &module, llvm::TargetMachine &machine);

} // namespace lle

#endif
