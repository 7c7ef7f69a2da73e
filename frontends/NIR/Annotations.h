//===- Annotations.h - what passes decided, kept in files ---------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Attributes by which passes say what they chose go through NIR files in metadata, so that who
// trains a network further can train it for the choice: a network's under "lle/bits/network/", a
// node's under "lle/bits/PART/". The part is an operation of the node: `node` itself, its `weight`,
// `bias` or `scale`, a `layer_0` of a wired cell, the `lstm` before a cell.
//
// A dictionary is a group, an array a group of "0", "1", ...; integers, floats and text are datasets
// without dimensions, tensors are datasets. The type in which a state is stored is a group of `bits`, `scale` and
// `zero_point`.
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_ANNOTATIONS_H
#define LLE_FRONTENDS_NIR_ANNOTATIONS_H

#include "dialects/LLE/StoredStates.h"
#include "frontends/NIR/Graph.h"
#include "frontends/NIR/Report.h"
#include "mlir/IR/Operation.h"

namespace lle::nir {

/// The attributes that files keep.
inline constexpr llvm::StringLiteral annotationAttrs[] = {"lle.bits", kStateTypesAttr};

/// Operations of a node by their parts.
using Parts = llvm::SmallVector<std::pair<std::string, mlir::Operation *>, 2>;

/// Those of an operation that is no cell: itself and the constants that it takes.
Parts getParts(mlir::Operation *op);

/// Adds the annotations to metadata; an error where one holds what no dataset can.
mlir::LogicalResult exportAnnotations(const Parts &parts, ArrayMap &metadata);

/// Removes annotations from metadata and gives them.
ArrayMap takeAnnotations(ArrayMap &metadata);

/// Sets what takeAnnotations gave; errors go to the report, and begin with `where`.
void setAnnotations(const ArrayMap &annotations, const Parts &parts, const llvm::Twine &where, Report &report);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_ANNOTATIONS_H
