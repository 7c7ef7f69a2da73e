//===- CoarserSteps.cpp - networks whose step is several of before --------===//
//
// A spike that was in one of k steps is in the one that they become, where it means k times as much: synapses behind
// spiking populations divide by k. Of the spikes of spk.threshold, which has no state and fires in every step while its
// input is high, there were k.
//
//===----------------------------------------------------------------------===//
#include "passes/Tuning/CoarserSteps.h"
#include "dialects/LLE/LLEBounds.h"
#include "dialects/LLE/Layers.h"
#include "dialects/LTC/LTCOps.h"
#include "dialects/Spk/SpkOps.h"
#include "passes/Analysis/Activity.h"
#include "passes/Analysis/Downsampling.h"
#include "passes/Analysis/Metric.h"
#include "passes/Simplify/Weights.h"
#include "passes/Tuning/CoarserNeurons.h"
#include "passes/Tuning/Passes.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace lle;

namespace {
class Coarsener {
public:
  Coarsener(NetworkOp network, const Coarsening &coarsening) : network(network), coarsening(coarsening) {}

  LogicalResult run();

private:
  /// Whether one spike in a value stands for what `factor` would be worth: those of populations, and what linear
  /// operations without weights make of them.
  FailureOr<bool> countsSpikes(Value value);
  LogicalResult divideOperand(OpOperand &operand);
  LogicalResult coarsenOperation(Operation *op);
  LogicalResult coarsenDelay(DelayOp delay);
  template <typename CellOp>
  LogicalResult coarsenCell(CellOp cell);
  LogicalResult coarsenPorts();

  NetworkOp network;
  Coarsening coarsening;
  llvm::DenseMap<Value, bool> counted;
};
} // namespace

/// Passes signals on, or adds them up, without weights of its own.
static bool passesOn(Operation *op) {
  return isa<DelayOp, AddOp, SumPool2dOp, AvgPool2dOp, FlattenOp, ConcatOp, SliceOp, TransposeOp, ReshapeOp,
             BroadcastOp, ReduceOp, MaxPool2dOp>(op);
}

FailureOr<bool> Coarsener::countsSpikes(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return false;
  if (auto neuron = dyn_cast<NeuronOpInterface>(op))
    return neuron.emitsSpikes() && isa<StatefulOpInterface>(op);
  if (!passesOn(op))
    return false;
  auto [entry, isNew] = counted.try_emplace(value, false); // false while it is looked at: a loop of delays
  if (!isNew)
    return entry->second;
  std::optional<bool> all;
  for (Value operand : op->getOperands()) {
    FailureOr<bool> counts = countsSpikes(operand);
    if (failed(counts))
      return failure();
    if (all && *all != *counts)
      return refuseCoarsening(op, coarsening,
                              "spikes of populations, which then stand for as many steps, meet signals "
                              "that do not");
    all = *counts;
  }
  counted[value] = all.value_or(false);
  return all.value_or(false);
}

/// Constant weights divided by a number; null where they are no plain numbers.
static Value divideWeights(OpBuilder &b, Value weights, double divisor) {
  std::optional<std::vector<double>> values = readWeights(weights);
  auto type = cast<RankedTensorType>(weights.getType());
  if (!values || !isa<FloatType>(type.getElementType()))
    return {};
  for (double &value : *values)
    value /= divisor;
  return createWeight(b, weights.getLoc(), *values, type);
}

LogicalResult Coarsener::divideOperand(OpOperand &operand) {
  Operation *op = operand.getOwner();
  const double factor = double(coarsening.factor);
  const bool isReal = isa<FloatType>(getElementTypeOrSelf(operand.get().getType()));
  OpBuilder b(op);
  unsigned weights = 1;
  if (auto synapse = dyn_cast<SynapseOpInterface>(op)) {
    if (synapse.getSignal() != operand.get())
      return success();
  } else if (!isa<ScaleOp>(op)) {
    if (isReal) {
      auto type = cast<RankedTensorType>(operand.get().getType());
      SmallVector<double> shares(type.getNumElements(), 1 / factor);
      Value share = createWeight(b, op->getLoc(), shares, type);
      operand.set(ScaleOp::create(b, op->getLoc(), type, operand.get(), share, StringAttr()));
      return success();
    }
    if (isa<OutputOp>(op))
      return success();
    return refuseCoarsening(op, coarsening,
                            "it takes spikes of a population, each of which then stands for as many "
                            "steps, and has no weights that could say so");
  }
  if (!isa<FloatType>(getElementTypeOrSelf(op->getResult(0).getType())))
    return refuseCoarsening(op, coarsening, "its sums are integers");
  Value divided = divideWeights(b, op->getOperand(weights), factor);
  if (!divided)
    return refuseCoarsening(op, coarsening, "its weights are no floating-point numbers");
  op->setOperand(weights, divided);
  return success();
}

/// Whether a value depends on itself.
static bool isInLoop(Operation *op) {
  llvm::SmallPtrSet<Operation *, 16> seen;
  SmallVector<Operation *> queue(op->getUsers());
  while (!queue.empty()) {
    Operation *next = queue.pop_back_val();
    if (next == op)
      return true;
    if (seen.insert(next).second)
      llvm::append_range(queue, next->getUsers());
  }
  return false;
}

LogicalResult Coarsener::coarsenDelay(DelayOp delay) {
  std::optional<std::vector<double>> steps = readNumbers(delay.getSteps());
  const bool isKept = coarsening.keepLoopDelays && isInLoop(delay);
  for (double &each : *steps) {
    if (isKept && each == 1)
      continue;
    if (int64_t(each) % coarsening.factor != 0)
      return refuseCoarsening(delay, coarsening,
                              "it does not divide its delay of " + Twine(int64_t(each)) + " step" +
                                  (each == 1 ? "" : "s"));
    each /= double(coarsening.factor);
  }
  delay.setStepsAttr(makeElements(delay.getSteps().getShapedType(), *steps));
  return success();
}

template <typename CellOp>
LogicalResult Coarsener::coarsenCell(CellOp cell) {
  cell.setElapsedAttr(FloatAttr::get(Float64Type::get(cell.getContext()),
                                     cell.getElapsed().convertToDouble() * double(coarsening.factor)));
  Value elapsed = cell.getElapsedTime();
  if (!elapsed)
    return success();
  auto input = dyn_cast<BlockArgument>(elapsed);
  auto isTime = [&](OpOperand &use) {
    auto timed = dyn_cast<CellOp>(use.getOwner());
    return timed && use.get() == timed.getElapsedTime();
  };
  if (!input || !llvm::all_of(input.getUses(), isTime))
    return refuseCoarsening(cell, coarsening, "its elapsed time is no input that is nothing else");
  network.setArgAttr(input.getArgNumber(), kDownsampleByAttr, StringAttr::get(cell.getContext(), "sum"));
  return success();
}

/// Whether spikes of a population reach a value within the step, or by way of delays, whatever weights are between.
static bool comesFromPopulation(Value value) {
  llvm::SmallPtrSet<Operation *, 16> seen;
  SmallVector<Value> queue{value};
  while (!queue.empty()) {
    Operation *op = queue.pop_back_val().getDefiningOp();
    if (!op || !seen.insert(op).second)
      continue;
    auto neuron = dyn_cast<NeuronOpInterface>(op);
    if (neuron && neuron.emitsSpikes())
      return true;
    if (isa<DelayOp>(op) || !isa<StatefulOpInterface>(op))
      llvm::append_range(queue, op->getOperands());
  }
  return false;
}

LogicalResult Coarsener::coarsenOperation(Operation *op) {
  if (isa<spk::ThresholdOp>(op) && comesFromPopulation(op->getOperand(0)))
    return refuseCoarsening(op, coarsening, "it compares single spikes of a population, which become means");
  if (auto delay = dyn_cast<DelayOp>(op))
    return coarsenDelay(delay);
  if (isa<ltc::LSTMCellOp, ltc::GRUCellOp>(op))
    return refuseCoarsening(op, coarsening, "it knows steps and no time");
  if (isa<NeuronOpInterface>(op) && isa<StatefulOpInterface>(op))
    return coarsenNeuron(op, coarsening);
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case<ltc::LTCCellOp, ltc::CfCCellOp, ltc::CTRNNCellOp>([&](auto cell) { return coarsenCell(cell); })
      .Default([&](Operation *op) {
        return isa<StatefulOpInterface>(op) ? refuseCoarsening(op, coarsening, "what it does depends on single steps")
                                            : success();
      });
}

LogicalResult Coarsener::coarsenPorts() {
  for (auto [index, type] : llvm::enumerate(network.getArgumentTypes()))
    if (!isa<FloatType>(getElementTypeOrSelf(type)))
      return refuseCoarsening(network, coarsening,
                              "its input '" + Twine(network.getInputName(index)) +
                                  "' carries spikes, and a mean of them is none");
  return success();
}

LogicalResult Coarsener::run() {
  const int64_t factor = coarsening.factor;
  if (auto steps = network.getSteps(); steps && *steps % factor != 0)
    return refuseCoarsening(network, coarsening, "it does not divide its " + Twine(*steps) + " steps");
  if (failed(coarsenPorts()))
    return failure();
  SmallVector<OpOperand *> operands;
  SmallVector<Operation *> operations;
  for (Operation &op : network.getBody().front()) {
    operations.push_back(&op);
    if (passesOn(&op)) { // one that meets both is an error wherever it leads
      if (failed(countsSpikes(op.getResult(0))))
        return failure();
      continue;
    }
    for (OpOperand &operand : op.getOpOperands()) {
      FailureOr<bool> counts = countsSpikes(operand.get());
      if (failed(counts))
        return failure();
      if (*counts)
        operands.push_back(&operand);
    }
  }
  for (OpOperand *operand : operands)
    if (failed(divideOperand(*operand)))
      return failure();
  for (Operation *op : operations)
    if (failed(coarsenOperation(op)))
      return failure();

  Builder b(network.getContext());
  network.setDtAttr(b.getF64FloatAttr(coarsening.dt * double(factor)));
  if (auto steps = network.getSteps())
    network.setSteps(*steps / factor);
  network->setAttr(kDownsampleAttr, b.getI64IntegerAttr(factor * getDownsampling(network)));
  // What was measured of shorter steps.
  network->removeAttr(kActivitySourceAttr);
  for (Operation &op : network.getBody().front()) {
    op.removeDiscardableAttr(kActivityAttr);
    op.removeDiscardableAttr(kRateAttr);
    op.removeDiscardableAttr(kCostAttr);
    op.removeDiscardableAttr(kStateBoundsAttr);
  }
  for (unsigned index = 0; index < network.getResultTypes().size(); ++index)
    network.removeResultAttr(index, b.getStringAttr(kExitMarginAttr));
  return success();
}

LogicalResult lle::coarsenSteps(NetworkOp network, int64_t factor, bool keepLoopDelays) {
  return Coarsener(network, {network.getDt().convertToDouble(), factor, keepLoopDelays}).run();
}
