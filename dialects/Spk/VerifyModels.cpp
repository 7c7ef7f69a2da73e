//===- VerifyModels.cpp - what makes a neuron of the second tier well-formed ===//
#include "dialects/Spk/Population.h"
#include "dialects/Spk/SpkModels.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

static Type getElement(Value value) { return cast<ShapedType>(value.getType()).getElementType(); }

/// C5: what these models allow of `firing`.
template <typename SpikingOp>
static LogicalResult verifyPlainFiring(SpikingOp op, Type spikes) {
  FiringAttr firing = op.getFiring();
  if (firing.getWhen() != When::same_step || firing.getEmit() != Emit::updated ||
      firing.getScope() != Scope::membrane || firing.getMaxSpikes() != 1)
    return op.emitOpError("[C5] expected when same_step, emit updated, scope membrane and max_spikes 1, got ")
           << firing;
  if (firing.getReset() == Reset::to_value && !op.getVReset())
    return op.emitOpError("[C5] reset to_value needs v_reset");
  if (getElement(op.getResult()) != spikes)
    return op.emitOpError("[C5] result must be ") << spikes << ", got " << op.getType();
  return success();
}

template <typename SpikingOp>
static LogicalResult verifyResult(SpikingOp op, Type element) {
  if (getElement(op.getResult()) != element)
    return op.emitOpError("[C5] result must be ") << element << ", got " << op.getType();
  return success();
}

static Type getI1(Operation *op) { return IntegerType::get(op->getContext(), 1); }
static Type getSI8(Operation *op) { return IntegerType::get(op->getContext(), 8, IntegerType::Signed); }

/// A filter has a time constant with continuous dynamics, and a factor per step with discrete ones.
static LogicalResult verifyFilter(Operation *op, bool discrete, StringRef tauName, ElementsAttr tau,
                                  StringRef decayName, ElementsAttr decay) {
  StringRef kind = discrete ? "discrete" : "continuous";
  if (bool(tau) == discrete)
    return op->emitOpError("[C6] ") << kind << " dynamics " << (discrete ? "exclude " : "need ") << tauName;
  if (bool(decay) != discrete)
    return op->emitOpError("[C6] ") << kind << " dynamics " << (discrete ? "need " : "exclude ") << decayName;
  return verifyPositive(op, tauName, tau, /*constraint=*/6);
}

/// The first neuron, or the only number, for which two parameters do not fit; they have one shape.
static std::optional<std::pair<double, double>> findPair(ElementsAttr a, ElementsAttr b,
                                                         llvm::function_ref<bool(double, double)> holds) {
  SmallVector<double> left, right;
  findOffender(a, [&](double value) { return left.push_back(value), true; });
  findOffender(b, [&](double value) { return right.push_back(value), true; });
  for (auto [x, y] : llvm::zip_equal(left, right))
    if (!holds(x, y))
      return std::make_pair(x, y);
  return std::nullopt;
}

LogicalResult ALIFOp::verify() {
  if (failed(verifyLeaky(*this, /*inputScale=*/false)) || failed(verifyPlainFiring(*this, getI1(*this))) ||
      failed(verifyFilter(*this, isDiscrete(), "tau_b", getTauBAttr(), "decay_b", getDecayBAttr())))
    return failure();
  bool hasFilter = getTauRAttr() || getDecayRAttr();
  if (bool(getRJumpAttr()) != hasFilter)
    return emitOpError("[C6] ") << (hasFilter ? "tau_r and decay_r need r_jump" : "r_jump needs tau_r or decay_r");
  return hasFilter ? verifyFilter(*this, isDiscrete(), "tau_r", getTauRAttr(), "decay_r", getDecayRAttr()) : success();
}

LogicalResult AdLIFOp::verify() {
  if (failed(verifyLeaky(*this, /*inputScale=*/false)) || failed(verifyPlainFiring(*this, getI1(*this))))
    return failure();
  return verifyFilter(*this, isDiscrete(), "tau_w", getTauWAttr(), "decay_w", getDecayWAttr());
}

LogicalResult PLIFOp::verify() {
  if (failed(verifyShapes(*this)))
    return failure();
  return verifyPlainFiring(*this, getI1(*this));
}

LogicalResult RefractoryLIFOp::verify() {
  if (failed(verifyLeaky(*this, /*inputScale=*/false)) || failed(verifyPlainFiring(*this, getI1(*this))))
    return failure();
  if (getRefractory() == Refractory::clamp && !getVReset())
    return emitOpError("[C5] refractory clamp needs v_reset");
  if (auto number = findOffender(getPeriodAttr(), [](double period) { return period >= 0; }))
    return emitOpError("[C6] period must not be negative, got ") << *number;
  if (getUnit() == TimeUnit::steps)
    if (auto number = findOffender(getPeriodAttr(), [](double period) { return period == std::floor(period); }))
      return emitOpError("[C6] period must be a whole number of steps, got ") << *number;
  return success();
}

LogicalResult TernaryLIFOp::verify() {
  if (failed(verifyLeaky(*this, /*inputScale=*/false)) || failed(verifyPlainFiring(*this, getSI8(*this))))
    return failure();
  if (auto pair = findPair(getVLow(), getVThreshold(), [](double low, double high) { return low < high; }))
    return emitOpError("[C6] v_low must be below v_threshold, got ") << pair->first << " and " << pair->second;
  return success();
}

LogicalResult ILIFOp::verify() {
  if (failed(verifyLeaky(*this, /*inputScale=*/false)))
    return failure();
  // Counts are rounded in the working precision, of which f32 has every whole number up to this one.
  static constexpr int64_t kLargestExact = int64_t(1) << 24;
  int64_t limit = std::min(getSpikeLimit(getElement(getResult())), kLargestExact), spikes = getMaxSpikes();
  if (getElement(getResult()).isInteger(1))
    return emitOpError("[C5] result must be si8, si16 or si32, got ") << getType();
  if (spikes < 1 || spikes > limit)
    return emitOpError("[C5] max_spikes must be from 1 to ") << limit << ", got " << spikes;
  return verifyPositive(*this, "v_threshold", getVThreshold(), /*constraint=*/6);
}

LogicalResult KLIFOp::verify() {
  if (failed(verifyLeaky(*this, /*inputScale=*/false)) || failed(verifyPlainFiring(*this, getI1(*this))))
    return failure();
  if (getScaleReset() && findOffender(getK(), [](double k) { return k != 0; }))
    return emitOpError("[C6] k must not be zero with scale_reset");
  return success();
}

LogicalResult STBIFOp::verify() {
  if (failed(verifyShapes(*this)) || failed(verifyResult(*this, getSI8(*this))) ||
      failed(verifyPositive(*this, "v_threshold", getVThreshold(), /*constraint=*/6)))
    return failure();
  if (auto pair = findPair(getNMin(), getNMax(), [](double low, double high) { return low <= high; }))
    return emitOpError("[C6] n_min must not be above n_max, got ") << pair->first << " and " << pair->second;
  return success();
}

LogicalResult RFOp::verify() {
  if (failed(verifyShapes(*this)))
    return failure();
  if (getImaginary() && getImaginary().getType() != getInput().getType())
    return emitOpError("[C1] inputs differ in type: ") << getInput().getType() << " and " << getImaginary().getType();
  bool isDiscrete = getDecayCosAttr() || getDecaySinAttr();
  if (isDiscrete != (getDecayCosAttr() && getDecaySinAttr()) || isDiscrete == (getFrequencyAttr() && getTauAttr()) ||
      isDiscrete == (getFrequencyAttr() || getTauAttr()))
    return emitOpError("[C2] expected either frequency and tau or decay_cos and decay_sin");
  if (failed(verifyPositive(*this, "tau", getTauAttr(), /*constraint=*/2)))
    return failure();
  if (bool(getVResetAttr()) != (getResonator() == Resonator::izhikevich))
    return emitOpError("[C3] resonator ")
           << stringifyResonator(getResonator()) << (getVResetAttr() ? " excludes v_reset" : " needs v_reset");
  return verifyResult(*this, getI1(*this));
}

template <typename DeltaOp>
static LogicalResult verifyDelta(DeltaOp op) {
  if (failed(verifyShapes(op)))
    return failure();
  Type element = getElement(op.getResult());
  bool isReal = isa<FloatType>(element);
  if (isReal && element != getElement(op.getInput()))
    return op.emitOpError("[C1] a real result has the element type of the input, got ")
           << op.getInput().getType() << " and " << op.getType();
  if (isReal == bool(op.getStepAttr()))
    return op.emitOpError("[C5] a result of ") << element << (isReal ? " excludes step" : " needs step");
  if (auto number = findOffender(op.getVThreshold(), [](double v) { return v >= 0; }))
    return op.emitOpError("[C6] v_threshold must not be negative, got ") << *number;
  return verifyPositive(op, "step", op.getStepAttr(), /*constraint=*/6);
}

LogicalResult DeltaOp::verify() { return verifyDelta(*this); }

LogicalResult SigmaDeltaOp::verify() {
  if (getActivation() != Activation::linear && getActivation() != Activation::relu)
    return emitOpError("[C2] activation must be linear or relu, got ") << stringifyActivation(getActivation());
  return verifyDelta(*this);
}

LogicalResult SlidingPSNOp::verify() {
  if (getInput().getType().getShape() != getType().getShape())
    return emitOpError("[C1] input and result differ in shape: ") << getInput().getType() << " and " << getType();
  if (failed(verifyParameter(*this, "v_threshold", getVThreshold(), getType().getShape())) ||
      failed(verifyNumbers(*this, "weights", getWeights())))
    return failure();
  if (getWeights().getShapedType().getRank() != 1 || getWeights().getNumElements() == 0)
    return emitOpError("[C2] weights must have one dimension, got ") << getWeights().getShapedType();
  return verifyResult(*this, getI1(*this));
}
