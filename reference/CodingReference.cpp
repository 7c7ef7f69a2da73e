//===- CodingReference.cpp - encoders, decoders and attention -------------===//
#include "reference/Models.h"

#include "dialects/Spk/Coding.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

namespace {

//===----------------------------------------------------------------------===//
// Encoders
//===----------------------------------------------------------------------===//

/// Threefry-2x32 with 20 rounds, as the paper has it: the first word.
uint32_t threefry(uint32_t key0, uint32_t key1, uint32_t counter0, uint32_t counter1) {
  static constexpr unsigned kRotations[] = {13, 15, 26, 6, 17, 29, 16, 24};
  const uint32_t keys[] = {key0, key1, 0x1BD11BDA ^ key0 ^ key1};
  uint32_t x0 = counter0 + keys[0], x1 = counter1 + keys[1];
  for (unsigned round = 0; round < 20; ++round) {
    x0 += x1;
    unsigned rotation = kRotations[round % 8];
    x1 = (x1 << rotation | x1 >> (32 - rotation)) ^ x0;
    if (round % 4 == 3) {
      unsigned injection = round / 4 + 1;
      x0 += keys[injection % 3];
      x1 += keys[(injection + 1) % 3] + injection;
    }
  }
  return x0;
}

template <typename T>
class RateEvaluation : public StepEvaluation<T> {
public:
  RateEvaluation(EncodeRateOp op, double)
      : key(op.getKey()), gain(T(op.getGain().convertToDouble())), offset(T(op.getOffset().convertToDouble())) {}
  void emit(Operands<T> operands, States<T> states, Results<T> results) const override {
    for (int64_t n = 0; n < results[0].size(); ++n) {
      uint32_t word = threefry(uint32_t(key), uint32_t(key >> 32), uint32_t(n), uint32_t(states[0][0]));
      T u = T(word >> 8) * T(0x1p-24);
      T p = gain * (*operands[0])[n] + offset;
      results[0][n] = T(u < p); // u is from [0, 1): a p outside needs no clamp
    }
  }
  void update(Operands<T>, MutableStates<T> states) const override {
    states[0][0] = T((int64_t(states[0][0]) + 1) % kMaxSteps);
  }

private:
  uint64_t key;
  T gain, offset;
};

template <typename T>
class LatencyEvaluation : public StepEvaluation<T> {
public:
  LatencyEvaluation(EncodeLatencyOp op, double)
      : steps(op.getSteps()), first(op.getFirst()), threshold(op.getThreshold().convertToDouble()),
        tau(op.getTau().convertToDouble()), epsilon(op.getEpsilon().convertToDouble()), linear(op.getLinear()),
        normalize(op.getNormalize()), clip(op.getClip()) {}
  void emit(Operands<T> operands, States<T> states, Results<T> results) const override {
    results[0] = operands[0]->unaryExpr([&](T x) {
      if (clip && x < T(threshold))
        return T(0);
      double time = linear ? double(std::nearbyint(getLinearTime(x))) : std::nearbyint(getLogarithmicTime(double(x)));
      return T(time < double(steps) && time == double(states[0][0]));
    });
  }
  void update(Operands<T>, MutableStates<T> states) const override {
    states[0][0] = std::min(states[0][0] + 1, T(steps));
  }

private:
  T getLinearTime(T x) const {
    double rate = normalize ? double(steps - 1 - first) : tau;
    T time = T(-rate) * (std::min(x, T(1)) - T(1));
    return std::min(time, T(-rate * (threshold - 1))) + T(first);
  }

  double getChargingTime(double x) const { return tau * std::log(x / (x - threshold)); }
  double getLogarithmicTime(double x) const {
    double shift = first > 0 ? double(first) - getChargingTime(1) : 0;
    double time = getChargingTime(std::max(x, threshold + epsilon)) + shift;
    double longest = getChargingTime(threshold + epsilon) + shift;
    if (normalize)
      time = (time - first) * double(steps - 1 - first) / (longest - first) + first;
    return time;
  }

  int64_t steps, first;
  double threshold, tau, epsilon;
  bool linear, normalize, clip;
};

template <typename T>
class DeltaEvaluation : public StepEvaluation<T> {
public:
  DeltaEvaluation(EncodeDeltaOp op, double)
      : threshold(T(op.getThreshold().convertToDouble())), isSigned(op.getType().getElementType().isSignedInteger()) {}
  void emit(Operands<T> operands, States<T> states, Results<T> results) const override {
    Array<T> difference = *operands[0] - states[0];
    results[0] = (difference >= threshold).template cast<T>();
    if (isSigned)
      results[0] -= (difference <= -threshold).template cast<T>();
  }
  void update(Operands<T> operands, MutableStates<T> states) const override { states[0] = *operands[0]; }

private:
  T threshold;
  bool isSigned;
};

//===----------------------------------------------------------------------===//
// Decoders
//===----------------------------------------------------------------------===//

template <typename T>
class SpikeCountEvaluation : public StepEvaluation<T> {
public:
  SpikeCountEvaluation(DecodeSpikeCountOp op, double) : isInteger(isa<IntegerType>(op.getType().getElementType())) {}
  void emit(Operands<T> operands, States<T> states, Results<T> results) const override {
    results[0] = count(states[0], *operands[0]);
  }
  void update(Operands<T> operands, MutableStates<T> states) const override {
    states[0] = count(states[0], *operands[0]);
  }

private:
  Array<T> count(const Array<T> &before, const Array<T> &spikes) const {
    if (!isInteger)
      return before + spikes;
    return before.binaryExpr(spikes,
                             [](T count, T spike) { return T(int32_t(uint32_t(int64_t(count) + int64_t(spike)))); });
  }
  bool isInteger;
};

template <typename T>
class FirstSpikeEvaluation : public StepEvaluation<T> {
public:
  FirstSpikeEvaluation(DecodeFirstSpikeOp op, double) : never(T(int64_t(op.getNever()))) {}
  void emit(Operands<T> operands, States<T> states, Results<T> results) const override {
    Array<T> time = getTime(*operands[0], states[0], states[1][0]);
    results[0] = (time < 0).select(never, time);
  }
  void update(Operands<T> operands, MutableStates<T> states) const override {
    states[0] = getTime(*operands[0], states[0], states[1][0]);
    states[1][0] = std::min(states[1][0] + 1, T(kMaxSteps - 1));
  }

private:
  /// -1 where there was no spike.
  static Array<T> getTime(const Array<T> &spikes, const Array<T> &before, T now) {
    return (before < 0 && spikes != T(0)).select(now, before);
  }
  T never;
};

template <typename T>
class MembraneEvaluation : public StepEvaluation<T> {
public:
  MembraneEvaluation(DecodeMembraneOp op, double) : readout(op.getReadout()) {}
  void emit(Operands<T> operands, States<T> states, Results<T> results) const override {
    const Array<T> &v = *operands[0];
    switch (readout) {
    case Readout::last:
      results[0] = v;
      return;
    case Readout::max:
      results[0] = states[0].max(v);
      return;
    case Readout::sum:
      results[0] = states[0] + v;
      return;
    case Readout::mean:
      results[0] = (states[0] + v) / (states[1][0] + 1);
      return;
    }
  }
  void update(Operands<T> operands, MutableStates<T> states) const override {
    const Array<T> &v = *operands[0];
    if (readout == Readout::max)
      states[0] = states[0].max(v);
    else if (readout != Readout::last)
      states[0] += v;
    if (readout == Readout::mean)
      states[1][0] = std::min(states[1][0] + 1, T(kMaxSteps - 1));
  }

private:
  Readout readout;
};

template <typename T>
class DecodePopulationEvaluation : public StepEvaluation<T> {
public:
  DecodePopulationEvaluation(DecodePopulationOp op, double) : mean(op.getMean()) {}
  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    int64_t size = operands[0]->size() / results[0].size();
    for (int64_t group = 0; group < results[0].size(); ++group) {
      T sum = 0;
      for (int64_t n = 0; n < size; ++n)
        sum += (*operands[0])[group * size + n];
      results[0][group] = mean ? sum / T(size) : sum;
    }
  }

private:
  bool mean;
};

//===----------------------------------------------------------------------===//
// Attention
//===----------------------------------------------------------------------===//

template <typename T>
class SelfAttentionEvaluation : public StepEvaluation<T> {
public:
  SelfAttentionEvaluation(SelfAttentionOp op, double) : scale(T(op.getScale().convertToDouble())) {
    ArrayRef<int64_t> shape = op.getType().getShape();
    width = shape[0] / int64_t(op.getHeads());
    heads = op.getHeads();
    tokens = shape[1];
  }

  /// (q kT) v of each head, as Spikformer writes it.
  void emit(Operands<T> operands, States<T>, Results<T> results) const override {
    using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    for (int64_t head = 0; head < heads; ++head) {
      auto get = [&](unsigned operand) {
        return Eigen::Map<const Matrix>(operands[operand]->data() + head * width * tokens, width, tokens);
      };
      Matrix coincidences = get(0).transpose() * get(1);
      Matrix sum = coincidences * get(2).transpose();
      Eigen::Map<Matrix>(results[0].data() + head * width * tokens, width, tokens) = scale * sum.transpose();
    }
  }

private:
  T scale;
  int64_t heads, width, tokens;
};
} // namespace

void lle::attachCodingReferenceModels(MLIRContext &context) {
  EncodeRateOp::attachInterface<ReferenceModel<EncodeRateOp, RateEvaluation>>(context);
  EncodeLatencyOp::attachInterface<ReferenceModel<EncodeLatencyOp, LatencyEvaluation>>(context);
  EncodeDeltaOp::attachInterface<ReferenceModel<EncodeDeltaOp, DeltaEvaluation>>(context);
  DecodeSpikeCountOp::attachInterface<ReferenceModel<DecodeSpikeCountOp, SpikeCountEvaluation>>(context);
  DecodeFirstSpikeOp::attachInterface<ReferenceModel<DecodeFirstSpikeOp, FirstSpikeEvaluation>>(context);
  DecodeMembraneOp::attachInterface<ReferenceModel<DecodeMembraneOp, MembraneEvaluation>>(context);
  DecodePopulationOp::attachInterface<ReferenceModel<DecodePopulationOp, DecodePopulationEvaluation>>(context);
  SelfAttentionOp::attachInterface<ReferenceModel<SelfAttentionOp, SelfAttentionEvaluation>>(context);
}
