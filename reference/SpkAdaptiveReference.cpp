//===- SpkAdaptiveReference.cpp - neurons with the membrane of spk.lif ----===//
#include "reference/SpkMembrane.h"
#include "reference/SpkModels.h"

#include "dialects/Spk/SpkModels.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

namespace {
template <typename T>
Array<T> toArray(const Coefficient &coefficient) {
  return coefficient.cast<T>();
}

/// What is left of a filter's state after a step of the dynamics' kind.
template <typename Op>
Coefficient getFactor(Op op, ElementsAttr tau, ElementsAttr decay, double dt) {
  switch (op.getDynamics().getIntegrator()) {
  case Integrator::discrete:
    return readParameter(decay);
  case Integrator::euler:
  case Integrator::decay_euler:
    return 1 - dt / readParameter(tau);
  case Integrator::exact:
  case Integrator::hold:
  case Integrator::decay_exp:
    return preciseExp(-dt / readParameter(tau));
  }
  llvm_unreachable("all integrators are handled");
}

/// The comparison and the reset of one step; spikes are 0 and 1.
template <typename T>
struct PlainFiring {
  FiringAttr rule;
  Array<T> threshold, resetValue;

  template <typename Op>
  explicit PlainFiring(Op op)
      : rule(op.getFiring()), threshold(toArray<T>(readParameter(op.getVThreshold()))),
        resetValue(toArray<T>(readParameter(op, op.getVResetAttr(), 0))) {}

  Array<T> compare(const Array<T> &v, const Array<T> &level) const {
    return compareWithThreshold(rule.getCompare(), v, level);
  }
  Array<T> reset(const Array<T> &v, const Array<T> &spikes, const Array<T> &level) const {
    if (rule.getReset() == spk::Reset::to_value)
      return (spikes > 0).select(resetValue, v);
    if (rule.getReset() == spk::Reset::subtract)
      return v - spikes * level;
    return v;
  }
};

template <typename T>
class ALIFEvaluation : public PopulationEvaluation<T> {
public:
  ALIFEvaluation(ALIFOp op, double dt)
      : membrane(op, dt), firing(op), adapt(op.getAdapt()),
        p(toArray<T>(getFactor(op, op.getTauBAttr(), op.getDecayBAttr(), dt))),
        beta(toArray<T>(readParameter(op.getBeta()))), jump(toArray<T>(readParameter(op.getJump()))) {
    if (op.getRJumpAttr()) {
      q = toArray<T>(getFactor(op, op.getTauRAttr(), op.getDecayRAttr(), dt));
      jumpR = toArray<T>(readParameter(op.getRJumpAttr()));
    }
    if (op.getVMinAttr())
      floor = toArray<T>(readParameter(op.getVMinAttr()));
  }

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    membrane.advance(states.take_front(1), *operands[0]);
    Array<T> &v = states[0], &b = states[1];
    Array<T> c = adapt == AdaptTime::before ? Array<T>(p * b) : b;
    Array<T> level = firing.threshold + beta * c, compared = v;
    Array<T> held;
    if (q.size() != 0) {
      held = adapt == AdaptTime::before ? Array<T>(q * states[2]) : states[2];
      compared = v - held;
    }
    Array<T> z = firing.compare(compared, level);
    v = firing.reset(v, z, level);
    b = (adapt == AdaptTime::before ? c : Array<T>(p * b)) + jump * z;
    if (q.size() != 0)
      states[2] = (adapt == AdaptTime::before ? held : Array<T>(q * states[2])) + jumpR * level * z;
    if (floor.size() != 0)
      v = v.max(floor);
    return z;
  }

private:
  MembraneDynamics<T> membrane;
  PlainFiring<T> firing;
  AdaptTime adapt;
  Array<T> p, beta, jump, q, jumpR, floor;
};

template <typename T>
class AdLIFEvaluation : public PopulationEvaluation<T> {
public:
  AdLIFEvaluation(AdLIFOp op, double dt) : membrane(op, dt), firing(op), couple(op.getCouple()) {
    Coefficient factor = getFactor(op, op.getTauWAttr(), op.getDecayWAttr(), dt), a = readParameter(op.getA());
    p = toArray<T>(factor);
    g = toArray<T>(op.isDiscrete() ? a : Coefficient((1 - factor) * a));
    jump = toArray<T>(readParameter(op.getJump()));
    rest = toArray<T>(readParameter(op, op.getVRestAttr(), 0));
  }

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    Array<T> &v = states[0], &w = states[1], before = w;
    if (couple != Coupling::v_first)
      w = p * w + g * (v - rest);
    Array<T> drive = *operands[0] - (couple == Coupling::w_first ? w : before);
    membrane.advance(states.take_front(1), drive);
    Array<T> z = firing.compare(v, firing.threshold);
    v = firing.reset(v, z, firing.threshold);
    if (couple == Coupling::v_first)
      w = p * before + g * (v - rest);
    w = w + jump * z;
    return z;
  }

private:
  MembraneDynamics<T> membrane;
  PlainFiring<T> firing;
  Coupling couple;
  Array<T> p, g, jump, rest;
};

template <typename T>
class PLIFEvaluation : public PopulationEvaluation<T> {
public:
  PLIFEvaluation(PLIFOp op, double) : firing(op), decayInput(op.getDecayInput()) {
    Coefficient s = 1 / (1 + preciseExp(-readParameter(op.getW()))), leak = readParameter(op.getVLeak());
    rate = toArray<T>(s);
    decay = toArray<T>(1 - s);
    rest = toArray<T>(leak);
    offset = toArray<T>((1 - (1 - s)) * leak);
  }

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    Array<T> &v = states[0];
    const Array<T> &x = *operands[0];
    if (decayInput)
      v = v + rate * ((rest - v) + x);
    else
      v = decay * v + x + offset;
    Array<T> z = firing.compare(v, firing.threshold);
    v = firing.reset(v, z, firing.threshold);
    return z;
  }

private:
  PlainFiring<T> firing;
  bool decayInput;
  Array<T> rate, decay, rest, offset;
};

template <typename T>
class RefractoryEvaluation : public PopulationEvaluation<T> {
public:
  RefractoryEvaluation(RefractoryLIFOp op, double dt) : membrane(op, dt), firing(op), kind(op.getRefractory()) {
    Coefficient n = readParameter(op.getPeriod());
    if (op.getUnit() == TimeUnit::seconds)
      n = (n / dt).round();
    period = toArray<T>(n);
    if (op.getVMinAttr())
      floor = toArray<T>(readParameter(op.getVMinAttr()));
  }

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    Array<T> &v = states[0], &left = states[1], before = v;
    Array<T> m = (left > 0).template cast<T>(), x = *operands[0];
    if (kind == Refractory::mask_input)
      x = (m > 0).select(T(0), x);
    membrane.advance(states.take_front(1), x);
    Array<T> z = firing.compare(v, firing.threshold);
    if (kind != Refractory::mask_input)
      z = z * (1 - m);
    v = firing.reset(v, z, firing.threshold);
    if (kind == Refractory::hold)
      v = (m > 0).select(before, v);
    if (kind == Refractory::clamp)
      v = (m > 0).select(firing.resetValue, v);
    left = (z > 0).select(period, (left - 1).max(T(0)));
    if (floor.size() != 0)
      v = v.max(floor);
    return z;
  }

private:
  MembraneDynamics<T> membrane;
  PlainFiring<T> firing;
  Refractory kind;
  Array<T> period, floor;
};

template <typename T>
class TernaryEvaluation : public PopulationEvaluation<T> {
public:
  TernaryEvaluation(TernaryLIFOp op, double dt)
      : membrane(op, dt), firing(op), low(toArray<T>(readParameter(op.getVLow()))) {}

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    Array<T> &v = states[0];
    membrane.advance(states, *operands[0]);
    Array<T> up = firing.compare(v, firing.threshold), down = firing.compare(low, v);
    v = firing.reset(v, up, firing.threshold);
    v = firing.reset(v, down, low);
    return up - down;
  }

private:
  MembraneDynamics<T> membrane;
  PlainFiring<T> firing;
  Array<T> low;
};

template <typename T>
class KLIFEvaluation : public PopulationEvaluation<T> {
public:
  KLIFEvaluation(KLIFOp op, double dt)
      : membrane(op, dt), firing(op), scaleReset(op.getScaleReset()), k(toArray<T>(readParameter(op.getK()))) {}

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    Array<T> &v = states[0];
    membrane.advance(states, *operands[0]);
    Array<T> f = (k * v).max(T(0)), z = firing.compare(f, firing.threshold);
    bool toValue = firing.rule.getReset() == spk::Reset::to_value;
    v = toValue ? f : firing.reset(f, z, firing.threshold);
    if (scaleReset)
      v = v / k;
    if (toValue)
      v = firing.reset(v, z, firing.threshold);
    return z;
  }

private:
  MembraneDynamics<T> membrane;
  PlainFiring<T> firing;
  bool scaleReset;
  Array<T> k;
};
} // namespace

void spk::attachAdaptiveReferences(MLIRContext &context) {
  ALIFOp::attachInterface<ReferenceModel<ALIFOp, ALIFEvaluation>>(context);
  AdLIFOp::attachInterface<ReferenceModel<AdLIFOp, AdLIFEvaluation>>(context);
  PLIFOp::attachInterface<ReferenceModel<PLIFOp, PLIFEvaluation>>(context);
  RefractoryLIFOp::attachInterface<ReferenceModel<RefractoryLIFOp, RefractoryEvaluation>>(context);
  TernaryLIFOp::attachInterface<ReferenceModel<TernaryLIFOp, TernaryEvaluation>>(context);
  KLIFOp::attachInterface<ReferenceModel<KLIFOp, KLIFEvaluation>>(context);
}
