//===- CEngine.h - C code that runs on this machine -------------*- C++ -*-===//
#ifndef LLE_TARGETS_C_CENGINE_H
#define LLE_TARGETS_C_CENGINE_H

#include "passes/Analysis/Engine.h"

namespace lle {

/// The C form of the network, compiled by a C compiler of this machine with its warnings as errors, and linked without
/// any library. For tests: it shows that what `compileToC` writes is C, and computes what the network does.
llvm::Expected<std::unique_ptr<Engine>> createCEngine(NetworkOp network, llvm::StringRef compiler,
                                                      llvm::ArrayRef<llvm::StringRef> flags);

} // namespace lle

#endif
