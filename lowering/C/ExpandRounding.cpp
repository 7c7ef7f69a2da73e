//===- ExpandRounding.cpp - rounding without a math library ---------------===//
#include "lowering/C/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/ADT/TypeSwitch.h"

namespace lle {
#define GEN_PASS_DEF_EXPANDROUNDING
#include "lowering/C/Passes.h.inc"
} // namespace lle

using namespace mlir;
using arith::CmpFPredicate;

namespace {
class RoundingExpander {
public:
  explicit RoundingExpander(Operation *op) : b(op->getLoc(), op), type(cast<FloatType>(op->getResult(0).getType())) {
    bits = b.getIntegerType(type.getWidth());
  }

  Value absolute(Value x) {
    APInt mask = APInt::getSignedMaxValue(type.getWidth());
    return number(arith::AndIOp::create(b, word(x), constant(mask)));
  }
  Value copySign(Value magnitude, Value sign) {
    APInt mask = APInt::getSignMask(type.getWidth());
    Value s = arith::AndIOp::create(b, word(sign), constant(mask));
    return number(arith::OrIOp::create(b, word(absolute(magnitude)), s));
  }
  /// Towards zero.
  Value truncate(Value x) { return finish(x, truncateSmall(x)); }
  /// Down, or up: to the next whole number where truncation went the other way.
  Value roundTo(Value x, bool up) {
    Value whole = truncateSmall(x), small = makeSmall(x);
    Value wrong = arith::CmpFOp::create(b, up ? CmpFPredicate::OLT : CmpFPredicate::OGT, whole, small);
    Value next = arith::AddFOp::create(b, whole, constant(up ? 1.0 : -1.0));
    return finish(x, arith::SelectOp::create(b, wrong, next, whole));
  }
  /// To the nearest; halves to the even number: the sum with 2^23 (2^52) has no digits behind the point.
  Value roundEven(Value x) {
    Value magnitude = absolute(x), shift = constant(std::ldexp(1.0, getFractionBits()));
    Value rounded = arith::SubFOp::create(b, arith::AddFOp::create(b, magnitude, shift), shift);
    return finish(x, rounded);
  }
  /// To the nearest; halves away from zero.
  Value round(Value x) {
    Value whole = truncateSmall(x), small = makeSmall(x);
    Value fraction = absolute(arith::SubFOp::create(b, small, whole)); // exact
    Value isFar = arith::CmpFOp::create(b, CmpFPredicate::OGE, fraction, constant(0.5));
    Value away = arith::AddFOp::create(b, whole, copySign(constant(1.0), x));
    return finish(x, arith::SelectOp::create(b, isFar, away, whole));
  }

private:
  ImplicitLocOpBuilder b;
  FloatType type;
  Type bits;

  int getFractionBits() { return type.isF32() ? 23 : 52; }
  Value constant(double value) { return arith::ConstantOp::create(b, b.getFloatAttr(type, value)); }
  Value constant(const APInt &value) { return arith::ConstantOp::create(b, b.getIntegerAttr(bits, value)); }
  Value word(Value x) { return arith::BitcastOp::create(b, bits, x); }
  Value number(Value x) { return arith::BitcastOp::create(b, type, x); }

  /// From 2^23 (2^52) on all numbers are whole; NaN is not small either.
  Value isSmall(Value x) {
    return arith::CmpFOp::create(b, CmpFPredicate::OLT, absolute(x), constant(std::ldexp(1.0, getFractionBits())));
  }
  /// The number where it is small, else zero: a conversion of others to integers is undefined.
  Value makeSmall(Value x) { return arith::SelectOp::create(b, isSmall(x), x, constant(0.0)); }
  Value truncateSmall(Value x) {
    return arith::SIToFPOp::create(b, type, arith::FPToSIOp::create(b, bits, makeSmall(x)));
  }
  /// Zero keeps its sign, and so does what is rounded to zero.
  Value finish(Value x, Value rounded) { return arith::SelectOp::create(b, isSmall(x), copySign(rounded, x), x); }
};

struct ExpandRounding : lle::impl::ExpandRoundingBase<ExpandRounding> {
  using ExpandRoundingBase::ExpandRoundingBase;

  void runOnOperation() override {
    getOperation().walk([](Operation *op) {
      if (!isa<math::MathDialect>(op->getDialect()) || op->getNumResults() != 1 ||
          !(op->getResult(0).getType().isF32() || op->getResult(0).getType().isF64()))
        return;
      RoundingExpander expander(op);
      Value x = op->getOperand(0);
      Value result = llvm::TypeSwitch<Operation *, Value>(op)
                         .Case([&](math::FloorOp) { return expander.roundTo(x, /*up=*/false); })
                         .Case([&](math::CeilOp) { return expander.roundTo(x, /*up=*/true); })
                         .Case([&](math::TruncOp) { return expander.truncate(x); })
                         .Case([&](math::RoundOp) { return expander.round(x); })
                         .Case([&](math::RoundEvenOp) { return expander.roundEven(x); })
                         .Case([&](math::AbsFOp) { return expander.absolute(x); })
                         .Case([&](math::CopySignOp op) { return expander.copySign(x, op.getRhs()); })
                         .Default([](Operation *) { return Value(); });
      if (!result)
        return;
      op->getResult(0).replaceAllUsesWith(result);
      op->erase();
    });
  }
};
} // namespace
