//===- ExpandRoots.h - no calls of sqrtf and sqrt ---------------*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_EXPANDROOTS_H
#define LLE_TARGETS_NATIVE_EXPANDROOTS_H

#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

namespace lle {

/// Puts a function of the module in place of square roots of f32 and f64 where the machine has no instruction for them:
/// LLVM would call libm. The function counts in integers, a digit at a time, and rounds to nearest.
void expandRoots(llvm::Module &module, llvm::TargetMachine &machine);

} // namespace lle

#endif
