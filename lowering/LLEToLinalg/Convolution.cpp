//===- Convolution.cpp - synapses that are convolutions -------------------===//
#include "lowering/LLEToLinalg/Convolution.h"
#include "lowering/LLEToLinalg/Synapses.h"

#include <cmath>

using namespace mlir;
using namespace lle;

template <typename ConvOp>
static Value lowerConvolution(ConvOp op, StepBuilder &b, StepSignal input, const ConvolutionShape &shape) {
  Type element = op.getType().getElementType();
  SmallVector<double> weights = getWeightValues(op.getWeights()), bias = getWeightValues(op.getBias());
  bool isSpike = isBinarySpike(op.getInput());
  double lanes = double(b.machine.lanes) * 32 / element.getIntOrFloatBitWidth();
  double taps = double(shape.y.kernel * shape.x.kernel) / double(shape.y.stride * shape.x.stride);
  SynapseKernel kernel = chooseKernel(op, input,
                                      {double(shape.inputChannels * shape.y.input * shape.x.input),
                                       taps * std::ceil(double(shape.getGroupOutputs()) / lanes)});
  if (!kernel.isEvent)
    return buildDenseConvolution(b, shape, input, element, weights, bias);
  return buildEventConvolution(b, shape, input, isSpike, element, weights, bias);
}

namespace {
struct Conv2dModel : StepLoweringOpInterface::ExternalModel<Conv2dModel, Conv2dOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto conv = cast<Conv2dOp>(op);
    auto kernel = cast<RankedTensorType>(conv.getWeights().getType()).getShape();
    auto output = conv.getType().getShape();
    FeatureMap input = getFeatureMap(inputs[0]);
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
    results.push_back({b.unflatten(b.flatten(first.value), result)});
    return success();
  }
};
} // namespace

void lle::attachConvolutionLowerings(MLIRContext *context) {
  Conv1dOp::attachInterface<Conv1dModel>(*context);
  Conv2dOp::attachInterface<Conv2dModel>(*context);
}
