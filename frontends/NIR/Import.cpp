//===- Import.cpp - NIR graphs to networks ----------------------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Import.h"
#include "dialects/LLE/LLEOps.h"
#include "dialects/LTC/LTCOps.h"
#include "dialects/Spk/SpkOps.h"
#include "frontends/NIR/CellBuilder.h"
#include "frontends/NIR/CellTypes.h"
#include "frontends/NIR/Hints.h"
#include "frontends/NIR/NodeBuilder.h"
#include "frontends/NIR/Read.h"
#include "frontends/NIR/Semantics.h"
#include "frontends/NIR/Sequences.h"
#include "frontends/NIR/Validate.h"
#include "mlir/IR/Verifier.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Path.h"
#include <cmath>

using namespace llvm;
using namespace mlir;

namespace lle::nir {

// Not those of LLVM IR.
using mlir::Attribute;
using mlir::Location;
using mlir::Type;
using mlir::Value;

void registerImportDialects(DialectRegistry &registry) {
  registry.insert<LLEDialect, ltc::LTCDialect, spk::SpkDialect>();
}

namespace {
class Importer {
public:
  Importer(Graph &graph, FlatGraph flat, StringRef file, MLIRContext &context, Report &report)
      : graph(graph), flat(std::move(flat)), file(file), context(context), report(report), builder(&context) {}

  bool chooseSemantics(const ImportOptions &options);
  /// Without a name, the network has that which the file gives, or the file's own.
  OwningOpRef<ModuleOp> run(std::string name);

private:
  void overrideSemantics(const ImportOptions &options);
  bool chooseProfile(StringRef text);
  bool chooseStep(std::optional<double> given);
  void placeDelays();
  void wire();
  void buildNetwork(StringRef name);
  void buildNode(unsigned index, NodeBuilder &nodes, Value any);
  Value getArriving(unsigned index, OpBuilder &at);
  Value getValue(Connection connection, OpBuilder &at);
  Value getDelayed(unsigned source, OpBuilder &at);
  Type getElementType(unsigned index);
  RankedTensorType getType(unsigned index) {
    return RankedTensorType::get(flat.nodes[index].outputShape, elements[index]);
  }
  Location getLoc(unsigned index) {
    return NameLoc::get(builder.getStringAttr(flat.nodes[index].path), FileLineColLoc::get(&context, file, 0, 0));
  }
  /// In the order of the names given, if any are.
  SmallVector<unsigned> getPorts(StringRef type, ArrayRef<std::string> names) {
    SmallVector<unsigned> ports;
    for (auto [index, node] : enumerate(flat.nodes))
      if (!node.passThrough && node.node->type == type)
        ports.push_back(index);
    auto getKey = [&](unsigned port) { return std::make_pair(llvm::find(names, flat.nodes[port].path), port); };
    llvm::sort(ports, [&](unsigned a, unsigned b) { return getKey(a) < getKey(b); });
    return ports;
  }

  Graph &graph;
  FlatGraph flat;
  StringRef file;
  MLIRContext &context;
  Report &report;
  OpBuilder builder;

  Semantics semantics;
  Profile profile;
  bool hasProfile = false;
  double dt = 0;

  Wiring wiring;
  BitVector late;
  QuantisedNetwork quantised;
  NetworkOp network;
  /// By node: the element type of what it gives, and the value.
  std::vector<Type> elements;
  std::vector<Value> values, delayed;
  std::vector<BuiltNode> built;
};
} // namespace

//===------------------------------------------------------------------------------------------===//
// What the file does not say
//===------------------------------------------------------------------------------------------===//

static bool isSynapse(const FlatNode &node) {
  switch (getKind(*node.node)) {
  case NodeKind::Affine:
  case NodeKind::Linear:
  case NodeKind::Conv1d:
  case NodeKind::Conv2d:
    return true;
  default:
    return false;
  }
}

static DelayOptions getDelayOptions(const FlatGraph &flat, const Profile &profile, double dt) {
  DelayOptions options;
  options.late.resize(flat.nodes.size());
  options.synapses.resize(flat.nodes.size());
  for (auto [index, node] : enumerate(flat.nodes)) {
    options.late[index] = !isCombinational(node, profile, dt);
    options.synapses[index] = isSynapse(node);
  }
  options.allSynapses = profile.delayAllSynapses;
  options.beforeSynapse = profile.delayBeforeSynapse;
  return options;
}

bool Importer::chooseStep(std::optional<double> given) {
  if (!given && !semantics.dt && countsOwnTime(flat))
    given = 1;
  if (!given && !semantics.dt) {
    report.error("NIR does not say how long a time step is: give --dt=SECONDS, the step with which "
                 "the network was trained");
    return false;
  }
  dt = given ? *given : *semantics.dt;
  if (!(dt > 0) || !std::isfinite(dt)) {
    report.error("dt is " + toString(dt) + " s, expected a number above 0");
    return false;
  }
  return true;
}

/// Drops what the file says of its neurons and delays where the user says something else.
void Importer::overrideSemantics(const ImportOptions &options) {
  if (options.dt && semantics.dt && *options.dt != *semantics.dt) {
    report.remark("--dt=" + toString(*options.dt) + " replaces the step of the file, " + toString(*semantics.dt) +
                  " s");
    for (const auto &[node, own] : semantics.nodes)
      if (options.profile.empty() && own.rule.integrator == spk::Integrator::discrete)
        report.error("node '" + node->name + "' (" + node->type +
                     "): its parameters hold for one time step, so that --dt cannot be changed");
  }
  if (options.profile.empty() || (!semantics.delays && semantics.profile.empty()))
    return;
  report.remark("--profile=" + options.profile + " replaces what the file says of itself" +
                (semantics.profile.empty() ? "" : " (" + semantics.profile + ")"));
  semantics.delays.reset();
  for (auto it = semantics.nodes.begin(); it != semantics.nodes.end();)
    it = isIntegrating(*it->first) ? semantics.nodes.erase(it) : std::next(it);
}

bool Importer::chooseProfile(StringRef text) {
  if (semantics.delays) {
    profile.text = semantics.profile;
    hasProfile = !profile.text.empty();
    return true;
  }
  if (text.empty())
    text = semantics.profile;
  if (!text.empty()) {
    Expected<Profile> parsed = parseProfile(text);
    if (!parsed) {
      report.error(toString(parsed.takeError()));
      return false;
    }
    profile = *parsed;
    hasProfile = true;
    return true;
  }

  // Any profile will do to see whether there is anything to choose.
  profile = cantFail(parseProfile("nir"));
  Wiring trial = resolveWiring(flat);
  bool hasCycle = addDelays(flat, getDelayOptions(flat, profile, dt), trial);
  llvm::SetVector<StringRef> types;
  for (const FlatNode &node : flat.nodes)
    if (isIntegrating(*node.node))
      types.insert(node.node->type);
  if (types.empty() && !hasCycle)
    return true;
  SmallVector<StringRef> sorted(types.begin(), types.end());
  sort(sorted);
  std::string choices = describeChoices(sorted, hasCycle);
  for (StringRef line : split(StringRef(choices).rtrim(), '\n'))
    report.remark("to choose: " + line.ltrim());
  report.error("NIR gives differential equations and does not say how they become time steps: give "
               "--profile, the framework that is to be followed");
  return false;
}

bool Importer::chooseSemantics(const ImportOptions &options) {
  semantics = takeSemantics(graph, flat, report);
  if (report.failed() || !chooseStep(options.dt))
    return false;
  overrideSemantics(options);
  if (!chooseProfile(options.profile))
    return false;
  profile.nodes = std::move(semantics.nodes);
  for (const FlatNode &node : flat.nodes)
    checkProfile(node, profile, dt, report);
  wire();
  checkSequences(flat, wiring, report);
  return !report.failed();
}

/// Delays where the file has them.
void Importer::placeDelays() {
  markRecurrent(flat, wiring);
  StringMap<unsigned> indices;
  for (auto [index, node] : enumerate(flat.nodes))
    indices[node.path] = index;
  for (const Edge &edge : *semantics.delays) {
    auto source = indices.find(edge.source), target = indices.find(edge.target);
    bool found = false;
    if (source != indices.end() && target != indices.end())
      for (Connection &connection : wiring.sources[target->second])
        if (connection.source == source->second)
          found = connection.delayed = true;
    if (!found)
      report.error("metadata 'lle/delays' names the edge '" + edge.source + "' -> '" + edge.target +
                   "', which does not exist");
  }
}

void Importer::wire() {
  wiring = resolveWiring(flat);
  DelayOptions options = getDelayOptions(flat, profile, dt);
  if (semantics.delays)
    placeDelays();
  else
    addDelays(flat, options, wiring);
  late = options.late;
  if (profile.quantise)
    quantised = quantise(flat, wiring, profile, dt, report);
}

//===------------------------------------------------------------------------------------------===//
// Operations
//===------------------------------------------------------------------------------------------===//

/// Flatten, Delay, Slice, Transpose and Output pass on what arrives from a single source; a sum is real-valued.
Type Importer::getElementType(unsigned index) {
  // A chain without end is a loop of delays that nothing enters.
  for (size_t step = 0; step <= flat.nodes.size(); ++step) {
    const FlatNode &node = flat.nodes[index];
    if (Type spikes = getSpikeType(node, profile, &context))
      return spikes;
    NodeKind kind = getKind(*node.node);
    bool passesOn = kind == NodeKind::Flatten || kind == NodeKind::Delay || kind == NodeKind::Output ||
                    kind == NodeKind::Slice || kind == NodeKind::Transpose;
    if (!passesOn || wiring.sources[index].size() != 1)
      break;
    index = wiring.sources[index].front().source;
  }
  return builder.getF32Type();
}

/// What a source gave in the step before.
Value Importer::getDelayed(unsigned source, OpBuilder &at) {
  if (delayed[source])
    return delayed[source];
  RankedTensorType type = getType(source);
  auto steps = DenseElementsAttr::get(RankedTensorType::get(type.getShape(), builder.getI64Type()), int64_t(1));
  // '/' is in no node's name, so that this is none either.
  auto op = DelayOp::create(at, getLoc(source), type, builder.getStringAttr(flat.nodes[source].path + "/delay"),
                            values[source], steps, builder.getF64FloatAttr(0));
  op->setDiscardableAttr(implicitAttr, builder.getUnitAttr());
  return delayed[source] = op;
}

Value Importer::getValue(Connection connection, OpBuilder &at) {
  return connection.delayed ? getDelayed(connection.source, at) : values[connection.source];
}

/// What arrives at a node: what the only source gives, or the sum of all, recurrent ones last. A neuron takes real
/// values, so that spikes are converted.
Value Importer::getArriving(unsigned index, OpBuilder &at) {
  const Node &node = *flat.nodes[index].node;
  SmallVector<Value> arriving;
  for (bool recurrent : {false, true})
    for (Connection connection : wiring.sources[index])
      if (connection.recurrent == recurrent)
        arriving.push_back(getValue(connection, at));
  bool needsReal = isIntegrating(node) || getKind(node) == NodeKind::Threshold || getKind(node) == NodeKind::Activation;
  bool isReal = isa<FloatType>(cast<RankedTensorType>(arriving[0].getType()).getElementType());
  if (arriving.size() == 1 && (isReal || !needsReal))
    return arriving[0];
  auto type = RankedTensorType::get(flat.nodes[index].inputShape, builder.getF32Type());
  return AddOp::create(at, getLoc(index), type, arriving);
}

void Importer::buildNode(unsigned index, NodeBuilder &nodes, Value any) {
  const FlatNode &node = flat.nodes[index];
  BuiltNode &result = built[index];
  if (isCell(*node.node)) {
    Value elapsed = network.getBody().getArguments().back();
    result = buildCell(builder, node, getLoc(index), any, elapsed);
  } else if ((result.op = nodes.build(node, getLoc(index), any, elements[index]))) {
    result.inputs.push_back(&result.op->getOpOperand(0));
    result.parts = getParts(result.op);
  }
  if (!result.op)
    return;
  // What was decided for other numbers holds no more.
  if (!profile.quantise)
    setAnnotations(semantics.annotations[node.node], result.parts,
                   "node '" + node.path + "' (" + node.node->type + "): ", report);
  setHints(result.op, *node.node);
  values[index] = result.op->getResult(0);
}

void Importer::buildNetwork(StringRef name) {
  SmallVector<unsigned> inputs = getPorts("Input", semantics.inputs), outputs = getPorts("Output", semantics.outputs);
  values.resize(flat.nodes.size());
  delayed.resize(flat.nodes.size());
  built.resize(flat.nodes.size());
  for (unsigned index = 0; index < flat.nodes.size(); ++index)
    elements.push_back(getElementType(index));

  auto getTypes = [&](ArrayRef<unsigned> ports) {
    return map_to_vector(ports, [&](unsigned port) -> Type { return getType(port); });
  };
  Location loc = FileLineColLoc::get(&context, file, 0, 0);
  SmallVector<Type> inputTypes = getTypes(inputs);
  bool isIrregular = hasIrregularCell(flat);
  if (isIrregular)
    inputTypes.push_back(RankedTensorType::get(1, builder.getF32Type()));
  network = NetworkOp::create(builder, loc, name, builder.getFunctionType(inputTypes, getTypes(outputs)), dt);
  if (semantics.steps)
    network.setSteps(*semantics.steps);
  if (hasProfile)
    network.setProfile(profile.text);
  network->setDiscardableAttr(nirAttr, getGraphHints(graph, &context));
  if (!profile.quantise)
    setAnnotations(semantics.annotations[nullptr], {{"network", network}}, "", report);
  for (auto [i, port] : enumerate(inputs)) {
    values[port] = network.getBody().getArgument(i);
    network.setArgAttr(i, NetworkOp::kPortNameAttr, builder.getStringAttr(flat.nodes[port].path));
    if (DictionaryAttr hints = getPortHints(*flat.nodes[port].node, &context))
      network.setArgAttr(i, nirAttr, hints);
  }
  if (isIrregular)
    network.setArgAttr(inputs.size(), NetworkOp::kPortNameAttr, builder.getStringAttr(timespansPort));
  for (auto [i, port] : enumerate(outputs)) {
    if (emitsLast(flat, wiring, port))
      network.setResultAttr(i, NetworkOp::kEmitAttr, builder.getStringAttr("last"));
    network.setResultAttr(i, NetworkOp::kPortNameAttr, builder.getStringAttr(flat.nodes[port].path));
    if (DictionaryAttr hints = getPortHints(*flat.nodes[port].node, &context))
      network.setResultAttr(i, nirAttr, hints);
  }

  // First the operations, with any operand; then what they take, which may come later.
  builder.setInsertionPointToEnd(&network.getBody().front());
  Value any = network.getBody().getArgument(0);
  NodeBuilder nodes(builder, profile, dt, profile.quantise ? &quantised : nullptr, report);
  std::vector<unsigned> order = getStepOrder(flat, late, wiring);
  for (unsigned index : order) {
    NodeKind kind = getKind(*flat.nodes[index].node);
    if (kind == NodeKind::Input || kind == NodeKind::Output)
      continue;
    buildNode(index, nodes, any);
    if (!built[index].op)
      return;
  }
  auto output = OutputOp::create(builder, loc, SmallVector<Value>(outputs.size(), any));
  for (unsigned index : order)
    if (Operation *op = built[index].op) {
      // What arrives may be added up; that comes before all operations of the node.
      Operation *first = op;
      for (OpOperand *input : built[index].inputs)
        if (input->getOwner()->isBeforeInBlock(first))
          first = input->getOwner();
      OpBuilder at(first);
      Value arriving = getArriving(index, at);
      for (OpOperand *input : built[index].inputs)
        input->set(arriving);
    }
  OpBuilder at(output);
  for (auto [i, port] : enumerate(outputs))
    output->setOperand(i, getArriving(port, at));
}

/// A symbol that needs no quotes.
static std::string getSymbol(StringRef file) {
  std::string name = sys::path::stem(file).str();
  for (char &c : name)
    if (!isAlnum(c) && c != '_')
      c = '_';
  return name.empty() || isDigit(name.front()) ? "network_" + name : name;
}

OwningOpRef<ModuleOp> Importer::run(std::string name) {
  if (name.empty())
    name = semantics.name.empty() ? getSymbol(file) : semantics.name;
  OwningOpRef<ModuleOp> module = ModuleOp::create(FileLineColLoc::get(&context, file, 0, 0));
  builder.setInsertionPointToEnd(module->getBody());
  buildNetwork(name);
  if (report.failed())
    return {};
  // Settings of a profile that do not go together are found here.
  return verifyImported(std::move(module), report);
}

OwningOpRef<ModuleOp> verifyImported(OwningOpRef<ModuleOp> module, Report &report) {
  ScopedDiagnosticHandler handler(module->getContext(), [&](Diagnostic &diagnostic) {
    std::string where;
    if (auto named = dyn_cast<NameLoc>(diagnostic.getLocation()))
      where = "node '" + named.getName().str() + "': ";
    report.error(where + diagnostic.str());
  });
  if (failed(verify(*module)))
    return {};
  return module;
}

OwningOpRef<ModuleOp> importNIR(Graph &graph, StringRef file, const ImportOptions &options, MLIRContext &context,
                                Report &report) {
  std::optional<FlatGraph> flat = analyze(graph, report, options.repair);
  if (!flat)
    return {};
  context.loadDialect<LLEDialect, ltc::LTCDialect, spk::SpkDialect>();
  Importer importer(graph, std::move(*flat), file, context, report);
  if (!importer.chooseSemantics(options))
    return {};
  return importer.run(options.name);
}

OwningOpRef<ModuleOp> importNIRFile(StringRef path, const ImportOptions &options, MLIRContext &context,
                                    Report &report) {
  std::optional<Graph> graph = readGraph(path, report);
  if (!graph)
    return {};
  return importNIR(*graph, path, options, context, report);
}

} // namespace lle::nir
