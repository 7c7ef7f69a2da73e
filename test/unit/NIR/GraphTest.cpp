//===- GraphTest.cpp - graphs in memory and their flat view -----------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "test/unit/NIR/TestGraphs.h"
#include "gtest/gtest.h"

using namespace lle::nir;
using namespace lle::nir::test;

TEST(NIRGraph, ArrayKeepsTypeShapeAndBytes) {
  Array array = Array::f32({2, 2}, {1.0f, 2.0f, 3.0f, -0.0f});
  EXPECT_EQ(array.getType(), ElementType::F32);
  EXPECT_EQ(array.size(), 4u);
  EXPECT_EQ(array.getBytes().size(), 16u);
  EXPECT_EQ(array.number(2), 3.0);
  EXPECT_NE(array, Array::f32({4}, {1.0f, 2.0f, 3.0f, -0.0f}));
  EXPECT_NE(array, Array::f32({2, 2}, {1.0f, 2.0f, 3.0f, 0.0f}));
  EXPECT_EQ(toString(array.getShape()), "[2, 2]");
}

TEST(NIRGraph, IntegersThatDoNotFitAreNone) {
  EXPECT_EQ(Array::scalar<uint64_t>(7).integer(0), 7);
  EXPECT_EQ(Array::scalar<int8_t>(-7).integer(0), -7);
  EXPECT_EQ(Array::scalar<uint64_t>(UINT64_MAX).integer(0), std::nullopt);
  EXPECT_EQ(Array::scalar(7.0).integer(0), std::nullopt);
}

TEST(NIRGraph, CloneIsEqualAndIndependent) {
  Graph graph = nested();
  Graph copy = graph.clone();
  EXPECT_EQ(graph, copy);
  copy.find("sub")->graph->find("w")->params["weight"] = Array::full({2, 2}, 0.75f);
  EXPECT_FALSE(graph == copy);
}

TEST(NIRGraph, FlatViewJoinsNestedPorts) {
  Graph graph = nested();
  Findings found = findings(graph);
  ASSERT_EQ(found.errors, "");
  auto names = [&](llvm::ArrayRef<unsigned> indices) {
    std::string text;
    for (unsigned index : indices)
      text += found.flat->nodes[index].path + " ";
    return text;
  };
  EXPECT_EQ(names(get(*found.flat, "fc").targets), "sub/input ");
  EXPECT_EQ(names(get(*found.flat, "sub/lif").sources), "sub/input sub/w ");
  EXPECT_EQ(names(get(*found.flat, "sub/output").targets), "output ");
  EXPECT_TRUE(get(*found.flat, "sub/input").passThrough);
  EXPECT_FALSE(get(*found.flat, "input").passThrough);
  EXPECT_EQ(found.flat->nodes.size(), 7u);
}
