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
  CubaLIF,
  // Not of NIR: what liquid networks and models of Keras need (docs/formats.md).
  Activation,
  Slice,
  Transpose,
  LTC,
  CfC,
  WiredCfC,
  LSTM,
  GRU,
  CTRNN
};

struct ParamSpec {
  /// Positive: finite and > 0 (time constants); NonNegative: finite and >= 0 (delays). Facts, one value each: Number
  /// (finite), Count (an integer above 0), Flag (0 or 1), Choice (one of a few words).
  enum Kind { Real, Positive, NonNegative, Integer, IntegerOrText, Number, Count, Flag, Choice };
  /// A '#' stands for a number.
  llvm::StringLiteral name;
  Kind kind;
  bool required = true;
  /// What the fact says; asked where it is missing.
  llvm::StringLiteral question = "";
  /// The words of a choice, separated by ' '.
  llvm::StringLiteral choices = "";

  bool isReal() const { return kind == Real || kind == Positive || kind == NonNegative; }
  bool matches(llvm::StringRef dataset) const;
};

struct NodeSpec {
  NodeKind kind;
  llvm::StringLiteral type;
  llvm::ArrayRef<ParamSpec> params;
  /// Each parameter holds one number a neuron (or one for all, rank 0); input and output have that
  /// shape.
  bool elementwise = false;
};

/// Whether it integrates and fires; I, LI and CubaLI only integrate.
inline bool firesOnIntegral(NodeKind kind) {
  return kind == NodeKind::IF || kind == NodeKind::LIF || kind == NodeKind::CubaLIF;
}

/// Null for a type that neither NIR nor docs/formats.md has.
const NodeSpec *findNodeSpec(llvm::StringRef type);
/// The same for a node that was checked.
NodeKind getKind(const Node &node);

/// The parameter that a dataset of the node is; null where the type has none of that name.
const ParamSpec *findParam(const NodeSpec &spec, llvm::StringRef dataset);

/// Whether the node is a recurrent cell, which says itself how it steps through time.
bool isCell(const Node &node);

/// Whether the node integrates, so that a profile says how.
bool isIntegrating(const Node &node);

/// Whether a cycle through the node is one over time: a neuron that integrates, a recurrent cell, or a delay of more
/// than zero seconds.
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
