//===- FixedModels.cpp - graded and complex neurons in integers -----------===//
#include "dialects/Spk/FixedModels.h"
#include "dialects/LLE/Cost.h"
#include "dialects/LLE/TensorTypes.h"
#include "dialects/Spk/Population.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

#define GET_OP_CLASSES
#include "dialects/Spk/FixedModels.cpp.inc"

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

/// C3: exponents of three bits.
static LogicalResult verifyExponent(Operation *op, StringRef name) {
  static constexpr int64_t kLargestExponent = 7;
  auto exponent = op->getAttrOfType<IntegerAttr>(name);
  if (exponent && (exponent.getInt() < 0 || exponent.getInt() > kLargestExponent))
    return op->emitOpError("[C3] ") << name << " must be 0 to " << kLargestExponent << ", got " << exponent.getInt();
  return success();
}

/// C2 and C3 of what sends changes.
template <typename DeltaOp>
static LogicalResult verifyDelta(DeltaOp op, ElementsAttr bias) {
  for (StringRef name : {"spike_exp", "state_exp", "weight_exp"})
    if (failed(verifyExponent(op, name)))
      return failure();
  int64_t limit = int64_t(loihi::kStateLimit) >> (op.getSpikeExp() + op.getStateExp());
  if (failed(verifyFixedParameter(op, "C2", "v_threshold", op.getVThreshold(), 0, limit)))
    return failure();
  return bias ? verifyFixedParameter(op, "C2", "bias", bias, 1 - limit, limit - 1) : success();
}

LogicalResult FixedDeltaOp::verify() { return verifyDelta(*this, {}); }

LogicalResult FixedSigmaDeltaOp::verify() {
  if (getActivation() != Activation::linear && getActivation() != Activation::relu)
    return emitOpError("[C4] activation must be linear or relu, got ") << stringifyActivation(getActivation());
  return verifyDelta(*this, getBiasAttr());
}

LogicalResult FixedSigmaOp::verify() { return verifyExponent(*this, "weight_exp"); }

LogicalResult FixedRFOp::verify() {
  if (getTensorType(getInput()).getShape() != getTensorType(getResult()).getShape())
    return emitOpError("[C1] inputs have type ") << getInput().getType() << ", but the result " << getType();
  int64_t one = int64_t(1) << loihi::kDecayBits;
  if (failed(verifyFixedParameter(*this, "C2", "decay_cos", getDecayCos(), -one, one)) ||
      failed(verifyFixedParameter(*this, "C2", "decay_sin", getDecaySin(), -one, one)) ||
      failed(verifyFixedParameter(*this, "C2", "v_threshold", getVThreshold(), 0, loihi::kLargestThreshold)))
    return failure();
  return verifyExponent(*this, "weight_exp");
}

//===----------------------------------------------------------------------===//
// Interfaces
//===----------------------------------------------------------------------===//

static SmallVector<StateDescriptor> makeStates(Operation *op, ArrayRef<StringRef> names) {
  RankedTensorType type = getTensorType(op->getOperand(0));
  Builder builder(op->getContext());
  ElementsAttr zeros = DenseElementsAttr::get(type.clone(builder.getI32Type()), builder.getI32IntegerAttr(0));
  SmallVector<StateDescriptor> states;
  for (StringRef name : names)
    states.push_back({name, type, zeros});
  return states;
}

/// States of 32 bits are read and written; a parameter that is uniform is no traffic.
static OpCost getFixedCost(Operation *op, unsigned states, double macsPerNeuron) {
  OpCost cost = getTrafficCost(op);
  double neurons = double(getTensorType(op->getOperand(0)).getNumElements());
  cost.stateUpdates = states * neurons;
  cost.macs = macsPerNeuron * neurons;
  cost.bytesRead += states * 4 * neurons;
  cost.bytesWritten += states * 4 * neurons;
  for (NamedAttribute parameter : collectParameters(op))
    if (!cast<ElementsAttr>(parameter.getValue()).isSplat())
      cost.bytesRead += 4 * neurons;
  return cost;
}

bool FixedDeltaOp::emitsSpikes() { return true; }
ElementsAttr FixedDeltaOp::getFiringThreshold() { return getVThreshold(); }
SmallVector<NamedAttribute> FixedDeltaOp::getParameters() { return collectParameters(*this); }
SmallVector<StateDescriptor> FixedDeltaOp::getStates() {
  SmallVector<StringRef> names{"act", "residue"};
  if (getCumError())
    names.push_back("error");
  return makeStates(*this, names);
}
OpCost FixedDeltaOp::getCost(double) { return getFixedCost(*this, getCumError() ? 3 : 2, 3); }

bool FixedSigmaDeltaOp::emitsSpikes() { return true; }
ElementsAttr FixedSigmaDeltaOp::getFiringThreshold() { return getVThreshold(); }
SmallVector<NamedAttribute> FixedSigmaDeltaOp::getParameters() { return collectParameters(*this); }
SmallVector<StateDescriptor> FixedSigmaDeltaOp::getStates() {
  SmallVector<StringRef> names{"sigma", "act", "residue"};
  if (getCumError())
    names.push_back("error");
  return makeStates(*this, names);
}
OpCost FixedSigmaDeltaOp::getCost(double) { return getFixedCost(*this, getCumError() ? 4 : 3, 5); }

bool FixedSigmaOp::emitsSpikes() { return false; }
ElementsAttr FixedSigmaOp::getFiringThreshold() { return {}; }
SmallVector<NamedAttribute> FixedSigmaOp::getParameters() { return {}; }
SmallVector<StateDescriptor> FixedSigmaOp::getStates() { return makeStates(*this, {"sigma"}); }
OpCost FixedSigmaOp::getCost(double) { return getFixedCost(*this, 1, 1); }

bool FixedRFOp::emitsSpikes() { return true; }
ElementsAttr FixedRFOp::getFiringThreshold() { return getVThreshold(); }
SmallVector<NamedAttribute> FixedRFOp::getParameters() { return collectParameters(*this); }
SmallVector<StateDescriptor> FixedRFOp::getStates() { return makeStates(*this, {"re", "im"}); }
OpCost FixedRFOp::getCost(double) { return getFixedCost(*this, 2, 4); }
