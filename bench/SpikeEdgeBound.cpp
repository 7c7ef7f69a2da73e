//===- SpikeEdgeBound.cpp - SpikeEdge's N-MNIST model by hand -------------===//
//
// Both convolutions walk events and add patches of weights, but only to outputs that exist and that a pool reads: of
// the second one's 11 x 11 pixels the last row and column belong to no window, so that an event reaches 11 of 25 taps
// on the average. What a pool reads it clears for the next step. The bias of a channel is added behind the pool, which
// gives the same number: rounding keeps order.
//
//===----------------------------------------------------------------------===//
#include "bench/SpikingSteps.h"

#include <algorithm>

using namespace lle::bench;

#ifdef LLE_BENCH_SPIKING_BOUND
using namespace lle::bench::steps;

namespace {
constexpr size_t kTaps = 5, kSide = 34, kPlane = kSide * kSide;
constexpr size_t kFirst = kSide - kTaps + 1, kFirstChannels = 12; ///< Behind the first convolution: 30 x 30 x 12.
constexpr size_t kPooled = kFirst / 2;                            ///< Behind its pool.
constexpr size_t kSecond = 2 * ((kPooled - kTaps + 1) / 2), kSecondChannels = 32; ///< What the second pool reads.
constexpr size_t kLast = kSecond / 2, kOutputs = 10, kSecondVectors = kSecondChannels / kLanes;

struct HalfLeaky {
  static Vector update(Vector v, Vector current) { return _mm512_add_ps(_mm512_mul_ps(v, constant(0.5f)), current); }
  static __mmask16 fires(Vector v) { return Leaky::fires(v); }
  static Vector reset(Vector v, __mmask16 fired) { return Leaky::reset(v, fired); }
};

/// The taps of one axis by which an input position reaches outputs below `outputs`.
struct Taps {
  size_t first, end;
  Taps(size_t position, size_t outputs)
      : first(position < outputs ? 0 : position - outputs + 1), end(std::min(kTaps, position + 1)) {}
};

/// Adds a patch of `Vectors` registers for each tap to the outputs that a position reaches.
template <size_t Vectors, typename Term>
inline void addPatch(float *image, size_t side, size_t y, size_t x, const float *patch, Term term) {
  Taps rows(y, side), columns(x, side);
  for (size_t ky = rows.first; ky < rows.end; ++ky)
    for (size_t kx = columns.first; kx < columns.end; ++kx) {
      float *pixel = image + ((y - ky) * side + x - kx) * Vectors * kLanes;
      const float *weights = patch + (ky * kTaps + kx) * Vectors * kLanes;
      for (size_t v = 0; v < Vectors * kLanes; v += kLanes)
        _mm512_store_ps(pixel + v, _mm512_add_ps(_mm512_load_ps(pixel + v), term(_mm512_load_ps(weights + v))));
    }
}

/// The largest of a window of 2 x 2 pixels, which are cleared.
template <size_t Vectors>
inline Vector takeLargest(float *image, size_t side, size_t y, size_t x, size_t v) {
  float *first = image + ((2 * y * side + 2 * x) * Vectors + v) * kLanes;
  float *pixels[4] = {first, first + Vectors * kLanes, first + side * Vectors * kLanes,
                      first + (side + 1) * Vectors * kLanes};
  Vector largest = _mm512_max_ps(_mm512_max_ps(_mm512_load_ps(pixels[0]), _mm512_load_ps(pixels[1])),
                                 _mm512_max_ps(_mm512_load_ps(pixels[2]), _mm512_load_ps(pixels[3])));
  for (float *pixel : pixels)
    _mm512_store_ps(pixel, _mm512_setzero_ps());
  return largest;
}

class SpikeEdge : public SpikingBound {
public:
  explicit SpikeEdge(const SpikingWeights &w)
      : patches1(pack(w[0], 2, kFirstChannels, 1)), bias1(packByInput(w[1], 1, kFirstChannels)),
        patches2(pack(w[2], kFirstChannels, kSecondChannels, kSecondVectors)),
        bias2(packByInput(w[3], 1, kSecondChannels)), rows(kLast * kLast * kSecondChannels),
        bias3(packByInput(w[5], 1, kOutputs)) {
    for (size_t o = 0; o < kOutputs; ++o)
      for (size_t channel = 0; channel < kSecondChannels; ++channel)
        for (size_t pixel = 0; pixel < kLast * kLast; ++pixel)
          rows.data()[(pixel * kSecondChannels + channel) * kLanes + o] =
              w[4][(o * kSecondChannels + channel) * kLast * kLast + pixel];
  }

  void infer(const void *frames, size_t steps, uint32_t *counts) override {
    state = {};
    __m512i spikes[1] = {_mm512_setzero_si512()};
    for (size_t t = 0; t < steps; ++t) {
      const float *frame = static_cast<const float *>(frames) + t * 2 * kPlane;
      size_t count = listEvents(frame, 2 * kPlane, list);
      for (size_t event = 0; event < count; ++event) {
        size_t channel = list[event] / kPlane, pixel = list[event] % kPlane;
        Vector value = constant(frame[list[event]]);
        addPatch<1>(state.image1, kFirst, pixel / kSide, pixel % kSide,
                    patches1.data() + channel * kTaps * kTaps * kLanes,
                    [&](Vector weights) { return _mm512_mul_ps(value, weights); });
      }
      for (size_t y = 0; y < kPooled; ++y)
        for (size_t x = 0; x < kPooled; ++x)
          sweepFirst(y, x);
      count = 0;
      for (size_t y = 0; y < kLast; ++y)
        for (size_t x = 0; x < kLast; ++x)
          count = sweepSecond(y, x, count);
      // Four sums, where one would wait for itself.
      Vector out[1] = {_mm512_load_ps(bias3.data())}, parts[3] = {};
      size_t event = 0;
      for (; event + 4 <= count; event += 4) {
        out[0] = _mm512_add_ps(out[0], _mm512_load_ps(rows.data() + list[event] * kLanes));
        for (size_t k = 0; k < 3; ++k)
          parts[k] = _mm512_add_ps(parts[k], _mm512_load_ps(rows.data() + list[event + k + 1] * kLanes));
      }
      addRows(out, rows.data(), list + event, count - event);
      out[0] = _mm512_add_ps(_mm512_add_ps(out[0], parts[0]), _mm512_add_ps(parts[1], parts[2]));
      stepAndCount<HalfLeaky>(state.v3, out, spikes);
    }
    storeCounts(spikes, counts, kOutputs);
  }

private:
  Lines patches1, bias1, patches2, bias2, rows, bias3;
  uint16_t list[2 * kPlane + kSlack];
  struct State {
    alignas(64) float image1[kFirst * kFirst * kLanes], v1[kPooled * kPooled * kLanes],
        image2[kSecond * kSecond * kSecondChannels], v2[kLast * kLast * kSecondChannels], v3[kLanes];
  } state;

  /// [output][input][tap] to [input][tap][output, in whole registers].
  static Lines pack(const std::vector<float> &weights, size_t inputs, size_t outputs, size_t vectors) {
    Lines packed(inputs * kTaps * kTaps * vectors);
    for (size_t o = 0; o < outputs; ++o)
      for (size_t place = 0; place < inputs * kTaps * kTaps; ++place)
        packed.data()[place * vectors * kLanes + o] = weights[o * inputs * kTaps * kTaps + place];
    return packed;
  }

  /// Pools and steps a pixel of the first population, and adds what it fires into the second image.
  void sweepFirst(size_t y, size_t x) {
    Vector current = _mm512_add_ps(takeLargest<1>(state.image1, kFirst, y, x, 0), _mm512_load_ps(bias1.data()));
    uint32_t fired = step<HalfLeaky>(state.v1 + (y * kPooled + x) * kLanes, current);
    for (fired &= (1u << kFirstChannels) - 1; fired != 0; fired &= fired - 1)
      addPatch<kSecondVectors>(state.image2, kSecond, y, x,
                               patches2.data() + size_t(__builtin_ctz(fired)) * kTaps * kTaps * kSecondVectors * kLanes,
                               [](Vector weights) { return weights; });
  }

  size_t sweepSecond(size_t y, size_t x, size_t count) {
    for (size_t v = 0; v < kSecondVectors; ++v) {
      Vector current = _mm512_add_ps(takeLargest<kSecondVectors>(state.image2, kSecond, y, x, v),
                                     _mm512_load_ps(bias2.data() + v * kLanes));
      size_t first = (y * kLast + x) * kSecondChannels + v * kLanes;
      append(list, count, _mm256_add_epi16(first16(), _mm256_set1_epi16(short(first))),
             step<HalfLeaky>(state.v2 + first, current));
    }
    return count;
  }
};
} // namespace

std::unique_ptr<SpikingBound> lle::bench::makeSpikeEdgeBound(const SpikingWeights &weights) {
  return std::make_unique<SpikeEdge>(weights);
}
#else
std::unique_ptr<SpikingBound> lle::bench::makeSpikeEdgeBound(const SpikingWeights &) { return nullptr; }
#endif
