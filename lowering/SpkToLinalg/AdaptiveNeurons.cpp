//===- AdaptiveNeurons.cpp - adaptation, refractoriness, trained leaks ----===//
#include "dialects/Spk/SpkModels.h"
#include "lowering/SpkToLinalg/Population.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include <cmath>

using namespace mlir;
using namespace lle;
using namespace lle::spk;

static Parameter getOptional(ElementsAttr parameter) { return parameter ? Parameter(parameter) : Parameter(0.0); }

/// What remains of a filter's state after a step.
static Parameter getDecay(DynamicsAttr dynamics, ElementsAttr tau, ElementsAttr decay, double dt) {
  if (dynamics.getIntegrator() == Integrator::discrete)
    return Parameter(decay);
  Parameter ratio = Parameter(dt) / Parameter(tau);
  bool isEuler = dynamics.getIntegrator() == Integrator::euler || dynamics.getIntegrator() == Integrator::decay_euler;
  return isEuler ? Parameter(1.0) - ratio : exp(Parameter(0.0) - ratio);
}

namespace {
/// Threshold and reset in the same step.
struct Firing {
  FiringAttr rule;
  Parameter threshold, reset;

  template <typename Op>
  explicit Firing(Op op)
      : rule(op.getFiring()), threshold(op.getVThreshold()), reset(getOptional(op.getVResetAttr())) {}

  Value isAbove(Sweep &s, Number v, Number level) const { return spk::isAbove(s, rule.getCompare(), v, level); }
  Number applyReset(Sweep &s, Value fired, Number v, Number level) const {
    switch (rule.getReset()) {
    case spk::Reset::to_value:
      return select(fired, s(reset), v);
    case spk::Reset::subtract:
      return select(fired, v - level, v);
    case spk::Reset::none:
      return v;
    }
    llvm_unreachable("all resets are handled");
  }
};

struct ALIFRule {
  LeakyDynamics membrane;
  Firing firing;
  bool before, isRefractory;
  Parameter beta, jump, decay, decayR = 0.0, jumpR = 0.0;
  std::optional<Parameter> floor;

  ALIFRule(ALIFOp op, double dt)
      : membrane(op, dt), firing(op), before(op.getAdapt() == AdaptTime::before), isRefractory(op.getRJumpAttr()),
        beta(op.getBeta()), jump(op.getJump()),
        decay(getDecay(op.getDynamics(), op.getTauBAttr(), op.getDecayBAttr(), dt)) {
    if (isRefractory) {
      decayR = getDecay(op.getDynamics(), op.getTauRAttr(), op.getDecayRAttr(), dt);
      jumpR = Parameter(op.getRJumpAttr());
    }
    if (op.getVMinAttr())
      floor = Parameter(op.getVMinAttr());
  }

  Outcome step(Sweep &s, ArrayRef<Number> x, const States &old) const {
    Number v = membrane.update(s, x[0], old[0]), b = old[1];
    Number decayed = s(decay) * b, seen = before ? decayed : b;
    Number level = s(firing.threshold) + scaled(s, beta, seen);
    Number compared = v, decayedR = v;
    if (isRefractory) {
      decayedR = s(decayR) * old[2];
      compared = v - (before ? decayedR : old[2]);
    }
    Value fired = firing.isAbove(s, compared, level);
    Number next = firing.applyReset(s, fired, v, level);
    if (floor)
      next = max(next, s(*floor));
    States states{next, select(fired, decayed + s(jump), decayed)};
    if (isRefractory)
      states.push_back(select(fired, decayedR + s(jumpR) * level, decayedR));
    return {states, fired};
  }
};

struct AdLIFRule {
  LeakyDynamics membrane;
  Firing firing;
  Coupling couple;
  Parameter decay, coupling, jump, rest;

  AdLIFRule(AdLIFOp op, double dt)
      : membrane(op, dt), firing(op), couple(op.getCouple()),
        decay(getDecay(op.getDynamics(), op.getTauWAttr(), op.getDecayWAttr(), dt)), coupling(op.getA()),
        jump(op.getJump()), rest(getOptional(op.getVRestAttr())) {
    if (!op.isDiscrete())
      coupling = (Parameter(1.0) - decay) * coupling;
  }

  Number adapt(Sweep &s, Number w, Number v) const {
    return s(decay) * w + s(coupling) * (rest.isAll(0) ? v : v - s(rest));
  }

  Outcome step(Sweep &s, ArrayRef<Number> x, const States &old) const {
    Number v = old[0], w = old[1];
    Number adapted = couple == Coupling::v_first ? w : adapt(s, w, v);
    Number next = membrane.update(s, x[0] - (couple == Coupling::w_first ? adapted : w), v);
    Value fired = firing.isAbove(s, next, s(firing.threshold));
    next = firing.applyReset(s, fired, next, s(firing.threshold));
    if (couple == Coupling::v_first)
      adapted = adapt(s, w, next);
    return {{next, select(fired, adapted + s(jump), adapted)}, fired};
  }
};

struct PLIFRule {
  Firing firing;
  bool decayInput;
  Parameter rate, decay, leak, offset;

  PLIFRule(PLIFOp op, double)
      : firing(op), decayInput(op.getDecayInput()),
        rate(Parameter(1.0) / (Parameter(1.0) + exp(Parameter(0.0) - Parameter(op.getW())))),
        decay(Parameter(1.0) - rate), leak(op.getVLeak()), offset((Parameter(1.0) - decay) * leak) {}

  Outcome step(Sweep &s, ArrayRef<Number> x, const States &old) const {
    Number v =
        decayInput ? old[0] + s(rate) * ((s(leak) - old[0]) + x[0]) : withOffset(s, s(decay) * old[0] + x[0], offset);
    Value fired = firing.isAbove(s, v, s(firing.threshold));
    return {{firing.applyReset(s, fired, v, s(firing.threshold))}, fired};
  }
};

struct RefractoryRule {
  LeakyDynamics membrane;
  Firing firing;
  Refractory kind;
  Parameter period;
  std::optional<Parameter> floor;

  RefractoryRule(RefractoryLIFOp op, double dt)
      : membrane(op, dt), firing(op), kind(op.getRefractory()), period(op.getPeriod()) {
    if (op.getUnit() == TimeUnit::seconds)
      period = Parameter::combine(period, dt, [](double seconds, double step) { return std::round(seconds / step); });
    if (op.getVMinAttr())
      floor = Parameter(op.getVMinAttr());
  }

  Outcome step(Sweep &s, ArrayRef<Number> x, const States &old) const {
    Number v = old[0], left = old[1];
    Value masked = isAbove(s, Compare::gt, left, s(0.0));
    Number input = kind == Refractory::mask_input ? select(masked, s(0.0), x[0]) : x[0];
    Number next = membrane.update(s, input, v);
    Value fired = firing.isAbove(s, next, s(firing.threshold));
    if (kind != Refractory::mask_input)
      fired = bothOf(s, fired, negate(s, masked));
    next = firing.applyReset(s, fired, next, s(firing.threshold));
    if (kind != Refractory::mask_input)
      next = select(masked, kind == Refractory::hold ? v : s(firing.reset), next);
    if (floor)
      next = max(next, s(*floor));
    return {{next, select(fired, s(period), max(left - s(1.0), s(0.0)))}, fired};
  }
};

struct TernaryRule {
  LeakyDynamics membrane;
  Firing firing;
  Parameter low;

  TernaryRule(TernaryLIFOp op, double dt) : membrane(op, dt), firing(op), low(op.getVLow()) {}

  Outcome step(Sweep &s, ArrayRef<Number> x, const States &old) const {
    Number v = membrane.update(s, x[0], old[0]);
    Value above = firing.isAbove(s, v, s(firing.threshold)), below = firing.isAbove(s, s(low), v);
    Number next = firing.applyReset(s, above, v, s(firing.threshold));
    next = select(below, firing.applyReset(s, below, v, s(low)), next);
    return {{next}, toCount(s, select(above, s(1.0), select(below, s(-1.0), s(0.0))), 8)};
  }
};

struct KLIFRule {
  LeakyDynamics membrane;
  Firing firing;
  bool scaleReset;
  Parameter k;

  KLIFRule(KLIFOp op, double dt) : membrane(op, dt), firing(op), scaleReset(op.getScaleReset()), k(op.getK()) {}

  Outcome step(Sweep &s, ArrayRef<Number> x, const States &old) const {
    Number f = max(s(k) * membrane.update(s, x[0], old[0]), s(0.0));
    Value fired = firing.isAbove(s, f, s(firing.threshold));
    Number next = f;
    if (firing.rule.getReset() == spk::Reset::to_value)
      next = select(fired, s(firing.reset), scaleReset ? f / s(k) : f);
    else {
      next = firing.applyReset(s, fired, f, s(firing.threshold));
      if (scaleReset)
        next = next / s(k);
    }
    return {{next}, fired};
  }
};
} // namespace

void spk::attachAdaptiveNeurons(MLIRContext &context) {
  ALIFOp::attachInterface<PopulationModel<ALIFOp, ALIFRule>>(context);
  AdLIFOp::attachInterface<PopulationModel<AdLIFOp, AdLIFRule>>(context);
  PLIFOp::attachInterface<PopulationModel<PLIFOp, PLIFRule>>(context);
  RefractoryLIFOp::attachInterface<PopulationModel<RefractoryLIFOp, RefractoryRule>>(context);
  TernaryLIFOp::attachInterface<PopulationModel<TernaryLIFOp, TernaryRule>>(context);
  KLIFOp::attachInterface<PopulationModel<KLIFOp, KLIFRule>>(context);
}
