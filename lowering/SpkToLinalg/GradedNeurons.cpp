//===- GradedNeurons.cpp - spikes that carry numbers ----------------------===//
#include "dialects/Spk/Population.h"
#include "dialects/Spk/SpkModels.h"
#include "lowering/SpkToLinalg/Population.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include <cmath>

using namespace mlir;
using namespace lle;
using namespace lle::spk;

static Number roundToEven(Number x) { return {x.b, math::RoundEvenOp::create(*x.b, x.value)}; }
static Number absolute(Number x) { return {x.b, math::AbsFOp::create(*x.b, x.value)}; }

/// The largest number of the element type that is not above a limit.
static double fitBelow(double limit, Type element) {
  if (element.isF32() && double(float(limit)) > limit)
    return std::nextafter(float(limit), 0.0f);
  return limit;
}

namespace {
struct ILIFRule {
  LeakyDynamics membrane;
  Parameter threshold;
  double maxSpikes;
  unsigned bits;

  ILIFRule(ILIFOp op, double dt)
      : membrane(op, dt), threshold(op.getVThreshold()), maxSpikes(double(op.getMaxSpikes())),
        bits(op.getType().getElementTypeBitWidth()) {}

  Outcome step(Sweep &s, ArrayRef<Number> x, const States &old) const {
    Number v = membrane.update(s, x[0], old[0]), level = s(threshold);
    Number spikes = roundToEven(min(max(v / level, s(0.0)), s(maxSpikes)));
    return {{v - spikes * level}, toCount(s, spikes, bits)};
  }
};

struct STBIFRule {
  Parameter threshold, lowest, highest;

  STBIFRule(STBIFOp op, double) : threshold(op.getVThreshold()), lowest(op.getNMin()), highest(op.getNMax()) {}

  Outcome step(Sweep &s, ArrayRef<Number> x, const States &old) const {
    Number charge = old[0] + x[0] / s(threshold), sent = old[1];
    Value up = bothOf(s, isAbove(s, Compare::ge, charge, s(1.0)), isAbove(s, Compare::gt, s(highest), sent));
    Value down = bothOf(s, isAbove(s, Compare::gt, s(0.0), charge), isAbove(s, Compare::gt, sent, s(lowest)));
    Number spike = select(up, s(1.0), select(down, s(-1.0), s(0.0)));
    return {{charge - spike, sent + spike}, toCount(s, spike, 8)};
  }
};

/// Sends the change of its argument. The states are act, residue and, where errors accumulate, error.
struct GradedDeltaCoder {
  Compare compare;
  Parameter threshold;
  std::optional<Parameter> step;
  bool accumulates;
  unsigned bits;
  double lowest, highest;

  template <typename Op>
  explicit GradedDeltaCoder(Op op)
      : compare(op.getCompare()), threshold(op.getVThreshold()), accumulates(op.getCumError()),
        bits(op.getType().getElementTypeBitWidth()) {
    if (!op.getStepAttr())
      return;
    step = Parameter(op.getStepAttr());
    double limit = double(getSpikeLimit(op.getType().getElementType()));
    lowest = -limit - 1;
    highest = fitBelow(limit, op.getInput().getType().getElementType());
  }

  Outcome encode(Sweep &s, Number act, ArrayRef<Number> old) const {
    Number change = (act - old[0]) + old[1], error = accumulates ? old[2] + change : change;
    Value fired = isAbove(s, compare, absolute(error), s(threshold));
    Number sent = select(fired, change, s(0.0));
    Value result = sent.value;
    if (step) {
      Number whole = max(min(roundToEven(change / s(*step)), s(highest)), s(lowest));
      whole = select(fired, whole, s(0.0));
      sent = whole * s(*step);
      result = toCount(s, whole, bits);
    }
    States states{act, change - sent};
    if (accumulates) {
      Value isSent = arith::CmpFOp::create(s.builder(), arith::CmpFPredicate::UNE, sent.value, s(0.0).value);
      states.push_back(select(isSent, s(0.0), error));
    }
    return {states, result};
  }
};

struct DeltaRule {
  GradedDeltaCoder coder;

  DeltaRule(DeltaOp op, double) : coder(op) {}
  Outcome step(Sweep &s, ArrayRef<Number> x, const States &old) const { return coder.encode(s, x[0], old); }
};

struct SigmaDeltaRule {
  GradedDeltaCoder coder;
  Activation activation;
  Parameter bias = 0.0;

  SigmaDeltaRule(SigmaDeltaOp op, double) : coder(op), activation(op.getActivation()) {
    if (op.getBiasAttr())
      bias = Parameter(op.getBiasAttr());
  }

  Outcome step(Sweep &s, ArrayRef<Number> x, const States &old) const {
    Number sigma = old[0] + x[0], act = withOffset(s, sigma, bias);
    if (activation == Activation::relu)
      act = max(act, s(0.0));
    Outcome outcome = coder.encode(s, act, ArrayRef<Number>(old).drop_front());
    outcome.states.insert(outcome.states.begin(), sigma);
    return outcome;
  }
};
} // namespace

void spk::attachGradedNeurons(MLIRContext &context) {
  ILIFOp::attachInterface<PopulationModel<ILIFOp, ILIFRule>>(context);
  STBIFOp::attachInterface<PopulationModel<STBIFOp, STBIFRule>>(context);
  DeltaOp::attachInterface<PopulationModel<DeltaOp, DeltaRule>>(context);
  SigmaDeltaOp::attachInterface<PopulationModel<SigmaDeltaOp, SigmaDeltaRule>>(context);
}
