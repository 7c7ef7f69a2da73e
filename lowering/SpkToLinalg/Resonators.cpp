//===- Resonators.cpp - neurons that turn, neurons that filter ------------===//
#include "dialects/Spk/SpkModels.h"
#include "lowering/SpkToLinalg/Population.h"

#include <cmath>

using namespace mlir;
using namespace lle;
using namespace lle::spk;

namespace {
struct RFRule {
  Compare compare;
  bool isPhase, hasImaginary;
  Parameter cosine = 0.0, sine = 0.0, threshold, reset = 0.0;

  RFRule(RFOp op, double dt)
      : compare(op.getCompare()), isPhase(op.getResonator() == Resonator::phase), hasImaginary(bool(op.getImaginary())),
        threshold(op.getVThreshold()) {
    if (op.getVResetAttr())
      reset = Parameter(op.getVResetAttr());
    if (op.isDiscrete()) {
      cosine = Parameter(op.getDecayCosAttr());
      sine = Parameter(op.getDecaySinAttr());
      return;
    }
    Parameter decay = exp(Parameter(-dt) / Parameter(op.getTauAttr()));
    Parameter angle = Parameter(2 * M_PI * dt) * Parameter(op.getFrequencyAttr());
    cosine = Parameter::combine(decay, angle, [](double d, double a) { return d * std::cos(a); });
    sine = Parameter::combine(decay, angle, [](double d, double a) { return d * std::sin(a); });
  }

  Outcome step(Sweep &s, ArrayRef<Number> x, const States &old) const {
    Number re = (s(cosine) * old[0] - s(sine) * old[1]) + x[0];
    Number im = s(sine) * old[0] + s(cosine) * old[1];
    if (hasImaginary)
      im = im + x[1];
    if (isPhase) {
      Value fired = bothOf(s, isAbove(s, compare, re, s(threshold)), isAbove(s, Compare::ge, im, s(0.0)));
      fired = bothOf(s, fired, isAbove(s, Compare::gt, s(0.0), old[1]));
      return {{re, im}, fired};
    }
    Value fired = isAbove(s, compare, im, s(threshold));
    return {{select(fired, s(0.0), re), select(fired, s(reset), im)}, fired};
  }
};

struct SlidingPSNRule {
  Compare compare;
  Parameter threshold;
  SmallVector<double> weights;

  SlidingPSNRule(SlidingPSNOp op, double) : compare(op.getCompare()), threshold(op.getVThreshold()) {
    weights = getDoubles(op.getWeights());
    if (op.getWeights().isSplat())
      weights.assign(op.getWeights().getNumElements(), weights.front());
  }

  Outcome step(Sweep &s, ArrayRef<Number> x, const States &old) const {
    // The states are the inputs of the last steps, the latest first; the weights are those of the oldest first.
    States line{x[0]};
    llvm::append_range(line, old);
    Number sum = s(weights.front()) * line.back();
    for (size_t i = 1; i < weights.size(); ++i)
      sum = sum + s(weights[i]) * line[weights.size() - 1 - i];
    Value fired = isAbove(s, compare, sum, s(threshold));
    line.pop_back();
    return {line, fired};
  }
};
} // namespace

void spk::attachResonators(MLIRContext &context) {
  RFOp::attachInterface<PopulationModel<RFOp, RFRule>>(context);
  SlidingPSNOp::attachInterface<PopulationModel<SlidingPSNOp, SlidingPSNRule>>(context);
}
