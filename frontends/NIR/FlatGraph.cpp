//===- FlatGraph.cpp - a NIR graph with its nesting dissolved ---------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/FlatGraph.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace llvm;

namespace lle::nir {

namespace {
/// The flat nodes that stand for a node: the same one twice, but for a nested graph its Input and
/// Output.
struct Ports {
  unsigned input, output;
};

struct Flattener {
  /// Appends the graph's nodes; the ports returned are those of the graph itself.
  Ports append(Graph &graph, const std::string &prefix);
  unsigned findPort(Graph &graph, StringRef type, const std::string &prefix, const StringMap<Ports> &ports);

  FlatGraph flat;
  Report &report;
};
} // namespace

unsigned Flattener::findPort(Graph &graph, StringRef type, const std::string &prefix, const StringMap<Ports> &ports) {
  SmallVector<StringRef> names;
  for (const Node &node : graph.nodes)
    if (node.type == type)
      names.push_back(node.name);
  if (names.size() != 1) {
    report.error("graph '" + StringRef(prefix).drop_back() + "' has " + Twine(names.size()) + " " + type +
                 " nodes, expected one: a nested graph has one input and one output");
    return 0;
  }
  unsigned index = ports.lookup(names.front()).input;
  flat.nodes[index].passThrough = true;
  return index;
}

Ports Flattener::append(Graph &graph, const std::string &prefix) {
  StringMap<Ports> ports;
  for (Node &node : graph.nodes) {
    if (node.graph) {
      ports[node.name] = append(*node.graph, prefix + node.name + "/");
      continue;
    }
    unsigned index = flat.nodes.size();
    FlatNode &added = flat.nodes.emplace_back();
    added.path = prefix + node.name;
    added.node = &node;
    ports[node.name] = {index, index};
  }
  for (const Edge &edge : graph.edges) {
    unsigned source = ports.lookup(edge.source).output, target = ports.lookup(edge.target).input;
    if (is_contained(flat.nodes[source].targets, target))
      continue;
    flat.nodes[source].targets.push_back(target);
    flat.nodes[target].sources.push_back(source);
  }
  if (prefix.empty())
    return {0, 0};
  return {findPort(graph, "Input", prefix, ports), findPort(graph, "Output", prefix, ports)};
}

FlatGraph flatten(Graph &graph, Report &report) {
  Flattener flattener{{}, report};
  flattener.append(graph, "");
  return std::move(flattener.flat);
}

} // namespace lle::nir
