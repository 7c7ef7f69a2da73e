//===- Write.cpp - graphs to NIR files --------------------------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Write.h"
#include "frontends/NIR/DatasetWriter.h"

using namespace llvm;

namespace lle::nir {

static void writeMetadata(DatasetWriter &writer, hid_t group, const ArrayMap &metadata) {
  for (const auto &[name, array] : metadata)
    writer.write(group, "metadata/" + name, array);
}

static void writeGraph(DatasetWriter &writer, hid_t group, const Graph &graph) {
  writer.write(group, "type", Array::text("NIRGraph"));
  std::vector<std::string> ends;
  for (const Edge &edge : graph.edges) {
    ends.push_back(edge.source);
    ends.push_back(edge.target);
  }
  writer.write(group, "edges", Array::texts({static_cast<int64_t>(graph.edges.size()), 2}, std::move(ends)));
  writeMetadata(writer, group, graph.metadata);
  Handle nodes(writer.createGroup(group, "nodes"), H5Gclose);
  for (const Node &node : graph.nodes) {
    Handle nodeGroup(writer.createGroup(nodes, node.name), H5Gclose);
    if (node.graph) {
      writeGraph(writer, nodeGroup, *node.graph);
      continue;
    }
    writer.write(nodeGroup, "type", Array::text(node.type));
    for (const auto &[name, array] : node.params)
      writer.write(nodeGroup, name, array);
    writeMetadata(writer, nodeGroup, node.metadata);
  }
}

Error writeGraph(const Graph &graph, StringRef path) {
  return writeHDF5File(path, [&](hid_t file, DatasetWriter &writer) {
    writer.write(file, "version", Array::text(graph.version));
    Handle root(writer.createGroup(file, "node"), H5Gclose);
    writeGraph(writer, root, graph);
  });
}

} // namespace lle::nir
