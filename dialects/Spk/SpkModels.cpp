//===- SpkModels.cpp - states and costs of the second tier ----------------===//
#include "dialects/Spk/SpkModels.h"
#include "dialects/Spk/Population.h"

#include "mlir/IR/OpImplementation.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

#define GET_OP_CLASSES
#include "dialects/Spk/SpkModelOps.cpp.inc"

static RankedTensorType getStateType(Operation *op) { return cast<RankedTensorType>(op->getOperand(0).getType()); }

static StateDescriptor startAtZero(Operation *op, StringRef name) {
  RankedTensorType type = getStateType(op);
  return {name, type, getZeros(type)};
}

template <typename LeakyOp>
static StateDescriptor getMembrane(LeakyOp op) {
  return {"v", getStateType(op), op.getVInit()};
}

template <typename LeakyOp>
static bool hasDiscreteDynamics(LeakyOp op) {
  return op.getDynamics().getIntegrator() == Integrator::discrete;
}

//===----------------------------------------------------------------------===//
// With the membrane of spk.lif
//===----------------------------------------------------------------------===//

SmallVector<StateDescriptor> ALIFOp::getStates() {
  SmallVector<StateDescriptor> states{getMembrane(*this), startAtZero(*this, "b")};
  if (getRJumpAttr())
    states.push_back(startAtZero(*this, "r"));
  return states;
}
bool ALIFOp::isDiscrete() { return hasDiscreteDynamics(*this); }
SmallVector<NamedAttribute> ALIFOp::getParameters() { return collectParameters(*this); }
OpCost ALIFOp::getCost(double) { return getSweepCost(*this, getRJumpAttr() ? 3 : 2, 2); }

SmallVector<StateDescriptor> AdLIFOp::getStates() { return {getMembrane(*this), startAtZero(*this, "w")}; }
bool AdLIFOp::isDiscrete() { return hasDiscreteDynamics(*this); }
SmallVector<NamedAttribute> AdLIFOp::getParameters() { return collectParameters(*this); }
OpCost AdLIFOp::getCost(double) { return getSweepCost(*this, 2, 2); }

SmallVector<StateDescriptor> PLIFOp::getStates() { return {getMembrane(*this)}; }
bool PLIFOp::isDiscrete() { return true; }
SmallVector<NamedAttribute> PLIFOp::getParameters() { return collectParameters(*this); }
OpCost PLIFOp::getCost(double) { return getSweepCost(*this, 1, 2); }

SmallVector<StateDescriptor> RefractoryLIFOp::getStates() { return {getMembrane(*this), startAtZero(*this, "c")}; }
bool RefractoryLIFOp::isDiscrete() { return hasDiscreteDynamics(*this) || getUnit() == TimeUnit::steps; }
SmallVector<NamedAttribute> RefractoryLIFOp::getParameters() { return collectParameters(*this); }
OpCost RefractoryLIFOp::getCost(double) { return getSweepCost(*this, 2, 1); }

SmallVector<StateDescriptor> TernaryLIFOp::getStates() { return {getMembrane(*this)}; }
bool TernaryLIFOp::isDiscrete() { return hasDiscreteDynamics(*this); }
SmallVector<NamedAttribute> TernaryLIFOp::getParameters() { return collectParameters(*this); }
OpCost TernaryLIFOp::getCost(double) { return getSweepCost(*this, 1, 2); }

SmallVector<StateDescriptor> ILIFOp::getStates() { return {getMembrane(*this)}; }
bool ILIFOp::isDiscrete() { return hasDiscreteDynamics(*this); }
SmallVector<NamedAttribute> ILIFOp::getParameters() { return collectParameters(*this); }
OpCost ILIFOp::getCost(double) { return getSweepCost(*this, 1, 3); }

SmallVector<StateDescriptor> KLIFOp::getStates() { return {getMembrane(*this)}; }
bool KLIFOp::isDiscrete() { return hasDiscreteDynamics(*this); }
SmallVector<NamedAttribute> KLIFOp::getParameters() { return collectParameters(*this); }
OpCost KLIFOp::getCost(double) { return getSweepCost(*this, 1, 3); }

//===----------------------------------------------------------------------===//
// Others
//===----------------------------------------------------------------------===//

SmallVector<StateDescriptor> STBIFOp::getStates() {
  return {{"q", getStateType(*this), getQInit()}, startAtZero(*this, "n")};
}
bool STBIFOp::isDiscrete() { return true; }
SmallVector<NamedAttribute> STBIFOp::getParameters() { return collectParameters(*this); }
OpCost STBIFOp::getCost(double) { return getSweepCost(*this, 2, 1); }

SmallVector<StateDescriptor> RFOp::getStates() { return {startAtZero(*this, "re"), startAtZero(*this, "im")}; }
bool RFOp::isDiscrete() { return bool(getDecayCosAttr()); }
SmallVector<NamedAttribute> RFOp::getParameters() { return collectParameters(*this); }
OpCost RFOp::getCost(double) { return getSweepCost(*this, 2, 2); }

static SmallVector<StateDescriptor> getDeltaStates(Operation *op, bool hasError) {
  SmallVector<StateDescriptor> states{startAtZero(op, "act"), startAtZero(op, "residue")};
  if (hasError)
    states.push_back(startAtZero(op, "error"));
  return states;
}

SmallVector<StateDescriptor> DeltaOp::getStates() { return getDeltaStates(*this, getCumError()); }
bool DeltaOp::isDiscrete() { return false; }
SmallVector<NamedAttribute> DeltaOp::getParameters() { return collectParameters(*this); }
OpCost DeltaOp::getCost(double) { return getSweepCost(*this, getCumError() ? 3 : 2, 1); }

SmallVector<StateDescriptor> SigmaDeltaOp::getStates() {
  SmallVector<StateDescriptor> states = getDeltaStates(*this, getCumError());
  states.insert(states.begin(), startAtZero(*this, "sigma"));
  return states;
}
bool SigmaDeltaOp::isDiscrete() { return true; }
SmallVector<NamedAttribute> SigmaDeltaOp::getParameters() { return collectParameters(*this); }
OpCost SigmaDeltaOp::getCost(double) { return getSweepCost(*this, getCumError() ? 4 : 3, 1); }

SmallVector<StateDescriptor> SlidingPSNOp::getStates() {
  SmallVector<StateDescriptor> states;
  for (int64_t i = 1, count = getWeights().getNumElements(); i < count; ++i)
    states.push_back(startAtZero(*this, StringAttr::get(getContext(), "x" + Twine(i)).getValue()));
  return states;
}
bool SlidingPSNOp::isDiscrete() { return true; }
SmallVector<NamedAttribute> SlidingPSNOp::getParameters() { return collectParameters(*this); }
OpCost SlidingPSNOp::getCost(double) {
  int64_t taps = getWeights().getNumElements();
  OpCost cost = getSweepCost(*this, taps - 1, 1);
  cost.macs = double(getStateType(*this).getNumElements()) * taps;
  return cost;
}
