//===- DepthwiseConvolution.cpp - a kernel for each channel ---------------===//
//
// Each output channel sees one input channel, so that vectors run over channels in the input as well as in the output:
// a register of channels is read, multiplied with the weights of a tap, and added. The sums of some pixels next to each
// other stay in registers. Terms are added in the order of the definition: (ky, kx); what the border adds is a zero.
//
//===----------------------------------------------------------------------===//
#include "lowering/LLEToLinalg/Convolution.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace lle;

namespace {
class DepthwiseConvolution {
public:
  DepthwiseConvolution(StepBuilder &b, const ConvolutionShape &shape, const SynapseArithmetic &arithmetic)
      : b(b), shape(shape), arithmetic(arithmetic), channels(shape.outputChannels),
        width((shape.x.output - 1) * shape.x.stride + (shape.x.kernel - 1) * shape.x.dilation + 1) {}

  Value build(StepSignal input, ArrayRef<double> weights, ArrayRef<double> bias);

private:
  StepBuilder &b;
  const ConvolutionShape &shape;
  const SynapseArithmetic &arithmetic;
  int64_t channels, width; ///< Columns of the input with its border.
  Value source, packed, biases, image;

  VectorType getVectorType(LaneSlice slice) { return VectorType::get({slice.lanes}, arithmetic.sumType); }
  Value read(StepBuilder &b, Value flat, Value place, VectorType type) {
    return vector::TransferReadOp::create(b, type, flat, place, std::nullopt, ArrayRef<bool>{true});
  }
  void addTile(StepBuilder &b, Value row, Value column, int64_t pixels, LaneSlice slice);
};
} // namespace

void DepthwiseConvolution::addTile(StepBuilder &b, Value row, Value column, int64_t pixels, LaneSlice slice) {
  VectorType type = getVectorType(slice);
  Value first = biases ? read(b, biases, b.index(slice.offset), type) : b.zero(type);
  SmallVector<Value> sums(pixels, first);
  Value firstRow = times(b, row, shape.y.stride), firstColumn = times(b, column, shape.x.stride);
  sums = repeat(b, shape.y.kernel, sums, [&](StepBuilder &b, Value ky, ValueRange carried) {
    Value inputRow = plus(b, firstRow, times(b, ky, shape.y.dilation));
    Value start = plus(b, times(b, inputRow, width), firstColumn), firstTap = times(b, ky, shape.x.kernel);
    return repeat(b, shape.x.kernel, carried, [&](StepBuilder &b, Value kx, ValueRange carried) {
      Value tap = times(b, plus(b, firstTap, kx), channels);
      Value weights =
          arithmetic.extend(b, read(b, packed, plus(b, tap, b.index(slice.offset)), type.clone(arithmetic.tableType)));
      Value pixel = plus(b, start, times(b, kx, shape.x.dilation));
      SmallVector<Value> next;
      for (auto [number, sum] : llvm::enumerate(carried)) {
        Value place = times(b, plus(b, pixel, b.index(int64_t(number) * shape.x.stride)), channels);
        Value values = read(b, source, plus(b, place, b.index(slice.offset)), type);
        Value product = arithmetic.isInteger() ? arith::MulIOp::create(b, values, weights).getResult()
                                               : arith::MulFOp::create(b, values, weights).getResult();
        next.push_back(arithmetic.accumulate(b, sum, Value(), /*isOne=*/true, product));
      }
      return next;
    });
  });
  for (auto [number, sum] : llvm::enumerate(sums))
    vector::StoreOp::create(b, sum, image, ValueRange{row, plus(b, column, b.index(number)), b.index(slice.offset)});
}

Value DepthwiseConvolution::build(StepSignal input, ArrayRef<double> weights, ArrayRef<double> bias) {
  source = copyWithBorder(b, shape, input, arithmetic, /*channelsLast=*/true);
  int64_t taps = shape.y.kernel * shape.x.kernel;
  SmallVector<double> values(weights.size());
  for (int64_t channel = 0; channel < channels; ++channel)
    for (int64_t tap = 0; tap < taps; ++tap)
      values[tap * channels + channel] = weights[channel * taps + tap];
  packed = b.constantTensor(RankedTensorType::get({taps * channels}, arithmetic.tableType), values);
  if (!llvm::all_of(bias, [](double v) { return v == 0; }))
    biases = b.constantTensor(RankedTensorType::get({channels}, arithmetic.sumType), bias);
  auto imageType = MemRefType::get({shape.y.output, shape.x.output, channels}, arithmetic.sumType);
  image = memref::AllocOp::create(b, imageType, b.getI64IntegerAttr(64));

  int64_t lanes = std::max<int64_t>(1, b.machine.lanes * 32 / arithmetic.sumType.getIntOrFloatBitWidth());
  // Half of the registers: inputs are not shared between pixels, and more in flight gains nothing.
  int64_t tiles = llvm::divideCeil(shape.x.output, std::max<int64_t>(1, b.machine.registers / 2));
  int64_t pixels = llvm::divideCeil(shape.x.output, tiles), whole = shape.x.output / pixels;
  for (LaneSlice slice : getLaneSlices(channels, lanes))
    repeat(b, shape.y.output, {}, [&](StepBuilder &b, Value row, ValueRange) -> SmallVector<Value> {
      repeat(b, whole, {}, [&](StepBuilder &b, Value tile, ValueRange) -> SmallVector<Value> {
        addTile(b, row, times(b, tile, pixels), pixels, slice);
        return {};
      });
      if (int64_t rest = shape.x.output - whole * pixels)
        addTile(b, row, b.index(whole * pixels), rest, slice);
      return {};
    });
  return bufferization::ToTensorOp::create(b, RankedTensorType::get(imageType.getShape(), arithmetic.sumType), image,
                                           /*restrict=*/true, /*writable=*/true);
}

Value lle::buildDepthwiseConvolution(StepBuilder &b, const ConvolutionShape &shape, StepSignal input,
                                     const SynapseArithmetic &arithmetic, ArrayRef<double> weights,
                                     ArrayRef<double> bias) {
  return DepthwiseConvolution(b, shape, arithmetic).build(input, weights, bias);
}
