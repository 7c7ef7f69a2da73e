//===- TestGraphs.h - graphs that the tests of NIR share ----------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_TEST_UNIT_NIR_TESTGRAPHS_H
#define LLE_TEST_UNIT_NIR_TESTGRAPHS_H

#include "frontends/NIR/Validate.h"
#include "llvm/ADT/StringExtras.h"

namespace lle::nir::test {

inline ArrayMap lif(llvm::ArrayRef<int64_t> shape) {
  return {{"r", Array::full(shape, 1.0)},
          {"tau", Array::full(shape, 2e-3)},
          {"v_leak", Array::full(shape, 0.0)},
          {"v_threshold", Array::full(shape, 1.0)}};
}

inline ArrayMap port(llvm::ArrayRef<int64_t> shape) { return {{"shape", Array::ints(shape)}}; }
inline ArrayMap linear(int64_t out, int64_t in) { return {{"weight", Array::full({out, in}, 0.5f)}}; }

inline ArrayMap conv2d(llvm::ArrayRef<int64_t> weight) {
  return {{"weight", Array::full(weight, 0.25f)}, {"bias", Array::full({weight[0]}, 0.0f)},
          {"stride", Array::ints({1, 1})},        {"padding", Array::ints({0, 0})},
          {"dilation", Array::ints({1, 1})},      {"groups", Array::scalar<int64_t>(1)}};
}

/// input [in] -> node of the given parameters -> output [out]
inline Graph around(llvm::StringRef type, ArrayMap params, llvm::ArrayRef<int64_t> in, llvm::ArrayRef<int64_t> out) {
  Graph graph;
  graph.add("input", "Input", port(in));
  graph.add("n", type.str(), std::move(params));
  graph.add("output", "Output", port(out));
  graph.chain({"input", "n", "output"});
  return graph;
}

/// input [3] -> fc -> lif (with a recurrent w) -> output [2]
inline Graph recurrent() {
  Graph graph;
  graph.add("fc", "Linear", linear(2, 3));
  graph.add("input", "Input", port({3}));
  graph.add("lif", "LIF", lif({2}));
  graph.add("output", "Output", port({2}));
  graph.add("w", "Linear", linear(2, 2));
  graph.chain({"input", "fc", "lif", "output"});
  graph.chain({"lif", "w", "lif"});
  return graph;
}

/// input [3] -> fc -> sub (a graph: input -> lif, with a recurrent w, -> output) -> output [2]
inline Graph nested() {
  Graph inner;
  inner.add("input", "Input", port({2}));
  inner.add("lif", "LIF", lif({2}));
  inner.add("output", "Output", port({2}));
  inner.add("w", "Linear", linear(2, 2));
  inner.chain({"input", "lif", "output"});
  inner.chain({"lif", "w", "lif"});
  Graph graph;
  graph.add("fc", "Linear", linear(2, 3));
  graph.add("input", "Input", port({3}));
  graph.add("output", "Output", port({2}));
  graph.add("sub", std::move(inner));
  graph.chain({"input", "fc", "sub", "output"});
  return graph;
}

/// What `analyze` finds, a line each; the file is called "m.nir".
struct Findings {
  std::string errors, warnings, remarks;
  std::optional<FlatGraph> flat;
};

inline Findings findings(Graph &graph, bool repair = false) {
  Report report("m.nir");
  Findings found;
  found.flat = analyze(graph, report, repair);
  found.errors = llvm::join(report.errors, "\n");
  found.warnings = llvm::join(report.warnings, "\n");
  found.remarks = llvm::join(report.remarks, "\n");
  return found;
}

inline const FlatNode &get(const FlatGraph &flat, llvm::StringRef path) {
  for (const FlatNode &node : flat.nodes)
    if (node.path == path)
      return node;
  llvm::report_fatal_error(llvm::Twine("no node ") + path);
}

} // namespace lle::nir::test

#endif // LLE_TEST_UNIT_NIR_TESTGRAPHS_H
