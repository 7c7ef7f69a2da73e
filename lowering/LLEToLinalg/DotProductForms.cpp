//===- DotProductForms.cpp - instructions that sum products ---------------===//
//
// Inputs of 16 bits meet weights of 8 bits in machines that multiply 8 bits by 8: an input x is `256 h + l`, where h is
// its high byte and l its low one, and sums of both are kept apart until the end. Where an instruction wants a byte
// with a sign, it is less by 128; where it wants one without, it is more by 128. What that adds to a sum is 128 times
// the sum of the row's weights, or as often 256 times, which is known.
//
//===----------------------------------------------------------------------===//
#include "lowering/LLEToLinalg/DotProducts.h"
#include "lowering/LLEToLinalg/Integers.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace lle;

//===----------------------------------------------------------------------===//
// Pieces
//===----------------------------------------------------------------------===//

static int64_t getLength(Value tensor) { return cast<RankedTensorType>(tensor.getType()).getNumElements(); }
static unsigned getBits(Value value) { return getElementTypeOrSelf(value.getType()).getIntOrFloatBitWidth(); }

static Value call(StepBuilder &b, StringRef intrinsic, Type result, ValueRange arguments) {
  return LLVM::CallIntrinsicOp::create(b, result, b.getStringAttr(intrinsic), arguments).getResult(0);
}

static Value bitcast(StepBuilder &b, Value vector, unsigned bits) {
  auto type = cast<VectorType>(vector.getType());
  int64_t length = type.getNumElements() * type.getElementTypeBitWidth() / bits;
  return vector::BitCastOp::create(b, VectorType::get({length}, b.getIntegerType(bits)), vector);
}

static Value widen(StepBuilder &b, Value number, unsigned bits) { return Integer{&b, number}.withWidth(bits).value; }

/// `count` elements from a place on; behind the last one of the tensor come zeros.
static Value readSome(StepBuilder &b, Value tensor, Value place, int64_t count, bool mayEnd) {
  Type element = getElementTypeOrSelf(tensor.getType());
  Value zero = arith::ConstantOp::create(b, b.getZeroAttr(element));
  return vector::TransferReadOp::create(b, VectorType::get({count}, element), tensor, place, zero,
                                        ArrayRef<bool>{!mayEnd});
}

/// Bytes or pairs, which a register of 32 bits holds, as that.
static Value readPackedWord(StepBuilder &b, Value tensor, Value place) {
  Value some = readSome(b, tensor, place, 32 / getBits(tensor), /*mayEnd=*/false);
  return vector::ExtractOp::create(b, bitcast(b, some, 32), ArrayRef<int64_t>{0});
}

/// A word in all lanes, as a vector of smaller numbers.
static Value broadcastWord(StepBuilder &b, Value word, int64_t lanes, unsigned bits) {
  return bitcast(b, vector::BroadcastOp::create(b, VectorType::get({lanes}, b.getI32Type()), word), bits);
}

static Value scaled(StepBuilder &b, Value index, int64_t factor) {
  return arith::MulIOp::create(b, index, b.index(factor));
}

/// The tensor in blocks of `block` elements, each as `convert` makes it; zeros make the last one whole.
static Value mapBlocks(StepBuilder &b, Value tensor, int64_t block, int64_t resultBlock, unsigned resultBits,
                       llvm::function_ref<Value(StepBuilder &, Value)> convert) {
  int64_t length = getLength(tensor), whole = length / block, blocks = llvm::divideCeil(length, block);
  Value result = tensor::EmptyOp::create(b, ArrayRef<int64_t>{blocks * resultBlock}, b.getIntegerType(resultBits));
  auto mapBlock = [&](StepBuilder &b, Value index, Value result, bool isLast) -> Value {
    Value from = readSome(b, tensor, scaled(b, index, block), block, isLast);
    return vector::TransferWriteOp::create(b, convert(b, from), result, scaled(b, index, resultBlock),
                                           ArrayRef<bool>{true})
        .getResult();
  };
  if (whole > 0)
    result = buildLoop(b, whole, result, [&](StepBuilder &b, Value index, ValueRange carried) -> SmallVector<Value> {
               return {mapBlock(b, index, carried.front(), false)};
             }).front();
  return whole == blocks ? result : mapBlock(b, b.index(whole), result, true);
}

/// The inputs in whole turns, of `bits`.
static Value makeWhole(StepBuilder &b, Value inputs, int64_t turn, unsigned bits) {
  if (getLength(inputs) % turn == 0 && getBits(inputs) == bits)
    return inputs;
  int64_t block = std::max<int64_t>(turn, b.machine.lanes == 1 ? 1 : 8);
  return mapBlocks(b, inputs, block, block, bits, [&](StepBuilder &b, Value x) { return widen(b, x, bits); });
}

//===----------------------------------------------------------------------===//
// Any machine
//===----------------------------------------------------------------------===//

namespace {
/// A few outputs at a time, which share the loads of an input. Their sums, and pointers, stay in registers of the
/// smallest machine.
struct ScalarProducts : DotProductForm {
  ScalarProducts() : DotProductForm(/*outputs=*/1, /*inputs=*/1, /*units=*/4) {}

  Value prepare(StepBuilder &, Value inputs) const override { return inputs; }
  SmallVector<Value> readInputs(StepBuilder &b, Value inputs, Value turn) const override {
    return {readInteger(b, inputs, turn).value};
  }
  SmallVector<Value> accumulate(StepBuilder &b, ValueRange registers, Value weights, ValueRange x) const override {
    return {(Integer{&b, registers[0]} + Integer{&b, weights}.withWidth(32) * Integer{&b, x[0]}).value};
  }
};

/// Outputs in the lanes of vectors: an input is broadcast and multiplied with a column of weights.
struct ColumnProducts : DotProductForm {
  ColumnProducts(int64_t lanes, int64_t units) : DotProductForm(lanes, /*inputs=*/1, units) {}

  Value prepare(StepBuilder &, Value inputs) const override { return inputs; }
  SmallVector<Value> readInputs(StepBuilder &b, Value inputs, Value turn) const override {
    Value x = readInteger(b, inputs, turn).value;
    return {vector::BroadcastOp::create(b, VectorType::get({outputs}, b.getI32Type()), x)};
  }
  SmallVector<Value> accumulate(StepBuilder &b, ValueRange registers, Value weights, ValueRange x) const override {
    return {(Integer{&b, registers[0]} + Integer{&b, weights}.withWidth(32) * Integer{&b, x[0]}).value};
  }
};

//===----------------------------------------------------------------------===//
// Cortex-M
//===----------------------------------------------------------------------===//

/// SMLAD: two products of 16 bits, added to a sum. SXTB16 takes bytes 0 and 2 of a word, or 1 and 3, as numbers of 16
/// bits. The other operand, where it has 16 bits, lies in the order that this gives.
struct PackedProducts : DotProductForm {
  explicit PackedProducts(const IntegerMatrix &matrix)
      : DotProductForm(/*outputs=*/1, /*inputs=*/4, /*units=*/3, /*turnsAtOnce=*/2), hasBytes(matrix.inputBits == 8),
        isSwapped(matrix.inputBits == 8 ? matrix.weightBits == 16 : matrix.weightBits == 8) {}

  int64_t getPlace(int64_t, int64_t input) const override {
    static constexpr int64_t kSwapped[] = {0, 2, 1, 3};
    return isSwapped ? kSwapped[input] : input;
  }
  Value prepare(StepBuilder &b, Value x) const override { return makeWhole(b, x, inputs, getBits(x)); }
  SmallVector<Value> readInputs(StepBuilder &b, Value x, Value turn) const override {
    Value place = scaled(b, turn, inputs);
    if (hasBytes)
      return unpack(b, readPackedWord(b, x, place));
    return {readPackedWord(b, x, place), readPackedWord(b, x, arith::AddIOp::create(b, place, b.index(2)))};
  }
  SmallVector<Value> accumulate(StepBuilder &b, ValueRange registers, Value weights, ValueRange x) const override {
    Value words = bitcast(b, weights, 32), sum = registers[0];
    auto word = [&](int64_t index) -> Value { return vector::ExtractOp::create(b, words, ArrayRef<int64_t>{index}); };
    SmallVector<Value> pairs = getBits(weights) == 8 ? unpack(b, word(0)) : SmallVector<Value>{word(0), word(1)};
    for (auto [pair, other] : llvm::zip_equal(pairs, x))
      sum = call(b, "llvm.arm.smlad", b.getI32Type(), {pair, other, sum});
    return {sum};
  }

private:
  bool hasBytes, isSwapped;

  static SmallVector<Value> unpack(StepBuilder &b, Value word) {
    Value bits = arith::ConstantOp::create(b, b.getI32IntegerAttr(8));
    Value turned = call(b, "llvm.fshr.i32", b.getI32Type(), {word, word, bits});
    return {call(b, "llvm.arm.sxtb16", b.getI32Type(), word), call(b, "llvm.arm.sxtb16", b.getI32Type(), turned)};
  }
};

/// VMLADAVA: the products of all lanes, added to a sum in an integer register.
struct AcrossProducts : DotProductForm {
  explicit AcrossProducts(const IntegerMatrix &matrix)
      : DotProductForm(1, matrix.inputBits == 8 && matrix.weightBits == 8 ? 16 : 8, /*units=*/4, /*turnsAtOnce=*/1) {}

  Value prepare(StepBuilder &b, Value x) const override { return makeWhole(b, x, inputs, getBits(x)); }
  SmallVector<Value> readInputs(StepBuilder &b, Value x, Value turn) const override {
    return {widen(b, readSome(b, x, scaled(b, turn, inputs), inputs, /*mayEnd=*/false), 128 / inputs)};
  }
  SmallVector<Value> accumulate(StepBuilder &b, ValueRange registers, Value weights, ValueRange x) const override {
    Value no = arith::ConstantOp::create(b, b.getI32IntegerAttr(0)); // unsigned, subtracted, exchanged
    Value lanes = widen(b, weights, 128 / inputs);
    return {call(b, "llvm.arm.mve.vmldava", b.getI32Type(), {no, no, no, registers[0], lanes, x[0]})};
  }
};

//===----------------------------------------------------------------------===//
// x86-64
//===----------------------------------------------------------------------===//

/// VPMADDWD: two products of 16 bits for each output. With VNNI, VPDPWSSD adds them to the sums.
struct PairProducts : DotProductForm {
  PairProducts(int64_t lanes, int64_t registers, bool hasVNNI)
      : DotProductForm(lanes, /*inputs=*/2, registers), hasVNNI(hasVNNI) {}

  Value prepare(StepBuilder &b, Value x) const override { return makeWhole(b, x, inputs, 16); }
  SmallVector<Value> readInputs(StepBuilder &b, Value x, Value turn) const override {
    return {broadcastWord(b, readPackedWord(b, x, scaled(b, turn, inputs)), outputs, 16)};
  }
  SmallVector<Value> accumulate(StepBuilder &b, ValueRange registers, Value weights, ValueRange x) const override {
    Type type = registers[0].getType();
    Value pairs = widen(b, weights, 16);
    if (hasVNNI)
      return {call(b, "llvm.x86.avx512.vpdpwssd." + std::to_string(32 * outputs), type, {registers[0], x[0], pairs})};
    StringRef multiply = outputs == 16  ? "llvm.x86.avx512.pmaddw.d.512"
                         : outputs == 8 ? "llvm.x86.avx2.pmadd.wd"
                                        : "llvm.x86.sse2.pmadd.wd";
    return {arith::AddIOp::create(b, registers[0], call(b, multiply, type, {x[0], pairs}))};
  }

private:
  bool hasVNNI;
};

//===----------------------------------------------------------------------===//
// Products of 8 bits
//===----------------------------------------------------------------------===//

/// Prepares inputs as high and low bytes. A turn has all its high bytes, and behind them its low ones.
struct ByteProducts : DotProductForm {
  ByteProducts(int64_t outputs, int64_t inputs, int64_t units, unsigned inputBits, bool isSigned)
      : DotProductForm(outputs, inputs, units), isWide(inputBits == 16), isSigned(isSigned) {}

  int64_t getExcess(int64_t rowSum) const override {
    if (isSigned)
      return isWide ? -128 * rowSum : 0;
    return isWide ? 32768 * rowSum : 128 * rowSum;
  }
  Value prepare(StepBuilder &b, Value x) const override;

protected:
  bool isWide;   ///< Inputs have 16 bits.
  bool isSigned; ///< What the machine multiplies weights with.
};

Value ByteProducts::prepare(StepBuilder &b, Value x) const {
  static constexpr int64_t kBlock = 8; // a vector of 128 bits, which machines shuffle
  auto flip = [](StepBuilder &b, Value bytes, ArrayRef<bool> where) -> Value {
    SmallVector<APInt> masks;
    for (bool here : where)
      masks.emplace_back(8, here ? 0x80 : 0);
    auto mask = DenseElementsAttr::get(cast<VectorType>(bytes.getType()), masks);
    return arith::XOrIOp::create(b, bytes, arith::ConstantOp::create(b, mask));
  };
  if (!isWide) {
    if (isSigned)
      return makeWhole(b, x, inputs, 8);
    return mapBlocks(b, x, kBlock, kBlock, 8,
                     [&](StepBuilder &b, Value bytes) { return flip(b, bytes, SmallVector<bool>(kBlock, true)); });
  }
  SmallVector<int64_t> order; // of bytes: the low one of each number comes first
  SmallVector<bool> isFlipped;
  for (int64_t turn = 0; turn < kBlock; turn += inputs)
    for (bool isHigh : {true, false})
      for (int64_t input = turn; input < turn + inputs; ++input) {
        order.push_back(2 * input + isHigh);
        isFlipped.push_back(isHigh != isSigned);
      }
  return mapBlocks(b, x, kBlock, 2 * kBlock, 8, [&](StepBuilder &b, Value numbers) -> Value {
    Value bytes = bitcast(b, numbers, 8);
    return flip(b, vector::ShuffleOp::create(b, bytes, bytes, order), isFlipped);
  });
}

/// Four products for each output: AArch64's SDOT, whose bytes have a sign, and x86's VPDPBUSD, where that of the inputs
/// has none.
struct QuadProducts : ByteProducts {
  QuadProducts(int64_t lanes, int64_t registers, unsigned inputBits, bool isX86)
      : ByteProducts(lanes, 4, inputBits == 16 ? registers / 2 : registers, inputBits, /*isSigned=*/!isX86),
        isX86(isX86) {}

  SmallVector<Value> readInputs(StepBuilder &b, Value x, Value turn) const override {
    Value place = scaled(b, turn, isWide ? 8 : 4);
    SmallVector<Value> quads{broadcastWord(b, readPackedWord(b, x, place), outputs, 8)};
    if (isWide)
      quads.push_back(broadcastWord(b, readPackedWord(b, x, arith::AddIOp::create(b, place, b.index(4))), outputs, 8));
    return quads;
  }
  SmallVector<Value> start(StepBuilder &b, Value bias) const override {
    if (!isWide)
      return {bias};
    return {b.zero(bias.getType()), bias};
  }
  SmallVector<Value> accumulate(StepBuilder &b, ValueRange registers, Value weights, ValueRange x) const override {
    SmallVector<Value> next;
    for (auto [sum, quads] : llvm::zip_equal(registers, x)) {
      std::string name =
          isX86 ? "llvm.x86.avx512.vpdpbusd." + std::to_string(32 * outputs) : "llvm.aarch64.neon.sdot.v4i32.v16i8";
      next.push_back(
          call(b, name, sum.getType(), isX86 ? ValueRange{sum, quads, weights} : ValueRange{sum, weights, quads}));
    }
    return next;
  }
  Value finish(StepBuilder &b, ValueRange registers) const override {
    if (!isWide)
      return registers.front();
    return ((Integer{&b, registers[0]} << 8) + Integer{&b, registers[1]}).value;
  }

private:
  bool isX86;
};

/// AArch64's SMMLA: a matrix of 2 by 8 weights times one of 8 by 2 bytes. The columns of the second are the high and
/// the low bytes of eight inputs, so that none of it is wasted on one vector. A unit is two such matrices of sums.
struct MatrixProducts : ByteProducts {
  explicit MatrixProducts(int64_t registers) : ByteProducts(4, 8, registers / 2, 16, /*isSigned=*/true) {}

  SmallVector<Value> readInputs(StepBuilder &b, Value x, Value turn) const override {
    return {readSome(b, x, scaled(b, turn, 16), 16, /*mayEnd=*/false)};
  }
  SmallVector<Value> start(StepBuilder &b, Value bias) const override {
    Value zero = b.zero(bias.getType()); // a row of sums is its high one, then its low one
    return {vector::ShuffleOp::create(b, zero, bias, ArrayRef<int64_t>{0, 4, 1, 5}),
            vector::ShuffleOp::create(b, zero, bias, ArrayRef<int64_t>{2, 6, 3, 7})};
  }
  SmallVector<Value> accumulate(StepBuilder &b, ValueRange registers, Value weights, ValueRange x) const override {
    SmallVector<Value> next;
    for (auto [half, sum] : llvm::enumerate(registers)) {
      Value rows = vector::ExtractStridedSliceOp::create(b, weights, ArrayRef<int64_t>{16 * int64_t(half)},
                                                         ArrayRef<int64_t>{16}, ArrayRef<int64_t>{1});
      next.push_back(call(b, "llvm.aarch64.neon.smmla.v4i32.v16i8", sum.getType(), {sum, rows, x[0]}));
    }
    return next;
  }
  Value finish(StepBuilder &b, ValueRange registers) const override {
    auto part = [&](int64_t first) -> Integer {
      return {&b, vector::ShuffleOp::create(b, registers[0], registers[1],
                                            ArrayRef<int64_t>{first, first + 2, first + 4, first + 6})};
    };
    return ((part(0) << 8) + part(1)).value;
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// The choice
//===----------------------------------------------------------------------===//

std::unique_ptr<DotProductForm> lle::chooseDotProducts(const VectorShape &machine, const IntegerMatrix &matrix) {
  bool isNarrow = matrix.weightBits == 8;
  int64_t most = std::max<int64_t>(1, machine.registers - 6); // of sums: inputs and weights need some
  auto getX86 = [&](int64_t widest) -> std::unique_ptr<DotProductForm> {
    int64_t lanes = std::min(machine.lanes, widest);
    if (isNarrow && hasVNNI(machine.simd))
      return std::make_unique<QuadProducts>(lanes, most, matrix.inputBits, /*isX86=*/true);
    return std::make_unique<PairProducts>(lanes, most, hasVNNI(machine.simd));
  };
  switch (machine.simd) {
  case Simd::dsp:
    return std::make_unique<PackedProducts>(matrix);
  case Simd::mve:
    return std::make_unique<AcrossProducts>(matrix);
  case Simd::i8mm:
    if (isNarrow && matrix.inputBits == 16)
      return std::make_unique<MatrixProducts>(most);
    [[fallthrough]];
  case Simd::dotprod:
    if (isNarrow)
      return std::make_unique<QuadProducts>(4, most, matrix.inputBits, /*isX86=*/false);
    break;
  case Simd::sse2:
    return getX86(4);
  case Simd::avx2:
  case Simd::avxvnni:
    return getX86(8);
  case Simd::avx512:
  case Simd::avx512vnni:
    return getX86(16);
  case Simd::none:
  case Simd::neon:
    break;
  }
  if (machine.lanes == 1 || matrix.outputs == 1)
    return std::make_unique<ScalarProducts>();
  // Two registers of sums, whose weights fill one when they are widened. LLVM makes good code of powers of two.
  int64_t outputs = std::min<int64_t>(2 * machine.lanes, llvm::PowerOf2Ceil(matrix.outputs));
  return std::make_unique<ColumnProducts>(outputs, std::max<int64_t>(1, most / 2));
}
