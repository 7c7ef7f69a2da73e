//===- WidenTruncations.h - triples of bytes, stored whole ------*- C++ -*-===//
#ifndef LLE_TARGETS_NATIVE_WIDENTRUNCATIONS_H
#define LLE_TARGETS_NATIVE_WIDENTRUNCATIONS_H

#include "llvm/IR/Module.h"

namespace lle {

/// Truncates three 64-bit integers to bytes as four. LLVM 22 on AArch64 loses the second of three bytes that are stored
/// (llvm/llvm-project#202039 mends it later).
void widenTruncations(llvm::Module &module);

} // namespace lle

#endif
