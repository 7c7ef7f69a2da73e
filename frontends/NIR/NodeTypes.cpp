//===- NodeTypes.cpp - the node types of NIR and their parameters -----------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/NodeTypes.h"
#include "frontends/NIR/CellTypes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace lle::nir {

//===------------------------------------------------------------------------------------------===//
// The table
//===------------------------------------------------------------------------------------------===//

using P = ParamSpec;

static constexpr P shapeParams[] = {{"shape", P::Integer}};
static constexpr P affineParams[] = {{"weight", P::Real}, {"bias", P::Real}};
static constexpr P linearParams[] = {{"weight", P::Real}};
static constexpr P scaleParams[] = {{"scale", P::Real}};
static constexpr P convParams[] = {{"weight", P::Real},
                                   {"bias", P::Real},
                                   {"stride", P::Integer},
                                   {"padding", P::IntegerOrText},
                                   {"dilation", P::Integer},
                                   {"groups", P::Integer},
                                   {"input_shape", P::Integer, false}};
static constexpr P poolParams[] = {{"kernel_size", P::Integer}, {"stride", P::Integer}, {"padding", P::Integer}};
static constexpr P flattenParams[] = {
    {"start_dim", P::Integer}, {"end_dim", P::Integer}, {"input_type", P::Integer, false}};
static constexpr P delayParams[] = {{"delay", P::NonNegative}};
static constexpr P thresholdParams[] = {{"threshold", P::Real}};
static constexpr P iParams[] = {{"r", P::Real}};
static constexpr P ifParams[] = {{"r", P::Real}, {"v_threshold", P::Real}, {"v_reset", P::Real, false}};
static constexpr P liParams[] = {{"tau", P::Positive}, {"r", P::Real}, {"v_leak", P::Real}};
static constexpr P lifParams[] = {
    {"tau", P::Positive}, {"r", P::Real}, {"v_leak", P::Real}, {"v_threshold", P::Real}, {"v_reset", P::Real, false}};
static constexpr P cubaLiParams[] = {
    {"tau_mem", P::Positive}, {"tau_syn", P::Positive}, {"r", P::Real}, {"v_leak", P::Real}, {"w_in", P::Real, false}};
static constexpr P cubaLifParams[] = {{"tau_mem", P::Positive}, {"tau_syn", P::Positive}, {"r", P::Real},
                                      {"v_leak", P::Real},      {"v_threshold", P::Real}, {"v_reset", P::Real, false},
                                      {"w_in", P::Real, false}};

static constexpr P activationParams[] = {{"function", P::Choice, true, "which function it is", activationNames}};
static constexpr P sliceParams[] = {{"offset", P::Integer}, {"length", P::Integer}};
static constexpr P transposeParams[] = {{"permutation", P::Integer}};

const NodeSpec *findNodeSpec(StringRef type) {
  using K = NodeKind;
  static const NodeSpec specs[] = {{K::Input, "Input", shapeParams},
                                   {K::Output, "Output", shapeParams},
                                   {K::NIRGraph, "NIRGraph", {}},
                                   {K::Affine, "Affine", affineParams},
                                   {K::Linear, "Linear", linearParams},
                                   {K::Scale, "Scale", scaleParams, true},
                                   {K::Conv1d, "Conv1d", convParams},
                                   {K::Conv2d, "Conv2d", convParams},
                                   {K::SumPool2d, "SumPool2d", poolParams},
                                   {K::AvgPool2d, "AvgPool2d", poolParams},
                                   {K::Flatten, "Flatten", flattenParams},
                                   {K::Delay, "Delay", delayParams, true},
                                   {K::Threshold, "Threshold", thresholdParams, true},
                                   {K::I, "I", iParams, true},
                                   {K::IF, "IF", ifParams, true},
                                   {K::LI, "LI", liParams, true},
                                   {K::LIF, "LIF", lifParams, true},
                                   {K::CubaLI, "CubaLI", cubaLiParams, true},
                                   {K::CubaLIF, "CubaLIF", cubaLifParams, true},
                                   {K::Activation, "Activation", activationParams},
                                   {K::Slice, "Slice", sliceParams},
                                   {K::Transpose, "Transpose", transposeParams}};
  for (ArrayRef<NodeSpec> table : {ArrayRef(specs), getCellSpecs()})
    for (const NodeSpec &spec : table)
      if (spec.type == type)
        return &spec;
  return nullptr;
}

bool ParamSpec::matches(StringRef dataset) const {
  auto [before, after] = StringRef(name).split('#');
  if (before.size() == name.size())
    return dataset == name;
  // Few enough digits for an integer.
  return dataset.consume_front(before) && dataset.consume_back(after) && !dataset.empty() && dataset.size() < 10 &&
         all_of(dataset, isDigit);
}

const ParamSpec *findParam(const NodeSpec &spec, StringRef dataset) {
  const ParamSpec *it = find_if(spec.params, [&](const ParamSpec &param) { return param.matches(dataset); });
  return it == spec.params.end() ? nullptr : it;
}

NodeKind getKind(const Node &node) {
  const NodeSpec *spec = findNodeSpec(node.type);
  assert(spec && "the node was not checked");
  return spec->kind;
}

bool isIntegrating(const Node &node) {
  switch (getKind(node)) {
  case NodeKind::I:
  case NodeKind::IF:
  case NodeKind::LI:
  case NodeKind::LIF:
  case NodeKind::CubaLI:
  case NodeKind::CubaLIF:
    return true;
  default:
    return false;
  }
}

bool isCell(const Node &node) {
  return any_of(getCellSpecs(), [&](const NodeSpec &spec) { return spec.type == node.type; });
}

bool breaksCycles(const Node &node) {
  if (getKind(node) != NodeKind::Delay)
    return isIntegrating(node) || isCell(node);
  const Array &delay = *node.find("delay");
  return all_of(seq<size_t>(0, delay.size()), [&](size_t i) { return delay.number(i) > 0; });
}

//===------------------------------------------------------------------------------------------===//
// Parameters in the form in which they are used
//===------------------------------------------------------------------------------------------===//

Expected<Shape> getIntegers(const Node &node, StringRef param, size_t count, int64_t min) {
  const Array &array = *node.find(param);
  if (array.getShape().size() > 1 || (array.size() != 1 && array.size() != count))
    return createStringError("'" + param + "' has shape " + toString(array.getShape()) + ", expected one number or " +
                             Twine(count));
  Shape values;
  for (size_t i = 0; i < array.size(); ++i) {
    std::optional<int64_t> value = array.integer(i);
    if (!value || *value < min || *value > INT32_MAX)
      return createStringError("'" + param + "' holds " + toString(array.number(i)) + ", expected an integer from " +
                               Twine(min) + " to " + Twine(INT32_MAX));
    values.push_back(*value);
  }
  values.resize(count, values.front());
  return values;
}

/// Fills the paddings of a window whose other fields are known.
static Error resolvePadding(const Node &node, Window &window) {
  size_t rank = window.kernel.size();
  const Array &padding = *node.find("padding");
  if (padding.getType() != ElementType::String) {
    Expected<Shape> numbers = getIntegers(node, "padding", rank, 0);
    if (!numbers)
      return numbers.takeError();
    window.padBefore = window.padAfter = *numbers;
    return Error::success();
  }
  StringRef text = padding.isText() ? StringRef(padding.getStrings().front()) : StringRef();
  if (text != "same" && text != "valid")
    return createStringError("'padding' is '" + text + "', expected integers, 'same' or 'valid'");
  window.padBefore.assign(rank, 0);
  window.padAfter.assign(rank, 0);
  if (text == "valid")
    return Error::success();
  for (size_t i = 0; i < rank; ++i) {
    if (window.stride[i] != 1)
      return createStringError("'padding' is 'same', which needs stride 1, got stride " + toString(window.stride));
    int64_t total = window.dilation[i] * (window.kernel[i] - 1);
    window.padBefore[i] = total / 2;
    window.padAfter[i] = total - total / 2;
  }
  return Error::success();
}

static Error readConvolution(const Node &node, size_t rank, Window &window) {
  ArrayRef<int64_t> weight = node.find("weight")->getShape();
  if (weight.size() != rank + 2)
    return createStringError("'weight' has shape " + toString(weight) + ", expected rank " + Twine(rank + 2));
  Expected<Shape> groups = getIntegers(node, "groups", 1, 1);
  if (!groups)
    return groups.takeError();
  window.groups = groups->front();
  if (weight[0] % window.groups != 0)
    return createStringError("'groups' is " + Twine(window.groups) + ", which does not divide the " + Twine(weight[0]) +
                             " output channels of 'weight'");
  ArrayRef<int64_t> bias = node.find("bias")->getShape();
  if (bias != ArrayRef(weight[0]))
    return createStringError("'bias' has shape " + toString(bias) + ", expected [" + Twine(weight[0]) + "]");
  Expected<Shape> dilation = getIntegers(node, "dilation", rank, 1);
  if (!dilation)
    return dilation.takeError();
  window.dilation = *dilation;
  window.kernel = Shape(weight.drop_front(2));
  if (node.find("input_shape")) {
    Expected<Shape> inputShape = getIntegers(node, "input_shape", rank, 1);
    if (!inputShape)
      return inputShape.takeError();
    window.inputShape = *inputShape;
  }
  return Error::success();
}

Expected<Window> getWindow(const Node &node) {
  Window window;
  size_t rank = 2;
  switch (getKind(node)) {
  case NodeKind::Conv1d:
    rank = 1;
    [[fallthrough]];
  case NodeKind::Conv2d:
    if (Error error = readConvolution(node, rank, window))
      return error;
    break;
  default:
    Expected<Shape> kernel = getIntegers(node, "kernel_size", rank, 1);
    if (!kernel)
      return kernel.takeError();
    window.kernel = *kernel;
    window.dilation.assign(rank, 1);
  }
  Expected<Shape> stride = getIntegers(node, "stride", rank, 1);
  if (!stride)
    return stride.takeError();
  window.stride = *stride;
  if (Error error = resolvePadding(node, window))
    return error;
  return window;
}

Expected<std::optional<Shape>> getElementwiseShape(const Node &node) {
  std::optional<Shape> common;
  StringRef from;
  for (const ParamSpec &spec : findNodeSpec(node.type)->params) {
    const Array *array = node.find(spec.name);
    if (!array || array->getShape().empty())
      continue;
    if (!common) {
      common = Shape(array->getShape());
      from = spec.name;
    } else if (ArrayRef(*common) != array->getShape()) {
      return createStringError("'" + spec.name + "' has shape " + toString(array->getShape()) + ", but '" + from +
                               "' has " + toString(*common) + ": all parameters have the neurons' shape");
    }
  }
  return common;
}

} // namespace lle::nir
