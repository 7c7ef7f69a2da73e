//===- CoarserNeurons.cpp - neurons whose step is several of before -------===//
//
// Below the threshold a membrane is linear: v' = p v + q x + s, and after k steps with the same input
// p^k v + G (q x + s), with G = 1 + p + ... + p^(k-1). Where the parameters can say no such gain, the membrane is kept
// in another unit: divided by `unit`, as its thresholds are.
//
//===----------------------------------------------------------------------===//
#include "passes/Tuning/CoarserNeurons.h"
#include "dialects/LLE/LLEOps.h"
#include "dialects/Spk/SpkModels.h"
#include "passes/Neurons/Membrane.h"
#include "passes/Tuning/CoarserSynapses.h"

#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;
using namespace lle;
using namespace lle::spk;

/// Of several steps over that of the last one: beyond it, thresholds in the unit of the state are lost in floats.
static constexpr double kLargestGain = 1000;

LogicalResult lle::refuseCoarsening(Operation *op, const Coarsening &coarsening, const Twine &reason) {
  return op->emitOpError("cannot have a step of ") << coarsening.factor << " steps: " << reason;
}

double lle::sumPowers(double base, int64_t count) {
  double sum = 0, power = 1;
  for (int64_t i = 0; i < count; ++i, power *= base)
    sum += power;
  return sum;
}

static ElementsAttr getParameter(Operation *op, StringRef name) { return op->getAttrOfType<ElementsAttr>(name); }

/// Divides those parameters that are there.
static void divideParameters(Operation *op, ArrayRef<StringRef> names, ElementsAttr unit) {
  for (StringRef name : names)
    if (ElementsAttr value = getParameter(op, name))
      op->setAttr(name, combine(value, unit, std::divides<double>()));
}

static void setDynamics(Operation *op, DynamicsAttr dynamics) { op->setAttr("dynamics", dynamics); }

/// The tau of which an Euler step of k dt forgets what k steps of dt with the old one do.
static DenseElementsAttr stretchEulerTau(ElementsAttr tau, const Coarsening &c) {
  return combine(tau, {}, [&](double tau, double) {
    return double(c.factor) * c.dt / -std::expm1(double(c.factor) * std::log1p(-std::min(c.dt / tau, 1.0)));
  });
}

static bool isEuler(Integrator integrator) {
  return integrator == Integrator::euler || integrator == Integrator::decay_euler;
}

static LogicalResult verifyEulerTau(Operation *op, ElementsAttr tau, const Coarsening &c) {
  for (double value : getNumbers(tau))
    if (c.dt > value * (1 + 1e-6)) // a tau of dt may have been rounded to f32
      return refuseCoarsening(op, c, "dt is above its time constant, so that an Euler step overshoots");
  return success();
}

/// A state that only decays: an adaptation.
static LogicalResult coarsenDecay(Operation *op, Integrator integrator, StringRef tau, StringRef decay,
                                  const Coarsening &c) {
  if (ElementsAttr perStep = getParameter(op, decay))
    op->setAttr(decay, combine(perStep, {}, [&](double p, double) { return std::pow(p, c.factor); }));
  ElementsAttr continuous = getParameter(op, tau);
  if (!continuous || !isEuler(integrator))
    return success();
  if (failed(verifyEulerTau(op, continuous, c)))
    return failure();
  op->setAttr(tau, stretchEulerTau(continuous, c));
  return success();
}

/// Thresholds and the like in the unit of the state: scale input only says how they are given.
static void normalizeScale(Operation *op, ElementsAttr unit) {
  auto dynamics = op->getAttrOfType<DynamicsAttr>("dynamics");
  if (dynamics.getScale() == Scale::membrane)
    return;
  divideParameters(op, {"v_threshold", "v_reset", "v_min", "v_leak"}, unit);
  setDynamics(op, DynamicsAttr::get(op->getContext(), dynamics.getIntegrator(), dynamics.getOrder(), dynamics.getGain(),
                                    Scale::membrane));
}

/// Changes the membrane of spk.lif; what its potential is divided by from now on, null where it is as before.
static FailureOr<ElementsAttr> coarsenLeaky(Operation *op, const Coarsening &c) {
  if (ElementsAttr tau = getParameter(op, "tau"))
    normalizeScale(op, combine(tau, getParameter(op, "r"), [&](double tau, double r) { return r * c.dt / tau; }));
  auto dynamics = op->getAttrOfType<DynamicsAttr>("dynamics");
  const Integrator integrator = dynamics.getIntegrator();
  if (integrator == Integrator::exact || integrator == Integrator::hold)
    return ElementsAttr();
  ElementsAttr tau = getParameter(op, "tau"), decay = getParameter(op, "decay");
  if (isEuler(integrator) && failed(verifyEulerTau(op, tau, c)))
    return failure();
  ElementsAttr p = decay;
  if (integrator == Integrator::decay_exp)
    p = combine(tau, {}, [&](double tau, double) { return std::exp(-c.dt / tau); });
  else if (isEuler(integrator))
    p = combine(tau, {}, [&](double tau, double) { return std::max(1 - c.dt / tau, 0.0); });
  const bool decaysInput = dynamics.getOrder() == Order::input_first;
  for (double each : getNumbers(p))
    if (each < 0 || (each == 0 && decaysInput))
      return refuseCoarsening(
          op, c, each < 0 ? "its membrane changes its sign in each step" : "it forgets its input before it compares");
  // What k steps add for an input of 1 in each, over what the last one adds.
  DenseElementsAttr gain = combine(p, {}, [&](double p, double) {
    return sumPowers(p, c.factor) * (decaysInput ? std::pow(p, 1 - c.factor) : 1.0);
  });
  for (double each : getNumbers(gain))
    if (!(each <= kLargestGain))
      return refuseCoarsening(op, c, "it forgets its input before it compares");
  if (isEuler(integrator))
    op->setAttr("tau", stretchEulerTau(tau, c));
  if (integrator == Integrator::euler) // its gain is that of the equation
    return ElementsAttr();
  if (dynamics.getGain() == Gain::per_step) {
    // The step adds r dt / tau: its dt is k times as long, and tau may be another one.
    ElementsAttr ratio = combine(getParameter(op, "tau"), tau,
                                 [&](double after, double before) { return after / (before * double(c.factor)); });
    op->setAttr("r", combine(combine(getParameter(op, "r"), gain, std::multiplies<double>()), ratio,
                             std::multiplies<double>()));
    return ElementsAttr();
  }
  if (decay) {
    op->setAttr("decay", combine(decay, {}, [&](double p, double) { return std::pow(p, c.factor); }));
    if (ElementsAttr bias = getParameter(op, "bias"))
      op->setAttr("bias",
                  combine(combine(bias, p, [&](double bias, double p) { return bias * sumPowers(p, c.factor); }), gain,
                          std::divides<double>()));
  }
  return ElementsAttr(gain);
}

/// Everything that is compared with the membrane, and where it starts.
static void changeUnit(Operation *op, ElementsAttr unit) {
  if (unit)
    divideParameters(op, {"v_threshold", "v_reset", "v_min", "v_low", "v_leak", "v_init", "beta"}, unit);
}

/// A readout gives its membrane: in the unit of before.
static void restoreUnit(Operation *op, ElementsAttr unit) {
  if (!unit || llvm::all_of(getNumbers(unit), [](double value) { return value == 1; }))
    return;
  OpBuilder b(op->getContext());
  b.setInsertionPointAfter(op);
  Value factor = WeightOp::create(b, op->getLoc(), cast<RankedTensorType>(unit.getType()), unit);
  Value result = op->getResult(0);
  Operation *scale = ScaleOp::create(b, op->getLoc(), result.getType(), result, factor, StringAttr());
  result.replaceAllUsesExcept(scale->getResult(0), scale);
}

static LogicalResult coarsenPerfect(Operation *op, const Coarsening &c, ElementsAttr &unit) {
  if (ElementsAttr r = getParameter(op, "r"))
    normalizeScale(op, combine(r, {}, [&](double r, double) { return r * c.dt; }));
  if (op->getAttrOfType<DynamicsAttr>("dynamics").getGain() == Gain::unit)
    unit = constant(getParameter(op, "v_init"), double(c.factor));
  return success();
}

static LogicalResult coarsenTrained(PLIFOp op, const Coarsening &c) {
  const double k = double(c.factor);
  // log(1 + exp(w)) is what the membrane forgets, as a logarithm.
  auto forget = [](double w) { return w > 0 ? w + std::log1p(std::exp(-w)) : std::log1p(std::exp(w)); };
  if (!op.getDecayInput())
    changeUnit(op, combine(op.getW(), {}, [&](double w, double) { return sumPowers(std::exp(-forget(w)), c.factor); }));
  op.setWAttr(
      combine(op.getW(), {}, [&](double w, double) { return std::log(-std::expm1(-k * forget(w))) + k * forget(w); }));
  return success();
}

static LogicalResult coarsenAdaptation(AdLIFOp op, const Coarsening &c) {
  if (llvm::any_of(getNumbers(op.getA()), [](double a) { return a != 0; }))
    return refuseCoarsening(op, c, "its adaptation current follows the membrane in each step");
  return coarsenDecay(op, op.getDynamics().getIntegrator(), "tau_w", "decay_w", c);
}

static LogicalResult coarsenAdaptation(ALIFOp op, const Coarsening &c) {
  return failure(failed(coarsenDecay(op, op.getDynamics().getIntegrator(), "tau_b", "decay_b", c)) ||
                 failed(coarsenDecay(op, op.getDynamics().getIntegrator(), "tau_r", "decay_r", c)));
}

static LogicalResult coarsenPeriod(RefractoryLIFOp op, const Coarsening &c) {
  const bool inSteps = op.getUnit() == TimeUnit::steps;
  for (double period : getNumbers(op.getPeriod())) {
    double steps = inSteps ? period : std::round(period / c.dt);
    if (std::fmod(steps, double(c.factor)) != 0)
      return refuseCoarsening(op, c, "it does not divide its refractory period of " + Twine(int64_t(steps)) + " steps");
  }
  if (inSteps)
    op.setPeriodAttr(combine(op.getPeriod(), {}, [&](double n, double) { return n / double(c.factor); }));
  return success();
}

static LogicalResult coarsenEquations(OdeNeuronOp op, const Coarsening &c) {
  if (op.getSolver() == Solver::next)
    return refuseCoarsening(op, c, "its region gives the next states, whatever dt is");
  const int64_t substeps = op.getSubsteps() * c.factor;
  if (substeps > 64)
    return refuseCoarsening(op, c, "it would take " + Twine(substeps) + " substeps, more than 64");
  op.setSubsteps(substeps);
  return success();
}

template <typename Op>
static LogicalResult coarsenModel(Op op, const Coarsening &c) {
  FailureOr<ElementsAttr> unit = coarsenLeaky(op, c);
  if (failed(unit))
    return failure();
  changeUnit(op, *unit);
  return success();
}

LogicalResult lle::coarsenNeuron(Operation *op, const Coarsening &c) {
  if (auto firing = op->getAttrOfType<FiringAttr>("firing"))
    if (firing.getEmit() == Emit::held && !c.keepLoopDelays)
      return refuseCoarsening(op, c, "it emits from its old state, a delay of a single step");
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case<LIFOp, TernaryLIFOp, ILIFOp>([&](auto op) { return coarsenModel(op, c); })
      .Case<ALIFOp, AdLIFOp>(
          [&](auto op) { return failure(failed(coarsenAdaptation(op, c)) || failed(coarsenModel(op, c))); })
      .Case([&](RefractoryLIFOp op) { return failure(failed(coarsenPeriod(op, c)) || failed(coarsenModel(op, c))); })
      .Case([&](LIOp op) -> LogicalResult {
        FailureOr<ElementsAttr> unit = coarsenLeaky(op, c);
        if (failed(unit))
          return failure();
        changeUnit(op, *unit);
        restoreUnit(op, *unit);
        return success();
      })
      .Case<IFOp, IntegratorOp>([&](auto op) {
        ElementsAttr unit;
        if (failed(coarsenPerfect(op, c, unit)))
          return failure();
        changeUnit(op, unit);
        if (isa<IntegratorOp>(op))
          restoreUnit(op, unit);
        return success();
      })
      .Case([&](PLIFOp op) { return coarsenTrained(op, c); })
      .Case([&](OdeNeuronOp op) { return coarsenEquations(op, c); })
      .Case<CubaLIFOp, CubaLIOp>([&](auto op) { return coarsenSynapse(op, c); })
      .Default([&](Operation *op) { return refuseCoarsening(op, c, "what it does depends on single steps"); });
}
