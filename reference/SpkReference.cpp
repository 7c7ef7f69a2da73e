//===- SpkReference.cpp - spiking neurons ---------------------------------===//
#include "reference/SpkMembrane.h"
#include "reference/SpkModels.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

namespace {

/// i and v of spk.cuba_li and spk.cuba_lif.
template <typename T>
class CurrentDynamics : public Dynamics<T> {
public:
  template <typename Op>
  CurrentDynamics(Op op, double dt) : integrator(op.getDynamics().getIntegrator()), order(op.getDynamics().getOrder()) {
    auto set = [](Array<T> &coefficient, const Coefficient &value) { coefficient = value.cast<T>(); };
    Coefficient ones = readParameter(op, {}, 1);
    if (integrator == Integrator::discrete) {
      set(decaySyn, readParameter(op.getDecaySynAttr()));
      set(decayMem, readParameter(op.getDecayMemAttr()));
      set(k, ones);
      set(g, ones);
      set(offset, readParameter(op, op.getBiasAttr(), 0));
      return;
    }
    Coefficient tauSyn = readParameter(op.getTauSynAttr()), tauMem = readParameter(op.getTauMemAttr());
    Coefficient b = dt / tauSyn, a = dt / tauMem;
    Coefficient leak = readParameter(op.getVLeakAttr()) / getUnit(op, dt);
    bool isEuler = integrator == Integrator::euler || integrator == Integrator::decay_euler;
    Coefficient c = isEuler ? Coefficient(1 - b) : preciseExp(-b);
    Coefficient d = isEuler ? Coefficient(1 - a) : preciseExp(-a);
    Coefficient inputGain = ones, currentGain = ones;
    switch (op.getDynamics().getGain()) {
    case Gain::unit:
      break;
    case Gain::continuous:
      inputGain = readParameter(op.getWInAttr());
      currentGain = readParameter(op.getRAttr());
      break;
    case Gain::per_step:
      inputGain = readParameter(op.getWInAttr()) * b;
      currentGain = readParameter(op.getRAttr()) * a;
      break;
    }
    set(rateSyn, b);
    set(rateMem, a);
    set(decaySyn, c);
    set(decayMem, d);
    set(restSyn, readParameter(op, op.getILeakAttr(), 0));
    set(restMem, leak);
    set(k, inputGain);
    set(g, currentGain);
    set(offset, (1 - d) * leak);
    if (integrator == Integrator::exact) {
      // K = tau_syn / (tau_syn - tau_mem) (eb - ea), without cancellation where the two are nearly
      // equal.
      Coefficient difference = tauSyn - tauMem;
      Coefficient grown = (dt * difference / (tauSyn * tauMem)).unaryExpr([](double t) { return std::expm1(t); });
      Coefficient response = (difference == 0).select(a * d, tauSyn / difference * d * grown);
      set(transient, currentGain * response);
    }
  }

  void advance(MutableStates<T> states, const Array<T> &x) const override {
    Array<T> &i = states[0], &v = states[1];
    switch (integrator) {
    case Integrator::euler:
      i = i + rateSyn * ((restSyn - i) + k * x);
      v = v + rateMem * ((restMem - v) + g * i);
      return;
    case Integrator::exact: {
      Array<T> j = k * x, excess = i - j, w = restMem + g * j;
      i = j + excess * decaySyn;
      v = w + (v - w) * decayMem + excess * transient;
      return;
    }
    case Integrator::hold: {
      Array<T> j = k * x;
      i = j + (i - j) * decaySyn;
      Array<T> w = restMem + g * i;
      v = w + (v - w) * decayMem;
      return;
    }
    case Integrator::decay_euler:
    case Integrator::decay_exp:
    case Integrator::discrete:
      if (order == Order::decay_first)
        i = decaySyn * i + k * x;
      else
        i = decaySyn * (i + k * x);
      v = decayMem * v + g * i + offset;
      return;
    }
  }

private:
  Integrator integrator;
  Order order;
  Array<T> rateSyn, rateMem, decaySyn, decayMem, restSyn, restMem, k, g, offset, transient;
};

//===----------------------------------------------------------------------===//
// Firing: the comparison with the threshold and the reset
//===----------------------------------------------------------------------===//

template <typename T>
class Firing {
public:
  template <typename Op>
  Firing(Op op, double dt) : rule(op.getFiring()), maxSpikes(T(rule.getMaxSpikes())) {
    // The largest number of the working precision that is not above the limit.
    if (double(maxSpikes) > double(rule.getMaxSpikes()))
      maxSpikes = std::nextafter(maxSpikes, T(0));
    Coefficient unit = getUnit(op, dt);
    auto read = [&](ElementsAttr parameter) -> Array<T> {
      return parameter ? Coefficient(readParameter(parameter) / unit).cast<T>() : Array<T>();
    };
    threshold = read(op.getVThreshold());
    resetValue = read(op.getVResetAttr());
    floor = read(op.getVMinAttr());
  }

  /// Advances the states and gives the spikes.
  Array<T> step(const Dynamics<T> &dynamics, MutableStates<T> states, const Array<T> &x) const {
    Array<T> &v = states.back();
    Array<T> held = getSpikes(v);
    if (rule.getWhen() == When::next_before)
      reset(states, held);
    dynamics.advance(states, x);
    if (rule.getWhen() == When::next_after)
      reset(states, held);
    Array<T> spikes = rule.getWhen() == When::same_step_held ? getSpikes(v - held * threshold) : getSpikes(v);
    if (rule.getWhen() == When::same_step || rule.getWhen() == When::same_step_held)
      reset(states, spikes);
    if (floor.size() != 0)
      v = v.max(floor);
    return spikes;
  }

  bool emitsHeld() const { return rule.getEmit() == Emit::held; }

  Array<T> getSpikes(const Array<T> &v) const {
    if (rule.getMaxSpikes() == 1)
      return compareWithThreshold(rule.getCompare(), v, threshold);
    // Thresholds are positive: truncation is the floor, but for negative potentials, which give
    // none.
    return (v / threshold).floor().max(T(0)).min(maxSpikes);
  }

private:
  void reset(MutableStates<T> states, const Array<T> &spikes) const {
    Array<T> &v = states.back();
    switch (rule.getReset()) {
    case spk::Reset::none:
      return;
    case spk::Reset::subtract:
      v = v - spikes * threshold;
      return;
    case spk::Reset::to_value:
      v = (spikes > 0).select(resetValue, v);
      if (rule.getScope() == Scope::all)
        states.front() = (spikes > 0).select(T(0), states.front());
      return;
    }
  }

  FiringAttr rule;
  T maxSpikes;
  Array<T> threshold, resetValue, floor;
};

//===----------------------------------------------------------------------===//
// Neurons
//===----------------------------------------------------------------------===//

/// Without a threshold: the result is the membrane potential.
template <typename T, template <typename> class OpDynamics>
class LeakyEvaluation : public StepEvaluation<T> {
public:
  template <typename Op>
  LeakyEvaluation(Op op, double dt) : dynamics(op, dt) {}

  void emit(Operands<T> operands, States<T> states, Results<T> results) const override {
    SmallVector<Array<T>> next(states);
    dynamics.advance(next, *operands[0]);
    results[0] = next.back();
  }
  void update(Operands<T> operands, MutableStates<T> states) const override { dynamics.advance(states, *operands[0]); }

private:
  OpDynamics<T> dynamics;
};

template <typename T, template <typename> class OpDynamics>
class SpikingEvaluation : public StepEvaluation<T> {
public:
  template <typename Op>
  SpikingEvaluation(Op op, double dt) : dynamics(op, dt), firing(op, dt) {}

  void emit(Operands<T> operands, States<T> states, Results<T> results) const override {
    if (firing.emitsHeld()) {
      results[0] = firing.getSpikes(states.back());
      return;
    }
    SmallVector<Array<T>> next(states);
    results[0] = firing.step(dynamics, next, *operands[0]);
  }
  void update(Operands<T> operands, MutableStates<T> states) const override {
    firing.step(dynamics, states, *operands[0]);
  }

private:
  OpDynamics<T> dynamics;
  Firing<T> firing;
};

template <typename T>
class ThresholdEvaluation : public StepEvaluation<T> {
public:
  ThresholdEvaluation(ThresholdOp op, double)
      : compare(op.getCompare()), threshold(readParameter(op.getVThreshold()).template cast<T>()) {}
  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    results[0] = compareWithThreshold(compare, *operands[0], threshold);
  }

private:
  Compare compare;
  Array<T> threshold;
};

template <typename T>
using LeakyMembrane = LeakyEvaluation<T, MembraneDynamics>;
template <typename T>
using SpikingMembrane = SpikingEvaluation<T, MembraneDynamics>;
template <typename T>
using LeakyCurrent = LeakyEvaluation<T, CurrentDynamics>;
template <typename T>
using SpikingCurrent = SpikingEvaluation<T, CurrentDynamics>;
} // namespace

void lle::attachSpkReferenceModels(MLIRContext &context) {
  attachFixedPointReferenceModels(context);
  attachQ15ReferenceModel(context);
  ThresholdOp::attachInterface<ReferenceModel<ThresholdOp, ThresholdEvaluation>>(context);
  IntegratorOp::attachInterface<ReferenceModel<IntegratorOp, LeakyMembrane>>(context);
  IFOp::attachInterface<ReferenceModel<IFOp, SpikingMembrane>>(context);
  LIOp::attachInterface<ReferenceModel<LIOp, LeakyMembrane>>(context);
  LIFOp::attachInterface<ReferenceModel<LIFOp, SpikingMembrane>>(context);
  CubaLIOp::attachInterface<ReferenceModel<CubaLIOp, LeakyCurrent>>(context);
  CubaLIFOp::attachInterface<ReferenceModel<CubaLIFOp, SpikingCurrent>>(context);
  attachCodingReferenceModels(context);
  attachAdaptiveReferences(context);
  attachFewSpikeReferences(context);
  attachFixedModelReferences(context);
  attachGatedReferences(context);
  attachGradedReferences(context);
  attachOdeReference(context);
  attachResonatorReferences(context);
}
