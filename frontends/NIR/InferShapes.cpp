//===- InferShapes.cpp - shapes along the edges of a NIR graph --------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/InferShapes.h"
#include "frontends/NIR/CellTypes.h"
#include "frontends/NIR/NodeTypes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <deque>

using namespace llvm;

namespace lle::nir {

/// Keeps products of dimensions, and what is allocated for them, far from overflow.
static constexpr int64_t maxElements = int64_t(1) << 31;

static Error checkSize(ArrayRef<int64_t> shape) {
  int64_t count = 1;
  for (int64_t dim : shape) {
    if (dim < 1)
      return createStringError("shape " + toString(shape) + " has a dimension below 1");
    if (dim > maxElements / count)
      return createStringError("shape " + toString(shape) + " has more than 2^31 elements");
    count *= dim;
  }
  return Error::success();
}

//===------------------------------------------------------------------------------------------===//
// One node
//===------------------------------------------------------------------------------------------===//

static Expected<Shape> getShapeParam(const Node &node, StringRef param) {
  size_t rank = node.find(param)->size();
  if (rank == 0)
    return createStringError("'" + param + "' is empty");
  return getIntegers(node, param, rank, 1);
}

/// (..., out, in) -> (..., dim), dim being `in` or `out`.
static Expected<Shape> getMatrixShape(const Node &node, bool output) {
  ArrayRef<int64_t> weight = node.find("weight")->getShape();
  if (weight.size() < 2)
    return createStringError("'weight' has shape " + toString(weight) + ", expected rank 2 or more");
  Shape shape(weight.drop_back(2));
  shape.push_back(output ? weight[weight.size() - 2] : weight.back());
  if (const Array *bias = node.find("bias"))
    if (bias->getShape() != ArrayRef(weight[weight.size() - 2]))
      return createStringError("'bias' has shape " + toString(bias->getShape()) + ", expected [" +
                               Twine(weight[weight.size() - 2]) + "]");
  return shape;
}

static int64_t getInputChannels(const Node &node, const Window &window) {
  return node.find("weight")->getShape()[1] * window.groups;
}

Expected<std::optional<Shape>> getDeclaredInputShape(const Node &node) {
  switch (getKind(node)) {
  case NodeKind::Output:
    if (node.find("shape")->size() == 0)
      return std::nullopt;
    [[fallthrough]];
  case NodeKind::Input:
    return getShapeParam(node, "shape");
  case NodeKind::Affine:
  case NodeKind::Linear:
    return getMatrixShape(node, /*output=*/false);
  case NodeKind::Conv1d:
  case NodeKind::Conv2d: {
    Expected<Window> window = getWindow(node);
    if (!window)
      return window.takeError();
    if (!window->inputShape)
      return std::nullopt;
    Shape shape{getInputChannels(node, *window)};
    append_range(shape, *window->inputShape);
    return shape;
  }
  case NodeKind::SumPool2d:
  case NodeKind::AvgPool2d:
    return std::nullopt;
  case NodeKind::Flatten:
    if (!node.find("input_type"))
      return std::nullopt;
    return getShapeParam(node, "input_type");
  case NodeKind::Activation:
  case NodeKind::Slice:
  case NodeKind::Transpose:
    return std::nullopt;
  case NodeKind::LTC:
  case NodeKind::CfC:
  case NodeKind::WiredCfC:
  case NodeKind::LSTM:
  case NodeKind::GRU:
  case NodeKind::CTRNN: {
    Expected<CellSize> size = getCellSize(node);
    if (!size)
      return size.takeError();
    return Shape{size->inputs};
  }
  default:
    return getElementwiseShape(node);
  }
}

static Expected<Shape> getWindowedShape(const Node &node, ArrayRef<int64_t> input) {
  Expected<Window> window = getWindow(node);
  if (!window)
    return window.takeError();
  size_t rank = window->kernel.size();
  if (input.size() != rank + 1)
    return createStringError("the input has shape " + toString(input) + ", expected rank " + Twine(rank + 1) +
                             " (channels first)");
  Shape output{input.front()};
  if (const Array *weight = node.find("weight")) {
    int64_t channels = getInputChannels(node, *window);
    if (input.front() != channels)
      return createStringError("the input has " + Twine(input.front()) + " channels, expected " + Twine(channels) +
                               " ('weight' " + toString(weight->getShape()) + ", groups " + Twine(window->groups) +
                               ")");
    output.front() = weight->getShape().front();
  }
  for (size_t i = 0; i < rank; ++i) {
    int64_t padded = input[i + 1] + window->padBefore[i] + window->padAfter[i];
    int64_t extent = window->dilation[i] * (window->kernel[i] - 1) + 1;
    if (extent > padded)
      return createStringError("the kernel covers " + Twine(extent) + " elements, but the padded input has " +
                               Twine(padded) + " (spatial dimension " + Twine(i) + " of input " + toString(input) +
                               ")");
    output.push_back((padded - extent) / window->stride[i] + 1);
  }
  return output;
}

/// end_dim is inclusive; negative values count from the end.
static Expected<Shape> getFlattenedShape(const Node &node, ArrayRef<int64_t> input) {
  int64_t rank = input.size();
  Expected<Shape> start = getIntegers(node, "start_dim", 1, INT32_MIN);
  if (!start)
    return start.takeError();
  Expected<Shape> end = getIntegers(node, "end_dim", 1, INT32_MIN);
  if (!end)
    return end.takeError();
  int64_t first = start->front() < 0 ? start->front() + rank : start->front();
  int64_t last = end->front() < 0 ? end->front() + rank : end->front();
  if (first < 0 || last >= rank || first > last)
    return createStringError("'start_dim' " + Twine(start->front()) + " to 'end_dim' " + Twine(end->front()) +
                             " is no range of dimensions of the input " + toString(input));
  Shape output(input.take_front(first));
  int64_t product = 1;
  for (int64_t dim : input.slice(first, last - first + 1))
    product *= dim;
  output.push_back(product);
  append_range(output, input.drop_front(last + 1));
  return output;
}

static Expected<Shape> getSlicedShape(const Node &node, ArrayRef<int64_t> input) {
  Expected<Shape> offset = getIntegers(node, "offset", 1, 0), length = getIntegers(node, "length", 1, 1);
  if (!offset || !length)
    return joinErrors(offset.takeError(), length.takeError());
  if (input.empty() || offset->front() + length->front() > input.front())
    return createStringError("elements " + Twine(offset->front()) + " to " +
                             Twine(offset->front() + length->front() - 1) +
                             " of the first dimension do not exist in the "
                             "input " +
                             toString(input));
  Shape output(input);
  output.front() = length->front();
  return output;
}

static Expected<Shape> getTransposedShape(const Node &node, ArrayRef<int64_t> input) {
  const Array &permutation = *node.find("permutation");
  Shape output;
  std::vector<bool> seen(input.size());
  for (size_t i = 0; i < permutation.size(); ++i) {
    std::optional<int64_t> dim = permutation.integer(i);
    if (!dim || *dim < 0 || *dim >= int64_t(input.size()) || seen[*dim])
      break;
    seen[*dim] = true;
    output.push_back(input[*dim]);
  }
  if (permutation.size() != input.size() || output.size() != input.size())
    return createStringError("'permutation' does not hold each of the " + Twine(input.size()) +
                             " dimensions of the input once");
  return output;
}

Expected<Shape> getOutputShape(const Node &node, ArrayRef<int64_t> input) {
  switch (getKind(node)) {
  case NodeKind::Affine:
  case NodeKind::Linear:
    return getMatrixShape(node, /*output=*/true);
  case NodeKind::Conv1d:
  case NodeKind::Conv2d:
  case NodeKind::SumPool2d:
  case NodeKind::AvgPool2d:
    return getWindowedShape(node, input);
  case NodeKind::Flatten:
    return getFlattenedShape(node, input);
  case NodeKind::Slice:
    return getSlicedShape(node, input);
  case NodeKind::Transpose:
    return getTransposedShape(node, input);
  case NodeKind::LTC:
  case NodeKind::CfC:
  case NodeKind::WiredCfC:
  case NodeKind::LSTM:
  case NodeKind::GRU:
  case NodeKind::CTRNN: {
    Expected<CellSize> size = getCellSize(node);
    if (!size)
      return size.takeError();
    return Shape{size->outputs};
  }
  default:
    return Shape(input);
  }
}

//===------------------------------------------------------------------------------------------===//
// The graph
//===------------------------------------------------------------------------------------------===//

namespace {
class Inference {
public:
  Inference(FlatGraph &flat, Report &report) : flat(flat), report(report), known(flat.nodes.size()) {}

  /// Shapes that parameters determine, then those that follow from a neighbour's.
  void propagate();
  /// Changes one declared shape that contradicts its neighbours; false where there is none to
  /// change.
  bool repairOne();
  void compareAlongEdges();

private:
  void setInputShape(unsigned index, const Shape &shape);
  void complain(const FlatNode &node, Error error) {
    report.error("node '" + node.path + "' (" + node.node->type + "): " + llvm::toString(std::move(error)));
  }
  void replaceShape(FlatNode &port, ArrayRef<int64_t> shape, const Twine &reason);
  std::optional<Shape> getWantedShape(const FlatNode &input);

  FlatGraph &flat;
  Report &report;
  std::vector<bool> known;
  std::deque<unsigned> worklist;
  /// Each port is changed once at most, so that contradicting neighbours end as an error.
  SmallPtrSet<const Node *, 4> repaired;
};
} // namespace

static Expected<Shape> getCheckedOutputShape(const Node &node, ArrayRef<int64_t> input) {
  if (Error error = checkSize(input))
    return error;
  Expected<Shape> output = getOutputShape(node, input);
  if (!output)
    return output;
  if (Error error = checkSize(*output))
    return error;
  return output;
}

void Inference::setInputShape(unsigned index, const Shape &shape) {
  FlatNode &node = flat.nodes[index];
  Expected<Shape> output = getCheckedOutputShape(*node.node, shape);
  if (!output)
    return complain(node, output.takeError());
  // An Output may leave its shape open (addImplicitPorts does).
  if (node.node->type == "Output" && node.node->find("shape")->size() == 0)
    node.node->params["shape"] = Array::ints(shape);
  node.inputShape = shape;
  node.outputShape = *output;
  known[index] = true;
  worklist.push_back(index);
}

void Inference::propagate() {
  known.assign(flat.nodes.size(), false);
  for (auto [index, node] : enumerate(flat.nodes)) {
    Expected<std::optional<Shape>> declared = getDeclaredInputShape(*node.node);
    if (!declared)
      complain(node, declared.takeError());
    else if (*declared)
      setInputShape(index, **declared);
  }
  while (!worklist.empty() && !report.failed()) {
    unsigned index = worklist.front();
    worklist.pop_front();
    for (unsigned target : flat.nodes[index].targets)
      if (!known[target])
        setInputShape(target, flat.nodes[index].outputShape);
  }
  if (report.failed())
    return;
  for (auto [index, node] : enumerate(flat.nodes))
    if (!known[index])
      report.error("node '" + node.path + "' (" + node.node->type +
                   "): its input shape is not known: neither its parameters nor a node before it "
                   "determine one");
}

void Inference::replaceShape(FlatNode &port, ArrayRef<int64_t> shape, const Twine &reason) {
  report.remark("node '" + port.path + "' (" + port.node->type + "): repaired: shape " + toString(port.outputShape) +
                " replaced by " + toString(shape) + ", " + reason);
  port.node->params["shape"] = Array::ints(shape);
  repaired.insert(port.node);
}

/// The shape on which all consumers of a network's Input agree, where their parameters determine
/// it.
std::optional<Shape> Inference::getWantedShape(const FlatNode &input) {
  std::optional<Shape> wanted;
  for (unsigned target : input.targets) {
    std::optional<Shape> declared = cantFail(getDeclaredInputShape(*flat.nodes[target].node));
    if (!declared || (wanted && *wanted != *declared))
      return std::nullopt;
    wanted = declared;
  }
  return wanted;
}

bool Inference::repairOne() {
  for (FlatNode &node : flat.nodes) {
    bool isInput = node.node->type == "Input";
    if ((!isInput && node.node->type != "Output") || repaired.contains(node.node))
      continue;
    if (isInput && !node.passThrough) {
      std::optional<Shape> wanted = getWantedShape(node);
      if (!wanted || *wanted == node.outputShape)
        continue;
      replaceShape(node, *wanted, "the shape that '" + flat.nodes[node.targets.front()].path + "' takes");
      return true;
    }
    for (unsigned source : node.sources)
      if (flat.nodes[source].outputShape != node.inputShape) {
        replaceShape(node, flat.nodes[source].outputShape,
                     "the shape that arrives from '" + flat.nodes[source].path + "'");
        return true;
      }
  }
  return false;
}

void Inference::compareAlongEdges() {
  for (const FlatNode &source : flat.nodes)
    for (unsigned index : source.targets) {
      const FlatNode &target = flat.nodes[index];
      if (source.outputShape != target.inputShape)
        report.error("edge '" + source.path + "' -> '" + target.path + "': shapes differ: '" + source.path + "' (" +
                     source.node->type + ") gives " + toString(source.outputShape) + ", '" + target.path + "' (" +
                     target.node->type + ") takes " + toString(target.inputShape));
    }
}

void inferShapes(FlatGraph &flat, Report &report, bool repair) {
  Inference inference(flat, report);
  inference.propagate();
  while (repair && !report.failed() && inference.repairOne())
    inference.propagate();
  if (!report.failed())
    inference.compareAlongEdges();
}

} // namespace lle::nir
