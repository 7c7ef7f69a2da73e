//===- CellTypes.h - nodes for liquid and other recurrent cells ---------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// docs/formats.md is the definition for people. A cell's weights are named as in the state dictionary of ncps; what a
// state dictionary does not say is a fact, a dataset of one value, and never assumed.
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_CELLTYPES_H
#define LLE_FRONTENDS_NIR_CELLTYPES_H

#include "frontends/NIR/NodeTypes.h"

namespace lle::nir {

inline constexpr llvm::StringLiteral activationNames = "linear tanh lecun_tanh relu silu gelu softplus sigmoid";

/// The network's input for the time that passes in a step, shared by all irregular cells.
inline constexpr llvm::StringLiteral timespansPort = "timespans";

llvm::ArrayRef<NodeSpec> getCellSpecs();

struct CellSize {
  int64_t inputs = 0, units = 0, outputs = 0;
};

/// Checks that the datasets of a cell fit each other, and that the facts are there that these datasets need.
llvm::Expected<CellSize> getCellSize(const Node &cell);

/// The layers of a WiredCfC, or the backbone's of a CfC, by their numbers in ascending order: those n for which there
/// is a dataset PREFIXn.SUFFIX.
llvm::SmallVector<int64_t, 4> getLayers(const Node &cell, llvm::StringRef prefix, llvm::StringRef suffix);

/// Facts of a cell that was checked; `otherwise` where there is none.
double getNumber(const Node &cell, llvm::StringRef fact, double otherwise = 0);
llvm::StringRef getChoice(const Node &cell, llvm::StringRef fact);
inline bool getFlag(const Node &cell, llvm::StringRef fact) { return getNumber(cell, fact) != 0; }

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_CELLTYPES_H
