//===- NetworkWork.cpp - the work of a network's operations ---------------===//
#include "dialects/LLE/Layers.h"
#include "dialects/LLE/StoredStates.h"
#include "dialects/LLE/TensorTypes.h"
#include "passes/Analysis/CellWork.h"
#include "passes/Analysis/SparseRows.h"
#include "passes/Analysis/SynapseChoice.h"

#include "llvm/Support/MathExtras.h"

#include <cmath>

using namespace mlir;
using namespace lle;

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

/// Of an element as it is stored, least byte first. A negative zero is one as well.
static bool isZeroElement(ArrayRef<char> bytes, bool isFloat) {
  const int highest = isFloat ? 0x7f : 0xff;
  return (bytes.back() & highest) == 0 && llvm::all_of(bytes.drop_back(), [](char byte) { return byte == 0; });
}

/// How many of the elements are not zero; all where that is not known.
static int64_t countNonZero(WeightOp weight) {
  const int64_t elements = weight.getType().getNumElements();
  auto dense = dyn_cast<DenseElementsAttr>(weight.getValue());
  auto resource = dyn_cast<DenseResourceElementsAttr>(weight.getValue());
  if (!dense && !resource)
    return elements;
  const bool isFloat = isa<FloatType>(weight.getType().getElementType());
  if (dense && dense.isSplat())
    return isZeroElement(dense.getRawData(), isFloat) ? 0 : elements;
  ArrayRef<char> bytes = dense ? dense.getRawData() : resource.getData();
  const size_t each = bytes.size() / size_t(elements);
  int64_t count = 0;
  for (; each > 0 && !bytes.empty(); bytes = bytes.drop_front(each))
    count += !isZeroElement(bytes.take_front(each), isFloat);
  return each > 0 ? count : elements;
}

/// What is kept of a synapse's weights. Native code keeps those of a layer as rows of the others where most are zero; a
/// chip all, or of a layer those that are not zero, each with the index of its neuron.
static uint64_t getSynapseBytes(SynapseOpInterface synapse, WeightOp weight, bool isNeuromorphic, int64_t lanes,
                                const WeightForm &form) {
  const bool isLayer = isa<LinearOp, AffineOp>(synapse);
  if (!isNeuromorphic && form.stored.empty()) {
    std::optional<SparseRows> rows = isLayer && lanes == 1 ? findSparseRows(synapse, kScalarRows) : std::nullopt;
    const uint64_t bytes = getStorageBytes(weight.getType());
    return rows ? rows->getBytes(unsigned(8 * bytes / uint64_t(weight.getType().getNumElements()))) : bytes;
  }
  const double bits = form.getStoredBits(weight), all = double(weight.getType().getNumElements()) * bits;
  const unsigned indexBits = llvm::Log2_64_Ceil(uint64_t(weight.getType().getDimSize(0)));
  const double sparse = isLayer ? double(countNonZero(weight)) * (bits + indexBits) : all;
  return uint64_t(std::ceil(std::min(all, sparse) / 8));
}

/// The share of a synapse's weights that are not zero. A chip that keeps synapses one by one has no others.
static double getDensity(Operation *op) {
  auto synapse = dyn_cast<SynapseOpInterface>(op);
  auto weight = synapse ? synapse.getSynapticWeights().getDefiningOp<WeightOp>() : WeightOp();
  return weight ? double(countNonZero(weight)) / double(weight.getType().getNumElements()) : 1;
}

/// Constants of its operands, and parameters, of which a uniform one is a number in the code.
static void addMemory(OperationCost &cost, bool isNeuromorphic, int64_t lanes, const WeightForm &form) {
  auto synapse = dyn_cast<SynapseOpInterface>(cost.op);
  for (OpOperand &operand : cost.op->getOpOperands())
    if (auto weight = operand.get().getDefiningOp<WeightOp>(); weight && *weight->getUsers().begin() == cost.op)
      cost.parameterBytes += synapse && operand.get() == synapse.getSynapticWeights()
                                 ? getSynapseBytes(synapse, weight, isNeuromorphic, lanes, form)
                                 : getStorageBytes(weight.getType());
  if (Attribute properties = cost.op->getPropertiesAsAttribute())
    properties.walk([&](ElementsAttr elements) {
      auto type = dyn_cast<RankedTensorType>(elements.getShapedType());
      if (type && !elements.isSplat())
        cost.parameterBytes += getStorageBytes(type);
    });
  if (auto stateful = dyn_cast<StatefulOpInterface>(cost.op))
    for (const StateDescriptor &state : getStoredStates(stateful))
      cost.stateBytes += getStorageBytes(state.type);
}

/// Whether a neuron may send several spikes in a step.
static bool countsSpikes(NeuronOpInterface neuron) {
  Value result = neuron->getResult(0);
  return neuron.emitsSpikes() && isInteger(result) && getTensorType(result).getElementTypeBitWidth() > 1;
}

/// Whether it is the same for all, and what is divided by it is only scaled.
static bool isPowerOfTwo(ElementsAttr threshold) {
  auto one = dyn_cast_if_present<SplatElementsAttr>(threshold);
  return one && isa<FloatType>(one.getElementType()) && one.getSplatValue<APFloat>().getExactLog2Abs() != INT_MIN;
}

/// What it is charged for; nothing where a neuromorphic chip does it on the way.
static WorkCounts countUnits(const OperationCost &cost, bool isNeuromorphic, VectorLanes vectors) {
  const int64_t lanes = cost.work.transcendental > 0 ? vectors.maths : vectors.most;
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
    if (!isNeuromorphic) {
      counts[at(WorkUnit::StateUpdate)] = fill(cost.work.stateUpdates);
      // Of neurons that are computed one by one, those that fire count; of a vector all.
      const double neurons = counts[at(WorkUnit::NeuronUpdate)],
                   counting = lanes > 1 ? neurons : std::min(neurons, cost.spikes);
      if (countsSpikes(neuron))
        counts[at(WorkUnit::SpikeCount)] = counting;
      if (countsSpikes(neuron) && !isPowerOfTwo(neuron.getFiringThreshold()))
        counts[at(WorkUnit::Division)] = counting;
    }
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

namespace {
/// Of an operation: states that are stored in fewer bits than they are computed in.
struct NarrowStates {
  double elements = 0, savedBytes = 0;
};
} // namespace

/// To make floats of integers, and integers of floats, takes about what another update does each: in a step of the
/// digits example on Cortex-M4 18.6 cycles of emitted code for a LIF neuron, of which an update takes 9.2.
static NarrowStates countNarrowStates(Operation *op) {
  NarrowStates narrow;
  auto stateful = dyn_cast<StatefulOpInterface>(op);
  if (!stateful || !op->hasAttr(kStateTypesAttr))
    return narrow;
  for (auto [computed, stored] : llvm::zip_equal(stateful.getStates(), getStoredStates(stateful)))
    if (getQuantized(stored)) {
      narrow.elements += double(stored.type.getNumElements());
      narrow.savedBytes += double(getStorageBytes(computed.type) - getStorageBytes(stored.type));
    }
  return narrow;
}

/// What the operation does in one step; a gap where nobody knows.
static OperationCost countOperation(Operation *op, const Activity *activity, bool isNeuromorphic, VectorLanes lanes,
                                    const WeightForm &form) {
  OperationCost cost;
  cost.op = op;
  cost.name = getName(op);
  addMemory(cost, isNeuromorphic, lanes.most, form);
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
  const NarrowStates narrow = countNarrowStates(op);
  cost.work.bytesRead -= narrow.savedBytes;
  cost.work.bytesWritten -= narrow.savedBytes;
  cost.work.stateUpdates += 2 * narrow.elements;
  if (isNeuromorphic)
    cost.work.synapticOps *= getDensity(op);
  cost.units = countUnits(cost, isNeuromorphic, lanes);
  return cost;
}

NetworkCost lle::countWork(NetworkOp network, const Activity *activity, bool isNeuromorphic, VectorLanes lanes,
                           const WeightForm &form) {
  NetworkCost cost;
  const bool endsEarly = activity && activity->endsEarly;
  if (auto steps = network.getSteps(); steps && !endsEarly) {
    cost.steps = double(*steps);
    cost.hasSteps = true;
  } else if (activity && activity->samples > 0) {
    cost.steps = double(activity->steps) / double(activity->samples);
    cost.hasSteps = true;
    cost.endsEarly = endsEarly;
  }
  for (Operation *op : network.getTopologicalOrder())
    if (!op->hasTrait<OpTrait::ConstantLike>() && !op->hasTrait<OpTrait::IsTerminator>())
      cost.operations.push_back(countOperation(op, activity, isNeuromorphic, lanes, form));
  return cost;
}
