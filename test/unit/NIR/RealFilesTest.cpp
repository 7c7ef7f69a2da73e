//===- RealFilesTest.cpp - NIR files of other frameworks --------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Shared data; see test/unit/SharedData.h.
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Read.h"
#include "frontends/NIR/Write.h"
#include "test/unit/NIR/TestGraphs.h"
#include "test/unit/SharedData.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/Path.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace lle::nir;
using namespace lle::nir::test;

namespace {
class NIRRealFiles : public testing::Test {
protected:
  void SetUp() override {
    LLE_NEEDS_SHARED_DATA("spiking/nir_files");
    folder = lle::test::sharedData("spiking/nir_files");
  }

  Graph read(StringRef name) {
    Report report("m.nir");
    std::optional<Graph> graph = readGraph(folder + "/" + name.str(), report);
    EXPECT_EQ(join(report.errors, "\n"), "");
    return graph ? std::move(*graph) : Graph();
  }

  std::string folder;
};
} // namespace

TEST_F(NIRRealFiles, WellFormedOnesPass) {
  unsigned count = 0;
  std::error_code error;
  for (sys::fs::directory_iterator it(folder, error), end; it != end && !error; it.increment(error)) {
    StringRef name = sys::path::filename(it->path());
    if (!name.ends_with(".nir") || name.contains("subgraph") || name == "lif_rockpool.nir" ||
        name == "rockpool_tests_braille.nir")
      continue;
    Graph graph = read(name);
    Findings found = findings(graph);
    EXPECT_EQ(found.errors + found.warnings, "") << name.str();
    ++count;
  }
  EXPECT_EQ(count, 12u);
}

TEST_F(NIRRealFiles, ShapesOfTheConvolutionalNetwork) {
  Graph graph = read("cnn_sinabs.nir");
  EXPECT_EQ(graph.version, "0.2.0");
  Findings found = findings(graph);
  ASSERT_TRUE(found.flat);
  EXPECT_EQ(toString(get(*found.flat, "0").outputShape), "[16, 16, 16]");
  EXPECT_EQ(toString(get(*found.flat, "7").outputShape), "[8, 4, 4]");
  EXPECT_EQ(toString(get(*found.flat, "8").outputShape), "[128]");
  EXPECT_EQ(toString(get(*found.flat, "output").outputShape), "[10]");
}

TEST_F(NIRRealFiles, EverythingOfTheSyntheticOne) {
  Graph graph = read("probe_v107_synthetic.nir");
  EXPECT_EQ(graph.version, "1.0.7");
  EXPECT_EQ(graph.metadata["arr"], Array::ints({0, 1, 2}));
  EXPECT_EQ(graph.metadata["dt"].getType(), ElementType::F64);
  EXPECT_TRUE(graph.metadata["dt"].getShape().empty());
  EXPECT_TRUE(graph.metadata["author"].isText());
  EXPECT_EQ(graph.find("conv")->params["padding"], Array::text("same"));
  Findings found = findings(graph);
  ASSERT_TRUE(found.flat);
  EXPECT_EQ(toString(get(*found.flat, "conv").outputShape), "[3, 8, 8]");
  EXPECT_EQ(get(*found.flat, "sub/lif").sources.size(), 2u);
}

TEST_F(NIRRealFiles, MixedElementTypesAreKept) {
  Graph graph = read("braille_noDelay_bias_zero.nir");
  EXPECT_EQ(graph.find("fc1")->params["weight"].getType(), ElementType::F32);
  EXPECT_EQ(graph.find("lif1.lif")->params["tau_mem"].getType(), ElementType::F64);
  EXPECT_EQ(graph.find("lif1.lif")->find("v_reset"), nullptr);
}

TEST_F(NIRRealFiles, RoundTripKeepsAll) {
  std::error_code error;
  for (sys::fs::directory_iterator it(folder, error), end; it != end && !error; it.increment(error)) {
    StringRef name = sys::path::filename(it->path());
    if (!name.ends_with(".nir"))
      continue;
    Graph graph = read(name);
    SmallString<128> copy;
    ASSERT_FALSE(sys::fs::createTemporaryFile("lle-nir-test", "nir", copy));
    FileRemover remover(copy);
    ASSERT_EQ(llvm::toString(writeGraph(graph, copy)), "");
    Report report("copy.nir");
    std::optional<Graph> back = readGraph(copy, report);
    ASSERT_TRUE(back) << name.str();
    EXPECT_EQ(graph, *back) << name.str();
    EXPECT_EQ(graph.version, back->version);
  }
}

TEST_F(NIRRealFiles, WrongOutputShape) {
  Graph graph = read("lif_rockpool.nir");
  EXPECT_EQ(findings(graph).errors,
            "m.nir: edge '1_LIFNeuronTorch' -> 'output': shapes differ: '1_LIFNeuronTorch' (LIF) "
            "gives [1], 'output' (Output) takes [1, 1, 1]");
  Findings found = findings(graph, /*repair=*/true);
  EXPECT_EQ(found.errors, "");
  EXPECT_EQ(found.remarks, "m.nir: node 'output' (Output): repaired: shape [1, 1, 1] replaced by [1], the shape that "
                           "arrives from '1_LIFNeuronTorch'");
}

TEST_F(NIRRealFiles, WrongInnerInput) {
  Graph graph = read("rockpool_tests_braille.nir");
  EXPECT_EQ(findings(graph).errors, "m.nir: edge 'fc1' -> 'hidden/input': shapes differ: 'fc1' (Affine) gives [38], "
                                    "'hidden/input' (Input) takes [12]\n"
                                    "m.nir: edge 'hidden/input' -> 'hidden/lif': shapes differ: 'hidden/input' (Input) "
                                    "gives [12], 'hidden/lif' (CubaLIF) takes [38]");
  Findings found = findings(graph, /*repair=*/true);
  EXPECT_EQ(found.errors, "");
  EXPECT_EQ(found.remarks, "m.nir: node 'hidden/input' (Input): repaired: shape [12] replaced by [38], the shape that "
                           "arrives from 'fc1'");
}

TEST_F(NIRRealFiles, DanglingInnerEdges) {
  for (StringRef name : {"braille_noDelay_bias_zero_subgraph.nir", "braille_noDelay_noBias_subtract_subgraph.nir"}) {
    Graph graph = read(name);
    std::string expected;
    for (StringRef edge : {"'lif1/input' -> 'lif1/lif'", "'lif1/lif' -> 'lif1/lin'", "'lif1/lin' -> 'lif1/lif'",
                           "'lif1/lif' -> 'lif1/output'"})
      expected +=
          ("m.nir: edge " + edge + ": there is no node 'lif' (the graph has 'input', 'lif1', 'lin', 'output')\n").str();
    EXPECT_EQ(findings(graph).errors + "\n", expected);
    Findings found = findings(graph, /*repair=*/true);
    EXPECT_EQ(found.errors, "");
    EXPECT_EQ(found.remarks, "m.nir: graph 'lif1': repaired: edges name a node 'lif' that does not exist; replaced by "
                             "'lif1', the only node without an edge");
  }
}
