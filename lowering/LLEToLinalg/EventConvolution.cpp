//===- EventConvolution.cpp - convolution by input event ------------------===//
//
// Each input element that is not zero adds its kernel patch to the output image. Images are channels last, so that the
// innermost operation is a vector over output channels, and elements are taken as they lie: pixel by pixel, in it
// channel by channel. Each output so sums its terms in the order of the definition: (ky, kx, channel).
//
// Where pixels are expected to hold several events, the outputs that a pixel reaches stay in registers while its
// channels are walked, and are loaded and stored once for each pixel; elsewhere each event updates them in memory.
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

#include <numeric>

using namespace mlir;
using namespace lle;

AxisTaps::AxisTaps(const Axis &axis) : kernel(axis.kernel) {
  // output * stride = position + axis.before - k * dilation has solutions k that are `kernelStep` apart, whose outputs
  // are `spacing` apart, if the common divisor of stride and dilation divides position + axis.before.
  int64_t divisor = std::gcd(axis.stride, axis.dilation);
  kernelStep = axis.stride / divisor;
  spacing = axis.dilation / divisor;
  taps = llvm::divideCeil(axis.kernel, kernelStep);
  int64_t lowest = 0, highest = axis.output - 1;
  bool isAnyIdle = false;
  for (int64_t position = 0; position < axis.input; ++position) {
    int64_t shifted = position + axis.before, k = 0;
    while (k < kernelStep && (shifted - k * axis.dilation) % axis.stride != 0)
      ++k;
    // A position that meets no tap adds nothing, wherever that is.
    bool isIdle = k == kernelStep;
    isAnyIdle |= isIdle;
    int64_t output = isIdle ? (taps - 1) * spacing : (shifted - k * axis.dilation) / axis.stride;
    phase.push_back(k);
    first.push_back(output - (taps - 1) * spacing);
    lowest = std::min(lowest, first.back());
    highest = std::max(highest, output);
  }
  phases = kernelStep + isAnyIdle;
  before = -lowest;
  length = before + highest + 1;
  for (int64_t &output : first)
    output += before;
}

int64_t AxisTaps::getKernelIndex(int64_t phaseNumber, int64_t tap) const {
  int64_t k = phaseNumber + tap * kernelStep;
  return phaseNumber < kernelStep && k < kernel ? k : -1;
}

SmallVector<LaneSlice> lle::getLaneSlices(int64_t count, int64_t lanes) {
  SmallVector<LaneSlice> slices;
  for (int64_t offset = 0; offset < count; offset += lanes)
    slices.push_back({offset, std::min(lanes, count - offset)});
  return slices;
}

namespace {
class EventConvolution {
public:
  EventConvolution(StepBuilder &b, const ConvolutionShape &shape, bool isSpike, Type element)
      : b(b), shape(shape), isSpike(isSpike), element(element), y(shape.y), x(shape.x),
        groupOutputs(shape.getGroupOutputs()),
        lanes(std::max<int64_t>(1, b.machine.lanes * 32 / element.getIntOrFloatBitWidth())) {}

  Value build(StepSignal input, double events, ArrayRef<double> weights, ArrayRef<double> bias);

private:
  StepBuilder &b;
  const ConvolutionShape &shape;
  bool isSpike;
  Type element;
  AxisTaps y, x;
  int64_t groupOutputs, lanes;

  Value flat;          ///< All input elements.
  Value packed;        ///< Weights: a row for each phase and input channel, (tap, output channel) in it.
  Value imageOffsets;  ///< Of the first output that a pixel reaches.
  Value patchRows;     ///< First row of weights of a pixel's phase; null where there is one phase.
  Value image;         ///< All outputs, also those that nobody reads.

  int64_t getTaps() const { return y.taps * x.taps; }
  int64_t getPixels() const { return shape.y.input * shape.x.input; }
  /// Accumulators that one vector of output channels needs.
  int64_t getAccumulators() const { return getTaps(); }
  int64_t getTapOffset(int64_t tap) const {
    return (y.getOffset(tap / x.taps) * x.length + x.getOffset(tap % x.taps)) * shape.outputChannels;
  }

  void packWeights(ArrayRef<double> weights);
  void buildTables();
  void fill(ArrayRef<double> bias);
  Value look(StepBuilder &b, Value table, Value index);
  Value loadWeights(StepBuilder &b, Value row, int64_t tap, LaneSlice slice);
  VectorType getVectorType(LaneSlice slice) { return VectorType::get({slice.lanes}, element); }
  void addEvents();
  void addPixels(int64_t slicesOfPanel);
};
} // namespace

/// A tap that the kernel lacks is -0: the only number that adds nothing to any other, bit for bit.
void EventConvolution::packWeights(ArrayRef<double> weights) {
  int64_t groupInputs = shape.getGroupInputs(), width = getTaps() * groupOutputs;
  int64_t rows = y.phases * x.phases * shape.inputChannels;
  SmallVector<double> values(rows * width, -0.0);
  auto at = values.begin();
  for (int64_t phaseY = 0; phaseY < y.phases; ++phaseY)
    for (int64_t phaseX = 0; phaseX < x.phases; ++phaseX)
      for (int64_t channel = 0; channel < shape.inputChannels; ++channel)
        for (int64_t tap = 0; tap < getTaps(); ++tap, at += groupOutputs) {
          int64_t ky = y.getKernelIndex(phaseY, tap / x.taps), kx = x.getKernelIndex(phaseX, tap % x.taps);
          if (ky < 0 || kx < 0)
            continue;
          int64_t firstOutput = channel / groupInputs * groupOutputs;
          for (int64_t o = 0; o < groupOutputs; ++o)
            at[o] = weights[(((firstOutput + o) * groupInputs + channel % groupInputs) * shape.y.kernel + ky) *
                                shape.x.kernel +
                            kx];
        }
  packed = b.constantTensor(RankedTensorType::get({rows, width}, element), values);
}

void EventConvolution::buildTables() {
  SmallVector<double> offsets, rows;
  for (int64_t row = 0; row < shape.y.input; ++row)
    for (int64_t column = 0; column < shape.x.input; ++column) {
      offsets.push_back((y.first[row] * x.length + x.first[column]) * shape.outputChannels);
      rows.push_back((y.phase[row] * x.phases + x.phase[column]) * shape.inputChannels);
    }
  auto type = RankedTensorType::get({getPixels()}, b.getI32Type());
  imageOffsets = b.constantTensor(type, offsets);
  if (y.phases * x.phases > 1)
    patchRows = b.constantTensor(type, rows);
}

Value EventConvolution::look(StepBuilder &b, Value table, Value index) {
  return arith::IndexCastUIOp::create(b, b.getIndexType(), tensor::ExtractOp::create(b, table, index));
}

Value EventConvolution::loadWeights(StepBuilder &b, Value row, int64_t tap, LaneSlice slice) {
  return vector::TransferReadOp::create(b, getVectorType(slice), packed,
                                        ValueRange{row, b.index(tap * groupOutputs + slice.offset)}, std::nullopt,
                                        ArrayRef<bool>{true});
}

/// Sums begin with the bias.
void EventConvolution::fill(ArrayRef<double> bias) {
  if (llvm::all_of(bias, [](double v) { return v == 0; })) {
    linalg::FillOp::create(b, b.zero(element), image);
    return;
  }
  Value row = b.constantTensor(RankedTensorType::get({shape.outputChannels}, element), bias);
  auto loop = scf::ForOp::create(b, b.index(0), b.index(y.length * x.length * shape.outputChannels),
                                 b.index(shape.outputChannels));
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  for (LaneSlice slice : getLaneSlices(shape.outputChannels, lanes)) {
    Value part = vector::TransferReadOp::create(inner, getVectorType(slice), row, inner.index(slice.offset),
                                                std::nullopt, ArrayRef<bool>{true});
    Value place = arith::AddIOp::create(inner, loop.getInductionVar(), inner.index(slice.offset));
    vector::StoreOp::create(inner, part, image, place);
  }
}

/// Event by event.
void EventConvolution::addEvents() {
  int64_t channels = shape.inputChannels;
  SmallVector<LaneSlice> slices = getLaneSlices(groupOutputs, lanes);
  forEachElement(b, flat, /*skipZeros=*/true, {},
                 [&](StepBuilder &b, Value index, Value value, ValueRange) -> SmallVector<Value> {
                   Value pixel = index, row = b.index(0);
                   if (channels != 1) {
                     pixel = arith::DivUIOp::create(b, index, b.index(channels));
                     row = arith::RemUIOp::create(b, index, b.index(channels));
                   }
                   Value offset = look(b, imageOffsets, pixel);
                   if (shape.groups != 1) {
                     Value group = arith::DivUIOp::create(b, row, b.index(shape.getGroupInputs()));
                     offset = arith::AddIOp::create(b, offset,
                                                    arith::MulIOp::create(b, group, b.index(groupOutputs)));
                   }
                   if (patchRows)
                     row = arith::AddIOp::create(b, row, look(b, patchRows, pixel));
                   for (int64_t tap = 0; tap < getTaps(); ++tap)
                     for (LaneSlice slice : slices) {
                       Value place = arith::AddIOp::create(b, offset, b.index(getTapOffset(tap) + slice.offset));
                       Value sum = vector::LoadOp::create(b, getVectorType(slice), image, place);
                       sum = accumulate(b, sum, value, isSpike, loadWeights(b, row, tap, slice));
                       vector::StoreOp::create(b, sum, image, place);
                     }
                   return {};
                 });
}

/// Pixel by pixel.
void EventConvolution::addPixels(int64_t slicesOfPanel) {
  int64_t channels = shape.inputChannels;
  SmallVector<LaneSlice> slices = getLaneSlices(groupOutputs, lanes), words = getLaneSlices(channels, 64);
  auto loop = scf::ForOp::create(b, b.index(0), b.index(getPixels()), b.index(1));
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value pixel = loop.getInductionVar();
  Value firstElement = arith::MulIOp::create(inner, pixel, inner.index(channels));
  SmallVector<Value> masks, bases;
  Value any;
  for (LaneSlice word : words) {
    bases.push_back(arith::AddIOp::create(inner, firstElement, inner.index(word.offset)));
    masks.push_back(readActivity(inner, flat, bases.back(), word.lanes));
    Value none = arith::ConstantOp::create(inner, inner.getIntegerAttr(masks.back().getType(), 0));
    Value some = arith::CmpIOp::create(inner, arith::CmpIPredicate::ne, masks.back(), none);
    any = any ? arith::OrIOp::create(inner, any, some).getResult() : some;
  }
  auto guard = scf::IfOp::create(inner, any, /*withElseRegion=*/false);
  StepBuilder active(b.getLoc(), OpBuilder::atBlockBegin(guard.thenBlock()), b.dt, b.machine);
  Value offset = look(active, imageOffsets, pixel);
  Value firstRow = patchRows ? look(active, patchRows, pixel) : active.index(0);
  for (size_t first = 0; first < slices.size(); first += slicesOfPanel) {
    ArrayRef<LaneSlice> panel =
        ArrayRef<LaneSlice>(slices).slice(first, std::min<size_t>(slicesOfPanel, slices.size() - first));
    SmallVector<Value> places, sums;
    for (int64_t tap = 0; tap < getTaps(); ++tap)
      for (LaneSlice slice : panel) {
        places.push_back(arith::AddIOp::create(active, offset, active.index(getTapOffset(tap) + slice.offset)));
        sums.push_back(vector::LoadOp::create(active, getVectorType(slice), image, places.back()));
      }
    for (auto [word, mask, base] : llvm::zip_equal(words, masks, bases))
      sums = forEachBit(active, mask, sums, [&](StepBuilder &b, Value bit, ValueRange carried) {
        Value value;
        if (!isSpike)
          value = tensor::ExtractOp::create(b, flat, ValueRange{arith::AddIOp::create(b, base, bit)});
        Value row = arith::AddIOp::create(b, firstRow, bit);
        if (word.offset != 0)
          row = arith::AddIOp::create(b, row, b.index(word.offset));
        SmallVector<Value> next;
        for (int64_t tap = 0; tap < getTaps(); ++tap)
          for (LaneSlice slice : panel)
            next.push_back(
                accumulate(b, carried[next.size()], value, isSpike, loadWeights(b, row, tap, slice)));
        return next;
      });
    for (auto [place, sum] : llvm::zip_equal(places, sums))
      vector::StoreOp::create(active, sum, image, place);
  }
}

Value EventConvolution::build(StepSignal input, double events, ArrayRef<double> weights, ArrayRef<double> bias) {
  flat = b.flatten(b.toChannelsLast(input).value);
  packWeights(weights);
  buildTables();
  SmallVector<int64_t> whole{y.length, x.length, shape.outputChannels};
  auto imageType = MemRefType::get(whole, element);
  Value map = memref::AllocOp::create(b, imageType, b.getI64IntegerAttr(64));
  image = memref::CollapseShapeOp::create(b, map, ArrayRef<ReassociationIndices>{{0, 1, 2}});
  fill(bias);

  int64_t fitting = (b.machine.registers - 2) / getAccumulators(); // slices whose outputs fit the registers
  if (shape.groups == 1 && events >= 0.5 && fitting > 0)
    addPixels(fitting);
  else
    addEvents();

  SmallVector<int64_t> inside{shape.y.output, shape.x.output, shape.outputChannels};
  if (whole != inside)
    map = memref::SubViewOp::create(b, map, ArrayRef<int64_t>{y.before, x.before, 0}, inside,
                                    ArrayRef<int64_t>{1, 1, 1});
  return bufferization::ToTensorOp::create(b, RankedTensorType::get(inside, element), map, /*restrict=*/true,
                                           /*writable=*/true);
}

Value lle::buildEventConvolution(StepBuilder &b, const ConvolutionShape &shape, StepSignal input, bool isSpike,
                                 double events, Type element, ArrayRef<double> weights, ArrayRef<double> bias) {
  return EventConvolution(b, shape, isSpike, element).build(input, events, weights, bias);
}
