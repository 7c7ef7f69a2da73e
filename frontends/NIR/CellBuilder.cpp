//===- CellBuilder.cpp - one recurrent cell to its operations ---------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Names of operations: NODE, for layers NODE.layer_0 and so on, for mixed memory NODE.lstm and NODE.memory.
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/CellBuilder.h"
#include "dialects/LLE/LLEOps.h"
#include "dialects/LTC/LTCOps.h"
#include "frontends/NIR/Attributes.h"
#include "frontends/NIR/CellTypes.h"

using namespace llvm;
using namespace mlir;
using namespace lle::ltc;

namespace lle::nir {

// Not those of LLVM IR.
using mlir::Attribute;
using mlir::Location;
using mlir::Value;

namespace {
class CellBuilder {
public:
  CellBuilder(OpBuilder &builder, const FlatNode &cell, Location loc, Value input, Value elapsed)
      : builder(builder), path(cell.path), cell(*cell.node), loc(loc), input(input),
        elapsed(getFlag(*cell.node, "irregular") ? elapsed : Value()), size(cantFail(getCellSize(*cell.node))) {}

  BuiltNode build();

private:
  /// The numbers of a dataset, in the shape that the operation wants.
  void set(StringRef attribute, const Twine &dataset, ArrayRef<int64_t> shape) {
    if (const Array *array = cell.find(dataset.str()))
      attributes.set(attribute, toElements(*array, shape, builder.getContext()));
  }
  void setMask(StringRef attribute, const Twine &dataset);
  void setElapsed();
  template <typename EnumAttr, typename Symbolize>
  void setChoice(StringRef attribute, StringRef fact, Symbolize symbolize) {
    if (StringRef text = getChoice(cell, fact); !text.empty())
      attributes.set(attribute, EnumAttr::get(builder.getContext(), *symbolize(text)));
  }
  RankedTensorType getType(int64_t length) { return RankedTensorType::get(length, builder.getF32Type()); }
  Operation *create(StringRef op, const Twine &suffix, Value from, Value hidden, ArrayRef<int64_t> results);

  Operation *buildLTC(Value from, Value hidden);
  Operation *buildLayer(const std::string &prefix, Value from, Value hidden);
  void buildWired(Value from, Value hidden);
  void buildWithMemory();
  Operation *buildLSTM(Value from, Value hidden);
  Operation *buildPlain();

  OpBuilder &builder;
  StringRef path;
  const Node &cell;
  Location loc;
  Value input, elapsed;
  CellSize size;
  /// Of the operation being built.
  NamedAttrList attributes;
  /// The cells in their order, and the state of each after the step.
  SmallVector<Operation *> cells;
  Parts parts;
  SmallVector<Value> states;
};
} // namespace

void CellBuilder::setMask(StringRef attribute, const Twine &dataset) {
  const Array *array = cell.find(dataset.str());
  if (!array)
    return;
  std::vector<int8_t> values;
  for (size_t i = 0; i < array->size(); ++i)
    values.push_back(int8_t(array->number(i)));
  auto type = RankedTensorType::get(array->getShape(), builder.getI8Type());
  attributes.set(attribute, DenseElementsAttr::get(type, ArrayRef(values)));
}

/// What is added to the operand, if there is one, and else all of it.
void CellBuilder::setElapsed() {
  double constant = elapsed ? 0 : getNumber(cell, "elapsed_time");
  attributes.set("elapsed", builder.getF64FloatAttr(constant + getNumber(cell, "elapsed_offset")));
}

/// An operation with the attributes collected.
Operation *CellBuilder::create(StringRef op, const Twine &suffix, Value from, Value hidden, ArrayRef<int64_t> results) {
  attributes.set("name", builder.getStringAttr(path + suffix));
  SmallVector<Value> operands{from};
  bool isTimed = bool(attributes.get("elapsed"));
  if (isTimed) {
    attributes.set("operandSegmentSizes", builder.getDenseI32ArrayAttr({1, elapsed ? 1 : 0, hidden ? 1 : 0}));
    if (elapsed)
      operands.push_back(elapsed);
  }
  if (hidden)
    operands.push_back(hidden);
  auto types = map_to_vector(results, [&](int64_t length) -> mlir::Type { return getType(length); });
  OperationState state(loc, op, operands, types, attributes.getAttrs());
  attributes = NamedAttrList();
  std::string part = suffix.str();
  parts.push_back({part.empty() ? "node" : part.substr(1), builder.create(state)});
  return parts.back().second;
}

Operation *CellBuilder::buildLTC(Value from, Value hidden) {
  int64_t units = size.units, inputs = cell.find("sensory_w")->getShape()[0];
  for (StringRef name : {"gleak", "vleak", "cm"})
    set(name, name, units);
  for (StringRef name : {"sigma", "mu", "w", "erev"}) {
    set(name, name, {units, units});
    set(("sensory_" + name).str(), "sensory_" + name, {inputs, units});
  }
  setMask("mask", "sparsity_mask");
  setMask("sensory_mask", "sensory_sparsity_mask");
  for (StringRef name : {"input_w", "input_b"})
    set(name, name, inputs);
  for (StringRef name : {"output_w", "output_b"})
    set(name, name, size.outputs);
  setChoice<SolverAttr>("solver", "solver", [](StringRef text) { return symbolizeSolver(text); });
  setChoice<PositivityAttr>("positivity", "positivity", [](StringRef text) { return symbolizePositivity(text); });
  attributes.set("unfolds", builder.getI64IntegerAttr(int64_t(getNumber(cell, "ode_unfolds"))));
  attributes.set("epsilon", builder.getF64FloatAttr(getNumber(cell, "epsilon")));
  setElapsed();
  Operation *op = create(LTCCellOp::getOperationName(), "", from, hidden, {size.outputs, units});
  cells.push_back(op);
  states.push_back(op->getResult(1));
  return op;
}

/// A CfC, or a layer of a wired one; the prefix is that of its datasets.
Operation *CellBuilder::buildLayer(const std::string &prefix, Value from, Value hidden) {
  ArrayRef<int64_t> matrix = cell.find(prefix + "ff1.weight")->getShape();
  SmallVector<Attribute> weights, biases;
  for (int64_t layer : prefix.empty() ? getLayers(cell, "backbone.", ".weight") : SmallVector<int64_t, 4>()) {
    std::string name = "backbone." + std::to_string(layer);
    ArrayRef<int64_t> shape = cell.find(name + ".weight")->getShape();
    weights.push_back(toElements(*cell.find(name + ".weight"), shape, builder.getContext()));
    biases.push_back(toElements(*cell.find(name + ".bias"), shape.front(), builder.getContext()));
  }
  if (!weights.empty()) {
    attributes.set("backbone_weights", builder.getArrayAttr(weights));
    attributes.set("backbone_biases", builder.getArrayAttr(biases));
    setChoice<ActivationAttr>("activation", "activation", [](StringRef text) { return symbolizeActivation(text); });
  }
  for (StringRef head : {"ff1", "ff2", "time_a", "time_b"}) {
    set((head + "_weight").str(), prefix + head + ".weight", matrix);
    set((head + "_bias").str(), prefix + head + ".bias", matrix.front());
  }
  set("w_tau", prefix + "w_tau", matrix.front());
  set("a", prefix + "A", matrix.front());
  setMask("mask", prefix + "sparsity_mask");
  if (attributes.get("mask"))
    setChoice<MaskKindAttr>("mask_kind", "mask_kind", [](StringRef text) { return symbolizeMaskKind(text); });
  setChoice<ModeAttr>("mode", "mode", [](StringRef text) { return symbolizeMode(text); });
  if (getChoice(cell, "mode") != "pure") {
    setChoice<GateSignAttr>("gate_sign", "gate_sign", [](StringRef text) { return symbolizeGateSign(text); });
    setChoice<ActivationAttr>("head_activation", "head_activation",
                              [](StringRef text) { return symbolizeActivation(text); });
  }
  setElapsed();
  std::string suffix = prefix.empty() ? "" : "." + StringRef(prefix).drop_back().str();
  Operation *op = create(CfCCellOp::getOperationName(), suffix, from, hidden, matrix.front());
  cells.push_back(op);
  states.push_back(op->getResult(0));
  return op;
}

/// Each layer takes what the one before it gives. `hidden` holds the states of all, one after the other.
void CellBuilder::buildWired(Value from, Value hidden) {
  int64_t offset = 0;
  for (int64_t layer : getLayers(cell, "layer_", ".ff1.weight")) {
    std::string prefix = "layer_" + std::to_string(layer) + ".";
    int64_t units = cell.find(prefix + "ff1.weight")->getShape().front();
    Value own;
    if (hidden)
      own = SliceOp::create(builder, loc, getType(units), hidden, builder.getI64IntegerAttr(offset), StringAttr());
    from = buildLayer(prefix, from, own)->getResult(0);
    offset += units;
  }
}

/// ncps' order of gates is candidate, input, forget, output, and its forget bias is a constant.
Operation *CellBuilder::buildLSTM(Value from, Value hidden) {
  static constexpr int64_t rows[] = {1, 2, 0, 3};
  int64_t units = size.units;
  auto reorder = [&](StringRef dataset) {
    const Array &array = *cell.find(dataset);
    int64_t width = array.size() / (4 * units);
    std::vector<double> numbers;
    for (int64_t gate : rows)
      for (int64_t i = 0; i < units * width; ++i)
        numbers.push_back(array.number(gate * units * width + i));
    return numbers;
  };
  auto setNumbers = [&](StringRef attribute, const Array &stored, ArrayRef<double> numbers) {
    Array array = Array::f64(stored.getShape(), numbers);
    if (stored.getType() == ElementType::F32)
      array = Array::f32(stored.getShape(), std::vector<float>(numbers.begin(), numbers.end()));
    attributes.set(attribute, toElements(array, stored.getShape(), builder.getContext()));
  };
  for (auto [attribute, part] : {std::pair("w_in", "input"), std::pair("w_rec", "recurrent")}) {
    std::string dataset = ("lstm." + Twine(part) + "_map.weight").str();
    setNumbers(attribute, *cell.find(dataset), reorder(dataset));
  }
  // In double precision, so that the sum with the forget bias is not rounded.
  std::vector<double> bias = reorder("lstm.input_map.bias");
  for (int64_t i = units; i < 2 * units; ++i)
    bias[i] += getNumber(cell, "forget_bias");
  attributes.set("bias", toElements(Array::f64(4 * units, bias), 4 * units, builder.getContext()));
  return create(LSTMCellOp::getOperationName(), ".lstm", from, hidden, units);
}

/// The LSTM takes the state of the step before. Either the cell starts from the LSTM's result instead of its state, or
/// it takes it as its input.
void CellBuilder::buildWithMemory() {
  bool givesState = getChoice(cell, "mixed_memory") == "state";
  // A value that the builder has not yet.
  Operation *lstm = buildLSTM(input, input);
  Value from = givesState ? input : lstm->getResult(0), hidden = givesState ? lstm->getResult(0) : Value();
  if (cell.type == "LTC")
    buildLTC(from, hidden);
  else if (cell.type == "CfC")
    buildLayer("", from, hidden);
  else
    buildWired(from, hidden);
  Value state = states.front();
  if (states.size() > 1)
    state = ConcatOp::create(builder, loc, getType(size.units), states, StringAttr());
  auto steps = DenseElementsAttr::get(RankedTensorType::get(size.units, builder.getI64Type()), int64_t(1));
  auto memory = DelayOp::create(builder, loc, getType(size.units), builder.getStringAttr(path + ".memory"), state,
                                steps, builder.getF64FloatAttr(0));
  lstm->setOperand(1, memory);
  cells.insert(cells.begin(), lstm);
}

Operation *CellBuilder::buildPlain() {
  for (const auto &[name, array] : cell.params)
    if (const ParamSpec *param = findParam(*findNodeSpec(cell.type), name); param && param->isReal())
      set(name, name, array.getShape());
  switch (getKind(cell)) {
  case NodeKind::LSTM:
    return create(LSTMCellOp::getOperationName(), "", input, {}, size.units);
  case NodeKind::GRU:
    setChoice<ResetAttr>("reset", "reset", [](StringRef text) { return symbolizeReset(text); });
    return create(GRUCellOp::getOperationName(), "", input, {}, size.units);
  default:
    setChoice<ActivationAttr>("activation", "activation", [](StringRef text) { return symbolizeActivation(text); });
    attributes.set("unfolds", builder.getI64IntegerAttr(int64_t(getNumber(cell, "ode_unfolds"))));
    setElapsed();
    return create(CTRNNCellOp::getOperationName(), "", input, {}, size.units);
  }
}

BuiltNode CellBuilder::build() {
  StringRef memory = getChoice(cell, "mixed_memory");
  if (memory == "state" || memory == "input")
    buildWithMemory();
  else if (cell.type == "LTC")
    buildLTC(input, {});
  else if (cell.type == "CfC")
    buildLayer("", input, {});
  else if (cell.type == "WiredCfC")
    buildWired(input, {});
  else
    cells.push_back(buildPlain());
  BuiltNode built;
  built.op = cells.back();
  built.parts = std::move(parts);
  for (Operation *op : cells)
    if (op->getOperand(0) == input)
      built.inputs.push_back(&op->getOpOperand(0));
  return built;
}

BuiltNode buildCell(OpBuilder &builder, const FlatNode &cell, Location loc, Value input, Value elapsed) {
  return CellBuilder(builder, cell, loc, input, elapsed).build();
}

} // namespace lle::nir
