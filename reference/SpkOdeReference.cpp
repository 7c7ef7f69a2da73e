//===- SpkOdeReference.cpp - state equations, interpreted -----------------===//
#include "reference/SpkMembrane.h"
#include "reference/SpkModels.h"

#include "dialects/Spk/SpkModels.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

namespace {
template <typename T>
using Numbers = SmallVector<Array<T>>;

enum class Opcode { constant, add, sub, mul, div, neg, max, min, select, compare, exp, expm1, tanh, sqrt, abs };

/// An operation of a region. Operands are numbers of values: first the arguments, then the results in order.
struct Instruction {
  Opcode code;
  SmallVector<unsigned, 3> operands;
  double constant = 0;
  arith::CmpFPredicate predicate = arith::CmpFPredicate::AlwaysFalse;
};

/// A region, read from the operation: evaluations outlive the network that they were made from.
struct Program {
  unsigned numArguments = 0;
  SmallVector<Instruction> instructions;
  SmallVector<unsigned> results;

  explicit Program(Region &region);
};

Opcode getOpcode(Operation &op) {
  return llvm::TypeSwitch<Operation *, Opcode>(&op)
      .Case<arith::ConstantOp>([](auto) { return Opcode::constant; })
      .Case<arith::AddFOp>([](auto) { return Opcode::add; })
      .Case<arith::SubFOp>([](auto) { return Opcode::sub; })
      .Case<arith::MulFOp>([](auto) { return Opcode::mul; })
      .Case<arith::DivFOp>([](auto) { return Opcode::div; })
      .Case<arith::NegFOp>([](auto) { return Opcode::neg; })
      .Case<arith::MaximumFOp>([](auto) { return Opcode::max; })
      .Case<arith::MinimumFOp>([](auto) { return Opcode::min; })
      .Case<arith::SelectOp>([](auto) { return Opcode::select; })
      .Case<arith::CmpFOp>([](auto) { return Opcode::compare; })
      .Case<math::ExpOp>([](auto) { return Opcode::exp; })
      .Case<math::ExpM1Op>([](auto) { return Opcode::expm1; })
      .Case<math::TanhOp>([](auto) { return Opcode::tanh; })
      .Case<math::SqrtOp>([](auto) { return Opcode::sqrt; })
      .Case<math::AbsFOp>([](auto) { return Opcode::abs; });
}

Program::Program(Region &region) {
  if (region.empty())
    return;
  Block &block = region.front();
  DenseMap<Value, unsigned> indices;
  for (BlockArgument argument : block.getArguments())
    indices[argument] = numArguments++;
  for (Operation &op : block.without_terminator()) {
    Instruction instruction{getOpcode(op), {}};
    for (Value operand : op.getOperands())
      instruction.operands.push_back(indices.lookup(operand));
    if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
      if (auto real = dyn_cast<FloatAttr>(constant.getValue()))
        instruction.constant = real.getValueAsDouble();
      else
        instruction.constant = cast<IntegerAttr>(constant.getValue()).getValue().isZero() ? 0 : 1;
    }
    if (auto compare = dyn_cast<arith::CmpFOp>(op))
      instruction.predicate = compare.getPredicate();
    unsigned index = numArguments + instructions.size();
    indices[op.getResult(0)] = index;
    instructions.push_back(std::move(instruction));
  }
  for (Value value : block.getTerminator()->getOperands())
    results.push_back(indices.lookup(value));
}

template <typename T>
bool holds(arith::CmpFPredicate predicate, T a, T b) {
  bool unordered = std::isnan(a) || std::isnan(b);
  switch (predicate) {
  case arith::CmpFPredicate::AlwaysFalse:
    return false;
  case arith::CmpFPredicate::AlwaysTrue:
    return true;
  case arith::CmpFPredicate::ORD:
    return !unordered;
  case arith::CmpFPredicate::UNO:
    return unordered;
  case arith::CmpFPredicate::OEQ:
    return a == b;
  case arith::CmpFPredicate::UEQ:
    return unordered || a == b;
  case arith::CmpFPredicate::OGT:
    return a > b;
  case arith::CmpFPredicate::UGT:
    return unordered || a > b;
  case arith::CmpFPredicate::OGE:
    return a >= b;
  case arith::CmpFPredicate::UGE:
    return unordered || a >= b;
  case arith::CmpFPredicate::OLT:
    return a < b;
  case arith::CmpFPredicate::ULT:
    return unordered || a < b;
  case arith::CmpFPredicate::OLE:
    return a <= b;
  case arith::CmpFPredicate::ULE:
    return unordered || a <= b;
  case arith::CmpFPredicate::ONE:
    return !unordered && a != b;
  case arith::CmpFPredicate::UNE:
    return unordered || a != b;
  }
  llvm_unreachable("all predicates are handled");
}

/// The values of a program; conditions are 0 and 1.
template <typename T>
class Interpretation {
public:
  Interpretation(const Program &program, Numbers<T> arguments) : program(program), values(std::move(arguments)) {
    assert(values.size() == program.numArguments && "the verifier of the operation has counted them");
    for (const Instruction &instruction : program.instructions) {
      Array<T> value = evaluate(instruction);
      values.push_back(std::move(value));
    }
  }

  Numbers<T> getResults() const {
    Numbers<T> results;
    for (unsigned index : program.results)
      results.push_back(values[index]);
    return results;
  }

  /// The derivative of a result by an argument in which it is linear.
  Array<T> differentiate(unsigned result, unsigned argument) const {
    Numbers<T> slopes(program.numArguments, Array<T>::Zero(values[0].size()));
    slopes[argument].setOnes();
    for (const Instruction &instruction : program.instructions) {
      auto slope = [&](unsigned index) -> const Array<T> & { return slopes[instruction.operands[index]]; };
      auto value = [&](unsigned index) -> const Array<T> & { return values[instruction.operands[index]]; };
      Array<T> d = Array<T>::Zero(values[0].size());
      switch (instruction.code) {
      case Opcode::add:
        d = slope(0) + slope(1);
        break;
      case Opcode::sub:
        d = slope(0) - slope(1);
        break;
      case Opcode::neg:
        d = -slope(0);
        break;
      case Opcode::mul: // one of the factors does not depend on the argument
        d = slope(0) * value(1) + value(0) * slope(1);
        break;
      case Opcode::div:
        d = slope(0) / value(1);
        break;
      case Opcode::select:
        d = (value(0) > 0).select(slope(1), slope(2));
        break;
      default: // does not depend on it
        break;
      }
      slopes.push_back(std::move(d));
    }
    return slopes[program.results[result]];
  }

private:
  const Program &program;
  Numbers<T> values;

  Array<T> evaluate(const Instruction &instruction) const;
};

template <typename T>
Array<T> Interpretation<T>::evaluate(const Instruction &instruction) const {
  auto operand = [&](unsigned index) -> const Array<T> & { return values[instruction.operands[index]]; };
  auto map = [&](auto function) -> Array<T> { return operand(0).unaryExpr(function); };
  auto combine = [&](auto function) -> Array<T> { return operand(0).binaryExpr(operand(1), function); };
  switch (instruction.code) {
  case Opcode::constant:
    return Array<T>::Constant(values[0].size(), T(instruction.constant));
  case Opcode::add:
    return operand(0) + operand(1);
  case Opcode::sub:
    return operand(0) - operand(1);
  case Opcode::mul:
    return operand(0) * operand(1);
  case Opcode::div:
    return operand(0) / operand(1);
  case Opcode::neg:
    return -operand(0);
  case Opcode::max:
    return combine([](T a, T b) { return std::isnan(a) || a > b ? a : b; });
  case Opcode::min:
    return combine([](T a, T b) { return std::isnan(a) || a < b ? a : b; });
  case Opcode::select:
    return (operand(0) > 0).select(operand(1), operand(2));
  case Opcode::compare:
    return combine([&](T a, T b) { return T(holds(instruction.predicate, a, b)); });
  case Opcode::exp:
    return map([](T x) { return std::exp(x); });
  case Opcode::expm1:
    return map([](T x) { return std::expm1(x); });
  case Opcode::tanh:
    return map([](T x) { return std::tanh(x); });
  case Opcode::sqrt:
    return map([](T x) { return std::sqrt(x); });
  case Opcode::abs:
    return map([](T x) { return std::abs(x); });
  }
  llvm_unreachable("all codes are handled");
}

template <typename T>
class OdeEvaluation : public PopulationEvaluation<T> {
public:
  OdeEvaluation(OdeNeuronOp op, double dt)
      : solver(op.getSolver()), compare(op.getCompare()), crossing(op.getCrossing()), substeps(op.getSubsteps()),
        h(dt / op.getTimeUnit().convertToDouble() / double(op.getSubsteps())), dynamics(op.getDynamics()),
        reset(op.getReset()), threshold(readParameter(op.getVThreshold()).template cast<T>()) {
    for (Attribute value : op.getParameterValues())
      parameters.push_back(readParameter(cast<ElementsAttr>(value)).template cast<T>());
  }

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    Numbers<T> y(states);
    Array<T> before = compareWithThreshold(compare, y[0], threshold);
    for (uint64_t i = 0; i < substeps; ++i)
      y = solve(*operands[0], y);
    Array<T> z = compareWithThreshold(compare, y[0], threshold);
    if (crossing)
      z = z * (1 - before);
    if (reset.numArguments != 0) {
      Numbers<T> arguments(y);
      llvm::append_range(arguments, parameters);
      Numbers<T> after = Interpretation<T>(reset, arguments).getResults();
      for (auto [state, value] : llvm::zip_equal(y, after))
        state = Array<T>((z > 0).select(value, state));
    }
    llvm::copy(y, states.begin());
    return z;
  }

private:
  spk::Solver solver;
  Compare compare;
  bool crossing;
  uint64_t substeps;
  double h;
  Program dynamics, reset;
  Array<T> threshold;
  Numbers<T> parameters;

  Interpretation<T> interpret(const Array<T> &x, const Numbers<T> &y) const {
    Numbers<T> arguments{x};
    llvm::append_range(arguments, y);
    llvm::append_range(arguments, parameters);
    return Interpretation<T>(dynamics, arguments);
  }

  Numbers<T> solve(const Array<T> &x, const Numbers<T> &y) const {
    auto f = [&](const Numbers<T> &at) { return interpret(x, at).getResults(); };
    // y + length * slopes
    auto advance = [&](double length, const Numbers<T> &slopes) {
      Numbers<T> next;
      for (auto [state, slope] : llvm::zip_equal(y, slopes))
        next.push_back(state + T(length) * slope);
      return next;
    };
    switch (solver) {
    case spk::Solver::next:
      return f(y);
    case spk::Solver::euler:
      return advance(h, f(y));
    case spk::Solver::exponential_euler: {
      Interpretation<T> region = interpret(x, y);
      Numbers<T> slopes = region.getResults(), next;
      for (unsigned i = 0; i < y.size(); ++i) {
        Array<T> b = region.differentiate(i, i + 1);
        Array<T> gain = b.unaryExpr([&](T rate) { return rate == 0 ? T(h) : std::expm1(rate * T(h)) / rate; });
        next.push_back(y[i] + slopes[i] * gain);
      }
      return next;
    }
    case spk::Solver::midpoint:
      return advance(h, f(advance(h / 2, f(y))));
    case spk::Solver::heun: {
      Numbers<T> first = f(y), second = f(advance(h, first));
      for (auto [a, b] : llvm::zip_equal(first, second))
        a = a + b;
      return advance(h / 2, first);
    }
    case spk::Solver::rk4: {
      Numbers<T> k1 = f(y), k2 = f(advance(h / 2, k1)), k3 = f(advance(h / 2, k2)), k4 = f(advance(h, k3));
      for (auto [a, b, c, d] : llvm::zip_equal(k1, k2, k3, k4))
        a = ((a + T(2) * b) + T(2) * c) + d;
      return advance(h / 6, k1);
    }
    }
    llvm_unreachable("all solvers are handled");
  }
};
} // namespace

void spk::attachOdeReference(MLIRContext &context) {
  OdeNeuronOp::attachInterface<ReferenceModel<OdeNeuronOp, OdeEvaluation>>(context);
}
