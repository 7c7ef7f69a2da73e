//===- SpkOps.cpp - states, parameters and costs of spiking neurons -------===//
#include "dialects/Spk/SpkOps.h"
#include "dialects/Spk/Population.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

SmallVector<NamedAttribute> spk::collectParameters(Operation *op) {
  SmallVector<NamedAttribute> parameters;
  for (NamedAttribute attribute : cast<DictionaryAttr>(op->getPropertiesAsAttribute()))
    if (isa<ElementsAttr>(attribute.getValue()))
      parameters.push_back(attribute);
  return parameters;
}

OpCost spk::getSweepCost(Operation *op, unsigned states, double macsPerState) {
  auto input = cast<RankedTensorType>(op->getOperand(0).getType());
  auto result = cast<RankedTensorType>(op->getResult(0).getType());
  double neurons = input.getNumElements();
  double stateBytes = states * double(getStorageBytes(input));
  OpCost cost;
  cost.macs = neurons * states * macsPerState;
  cost.stateUpdates = neurons * states;
  cost.bytesRead = double(getStorageBytes(input)) + stateBytes;
  cost.bytesWritten = double(getStorageBytes(result)) + stateBytes;
  for (NamedAttribute parameter : collectParameters(op)) {
    auto elements = cast<ElementsAttr>(parameter.getValue());
    if (!elements.isSplat())
      cost.bytesRead += double(getStorageBytes(cast<RankedTensorType>(elements.getShapedType())));
  }
  return cost;
}

/// A neuron that emits from its old state passes nothing on within the step.
template <typename SpikingOp>
static bool emitsUpdated(SpikingOp op) {
  return op.getFiring().getEmit() == Emit::updated;
}

ElementsAttr spk::getZeros(RankedTensorType type) {
  return DenseElementsAttr::get(type, FloatAttr::get(type.getElementType(), 0.0));
}

int64_t spk::getSpikeLimit(Type element) {
  unsigned width = element.getIntOrFloatBitWidth();
  return width == 1 ? 1 : APInt::getSignedMaxValue(width).getSExtValue();
}

template <typename NeuronOp>
static RankedTensorType getStateType(NeuronOp op) {
  return cast<RankedTensorType>(op.getInput().getType());
}

template <typename NeuronOp>
static SmallVector<StateDescriptor> getMembraneState(NeuronOp op) {
  return {{"v", getStateType(op), op.getVInit()}};
}

template <typename CubaOp>
static SmallVector<StateDescriptor> getCurrentAndMembraneStates(CubaOp op) {
  RankedTensorType type = getStateType(op);
  return {{"i", type, getZeros(type)}, {"v", type, op.getVInit()}};
}

//===----------------------------------------------------------------------===//
// spk.threshold
//===----------------------------------------------------------------------===//

bool ThresholdOp::emitsSpikes() { return true; }
ElementsAttr ThresholdOp::getFiringThreshold() { return getVThreshold(); }
bool ThresholdOp::isDiscrete() { return false; }
SmallVector<NamedAttribute> ThresholdOp::getParameters() { return collectParameters(*this); }
OpCost ThresholdOp::getCost(double) { return getSweepCost(*this, 0, 0); }

//===----------------------------------------------------------------------===//
// spk.integrator, spk.if
//===----------------------------------------------------------------------===//

SmallVector<StateDescriptor> IntegratorOp::getStates() { return getMembraneState(*this); }
bool IntegratorOp::isCombinational(unsigned, unsigned) { return true; }
bool IntegratorOp::emitsSpikes() { return false; }
ElementsAttr IntegratorOp::getFiringThreshold() { return {}; }
bool IntegratorOp::isDiscrete() { return getDynamics().getGain() == Gain::unit; }
SmallVector<NamedAttribute> IntegratorOp::getParameters() { return collectParameters(*this); }
OpCost IntegratorOp::getCost(double) { return getSweepCost(*this, 1, 1); }

SmallVector<StateDescriptor> IFOp::getStates() { return getMembraneState(*this); }
bool IFOp::isCombinational(unsigned, unsigned) { return emitsUpdated(*this); }
bool IFOp::emitsSpikes() { return true; }
ElementsAttr IFOp::getFiringThreshold() { return getVThreshold(); }
bool IFOp::isDiscrete() { return getDynamics().getGain() == Gain::unit; }
SmallVector<NamedAttribute> IFOp::getParameters() { return collectParameters(*this); }
OpCost IFOp::getCost(double) { return getSweepCost(*this, 1, 1); }

//===----------------------------------------------------------------------===//
// spk.li, spk.lif
//===----------------------------------------------------------------------===//

SmallVector<StateDescriptor> LIOp::getStates() { return getMembraneState(*this); }
bool LIOp::isCombinational(unsigned, unsigned) { return true; }
bool LIOp::emitsSpikes() { return false; }
ElementsAttr LIOp::getFiringThreshold() { return {}; }
bool LIOp::isDiscrete() { return getDynamics().getIntegrator() == Integrator::discrete; }
SmallVector<NamedAttribute> LIOp::getParameters() { return collectParameters(*this); }
OpCost LIOp::getCost(double) { return getSweepCost(*this, 1, 2); }

SmallVector<StateDescriptor> LIFOp::getStates() { return getMembraneState(*this); }
bool LIFOp::isCombinational(unsigned, unsigned) { return emitsUpdated(*this); }
bool LIFOp::emitsSpikes() { return true; }
ElementsAttr LIFOp::getFiringThreshold() { return getVThreshold(); }
bool LIFOp::isDiscrete() { return getDynamics().getIntegrator() == Integrator::discrete; }
SmallVector<NamedAttribute> LIFOp::getParameters() { return collectParameters(*this); }
OpCost LIFOp::getCost(double) { return getSweepCost(*this, 1, 2); }

//===----------------------------------------------------------------------===//
// spk.cuba_li, spk.cuba_lif
//===----------------------------------------------------------------------===//

SmallVector<StateDescriptor> CubaLIOp::getStates() { return getCurrentAndMembraneStates(*this); }
bool CubaLIOp::isCombinational(unsigned, unsigned) { return true; }
bool CubaLIOp::emitsSpikes() { return false; }
ElementsAttr CubaLIOp::getFiringThreshold() { return {}; }
bool CubaLIOp::isDiscrete() { return getDynamics().getIntegrator() == Integrator::discrete; }
SmallVector<NamedAttribute> CubaLIOp::getParameters() { return collectParameters(*this); }
OpCost CubaLIOp::getCost(double) { return getSweepCost(*this, 2, 2); }

SmallVector<StateDescriptor> CubaLIFOp::getStates() { return getCurrentAndMembraneStates(*this); }
bool CubaLIFOp::isCombinational(unsigned, unsigned) { return emitsUpdated(*this); }
bool CubaLIFOp::emitsSpikes() { return true; }
ElementsAttr CubaLIFOp::getFiringThreshold() { return getVThreshold(); }
bool CubaLIFOp::isDiscrete() { return getDynamics().getIntegrator() == Integrator::discrete; }
SmallVector<NamedAttribute> CubaLIFOp::getParameters() { return collectParameters(*this); }
OpCost CubaLIFOp::getCost(double) { return getSweepCost(*this, 2, 2); }
