//===- FixedModelsReference.cpp - graded and complex neurons in integers --===//
//
// By the definitions in dialects/Spk/FixedModels.td, in 64-bit integers. States have 24 bits, so that any precision of
// the interpreter holds them.
//
//===----------------------------------------------------------------------===//
#include "reference/Models.h"
#include "reference/SpkMembrane.h"
#include "reference/SpkModels.h"

#include "dialects/Spk/FixedModels.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

/// Modulo 2^24, from -2^23 to 2^23 - 1.
static int64_t wrap(int64_t value) {
  int64_t low = value & 0xffffff;
  return low >= 0x800000 ? low - 0x1000000 : low;
}

/// One number for each neuron; `otherwise` where the parameter is absent.
static std::vector<int64_t> readPerNeuron(Operation *op, ElementsAttr elements, int64_t otherwise = 0) {
  std::vector<int64_t> integers(cast<ShapedType>(op->getResult(0).getType()).getNumElements(), otherwise);
  if (!elements)
    return integers;
  for (auto [integer, value] : llvm::zip_equal(integers, readElements(elements)))
    integer = int64_t(value);
  return integers;
}

namespace {
/// What both encoders do with a number. The states are act, residue and perhaps error.
class DeltaCode {
public:
  template <typename Op>
  explicit DeltaCode(Op op)
      : threshold(readPerNeuron(op, op.getVThreshold())), stateExponent(op.getStateExp()),
        scale(int64_t(1) << (op.getSpikeExp() + op.getStateExp())), accumulates(op.getCumError()) {}

  int64_t getScale() const { return scale; }

  template <typename T>
  T encode(size_t n, int64_t value, MutableStates<T> states) const {
    int64_t change = wrap(value - int64_t(states[0][n]) + int64_t(states[1][n]));
    int64_t error = accumulates ? wrap(int64_t(states[2][n]) + change) : change;
    int64_t sent = std::abs(error) >= threshold[n] * scale ? change : 0;
    states[0][n] = T(value);
    states[1][n] = T(wrap(change - sent));
    if (accumulates)
      states[2][n] = sent != 0 ? T(0) : T(error);
    // Rounded down, whatever the sign.
    int64_t unit = int64_t(1) << stateExponent;
    return T((sent - ((sent % unit) + unit) % unit) / unit);
  }

private:
  std::vector<int64_t> threshold;
  int64_t stateExponent, scale;
  bool accumulates;
};

template <typename T>
class FixedDeltaEvaluation : public PopulationEvaluation<T> {
public:
  FixedDeltaEvaluation(FixedDeltaOp op, double) : code(op) {}

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    const Array<T> &x = *operands[0];
    Array<T> result(x.size());
    for (Eigen::Index n = 0; n < x.size(); ++n)
      result[n] = code.encode<T>(n, wrap(int64_t(x[n]) * code.getScale()), states);
    return result;
  }

private:
  DeltaCode code;
};

template <typename T>
class FixedSigmaDeltaEvaluation : public PopulationEvaluation<T> {
public:
  FixedSigmaDeltaEvaluation(FixedSigmaDeltaOp op, double)
      : code(op), isRelu(op.getActivation() == Activation::relu), bias(readPerNeuron(op, op.getBiasAttr())),
        weight(int64_t(1) << op.getWeightExp().value_or(0)) {}

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    const Array<T> &x = *operands[0];
    Array<T> result(x.size());
    for (Eigen::Index n = 0; n < x.size(); ++n) {
      int64_t sigma = wrap(int64_t(states[0][n]) + int64_t(x[n]) * weight);
      states[0][n] = T(sigma);
      int64_t value = wrap(sigma + bias[n] * code.getScale());
      result[n] = code.encode<T>(n, isRelu && value < 0 ? 0 : value, states.drop_front());
    }
    return result;
  }

private:
  DeltaCode code;
  bool isRelu;
  std::vector<int64_t> bias;
  int64_t weight;
};

template <typename T>
class FixedSigmaEvaluation : public PopulationEvaluation<T> {
public:
  FixedSigmaEvaluation(FixedSigmaOp op, double) : weight(int64_t(1) << op.getWeightExp().value_or(0)) {}

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    for (Eigen::Index n = 0; n < states[0].size(); ++n)
      states[0][n] = T(wrap(int64_t(states[0][n]) + int64_t((*operands[0])[n]) * weight));
    return states[0];
  }

private:
  int64_t weight;
};

template <typename T>
class FixedRFEvaluation : public PopulationEvaluation<T> {
public:
  FixedRFEvaluation(FixedRFOp op, double)
      : cosine(readPerNeuron(op, op.getDecayCos())), sine(readPerNeuron(op, op.getDecaySin())),
        threshold(readPerNeuron(op, op.getVThreshold())), isPhase(op.getResonator() == Resonator::phase),
        scale(int64_t(64) << op.getWeightExp().value_or(0)) {}

protected:
  Array<T> step(Operands<T> operands, MutableStates<T> states) const override {
    Array<T> spikes(states[0].size());
    for (Eigen::Index n = 0; n < spikes.size(); ++n) {
      int64_t re = int64_t(states[0][n]), im = int64_t(states[1][n]), before = im, level = threshold[n] * 64;
      int64_t nextRe = turn(cosine[n], re) - turn(sine[n], im) + int64_t((*operands[0])[n]) * scale;
      im = clip(turn(sine[n], re) + turn(cosine[n], im) + int64_t((*operands[1])[n]) * scale);
      re = clip(nextRe);
      bool fired = isPhase ? re >= level && im >= 0 && before < 0 : im >= level;
      bool isReset = fired && !isPhase;
      states[0][n] = isReset ? T(0) : T(re);
      states[1][n] = isReset ? T(level - 1) : T(im);
      spikes[n] = T(fired);
    }
    return spikes;
  }

private:
  std::vector<int64_t> cosine, sine, threshold;
  bool isPhase;
  int64_t scale;

  static int64_t turn(int64_t factor, int64_t state) {
    int64_t product = factor * state, magnitude = std::abs(product) >> 12;
    return product < 0 ? -magnitude : magnitude;
  }
  /// Modulo 2^32 first.
  static int64_t clip(int64_t value) {
    return std::clamp(int64_t(int32_t(uint32_t(uint64_t(value)))), -int64_t(0x7fffff), int64_t(0x7fffff));
  }
};
} // namespace

void spk::attachFixedModelReferences(MLIRContext &context) {
  FixedDeltaOp::attachInterface<ReferenceModel<FixedDeltaOp, FixedDeltaEvaluation>>(context);
  FixedSigmaDeltaOp::attachInterface<ReferenceModel<FixedSigmaDeltaOp, FixedSigmaDeltaEvaluation>>(context);
  FixedSigmaOp::attachInterface<ReferenceModel<FixedSigmaOp, FixedSigmaEvaluation>>(context);
  FixedRFOp::attachInterface<ReferenceModel<FixedRFOp, FixedRFEvaluation>>(context);
}
