//===- Integers.cpp - fixed-point numbers in generated code ---------------===//
#include "lowering/LLEToLinalg/Integers.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <cmath>

using namespace mlir;
using namespace lle;

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

static Type withWidthOf(Type type, unsigned bits) {
  Type element = IntegerType::get(type.getContext(), bits);
  if (auto vector = dyn_cast<VectorType>(type))
    return vector.clone(element);
  return element;
}

Integer Integer::like(int64_t constant) const {
  TypedAttr number = b->getIntegerAttr(getElementTypeOrSelf(value.getType()), constant);
  if (auto vector = dyn_cast<VectorType>(value.getType()))
    number = DenseElementsAttr::get(vector, Attribute(number));
  return {b, arith::ConstantOp::create(*b, number)};
}

Integer Integer::withWidth(unsigned bits) const {
  unsigned current = getElementTypeOrSelf(value.getType()).getIntOrFloatBitWidth();
  Type type = withWidthOf(value.getType(), bits);
  if (bits > current)
    return {b, arith::ExtSIOp::create(*b, type, value)};
  if (bits < current)
    return {b, arith::TruncIOp::create(*b, type, value)};
  return *this;
}

Value Integer::asIndex() const {
  Type type = b->getIndexType();
  if (auto vector = dyn_cast<VectorType>(value.getType()))
    type = vector.clone(type);
  return arith::IndexCastUIOp::create(*b, type, value);
}

Integer lle::operator+(Integer x, Integer y) { return {x.b, arith::AddIOp::create(*x.b, x.value, y.value)}; }
Integer lle::operator-(Integer x, Integer y) { return {x.b, arith::SubIOp::create(*x.b, x.value, y.value)}; }
Integer lle::operator*(Integer x, Integer y) { return {x.b, arith::MulIOp::create(*x.b, x.value, y.value)}; }
Integer lle::operator<<(Integer x, Integer bits) { return {x.b, arith::ShLIOp::create(*x.b, x.value, bits.value)}; }
Integer lle::operator>>(Integer x, Integer bits) { return {x.b, arith::ShRSIOp::create(*x.b, x.value, bits.value)}; }
Integer lle::operator&(Integer x, Integer y) { return {x.b, arith::AndIOp::create(*x.b, x.value, y.value)}; }
Integer lle::divideUnsigned(Integer x, Integer y) {
  StepBuilder &b = *x.b;
  auto type = dyn_cast<VectorType>(x.value.getType());
  if (!type || !isX86(b.machine.simd))
    return {&b, arith::DivUIOp::create(b, x.value, y.value)};
  // Vectors of x86 divide floats alone. A quotient of numbers of 32 bits that is no integer is further from the next
  // one than f64 rounds.
  Type real = type.clone(b.getF64Type());
  Value quotient = arith::DivFOp::create(b, arith::UIToFPOp::create(b, real, x.value).getResult(),
                                         arith::UIToFPOp::create(b, real, y.value).getResult());
  return {&b, arith::FPToSIOp::create(b, type, quotient)};
}
Integer lle::min(Integer x, Integer y) { return {x.b, arith::MinSIOp::create(*x.b, x.value, y.value)}; }
Integer lle::max(Integer x, Integer y) { return {x.b, arith::MaxSIOp::create(*x.b, x.value, y.value)}; }
Integer lle::select(Value condition, Integer x, Integer y) {
  return {x.b, arith::SelectOp::create(*x.b, condition, x.value, y.value)};
}
Value lle::isNegative(Integer x) {
  return arith::CmpIOp::create(*x.b, arith::CmpIPredicate::slt, x.value, x.like(0).value);
}

Integer lle::clip(Integer x, unsigned bits) {
  int64_t limit = int64_t(1) << (bits - 1);
  return max(min(x, x.like(limit - 1)), x.like(-limit));
}

Integer lle::lookUp(Value tensor, Integer place) {
  StepBuilder &b = *place.b;
  auto vector = dyn_cast<VectorType>(place.value.getType());
  if (!vector)
    return {&b, tensor::ExtractOp::create(b, tensor, place.asIndex())};
  auto type = VectorType::get(vector.getShape(), getElementTypeOrSelf(tensor.getType()));
  if (isAArch64(b.machine.simd)) {
    // NEON has no gathers, and LLVM would compute addresses as vectors.
    Value elements = b.zero(type);
    for (int64_t lane = 0; lane < vector.getDimSize(0); ++lane) {
      Integer one{&b, vector::ExtractOp::create(b, place.value, lane)};
      elements = vector::InsertOp::create(b, lookUp(tensor, one).value, elements, lane);
    }
    return {&b, elements};
  }
  Value all = arith::ConstantOp::create(b, DenseElementsAttr::get(vector.clone(b.getI1Type()), true));
  return {&b, vector::GatherOp::create(b, type, tensor, ValueRange{b.index(0)}, place.value, all, b.zero(type))};
}

Integer lle::readInteger(StepBuilder &b, Value tensor, Value index, unsigned bits) {
  return Integer{&b, tensor::ExtractOp::create(b, tensor, index)}.withWidth(bits);
}

Integer lle::readIntegers(StepBuilder &b, Value tensor, Value place, int64_t lanes, bool isSigned) {
  auto type = VectorType::get({lanes}, getElementTypeOrSelf(tensor.getType()));
  Value some = vector::TransferReadOp::create(b, type, tensor, place, std::nullopt, ArrayRef<bool>{true});
  if (isSigned || type.getElementTypeBitWidth() == 32)
    return Integer{&b, some}.withWidth(32);
  return {&b, arith::ExtUIOp::create(b, type.clone(b.getI32Type()), some)};
}

Integer lle::broadcast(Integer x, int64_t lanes) {
  return {x.b, vector::BroadcastOp::create(*x.b, VectorType::get({lanes}, x.value.getType()), x.value)};
}

Value lle::writeInteger(Integer x, Value tensor, Value index) {
  unsigned bits = cast<RankedTensorType>(tensor.getType()).getElementTypeBitWidth();
  return tensor::InsertOp::create(*x.b, x.withWidth(bits).value, tensor, index);
}

Integer lle::scaleInteger(Integer x, Integer multiplier, Integer shift) {
  Integer half = multiplier.like(1) << (shift - 1);
  return clip((x.withWidth(64) * multiplier + half) >> shift, 16);
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

/// Intervals of a table, and the bits of an argument within one.
static constexpr int64_t kIntervals = 512, kIntervalBits = 7;

static double logistic(double x) { return 1 / (1 + std::exp(-x)); }

/// The nodes of a table, in 2^-kFractionBits; arguments have `argumentBits` bits behind the point.
static SmallVector<int64_t> getNodes(int argumentBits, bool isTanh) {
  SmallVector<int64_t> nodes;
  double h = std::ldexp(1.0, int(kIntervalBits) - argumentBits), one = std::ldexp(1.0, kFractionBits);
  for (int64_t n = 0; n <= kIntervals; ++n) {
    double x = double(n - kIntervals / 2) * h, s = logistic(x), t = std::tanh(x);
    double f = isTanh ? t : s, second = isTanh ? 2 * t * (t * t - 1) : s * (1 - s) * (1 - 2 * s);
    int64_t node = int64_t(std::floor(one * (f - h * h / 16 * second) + 0.5));
    nodes.push_back(std::clamp<int64_t>(node, -INT16_MAX, INT16_MAX));
  }
  return nodes;
}

FixedFunctionCode::FixedFunctionCode(StepBuilder &b, FixedFunction function) : function(function) {
  if (function == FixedFunction::linear || function == FixedFunction::relu)
    return;
  bool isTanh = function == FixedFunction::tanh;
  SmallVector<int64_t> nodes = getNodes(isTanh ? kTanhBits : kSigmoidBits, isTanh), words;
  for (int64_t n = 0; n < kIntervals; ++n)
    words.push_back(int32_t(uint32_t(nodes[n] & 0xffff) | uint32_t(nodes[n + 1] - nodes[n]) << 16));
  table = integerTable(b, words, 32);
}

/// With numbers of 16 bits, of which a register of AArch64 has eight: SQRDMULH, `(2 x y + 2^15) >> 16`, multiplies,
/// rounds and shifts.
static Integer interpolateShort(Value table, Integer z) {
  StepBuilder &b = *z.b;
  Integer word = lookUp(table, (z >> kIntervalBits) + kIntervals / 2);
  Integer node = word.withWidth(16), slope = (word >> 16).withWidth(16);
  Integer rest = (z & ((1 << kIntervalBits) - 1)) << (15 - kIntervalBits);
  int64_t lanes = cast<VectorType>(z.value.getType()).getDimSize(0);
  auto intrinsic = b.getStringAttr("llvm.aarch64.neon.sqrdmulh.v" + Twine(lanes) + "i16");
  Value more = LLVM::CallIntrinsicOp::create(b, z.value.getType(), intrinsic, {slope.value, rest.value}).getResult(0);
  return (node + Integer{&b, more}).withWidth(32);
}

Integer FixedFunctionCode::interpolate(Integer z) const {
  if (isa<VectorType>(z.value.getType()) && isAArch64(z.b->machine.simd))
    return interpolateShort(table, z.withWidth(16));
  Integer place = z + (1 << 15), rest = place & ((1 << kIntervalBits) - 1);
  Integer word = lookUp(table, place >> kIntervalBits);
  Integer node = word.withWidth(16).withWidth(32), slope = word >> 16;
  // The node is a multiple of 2^7 before the shift, so it may be added behind it.
  return node + ((slope * rest + (1 << (kIntervalBits - 1))) >> kIntervalBits);
}

Integer FixedFunctionCode::operator()(Integer z) const {
  switch (function) {
  case FixedFunction::linear:
    return z;
  case FixedFunction::relu:
    return max(z, z.like(0));
  case FixedFunction::sigmoid:
  case FixedFunction::tanh:
    return interpolate(z);
  case FixedFunction::silu:
    return (z * interpolate(z) + (1 << (kFractionBits - 1))) >> kFractionBits;
  }
  llvm_unreachable("all functions are handled");
}

//===----------------------------------------------------------------------===//
// Loops and constants
//===----------------------------------------------------------------------===//

Integer lle::wordConstant(StepBuilder &b, int64_t value) {
  return {&b, arith::ConstantOp::create(b, b.getI32IntegerAttr(int32_t(value)))};
}

SmallVector<Value> lle::buildLoop(StepBuilder &b, int64_t count, ValueRange carried, LoopBody body) {
  return buildLoop(b, wordConstant(b, 0), wordConstant(b, count), carried, body);
}

SmallVector<Value> lle::buildLoop(StepBuilder &b, Integer first, Integer last, ValueRange carried, LoopBody body) {
  auto loop = scf::ForOp::create(b, first.value, last.value, wordConstant(b, 1).value, carried);
  StepBuilder inner(b.getLoc(), OpBuilder::atBlockBegin(loop.getBody()), b.dt, b.machine);
  Value index = Integer{&inner, loop.getInductionVar()}.asIndex();
  SmallVector<Value> next = body(inner, index, loop.getRegionIterArgs());
  // A loop that carries nothing has its terminator already.
  if (!carried.empty())
    scf::YieldOp::create(inner, next);
  return SmallVector<Value>(loop.getResults());
}

Value lle::integerTable(StepBuilder &b, ArrayRef<int64_t> values, unsigned bits) {
  SmallVector<APInt> numbers;
  for (int64_t value : values)
    numbers.emplace_back(bits, uint64_t(value), /*isSigned=*/false, /*implicitTrunc=*/true);
  auto type = RankedTensorType::get({int64_t(values.size())}, b.getIntegerType(bits));
  return arith::ConstantOp::create(b, DenseElementsAttr::get(type, numbers));
}
