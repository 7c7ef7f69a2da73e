//===- CfCBound.cpp - a CfC cell by hand ----------------------------------===//
//
// AVX-512 intrinsics, one thread, one sample. Weights are packed in the order in which they are read. Inputs are
// broadcast, sums stay in registers: eight vectors, the whole hidden layer, and then up to 24 of the three heads of 128
// units, whose functions are computed from registers.
//
//===----------------------------------------------------------------------===//
#include "bench/CfCBound.h"

#include <algorithm>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

using namespace lle::bench;

#ifdef __AVX512F__
namespace {
using Vector = __m512;
constexpr size_t kLanes = 16, kHiddenVectors = CfCWeights::kHidden / kLanes;

Vector constant(float value) { return _mm512_set1_ps(value); }

/// 2^t for t of at most 126: the fraction's power is a polynomial (relative error 1e-7), the rest is the exponent.
Vector power(Vector t) {
  t = _mm512_min_ps(t, constant(126));
  Vector f = _mm512_reduce_ps(t, _MM_FROUND_TO_NEAREST_INT);
  Vector p = constant(1.3276472e-3f);
  for (float c : {9.6755410e-3f, 5.5507131e-2f, 2.4022120e-1f, 6.9314694e-1f, 1.0000001f})
    p = _mm512_fmadd_ps(p, f, constant(c));
  return _mm512_scalef_ps(p, _mm512_sub_ps(t, f));
}

/// 1 / (1 + 2^t)
Vector logisticOfPower(Vector t) {
  Vector d = _mm512_add_ps(power(t), constant(1));
  Vector r = _mm512_rcp14_ps(d);
  return _mm512_fmadd_ps(r, _mm512_fnmadd_ps(d, r, constant(1)), r);
}

constexpr float kLog2E = 1.44269504f;
Vector logistic(Vector x) { return logisticOfPower(_mm512_mul_ps(x, constant(-kLog2E))); }
Vector tanh(Vector x) {
  return _mm512_fmsub_ps(constant(2), logisticOfPower(_mm512_mul_ps(x, constant(-2 * kLog2E))), constant(1));
}

struct alignas(64) Line {
  float values[kLanes];
};

/// sums += rows of `Vectors` vectors times the inputs. Two sets of sums where one would wait for itself.
template <size_t Vectors>
inline void accumulate(const float *&weights, const float *x, size_t count, Vector (&sums)[Vectors]) {
  constexpr size_t kSets = Vectors <= 12 ? 2 : 1;
  Vector other[Vectors];
  for (Vector &sum : other)
    sum = _mm512_setzero_ps();
  size_t i = 0;
  for (; i + kSets <= count; i += kSets, weights += kSets * Vectors * kLanes) {
    Vector first = constant(x[i]);
    for (size_t v = 0; v < Vectors; ++v)
      sums[v] = _mm512_fmadd_ps(first, _mm512_load_ps(weights + v * kLanes), sums[v]);
    if constexpr (kSets == 2) {
      Vector second = constant(x[i + 1]);
      for (size_t v = 0; v < Vectors; ++v)
        other[v] = _mm512_fmadd_ps(second, _mm512_load_ps(weights + (Vectors + v) * kLanes), other[v]);
    }
  }
  for (; i < count; ++i, weights += Vectors * kLanes)
    for (size_t v = 0; v < Vectors; ++v)
      sums[v] = _mm512_fmadd_ps(constant(x[i]), _mm512_load_ps(weights + v * kLanes), sums[v]);
  if constexpr (kSets == 2)
    for (size_t v = 0; v < Vectors; ++v)
      sums[v] = _mm512_add_ps(sums[v], other[v]);
}

class AVX512Bound : public CfCBound {
public:
  explicit AVX512Bound(const CfCWeights &w) : units(w.units), inputs(w.inputs) {
    for (size_t v = 0; v < kHiddenVectors; ++v)
      append(w.backboneBias.data() + v * kLanes);
    for (size_t i = 0; i < inputs + units; ++i)
      for (size_t v = 0; v < kHiddenVectors; ++v)
        append(w.backbone.data() + i * CfCWeights::kHidden + v * kLanes);
    for (size_t first = 0, blocks; first < units; first += blocks * kLanes) {
      blocks = getBlocks(first);
      auto appendRow = [&](const float *row) {
        for (size_t head = 0; head < 3; ++head)
          for (size_t block = 0; block < blocks; ++block)
            append(row + head * units + first + block * kLanes);
      };
      appendRow(w.headBias.data());
      for (size_t i = 0; i < CfCWeights::kHidden; ++i)
        appendRow(w.heads.data() + i * 3 * units);
    }
    cell.resize((inputs + units) / kLanes + 1);
  }

  void setState(const float *h) override { std::copy(h, h + units, cell.front().values + inputs); }

  const float *step(const float *x) override {
    float *values = cell.front().values;
    std::copy(x, x + inputs, values);
    const float *weights = packed.front().values;
    Vector sums[kHiddenVectors];
    load(weights, sums);
    accumulate(weights, values, inputs + units, sums);
    for (size_t v = 0; v < kHiddenVectors; ++v)
      _mm512_store_ps(hidden[v].values,
                      _mm512_mul_ps(constant(1.7159f), tanh(_mm512_mul_ps(constant(0.666f), sums[v]))));
    for (size_t first = 0; first < units;) {
      float *h = values + inputs + first;
      switch (size_t blocks = getBlocks(first); first += blocks * kLanes, blocks) {
      case 8:
        stepHeads<8>(weights, h);
        break;
      case 4:
        stepHeads<4>(weights, h);
        break;
      case 2:
        stepHeads<2>(weights, h);
        break;
      default:
        stepHeads<1>(weights, h);
      }
    }
    return values + inputs;
  }

private:
  size_t units, inputs;
  std::vector<Line> packed, cell; ///< Inputs and states, one after the other.
  Line hidden[kHiddenVectors];

  void append(const float *vector) {
    packed.emplace_back();
    std::copy(vector, vector + kLanes, packed.back().values);
  }

  /// How many vectors of each head are computed together from unit `first` on.
  size_t getBlocks(size_t first) const {
    size_t blocks = 8;
    while (blocks * kLanes > units - first)
      blocks /= 2;
    return blocks;
  }

  template <size_t Vectors>
  static void load(const float *&weights, Vector (&sums)[Vectors]) {
    for (Vector &sum : sums) {
      sum = _mm512_load_ps(weights);
      weights += kLanes;
    }
  }

  template <size_t Blocks>
  void stepHeads(const float *&weights, float *h) {
    Vector sums[3 * Blocks];
    load(weights, sums);
    accumulate(weights, hidden[0].values, CfCWeights::kHidden, sums);
    for (size_t block = 0; block < Blocks; ++block) {
      Vector f1 = tanh(sums[block]), f2 = tanh(sums[Blocks + block]), t = logistic(sums[2 * Blocks + block]);
      _mm512_storeu_ps(h + block * kLanes, _mm512_fmadd_ps(t, _mm512_sub_ps(f2, f1), f1));
    }
  }
};
} // namespace

std::unique_ptr<CfCBound> lle::bench::makeCfCBound(const CfCWeights &weights) {
  return weights.units % kLanes == 0 ? std::make_unique<AVX512Bound>(weights) : nullptr;
}
#else
std::unique_ptr<CfCBound> lle::bench::makeCfCBound(const CfCWeights &) { return nullptr; }
#endif
