//===- SpikingConvBound.cpp - convolutional spiking networks by hand ------===//
//
// Feature maps are channels last, a pixel of 16 channels is a register. Each event adds a patch of weights to an image
// in memory that has a border, so that no tap needs a test. The sweep over a population reads its current, clears it
// for the next step, and appends what fires to the list of events of the next layer. Sums over 2 x 2 pixels are never
// made: an event goes to the pixel that its window becomes.
//
//===----------------------------------------------------------------------===//
#include "bench/SpikingSteps.h"

#include <algorithm>
#include <type_traits>

using namespace lle::bench;

#ifdef LLE_BENCH_SPIKING_BOUND
using namespace lle::bench::steps;

namespace {
constexpr size_t kChannels = 16, kThirdChannels = 8, kHidden = 256, kOutputs = 10;
constexpr size_t kSide = 34, kPlane = kSide * kSide, kInputs = 2 * kPlane;
constexpr size_t kMap = 16, kMapPixels = kMap * kMap; ///< Behind the first and the second convolution.
constexpr size_t kPooled = kMap / 2, kPooledPixels = kPooled * kPooled; ///< Behind the third.
constexpr size_t kTaps = 3, kPatch = kTaps * kTaps;
/// Rows of an image with what taps reach outside.
constexpr size_t kFirstStride = kMap + 4, kSecondStride = kMap + 2, kThirdStride = kPooled + 2;

/// Where an input event goes. With stride 2 it meets every second tap: of five, three or two, the third one then zero.
struct Target {
  uint32_t place; ///< First pixel of the image.
  uint32_t patch;
};

inline void addPatch(float *image, size_t stride, const float *patch) {
  for (size_t y = 0; y < kTaps; ++y)
    for (size_t x = 0; x < kTaps; ++x) {
      float *pixel = image + (y * stride + x) * kLanes;
      const float *weights = patch + (y * kTaps + x) * kLanes;
      _mm512_store_ps(pixel, _mm512_add_ps(_mm512_load_ps(pixel), _mm512_load_ps(weights)));
    }
}

/// The same for 8 channels.
inline void addNarrowPatch(float *image, size_t stride, const float *patch) {
  for (size_t y = 0; y < kTaps; ++y)
    for (size_t x = 0; x < kTaps; ++x) {
      float *pixel = image + (y * stride + x) * kThirdChannels;
      const float *weights = patch + (y * kTaps + x) * kThirdChannels;
      _mm256_store_ps(pixel, _mm256_add_ps(_mm256_load_ps(pixel), _mm256_load_ps(weights)));
    }
}

template <typename Neuron, bool Dense>
class Convolutional : public SpikingBound {
public:
  explicit Convolutional(const SpikingWeights &weights)
      : patches1(4 * 2 * kPatch), patches2(kChannels * kPatch), patches3(kChannels * kPatch / 2),
        rows4(kPooledPixels / 4 * kThirdChannels * kHidden / kLanes),
        rows5(packByInput(weights[4], kHidden, kOutputs)) {
    for (size_t o = 0; o < kChannels; ++o)
      packFirst(weights[0], o);
    pack3x3(weights[1], kChannels, patches2.data());
    pack3x3(weights[2], kThirdChannels, patches3.data());
    constexpr size_t kWindows = kPooledPixels / 4;
    for (size_t o = 0; o < kHidden; ++o)
      for (size_t channel = 0; channel < kThirdChannels; ++channel)
        for (size_t window = 0; window < kWindows; ++window)
          rows4.data()[(window * kThirdChannels + channel) * kHidden + o] =
              weights[3][(o * kThirdChannels + channel) * kWindows + window];
    for (size_t i = 0; i < kInputs; ++i) {
      size_t y = i % kPlane / kSide, x = i % kSide;
      // An input meets the taps that are as even as y + 1.
      size_t parity = (y + 1) % 2 * 2 + (x + 1) % 2;
      targets[i] = {uint32_t(firstRow(y) * kFirstStride + firstRow(x)), uint32_t(parity * 2 + i / kPlane)};
    }
  }

  void infer(const void *frames, size_t steps, uint32_t *counts) override {
    state = {};
    __m512i spikes[1] = {_mm512_setzero_si512()};
    for (size_t t = 0; t < steps; ++t) {
      convolveInput(static_cast<const typename Neuron::Input *>(frames) + t * kInputs);
      size_t count = sweepFirst();
      for (size_t event = 0; event < count; ++event) {
        size_t pixel = fired[event] / kChannels, channel = fired[event] % kChannels;
        addPatch(state.image2 + (pixel + pixel / kMap * (kSecondStride - kMap)) * kLanes, kSecondStride,
                 patches2.data() + channel * kPatch * kLanes);
      }
      count = sweepSecond();
      for (size_t event = 0; event < count; ++event) {
        size_t pixel = fired[event] / kChannels, channel = fired[event] % kChannels;
        addNarrowPatch(state.image3 + (pixel + pixel / kPooled * (kThirdStride - kPooled)) * kThirdChannels,
                       kThirdStride, patches3.data() + channel * kPatch * kThirdChannels);
      }
      Vector hidden[kHidden / kLanes];
      for (Vector &sum : hidden)
        sum = _mm512_setzero_ps();
      sweepThird(hidden);
      count = stepAndList<Neuron>(state.v4, hidden, fired);
      // Four sums, where one would wait for itself.
      Vector out[1] = {_mm512_setzero_ps()}, parts[3] = {out[0], out[0], out[0]};
      size_t event = 0;
      for (; event + 4 <= count; event += 4) {
        out[0] = _mm512_add_ps(out[0], _mm512_load_ps(rows5.data() + fired[event] * kLanes));
        for (size_t k = 0; k < 3; ++k)
          parts[k] = _mm512_add_ps(parts[k], _mm512_load_ps(rows5.data() + fired[event + k + 1] * kLanes));
      }
      addRows(out, rows5.data(), fired + event, count - event);
      out[0] = _mm512_add_ps(_mm512_add_ps(out[0], parts[0]), _mm512_add_ps(parts[1], parts[2]));
      stepAndCount<Neuron>(state.v5, out, spikes);
    }
    storeCounts(spikes, counts, kOutputs);
  }

private:
  /// First row of the bordered image that an input row reaches: output (y + 1 - ky) / 2 for a ky of 4 or 5, where
  /// outputs begin at row 2.
  static size_t firstRow(size_t y) { return (y + 1) / 2; }

  void packFirst(const std::vector<float> &weights, size_t o) {
    for (size_t parity = 0; parity < 4; ++parity)
      for (size_t channel = 0; channel < 2; ++channel)
        for (size_t y = 0; y < kTaps; ++y)
          for (size_t x = 0; x < kTaps; ++x) {
            // From the largest tap down. Odd ones are 5 (which does not exist), 3 and 1.
            size_t ky = (parity / 2 ? 5 : 4) - 2 * y, kx = (parity % 2 ? 5 : 4) - 2 * x;
            if (ky < 5 && kx < 5)
              patches1.data()[(((parity * 2 + channel) * kTaps + y) * kTaps + x) * kLanes + o] =
                  weights[((o * 2 + channel) * 5 + ky) * 5 + kx];
          }
  }

  static void pack3x3(const std::vector<float> &weights, size_t outputs, float *patches) {
    for (size_t o = 0; o < outputs; ++o)
      for (size_t channel = 0; channel < kChannels; ++channel)
        for (size_t tap = 0; tap < kPatch; ++tap)
          patches[(channel * kPatch + kPatch - 1 - tap) * outputs + o] =
              weights[(o * kChannels + channel) * kPatch + tap];
  }

  void convolveInput(const typename Neuron::Input *frame) {
    size_t count = listEvents(frame, kInputs, fired);
    for (size_t event = 0; event < count; ++event) {
      Target target = targets[fired[event]];
      float *image = state.image1 + target.place * kLanes;
      const float *patch = patches1.data() + target.patch * kPatch * kLanes;
      if constexpr (std::is_same_v<typename Neuron::Input, uint8_t>) {
        addPatch(image, kFirstStride, patch);
      } else {
        Vector value = constant(frame[fired[event]]);
        for (size_t y = 0; y < kTaps; ++y)
          for (size_t x = 0; x < kTaps; ++x) {
            float *pixel = image + (y * kFirstStride + x) * kLanes;
            Vector product = _mm512_mul_ps(value, _mm512_load_ps(patch + (y * kTaps + x) * kLanes));
            _mm512_store_ps(pixel, _mm512_add_ps(_mm512_load_ps(pixel), product));
          }
      }
    }
  }

  /// Lists pixel * 16 + channel.
  size_t sweepFirst() {
    size_t count = 0;
    __m256i positions = first16();
    for (size_t y = 0; y < kMap; ++y)
      for (size_t x = 0; x < kMap; ++x) {
        float *current = state.image1 + ((y + 2) * kFirstStride + x + 2) * kLanes;
        __mmask16 active = step<Neuron>(state.v1 + (y * kMap + x) * kLanes, _mm512_load_ps(current));
        _mm512_store_ps(current, _mm512_setzero_ps());
        append(fired, count, positions, active);
        positions = _mm256_add_epi16(positions, _mm256_set1_epi16(kChannels));
      }
    return count;
  }

  /// Lists window * 16 + channel.
  size_t sweepSecond() {
    size_t count = 0;
    for (size_t y = 0; y < kMap; ++y)
      for (size_t x = 0; x < kMap; ++x) {
        float *current = state.image2 + ((y + 1) * kSecondStride + x + 1) * kLanes;
        __mmask16 active = step<Neuron>(state.v2 + (y * kMap + x) * kLanes, _mm512_load_ps(current));
        _mm512_store_ps(current, _mm512_setzero_ps());
        short window = short((y / 2 * kPooled + x / 2) * kChannels);
        append(fired, count, _mm256_add_epi16(first16(), _mm256_set1_epi16(window)), active);
      }
    return count;
  }

  /// Two pixels of 8 channels at a time; they are in one window. Adds what they fire into the next layer.
  void sweepThird(Vector (&hidden)[kHidden / kLanes]) {
    size_t count = 0;
    const __m256i channels = _mm256_and_si256(first16(), _mm256_set1_epi16(kThirdChannels - 1));
    for (size_t y = 0; y < kPooled; ++y)
      for (size_t x = 0; x < kPooled; x += 2) {
        float *current = state.image3 + ((y + 1) * kThirdStride + x + 1) * kThirdChannels;
        __mmask16 active = step<Neuron>(state.v3 + (y * kPooled + x) * kThirdChannels, _mm512_loadu_ps(current));
        _mm512_storeu_ps(current, _mm512_setzero_ps());
        size_t window = y / 2 * (kPooled / 2) + x / 2;
        if constexpr (Dense) {
          Vector one = _mm512_maskz_mov_ps(active, constant(1));
          __m256 both = _mm256_add_ps(_mm512_castps512_ps256(one), _mm512_extractf32x8_ps(one, 1));
          float *sums = windows + window * kThirdChannels;
          _mm256_store_ps(sums, y % 2 ? _mm256_add_ps(_mm256_load_ps(sums), both) : both);
        } else {
          append(fired, count, _mm256_add_epi16(channels, _mm256_set1_epi16(short(window * kThirdChannels))), active);
        }
      }
    if constexpr (Dense) {
      for (size_t i = 0; i < kPooledPixels / 4 * kThirdChannels; ++i)
        for (size_t v = 0; v < kHidden / kLanes; ++v)
          hidden[v] =
              _mm512_fmadd_ps(constant(windows[i]), _mm512_load_ps(rows4.data() + i * kHidden + v * kLanes), hidden[v]);
    } else {
      addRows(hidden, rows4.data(), fired, count);
    }
  }

  Lines patches1, patches2, patches3, rows4, rows5;
  Target targets[kInputs];
  uint16_t fired[std::max(kInputs, kMapPixels *kChannels) + kSlack];
  alignas(64) float windows[kPooledPixels / 4 * kThirdChannels];

  struct State {
    alignas(64) float image1[kFirstStride * kFirstStride * kChannels], v1[kMapPixels * kChannels],
        image2[kSecondStride * kSecondStride * kChannels], v2[kMapPixels * kChannels],
        image3[kThirdStride * kThirdStride * kThirdChannels], v3[kPooledPixels * kThirdChannels], v4[kHidden],
        v5[kLanes];
  } state;
};
} // namespace

std::unique_ptr<SpikingBound> lle::bench::makeConvBound(const SpikingWeights &weights, ConvNeurons neurons,
                                                        bool dense) {
  if (neurons == ConvNeurons::integrator)
    return std::make_unique<Convolutional<Integrator, false>>(weights);
  if (dense)
    return std::make_unique<Convolutional<Leaky, true>>(weights);
  return std::make_unique<Convolutional<Leaky, false>>(weights);
}
#else
std::unique_ptr<SpikingBound> lle::bench::makeConvBound(const SpikingWeights &, ConvNeurons, bool) { return nullptr; }
#endif
