//===- Hints.cpp - what a file says and a network cannot --------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Hints.h"
#include "dialects/LLE/LLEOps.h"
#include "frontends/NIR/Attributes.h"
#include "frontends/NIR/NodeTypes.h"

using namespace llvm;
using namespace mlir;

namespace lle::nir {

// Not those of LLVM IR.
using mlir::Attribute;
using mlir::Type;

ElementsAttr findParameter(Operation *op, StringRef param) {
  StringRef name = param == "threshold" ? "v_threshold" : param;
  if (auto attribute = op->getAttrOfType<ElementsAttr>(name))
    return attribute;
  unsigned operand = param == "weight" || param == "scale" ? 1 : param == "bias" ? 2 : 0;
  if (operand == 0 || operand >= op->getNumOperands())
    return {};
  auto weight = op->getOperand(operand).getDefiningOp<WeightOp>();
  return weight ? weight.getValue() : ElementsAttr();
}

Shape getIntegerShape(StringRef nodeType, StringRef param) {
  if (param == "groups" || nodeType == "Conv1d" || nodeType == "Flatten" || nodeType == "Slice")
    return {};
  return {2};
}

/// Whether the dataset is stored as export would write it.
static bool isStoredAsWritten(Operation *op, const Node &node, StringRef param, const Array &array) {
  MLIRContext *context = op->getContext();
  if (ElementsAttr held = findParameter(op, param))
    return held.getShapedType() == getStorageType(array, context);
  Shape shape = param == "permutation" ? Shape{int64_t(array.size())} : getIntegerShape(node.type, param);
  return array.isText() ||
         getStorageType(array, context) == RankedTensorType::get(shape, IntegerType::get(context, 64));
}

void setHints(Operation *op, const Node &node) {
  MLIRContext *context = op->getContext();
  NamedAttrList hints;
  const NodeSpec *spec = findNodeSpec(node.type);
  for (const auto &[name, array] : node.params) {
    const ParamSpec *param = findParam(*spec, name);
    bool isKnown = param;
    bool isReal = isKnown && param->isReal();
    // A cell's operation says all that its known datasets say.
    if (isKnown && isCell(node))
      continue;
    if (!isKnown || name == "delay" || (isReal && !findParameter(op, name)))
      hints.set(name, toAttribute(array, context));
    else if (!isReal && !param->required) // follows from the input's shape
      hints.set(name, TypeAttr::get(getStorageType(array, context)));
    else if (!isStoredAsWritten(op, node, name, array))
      hints.set(name, TypeAttr::get(getStorageType(array, context)));
  }
  for (const ParamSpec &param : spec->params)
    if (!param.required && param.kind == ParamSpec::Real && !node.find(param.name) && !isCell(node))
      hints.set(param.name, TypeAttr::get(NoneType::get(context)));
  if (!node.metadata.empty())
    hints.set("metadata", toAttribute(node.metadata, context));
  if (!hints.empty())
    op->setDiscardableAttr(nirAttr, hints.getDictionary(context));
}

DictionaryAttr getPortHints(const Node &port, MLIRContext *context) {
  NamedAttrList hints;
  const Array &shape = *port.find("shape");
  if (shape.getType() != ElementType::I64 || shape.getShape().size() != 1)
    hints.set("shape", TypeAttr::get(getStorageType(shape, context)));
  for (const auto &[name, array] : port.params)
    if (name != "shape")
      hints.set(name, toAttribute(array, context));
  if (!port.metadata.empty())
    hints.set("metadata", toAttribute(port.metadata, context));
  return hints.empty() ? DictionaryAttr() : hints.getDictionary(context);
}

static DictionaryAttr getHints(const Graph &graph, bool isOutermost, MLIRContext *context) {
  Builder builder(context);
  NamedAttrList hints, graphs, ports;
  SmallVector<Attribute> edges;
  for (const Edge &edge : graph.edges)
    edges.push_back(builder.getStrArrayAttr({edge.source, edge.target}));
  hints.set("edges", builder.getArrayAttr(edges));
  if (!graph.metadata.empty())
    hints.set("metadata", toAttribute(graph.metadata, context));
  for (const Node &node : graph.nodes) {
    if (node.graph) {
      graphs.set(node.name, getHints(*node.graph, false, context));
    } else if (!isOutermost && (node.type == "Input" || node.type == "Output")) {
      NamedAttrList port(node.params.empty() ? DictionaryAttr() : toAttribute(node.params, context));
      port.set("type", builder.getStringAttr(node.type));
      if (!node.metadata.empty())
        port.set("metadata", toAttribute(node.metadata, context));
      ports.set(node.name, port.getDictionary(context));
    }
  }
  if (!graphs.empty())
    hints.set("graphs", graphs.getDictionary(context));
  if (!ports.empty())
    hints.set("ports", ports.getDictionary(context));
  if (isOutermost)
    hints.set("version", builder.getStringAttr(graph.version));
  return hints.getDictionary(context);
}

DictionaryAttr getGraphHints(const Graph &graph, MLIRContext *context) {
  return getHints(graph, /*isOutermost=*/true, context);
}

} // namespace lle::nir
