//===- NodeExport.h - one operation to one node of NIR ------------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_NODEEXPORT_H
#define LLE_FRONTENDS_NIR_NODEEXPORT_H

#include "dialects/LLE/LLEOps.h"
#include "frontends/NIR/Graph.h"

namespace lle::nir {

/// The type of node that an operation becomes; empty for one that becomes none.
llvm::StringRef getNodeType(mlir::Operation *op);

/// The node of an operation, with its metadata. `fromFile`: the network came from a NIR file, so
/// that `lle.nir` tells of every peculiarity.
mlir::FailureOr<Node> exportNode(mlir::Operation *op, llvm::StringRef name, double dt, bool fromFile);

/// The Input or Output for a port of the network with that type and `lle.nir`.
mlir::FailureOr<Node> exportPort(mlir::Operation *network, llvm::StringRef name, llvm::StringRef nodeType,
                                 mlir::RankedTensorType type, mlir::DictionaryAttr hints);

/// The datasets of a dictionary but for those named.
mlir::LogicalResult exportArrays(mlir::Operation *op, mlir::DictionaryAttr from, llvm::ArrayRef<llvm::StringRef> except,
                                 ArrayMap &arrays);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_NODEEXPORT_H
