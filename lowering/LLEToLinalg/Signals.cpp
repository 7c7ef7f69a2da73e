//===- Signals.cpp - functions and arrangement of signals -----------------===//
#include "lowering/LLEToLinalg/Synapses.h"
#include "lowering/LTCToLinalg/Maths.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace lle;

/// Where dimension `dim` of the signal is stored.
static int64_t getStoredDim(int64_t dim, bool channelsLast) {
  return channelsLast ? std::distance(std::begin(kChannelsLast), llvm::find(kChannelsLast, dim)) : dim;
}

/// The part of a tensor from `offset` on along one dimension.
struct Part {
  SmallVector<OpFoldResult> offsets, sizes, strides;

  Part(StepBuilder &b, ArrayRef<int64_t> shape, int64_t dim, int64_t offset) {
    offsets.assign(shape.size(), b.getIndexAttr(0));
    offsets[dim] = b.getIndexAttr(offset);
    sizes = getAsIndexOpFoldResult(b.getContext(), shape);
    strides.assign(shape.size(), b.getIndexAttr(1));
  }
};

struct ActivationModel : StepLoweringOpInterface::ExternalModel<ActivationModel, ActivationOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    Activation function = cast<ActivationOp>(op).getFunction();
    auto type = cast<RankedTensorType>(inputs[0].value.getType());
    Value empty = tensor::EmptyOp::create(b, ArrayRef<int64_t>{type.getNumElements()}, type.getElementType());
    Value result = b.elementwise(b.flatten(inputs[0].value), empty,
                                 [&](OpBuilder &builder, Location loc, ValueRange arguments) -> SmallVector<Value> {
                                   StepBuilder body(loc, builder, b.dt, b.machine);
                                   return {Maths(body).activate(function, arguments.front())};
                                 })
                       .front();
    bool keepsZeros = function != Activation::softplus && function != Activation::sigmoid;
    results.push_back({b.unflatten(result, type), inputs[0].channelsLast, keepsZeros && inputs[0].sparse});
    return success();
  }
};

struct ConcatModel : StepLoweringOpInterface::ExternalModel<ConcatModel, ConcatOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    bool channelsLast = llvm::any_of(inputs, [](const StepSignal &input) { return input.channelsLast; });
    RankedTensorType stored = getStoredType(cast<RankedTensorType>(op->getResult(0).getType()), channelsLast);
    int64_t dim = getStoredDim(0, channelsLast), offset = 0;
    Value joined = tensor::EmptyOp::create(b, stored.getShape(), stored.getElementType());
    for (const StepSignal &input : inputs) {
      Value value = channelsLast ? b.toChannelsLast(input).value : input.value;
      ArrayRef<int64_t> shape = cast<RankedTensorType>(value.getType()).getShape();
      Part part(b, shape, dim, offset);
      joined = tensor::InsertSliceOp::create(b, value, joined, part.offsets, part.sizes, part.strides);
      offset += shape[dim];
    }
    bool sparse = llvm::all_of(inputs, [](const StepSignal &input) { return input.sparse; });
    results.push_back({joined, channelsLast, sparse});
    return success();
  }
};

struct SliceModel : StepLoweringOpInterface::ExternalModel<SliceModel, SliceOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto slice = cast<SliceOp>(op);
    bool channelsLast = inputs[0].channelsLast;
    RankedTensorType stored = getStoredType(cast<RankedTensorType>(slice.getType()), channelsLast);
    Part part(b, stored.getShape(), getStoredDim(0, channelsLast), slice.getOffset());
    Value view = tensor::ExtractSliceOp::create(b, stored, inputs[0].value, part.offsets, part.sizes, part.strides);
    results.push_back({view, channelsLast, inputs[0].sparse});
    return success();
  }
};

struct TransposeModel : StepLoweringOpInterface::ExternalModel<TransposeModel, TransposeOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    ArrayRef<int64_t> permutation = cast<TransposeOp>(op).getPermutation();
    // The order in which the stored dimensions change if the result is stored in this way.
    auto getOrder = [&](bool channelsLast) {
      SmallVector<int64_t> order;
      for (int64_t dim = 0, rank = permutation.size(); dim < rank; ++dim)
        order.push_back(getStoredDim(permutation[channelsLast ? kChannelsLast[dim] : dim], inputs[0].channelsLast));
      return order;
    };
    // Images (H, W, C) of an input are (C, H, W) stored channels last as they lie.
    bool channelsLast = permutation.size() == 3 && !llvm::is_sorted(getOrder(/*channelsLast=*/false));
    SmallVector<int64_t> order = getOrder(channelsLast);
    Value value = llvm::is_sorted(order) ? inputs[0].value : b.transpose(inputs[0].value, order);
    results.push_back({value, channelsLast, inputs[0].sparse});
    return success();
  }
};

void lle::attachSignalLowerings(MLIRContext *context) {
  ActivationOp::attachInterface<ActivationModel>(*context);
  ConcatOp::attachInterface<ConcatModel>(*context);
  SliceOp::attachInterface<SliceModel>(*context);
  TransposeOp::attachInterface<TransposeModel>(*context);
}
