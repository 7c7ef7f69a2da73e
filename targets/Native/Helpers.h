//===- Helpers.h - functions that every compiler brings ---------*- C++ -*-===//
//
// Where a processor has no instruction for an operation of LLVM's IR, LLVM calls a function for it: floats without an
// FPU, 64-bit products and quotients on 32 bits. Their names are fixed by the processor's ABI, and libgcc as well as
// compiler-rt has them all, so that every link of a program finds them, also one without a C library.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_TARGETS_NATIVE_HELPERS_H
#define LLE_TARGETS_NATIVE_HELPERS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/TargetParser/Triple.h"

namespace lle {

/// Whether generated code of the triple may call the function: one of arithmetic that libgcc and compiler-rt share.
/// Functions of a C library or of libm are none.
bool isCompilerHelper(const llvm::Triple &triple, llvm::StringRef name);

/// The numbers that such a function computes with, "float" or "double", which is what converts floats to doubles too;
/// empty for one of integers.
llvm::StringRef getHelperType(llvm::StringRef name);

} // namespace lle

#endif
