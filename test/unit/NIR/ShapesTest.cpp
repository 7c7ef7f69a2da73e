//===- ShapesTest.cpp - shape inference of NIR graphs -----------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "test/unit/NIR/TestGraphs.h"
#include "gtest/gtest.h"

using namespace lle::nir;
using namespace lle::nir::test;

/// The shape that a node of these parameters gives for an input.
static std::string outputShape(llvm::StringRef type, ArrayMap params, llvm::ArrayRef<int64_t> in) {
  Graph graph = around(type, std::move(params), in, {});
  Findings found = findings(graph);
  return found.flat ? toString(get(*found.flat, "n").outputShape) : found.errors;
}

static ArrayMap with(ArrayMap params, llvm::StringRef name, Array array) {
  params[name.str()] = std::move(array);
  return params;
}

TEST(NIRShapes, ConvolutionUsesBothKernelSizes) {
  EXPECT_EQ(outputShape("Conv2d", conv2d({4, 2, 3, 5}), {2, 10, 10}), "[4, 8, 6]");
}

TEST(NIRShapes, ConvolutionCountsGroups) {
  ArrayMap params = with(conv2d({4, 2, 3, 3}), "groups", Array::scalar<int64_t>(2));
  EXPECT_EQ(outputShape("Conv2d", params, {4, 5, 5}), "[4, 3, 3]");
  EXPECT_EQ(outputShape("Conv2d", params, {2, 5, 5}),
            "m.nir: node 'n' (Conv2d): the input has 2 channels, expected 4 ('weight' [4, 2, 3, "
            "3], groups 2)");
}

TEST(NIRShapes, StridePaddingAndDilation) {
  ArrayMap params = conv2d({1, 1, 3, 3});
  params["stride"] = Array::ints({2, 3});
  params["padding"] = Array::ints({1, 0});
  params["dilation"] = Array::scalar<int64_t>(2);
  // floor((10 + 2 - 5) / 2) + 1, floor((10 - 5) / 3) + 1
  EXPECT_EQ(outputShape("Conv2d", params, {1, 10, 10}), "[1, 4, 2]");
}

TEST(NIRShapes, SamePaddingKeepsTheShape) {
  ArrayMap params = with(conv2d({3, 2, 4, 3}), "padding", Array::text("same"));
  EXPECT_EQ(outputShape("Conv2d", params, {2, 8, 8}), "[3, 8, 8]");
  EXPECT_EQ(outputShape("Conv2d", with(params, "stride", Array::ints({2, 2})), {2, 8, 8}),
            "m.nir: node 'n' (Conv2d): 'padding' is 'same', which needs stride 1, got stride [2, 2]");
  EXPECT_EQ(outputShape("Conv2d", with(params, "padding", Array::text("valid")), {2, 8, 8}), "[3, 5, 6]");
  EXPECT_EQ(outputShape("Conv2d", with(params, "padding", Array::text("full")), {2, 8, 8}),
            "m.nir: node 'n' (Conv2d): 'padding' is 'full', expected integers, 'same' or 'valid'");
}

TEST(NIRShapes, Conv1d) {
  ArrayMap params = {{"weight", Array::full({3, 2, 4}, 1.0f)},   {"bias", Array::full({3}, 0.0f)},
                     {"stride", Array::scalar<int64_t>(2)},      {"padding", Array::scalar<int64_t>(1)},
                     {"dilation", Array::scalar<int64_t>(1)},    {"groups", Array::scalar<int64_t>(1)},
                     {"input_shape", Array::scalar<int64_t>(10)}};
  EXPECT_EQ(outputShape("Conv1d", params, {2, 10}), "[3, 5]");
  EXPECT_EQ(outputShape("Conv1d", params, {2, 12}), "m.nir: edge 'input' -> 'n': shapes differ: 'input' (Input) gives "
                                                    "[2, 12], 'n' (Conv1d) takes [2, 10]");
}

TEST(NIRShapes, KernelLargerThanInput) {
  EXPECT_EQ(outputShape("Conv2d", conv2d({1, 1, 5, 5}), {1, 4, 9}),
            "m.nir: node 'n' (Conv2d): the kernel covers 5 elements, but the padded input has 4 "
            "(spatial dimension 0 of "
            "input [1, 4, 9])");
}

TEST(NIRShapes, Pooling) {
  ArrayMap params = {
      {"kernel_size", Array::ints({2, 3})}, {"stride", Array::ints({2, 3})}, {"padding", Array::ints({0, 1})}};
  EXPECT_EQ(outputShape("SumPool2d", params, {4, 7, 7}), "[4, 3, 3]");
  EXPECT_EQ(outputShape("AvgPool2d", params, {4, 7}),
            "m.nir: node 'n' (AvgPool2d): the input has shape [4, 7], expected rank 3 (channels first)");
}

TEST(NIRShapes, Flatten) {
  auto flatten = [](int64_t start, int64_t end) {
    return ArrayMap{{"start_dim", Array::scalar(start)}, {"end_dim", Array::scalar(end)}};
  };
  EXPECT_EQ(outputShape("Flatten", flatten(0, -1), {2, 3, 4}), "[24]");
  EXPECT_EQ(outputShape("Flatten", flatten(1, 2), {2, 3, 4, 5}), "[2, 12, 5]");
  EXPECT_EQ(outputShape("Flatten", flatten(0, -2), {2, 3, 4}), "[6, 4]");
  EXPECT_EQ(outputShape("Flatten", flatten(2, 1), {2, 3, 4}),
            "m.nir: node 'n' (Flatten): 'start_dim' 2 to 'end_dim' 1 is no range of dimensions of "
            "the input [2, 3, 4]");
}

TEST(NIRShapes, MatrixOfHigherRank) {
  EXPECT_EQ(outputShape("Linear", {{"weight", Array::full({5, 4, 3}, 1.0f)}}, {5, 3}), "[5, 4]");
}

TEST(NIRShapes, ScalarParametersTakeTheShapeThatArrives) {
  EXPECT_EQ(outputShape("LIF", lif({}), {3, 2}), "[3, 2]");
  EXPECT_EQ(outputShape("LIF", with(lif({3, 2}), "r", Array::scalar(2.0)), {3, 2}), "[3, 2]");
}

TEST(NIRShapes, DimensionsAreBounded) {
  int64_t large = int64_t(1) << 30;
  EXPECT_EQ(outputShape("LIF", lif({}), {large, large}),
            "m.nir: node 'input' (Input): shape [1073741824, 1073741824] has more than 2^31 elements");
  EXPECT_EQ(outputShape("LIF", lif({}), {0}),
            "m.nir: node 'input' (Input): 'shape' holds 0, expected an integer from 1 "
            "to 2147483647");
}

TEST(NIRShapes, UnknownShapeInACycle) {
  Graph graph = around("LIF", lif({2}), {2}, {2});
  graph.add("a", "LIF", lif({}));
  graph.add("b", "LIF", lif({}));
  graph.chain({"a", "b", "a"});
  EXPECT_EQ(findings(graph).errors, "m.nir: node 'a' (LIF): its input shape is not known: neither its parameters nor a "
                                    "node before it determine one\n"
                                    "m.nir: node 'b' (LIF): its input shape is not known: neither its parameters nor a "
                                    "node before it determine one");
}
