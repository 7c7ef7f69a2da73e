//===- CellTypes.cpp - nodes for liquid and other recurrent cells -----------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/CellTypes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace lle::nir {

//===------------------------------------------------------------------------------------------===//
// The tables
//===------------------------------------------------------------------------------------------===//

using P = ParamSpec;

static constexpr P returnSequences{"return_sequences", P::Flag, true,
                                   "whether every step gives a result (1) or the last (0)"};
static constexpr P irregular{"irregular", P::Flag, true,
                             "whether the elapsed time is an input of each step (1) or constant (0)"};
// Needed where the cell is not irregular.
static constexpr P elapsedTime{"elapsed_time", P::Number, false};
static constexpr P elapsedOffset{"elapsed_offset", P::Number, false};
static constexpr P mixedMemory{"mixed_memory", P::Choice, true,
                               "whether an LSTM stands before the cell, and gives it its state or its input",
                               "none state input"};
static constexpr P unfolds{"ode_unfolds", P::Count, true, "how many steps of the solver make a step of time"};
static constexpr P mode{"mode", P::Choice, true, "which closed form it is", "default pure no_gate"};
// Needed where there is what they speak of.
static constexpr P gateSign{"gate_sign", P::Choice, false, "the sign of time_a in the gate", "plus minus"};
static constexpr P headActivation{"head_activation", P::Choice, false, "the function of ff1 and ff2", activationNames};
static constexpr P maskKind{"mask_kind", P::Choice, false,
                            "whether a mask keeps weights (absolute) or multiplies them (signed)", "absolute signed"};
static constexpr P forgetBias{"forget_bias", P::Number, false};
static constexpr P lstmInput{"lstm.input_map.weight", P::Real, false};
static constexpr P lstmBias{"lstm.input_map.bias", P::Real, false};
static constexpr P lstmRecurrent{"lstm.recurrent_map.weight", P::Real, false};

static constexpr P ltcParams[] = {{"gleak", P::Real},
                                  {"vleak", P::Real},
                                  {"cm", P::Real},
                                  {"sigma", P::Real},
                                  {"mu", P::Real},
                                  {"w", P::Real},
                                  {"erev", P::Real},
                                  {"sparsity_mask", P::Real, false},
                                  {"sensory_sigma", P::Real},
                                  {"sensory_mu", P::Real},
                                  {"sensory_w", P::Real},
                                  {"sensory_erev", P::Real},
                                  {"sensory_sparsity_mask", P::Real, false},
                                  {"input_w", P::Real, false},
                                  {"input_b", P::Real, false},
                                  {"output_w", P::Real, false},
                                  {"output_b", P::Real, false},
                                  {"solver", P::Choice, true, "how the equation is solved", "fused euler rk4"},
                                  {"positivity", P::Choice, true,
                                   "whether w, cm and gleak are used as stored (clip) or through log(1 + exp(x))",
                                   "clip softplus"},
                                  unfolds,
                                  {"epsilon", P::Number, true, "what is added to the denominator of the fused solver"},
                                  {"motor", P::Count, true, "how many neurons, from the first on, are the output"},
                                  irregular,
                                  elapsedTime,
                                  elapsedOffset,
                                  mixedMemory,
                                  forgetBias,
                                  lstmInput,
                                  lstmBias,
                                  lstmRecurrent,
                                  returnSequences};

static constexpr P cfcParams[] = {{"backbone.#.weight", P::Real, false},
                                  {"backbone.#.bias", P::Real, false},
                                  {"ff1.weight", P::Real},
                                  {"ff1.bias", P::Real},
                                  {"ff2.weight", P::Real, false},
                                  {"ff2.bias", P::Real, false},
                                  {"time_a.weight", P::Real, false},
                                  {"time_a.bias", P::Real, false},
                                  {"time_b.weight", P::Real, false},
                                  {"time_b.bias", P::Real, false},
                                  {"w_tau", P::Real, false},
                                  {"A", P::Real, false},
                                  {"sparsity_mask", P::Real, false},
                                  mode,
                                  {"activation", P::Choice, false, "the function of the backbone", activationNames},
                                  gateSign,
                                  headActivation,
                                  maskKind,
                                  irregular,
                                  elapsedTime,
                                  elapsedOffset,
                                  mixedMemory,
                                  forgetBias,
                                  lstmInput,
                                  lstmBias,
                                  lstmRecurrent,
                                  returnSequences};

static constexpr P wiredParams[] = {{"layer_#.ff1.weight", P::Real, false},
                                    {"layer_#.ff1.bias", P::Real, false},
                                    {"layer_#.ff2.weight", P::Real, false},
                                    {"layer_#.ff2.bias", P::Real, false},
                                    {"layer_#.time_a.weight", P::Real, false},
                                    {"layer_#.time_a.bias", P::Real, false},
                                    {"layer_#.time_b.weight", P::Real, false},
                                    {"layer_#.time_b.bias", P::Real, false},
                                    {"layer_#.w_tau", P::Real, false},
                                    {"layer_#.A", P::Real, false},
                                    {"layer_#.sparsity_mask", P::Real, false},
                                    mode,
                                    gateSign,
                                    headActivation,
                                    maskKind,
                                    irregular,
                                    elapsedTime,
                                    elapsedOffset,
                                    mixedMemory,
                                    forgetBias,
                                    lstmInput,
                                    lstmBias,
                                    lstmRecurrent,
                                    returnSequences};

static constexpr P lstmParams[] = {{"w_in", P::Real}, {"w_rec", P::Real}, {"bias", P::Real}, returnSequences};
static constexpr P gruParams[] = {
    {"w_in", P::Real},
    {"w_rec", P::Real},
    {"bias_in", P::Real},
    {"bias_rec", P::Real},
    {"reset", P::Choice, true, "where the reset gate acts: before the recurrent weights or after them", "before after"},
    returnSequences};
static constexpr P ctrnnParams[] = {{"tau", P::Positive},
                                    {"w_in", P::Real},
                                    {"w_rec", P::Real},
                                    {"bias", P::Real},
                                    {"activation", P::Choice, true, "which function it is", activationNames},
                                    unfolds,
                                    irregular,
                                    elapsedTime,
                                    elapsedOffset,
                                    returnSequences};

ArrayRef<NodeSpec> getCellSpecs() {
  using K = NodeKind;
  static const NodeSpec specs[] = {
      {K::LTC, "LTC", ltcParams},    {K::CfC, "CfC", cfcParams}, {K::WiredCfC, "WiredCfC", wiredParams},
      {K::LSTM, "LSTM", lstmParams}, {K::GRU, "GRU", gruParams}, {K::CTRNN, "CTRNN", ctrnnParams}};
  return specs;
}

double getNumber(const Node &cell, StringRef fact, double otherwise) {
  const Array *array = cell.find(fact);
  return array ? array->number(0) : otherwise;
}

StringRef getChoice(const Node &cell, StringRef fact) {
  const Array *array = cell.find(fact);
  return array ? StringRef(array->getStrings().front()) : StringRef();
}

SmallVector<int64_t, 4> getLayers(const Node &cell, StringRef prefix, StringRef suffix) {
  SmallVector<int64_t, 4> layers;
  for (const auto &[name, array] : cell.params) {
    StringRef middle = name;
    int64_t number = 0;
    if (middle.consume_front(prefix) && middle.consume_back(suffix) && !middle.getAsInteger(10, number))
      layers.push_back(number);
  }
  llvm::sort(layers);
  return layers;
}

//===------------------------------------------------------------------------------------------===//
// What fits
//===------------------------------------------------------------------------------------------===//

namespace {
/// Compares shapes; keeps the first complaint.
class SizeCheck {
public:
  explicit SizeCheck(const Node &cell) : cell(cell) {}

  Expected<CellSize> run();

private:
  void complain(const Twine &message) {
    if (complaint.empty())
      complaint = message.str();
  }
  bool failed() const { return !complaint.empty(); }
  /// A dataset of that shape; a missing one is an error if it is needed.
  void expect(const Twine &dataset, ArrayRef<int64_t> shape, bool needed = true);
  /// One dimension of a dataset that must have that rank; 0 after a complaint.
  int64_t getDim(const Twine &dataset, size_t rank, size_t dim);
  void needFact(StringRef fact, const Twine &why);
  void refuse(const Twine &dataset, const Twine &why);
  void refuseOtherLayers(StringRef prefix, ArrayRef<int64_t> layers);
  void checkTime();
  CellSize checkLTC();
  /// The inputs and units of a layer; `prefix` is "" or "layer_0.".
  CellSize checkLayer(const std::string &prefix);
  int64_t checkBackbone(int64_t &inputs);
  CellSize checkWired();
  CellSize checkGated(int64_t gates, ArrayRef<StringRef> biases);
  CellSize addMemory(CellSize cellOnly);

  const Node &cell;
  std::string complaint;
};
} // namespace

void SizeCheck::expect(const Twine &dataset, ArrayRef<int64_t> shape, bool needed) {
  std::string name = dataset.str();
  const Array *array = cell.find(name);
  if (!array) {
    if (needed)
      complain("the dataset '" + name + "' is missing");
    return;
  }
  // ncps keeps some vectors as matrices of one row.
  bool isRow = shape.size() == 1 && array->getShape().size() == 2 && array->getShape().front() == 1 &&
               array->getShape().back() == shape.front();
  if (array->getShape() != shape && !isRow)
    complain("'" + name + "' has shape " + toString(array->getShape()) + ", expected " + toString(shape));
  if (!StringRef(name).ends_with("mask"))
    return;
  for (size_t i = 0; i < array->size(); ++i)
    if (double value = array->number(i); value != 0 && value != 1 && value != -1)
      return complain("'" + name + "' holds " + toString(value) + " at element " + Twine(i) + ", expected -1, 0 or 1");
}

int64_t SizeCheck::getDim(const Twine &dataset, size_t rank, size_t dim) {
  std::string name = dataset.str();
  const Array *array = cell.find(name);
  if (!array)
    return complain("the dataset '" + name + "' is missing"), 0;
  if (array->getShape().size() != rank)
    return complain("'" + name + "' has shape " + toString(array->getShape()) + ", expected rank " + Twine(rank)), 0;
  return array->getShape()[dim];
}

void SizeCheck::needFact(StringRef fact, const Twine &why) {
  if (cell.find(fact))
    return;
  const ParamSpec *spec = findParam(*findNodeSpec(cell.type), fact);
  std::string choices = StringRef(spec->choices).str();
  complain("the dataset '" + fact + "' is missing, which " + why + " needs" +
           (spec->question.empty() ? "" : ": it says " + spec->question) +
           (choices.empty() ? "" : " (" + choices + ")"));
}

void SizeCheck::refuse(const Twine &dataset, const Twine &why) {
  std::string name = dataset.str();
  if (cell.find(name))
    complain("'" + name + "' is there, which " + why);
}

/// Numbered datasets belong to layers that there are.
void SizeCheck::refuseOtherLayers(StringRef prefix, ArrayRef<int64_t> layers) {
  for (const auto &[name, array] : cell.params) {
    StringRef rest = name;
    int64_t number = 0;
    if (rest.consume_front(prefix) && !rest.consumeInteger(10, number) && rest.starts_with(".") &&
        !is_contained(layers, number))
      complain("'" + name + "' is there, but '" + prefix + Twine(number) + (prefix == "layer_" ? ".ff1" : "") +
               ".weight' is not");
  }
}

void SizeCheck::checkTime() {
  bool isIrregular = getFlag(cell, "irregular");
  if (!isIrregular)
    needFact("elapsed_time", "a cell whose steps are regular");
  else
    refuse("elapsed_time", "an irregular cell does not have: its elapsed time is the input 'timespans'");
  // A step of a solver is a part of the elapsed time.
  bool mayBeZero = isIrregular || cell.type == "CfC" || cell.type == "WiredCfC";
  double elapsed = getNumber(cell, "elapsed_time") + getNumber(cell, "elapsed_offset");
  if (elapsed < 0 || (elapsed == 0 && !mayBeZero))
    complain("the elapsed time is " + toString(elapsed) + ", expected " +
             (mayBeZero ? "a number of 0 or more" : "a number above 0") + " ('elapsed_time' and 'elapsed_offset')");
}

CellSize SizeCheck::checkLTC() {
  CellSize size;
  size.units = getDim("gleak", 1, 0);
  size.inputs = getDim("sensory_w", 2, 0);
  size.outputs = int64_t(getNumber(cell, "motor"));
  Shape perNeuron{size.units}, recurrent{size.units, size.units}, sensory{size.inputs, size.units};
  for (StringRef name : {"gleak", "vleak", "cm"})
    expect(name, perNeuron);
  for (StringRef name : {"sigma", "mu", "w", "erev", "sparsity_mask"}) {
    expect(name, recurrent, name != "sparsity_mask");
    expect("sensory_" + name, sensory, name != "sparsity_mask");
  }
  for (StringRef which : {"input", "output"}) {
    Shape shape{which == "input" ? size.inputs : size.outputs};
    expect(which + "_w", shape, /*needed=*/false);
    expect(which + "_b", shape, /*needed=*/false);
    if (cell.find((which + "_b").str()) && !cell.find((which + "_w").str()))
      complain("'" + which + "_b' needs '" + which + "_w' beside it");
  }
  if (size.outputs > size.units)
    complain("'motor' is " + Twine(size.outputs) + ", but there are " + Twine(size.units) + " neurons");
  if (getNumber(cell, "epsilon") < 0)
    complain("'epsilon' is " + toString(getNumber(cell, "epsilon")) + ", expected 0 or more");
  return size;
}

/// The width of what the backbone gives; `inputs` becomes that of what it takes.
int64_t SizeCheck::checkBackbone(int64_t &inputs) {
  int64_t width = 0;
  SmallVector<int64_t, 4> layers = getLayers(cell, "backbone.", ".weight");
  refuseOtherLayers("backbone.", layers);
  for (auto [position, number] : enumerate(layers)) {
    std::string layer = "backbone." + std::to_string(number);
    int64_t outputs = getDim(layer + ".weight", 2, 0), taken = getDim(layer + ".weight", 2, 1);
    if (position == 0)
      inputs = taken;
    else
      expect(layer + ".weight", {outputs, width});
    expect(layer + ".bias", {outputs});
    width = outputs;
  }
  return width;
}

CellSize SizeCheck::checkLayer(const std::string &prefix) {
  CellSize size;
  size.units = size.outputs = getDim(prefix + "ff1.weight", 2, 0);
  int64_t taken = getDim(prefix + "ff1.weight", 2, 1), width = prefix.empty() ? checkBackbone(taken) : 0;
  if (width == 0)
    width = taken;
  else
    needFact("activation", "a backbone");
  size.inputs = taken - size.units;
  if (size.inputs < 1)
    complain("'" + prefix + "ff1.weight' leaves no inputs: " + Twine(taken) + " columns, of which " +
             Twine(size.units) + " are for the state");
  Shape matrix{size.units, width}, vector{size.units};
  expect(prefix + "ff1.weight", matrix);
  expect(prefix + "ff1.bias", vector);
  bool isPure = getChoice(cell, "mode") == "pure";
  for (StringRef head : {"ff2", "time_a", "time_b"})
    for (StringRef part : {"weight", "bias"}) {
      std::string name = (prefix + head + "." + part).str();
      if (isPure)
        refuse(name, "mode pure does not have");
      else
        expect(name, part == "weight" ? matrix : vector);
    }
  for (StringRef name : {"w_tau", "A"}) {
    if (isPure)
      expect(prefix + name, vector);
    else
      refuse(prefix + name, "mode " + getChoice(cell, "mode") + " does not have");
  }
  if (!isPure)
    for (StringRef fact : {"gate_sign", "head_activation"})
      needFact(fact, "mode " + getChoice(cell, "mode"));
  expect(prefix + "sparsity_mask", matrix, /*needed=*/false);
  if (cell.find(prefix + "sparsity_mask"))
    needFact("mask_kind", "a mask");
  return size;
}

CellSize SizeCheck::checkWired() {
  CellSize size;
  SmallVector<int64_t, 4> layers = getLayers(cell, "layer_", ".ff1.weight");
  if (layers.empty())
    complain("the dataset 'layer_0.ff1.weight' is missing");
  refuseOtherLayers("layer_", layers);
  for (auto [position, number] : enumerate(layers)) {
    if (number != int64_t(position))
      complain("the dataset 'layer_" + Twine(position) + ".ff1.weight' is missing");
    CellSize layer = checkLayer("layer_" + std::to_string(number) + ".");
    if (position == 0)
      size.inputs = layer.inputs;
    else if (layer.inputs != size.outputs)
      complain("'layer_" + Twine(number) + ".ff1.weight' takes " + Twine(layer.inputs) + " values, but layer " +
               Twine(number - 1) + " gives " + Twine(size.outputs));
    size.units += layer.units;
    size.outputs = layer.units;
  }
  return size;
}

/// LSTM, GRU and CT-RNN: w_in, w_rec and biases of so many rows a unit.
CellSize SizeCheck::checkGated(int64_t gates, ArrayRef<StringRef> biases) {
  CellSize size;
  size.inputs = getDim("w_in", 2, 1);
  size.units = size.outputs = getDim("w_rec", 2, 1);
  expect("w_in", {gates * size.units, size.inputs});
  expect("w_rec", {gates * size.units, size.units});
  for (StringRef bias : biases)
    expect(bias, {gates * size.units});
  return size;
}

/// With an LSTM before the cell, the node takes what the LSTM takes.
CellSize SizeCheck::addMemory(CellSize size) {
  StringRef kind = getChoice(cell, "mixed_memory");
  StringRef datasets[] = {"lstm.input_map.weight", "lstm.input_map.bias", "lstm.recurrent_map.weight"};
  if (kind == "none" || kind.empty()) {
    for (StringRef name : datasets)
      refuse(name, "a cell without mixed memory does not have");
    return size;
  }
  needFact("forget_bias", "mixed memory");
  int64_t taken = getDim(datasets[0], 2, 1);
  expect(datasets[0], {4 * size.units, taken});
  expect(datasets[1], {4 * size.units});
  expect(datasets[2], {4 * size.units, size.units});
  // The LSTM's result has as many elements as the state.
  int64_t expected = kind == "state" ? taken : size.units;
  if (size.inputs != expected)
    complain("the cell takes " + Twine(size.inputs) + " values, but with mixed_memory '" + kind + "' gets " +
             Twine(expected));
  size.inputs = taken;
  return size;
}

Expected<CellSize> SizeCheck::run() {
  CellSize size;
  switch (getKind(cell)) {
  case NodeKind::LTC:
    size = addMemory(checkLTC());
    break;
  case NodeKind::CfC:
    size = addMemory(checkLayer(""));
    break;
  case NodeKind::WiredCfC:
    size = addMemory(checkWired());
    break;
  case NodeKind::LSTM:
    size = checkGated(4, StringRef("bias"));
    break;
  case NodeKind::GRU:
    size = checkGated(3, {"bias_in", "bias_rec"});
    break;
  default:
    size = checkGated(1, StringRef("bias"));
    expect("tau", {size.units});
  }
  if (findParam(*findNodeSpec(cell.type), "irregular"))
    checkTime();
  if (failed())
    return createStringError(complaint);
  return size;
}

Expected<CellSize> getCellSize(const Node &cell) { return SizeCheck(cell).run(); }

} // namespace lle::nir
