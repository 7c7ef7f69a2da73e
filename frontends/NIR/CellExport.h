//===- CellExport.h - recurrent cells to nodes --------------------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_CELLEXPORT_H
#define LLE_FRONTENDS_NIR_CELLEXPORT_H

#include "dialects/LLE/LLEOps.h"
#include "frontends/NIR/Graph.h"

namespace lle::nir {

/// The type of node that a cell alone becomes; empty for what is no cell.
llvm::StringRef getCellType(mlir::Operation *op);

/// The operations that import makes of one node: the layers of a WiredCfC, or cells and the LSTM before them, with the
/// slices, the concatenation and the delay between.
struct CellGroup {
  std::string name;
  std::string type;
  llvm::SmallVector<mlir::Operation *, 4> cells;
  mlir::Operation *lstm = nullptr;
  /// The LSTM's result is the cell's state, and not its input.
  bool givesState = false;
  /// Slices, concatenation, delay.
  llvm::SmallVector<mlir::Operation *, 4> between;

  /// Takes as operand 0 what arrives at the node.
  mlir::Operation *getEntry() const { return lstm ? lstm : cells.front(); }
  /// Gives the node's result.
  mlir::Value getResult() const { return cells.back()->getResult(0); }
};

/// All cells of a network, each in one group.
std::vector<CellGroup> groupCells(NetworkOp network);

/// The network's input for the time that passes in a step, which no Input stands for: the last argument, where it has
/// the name that import gives it and cells alone take it, as their time.
mlir::Value getTimespans(NetworkOp network);

/// The node of a group; `lastOnly`: it gives the last step alone.
mlir::FailureOr<Node> exportCells(const CellGroup &group, mlir::Value timespans, bool lastOnly);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_CELLEXPORT_H
