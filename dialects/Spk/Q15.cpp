//===- Q15.cpp - neurons in 16-bit arithmetic -----------------------------===//
#include "dialects/Spk/Q15.h"
#include "dialects/LLE/Cost.h"
#include "dialects/Spk/SpkOps.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

#include "dialects/Spk/Q15Enums.cpp.inc"

/// C2: a parameter is dense, has the shape of the population, and is in its range.
static LogicalResult verifyIntegers(Q15LIFOp op, StringRef name, ElementsAttr elements, int64_t smallest,
                                    int64_t largest) {
  ShapedType type = elements.getShapedType();
  if (!isa<DenseElementsAttr>(elements) || !type.getElementType().isSignlessInteger() ||
      type.getElementTypeBitWidth() > 64 || type.getShape() != op.getInput().getType().getShape())
    return op.emitOpError("[C2] ") << name << " must be dense integers of the shape of " << op.getInput().getType()
                                   << ", got " << type;
  for (const APInt &value : elements.getValues<APInt>())
    if (value.getSExtValue() < smallest || value.getSExtValue() > largest)
      return op.emitOpError("[C2] ") << name << " must be " << smallest << " to " << largest << ", got "
                                     << value.getSExtValue();
  return success();
}

LogicalResult Q15LIFOp::verify() {
  if (getInput().getType().getShape() != getType().getShape())
    return emitOpError("[C1] input has type ") << getInput().getType() << ", but the result " << getType();
  constexpr int64_t one = int64_t(1) << q15::kFractionBits;
  if (failed(verifyIntegers(*this, "decay", getDecay(), 0, one)))
    return failure();
  return verifyIntegers(*this, "v_threshold", getVThreshold(), 1, one - 1);
}

SmallVector<StateDescriptor> Q15LIFOp::getStates() {
  Builder builder(getContext());
  RankedTensorType type = getInput().getType().clone(builder.getIntegerType(16, /*isSigned=*/true));
  return {{"v", type, DenseElementsAttr::get(type.clone(builder.getI16Type()), builder.getI16IntegerAttr(0))}};
}
bool Q15LIFOp::isCombinational(unsigned, unsigned) { return true; }
bool Q15LIFOp::emitsSpikes() { return true; }
ElementsAttr Q15LIFOp::getFiringThreshold() { return getVThreshold(); }
bool Q15LIFOp::isDiscrete() { return true; }
SmallVector<NamedAttribute> Q15LIFOp::getParameters() {
  return {{getDecayAttrName(), getDecay()}, {getVThresholdAttrName(), getVThreshold()}};
}

/// A state of 16 bits is read and written; a parameter that is uniform is no traffic.
OpCost Q15LIFOp::getCost(double) {
  OpCost cost = getTrafficCost(*this);
  double neurons = double(getInput().getType().getNumElements());
  cost.stateUpdates = neurons;
  cost.macs = neurons;
  cost.bytesRead += 2 * neurons;
  cost.bytesWritten += 2 * neurons;
  for (ElementsAttr parameter : {getDecay(), getVThreshold()})
    if (!parameter.isSplat())
      cost.bytesRead += 4 * neurons;
  return cost;
}

#define GET_OP_CLASSES
#include "dialects/Spk/Q15.cpp.inc"
