//===- Arithmetic.cpp - arith and math in C -------------------------------===//
#include "lowering/C/Statements.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace lle::c;
using emitc::CmpPredicate;
using llvm::APInt;

namespace {
/// Converts one operation.
class Converter {
public:
  Converter(Statements &s, Operation &op, ValueRange operands) : s(s), op(op), in(operands) {
    if (op.getNumResults() == 1)
      type = getCType(op.getResult(0).getType());
  }
  FailureOr<Value> convert();

private:
  Statements &s;
  Operation &op;
  SmallVector<Value> in;
  Type type; ///< Of the result.

  bool isIndex(Type t) { return isa<emitc::SizeTType>(t); }
  bool isBool(Type t) { return t.isInteger(1); }
  unsigned getBits(Type t) { return isIndex(t) ? 64 : t.getIntOrFloatBitWidth(); }
  Type getUnsigned(Type t) { return isIndex(t) ? t : s.getUnsigned(getBits(t)); }
  /// C computes in int what is shorter: no unsigned type below 32 bits wraps.
  Type getWrapping(Type t) { return isIndex(t) ? t : s.getUnsigned(std::max(getBits(t), 32u)); }
  Type getSigned(Type t) { return isIndex(t) ? emitc::PtrDiffTType::get(t.getContext()) : t; }
  /// The signed type in which C computes.
  Type getWide(Type t) { return isa<IntegerType>(t) && getBits(t) < 32 ? s.b.getI32Type() : getSigned(t); }

  template <typename Op>
  Value make(ArrayRef<Value> values, Type result) {
    return s.make<Op>(result, values);
  }
  /// One operator on both operands, in the type `as`.
  template <typename Op>
  FailureOr<Value> binary(Type as) {
    return s.expression(type, in, as, [&](ArrayRef<Value> v) { return make<Op>(v, as); });
  }
  template <typename Op>
  FailureOr<Value> wrapping() {
    return binary<Op>(getWrapping(type));
  }
  template <typename Op>
  FailureOr<Value> logical() {
    return s.expression(type, in, type, [&](ArrayRef<Value> v) { return make<Op>(v, type); });
  }
  FailureOr<Value> compareBools(CmpPredicate predicate) {
    return s.expression(type, in, type, [&](ArrayRef<Value> v) { return s.compare(predicate, v[0], v[1]); });
  }
  template <typename Op>
  FailureOr<Value> shift(Type as);
  FailureOr<Value> choose(CmpPredicate predicate, Type as);
  FailureOr<Value> convertTo(Type first, Type second = Type());
  FailureOr<Value> extendSigned();
  FailureOr<Value> truncate();
  FailureOr<Value> bitcast();
  FailureOr<Value> callOnBits(StringRef helper);
  FailureOr<Value> callForF32(StringRef helper);
  FailureOr<Value> compare();
  FailureOr<Value> convertBools();
};
} // namespace

/// A shift by as many bits as the number has, or by more, has no meaning in C.
template <typename Op>
FailureOr<Value> Converter::shift(Type as) {
  unsigned bits = getBits(type);
  Type amountType = s.getUnsigned(32);
  std::optional<APInt> constant = s.getInteger(in[1]);
  Value amount, last = s.integer(amountType, APInt(32, bits - 1));
  if (constant)
    amount = s.integer(amountType, APInt(32, constant->zextOrTrunc(64).urem(bits)));
  else
    amount = s.expression(amountType, {in[1], last}, amountType,
                          [&](ArrayRef<Value> v) { return make<emitc::BitwiseAndOp>(v, amountType); });
  return s.expression(type, {in[0], amount}, Type(),
                      [&](ArrayRef<Value> v) { return make<Op>({s.cast(as, v[0]), v[1]}, as); });
}

FailureOr<Value> Converter::choose(CmpPredicate predicate, Type as) {
  return s.expression(type, in, as, [&](ArrayRef<Value> v) -> Value {
    return emitc::ConditionalOp::create(s.b, s.loc, as, s.compare(predicate, v[0], v[1]), v[0], v[1]);
  });
}

/// Casts to `first`, and if it is given to `second`, and to the type of the result.
FailureOr<Value> Converter::convertTo(Type first, Type second) {
  return s.expression(type, in, in[0].getType(), [&](ArrayRef<Value> v) {
    Value value = s.cast(first, v[0]);
    value = second ? s.cast(second, value) : value;
    // An expression needs an operation.
    return value == v[0] && type == v[0].getType() ? emitc::CastOp::create(s.b, s.loc, type, value).getResult() : value;
  });
}

/// True is -1.
FailureOr<Value> Converter::extendSigned() {
  if (!isBool(in[0].getType()))
    return convertTo(getSigned(in[0].getType()), type);
  Type as = getWide(type);
  Value zero = isa<FloatType>(as) ? s.constant(s.b.getFloatAttr(as, 0.0)) : s.integer(as, APInt(64, 0));
  return s.expression(type, {zero, in[0]}, as, [&](ArrayRef<Value> v) { return make<emitc::SubOp>(v, as); });
}

FailureOr<Value> Converter::truncate() {
  if (!isBool(type))
    return convertTo(type);
  Type as = getWrapping(in[0].getType());
  Value one = s.integer(as, APInt(64, 1)), zero = s.integer(as, APInt(64, 0));
  return s.expression(type, {in[0], one, zero}, as, [&](ArrayRef<Value> v) {
    return s.compare(CmpPredicate::ne, make<emitc::BitwiseAndOp>({v[0], v[1]}, as), v[2]);
  });
}

FailureOr<Value> Converter::bitcast() {
  Type from = in[0].getType();
  if (from == type)
    return in[0];
  if (from.isF32() && type.isInteger(32))
    return s.call(type, "lle_bits_of_float", in);
  if (from.isInteger(32) && type.isF32())
    return s.call(type, "lle_float_of_bits", in);
  if (from.isF64() && type.isInteger(64))
    return s.call(type, "lle_bits_of_double", in);
  if (from.isInteger(64) && type.isF64())
    return s.call(type, "lle_double_of_bits", in);
  if (isa<IntegerType>(from) && isa<IntegerType>(type)) // bf16 is uint16_t
    return convertTo(type);
  return failure();
}

/// Helpers take and return unsigned words of 32 or of 64 bits.
FailureOr<Value> Converter::callOnBits(StringRef helper) {
  unsigned bits = isIndex(type) ? 64 : getBits(type);
  if (bits != 32 && bits != 64)
    return failure();
  Type word = s.getUnsigned(bits);
  Value argument = s.expression(word, in, word, [&](ArrayRef<Value> v) {
    return v[0].getDefiningOp<emitc::CastOp>() ? v[0] : emitc::CastOp::create(s.b, s.loc, word, v[0]).getResult();
  });
  Value result = s.call(word, (helper + llvm::Twine(bits)).str(), argument);
  return s.expression(type, result, word,
                      [&](ArrayRef<Value> v) -> Value { return emitc::CastOp::create(s.b, s.loc, type, v[0]); });
}

FailureOr<Value> Converter::callForF32(StringRef helper) {
  if (!type.isF32())
    return failure();
  return s.call(type, helper, in);
}

Type lle::c::getCompareType(Statements &s, Operation &op) {
  Type type = getCType(op.getOperand(0).getType());
  auto compare = dyn_cast<arith::CmpIOp>(op);
  if (!compare)
    return isa<arith::CmpFOp>(op) ? type : Type();
  switch (compare.getPredicate()) {
  case arith::CmpIPredicate::eq:
  case arith::CmpIPredicate::ne:
    return type;
  case arith::CmpIPredicate::slt:
  case arith::CmpIPredicate::sle:
  case arith::CmpIPredicate::sgt:
  case arith::CmpIPredicate::sge:
    return isa<emitc::SizeTType>(type) ? emitc::PtrDiffTType::get(type.getContext())
           : type && type.isInteger(1) ? Type()
                                       : type;
  default:
    return isa<emitc::SizeTType>(type) ? type : s.getUnsigned(type.getIntOrFloatBitWidth());
  }
}

static Value makeFloatCompare(Statements &s, arith::CmpFPredicate predicate, Value x, Value y) {
  using P = arith::CmpFPredicate;
  auto no = [&](Value value) { return s.make<emitc::LogicalNotOp>(s.getBool(), value); };
  auto either = [&](Value a, Value b) { return s.make<emitc::LogicalOrOp>(s.getBool(), {a, b}); };
  auto compare = [&](CmpPredicate p) { return s.compare(p, x, y); };
  auto isNaN = [&](Value v) { return s.compare(CmpPredicate::ne, v, v); };
  switch (predicate) {
  case P::OEQ:
    return compare(CmpPredicate::eq);
  case P::OGT:
    return compare(CmpPredicate::gt);
  case P::OGE:
    return compare(CmpPredicate::ge);
  case P::OLT:
    return compare(CmpPredicate::lt);
  case P::OLE:
    return compare(CmpPredicate::le);
  case P::ONE:
    return either(compare(CmpPredicate::lt), compare(CmpPredicate::gt));
  case P::UEQ:
    return no(either(compare(CmpPredicate::lt), compare(CmpPredicate::gt)));
  case P::UGT:
    return no(compare(CmpPredicate::le));
  case P::UGE:
    return no(compare(CmpPredicate::lt));
  case P::ULT:
    return no(compare(CmpPredicate::ge));
  case P::ULE:
    return no(compare(CmpPredicate::gt));
  case P::UNE:
    return compare(CmpPredicate::ne);
  case P::UNO:
    return either(isNaN(x), isNaN(y));
  case P::ORD:
    return no(either(isNaN(x), isNaN(y)));
  default: // folded before
    return Value();
  }
}

Value lle::c::makeCompare(Statements &s, Operation &op, Value x, Value y) {
  if (auto compare = dyn_cast<arith::CmpFOp>(op))
    return makeFloatCompare(s, compare.getPredicate(), x, y);
  switch (cast<arith::CmpIOp>(op).getPredicate()) {
  case arith::CmpIPredicate::eq:
    return s.compare(CmpPredicate::eq, x, y);
  case arith::CmpIPredicate::ne:
    return s.compare(CmpPredicate::ne, x, y);
  case arith::CmpIPredicate::slt:
  case arith::CmpIPredicate::ult:
    return s.compare(CmpPredicate::lt, x, y);
  case arith::CmpIPredicate::sle:
  case arith::CmpIPredicate::ule:
    return s.compare(CmpPredicate::le, x, y);
  case arith::CmpIPredicate::sgt:
  case arith::CmpIPredicate::ugt:
    return s.compare(CmpPredicate::gt, x, y);
  default:
    return s.compare(CmpPredicate::ge, x, y);
  }
}

FailureOr<Value> Converter::compare() {
  if (auto constant = dyn_cast<arith::CmpFOp>(op))
    if (constant.getPredicate() == arith::CmpFPredicate::AlwaysTrue ||
        constant.getPredicate() == arith::CmpFPredicate::AlwaysFalse)
      return s.integer(type, APInt(1, constant.getPredicate() == arith::CmpFPredicate::AlwaysTrue));
  Type as = getCompareType(s, op);
  if (!as)
    return failure();
  return s.expression(type, in, as, [&](ArrayRef<Value> v) { return makeCompare(s, op, v[0], v[1]); });
}

/// Operations whose results are one bit.
FailureOr<Value> Converter::convertBools() {
  return llvm::TypeSwitch<Operation *, FailureOr<Value>>(&op)
      .Case<arith::AndIOp, arith::MulIOp, arith::MinUIOp>([&](auto) { return logical<emitc::LogicalAndOp>(); })
      .Case<arith::OrIOp, arith::MaxUIOp>([&](auto) { return logical<emitc::LogicalOrOp>(); })
      .Case<arith::XOrIOp, arith::AddIOp, arith::SubIOp>([&](auto) -> FailureOr<Value> {
        // The canonical form of "not".
        std::optional<APInt> right = s.getInteger(in[1]);
        if (right && !right->isZero())
          return s.expression(type, in[0], type, [&](ArrayRef<Value> v) { return make<emitc::LogicalNotOp>(v, type); });
        return compareBools(CmpPredicate::ne);
      })
      .Case<arith::CmpIOp, arith::CmpFOp>([&](auto) { return compare(); })
      .Case([&](arith::TruncIOp) { return truncate(); })
      .Default([](Operation *) { return failure(); });
}

FailureOr<Value> Converter::convert() {
  if (!type || llvm::any_of(op.getOperandTypes(), [](Type t) { return !getCType(t); }))
    return failure();
  if (auto select = dyn_cast<arith::SelectOp>(op))
    return Value(emitc::ConditionalOp::create(s.b, s.loc, type, in[0], in[1], in[2]));
  // A bf16 is kept in its bits: there is no arithmetic on it.
  auto isBF16 = [](Type t) { return t.isBF16(); };
  if (!isa<arith::ExtFOp, arith::BitcastOp>(op) &&
      (llvm::any_of(op.getOperandTypes(), isBF16) || isBF16(op.getResult(0).getType())))
    return failure();
  if (isBool(type))
    return convertBools();
  Type from = in.empty() ? Type() : in[0].getType();
  return llvm::TypeSwitch<Operation *, FailureOr<Value>>(&op)
      // One statement each: a compiler that fuses does so within an expression.
      .Case([&](arith::AddFOp) { return binary<emitc::AddOp>(type); })
      .Case([&](arith::SubFOp) { return binary<emitc::SubOp>(type); })
      .Case([&](arith::MulFOp) { return binary<emitc::MulOp>(type); })
      .Case([&](arith::DivFOp) { return binary<emitc::DivOp>(type); })
      .Case([&](arith::NegFOp) {
        return s.expression(type, in, type, [&](ArrayRef<Value> v) { return make<emitc::UnaryMinusOp>(v, type); });
      })
      .Case([&](arith::AddIOp) { return wrapping<emitc::AddOp>(); })
      .Case([&](arith::SubIOp) { return wrapping<emitc::SubOp>(); })
      .Case([&](arith::MulIOp) { return wrapping<emitc::MulOp>(); })
      .Case([&](arith::AndIOp) { return wrapping<emitc::BitwiseAndOp>(); })
      .Case([&](arith::OrIOp) { return wrapping<emitc::BitwiseOrOp>(); })
      .Case([&](arith::XOrIOp) { return wrapping<emitc::BitwiseXorOp>(); })
      .Case([&](arith::DivUIOp) { return binary<emitc::DivOp>(getUnsigned(type)); })
      .Case([&](arith::RemUIOp) { return binary<emitc::RemOp>(getUnsigned(type)); })
      .Case([&](arith::DivSIOp) { return binary<emitc::DivOp>(getWide(type)); })
      .Case([&](arith::RemSIOp) { return binary<emitc::RemOp>(getWide(type)); })
      .Case([&](arith::ShLIOp) { return shift<emitc::BitwiseLeftShiftOp>(getWrapping(type)); })
      .Case([&](arith::ShRUIOp) { return shift<emitc::BitwiseRightShiftOp>(getUnsigned(type)); })
      .Case([&](arith::ShRSIOp) { return shift<emitc::BitwiseRightShiftOp>(getWide(type)); })
      .Case([&](arith::MaxSIOp) { return choose(CmpPredicate::gt, getSigned(type)); })
      .Case([&](arith::MinSIOp) { return choose(CmpPredicate::lt, getSigned(type)); })
      .Case([&](arith::MaxUIOp) { return choose(CmpPredicate::gt, getUnsigned(type)); })
      .Case([&](arith::MinUIOp) { return choose(CmpPredicate::lt, getUnsigned(type)); })
      .Case<arith::ExtSIOp, arith::SIToFPOp>([&](auto) { return extendSigned(); })
      .Case<arith::ExtUIOp, arith::UIToFPOp>(
          [&](auto) { return isBool(from) ? convertTo(type) : convertTo(getUnsigned(from), type); })
      .Case<arith::TruncIOp, arith::TruncFOp, arith::FPToSIOp>([&](auto) { return convertTo(type); })
      .Case([&](arith::FPToUIOp) { return convertTo(getUnsigned(type), type); })
      .Case([&](arith::IndexCastOp) { return convertTo(getSigned(from), type); })
      .Case([&](arith::IndexCastUIOp) { return convertTo(getUnsigned(from), type); })
      .Case([&](arith::ExtFOp) -> FailureOr<Value> {
        if (op.getOperand(0).getType().isBF16())
          return callForF32("lle_float_of_bf16");
        return convertTo(type);
      })
      .Case([&](arith::BitcastOp) { return bitcast(); })
      .Case([&](math::CountTrailingZerosOp) { return callOnBits("lle_trailing_zeros"); })
      .Case([&](math::CountLeadingZerosOp) { return callOnBits("lle_leading_zeros"); })
      .Case([&](math::CtPopOp) { return callOnBits("lle_count_ones"); })
      .Case([&](math::SqrtOp) { return callForF32("lle_sqrtf"); })
      .Default([](Operation *) { return failure(); });
}

FailureOr<Value> lle::c::convertArithmetic(Statements &statements, Operation &op, ValueRange operands) {
  return Converter(statements, op, operands).convert();
}
