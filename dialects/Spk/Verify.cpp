//===- Verify.cpp - what makes a neuron well-formed -----------------------===//
#include "dialects/Spk/Population.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

static ArrayRef<int64_t> shapeOf(Value value) { return cast<ShapedType>(value.getType()).getShape(); }

std::optional<double> spk::findOffender(ElementsAttr elements, llvm::function_ref<bool(double)> holds) {
  auto find = [&](auto range, auto convert) -> std::optional<double> {
    for (const auto &value : range)
      if (double number = convert(value); !holds(number))
        return number;
    return std::nullopt;
  };
  if (!elements)
    return std::nullopt;
  if (auto values = elements.tryGetValues<APFloat>())
    return find(*values, [](const APFloat &v) { return v.convertToDouble(); });
  if (auto values = elements.tryGetValues<APInt>())
    return find(*values, [](const APInt &v) { return double(v.getSExtValue()); });
  return std::nullopt;
}

LogicalResult spk::verifyNumbers(Operation *op, StringRef name, Attribute value) {
  auto elements = dyn_cast<DenseElementsAttr>(value);
  Type element = elements ? elements.getElementType() : Type();
  if (!elements || !element.isIntOrFloat() || element.getIntOrFloatBitWidth() > 64) {
    InFlightDiagnostic error = op->emitOpError("[C1] parameter ")
                               << name << " must be dense numbers of at most 64 bits, got ";
    if (auto typed = dyn_cast<ElementsAttr>(value))
      return error << typed.getShapedType();
    return error << value;
  }
  if (auto number = findOffender(elements, [](double v) { return std::isfinite(v); }))
    return op->emitOpError("[C1] parameter ") << name << " must be finite, got " << *number;
  return success();
}

LogicalResult spk::verifyParameter(Operation *op, StringRef name, Attribute value, ArrayRef<int64_t> shape) {
  auto dense = dyn_cast<DenseElementsAttr>(value);
  if (dense && dense.getElementType().isIntOrFloat() && dense.getElementType().getIntOrFloatBitWidth() <= 64 &&
      dense.getType().getShape() != shape)
    return op->emitOpError("[C1] parameter ")
           << name << " has type " << dense.getType() << ", expected the shape of " << op->getResult(0).getType();
  return verifyNumbers(op, name, value);
}

LogicalResult spk::verifyShapes(Operation *op) {
  ArrayRef<int64_t> shape = shapeOf(op->getResult(0));
  for (Value operand : op->getOperands())
    if (shapeOf(operand) != shape)
      return op->emitOpError("[C1] input and result differ in shape: ")
             << operand.getType() << " and " << op->getResult(0).getType();
  for (NamedAttribute parameter : cast<NeuronOpInterface>(op).getParameters())
    if (failed(verifyParameter(op, parameter.getName(), parameter.getValue(), shape)))
      return failure();
  return success();
}

LogicalResult spk::verifyDynamics(Operation *op, DynamicsAttr dynamics, bool spiking) {
  Integrator integrator = dynamics.getIntegrator();
  bool decays = integrator == Integrator::decay_euler || integrator == Integrator::decay_exp;
  bool discrete = integrator == Integrator::discrete;
  Gain gain = dynamics.getGain();
  bool gainFits = decays ? gain != Gain::continuous : discrete ? gain == Gain::unit : gain != Gain::per_step;
  if (!gainFits)
    return op->emitOpError("[C2] gain ") << stringifyGain(gain) << " does not go with integrator "
                                         << stringifyIntegrator(integrator);
  if (dynamics.getOrder() == Order::input_first && !decays && !discrete)
    return op->emitOpError("[C2] order input_first does not go with integrator ") << stringifyIntegrator(integrator);
  if (dynamics.getScale() == Scale::input && (!spiking || discrete))
    return op->emitOpError("[C2] scale input needs a threshold and continuous parameters");
  return success();
}

/// C2 and C3 of neurons without leak.
static LogicalResult verifyPerfectDynamics(Operation *op, DynamicsAttr dynamics, ElementsAttr r, bool spiking) {
  Integrator integrator = dynamics.getIntegrator();
  if (integrator != Integrator::euler && integrator != Integrator::exact)
    return op->emitOpError("[C2] integrator must be euler or exact, got ") << stringifyIntegrator(integrator);
  if (dynamics.getOrder() != Order::decay_first || dynamics.getGain() == Gain::continuous)
    return op->emitOpError("[C2] order must be decay_first and gain unit or per_step, got ")
           << stringifyOrder(dynamics.getOrder()) << " and " << stringifyGain(dynamics.getGain());
  if (dynamics.getScale() == Scale::input && !spiking)
    return op->emitOpError("[C2] scale input needs a threshold");
  if (!r && (dynamics.getGain() == Gain::per_step || dynamics.getScale() == Scale::input))
    return op->emitOpError("[C3] gain per_step and scale input need r");
  if (dynamics.getScale() == Scale::input)
    if (auto number = findOffender(r, [](double v) { return v > 0; }))
      return op->emitOpError("[C3] r must be positive where scale is input, got ") << *number;
  return success();
}

LogicalResult spk::verifyParameterSet(Operation *op, bool discrete,
                                      ArrayRef<std::pair<StringRef, ElementsAttr>> continuous,
                                      ArrayRef<std::pair<StringRef, ElementsAttr>> perStep, ElementsAttr bias) {
  for (auto [name, value] : continuous)
    if (discrete == bool(value))
      return op->emitOpError("[C3] ") << (discrete ? "discrete parameters exclude " : "continuous parameters need ")
                                      << name;
  for (auto [name, value] : perStep)
    if (discrete != bool(value))
      return op->emitOpError("[C3] ") << (discrete ? "discrete parameters need " : "continuous parameters exclude ")
                                      << name;
  if (bias && !discrete)
    return op->emitOpError("[C3] continuous parameters exclude bias");
  return success();
}

LogicalResult spk::verifyPositive(Operation *op, StringRef name, ElementsAttr elements, unsigned constraint) {
  if (auto number = findOffender(elements, [](double v) { return v > 0; }))
    return op->emitOpError("[C") << constraint << "] " << name << " must be positive, got " << *number;
  return success();
}

/// A potential in the unit of the input is divided by what the input adds.
static LogicalResult verifyInputScale(Operation *op, DynamicsAttr dynamics, StringRef name, ElementsAttr elements) {
  return dynamics.getScale() == Scale::input ? verifyPositive(op, name, elements) : success();
}

/// `reset` is the number that the operation's description gives to the rule of v_reset; `first` is
/// that of the first of the three rules of firing that follow.
template <typename SpikingOp>
static LogicalResult verifyFiring(SpikingOp op, unsigned reset, unsigned first, bool hasCurrent) {
  FiringAttr firing = op.getFiring();
  auto emitError = [&](unsigned constraint) { return op.emitOpError("[C") << constraint << "] "; };
  if (firing.getReset() == Reset::to_value && !op.getVReset())
    return emitError(reset) << "reset to_value needs v_reset";
  auto element = cast<IntegerType>(cast<ShapedType>(op.getType()).getElementType());
  int64_t maxSpikes = firing.getMaxSpikes();
  int64_t limit = getSpikeLimit(element);
  if (maxSpikes < 1 || maxSpikes > limit || (maxSpikes == 1) != (element.getWidth() == 1))
    return emitError(first) << "max_spikes " << maxSpikes << " does not fit the element type " << element;
  if (maxSpikes > 1) {
    if (firing.getCompare() != Compare::ge || firing.getEmit() != Emit::updated ||
        firing.getWhen() != When::same_step || firing.getReset() == Reset::to_value)
      return emitError(first) << "several spikes in a step need compare ge, emit updated, and "
                                 "reset subtract or none "
                                 "in the same step, got "
                              << firing;
    if (auto number = findOffender(op.getVThreshold(), [](double v) { return v > 0; }))
      return emitError(first + 2) << "several spikes in a step need a positive v_threshold, got " << *number;
  }
  if (firing.getEmit() == Emit::held && firing.getWhen() == When::same_step && firing.getReset() != Reset::none)
    return emitError(first + 1) << "emit held needs a reset in the next step, or none";
  if (firing.getWhen() == When::same_step_held &&
      (firing.getEmit() == Emit::held || firing.getReset() != Reset::subtract))
    return emitError(first + 1) << "when same_step_held needs emit updated and reset subtract, got emit "
                                << stringifyEmit(firing.getEmit()) << " and reset "
                                << stringifyReset(firing.getReset());
  if (firing.getScope() == Scope::all && !hasCurrent)
    return emitError(first + 1) << "scope all needs a synaptic current";
  return success();
}

LogicalResult ThresholdOp::verify() {
  if (!cast<ShapedType>(getType()).getElementType().isInteger(1))
    return emitOpError("[C1] result must be i1, got ") << getType();
  return verifyShapes(*this);
}

LogicalResult IntegratorOp::verify() {
  if (failed(verifyShapes(*this)))
    return failure();
  return verifyPerfectDynamics(*this, getDynamics(), getRAttr(), /*spiking=*/false);
}

LogicalResult IFOp::verify() {
  if (failed(verifyShapes(*this)) || failed(verifyPerfectDynamics(*this, getDynamics(), getRAttr(), /*spiking=*/true)))
    return failure();
  return verifyFiring(*this, /*reset=*/3, /*first=*/4, /*hasCurrent=*/false);
}

template <typename CubaOp>
static LogicalResult verifyCuba(CubaOp op, bool spiking) {
  if (failed(verifyShapes(op)) || failed(verifyDynamics(op, op.getDynamics(), spiking)) ||
      failed(verifyParameterSet(op, op.isDiscrete(),
                                {{"tau_syn", op.getTauSynAttr()},
                                 {"tau_mem", op.getTauMemAttr()},
                                 {"r", op.getRAttr()},
                                 {"v_leak", op.getVLeakAttr()},
                                 {"w_in", op.getWInAttr()}},
                                {{"decay_syn", op.getDecaySynAttr()}, {"decay_mem", op.getDecayMemAttr()}},
                                op.getBiasAttr())))
    return failure();
  if (op.getILeakAttr() && op.getDynamics().getIntegrator() != Integrator::euler)
    return op.emitOpError("[C3] i_leak needs integrator euler");
  if (failed(verifyPositive(op, "tau_syn", op.getTauSynAttr())) ||
      failed(verifyInputScale(op, op.getDynamics(), "r", op.getRAttr())) ||
      failed(verifyInputScale(op, op.getDynamics(), "w_in", op.getWInAttr())))
    return failure();
  return verifyPositive(op, "tau_mem", op.getTauMemAttr());
}

LogicalResult LIOp::verify() { return verifyLeaky(*this, /*inputScale=*/false); }

LogicalResult LIFOp::verify() {
  if (failed(verifyLeaky(*this, /*inputScale=*/true)))
    return failure();
  return verifyFiring(*this, /*reset=*/5, /*first=*/6, /*hasCurrent=*/false);
}

LogicalResult CubaLIOp::verify() { return verifyCuba(*this, /*spiking=*/false); }

LogicalResult CubaLIFOp::verify() {
  if (failed(verifyCuba(*this, /*spiking=*/true)))
    return failure();
  return verifyFiring(*this, /*reset=*/5, /*first=*/6, /*hasCurrent=*/true);
}
