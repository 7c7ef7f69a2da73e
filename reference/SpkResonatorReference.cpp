//===- SpkResonatorReference.cpp - neurons that turn, neurons that filter -===//
#include "reference/SpkMembrane.h"
#include "reference/SpkModels.h"

#include "dialects/Spk/SpkModels.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

namespace {
template <typename T>
class RFEvaluation : public PopulationEvaluation<T> {
public:
  RFEvaluation(RFOp op, double dt)
      : compare(op.getCompare()), resonator(op.getResonator()),
        threshold(readParameter(op.getVThreshold()).template cast<T>()),
        resetValue(readParameter(op, op.getVResetAttr(), 0).template cast<T>()) {
    Coefficient cosine, sine;
    if (op.isDiscrete()) {
      cosine = readParameter(op.getDecayCosAttr());
      sine = readParameter(op.getDecaySinAttr());
    } else {
      Coefficient decay = preciseExp(-dt / readParameter(op.getTauAttr()));
      Coefficient angle = 2 * M_PI * dt * readParameter(op.getFrequencyAttr());
      cosine = decay * angle.unaryExpr([](double a) { return std::cos(a); });
      sine = decay * angle.unaryExpr([](double a) { return std::sin(a); });
    }
    c = cosine.cast<T>();
    s = sine.cast<T>();
  }

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    Array<T> before = states[1], re = (c * states[0] - s * states[1]) + *operands[0];
    Array<T> im = s * states[0] + c * states[1];
    if (operands.size() > 1)
      im = im + *operands[1];
    Array<T> z;
    if (resonator == Resonator::phase) {
      z = compareWithThreshold(compare, re, threshold);
      z = z * ((im >= 0) && (before < 0)).template cast<T>();
    } else {
      z = compareWithThreshold(compare, im, threshold);
      re = (z > 0).select(T(0), re);
      im = (z > 0).select(resetValue, im);
    }
    states[0] = re;
    states[1] = im;
    return z;
  }

private:
  Compare compare;
  Resonator resonator;
  Array<T> threshold, resetValue, c, s;
};

template <typename T>
class SlidingPSNEvaluation : public PopulationEvaluation<T> {
public:
  SlidingPSNEvaluation(SlidingPSNOp op, double)
      : compare(op.getCompare()), weights(readParameter(op.getWeights()).template cast<T>()),
        threshold(readParameter(op.getVThreshold()).template cast<T>()) {}

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    Eigen::Index last = weights.size() - 1;
    // x of i steps ago.
    auto input = [&](Eigen::Index i) -> const Array<T> & { return i == 0 ? *operands[0] : states[i - 1]; };
    Array<T> h = weights[0] * input(last);
    for (Eigen::Index i = 1; i <= last; ++i)
      h = h + weights[i] * input(last - i);
    for (size_t i = states.size(); i > 0; --i)
      states[i - 1] = Array<T>(input(Eigen::Index(i) - 1));
    return compareWithThreshold(compare, h, threshold);
  }

private:
  Compare compare;
  Array<T> weights, threshold;
};
} // namespace

void spk::attachResonatorReferences(MLIRContext &context) {
  RFOp::attachInterface<ReferenceModel<RFOp, RFEvaluation>>(context);
  SlidingPSNOp::attachInterface<ReferenceModel<SlidingPSNOp, SlidingPSNEvaluation>>(context);
}
