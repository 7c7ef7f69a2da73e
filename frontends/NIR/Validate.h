//===- Validate.h - the rules of NIR ------------------------------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_VALIDATE_H
#define LLE_FRONTENDS_NIR_VALIDATE_H

#include "frontends/NIR/FlatGraph.h"

namespace lle::nir {

/// Rules that need no shapes of neighbours: names, types, parameters present, of the right kind,
/// consistent and finite; edges between nodes that exist.
void checkGraph(const Graph &graph, Report &report);

/// Renames the end of an edge that names no node, where the graph has exactly one such name and
/// exactly one node without an edge: the only one that fits.
void repairEdges(Graph &graph, Report &report);

/// Gives each node without a source an Input "input_<name>", and each without a target an Output
/// "output_<name>", as the reference implementation does (with a suffix _0, _1, ... where the name
/// is taken). The shape of such an Output is left open (no elements) for inferShapes to fill.
void addImplicitPorts(Graph &graph, Report &report);

/// No value may depend on itself within one instant: every cycle passes a stateful node or a delay.
/// Reports the first.
void checkCycles(const FlatGraph &flat, Report &report);

/// All of it in order: [repair,] check, complete, flatten, infer shapes, look for cycles. The graph
/// is changed only by the completion and the repairs. Nothing is returned where the report has
/// errors.
std::optional<FlatGraph> analyze(Graph &graph, Report &report, bool repair = false);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_VALIDATE_H
