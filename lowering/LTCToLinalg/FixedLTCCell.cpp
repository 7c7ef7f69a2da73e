//===- FixedLTCCell.cpp - native code of LTC cells in fixed point ---------===//
//
// Symbols are those of the descriptions in FixedCells.td. The lanes of a vector register hold neurons, sorted by fan-in
// as in the cell of floats; without vectors a slice is one neuron.
//
//===----------------------------------------------------------------------===//
#include "dialects/LLE/TensorTypes.h"
#include "dialects/LTC/FixedCells.h"
#include "lowering/LTCToLinalg/Cells.h"
#include "lowering/LTCToLinalg/FixedSynapseCode.h"
#include "lowering/LTCToLinalg/SynapseSlices.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

namespace {
class FixedLTCLowering {
public:
  FixedLTCLowering(StepBuilder &b, FixedLTCCellOp op);
  /// The potentials after the step, in place of those before.
  Value build(Value input, Value state);

private:
  StepBuilder &b;
  int64_t units, lanes, slices, unfolds;
  FixedSynapses recurrent, sensory;
  SmallVector<int64_t> order; ///< Of neurons in lanes.
  FixedFunctionCode sigmoid;
  std::vector<int64_t> capacitances, leaks, drives;

  bool isSorted() const { return !llvm::equal(order, llvm::seq<int64_t>(0, units)); }
  Value emptyRow(int64_t length, unsigned bits) {
    return tensor::EmptyOp::create(b, ArrayRef<int64_t>{length}, b.getIntegerType(bits));
  }
  /// A table of neurons in their order; lanes past the last have `padding`.
  Value makeTable(ArrayRef<int64_t> values, int64_t padding);
  Integer read(StepBuilder &b, Value tensor, Value slice) const;
  Value write(Integer x, Value tensor, Value slice) const;
  /// Numbers as synapses look them up. Position k has `order[k]`.
  Value makeSources(Value numbers, Value places);
  /// What a neuron has of its own and of its inputs.
  SmallVector<Value> sumInputs(Value input);
  Value unfold(StepBuilder &b, const FixedSynapseCode &code, ValueRange fromInputs, Value capacitance, Value v,
               Value scratch);
  /// A potential after an unfold.
  Integer divide(FixedSums sums, Integer capacitance, Integer potential) const;
};
} // namespace

static SmallVector<int64_t> orderNeurons(const FixedSynapses &synapses, int64_t lanes) {
  SmallVector<FoldedSynapse> list;
  for (int64_t source = 0; source < synapses.sources; ++source)
    for (int64_t target = 0; target < synapses.targets; ++target)
      if (synapses.isThere(source, target))
        list.push_back({source, target, 0, 0, 0, 0});
  return orderByFanIn(list, synapses.targets, lanes);
}

FixedLTCLowering::FixedLTCLowering(StepBuilder &b, FixedLTCCellOp op)
    : b(b), units(countElements(op.getResult())), lanes(getFixedLanes(b.machine)),
      slices(llvm::divideCeil(units, lanes)), unfolds(op.getUnfolds()),
      recurrent(units, units, op.getShift(), op.getSlope(), op.getOffset(), op.getConductance(), op.getCurrent()),
      sensory(countElements(op.getInput()), units, op.getSensoryShift(), op.getSensorySlope(), op.getSensoryOffset(),
              op.getSensoryConductance(), op.getSensoryCurrent()),
      order(orderNeurons(recurrent, lanes)), sigmoid(b, FixedFunction::sigmoid),
      capacitances(readIntegerElements(op.getCapacitance())), leaks(readIntegerElements(op.getLeak())),
      drives(readIntegerElements(op.getDrive())) {}

Value FixedLTCLowering::makeTable(ArrayRef<int64_t> values, int64_t padding) {
  SmallVector<int64_t> sorted(slices * lanes, padding);
  for (auto [position, neuron] : llvm::enumerate(order))
    sorted[position] = values[neuron];
  return integerTable(b, sorted, 32);
}

Integer FixedLTCLowering::read(StepBuilder &b, Value tensor, Value slice) const {
  if (lanes == 1)
    return readInteger(b, tensor, slice);
  return readIntegers(b, tensor, arith::MulIOp::create(b, slice, b.index(lanes)), lanes);
}

Value FixedLTCLowering::write(Integer x, Value tensor, Value slice) const {
  if (lanes == 1)
    return writeInteger(x, tensor, slice);
  StepBuilder &b = *x.b;
  Value place = arith::MulIOp::create(b, slice, b.index(lanes));
  x = x.withWidth(getElementTypeOrSelf(tensor.getType()).getIntOrFloatBitWidth());
  return vector::TransferWriteOp::create(b, x.value, tensor, place, ArrayRef<bool>{true}).getResult();
}

Value FixedLTCLowering::makeSources(Value numbers, Value places) {
  if (lanes == 1)
    return numbers;
  int64_t count = countElements(numbers);
  Value words = emptyRow(llvm::alignTo(count, lanes), getSourceBits(b.machine));
  return buildLoop(b, count, words,
                   [&](StepBuilder &b, Value k, ValueRange carried) -> SmallVector<Value> {
                     Value from = places ? readInteger(b, places, k).asIndex() : k;
                     return {writeInteger(readInteger(b, numbers, from), carried.front(), k)};
                   })
      .front();
}

Integer FixedLTCLowering::divide(FixedSums sums, Integer capacitance, Integer potential) const {
  StepBuilder &b = *capacitance.b;
  Integer zeros{&b, math::CountLeadingZerosOp::create(b, sums.conductance.value)};
  Integer e = zeros - 1;
  Integer q = (sums.conductance << e) >> 15;
  Integer num = ((capacitance << e) >> 15) * potential + (sums.current << e);
  Value isBelow = isNegative(num);
  Integer zero = num.like(0), magnitude = select(isBelow, zero - num, num);
  // The sum may need all 32 bits.
  Integer quotient = divideUnsigned(magnitude + (q >> 1), q);
  quotient = min(quotient, quotient.like(kFixedPotentialLimit));
  return select(isBelow, zero - quotient, quotient);
}

SmallVector<Value> FixedLTCLowering::sumInputs(Value input) {
  SmallVector<int64_t> constant, natural = llvm::to_vector(llvm::seq<int64_t>(0, sensory.sources));
  for (auto [own, leak] : llvm::zip_equal(capacitances, leaks))
    constant.push_back(own + leak);
  // A lane without a neuron divides by one, not by zero.
  Value conductance = makeTable(constant, 1), drive = makeTable(drives, 0), sources = makeSources(input, {});
  FixedSynapseCode code(b, sigmoid, sensory, natural, order);
  return buildLoop(b, slices, {emptyRow(slices * lanes, 32), emptyRow(slices * lanes, 32)},
                   [&](StepBuilder &b, Value slice, ValueRange carried) -> SmallVector<Value> {
                     FixedSums sums = code.add(b, sources, slice, {read(b, conductance, slice), read(b, drive, slice)});
                     return {write(sums.conductance, carried[0], slice), write(sums.current, carried[1], slice)};
                   });
}

Value FixedLTCLowering::unfold(StepBuilder &b, const FixedSynapseCode &code, ValueRange fromInputs, Value capacitance,
                               Value v, Value scratch) {
  Value next =
      buildLoop(b, slices, scratch, [&](StepBuilder &b, Value slice, ValueRange results) -> SmallVector<Value> {
        FixedSums sums = code.add(b, v, slice, {read(b, fromInputs[0], slice), read(b, fromInputs[1], slice)});
        return {write(divide(sums, read(b, capacitance, slice), read(b, v, slice)), results.front(), slice)};
      }).front();
  // All neurons read the potentials of the unfold before.
  // One vector that is read and written whole would be folded, and v no longer be in its place.
  if (lanes == 1 || slices == 1)
    return linalg::CopyOp::create(b, next, v).getResult(0);
  return buildLoop(b, slices, v,
                   [&](StepBuilder &b, Value slice, ValueRange carried) -> SmallVector<Value> {
                     return {write(read(b, next, slice), carried.front(), slice)};
                   })
      .front();
}

Value FixedLTCLowering::build(Value input, Value state) {
  SmallVector<Value> fromInputs = sumInputs(input);
  Value capacitance = makeTable(capacitances, 1), places = isSorted() ? integerTable(b, order, 32) : Value();
  FixedSynapseCode code(b, sigmoid, recurrent, order, order);
  Value v = makeSources(state, places), scratch = emptyRow(slices * lanes, getSourceBits(b.machine));
  v = buildLoop(b, unfolds, v, [&](StepBuilder &b, Value, ValueRange carried) -> SmallVector<Value> {
        return {unfold(b, code, fromInputs, capacitance, carried.front(), scratch)};
      }).front();
  if (lanes == 1)
    return v;
  return buildLoop(b, units, state,
                   [&](StepBuilder &b, Value k, ValueRange carried) -> SmallVector<Value> {
                     Value to = places ? readInteger(b, places, k).asIndex() : k;
                     return {writeInteger(readInteger(b, v, k), carried.front(), to)};
                   })
      .front();
}

namespace {
struct FixedLTCCellModel : StepLoweringOpInterface::ExternalModel<FixedLTCCellModel, FixedLTCCellOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    Value next = FixedLTCLowering(b, cast<FixedLTCCellOp>(op)).build(inputs[0].value, states.front());
    results.push_back({next});
    newStates.push_back(next);
    return success();
  }
};
} // namespace

void lle::attachFixedLTCCellLowering(MLIRContext *context) {
  FixedLTCCellOp::attachInterface<FixedLTCCellModel>(*context);
}
