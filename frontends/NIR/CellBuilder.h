//===- CellBuilder.h - one recurrent cell to its operations -------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_CELLBUILDER_H
#define LLE_FRONTENDS_NIR_CELLBUILDER_H

#include "frontends/NIR/Annotations.h"
#include "frontends/NIR/FlatGraph.h"
#include "mlir/IR/Builders.h"

namespace lle::nir {

/// What a node became.
struct BuiltNode {
  /// Its result 0 is the node's.
  mlir::Operation *op = nullptr;
  /// Where what arrives at the node goes.
  llvm::SmallVector<mlir::OpOperand *, 2> inputs;
  /// Of annotations.
  Parts parts;
};

/// The operations of a cell (CellTypes.h): one for an LTC, a CfC or a plain cell, one for each layer of a WiredCfC, and
/// with mixed memory an LSTM and a delay beside them. `elapsed` is the network's input for the time that passes, for
/// cells that are irregular.
BuiltNode buildCell(mlir::OpBuilder &builder, const FlatNode &cell, mlir::Location loc, mlir::Value input,
                    mlir::Value elapsed);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_CELLBUILDER_H
