//===- LTCBound.cpp - a liquid cell by hand -------------------------------===//
//
// AVX-512 intrinsics, one thread, one sample. Synapses that conduct nothing are left out. Targets are sorted by fan-in
// and cut into slices of 16 lanes; slot k of a slice holds the k-th synapse of each lane. Sources are looked up in
// registers by permutations, above 128 of them in memory by gathers. The constants of 1 / (1 + 2^(a v + b)) are folded.
//
//===----------------------------------------------------------------------===//
#include "bench/LTCBound.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#ifdef __AVX512F__
#include <immintrin.h>
#endif

using namespace lle::bench;

#ifdef __AVX512F__
namespace {
using Vector = __m512;
constexpr size_t kLanes = 16, kMaxVectors = 16, kMaxPermuted = 8;
constexpr float kLog2E = 1.44269504f;

Vector constant(float value) { return _mm512_set1_ps(value); }

/// 1 / (1 + 2^t): a polynomial of the fraction of t (relative error 1e-7), its whole part as exponent, 14 bits of the
/// reciprocal and a Newton step.
inline Vector open(Vector t) {
  t = _mm512_min_ps(t, constant(126));
  Vector f = _mm512_reduce_ps(t, _MM_FROUND_TO_NEG_INF);
  Vector p = constant(1.8775767e-3f);
  for (float c : {8.9893397e-3f, 5.5826318e-2f, 2.4015361e-1f, 6.9315308e-1f, 0.99999994f})
    p = _mm512_fmadd_ps(p, f, constant(c));
  Vector d = _mm512_add_ps(_mm512_scalef_ps(p, t), constant(1));
  Vector r = _mm512_rcp14_ps(d);
  return _mm512_fmadd_ps(r, _mm512_fnmadd_ps(d, r, constant(1)), r);
}

struct alignas(64) Line {
  float values[kLanes];
};

/// A register's worth of synapses.
struct alignas(64) Slot {
  float slope[kLanes], offset[kLanes], weight[kLanes], current[kLanes];
  int32_t source[kLanes];
};

/// `Vectors` vectors of 16 sources; a power of two.
template <size_t Vectors>
inline Vector lookUp(const Vector *registers, const float *memory, __m512i index) {
  if constexpr (Vectors > kMaxPermuted) {
    return _mm512_i32gather_ps(index, memory, sizeof(float));
  } else if constexpr (Vectors == 1) {
    return _mm512_permutexvar_ps(index, registers[0]);
  } else if constexpr (Vectors == 2) {
    return _mm512_permutex2var_ps(registers[0], index, registers[1]);
  } else {
    constexpr size_t half = Vectors / 2;
    __mmask16 isHigh = _mm512_test_epi32_mask(index, _mm512_set1_epi32(half * kLanes));
    return _mm512_mask_blend_ps(isHigh, lookUp<half>(registers, memory, index),
                                lookUp<half>(registers + half, memory, index));
  }
}

class Synapses {
public:
  Synapses(const LTCSynapses &s, size_t sources, const std::vector<float> &scale, const std::vector<float> &shift,
           const std::vector<size_t> &sourceOf, const std::vector<size_t> &targets) {
    for (size_t first = 0; first < targets.size(); first += kLanes) {
      starts.push_back(slots.size());
      for (size_t lane = 0; lane < std::min(kLanes, targets.size() - first); ++lane) {
        size_t next = starts.back(), target = targets[first + lane];
        for (size_t source = 0; source < sources; ++source) {
          size_t i = source * targets.size() + target;
          if (s.w[i] == 0)
            continue;
          if (next == slots.size())
            slots.push_back({});
          Slot &slot = slots[next++];
          slot.slope[lane] = -kLog2E * s.sigma[i] * scale[source];
          slot.offset[lane] = kLog2E * s.sigma[i] * (s.mu[i] - shift[source]);
          slot.weight[lane] = s.w[i];
          slot.current[lane] = s.w[i] * s.erev[i];
          slot.source[lane] = int32_t(sourceOf[source]);
        }
      }
    }
    starts.push_back(slots.size());
  }

  template <size_t Vectors>
  inline void add(size_t slice, const Vector *registers, const float *memory, Vector &conductance,
                  Vector &current) const {
    Vector otherConductance = _mm512_setzero_ps(), otherCurrent = otherConductance;
    const Slot *slot = slots.data() + starts[slice], *end = slots.data() + starts[slice + 1];
    auto compute = [&](const Slot &s) {
      Vector source = lookUp<Vectors>(registers, memory, _mm512_load_si512(s.source));
      return open(_mm512_fmadd_ps(_mm512_load_ps(s.slope), source, _mm512_load_ps(s.offset)));
    };
    for (; slot + 3 < end; slot += 4) {
      Vector value[4];
      for (size_t k = 0; k < 4; ++k)
        value[k] = lookUp<Vectors>(registers, memory, _mm512_load_si512(slot[k].source));
      for (size_t k = 0; k < 4; ++k)
        value[k] = open(_mm512_fmadd_ps(_mm512_load_ps(slot[k].slope), value[k], _mm512_load_ps(slot[k].offset)));
      for (size_t k = 0; k < 4; ++k) {
        Vector &g = k % 2 ? otherConductance : conductance, &i = k % 2 ? otherCurrent : current;
        g = _mm512_fmadd_ps(value[k], _mm512_load_ps(slot[k].weight), g);
        i = _mm512_fmadd_ps(value[k], _mm512_load_ps(slot[k].current), i);
      }
    }
    for (; slot + 1 < end; slot += 2) {
      Vector first = compute(slot[0]), second = compute(slot[1]);
      conductance = _mm512_fmadd_ps(first, _mm512_load_ps(slot[0].weight), conductance);
      current = _mm512_fmadd_ps(first, _mm512_load_ps(slot[0].current), current);
      otherConductance = _mm512_fmadd_ps(second, _mm512_load_ps(slot[1].weight), otherConductance);
      otherCurrent = _mm512_fmadd_ps(second, _mm512_load_ps(slot[1].current), otherCurrent);
    }
    if (slot < end) {
      Vector value = compute(*slot);
      conductance = _mm512_fmadd_ps(value, _mm512_load_ps(slot->weight), conductance);
      current = _mm512_fmadd_ps(value, _mm512_load_ps(slot->current), current);
    }
    conductance = _mm512_add_ps(conductance, otherConductance);
    current = _mm512_add_ps(current, otherCurrent);
  }

private:
  std::vector<Slot> slots;
  std::vector<size_t> starts;
};

size_t countVectors(size_t elements) {
  size_t vectors = 1;
  while (vectors * kLanes < elements)
    vectors *= 2;
  return vectors;
}

std::vector<size_t> sortByFanIn(const LTCWeights &w) {
  std::vector<size_t> fanIn(w.units), order(w.units);
  for (size_t i = 0; i < w.units * w.units; ++i)
    fanIn[i % w.units] += w.recurrent.w[i] != 0;
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](size_t x, size_t y) { return fanIn[x] != fanIn[y] ? fanIn[x] > fanIn[y] : x < y; });
  return order;
}

std::vector<size_t> invert(const std::vector<size_t> &order) {
  std::vector<size_t> inverse(order.size());
  for (size_t i = 0; i < order.size(); ++i)
    inverse[order[i]] = i;
  return inverse;
}

std::vector<size_t> count(size_t elements) {
  std::vector<size_t> numbers(elements);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

template <size_t UnitVectors, size_t InputVectors>
class Cell : public LTCBound {
public:
  explicit Cell(const LTCWeights &w)
      : units(w.units), inputs(w.inputs), slices((w.units + kLanes - 1) / kLanes), order(sortByFanIn(w)),
        position(invert(order)), sensory(w.sensory, w.inputs, w.inputW, w.inputB, count(w.inputs), order),
        recurrent(w.recurrent, w.units, std::vector<float>(w.units, 1), std::vector<float>(w.units, 0), position,
                  order) {
    for (size_t j = 0; j < units; ++j)
      places[j / kLanes][j % kLanes] = int32_t(position[j]);
    for (size_t i = 0; i < slices * kLanes; ++i) {
      bool isNeuron = i < units;
      size_t j = isNeuron ? order[i] : 0;
      float cm = isNeuron ? w.cm[j] * LTCWeights::kUnfolds : 1;
      at(capacitance, i) = cm;
      at(conductance, i) = isNeuron ? cm + w.gleak[j] + LTCWeights::kEpsilon : 1;
      at(drive, i) = isNeuron ? w.gleak[j] * w.vleak[j] : 0;
    }
  }

  void setState(const float *v) override {
    for (size_t i = 0; i < units; ++i)
      at(state, i) = v[order[i]];
  }

  const float *step(const float *x) override {
    Vector inputRegisters[InputVectors], v[UnitVectors], next[UnitVectors], g[UnitVectors], i[UnitVectors];
    for (size_t k = 0; k < InputVectors; ++k) {
      size_t left = k * kLanes < inputs ? inputs - k * kLanes : 0;
      inputRegisters[k] = _mm512_maskz_loadu_ps(left >= kLanes ? 0xffff : (1u << left) - 1, x + k * kLanes);
    }
    for (size_t s = 0; s < UnitVectors; ++s)
      v[s] = next[s] = g[s] = i[s] = _mm512_setzero_ps();
    for (size_t s = 0; s < slices; ++s) {
      v[s] = _mm512_load_ps(state[s].values);
      g[s] = _mm512_load_ps(conductance[s].values);
      i[s] = _mm512_load_ps(drive[s].values);
      sensory.add<InputVectors>(s, inputRegisters, x, g[s], i[s]);
    }
    for (size_t unfold = 0; unfold < LTCWeights::kUnfolds; ++unfold) {
      for (size_t s = 0; s < slices; ++s) {
        Vector denominator = g[s], numerator = _mm512_fmadd_ps(_mm512_load_ps(capacitance[s].values), v[s], i[s]);
        recurrent.add<UnitVectors>(s, v, state[0].values, denominator, numerator);
        next[s] = _mm512_div_ps(numerator, denominator);
      }
      for (size_t s = 0; s < slices; ++s) {
        v[s] = next[s];
        _mm512_store_ps(state[s].values, v[s]);
      }
    }
    for (size_t s = 0; s < slices; ++s)
      _mm512_store_ps(result[s].values, _mm512_i32gather_ps(_mm512_load_si512(places[s]), state, sizeof(float)));
    return result[0].values;
  }

private:
  const size_t units, inputs, slices;
  const std::vector<size_t> order, position;
  const Synapses sensory, recurrent;
  Line capacitance[kMaxVectors], conductance[kMaxVectors], drive[kMaxVectors], state[kMaxVectors];
  Line result[kMaxVectors];
  alignas(64) int32_t places[kMaxVectors][kLanes] = {}; ///< Where the neurons of the result are in the state.

  static float &at(Line *lines, size_t i) { return lines[i / kLanes].values[i % kLanes]; }
};

template <size_t UnitVectors>
std::unique_ptr<LTCBound> makeCell(const LTCWeights &w) {
  switch (countVectors(w.inputs)) {
  case 1:
    return std::make_unique<Cell<UnitVectors, 1>>(w);
  case 2:
    return std::make_unique<Cell<UnitVectors, 2>>(w);
  case 4:
    return std::make_unique<Cell<UnitVectors, 4>>(w);
  case 8:
    return std::make_unique<Cell<UnitVectors, 8>>(w);
  case 16:
    return std::make_unique<Cell<UnitVectors, 16>>(w);
  }
  return nullptr;
}
} // namespace
#endif

std::unique_ptr<LTCBound> lle::bench::makeLTCBound([[maybe_unused]] const LTCWeights &weights) {
#ifdef __AVX512F__
  switch (countVectors(weights.units)) {
  case 1:
    return makeCell<1>(weights);
  case 2:
    return makeCell<2>(weights);
  case 4:
    return makeCell<4>(weights);
  case 8:
    return makeCell<8>(weights);
  case 16:
    return makeCell<16>(weights);
  }
#endif
  return nullptr;
}
