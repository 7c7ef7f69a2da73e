//===- CellWork.cpp - the work of liquid cells in whole vectors -----------===//
#include "passes/Analysis/CellWork.h"
#include "dialects/LTC/LTCOps.h"

using namespace mlir;
using namespace lle;

static uint64_t countCellNumbers(Value value) {
  return uint64_t(cast<RankedTensorType>(value.getType()).getNumElements());
}

/// Lanes that are visited for all synapses, where a vector holds neurons and visits as many synapses as the neuron with
/// the most of them has. Neurons lie in their order or in that of how many synapses they have, whichever takes less.
static double countSynapseLanes(ElementsAttr mask, uint64_t sources, uint64_t targets, uint64_t lanes) {
  SmallVector<uint64_t> fanIn(targets, mask ? 0 : sources);
  if (mask)
    for (auto [index, value] : llvm::enumerate(mask.getValues<APInt>()))
      fanIn[index % targets] += !value.isZero();
  auto countLanes = [&] {
    uint64_t count = 0;
    for (size_t first = 0; first < targets; first += lanes)
      count += lanes * *llvm::max_element(ArrayRef(fanIn).slice(first, std::min<size_t>(lanes, targets - first)));
    return double(count);
  };
  double natural = countLanes();
  llvm::sort(fanIn, std::greater<>());
  return std::min(natural, countLanes());
}

static void countLTC(ltc::LTCCellOp cell, uint64_t lanes, WorkCounts &counts) {
  uint64_t units = countCellNumbers(cell.getState()), inputs = countCellNumbers(cell.getInput());
  double stages = double(cell.getUnfolds()) * (cell.getSolver() == ltc::Solver::rk4 ? 4 : 1);
  counts[unsigned(WorkUnit::Transcendental)] = counts[unsigned(WorkUnit::Mac)] = 0;
  counts[unsigned(WorkUnit::LiquidSynapse)] = countSynapseLanes(cell.getSensoryMaskAttr(), inputs, units, lanes) +
                                              stages * countSynapseLanes(cell.getMaskAttr(), units, units, lanes);
  counts[unsigned(WorkUnit::Unfold)] = stages * fillVectors(double(units), int64_t(lanes));
}

static void countCfC(ltc::CfCCellOp cell, int64_t lanes, WorkCounts &counts) {
  double units = fillVectors(double(countCellNumbers(cell.getResult())), lanes);
  double width = double(countCellNumbers(cell.getInput()) + countCellNumbers(cell.getResult())), macs = 0,
         functions = 0;
  for (Attribute layer : cell.getBackboneWeights().value_or(ArrayAttr::get(cell.getContext(), {}))) {
    double outputs = double(cast<ElementsAttr>(layer).getShapedType().getDimSize(0));
    macs += width * fillVectors(outputs, lanes);
    functions += fillVectors(outputs, lanes);
    width = outputs;
  }
  bool isPure = cell.getMode() == ltc::Mode::pure;
  // Both layers of the gate are one where the elapsed time is constant.
  unsigned gateLayers = cell.getElapsedTime() ? 2 : 1;
  counts[unsigned(WorkUnit::Mac)] = macs + (isPure ? 1 : 2 + gateLayers) * units * width;
  counts[unsigned(WorkUnit::Transcendental)] = functions + (isPure ? 1 : 3) * units;
}

bool lle::countCellUnits(Operation *op, int64_t lanes, WorkCounts &counts) {
  if (auto cell = dyn_cast<ltc::LTCCellOp>(op))
    countLTC(cell, uint64_t(lanes), counts);
  else if (auto cell = dyn_cast<ltc::CfCCellOp>(op))
    countCfC(cell, lanes, counts);
  else
    return false;
  return true;
}

double lle::countMissingSynapseBytes(Operation *op) {
  auto cell = dyn_cast<ltc::LTCCellOp>(op);
  if (!cell)
    return 0;
  // Of each synapse mu, sigma, the weight and the reversal potential.
  const double bytes = 4 * getElementTypeOrSelf(cell.getState()).getIntOrFloatBitWidth() / 8.0;
  double missing = 0;
  for (ElementsAttr mask : {cell.getSensoryMaskAttr(), cell.getMaskAttr()})
    if (mask)
      missing +=
          bytes * double(llvm::count_if(mask.getValues<APInt>(), [](const APInt &value) { return value.isZero(); }));
  return missing;
}
