//===- Convolution.cpp - convolution by input event -----------------------===//
//
// Each input element that is not zero scatters its kernel patch into the output image. Images are channels last, so
// the innermost operation is a vector over the output channels of a group. Inputs are taken channel by channel, rows
// and columns ascending, so that each output sums its terms in the order of the definition: (channel, ky, kx).
//
//===----------------------------------------------------------------------===//
#include "lowering/LLEToLinalg/Arithmetic.h"
#include "lowering/LLEToLinalg/Synapses.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lle;

namespace {
/// One spatial dimension of a convolution.
struct Axis {
  int64_t input, output, kernel, stride, dilation, before;
};

/// A convolution of feature maps; a one-dimensional one has height 1.
struct ConvolutionShape {
  int64_t inputChannels, outputChannels, groups;
  Axis y, x;
};

class ConvolutionLowering {
public:
  ConvolutionLowering(StepBuilder &b, const ConvolutionShape &shape, bool isSpike, const SynapseArithmetic &arithmetic)
      : b(b), shape(shape), isSpike(isSpike), arithmetic(arithmetic),
        groupOutputs(shape.outputChannels / shape.groups) {}

  Value build(StepSignal input, ArrayRef<double> weights, ArrayRef<double> bias);

private:
  StepBuilder &b;
  const ConvolutionShape &shape;
  bool isSpike;
  SynapseArithmetic arithmetic;
  int64_t groupOutputs;

  /// What is done for one input element: `value` is its stored value.
  using EventBody = llvm::function_ref<void(StepBuilder &, Value channel, Value y, Value x, Value value)>;

  Value packWeights(ArrayRef<double> weights);
  void forEachEvent(StepSignal input, EventBody body);
  void fillBias(Value image, ArrayRef<double> bias);
  Value finish(Value image, ArrayRef<double> bias);
  void forEachTap(StepBuilder &b, const Axis &axis, Value position,
                  function_ref<void(StepBuilder &, Value tap, Value output)> body);
};
} // namespace

/// (input channel, ky, kx, output channel of the group): one patch row after the other.
Value ConvolutionLowering::packWeights(ArrayRef<double> weights) {
  int64_t taps = shape.y.kernel * shape.x.kernel, groupInputs = shape.inputChannels / shape.groups;
  SmallVector<double> packed(weights.size());
  for (int64_t o = 0; o < shape.outputChannels; ++o)
    for (int64_t i = 0; i < groupInputs; ++i)
      for (int64_t tap = 0; tap < taps; ++tap) {
        int64_t channel = o / groupOutputs * groupInputs + i;
        packed[(channel * taps + tap) * groupOutputs + o % groupOutputs] = weights[(o * groupInputs + i) * taps + tap];
      }
  return b.constantTensor(RankedTensorType::get({shape.inputChannels * taps, groupOutputs}, arithmetic.tableType),
                          packed);
}

void ConvolutionLowering::fillBias(Value image, ArrayRef<double> bias) {
  Type element = arithmetic.sumType;
  if (arithmetic.isQuantised() || llvm::all_of(bias, [](double v) { return v == 0; })) {
    linalg::FillOp::create(b, b.zero(element), image);
    return;
  }
  auto type = RankedTensorType::get({shape.outputChannels}, element);
  auto vectorType = VectorType::get(type.getShape(), element);
  Value row = vector::TransferReadOp::create(b, vectorType, b.constantTensor(type, bias), b.index(0), std::nullopt,
                                             ArrayRef<bool>{true});
  auto loopY = scf::ForOp::create(b, b.index(0), b.index(shape.y.output), b.index(1));
  StepBuilder inY(b.getLoc(), OpBuilder::atBlockBegin(loopY.getBody()), b.dt, b.machine);
  auto loopX = scf::ForOp::create(inY, inY.index(0), inY.index(shape.x.output), inY.index(1));
  StepBuilder inX(b.getLoc(), OpBuilder::atBlockBegin(loopX.getBody()), b.dt, b.machine);
  vector::TransferWriteOp::create(inX, row, image,
                                  ValueRange{loopY.getInductionVar(), loopX.getInductionVar(), inX.index(0)},
                                  ArrayRef<bool>{true});
}

/// Scales and biases the image of quantised weights, channel by channel.
Value ConvolutionLowering::finish(Value image, ArrayRef<double> bias) {
  if (!arithmetic.isQuantised())
    return image;
  auto type = cast<RankedTensorType>(image.getType());
  auto makeRow = [&](ArrayRef<double> values) {
    return b.constantTensor(RankedTensorType::get({shape.outputChannels}, arithmetic.resultType), values);
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

/// The kernel taps through which an input position reaches the output: `output * stride = position + before - tap *
/// dilation`, with `output` inside the image.
void ConvolutionLowering::forEachTap(StepBuilder &b, const Axis &axis, Value position,
                                     function_ref<void(StepBuilder &, Value tap, Value output)> body) {
  Value shifted = arith::AddIOp::create(b, position, b.index(axis.before));
  // tap >= (shifted - (output - 1) * stride) / dilation and tap <= shifted / dilation
  Value excess = arith::SubIOp::create(b, shifted, b.index((axis.output - 1) * axis.stride));
  excess = arith::MaxSIOp::create(b, excess, b.index(0));
  Value first = axis.dilation == 1 ? excess : arith::CeilDivUIOp::create(b, excess, b.index(axis.dilation)).getResult();
  Value last = axis.dilation == 1 ? shifted : arith::DivUIOp::create(b, shifted, b.index(axis.dilation)).getResult();
  Value end = arith::MinSIOp::create(b, arith::AddIOp::create(b, last, b.index(1)), b.index(axis.kernel));
  int64_t step = 1;
  if (axis.stride > 1 && axis.dilation == 1) {
    // Only every stride-th tap meets an output.
    Value distance = arith::SubIOp::create(b, shifted, first);
    first = arith::AddIOp::create(b, first, arith::RemUIOp::create(b, distance, b.index(axis.stride)));
    step = axis.stride;
  }
  auto loop = scf::ForOp::create(b, first, end, b.index(step));
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value tap = loop.getInductionVar();
  Value scaled = axis.dilation == 1 ? tap : arith::MulIOp::create(inner, tap, inner.index(axis.dilation)).getResult();
  Value target = arith::SubIOp::create(inner, shifted, scaled);
  if (axis.stride == 1) {
    body(inner, tap, target);
    return;
  }
  Value output = arith::DivUIOp::create(inner, target, inner.index(axis.stride));
  if (step != 1) {
    body(inner, tap, output);
    return;
  }
  Value rest = arith::RemUIOp::create(inner, target, inner.index(axis.stride));
  Value meets = arith::CmpIOp::create(inner, arith::CmpIPredicate::eq, rest, inner.index(0));
  auto guard = scf::IfOp::create(inner, meets, /*withElseRegion=*/false);
  StepBuilder guarded(b.getLoc(), OpBuilder::atBlockBegin(guard.thenBlock()), b.dt, b.machine);
  body(guarded, tap, output);
}

static Value quotient(StepBuilder &b, Value dividend, int64_t divisor) {
  return arith::DivUIOp::create(b, dividend, b.index(divisor));
}

static Value remainder(StepBuilder &b, Value dividend, int64_t divisor) {
  return arith::RemUIOp::create(b, dividend, b.index(divisor));
}

/// Input elements in the order (channel, y, x), those that are zero left out where the input is sparse.
void ConvolutionLowering::forEachEvent(StepSignal input, EventBody body) {
  int64_t channels = shape.inputChannels, width = shape.x.input, pixels = width * shape.y.input;
  Value flat = b.flatten(input.value);
  if (!input.channelsLast) {
    forEachElement(b, flat, input.sparse, {},
                   [&](StepBuilder &b, Value index, Value value, ValueRange) -> SmallVector<Value> {
                     Value pixel = remainder(b, index, pixels);
                     body(b, quotient(b, index, pixels), quotient(b, pixel, width), remainder(b, pixel, width), value);
                     return {};
                   });
    return;
  }

  auto forEachPixel = [&](StepBuilder &b, Value channel, Value pixel) {
    Value index = arith::AddIOp::create(b, arith::MulIOp::create(b, pixel, b.index(channels)), channel);
    Value value = tensor::ExtractOp::create(b, flat, index);
    body(b, channel, quotient(b, pixel, width), remainder(b, pixel, width), value);
  };
  auto forEachChannel = [&](function_ref<void(StepBuilder &, Value channel)> inner) {
    auto loop = scf::ForOp::create(b, b.index(0), b.index(channels), b.index(1));
    StepBuilder inChannel(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    inner(inChannel, loop.getInductionVar());
  };
  auto forEachUpTo = [&](StepBuilder &b, Value end, function_ref<void(StepBuilder &, Value)> inner) {
    auto loop = scf::ForOp::create(b, b.index(0), end, b.index(1));
    StepBuilder inLoop(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    inner(inLoop, loop.getInductionVar());
  };
  if (!input.sparse) {
    forEachChannel([&](StepBuilder &b, Value channel) {
      forEachUpTo(b, b.index(pixels), [&](StepBuilder &b, Value pixel) { forEachPixel(b, channel, pixel); });
    });
    return;
  }

  // One pass over the pixels as they lie sorts the active ones into a list for each channel.
  auto number = b.getI32Type();
  Value lists = memref::AllocOp::create(b, MemRefType::get({channels, pixels}, number), b.getI64IntegerAttr(64));
  Value counts = memref::AllocOp::create(b, MemRefType::get({channels}, number), b.getI64IntegerAttr(64));
  linalg::FillOp::create(b, b.zero(number), counts);
  forEachElement(
      b, flat, /*skipZeros=*/true, {}, [&](StepBuilder &b, Value index, Value, ValueRange) -> SmallVector<Value> {
        Value channel = remainder(b, index, channels), pixel = quotient(b, index, channels);
        Value count = memref::LoadOp::create(b, counts, channel);
        Value place = arith::IndexCastOp::create(b, b.getIndexType(), count);
        memref::StoreOp::create(b, arith::IndexCastOp::create(b, number, pixel), lists, ValueRange{channel, place});
        Value one = arith::ConstantOp::create(b, b.getI32IntegerAttr(1));
        memref::StoreOp::create(b, arith::AddIOp::create(b, count, one), counts, channel);
        return {};
      });
  forEachChannel([&](StepBuilder &b, Value channel) {
    Value count = arith::IndexCastOp::create(b, b.getIndexType(), memref::LoadOp::create(b, counts, channel));
    forEachUpTo(b, count, [&](StepBuilder &b, Value place) {
      Value pixel = memref::LoadOp::create(b, lists, ValueRange{channel, place});
      forEachPixel(b, channel, arith::IndexCastOp::create(b, b.getIndexType(), pixel));
    });
  });
}

Value ConvolutionLowering::build(StepSignal input, ArrayRef<double> weights, ArrayRef<double> bias) {
  Value packed = packWeights(weights);
  auto patchType = VectorType::get({groupOutputs}, arithmetic.sumType);
  auto imageType = MemRefType::get({shape.y.output, shape.x.output, shape.outputChannels}, arithmetic.sumType);
  Value image = memref::AllocOp::create(b, imageType, b.getI64IntegerAttr(64));
  fillBias(image, bias);

  forEachEvent(input, [&](StepBuilder &b, Value channel, Value y, Value x, Value value) {
    Value firstPatch = arith::MulIOp::create(b, channel, b.index(shape.y.kernel * shape.x.kernel));
    Value group = quotient(b, channel, shape.inputChannels / shape.groups);
    Value firstOutput = arith::MulIOp::create(b, group, b.index(groupOutputs));
    forEachTap(b, shape.y, y, [&](StepBuilder &b, Value tapY, Value outputY) {
      Value patchRow = arith::AddIOp::create(b, firstPatch, arith::MulIOp::create(b, tapY, b.index(shape.x.kernel)));
      forEachTap(b, shape.x, x, [&](StepBuilder &b, Value tapX, Value outputX) {
        Value patch = arith::AddIOp::create(b, patchRow, tapX);
        Value weightRow =
            vector::TransferReadOp::create(b, patchType.clone(arithmetic.tableType), packed,
                                           ValueRange{patch, b.index(0)}, std::nullopt, ArrayRef<bool>{true});
        SmallVector<Value> place{outputY, outputX, firstOutput};
        Value sum = vector::TransferReadOp::create(b, patchType, image, place, std::nullopt, ArrayRef<bool>{true});
        sum = arithmetic.accumulate(b, sum, value, isSpike && input.sparse, arithmetic.extend(b, weightRow));
        vector::TransferWriteOp::create(b, sum, image, place, ArrayRef<bool>{true});
      });
    });
  });
  Value sums = bufferization::ToTensorOp::create(b, RankedTensorType::get(imageType.getShape(), arithmetic.sumType),
                                                 image, /*restrict=*/true, /*writable=*/true);
  return finish(sums, bias);
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
    ConvolutionLowering lowering(b, shape, isBinarySpike(conv.getInput()),
                                 SynapseArithmetic(conv.getWeights(), conv.getType(), b.machine));
    Value image = lowering.build(inputs[0], getWeightValues(conv.getWeights()), getWeightValues(conv.getBias()));
    results.push_back({image, /*channelsLast=*/true});
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
    ConvolutionLowering lowering(b, shape, isBinarySpike(conv.getInput()),
                                 SynapseArithmetic(conv.getWeights(), result, b.machine));
    Value image = lowering.build(inputs[0], getWeightValues(conv.getWeights()), getWeightValues(conv.getBias()));
    // (1, L, O) to (O, L)
    StepSignal first = b.toChannelsFirst({image, /*channelsLast=*/true});
    results.push_back({b.unflatten(b.flatten(first.value), getStoredType(result, /*channelsLast=*/false))});
    return success();
  }
};
} // namespace

void lle::attachConvolutionLowerings(MLIRContext *context) {
  Conv1dOp::attachInterface<Conv1dModel>(*context);
  Conv2dOp::attachInterface<Conv2dModel>(*context);
}
