//===- WidenConversions.h - pairs of numbers as full registers --*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_WIDENCONVERSIONS_H
#define LLE_TARGETS_NATIVE_WIDENCONVERSIONS_H

#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

namespace lle {

/// Converts pairs of f32 and integers in registers of four where LLVM would take them for pairs of 64-bit integers: the
/// M-profile vector extension has no conversion of those, and each would be two calls of a helper.
void widenConversions(llvm::Module &module, llvm::TargetMachine &machine);

} // namespace lle

#endif
