//===- Reproducer.h - what a crash leaves behind ----------------*- C++ -*-===//
#ifndef LLE_TOOLS_COMMON_REPRODUCER_H
#define LLE_TOOLS_COMMON_REPRODUCER_H

#include "mlir/IR/BuiltinOps.h"

namespace lle {

/// Keeps the module as it is now, so that a crash from here on writes it to a file of the temporary directory, as
/// bytecode that every tool reads, and says so.
void keepReproducer(mlir::ModuleOp module);

/// The handler of signals that does it; async-signal-safe.
void writeReproducer(void *);

} // namespace lle

#endif
