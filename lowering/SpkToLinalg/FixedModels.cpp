//===- FixedModels.cpp - graded and complex neurons in integers -----------===//
//
// As FixedPoint.cpp: one sweep of 32-bit integers. States have 24 bits, so that a sum of a few of them fits before it
// is wrapped or clipped.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spk/FixedModels.h"
#include "lowering/SpkToLinalg/FixedPoint.h"
#include "lowering/SpkToLinalg/Integers.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

static constexpr int kStateBits = 24;
static Word wrap24(Word x) { return wrap(x, kStateBits); }

namespace {
/// One sweep over a population. A rule adds its fields to the inputs and writes the body: new states, then the result.
class IntegerSweep {
public:
  IntegerSweep(StepBuilder &b, Operation *op)
      : b(b), op(op), type(cast<RankedTensorType>(op->getOperand(0).getType())) {}

  void addField(Field &field, ElementsAttr elements, double scale = 1) {
    if (elements)
      field.values = Parameter(elements) * Parameter(scale);
    fields.push_back(&field);
  }

  using Body = llvm::function_ref<SmallVector<Word>(StepBuilder &body, ArrayRef<Word> x, ArrayRef<Word> states,
                                                    ValueRange arguments)>;
  void build(ArrayRef<StepSignal> signals, ArrayRef<Value> states, SmallVectorImpl<StepSignal> &results,
             SmallVectorImpl<Value> &newStates, Body rule) {
    bool isMap = type.getRank() == 3;
    SmallVector<Value> inputs;
    for (const StepSignal &signal : signals)
      inputs.push_back(b.flatten(b.toChannelsLast(signal).value));
    for (Field *field : fields)
      field->addTable(b, type, inputs);
    RankedTensorType stored = getStoredType(type, isMap),
                     storedResult = getStoredType(cast<RankedTensorType>(op->getResult(0).getType()), isMap);
    SmallVector<Value> outputs = llvm::map_to_vector(states, [&](Value state) { return b.flatten(state); });
    outputs.push_back(
        tensor::EmptyOp::create(b, ArrayRef<int64_t>{type.getNumElements()}, storedResult.getElementType()));
    SmallVector<Value> next =
        b.elementwise(inputs, outputs, [&](OpBuilder &builder, Location loc, ValueRange arguments) {
          StepBuilder body(loc, builder, b.dt, b.machine);
          SmallVector<Word> x, old;
          for (unsigned i = 0; i < signals.size(); ++i)
            x.emplace_back(body, arguments[i]);
          for (unsigned i = 0; i < states.size(); ++i)
            old.emplace_back(body, arguments[inputs.size() + i]);
          return llvm::map_to_vector(rule(body, x, old, arguments), [](Word word) { return word.value; });
        });
    for (Value state : ArrayRef<Value>(next).drop_back())
      newStates.push_back(b.unflatten(state, stored));
    results.push_back({b.unflatten(next.back(), storedResult), isMap, /*sparse=*/true});
  }

private:
  StepBuilder &b;
  Operation *op;
  RankedTensorType type;
  SmallVector<Field *> fields;
};

/// Sends the change of its argument. The states are act, residue and, where errors accumulate, error.
struct DeltaCoder {
  Field threshold;
  int scale, stateExponent;
  bool accumulates;

  template <typename Op>
  DeltaCoder(Op op, IntegerSweep &sweep)
      : scale(op.getSpikeExp() + op.getStateExp()), stateExponent(op.getStateExp()), accumulates(op.getCumError()) {
    sweep.addField(threshold, op.getVThreshold(), double(int64_t(1) << scale));
  }

  /// New states, and the result.
  SmallVector<Word> encode(StepBuilder &b, Word value, ArrayRef<Word> old, ValueRange arguments) const {
    Word zero(b, 0);
    Word change = wrap24(value - old[0] + old[1]), error = accumulates ? wrap24(old[2] + change) : change;
    Value fired = absolute(error) >= threshold.load(b, arguments);
    Word sent = select(fired, change, zero);
    SmallVector<Word> next{value, wrap24(change - sent)};
    if (accumulates) {
      Value isSent = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, sent.value, zero.value);
      next.push_back(select(isSent, zero, error));
    }
    next.push_back(floorShift(sent, stateExponent));
    return next;
  }
};

struct FixedDeltaModel : StepLoweringOpInterface::ExternalModel<FixedDeltaModel, FixedDeltaOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    IntegerSweep sweep(b, op);
    DeltaCoder coder(cast<FixedDeltaOp>(op), sweep);
    sweep.build(inputs, states, results, newStates,
                [&](StepBuilder &body, ArrayRef<Word> x, ArrayRef<Word> old, ValueRange arguments) {
                  return coder.encode(body, wrap24(x[0] << coder.scale), old, arguments);
                });
    return success();
  }
};

static int getWeightExponent(std::optional<uint64_t> exponent) { return int(exponent.value_or(0)); }

struct FixedSigmaDeltaModel : StepLoweringOpInterface::ExternalModel<FixedSigmaDeltaModel, FixedSigmaDeltaOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto neuron = cast<FixedSigmaDeltaOp>(op);
    IntegerSweep sweep(b, op);
    DeltaCoder coder(neuron, sweep);
    Field bias;
    sweep.addField(bias, neuron.getBiasAttr(), double(int64_t(1) << coder.scale));
    int exponent = getWeightExponent(neuron.getWeightExp());
    sweep.build(inputs, states, results, newStates,
                [&](StepBuilder &body, ArrayRef<Word> x, ArrayRef<Word> old, ValueRange arguments) {
                  Word sigma = wrap24(old[0] + (x[0] << exponent)), value = sigma;
                  if (!bias.isAll(0))
                    value = wrap24(sigma + bias.load(body, arguments));
                  if (neuron.getActivation() == Activation::relu)
                    value = max(value, Word(body, 0));
                  SmallVector<Word> next = coder.encode(body, value, old.drop_front(), arguments);
                  next.insert(next.begin(), sigma);
                  return next;
                });
    return success();
  }
};

struct FixedSigmaModel : StepLoweringOpInterface::ExternalModel<FixedSigmaModel, FixedSigmaOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    IntegerSweep sweep(b, op);
    int exponent = getWeightExponent(cast<FixedSigmaOp>(op).getWeightExp());
    sweep.build(inputs, states, results, newStates,
                [&](StepBuilder &, ArrayRef<Word> x, ArrayRef<Word> old, ValueRange) {
                  Word sigma = wrap24(old[0] + (x[0] << exponent));
                  return SmallVector<Word>{sigma, sigma};
                });
    results.back().sparse = false;
    return success();
  }
};

struct FixedRFModel : StepLoweringOpInterface::ExternalModel<FixedRFModel, FixedRFOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto neuron = cast<FixedRFOp>(op);
    IntegerSweep sweep(b, op);
    Field cosine, sine, threshold;
    sweep.addField(cosine, neuron.getDecayCos());
    sweep.addField(sine, neuron.getDecaySin());
    sweep.addField(threshold, neuron.getVThreshold(), double(1 << loihi::kInputShift));
    int shift = loihi::kInputShift + getWeightExponent(neuron.getWeightExp());
    bool isPhase = neuron.getResonator() == Resonator::phase;
    sweep.build(
        inputs, states, results, newStates,
        [&](StepBuilder &body, ArrayRef<Word> x, ArrayRef<Word> old, ValueRange arguments) -> SmallVector<Word> {
          auto turn = [&](const Field &factor, Word state) {
            bool isSigned = llvm::any_of(factor.values.getValues(), [](double f) { return f < 0; });
            return scaleTowardsZero(body, factor, arguments, state, isSigned);
          };
          auto clip = [&](Word s) {
            return min(max(s, Word(body, 1 - loihi::kStateLimit)), Word(body, loihi::kStateLimit - 1));
          };
          Word zero(body, 0), level = threshold.load(body, arguments);
          Word re = clip(turn(cosine, old[0]) - turn(sine, old[1]) + (x[0] << shift));
          Word im = clip(turn(sine, old[0]) + turn(cosine, old[1]) + (x[1] << shift));
          Value fired = isPhase ? bothOf(bothOf(re >= level, im >= zero, body), zero > old[1], body) : im >= level;
          if (!isPhase) {
            re = select(fired, zero, re);
            im = select(fired, level - Word(body, 1), im);
          }
          return {re, im, Word(body, arith::ExtUIOp::create(body, body.getI8Type(), fired))};
        });
    return success();
  }
};
} // namespace

void lle::attachFixedModelLowerings(MLIRContext *context) {
  FixedDeltaOp::attachInterface<FixedDeltaModel>(*context);
  FixedSigmaDeltaOp::attachInterface<FixedSigmaDeltaModel>(*context);
  FixedSigmaOp::attachInterface<FixedSigmaModel>(*context);
  FixedRFOp::attachInterface<FixedRFModel>(*context);
}
