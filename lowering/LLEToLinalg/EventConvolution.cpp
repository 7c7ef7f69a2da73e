//===- EventConvolution.cpp - convolution by input event ------------------===//
//
// Each input element that is not zero adds its kernel patch to the output image. Images are channels last, so that the
// innermost operation is a vector over output channels. Inputs are taken channel by channel, rows and columns
// ascending, so that each output sums its terms in the order of the definition: (channel, ky, kx). The patch of a
// channel so stays in registers, and events that follow each other seldom wait for each other's sums.
//
// An input that lies channels last is first reduced to a word of bits for each pixel and 16 channels, unless its bits
// lie like that already; a vector of words holds the events of one channel in 64 pixels, and channels that are silent
// in all pixels are left out.
//
//===----------------------------------------------------------------------===//
#include "lowering/LLEToLinalg/Convolution.h"
#include "lowering/LLEToLinalg/Synapses.h"
#include "lowering/MaterializeState/SpikeBits.h"

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
  Value bits;         ///< All input elements as a set of bits, or null.
  bool channelsLast;  ///< How they lie.
  Value words;        ///< (channel / wordBits, pixel): bits of channels; null where `bits` are those.
  bool byWords;       ///< Whether there are words of pixels: elements lie channels last, and have several channels.
  int64_t wordBits;   ///< 16, or 8 where that is all channels.
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
  void packBits();
  void splitBits();
  Value loadWords(StepBuilder &b, Value number, Value pixel, int64_t count);
  Value readPixels(StepBuilder &b, Value channel, Value pixel, int64_t count);
  void addEvent(StepBuilder &b, Value channel, Value pixel);
  void addPatch(StepBuilder &b, Value row, Value offset, Value value, bool skipsGaps);
  Value readChannels(StepBuilder &b, Value number);
  void addChannel(StepBuilder &b, Value channel);
  void addEvents();
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

/// Elements of 8 or 16 channels lie as the bits of their words do, and are packed many pixels at once.
void EventConvolution::packBits() {
  int64_t channels = shape.inputChannels, count = channels * getPixels();
  wordBits = channels == 8 ? 8 : 16;
  Type word = b.getIntegerType(wordBits);
  auto type = MemRefType::get({int64_t(llvm::divideCeil(channels, wordBits)), getPixels()}, word);
  if (channels == wordBits) {
    constexpr int64_t kBits = 64;
    auto bytesType = MemRefType::get({int64_t(llvm::alignTo(count, kBits)) / 8}, b.getI8Type());
    Value bytes = memref::AllocOp::create(b, bytesType, b.getI64IntegerAttr(64));
    words = memref::ViewOp::create(b, type, bytes, b.index(0), ValueRange());
    auto largeType = MemRefType::get({bytesType.getNumElements() * 8 / kBits}, b.getI64Type());
    Value large = memref::ViewOp::create(b, largeType, bytes, b.index(0), ValueRange());
    auto pack = [&](StepBuilder &b, Value number, int64_t elements) {
      Value first = arith::MulIOp::create(b, number, b.index(kBits));
      Value bits = readActivity(b, flat, first, elements);
      if (bits.getType() != largeType.getElementType())
        bits = arith::ExtUIOp::create(b, largeType.getElementType(), bits);
      memref::StoreOp::create(b, bits, large, number);
    };
    auto loop = scf::ForOp::create(b, b.index(0), b.index(count / kBits), b.index(1));
    StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    pack(inner, loop.getInductionVar(), kBits);
    if (count % kBits != 0)
      pack(b, b.index(count / kBits), count % kBits);
    return;
  }
  words = memref::AllocOp::create(b, type, b.getI64IntegerAttr(64));
  auto loop = scf::ForOp::create(b, b.index(0), b.index(getPixels()), b.index(1));
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value pixel = loop.getInductionVar();
  Value first = arith::MulIOp::create(inner, pixel, inner.index(channels));
  for (auto [number, slice] : llvm::enumerate(getLaneSlices(channels, wordBits))) {
    Value base = arith::AddIOp::create(inner, first, inner.index(slice.offset));
    Value bits = arith::TruncIOp::create(inner, word, readActivity(inner, flat, base, slice.lanes));
    memref::StoreOp::create(inner, bits, words, ValueRange{inner.index(int64_t(number)), pixel});
  }
}

bool lle::readsBitsOfChannels(int64_t channels) {
  return channels == 1 || channels == 8 || channels == 16 || channels % kSpikeWordBits == 0;
}

/// The bits of 32 and more channels as words of 16, those of one place of all pixels together.
void EventConvolution::splitBits() {
  int64_t perPixel = shape.inputChannels / kSpikeWordBits;
  wordBits = 16;
  Type half = b.getIntegerType(wordBits);
  words = memref::AllocOp::create(b, MemRefType::get({2 * perPixel, getPixels()}, half), b.getI64IntegerAttr(64));
  auto loop = scf::ForOp::create(b, b.index(0), b.index(getPixels()), b.index(1));
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value pixel = loop.getInductionVar(), first = arith::MulIOp::create(inner, pixel, inner.index(perPixel));
  Value shift = arith::ConstantOp::create(inner, inner.getI32IntegerAttr(wordBits));
  for (int64_t place = 0; place < perPixel; ++place) {
    Value word = readWord(inner, bits, arith::AddIOp::create(inner, first, inner.index(place)));
    Value high = arith::ShRUIOp::create(inner, word, shift);
    memref::StoreOp::create(inner, arith::TruncIOp::create(inner, half, word), words,
                            ValueRange{inner.index(2 * place), pixel});
    memref::StoreOp::create(inner, arith::TruncIOp::create(inner, half, high), words,
                            ValueRange{inner.index(2 * place + 1), pixel});
  }
}

/// The words of `count` pixels; `pixel` is a multiple of the pixels in a word of `kSpikeWordBits`.
Value EventConvolution::loadWords(StepBuilder &b, Value number, Value pixel, int64_t count) {
  Type word = b.getIntegerType(wordBits);
  if (words)
    return vector::LoadOp::create(b, VectorType::get({count}, word), words, ValueRange{number, pixel});
  int64_t perWord = kSpikeWordBits / wordBits, length = getWordCount(count * wordBits);
  Value place = arith::DivUIOp::create(b, pixel, b.index(perWord));
  Value chunk = vector::TransferReadOp::create(b, VectorType::get({length}, b.getI32Type()), bits, place, std::nullopt,
                                               ArrayRef<bool>{true});
  chunk = vector::BitCastOp::create(b, VectorType::get({length * perWord}, word), chunk);
  if (length * perWord == count)
    return chunk;
  return vector::ExtractStridedSliceOp::create(b, chunk, ArrayRef<int64_t>{0}, ArrayRef<int64_t>{count},
                                               ArrayRef<int64_t>{1});
}

/// The channels of a word that are active in any pixel, as an i32.
Value EventConvolution::readChannels(StepBuilder &b, Value number) {
  constexpr int64_t kPixels = 64;
  int64_t pixels = getPixels(), width = std::min(pixels, kPixels), whole = pixels / width * width;
  Type word = b.getIntegerType(wordBits);
  auto read = [&](StepBuilder &b, Value pixel, int64_t count) { return loadWords(b, number, pixel, count); };
  auto loop = scf::ForOp::create(b, b.index(0), b.index(whole), b.index(width), b.zero(VectorType::get({width}, word)));
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value chunk = read(inner, loop.getInductionVar(), width);
  scf::YieldOp::create(inner, arith::OrIOp::create(inner, loop.getRegionIterArgs().front(), chunk).getResult());
  Value channels = vector::ReductionOp::create(b, vector::CombiningKind::OR, loop.getResult(0));
  if (whole != pixels) {
    Value rest = read(b, b.index(whole), pixels - whole);
    channels = arith::OrIOp::create(b, channels, vector::ReductionOp::create(b, vector::CombiningKind::OR, rest));
  }
  return arith::ExtUIOp::create(b, b.getI32Type(), channels);
}

/// One bit for each of `count` pixels: whether the channel is active there.
Value EventConvolution::readPixels(StepBuilder &b, Value channel, Value pixel, int64_t count) {
  if (bits && !byWords)
    return readBits(b, bits, pixel, count);
  if (!byWords) {
    Value base = arith::AddIOp::create(b, arith::MulIOp::create(b, channel, b.index(getPixels())), pixel);
    return readActivity(b, flat, base, count);
  }
  auto type = VectorType::get({count}, b.getIntegerType(wordBits));
  Value number = arith::DivUIOp::create(b, channel, b.index(wordBits));
  Value place =
      arith::IndexCastUIOp::create(b, type.getElementType(), arith::RemUIOp::create(b, channel, b.index(wordBits)));
  Value one = arith::ConstantOp::create(b, b.getIntegerAttr(type.getElementType(), 1));
  Value bit = vector::BroadcastOp::create(b, type, arith::ShLIOp::create(b, one, place));
  Value chunk = loadWords(b, number, pixel, count);
  Value active = arith::CmpIOp::create(b, arith::CmpIPredicate::ne, arith::AndIOp::create(b, chunk, bit), b.zero(type));
  return packMask(b, active);
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

void EventConvolution::addChannel(StepBuilder &b, Value channel) {
  constexpr int64_t kPixels = 64;
  int64_t pixels = getPixels(), whole = pixels / kPixels * kPixels;
  auto addPixels = [&](StepBuilder &b, Value first, int64_t count) {
    forEachBit(b, readPixels(b, channel, first, count), {}, [&](StepBuilder &b, Value bit, ValueRange) {
      addEvent(b, channel, arith::AddIOp::create(b, first, bit));
      return SmallVector<Value>();
    });
  };
  if (whole != 0) {
    auto loop = scf::ForOp::create(b, b.index(0), b.index(whole), b.index(kPixels));
    StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    addPixels(inner, loop.getInductionVar(), kPixels);
  }
  if (whole != pixels)
    addPixels(b, b.index(whole), pixels - whole);
}

void EventConvolution::addEvents() {
  int64_t count = byWords ? llvm::divideCeil(shape.inputChannels, wordBits) : shape.inputChannels;
  auto loop = scf::ForOp::create(b, b.index(0), b.index(count), b.index(1));
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  if (!byWords) {
    addChannel(inner, loop.getInductionVar());
    return;
  }
  Value number = loop.getInductionVar();
  forEachBit(inner, readChannels(inner, number), {}, [&](StepBuilder &b, Value bit, ValueRange) {
    addChannel(b, arith::AddIOp::create(b, arith::MulIOp::create(b, number, b.index(wordBits)), bit));
    return SmallVector<Value>();
  });
}

Value EventConvolution::build(StepSignal input, ArrayRef<double> weights, ArrayRef<double> bias) {
  bits = input.bits;
  if (!bits)
    flat = b.flatten(input.value);
  channelsLast = input.channelsLast;
  byWords = channelsLast && shape.inputChannels != 1;
  packWeights(weights);
  buildTables();
  SmallVector<int64_t> whole{y.length, x.length, shape.outputChannels};
  auto imageType = MemRefType::get(whole, element);
  Value map = memref::AllocOp::create(b, imageType, b.getI64IntegerAttr(64));
  image = memref::CollapseShapeOp::create(b, map, ArrayRef<ReassociationIndices>{{0, 1, 2}});
  fill(bias);

  if (byWords && bits && shape.inputChannels < kSpikeWordBits)
    wordBits = shape.inputChannels;
  else if (byWords && bits)
    splitBits();
  else if (byWords)
    packBits();
  addEvents();

  SmallVector<int64_t> inside{shape.y.output, shape.x.output, shape.outputChannels};
  if (whole != inside)
    map =
        memref::SubViewOp::create(b, map, ArrayRef<int64_t>{y.before, x.before, 0}, inside, ArrayRef<int64_t>{1, 1, 1});
  return bufferization::ToTensorOp::create(b, RankedTensorType::get(inside, element), map, /*restrict=*/true,
                                           /*writable=*/true);
}

Value lle::buildEventConvolution(StepBuilder &b, const ConvolutionShape &shape, StepSignal input, bool isSpike,
                                 const SynapseArithmetic &arithmetic, ArrayRef<double> weights, ArrayRef<double> bias) {
  return EventConvolution(b, shape, isSpike, arithmetic).build(input, weights, bias);
}
