//===- SpikingBound.cpp - fully connected spiking networks by hand --------===//
//
// Rows of weights are added for each event, sums stay in registers: 8 for 128 neurons, 16 for 256. int8 weights are
// added as 16-bit integers, 256 events at most before they are widened, which cannot overflow.
//
//===----------------------------------------------------------------------===//
#include "bench/SpikingSteps.h"

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace lle::bench;

QuantizedLayer lle::bench::quantize(const std::vector<float> &weights) {
  float largest = 0;
  for (float weight : weights)
    largest = std::max(largest, std::fabs(weight));
  QuantizedLayer layer{{}, largest / 127};
  for (float weight : weights)
    layer.weights.push_back(int8_t(std::lrint(weight / layer.scale)));
  return layer;
}

#ifdef LLE_BENCH_SPIKING_BOUND
using namespace lle::bench::steps;

namespace {
template <size_t Vectors>
class FloatRows {
public:
  FloatRows(const std::vector<float> &weights, size_t inputs) : rows(packByInput(weights, inputs, Vectors * kLanes)) {}

  void addTo(Vector (&sums)[Vectors], const uint16_t *list, size_t count) const {
    addRows(sums, rows.data(), list, count);
  }

private:
  Lines rows;
};

template <size_t Vectors>
class ByteRows {
public:
  ByteRows(const std::vector<float> &weights, size_t inputs) : rows(inputs) {
    QuantizedLayer layer = quantize(weights);
    scale = layer.scale;
    for (size_t o = 0; o < kOutputs; ++o)
      for (size_t i = 0; i < inputs; ++i)
        rows[i].values[o] = layer.weights[o * inputs + i];
  }

  void addTo(Vector (&sums)[Vectors], const uint16_t *list, size_t count) const {
    if (count <= kBlock) {
      addBlock(sums, list, count);
      return;
    }
    // Sums of several blocks are widened before they are added, and become floats at the end.
    __m512i wide[Vectors];
    for (__m512i &sum : wide)
      sum = _mm512_setzero_si512();
    for (size_t first = 0; first < count; first += kBlock) {
      __m512i narrow[Vectors / 2];
      addRowsOf(narrow, list + first, std::min(kBlock, count - first));
      for (size_t v = 0; v < Vectors; ++v)
        wide[v] = _mm512_add_epi32(wide[v], widen(narrow, v));
    }
    for (size_t v = 0; v < Vectors; ++v)
      sums[v] = _mm512_add_ps(sums[v], _mm512_mul_ps(_mm512_cvtepi32_ps(wide[v]), constant(scale)));
  }

private:
  static constexpr size_t kOutputs = Vectors * kLanes;
  static constexpr size_t kBlock = 256; ///< 256 * 127 fits 16 bits, and -127 is the smallest weight.
  struct alignas(64) Row {
    int8_t values[kOutputs];
  };
  std::vector<Row> rows;
  float scale;

  /// 32 lanes of 16 bits: half as many registers as of floats.
  void addRowsOf(__m512i (&narrow)[Vectors / 2], const uint16_t *list, size_t count) const {
    for (__m512i &sum : narrow)
      sum = _mm512_setzero_si512();
    for (size_t event = 0; event < count; ++event) {
      const int8_t *row = rows.data()[list[event]].values;
      for (size_t v = 0; v < Vectors / 2; ++v)
        narrow[v] = _mm512_add_epi16(narrow[v], _mm512_cvtepi8_epi16(_mm256_load_si256(
                                                    reinterpret_cast<const __m256i *>(row + v * 2 * kLanes))));
    }
  }
  static __m512i widen(const __m512i (&narrow)[Vectors / 2], size_t v) {
    __m512i pair = narrow[v / 2];
    return _mm512_cvtepi16_epi32(v % 2 ? _mm512_extracti64x4_epi64(pair, 1) : _mm512_castsi512_si256(pair));
  }
  void addBlock(Vector (&sums)[Vectors], const uint16_t *list, size_t count) const {
    __m512i narrow[Vectors / 2];
    addRowsOf(narrow, list, count);
    for (size_t v = 0; v < Vectors; ++v)
      sums[v] = _mm512_add_ps(sums[v], _mm512_mul_ps(_mm512_cvtepi32_ps(widen(narrow, v)), constant(scale)));
  }
};

/// One hidden layer of `Hidden` registers, recurrent or not, and outputs in `Outputs` registers.
template <size_t Hidden, size_t Outputs, bool Recurrent, template <size_t> class Rows>
class FullyConnected : public SpikingBound {
public:
  FullyConnected(const SpikingWeights &weights, size_t inputs, size_t outputs)
      : inputs(inputs), outputs(outputs), input(weights.front(), inputs),
        recurrent(Recurrent ? weights[1] : std::vector<float>(), Recurrent ? Hidden * kLanes : 0),
        readout(packByInput(weights.back(), Hidden * kLanes, outputs)), events(inputs + kSlack) {}

  void infer(const void *frames, size_t steps, uint32_t *counts) override {
    alignas(64) float v[Hidden * kLanes] = {}, vOut[Outputs * kLanes] = {};
    uint16_t fired[Hidden * kLanes + kSlack];
    __m512i spikes[Outputs];
    for (__m512i &count : spikes)
      count = _mm512_setzero_si512();
    size_t firedCount = 0;
    for (size_t t = 0; t < steps; ++t) {
      size_t count = listEvents(static_cast<const uint8_t *>(frames) + t * inputs, inputs, events.data());
      Vector hidden[Hidden], out[Outputs];
      for (Vector &sum : hidden)
        sum = _mm512_setzero_ps();
      for (Vector &sum : out)
        sum = _mm512_setzero_ps();
      input.addTo(hidden, events.data(), count);
      if (Recurrent)
        recurrent.addTo(hidden, fired, firedCount);
      firedCount = stepAndList<Leaky>(v, hidden, fired);
      addRows(out, readout.data(), fired, firedCount);
      stepAndCount<Leaky>(vOut, out, spikes);
    }
    storeCounts(spikes, counts, outputs);
  }

private:
  size_t inputs, outputs;
  Rows<Hidden> input, recurrent;
  Lines readout;
  std::vector<uint16_t> events;
};
} // namespace

std::unique_ptr<SpikingBound> lle::bench::makeMLPBound(const SpikingWeights &weights, Storage storage) {
  if (storage == Storage::int8)
    return std::make_unique<FullyConnected<8, 1, false, ByteRows>>(weights, 784, 10);
  return std::make_unique<FullyConnected<8, 1, false, FloatRows>>(weights, 784, 10);
}

std::unique_ptr<SpikingBound> lle::bench::makeRecurrentBound(const SpikingWeights &weights, Storage storage) {
  if (storage == Storage::int8)
    return std::make_unique<FullyConnected<16, 2, true, ByteRows>>(weights, 700, 20);
  return std::make_unique<FullyConnected<16, 2, true, FloatRows>>(weights, 700, 20);
}
#else
std::unique_ptr<SpikingBound> lle::bench::makeMLPBound(const SpikingWeights &, Storage) { return nullptr; }
std::unique_ptr<SpikingBound> lle::bench::makeRecurrentBound(const SpikingWeights &, Storage) { return nullptr; }
#endif
