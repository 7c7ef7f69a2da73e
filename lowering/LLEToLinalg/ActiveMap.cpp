//===- ActiveMap.cpp - walk a feature map channel by channel --------------===//
#include "lowering/LLEToLinalg/ActiveMap.h"
#include "lowering/LLEToLinalg/Convolution.h"
#include "lowering/LLEToLinalg/Synapses.h"
#include "lowering/MaterializeState/SpikeBits.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/MathExtras.h"

#include <numeric>

using namespace mlir;
using namespace lle;

/// Pixels of one mask.
static constexpr int64_t kPixels = 64;

ActiveMap::ActiveMap(StepBuilder &b, const StepSignal &input, int64_t channels, int64_t pixels)
    : b(b), channels(channels), pixels(pixels), bits(input.bits), byWords(input.channelsLast && channels != 1) {
  if (!bits)
    flat = b.flatten(input.value);
  if (!byWords)
    return;
  if (!bits)
    bits = packSpikes(b, flat);
  if (channels == 8 || channels == 16)
    wordBits = channels;
  else
    splitBits();
}

/// A word of 16 channels for each pixel, or of what is left of them; those of one place of all pixels lie together. So
/// many pixels that their bits are whole words of the set, one pixel of 32 channels, are taken at once.
void ActiveMap::splitBits() {
  wordBits = 16;
  SmallVector<LaneSlice> slices = getLaneSlices(channels, wordBits);
  auto type = MemRefType::get({int64_t(slices.size()), pixels}, b.getIntegerType(wordBits));
  words = memref::AllocOp::create(b, type, b.getI64IntegerAttr(64));
  auto split = [&](StepBuilder &b, Value firstWord, Value firstPixel, int64_t count) {
    auto constant = [&](int64_t value) -> Value {
      return arith::ConstantOp::create(b, b.getI32IntegerAttr(int32_t(value)));
    };
    SmallVector<Value> set;
    for (int64_t word = 0; word < getWordCount(count * channels); ++word)
      set.push_back(readWord(b, bits, plus(b, firstWord, b.index(word))));
    for (int64_t pixel = 0; pixel < count; ++pixel)
      for (auto [number, slice] : llvm::enumerate(slices)) {
        int64_t start = pixel * channels + slice.offset, word = start / kSpikeWordBits, bit = start % kSpikeWordBits;
        Value part = set[word];
        if (bit != 0)
          part = arith::ShRUIOp::create(b, part, constant(bit));
        if (bit + slice.lanes > kSpikeWordBits) {
          Value high = arith::ShLIOp::create(b, set[word + 1], constant(kSpikeWordBits - bit));
          part = arith::OrIOp::create(b, part, high);
        }
        if (slice.lanes < wordBits)
          part = arith::AndIOp::create(b, part, constant(llvm::maskTrailingOnes<uint32_t>(slice.lanes)));
        memref::StoreOp::create(b, arith::TruncIOp::create(b, type.getElementType(), part), words,
                                ValueRange{b.index(int64_t(number)), plus(b, firstPixel, b.index(pixel))});
      }
  };
  const int64_t atOnce = kSpikeWordBits / std::gcd(channels, kSpikeWordBits),
                perGroup = atOnce * channels / kSpikeWordBits;
  int64_t groups = pixels / atOnce, rest = pixels % atOnce;
  auto loop = scf::ForOp::create(b, b.index(0), b.index(groups), b.index(1));
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value group = loop.getInductionVar();
  split(inner, times(inner, group, perGroup), times(inner, group, atOnce), atOnce);
  if (rest != 0)
    split(b, b.index(groups * perGroup), b.index(groups * atOnce), rest);
}

/// The words of `count` pixels; `pixel` is a multiple of the pixels in a word of `kSpikeWordBits`.
Value ActiveMap::loadWords(StepBuilder &b, Value number, Value pixel, int64_t count) {
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
Value ActiveMap::readChannels(StepBuilder &b, Value number) {
  int64_t width = std::min(pixels, kPixels), whole = pixels / width * width;
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
Value ActiveMap::readPixels(StepBuilder &b, Value channel, Value pixel, int64_t count) {
  if (bits && !byWords)
    return readBits(b, bits, pixel, count);
  if (!byWords) {
    Value base = arith::AddIOp::create(b, arith::MulIOp::create(b, channel, b.index(pixels)), pixel);
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

SmallVector<Value> ActiveMap::forEachMaskOfChannel(StepBuilder &b, Value channel, ValueRange carried, MaskBody visit) {
  SmallVector<Value> values(carried);
  int64_t whole = pixels / kPixels * kPixels;
  if (whole != 0) {
    auto loop = scf::ForOp::create(b, b.index(0), b.index(whole), b.index(kPixels), values);
    StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
    Value first = loop.getInductionVar(), mask = readPixels(inner, channel, first, kPixels);
    yieldCarried(inner, visit(inner, channel, first, mask, loop.getRegionIterArgs()));
    values = SmallVector<Value>(loop.getResults());
  }
  if (whole == pixels)
    return values;
  return visit(b, channel, b.index(whole), readPixels(b, channel, b.index(whole), pixels - whole), values);
}

SmallVector<Value> ActiveMap::forEachMask(ValueRange carried, MaskBody visit) {
  int64_t count = byWords ? llvm::divideCeil(channels, wordBits) : channels;
  auto loop = scf::ForOp::create(b, b.index(0), b.index(count), b.index(1), carried);
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value number = loop.getInductionVar();
  ValueRange values = loop.getRegionIterArgs();
  if (!byWords) {
    yieldCarried(inner, forEachMaskOfChannel(inner, number, values, visit));
    return SmallVector<Value>(loop.getResults());
  }
  Value channels = readChannels(inner, number);
  yieldCarried(inner, forEachBit(inner, channels, values, [&](StepBuilder &b, Value bit, ValueRange carried) {
                 Value first = arith::MulIOp::create(b, number, b.index(wordBits));
                 return forEachMaskOfChannel(b, arith::AddIOp::create(b, first, bit), carried, visit);
               }));
  return SmallVector<Value>(loop.getResults());
}

SmallVector<Value> ActiveMap::forEach(ValueRange carried, ElementBody body) {
  return forEachMask(carried, [&](StepBuilder &b, Value channel, Value first, Value mask, ValueRange carried) {
    return forEachBit(b, mask, carried, [&](StepBuilder &b, Value bit, ValueRange carried) {
      return body(b, channel, arith::AddIOp::create(b, first, bit), carried);
    });
  });
}

PlaceList ActiveMap::list(double activity) {
  PlaceList list(b, channels * pixels, activity);
  list.count = forEachMask(b.index(0), [&](StepBuilder &b, Value channel, Value first, Value mask, ValueRange carried) {
                 first = plus(b, times(b, channel, pixels), first);
                 return SmallVector<Value>{list.append(b, carried.front(), first, mask, kPixels)};
               }).front();
  return list;
}
