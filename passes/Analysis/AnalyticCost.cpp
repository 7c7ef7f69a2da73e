//===- AnalyticCost.cpp - work times the figures of a device --------------===//
#include "dialects/LLE/TensorTypes.h"
#include "passes/Analysis/CellWork.h"
#include "passes/Analysis/CostModel.h"
#include "passes/Analysis/SparseRows.h"
#include "passes/Analysis/SynapseChoice.h"
#include "passes/Analysis/Text.h"

#include <cmath>

using namespace mlir;
using namespace lle;

namespace {
class AnalyticModel final : public CostModel {
public:
  explicit AnalyticModel(DeviceCosts device) : device(std::move(device)) {}
  WeightForm getWeightForm() const override { return device.weights; }
  bool isNeuromorphic() const override { return device.isNeuromorphic; }
  llvm::Expected<NetworkCost> getCost(NetworkOp network, const CostBasis &basis) const override;

private:
  DeviceCosts device;

  std::optional<CostQuantity> charge(const WorkCounts &counts, const UnitFigures &figures, OperationCost &cost) const;
  bool isEventDriven(SynapseOpInterface synapse, double activity) const;
  double getSilentBytes(const OperationCost &cost) const;
  void chargeSynapse(SynapseOpInterface synapse, OperationCost &cost) const;
  void chargeMemory(NetworkCost &cost) const;
  void chargeProcessor(OperationCost &cost) const;
  void chargeChip(OperationCost &cost) const;
  void finish(NetworkCost &cost) const;
  void addMemory(NetworkCost &cost) const;
  void addNotes(NetworkCost &cost) const;
};
} // namespace

static unsigned at(WorkUnit unit) { return unsigned(unit); }

/// Work that is free where the device has no figure of it, because it comes with other work.
static bool isOptional(WorkUnit unit) {
  return unit == WorkUnit::Byte || unit == WorkUnit::Operation || unit == WorkUnit::Spike ||
         unit == WorkUnit::SpikeCount || unit == WorkUnit::Division || unit == WorkUnit::StateUpdate ||
         unit == WorkUnit::Unfold;
}

std::optional<CostQuantity> AnalyticModel::charge(const WorkCounts &counts, const UnitFigures &figures,
                                                  OperationCost &cost) const {
  CostQuantity sum;
  sum.isAssumed = !cost.isMeasured;
  for (auto [index, count] : llvm::enumerate(counts)) {
    if (count == 0)
      continue;
    if (figures[index]) {
      sum += CostQuantity{count, count, count} * *figures[index];
    } else if (!isOptional(WorkUnit(index))) {
      cost.gap = getWorkUnitNames()[index].str();
      return std::nullopt;
    }
  }
  return sum;
}

/// Which kernel the synapse gets: that which it asks for, or the cheaper one.
bool AnalyticModel::isEventDriven(SynapseOpInterface synapse, double activity) const {
  if (auto kernel = synapse->getAttrOfType<StringAttr>(kSynapseAttr))
    return kernel.getValue() == "event";
  if (!device.synapses)
    return true;
  SynapseWork work = getSynapseWork(synapse, device.lanes.most);
  return device.synapses->getEventCycles(work, activity) <= device.synapses->getDenseCycles(work);
}

void AnalyticModel::chargeSynapse(SynapseOpInterface synapse, OperationCost &cost) const {
  SynapseWork work = getSynapseWork(synapse, device.lanes.most);
  const bool isDense = !isEventDriven(synapse, cost.activity);
  double cycles =
      isDense ? device.synapses->getDenseCycles(work) : device.synapses->getEventCycles(work, cost.activity);
  if (auto rows = device.lanes.most == 1 ? findSparseRows(synapse, kScalarRows) : std::nullopt)
    cycles = device.synapses->getSparseCycles(work, *rows, cost.activity);
  else if (isDense)
    cost.isMeasured = true; // it does not depend on the activity
  cost.cycles = CostQuantity{cycles, cycles, cycles, !cost.isMeasured};
  if (const auto &operation = device.cycles[at(WorkUnit::Operation)])
    *cost.cycles += CostQuantity{1, 1, 1} * *operation;
}

static double getBytes(Value value) { return double(getStorageBytes(cast<RankedTensorType>(value.getType()))); }

/// Of weights those that a step passes over, because no input of theirs is active.
double AnalyticModel::getSilentBytes(const OperationCost &cost) const {
  auto synapse = dyn_cast<SynapseOpInterface>(cost.op);
  if (!synapse || !isEventDriven(synapse, cost.activity))
    return 0;
  // A kernel is passed over where each pixel of its channel is silent.
  auto input = cast<RankedTensorType>(synapse.getSignal().getType());
  const bool isMap = isa<Conv1dOp, Conv2dOp>(cost.op);
  const double pixels = isMap ? double(input.getNumElements() / input.getDimSize(0)) : 1;
  return std::pow(1 - cost.activity, pixels) * getBytes(synapse.getSynapticWeights());
}

/// Of what an operation reads that is not its own: the network's inputs, or results of others as well.
static double getOperandBytes(const OperationCost &cost, bool onlyInputs) {
  double bytes = 0;
  for (Value operand : cost.op->getOperands())
    if (isa<BlockArgument>(operand) || !(onlyInputs || operand.getDefiningOp<WeightOp>()))
      bytes += getBytes(operand);
  return bytes;
}

/// Steps touch the same bytes again and again. Of as many as the nearest cache holds, none is lost when its turn comes
/// again, of twice as many each is, and in between a share that grows with what is too much. Processors fetch ahead: an
/// operation takes as long as its bytes take from the next cache, if that is longer than what it does with them.
void AnalyticModel::chargeMemory(NetworkCost &cost) const {
  if (!device.nearBytes || !device.farByte)
    return;
  double touched = 0;
  for (OperationCost &each : cost.operations) {
    each.farBytes = double(each.parameterBytes + each.stateBytes) - countMissingSynapseBytes(each.op);
    for (Value result : each.op->getResults())
      each.farBytes += getBytes(result);
    touched += each.farBytes + getOperandBytes(each, /*onlyInputs=*/true);
  }
  const double lost = std::clamp(touched / device.nearBytes->value - 1, 0.0, 1.0);
  for (OperationCost &each : cost.operations) {
    each.farBytes += getOperandBytes(each, /*onlyInputs=*/false) - getSilentBytes(each);
    if (lost == 0)
      each.farBytes = 0;
    if (each.cycles)
      each.cycles->raise(CostQuantity{each.farBytes, each.farBytes, each.farBytes} * *device.farByte, lost);
  }
}

void AnalyticModel::chargeProcessor(OperationCost &cost) const {
  if (!cost.cycles)
    return;
  CostQuantity waiting = device.memoryFactor ? *cost.cycles * *device.memoryFactor : *cost.cycles;
  if (device.clockHz > 0)
    cost.ms = waiting * (1e3 / device.clockHz);
  if (device.energyPerCycle)
    cost.mJ = waiting * *device.energyPerCycle * 1e-9;
}

void AnalyticModel::chargeChip(OperationCost &cost) const {
  if (std::optional<CostQuantity> pj = charge(cost.units, device.pj, cost))
    cost.mJ = *pj * 1e-9;
  std::optional<CostQuantity> ns = charge(cost.units, device.ns, cost);
  if (!ns || cost.op->getNumResults() == 0)
    return;
  // As many cores as its neurons need, with the same work each.
  double cores = device.coreNeurons > 0 ? std::ceil(countElements(cost.op->getResult(0)) / device.coreNeurons) : 1;
  cost.ms = *ns * (1e-6 / std::max(cores, 1.0));
}

/// What an inference costs, from what each operation does in a step.
void AnalyticModel::finish(NetworkCost &cost) const {
  CostQuantity cycles, mJ, ms;
  bool hasCycles = !device.isNeuromorphic, hasEnergy = true, hasTime = true;
  double slowest = 0;
  for (const OperationCost &each : cost.operations) {
    hasCycles &= each.cycles.has_value();
    hasEnergy &= each.mJ.has_value();
    hasTime &= each.ms.has_value();
    if (each.cycles)
      cycles += *each.cycles;
    if (each.mJ)
      mJ += *each.mJ;
    if (!each.ms)
      continue;
    ms += *each.ms;
    slowest = std::max(slowest, each.ms->low);
  }
  const UnitFigures &stepTime = device.isNeuromorphic ? device.ns : device.cycles;
  if (device.isNeuromorphic)
    ms.low = slowest; // where each operation has cores of its own; else they run one after the other
  if (const auto &step = stepTime[at(WorkUnit::Step)]) {
    CostQuantity one = CostQuantity{1, 1, 1} * *step;
    if (device.isNeuromorphic) {
      ms += one * 1e-6;
    } else {
      cycles += one;
      CostQuantity waiting = device.memoryFactor ? one * *device.memoryFactor : one;
      if (device.clockHz > 0)
        ms += waiting * (1e3 / device.clockHz);
      if (device.energyPerCycle)
        mJ += waiting * *device.energyPerCycle * 1e-9;
    }
  }
  if (const auto &step = device.pj[at(WorkUnit::Step)])
    mJ += CostQuantity{1, 1, 1} * *step * 1e-9;
  if (hasCycles)
    cost.cycles = cycles;
  if (hasEnergy)
    cost.mJ = mJ * cost.steps;
  if (hasTime)
    cost.ms = ms * cost.steps;
}

/// Parameters and states are known; code, and scratch beyond the largest result, are not.
void AnalyticModel::addMemory(NetworkCost &cost) const {
  double parameters = 0, states = 0, results = 0;
  for (const OperationCost &each : cost.operations) {
    parameters += double(each.parameterBytes);
    states += double(each.stateBytes);
    for (Value result : each.op->getResults())
      results = std::max(results, getBytes(result));
  }
  cost.flashBytes = {parameters, parameters, parameters};
  cost.ramBytes = {states + results, states + results, states + results};
}

/// Of a synapse: its weights are floats that need fewer bits.
static bool takesNarrowFloats(const OperationCost &cost) {
  auto synapse = dyn_cast<SynapseOpInterface>(cost.op);
  auto weight = synapse ? synapse.getSynapticWeights().getDefiningOp<WeightOp>() : WeightOp();
  return weight && weight->hasAttr(kBitsAttr) && isa<FloatType>(weight.getType().getElementType());
}

void AnalyticModel::addNotes(NetworkCost &cost) const {
  auto add = [&](const std::optional<CostFigure> &figure, StringRef unit) {
    if (!figure)
      return;
    cost.figures.push_back(*figure);
    cost.figures.back().what += (", " + unit).str();
  };
  for (auto [unit, figures] : {std::pair("cycles", &device.cycles), {"pJ", &device.pj}, {"ns", &device.ns}})
    for (const std::optional<CostFigure> &figure : *figures)
      add(figure, unit);
  add(device.memoryFactor, "for the time of memory");
  add(device.nearBytes, "bytes");
  add(device.farByte, "cycles");
  add(device.energyPerCycle, "pJ");
  for (const OperationCost &each : cost.operations)
    if (!each.gap.empty())
      cost.notes.push_back("'" + device.name + "' has no figure of a '" + each.gap + "', which '" + each.name +
                           "' needs");
  unsigned assumed = llvm::count_if(cost.operations, [](const OperationCost &each) { return !each.isMeasured; });
  if (assumed != 0)
    cost.notes.push_back("the activity of " + std::to_string(assumed) +
                         " operations is assumed: " + formatNumber(kAssumedActivity) + " of spikes and inputs");
  cost.notes.push_back("flash holds parameters, and no code; RAM holds states and the largest result");
  if (device.weights.stored.empty() && llvm::any_of(cost.operations, takesNarrowFloats))
    cost.notes.push_back(kStoredFloats.str());
  if (device.synapses && !device.isNeuromorphic)
    cost.notes.push_back("synapses take the cycles of the cheaper kernel, or of the one they have, by the target's '" +
                         kSynapseCyclesAttr.str() + "'");
  if (device.isNeuromorphic)
    cost.notes.push_back(
        "energy is that of work: of idle cores, hosts and hops between cores there is none in it; time "
        "is that of cores in parallel, or one operation after the other");
}

llvm::Expected<NetworkCost> AnalyticModel::getCost(NetworkOp network, const CostBasis &basis) const {
  NetworkCost cost = countWork(network, basis.activity, device.isNeuromorphic, device.lanes, device.weights);
  cost.target = device.name;
  cost.model = "analytic";
  for (OperationCost &each : cost.operations) {
    auto synapse = dyn_cast<SynapseOpInterface>(each.op);
    if (!each.gap.empty())
      continue;
    if (device.isNeuromorphic)
      chargeChip(each);
    else if (synapse && device.synapses)
      chargeSynapse(synapse, each);
    else
      each.cycles = charge(each.units, device.cycles, each);
  }
  if (!device.isNeuromorphic) {
    chargeMemory(cost);
    for (OperationCost &each : cost.operations)
      chargeProcessor(each);
  }
  finish(cost);
  addMemory(cost);
  addNotes(cost);
  return cost;
}

std::unique_ptr<CostModel> lle::createAnalyticCostModel(DeviceCosts device) {
  return std::make_unique<AnalyticModel>(std::move(device));
}
