//===- FewSpike.cpp - neurons of few spikes -------------------------------===//
#include "dialects/Spk/FewSpike.h"
#include "lowering/SpkToLinalg/Coding.h"
#include "lowering/SpkToLinalg/Population.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

/// One number for each internal step.
static SmallVector<double> getList(ElementsAttr list) {
  SmallVector<double> numbers = getDoubles(list);
  numbers.resize(list.getNumElements(), numbers.front());
  return numbers;
}

namespace {
/// All internal steps in a row, in registers: K is small.
struct FewSpikeModel : StepLoweringOpInterface::ExternalModel<FewSpikeModel, FewSpikeOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto neuron = cast<FewSpikeOp>(op);
    RankedTensorType type = neuron.getType();
    bool channelsLast = inputs[0].channelsLast;
    SmallVector<double> threshold = getList(neuron.getVThreshold()), decrement = getList(neuron.getDecrement()),
                        amplitude = getList(neuron.getAmplitude());
    Value empty = tensor::EmptyOp::create(b, ArrayRef<int64_t>{type.getNumElements()}, type.getElementType());
    Sweep sweep(b, type, channelsLast);
    SmallVector<Value> next = sweep.build(b.flatten(inputs[0].value), empty, [&](Sweep &s) -> SmallVector<Value> {
      Number v = s.input(0), y = s(0.0);
      for (auto [t, h, d] : llvm::zip_equal(threshold, decrement, amplitude)) {
        Value fires = isAbove(s, neuron.getCompare(), v, s(t));
        v = select(fires, v - s(h), v);
        y = select(fires, y + s(d), y);
      }
      return {y.value};
    });
    results.push_back({b.unflatten(next.front(), getStoredType(type, channelsLast)), channelsLast, /*sparse=*/true});
    return success();
  }
};

/// One internal step, whose numbers are looked up by the phase.
struct FewSpikeCoderModel : StepLoweringOpInterface::ExternalModel<FewSpikeCoderModel, FewSpikeCoderOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto neuron = cast<FewSpikeCoderOp>(op);
    RankedTensorType type = neuron.getType();
    Value phase = readCounter(b, states[2]), zero = b.zero(b.getI32Type());
    Value isFirst = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, phase, zero);
    Value place = arith::IndexCastOp::create(b, b.getIndexType(), phase);
    auto lookUp = [&](ElementsAttr list) -> Value {
      auto table = RankedTensorType::get({list.getNumElements()}, type.getElementType());
      return tensor::ExtractOp::create(b, b.constantTensor(table, getDoubles(list)), place);
    };
    Value threshold = lookUp(neuron.getVThreshold()), decrement = lookUp(neuron.getDecrement()),
          amplitude = lookUp(neuron.getAmplitude());
    auto rule = [&](Sweep &s, ArrayRef<Number> x, const States &old) -> Outcome {
      auto number = [&](Value value) { return Number{&s.builder(), value}; };
      Number v = select(isFirst, old[1], old[0]), sum = select(isFirst, s(0.0), old[1]);
      Value fires = isAbove(s, neuron.getCompare(), v, number(threshold));
      return {{select(fires, v - number(decrement), v), sum + x[0]}, select(fires, number(amplitude), s(0.0)).value};
    };
    if (failed(lowerPopulation(op, b, inputs, states.take_front(2), results, newStates, rule)))
      return failure();
    Value one = arith::ConstantOp::create(b, b.getI32IntegerAttr(1));
    Value count = arith::ConstantOp::create(b, b.getI32IntegerAttr(int32_t(neuron.getVThreshold().getNumElements())));
    Value next = arith::AddIOp::create(b, phase, one);
    Value wraps = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, next, count);
    newStates.push_back(writeCounter(b, states[2], arith::SelectOp::create(b, wraps, zero, next)));
    return success();
  }
};
} // namespace

void spk::attachFewSpikeNeurons(MLIRContext &context) {
  FewSpikeOp::attachInterface<FewSpikeModel>(context);
  FewSpikeCoderOp::attachInterface<FewSpikeCoderModel>(context);
}
