//===- Coding.cpp - encoders, decoders and attention ----------------------===//
#include "dialects/Spk/Coding.h"
#include "dialects/LLE/Cost.h"
#include "dialects/LLE/TensorTypes.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

#include "dialects/Spk/CodingEnums.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/Spk/Coding.cpp.inc"

static LogicalResult verifySameShape(Operation *op) {
  RankedTensorType input = getTensorType(op->getOperand(0)), result = getTensorType(op->getResult(0));
  if (input.getShape() == result.getShape())
    return success();
  return op->emitOpError("[C1] input ") << input << " and result " << result << " must have the same shape";
}

static LogicalResult verifyFinite(Operation *op, StringRef constraint, StringRef name, double value) {
  if (std::isfinite(value))
    return success();
  return op->emitOpError("[") << constraint << "] " << name << " must be finite, got " << value;
}

static LogicalResult verifyPositive(Operation *op, StringRef constraint, StringRef name, double value) {
  if (std::isfinite(value) && value > 0)
    return success();
  return op->emitOpError("[") << constraint << "] " << name << " must be positive and finite, got " << value;
}

/// The counter of steps: one number.
static StateDescriptor getCounter(MLIRContext *context) {
  auto type = RankedTensorType::get({1}, IntegerType::get(context, 32, IntegerType::Signed));
  return {"t", type, DenseElementsAttr::get(type, APInt(32, 0))};
}

static StateDescriptor getState(StringRef name, RankedTensorType type, double initial) {
  auto wide = type.clone(Float64Type::get(type.getContext()));
  return {name, type, DenseElementsAttr::get(wide, initial)};
}

/// One sweep: every element is read, and written with `states` numbers of the result's kind.
static OpCost getSweepCost(Operation *op, double states, double macs) {
  OpCost cost = getTrafficCost(op);
  double elements = getTensorType(op->getOperand(0)).getNumElements();
  double bytes = states * double(getStorageBytes(getTensorType(op->getResult(0))));
  cost.macs = elements * macs;
  cost.stateUpdates = elements * states;
  cost.bytesRead += bytes;
  cost.bytesWritten += bytes;
  return cost;
}

//===----------------------------------------------------------------------===//
// Encoders
//===----------------------------------------------------------------------===//

LogicalResult EncodeRateOp::verify() {
  if (failed(verifySameShape(*this)) || failed(verifyFinite(*this, "C2", "gain", getGain().convertToDouble())))
    return failure();
  return verifyFinite(*this, "C2", "offset", getOffset().convertToDouble());
}
SmallVector<StateDescriptor> EncodeRateOp::getStates() { return {getCounter(getContext())}; }
OpCost EncodeRateOp::getCost(double) { return getSweepCost(*this, 0, 1); }

LogicalResult EncodeLatencyOp::verify() {
  if (failed(verifySameShape(*this)))
    return failure();
  static constexpr int64_t kLongest = 65536; // a bound for each step is part of the code
  int64_t steps = getSteps(), first = getFirst();
  if (steps < 1 || steps > kLongest)
    return emitOpError("[C2] steps must be from 1 to ") << kLongest << ", got " << steps;
  if (first < 0 || first >= steps)
    return emitOpError("[C2] first must be from 0 to ") << steps - 1 << ", got " << first;
  double threshold = getThreshold().convertToDouble();
  if (!(threshold > 0 && threshold < 1))
    return emitOpError("[C3] threshold must be between 0 and 1, got ") << threshold;
  if (failed(verifyPositive(*this, "C3", "tau", getTau().convertToDouble())))
    return failure();
  return verifyPositive(*this, "C3", "epsilon", getEpsilon().convertToDouble());
}
SmallVector<StateDescriptor> EncodeLatencyOp::getStates() { return {getCounter(getContext())}; }
OpCost EncodeLatencyOp::getCost(double) { return getSweepCost(*this, 0, 1); }

LogicalResult EncodeDeltaOp::verify() {
  if (failed(verifySameShape(*this)))
    return failure();
  return verifyPositive(*this, "C2", "threshold", getThreshold().convertToDouble());
}
SmallVector<StateDescriptor> EncodeDeltaOp::getStates() {
  double initial = getPadding() ? std::numeric_limits<double>::quiet_NaN() : 0;
  return {getState("previous", getTensorType(getInput()), initial)};
}
OpCost EncodeDeltaOp::getCost(double) {
  OpCost cost = getSweepCost(*this, 0, 1);
  double bytes = getStorageBytes(getTensorType(getInput()));
  cost.stateUpdates = countElements(getInput());
  cost.bytesRead += bytes;
  cost.bytesWritten += bytes;
  return cost;
}

//===----------------------------------------------------------------------===//
// Decoders
//===----------------------------------------------------------------------===//

LogicalResult DecodeSpikeCountOp::verify() { return verifySameShape(*this); }
SmallVector<StateDescriptor> DecodeSpikeCountOp::getStates() { return {getState("count", getType(), 0)}; }
OpCost DecodeSpikeCountOp::getCost(double activity) {
  OpCost cost = getSweepCost(*this, 1, 1);
  cost.synapticOps = cost.macs * activity;
  return cost;
}

LogicalResult DecodeFirstSpikeOp::verify() {
  if (failed(verifySameShape(*this)))
    return failure();
  if (int64_t never = getNever(); never < -kMaxSteps || never > kMaxSteps)
    return emitOpError("[C2] never must be from ") << -kMaxSteps << " to " << kMaxSteps << ", got " << never;
  return success();
}
SmallVector<StateDescriptor> DecodeFirstSpikeOp::getStates() {
  return {getState("time", getType(), -1), getCounter(getContext())};
}
OpCost DecodeFirstSpikeOp::getCost(double) { return getSweepCost(*this, 1, 0); }

SmallVector<StateDescriptor> DecodeMembraneOp::getStates() {
  switch (getReadout()) {
  case Readout::last:
    return {};
  case Readout::max:
    return {getState("value", getType(), -std::numeric_limits<double>::infinity())};
  case Readout::mean:
    return {getState("value", getType(), 0), getCounter(getContext())};
  case Readout::sum:
    return {getState("value", getType(), 0)};
  }
  llvm_unreachable("all readouts are handled");
}
OpFoldResult DecodeMembraneOp::fold(FoldAdaptor) { return getReadout() == Readout::last ? getInput() : Value(); }
OpCost DecodeMembraneOp::getCost(double) {
  return getReadout() == Readout::last ? getTrafficCost(*this) : getSweepCost(*this, 1, 1);
}

LogicalResult DecodePopulationOp::verify() {
  RankedTensorType input = getTensorType(getInput()), result = getType();
  if (input.getRank() != 1 || result.getRank() != 1 || input.getDimSize(0) % result.getDimSize(0))
    return emitOpError("[C1] input ") << input << " must be a vector whose length is a multiple of that of " << result;
  return success();
}
OpCost DecodePopulationOp::getCost(double activity) {
  OpCost cost = getTrafficCost(*this);
  cost.macs = countElements(getInput());
  cost.synapticOps = cost.macs * activity;
  return cost;
}

//===----------------------------------------------------------------------===//
// Attention
//===----------------------------------------------------------------------===//

LogicalResult SelfAttentionOp::verify() {
  RankedTensorType query = getTensorType(getQuery()), result = getType();
  if (query.getRank() != 2 || result.getShape() != query.getShape())
    return emitOpError("[C1] operands ") << query << " and result " << result
                                         << " must be (channels, tokens) of one shape";
  int64_t heads = getHeads(), channels = query.getDimSize(0);
  if (heads <= 0 || channels % heads)
    return emitOpError("[C2] ") << heads << " heads do not divide " << channels << " channels";
  if (failed(verifyFinite(*this, "C2", "scale", getScale().convertToDouble())))
    return failure();
  if (channels / heads * query.getDimSize(1) >= kMaxSteps)
    return emitOpError("[C3] a head has ") << channels / heads << " channels and " << query.getDimSize(1)
                                           << " tokens, whose product must be less than 2^24";
  return success();
}

OpCost SelfAttentionOp::getCost(double activity) {
  OpCost cost = getTrafficCost(*this);
  double channels = getTensorType(getQuery()).getDimSize(0), tokens = getTensorType(getQuery()).getDimSize(1);
  double width = channels / double(int64_t(getHeads()));
  // Two products of matrices, in the cheaper order.
  cost.macs = 2 * channels * tokens * std::min(width, tokens);
  // A term of the first counts if both are spikes, one of the second if one is.
  cost.synapticOps = cost.macs / 2 * (activity * activity + activity);
  return cost;
}
