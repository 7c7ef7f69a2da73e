//===- Export.cpp - networks to NIR graphs ----------------------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Export.h"
#include "frontends/NIR/Annotations.h"
#include "frontends/NIR/CellExport.h"
#include "frontends/NIR/Hints.h"
#include "frontends/NIR/NodeExport.h"
#include "frontends/NIR/Semantics.h"
#include "frontends/NIR/Validate.h"
#include "frontends/NIR/Wiring.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"
#include <set>

using namespace llvm;
using namespace mlir;

namespace lle::nir {

// Not those of LLVM IR.
using mlir::Attribute;
using mlir::Type;
using mlir::Value;

namespace {
/// An edge of the network, by the nodes' paths.
struct Link {
  std::string source, target;
  bool delayed;
};

class Exporter {
public:
  explicit Exporter(NetworkOp network)
      : network(network), hints(network->getAttrOfType<DictionaryAttr>(nirAttr)),
        dt(network.getDt().convertToDouble()) {}

  FailureOr<Graph> run();

private:
  LogicalResult addNodes();
  LogicalResult addCells();
  LogicalResult findLastCells();
  LogicalResult addPorts();
  LogicalResult addNode(Operation *op, FailureOr<Node> node);
  LogicalResult addLinks();
  LogicalResult collect(Operation *user, Value value, StringRef target);
  LogicalResult buildGraph(DictionaryAttr from, const std::string &prefix, Graph &graph);
  bool matches(Graph graph);
  void flattenPaths();
  Graph buildFlat();
  void addSemantics(Graph &graph);
  std::string makeUnique(std::string name);

  NetworkOp network;
  DictionaryAttr hints;
  double dt;
  /// By path, in the order of HDF5.
  std::map<std::string, Node> nodes;
  /// What gives a value, and what takes one: a node, or a port by its position.
  llvm::DenseMap<Value, std::string> sources;
  std::vector<std::pair<Operation *, std::string>> targets;
  /// The input for the elapsed time, which no Input stands for.
  Value timespans;
  /// What belongs to the nodes of cells.
  llvm::SmallPtrSet<Operation *, 8> inCells;
  /// Cells of which the last step alone counts.
  llvm::SmallPtrSet<Operation *, 4> lastCells;
  SmallVector<std::string> outputs;
  std::vector<Link> links;
};
} // namespace

//===------------------------------------------------------------------------------------------===//
// Nodes
//===------------------------------------------------------------------------------------------===//

/// A step of delay that no file draws.
static bool isImplicit(Operation *op) {
  auto delay = dyn_cast_or_null<DelayOp>(op);
  return delay && delay->hasAttr(implicitAttr) && delay.getInitial().isZero() &&
         all_of(delay.getSteps().getValues<int64_t>(), [](int64_t steps) { return steps == 1; });
}

std::string Exporter::makeUnique(std::string name) {
  std::string unique = name;
  for (unsigned i = 1; nodes.count(unique); ++i)
    unique = name + "_" + std::to_string(i);
  return unique;
}

LogicalResult Exporter::addNode(Operation *op, FailureOr<Node> node) {
  if (failed(node))
    return failure();
  std::string path = node->name;
  node->name = StringRef(path).rsplit('/').second.empty() ? path : StringRef(path).rsplit('/').second.str();
  nodes.emplace(path, std::move(*node));
  return success();
}

LogicalResult Exporter::addPorts() {
  auto add = [&](StringRef name, StringRef nodeType, Type type, DictionaryAttr attributes) {
    if (nodes.count(name.str()))
      return LogicalResult(network.emitOpError("cannot be exported to NIR: two ports are named '") << name << "'");
    auto portHints = attributes ? attributes.getAs<DictionaryAttr>(nirAttr) : DictionaryAttr();
    return addNode(network, exportPort(network, name, nodeType, cast<RankedTensorType>(type), portHints));
  };
  timespans = getTimespans(network);
  for (auto [i, argument] : enumerate(network.getBody().getArguments())) {
    if (argument == timespans)
      continue;
    if (!cast<RankedTensorType>(argument.getType()).getElementType().isF32())
      return network.emitOpError("cannot be exported to NIR: input '")
             << network.getInputName(i) << "' has the element type "
             << cast<RankedTensorType>(argument.getType()).getElementType() << ", and those of NIR are real (f32)";
    sources[argument] = network.getInputName(i);
    if (failed(add(sources[argument], "Input", argument.getType(), network.getArgAttrDict(i))))
      return failure();
  }
  for (auto [i, type] : enumerate(network.getResultTypes())) {
    outputs.push_back(network.getOutputName(i));
    if (failed(add(outputs.back(), "Output", type, network.getResultAttrDict(i))))
      return failure();
  }
  return success();
}

/// The cells behind an output of which the last step alone counts.
LogicalResult Exporter::findLastCells() {
  llvm::SmallPtrSet<Operation *, 4> everyStep;
  Operation *output = network.getBody().front().getTerminator();
  for (auto [i, value] : enumerate(output->getOperands())) {
    SmallVector<Value> pending{value};
    llvm::SmallPtrSet<Operation *, 16> seen;
    while (!pending.empty()) {
      Operation *op = pending.pop_back_val().getDefiningOp();
      if (!op || !seen.insert(op).second)
        continue;
      if (!getCellType(op).empty())
        (network.emitsLast(i) ? lastCells : everyStep).insert(op);
      else if (!isa<StatefulOpInterface>(op))
        append_range(pending, op->getOperands());
      else if (network.emitsLast(i))
        return op->emitOpError("cannot be exported to NIR: output '")
               << network.getOutputName(i) << "' is its last step alone, which NIR says of recurrent cells only";
    }
  }
  for (Operation *op : lastCells)
    if (everyStep.contains(op))
      return op->emitOpError("cannot be exported to NIR: one output is its last step alone, another one every step");
  return success();
}

/// A cell, with all that import makes of its node, becomes one node.
LogicalResult Exporter::addCells() {
  if (failed(findLastCells()))
    return failure();
  for (CellGroup &group : groupCells(network)) {
    inCells.insert(group.cells.begin(), group.cells.end());
    inCells.insert(group.between.begin(), group.between.end());
    if (group.lstm)
      inCells.insert(group.lstm);
    std::string path = makeUnique(group.name.empty() ? StringRef(group.type).lower() : group.name);
    group.name = path;
    if (failed(addNode(group.cells.back(), exportCells(group, timespans, lastCells.contains(group.cells.back())))))
      return failure();
    sources[group.getResult()] = path;
    targets.push_back({group.getEntry(), path});
  }
  return success();
}

LogicalResult Exporter::addNodes() {
  for (Operation &op : network.getBody().front()) {
    StringRef type = getNodeType(&op);
    if (isa<WeightOp, AddOp, OutputOp>(op) || isImplicit(&op) || inCells.contains(&op))
      continue;
    if (type.empty())
      return op.emitOpError("cannot be exported to NIR: it has no such node");
    if (cast<RankedTensorType>(op.getResult(0).getType()).getElementType().isF64())
      return op.emitOpError("cannot be exported to NIR: it computes in f64, and networks from NIR compute in f32");
    auto name = op.getAttrOfType<StringAttr>("name");
    std::string path = makeUnique(name && !name.empty() ? name.str() : StringRef(type).lower());
    if (failed(addNode(&op, exportNode(&op, path, dt, bool(hints)))))
      return failure();
    sources[op.getResult(0)] = path;
    targets.push_back({&op, path});
  }
  return success();
}

//===------------------------------------------------------------------------------------------===//
// Edges
//===------------------------------------------------------------------------------------------===//

/// The edges behind a value: sums are dissolved.
LogicalResult Exporter::collect(Operation *user, Value value, StringRef target) {
  Operation *op = value.getDefiningOp();
  if (auto add = dyn_cast_or_null<AddOp>(op)) {
    for (auto [i, input] : enumerate(add.getInputs())) {
      if (i > 0 && input.getDefiningOp<AddOp>())
        return add.emitOpError("cannot be exported to NIR: it adds a sum to what stands before it, and NIR adds what "
                               "arrives one by one");
      if (failed(collect(user, input, target)))
        return failure();
    }
    return success();
  }
  bool delayed = isImplicit(op);
  auto source = sources.find(delayed ? cast<DelayOp>(op).getInput() : value);
  if (source == sources.end())
    return user->emitOpError("cannot be exported to NIR: what it takes is no node's result");
  links.push_back({source->second, target.str(), delayed});
  return success();
}

LogicalResult Exporter::addLinks() {
  for (auto &[op, path] : targets)
    if (failed(collect(op, op->getOperand(0), path)))
      return failure();
  Operation *output = network.getBody().front().getTerminator();
  for (auto [i, path] : enumerate(outputs))
    if (failed(collect(output, output->getOperand(i), path)))
      return failure();
  return success();
}

//===------------------------------------------------------------------------------------------===//
// The graph
//===------------------------------------------------------------------------------------------===//

/// The graph of the file, as the hints have it, with copies of those nodes that lie in it.
LogicalResult Exporter::buildGraph(DictionaryAttr from, const std::string &prefix, Graph &graph) {
  auto malformed = [&](StringRef key) {
    return network.emitOpError("cannot be exported to NIR: '") << key << "' in 'lle.nir' is malformed";
  };
  if (auto edges = from.getAs<ArrayAttr>("edges"))
    for (Attribute attribute : edges) {
      auto edge = dyn_cast<ArrayAttr>(attribute);
      auto ends = edge ? to_vector(edge.getAsRange<StringAttr>()) : SmallVector<StringAttr>();
      if (ends.size() != 2)
        return malformed("edges");
      graph.connect(ends[0].str(), ends[1].str());
    }
  if (auto version = from.getAs<StringAttr>("version"))
    graph.version = version.str();
  if (failed(exportArrays(network, from.getAs<DictionaryAttr>("metadata"), {}, graph.metadata)))
    return failure();
  auto getEntries = [&](StringRef key) {
    auto entries = from.getAs<DictionaryAttr>(key);
    return entries ? entries.getValue() : ArrayRef<NamedAttribute>();
  };
  for (NamedAttribute entry : getEntries("graphs")) {
    Graph nested;
    auto inner = dyn_cast<DictionaryAttr>(entry.getValue());
    if (!inner)
      return malformed("graphs");
    if (failed(buildGraph(inner, prefix + entry.getName().str() + "/", nested)))
      return failure();
    graph.add(entry.getName().str(), std::move(nested));
  }
  for (NamedAttribute entry : getEntries("ports")) {
    auto port = dyn_cast<DictionaryAttr>(entry.getValue());
    auto type = port ? port.getAs<StringAttr>("type") : StringAttr();
    if (!type)
      return malformed("ports");
    Node &node = graph.add(entry.getName().str(), type.str());
    if (failed(exportArrays(network, port, {"type", "metadata"}, node.params)) ||
        failed(exportArrays(network, port.getAs<DictionaryAttr>("metadata"), {}, node.metadata)))
      return failure();
  }
  for (auto &[path, node] : nodes)
    if (StringRef(path).starts_with(prefix) && !StringRef(path).drop_front(prefix.size()).contains('/')) {
      Node &added = graph.add(node.name, node.type, node.params);
      added.metadata = node.metadata;
    }
  llvm::sort(graph.nodes, [](const Node &a, const Node &b) { return a.name < b.name; });
  return success();
}

/// Whether the graph has just the nodes and edges of the network.
bool Exporter::matches(Graph graph) {
  Report ignored("");
  checkGraph(graph, ignored);
  if (ignored.failed())
    return false;
  FlatGraph flat = flatten(graph, ignored);
  if (ignored.failed())
    return false;
  std::multiset<std::pair<StringRef, StringRef>> ours, theirs;
  for (const Link &link : links)
    ours.insert({link.source, link.target});
  size_t count = 0;
  Wiring wiring = resolveWiring(flat);
  for (auto [index, node] : enumerate(flat.nodes)) {
    count += !node.passThrough;
    for (const Connection &connection : wiring.sources[index])
      theirs.insert({flat.nodes[connection.source].path, node.path});
  }
  return count == nodes.size() && ours == theirs;
}

/// Makes names of paths, where no graph is nested.
void Exporter::flattenPaths() {
  std::map<std::string, std::string> renamed;
  for (auto &[path, node] : nodes)
    if (StringRef(path).contains('/'))
      renamed[path] = "";
  for (auto &[path, name] : renamed) {
    std::string wanted = path;
    llvm::replace(wanted, '/', '.');
    name = makeUnique(wanted);
    Node node = std::move(nodes.at(path));
    nodes.erase(path);
    node.name = name;
    nodes.emplace(name, std::move(node));
  }
  for (Link &link : links)
    for (std::string *end : {&link.source, &link.target})
      if (auto it = renamed.find(*end); it != renamed.end())
        *end = it->second;
}

Graph Exporter::buildFlat() {
  flattenPaths();
  Graph graph;
  for (auto &[path, node] : nodes) {
    Node &added = graph.add(path, node.type, node.params);
    added.metadata = node.metadata;
  }
  for (const Link &link : links)
    graph.connect(link.source, link.target);
  return graph;
}

void Exporter::addSemantics(Graph &graph) {
  auto add = [&](StringRef key, Array array) {
    graph.metadata.insert_or_assign((semanticsPrefix + key).str(), std::move(array));
  };
  add("dt", Array::scalar(dt));
  if (std::optional<uint64_t> steps = network.getSteps())
    add("steps", Array::scalar(int64_t(*steps)));
  if (std::optional<StringRef> profile = network.getProfile())
    add("profile", Array::text(*profile));
  add("name", Array::text(network.getSymName()));
  // A file's nodes have no order but that of their names.
  auto addOrder = [&](StringRef key, std::vector<std::string> names) {
    if (!llvm::is_sorted(names))
      add(key, Array::texts({int64_t(names.size())}, names));
  };
  std::vector<std::string> inputs;
  for (mlir::BlockArgument argument : network.getBody().getArguments())
    if (argument != timespans)
      inputs.push_back(sources.at(argument));
  addOrder("inputs", std::move(inputs));
  addOrder("outputs", std::vector<std::string>(outputs.begin(), outputs.end()));
  std::vector<std::string> ends;
  for (const Link &link : links)
    if (link.delayed)
      ends.insert(ends.end(), {link.source, link.target});
  add("delays", Array::texts({int64_t(ends.size() / 2), 2}, std::move(ends)));
}

FailureOr<Graph> Exporter::run() {
  if (failed(addPorts()) || failed(addCells()) || failed(addNodes()) || failed(addLinks()))
    return failure();
  std::map<std::pair<StringRef, StringRef>, bool> delays;
  for (const Link &link : links) {
    auto [it, isNew] = delays.insert({{link.source, link.target}, link.delayed});
    if (!isNew && (it->second != link.delayed || !hints))
      return network.emitOpError("cannot be exported to NIR: '")
             << link.target << "' takes what '" << link.source << "' gives twice, and NIR's edges are a set";
  }
  Graph graph;
  bool isRestored = false;
  if (hints) {
    if (failed(buildGraph(hints, "", graph)))
      return failure();
    isRestored = matches(graph.clone());
    if (!isRestored)
      network.emitWarning("its nodes and edges are no longer those of its file; nested graphs are dissolved");
  }
  if (!isRestored) {
    Graph flat = buildFlat();
    flat.metadata = std::move(graph.metadata);
    flat.version = graph.version;
    graph = std::move(flat);
  }
  addSemantics(graph);
  if (failed(exportAnnotations({{"network", network}}, graph.metadata)))
    return failure();

  Report report("");
  Graph checked = graph.clone();
  analyze(checked, report);
  for (StringRef message : report.errors)
    network.emitOpError("cannot be exported to NIR") << message;
  if (report.failed())
    return failure();
  return std::move(graph);
}

FailureOr<Graph> exportNIR(NetworkOp network) { return Exporter(network).run(); }

} // namespace lle::nir
