//===- Membrane.cpp - neuron models as leaky membranes --------------------===//
#include "passes/Neurons/Membrane.h"
#include "dialects/Spk/Population.h"

#include <cmath>

using namespace mlir;
using namespace lle;
using namespace lle::spk;

SmallVector<double> lle::getNumbers(ElementsAttr elements) {
  SmallVector<double> values;
  spk::findOffender(elements, [&](double value) { return values.push_back(value), true; });
  return values;
}

static bool isZero(ElementsAttr elements) {
  return llvm::all_of(getNumbers(elements), [](double value) { return value == 0; });
}

DenseElementsAttr lle::combine(ElementsAttr a, ElementsAttr b, llvm::function_ref<double(double, double)> function) {
  SmallVector<double> left = getNumbers(a), right = b ? getNumbers(b) : SmallVector<double>(left.size(), 0.0);
  for (auto [x, y] : llvm::zip_equal(left, right))
    x = function(x, y);
  // A uniform parameter stays one number.
  if (llvm::all_equal(left))
    left.resize(1);
  auto type = RankedTensorType::get(a.getShapedType().getShape(), Float64Type::get(a.getContext()));
  return DenseElementsAttr::get(type, ArrayRef<double>(left));
}

DenseElementsAttr lle::constant(ElementsAttr like, double value) {
  return combine(like, {}, [&](double, double) { return value; });
}

static DynamicsAttr getDynamics(MLIRContext *context, Integrator integrator) {
  return DynamicsAttr::get(context, integrator, Order::decay_first, Gain::unit, Scale::membrane);
}

template <typename Op>
static Leaky getMembrane(Op op) {
  Leaky leaky;
  leaky.dynamics = op.getDynamics();
  leaky.firing = op.getFiring();
  leaky.tau = op.getTauAttr();
  leaky.r = op.getRAttr();
  leaky.leak = op.getVLeakAttr();
  leaky.decay = op.getDecayAttr();
  leaky.bias = op.getBiasAttr();
  leaky.init = op.getVInitAttr();
  leaky.threshold = op.getVThresholdAttr();
  leaky.reset = op.getVResetAttr();
  if constexpr (!std::is_same_v<Op, AdLIFOp>)
    leaky.floor = op.getVMinAttr();
  return leaky;
}

FailureOr<Leaky> lle::toLeaky(Operation *op, double dt) {
  if (auto lif = dyn_cast<LIFOp>(op))
    return getMembrane(lif);
  if (auto adaptive = dyn_cast<AdLIFOp>(op)) {
    Leaky leaky = getMembrane(adaptive);
    if (!isZero(adaptive.getA()) || !isZero(adaptive.getJump()))
      leaky.losses.push_back("its adaptation current");
    return leaky;
  }
  if (auto adaptive = dyn_cast<ALIFOp>(op)) {
    Leaky leaky = getMembrane(adaptive);
    if (!isZero(adaptive.getBeta()) && !isZero(adaptive.getJump()))
      leaky.losses.push_back("its adaptive threshold");
    if (adaptive.getRJumpAttr() && !isZero(adaptive.getRJumpAttr()))
      leaky.losses.push_back("its refractoriness");
    return leaky;
  }
  if (auto refractory = dyn_cast<RefractoryLIFOp>(op)) {
    Leaky leaky = getMembrane(refractory);
    if (!isZero(refractory.getPeriod()))
      leaky.losses.push_back("its refractory period");
    return leaky;
  }
  Leaky leaky;
  if (auto trained = dyn_cast<PLIFOp>(op)) {
    leaky.dynamics =
        getDynamics(op->getContext(), trained.getDecayInput() ? Integrator::euler : Integrator::decay_euler);
    leaky.firing = trained.getFiring();
    leaky.tau = combine(trained.getW(), {}, [&](double w, double) { return dt * (1 + std::exp(-w)); });
    if (findOffender(leaky.tau, [](double tau) { return std::isfinite(tau); }))
      return op->emitOpError("does not forget: w is too small for a time constant");
    leaky.r = constant(trained.getW(), 1);
    leaky.leak = trained.getVLeakAttr();
    leaky.init = trained.getVInitAttr();
    leaky.threshold = trained.getVThresholdAttr();
    leaky.reset = trained.getVResetAttr();
    return leaky;
  }
  if (auto perfect = dyn_cast<IFOp>(op)) {
    if (perfect.getDynamics().getGain() != Gain::unit || perfect.getDynamics().getScale() != Scale::membrane)
      return op->emitOpError("has no form as spk.lif: its gain is ")
             << stringifyGain(perfect.getDynamics().getGain()) << " and its scale "
             << stringifyScale(perfect.getDynamics().getScale()) << ", expected unit and membrane";
    leaky.dynamics = getDynamics(op->getContext(), Integrator::discrete);
    leaky.firing = perfect.getFiring();
    leaky.decay = constant(perfect.getVInit(), 1);
    leaky.init = perfect.getVInitAttr();
    leaky.threshold = perfect.getVThresholdAttr();
    leaky.reset = perfect.getVResetAttr();
    leaky.floor = perfect.getVMinAttr();
    return leaky;
  }
  return op->emitOpError("has no form as spk.lif: its membrane is another one");
}

Value lle::createLIF(OpBuilder &b, Operation *op, const Leaky &leaky) {
  return LIFOp::create(b, op->getLoc(), op->getResult(0).getType(), op->getAttrOfType<StringAttr>("name"),
                       op->getOperand(0), leaky.dynamics, leaky.firing, leaky.tau, leaky.r, leaky.leak, leaky.decay,
                       leaky.bias, leaky.threshold, leaky.reset, leaky.floor, leaky.init);
}

Value lle::createAdLIF(OpBuilder &b, Operation *op, const Leaky &leaky, const Adaptation &adaptation) {
  NamedAttrList attributes;
  auto set = [&](StringRef name, Attribute value) {
    if (value)
      attributes.set(name, value);
  };
  set("name", op->getAttr("name"));
  set("dynamics", leaky.dynamics);
  set("firing", leaky.firing);
  set("tau", leaky.tau);
  set("r", leaky.r);
  set("v_leak", leaky.leak);
  set("decay", leaky.decay);
  set("bias", leaky.bias);
  set("v_init", leaky.init);
  set("v_threshold", leaky.threshold);
  set("v_reset", leaky.reset);
  set("couple", CouplingAttr::get(op->getContext(), Coupling::simultaneous));
  set("a", constant(leaky.init, 0));
  set("jump", adaptation.jump);
  set(leaky.isDiscrete() ? "decay_w" : "tau_w", adaptation.decay);
  return AdLIFOp::create(b, op->getLoc(), op->getResult(0).getType(), op->getOperand(0), attributes.getAttrs());
}

//===----------------------------------------------------------------------===//
// The nearest discrete membrane
//===----------------------------------------------------------------------===//

namespace {
/// A step of one neuron: `i' = c i + k x`, `v' = d v + g i' + ...`, which rests at `rest` where there is no input.
/// Without a current c is 0. Parameters of the membrane are divided by `unit`.
struct Response {
  double c = 0, k = 1, d = 0, g = 1, rest = 0, unit = 1;

  /// Of the answer of v to an impulse, in steps after that of the impulse.
  double getMeanDelay() const { return c / (1 - c) + d / (1 - d); }
  /// Of v, for an input of 1 in every step.
  double getGain() const { return k * g / ((1 - c) * (1 - d)); }
};

/// One number of a parameter that may be absent.
class Parameter {
public:
  Parameter(ElementsAttr elements, double absent) : absent(absent) {
    if (elements)
      values = getNumbers(elements);
  }
  double operator[](size_t index) const { return values.empty() ? absent : values[index]; }

private:
  SmallVector<double> values;
  double absent;
};
} // namespace

/// What is left of a state of this time constant after a step.
static double getDecay(Integrator integrator, double dt, double tau) {
  bool isEuler = integrator == Integrator::euler || integrator == Integrator::decay_euler;
  return isEuler ? 1 - dt / tau : std::exp(-dt / tau);
}

/// What a stage multiplies its input by: 1, `factor`, or `factor` times what a step of Euler's takes of it; of the
/// integrators that hold the input, times what they forget.
static double getStageGain(DynamicsAttr dynamics, double dt, double tau, double decay, double factor) {
  double gain = dynamics.getGain() == Gain::unit ? 1 : factor;
  switch (dynamics.getIntegrator()) {
  case Integrator::euler:
  case Integrator::exact:
  case Integrator::hold:
    return gain * (1 - decay);
  case Integrator::decay_euler:
  case Integrator::decay_exp:
    return dynamics.getGain() == Gain::per_step ? gain * dt / tau : gain;
  case Integrator::discrete:
    return 1;
  }
  llvm_unreachable("all integrators are handled");
}

static SmallVector<Response> getResponses(const Leaky &leaky, double dt) {
  Parameter tau(leaky.tau, 0), r(leaky.r, 1), leak(leaky.leak, 0), decay(leaky.decay, 0), bias(leaky.bias, 0);
  SmallVector<Response> responses(size_t(leaky.init.getNumElements()));
  for (auto [n, response] : llvm::enumerate(responses)) {
    response.d = leaky.isDiscrete() ? decay[n] : getDecay(leaky.dynamics.getIntegrator(), dt, tau[n]);
    response.g = getStageGain(leaky.dynamics, dt, tau[n], response.d, r[n]);
    if (leaky.dynamics.getOrder() == Order::input_first)
      response.g *= response.d;
    if (leaky.dynamics.getScale() == Scale::input)
      response.unit = r[n] * dt / tau[n];
    response.rest = leaky.isDiscrete() ? bias[n] / (1 - response.d) : leak[n] / response.unit;
  }
  return responses;
}

static SmallVector<Response> getResponses(CubaLIFOp op, double dt) {
  DynamicsAttr dynamics = op.getDynamics();
  const bool isDiscrete = dynamics.getIntegrator() == Integrator::discrete;
  Parameter tauSyn(op.getTauSynAttr(), 0), tauMem(op.getTauMemAttr(), 0), r(op.getRAttr(), 1), w(op.getWInAttr(), 1),
      leak(op.getVLeakAttr(), 0), currentLeak(op.getILeakAttr(), 0), decaySyn(op.getDecaySynAttr(), 0),
      decayMem(op.getDecayMemAttr(), 0), bias(op.getBiasAttr(), 0);
  SmallVector<Response> responses(size_t(op.getVInit().getNumElements()));
  for (auto [n, response] : llvm::enumerate(responses)) {
    response.c = isDiscrete ? decaySyn[n] : getDecay(dynamics.getIntegrator(), dt, tauSyn[n]);
    response.d = isDiscrete ? decayMem[n] : getDecay(dynamics.getIntegrator(), dt, tauMem[n]);
    response.k = getStageGain(dynamics, dt, tauSyn[n], response.c, w[n]);
    response.g = getStageGain(dynamics, dt, tauMem[n], response.d, r[n]);
    if (dynamics.getOrder() == Order::input_first)
      response.k *= response.c;
    if (dynamics.getScale() == Scale::input)
      response.unit = w[n] * r[n] * dt * dt / (tauSyn[n] * tauMem[n]);
    response.rest = isDiscrete ? bias[n] / (1 - response.d) : leak[n] / response.unit;
    response.rest += response.g * currentLeak[n] / (1 - response.d);
  }
  return responses;
}

std::optional<Leaky> lle::fitMembrane(Operation *op, double dt, double share) {
  Leaky leaky;
  SmallVector<Response> responses;
  if (auto cuba = dyn_cast<CubaLIFOp>(op)) {
    responses = getResponses(cuba, dt);
    leaky.firing = cuba.getFiring();
    leaky.init = cuba.getVInitAttr();
    leaky.threshold = cuba.getVThresholdAttr();
    leaky.reset = cuba.getVResetAttr();
    leaky.floor = cuba.getVMinAttr();
    leaky.losses.push_back("its synaptic current");
  } else {
    FailureOr<Leaky> membrane = toLeaky(op, dt);
    if (failed(membrane))
      return std::nullopt;
    leaky = *membrane;
    responses = getResponses(leaky, dt);
  }
  SmallVector<double> decays, biases, units, scales;
  for (const Response &response : responses) {
    bool isStable = response.c >= 0 && response.c < 1 && response.d >= 0 && response.d < 1;
    if (!isStable || !(response.getGain() > 0) || !std::isfinite(response.getGain()) || !(response.unit > 0))
      return std::nullopt;
    const double delay = share * response.getMeanDelay(), decay = delay / (1 + delay);
    // A discrete membrane adds its input as it is: it counts in another unit.
    const double scale = response.getGain() * (1 - decay);
    decays.push_back(decay);
    biases.push_back(response.rest * (1 - decay) / scale);
    units.push_back(scale * response.unit);
    scales.push_back(scale);
  }
  // Numbers of double precision, uniform ones as one.
  auto make = [&](ArrayRef<double> values) {
    auto type = RankedTensorType::get(leaky.init.getShapedType().getShape(), Float64Type::get(op->getContext()));
    return DenseElementsAttr::get(type, llvm::all_equal(values) ? values.take_front() : values);
  };
  auto divide = [](double value, double unit) { return value / unit; };
  ElementsAttr unit = make(units);
  leaky.threshold = combine(leaky.threshold, unit, divide);
  if (leaky.reset)
    leaky.reset = combine(leaky.reset, unit, divide);
  if (leaky.floor)
    leaky.floor = combine(leaky.floor, unit, divide);
  leaky.init = combine(leaky.init, make(scales), divide);
  leaky.tau = leaky.r = leaky.leak = leaky.bias = {};
  leaky.decay = make(decays);
  if (llvm::any_of(biases, [](double bias) { return bias != 0; }))
    leaky.bias = make(biases);
  leaky.dynamics = getDynamics(op->getContext(), Integrator::discrete);
  FiringAttr firing = leaky.firing;
  leaky.firing = FiringAttr::get(op->getContext(), firing.getCompare(), firing.getReset(), firing.getWhen(),
                                 firing.getEmit(), Scope::membrane, firing.getMaxSpikes());
  return leaky;
}
