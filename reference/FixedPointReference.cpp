//===- FixedPointReference.cpp - neurons in fixed-point arithmetic --------===//
//
// By the definitions in dialects/Spk/FixedPoint.td, in 64-bit integers: what a step makes of 32-bit numbers fits.
//
//===----------------------------------------------------------------------===//
#include "reference/Elements.h"
#include "reference/Models.h"

#include "dialects/Spk/FixedPoint.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

/// Modulo 2^32, from -2^31 to 2^31 - 1.
static int64_t toWord(int64_t value) { return int32_t(uint32_t(uint64_t(value))); }

/// s (4096 - d) / 4096, towards zero.
static int64_t decay(int64_t s, int64_t d) {
  int64_t magnitude = std::abs(s) * (4096 - d) >> 12;
  return s < 0 ? -magnitude : magnitude;
}

namespace {
/// Both populations: one gives its spikes, the other its membrane.
template <typename T>
class CubaEvaluation : public StepEvaluation<T> {
public:
  template <typename FixedOp>
  CubaEvaluation(FixedOp op, double) : du(readIntegers(op.getDuAttr())), dv(readIntegers(op.getDvAttr())) {
    bias.resize(du.size(), 0);
    if (op.getBiasMantAttr()) {
      std::vector<int64_t> mantissa = readIntegers(op.getBiasMantAttr()), exponent = readIntegers(op.getBiasExpAttr());
      for (size_t n = 0; n < bias.size(); ++n)
        bias[n] = exponent[n] >= 0 ? mantissa[n] * (int64_t(1) << exponent[n]) : mantissa[n] >> -exponent[n];
    }
    if constexpr (std::is_same_v<FixedOp, FixedCubaLIFOp>)
      threshold = readIntegers(op.getVThreshold());
    scale = int64_t(64) << op.getWeightExp().value_or(0);
    if (op.getResetIntervalAttr()) {
      interval = *op.getResetInterval();
      offset = *op.getResetOffset();
    }
  }

  void emit(Operands<T> operands, States<T> states, Results<T> results) const override {
    for (size_t n = 0; n < du.size(); ++n) {
      Neuron neuron = advance(n, *operands[0], states);
      results[0][n] = threshold.empty() ? T(neuron.v) : T(neuron.fired);
    }
  }

  void update(Operands<T> operands, MutableStates<T> states) const override {
    for (size_t n = 0; n < du.size(); ++n) {
      Neuron neuron = advance(n, *operands[0], states);
      states[0][n] = T(neuron.u);
      states[1][n] = neuron.fired ? T(0) : T(neuron.v);
    }
    if (interval)
      states[2][0] = T((int64_t(states[2][0]) + 1) % interval);
  }

private:
  struct Neuron {
    int64_t u, v;
    bool fired;
  };
  std::vector<int64_t> du, dv, bias, threshold;
  int64_t scale;                    ///< Of the input.
  int64_t interval = 0, offset = 0; ///< No interval: no reset.

  /// A neuron after the step, before the reset of its spike.
  Neuron advance(size_t n, const Array<T> &x, States<T> states) const {
    static constexpr int64_t limit = int64_t(1) << 23;
    int64_t u = int64_t(states[0][n]), v = int64_t(states[1][n]);
    if (interval && (int64_t(states[2][0]) + 1) % interval == offset)
      u = v = 0;
    u = toWord(decay(u, du[n] + 1) + toWord(int64_t(x[n]) * scale));
    if (u > limit)
      u -= 2 * limit;
    else if (u <= -limit)
      u += 2 * limit;
    v = std::clamp(toWord(decay(v, dv[n]) + u + bias[n]), -limit + 1, limit - 1);
    return {u, v, !threshold.empty() && v > threshold[n] * 64};
  }
};
} // namespace

void lle::attachFixedPointReferenceModels(MLIRContext &context) {
  FixedCubaLIFOp::attachInterface<ReferenceModel<FixedCubaLIFOp, CubaEvaluation>>(context);
  FixedCubaLIOp::attachInterface<ReferenceModel<FixedCubaLIOp, CubaEvaluation>>(context);
}
