//===- FixedPoint.cpp - sweeps in integers --------------------------------===//
//
// As Neurons.cpp, in 32-bit integers. All that is known of a neuron at compile time is folded into four numbers: what
// u and v keep of themselves (in 4096ths), the bias, and the threshold in the unit of v.
//
//===----------------------------------------------------------------------===//
#include "lowering/SpkToLinalg/FixedPoint.h"
#include "dialects/Spk/FixedPoint.h"
#include "dialects/Spk/SpkOps.h"
#include "lowering/SpkToLinalg/Integers.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

namespace {
class CubaLowering {
public:
  template <typename FixedOp>
  CubaLowering(StepBuilder &b, FixedOp op) : b(b), type(cast<RankedTensorType>(op.getInput().getType())) {
    double one = double(1 << loihi::kDecayBits);
    keptCurrent.values = Parameter(one - 1) - Parameter(op.getDuAttr());
    keptMembrane.values = Parameter(one) - Parameter(op.getDvAttr());
    if (op.getBiasMantAttr())
      bias.values = Parameter::combine(
          Parameter(op.getBiasMantAttr()), Parameter(op.getBiasExpAttr()),
          [](double mantissa, double exponent) { return double(*getLoihiBias(mantissa, exponent)); });
    shift = loihi::kInputShift + int(op.getWeightExp().value_or(0));
    if (IntegerAttr attribute = op.getResetIntervalAttr()) {
      interval = attribute.getInt();
      offset = op.getResetOffsetAttr().getInt();
    }
  }

  void setThreshold(ElementsAttr elements) {
    threshold = Field{Parameter(elements) * Parameter(double(1 << loihi::kInputShift)), std::nullopt};
  }

  /// The new states and the result.
  void build(StepSignal input, ArrayRef<Value> states, SmallVectorImpl<StepSignal> &results,
             SmallVectorImpl<Value> &newStates);

private:
  StepBuilder &b;
  RankedTensorType type;
  Field keptCurrent, keptMembrane, bias;
  std::optional<Field> threshold;
  int shift;                        ///< Of the input.
  int64_t interval = 0, offset = 0; ///< No interval: no reset.
};
} // namespace

void CubaLowering::build(StepSignal input, ArrayRef<Value> states, SmallVectorImpl<StepSignal> &results,
                         SmallVectorImpl<Value> &newStates) {
  bool isMap = type.getRank() == 3;
  SmallVector<Value> inputs{b.flatten(b.toChannelsLast(input).value)};
  for (Field *field : {&keptCurrent, &keptMembrane, &bias})
    field->addTable(b, type, inputs);
  if (threshold)
    threshold->addTable(b, type, inputs);

  Value isReset, nextPhase;
  if (interval) {
    // The phase of the step to come, modulo the interval, is what the reset is compared with.
    Value one = arith::ConstantOp::create(b, b.getI32IntegerAttr(1));
    Value limit = arith::ConstantOp::create(b, b.getI32IntegerAttr(interval));
    nextPhase = arith::AddIOp::create(b, tensor::ExtractOp::create(b, states[2], b.index(0)), one);
    Value wraps = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, nextPhase, limit);
    nextPhase = arith::SelectOp::create(b, wraps, b.zero(b.getI32Type()), nextPhase);
    Value start = arith::ConstantOp::create(b, b.getI32IntegerAttr(offset));
    isReset = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, nextPhase, start);
  }

  SmallVector<Value> outputs{b.flatten(states[0]), b.flatten(states[1])};
  if (threshold)
    outputs.push_back(tensor::EmptyOp::create(b, ArrayRef<int64_t>{type.getNumElements()}, b.getI8Type()));
  unsigned numInputs = inputs.size();
  SmallVector<Value> next =
      b.elementwise(inputs, outputs, [&](OpBuilder &builder, Location loc, ValueRange arguments) -> SmallVector<Value> {
        StepBuilder body(loc, builder, b.dt, b.machine);
        Word x(body, arguments[0]), u(body, arguments[numInputs]), v(body, arguments[numInputs + 1]), zero(body, 0);
        if (isReset) {
          u = select(isReset, zero, u);
          v = select(isReset, zero, v);
        }
        u = scaleTowardsZero(body, keptCurrent, arguments, u) + (x << shift);
        Word limit(body, loihi::kStateLimit), minusLimit(body, -loihi::kStateLimit);
        Word turn(body, 2 * int64_t(loihi::kStateLimit));
        // At most one of the two holds, and the other still does not after it.
        u = u - select(u > limit, turn, zero);
        u = u + select(u <= minusLimit, turn, zero);
        v = scaleTowardsZero(body, keptMembrane, arguments, v) + u;
        if (!bias.isAll(0))
          v = v + bias.load(body, arguments);
        v = min(max(v, Word(body, 1 - loihi::kStateLimit)), Word(body, loihi::kStateLimit - 1));
        if (!threshold)
          return {u.value, v.value};
        Value fired = v > threshold->load(body, arguments);
        v = select(fired, zero, v);
        return {u.value, v.value, arith::ExtUIOp::create(body, body.getI8Type(), fired)};
      });

  RankedTensorType stored = getStoredType(type, isMap);
  for (unsigned state = 0; state < 2; ++state)
    newStates.push_back(b.unflatten(next[state], stored));
  if (interval)
    newStates.push_back(tensor::InsertOp::create(b, nextPhase, states[2], b.index(0)));
  if (threshold)
    results.push_back({b.unflatten(next[2], stored.clone(b.getI8Type())), isMap, /*sparse=*/true});
  else
    results.push_back({newStates[1], isMap});
}

namespace {
struct FixedCubaLIFModel : StepLoweringOpInterface::ExternalModel<FixedCubaLIFModel, FixedCubaLIFOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto neuron = cast<FixedCubaLIFOp>(op);
    CubaLowering lowering(b, neuron);
    lowering.setThreshold(neuron.getVThreshold());
    lowering.build(inputs[0], states, results, newStates);
    return success();
  }
};

struct FixedCubaLIModel : StepLoweringOpInterface::ExternalModel<FixedCubaLIModel, FixedCubaLIOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    CubaLowering(b, cast<FixedCubaLIOp>(op)).build(inputs[0], states, results, newStates);
    return success();
  }
};
} // namespace

void lle::attachFixedPointLowerings(MLIRContext *context) {
  FixedCubaLIFOp::attachInterface<FixedCubaLIFModel>(*context);
  FixedCubaLIOp::attachInterface<FixedCubaLIModel>(*context);
}
