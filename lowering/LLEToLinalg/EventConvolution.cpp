//===- EventConvolution.cpp - convolution by input event ------------------===//
//
// Each input element that is not zero adds its kernel patch to the output image. Images are channels last, so that the
// innermost operation is a vector over output channels. Inputs are taken channel by channel, rows and columns
// ascending, so that each output sums its terms in the order of the definition: (channel, ky, kx). The patch of a
// channel so stays in registers, and events that follow each other seldom wait for each other's sums.
//
//===----------------------------------------------------------------------===//
#include "lowering/LLEToLinalg/ActiveMap.h"
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

#include <cmath>
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
  EventConvolution(StepBuilder &b, const ConvolutionShape &shape, bool isSpike, const SynapseArithmetic &arithmetic)
      : b(b), shape(shape), isSpike(isSpike), arithmetic(arithmetic), element(arithmetic.sumType), y(shape.y),
        x(shape.x), groupOutputs(shape.getGroupOutputs()),
        lanes(std::max<int64_t>(1, b.machine.lanes * 32 / element.getIntOrFloatBitWidth())) {}

  Value build(StepSignal input, ArrayRef<double> weights, ArrayRef<double> bias);

private:
  StepBuilder &b;
  const ConvolutionShape &shape;
  bool isSpike;
  const SynapseArithmetic &arithmetic;
  Type element; ///< Of the sums.
  AxisTaps y, x;
  int64_t groupOutputs, lanes;

  Value flat;         ///< All input elements; null where there are bits.
  bool channelsLast;  ///< How they lie.
  Value packed;       ///< Weights: a row for each phase and input channel, (tap, output channel) in it.
  Value imageOffsets; ///< Of the first output that a pixel reaches.
  Value patchRows;    ///< First row of weights of a pixel's phase; null where there is one phase.
  bool hasGaps;       ///< Whether the kernels of some phases lack taps.
  Value image;        ///< All outputs, also those that nobody reads.

  int64_t getTaps() const { return y.taps * x.taps; }
  int64_t getPixels() const { return shape.y.input * shape.x.input; }
  int64_t getTapOffset(int64_t tap) const {
    return (y.getOffset(tap / x.taps) * x.length + x.getOffset(tap % x.taps)) * shape.outputChannels;
  }

  void packWeights(ArrayRef<double> weights);
  void buildTables();
  void fill(ArrayRef<double> bias);
  Value look(StepBuilder &b, Value table, Value index);
  Value loadWeights(StepBuilder &b, Value row, Value column, LaneSlice slice);
  VectorType getVectorType(LaneSlice slice) { return VectorType::get({slice.lanes}, element); }
  void addEvent(StepBuilder &b, Value channel, Value pixel);
  void addPatch(StepBuilder &b, Value row, Value offset, Value value, bool skipsGaps);
};
} // namespace

/// A tap that the kernel lacks is -0: the only number that adds nothing to any other, bit for bit. No other weight is,
/// so that it is known as such where an input is infinite or NaN.
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
            at[o] = 0 + weights[(((firstOutput + o) * groupInputs + channel % groupInputs) * shape.y.kernel + ky) *
                                    shape.x.kernel +
                                kx];
        }
  hasGaps = !llvm::all_of(values, [](double value) { return value != 0 || !std::signbit(value); });
  packed = b.constantTensor(RankedTensorType::get({rows, width}, arithmetic.tableType), values);
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

Value EventConvolution::loadWeights(StepBuilder &b, Value row, Value column, LaneSlice slice) {
  Value weights = vector::TransferReadOp::create(b, getVectorType(slice).clone(arithmetic.tableType), packed,
                                                 ValueRange{row, column}, std::nullopt, ArrayRef<bool>{true});
  return arithmetic.extend(b, weights);
}

/// Sums begin with the bias. The border is left as it is: nobody reads what is added there.
void EventConvolution::fill(ArrayRef<double> bias) {
  int64_t width = shape.x.output * shape.outputChannels;
  auto rows = scf::ForOp::create(b, b.index(0), b.index(shape.y.output), b.index(1));
  StepBuilder inRow(b.getLoc(), OpBuilder::atBlockBegin(rows.getBody()), b.dt, b.machine);
  Value start = arith::MulIOp::create(inRow, rows.getInductionVar(), inRow.index(x.length * shape.outputChannels));
  start = arith::AddIOp::create(inRow, start, inRow.index((y.before * x.length + x.before) * shape.outputChannels));
  if (llvm::all_of(bias, [](double v) { return v == 0; })) {
    // By vectors: of a scalar loop in another LLVM makes scatters.
    auto clear = [&](StepBuilder &b, Value first, int64_t count) {
      Value place = arith::AddIOp::create(b, start, first);
      vector::StoreOp::create(b, b.zero(VectorType::get({count}, element)), image, place);
    };
    int64_t whole = width / lanes * lanes;
    if (whole != 0) {
      auto vectors = scf::ForOp::create(inRow, inRow.index(0), inRow.index(whole), inRow.index(lanes));
      StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(vectors.getBody()), b.dt, b.machine);
      clear(inner, vectors.getInductionVar(), lanes);
    }
    if (whole != width)
      clear(inRow, inRow.index(whole), width - whole);
    return;
  }
  Value row = b.constantTensor(RankedTensorType::get({shape.outputChannels}, element), bias);
  row.getDefiningOp()->moveBefore(rows);
  auto pixels = scf::ForOp::create(inRow, inRow.index(0), inRow.index(width), inRow.index(shape.outputChannels));
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(pixels.getBody()), b.dt, b.machine);
  for (LaneSlice slice : getLaneSlices(shape.outputChannels, lanes)) {
    Value part = vector::TransferReadOp::create(inner, getVectorType(slice), row, inner.index(slice.offset),
                                                std::nullopt, ArrayRef<bool>{true});
    Value place = arith::AddIOp::create(inner, start, pixels.getInductionVar());
    place = arith::AddIOp::create(inner, place, inner.index(slice.offset));
    vector::StoreOp::create(inner, part, image, place);
  }
}

void EventConvolution::addEvent(StepBuilder &b, Value channel, Value pixel) {
  Value value;
  if (!isSpike) {
    Value place = channelsLast
                      ? arith::AddIOp::create(b, arith::MulIOp::create(b, pixel, b.index(shape.inputChannels)), channel)
                      : arith::AddIOp::create(b, arith::MulIOp::create(b, channel, b.index(getPixels())), pixel);
    value = tensor::ExtractOp::create(b, flat, place);
  }
  Value offset = look(b, imageOffsets, pixel), row = channel;
  if (shape.groups != 1) {
    Value group = arith::DivUIOp::create(b, channel, b.index(shape.getGroupInputs()));
    offset = arith::AddIOp::create(b, offset, arith::MulIOp::create(b, group, b.index(groupOutputs)));
  }
  if (patchRows)
    row = arith::AddIOp::create(b, row, look(b, patchRows, pixel));
  if (isSpike || !hasGaps || arithmetic.isInteger())
    return addPatch(b, row, offset, value, /*skipsGaps=*/false);
  // Times -0 a number is a zero, but infinity and NaN are NaN.
  Value number = arithmetic.toNumber(b, value), zero = b.zero(number.getType());
  Value isFinite = arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, arith::SubFOp::create(b, number, number), zero);
  auto either = scf::IfOp::create(b, isFinite, /*withElseRegion=*/true);
  StepBuilder finite(b.getLoc(), either.getThenBodyBuilder(), b.dt, b.machine);
  addPatch(finite, row, offset, value, /*skipsGaps=*/false);
  StepBuilder other(b.getLoc(), either.getElseBodyBuilder(), b.dt, b.machine);
  addPatch(other, row, offset, value, /*skipsGaps=*/true);
}

/// Adds the weights of a row, times the value unless inputs are spikes, to the outputs from `offset` on.
void EventConvolution::addPatch(StepBuilder &b, Value row, Value offset, Value value, bool skipsGaps) {
  // One tap after the other in the code, or in two loops where that is much code.
  constexpr int64_t kMaxVectors = 128;
  SmallVector<LaneSlice> slices = getLaneSlices(groupOutputs, lanes);
  auto addTap = [&](StepBuilder &b, Value first, Value column) {
    for (LaneSlice slice : slices) {
      Value place = arith::AddIOp::create(b, first, b.index(slice.offset));
      Value weights = loadWeights(b, row, arith::AddIOp::create(b, column, b.index(slice.offset)), slice);
      Value sum = vector::LoadOp::create(b, getVectorType(slice), image, place);
      Value next = arithmetic.accumulate(b, sum, value, isSpike, weights);
      if (skipsGaps) {
        auto bits = getVectorType(slice).clone(b.getIntegerType(element.getIntOrFloatBitWidth()));
        Value gap = arith::ConstantOp::create(
            b, DenseElementsAttr::get(bits, APInt::getSignedMinValue(bits.getElementTypeBitWidth())));
        Value isGap =
            arith::CmpIOp::create(b, arith::CmpIPredicate::eq, arith::BitcastOp::create(b, bits, weights), gap);
        next = arith::SelectOp::create(b, isGap, sum, next);
      }
      vector::StoreOp::create(b, next, image, place);
    }
  };
  if (getTaps() * int64_t(slices.size()) <= kMaxVectors) {
    for (int64_t tap = 0; tap < getTaps(); ++tap)
      addTap(b, arith::AddIOp::create(b, offset, b.index(getTapOffset(tap))), b.index(tap * groupOutputs));
    return;
  }
  auto rows = scf::ForOp::create(b, b.index(0), b.index(y.taps), b.index(1));
  StepBuilder inRow(b.getLoc(), OpBuilder::atBlockBegin(rows.getBody()), b.dt, b.machine);
  auto columns = scf::ForOp::create(inRow, inRow.index(0), inRow.index(x.taps), inRow.index(1));
  StepBuilder inTap(b.getLoc(), OpBuilder::atBlockBegin(columns.getBody()), b.dt, b.machine);
  auto times = [&](Value number, int64_t factor) {
    return arith::MulIOp::create(inTap, number, inTap.index(factor)).getResult();
  };
  Value back = arith::AddIOp::create(inTap, times(rows.getInductionVar(), y.spacing * x.length * shape.outputChannels),
                                     times(columns.getInductionVar(), x.spacing * shape.outputChannels));
  Value first = arith::AddIOp::create(inTap, offset, inTap.index(getTapOffset(0)));
  Value tap = arith::AddIOp::create(inTap, times(rows.getInductionVar(), x.taps), columns.getInductionVar());
  addTap(inTap, arith::SubIOp::create(inTap, first, back), times(tap, groupOutputs));
}

Value EventConvolution::build(StepSignal input, ArrayRef<double> weights, ArrayRef<double> bias) {
  if (!isSpike)
    flat = b.flatten(input.value);
  channelsLast = input.channelsLast;
  packWeights(weights);
  buildTables();
  SmallVector<int64_t> whole{y.length, x.length, shape.outputChannels};
  auto imageType = MemRefType::get(whole, element);
  Value outputs = memref::AllocOp::create(b, imageType, b.getI64IntegerAttr(64));
  image = memref::CollapseShapeOp::create(b, outputs, ArrayRef<ReassociationIndices>{{0, 1, 2}});
  fill(bias);

  ActiveMap(b, input, shape.inputChannels, getPixels())
      .forEach({}, [&](StepBuilder &b, Value channel, Value pixel, ValueRange) {
        addEvent(b, channel, pixel);
        return SmallVector<Value>();
      });

  SmallVector<int64_t> inside{shape.y.output, shape.x.output, shape.outputChannels};
  if (whole != inside)
    outputs = memref::SubViewOp::create(b, outputs, ArrayRef<int64_t>{y.before, x.before, 0}, inside,
                                        ArrayRef<int64_t>{1, 1, 1});
  return bufferization::ToTensorOp::create(b, RankedTensorType::get(inside, element), outputs, /*restrict=*/true,
                                           /*writable=*/true);
}

Value lle::buildEventConvolution(StepBuilder &b, const ConvolutionShape &shape, StepSignal input, bool isSpike,
                                 const SynapseArithmetic &arithmetic, ArrayRef<double> weights, ArrayRef<double> bias) {
  return EventConvolution(b, shape, isSpike, arithmetic).build(input, weights, bias);
}
