//===- HostIntrinsics.h - named instructions in portable terms --*- C++ -*-===//
#ifndef LLE_TARGETS_ESTIMATE_HOSTINTRINSICS_H
#define LLE_TARGETS_ESTIMATE_HOSTINTRINSICS_H

#include "llvm/IR/Module.h"
#include "llvm/Support/Error.h"

namespace lle {

/// Replaces intrinsics of processors by code of the same meaning that any can run. An error names one that has none.
llvm::Error replaceIntrinsics(llvm::Module &module);

} // namespace lle

#endif
