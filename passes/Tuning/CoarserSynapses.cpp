//===- CoarserSynapses.cpp - synaptic currents of longer steps ------------===//
//
// The closed form of current and membrane is the same for any dt. Of the other integrators a step is
//   i' = c i + q x,   v' = d v + g i' + s
// and after k of them, with the same input,
//   i' = c^k i + q G(c) x,   v' = d^k v + a i + b x + G(d) s
// with a = g sum over j of d^(k-j) c^j and b = g q sum over j of d^(k-j) (1 + ... + c^(j-1)), j from 1 to k. The
// membrane sees the current and the input in a ratio that no single step has; so the current is a population of its
// own, u = i / (q G(c)), and the membrane gets u' + (b - A) / A x, in the unit A = a q G(c) / c^k.
//
//===----------------------------------------------------------------------===//
#include "passes/Tuning/CoarserSynapses.h"
#include "dialects/LLE/LLEOps.h"
#include "dialects/Spk/SpkModels.h"
#include "passes/Neurons/Membrane.h"

#include <cmath>

using namespace mlir;
using namespace lle;
using namespace lle::spk;

/// Beyond it, what the membrane gets is the difference of large numbers, of which floats keep too little.
static constexpr double kLargestRatio = 1000;

namespace {
/// One neuron.
struct CurrentStep {
  double c, q, d, g, s; ///< As above.
  double unit = 1;      ///< What scale input divides thresholds by.
};

/// The numbers of all neurons, one vector for each coefficient of the longer step.
struct LongSteps {
  SmallVector<double> decaySyn, decayMem, share, bias, unit;
};
} // namespace

template <typename Op>
static SmallVector<CurrentStep> getCurrentSteps(Op op, const Coarsening &c) {
  DynamicsAttr dynamics = op.getDynamics();
  auto read = [&](ElementsAttr elements, double otherwise) {
    return elements ? getNumbers(elements)
                    : SmallVector<double>(cast<ShapedType>(op.getType()).getNumElements(), otherwise);
  };
  SmallVector<double> tauSyn = read(op.getTauSynAttr(), 1), tauMem = read(op.getTauMemAttr(), 1),
                      r = read(op.getRAttr(), 1), wIn = read(op.getWInAttr(), 1), leak = read(op.getVLeakAttr(), 0),
                      decaySyn = read(op.getDecaySynAttr(), 0), decayMem = read(op.getDecayMemAttr(), 0),
                      bias = read(op.getBiasAttr(), 0);
  const bool isUnit = dynamics.getGain() == Gain::unit;
  SmallVector<CurrentStep> steps;
  for (size_t n = 0; n < tauSyn.size(); ++n) {
    const double b = c.dt / tauSyn[n], a = c.dt / tauMem[n];
    const double gain = isUnit ? 1 : r[n], in = isUnit ? 1 : wIn[n];
    CurrentStep step;
    switch (dynamics.getIntegrator()) {
    case Integrator::euler:
      step = {1 - b, b * in, 1 - a, a * gain, 0};
      break;
    case Integrator::exact:
    case Integrator::hold:
      step = {std::exp(-b), -std::expm1(-b) * in, std::exp(-a), -std::expm1(-a) * gain, 0};
      break;
    case Integrator::decay_euler:
      step = {1 - b, isUnit ? 1 : b * in, 1 - a, isUnit ? 1 : a * gain, 0};
      break;
    case Integrator::decay_exp:
      step = {std::exp(-b), isUnit ? 1 : b * in, std::exp(-a), isUnit ? 1 : a * gain, 0};
      break;
    case Integrator::discrete:
      step = {decaySyn[n], 1, decayMem[n], 1, 0};
      break;
    }
    if (dynamics.getOrder() == Order::input_first)
      step.q *= step.c;
    if (dynamics.getScale() == Scale::input)
      step.unit = wIn[n] * b * r[n] * a;
    step.s = dynamics.getIntegrator() == Integrator::discrete ? bias[n] : (1 - step.d) * leak[n] / step.unit;
    steps.push_back(step);
  }
  return steps;
}

static FailureOr<LongSteps> lengthen(Operation *op, ArrayRef<CurrentStep> steps, const Coarsening &c) {
  LongSteps all;
  const int64_t k = c.factor;
  for (const CurrentStep &step : steps) {
    if (step.c < 0 || step.d < 0)
      return refuseCoarsening(op, c, "its current or membrane changes its sign in each step");
    double ofCurrent = 0, ofInput = 0;
    for (int64_t j = 1; j <= k; ++j) {
      ofCurrent += step.g * std::pow(step.d, k - j) * std::pow(step.c, j);
      ofInput += step.g * step.q * std::pow(step.d, k - j) * sumPowers(step.c, j);
    }
    const double decay = std::pow(step.c, k), unit = ofCurrent * step.q * sumPowers(step.c, k) / decay;
    if (unit == 0 || (isa<CubaLIFOp>(op) && unit < 0)) // thresholds are divided by it
      return refuseCoarsening(op, c, "a current into it does not raise its membrane");
    if (!(std::abs(unit) <= kLargestRatio * std::abs(ofInput)))
      return refuseCoarsening(op, c, "its synaptic current is forgotten within them");
    all.decaySyn.push_back(decay);
    all.decayMem.push_back(std::pow(step.d, k));
    all.share.push_back((ofInput - unit) / unit);
    all.bias.push_back(sumPowers(step.d, k) * step.s / unit);
    all.unit.push_back(unit);
  }
  return all;
}

/// In double precision; one number where all are the same.
static DenseElementsAttr makeParameter(ElementsAttr like, ArrayRef<double> values) {
  auto type = RankedTensorType::get(like.getShapedType().getShape(), Float64Type::get(like.getContext()));
  return DenseElementsAttr::get(type, llvm::all_equal(values) ? values.take_front(1) : values);
}

template <typename Op>
static LogicalResult splitCurrent(Op op, const Coarsening &c) {
  if (op.getILeakAttr() && llvm::any_of(getNumbers(op.getILeakAttr()), [](double leak) { return leak != 0; }))
    return refuseCoarsening(op, c, "its synaptic current rests elsewhere than at zero");
  SmallVector<CurrentStep> steps = getCurrentSteps(op, c);
  FailureOr<LongSteps> all = lengthen(op, steps, c);
  if (failed(all))
    return failure();
  OpBuilder b(op);
  MLIRContext *context = op.getContext();
  ElementsAttr init = op.getVInitAttr();
  auto dynamics = DynamicsAttr::get(context, Integrator::discrete, Order::decay_first, Gain::unit, Scale::membrane);
  auto type = cast<RankedTensorType>(op.getInput().getType());
  Value current = LIOp::create(b, op.getLoc(), type, b.getStringAttr(op.getName() + ".current"), op.getInput(),
                               dynamics, ElementsAttr(), ElementsAttr(), ElementsAttr(),
                               makeParameter(init, all->decaySyn), ElementsAttr(), constant(init, 0));
  DenseElementsAttr share = makeParameter(init, all->share);
  Value factor = WeightOp::create(b, op.getLoc(), share.getType(), share);
  Value direct = ScaleOp::create(b, op.getLoc(), type, op.getInput(), factor, StringAttr());
  Value input = AddOp::create(b, op.getLoc(), type, ValueRange{current, direct});

  // Thresholds in the unit of the new state: scale input only says how they were given.
  SmallVector<double> units;
  for (auto [step, unit] : llvm::zip_equal(steps, all->unit))
    units.push_back(step.unit * unit);
  DenseElementsAttr given = makeParameter(init, units), state = makeParameter(init, all->unit);
  auto in = [](ElementsAttr value, ElementsAttr unit) {
    return value ? ElementsAttr(combine(value, unit, std::divides<double>())) : value;
  };
  ElementsAttr decay = makeParameter(init, all->decayMem), bias = makeParameter(init, all->bias);
  Operation *membrane;
  if constexpr (std::is_same_v<Op, CubaLIFOp>) {
    membrane =
        LIFOp::create(b, op.getLoc(), op.getType(), op.getNameAttr(), input, dynamics, op.getFiring(), ElementsAttr(),
                      ElementsAttr(), ElementsAttr(), decay, bias, in(op.getVThresholdAttr(), given),
                      in(op.getVResetAttr(), given), in(op.getVMinAttr(), given), in(init, state));
  } else {
    auto li = LIOp::create(b, op.getLoc(), op.getType(), op.getNameAttr(), input, dynamics, ElementsAttr(),
                           ElementsAttr(), ElementsAttr(), decay, bias, in(init, state));
    Value unit = WeightOp::create(b, op.getLoc(), state.getType(), state);
    membrane = ScaleOp::create(b, op.getLoc(), op.getType(), li.getResult(), unit, StringAttr());
    li->setDiscardableAttrs(op->getDiscardableAttrDictionary());
  }
  if (std::is_same_v<Op, CubaLIFOp>)
    membrane->setDiscardableAttrs(op->getDiscardableAttrDictionary());
  op->getResult(0).replaceAllUsesWith(membrane->getResult(0));
  op->erase();
  return success();
}

/// Thresholds in the unit of the state.
template <typename Op>
static void normalizeCurrentScale(Op op, const Coarsening &c) {
  DynamicsAttr dynamics = op.getDynamics();
  if (dynamics.getScale() == Scale::membrane)
    return;
  SmallVector<double> units =
      llvm::map_to_vector(getCurrentSteps(op, c), [](const CurrentStep &step) { return step.unit; });
  DenseElementsAttr unit = makeParameter(op.getVInitAttr(), units);
  for (StringRef name : {"v_threshold", "v_reset", "v_min", "v_leak"})
    if (auto value = op->template getAttrOfType<ElementsAttr>(name))
      op->setAttr(name, combine(value, unit, std::divides<double>()));
  op.setDynamicsAttr(DynamicsAttr::get(op.getContext(), dynamics.getIntegrator(), dynamics.getOrder(),
                                       dynamics.getGain(), Scale::membrane));
}

template <typename Op>
static LogicalResult coarsenCurrent(Op op, const Coarsening &c) {
  if (op.getDynamics().getIntegrator() != Integrator::exact)
    return splitCurrent(op, c);
  normalizeCurrentScale(op, c);
  return success();
}

LogicalResult lle::coarsenSynapse(Operation *op, const Coarsening &c) {
  if (auto lif = dyn_cast<CubaLIFOp>(op)) {
    if (lif.getFiring().getScope() == Scope::all && lif.getDynamics().getIntegrator() != Integrator::exact)
      return refuseCoarsening(op, c, "a spike resets its synaptic current too");
    return coarsenCurrent(lif, c);
  }
  return coarsenCurrent(cast<CubaLIOp>(op), c);
}
