//===- FlatGraph.h - a NIR graph with its nesting dissolved -------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The view on which checks and importers work: every node once, named by its full path, edges by
// index. A nested graph disappears; its Input and Output stay as nodes that pass their value on.
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_FLATGRAPH_H
#define LLE_FRONTENDS_NIR_FLATGRAPH_H

#include "frontends/NIR/Graph.h"
#include "frontends/NIR/Report.h"

namespace lle::nir {

struct FlatNode {
  /// "lif1/w_rec" for the node w_rec of the nested graph lif1.
  std::string path;
  Node *node = nullptr;
  /// Input or Output of a nested graph: passes on what arrives.
  bool passThrough = false;
  /// By index, in the order of the file's edges; no duplicates.
  llvm::SmallVector<unsigned, 2> sources, targets;
  /// Filled by inferShapes.
  Shape inputShape, outputShape;
};

struct FlatGraph {
  std::vector<FlatNode> nodes;
};

/// Dissolves a graph that `checkGraph` accepted. Every nested graph must have one Input and one
/// Output.
FlatGraph flatten(Graph &graph, Report &report);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_FLATGRAPH_H
