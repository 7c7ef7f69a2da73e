//===- RandomMap.h - core maps at random, with a plain oracle ---*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LLE_TEST_UNIT_RUNTIME_RANDOMMAP_H
#define LLE_TEST_UNIT_RUNTIME_RANDOMMAP_H

#include "TestMaps.h"

namespace lle::test {

/// An input and layers of spiking neurons, the last one shown, in Loihi's integers; with recurrent synapses, several
/// runs on a core, rows of all kinds and delays.
struct RandomMap {
  explicit RandomMap(uint32_t seed);

  struct Synapse {
    uint32_t from, source, to, target; ///< population and neuron
    int32_t weight;
    uint32_t delay;
  };
  runtime::CoreMap map;
  std::vector<Synapse> synapses;
  IntValues input; ///< kSteps of them
  static constexpr uint32_t kSteps = 20;

  /// The chip tick by tick, by the definitions: in each tick sums, then neurons, then spikes. Returns the output's
  /// spikes in the steps of the network.
  IntValues evaluate() const;

private:
  uint32_t pick(uint32_t low, uint32_t high) { return low + uint32_t(random() % (high - low + 1)); }
  void placeAll(MapBuilder &builder);
  void connect(MapBuilder &builder, uint32_t from, uint32_t to);

  std::mt19937 random;
};

inline RandomMap::RandomMap(uint32_t seed) : random(seed) {
  MapBuilder builder;
  uint32_t layers = pick(1, 4), start = 0;
  builder.addInput("x", pick(1, 24), pick(0, 1));
  for (uint32_t layer = 1; layer <= layers; ++layer) {
    start += pick(1, 3);
    auto values = [&](int32_t size, int32_t low, int32_t high) {
      IntValues result(pick(0, 1) ? 1 : size);
      for (int32_t &value : result)
        value = low + int32_t(pick(0, uint32_t(high - low)));
      return result;
    };
    int32_t size = int32_t(pick(1, 40));
    uint32_t population = builder.addPopulation("p" + std::to_string(layer), runtime::NeuronModel::CubaLIF, size, start,
                                                {{"du", values(size, -1, 4095), {}},
                                                 {"dv", values(size, 0, 4096), {}},
                                                 {"v_threshold", values(size, 0, 300), {}},
                                                 {"bias", values(size, -500, 2000), {}}});
    builder.map.populations[population].weightExponent = pick(0, 2);
    if (pick(0, 2) == 0) {
      builder.map.populations[population].resetInterval = pick(2, 7);
      builder.map.populations[population].resetOffset = pick(0, 1);
    }
  }
  builder.addOutput(layers);
  placeAll(builder);
  for (uint32_t to = 1; to <= layers; ++to)
    for (uint32_t from = 0; from <= layers; ++from)
      if (from + 1 == to || pick(0, 3) == 0)
        connect(builder, from, to);
  map = builder.finish();
  input.resize(kSteps * runtime::countNeurons(map.populations[0]));
  for (int32_t &value : input)
    value = pick(0, 3) != 0 ? 0 : pick(0, 4) ? 1 : int32_t(pick(0, 40)) - 20;
}

inline void RandomMap::placeAll(MapBuilder &builder) {
  auto sizeOf = [&](uint32_t p) { return uint32_t(runtime::countNeurons(builder.map.populations[p])); };
  builder.addCore({{0, 0, sizeOf(0)}});
  std::vector<runtime::NeuronRun> pending;
  for (uint32_t p = 1; p < builder.map.populations.size(); ++p)
    for (uint32_t first = 0, count; first < sizeOf(p); first += count) {
      count = pick(1, sizeOf(p) - first);
      pending.push_back({p, first, count});
      if (pick(0, 1)) {
        builder.addCore(pending);
        pending.clear();
      }
    }
  if (!pending.empty())
    builder.addCore(pending);
}

inline void RandomMap::connect(MapBuilder &builder, uint32_t from, uint32_t to) {
  uint32_t startFrom = builder.map.populations[from].start, startTo = builder.map.populations[to].start;
  uint32_t least = startTo > startFrom ? startTo - startFrom : 1;
  // Every other connection is one that the emulator may keep as a matrix.
  const bool isRegular = pick(0, 1), isNarrow = pick(0, 1);
  const uint8_t regularDelay = uint8_t(least + pick(0, 3));
  for (uint32_t core = 0; core < builder.map.cores.size(); ++core) {
    uint32_t local = 0;
    for (runtime::NeuronRun run : std::vector(builder.map.cores[core].neurons)) {
      uint32_t base = local;
      local += run.count;
      if (run.population != from)
        continue;
      for (uint32_t n = 0; n < run.count; ++n)
        for (uint32_t target = 0; target < builder.map.cores.size(); ++target) {
          uint32_t place = 0;
          for (runtime::NeuronRun reached : std::vector(builder.map.cores[target].neurons)) {
            uint32_t first = place;
            place += reached.count;
            if (reached.population != to || pick(0, isRegular ? 15 : 4) == 0)
              continue;
            bool isDense = pick(0, 1);
            uint32_t count = isDense ? reached.count : pick(1, reached.count);
            uint8_t delay = isRegular ? regularDelay : uint8_t(least + pick(0, 3));
            std::vector<int16_t> weights;
            std::vector<uint16_t> offsets;
            std::vector<uint8_t> delays;
            bool hasDelays = !isRegular && pick(0, 3) == 0;
            for (uint32_t i = 0; i < count; ++i) {
              weights.push_back(isNarrow ? int16_t(pick(0, 200)) - 100 : int16_t(pick(0, 511)) - 256);
              if (!isDense)
                offsets.push_back(uint16_t(pick(0, reached.count - 1)));
              if (hasDelays)
                delays.push_back(uint8_t(least + pick(0, 5)));
              synapses.push_back({from, run.first + n, to, reached.first + (isDense ? i : offsets.back()),
                                  weights.back(), hasDelays ? delays.back() : delay});
            }
            uint32_t row = builder.addRow(target, weights, delay, offsets, delays);
            builder.connect(core, base + n, target, builder.addInAxon(target, row, first));
          }
        }
    }
  }
}

inline IntValues RandomMap::evaluate() const {
  auto decay = [](int64_t s, int64_t kept) { return (s < 0 ? -1 : 1) * ((std::abs(s) * kept) >> 12); };
  struct Population {
    std::vector<int64_t> u, v;
    std::vector<std::vector<int64_t>> sums; ///< by tick
  };
  uint32_t latency = 0;
  for (const runtime::CorePopulation &p : map.populations)
    latency = std::max(latency, p.start);
  std::vector<Population> populations;
  for (const runtime::CorePopulation &p : map.populations) {
    std::vector<int64_t> zeros(runtime::countNeurons(p));
    populations.push_back({zeros, zeros, std::vector(kSteps + 2 * latency + 64, zeros)});
  }
  IntValues output;
  for (uint32_t tick = 0; tick < kSteps + latency; ++tick)
    for (uint32_t p = 0; p < populations.size(); ++p) {
      const runtime::CorePopulation &population = map.populations[p];
      if (tick < population.start || tick - population.start >= kSteps)
        continue;
      uint32_t step = tick - population.start, size = uint32_t(populations[p].u.size());
      bool isReset = population.resetInterval != 0 && (step + 1) % population.resetInterval == population.resetOffset;
      for (uint32_t n = 0; n < size; ++n) {
        int64_t sent = p == 0 ? input[step * size + n] : 0;
        if (p != 0) {
          auto get = [&](size_t index) {
            const IntValues &values = population.parameters[index].integers;
            return int64_t(values[values.size() == 1 ? 0 : n]);
          };
          int64_t &u = populations[p].u[n], &v = populations[p].v[n];
          if (isReset)
            u = v = 0;
          u = decay(u, 4096 - (get(0) + 1)) + populations[p].sums[tick][n] * (64 << population.weightExponent);
          u = u > 1 << 23 ? u - (1 << 24) : u <= -(1 << 23) ? u + (1 << 24) : u;
          v = decay(v, 4096 - get(1)) + u + get(3);
          v = std::clamp<int64_t>(v, 1 - (1 << 23), (1 << 23) - 1);
          sent = v > get(2) * 64;
          if (sent)
            v = 0;
        }
        if (p + 1 == populations.size())
          output.push_back(int32_t(sent));
        for (const Synapse &synapse : synapses)
          if (sent != 0 && synapse.from == p && synapse.source == n)
            populations[synapse.to].sums[tick + synapse.delay][synapse.target] += sent * synapse.weight;
      }
    }
  return output;
}

} // namespace lle::test

#endif // LLE_TEST_UNIT_RUNTIME_RANDOMMAP_H
