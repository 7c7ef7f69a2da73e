//===- Passes.h - the passes of passes/Simplify -----------------*- C++ -*-===//
#ifndef LLE_PASSES_SIMPLIFY_PASSES_H
#define LLE_PASSES_SIMPLIFY_PASSES_H

#include "dialects/LLE/LLEOps.h"
#include "mlir/Pass/Pass.h"

namespace lle {
#define GEN_PASS_DECL
#include "passes/Simplify/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "passes/Simplify/Passes.h.inc"

/// Attribute of an output: the node whose result it shows.
inline constexpr llvm::StringLiteral kShownNodeAttr = "lle.node";

/// The names of the nodes, in an order in which values flow within a step.
llvm::SmallVector<mlir::StringAttr> getNodeNames(NetworkOp network);

/// What the pass does. An unknown node is an error of the network.
mlir::LogicalResult exposeNodes(NetworkOp network, llvm::ArrayRef<std::string> nodes);
} // namespace lle

#endif
