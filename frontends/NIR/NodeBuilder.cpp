//===- NodeBuilder.cpp - one node of NIR to one operation -------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/NodeBuilder.h"
#include "dialects/LLE/LLEOps.h"
#include "frontends/NIR/Attributes.h"
#include "frontends/NIR/CellTypes.h"
#include <cmath>

using namespace llvm;
using namespace mlir;
using namespace lle::spk;

namespace lle::nir {

// Not those of LLVM IR.
using mlir::Attribute;
using mlir::Location;
using mlir::Type;
using mlir::Value;

//===------------------------------------------------------------------------------------------===//
// Facts about a node
//===------------------------------------------------------------------------------------------===//

Expected<std::vector<int64_t>> getDelaySteps(const FlatNode &node, double dt, Report &report) {
  /// What all elements of a delay may hold together, and what a delay may be off its multiple.
  constexpr double maxHeld = 1 << 30, tolerance = 1e-6;
  const Array &delay = *node.node->find("delay");
  double held = 0, elements = 1;
  for (int64_t dim : node.outputShape)
    elements *= dim;
  std::vector<int64_t> steps;
  bool warned = false;
  for (size_t i = 0; i < delay.size(); ++i) {
    double exact = delay.number(i) / dt, rounded = std::round(exact);
    held = std::max(held, rounded * elements);
    if (held > maxHeld)
      return createStringError("'delay' holds " + toString(delay.number(i)) + " s, which is " + toString(rounded) +
                               " steps of " + toString(dt) + " s: more than this compiler stores");
    if (std::abs(exact - rounded) > tolerance * std::max(exact, 1.0) && !warned) {
      report.warning("node '" + node.path + "' (Delay): 'delay' holds " + toString(delay.number(i)) + " s at element " +
                     Twine(i) + ", which is no multiple of dt = " + toString(dt) + " s; rounded to " +
                     Twine(int64_t(rounded)) + " steps");
      warned = true;
    }
    steps.push_back(int64_t(rounded));
  }
  if (delay.size() == 1)
    steps.resize(size_t(elements), steps.front());
  return steps;
}

bool isCombinational(const FlatNode &node, const Profile &profile, double dt) {
  NodeKind kind = getKind(*node.node);
  if (kind == NodeKind::Delay) {
    const Array &delay = *node.node->find("delay");
    return any_of(seq<size_t>(0, delay.size()), [&](size_t i) { return std::round(delay.number(i) / dt) < 1; });
  }
  return !firesOnIntegral(kind) || profile.getRule(*node.node).emit == Emit::updated;
}

Type getSpikeType(const FlatNode &node, const Profile &profile, MLIRContext *context) {
  NodeKind kind = getKind(*node.node);
  if (kind == NodeKind::Threshold)
    return IntegerType::get(context, 1);
  if (!firesOnIntegral(kind))
    return {};
  int64_t maxSpikes = profile.getRule(*node.node).maxSpikes;
  if (maxSpikes == 1)
    return IntegerType::get(context, 1);
  unsigned width = maxSpikes <= INT8_MAX ? 8 : maxSpikes <= INT16_MAX ? 16 : 32;
  return IntegerType::get(context, width, IntegerType::Signed);
}

//===------------------------------------------------------------------------------------------===//
// What a profile cannot express
//===------------------------------------------------------------------------------------------===//

namespace {
class ProfileCheck {
public:
  ProfileCheck(const FlatNode &flat, const Profile &profile, double dt, Report &report)
      : node(*flat.node), where("node '" + flat.path + "' (" + flat.node->type + "): "), profile(profile),
        rule(profile.getRule(*flat.node)), isOwn(profile.nodes.count(flat.node)), dt(dt), report(report) {}

  void run();

private:
  /// The first element for which `holds` is false.
  std::optional<double> findOffending(StringRef param, llvm::function_ref<bool(double, size_t)> holds) {
    const Array *array = node.find(param);
    for (size_t i = 0; array && i < array->size(); ++i)
      if (!holds(array->number(i), i))
        return array->number(i);
    return std::nullopt;
  }
  double element(StringRef param, size_t i) {
    const Array *array = node.find(param);
    return !array ? 0 : array->number(array->size() == 1 ? 0 : i);
  }
  void checkGain(StringRef param, StringRef tau);
  void checkStep();

  const Node &node;
  std::string where;
  const Profile &profile;
  const NeuronRule &rule;
  /// The file itself says what the node does.
  bool isOwn;
  double dt;
  Report &report;
};
} // namespace

/// A framework that adds its input as it is stands for a gain of one, or for the gain that makes
/// one step of the equation add the input as it is.
void ProfileCheck::checkGain(StringRef param, StringRef tau) {
  bool decays = rule.integrator == Integrator::decay_euler || rule.integrator == Integrator::decay_exp;
  auto bad = findOffending(param, [&](double gain, size_t i) {
    if (gain == 1)
      return true;
    double natural = tau.empty() ? 1 / dt : element(tau, i) / dt;
    return (decays || tau.empty()) && std::abs(gain - natural) <= 1e-4 * natural;
  });
  if (bad)
    report.error(where + "'" + param + "' is " + toString(*bad) + ", which profile '" + profile.text +
                 "' leaves out; add the key gain=unit to leave it out, or gain=" +
                 (tau.empty() || decays ? "per_step" : "continuous") + " to apply it");
}

/// Forward Euler with a step above the time constant turns the sign of the state in each step, or lets it grow.
void ProfileCheck::checkStep() {
  if (rule.integrator != Integrator::euler && rule.integrator != Integrator::decay_euler)
    return;
  for (StringRef param : {"tau", "tau_syn", "tau_mem"})
    if (auto tau = findOffending(param, [&](double tau, size_t) { return dt <= tau; }))
      report.warning(where + "'" + param + "' is " + toString(*tau) + " s, less than the step of " + toString(dt) +
                     " s: the decay of Euler's method is then negative");
}

void ProfileCheck::run() {
  checkStep();
  auto isZero = [](double value, size_t) { return value == 0; };
  if (rule.zeroLeak)
    if (auto leak = findOffending("v_leak", isZero))
      report.error(where + "'v_leak' is " + toString(*leak) + ", but profile '" + profile.text +
                   "' has no leak potential");
  if (rule.reset == Reset::to_value) {
    if (rule.zeroReset)
      if (auto reset = findOffending("v_reset", isZero))
        report.error(where + "'v_reset' is " + toString(*reset) + ", but profile '" + profile.text + "' resets to 0");
    if (rule.leakAtReset)
      if (auto leak = findOffending("v_leak", [&](double v, size_t i) { return v == element("v_reset", i); }))
        report.error(where + "'v_leak' is " + toString(*leak) + ", but profile '" + profile.text +
                     "' needs it to equal 'v_reset'");
  } else if (auto reset = findOffending("v_reset", isZero); reset && !isOwn) {
    report.warning(where + "'v_reset' is " + toString(*reset) + ", which the reset of profile '" + profile.text +
                   "' does not use");
  }
  if (rule.scale == Scale::input) {
    for (StringRef param : {"r", "w_in"})
      if (auto bad = findOffending(param, [](double v, size_t) { return v > 0; }))
        report.error(where + "'" + param + "' is " + toString(*bad) + ", but profile '" + profile.text +
                     "' divides by it and needs a number above 0");
    if (profile.startAtLeak)
      report.error(where + "v_init=v_leak does not go with scale=input");
  } else if (rule.gain == Gain::unit && !rule.gainIsExplicit && !isOwn && !profile.quantise) {
    StringRef tau = node.find("tau_mem") ? "tau_mem" : node.find("tau") ? "tau" : "";
    checkGain("r", tau);
    checkGain("w_in", "tau_syn");
  }
}

void checkProfile(const FlatNode &node, const Profile &profile, double dt, Report &report) {
  if (isIntegrating(*node.node))
    ProfileCheck(node, profile, dt, report).run();
}

//===------------------------------------------------------------------------------------------===//
// Synapses and other stateless nodes
//===------------------------------------------------------------------------------------------===//

Operation *NodeBuilder::create(StringRef op, ValueRange operands, NamedAttrList attributes) {
  attributes.set("name", builder.getStringAttr(flat->path));
  OperationState state(*loc, op, operands, resultType, attributes.getAttrs());
  return builder.create(state);
}

Value NodeBuilder::addWeight(const Array &array, StringRef param, ArrayRef<int64_t> shape) {
  ElementsAttr value = toWeights(array, shape, flat->path + "." + param.str(), builder.getContext());
  return WeightOp::create(builder, *loc, value.getType(), value);
}

Value NodeBuilder::addWeight(StringRef param, ArrayRef<int64_t> shape) {
  return addWeight(*node->find(param), param, shape);
}

/// Weights, and the bias where there is one. A quantised network keeps its biases in the neurons.
void NodeBuilder::addSynapseOperands(SmallVectorImpl<Value> &operands, bool needsBias) {
  ArrayRef<int64_t> shape = node->find("weight")->getShape();
  const Array *bias = node->find("bias");
  ArrayRef<int64_t> biasShape = getKind(*node) == NodeKind::Affine ? shape.drop_back()
                                : bias                             ? bias->getShape()
                                                                   : ArrayRef<int64_t>();
  if (!quantised) {
    operands.push_back(addWeight("weight", shape));
    if (bias)
      operands.push_back(addWeight("bias", biasShape));
    return;
  }
  operands.push_back(addWeight(quantised->weights.at(flat), "weight", shape));
  if (needsBias)
    operands.push_back(addWeight(Array::full({1}, 0.0f), "bias", biasShape));
}

Operation *NodeBuilder::buildSynapse(StringRef op) {
  SmallVector<Value> operands{input};
  addSynapseOperands(operands, /*needsBias=*/false);
  return create(quantised ? StringRef(LinearOp::getOperationName()) : op, operands, {});
}

Operation *NodeBuilder::buildWindow(StringRef op) {
  Window window = cantFail(getWindow(*node)); // checked with the shapes
  NamedAttrList attributes;
  attributes.set("stride", builder.getDenseI64ArrayAttr(window.stride));
  const Array &padding = *node->find("padding");
  attributes.set("padding", padding.isText() ? Attribute(builder.getStringAttr(padding.getStrings().front()))
                                             : builder.getDenseI64ArrayAttr(window.padBefore));
  SmallVector<Value> operands{input};
  if (node->find("weight")) {
    addSynapseOperands(operands, /*needsBias=*/true);
    attributes.set("dilation", builder.getDenseI64ArrayAttr(window.dilation));
    attributes.set("groups", builder.getI64IntegerAttr(window.groups));
  } else {
    attributes.set("kernel", builder.getDenseI64ArrayAttr(window.kernel));
  }
  return create(op, operands, attributes);
}

Operation *NodeBuilder::buildFlatten() {
  NamedAttrList attributes;
  for (StringRef param : {"start_dim", "end_dim"})
    attributes.set(param, builder.getI64IntegerAttr(cantFail(getIntegers(*node, param, 1, INT32_MIN)).front()));
  return create(FlattenOp::getOperationName(), input, attributes);
}

Operation *NodeBuilder::buildActivation() {
  Activation function = *symbolizeActivation(getChoice(*node, "function"));
  auto attribute = ActivationAttr::get(builder.getContext(), function);
  return create(ActivationOp::getOperationName(), input, builder.getNamedAttr("function", attribute));
}

Operation *NodeBuilder::buildDelay() {
  Expected<std::vector<int64_t>> steps = getDelaySteps(*flat, dt, report);
  if (!steps) {
    report.error("node '" + flat->path + "' (Delay): " + llvm::toString(steps.takeError()));
    return nullptr;
  }
  NamedAttrList attributes;
  auto own = profile.nodes.find(node);
  double initial = own == profile.nodes.end() ? 0 : own->second.parameters.at("initial").number(0);
  attributes.set("initial", builder.getF64FloatAttr(initial));
  attributes.set("steps", DenseElementsAttr::get(RankedTensorType::get(flat->outputShape, builder.getI64Type()),
                                                 ArrayRef(*steps)));
  return create(DelayOp::getOperationName(), input, attributes);
}

Operation *NodeBuilder::buildThreshold() {
  NamedAttrList attributes;
  auto own = profile.nodes.find(node);
  Compare compare = own == profile.nodes.end() ? Compare::gt : own->second.rule.compare;
  attributes.set("compare", CompareAttr::get(builder.getContext(), compare));
  attributes.set("v_threshold", toElements(*node->find("threshold"), flat->outputShape, builder.getContext()));
  return create(ThresholdOp::getOperationName(), input, attributes);
}

//===------------------------------------------------------------------------------------------===//
// Neurons
//===------------------------------------------------------------------------------------------===//

static DenseElementsAttr negate(DenseElementsAttr elements) {
  return elements.mapValues(elements.getElementType(),
                            [](const APFloat &value) { return neg(value).bitcastToAPInt(); });
}

/// The attributes of a spiking operation that say how it fires.
static FiringAttr getFiring(const NeuronRule &rule, MLIRContext *context) {
  return FiringAttr::get(context, rule.compare, rule.reset, rule.when, rule.emit, rule.scope, rule.maxSpikes);
}

static DynamicsAttr getDynamics(const NeuronRule &rule, MLIRContext *context) {
  return DynamicsAttr::get(context, rule.integrator, rule.order, rule.gain, rule.scale);
}

Operation *NodeBuilder::buildQuantisedNeuron() {
  MLIRContext *context = builder.getContext();
  const NeuronRule &rule = profile.getRule(getKind(*node));
  NamedAttrList attributes;
  for (const auto &[name, array] : quantised->populations.at(flat))
    attributes.set(name, toElements(array, flat->outputShape, context));
  attributes.set("v_init",
                 DenseElementsAttr::get(RankedTensorType::get(flat->outputShape, builder.getF32Type()), 0.0f));
  attributes.set("dynamics", getDynamics(rule, context));
  bool hasCurrent = getKind(*node) == NodeKind::CubaLIF || getKind(*node) == NodeKind::CubaLI;
  if (!firesOnIntegral(getKind(*node)))
    return create(hasCurrent ? CubaLIOp::getOperationName() : LIOp::getOperationName(), input, attributes);
  attributes.set("firing", getFiring(rule, context));
  return create(hasCurrent ? CubaLIFOp::getOperationName() : LIFOp::getOperationName(), input, attributes);
}

Operation *NodeBuilder::buildNeuron(StringRef op) {
  if (quantised)
    return buildQuantisedNeuron();
  NodeKind kind = getKind(*node);
  NeuronRule rule = profile.getRule(*node);
  MLIRContext *context = builder.getContext();
  bool fires = firesOnIntegral(kind);
  // Without a threshold to divide, the input is multiplied instead.
  if (!fires && rule.scale == Scale::input) {
    rule.scale = Scale::membrane;
    if (rule.gain == Gain::unit)
      rule.gain = Gain::per_step;
  }

  NamedAttrList attributes;
  auto type = RankedTensorType::get(flat->outputShape, builder.getF32Type());
  auto zeros = DenseElementsAttr::get(type, 0.0f), ones = DenseElementsAttr::get(type, 1.0f);
  for (const ParamSpec &spec : findNodeSpec(node->type)->params) {
    if (const Array *array = node->find(spec.name))
      attributes.set(spec.name, toElements(*array, flat->outputShape, context));
    else
      attributes.set(spec.name, spec.name == "w_in" ? ones : zeros); // NIR's defaults
  }
  attributes.set("dynamics", getDynamics(rule, context));
  // By default neurons start at 0, and currents leak to 0.
  Attribute leak = attributes.get("v_leak");
  bool leaks = leak && llvm::any_of(cast<DenseElementsAttr>(leak).getValues<APFloat>(),
                                    [](const APFloat &value) { return value.isNonZero(); });
  attributes.set("v_init", profile.startAtLeak && leaks ? leak : Attribute(zeros));
  if (profile.leakIntoCurrent && leaks && attributes.get("tau_syn"))
    attributes.set("i_leak", leak);
  if (auto own = profile.nodes.find(node); own != profile.nodes.end()) {
    if (rule.integrator == Integrator::discrete)
      for (StringRef param : {"tau", "tau_syn", "tau_mem", "r", "v_leak", "w_in"})
        attributes.erase(param);
    for (const auto &[name, array] : own->second.parameters)
      attributes.set(name, toElements(array, flat->outputShape, context));
  }
  if (!fires)
    return create(op, input, attributes);

  attributes.set("firing", getFiring(rule, context));
  if (rule.reset != Reset::to_value)
    attributes.erase("v_reset");
  if (rule.floor == NeuronRule::Floor::MinusThreshold)
    attributes.set("v_min", negate(cast<DenseElementsAttr>(attributes.get("v_threshold"))));
  else if (rule.floor == NeuronRule::Floor::Value)
    attributes.set("v_min", DenseElementsAttr::get(type, float(rule.floorValue)));
  return create(op, input, attributes);
}

Operation *NodeBuilder::build(const FlatNode &toBuild, Location location, Value operand, Type resultElement) {
  flat = &toBuild;
  node = flat->node;
  loc = location;
  input = operand;
  resultType = RankedTensorType::get(flat->outputShape, resultElement);
  switch (getKind(*node)) {
  case NodeKind::Affine:
    return buildSynapse(AffineOp::getOperationName());
  case NodeKind::Linear:
    return buildSynapse(LinearOp::getOperationName());
  case NodeKind::Scale:
    return create(ScaleOp::getOperationName(), {input, addWeight("scale", flat->outputShape)}, {});
  case NodeKind::Conv1d:
    return buildWindow(Conv1dOp::getOperationName());
  case NodeKind::Conv2d:
    return buildWindow(Conv2dOp::getOperationName());
  case NodeKind::SumPool2d:
    return buildWindow(SumPool2dOp::getOperationName());
  case NodeKind::AvgPool2d:
    return buildWindow(AvgPool2dOp::getOperationName());
  case NodeKind::Flatten:
    return buildFlatten();
  case NodeKind::Delay:
    return buildDelay();
  case NodeKind::Threshold:
    return buildThreshold();
  case NodeKind::I:
    return buildNeuron(IntegratorOp::getOperationName());
  case NodeKind::IF:
    return buildNeuron(IFOp::getOperationName());
  case NodeKind::LI:
    return buildNeuron(LIOp::getOperationName());
  case NodeKind::LIF:
    return buildNeuron(LIFOp::getOperationName());
  case NodeKind::CubaLI:
    return buildNeuron(CubaLIOp::getOperationName());
  case NodeKind::CubaLIF:
    return buildNeuron(CubaLIFOp::getOperationName());
  case NodeKind::Activation:
    return buildActivation();
  case NodeKind::Slice: {
    auto offset = builder.getI64IntegerAttr(cantFail(getIntegers(*node, "offset", 1, 0)).front());
    return create(SliceOp::getOperationName(), input, builder.getNamedAttr("offset", offset));
  }
  case NodeKind::Transpose: {
    Shape permutation;
    for (size_t i = 0; i < node->find("permutation")->size(); ++i)
      permutation.push_back(*node->find("permutation")->integer(i));
    auto attribute = builder.getNamedAttr("permutation", builder.getDenseI64ArrayAttr(permutation));
    return create(TransposeOp::getOperationName(), input, attribute);
  }
  case NodeKind::Input:
  case NodeKind::Output:
  case NodeKind::NIRGraph:
  case NodeKind::LTC:
  case NodeKind::CfC:
  case NodeKind::WiredCfC:
  case NodeKind::LSTM:
  case NodeKind::GRU:
  case NodeKind::CTRNN:
    break;
  }
  llvm_unreachable("ports and graphs are no operations, and cells are built by buildCell");
}

} // namespace lle::nir
