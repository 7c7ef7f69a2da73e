//===- NodeScopes.h - which node an instruction belongs to ------*- C++ -*-===//
//
// Debug information of compiled networks: each node is a function that is inlined into the step. Debuggers, profilers
// and symbolizers (perf, gdb, llvm-symbolizer --inlining) then name the node of an address. What several nodes share
// belongs to the step itself.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_TARGETS_NATIVE_NODESCOPES_H
#define LLE_TARGETS_NATIVE_NODESCOPES_H

#include "dialects/LLE/LLEOps.h"

#include "mlir/IR/BuiltinOps.h"

namespace lle {

/// The name of a node; where it has none, what it is and its number among the operations of the network.
std::string getNodeLabel(mlir::Operation *node);

/// Gives each operation of the network a location that names it, which its code inherits.
void nameNodeLocations(NetworkOp network);

/// The label of the node that a location names; empty where it names none, or several.
llvm::StringRef findNodeLabel(mlir::Location location);

/// Turns these locations into scopes of a module of the LLVM dialect, the code of the network of that name.
void addNodeScopes(mlir::ModuleOp module, llvm::StringRef network);

} // namespace lle

#endif
