//===- SpikingSteps.h - pieces of spiking networks by hand ------*- C++ -*-===//
//
// AVX-512 intrinsics, one thread, one sample. Events are lists of 16-bit positions: a compare finds what is not zero,
// and a compression moves the positions of a register to the front, so that finding events takes no branch that could
// be predicted wrongly.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_BENCH_SPIKINGSTEPS_H
#define LLE_BENCH_SPIKINGSTEPS_H

#include "bench/SpikingBound.h"

#if defined(__AVX512BW__) && defined(__AVX512VL__) && defined(__AVX512VBMI2__)
#define LLE_BENCH_SPIKING_BOUND 1
#include <immintrin.h>

namespace lle::bench::steps {

using Vector = __m512;
inline constexpr size_t kLanes = 16;
/// What a list must hold beyond its last event: whole registers are stored.
inline constexpr size_t kSlack = 32;

inline Vector constant(float value) { return _mm512_set1_ps(value); }

inline __m512i first32() {
  alignas(64) static constexpr uint16_t kNumbers[32] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                                        16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
  return _mm512_load_si512(kNumbers);
}
inline __m256i first16() { return _mm512_castsi512_si256(first32()); }

/// Appends those positions of a register that the mask has.
inline void append(uint16_t *list, size_t &count, __m256i positions, __mmask16 active) {
  _mm256_storeu_si256(reinterpret_cast<__m256i *>(list + count), _mm256_maskz_compress_epi16(active, positions));
  count += size_t(__builtin_popcount(active));
}
inline void append(uint16_t *list, size_t &count, __m512i positions, __mmask32 active) {
  _mm512_storeu_si512(list + count, _mm512_maskz_compress_epi16(active, positions));
  count += size_t(__builtin_popcount(active));
}

/// Lists the positions of bytes, or floats, that are not zero.
inline size_t listEvents(const uint8_t *frame, size_t size, uint16_t *list) {
  size_t count = 0;
  __m512i positions = first32();
  const __m512i next = _mm512_set1_epi16(32);
  for (size_t i = 0; i < size; i += 64) {
    __mmask64 inside = size - i >= 64 ? ~__mmask64(0) : (__mmask64(1) << (size - i)) - 1;
    __m512i bytes = _mm512_maskz_loadu_epi8(inside, frame + i);
    __mmask64 active = _mm512_test_epi8_mask(bytes, bytes);
    append(list, count, positions, __mmask32(active));
    positions = _mm512_add_epi16(positions, next);
    append(list, count, positions, __mmask32(active >> 32));
    positions = _mm512_add_epi16(positions, next);
  }
  return count;
}
inline size_t listEvents(const float *frame, size_t size, uint16_t *list) {
  size_t count = 0;
  for (size_t i = 0; i < size; i += kLanes) {
    __mmask16 inside = size - i >= kLanes ? __mmask16(~0) : __mmask16((1u << (size - i)) - 1);
    Vector values = _mm512_maskz_loadu_ps(inside, frame + i);
    __mmask16 active = _mm512_cmp_ps_mask(values, _mm512_setzero_ps(), _CMP_NEQ_UQ);
    append(list, count, _mm256_add_epi16(first16(), _mm256_set1_epi16(short(i))), active);
  }
  return count;
}

/// sums += the rows of the events. A row is `Vectors` registers.
template <size_t Vectors>
inline void addRows(Vector (&sums)[Vectors], const float *rows, const uint16_t *list, size_t count) {
  for (size_t event = 0; event < count; ++event) {
    const float *row = rows + size_t(list[event]) * Vectors * kLanes;
    for (size_t v = 0; v < Vectors; ++v)
      sums[v] = _mm512_add_ps(sums[v], _mm512_load_ps(row + v * kLanes));
  }
}

struct Leaky {
  using Input = uint8_t;
  /// The new potential before the reset.
  static Vector update(Vector v, Vector current) {
    return _mm512_add_ps(_mm512_mul_ps(v, constant(kLeakyDecay)), current);
  }
  static __mmask16 fires(Vector v) { return _mm512_cmp_ps_mask(v, constant(kLeakyThreshold), _CMP_GE_OQ); }
  static Vector reset(Vector v, __mmask16 fired) { return _mm512_mask_sub_ps(v, fired, v, constant(kLeakyThreshold)); }
};

struct Integrator {
  using Input = float;
  static Vector update(Vector v, Vector current) { return _mm512_add_ps(v, current); }
  static __mmask16 fires(Vector v) { return _mm512_cmp_ps_mask(v, constant(1), _CMP_GT_OQ); }
  static Vector reset(Vector v, __mmask16 fired) { return _mm512_mask_mov_ps(v, fired, _mm512_setzero_ps()); }
};

/// Steps 16 neurons; which of them fired.
template <typename Neuron>
inline __mmask16 step(float *v, Vector current) {
  Vector potential = Neuron::update(_mm512_load_ps(v), current);
  __mmask16 fired = Neuron::fires(potential);
  _mm512_store_ps(v, Neuron::reset(potential, fired));
  return fired;
}

/// Steps a population and lists those that fired.
template <typename Neuron, size_t Vectors>
inline size_t stepAndList(float *v, const Vector (&currents)[Vectors], uint16_t *list) {
  size_t count = 0;
  for (size_t k = 0; k < Vectors; ++k)
    append(list, count, _mm256_add_epi16(first16(), _mm256_set1_epi16(short(k * kLanes))),
           step<Neuron>(v + k * kLanes, currents[k]));
  return count;
}

/// Steps the output layer and counts its spikes.
template <typename Neuron, size_t Vectors>
inline void stepAndCount(float *v, const Vector (&currents)[Vectors], __m512i (&counts)[Vectors]) {
  for (size_t k = 0; k < Vectors; ++k) {
    __mmask16 fired = step<Neuron>(v + k * kLanes, currents[k]);
    counts[k] = _mm512_mask_add_epi32(counts[k], fired, counts[k], _mm512_set1_epi32(1));
  }
}

template <size_t Vectors>
inline void storeCounts(const __m512i (&counts)[Vectors], uint32_t *to, size_t outputs) {
  for (size_t k = 0; k < Vectors; ++k) {
    size_t rest = outputs - k * kLanes;
    _mm512_mask_storeu_epi32(to + k * kLanes, rest >= kLanes ? __mmask16(~0) : __mmask16((1u << rest) - 1), counts[k]);
  }
}

/// Whole registers in memory, aligned.
struct alignas(64) Line {
  float values[kLanes];
};
struct Lines {
  std::vector<Line> lines;
  explicit Lines(size_t count = 0) : lines(count) {}
  float *data() { return lines.data()->values; }
  const float *data() const { return lines.data()->values; }
};

/// [output][input] to [input][output, in whole registers].
inline Lines packByInput(const std::vector<float> &weights, size_t inputs, size_t outputs) {
  size_t width = (outputs + kLanes - 1) / kLanes;
  Lines packed(inputs * width);
  for (size_t o = 0; o < outputs; ++o)
    for (size_t i = 0; i < inputs; ++i)
      packed.data()[i * width * kLanes + o] = weights[o * inputs + i];
  return packed;
}

} // namespace lle::bench::steps
#endif

#endif
