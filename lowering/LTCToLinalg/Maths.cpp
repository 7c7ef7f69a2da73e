//===- Maths.cpp - functions of recurrent cells ---------------------------===//
#include "lowering/LTCToLinalg/Maths.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace lle;

static constexpr auto kContract = arith::FastMathFlags::contract;

Value Maths::constant(Type type, double value) {
  auto attribute = FloatAttr::get(getElementTypeOrSelf(type), value);
  if (auto vector = dyn_cast<VectorType>(type))
    return arith::ConstantOp::create(b, DenseElementsAttr::get(vector, Attribute(attribute)));
  return arith::ConstantOp::create(b, attribute);
}

Value Maths::add(Value x, Value y) { return arith::AddFOp::create(b, x, y, kContract); }
Value Maths::subtract(Value x, Value y) { return arith::SubFOp::create(b, x, y, kContract); }
Value Maths::multiply(Value x, Value y) { return arith::MulFOp::create(b, x, y, kContract); }
Value Maths::multiplyAdd(Value x, Value y, Value z) { return add(multiply(x, y), z); }
Value Maths::divide(Value x, Value y) { return arith::DivFOp::create(b, x, y, arith::FastMathFlags::arcp); }
Value Maths::negate(Value x) { return arith::NegFOp::create(b, x); }
Value Maths::absolute(Value x) { return math::AbsFOp::create(b, x); }
Value Maths::clamp(Value x, double limit) {
  Value high = constant(x.getType(), limit), low = constant(x.getType(), -limit);
  x = arith::SelectOp::create(b, arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, high, x), high, x);
  return arith::SelectOp::create(b, arith::CmpFOp::create(b, arith::CmpFPredicate::OGT, low, x), low, x);
}
Value Maths::exp(Value x) { return math::ExpOp::create(b, x); }
Value Maths::exp2(Value x) { return math::Exp2Op::create(b, x); }
Value Maths::tanh(Value x) { return math::TanhOp::create(b, x); }

Value Maths::sigmoid(Value x) { return sigmoidOfPower(multiply(x, constant(x.getType(), -kLog2E))); }
Value Maths::sigmoidOfPower(Value t) { return sigmoidOfPower(ArrayRef<Value>(t)).front(); }

SmallVector<Value> Maths::sigmoidOfPower(ArrayRef<Value> t, bool areBounded) {
  Value one = constant(t.front().getType(), 1);
  SmallVector<Value> values = llvm::map_to_vector(t, [&](Value value) { return exp2(value); });
  for (Value value : values)
    if (areBounded)
      value.getDefiningOp()->setAttr(kBoundedAttr, b.getUnitAttr());
  for (Value &value : values)
    value = add(value, one);
  for (Value &value : values)
    value = divide(one, value);
  return values;
}

Value Maths::activate(Activation function, Value x) {
  Type type = x.getType();
  switch (function) {
  case Activation::linear:
    return x;
  case Activation::tanh:
    return tanh(x);
  case Activation::lecun_tanh:
    return multiply(constant(type, 1.7159), tanh(multiply(constant(type, 0.666), x)));
  case Activation::relu:
    return arith::MaximumFOp::create(b, x, constant(type, 0));
  case Activation::silu:
    return multiply(x, sigmoid(x));
  case Activation::gelu: {
    Value erf = math::ErfOp::create(b, multiply(x, constant(type, M_SQRT1_2)));
    return multiply(multiply(x, constant(type, 0.5)), add(erf, constant(type, 1)));
  }
  case Activation::softplus: {
    Value tail = math::Log1pOp::create(b, exp(negate(absolute(x))));
    return add(arith::MaximumFOp::create(b, x, constant(type, 0)), tail);
  }
  case Activation::sigmoid:
    return sigmoid(x);
  }
  llvm_unreachable("all activations are handled");
}
