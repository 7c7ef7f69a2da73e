//===- SpkFewSpikeReference.cpp - neurons of few spikes -------------------===//
#include "reference/SpkMembrane.h"
#include "reference/SpkModels.h"

#include "dialects/Spk/FewSpike.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

namespace {
/// T, h and d of each internal step.
template <typename T>
struct Code {
  Compare compare;
  Array<T> threshold, decrement, amplitude;

  template <typename Op>
  explicit Code(Op op)
      : compare(op.getCompare()), threshold(readParameter(op.getVThreshold()).template cast<T>()),
        decrement(readParameter(op.getDecrement()).template cast<T>()),
        amplitude(readParameter(op.getAmplitude()).template cast<T>()) {}

  bool fires(Eigen::Index k, T v) const { return compare == Compare::gt ? v > threshold[k] : v >= threshold[k]; }
};

template <typename T>
class FewSpikeEvaluation : public StepEvaluation<T> {
public:
  FewSpikeEvaluation(FewSpikeOp op, double) : code(op) {}

  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    const Array<T> &x = *operands[0];
    for (Eigen::Index n = 0; n < x.size(); ++n) {
      T v = x[n], y = 0;
      for (Eigen::Index k = 0; k < code.threshold.size(); ++k)
        if (code.fires(k, v)) {
          v = v - code.decrement[k];
          y = y + code.amplitude[k];
        }
      results[0][n] = y;
    }
  }

private:
  Code<T> code;
};

/// One step of a window. The states are v, sum and phase.
template <typename T>
class FewSpikeCoderEvaluation : public StepEvaluation<T> {
public:
  FewSpikeCoderEvaluation(FewSpikeCoderOp op, double) : code(op) {}

  void emit(Operands<T>, States<T> states, Results<T> results) const override {
    const Array<T> &v = isFirst(states) ? states[1] : states[0];
    for (Eigen::Index n = 0; n < v.size(); ++n)
      results[0][n] = code.fires(phase(states), v[n]) ? code.amplitude[phase(states)] : T(0);
  }

  void update(Operands<T> operands, MutableStates<T> states) const override {
    Eigen::Index k = phase(states);
    if (isFirst(states)) {
      states[0] = states[1];
      states[1].setZero();
    }
    for (Eigen::Index n = 0; n < states[0].size(); ++n)
      if (code.fires(k, states[0][n]))
        states[0][n] = states[0][n] - code.decrement[k];
    states[1] = states[1] + *operands[0];
    states[2][0] = T((k + 1) % code.threshold.size());
  }

private:
  Code<T> code;

  static Eigen::Index phase(States<T> states) { return Eigen::Index(states[2][0]); }
  static bool isFirst(States<T> states) { return phase(states) == 0; }
};
} // namespace

void spk::attachFewSpikeReferences(MLIRContext &context) {
  FewSpikeOp::attachInterface<ReferenceModel<FewSpikeOp, FewSpikeEvaluation>>(context);
  FewSpikeCoderOp::attachInterface<ReferenceModel<FewSpikeCoderOp, FewSpikeCoderEvaluation>>(context);
}
