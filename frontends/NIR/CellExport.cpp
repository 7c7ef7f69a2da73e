//===- CellExport.cpp - recurrent cells to nodes ----------------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The inverse of CellBuilder.cpp.
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/CellExport.h"
#include "dialects/LTC/LTCOps.h"
#include "frontends/NIR/Annotations.h"
#include "frontends/NIR/Attributes.h"
#include "frontends/NIR/CellTypes.h"
#include "frontends/NIR/Hints.h"
#include "frontends/NIR/NodeExport.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace llvm;
using namespace mlir;
using namespace lle::ltc;

namespace lle::nir {

// Not those of LLVM IR.
using mlir::Attribute;
using mlir::Value;

StringRef getCellType(Operation *op) {
  return llvm::TypeSwitch<Operation *, StringRef>(op)
      .Case([](LTCCellOp) { return "LTC"; })
      .Case([](CfCCellOp) { return "CfC"; })
      .Case([](LSTMCellOp) { return "LSTM"; })
      .Case([](GRUCellOp) { return "GRU"; })
      .Case([](CTRNNCellOp) { return "CTRNN"; })
      .Default(StringRef());
}

static Value getElapsedTime(Operation *op) {
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case<LTCCellOp, CfCCellOp, CTRNNCellOp>([](auto cell) { return cell.getElapsedTime(); })
      .Default(Value());
}

static Value getHidden(Operation *op) {
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case<LTCCellOp, CfCCellOp, LSTMCellOp, GRUCellOp, CTRNNCellOp>([](auto cell) { return cell.getHidden(); })
      .Default(Value());
}

static StringRef getName(Operation *op) { return op->getAttrOfType<StringAttr>("name").getValue(); }

Value getTimespans(NetworkOp network) {
  if (network.getNumArguments() == 0)
    return {};
  unsigned last = network.getNumArguments() - 1;
  Value argument = network.getBody().getArgument(last);
  auto type = cast<RankedTensorType>(argument.getType());
  bool isTime = network.getInputName(last) == timespansPort && !argument.use_empty() &&
                type == RankedTensorType::get(1, type.getElementType()) &&
                all_of(argument.getUses(), [&](OpOperand &use) {
                  return getElapsedTime(use.getOwner()) == argument && use.getOperandNumber() == 1;
                });
  return isTime ? argument : Value();
}

//===------------------------------------------------------------------------------------------===//
// Which cells are one node
//===------------------------------------------------------------------------------------------===//

/// Whether two layers differ in nothing but their weights.
static bool haveSameFacts(CfCCellOp a, CfCCellOp b) {
  return a.getMode() == b.getMode() && a.getElapsed() == b.getElapsed() && a.getElapsedTime() == b.getElapsedTime() &&
         a.getGateSign() == b.getGateSign() && a.getHeadActivation() == b.getHeadActivation() &&
         a.getMaskKind() == b.getMaskKind();
}

/// The layers of a wired CfC, by their names, from the first on; empty where `first` is none.
static SmallVector<Operation *, 4> getLayers(CfCCellOp first) {
  SmallVector<Operation *, 4> layers;
  StringRef base = first.getName();
  if (!base.consume_back(".layer_0") || base.empty() || first.getBackboneWeights())
    return layers;
  for (CfCCellOp layer = first; layer;) {
    layers.push_back(layer);
    CfCCellOp next;
    std::string name = (base + ".layer_" + Twine(layers.size())).str();
    for (OpOperand &use : layer.getResult().getUses())
      if (auto user = dyn_cast<CfCCellOp>(use.getOwner()); user && use.getOperandNumber() == 0 &&
                                                           user.getName() == name && !user.getBackboneWeights() &&
                                                           haveSameFacts(first, user))
        next = user;
    layer = next;
  }
  return layers;
}

static bool isStepOfDelay(DelayOp delay) {
  return delay && delay.getInitial().isZero() &&
         all_of(delay.getSteps().getValues<int64_t>(), [](int64_t steps) { return steps == 1; });
}

/// Adds the LSTM that takes what the cells' states were, and gives them their state or their input, if there is one.
/// Returns false where only a part of that is there.
static bool addMemory(CellGroup &group) {
  Operation *first = group.cells.front();
  Value hidden = getHidden(first), given = hidden ? hidden : first->getOperand(0);
  if (auto slice = given.getDefiningOp<SliceOp>(); slice && hidden)
    given = slice.getInput();
  auto lstm = given.getDefiningOp<LSTMCellOp>();
  auto memory = lstm && lstm.getHidden() ? lstm.getHidden().getDefiningOp<DelayOp>() : DelayOp();
  if (!isStepOfDelay(memory))
    return !hidden;
  SmallVector<Value> states;
  for (Operation *cell : group.cells)
    states.push_back(isa<LTCCellOp>(cell) ? cell->getResult(1) : cell->getResult(0));
  auto concat = memory.getInput().getDefiningOp<ConcatOp>();
  if (concat ? !llvm::equal(concat.getInputs(), states) : memory.getInput() != states.front() || states.size() != 1)
    return !hidden;
  if (concat)
    group.between.push_back(concat);
  group.between.push_back(memory);
  int64_t offset = 0;
  for (auto [cell, state] : zip(group.cells, states)) {
    Value own = getHidden(cell);
    if (bool(own) != bool(hidden))
      return false;
    if (auto slice = own ? own.getDefiningOp<SliceOp>() : SliceOp()) {
      if (slice.getInput() != lstm.getResult() || slice.getOffset() != uint64_t(offset))
        return false;
      group.between.push_back(slice);
    } else if (own && own != lstm.getResult()) {
      return false;
    }
    offset += cast<RankedTensorType>(state.getType()).getNumElements();
  }
  if (hidden && first->getOperand(0) != lstm.getInput())
    return false;
  group.lstm = lstm;
  group.givesState = bool(hidden);
  return true;
}

std::vector<CellGroup> groupCells(NetworkOp network) {
  std::vector<CellGroup> groups;
  SmallPtrSet<Operation *, 8> taken;
  for (Operation &op : network.getBody().front()) {
    // An LSTM may belong to a cell that stands behind it.
    if (!isa<LTCCellOp, CfCCellOp>(op) || taken.contains(&op))
      continue;
    CellGroup group;
    if (auto first = dyn_cast<CfCCellOp>(op))
      group.cells = getLayers(first);
    bool isWired = !group.cells.empty();
    if (!isWired)
      group.cells.push_back(&op);
    StringRef name = getName(&op);
    group.type = isWired ? "WiredCfC" : getCellType(&op);
    group.name = isWired ? name.drop_back(StringRef(".layer_0").size()) : name;
    if (!addMemory(group))
      group.lstm = nullptr;
    taken.insert(group.cells.begin(), group.cells.end());
    if (group.lstm)
      taken.insert(group.lstm);
    groups.push_back(std::move(group));
  }
  for (Operation &op : network.getBody().front())
    if (!getCellType(&op).empty() && !taken.contains(&op))
      groups.push_back({getName(&op).str(), getCellType(&op).str(), {&op}, nullptr, false, {}});
  return groups;
}

//===------------------------------------------------------------------------------------------===//
// Datasets
//===------------------------------------------------------------------------------------------===//

namespace {
class CellExporter {
public:
  CellExporter(const CellGroup &group, Value timespans)
      : group(group), timespans(timespans), node(group.name, group.type) {}

  FailureOr<Node> run(bool lastOnly);

private:
  void add(const Twine &dataset, Array array) { node.params.insert_or_assign(dataset.str(), std::move(array)); }
  void addText(StringRef dataset, StringRef text) { add(dataset, Array::text(text)); }
  void addFlag(StringRef dataset, bool value) { add(dataset, Array::scalar(int64_t(value))); }
  LogicalResult addArrays(Operation *op, const std::string &prefix);
  LogicalResult addFacts(Operation *op);
  LogicalResult addTime(Operation *op, double elapsed);
  LogicalResult addMemory();
  InFlightDiagnostic fail(Operation *op) {
    InFlightDiagnostic diagnostic = op->emitOpError("cannot be exported to NIR: node '");
    return std::move(diagnostic << group.name << "': ");
  }

  const CellGroup &group;
  Value timespans;
  Node node;
};
} // namespace

/// The name in a state dictionary of ncps.
static std::string getDataset(Operation *op, StringRef attribute) {
  if (attribute == "mask" || attribute == "sensory_mask")
    return (attribute.drop_back(StringRef("mask").size()) + "sparsity_mask").str();
  if (!isa<CfCCellOp>(op) || attribute == "w_tau")
    return attribute.str();
  if (attribute == "a")
    return "A";
  auto [head, part] = attribute.rsplit('_');
  return (head + "." + part).str();
}

LogicalResult CellExporter::addArrays(Operation *op, const std::string &prefix) {
  auto addOne = [&](const Twine &dataset, Attribute attribute) {
    std::optional<Array> array = toArray(attribute);
    if (!array)
      return LogicalResult(fail(op) << "'" << dataset << "' has an element type that NIR has not");
    add(dataset, std::move(*array));
    return success();
  };
  for (NamedAttribute named : op->getAttrDictionary())
    if (isa<ElementsAttr>(named.getValue()) && named.getName() != nirAttr &&
        failed(addOne(prefix + getDataset(op, named.getName()), named.getValue())))
      return failure();
  auto cfc = dyn_cast<CfCCellOp>(op);
  if (!cfc || !cfc.getBackboneWeights())
    return success();
  // A layer and its function have a number each in ncps.
  for (auto [index, pair] : enumerate(zip(*cfc.getBackboneWeights(), *cfc.getBackboneBiases())))
    if (failed(addOne("backbone." + Twine(2 * index) + ".weight", std::get<0>(pair))) ||
        failed(addOne("backbone." + Twine(2 * index) + ".bias", std::get<1>(pair))))
      return failure();
  return success();
}

LogicalResult CellExporter::addTime(Operation *op, double elapsed) {
  Value time = getElapsedTime(op);
  if (time && time != timespans)
    return fail(op) << "its elapsed time must be the network's last input, named '" << timespansPort
                    << "', which nothing but cells takes";
  addFlag("irregular", bool(time));
  if (!time)
    add("elapsed_time", Array::scalar(elapsed));
  else if (elapsed != 0)
    add("elapsed_offset", Array::scalar(elapsed));
  return success();
}

LogicalResult CellExporter::addFacts(Operation *op) {
  if (auto cell = dyn_cast<LTCCellOp>(op)) {
    addText("solver", stringifySolver(cell.getSolver()));
    addText("positivity", stringifyPositivity(cell.getPositivity()));
    add("ode_unfolds", Array::scalar(int64_t(cell.getUnfolds())));
    add("epsilon", Array::scalar(cell.getEpsilon().convertToDouble()));
    add("motor", Array::scalar(cast<RankedTensorType>(cell.getOutput().getType()).getNumElements()));
    return addTime(op, cell.getElapsed().convertToDouble());
  }
  if (auto cell = dyn_cast<CfCCellOp>(op)) {
    addText("mode", stringifyMode(cell.getMode()));
    if (cell.getBackboneWeights() && cell.getActivation())
      addText("activation", stringifyActivation(*cell.getActivation()));
    if (cell.getGateSign())
      addText("gate_sign", stringifyGateSign(*cell.getGateSign()));
    if (cell.getHeadActivation())
      addText("head_activation", stringifyActivation(*cell.getHeadActivation()));
    if (cell.getMaskKind())
      addText("mask_kind", stringifyMaskKind(*cell.getMaskKind()));
    return addTime(op, cell.getElapsed().convertToDouble());
  }
  if (auto cell = dyn_cast<GRUCellOp>(op))
    addText("reset", stringifyReset(cell.getReset()));
  auto cell = dyn_cast<CTRNNCellOp>(op);
  if (!cell)
    return success();
  addText("activation", stringifyActivation(cell.getActivation()));
  add("ode_unfolds", Array::scalar(int64_t(cell.getUnfolds())));
  return addTime(op, cell.getElapsed().convertToDouble());
}

/// The forget bias stays in the bias. ncps' order of gates is candidate, input, forget, output.
LogicalResult CellExporter::addMemory() {
  static constexpr int64_t gates[] = {2, 0, 1, 3};
  static constexpr std::pair<StringLiteral, StringLiteral> names[] = {
      {"lstm.input_map.weight", "w_in"}, {"lstm.input_map.bias", "bias"}, {"lstm.recurrent_map.weight", "w_rec"}};
  for (auto [dataset, attribute] : names) {
    std::optional<Array> array = toArray(group.lstm->getAttr(attribute));
    if (!array)
      return fail(group.lstm) << "'" << attribute << "' has an element type that NIR has not";
    ArrayRef<char> bytes = array->getBytes();
    std::vector<char> reordered;
    for (int64_t gate : gates)
      append_range(reordered, bytes.slice(gate * bytes.size() / 4, bytes.size() / 4));
    add(dataset, Array::raw(array->getType(), array->getShape(), std::move(reordered)));
  }
  add("forget_bias", Array::scalar(0.0));
  return success();
}

FailureOr<Node> CellExporter::run(bool lastOnly) {
  for (Operation *op : group.cells)
    if (getHidden(op) && !(group.lstm && group.givesState))
      return fail(op)
             << "its operand 'hidden' is exported only where an LSTM gives it, which takes the cell's state of "
                "the step before";
  Parts parts;
  for (auto [index, op] : enumerate(group.cells)) {
    std::string layer = group.type == "WiredCfC" ? "layer_" + std::to_string(index) : "";
    if (failed(addArrays(op, layer.empty() ? "" : layer + ".")))
      return failure();
    parts.push_back({layer.empty() ? "node" : layer, op});
  }
  if (group.lstm)
    parts.push_back({"lstm", group.lstm});
  if (failed(addFacts(group.cells.front())))
    return failure();
  if (findParam(*findNodeSpec(group.type), "mixed_memory")) {
    addText("mixed_memory", !group.lstm ? "none" : group.givesState ? "state" : "input");
    if (group.lstm && failed(addMemory()))
      return failure();
  }
  addFlag("return_sequences", !lastOnly);
  // What the file has beside what this compiler knows.
  Operation *op = group.cells.back();
  if (auto hints = op->getAttrOfType<DictionaryAttr>(nirAttr))
    if (failed(exportArrays(op, hints, {"metadata"}, node.params)) ||
        failed(exportArrays(op, hints.getAs<DictionaryAttr>("metadata"), {}, node.metadata)))
      return failure();
  if (failed(exportAnnotations(parts, node.metadata)))
    return failure();
  return std::move(node);
}

FailureOr<Node> exportCells(const CellGroup &group, Value timespans, bool lastOnly) {
  return CellExporter(group, timespans).run(lastOnly);
}

} // namespace lle::nir
