//===- Q15.cpp - sweeps in 16-bit arithmetic ------------------------------===//
//
// The product of 16-bit numbers, its shift and the sum are written so that a processor with DSP instructions takes them
// for one or two, and clips by one (smulbb, add with a shift, ssat on Cortex-M).
//
//===----------------------------------------------------------------------===//
#include "dialects/Spk/Q15.h"
#include "dialects/Spk/SpkOps.h"
#include "lowering/SpkToLinalg/FixedPoint.h"
#include "lowering/SpkToLinalg/Parameter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

/// A parameter of the sweep: a constant, or the next of `inputs`.
static std::optional<unsigned> addTable(StepBuilder &b, RankedTensorType type, const Parameter &parameter,
                                        SmallVectorImpl<Value> &inputs) {
  if (parameter.isUniform())
    return std::nullopt;
  SmallVector<double> values(parameter.getValues());
  if (type.getRank() == 3)
    values = permuteElements(values, type.getShape(), kChannelsLast);
  inputs.push_back(b.constantTensor(RankedTensorType::get({type.getNumElements()}, b.getI32Type()), values));
  return inputs.size() - 1;
}

namespace {
struct Q15LIFModel : StepLoweringOpInterface::ExternalModel<Q15LIFModel, Q15LIFOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto neuron = cast<Q15LIFOp>(op);
    RankedTensorType type = neuron.getInput().getType();
    bool isMap = type.getRank() == 3;
    Parameter decay(neuron.getDecay()), threshold(neuron.getVThreshold());
    SmallVector<Value> operands{b.flatten(b.toChannelsLast(inputs[0]).value)};
    std::optional<unsigned> decayTable = addTable(b, type, decay, operands),
                            thresholdTable = addTable(b, type, threshold, operands);
    unsigned numInputs = operands.size();
    Value spikes = tensor::EmptyOp::create(b, ArrayRef<int64_t>{type.getNumElements()}, b.getI8Type());
    auto body = [&](OpBuilder &builder, Location loc, ValueRange arguments) -> SmallVector<Value> {
      StepBuilder s(loc, builder, b.dt, b.machine);
      auto word = [&](int64_t value) -> Value { return arith::ConstantOp::create(s, s.getI32IntegerAttr(value)); };
      auto load = [&](std::optional<unsigned> table, const Parameter &parameter) {
        return table ? arguments[*table] : word(int64_t(parameter.getValues().front()));
      };
      Value v = arith::ExtSIOp::create(s, s.getI32Type(), arguments[numInputs]);
      Value level = load(thresholdTable, threshold);
      v = arith::ShRSIOp::create(s, arith::MulIOp::create(s, v, load(decayTable, decay)), word(q15::kFractionBits));
      v = arith::AddIOp::create(s, v, arguments[0]);
      v = arith::MaxSIOp::create(s, arith::MinSIOp::create(s, v, word(INT16_MAX)), word(INT16_MIN));
      Value fired = arith::CmpIOp::create(s, arith::CmpIPredicate::sge, v, level);
      bool subtracts = neuron.getReset() == Q15Reset::subtract;
      Value reset = subtracts ? arith::SubIOp::create(s, v, level).getResult() : word(0);
      v = arith::SelectOp::create(s, fired, reset, v);
      return {arith::TruncIOp::create(s, s.getI16Type(), v), arith::ExtUIOp::create(s, s.getI8Type(), fired)};
    };
    SmallVector<Value> next = b.elementwise(operands, {b.flatten(states[0]), spikes}, body);
    RankedTensorType stored = getStoredType(type, isMap);
    newStates.push_back(b.unflatten(next[0], stored.clone(b.getI16Type())));
    results.push_back({b.unflatten(next[1], stored.clone(b.getI8Type())), isMap, /*sparse=*/true});
    return success();
  }
};
} // namespace

void lle::attachQ15Lowering(MLIRContext *context) { Q15LIFOp::attachInterface<Q15LIFModel>(*context); }
