//===- RandomOde.cpp - random state equations -----------------------------===//
#include "test/fuzz/RandomOde.h"

#include "dialects/Spk/SpkModels.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

using namespace mlir;
using namespace lle;
using namespace lle::fuzz;
using namespace lle::spk;

namespace {
class OdeBuilder {
public:
  OdeBuilder(OpBuilder &builder, RandomNumbers &random, Type element, bool functions)
      : builder(builder), random(random), element(element), functions(functions) {}

  OpBuilder &builder;
  RandomNumbers &random;
  Type element;
  bool functions; ///< With exp, expm1 and tanh, which native code approximates.

  SmallVector<Value> getValues(Region &region, unsigned states, unsigned parameters, bool withInput);
  Value constant(ImplicitLocOpBuilder &b, double value) {
    return arith::ConstantOp::create(b, FloatAttr::get(element, value));
  }
  Value apply(ImplicitLocOpBuilder &b, Value x);
  void fillDynamics(Region &region, unsigned states, unsigned parameters, Solver solver, double scale);
  void fillReset(Region &region, unsigned states, unsigned parameters);
};
} // namespace

/// Arguments of a region, in a block of their own.
SmallVector<Value> OdeBuilder::getValues(Region &region, unsigned states, unsigned parameters, bool withInput) {
  Block &block = region.emplaceBlock();
  for (unsigned i = 0, e = states + parameters + withInput; i < e; ++i)
    block.addArgument(element, builder.getUnknownLoc());
  builder.setInsertionPointToEnd(&block);
  return SmallVector<Value>(block.args_begin(), block.args_end());
}

/// A continuous function of a slope of about one at most.
Value OdeBuilder::apply(ImplicitLocOpBuilder &b, Value x) {
  Value one = constant(b, 1), zero = constant(b, 0);
  switch (random.below(functions ? 10 : 7)) {
  case 0:
    return x;
  case 1:
    return arith::NegFOp::create(b, x);
  case 2:
    return math::AbsFOp::create(b, x);
  case 3:
    return arith::MaximumFOp::create(b, x, zero);
  case 4: { // a slope of one half below zero
    Value isAbove = arith::CmpFOp::create(b, arith::CmpFPredicate::OGT, x, zero);
    return arith::SelectOp::create(b, isAbove, x, arith::MulFOp::create(b, x, constant(b, 0.5)));
  }
  case 5: { // x / (1 + |x|)
    Value magnitude = arith::AddFOp::create(b, one, math::AbsFOp::create(b, x));
    return arith::DivFOp::create(b, x, magnitude);
  }
  case 6: // sqrt(1 + |x|)
    return math::SqrtOp::create(b, arith::AddFOp::create(b, one, math::AbsFOp::create(b, x)));
  case 7:
    return math::TanhOp::create(b, x);
  case 8:
    return math::ExpOp::create(b, arith::MinimumFOp::create(b, x, zero));
  default:
    return math::ExpM1Op::create(b, arith::MinimumFOp::create(b, x, constant(b, 0.5)));
  }
}

/// For each state y: `k (x - c y + g(z))`, with z another state, or `y` itself where the solver can do that.
void OdeBuilder::fillDynamics(Region &region, unsigned states, unsigned parameters, Solver solver, double scale) {
  SmallVector<Value> values = getValues(region, states, parameters, /*withInput=*/true);
  ImplicitLocOpBuilder b(builder.getUnknownLoc(), builder);
  SmallVector<Value> results;
  for (unsigned i = 0; i < states; ++i) {
    Value y = values[1 + i];
    Value rate = parameters != 0 && random.chance(0.7) ? values[1 + states + random.below(parameters)]
                                                       : constant(b, random.number(0.25, 0.75, 3));
    Value sum = arith::SubFOp::create(b, values[0], arith::MulFOp::create(b, rate, y));
    unsigned other = random.below(states);
    if (other != i || solver != Solver::exponential_euler) {
      Value push = arith::MulFOp::create(b, constant(b, random.number(-0.5, 0.5, 3)), apply(b, values[1 + other]));
      sum = random.chance(0.5) ? Value(arith::AddFOp::create(b, sum, push)) : arith::SubFOp::create(b, sum, push);
    }
    if (solver == Solver::next) // y' = y / 2 + the sum
      sum = arith::AddFOp::create(b, arith::MulFOp::create(b, constant(b, 0.5), y), sum);
    else
      sum = arith::MulFOp::create(b, constant(b, scale), sum);
    results.push_back(sum);
  }
  YieldOp::create(b, results);
}

void OdeBuilder::fillReset(Region &region, unsigned states, unsigned parameters) {
  SmallVector<Value> values = getValues(region, states, parameters, /*withInput=*/false);
  ImplicitLocOpBuilder b(builder.getUnknownLoc(), builder);
  SmallVector<Value> results{constant(b, random.number(-0.5, 0.25, 3))};
  for (unsigned i = 1; i < states; ++i)
    results.push_back(arith::AddFOp::create(b, values[i], constant(b, random.number(-0.25, 0.25, 3))));
  YieldOp::create(b, results);
}

Value lle::fuzz::addRandomOde(OpBuilder &builder, RandomNumbers &random, StringRef name, Value input, double dt,
                              llvm::function_ref<ElementsAttr(llvm::function_ref<double()>)> draw) {
  auto type = cast<RankedTensorType>(input.getType());
  bool functions = !random.isDyadic() && type.getElementType().isF32();
  // Exponential Euler is itself a function.
  auto solver = Solver(random.below(getMaxEnumValForSolver() + 1));
  if (solver == Solver::exponential_euler && !functions)
    solver = Solver::euler;
  unsigned states = random.range(1, 3), parameters = random.below(3);
  int64_t substeps = solver == Solver::next || random.chance(0.5) ? 1 : random.range(2, 3);
  auto getNames = [&](StringRef prefix, unsigned count) {
    SmallVector<Attribute> names;
    for (unsigned i = 0; i < count; ++i)
      names.push_back(builder.getStringAttr(prefix + Twine(i)));
    return builder.getArrayAttr(names);
  };
  auto getNumbers = [&](unsigned count, double low, double high) {
    SmallVector<Attribute> numbers;
    for (unsigned i = 0; i < count; ++i)
      numbers.push_back(draw([&] { return random.number(low, high, 3); }));
    return builder.getArrayAttr(numbers);
  };
  // Time is in steps, in half steps or in seconds; the equations are as fast in each.
  double unit = random.pick({dt, 0.5 * dt, 1.0});
  auto op = OdeNeuronOp::create(
      builder, builder.getUnknownLoc(), type.clone(builder.getI1Type()), builder.getStringAttr(name), input,
      CompareAttr::get(builder.getContext(), random.pick({Compare::gt, Compare::ge})),
      SolverAttr::get(builder.getContext(), solver), builder.getI64IntegerAttr(substeps), builder.getF64FloatAttr(unit),
      builder.getBoolAttr(random.chance(0.5)), draw([&] { return random.number(0.5, 1.5, 3); }), getNames("y", states),
      getNumbers(states, -0.5, 0.5), getNames("p", parameters), getNumbers(parameters, 0.25, 0.75));
  OpBuilder::InsertionGuard guard(builder);
  OdeBuilder ode(builder, random, type.getElementType(), functions);
  ode.fillDynamics(op.getDynamics(), states, parameters, solver, unit / dt);
  if (random.chance(0.6))
    ode.fillReset(op.getReset(), states, parameters);
  return op.getResult();
}
