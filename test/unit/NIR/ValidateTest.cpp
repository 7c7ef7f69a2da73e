//===- ValidateTest.cpp - the rules of NIR, one by one ----------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "test/unit/NIR/TestGraphs.h"
#include "gtest/gtest.h"
#include <limits>

using namespace lle::nir;
using namespace lle::nir::test;

/// The errors of the recurrent network after a change.
template <typename Change>
static std::string errorsAfter(Change change) {
  Graph graph = recurrent();
  change(graph);
  return findings(graph).errors;
}

TEST(NIRValidate, SoundGraphsPassSilently) {
  Graph flat = recurrent(), deep = nested();
  for (Graph *graph : {&flat, &deep}) {
    Graph before = graph->clone();
    Findings found = findings(*graph, /*repair=*/true);
    EXPECT_EQ(found.errors + found.warnings + found.remarks, "");
    EXPECT_EQ(*graph, before);
  }
}

TEST(NIRValidate, UnknownType) {
  EXPECT_EQ(errorsAfter([](Graph &g) { g.find("lif")->type = "LIFF"; }),
            "m.nir: node 'lif' has type 'LIFF', which NIR does not define");
}

TEST(NIRValidate, MissingDataset) {
  EXPECT_EQ(errorsAfter([](Graph &g) { g.find("lif")->params.erase("tau"); }),
            "m.nir: node 'lif' (LIF): the dataset 'tau' is missing");
}

TEST(NIRValidate, UnknownDatasetIsAWarning) {
  Graph graph = recurrent();
  graph.find("lif")->params["colour"] = Array::scalar(1.0);
  Findings found = findings(graph);
  EXPECT_EQ(found.errors, "");
  EXPECT_EQ(found.warnings, "m.nir: node 'lif' (LIF): the dataset 'colour' is not known for this type and is ignored");
}

TEST(NIRValidate, NumbersAreFinite) {
  EXPECT_EQ(errorsAfter([](Graph &g) {
              g.find("fc")->params["weight"] =
                  Array::f32({2, 3}, {1, 2, 3, std::numeric_limits<float>::quiet_NaN(), 5, 6});
            }),
            "m.nir: node 'fc' (Linear): 'weight' holds nan at element 3, expected a finite number");
}

TEST(NIRValidate, TimeConstantsArePositive) {
  EXPECT_EQ(errorsAfter([](Graph &g) { g.find("lif")->params["tau"] = Array::f64({2}, {1e-3, 0.0}); }),
            "m.nir: node 'lif' (LIF): 'tau' holds 0 at element 1, expected a number above 0");
  Graph graph = around("Delay", {{"delay", Array::f64({1}, {-1.5})}}, {1}, {1});
  EXPECT_EQ(findings(graph).errors,
            "m.nir: node 'n' (Delay): 'delay' holds -1.5 at element 0, expected a number of 0 or more");
}

TEST(NIRValidate, ElementTypes) {
  EXPECT_EQ(errorsAfter([](Graph &g) { g.find("lif")->params["r"] = Array::text("one"); }),
            "m.nir: node 'lif' (LIF): 'r' has element type string, expected numbers");
  EXPECT_EQ(errorsAfter([](Graph &g) { g.find("input")->params["shape"] = Array::f64({1}, {3}); }),
            "m.nir: node 'input' (Input): 'shape' has element type f64, expected integers");
}

TEST(NIRValidate, SizeOfAnArrayMadeInMemory) {
  EXPECT_EQ(errorsAfter([](Graph &g) { g.find("lif")->params["r"] = Array::f64({3}, {1, 2}); }),
            "m.nir: node 'lif' (LIF): 'r' has 2 elements, which its shape [3] contradicts");
}

TEST(NIRValidate, ParametersShareOneShape) {
  EXPECT_EQ(errorsAfter([](Graph &g) { g.find("lif")->params["v_leak"] = Array::full({1}, 0.0); }),
            "m.nir: node 'lif' (LIF): 'v_leak' has shape [1], but 'tau' has [2]: all parameters "
            "have the neurons' shape");
}

TEST(NIRValidate, BiasFitsTheWeight) {
  EXPECT_EQ(errorsAfter([](Graph &g) {
              g.find("fc")->type = "Affine";
              g.find("fc")->params["bias"] = Array::full({3}, 0.0f);
            }),
            "m.nir: node 'fc' (Affine): 'bias' has shape [3], expected [2]");
}

TEST(NIRValidate, GroupsDivideTheChannels) {
  ArrayMap params = conv2d({3, 2, 1, 1});
  params["groups"] = Array::scalar<int64_t>(2);
  Graph graph = around("Conv2d", params, {4, 1, 1}, {3, 1, 1});
  EXPECT_EQ(findings(graph).errors, "m.nir: node 'n' (Conv2d): 'groups' is 2, which does not "
                                    "divide the 3 output channels of 'weight'");
}

TEST(NIRValidate, ShapesAgreeAlongEdges) {
  EXPECT_EQ(errorsAfter([](Graph &g) { g.find("fc")->params = linear(2, 4); }),
            "m.nir: edge 'input' -> 'fc': shapes differ: 'input' (Input) gives [3], 'fc' (Linear) "
            "takes [4]");
}

TEST(NIRValidate, DanglingEdge) {
  EXPECT_EQ(errorsAfter([](Graph &g) { g.connect("lif", "nowhere"); }),
            "m.nir: edge 'lif' -> 'nowhere': there is no node 'nowhere' (the graph has 'fc', "
            "'input', 'lif', 'output', "
            "'w')");
}

TEST(NIRValidate, DuplicatedEdgeIsAWarning) {
  Graph graph = recurrent();
  graph.connect("fc", "lif");
  Findings found = findings(graph);
  EXPECT_EQ(found.errors, "");
  EXPECT_EQ(found.warnings, "m.nir: edge 'fc' -> 'lif': the edge occurs more than once and counts once");
  EXPECT_EQ(get(*found.flat, "lif").sources.size(), 2u);
}

TEST(NIRValidate, PortsHaveOneSide) {
  EXPECT_EQ(errorsAfter([](Graph &g) { g.connect("w", "input"); }),
            "m.nir: edge 'w' -> 'input': an Input takes no edge from its own graph");
  EXPECT_EQ(errorsAfter([](Graph &g) { g.connect("output", "w"); }),
            "m.nir: edge 'output' -> 'w': an Output gives no edge to its own graph");
}

TEST(NIRValidate, Names) {
  EXPECT_EQ(errorsAfter([](Graph &g) { g.add("w", "LIF", lif({2})); }),
            "m.nir: node 'w': another node has the same name");
  EXPECT_EQ(errorsAfter([](Graph &g) { g.add("a/b\n", "LIF", lif({2})); }),
            "m.nir: 'a/b\\x0a' is no name for a node: HDF5 can store none that is empty, '.', '..' "
            "or contains '/'");
}

TEST(NIRValidate, NestedGraphsHaveOneInput) {
  Graph graph = nested();
  graph.find("sub")->graph->add("more", "Input", port({2}));
  graph.find("sub")->graph->connect("more", "lif");
  EXPECT_EQ(findings(graph).errors, "m.nir: graph 'sub' has 2 Input nodes, expected one: a nested "
                                    "graph has one input and one output");
}

TEST(NIRValidate, NestingIsBounded) {
  Graph graph = recurrent();
  for (int i = 0; i < 20; ++i) {
    Graph outer;
    outer.add("g", std::move(graph));
    graph = std::move(outer);
  }
  EXPECT_NE(findings(graph).errors.find("graphs are nested deeper than 16 levels"), std::string::npos);
}

TEST(NIRValidate, CycleWithoutState) {
  Graph graph = recurrent();
  graph.add("u", "Linear", linear(2, 2));
  graph.chain({"w", "u", "w"});
  EXPECT_EQ(findings(graph).errors, "m.nir: the cycle 'w' -> 'u' -> 'w' has neither a stateful node nor a delay: its "
                                    "values would depend on themselves");
}

TEST(NIRValidate, CycleThroughANestedGraph) {
  Graph inner = around("Scale", {{"scale", Array::full({2}, 1.0f)}}, {2}, {2});
  Graph graph = recurrent();
  graph.add("sub", std::move(inner));
  graph.chain({"w", "sub", "w"});
  EXPECT_EQ(findings(graph).errors, "m.nir: the cycle 'w' -> 'sub/input' -> 'sub/n' -> "
                                    "'sub/output' -> 'w' has neither a stateful node nor a "
                                    "delay: its values would depend on themselves");
}

TEST(NIRValidate, DelayBreaksACycleUnlessItIsZero) {
  auto loop = [](double seconds) {
    Graph graph = around("Linear", linear(2, 2), {2}, {2});
    graph.add("d", "Delay", {{"delay", Array::f64({2}, {1e-3, seconds})}});
    graph.chain({"n", "d", "n"});
    return findings(graph).errors;
  };
  EXPECT_EQ(loop(1e-3), "");
  EXPECT_EQ(loop(0), "m.nir: the cycle 'n' -> 'd' -> 'n' has neither a stateful node nor a delay: "
                     "its values would depend "
                     "on themselves");
}

TEST(NIRValidate, CyclesAreNamedExactly) {
  // The walk reaches the cycle through 'n', which is not part of it.
  Graph graph = around("Linear", linear(2, 2), {2}, {2});
  graph.add("p", "Linear", linear(2, 2));
  graph.add("q", "Linear", linear(2, 2));
  graph.chain({"n", "p", "q", "p"});
  EXPECT_EQ(findings(graph).errors, "m.nir: the cycle 'p' -> 'q' -> 'p' has neither a stateful node nor a delay: its "
                                    "values would depend on themselves");
}

TEST(NIRValidate, ImplicitPorts) {
  Graph graph;
  graph.add("input_fc", "LIF", lif({2}));
  graph.add("fc", "Linear", linear(2, 3));
  graph.chain({"fc", "input_fc"});
  Findings found = findings(graph);
  ASSERT_EQ(found.errors, "");
  EXPECT_EQ(found.warnings, "m.nir: node 'input_fc' (LIF): no edge leaves it; the Output 'output_input_fc' was added\n"
                            "m.nir: node 'fc' (Linear): no edge enters it; the Input 'input_fc_0' of shape [3] was "
                            "added");
  EXPECT_EQ(graph.find("input_fc_0")->params["shape"], Array::ints({3}));
  EXPECT_EQ(graph.find("output_input_fc")->params["shape"], Array::ints({2}));
}

TEST(NIRValidate, ImplicitPortsNeedAShapeAndARoot) {
  Graph graph;
  graph.add("lif", "LIF", lif({}));
  EXPECT_EQ(findings(graph).errors,
            "m.nir: node 'lif' (LIF): no edge enters it, and its parameters do not tell the shape "
            "of the Input to add\nm.nir: there is no Input, and no node without a source to "
            "which one could be added");
  Graph ring;
  ring.add("a", "LIF", lif({2}));
  ring.add("b", "LIF", lif({2}));
  ring.chain({"a", "b", "a"});
  EXPECT_EQ(findings(ring).errors,
            "m.nir: there is no Input, and no node without a source to which one could be added");
}

TEST(NIRRepair, DanglingName) {
  Graph graph = nested();
  graph.find("sub")->graph->find("lif")->name = "lif1";
  Graph expected = nested();
  expected.find("sub")->graph->find("lif")->name = "lif1";
  for (Edge &edge : expected.find("sub")->graph->edges)
    for (std::string *end : {&edge.source, &edge.target})
      if (*end == "lif")
        *end = "lif1";
  Findings found = findings(graph, /*repair=*/true);
  EXPECT_EQ(found.errors, "");
  EXPECT_EQ(found.remarks, "m.nir: graph 'sub': repaired: edges name a node 'lif' that does not exist; replaced by "
                           "'lif1', the only node without an edge");
  EXPECT_EQ(graph, expected);
}

TEST(NIRRepair, AmbiguousDanglingNameStaysAnError) {
  Graph graph = recurrent();
  graph.find("lif")->name = "lif1";
  graph.add("lif2", "LIF", lif({2}));
  Findings found = findings(graph, /*repair=*/true);
  EXPECT_EQ(found.remarks, "");
  EXPECT_NE(found.errors.find("there is no node 'lif'"), std::string::npos);
}

TEST(NIRRepair, DeclaredShapes) {
  Graph graph = nested();
  graph.find("input")->params = port({7});
  graph.find("output")->params = port({1, 1, 1});
  graph.find("sub")->graph->find("input")->params = port({5});
  Findings found = findings(graph, /*repair=*/true);
  EXPECT_EQ(found.errors, "");
  EXPECT_EQ(found.remarks, "m.nir: node 'input' (Input): repaired: shape [7] replaced by [3], the "
                           "shape that 'fc' takes\n"
                           "m.nir: node 'output' (Output): repaired: shape [1, 1, 1] replaced by "
                           "[2], the shape that arrives from "
                           "'sub/output'\n"
                           "m.nir: node 'sub/input' (Input): repaired: shape [5] replaced by [2], "
                           "the shape that arrives from 'fc'");
  EXPECT_EQ(graph, nested());
}

TEST(NIRRepair, ContradictionsStayErrors) {
  // Two shapes arrive at one Output: no declared shape can fit both.
  Graph graph = recurrent();
  graph.add("v", "Linear", linear(4, 2));
  graph.chain({"lif", "v", "output"});
  EXPECT_EQ(findings(graph, /*repair=*/true).errors,
            "m.nir: edge 'lif' -> 'output': shapes differ: 'lif' (LIF) gives [2], 'output' "
            "(Output) takes [4]");
}
