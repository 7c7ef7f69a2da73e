//===- OdeNeuron.cpp - neurons of any state equations ---------------------===//
#include "dialects/Spk/Population.h"
#include "dialects/Spk/SpkModels.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

static Type getElement(OdeNeuronOp op) { return getElementTypeOrSelf(op.getInput().getType()); }

SmallVector<StateDescriptor> OdeNeuronOp::getStates() {
  SmallVector<StateDescriptor> states;
  for (auto [name, initial] : llvm::zip_equal(getStateNames(), getInitial()))
    states.push_back({cast<StringAttr>(name).getValue(), getInput().getType(), cast<ElementsAttr>(initial)});
  return states;
}

bool OdeNeuronOp::isDiscrete() { return getSolver() == Solver::next; }

SmallVector<NamedAttribute> OdeNeuronOp::getParameters() {
  SmallVector<NamedAttribute> parameters{{getVThresholdAttrName(), getVThresholdAttr()}};
  for (auto [name, initial] : llvm::zip_equal(getStateNames(), getInitial()))
    parameters.emplace_back(StringAttr::get(getContext(), cast<StringAttr>(name).getValue() + "_init"), initial);
  for (auto [name, value] : llvm::zip_equal(getParameterNames(), getParameterValues()))
    parameters.emplace_back(cast<StringAttr>(name), value);
  return parameters;
}

/// How often a step of the solver evaluates the region.
static unsigned countEvaluations(OdeNeuronOp op) {
  switch (op.getSolver()) {
  case Solver::next:
  case Solver::euler:
    return 1;
  case Solver::exponential_euler:
    return op.getStateNames().size();
  case Solver::midpoint:
  case Solver::heun:
    return 2;
  case Solver::rk4:
    return 4;
  }
  llvm_unreachable("all solvers are handled");
}

OpCost OdeNeuronOp::getCost(double) {
  double neurons = double(getInput().getType().getNumElements()), states = double(getStateNames().size());
  double additions = 0, products = 0, functions = 0;
  for (Operation &op : getDynamics().front()) {
    products += isa<arith::MulFOp, arith::DivFOp>(op);
    additions += isa<arith::AddFOp, arith::SubFOp>(op);
    functions += isa<math::ExpOp, math::ExpM1Op, math::TanhOp>(op);
  }
  double perSubstep = countEvaluations(*this);
  functions *= perSubstep;
  if (getSolver() == Solver::exponential_euler)
    functions += states;
  OpCost cost = getSweepCost(*this, unsigned(states), 0);
  // A multiplication and an addition are one; which are together is the machine's business.
  cost.macs = neurons * double(getSubsteps()) * perSubstep * (std::max(products, additions) + states);
  cost.transcendental = neurons * double(getSubsteps()) * functions;
  for (Attribute parameter : getParameterValues())
    if (auto elements = cast<ElementsAttr>(parameter); !elements.isSplat())
      cost.bytesRead += double(getStorageBytes(cast<RankedTensorType>(elements.getShapedType())));
  return cost;
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

LogicalResult OdeNeuronOp::verify() {
  ArrayRef<int64_t> shape = getType().getShape();
  if (getInput().getType().getShape() != shape)
    return emitOpError("[C1] input and result differ in shape: ") << getInput().getType() << " and " << getType();
  if (!getType().getElementType().isInteger(1))
    return emitOpError("[C1] result must be i1, got ") << getType();
  if (getStateNames().empty())
    return emitOpError("[C2] has no state");
  if (getStateNames().size() != getInitial().size())
    return emitOpError("[C2] has ") << getStateNames().size() << " names of states and " << getInitial().size()
                                    << " initial values";
  if (getParameterNames().size() != getParameterValues().size())
    return emitOpError("[C2] has ") << getParameterNames().size() << " names of parameters and "
                                    << getParameterValues().size() << " values";
  llvm::StringSet<> names;
  for (ArrayAttr list : {getStateNames(), getParameterNames()})
    for (Attribute name : list)
      if (!names.insert(cast<StringAttr>(name).getValue()).second)
        return emitOpError("[C2] name ") << name << " is used twice";
  for (NamedAttribute parameter : getParameters())
    if (failed(verifyParameter(*this, parameter.getName(), parameter.getValue(), shape)))
      return failure();
  // Each substep is code of its own.
  static constexpr int64_t kMostSubsteps = 64;
  if (int64_t(getSubsteps()) < 1 || int64_t(getSubsteps()) > kMostSubsteps)
    return emitOpError("[C5] substeps must be from 1 to ") << kMostSubsteps << ", got " << int64_t(getSubsteps());
  if (getSolver() == Solver::next && getSubsteps() != 1)
    return emitOpError("[C5] solver next has one substep, got ") << getSubsteps();
  double unit = getTimeUnit().convertToDouble();
  if (!(unit > 0) || !std::isfinite(unit))
    return emitOpError("[C5] time_unit must be positive and finite, got ") << unit;
  return success();
}

static bool isAllowed(Operation &op) {
  return isa<arith::ConstantOp, arith::AddFOp, arith::SubFOp, arith::MulFOp, arith::DivFOp, arith::NegFOp,
             arith::MaximumFOp, arith::MinimumFOp, arith::CmpFOp, arith::SelectOp, math::ExpOp, math::ExpM1Op,
             math::TanhOp, math::SqrtOp, math::AbsFOp>(op);
}

/// C3 and C4. `leading` is the number of arguments before the states.
static LogicalResult verifyRegion(OdeNeuronOp op, Region &region, StringRef name, unsigned leading) {
  Type element = getElement(op);
  Block &block = region.front();
  size_t states = op.getStateNames().size(), expected = leading + states + op.getParameterNames().size();
  if (block.getNumArguments() != expected)
    return op.emitOpError("[C3] region ")
           << name << " has " << block.getNumArguments() << " arguments, expected " << expected;
  for (BlockArgument argument : block.getArguments())
    if (argument.getType() != element)
      return op.emitOpError("[C3] argument ") << argument.getArgNumber() << " of region " << name << " must be "
                                              << element << ", got " << argument.getType();
  auto yield = block.empty() ? YieldOp() : dyn_cast<YieldOp>(block.back());
  if (!yield)
    return op.emitOpError("[C3] region ") << name << " must end in spk.yield";
  if (yield.getValues().size() != states)
    return yield.emitOpError("[C3] gives ") << yield.getValues().size() << " values for " << states << " states";
  for (Value value : yield.getValues())
    if (value.getType() != element)
      return yield.emitOpError("[C3] gives ") << value.getType() << ", expected " << element;
  for (Operation &inner : block.without_terminator()) {
    if (!isAllowed(inner))
      return inner.emitOpError("[C4] is not allowed in a neuron's state equations");
    for (Type type : inner.getResultTypes())
      if (type != element && !type.isInteger(1))
        return inner.emitOpError("[C4] must give ") << element << " or i1, got " << type;
    if (auto fast = dyn_cast<arith::ArithFastMathInterface>(inner);
        fast && fast.getFastMathFlagsAttr() && fast.getFastMathFlagsAttr().getValue() != arith::FastMathFlags::none)
      return inner.emitOpError("[C4] has fast-math flags: the order and rounding of operations are defined");
  }
  return success();
}

namespace {
/// How a value depends on one state.
enum class Degree { none, linear, other };
} // namespace

static Degree getDegree(Operation &op, llvm::function_ref<Degree(Value)> of) {
  auto sum = [](Degree a, Degree b) { return std::max(a, b); };
  if (isa<arith::AddFOp, arith::SubFOp>(op))
    return sum(of(op.getOperand(0)), of(op.getOperand(1)));
  if (isa<arith::NegFOp>(op))
    return of(op.getOperand(0));
  if (isa<arith::MulFOp>(op)) {
    Degree a = of(op.getOperand(0)), b = of(op.getOperand(1));
    return a == Degree::none ? b : b == Degree::none ? a : Degree::other;
  }
  if (isa<arith::DivFOp>(op))
    return of(op.getOperand(1)) == Degree::none ? of(op.getOperand(0)) : Degree::other;
  if (isa<arith::SelectOp>(op) && of(op.getOperand(0)) == Degree::none)
    return sum(of(op.getOperand(1)), of(op.getOperand(2)));
  bool depends = llvm::any_of(op.getOperands(), [&](Value value) { return of(value) != Degree::none; });
  return depends ? Degree::other : Degree::none;
}

/// C6
static LogicalResult verifyLinear(OdeNeuronOp op) {
  Block &block = op.getDynamics().front();
  auto yield = cast<YieldOp>(block.getTerminator());
  for (size_t state = 0; state < op.getStateNames().size(); ++state) {
    llvm::DenseMap<Value, Degree> degrees;
    degrees[block.getArgument(state + 1)] = Degree::linear;
    auto of = [&](Value value) { return degrees.lookup(value); };
    for (Operation &inner : block.without_terminator()) {
      Degree degree = getDegree(inner, of);
      for (Value result : inner.getResults())
        degrees[result] = degree;
    }
    if (of(yield.getValues()[state]) == Degree::other)
      return op.emitOpError("[C6] solver exponential_euler needs the derivative of ")
             << op.getStateNames()[state] << " to be linear in it";
  }
  return success();
}

LogicalResult OdeNeuronOp::verifyRegions() {
  if (failed(verifyRegion(*this, getDynamics(), "dynamics", /*leading=*/1)))
    return failure();
  if (!getReset().empty() && failed(verifyRegion(*this, getReset(), "reset", /*leading=*/0)))
    return failure();
  return getSolver() == Solver::exponential_euler ? verifyLinear(*this) : success();
}
