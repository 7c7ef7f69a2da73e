//===- Membrane.h - the leaky membrane in the code of a sweep ---*- C++ -*-===//
#ifndef LLE_LOWERING_SPKTOLINALG_MEMBRANE_H
#define LLE_LOWERING_SPKTOLINALG_MEMBRANE_H

#include "dialects/Spk/SpkOps.h"
#include "lowering/SpkToLinalg/Sweep.h"

namespace lle::spk {

/// States of a neuron in the order of its declaration.
using States = llvm::SmallVector<Number>;

/// `k x` where k is not one.
inline Number scaled(Sweep &s, const Parameter &factor, Number x) { return factor.isAll(1) ? x : s(factor) * x; }

/// What one step adds to a leaky state besides decay and input: `(1 - decay) * rest`, or a given bias.
inline Number withOffset(Sweep &s, Number sum, const Parameter &offset) {
  return offset.isAll(0) ? sum : sum + s(offset);
}

/// Decay and input in the order of the rule.
inline Number decayStep(Sweep &s, Order order, const Parameter &decay, Number state, Number input) {
  if (order == Order::input_first)
    return s(decay) * (state + input);
  return s(decay) * state + input;
}

/// tau dv/dt = (v_leak - v) + r x
struct LeakyDynamics {
  DynamicsAttr rule;
  Parameter gain = 1.0, unit = 1.0, ratio = 0.0, decay = 0.0, leak = 0.0, offset = 0.0;

  template <typename NeuronOp>
  LeakyDynamics(NeuronOp op, double dt) : rule(op.getDynamics()) {
    if (rule.getIntegrator() == Integrator::discrete) {
      decay = Parameter(op.getDecayAttr());
      if (op.getBiasAttr())
        offset = Parameter(op.getBiasAttr());
      return;
    }
    Parameter r(op.getRAttr());
    ratio = Parameter(dt) / Parameter(op.getTauAttr());
    unit = r * ratio;
    decay = rule.getIntegrator() == Integrator::decay_euler || rule.getIntegrator() == Integrator::euler
                ? Parameter(1.0) - ratio
                : exp(Parameter(0.0) - ratio);
    gain = rule.getGain() == Gain::unit ? Parameter(1.0) : rule.getGain() == Gain::continuous ? r : unit;
    leak = Parameter(op.getVLeakAttr());
    if (rule.getScale() == Scale::input)
      leak = leak / unit;
    offset = (Parameter(1.0) - decay) * leak;
  }

  Number update(Sweep &s, Number x, Number v) const {
    Number kx = scaled(s, gain, x);
    switch (rule.getIntegrator()) {
    case Integrator::euler:
      return v + s(ratio) * ((s(leak) - v) + kx);
    case Integrator::exact:
    case Integrator::hold: {
      Number target = withOffset(s, kx, leak);
      return target + (v - target) * s(decay);
    }
    case Integrator::decay_euler:
    case Integrator::decay_exp:
    case Integrator::discrete:
      return withOffset(s, decayStep(s, rule.getOrder(), decay, v, kx), offset);
    }
    llvm_unreachable("all integrators are handled");
  }
  States update(Sweep &s, Number x, States old) const { return {update(s, x, old[0])}; }
};

} // namespace lle::spk

#endif
