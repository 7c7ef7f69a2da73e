//===- RoundTripTest.cpp - graphs become networks and come back -------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Export.h"
#include "frontends/NIR/Import.h"
#include "frontends/NIR/Read.h"
#include "frontends/NIR/Semantics.h"
#include "frontends/NIR/Write.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "test/unit/NIR/TestGraphs.h"
#include "test/unit/SharedData.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/Path.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace lle;
using namespace lle::nir;
using namespace lle::nir::test;

namespace {
/// A network in a context of its own, where names of resources are not taken.
struct Imported {
  Imported() = default;
  Imported(Imported &&) = default;
  Imported &operator=(Imported &&other) {
    module = std::move(other.module);
    context = std::move(other.context);
    return *this;
  }
  explicit operator bool() const { return bool(module); }
  mlir::ModuleOp operator*() { return *module; }

  std::unique_ptr<mlir::MLIRContext> context = std::make_unique<mlir::MLIRContext>();
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

class NIRRoundTrip : public testing::Test {
protected:
  /// Imports the graph; errors and remarks are in `said`.
  Imported import(Graph graph, StringRef profile = "", std::optional<double> dt = {}) {
    Imported imported;
    imported.context->getDiagEngine().registerHandler(
        [this](mlir::Diagnostic &diagnostic) { said += diagnostic.str() + "\n"; });
    ImportOptions options;
    options.profile = profile.str();
    options.dt = dt;
    Report report("m.nir");
    imported.module = importNIR(graph, "m.nir", options, *imported.context, report);
    for (ArrayRef<std::string> messages : {ArrayRef(report.errors), ArrayRef(report.remarks)})
      for (StringRef message : messages)
        said += (message + "\n").str();
    return imported;
  }
  static NetworkOp getNetwork(mlir::ModuleOp module) { return *module.getOps<NetworkOp>().begin(); }
  std::optional<Graph> exported(mlir::ModuleOp module) {
    FailureOr<Graph> graph = exportNIR(getNetwork(module));
    return succeeded(graph) ? std::optional<Graph>(std::move(*graph)) : std::nullopt;
  }
  static std::string print(mlir::ModuleOp module) {
    std::string text;
    raw_string_ostream os(text);
    module.print(os);
    return text;
  }

  /// The graph comes back as it was, and with what was added to it gives the same module.
  void expectRoundTrip(const Graph &graph, StringRef profile, double dt = 1e-4) {
    auto module = import(graph.clone(), profile, dt);
    ASSERT_TRUE(module) << said;
    std::optional<Graph> back = exported(*module);
    ASSERT_TRUE(back) << said;
    auto again = import(back->clone());
    ASSERT_TRUE(again) << said;
    EXPECT_TRUE(print(*module) == print(*again)) << print(*module) << print(*again);
    EXPECT_EQ(graph.version, back->version);
    dropSemantics(*back);
    EXPECT_TRUE(graph == *back);
    EXPECT_EQ(said, "");
  }

  static void dropSemantics(Graph &graph) {
    auto drop = [](ArrayMap &metadata) {
      for (auto it = metadata.begin(); it != metadata.end();)
        it = StringRef(it->first).starts_with(semanticsPrefix) ? metadata.erase(it) : std::next(it);
    };
    drop(graph.metadata);
    for (Node &node : graph.nodes) {
      drop(node.metadata);
      if (node.graph)
        dropSemantics(*node.graph);
    }
  }

  std::string said;
};

/// Of all profiles but spinnaker2, which changes the weights; the keys make them fit any network.
const char *const profiles[] = {"nir",
                                "snntorch",
                                "snntorch:reset=subtract",
                                "snntorch-delay",
                                "norse:gain=continuous",
                                "sinabs:gain=per_step",
                                "rockpool",
                                "nengo",
                                "spyx",
                                "spikingjelly",
                                "lava-float"};
} // namespace

//===------------------------------------------------------------------------------------------===//
// Files of other frameworks
//===------------------------------------------------------------------------------------------===//

TEST_F(NIRRoundTrip, RealFiles) {
  LLE_NEEDS_SHARED_DATA("spiking/nir_files");
  unsigned count = 0;
  std::error_code error;
  for (sys::fs::directory_iterator it(lle::test::sharedData("spiking/nir_files"), error), end; it != end && !error;
       it.increment(error)) {
    StringRef name = sys::path::filename(it->path());
    if (!name.ends_with(".nir") || name.contains("subgraph") || name == "lif_rockpool.nir" ||
        name == "rockpool_tests_braille.nir")
      continue;
    SCOPED_TRACE(name.str());
    Report report("m.nir");
    std::optional<Graph> graph = readGraph(it->path(), report);
    ASSERT_TRUE(graph);
    // The profile's leak of zero is not this one's.
    bool leaks = name == "two_lif_neurons.nir";
    for (StringRef profile : leaks ? ArrayRef(profiles).take_front(1) : ArrayRef(profiles)) {
      SCOPED_TRACE(profile.str());
      expectRoundTrip(*graph, profile);
    }
    ++count;
  }
  EXPECT_EQ(count, 12u);
}

/// Through the file, as its bytes say, and not only in memory.
TEST_F(NIRRoundTrip, WrittenFileIsTheOriginal) {
  LLE_NEEDS_SHARED_DATA("spiking/nir_files/probe_v107_synthetic.nir");
  Report report("m.nir");
  std::optional<Graph> graph = readGraph(lle::test::sharedData("spiking/nir_files/probe_v107_synthetic.nir"), report);
  ASSERT_TRUE(graph);
  auto module = import(graph->clone(), "snntorch", 1e-4);
  ASSERT_TRUE(module);
  std::optional<Graph> back = exported(*module);
  ASSERT_TRUE(back);
  SmallString<128> copy;
  ASSERT_FALSE(sys::fs::createTemporaryFile("lle-nir-test", "nir", copy));
  FileRemover remover(copy);
  ASSERT_EQ(llvm::toString(writeGraph(*back, copy)), "");
  std::optional<Graph> read = readGraph(copy, report);
  ASSERT_TRUE(read);
  EXPECT_EQ(*back, *read);
  dropSemantics(*read);
  EXPECT_EQ(*graph, *read);
}

//===------------------------------------------------------------------------------------------===//
// Peculiarities
//===------------------------------------------------------------------------------------------===//

TEST_F(NIRRoundTrip, EveryProfile) {
  for (StringRef profile : profiles) {
    SCOPED_TRACE(profile.str());
    expectRoundTrip(recurrent(), profile, 1e-3);
    expectRoundTrip(nested(), profile, 1e-3);
  }
}

TEST_F(NIRRoundTrip, StoredWidthsAndShapes) {
  ArrayMap conv = conv2d({2, 1, 3, 3});
  conv["weight"] = Array::full<uint8_t>({2, 1, 3, 3}, 200);
  conv["bias"] = Array::of<int16_t>({2}, {-5, 7});
  conv["stride"] = Array::scalar<int32_t>(1);
  conv["padding"] = Array::text("same");
  conv["dilation"] = Array::of<uint8_t>({1}, {1});
  conv["groups"] = Array::of<int64_t>({1}, {1});
  conv["input_shape"] = Array::of<int32_t>({2}, {4, 4});
  expectRoundTrip(around("Conv2d", std::move(conv), {1, 4, 4}, {2, 4, 4}), "nir");
  expectRoundTrip(around("Flatten",
                         {{"start_dim", Array::scalar<int8_t>(0)},
                          {"end_dim", Array::scalar<int64_t>(-1)},
                          {"input_type", Array::of<int32_t>({2}, {3, 2})}},
                         {3, 2}, {6}),
                  "nir");
  ArrayMap params = lif({3});
  params["r"] = Array::scalar(2.5f);
  params["v_leak"] = Array::scalar<int32_t>(0);
  params["v_threshold"] = Array::of<uint16_t>({3}, {1, 2, 3});
  params["v_reset"] = Array::f64({3}, {-0.0, 0.1, 0.2});
  params["colour"] = Array::text("red");
  expectRoundTrip(around("LIF", std::move(params), {3}, {3}), "nir");
  // 0.3 ms is three steps of 0.1 ms, though not quite in binary.
  expectRoundTrip(around("Delay", {{"delay", Array::f32({2}, {3e-4f, 0})}}, {2}, {2}), "nir");
}

TEST_F(NIRRoundTrip, NamesAndMetadata) {
  Graph graph;
  graph.add("x y", "Input", {{"shape", Array::of<int32_t>({1}, {2})}}).metadata["unit"] = Array::text("mV");
  graph.add("0", "Linear", linear(2, 2)).metadata["a/b"] = Array::texts({2, 1}, {"p", "q"});
  graph.add("1.lif", "LIF", lif({2})).metadata["flags"] = Array::of<bool>({3}, {true, false, true});
  graph.add("größe", "Output", port({2}));
  graph.chain({"x y", "0", "1.lif", "größe"});
  graph.metadata["list"] = Array::texts({2}, {"", "\"quoted\"\n"});
  graph.metadata["empty"] = Array::of<double>({0}, {});
  graph.version = "0.1.1";
  llvm::sort(graph.nodes, [](const Node &a, const Node &b) { return a.name < b.name; });
  expectRoundTrip(graph, "nir");
}

//===------------------------------------------------------------------------------------------===//
// What the file says of itself
//===------------------------------------------------------------------------------------------===//

TEST_F(NIRRoundTrip, QuantisedNetworksStayAsTheyAre) {
  Graph graph = recurrent();
  graph.find("fc")->params["weight"] = Array::f32({2, 3}, {1, -2, 3, 4, 5, -6});
  auto module = import(std::move(graph), "spinnaker2", 1e-4);
  ASSERT_TRUE(module) << said;
  std::optional<Graph> back = exported(*module);
  ASSERT_TRUE(back) << said;
  EXPECT_EQ(*back->find("fc")->find("weight"), Array::f32({2, 3}, {21, -42, 63, 84, 105, -127}));
  EXPECT_EQ(back->find("lif")->metadata["lle/decay"], Array::full({2}, 0.95f));
  auto again = import(back->clone());
  ASSERT_TRUE(again) << said;
  EXPECT_TRUE(exported(*again) == back);
  // The numbers are of a step.
  EXPECT_FALSE(import(std::move(*back), "", 1e-3));
  EXPECT_EQ(said, "m.nir: node 'lif' (LIF): its parameters hold for one time step, so that --dt cannot be changed\n"
                  "m.nir: --dt=0.001 replaces the step of the file, 0.0001 s\n");
}

TEST_F(NIRRoundTrip, OptionsReplaceIt) {
  auto module = import(recurrent(), "snntorch:gain=unit", 1e-3);
  ASSERT_TRUE(module) << said;
  std::optional<Graph> back = exported(*module);
  ASSERT_TRUE(back);
  auto plain = import(recurrent(), "nir", 2e-3), other = import(back->clone(), "nir", 2e-3);
  ASSERT_TRUE(plain && other);
  EXPECT_EQ(said, "m.nir: --dt=0.002 replaces the step of the file, 0.001 s\n"
                  "m.nir: --profile=nir replaces what the file says of itself (snntorch:gain=unit)\n");
  EXPECT_EQ(print(*other), print(*plain));
}

TEST_F(NIRRoundTrip, WhatItSaysIsChecked) {
  auto module = import(recurrent(), "nir", 1e-3);
  ASSERT_TRUE(module);
  Graph graph = *exported(*module);
  auto complain = [&](function_ref<void(Graph &)> change) {
    Graph changed = graph.clone();
    change(changed);
    said.clear();
    EXPECT_FALSE(import(std::move(changed)));
    return said;
  };
  EXPECT_EQ(complain([](Graph &g) { g.metadata["lle/dt"] = Array::text("1"); }),
            "m.nir: metadata 'lle/dt' is no number\n");
  EXPECT_EQ(complain([](Graph &g) { g.metadata["lle/dt"] = Array::scalar(-1.0); }),
            "m.nir: dt is -1 s, expected a number above 0\n");
  EXPECT_EQ(complain([](Graph &g) { g.metadata["lle/steps"] = Array::scalar<int64_t>(0); }),
            "m.nir: metadata 'lle/steps' is no integer above 0\n");
  EXPECT_EQ(complain([](Graph &g) { g.metadata["lle/name"] = Array::scalar(1.0); }),
            "m.nir: metadata 'lle/name' is no text\n");
  EXPECT_EQ(complain([](Graph &g) { g.metadata["lle/delays"] = Array::texts({2}, {"lif", "w"}); }),
            "m.nir: metadata 'lle/delays' has shape [2] of string, expected text of shape [n, 2]\n");
  EXPECT_EQ(complain([](Graph &g) { g.metadata["lle/delays"] = Array::texts({1, 2}, {"lif", "fc"}); }),
            "m.nir: metadata 'lle/delays' names the edge 'lif' -> 'fc', which does not exist\n");
  EXPECT_EQ(complain([](Graph &g) { g.find("lif")->metadata["lle/rule"] = Array::text("reset=maybe"); }),
            "m.nir: node 'lif' (LIF): metadata 'lle/rule': profile: 'maybe' is no value of 'reset'\n");
  EXPECT_EQ(complain([](Graph &g) { g.find("lif")->metadata.clear(); }),
            "m.nir: node 'lif' (LIF): metadata 'lle/rule' is missing, which every neuron has where the network has "
            "'lle/delays'\n");
  EXPECT_EQ(complain([](Graph &g) { g.find("lif")->metadata["lle/v_init"] = Array::full({3}, 0.0f); }),
            "m.nir: node 'lif' (LIF): metadata 'lle/v_init' has shape [3], expected [2]\n");
  EXPECT_EQ(complain([](Graph &g) { g.find("lif")->metadata["lle/v_init"] = Array::scalar(double(NAN)); }),
            "m.nir: node 'lif' (LIF): metadata 'lle/v_init' holds nan at element 0, expected finite numbers\n");
  EXPECT_EQ(complain([](Graph &g) { g.find("lif")->metadata["lle/v_init"] = Array::scalar<int8_t>(1); }),
            "m.nir: node 'lif' (LIF): metadata 'lle/v_init' holds i8, expected f32 or f64\n");
  // A cycle in which nothing is held back.
  EXPECT_NE(complain([](Graph &g) { g.metadata["lle/delays"] = Array::texts({0, 2}, {}); }), "");
}

//===------------------------------------------------------------------------------------------===//
// Networks that are not those of their file any more
//===------------------------------------------------------------------------------------------===//

TEST_F(NIRRoundTrip, ChangedNetworksLoseTheirNesting) {
  auto module = import(nested(), "nir", 1e-3);
  ASSERT_TRUE(module);
  NetworkOp network = getNetwork(*module);
  // The recurrent path goes.
  for (mlir::Operation &op : llvm::make_early_inc_range(network.getBody().front()))
    if (auto add = dyn_cast<AddOp>(op)) {
      add.replaceAllUsesWith(add.getInputs().front());
      add.erase();
    }
  for (mlir::Operation &op : llvm::make_early_inc_range(llvm::reverse(network.getBody().front())))
    if (op.use_empty() && op.getNumResults() == 1)
      op.erase();
  std::optional<Graph> graph = exported(*module);
  ASSERT_TRUE(graph);
  EXPECT_EQ(said, "its nodes and edges are no longer those of its file; nested graphs are dissolved\n");
  EXPECT_EQ(join(map_range(graph->nodes, [](const Node &node) { return node.name; }), " "), "fc input output sub.lif");
  EXPECT_EQ(join(map_range(graph->edges, [](const Edge &edge) { return edge.source + ">" + edge.target; }), " "),
            "input>fc fc>sub.lif sub.lif>output");
}
