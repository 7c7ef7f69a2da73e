//===- Semantics.cpp - what a NIR file of LLE says of itself ----------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Semantics.h"
#include "frontends/NIR/Annotations.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace llvm;

namespace lle::nir {

ArrayRef<StringLiteral> getExtraParameters(NodeKind kind) {
  static constexpr StringLiteral integrator[] = {"v_init"}, perfect[] = {"v_init", "v_min"}, delay[] = {"initial"},
                                 leaky[] = {"v_init", "decay", "bias"}, firing[] = {"v_init", "v_min", "decay", "bias"},
                                 current[] = {"v_init", "i_leak", "decay_syn", "decay_mem", "bias"},
                                 firingCurrent[] = {"v_init", "v_min", "i_leak", "decay_syn", "decay_mem", "bias"};
  switch (kind) {
  case NodeKind::I:
    return integrator;
  case NodeKind::IF:
    return perfect;
  case NodeKind::LI:
    return leaky;
  case NodeKind::LIF:
    return firing;
  case NodeKind::CubaLI:
    return current;
  case NodeKind::CubaLIF:
    return firingCurrent;
  case NodeKind::Delay:
    return delay;
  default:
    return {};
  }
}

std::string printRule(spk::DynamicsAttr dynamics, spk::FiringAttr firing) {
  std::string text;
  auto add = [&](StringRef key, const Twine &value) { text += ((text.empty() ? "" : ",") + key + "=" + value).str(); };
  add("integrator", stringifyIntegrator(dynamics.getIntegrator()));
  add("order", stringifyOrder(dynamics.getOrder()));
  add("gain", stringifyGain(dynamics.getGain()));
  add("scale", stringifyScale(dynamics.getScale()));
  if (!firing)
    return text;
  add("compare", stringifyCompare(firing.getCompare()));
  add("reset", stringifyReset(firing.getReset()));
  add("when", stringifyWhen(firing.getWhen()));
  add("emit", stringifyEmit(firing.getEmit()));
  add("scope", stringifyScope(firing.getScope()));
  add("max_spikes", Twine(firing.getMaxSpikes()));
  return text;
}

namespace {
class Taker {
public:
  explicit Taker(Report &report) : report(report) {}

  void takeGraph(Graph &graph);
  void takeNode(const FlatNode &flat);
  void checkComplete(const FlatGraph &flat);

  Semantics semantics;

private:
  /// Removes a key and gives its value.
  std::optional<Array> take(ArrayMap &metadata, StringRef key);
  void takeText(ArrayMap &metadata, StringRef key, const Twine &where, std::string &text);
  void takePorts(Graph &graph, StringRef nodeType, StringRef key, std::vector<std::string> &names);
  void takeDelays(ArrayMap &metadata);
  void takeParameter(const FlatNode &flat, StringRef key, NodeSemantics &own);
  void warnOfRest(const ArrayMap &metadata, const Twine &where);

  Report &report;
};
} // namespace

static bool isNumber(const Array &array) {
  return isFloat(array.getType()) && array.size() == 1 && std::isfinite(array.number(0));
}

std::optional<Array> Taker::take(ArrayMap &metadata, StringRef key) {
  auto it = metadata.find((semanticsPrefix + key).str());
  if (it == metadata.end())
    return std::nullopt;
  Array array = std::move(it->second);
  metadata.erase(it);
  return array;
}

void Taker::takeText(ArrayMap &metadata, StringRef key, const Twine &where, std::string &text) {
  std::optional<Array> array = take(metadata, key);
  if (array && array->isText())
    text = array->getStrings().front();
  else if (array)
    report.error(where + "metadata 'lle/" + key + "' is no text");
}

void Taker::takePorts(Graph &graph, StringRef nodeType, StringRef key, std::vector<std::string> &names) {
  std::optional<Array> array = take(graph.metadata, key);
  if (!array)
    return;
  std::vector<std::string> ports;
  for (const Node &node : graph.nodes)
    if (node.type == nodeType)
      ports.push_back(node.name);
  names = array->getStrings().vec();
  if (array->getShape().size() != 1 || !std::is_permutation(ports.begin(), ports.end(), names.begin(), names.end()))
    report.error("metadata 'lle/" + key + "' does not list the network's " + nodeType + " nodes");
}

void Taker::takeDelays(ArrayMap &metadata) {
  std::optional<Array> array = take(metadata, "delays");
  if (!array)
    return;
  ArrayRef<int64_t> shape = array->getShape();
  if (array->getType() != ElementType::String || shape.size() != 2 || shape[1] != 2) {
    report.error("metadata 'lle/delays' has shape " + toString(shape) + " of " + toString(array->getType()) +
                 ", expected text of shape [n, 2]");
    return;
  }
  semantics.delays.emplace();
  ArrayRef<std::string> ends = array->getStrings();
  for (size_t i = 0; i < ends.size(); i += 2)
    semantics.delays->push_back({ends[i], ends[i + 1]});
}

void Taker::takeGraph(Graph &graph) {
  if (std::optional<Array> dt = take(graph.metadata, "dt")) {
    if (isNumber(*dt))
      semantics.dt = dt->number(0);
    else
      report.error("metadata 'lle/dt' is no number");
  }
  if (std::optional<Array> steps = take(graph.metadata, "steps")) {
    if (isInteger(steps->getType()) && steps->size() == 1 && steps->integer(0).value_or(0) > 0)
      semantics.steps = steps->integer(0);
    else
      report.error("metadata 'lle/steps' is no integer above 0");
  }
  takeText(graph.metadata, "name", "", semantics.name);
  takeText(graph.metadata, "profile", "", semantics.profile);
  takePorts(graph, "Input", "inputs", semantics.inputs);
  takePorts(graph, "Output", "outputs", semantics.outputs);
  takeDelays(graph.metadata);
  semantics.annotations[nullptr] = takeAnnotations(graph.metadata);
  warnOfRest(graph.metadata, "");
}

void Taker::takeParameter(const FlatNode &flat, StringRef key, NodeSemantics &own) {
  std::optional<Array> array = take(flat.node->metadata, key);
  if (!array)
    return;
  std::string where = "node '" + flat.path + "' (" + flat.node->type + "): metadata 'lle/" + key.str() + "' ";
  if (!isFloat(array->getType()))
    return report.error(where + "holds " + toString(array->getType()) + ", expected f32 or f64");
  bool fits =
      key == "initial" ? array->size() == 1 : array->size() == 1 || array->getShape() == ArrayRef(flat.outputShape);
  if (!fits || array->size() == 0)
    return report.error(where + "has shape " + toString(array->getShape()) + ", expected " +
                        (key == "initial" ? "one number" : toString(flat.outputShape)));
  for (size_t i = 0; i < array->size(); ++i)
    if (!std::isfinite(array->number(i)))
      return report.error(where + "holds " + toString(array->number(i)) + " at element " + Twine(i) +
                          ", expected finite numbers");
  own.parameters.insert({key.str(), std::move(*array)});
}

void Taker::takeNode(const FlatNode &flat) {
  Node &node = *flat.node;
  NodeKind kind = getKind(node);
  NodeSemantics own;
  std::string rule, where = "node '" + flat.path + "' (" + node.type + "): ";
  ArrayRef<StringLiteral> extra = getExtraParameters(kind);
  if (kind == NodeKind::Threshold || (kind != NodeKind::Delay && !extra.empty()))
    takeText(node.metadata, "rule", where, rule);
  for (StringRef key : extra)
    takeParameter(flat, key, own);
  semantics.annotations[&node] = takeAnnotations(node.metadata);
  warnOfRest(node.metadata, where);
  if (!rule.empty()) {
    if (Expected<NeuronRule> parsed = parseRule(rule))
      own.rule = *parsed;
    else
      report.error(where + "metadata 'lle/rule': " + toString(parsed.takeError()));
    semantics.nodes.insert({&node, std::move(own)});
  } else if (!own.parameters.empty()) {
    if (kind != NodeKind::Delay)
      report.error(where + "metadata 'lle/" + own.parameters.begin()->first + "' needs 'lle/rule' beside it");
    semantics.nodes.insert({&node, std::move(own)});
  }
}

void Taker::checkComplete(const FlatGraph &flat) {
  for (const FlatNode &node : flat.nodes) {
    NodeKind kind = getKind(*node.node);
    bool needsRule = kind != NodeKind::Delay && !getExtraParameters(kind).empty();
    if (semantics.delays && needsRule && !semantics.nodes.count(node.node))
      report.error("node '" + node.path + "' (" + node.node->type +
                   "): metadata 'lle/rule' is missing, which every neuron has where the network has 'lle/delays'");
  }
}

void Taker::warnOfRest(const ArrayMap &metadata, const Twine &where) {
  for (const auto &[key, value] : metadata)
    if (StringRef(key).starts_with(semanticsPrefix))
      report.warning(where + "metadata '" + key + "' is not known to this compiler");
}

Semantics takeSemantics(Graph &graph, const FlatGraph &flat, Report &report) {
  Taker taker(report);
  taker.takeGraph(graph);
  for (const FlatNode &node : flat.nodes)
    taker.takeNode(node);
  taker.checkComplete(flat);
  return std::move(taker.semantics);
}

} // namespace lle::nir
