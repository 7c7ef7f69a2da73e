//===- NetworkWork.cpp - the work of a network's operations ---------------===//
#include "dialects/LLE/Layers.h"
#include "passes/Analysis/CellWork.h"
#include "passes/Analysis/SynapseChoice.h"

using namespace mlir;
using namespace lle;

static double countElements(Value value) { return double(cast<RankedTensorType>(value.getType()).getNumElements()); }

/// Its name in the network, or the operation's.
static std::string getName(Operation *op) {
  auto name = op->getAttrOfType<StringAttr>("name");
  return name ? name.str() : op->getName().getStringRef().str();
}

/// The measured fraction of `value` that is not zero, in what was measured or in an attribute; else the assumed one.
static double findActivity(Operation *op, Value value, const Activity *activity, bool &isMeasured) {
  if (const SignalRange *range = activity ? activity->find(value) : nullptr; range && range->elements > 0)
    return range->getActivity();
  auto attribute = op->getAttrOfType<FloatAttr>(kActivityAttr);
  if (attribute && !activity)
    return attribute.getValueAsDouble();
  double assumed = getAssumedActivity(value, kAssumedActivity);
  // Currents are all there whatever the network does.
  isMeasured &= assumed == 1;
  return assumed;
}

static double findRate(Operation *op, const Activity *activity, bool &isMeasured) {
  if (const SignalRange *range = activity ? activity->find(op->getResult(0)) : nullptr; range && range->elements > 0)
    return range->getMeanMagnitude();
  if (auto attribute = op->getAttrOfType<FloatAttr>(kRateAttr); attribute && !activity)
    return attribute.getValueAsDouble();
  isMeasured = false;
  return kAssumedActivity;
}

/// Constants of its operands, and parameters, of which a uniform one is a number in the code.
static void addMemory(OperationCost &cost) {
  for (Value operand : cost.op->getOperands())
    if (auto weight = operand.getDefiningOp<WeightOp>(); weight && *weight->getUsers().begin() == cost.op)
      cost.parameterBytes += getStorageBytes(cast<RankedTensorType>(operand.getType()));
  if (Attribute properties = cost.op->getPropertiesAsAttribute())
    properties.walk([&](ElementsAttr elements) {
      auto type = dyn_cast<RankedTensorType>(elements.getShapedType());
      if (type && !elements.isSplat())
        cost.parameterBytes += getStorageBytes(type);
    });
  if (auto stateful = dyn_cast<StatefulOpInterface>(cost.op))
    for (const StateDescriptor &state : stateful.getStates())
      cost.stateBytes += getStorageBytes(state.type);
}

/// What it is charged for; nothing where a neuromorphic chip does it on the way.
static WorkCounts countUnits(const OperationCost &cost, bool isNeuromorphic, int64_t lanes) {
  auto at = [](WorkUnit unit) { return unsigned(unit); };
  WorkCounts counts{};
  auto fill = [lanes](double count) { return fillVectors(count, lanes); };
  const bool isSynapse = isa<SynapseOpInterface>(cost.op), isPool = isa<SumPool2dOp, AvgPool2dOp>(cost.op);
  auto neuron = dyn_cast<NeuronOpInterface>(cost.op);
  counts[at(WorkUnit::Operation)] = 1;
  counts[at(WorkUnit::Byte)] = cost.work.bytesRead + cost.work.bytesWritten;
  counts[at(WorkUnit::Transcendental)] = cost.work.transcendental;
  if (neuron) {
    counts[at(WorkUnit::NeuronUpdate)] = fill(countElements(cost.op->getResult(0)));
    counts[at(WorkUnit::Spike)] = cost.spikes;
    if (!isNeuromorphic)
      counts[at(WorkUnit::StateUpdate)] = fill(cost.work.stateUpdates);
  } else if (isPool && !isNeuromorphic) {
    counts[at(WorkUnit::PooledElement)] = cost.work.macs;
  } else if (!isNeuromorphic && countCellUnits(cost.op, lanes, counts)) {
    counts[at(WorkUnit::StateUpdate)] = fill(cost.work.stateUpdates);
  } else if (!isNeuromorphic) {
    counts[at(WorkUnit::Mac)] = cost.work.macs;
    counts[at(WorkUnit::StateUpdate)] = cost.work.stateUpdates;
  } else if (isSynapse || isPool) {
    counts[at(WorkUnit::SynapticOperation)] = cost.work.synapticOps; // a pool is a synapse of equal weights
  } else if (!isa<AddOp, ScaleOp, DelayOp, FlattenOp, SliceOp, ConcatOp, TransposeOp, ReshapeOp>(cost.op)) {
    // Those are done on the way: currents meet, weights are scaled, axons wait and lead elsewhere.
    counts[at(WorkUnit::Mac)] = cost.work.macs;
    counts[at(WorkUnit::StateUpdate)] = cost.work.stateUpdates;
  }
  return counts;
}

/// What the operation does in one step; a gap where nobody knows.
static OperationCost countOperation(Operation *op, const Activity *activity, bool isNeuromorphic, int64_t lanes) {
  OperationCost cost;
  cost.op = op;
  cost.name = getName(op);
  addMemory(cost);
  auto costs = dyn_cast<CostOpInterface>(op);
  if (!costs) {
    cost.gap = op->getName().getStringRef().str();
    return cost;
  }
  auto synapse = dyn_cast<SynapseOpInterface>(op);
  if (op->getNumOperands() != 0)
    cost.activity = findActivity(op, synapse ? synapse.getSignal() : op->getOperand(0), activity, cost.isMeasured);
  if (auto neuron = dyn_cast<NeuronOpInterface>(op)) { // its updates do not depend on its input
    cost.isMeasured = true;
    if (neuron.emitsSpikes())
      cost.spikes = findRate(op, activity, cost.isMeasured) * countElements(op->getResult(0));
  }
  cost.work = costs.getCost(cost.activity);
  cost.units = countUnits(cost, isNeuromorphic, lanes);
  return cost;
}

NetworkCost lle::countWork(NetworkOp network, const Activity *activity, bool isNeuromorphic, int64_t lanes) {
  NetworkCost cost;
  if (auto steps = network.getSteps()) {
    cost.steps = double(*steps);
    cost.hasSteps = true;
  } else if (activity && activity->samples > 0) {
    cost.steps = double(activity->steps) / double(activity->samples);
    cost.hasSteps = true;
  }
  for (Operation *op : network.getTopologicalOrder())
    if (!op->hasTrait<OpTrait::ConstantLike>() && !op->hasTrait<OpTrait::IsTerminator>())
      cost.operations.push_back(countOperation(op, activity, isNeuromorphic, lanes));
  return cost;
}
