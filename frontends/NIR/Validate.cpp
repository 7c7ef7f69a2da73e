//===- Validate.cpp - the rules of NIR --------------------------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Validate.h"
#include "frontends/NIR/InferShapes.h"
#include "frontends/NIR/NodeTypes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include <cmath>

using namespace llvm;

namespace lle::nir {

/// Real files nest once or twice; the limit keeps recursion over strangers' files shallow.
static constexpr unsigned maxDepth = 16;
static constexpr size_t maxNamesListed = 8;

//===------------------------------------------------------------------------------------------===//
// Nodes and edges, one by one
//===------------------------------------------------------------------------------------------===//

namespace {
class Checker {
public:
  explicit Checker(Report &report) : report(report) {}
  void check(const Graph &graph, const std::string &prefix, unsigned depth);

private:
  void checkNode(const Node &node, const std::string &path, const std::string &prefix, unsigned depth);
  void checkParam(const Array &array, const ParamSpec &spec, const std::string &name, const std::string &where);
  void checkFact(const Array &array, const ParamSpec &spec, const std::string &where);
  void checkEdges(const Graph &graph, const std::string &prefix);

  Report &report;
};
} // namespace

/// What precedes a complaint about a graph: nothing for the network itself.
static std::string graphName(const std::string &prefix) {
  return prefix.empty() ? "" : "graph '" + prefix.substr(0, prefix.size() - 1) + "': ";
}

/// The bytes must be as many as shape and type say. (A decoder guarantees it; a graph made in
/// memory may be wrong.)
static bool isConsistent(const Array &array) {
  uint64_t count = 1;
  for (int64_t dim : array.getShape()) {
    if (dim < 0 || (dim > 0 && count > static_cast<uint64_t>(INT64_MAX) / 8 / dim))
      return false;
    count *= dim;
  }
  return array.size() == count && array.getBytes().size() == count * byteWidth(array.getType());
}

/// "a", "a or b", "a, b or c"
static std::string listChoices(StringRef choices) {
  SmallVector<StringRef> words;
  choices.split(words, ' ');
  StringRef last = words.pop_back_val();
  return words.empty() ? last.str() : join(words, ", ") + " or " + last.str();
}

/// What a missing fact is about, for a person who has to look it up.
static std::string describeFact(const ParamSpec &spec) {
  if (spec.question.empty())
    return "";
  std::string text = (": it says " + spec.question).str();
  return spec.choices.empty() ? text : text + " (" + listChoices(spec.choices) + ")";
}

void Checker::checkFact(const Array &array, const ParamSpec &spec, const std::string &where) {
  std::string quoted = ("'" + spec.name + "'").str();
  if (spec.kind == ParamSpec::Choice) {
    SmallVector<StringRef> words;
    StringRef(spec.choices).split(words, ' ');
    StringRef text = array.isText() ? StringRef(array.getStrings().front()) : StringRef();
    if (!is_contained(words, text))
      report.error(where + quoted + " is " + (array.isText() ? "'" + text + "'" : "no text") + ", expected " +
                   listChoices(spec.choices));
    return;
  }
  bool isNumeric = array.getType() != ElementType::String && array.size() == 1;
  double value = isNumeric ? array.number(0) : 0;
  bool isWhole = isNumeric && !isFloat(array.getType());
  bool fits = spec.kind == ParamSpec::Number  ? isNumeric && std::isfinite(value)
              : spec.kind == ParamSpec::Count ? isWhole && value >= 1 && value <= INT32_MAX
                                              : isWhole && (value == 0 || value == 1);
  if (!fits)
    report.error(where + quoted + " is " +
                 (isNumeric ? toString(value) : toString(array.getType()) + toString(array.getShape())) +
                 ", expected " +
                 (spec.kind == ParamSpec::Number  ? "one finite number"
                  : spec.kind == ParamSpec::Count ? "one integer above 0"
                                                  : "0 or 1"));
}

void Checker::checkParam(const Array &array, const ParamSpec &spec, const std::string &name, const std::string &where) {
  std::string quoted = "'" + name + "'";
  ElementType type = array.getType();
  if (!isConsistent(array))
    return report.error(where + quoted + " has " + Twine(array.size()) + " elements, which its shape " +
                        toString(array.getShape()) + " contradicts");
  if (!spec.isReal() && spec.kind != ParamSpec::Integer && spec.kind != ParamSpec::IntegerOrText)
    return checkFact(array, spec, where);
  if (spec.kind == ParamSpec::Integer || spec.kind == ParamSpec::IntegerOrText) {
    bool text = spec.kind == ParamSpec::IntegerOrText && array.isText();
    if (!isInteger(type) && !text)
      report.error(where + quoted + " has element type " + toString(type) + ", expected integers" +
                   (spec.kind == ParamSpec::IntegerOrText ? " or one string" : ""));
    return;
  }
  if (!isFloat(type) && !isInteger(type))
    return report.error(where + quoted + " has element type " + toString(type) + ", expected numbers");
  if (array.size() == 0)
    return report.error(where + quoted + " is empty (shape " + toString(array.getShape()) + ")");
  for (size_t i = 0; i < array.size(); ++i) {
    double value = array.number(i);
    StringRef rule = !std::isfinite(value)                                  ? "a finite number"
                     : spec.kind == ParamSpec::Positive && !(value > 0)     ? "a number above 0"
                     : spec.kind == ParamSpec::NonNegative && !(value >= 0) ? "a number of 0 or more"
                                                                            : "";
    if (!rule.empty())
      return report.error(where + quoted + " holds " + toString(value) + " at element " + Twine(i) + ", expected " +
                          rule);
  }
}

void Checker::checkNode(const Node &node, const std::string &path, const std::string &prefix, unsigned depth) {
  if (node.name.empty() || node.name == "." || node.name == ".." || StringRef(node.name).contains('/') ||
      StringRef(node.name).contains('\0'))
    report.error(graphName(prefix) + "'" + node.name + "' is no name for a node: HDF5 can store none that is empty, " +
                 "'.', '..' or contains '/'");
  const NodeSpec *spec = findNodeSpec(node.type);
  if (!spec)
    return report.error("node '" + path + "' has type '" + node.type + "', which NIR does not define");
  std::string where = "node '" + path + "' (" + node.type + "): ";
  if ((spec->kind == NodeKind::NIRGraph) != (node.graph != nullptr))
    return report.error(where + "a node holds nodes and edges exactly when its type is NIRGraph");
  for (const ParamSpec &param : spec->params)
    if (param.required && !node.find(param.name))
      report.error(where + "the dataset '" + param.name + "' is missing" + describeFact(param));
  for (const auto &[name, array] : node.params) {
    if (const ParamSpec *param = findParam(*spec, name))
      checkParam(array, *param, name, where);
    else
      report.warning(where + "the dataset '" + name + "' is not known for this type and is ignored");
  }
  if (node.graph)
    check(*node.graph, path + "/", depth + 1);
}

void Checker::checkEdges(const Graph &graph, const std::string &prefix) {
  StringMap<const Node *> nodes;
  for (const Node &node : graph.nodes)
    nodes[node.name] = &node;
  std::string known = "the graph has ";
  for (const Node &node : ArrayRef(graph.nodes).take_front(maxNamesListed))
    known += (&node == graph.nodes.data() ? "'" : ", '") + node.name + "'";
  if (graph.nodes.size() > maxNamesListed)
    known += ", ...";
  StringSet<> seen;
  for (const Edge &edge : graph.edges) {
    std::string where = "edge '" + prefix + edge.source + "' -> '" + prefix + edge.target + "': ";
    bool dangling = false;
    for (StringRef end : {StringRef(edge.source), StringRef(edge.target)}) {
      if (nodes.contains(end) || (dangling && end == edge.source))
        continue;
      report.error(where + "there is no node '" + end + "' (" + known + ")");
      dangling = true;
    }
    if (dangling)
      continue;
    // '/' occurs in no name, so that the key is unique.
    if (!seen.insert(edge.source + "/" + edge.target).second)
      report.warning(where + "the edge occurs more than once and counts once");
    if (nodes[edge.target]->type == "Input")
      report.error(where + "an Input takes no edge from its own graph");
    if (nodes[edge.source]->type == "Output")
      report.error(where + "an Output gives no edge to its own graph");
  }
}

void Checker::check(const Graph &graph, const std::string &prefix, unsigned depth) {
  if (depth > maxDepth)
    return report.error(graphName(prefix) + "graphs are nested deeper than " + Twine(maxDepth) + " levels");
  if (graph.nodes.empty())
    report.error(graphName(prefix) + "there are no nodes");
  StringSet<> names;
  for (const Node &node : graph.nodes) {
    if (!names.insert(node.name).second)
      report.error("node '" + prefix + node.name + "': another node has the same name");
    checkNode(node, prefix + node.name, prefix, depth);
  }
  checkEdges(graph, prefix);
}

void checkGraph(const Graph &graph, Report &report) { Checker(report).check(graph, "", 0); }

//===------------------------------------------------------------------------------------------===//
// Repair and completion
//===------------------------------------------------------------------------------------------===//

static void repairEdges(Graph &graph, Report &report, const std::string &prefix) {
  StringSet<> names, connected;
  for (const Node &node : graph.nodes)
    names.insert(node.name);
  SmallSetVector<StringRef, 4> dangling;
  for (const Edge &edge : graph.edges)
    for (StringRef end : {StringRef(edge.source), StringRef(edge.target)}) {
      connected.insert(end);
      if (!names.contains(end))
        dangling.insert(end);
    }
  SmallVector<StringRef> candidates;
  for (const Node &node : graph.nodes)
    if (!connected.contains(node.name))
      candidates.push_back(node.name);
  if (dangling.size() == 1 && candidates.size() == 1) {
    std::string from = dangling.front().str(), to = candidates.front().str();
    report.remark(graphName(prefix) + "repaired: edges name a node '" + from + "' that does not exist; replaced by '" +
                  to + "', the only node without an edge");
    for (Edge &edge : graph.edges)
      for (std::string *end : {&edge.source, &edge.target})
        if (*end == from)
          *end = to;
  }
  for (Node &node : graph.nodes)
    if (node.graph)
      repairEdges(*node.graph, report, prefix + node.name + "/");
}

void repairEdges(Graph &graph, Report &report) { repairEdges(graph, report, ""); }

/// "input_lif", or "input_lif_0", ... where that is taken.
static std::string freeName(const Graph &graph, const std::string &base) {
  auto taken = [&](StringRef name) { return any_of(graph.nodes, [&](const Node &n) { return n.name == name; }); };
  if (!taken(base))
    return base;
  for (unsigned i = 0;; ++i)
    if (std::string name = base + "_" + std::to_string(i); !taken(name))
      return name;
}

/// A node's input shape as far as its parameters say. A nested graph's is that of its Input.
static std::optional<Shape> getInputShape(const Node &node) {
  if (node.graph) {
    auto it = find_if(node.graph->nodes, [](const Node &inner) { return inner.type == "Input"; });
    return it == node.graph->nodes.end() ? std::nullopt : getInputShape(*it);
  }
  Expected<std::optional<Shape>> shape = getDeclaredInputShape(node);
  if (shape)
    return *shape;
  consumeError(shape.takeError()); // inferShapes will say it
  return std::nullopt;
}

static void addImplicitPorts(Graph &graph, Report &report, const std::string &prefix) {
  for (Node &node : graph.nodes)
    if (node.graph)
      addImplicitPorts(*node.graph, report, prefix + node.name + "/");
  StringSet<> sources, targets;
  for (const Edge &edge : graph.edges) {
    sources.insert(edge.source);
    targets.insert(edge.target);
  }
  for (size_t i = 0, count = graph.nodes.size(); i < count; ++i) {
    // Copies: the vector grows.
    std::string name = graph.nodes[i].name, type = graph.nodes[i].type;
    std::string where = "node '" + prefix + name + "' (" + type + "): ";
    if (type != "Input" && !targets.contains(name)) {
      std::optional<Shape> shape = getInputShape(graph.nodes[i]);
      if (!shape) {
        report.error(where + "no edge enters it, and its parameters do not tell the shape of the Input to add");
        continue;
      }
      std::string port = freeName(graph, "input_" + name);
      report.warning(where + "no edge enters it; the Input '" + port + "' of shape " + toString(*shape) + " was added");
      graph.add(port, "Input", {{"shape", Array::ints(*shape)}});
      graph.connect(port, name);
    }
    if (type != "Output" && !sources.contains(name)) {
      std::string port = freeName(graph, "output_" + name);
      report.warning(where + "no edge leaves it; the Output '" + port + "' was added");
      graph.add(port, "Output", {{"shape", Array::ints({})}});
      graph.connect(name, port);
    }
  }
  if (none_of(graph.nodes, [](const Node &node) { return node.type == "Input"; }))
    report.error(graphName(prefix) + "there is no Input, and no node without a source to which one could be added");
}

void addImplicitPorts(Graph &graph, Report &report) { addImplicitPorts(graph, report, ""); }

//===------------------------------------------------------------------------------------------===//
// Cycles
//===------------------------------------------------------------------------------------------===//

void checkCycles(const FlatGraph &flat, Report &report) {
  enum State : uint8_t { Unseen, Open, Done };
  std::vector<State> states(flat.nodes.size(), Unseen);
  // A walk in depth on an explicit stack of (node, next target); its open nodes are a path.
  SmallVector<std::pair<unsigned, unsigned>> path;
  for (unsigned root = 0; root < flat.nodes.size(); ++root) {
    if (states[root] != Unseen || breaksCycles(*flat.nodes[root].node))
      continue;
    path.push_back({root, 0});
    states[root] = Open;
    while (!path.empty()) {
      auto &[index, next] = path.back();
      const FlatNode &node = flat.nodes[index];
      if (next == node.targets.size()) {
        states[index] = Done;
        path.pop_back();
        continue;
      }
      unsigned target = node.targets[next++];
      if (states[target] == Done || breaksCycles(*flat.nodes[target].node))
        continue;
      if (states[target] == Unseen) {
        states[target] = Open;
        path.push_back({target, 0});
        continue;
      }
      auto *begin = find_if(path, [&](auto &step) { return step.first == target; });
      std::string cycle;
      for (auto &step : make_range(begin, path.end()))
        cycle += "'" + flat.nodes[step.first].path + "' -> ";
      report.error("the cycle " + cycle + "'" + flat.nodes[target].path +
                   "' has neither a stateful node nor a delay: its values would depend on themselves");
      return;
    }
  }
}

std::optional<FlatGraph> analyze(Graph &graph, Report &report, bool repair) {
  if (repair)
    repairEdges(graph, report);
  checkGraph(graph, report);
  if (report.failed())
    return std::nullopt;
  addImplicitPorts(graph, report);
  if (report.failed())
    return std::nullopt;
  FlatGraph flat = flatten(graph, report);
  if (report.failed())
    return std::nullopt;
  inferShapes(flat, report, repair);
  if (!report.failed())
    checkCycles(flat, report);
  if (report.failed())
    return std::nullopt;
  return flat;
}

} // namespace lle::nir
