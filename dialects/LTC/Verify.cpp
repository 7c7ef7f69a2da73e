//===- Verify.cpp - what makes a cell well-formed -------------------------===//
#include "dialects/LTC/LTCOps.h"

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

static int64_t lengthOf(Value value) { return cast<RankedTensorType>(value.getType()).getNumElements(); }

/// The dense tensor that an attribute is; null for any other attribute, a resource among them.
static DenseElementsAttr getDenseTensor(Attribute attribute) {
  auto elements = dyn_cast_or_null<DenseElementsAttr>(attribute);
  return elements && isa<RankedTensorType>(elements.getType()) ? elements : DenseElementsAttr();
}

/// What an attribute is, in a few words, however many elements it has.
static std::string describe(Attribute attribute) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (auto elements = dyn_cast_or_null<ElementsAttr>(attribute))
    os << (isa<DenseElementsAttr>(attribute)           ? ""
           : isa<DenseResourceElementsAttr>(attribute) ? "a resource of "
                                                       : "not dense ")
       << elements.getShapedType();
  else
    os << "no elements";
  return text;
}

/// C2: a parameter is dense, finite numbers of the shape that the formulas give it.
static LogicalResult verifyParameter(Operation *op, const Twine &name, Attribute attribute, ArrayRef<int64_t> shape) {
  DenseElementsAttr elements = getDenseTensor(attribute);
  if (!elements || !isa<FloatType>(elements.getElementType()) || elements.getElementType().getIntOrFloatBitWidth() > 64)
    return op->emitOpError("[C2] parameter ")
           << name << " must be a dense tensor of floats of at most 64 bits, got " << describe(attribute);
  if (elements.getType().getShape() != shape) {
    auto expected = RankedTensorType::get(shape, elements.getElementType());
    return op->emitOpError("[C2] parameter ")
           << name << " has type " << elements.getType() << ", expected " << expected;
  }
  // The cell computes in the element type of its results.
  auto computed = cast<FloatType>(getElementTypeOrSelf(op->getResult(0)));
  for (APFloat value : elements.getValues<APFloat>()) {
    double number = value.convertToDouble();
    bool losesInfo;
    value.convert(computed.getFloatSemantics(), APFloat::rmNearestTiesToEven, &losesInfo);
    if (!value.isFinite())
      return op->emitOpError("[C2] parameter ") << name << " must be finite in " << computed << ", got " << number;
  }
  return success();
}

static LogicalResult verifyParameters(Operation *op,
                                      ArrayRef<std::tuple<StringRef, Attribute, SmallVector<int64_t>>> parameters) {
  for (const auto &[name, attribute, shape] : parameters)
    if (attribute && failed(verifyParameter(op, name, attribute, shape)))
      return failure();
  return success();
}

/// A mask of -1, 0 and 1 of the given shape.
static LogicalResult verifyMask(Operation *op, StringRef rule, StringRef name, ElementsAttr mask,
                                ArrayRef<int64_t> shape) {
  if (!mask)
    return success();
  DenseElementsAttr elements = getDenseTensor(mask);
  auto expected = RankedTensorType::get(shape, IntegerType::get(op->getContext(), 8));
  if (!elements || elements.getType() != expected)
    return op->emitOpError("[C2] parameter ")
           << name << " must be dense and of type " << expected << ", got " << describe(mask);
  for (const APInt &value : elements.getValues<APInt>())
    if (value.getSExtValue() < -1 || value.getSExtValue() > 1)
      return op->emitOpError(rule) << name << " holds " << value.getSExtValue() << ", expected -1, 0 or 1";
  return success();
}

/// C1: signals of rank 1; spikes may come in, real values go out.
static LogicalResult verifySignals(Operation *op) {
  auto result = cast<RankedTensorType>(op->getResult(0).getType());
  auto input = cast<RankedTensorType>(op->getOperand(0).getType());
  for (RankedTensorType type : {input, result})
    if (type.getRank() != 1)
      return op->emitOpError("[C1] input and results must have rank 1, got ") << type;
  if (isa<FloatType>(input.getElementType()) && input.getElementType() != result.getElementType())
    return op->emitOpError("[C1] input has type ") << input << ", expected the element type of " << result;
  return success();
}

static LogicalResult verifyHidden(Operation *op, StringRef rule, Value hidden, Type state) {
  if (hidden && hidden.getType() != state)
    return op->emitOpError(rule) << "hidden has type " << hidden.getType() << ", expected " << state;
  return success();
}

static LogicalResult verifyElapsedTime(Operation *op, Value elapsed) {
  Type element = getElementTypeOrSelf(op->getResult(0));
  if (elapsed && (lengthOf(elapsed) != 1 || getElementTypeOrSelf(elapsed) != element))
    return op->emitOpError("[C4] the elapsed time has type ")
           << elapsed.getType() << ", expected one element of " << element;
  return success();
}

/// C3: a time that is finite and not negative; positive where nothing is added to it.
static LogicalResult verifyElapsed(Operation *op, const APFloat &elapsed, bool mayBeZero) {
  if (!elapsed.isFinite() || elapsed.isNegative() || (elapsed.isZero() && !mayBeZero))
    return op->emitOpError("[C3] elapsed must be finite and ")
           << (mayBeZero ? "not negative" : "positive") << ", got " << elapsed.convertToDouble();
  return success();
}

LogicalResult LTCCellOp::verify() {
  auto state = cast<RankedTensorType>(getState().getType()), output = cast<RankedTensorType>(getOutput().getType());
  if (failed(verifySignals(*this)))
    return failure();
  int64_t units = state.getNumElements(), inputs = lengthOf(getInput()), motor = output.getNumElements();
  if (state.getRank() != 1 || state.getElementType() != output.getElementType() || motor > units)
    return emitOpError("[C1] output has type ")
           << output << " and state " << state << ", expected as many or fewer elements of the same type";
  SmallVector<int64_t> perNeuron{units}, recurrent{units, units}, sensory{inputs, units}, perInput{inputs},
      perOutput{motor};
  if (failed(verifyParameters(*this, {{"gleak", getGleak(), perNeuron},
                                      {"vleak", getVleak(), perNeuron},
                                      {"cm", getCm(), perNeuron},
                                      {"sigma", getSigma(), recurrent},
                                      {"mu", getMu(), recurrent},
                                      {"w", getW(), recurrent},
                                      {"erev", getErev(), recurrent},
                                      {"sensory_sigma", getSensorySigma(), sensory},
                                      {"sensory_mu", getSensoryMu(), sensory},
                                      {"sensory_w", getSensoryW(), sensory},
                                      {"sensory_erev", getSensoryErev(), sensory},
                                      {"input_w", getInputWAttr(), perInput},
                                      {"input_b", getInputBAttr(), perInput},
                                      {"output_w", getOutputWAttr(), perOutput},
                                      {"output_b", getOutputBAttr(), perOutput}})))
    return failure();
  if (int64_t(getUnfolds()) <= 0)
    return emitOpError("[C3] unfolds must be positive, got ") << int64_t(getUnfolds());
  if (!getEpsilon().isFinite() || getEpsilon().isNegative())
    return emitOpError("[C3] epsilon must be finite and not negative, got ") << getEpsilon().convertToDouble();
  if (failed(verifyElapsed(*this, getElapsed(), /*mayBeZero=*/bool(getElapsedTime()))) ||
      failed(verifyElapsedTime(*this, getElapsedTime())) || failed(verifyHidden(*this, "[C4] ", getHidden(), state)))
    return failure();
  for (auto [offset, factor, which] : {std::tuple(getInputBAttr(), getInputWAttr(), "input"),
                                       std::tuple(getOutputBAttr(), getOutputWAttr(), "output")})
    if (offset && !factor)
      return emitOpError("[C5] ") << which << "_b needs " << which << "_w";
  if (failed(verifyMask(*this, "[C6] ", "mask", getMaskAttr(), recurrent)))
    return failure();
  return verifyMask(*this, "[C6] ", "sensory_mask", getSensoryMaskAttr(), sensory);
}

/// The layers of the backbone fit one after the other; returns the length of what they give.
static FailureOr<int64_t> verifyBackbone(CfCCellOp op, int64_t width) {
  ArrayAttr weights = op.getBackboneWeightsAttr(), biases = op.getBackboneBiasesAttr();
  size_t layers = weights ? weights.size() : 0;
  if (layers != (biases ? biases.size() : 0))
    return op.emitOpError("[C2] the backbone has ")
           << layers << " weights and " << (biases ? biases.size() : 0) << " biases";
  for (size_t i = 0; i < layers; ++i) {
    DenseElementsAttr weight = getDenseTensor(weights[i]);
    int64_t outputs =
        weight && weight.getType().getRank() == 2 ? std::max<int64_t>(weight.getType().getDimSize(0), 1) : 1;
    if (failed(verifyParameter(op, "backbone_weights[" + Twine(i) + "]", weights[i], {outputs, width})) ||
        failed(verifyParameter(op, "backbone_biases[" + Twine(i) + "]", biases[i], {outputs})))
      return failure();
    width = outputs;
  }
  return width;
}

LogicalResult CfCCellOp::verify() {
  if (failed(verifySignals(*this)))
    return failure();
  int64_t units = lengthOf(getResult());
  FailureOr<int64_t> width = verifyBackbone(*this, lengthOf(getInput()) + units);
  if (failed(width))
    return failure();
  SmallVector<int64_t> matrix{units, *width}, vector{units};
  if (failed(verifyParameters(*this, {{"ff1_weight", getFf1Weight(), matrix},
                                      {"ff1_bias", getFf1Bias(), vector},
                                      {"ff2_weight", getFf2WeightAttr(), matrix},
                                      {"ff2_bias", getFf2BiasAttr(), vector},
                                      {"time_a_weight", getTimeAWeightAttr(), matrix},
                                      {"time_a_bias", getTimeABiasAttr(), vector},
                                      {"time_b_weight", getTimeBWeightAttr(), matrix},
                                      {"time_b_bias", getTimeBBiasAttr(), vector},
                                      {"w_tau", getWTauAttr(), vector},
                                      {"a", getAAttr(), vector}})))
    return failure();
  if (failed(verifyElapsed(*this, getElapsed(), /*mayBeZero=*/true)) ||
      failed(verifyElapsedTime(*this, getElapsedTime())) ||
      failed(verifyHidden(*this, "[C4] ", getHidden(), getResult().getType())))
    return failure();
  bool isPure = getMode() == Mode::pure;
  std::pair<StringRef, Attribute> gated[] = {
      {"ff2_weight", getFf2WeightAttr()},      {"ff2_bias", getFf2BiasAttr()},
      {"time_a_weight", getTimeAWeightAttr()}, {"time_a_bias", getTimeABiasAttr()},
      {"time_b_weight", getTimeBWeightAttr()}, {"time_b_bias", getTimeBBiasAttr()},
      {"gate_sign", getGateSignAttr()},        {"head_activation", getHeadActivationAttr()}};
  std::pair<StringRef, Attribute> pure[] = {{"w_tau", getWTauAttr()}, {"a", getAAttr()}};
  for (auto [name, attribute] : gated)
    if (bool(attribute) == isPure)
      return emitOpError("[C5] mode ") << stringifyMode(getMode()) << (isPure ? " has no " : " needs ") << name;
  for (auto [name, attribute] : pure)
    if (bool(attribute) != isPure)
      return emitOpError("[C5] mode ") << stringifyMode(getMode()) << (isPure ? " needs " : " has no ") << name;
  if (getBackboneWeightsAttr() && !getBackboneWeightsAttr().empty() && !getActivationAttr())
    return emitOpError("[C6] a backbone needs an activation");
  if (getMaskAttr() && !getMaskKindAttr())
    return emitOpError("[C6] a mask needs mask_kind");
  return verifyMask(*this, "[C6] ", "mask", getMaskAttr(), matrix);
}

LogicalResult LSTMCellOp::verify() {
  int64_t units = lengthOf(getResult()), inputs = lengthOf(getInput());
  if (failed(verifySignals(*this)) || failed(verifyHidden(*this, "[C1] ", getHidden(), getResult().getType())))
    return failure();
  return verifyParameters(*this, {{"w_in", getWIn(), {4 * units, inputs}},
                                  {"w_rec", getWRec(), {4 * units, units}},
                                  {"bias", getBias(), {4 * units}}});
}

LogicalResult GRUCellOp::verify() {
  int64_t units = lengthOf(getResult()), inputs = lengthOf(getInput());
  if (failed(verifySignals(*this)) || failed(verifyHidden(*this, "[C1] ", getHidden(), getResult().getType())))
    return failure();
  return verifyParameters(*this, {{"w_in", getWIn(), {3 * units, inputs}},
                                  {"w_rec", getWRec(), {3 * units, units}},
                                  {"bias_in", getBiasIn(), {3 * units}},
                                  {"bias_rec", getBiasRec(), {3 * units}}});
}

LogicalResult CTRNNCellOp::verify() {
  int64_t units = lengthOf(getResult()), inputs = lengthOf(getInput());
  if (failed(verifySignals(*this)) || failed(verifyParameters(*this, {{"tau", getTau(), {units}},
                                                                      {"w_in", getWIn(), {units, inputs}},
                                                                      {"w_rec", getWRec(), {units, units}},
                                                                      {"bias", getBias(), {units}}})))
    return failure();
  for (const APFloat &value : getTau().getValues<APFloat>())
    if (value.isZero() || value.isNegative())
      return emitOpError("[C2] tau must be positive, got ") << value.convertToDouble();
  if (int64_t(getUnfolds()) <= 0)
    return emitOpError("[C3] unfolds must be positive, got ") << int64_t(getUnfolds());
  if (failed(verifyElapsed(*this, getElapsed(), /*mayBeZero=*/bool(getElapsedTime()))) ||
      failed(verifyElapsedTime(*this, getElapsedTime())))
    return failure();
  return verifyHidden(*this, "[C4] ", getHidden(), getResult().getType());
}
