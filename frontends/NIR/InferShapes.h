//===- InferShapes.h - shapes along the edges of a NIR graph ------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_INFERSHAPES_H
#define LLE_FRONTENDS_NIR_INFERSHAPES_H

#include "frontends/NIR/FlatGraph.h"
#include "llvm/Support/Error.h"

namespace lle::nir {

/// The input shape that a node's parameters alone determine, if they do.
llvm::Expected<std::optional<Shape>> getDeclaredInputShape(const Node &node);

/// The shape of a node's result for an input of the given shape.
llvm::Expected<Shape> getOutputShape(const Node &node, llvm::ArrayRef<int64_t> input);

/// Fills the shapes of all nodes and compares them along every edge. With `repair`, the declared
/// shape of an Input or Output that contradicts its neighbours is replaced in the graph by theirs.
void inferShapes(FlatGraph &flat, Report &report, bool repair = false);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_INFERSHAPES_H
