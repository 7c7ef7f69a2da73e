//===- Hints.h - what a file says and a network cannot ------------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The attribute `lle.nir` holds what export needs to give back a file exactly, and nothing else
// reads. On an operation or a port it maps names of datasets to
// * a type: how the dataset is stored, where that is not how it would be written (rank 0 or an
//   array, width of integers); `none` for one that the file leaves out;
// * a value: the dataset itself, where the operation does not hold it.
// `metadata` maps keys to values. On a network it holds `version`, `metadata`, and the `edges` of
// the file in their order; nested graphs lie in `graphs` by name, with their own edges and ports.
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_HINTS_H
#define LLE_FRONTENDS_NIR_HINTS_H

#include "frontends/NIR/Graph.h"
#include "mlir/IR/Operation.h"

namespace lle::nir {

/// Marks what import adds and export drops.
inline constexpr llvm::StringLiteral implicitAttr = "lle.implicit";
inline constexpr llvm::StringLiteral nirAttr = "lle.nir";

/// The numbers that an operation holds for a dataset of its node: an attribute, or a weight. Null
/// where it holds none.
mlir::ElementsAttr findParameter(mlir::Operation *op, llvm::StringRef param);

/// How a list of integers is written: one number, or an array of as many as there are dimensions.
Shape getIntegerShape(llvm::StringRef nodeType, llvm::StringRef param);

/// Sets what is to be kept of a node beside its operation.
void setHints(mlir::Operation *op, const Node &node);

/// The same for an Input or Output; null where there is nothing to keep.
mlir::DictionaryAttr getPortHints(const Node &port, mlir::MLIRContext *context);

mlir::DictionaryAttr getGraphHints(const Graph &graph, mlir::MLIRContext *context);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_HINTS_H
