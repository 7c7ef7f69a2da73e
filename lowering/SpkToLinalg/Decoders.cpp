//===- Decoders.cpp - values from spikes ----------------------------------===//
#include "dialects/Spk/Coding.h"
#include "lowering/LLEToLinalg/Layers.h"
#include "lowering/SpkToLinalg/Coding.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

/// A stored number as one of the type of a decoder's result.
static Value convert(StepBuilder &b, Value stored, Type type) {
  if (auto integer = dyn_cast<IntegerType>(type))
    return widen(b, stored, integer);
  return b.toFloat(stored, type);
}

static Value emptyLike(StepBuilder &b, RankedTensorType stored) {
  return tensor::EmptyOp::create(b, ArrayRef<int64_t>{stored.getNumElements()}, stored.getElementType());
}

namespace {
struct SpikeCountModel : StepLoweringOpInterface::ExternalModel<SpikeCountModel, DecodeSpikeCountOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto state = cast<RankedTensorType>(states[0].getType());
    Type element = state.getElementType();
    SmallVector<Value> next = b.elementwise(b.flatten(b.toChannelsLast(inputs[0]).value), b.flatten(states[0]),
                                            [&](OpBuilder &builder, Location loc, ValueRange arguments) {
                                              StepBuilder body(loc, builder, b.dt, b.machine);
                                              return SmallVector<Value>{add(body, arguments[1], arguments[0], element)};
                                            });
    newStates.push_back(b.unflatten(next.front(), state));
    results.push_back({newStates.back(), state.getRank() == 3});
    return success();
  }

private:
  static Value add(StepBuilder &b, Value count, Value spikes, Type element) {
    if (isa<FloatType>(element))
      return arith::AddFOp::create(b, count, b.toFloat(spikes, element));
    return arith::AddIOp::create(b, count, widen(b, spikes, cast<IntegerType>(element)));
  }
};

struct FirstSpikeModel : StepLoweringOpInterface::ExternalModel<FirstSpikeModel, DecodeFirstSpikeOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto state = cast<RankedTensorType>(states[0].getType());
    Type element = state.getElementType();
    Value step = readCounter(b, states[1]), now = convert(b, step, element);
    int64_t never = cast<DecodeFirstSpikeOp>(op).getNever();
    SmallVector<Value> next = b.elementwise(
        b.flatten(b.toChannelsLast(inputs[0]).value), {b.flatten(states[0]), emptyLike(b, state)},
        [&](OpBuilder &builder, Location loc, ValueRange arguments) {
          StepBuilder body(loc, builder, b.dt, b.machine);
          Value spikes = arguments[0], before = arguments[1];
          Value fired = arith::CmpIOp::create(body, arith::CmpIPredicate::ne, spikes, body.zero(spikes.getType()));
          Value isNew = arith::AndIOp::create(body, fired, isNegative(body, before));
          Value time = arith::SelectOp::create(body, isNew, now, before);
          Value none = isa<FloatType>(element)
                           ? body.floatConstant(element, double(never))
                           : arith::ConstantOp::create(body, body.getIntegerAttr(element, never)).getResult();
          return SmallVector<Value>{time, arith::SelectOp::create(body, isNegative(body, time), none, time)};
        });
    newStates.push_back(b.unflatten(next[0], state));
    newStates.push_back(writeCounter(b, states[1], countUpTo(b, step, kMaxSteps - 1)));
    results.push_back({b.unflatten(next[1], state), state.getRank() == 3});
    return success();
  }

private:
  static Value isNegative(StepBuilder &b, Value time) {
    Value zero = b.zero(time.getType());
    if (isa<FloatType>(time.getType()))
      return arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, time, zero);
    return arith::CmpIOp::create(b, arith::CmpIPredicate::slt, time, zero);
  }
};

struct MembraneModel : StepLoweringOpInterface::ExternalModel<MembraneModel, DecodeMembraneOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    Readout readout = cast<DecodeMembraneOp>(op).getReadout();
    if (readout == Readout::last) {
      results.push_back(inputs[0]);
      return success();
    }
    auto state = cast<RankedTensorType>(states[0].getType());
    Value next = b.elementwise(b.flatten(b.toChannelsLast(inputs[0]).value), b.flatten(states[0]),
                               [&](OpBuilder &builder, Location loc, ValueRange arguments) -> SmallVector<Value> {
                                 StepBuilder body(loc, builder, b.dt, b.machine);
                                 Value v = arguments[0], before = arguments[1];
                                 if (readout != Readout::max)
                                   return {arith::AddFOp::create(body, before, v)};
                                 Value less = arith::CmpFOp::create(body, arith::CmpFPredicate::OLT, before, v);
                                 return {arith::SelectOp::create(body, less, v, before)};
                               })
                     .front();
    newStates.push_back(b.unflatten(next, state));
    bool isMap = state.getRank() == 3;
    if (readout != Readout::mean) {
      results.push_back({newStates.back(), isMap});
      return success();
    }
    Value step = readCounter(b, states[1]);
    Value steps = arith::AddIOp::create(b, step, arith::ConstantOp::create(b, b.getI32IntegerAttr(1)));
    Value divisor = arith::SIToFPOp::create(b, state.getElementType(), steps);
    Value mean = b.elementwise(next, emptyLike(b, state),
                               [&](OpBuilder &builder, Location loc, ValueRange arguments) -> SmallVector<Value> {
                                 return {arith::DivFOp::create(builder, loc, arguments[0], divisor)};
                               })
                     .front();
    newStates.push_back(writeCounter(b, states[1], countUpTo(b, step, kMaxSteps - 1)));
    results.push_back({b.unflatten(mean, state), isMap});
    return success();
  }
};

/// The first neurons of all groups, then the second ones, and so on: each a row that is added.
struct PopulationDecoderModel : StepLoweringOpInterface::ExternalModel<PopulationDecoderModel, DecodePopulationOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto population = cast<DecodePopulationOp>(op);
    auto input = cast<RankedTensorType>(inputs[0].value.getType());
    int64_t groups = population.getType().getDimSize(0), size = input.getDimSize(0) / groups;
    Type element = population.getType().getElementType();
    Value matrix = b.unflatten(inputs[0].value, RankedTensorType::get({groups, size}, input.getElementType()));
    Value rows = b.flatten(b.transpose(matrix, {1, 0}));
    auto readRow = [&](StepBuilder &b, Value index) -> Value {
      Value start = arith::MulIOp::create(b, index, b.index(groups));
      return tensor::ExtractSliceOp::create(b, rows, ArrayRef<OpFoldResult>{start},
                                            ArrayRef<OpFoldResult>{b.getIndexAttr(groups)},
                                            ArrayRef<OpFoldResult>{b.getIndexAttr(1)});
    };
    Value sum = b.elementwise(readRow(b, b.index(0)), emptyLike(b, population.getType()),
                              [&](OpBuilder &builder, Location loc, ValueRange arguments) -> SmallVector<Value> {
                                StepBuilder body(loc, builder, b.dt, b.machine);
                                return {body.toFloat(arguments[0], element)};
                              })
                    .front();
    if (size > 1) {
      auto loop = scf::ForOp::create(b, b.index(1), b.index(size), b.index(1), sum);
      StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
      Value next = inner
                       .elementwise(readRow(inner, loop.getInductionVar()), loop.getRegionIterArgs().front(),
                                    [&](OpBuilder &builder, Location loc, ValueRange arguments) -> SmallVector<Value> {
                                      StepBuilder body(loc, builder, b.dt, b.machine);
                                      Value term = body.toFloat(arguments[0], element);
                                      return {arith::AddFOp::create(body, arguments[1], term)};
                                    })
                       .front();
      scf::YieldOp::create(inner, next);
      sum = loop.getResult(0);
    }
    if (population.getMean())
      sum = b.elementwise(sum, emptyLike(b, population.getType()),
                          [&](OpBuilder &builder, Location loc, ValueRange arguments) -> SmallVector<Value> {
                            StepBuilder body(loc, builder, b.dt, b.machine);
                            Value divisor = body.floatConstant(element, double(size));
                            return {arith::DivFOp::create(body, arguments[0], divisor)};
                          })
                .front();
    results.push_back({sum});
    return success();
  }
};
} // namespace

void spk::attachDecoderLowerings(MLIRContext *context) {
  DecodeSpikeCountOp::attachInterface<SpikeCountModel>(*context);
  DecodeFirstSpikeOp::attachInterface<FirstSpikeModel>(*context);
  DecodeMembraneOp::attachInterface<MembraneModel>(*context);
  DecodePopulationOp::attachInterface<PopulationDecoderModel>(*context);
}
