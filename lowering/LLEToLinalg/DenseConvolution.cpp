//===- DenseConvolution.cpp - convolution of all elements -----------------===//
//
// The sums of several pixels next to each other stay in registers, a vector of output channels for each. For each
// element of the kernel one vector of weights is loaded, and each pixel's input is broadcast and multiplied with it.
// The input is copied into planes with a border of zeros, so that no place needs a test. Terms are added in the order
// of the definition: (channel, ky, kx); what the border adds is a zero, which changes no sum.
//
//===----------------------------------------------------------------------===//
#include "lowering/LLEToLinalg/Convolution.h"
#include "lowering/LLEToLinalg/Synapses.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lle;

/// What the outputs read of one axis.
static int64_t getPaddedLength(const Axis &axis) {
  return (axis.output - 1) * axis.stride + (axis.kernel - 1) * axis.dilation + 1;
}

namespace {
class DenseConvolution {
public:
  DenseConvolution(StepBuilder &b, const ConvolutionShape &shape, const SynapseArithmetic &arithmetic)
      : b(b), shape(shape), arithmetic(arithmetic), element(arithmetic.sumType), groupInputs(shape.getGroupInputs()),
        groupOutputs(shape.getGroupOutputs()),
        lanes(std::max<int64_t>(1, b.machine.lanes * 32 / element.getIntOrFloatBitWidth())),
        paddedHeight(getPaddedLength(shape.y)), paddedWidth(getPaddedLength(shape.x)) {}

  Value build(StepSignal input, ArrayRef<double> weights, ArrayRef<double> bias);

private:
  StepBuilder &b;
  const ConvolutionShape &shape;
  const SynapseArithmetic &arithmetic;
  Type element; ///< Of the sums.
  int64_t groupInputs, groupOutputs, lanes, paddedHeight, paddedWidth;

  Value source; ///< The input channels first, with its border, flat.
  Value packed; ///< Weights: (channel, ky, kx), and in a row the outputs of the channel's group.
  Value biases; ///< Null if all are zero.
  MemRefType imageType;
  Value image;

  VectorType getVectorType(LaneSlice slice) { return VectorType::get({slice.lanes}, element); }

  void packWeights(ArrayRef<double> weights);
  void addRow(StepBuilder &b, Value row, Value group, ArrayRef<LaneSlice> slices);
  void addTile(StepBuilder &b, Value row, Value column, int64_t pixels, Value group, ArrayRef<LaneSlice> slices);
};
} // namespace

Value lle::copyWithBorder(StepBuilder &b, const ConvolutionShape &shape, StepSignal input,
                          const SynapseArithmetic &arithmetic, bool channelsLast) {
  Type element = arithmetic.sumType;
  int64_t paddedHeight = getPaddedLength(shape.y), paddedWidth = getPaddedLength(shape.x);
  auto type = cast<RankedTensorType>(input.value.getType());
  if (input.channelsLast == channelsLast && type.getElementType() == element && paddedHeight == shape.y.input &&
      paddedWidth == shape.x.input && shape.y.before == 0 && shape.x.before == 0)
    return b.flatten(input.value);
  /// Sizes or offsets of (channel, row, column) as they lie.
  auto arrange = [](bool channelsLast, int64_t channels, int64_t rows, int64_t columns) -> SmallVector<int64_t> {
    if (channelsLast)
      return {rows, columns, channels};
    return {channels, rows, columns};
  };
  auto bordered = RankedTensorType::get(arrange(channelsLast, shape.inputChannels, paddedHeight, paddedWidth), element);
  Value buffer = memref::AllocOp::create(b, MemRefType::get(bordered.getShape(), element), b.getI64IntegerAttr(64));
  linalg::FillOp::create(b, b.zero(element), buffer);
  int64_t height = std::min(shape.y.input, paddedHeight - shape.y.before);
  int64_t width = std::min(shape.x.input, paddedWidth - shape.x.before);
  if (height > 0 && width > 0) {
    SmallVector<int64_t> ones(3, 1);
    AffineExpr c = b.getAffineDimExpr(0), y = b.getAffineDimExpr(1), x = b.getAffineDimExpr(2);
    AffineMap planes = b.getMultiDimIdentityMap(3), pixels = AffineMap::get(3, 0, {y, x, c}, b.getContext());
    auto whole = bufferization::ToBufferOp::create(b, MemRefType::get(type.getShape(), type.getElementType()),
                                                   input.value, /*read_only=*/true);
    // Bufferization takes the input for read here, and may give its buffer to others afterwards. Who reads it later
    // must say so there: this operation is not to be merged with another convolution's.
    whole->setAttr("lle.copied", DistinctAttr::create(b.getUnitAttr()));
    Value from = memref::SubViewOp::create(b, whole, ArrayRef<int64_t>{0, 0, 0},
                                           arrange(input.channelsLast, shape.inputChannels, height, width), ones);
    Value to = memref::SubViewOp::create(b, buffer, arrange(channelsLast, 0, shape.y.before, shape.x.before),
                                         arrange(channelsLast, shape.inputChannels, height, width), ones);
    // The innermost loop runs over what lies together in both, if anything does.
    AffineMap fromMap = planes, toMap = planes;
    if (input.channelsLast != channelsLast)
      (channelsLast ? toMap : fromMap) = pixels;
    SmallVector<utils::IteratorType> iterators(3, utils::IteratorType::parallel);
    linalg::GenericOp::create(b, from, to, ArrayRef<AffineMap>{fromMap, toMap}, iterators,
                              [&](OpBuilder &builder, Location loc, ValueRange arguments) {
                                StepBuilder body(loc, builder, b.dt, b.machine);
                                linalg::YieldOp::create(builder, loc, arithmetic.toNumber(body, arguments.front()));
                              });
  }
  return b.flatten(bufferization::ToTensorOp::create(b, bordered, buffer, /*restrict=*/true, /*writable=*/false));
}

void DenseConvolution::packWeights(ArrayRef<double> weights) {
  int64_t taps = shape.y.kernel * shape.x.kernel;
  SmallVector<double> values(weights.size());
  for (int64_t o = 0; o < shape.outputChannels; ++o)
    for (int64_t i = 0; i < groupInputs; ++i)
      for (int64_t tap = 0; tap < taps; ++tap)
        values[((o / groupOutputs * groupInputs + i) * taps + tap) * groupOutputs + o % groupOutputs] =
            weights[(o * groupInputs + i) * taps + tap];
  packed =
      b.constantTensor(RankedTensorType::get({shape.inputChannels * taps, groupOutputs}, arithmetic.tableType), values);
}

void DenseConvolution::addTile(StepBuilder &b, Value row, Value column, int64_t pixels, Value group,
                               ArrayRef<LaneSlice> slices) {
  SmallVector<Value> sums;
  for (int64_t pixel = 0; pixel < pixels; ++pixel)
    for (LaneSlice slice : slices) {
      Value first = b.zero(getVectorType(slice));
      if (biases)
        first = vector::TransferReadOp::create(
            b, getVectorType(slice), biases, ValueRange{plus(b, times(b, group, groupOutputs), b.index(slice.offset))},
            std::nullopt, ArrayRef<bool>{true});
      sums.push_back(first);
    }
  Value firstRow = times(b, row, shape.y.stride), firstColumn = times(b, column, shape.x.stride);
  Value firstChannel = times(b, group, groupInputs);
  sums = repeat(b, groupInputs, sums, [&](StepBuilder &b, Value term, ValueRange carried) {
    Value channel = plus(b, firstChannel, term);
    Value plane = times(b, channel, paddedHeight * paddedWidth), kernel = times(b, channel, shape.y.kernel);
    return repeat(b, shape.y.kernel, carried, [&](StepBuilder &b, Value ky, ValueRange carried) {
      Value inputRow = plus(b, firstRow, times(b, ky, shape.y.dilation));
      Value start = plus(b, plus(b, plane, times(b, inputRow, paddedWidth)), firstColumn);
      Value kernelRow = times(b, plus(b, kernel, ky), shape.x.kernel);
      return repeat(b, shape.x.kernel, carried, [&](StepBuilder &b, Value kx, ValueRange carried) {
        SmallVector<Value> next, weights;
        Value weightRow = plus(b, kernelRow, kx), place = plus(b, start, times(b, kx, shape.x.dilation));
        for (LaneSlice slice : slices)
          weights.push_back(
              arithmetic.extend(b, vector::TransferReadOp::create(b, getVectorType(slice).clone(arithmetic.tableType),
                                                                  packed, ValueRange{weightRow, b.index(slice.offset)},
                                                                  std::nullopt, ArrayRef<bool>{true})));
        for (int64_t pixel = 0; pixel < pixels; ++pixel) {
          Value value =
              tensor::ExtractOp::create(b, source, ValueRange{plus(b, place, b.index(pixel * shape.x.stride))});
          for (Value weight : weights)
            next.push_back(arithmetic.accumulate(b, carried[next.size()], value, /*isOne=*/false, weight));
        }
        return next;
      });
    });
  });
  for (int64_t pixel = 0; pixel < pixels; ++pixel)
    for (auto [number, slice] : llvm::enumerate(slices)) {
      Value channel = plus(b, times(b, group, groupOutputs), b.index(slice.offset));
      vector::StoreOp::create(b, sums[pixel * slices.size() + number], image,
                              ValueRange{row, plus(b, column, b.index(pixel)), channel});
    }
}

/// A row of pixels in tiles of nearly equal width.
void DenseConvolution::addRow(StepBuilder &b, Value row, Value group, ArrayRef<LaneSlice> slices) {
  int64_t vectors = slices.size();
  int64_t limit = std::max<int64_t>(1, (b.machine.registers - 1 - vectors) / vectors);
  int64_t tiles = llvm::divideCeil(shape.x.output, limit), pixels = llvm::divideCeil(shape.x.output, tiles);
  int64_t whole = shape.x.output / pixels;
  repeat(b, whole, {}, [&](StepBuilder &b, Value tile, ValueRange) -> SmallVector<Value> {
    addTile(b, row, times(b, tile, pixels), pixels, group, slices);
    return {};
  });
  if (int64_t rest = shape.x.output - whole * pixels)
    addTile(b, row, b.index(whole * pixels), rest, group, slices);
}

Value DenseConvolution::build(StepSignal input, ArrayRef<double> weights, ArrayRef<double> bias) {
  source = copyWithBorder(b, shape, input, arithmetic, /*channelsLast=*/false);
  packWeights(weights);
  if (!llvm::all_of(bias, [](double v) { return v == 0; }))
    biases = b.constantTensor(RankedTensorType::get({shape.outputChannels}, element), bias);
  imageType = MemRefType::get({shape.y.output, shape.x.output, shape.outputChannels}, element);
  image = memref::AllocOp::create(b, imageType, b.getI64IntegerAttr(64));

  static constexpr int64_t kSlicesOfTile = 2;
  SmallVector<LaneSlice> slices = getLaneSlices(groupOutputs, lanes);
  repeat(b, shape.groups, {}, [&](StepBuilder &b, Value group, ValueRange) -> SmallVector<Value> {
    for (size_t first = 0; first < slices.size(); first += kSlicesOfTile) {
      ArrayRef<LaneSlice> panel =
          ArrayRef<LaneSlice>(slices).slice(first, std::min<size_t>(kSlicesOfTile, slices.size() - first));
      repeat(b, shape.y.output, {}, [&](StepBuilder &b, Value row, ValueRange) -> SmallVector<Value> {
        addRow(b, row, group, panel);
        return {};
      });
    }
    return {};
  });
  return bufferization::ToTensorOp::create(b, RankedTensorType::get(imageType.getShape(), element), image,
                                           /*restrict=*/true, /*writable=*/true);
}

Value lle::buildDenseConvolution(StepBuilder &b, const ConvolutionShape &shape, StepSignal input,
                                 const SynapseArithmetic &arithmetic, ArrayRef<double> weights, ArrayRef<double> bias) {
  if (shape.getGroupInputs() == 1 && shape.getGroupOutputs() == 1)
    return buildDepthwiseConvolution(b, shape, input, arithmetic, weights, bias);
  return DenseConvolution(b, shape, arithmetic).build(input, weights, bias);
}
