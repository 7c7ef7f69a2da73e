//===- Neurons.cpp - one sweep over a population --------------------------===//
//
// Each population becomes one linalg.generic that reads the input current and the old states and writes the new states
// and the spikes. Coefficients are computed here in double precision; those that are uniform become scalars.
//
//===----------------------------------------------------------------------===//
#include "dialects/Spk/SpkOps.h"
#include "lowering/MaterializeState/StepLowering.h"
#include "lowering/SpkToLinalg/Coding.h"
#include "lowering/SpkToLinalg/FixedPoint.h"
#include "lowering/SpkToLinalg/Membrane.h"
#include "lowering/SpkToLinalg/Population.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

//===----------------------------------------------------------------------===//
// State updates
//===----------------------------------------------------------------------===//

namespace {
/// The membrane's coefficients that all neuron models need to fire, in the unit of the state.
struct FiringParameters {
  FiringAttr rule;
  Parameter threshold = 0.0, reset = 0.0;
  std::optional<Parameter> floor;
  double maxSpikes = 1;  ///< The largest number of the working precision that is not above max_spikes.
  IntegerType spikeType; ///< Stored type.
};

/// The membrane is the last of the states.
using Update = llvm::function_ref<States(Sweep &, Number x, States)>;
} // namespace

static Value isAbove(Sweep &s, const FiringParameters &firing, Number v) {
  auto predicate = firing.rule.getCompare() == Compare::gt ? arith::CmpFPredicate::OGT : arith::CmpFPredicate::OGE;
  return arith::CmpFOp::create(s.builder(), predicate, v.value, s(firing.threshold).value);
}

/// `v - amount` where `fired`. Most neurons do not fire: where they are computed one by one, that is behind a branch.
static Number subtractWhere(Sweep &s, Value fired, Number v, Number amount) {
  StepBuilder &b = s.builder();
  if (b.machine.lanes > 1)
    return select(fired, v - amount, v);
  auto branch = scf::IfOp::create(
      b, fired, [&](OpBuilder &, Location) { scf::YieldOp::create(b, (v - amount).value); },
      [&](OpBuilder &, Location) { scf::YieldOp::create(b, v.value); });
  return {&b, branch.getResult(0)};
}

/// The membrane potential after a reset, where `fired`.
static Number applyReset(Sweep &s, const FiringParameters &firing, Value fired, Number v) {
  switch (firing.rule.getReset()) {
  case Reset::to_value:
    return select(fired, s(firing.reset), v);
  case Reset::subtract:
    return subtractWhere(s, fired, v, s(firing.threshold));
  case Reset::none:
    return v;
  }
  llvm_unreachable("all resets are handled");
}

/// trunc(v / threshold) for a positive v, at most max_spikes.
static Number countSpikes(Sweep &s, const FiringParameters &firing, Number v, Number threshold) {
  StepBuilder &b = s.builder();
  Number zero = s(0.0), limit = s(firing.maxSpikes);
  Number quotient = v / threshold;
  Number whole{&b, math::FloorOp::create(b, quotient.value)};
  whole = {&b, arith::MinimumFOp::create(b, whole.value, limit.value)};
  Value positive = arith::CmpFOp::create(b, arith::CmpFPredicate::OGT, v.value, zero.value);
  return select(positive, whole, zero);
}

/// How often v fires, and what is left of it.
static std::pair<Number, Number> fireOften(Sweep &s, const FiringParameters &firing, Number v) {
  StepBuilder &b = s.builder();
  Number threshold = s(firing.threshold);
  auto fire = [&](Number v) {
    Number count = countSpikes(s, firing, v, threshold);
    return std::pair(count, firing.rule.getReset() == Reset::subtract ? v - count * threshold : v);
  };
  // Below the threshold the quotient is below one, however it is rounded.
  if (b.machine.lanes > 1)
    return fire(v);
  auto branch = scf::IfOp::create(
      b, isAbove(s, firing, v),
      [&](OpBuilder &, Location) {
        auto [count, rest] = fire(v);
        scf::YieldOp::create(b, ValueRange{count.value, rest.value});
      },
      [&](OpBuilder &, Location) { scf::YieldOp::create(b, ValueRange{s(0.0).value, v.value}); });
  return {{&b, branch.getResult(0)}, {&b, branch.getResult(1)}};
}

/// One step of a spiking neuron: reset, update, comparison and floor in the order of the rule. Returns the new states,
/// and whether it spikes or how often.
static SmallVector<Value> fireStep(Sweep &s, const FiringParameters &firing, Number x, States old, Update update) {
  FiringAttr rule = firing.rule;
  bool isLate = rule.getWhen() != When::same_step || rule.getEmit() == Emit::held;
  Value firedBefore;
  if (isLate) {
    firedBefore = isAbove(s, firing, old.back());
    if (rule.getWhen() == When::next_before) {
      if (rule.getReset() == Reset::to_value && rule.getScope() == Scope::all)
        old.front() = select(firedBefore, s(0.0), old.front());
      old.back() = applyReset(s, firing, firedBefore, old.back());
    }
  }
  States next = update(s, x, old);
  if (rule.getWhen() == When::next_after) {
    next.back() = applyReset(s, firing, firedBefore, next.back());
    if (rule.getReset() == Reset::to_value && rule.getScope() == Scope::all)
      next.front() = select(firedBefore, s(0.0), next.front());
  }

  Value spikes;
  if (rule.getMaxSpikes() > 1) {
    auto [count, rest] = fireOften(s, firing, next.back());
    next.back() = rest;
    spikes = toCount(s, count, firing.spikeType.getWidth());
  } else {
    Number compared =
        rule.getWhen() == When::same_step_held ? applyReset(s, firing, firedBefore, next.back()) : next.back();
    Value fired = rule.getEmit() == Emit::held ? firedBefore : isAbove(s, firing, compared);
    if (s.builder().machine.lanes == 1)
      fired = expectNot(s.builder(), fired);
    if (rule.getWhen() == When::same_step || rule.getWhen() == When::same_step_held) {
      next.back() = applyReset(s, firing, fired, next.back());
      if (rule.getReset() == Reset::to_value && rule.getScope() == Scope::all)
        next.front() = select(fired, s(0.0), next.front());
    }
    spikes = fired;
  }
  if (firing.floor)
    next.back() = max(next.back(), s(*firing.floor));

  SmallVector<Value> results = llvm::map_to_vector(next, [](Number n) { return n.value; });
  results.push_back(spikes);
  return results;
}

namespace {
/// dv/dt = r x
struct PerfectDynamics {
  Parameter gain = 1.0;
  Parameter unit = 1.0; ///< What one step adds for an input of one.

  template <typename NeuronOp>
  PerfectDynamics(NeuronOp op, double dt) {
    if (op.getRAttr())
      unit = Parameter(op.getRAttr()) * dt;
    if (op.getDynamics().getGain() == Gain::per_step)
      gain = unit;
  }
  States update(Sweep &s, Number x, States old) const { return {old[0] + scaled(s, gain, x)}; }
};

/// tau_syn di/dt = -i + w_in x, tau_mem dv/dt = (v_leak - v) + r i
struct CubaDynamics {
  DynamicsAttr rule;
  Parameter inputGain = 1.0, currentGain = 1.0, unit = 1.0;
  Parameter ratioSyn = 0.0, ratioMem = 0.0, decaySyn = 0.0, decayMem = 0.0;
  Parameter leak = 0.0, currentLeak = 0.0, offset = 0.0;
  Parameter transfer = 0.0; ///< K of the exact integrator, times r.

  template <typename NeuronOp>
  CubaDynamics(NeuronOp op, double dt) : rule(op.getDynamics()) {
    if (rule.getIntegrator() == Integrator::discrete) {
      decaySyn = Parameter(op.getDecaySynAttr());
      decayMem = Parameter(op.getDecayMemAttr());
      if (op.getBiasAttr())
        offset = Parameter(op.getBiasAttr());
      return;
    }
    Parameter r(op.getRAttr()), weight(op.getWInAttr()), tauSyn(op.getTauSynAttr()), tauMem(op.getTauMemAttr());
    ratioSyn = Parameter(dt) / tauSyn;
    ratioMem = Parameter(dt) / tauMem;
    unit = weight * ratioSyn * r * ratioMem;
    bool isEuler = rule.getIntegrator() == Integrator::euler || rule.getIntegrator() == Integrator::decay_euler;
    decaySyn = isEuler ? Parameter(1.0) - ratioSyn : exp(Parameter(0.0) - ratioSyn);
    decayMem = isEuler ? Parameter(1.0) - ratioMem : exp(Parameter(0.0) - ratioMem);
    if (rule.getGain() == Gain::continuous) {
      inputGain = weight;
      currentGain = r;
    } else if (rule.getGain() == Gain::per_step) {
      inputGain = weight * ratioSyn;
      currentGain = r * ratioMem;
    }
    leak = Parameter(op.getVLeakAttr());
    if (rule.getScale() == Scale::input)
      leak = leak / unit;
    if (op.getILeakAttr())
      currentLeak = Parameter(op.getILeakAttr());
    offset = (Parameter(1.0) - decayMem) * leak;
    // eb - ea = ea (exp(a - b) - 1), without cancellation where the time constants are nearly equal. Where they are
    // equal, the closed form is 0/0 and its limit is a ea.
    Parameter difference = tauSyn - tauMem;
    Parameter growth = Parameter::combine(Parameter(dt) * difference, tauSyn * tauMem,
                                          [](double x, double y) { return std::expm1(x / y); });
    Parameter regular = tauSyn / difference * decayMem * growth;
    Parameter limit = ratioMem * decayMem;
    transfer = currentGain * Parameter::combine(regular, limit, [](double closed, double otherwise) {
                 return std::isnan(closed) ? otherwise : closed;
               });
  }

  States update(Sweep &s, Number x, States old) const {
    Number i = old[0], v = old[1], kx = scaled(s, inputGain, x);
    switch (rule.getIntegrator()) {
    case Integrator::euler: {
      Number current = i + s(ratioSyn) * ((s(currentLeak) - i) + kx);
      return {current, v + s(ratioMem) * ((s(leak) - v) + scaled(s, currentGain, current))};
    }
    case Integrator::exact: {
      Number excess = i - kx;
      Number target = withOffset(s, scaled(s, currentGain, kx), leak);
      Number potential = target + (v - target) * s(decayMem) + s(transfer) * excess;
      return {kx + excess * s(decaySyn), potential};
    }
    case Integrator::hold: {
      Number current = kx + (i - kx) * s(decaySyn);
      Number target = withOffset(s, scaled(s, currentGain, current), leak);
      return {current, target + (v - target) * s(decayMem)};
    }
    case Integrator::decay_euler:
    case Integrator::decay_exp:
    case Integrator::discrete: {
      Number current = decayStep(s, rule.getOrder(), decaySyn, i, kx);
      Number drive = scaled(s, currentGain, current);
      return {current, withOffset(s, s(decayMem) * v + drive, offset)};
    }
    }
    llvm_unreachable("all integrators are handled");
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

template <typename NeuronOp, typename Dynamics>
static LogicalResult lowerLeaky(NeuronOp op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                                SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) {
  auto type = cast<RankedTensorType>(op.getType());
  bool isMap = type.getRank() == 3;
  RankedTensorType stored = getStoredType(type, isMap);
  Dynamics dynamics(op, b.dt);
  SmallVector<Value> old = llvm::map_to_vector(states, [&](Value state) { return b.flatten(state); });
  Sweep sweep(b, type, isMap);
  SmallVector<Value> next = sweep.build(getSweepInputs(b, inputs[0], type), old, [&](Sweep &s) {
    States current;
    for (unsigned i = 0; i < old.size(); ++i)
      current.push_back(s.state(i));
    States updated = dynamics.update(s, s.input(0), current);
    return llvm::map_to_vector(updated, [](Number n) { return n.value; });
  });
  for (Value value : next)
    newStates.push_back(b.unflatten(value, stored));
  results.push_back({newStates.back(), isMap});
  return success();
}

template <typename NeuronOp, typename Dynamics>
static LogicalResult lowerSpiking(NeuronOp op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                                  SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) {
  auto type = cast<RankedTensorType>(op.getInput().getType());
  bool isMap = type.getRank() == 3;
  RankedTensorType stored = getStoredType(type, isMap);
  Dynamics dynamics(op, b.dt);
  FiringParameters firing;
  firing.rule = op.getFiring();
  firing.spikeType = cast<IntegerType>(getStoredElementType(op.getType().getElementType()));
  firing.maxSpikes = double(firing.rule.getMaxSpikes());
  if (stored.getElementType().isF32() && double(float(firing.maxSpikes)) > firing.maxSpikes)
    firing.maxSpikes = std::nextafter(float(firing.maxSpikes), 0.0f);
  Parameter unit = op.getDynamics().getScale() == Scale::input ? dynamics.unit : Parameter(1.0);
  firing.threshold = Parameter(op.getVThreshold()) / unit;
  if (op.getVResetAttr())
    firing.reset = Parameter(op.getVResetAttr()) / unit;
  if (op.getVMinAttr())
    firing.floor = Parameter(op.getVMinAttr()) / unit;

  SmallVector<Value> outputs = llvm::map_to_vector(states, [&](Value state) { return b.flatten(state); });
  unsigned numStates = outputs.size();
  Sweep sweep(b, type, isMap);
  auto body = [&](Sweep &s) {
    States old;
    for (unsigned i = 0; i < numStates; ++i)
      old.push_back(s.state(i));
    return fireStep(s, firing, s.input(0), old,
                    [&](Sweep &s, Number x, States current) { return dynamics.update(s, x, current); });
  };
  SmallVector<Value> currents = getSweepInputs(b, inputs[0], type);
  auto spikeType = cast<RankedTensorType>(op.getType());
  for (Value value : sweep.buildSpiking(currents, outputs, spikeType, body, results.emplace_back()))
    newStates.push_back(b.unflatten(value, stored));
  return success();
}

namespace {
template <typename NeuronOp, typename Dynamics>
struct LeakyModel : StepLoweringOpInterface::ExternalModel<LeakyModel<NeuronOp, Dynamics>, NeuronOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    return lowerLeaky<NeuronOp, Dynamics>(cast<NeuronOp>(op), b, inputs, states, results, newStates);
  }
};

template <typename NeuronOp, typename Dynamics>
struct SpikingModel : StepLoweringOpInterface::ExternalModel<SpikingModel<NeuronOp, Dynamics>, NeuronOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value> states,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &newStates) const {
    return lowerSpiking<NeuronOp, Dynamics>(cast<NeuronOp>(op), b, inputs, states, results, newStates);
  }
  bool readsStoredStates(Operation *) const { return true; }
};

struct ThresholdModel : StepLoweringOpInterface::ExternalModel<ThresholdModel, ThresholdOp> {
  LogicalResult lowerStep(Operation *op, StepBuilder &b, ArrayRef<StepSignal> inputs, ArrayRef<Value>,
                          SmallVectorImpl<StepSignal> &results, SmallVectorImpl<Value> &) const {
    auto threshold = cast<ThresholdOp>(op);
    auto type = cast<RankedTensorType>(threshold.getInput().getType());
    bool channelsLast = inputs[0].channelsLast;
    Parameter level(threshold.getVThreshold());
    auto predicate = threshold.getCompare() == Compare::gt ? arith::CmpFPredicate::OGT : arith::CmpFPredicate::OGE;
    // Readers of bits take feature maps to be channels last.
    if (type.getRank() == 3 && !channelsLast)
      b.wanted = SpikeForms();
    Sweep sweep(b, type, channelsLast);
    auto body = [&](Sweep &s) -> SmallVector<Value> {
      return {arith::CmpFOp::create(s.builder(), predicate, s.input(0).value, s(level).value)};
    };
    sweep.buildSpiking(b.flatten(inputs[0].value), {}, threshold.getType(), body, results.emplace_back());
    return success();
  }
};
} // namespace

void lle::registerSpkStepLowerings(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, SpkDialect *) {
    attachFixedPointLowerings(context);
    attachQ15Lowering(context);
    attachFixedModelLowerings(context);
    ThresholdOp::attachInterface<ThresholdModel>(*context);
    IntegratorOp::attachInterface<LeakyModel<IntegratorOp, PerfectDynamics>>(*context);
    IFOp::attachInterface<SpikingModel<IFOp, PerfectDynamics>>(*context);
    LIOp::attachInterface<LeakyModel<LIOp, LeakyDynamics>>(*context);
    LIFOp::attachInterface<SpikingModel<LIFOp, LeakyDynamics>>(*context);
    CubaLIOp::attachInterface<LeakyModel<CubaLIOp, CubaDynamics>>(*context);
    CubaLIFOp::attachInterface<SpikingModel<CubaLIFOp, CubaDynamics>>(*context);
    attachEncoderLowerings(context);
    attachDecoderLowerings(context);
    attachAttentionLowering(context);
    attachAdaptiveNeurons(*context);
    attachFewSpikeNeurons(*context);
    attachGatedNeurons(*context);
    attachGradedNeurons(*context);
    attachOdeNeuron(*context);
    attachResonators(*context);
  });
}
