//===- SpkGatedReference.cpp - gated leaky integrate-and-fire neurons -----===//
#include "reference/SpkMembrane.h"
#include "reference/SpkModels.h"

#include "dialects/Spk/Gated.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

namespace {
template <typename T>
class GLIFEvaluation : public PopulationEvaluation<T> {
public:
  GLIFEvaluation(GLIFOp op, double)
      : compare(op.getCompare()), threshold(readParameter(op.getVThreshold()).template cast<T>()) {
    Coefficient alpha = readParameter(op.getAlpha()), beta = readParameter(op.getBeta()),
                gamma = readParameter(op.getGamma()), keep = 1 - alpha * (1 - readParameter(op.getTau()));
    kept = keep.template cast<T>();
    lost = ((1 - alpha) * readParameter(op.getLinearDecay())).template cast<T>();
    keptReset = (keep * gamma).template cast<T>();
    subtracted = ((1 - gamma) * readParameter(op.getVSubreset())).template cast<T>();
    Coefficient conductance = readParameter(op.getConductance());
    Eigen::Index row = op.hasOwnConductances() ? beta.size() : 1;
    for (Eigen::Index t = 0; t < op.getSampleSteps(); ++t) {
      Coefficient now = op.hasOwnConductances() ? Coefficient(conductance.segment(t * row, row))
                                                : Coefficient::Constant(beta.size(), conductance[t]);
      gains.push_back((1 - beta * (1 - now)).template cast<T>());
    }
  }

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    Array<T> &v = states[0], &z = states[1], &t = states[2];
    Array<T> u = (kept * v - lost) + gains[size_t(t[0])] * *operands[0];
    Array<T> reset = (u - keptReset * v) - subtracted;
    v = (z > 0).select(reset, u);
    z = compareWithThreshold(compare, v, threshold);
    t[0] = std::min<T>(t[0] + 1, T(gains.size() - 1));
    return z;
  }

private:
  Compare compare;
  Array<T> threshold, kept, lost, keptReset, subtracted;
  std::vector<Array<T>> gains; ///< Of each step of a sample.
};
} // namespace

void spk::attachGatedReferences(MLIRContext &context) {
  GLIFOp::attachInterface<ReferenceModel<GLIFOp, GLIFEvaluation>>(context);
}
