//===- NodeTypes.h - the node types of NIR and their parameters ---------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_NODETYPES_H
#define LLE_FRONTENDS_NIR_NODETYPES_H

#include "frontends/NIR/Graph.h"
#include "llvm/Support/Error.h"

namespace lle::nir {

enum class NodeKind {
  Input,
  Output,
  NIRGraph,
  Affine,
  Linear,
  Scale,
  Conv1d,
  Conv2d,
  SumPool2d,
  AvgPool2d,
  Flatten,
  Delay,
  Threshold,
  I,
  IF,
  LI,
  LIF,
  CubaLI,
  CubaLIF
};

struct ParamSpec {
  /// Positive: finite and > 0 (time constants); NonNegative: finite and >= 0 (delays).
  enum Kind { Real, Positive, NonNegative, Integer, IntegerOrText };
  llvm::StringLiteral name;
  Kind kind;
  bool required = true;
};

struct NodeSpec {
  NodeKind kind;
  llvm::StringLiteral type;
  llvm::ArrayRef<ParamSpec> params;
  /// Each parameter holds one number a neuron (or one for all, rank 0); input and output have that
  /// shape.
  bool elementwise = false;
};

/// Null for a type that NIR does not have.
const NodeSpec *findNodeSpec(llvm::StringRef type);
/// The same for a node that was checked.
NodeKind getKind(const Node &node);

/// Whether the node integrates, so that a profile says how.
bool isIntegrating(const Node &node);

/// Whether the node's result does not depend on what arrives in the same instant: a neuron that
/// integrates, or a delay of more than zero seconds.
bool breaksCycles(const Node &node);

/// A list of integers; one number (rank 0, or a list of one) stands for all of `count`. Every value
/// is in [min, 2^31).
llvm::Expected<Shape> getIntegers(const Node &node, llvm::StringRef param, size_t count, int64_t min);

/// How a convolution or a pooling walks over its input; one entry a spatial dimension. The paddings
/// 'same' and 'valid' are resolved to numbers ('same' as PyTorch does: the odd element goes
/// behind).
struct Window {
  Shape kernel, stride, dilation, padBefore, padAfter;
  int64_t groups = 1;
  /// Of a convolution that states it.
  std::optional<Shape> inputShape;
};

llvm::Expected<Window> getWindow(const Node &node);

/// The common shape of an elementwise node's parameters; none where all are scalars.
llvm::Expected<std::optional<Shape>> getElementwiseShape(const Node &node);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_NODETYPES_H
