//===- SpkGradedReference.cpp - spikes that carry numbers -----------------===//
#include "reference/SpkMembrane.h"
#include "reference/SpkModels.h"

#include "dialects/Spk/SpkModels.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

namespace {
/// To the nearest whole number, ties to even: what rint does in the default rounding mode.
template <typename T>
Array<T> roundToEven(const Array<T> &x) {
  return x.unaryExpr([](T value) { return T(std::nearbyint(value)); });
}

template <typename T>
class ILIFEvaluation : public PopulationEvaluation<T> {
public:
  ILIFEvaluation(ILIFOp op, double dt)
      : membrane(op, dt), threshold(readParameter(op.getVThreshold()).template cast<T>()),
        maxSpikes(T(op.getMaxSpikes())) {}

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    Array<T> &v = states[0];
    membrane.advance(states, *operands[0]);
    Array<T> z = roundToEven<T>((v / threshold).max(T(0)).min(maxSpikes));
    v = v - z * threshold;
    return z;
  }

private:
  MembraneDynamics<T> membrane;
  Array<T> threshold;
  T maxSpikes;
};

template <typename T>
class STBIFEvaluation : public PopulationEvaluation<T> {
public:
  STBIFEvaluation(STBIFOp op, double)
      : threshold(readParameter(op.getVThreshold()).template cast<T>()),
        lowest(readParameter(op.getNMin()).template cast<T>()),
        highest(readParameter(op.getNMax()).template cast<T>()) {}

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    Array<T> &q = states[0], &n = states[1];
    q = q + *operands[0] / threshold;
    Array<T> z = Array<T>::Zero(q.size());
    for (Eigen::Index i = 0; i < q.size(); ++i) {
      if (q[i] >= 1 && n[i] < highest[i])
        z[i] = 1;
      else if (q[i] < 0 && n[i] > lowest[i])
        z[i] = -1;
    }
    q = q - z;
    n = n + z;
    return z;
  }

private:
  Array<T> threshold, lowest, highest;
};

/// What spk.delta makes of a sequence of numbers. The states are act, residue and perhaps error.
template <typename T>
class DeltaCode {
public:
  template <typename Op>
  explicit DeltaCode(Op op)
      : compare(op.getCompare()), threshold(readParameter(op.getVThreshold()).template cast<T>()),
        accumulates(op.getCumError()) {
    if (!op.getStepAttr())
      return;
    step = readParameter(op.getStepAttr()).template cast<T>();
    unsigned width = op.getType().getElementTypeBitWidth();
    largest = std::ldexp(1.0, int(width) - 1) - 1;
    smallest = T(-largest - 1);
    // The largest number of the working precision that the integer has.
    most = T(largest);
    if (double(most) > largest)
      most = std::nextafter(most, T(0));
  }

  Array<T> encode(const Array<T> &value, MutableStates<T> states) const {
    Array<T> &act = states[0], &residue = states[1];
    Array<T> change = (value - act) + residue;
    Array<T> error = accumulates ? Array<T>(states[2] + change) : change;
    Array<T> fired = compareWithThreshold<T>(compare, error.abs(), threshold);
    Array<T> result = (fired > 0).select(change, T(0)), sent = result;
    if (step.size() != 0) {
      Array<T> whole = roundToEvenLimited(change / step);
      result = (fired > 0).select(whole, T(0));
      sent = result * step;
    }
    residue = change - sent;
    if (accumulates)
      states[2] = (sent != 0).select(T(0), error);
    act = value;
    return result;
  }

private:
  Array<T> roundToEvenLimited(const Array<T> &x) const { return roundToEven<T>(x).min(most).max(smallest); }

  Compare compare;
  Array<T> threshold, step;
  bool accumulates;
  double largest = 0;
  T smallest = 0, most = 0;
};

template <typename T>
class DeltaEvaluation : public PopulationEvaluation<T> {
public:
  DeltaEvaluation(DeltaOp op, double) : code(op) {}

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    return code.encode(*operands[0], states);
  }

private:
  DeltaCode<T> code;
};

template <typename T>
class SigmaDeltaEvaluation : public PopulationEvaluation<T> {
public:
  SigmaDeltaEvaluation(SigmaDeltaOp op, double)
      : code(op), isRelu(op.getActivation() == Activation::relu),
        bias(readParameter(op, op.getBiasAttr(), 0).template cast<T>()) {}

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    states[0] = states[0] + *operands[0];
    Array<T> act = states[0] + bias;
    if (isRelu)
      act = act.max(T(0));
    return code.encode(act, states.drop_front());
  }

private:
  DeltaCode<T> code;
  bool isRelu;
  Array<T> bias;
};
} // namespace

void spk::attachGradedReferences(MLIRContext &context) {
  ILIFOp::attachInterface<ReferenceModel<ILIFOp, ILIFEvaluation>>(context);
  STBIFOp::attachInterface<ReferenceModel<STBIFOp, STBIFEvaluation>>(context);
  DeltaOp::attachInterface<ReferenceModel<DeltaOp, DeltaEvaluation>>(context);
  SigmaDeltaOp::attachInterface<ReferenceModel<SigmaDeltaOp, SigmaDeltaEvaluation>>(context);
}
