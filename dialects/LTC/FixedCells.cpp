//===- FixedCells.cpp - liquid cells in fixed point -----------------------===//
#include "dialects/LTC/FixedCells.h"
#include "dialects/LLE/Cost.h"
#include "dialects/LLE/Quantization.h"
#include "dialects/LLE/TensorTypes.h"

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

#include "dialects/LTC/FixedCellsEnums.cpp.inc"

#define GET_OP_CLASSES
#include "dialects/LTC/FixedCells.cpp.inc"

//===----------------------------------------------------------------------===//
// ltc.fixed_ltc_cell: verification
//===----------------------------------------------------------------------===//

namespace {
/// The synapses from inputs, or from neurons.
struct FixedSynapses {
  StringRef prefix;
  int64_t sources, sourceBits;
  int64_t shift;
  ElementsAttr slope, offset, conductance, current;
};
} // namespace

/// C2, C4 and C6 of the synapses. Adds their conductances to the sum of each target.
static LogicalResult verifySynapses(Operation *op, const FixedSynapses &synapses, std::vector<int64_t> &sums) {
  int64_t units = sums.size();
  SmallVector<int64_t> shape{synapses.sources, units};
  auto verify = [&](StringRef name, ElementsAttr elements, ArrayRef<unsigned> widths) {
    return verifyIntegers(op, "C2", synapses.prefix + name, elements, widths, shape, INT32_MIN, INT32_MAX);
  };
  if (synapses.shift < 0 || synapses.shift > 30)
    return op->emitOpError("[C3] ") << synapses.prefix << "shift must be 0 to 30, got " << synapses.shift;
  if (failed(verify("slope", synapses.slope, {8, 16})) || failed(verify("offset", synapses.offset, {32})) ||
      failed(verify("conductance", synapses.conductance, {8, 16})) ||
      failed(verify("current", synapses.current, {8, 16})))
    return failure();
  std::vector<int64_t> slope = readIntegerElements(synapses.slope), offset = readIntegerElements(synapses.offset),
                       conductance = readIntegerElements(synapses.conductance),
                       current = readIntegerElements(synapses.current);
  for (int64_t k = 0, e = synapses.sources * units; k < e; ++k) {
    int64_t source = k / units, target = k % units;
    auto where = [&](InFlightDiagnostic diagnostic) {
      diagnostic << " for the synapse from " << source << " to " << target;
      return diagnostic;
    };
    if (conductance[k] < 0)
      return where(op->emitOpError("[C4] ")
                   << synapses.prefix << "conductance must not be negative, got " << conductance[k]);
    if (std::abs(current[k]) > conductance[k])
      return where(op->emitOpError("[C4] ") << synapses.prefix << "current must be at most the conductance "
                                            << conductance[k] << " in magnitude, got " << current[k]);
    int64_t largest = (std::abs(slope[k]) << (synapses.sourceBits - 1)) + std::abs(offset[k]);
    if (largest > INT32_MAX)
      return where(op->emitOpError("[C6] ")
                   << synapses.prefix << "slope and offset may give " << largest << ", expected at most " << INT32_MAX);
    sums[target] += conductance[k];
  }
  return success();
}

LogicalResult FixedLTCCellOp::verify() {
  RankedTensorType input = getTensorType(getInput()), result = getTensorType(getResult());
  if (input.getRank() != 1 || result.getRank() != 1)
    return emitOpError("[C1] input and result must have rank 1, got ") << input << " and " << result;
  int64_t units = result.getNumElements();
  SmallVector<int64_t> shape{units};
  for (auto [name, elements] :
       {std::pair("capacitance", getCapacitance()), std::pair("leak", getLeak()), std::pair("drive", getDrive())})
    if (failed(verifyIntegers(*this, "C2", name, elements, {32}, shape, INT32_MIN, INT32_MAX)))
      return failure();
  if (int64_t(getUnfolds()) < 1)
    return emitOpError("[C3] unfolds must be 1 or more, got ") << int64_t(getUnfolds());
  std::vector<int64_t> sums(units);
  FixedSynapses recurrent{"", units, 16, int64_t(getShift()), getSlope(), getOffset(), getConductance(), getCurrent()};
  FixedSynapses sensory{
      "sensory_",        input.getNumElements(), input.getElementTypeBitWidth(), int64_t(getSensoryShift()),
      getSensorySlope(), getSensoryOffset(),     getSensoryConductance(),        getSensoryCurrent()};
  if (failed(verifySynapses(*this, recurrent, sums)) || failed(verifySynapses(*this, sensory, sums)))
    return failure();
  std::vector<int64_t> capacitance = readIntegerElements(getCapacitance()), leak = readIntegerElements(getLeak()),
                       drive = readIntegerElements(getDrive());
  for (int64_t j = 0; j < units; ++j) {
    if (capacitance[j] < 0 || leak[j] < 0 || capacitance[j] + leak[j] < 1)
      return emitOpError("[C4] capacitance and leak of neuron ")
             << j << " must not be negative, and not both be 0, got " << capacitance[j] << " and " << leak[j];
    if (std::abs(drive[j]) > leak[j])
      return emitOpError("[C4] drive of neuron ")
             << j << " must be at most the leak " << leak[j] << " in magnitude, got " << drive[j];
    int64_t largest = capacitance[j] + leak[j] + (sums[j] << kFractionBits);
    if (largest > INT32_MAX)
      return emitOpError("[C5] conductances of neuron ")
             << j << " may add up to " << largest << ", expected at most " << INT32_MAX;
  }
  return success();
}

//===----------------------------------------------------------------------===//
// ltc.fixed_ltc_cell: interfaces
//===----------------------------------------------------------------------===//

SmallVector<StateDescriptor> FixedLTCCellOp::getStates() {
  RankedTensorType type = getTensorType(getResult());
  Builder builder(getContext());
  auto stored = type.clone(builder.getI16Type());
  return {{"v", type, DenseElementsAttr::get(stored, builder.getI16IntegerAttr(0))}};
}

static double countConducting(ElementsAttr conductance) {
  return llvm::count_if(conductance.getValues<APInt>(), [](const APInt &value) { return !value.isZero(); });
}

OpCost FixedLTCCellOp::getCost(double activity) {
  OpCost cost = getTrafficCost(*this);
  double units = double(countElements(getResult())), unfolds = double(getUnfolds());
  double recurrent = countConducting(getConductance()), sensory = countConducting(getSensoryConductance());
  cost.transcendental = sensory + unfolds * recurrent;
  // Argument of the sigmoid, conductance, current; then num and the division.
  cost.macs = 3 * cost.transcendental + 2 * unfolds * units;
  cost.synapticOps = sensory * activity + unfolds * recurrent;
  cost.stateUpdates = units;
  cost.bytesRead += 2 * units;
  cost.bytesWritten += 2 * units;
  getOperation()->getPropertiesAsAttribute().walk([&](ElementsAttr elements) {
    cost.bytesRead += double(getStorageBytes(cast<RankedTensorType>(elements.getShapedType())));
  });
  return cost;
}

SmallVector<MaybeBounds> FixedLTCCellOp::getStateBounds(ArrayRef<MaybeBounds>) {
  double limit = double(kFixedPotentialLimit);
  return {Bounds(countElements(getResult()), Limits{-limit, limit})};
}
SmallVector<MaybeBounds> FixedLTCCellOp::getResultBounds(ArrayRef<MaybeBounds> operands) {
  return getStateBounds(operands);
}

//===----------------------------------------------------------------------===//
// ltc.fixed_cfc_gate
//===----------------------------------------------------------------------===//

OpCost FixedCfCGateOp::getCost(double) {
  OpCost cost = getTrafficCost(*this);
  cost.macs = double(countElements(getResult()));
  return cost;
}
