//===- Explain.cpp - what became of a network's parameters ------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The formulas are those of the descriptions in dialects/Spk/SpkOps.td and dialects/LTC/LTCOps.td.
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Explain.h"
#include "dialects/LTC/LTCOps.h"
#include "dialects/Spk/FixedModels.h"
#include "dialects/Spk/SpkOps.h"
#include "frontends/NIR/Attributes.h"
#include "frontends/NIR/CellExport.h"
#include "frontends/NIR/CellTypes.h"
#include "frontends/NIR/Hints.h"
#include "frontends/NIR/NodeExport.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>

using namespace llvm;
using namespace mlir;
using namespace lle::spk;

namespace lle::nir {

// Not those of LLVM IR.
using mlir::Attribute;

/// One number for each neuron.
using Numbers = std::vector<double>;

template <typename Function>
static Numbers combine(const Numbers &a, const Numbers &b, Function function) {
  Numbers result(a.size());
  for (size_t i = 0; i < a.size(); ++i)
    result[i] = function(a[i], b[i]);
  return result;
}
static Numbers operator*(const Numbers &a, const Numbers &b) { return combine(a, b, std::multiplies<>()); }
static Numbers operator-(const Numbers &a, const Numbers &b) { return combine(a, b, std::minus<>()); }
static Numbers operator/(const Numbers &a, const Numbers &b) { return combine(a, b, std::divides<>()); }

static std::string print(const Numbers &numbers) {
  auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
  std::string text = toString(*low);
  return *low == *high ? text : text + ".." + toString(*high);
}

namespace {
enum Column {
  Name,
  Kind,
  Result,
  Decay,
  GainOf,
  Fires,
  ResetOf,
  Floor,
  Start,
  Hold,
  Update,
  Time,
  Neurons,
  Synapses,
  NumColumns
};
constexpr StringLiteral titles[] = {"node",  "type",  "shape", "tau -> decay", "gain",         "fires",   "reset",
                                    "floor", "start", "delay", "update",       "elapsed time", "neurons", "synapses"};
using Row = std::array<std::string, NumColumns>;

/// The facts about one neuron.
class Neuron {
public:
  Neuron(Operation *op, double dt)
      : op(op), dynamics(op->getAttrOfType<DynamicsAttr>("dynamics")), firing(op->getAttrOfType<FiringAttr>("firing")),
        dt(dt), count(cast<RankedTensorType>(op->getResult(0).getType()).getNumElements()) {}

  void describe(Row &row);

private:
  Numbers fill(double value) { return Numbers(count, value); }
  /// Absent ones are `otherwise` for all.
  Numbers get(StringRef param, double otherwise) {
    auto held = op->getAttrOfType<ElementsAttr>(param);
    std::optional<Array> array = held ? toArray(Attribute(held)) : std::nullopt;
    Numbers numbers = fill(otherwise);
    for (size_t i = 0; array && i < count; ++i)
      numbers[i] = array->number(i);
    return numbers;
  }
  /// What an exponential becomes in a step; its time constant is in the attribute `tau`.
  Numbers getDecay(StringRef tau, StringRef decay) {
    if (dynamics.getIntegrator() == Integrator::discrete)
      return get(decay, 1);
    Numbers rate = getRate(tau);
    bool isEuler = dynamics.getIntegrator() == Integrator::euler || dynamics.getIntegrator() == Integrator::decay_euler;
    for (double &a : rate)
      a = isEuler ? 1 - a : std::exp(-a);
    return rate;
  }
  Numbers getRate(StringRef tau) { return fill(dt) / get(tau, 1); }
  /// The factor before the input of a stage, and what it becomes in the state.
  Numbers getFactor(StringRef param, StringRef tau) {
    if (dynamics.getGain() == Gain::unit)
      return fill(1);
    Numbers factor = get(param, 1);
    return dynamics.getGain() == Gain::continuous ? factor : factor * getRate(tau);
  }
  Numbers getGain(StringRef param, StringRef tau, const Numbers &decay);
  std::string printDecay(StringRef tau, const Numbers &decay) {
    return dynamics.getIntegrator() == Integrator::discrete ? print(decay) : print(get(tau, 1)) + " -> " + print(decay);
  }
  Numbers getUnit();
  void describeLeak(Row &row);
  void describeCurrent(Row &row);
  void describeFiring(Row &row);

  Operation *op;
  DynamicsAttr dynamics;
  FiringAttr firing;
  double dt;
  size_t count;
};
} // namespace

Numbers Neuron::getGain(StringRef param, StringRef tau, const Numbers &decay) {
  Numbers factor = getFactor(param, tau);
  switch (dynamics.getIntegrator()) {
  case Integrator::euler:
  case Integrator::exact:
  case Integrator::hold:
    return (fill(1) - decay) * factor;
  case Integrator::decay_euler:
  case Integrator::decay_exp:
  case Integrator::discrete:
    return dynamics.getOrder() == Order::input_first ? decay * factor : factor;
  }
  llvm_unreachable("all integrators are handled");
}

/// What the membrane potential is divided by.
Numbers Neuron::getUnit() {
  if (dynamics.getScale() == Scale::membrane)
    return fill(1);
  if (isa<IFOp>(op))
    return get("r", 1) * fill(dt);
  if (isa<LIFOp>(op))
    return get("r", 1) * getRate("tau");
  return get("w_in", 1) * getRate("tau_syn") * get("r", 1) * getRate("tau_mem");
}

void Neuron::describeLeak(Row &row) {
  if (isa<IntegratorOp, IFOp>(op)) {
    row[GainOf] = print(dynamics.getGain() == Gain::unit ? fill(1) : get("r", 1) * fill(dt));
    return;
  }
  Numbers decay = getDecay("tau", "decay");
  row[Decay] = printDecay("tau", decay);
  row[GainOf] = print(getGain("r", "tau", decay));
}

void Neuron::describeCurrent(Row &row) {
  Numbers synapse = getDecay("tau_syn", "decay_syn"), membrane = getDecay("tau_mem", "decay_mem");
  row[Decay] = "syn " + printDecay("tau_syn", synapse) + ", mem " + printDecay("tau_mem", membrane);
  Numbers intoCurrent = getGain("w_in", "tau_syn", synapse);
  if (dynamics.getIntegrator() != Integrator::exact) {
    // The membrane takes the new current, which has decayed already.
    Numbers factor = getFactor("r", "tau_mem");
    bool isClosed = dynamics.getIntegrator() == Integrator::euler || dynamics.getIntegrator() == Integrator::hold;
    row[GainOf] = "i " + print(intoCurrent) + ", v " + print(isClosed ? (fill(1) - membrane) * factor : factor);
    return;
  }
  // What is left of the old current reaches the membrane through both exponentials.
  Numbers synapticTau = get("tau_syn", 1), membraneTau = get("tau_mem", 1), response = getRate("tau_mem") * membrane;
  for (size_t i = 0; i < count; ++i)
    if (double difference = synapticTau[i] - membraneTau[i]; difference != 0)
      response[i] =
          synapticTau[i] / difference * membrane[i] * std::expm1(dt * difference / (synapticTau[i] * membraneTau[i]));
  row[GainOf] = "i " + print(intoCurrent) + ", v " + print(getFactor("r", "tau_mem") * response);
}

void Neuron::describeFiring(Row &row) {
  Numbers unit = getUnit(), threshold = get("v_threshold", 0) / unit;
  row[Fires] = (firing.getCompare() == Compare::gt ? "v > " : "v >= ") + print(threshold);
  if (firing.getMaxSpikes() > 1)
    row[Fires] += ", up to " + std::to_string(firing.getMaxSpikes());
  if (firing.getEmit() == Emit::held)
    row[Fires] += ", one step late";
  switch (firing.getReset()) {
  case spk::Reset::to_value:
    row[ResetOf] = "to " + print(get("v_reset", 0) / unit);
    break;
  case spk::Reset::subtract:
    row[ResetOf] = "subtract " + print(threshold);
    break;
  case spk::Reset::none:
    row[ResetOf] = "none";
    return;
  }
  row[ResetOf] += " " + stringifyWhen(firing.getWhen()).str();
  if (firing.getScope() == Scope::all)
    row[ResetOf] += ", i to 0";
  if (op->hasAttr("v_min"))
    row[Floor] = print(get("v_min", 0) / unit);
}

void Neuron::describe(Row &row) {
  row[Kind] += (" (" + stringifyIntegrator(dynamics.getIntegrator()) + ")").str();
  row[Start] = print(get("v_init", 0));
  isa<CubaLIOp, CubaLIFOp>(op) ? describeCurrent(row) : describeLeak(row);
  if (firing)
    describeFiring(row);
}

/// "100 of 400 (25 %)"
static std::string printShare(int64_t part, int64_t whole) {
  std::string text = std::to_string(part);
  if (part == whole)
    return text;
  return text + " of " + std::to_string(whole) + " (" + toString(std::round(1000.0 * part / whole) / 10) + " %)";
}

/// Of the weights of a matrix, how many a mask leaves; printed as a share.
static std::string printSynapses(int64_t rows, int64_t columns, ElementsAttr mask) {
  int64_t whole = rows * columns;
  int64_t part =
      !mask ? whole : llvm::count_if(mask.getValues<APInt>(), [](const APInt &value) { return !value.isZero(); });
  return printShare(part, whole);
}

static std::string printElapsed(const APFloat &constant, mlir::Value operand) {
  if (!operand)
    return toString(constant.convertToDouble());
  return constant.isZero() ? "input" : "input + " + toString(constant.convertToDouble());
}

static int64_t getLength(mlir::Value value) { return cast<RankedTensorType>(value.getType()).getNumElements(); }

static std::string printUnfolds(uint64_t unfolds) {
  return std::to_string(unfolds) + (unfolds == 1 ? " unfold" : " unfolds");
}

static void describe(ltc::LTCCellOp cell, Row &row) {
  int64_t neurons = getLength(cell.getState()), motor = getLength(cell.getOutput()),
          inputs = getLength(cell.getInput());
  row[Update] =
      (ltc::stringifySolver(cell.getSolver()) + ", " + printUnfolds(cell.getUnfolds()) + ", " +
       ltc::stringifyPositivity(cell.getPositivity()) + ", epsilon " + toString(cell.getEpsilon().convertToDouble()))
          .str();
  row[Time] = printElapsed(cell.getElapsed(), cell.getElapsedTime());
  row[Neurons] = std::to_string(neurons) + (motor == neurons ? "" : ", " + std::to_string(motor) + " motor");
  row[Synapses] = printSynapses(neurons, neurons, cell.getMaskAttr()) + ", sensory " +
                  printSynapses(inputs, neurons, cell.getSensoryMaskAttr());
}

/// Synapses are the weights of ff1, which alone with ff2 is masked.
static void describe(ltc::CfCCellOp cell, Row &row) {
  row[Update] = ltc::stringifyMode(cell.getMode()).str();
  if (cell.getGateSign())
    row[Update] += (", gate " + ltc::stringifyGateSign(*cell.getGateSign())).str();
  if (cell.getHeadActivation())
    row[Update] += (", heads " + stringifyActivation(*cell.getHeadActivation())).str();
  for (auto [index, weight] : enumerate(cell.getBackboneWeights().value_or(ArrayAttr::get(cell.getContext(), {})))) {
    int64_t width = cast<ElementsAttr>(weight).getShapedType().getDimSize(0);
    row[Update] += (index == 0 ? ", backbone " : " x ") + std::to_string(width);
  }
  if (cell.getBackboneWeights() && cell.getActivation())
    row[Update] += (" " + stringifyActivation(*cell.getActivation())).str();
  if (cell.getMaskKind())
    row[Update] += (", mask " + ltc::stringifyMaskKind(*cell.getMaskKind())).str();
  row[Time] = printElapsed(cell.getElapsed(), cell.getElapsedTime());
  ArrayRef<int64_t> shape = cell.getFf1Weight().getShapedType().getShape();
  row[Neurons] = std::to_string(shape[0]);
  row[Synapses] = printSynapses(shape[0], shape[1], cell.getMaskAttr());
}

static void describe(ltc::CTRNNCellOp cell, Row &row) {
  row[Update] = ("euler, " + printUnfolds(cell.getUnfolds()) + ", " + stringifyActivation(cell.getActivation())).str();
  row[Time] = printElapsed(cell.getElapsed(), cell.getElapsedTime());
}

/// In the chip's integers: what is not the same for all is a range.
template <typename FixedOp>
static void describeFixed(FixedOp neuron, Row &row) {
  auto get = [](ElementsAttr elements, double offset) {
    Numbers numbers;
    for (const APInt &value : elements.getValues<APInt>())
      numbers.push_back(double(value.getSExtValue()) + offset);
    return numbers;
  };
  row[Decay] = "i " + print(get(neuron.getDuAttr(), 1)) + ", v " + print(get(neuron.getDvAttr(), 0)) + " / 4096";
  row[GainOf] = toString(std::ldexp(1.0, 6 + int(neuron.getWeightExp().value_or(0))));
  if (neuron.getBiasMantAttr())
    row[GainOf] +=
        ", bias " + print(get(neuron.getBiasMantAttr(), 0)) + " << " + print(get(neuron.getBiasExpAttr(), 0));
  row[ResetOf] = neuron.getResetInterval() ? "window of " + std::to_string(*neuron.getResetInterval()) + " steps at " +
                                                 std::to_string(*neuron.getResetOffset())
                                           : "";
  if constexpr (std::is_same_v<FixedOp, spk::FixedCubaLIFOp>) {
    row[Fires] = "v > " + print(get(neuron.getVThreshold(), 0)) + " << 6";
    row[ResetOf] = row[ResetOf].empty() ? "to 0" : "to 0, " + row[ResetOf];
  }
}

static std::string printIntegers(ElementsAttr elements) {
  Numbers numbers;
  for (const APInt &value : elements.getValues<APInt>())
    numbers.push_back(double(value.getSExtValue()));
  return print(numbers);
}

/// Sigma-delta and resonate-and-fire neurons in integers.
template <typename DeltaOp>
static void describeChanges(DeltaOp neuron, Row &row) {
  int64_t shift = neuron.getSpikeExp() + neuron.getStateExp();
  row[Fires] = "|d| >= " + printIntegers(neuron.getVThreshold()) + " << " + std::to_string(shift) + ", sends >> " +
               std::to_string(neuron.getStateExp());
  if (neuron.getCumError())
    row[Fires] += ", errors add up";
}

static bool describeFixedModel(Operation &op, Row &row) {
  auto getGain = [&](int64_t unit) {
    auto exponent = op.getAttrOfType<IntegerAttr>("weight_exp");
    return std::to_string(unit << (exponent ? exponent.getInt() : 0));
  };
  if (auto neuron = dyn_cast<FixedDeltaOp>(op)) {
    row[Kind] = "Delta, integers";
    row[GainOf] = std::to_string(int64_t(1) << (neuron.getSpikeExp() + neuron.getStateExp()));
    describeChanges(neuron, row);
  } else if (auto neuron = dyn_cast<FixedSigmaDeltaOp>(op)) {
    row[Kind] = "Sigma-delta, integers";
    row[GainOf] = getGain(1);
    if (neuron.getBiasAttr())
      row[GainOf] += ", bias " + printIntegers(neuron.getBiasAttr()) + " << " +
                     std::to_string(neuron.getSpikeExp() + neuron.getStateExp());
    row[Update] = stringifyActivation(neuron.getActivation()).str();
    describeChanges(neuron, row);
  } else if (isa<FixedSigmaOp>(op)) {
    row[Kind] = "Sigma, integers";
    row[GainOf] = getGain(1);
  } else if (auto neuron = dyn_cast<FixedRFOp>(op)) {
    row[Kind] = "RF, integers";
    row[Decay] =
        "cos " + printIntegers(neuron.getDecayCos()) + ", sin " + printIntegers(neuron.getDecaySin()) + " / 4096";
    row[GainOf] = getGain(64);
    bool isPhase = neuron.getResonator() == Resonator::phase;
    row[Fires] = (isPhase ? "re >= " : "im >= ") + printIntegers(neuron.getVThreshold()) + " << 6";
    row[ResetOf] = isPhase ? "" : "to 0, v_threshold - 1/64";
  } else {
    return false;
  }
  return true;
}

/// What the chip's weights are, which need no more bits than their type has.
static std::string describeWeights(SynapseOpInterface synapse) {
  mlir::Type element = getElementTypeOrSelf(synapse.getSynapticWeights().getType());
  std::string text;
  raw_string_ostream(text) << element;
  return text;
}

static Row describe(Operation &op, double dt) {
  Row row;
  if (auto name = op.getAttrOfType<StringAttr>("name"))
    row[Name] = name.str();
  // Names are free text.
  std::replace_if(row[Name].begin(), row[Name].end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, '?');
  row[Kind] = getNodeType(&op).str();
  auto type = cast<RankedTensorType>(op.getResult(0).getType());
  row[Result] = join(map_range(type.getShape(), [](int64_t dim) { return std::to_string(dim); }), "x");
  if (auto cell = dyn_cast<ltc::LTCCellOp>(op))
    describe(cell, row);
  else if (auto cell = dyn_cast<ltc::CfCCellOp>(op))
    describe(cell, row);
  else if (auto cell = dyn_cast<ltc::CTRNNCellOp>(op))
    describe(cell, row);
  else if (auto cell = dyn_cast<ltc::GRUCellOp>(op))
    row[Update] = ("reset " + ltc::stringifyReset(cell.getReset())).str();
  else if (auto activation = dyn_cast<ActivationOp>(op))
    row[Update] = stringifyActivation(activation.getFunction()).str();
  if (auto synapse = dyn_cast<SynapseOpInterface>(op); synapse && isSpikeElement(type.getElementType()))
    row[Synapses] = describeWeights(synapse);
  if (describeFixedModel(op, row))
    return row;
  if (auto neuron = dyn_cast<FixedCubaLIFOp>(op)) {
    row[Kind] = "CUBA LIF, integers";
    describeFixed(neuron, row);
  } else if (auto neuron = dyn_cast<FixedCubaLIOp>(op)) {
    row[Kind] = "CUBA LI, integers";
    describeFixed(neuron, row);
  } else if (op.hasAttr("dynamics")) {
    Neuron(&op, dt).describe(row);
  } else if (auto threshold = dyn_cast<ThresholdOp>(op)) {
    Numbers numbers;
    std::optional<Array> array = toArray(Attribute(threshold.getVThreshold()));
    for (size_t i = 0; array && i < array->size(); ++i)
      numbers.push_back(array->number(i));
    row[Fires] = (threshold.getCompare() == Compare::gt ? "x > " : "x >= ") + print(numbers);
  } else if (auto delay = dyn_cast<DelayOp>(op)) {
    Numbers steps;
    for (int64_t step : delay.getSteps().getValues<int64_t>())
      steps.push_back(double(step));
    row[Hold] = print(steps) + (print(steps) == "1" ? " step" : " steps");
    row[Start] = toString(delay.getInitial().convertToDouble());
    if (delay->hasAttr(implicitAttr))
      row[Kind] += " (implicit)";
  }
  return row;
}

std::string explain(NetworkOp network) {
  double dt = network.getDt().convertToDouble();
  std::vector<Row> rows{Row()};
  llvm::copy(titles, rows.front().begin());
  for (Operation *op : network.getTopologicalOrder())
    if (!getNodeType(op).empty() || op->hasAttr("arithmetic"))
      rows.push_back(describe(*op, dt));

  std::string text;
  raw_string_ostream os(text);
  os << "network " << network.getSymName() << ": dt " << toString(dt);
  // Without neurons that count seconds, the unit is the cells' own.
  bool hasCell = any_of(network.getBody().front(), [](Operation &op) { return !getCellType(&op).empty(); });
  bool hasSeconds = any_of(network.getBody().front(), [](Operation &op) { return op.hasAttr("dynamics"); });
  if (!hasCell || hasSeconds)
    os << " s";
  if (std::optional<StringRef> profile = network.getProfile())
    os << ", profile " << *profile;
  if (std::optional<uint64_t> steps = network.getSteps())
    os << ", " << *steps << " steps a sample";
  os << "\n";
  for (const Row &row : rows) {
    std::string line;
    for (unsigned column = 0; column < NumColumns; ++column) {
      size_t width = 0;
      for (const Row &other : ArrayRef(rows).drop_front())
        width = std::max(width, other[column].size());
      // A column without facts is left out.
      if (width == 0)
        continue;
      width = std::max(width, titles[column].size());
      std::string cell = row[column].empty() ? "-" : row[column];
      line += cell + std::string(width + 2 - cell.size(), ' ');
    }
    os << StringRef(line).rtrim() << "\n";
  }
  return text;
}

} // namespace lle::nir
