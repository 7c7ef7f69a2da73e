//===- FixedCells.cpp - native code of liquid cells in fixed point --------===//
//
// Symbols are those of the descriptions in FixedCells.td. Synapses that conduct are packed in the order in which the
// sums read them, target by target: 8 bytes each where conductances have 8 bits, and the source where not all sources
// reach all targets. Code is scalar: most of a synapse is a look-up, which vectors of most boards cannot do.
//
//===----------------------------------------------------------------------===//
#include "dialects/LTC/FixedCells.h"
#include "lowering/LLEToLinalg/Integers.h"
#include "lowering/LTCToLinalg/Cells.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

static int64_t countElements(Value value) { return cast<RankedTensorType>(value.getType()).getNumElements(); }

namespace {
/// The sums of conductances and of currents.
struct Sums {
  Integer conductance, current;
};

/// The synapses of a cell from inputs, or from neurons, in generated code.
class FixedSynapseCode {
public:
  FixedSynapseCode(StepBuilder &b, const FixedFunctionCode &sigmoid, int64_t sources, int64_t targets, int64_t shift,
                   ElementsAttr slope, ElementsAttr offset, ElementsAttr conductance, ElementsAttr current);

  /// What the synapses to a neuron add to `sums`.
  Sums add(StepBuilder &b, Value potentials, Value target, Sums sums) const;

private:
  const FixedFunctionCode &sigmoid;
  int64_t sources, shift;
  bool isNarrow;  ///< Conductances and currents have 8 bits.
  bool isEmpty;   ///< No synapse conducts.
  Value words;    ///< Two or three of each synapse: offset; slope and the rest.
  Value sourceOf; ///< The source of each synapse; null where all sources reach all targets.
  Value firstOf;  ///< The first synapse of each target, and their number.

  Sums addSynapse(StepBuilder &b, Value potentials, Value synapse, Value source, Sums sums) const;
};

class FixedLTCLowering {
public:
  FixedLTCLowering(StepBuilder &b, FixedLTCCellOp op);
  /// The potentials after the step, in place of those before.
  Value build(Value input, Value state);

private:
  StepBuilder &b;
  int64_t units, unfolds;
  FixedFunctionCode sigmoid;
  FixedSynapseCode recurrent, sensory;
  Value capacitance, conductance, drive;

  /// A potential after an unfold.
  Integer divide(StepBuilder &b, Sums sums, Integer capacitance, Integer potential) const;
};
} // namespace

FixedSynapseCode::FixedSynapseCode(StepBuilder &b, const FixedFunctionCode &sigmoid, int64_t sources, int64_t targets,
                                   int64_t shift, ElementsAttr slopes, ElementsAttr offsets, ElementsAttr conductances,
                                   ElementsAttr currents)
    : sigmoid(sigmoid), sources(sources), shift(shift),
      isNarrow(conductances.getElementType().isInteger(8) && currents.getElementType().isInteger(8)) {
  std::vector<int64_t> slope = readIntegerElements(slopes), offset = readIntegerElements(offsets),
                       conductance = readIntegerElements(conductances), current = readIntegerElements(currents);
  SmallVector<int64_t> packed, from, first;
  for (int64_t target = 0; target < targets; ++target) {
    first.push_back(from.size());
    for (int64_t source = 0; source < sources; ++source) {
      int64_t k = source * targets + target;
      if (conductance[k] == 0)
        continue;
      from.push_back(source);
      packed.push_back(offset[k]);
      uint32_t low = uint16_t(slope[k]);
      if (isNarrow) {
        packed.push_back(low | uint32_t(uint8_t(conductance[k])) << 16 | uint32_t(uint8_t(current[k])) << 24);
      } else {
        packed.push_back(low);
        packed.push_back(uint32_t(uint16_t(conductance[k])) | uint32_t(uint16_t(current[k])) << 16);
      }
    }
  }
  first.push_back(from.size());
  isEmpty = from.empty();
  if (isEmpty)
    return;
  words = integerTable(b, packed, 32);
  if (int64_t(from.size()) == sources * targets)
    return;
  sourceOf = integerTable(b, from, sources <= 256 ? 8 : 32);
  firstOf = integerTable(b, first, 32);
}

Sums FixedSynapseCode::addSynapse(StepBuilder &b, Value potentials, Value synapse, Value source, Sums sums) const {
  Value place = arith::MulIOp::create(b, synapse, b.index(isNarrow ? 2 : 3));
  auto readWord = [&](int64_t word) {
    return readInteger(b, words, word == 0 ? place : Value(arith::AddIOp::create(b, place, b.index(word))));
  };
  Integer offset = readWord(0), rest = readWord(1), v = readInteger(b, potentials, source);
  Integer slope = rest.withWidth(16).withWidth(32);
  Integer s = sigmoid(clip((slope * v + offset) >> shift, 16));
  Integer conductance{}, current{};
  if (isNarrow) {
    conductance = (rest >> 16).withWidth(8).withWidth(32);
    current = rest >> 24;
  } else {
    Integer both = readWord(2);
    conductance = both.withWidth(16).withWidth(32);
    current = both >> 16;
  }
  return {sums.conductance + conductance * s, sums.current + current * s};
}

Sums FixedSynapseCode::add(StepBuilder &b, Value potentials, Value target, Sums sums) const {
  if (isEmpty)
    return sums;
  Integer first = wordConstant(b, 0), last = wordConstant(b, sources);
  Value base;
  if (firstOf) {
    first = readInteger(b, firstOf, target);
    last = readInteger(b, firstOf, arith::AddIOp::create(b, target, b.index(1)));
  } else {
    base = arith::MulIOp::create(b, target, b.index(sources));
  }
  SmallVector<Value> total =
      buildLoop(b, first, last, {sums.conductance.value, sums.current.value},
                [&](StepBuilder &b, Value k, ValueRange carried) -> SmallVector<Value> {
                  Value source = k, synapse = k;
                  if (sourceOf)
                    source = Integer{&b, tensor::ExtractOp::create(b, sourceOf, k)}.asIndex();
                  else
                    synapse = arith::AddIOp::create(b, base, k);
                  Sums next = addSynapse(b, potentials, synapse, source, {{&b, carried[0]}, {&b, carried[1]}});
                  return {next.conductance.value, next.current.value};
                });
  return {{&b, total[0]}, {&b, total[1]}};
}

FixedLTCLowering::FixedLTCLowering(StepBuilder &b, FixedLTCCellOp op)
    : b(b), units(countElements(op.getResult())), unfolds(op.getUnfolds()), sigmoid(b, FixedFunction::sigmoid),
      recurrent(b, sigmoid, units, units, op.getShift(), op.getSlope(), op.getOffset(), op.getConductance(),
                op.getCurrent()),
      sensory(b, sigmoid, countElements(op.getInput()), units, op.getSensoryShift(), op.getSensorySlope(),
              op.getSensoryOffset(), op.getSensoryConductance(), op.getSensoryCurrent()) {
  std::vector<int64_t> capacitances = readIntegerElements(op.getCapacitance()),
                       leaks = readIntegerElements(op.getLeak());
  SmallVector<int64_t> constant;
  for (auto [own, leak] : llvm::zip_equal(capacitances, leaks))
    constant.push_back(own + leak);
  capacitance = integerTable(b, capacitances, 32);
  conductance = integerTable(b, constant, 32);
  drive = integerTable(b, readIntegerElements(op.getDrive()), 32);
}

Integer FixedLTCLowering::divide(StepBuilder &b, Sums sums, Integer capacitance, Integer potential) const {
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

Value FixedLTCLowering::build(Value input, Value state) {
  auto emptyRow = [&](unsigned bits) -> Value {
    return tensor::EmptyOp::create(b, ArrayRef<int64_t>{units}, b.getIntegerType(bits));
  };
  SmallVector<Value> fromInputs = buildLoop(
      b, units, {emptyRow(32), emptyRow(32)}, [&](StepBuilder &b, Value j, ValueRange carried) -> SmallVector<Value> {
        Sums sums = sensory.add(b, input, j, {readInteger(b, conductance, j), readInteger(b, drive, j)});
        return {writeInteger(sums.conductance, carried[0], j), writeInteger(sums.current, carried[1], j)};
      });
  Value scratch = emptyRow(16);
  return buildLoop(
             b, unfolds, state,
             [&](StepBuilder &b, Value, ValueRange carried) -> SmallVector<Value> {
               Value v = carried.front();
               Value next =
                   buildLoop(b, units, scratch, [&](StepBuilder &b, Value j, ValueRange results) -> SmallVector<Value> {
                     Sums sums =
                         recurrent.add(b, v, j, {readInteger(b, fromInputs[0], j), readInteger(b, fromInputs[1], j)});
                     Integer potential = divide(b, sums, readInteger(b, capacitance, j), readInteger(b, v, j));
                     return {writeInteger(potential, results.front(), j)};
                   }).front();
               // All neurons read the potentials of the unfold before.
               return {linalg::CopyOp::create(b, next, v).getResult(0)};
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

struct FixedCfCGateModel : StepLoweringOpInterface::ExternalModel<FixedCfCGateModel, FixedCfCGateOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    FixedMode mode = cast<FixedCfCGateOp>(op).getMode();
    SmallVector<Value> flat;
    for (const StepSignal &input : inputs)
      flat.push_back(b.flatten(b.toChannelsFirst(input).value));
    RankedTensorType stored = getStoredType(cast<RankedTensorType>(op->getResult(0).getType()), false);
    Value empty = tensor::EmptyOp::create(b, ArrayRef<int64_t>{stored.getNumElements()}, stored.getElementType());
    Value h =
        b.elementwise(flat, empty, [&](OpBuilder &builder, Location loc, ValueRange arguments) -> SmallVector<Value> {
           StepBuilder inner(loc, builder, b.dt, b.machine);
           auto read = [&](unsigned i) { return Integer{&inner, arguments[i]}.withWidth(32); };
           Integer f1 = read(0), f2 = read(1), t = read(2);
           Integer from = mode == FixedMode::gated ? f2 - f1 : f2;
           Integer part = (from * t + (1 << (kFractionBits - 1))) >> kFractionBits, sum = f1 + part;
           if (mode == FixedMode::no_gate)
             sum = (sum + 1) >> 1;
           return {clip(sum, 16).withWidth(16).value};
         }).front();
    results.push_back({b.unflatten(h, stored)});
    return success();
  }
};
} // namespace

void lle::attachFixedCellLowerings(MLIRContext *context) {
  FixedLTCCellOp::attachInterface<FixedLTCCellModel>(*context);
  FixedCfCGateOp::attachInterface<FixedCfCGateModel>(*context);
}
