//===- Activations.cpp - functions of numbers and vectors -----------------===//
#include "lowering/LTCToLinalg/Activations.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include <cmath>

using namespace mlir;
using namespace lle;

/// A number, or a vector of it.
static Value constantLike(StepBuilder &b, Value x, double value) {
  auto element = cast<FloatType>(getElementTypeOrSelf(x.getType()));
  auto attribute = FloatAttr::get(element, value);
  if (auto vector = dyn_cast<VectorType>(x.getType()))
    return arith::ConstantOp::create(b, DenseElementsAttr::get(vector, attribute));
  return arith::ConstantOp::create(b, attribute);
}

Value lle::multiplyAdd(StepBuilder &b, Value x, Value y, Value z) {
  Value product = arith::MulFOp::create(b, x, y, arith::FastMathFlags::contract);
  return arith::AddFOp::create(b, product, z, arith::FastMathFlags::contract);
}

/// 1 + exp(-x)
static Value onePlusExp(StepBuilder &b, Value x) {
  Value exp = math::ExpOp::create(b, arith::NegFOp::create(b, x));
  return arith::AddFOp::create(b, exp, constantLike(b, x, 1));
}

Value lle::emitLogistic(StepBuilder &b, Value x) {
  return arith::DivFOp::create(b, constantLike(b, x, 1), onePlusExp(b, x));
}

Value lle::emitActivation(StepBuilder &b, Activation function, Value x) {
  auto scaled = [&](double factor, Value value) -> Value {
    return arith::MulFOp::create(b, value, constantLike(b, x, factor));
  };
  switch (function) {
  case Activation::linear:
    return x;
  case Activation::tanh:
    return math::TanhOp::create(b, x);
  case Activation::lecun_tanh:
    return scaled(1.7159, math::TanhOp::create(b, scaled(0.666, x)));
  case Activation::relu:
    return arith::MaximumFOp::create(b, x, constantLike(b, x, 0));
  case Activation::silu:
    return arith::DivFOp::create(b, x, onePlusExp(b, x));
  case Activation::gelu: {
    Value erf = math::ErfOp::create(b, scaled(M_SQRT1_2, x));
    return arith::MulFOp::create(b, scaled(0.5, x), arith::AddFOp::create(b, erf, constantLike(b, x, 1)));
  }
  case Activation::softplus: {
    // max(x, 0) + log(1 + exp(-|x|)): no exponential is large.
    Value exp = math::ExpOp::create(b, arith::NegFOp::create(b, math::AbsFOp::create(b, x)));
    Value positive = arith::MaximumFOp::create(b, x, constantLike(b, x, 0));
    return arith::AddFOp::create(b, positive, math::Log1pOp::create(b, exp));
  }
  case Activation::sigmoid:
    return emitLogistic(b, x);
  }
  llvm_unreachable("all activations are handled");
}
