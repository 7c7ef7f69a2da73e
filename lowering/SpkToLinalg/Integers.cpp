//===- Integers.cpp - sweeps in integers ----------------------------------===//
#include "lowering/SpkToLinalg/Integers.h"
#include "dialects/Spk/FixedPoint.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

Word::Word(StepBuilder &b, int64_t constant)
    : b(&b), value(arith::ConstantOp::create(b, b.getI32IntegerAttr(int32_t(constant)))) {}

Word Word::operator+(Word y) const { return {*b, arith::AddIOp::create(*b, value, y.value)}; }
Word Word::operator-(Word y) const { return {*b, arith::SubIOp::create(*b, value, y.value)}; }
Word Word::operator*(Word y) const { return {*b, arith::MulIOp::create(*b, value, y.value)}; }
Word Word::operator<<(int bits) const {
  return bits == 0 ? *this : Word(*b, arith::ShLIOp::create(*b, value, Word(*b, bits).value));
}
Value Word::operator>(Word y) const { return arith::CmpIOp::create(*b, arith::CmpIPredicate::sgt, value, y.value); }
Value Word::operator>=(Word y) const { return arith::CmpIOp::create(*b, arith::CmpIPredicate::sge, value, y.value); }
Value Word::operator<=(Word y) const { return arith::CmpIOp::create(*b, arith::CmpIPredicate::sle, value, y.value); }

Word spk::select(Value condition, Word x, Word y) {
  return {*x.b, arith::SelectOp::create(*x.b, condition, x.value, y.value)};
}
Word spk::min(Word x, Word y) { return {*x.b, arith::MinSIOp::create(*x.b, x.value, y.value)}; }
Word spk::max(Word x, Word y) { return {*x.b, arith::MaxSIOp::create(*x.b, x.value, y.value)}; }
Word spk::absolute(Word x) { return max(x, Word(*x.b, 0) - x); }
Word spk::shiftRight(Word x, int bits) { return {*x.b, arith::ShRUIOp::create(*x.b, x.value, Word(*x.b, bits).value)}; }
Word spk::floorShift(Word x, int bits) {
  return bits == 0 ? x : Word(*x.b, arith::ShRSIOp::create(*x.b, x.value, Word(*x.b, bits).value));
}
Word spk::bitAnd(Word x, int64_t mask) { return {*x.b, arith::AndIOp::create(*x.b, x.value, Word(*x.b, mask).value)}; }
Word spk::wrap(Word x, int bits) { return floorShift(x << (32 - bits), 32 - bits); }
Value spk::bothOf(Value a, Value b, StepBuilder &builder) { return arith::AndIOp::create(builder, a, b); }

Word Field::load(StepBuilder &b, ValueRange arguments) const {
  return table ? Word(b, arguments[*table]) : Word(b, int64_t(values.getValues().front()));
}

void Field::addTable(StepBuilder &b, RankedTensorType type, SmallVectorImpl<Value> &inputs) {
  if (values.isUniform())
    return;
  SmallVector<double> elements(values.getValues());
  if (type.getRank() == 3)
    elements = permuteElements(elements, type.getShape(), kChannelsLast);
  table = inputs.size();
  inputs.push_back(b.constantTensor(RankedTensorType::get({type.getNumElements()}, b.getI32Type()), elements));
}

/// The product takes 36 bits: |s| is cut into 12 low bits and the rest, whose product with 4096ths needs no shift.
Word spk::scaleTowardsZero(StepBuilder &b, const Field &factor, ValueRange arguments, Word state, bool isSigned) {
  static constexpr int kBits = loihi::kDecayBits;
  Word zero(b, 0);
  if (factor.isAll(0))
    return zero;
  if (factor.isAll(double(1 << kBits)))
    return state;
  Word f = factor.load(b, arguments), s = state;
  if (isSigned) {
    s = select(zero > f, zero - s, s);
    f = absolute(f);
  }
  Word magnitude = absolute(s);
  Word high = shiftRight(magnitude, kBits), low = bitAnd(magnitude, (1 << kBits) - 1);
  Word product = high * f + shiftRight(low * f, kBits);
  return select(s > zero, product, zero - product);
}
