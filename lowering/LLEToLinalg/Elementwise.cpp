//===- Elementwise.cpp - delays, sums, factors and shapes -----------------===//
#include "lowering/LLEToLinalg/Layers.h"
#include "lowering/LLEToLinalg/Synapses.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lle;

/// Synapses and factors pack their weights as they need them; only a constant that is a signal is a value of the step.
static bool isSignal(WeightOp weight) {
  return llvm::any_of(weight->getUses(), [](OpOperand &use) {
    return use.getOperandNumber() == 0 || !isa<SynapseOpInterface, ScaleOp>(use.getOwner());
  });
}

struct WeightModel : StepLoweringOpInterface::ExternalModel<WeightModel, WeightOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal>, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto weight = cast<WeightOp>(op);
    Value constant;
    if (isSignal(weight)) {
      auto type = getStoredType(cast<RankedTensorType>(weight.getType()), /*channelsLast=*/false);
      constant = b.constantTensor(type, getDoubles(weight.getValue()));
    }
    results.push_back({constant});
    return success();
  }
};

SmallVector<Value> lle::alignSignals(StepBuilder &b, ArrayRef<StepSignal> signals, bool &channelsLast) {
  channelsLast = llvm::any_of(signals, [](const StepSignal &signal) { return signal.channelsLast; });
  return llvm::map_to_vector(signals, [&](const StepSignal &signal) -> Value {
    return b.flatten((channelsLast ? b.toChannelsLast(signal) : signal).value);
  });
}

struct AddModel : StepLoweringOpInterface::ExternalModel<AddModel, AddOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    bool channelsLast;
    SmallVector<Value> flat = alignSignals(b, inputs, channelsLast);
    RankedTensorType stored = getStoredType(cast<AddOp>(op).getType(), channelsLast);
    Type element = stored.getElementType();
    Value empty = tensor::EmptyOp::create(b, ArrayRef<int64_t>{stored.getNumElements()}, element);
    Value sum = b.elementwise(flat, empty, [&](OpBuilder &builder, Location loc, ValueRange arguments) {
                   StepBuilder body(loc, builder, b.dt, b.machine);
                   return SmallVector<Value>{addUp(body, arguments.drop_back(), element)};
                 }).front();
    bool sparse = llvm::all_of(inputs, [](const StepSignal &signal) { return signal.sparse; });
    results.push_back({b.unflatten(sum, stored), channelsLast, sparse});
    return success();
  }

private:
  static Value addUp(StepBuilder &b, ValueRange terms, Type element) {
    if (auto counts = dyn_cast<IntegerType>(element)) {
      IntegerType wide = counts;
      if (counts.getWidth() < 32)
        wide = getCountType(b, ValueRange(terms).getTypes(), double(terms.size()));
      Value sum = widen(b, terms.front(), wide);
      for (Value term : terms.drop_front())
        sum = arith::AddIOp::create(b, sum, widen(b, term, wide));
      return narrow(b, sum, counts);
    }
    Value sum = b.toFloat(terms.front(), element);
    for (Value term : terms.drop_front())
      sum = arith::AddFOp::create(b, sum, b.toFloat(term, element));
    return sum;
  }
};

struct ScaleModel : StepLoweringOpInterface::ExternalModel<ScaleModel, ScaleOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto scale = cast<ScaleOp>(op);
    RankedTensorType logical = scale.getType();
    RankedTensorType stored = getStoredType(logical, inputs[0].channelsLast);
    Type element = stored.getElementType();
    SmallVector<double> factor = getWeightValues(scale.getFactor());
    if (inputs[0].channelsLast)
      factor = permuteElements(factor, logical.getShape(), kChannelsLast);
    auto flatType = RankedTensorType::get({stored.getNumElements()}, element);
    Value factors = b.constantTensor(flatType, factor);
    Value empty = tensor::EmptyOp::create(b, flatType.getShape(), element);
    Value product = b.elementwise({b.flatten(inputs[0].value), factors}, empty,
                                  [&](OpBuilder &builder, Location loc, ValueRange arguments) {
                                    StepBuilder body(loc, builder, b.dt, b.machine);
                                    Value x = body.toFloat(arguments[0], element);
                                    return SmallVector<Value>{arith::MulFOp::create(body, x, arguments[1])};
                                  })
                        .front();
    results.push_back({b.unflatten(product, stored), inputs[0].channelsLast, inputs[0].sparse});
    return success();
  }
};

struct FlattenModel : StepLoweringOpInterface::ExternalModel<FlattenModel, FlattenOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    StepSignal input = inputs[0];
    if (keepsStoredOrder(op, input.sparse, b.machine)) {
      Value flat = input.value ? b.flatten(input.value) : Value();
      results.push_back({flat, input.channelsLast, input.sparse, input.bits});
      return success();
    }
    input = b.toChannelsFirst(input);
    auto type = getStoredType(cast<RankedTensorType>(op->getResult(0).getType()), /*channelsLast=*/false);
    results.push_back({b.unflatten(b.flatten(input.value), type), /*channelsLast=*/false, input.sparse});
    return success();
  }

  bool readsBits(Operation *op, unsigned, const VectorShape &machine) const {
    return keepsStoredOrder(op, /*isSparse=*/true, machine) && llvm::all_of(op->getUses(), [&](OpOperand &use) {
             return cast<StepLoweringOpInterface>(use.getOwner()).readsBits(use.getOperandNumber(), machine);
           });
  }

private:
  /// Elements of a whole map stay where they are if all that reads them finds them there.
  static bool keepsStoredOrder(Operation *op, bool isSparse, const VectorShape &machine) {
    auto flatten = cast<FlattenOp>(op);
    return flatten.getType().getRank() == 1 && flatten.getInput().getType().getRank() == 3 &&
           llvm::all_of(op->getUsers(), [&](Operation *user) { return readsStoredOrder(user, isSparse, machine); });
  }
};

/// A delay of one step is a register; a longer one is a ring of slots.
struct DelayModel : StepLoweringOpInterface::ExternalModel<DelayModel, DelayOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    auto delay = cast<DelayOp>(op);
    auto type = cast<RankedTensorType>(delay.getType());
    bool isMap = type.getRank() == 3;
    bool sparse = isa<IntegerType>(type.getElementType()) || (inputs[0].value && inputs[0].sparse);
    if (states.empty()) {
      results.push_back(inputs[0]);
      return success();
    }
    Value input = inputs[0].value ? b.toChannelsLast(inputs[0]).value : Value();
    if (states.size() == 1) {
      results.push_back({states[0], isMap, sparse});
      if (input)
        newStates.push_back(input);
      return success();
    }
    RankedTensorType stored = getStoredType(type, isMap);
    Value result =
        delay.isUniform() ? readSlot(b, delay, states, stored) : readElements(b, delay, input, states, stored);
    results.push_back({result, isMap, sparse});
    if (input)
      writeSlot(b, delay, input, states, stored, newStates);
    return success();
  }

private:
  static Value getHead(StepBuilder &b, Value head) {
    return arith::IndexCastOp::create(b, b.getIndexType(), tensor::ExtractOp::create(b, head, b.index(0)));
  }

  /// Offsets, sizes and strides of slot `slot` of the ring.
  static void getSlot(StepBuilder &b, Value slot, RankedTensorType stored, SmallVector<OpFoldResult> &offsets,
                      SmallVector<OpFoldResult> &sizes, SmallVector<OpFoldResult> &strides) {
    offsets.assign(stored.getRank() + 1, b.getIndexAttr(0));
    offsets[0] = slot;
    sizes.assign(1, b.getIndexAttr(1));
    for (int64_t length : stored.getShape())
      sizes.push_back(b.getIndexAttr(length));
    strides.assign(stored.getRank() + 1, b.getIndexAttr(1));
  }

  /// The slot that is written next holds what was written `depth` steps before.
  static Value readSlot(StepBuilder &b, DelayOp, ArrayRef<Value> states, RankedTensorType stored) {
    SmallVector<OpFoldResult> offsets, sizes, strides;
    getSlot(b, getHead(b, states[1]), stored, offsets, sizes, strides);
    Value slot = tensor::ExtractSliceOp::create(b, stored, states[0], offsets, sizes, strides);
    // A copy: the slot is overwritten in this step.
    Value empty = tensor::EmptyOp::create(b, ArrayRef<int64_t>{stored.getNumElements()}, stored.getElementType());
    Value copy = b.elementwise(b.flatten(slot), empty, [](OpBuilder &, Location, ValueRange arguments) {
                    return SmallVector<Value>{arguments.front()};
                  }).front();
    return b.unflatten(copy, stored);
  }

  /// Element k comes from slot (head - steps[k]) mod depth, or from the input where steps[k] is zero.
  static Value readElements(StepBuilder &b, DelayOp delay, Value input, ArrayRef<Value> states,
                            RankedTensorType stored) {
    int64_t depth = delay.getDepth(), count = stored.getNumElements();
    SmallVector<double> steps = getDoubles(delay.getSteps());
    if (stored.getRank() == 3)
      steps = permuteElements(steps, cast<RankedTensorType>(delay.getType()).getShape(), kChannelsLast);
    Value stepsTable = b.constantTensor(RankedTensorType::get({count}, b.getI64Type()), steps);
    Value ring = b.flatten(states[0]), head = getHead(b, states[1]);
    Value flatInput = input ? b.flatten(input) : Value();
    Value empty = tensor::EmptyOp::create(b, ArrayRef<int64_t>{count}, stored.getElementType());
    auto loop = scf::ForOp::create(b, b.index(0), b.index(count), b.index(1), empty);
    StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    Value k = loop.getInductionVar();
    Value delaySteps =
        arith::IndexCastOp::create(inner, inner.getIndexType(), tensor::ExtractOp::create(inner, stepsTable, k));
    Value slot = arith::SubIOp::create(inner, arith::AddIOp::create(inner, head, inner.index(depth)), delaySteps);
    slot = arith::RemUIOp::create(inner, slot, inner.index(depth));
    Value place = arith::AddIOp::create(inner, arith::MulIOp::create(inner, slot, inner.index(count)), k);
    Value element = tensor::ExtractOp::create(inner, ring, place);
    if (flatInput) {
      Value none = arith::CmpIOp::create(inner, arith::CmpIPredicate::eq, delaySteps, inner.index(0));
      element = arith::SelectOp::create(inner, none, tensor::ExtractOp::create(inner, flatInput, k), element);
    }
    Value next = tensor::InsertOp::create(inner, element, loop.getRegionIterArgs().front(), k);
    scf::YieldOp::create(inner, next);
    return b.unflatten(loop.getResult(0), stored);
  }

  static void writeSlot(StepBuilder &b, DelayOp delay, Value input, ArrayRef<Value> states, RankedTensorType stored,
                        SmallVectorImpl<Value> &newStates) {
    Value head = getHead(b, states[1]);
    SmallVector<OpFoldResult> offsets, sizes, strides;
    getSlot(b, head, stored, offsets, sizes, strides);
    SmallVector<int64_t> slotShape{1};
    llvm::append_range(slotShape, stored.getShape());
    Value slot = b.unflatten(b.flatten(input), RankedTensorType::get(slotShape, stored.getElementType()));
    newStates.push_back(tensor::InsertSliceOp::create(b, slot, states[0], offsets, sizes, strides));
    Value next = arith::AddIOp::create(b, head, b.index(1));
    next = arith::RemUIOp::create(b, next, b.index(delay.getDepth()));
    Value number = arith::IndexCastOp::create(b, b.getI32Type(), next);
    newStates.push_back(tensor::InsertOp::create(b, number, states[1], b.index(0)));
  }
};

void lle::registerLLEStepLowerings(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, LLEDialect *) {
    WeightOp::attachInterface<WeightModel>(*context);
    AddOp::attachInterface<AddModel>(*context);
    ScaleOp::attachInterface<ScaleModel>(*context);
    FlattenOp::attachInterface<FlattenModel>(*context);
    DelayOp::attachInterface<DelayModel>(*context);
    attachLinearLowerings(context);
    attachConvolutionLowerings(context);
    attachPoolingLowerings(context);
    attachSignalLowerings(context);
    attachLayerLowerings(context);
    attachMatMulLowering(context);
    attachMaxPoolLowering(context);
    attachFixedAffineLowering(context);
    attachQuantizationLowerings(context);
  });
}
