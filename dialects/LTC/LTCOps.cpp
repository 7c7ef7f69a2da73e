//===- LTCOps.cpp - states and costs of recurrent cells -------------------===//
#include "dialects/LTC/LTCOps.h"
#include "dialects/LLE/Cost.h"
#include "dialects/LLE/TensorTypes.h"

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

/// A state of `type` that starts at zero.
static StateDescriptor getZeroState(StringRef name, Type type) {
  auto tensor = cast<RankedTensorType>(type);
  return {name, tensor, DenseElementsAttr::get(tensor, FloatAttr::get(tensor.getElementType(), 0.0))};
}

static SmallVector<StateDescriptor> getStateUnlessGiven(Value hidden, StringRef name, Type type) {
  if (hidden)
    return {};
  return {getZeroState(name, type)};
}

/// Traffic of operands, results, states and parameters, each once.
static OpCost getCellTraffic(Operation *op) {
  OpCost cost = getTrafficCost(op);
  for (const StateDescriptor &state : cast<StatefulOpInterface>(op).getStates()) {
    cost.stateUpdates += double(state.type.getNumElements());
    cost.bytesRead += double(getStorageBytes(state.type));
    cost.bytesWritten += double(getStorageBytes(state.type));
  }
  op->getPropertiesAsAttribute().walk([&](ElementsAttr elements) {
    if (!elements.isSplat())
      cost.bytesRead += double(getStorageBytes(cast<RankedTensorType>(elements.getShapedType())));
  });
  return cost;
}

/// How many elements of a mask are not zero; all of them where there is no mask.
static double countSynapses(ElementsAttr mask, double sources, double targets) {
  if (!mask)
    return sources * targets;
  return llvm::count_if(mask.getValues<APInt>(), [](const APInt &value) { return !value.isZero(); });
}

/// Multiply-adds of dense layers: all sources of a step, for all outputs of the layers.
static OpCost getLayersCost(Operation *op, double sources, double outputs, double activity) {
  OpCost cost = getCellTraffic(op);
  cost.macs = sources * outputs;
  double inputs = countElements(op->getOperand(0));
  cost.synapticOps = (sources - inputs * (1 - activity)) * outputs;
  return cost;
}

//===----------------------------------------------------------------------===//
// ltc.ltc_cell
//===----------------------------------------------------------------------===//

SmallVector<StateDescriptor> LTCCellOp::getStates() {
  return getStateUnlessGiven(getHidden(), "v", getState().getType());
}

OpCost LTCCellOp::getCost(double activity) {
  OpCost cost = getCellTraffic(*this);
  double units = countElements(getState()), inputs = countElements(getInput());
  double sensory = countSynapses(getSensoryMaskAttr(), inputs, units);
  double recurrent = countSynapses(getMaskAttr(), units, units);
  // A stage of rk4 evaluates the whole right-hand side.
  double stages = double(getUnfolds()) * (getSolver() == Solver::rk4 ? 4 : 1);
  cost.transcendental = sensory + stages * recurrent;
  // Argument of the sigmoid, conductance, current.
  cost.macs = 3 * cost.transcendental + 4 * stages * units;
  cost.synapticOps = sensory * activity + stages * recurrent;
  return cost;
}

//===----------------------------------------------------------------------===//
// ltc.cfc_cell
//===----------------------------------------------------------------------===//

SmallVector<StateDescriptor> CfCCellOp::getStates() {
  return getStateUnlessGiven(getHidden(), "h", getResult().getType());
}

OpCost CfCCellOp::getCost(double activity) {
  double units = countElements(getResult()), inputs = countElements(getInput());
  double width = inputs + units, macs = 0, transcendental = 0;
  for (Attribute layer : getBackboneWeights().value_or(ArrayAttr::get(getContext(), {}))) {
    double outputs = cast<ElementsAttr>(layer).getShapedType().getDimSize(0);
    macs += width * outputs;
    transcendental += outputs;
    width = outputs;
  }
  unsigned heads = getMode() == Mode::pure ? 1 : 4, functions = getMode() == Mode::pure ? 1 : 3;
  OpCost cost = getCellTraffic(*this);
  cost.macs = macs + heads * units * width;
  cost.transcendental = transcendental + functions * units;
  double firstOutputs = getBackboneWeights() && !getBackboneWeights()->empty()
                            ? cast<ElementsAttr>((*getBackboneWeights())[0]).getShapedType().getDimSize(0)
                            : heads * units;
  cost.synapticOps = cost.macs - inputs * (1 - activity) * firstOutputs;
  return cost;
}

//===----------------------------------------------------------------------===//
// ltc.lstm_cell, ltc.gru_cell, ltc.ctrnn_cell
//===----------------------------------------------------------------------===//

SmallVector<StateDescriptor> LSTMCellOp::getStates() {
  SmallVector<StateDescriptor> states = getStateUnlessGiven(getHidden(), "h", getResult().getType());
  states.push_back(getZeroState("c", getResult().getType()));
  return states;
}

OpCost LSTMCellOp::getCost(double activity) {
  double units = countElements(getResult()), inputs = countElements(getInput());
  OpCost cost = getLayersCost(*this, inputs + units, 4 * units, activity);
  cost.transcendental = 5 * units;
  return cost;
}

SmallVector<StateDescriptor> GRUCellOp::getStates() {
  return getStateUnlessGiven(getHidden(), "h", getResult().getType());
}

OpCost GRUCellOp::getCost(double activity) {
  double units = countElements(getResult()), inputs = countElements(getInput());
  OpCost cost = getLayersCost(*this, inputs + units, 3 * units, activity);
  cost.transcendental = 3 * units;
  return cost;
}

SmallVector<StateDescriptor> CTRNNCellOp::getStates() {
  return getStateUnlessGiven(getHidden(), "v", getResult().getType());
}

OpCost CTRNNCellOp::getCost(double activity) {
  double units = countElements(getResult()), inputs = countElements(getInput());
  double unfolds = double(getUnfolds());
  // What the input gives is the same in all unfolds.
  OpCost cost = getLayersCost(*this, inputs + unfolds * units, units, activity);
  bool isPlain = getActivation() == Activation::linear || getActivation() == Activation::relu;
  cost.transcendental = isPlain ? 0 : unfolds * units;
  return cost;
}
