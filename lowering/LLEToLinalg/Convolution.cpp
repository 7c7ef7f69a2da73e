//===- Convolution.cpp - synapses that are convolutions -------------------===//
#include "lowering/LLEToLinalg/Convolution.h"
#include "lowering/LLEToLinalg/Synapses.h"
#include "lowering/MaterializeState/SpikeBits.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lle;

/// Scales and biases the image of quantised weights, channel by channel.
static Value finish(StepBuilder &b, Value image, const SynapseArithmetic &arithmetic, ArrayRef<double> bias) {
  auto type = cast<RankedTensorType>(image.getType());
  auto makeRow = [&](ArrayRef<double> values) {
    return b.constantTensor(RankedTensorType::get({type.getShape().back()}, arithmetic.resultType), values);
  };
  Value empty = tensor::EmptyOp::create(b, type.getShape(), arithmetic.resultType);
  AffineMap everywhere = b.getMultiDimIdentityMap(3), channel = everywhere.getSubMap({2});
  SmallVector<utils::IteratorType> iterators(3, utils::IteratorType::parallel);
  return linalg::GenericOp::create(
             b, empty.getType(), ValueRange{image, makeRow(arithmetic.getScales()), makeRow(bias)}, empty,
             ArrayRef<AffineMap>{everywhere, channel, channel, everywhere}, iterators,
             [&](OpBuilder &builder, Location loc, ValueRange arguments) {
               StepBuilder body(loc, builder, b.dt, b.machine);
               linalg::YieldOp::create(body, arithmetic.finish(body, arguments[0], arguments[1], arguments[2]));
             })
      .getResult(0);
}

template <typename ConvOp>
static Value lowerConvolution(ConvOp op, StepBuilder &b, StepSignal input, const ConvolutionShape &shape) {
  SynapseArithmetic arithmetic(op.getWeights(), op.getType(), b.machine);
  SmallVector<double> weights = getWeightValues(op.getWeights()), bias = getWeightValues(op.getBias());
  bool isSpike = isBinarySpike(op.getInput());
  SynapseKernel kernel = chooseKernel(op, input, b.machine);
  // The sums of quantised weights become numbers at the end, and then the bias is added; other sums begin with it.
  SmallVector<double> first = arithmetic.isQuantised() ? SmallVector<double>(bias.size(), 0.0) : bias;
  Value sums = kernel.isEvent ? buildEventConvolution(b, shape, input, isSpike, arithmetic, weights, first)
                              : buildDenseConvolution(b, shape, input, arithmetic, weights, first);
  return arithmetic.isQuantised() ? finish(b, sums, arithmetic, bias) : sums;
}

namespace {
struct Conv2dModel : StepLoweringOpInterface::ExternalModel<Conv2dModel, Conv2dOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto conv = cast<Conv2dOp>(op);
    auto kernel = cast<RankedTensorType>(conv.getWeights().getType()).getShape();
    auto output = conv.getType().getShape();
    auto logical = cast<RankedTensorType>(conv.getInput().getType()).getShape();
    FeatureMap input{logical[0], logical[1], logical[2]};
    auto axis = [&](unsigned dim, int64_t length) -> Axis {
      int64_t dilation = conv.getDilation()[dim];
      return {length,          output[dim + 1],
              kernel[dim + 2], conv.getStride()[dim],
              dilation,        getPadding(conv.getPadding(), dim, kernel[dim + 2], dilation).before};
    };
    ConvolutionShape shape{input.channels, output[0], int64_t(conv.getGroups()), axis(0, input.height),
                           axis(1, input.width)};
    results.push_back({lowerConvolution(conv, b, inputs[0], shape), /*channelsLast=*/true});
    return success();
  }
  bool readsBits(Operation *op, unsigned number, const VectorShape &machine) const {
    Value input = op->getOperand(0);
    return number == 0 && isBinarySpike(input) && isEventKernel(op, machine);
  }
};

/// A row of pixels.
struct Conv1dModel : StepLoweringOpInterface::ExternalModel<Conv1dModel, Conv1dOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto conv = cast<Conv1dOp>(op);
    auto kernel = cast<RankedTensorType>(conv.getWeights().getType()).getShape();
    auto input = cast<RankedTensorType>(inputs[0].value.getType()).getShape();
    RankedTensorType result = conv.getType();
    int64_t dilation = conv.getDilation()[0];
    Axis single{1, 1, 1, 1, 1, 0};
    Axis row{input[1],  result.getDimSize(1),
             kernel[2], conv.getStride()[0],
             dilation,  getPadding(conv.getPadding(), 0, kernel[2], dilation).before};
    ConvolutionShape shape{input[0], result.getDimSize(0), int64_t(conv.getGroups()), single, row};
    StepSignal row3 = inputs[0]; // (C, L) to (C, 1, L)
    row3.value = b.unflatten(b.flatten(row3.value),
                             RankedTensorType::get({input[0], 1, input[1]}, getElementTypeOrSelf(row3.value)));
    // (1, L, O) to (O, L)
    StepSignal first = b.toChannelsFirst({lowerConvolution(conv, b, row3, shape), /*channelsLast=*/true});
    results.push_back({b.unflatten(b.flatten(first.value), getStoredType(result, /*channelsLast=*/false))});
    return success();
  }
};
} // namespace

void lle::attachConvolutionLowerings(MLIRContext *context) {
  Conv1dOp::attachInterface<Conv1dModel>(*context);
  Conv2dOp::attachInterface<Conv2dModel>(*context);
}

Value lle::times(StepBuilder &b, Value value, int64_t factor) {
  return factor == 1 ? value : arith::MulIOp::create(b, value, b.index(factor)).getResult();
}

Value lle::plus(StepBuilder &b, Value x, Value y) { return arith::AddIOp::create(b, x, y); }

SmallVector<Value> lle::repeat(StepBuilder &b, int64_t count, ValueRange carried,
                               function_ref<SmallVector<Value>(StepBuilder &, Value, ValueRange)> body) {
  if (count == 1)
    return body(b, b.index(0), carried);
  auto loop = scf::ForOp::create(b, b.index(0), b.index(count), b.index(1), carried);
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  SmallVector<Value> next = body(inner, loop.getInductionVar(), loop.getRegionIterArgs());
  if (!next.empty())
    scf::YieldOp::create(inner, next);
  return SmallVector<Value>(loop.getResults());
}
