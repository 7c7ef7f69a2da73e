//===- OdeNeuron.cpp - state equations in the code of a sweep -------------===//
//
// The regions of the operation are copied into the sweep, once for each evaluation that the solver makes.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spk/SpkModels.h"
#include "lowering/SpkToLinalg/Population.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

namespace {
class OdeRule {
public:
  OdeRule(OdeNeuronOp op, double dt)
      : op(op), h(dt / op.getTimeUnit().convertToDouble() / double(op.getSubsteps())), threshold(op.getVThreshold()) {
    for (Attribute value : op.getParameterValues())
      parameters.emplace_back(cast<ElementsAttr>(value));
  }

  Outcome step(Sweep &s, ArrayRef<Number> x, const States &old) const;

private:
  mutable OdeNeuronOp op; ///< Accessors of operations are not const.
  double h;
  Parameter threshold;
  SmallVector<Parameter> parameters;

  Value getSlope(Sweep &s, unsigned state, IRMapping &mapping) const;
  States solve(Sweep &s, llvm::function_ref<States(const States &, IRMapping &)> derive, const States &y) const;
};
} // namespace

/// Copies a region of the operation for these arguments; gives what it yields.
static States evaluate(Sweep &s, Region &region, ArrayRef<ArrayRef<Number>> arguments, IRMapping &mapping) {
  StepBuilder &b = s.builder();
  Block &block = region.front();
  SmallVector<Value> values;
  for (ArrayRef<Number> group : arguments)
    for (Number number : group)
      values.push_back(number.value);
  mapping.map(block.getArguments(), values);
  for (Operation &inner : block.without_terminator())
    b.clone(inner, mapping);
  return llvm::map_to_vector(block.getTerminator()->getOperands(),
                             [&](Value value) { return Number{&b, mapping.lookup(value)}; });
}

/// The derivative of what the region gives for a state by that state, in which it is linear; `mapping` holds the values
/// of the region. Null where it is zero.
Value OdeRule::getSlope(Sweep &s, unsigned state, IRMapping &mapping) const {
  StepBuilder &b = s.builder();
  Block &block = op.getDynamics().front();
  Type element = getElementTypeOrSelf(op.getInput().getType());
  llvm::DenseMap<Value, Value> slopes;
  slopes[block.getArgument(state + 1)] = b.floatConstant(element, 1.0);
  for (Operation &inner : block.without_terminator()) {
    auto slopeOf = [&](unsigned operand) { return slopes.lookup(inner.getOperand(operand)); };
    auto valueOf = [&](unsigned operand) { return mapping.lookup(inner.getOperand(operand)); };
    Value left = inner.getNumOperands() > 0 ? slopeOf(0) : Value();
    Value right = inner.getNumOperands() > 1 ? slopeOf(1) : Value();
    Value slope;
    if (isa<arith::AddFOp>(inner)) {
      slope = left && right ? arith::AddFOp::create(b, left, right) : left ? left : right;
    } else if (isa<arith::SubFOp>(inner)) {
      slope = left && right ? Value(arith::SubFOp::create(b, left, right))
              : right       ? Value(arith::NegFOp::create(b, right))
                            : left;
    } else if (isa<arith::NegFOp>(inner)) {
      slope = left ? Value(arith::NegFOp::create(b, left)) : Value();
    } else if (isa<arith::MulFOp>(inner)) {
      slope = left    ? Value(arith::MulFOp::create(b, left, valueOf(1)))
              : right ? Value(arith::MulFOp::create(b, valueOf(0), right))
                      : Value();
    } else if (isa<arith::DivFOp>(inner)) {
      slope = left ? Value(arith::DivFOp::create(b, left, valueOf(1))) : Value();
    } else if (isa<arith::SelectOp>(inner)) {
      Value otherwise = slopeOf(2), zero = b.floatConstant(element, 0.0);
      if (right || otherwise)
        slope = arith::SelectOp::create(b, valueOf(0), right ? right : zero, otherwise ? otherwise : zero);
    }
    if (slope)
      slopes[inner.getResult(0)] = slope;
  }
  return slopes.lookup(block.getTerminator()->getOperand(state));
}

/// One step of the solver. `derive` gives the derivatives, and in the mapping the values of the region.
States OdeRule::solve(Sweep &s, llvm::function_ref<States(const States &, IRMapping &)> derive, const States &y) const {
  auto f = [&](const States &at) {
    IRMapping mapping;
    return derive(at, mapping);
  };
  auto advance = [&](double length, const States &slopes) {
    States next;
    for (auto [state, slope] : llvm::zip_equal(y, slopes))
      next.push_back(state + s(length) * slope);
    return next;
  };
  switch (op.getSolver()) {
  case Solver::next:
    return f(y);
  case Solver::euler:
    return advance(h, f(y));
  case Solver::exponential_euler: {
    IRMapping mapping;
    States slopes = derive(y, mapping), next;
    for (unsigned i = 0; i < y.size(); ++i) {
      Number gain = s(h);
      if (Value slope = getSlope(s, i, mapping)) {
        Number rate{&s.builder(), slope};
        Number grown{&s.builder(), math::ExpM1Op::create(s.builder(), (rate * s(h)).value)};
        Value isConstant = arith::CmpFOp::create(s.builder(), arith::CmpFPredicate::OEQ, rate.value, s(0.0).value);
        gain = select(isConstant, s(h), grown / rate);
      }
      next.push_back(y[i] + slopes[i] * gain);
    }
    return next;
  }
  case Solver::midpoint:
    return advance(h, f(advance(h / 2, f(y))));
  case Solver::heun: {
    States first = f(y), second = f(advance(h, first)), sum;
    for (auto [a, b] : llvm::zip_equal(first, second))
      sum.push_back(a + b);
    return advance(h / 2, sum);
  }
  case Solver::rk4: {
    States k1 = f(y), k2 = f(advance(h / 2, k1)), k3 = f(advance(h / 2, k2)), k4 = f(advance(h, k3)), sum;
    for (auto [a, b, c, d] : llvm::zip_equal(k1, k2, k3, k4))
      sum.push_back(((a + s(2.0) * b) + s(2.0) * c) + d);
    return advance(h / 6, sum);
  }
  }
  llvm_unreachable("all solvers are handled");
}

Outcome OdeRule::step(Sweep &s, ArrayRef<Number> x, const States &old) const {
  // Once for all evaluations: a parameter that differs between neurons is a table.
  Number level = s(threshold);
  States constants;
  for (const Parameter &parameter : parameters)
    constants.push_back(s(parameter));
  auto derive = [&](const States &y, IRMapping &mapping) {
    return evaluate(s, op.getDynamics(), {x, y, constants}, mapping);
  };
  States next = old;
  for (unsigned i = 0; i < op.getSubsteps(); ++i)
    next = solve(s, derive, next);
  Value fired = isAbove(s, op.getCompare(), next.front(), level);
  if (op.getCrossing())
    fired = bothOf(s, fired, negate(s, isAbove(s, op.getCompare(), old.front(), level)));
  if (!op.getReset().empty()) {
    IRMapping mapping;
    States reset = evaluate(s, op.getReset(), {next, constants}, mapping);
    for (unsigned i = 0; i < next.size(); ++i)
      next[i] = select(fired, reset[i], next[i]);
  }
  return {next, fired};
}

void spk::attachOdeNeuron(MLIRContext &context) {
  OdeNeuronOp::attachInterface<PopulationModel<OdeNeuronOp, OdeRule>>(context);
}
