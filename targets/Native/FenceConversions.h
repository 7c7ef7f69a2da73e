//===- FenceConversions.h - scales apart from conversions -------*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_FENCECONVERSIONS_H
#define LLE_TARGETS_NATIVE_FENCECONVERSIONS_H

#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

namespace lle {

/// Keeps products with powers of two apart from conversions between numbers and integers, on the M-profile vector
/// extension. LLVM 22 makes one instruction of both (VCVT with fraction bits), and builds its immediate as a constant
/// that may live in a register: if another instruction needs the same constant, the register's number becomes the
/// immediate, and the result has another scale.
void fenceConversions(llvm::Module &module, llvm::TargetMachine &machine);

} // namespace lle

#endif
