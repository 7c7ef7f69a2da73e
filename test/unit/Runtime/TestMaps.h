//===- TestMaps.h - core maps made by hand ----------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LLE_TEST_UNIT_RUNTIME_TESTMAPS_H
#define LLE_TEST_UNIT_RUNTIME_TESTMAPS_H

#include "runtime/coremap/CoreMapFile.h"
#include "runtime/emulator/Emulator.h"
#include "gtest/gtest.h"
#include <random>

namespace lle::test {

using IntValues = std::vector<int32_t>;

/// Cores are placed on routers one after the other, row by row.
class MapBuilder {
public:
  runtime::CoreMap map;

  MapBuilder() { map.target = "test"; }

  uint32_t addPopulation(std::string name, runtime::NeuronModel model, int64_t size, uint32_t start,
                         std::vector<runtime::NeuronParameter> parameters = {}) {
    runtime::CorePopulation population;
    population.name = std::move(name);
    population.model = model;
    population.shape = {size};
    population.start = start;
    population.parameters = std::move(parameters);
    map.populations.push_back(std::move(population));
    return uint32_t(map.populations.size() - 1);
  }
  /// A population and the port of its name.
  uint32_t addInput(const std::string &name, int64_t size, uint32_t start = 0) {
    uint32_t population = addPopulation(name, runtime::NeuronModel::Input, size, start);
    map.inputs.push_back({name, population, false});
    return population;
  }
  /// Of the population, and an output of its name.
  void addOutput(uint32_t population) {
    const runtime::CorePopulation &shown = map.populations[population];
    map.outputs.push_back({shown.name, population, shown.model == runtime::NeuronModel::CubaLI});
  }
  uint32_t addCore(std::vector<runtime::NeuronRun> neurons) {
    runtime::CoreContents core;
    core.isHost = map.populations[neurons.front().population].model == runtime::NeuronModel::Input;
    if (!core.isHost) {
      core.x = placed % map.gridWidth;
      core.y = placed++ / map.gridWidth;
    }
    size_t count = 0;
    for (const runtime::NeuronRun &run : neurons)
      count += run.count;
    core.neurons = std::move(neurons);
    core.firstKey = uint32_t(map.cores.size()) << 16;
    map.cores.push_back(std::move(core));
    sent.emplace_back(count);
    return uint32_t(map.cores.size() - 1);
  }
  /// Dense where there are no offsets.
  uint32_t addRow(uint32_t core, const std::vector<int16_t> &weights, uint8_t delay = 1,
                  const std::vector<uint16_t> &offsets = {}, const std::vector<uint8_t> &delays = {}) {
    runtime::CoreContents &c = map.cores[core];
    c.rows.push_back({uint32_t(c.weights.size()), uint32_t(c.offsets.size()), uint32_t(weights.size()), offsets.empty(),
                      delay, delays.empty() ? UINT32_MAX : uint32_t(c.delays.size())});
    c.weights.insert(c.weights.end(), weights.begin(), weights.end());
    c.offsets.insert(c.offsets.end(), offsets.begin(), offsets.end());
    c.delays.insert(c.delays.end(), delays.begin(), delays.end());
    return uint32_t(c.rows.size() - 1);
  }
  uint32_t addInAxon(uint32_t core, uint32_t row, uint32_t base = 0) {
    map.cores[core].inAxons.push_back({row, base});
    return uint32_t(map.cores[core].inAxons.size() - 1);
  }
  void connect(uint32_t from, uint32_t neuron, uint32_t to, uint32_t axon) { sent[from][neuron].push_back({to, axon}); }
  void connectRow(uint32_t from, uint32_t neuron, uint32_t to, const std::vector<int16_t> &weights, uint8_t delay = 1) {
    connect(from, neuron, to, addInAxon(to, addRow(to, weights, delay)));
  }

  /// With the out-axons of all cores.
  runtime::CoreMap finish() {
    for (size_t i = 0; i < map.cores.size() && !map.isMulticast; ++i) {
      runtime::CoreContents &core = map.cores[i];
      core.outBegin = {0};
      for (const std::vector<runtime::OutAxon> &axons : sent[i]) {
        core.outAxons.insert(core.outAxons.end(), axons.begin(), axons.end());
        core.outBegin.push_back(uint32_t(core.outAxons.size()));
      }
    }
    return map;
  }

private:
  uint32_t placed = 0;
  std::vector<std::vector<std::vector<runtime::OutAxon>>> sent; ///< by core and neuron
};

/// `options` are those of Emulator::create.
template <typename... Options>
runtime::Emulator makeEmulator(const runtime::CoreMap &map, Options... options) {
  runtime::Status status = runtime::verifyCoreMap(map, "m");
  EXPECT_TRUE(bool(status)) << status.error().message;
  runtime::Result<runtime::Emulator> emulator = runtime::Emulator::create(map, "m", options...);
  EXPECT_TRUE(bool(emulator)) << emulator.error().message;
  return *emulator;
}

/// Runs steps of a map with one input and one output, which are (steps, size). Spikes become 0 and 1; membranes of
/// SpiNNaker2 cannot be read so.
inline IntValues runMap(runtime::Emulation &emulation, const IntValues &input) {
  const runtime::CoreMap &map = emulation.emulator().map();
  auto count = [&](const runtime::CorePort &port) {
    return size_t(runtime::countNeurons(map.populations[port.population]));
  };
  size_t steps = input.size() / count(map.inputs[0]), size = steps * count(map.outputs[0]);
  const int32_t *from = input.data();
  if (map.outputs[0].isMembrane) {
    IntValues membranes(size);
    void *to = membranes.data();
    emulation.run(steps, &from, &to);
    return membranes;
  }
  std::vector<uint8_t> spikes(size);
  void *to = spikes.data();
  emulation.run(steps, &from, &to);
  return IntValues(spikes.begin(), spikes.end());
}

inline IntValues runMap(const runtime::CoreMap &map, const IntValues &input, unsigned threads = 1) {
  runtime::Emulation emulation = makeEmulator(map).start(threads);
  return runMap(emulation, input);
}

} // namespace lle::test

#endif // LLE_TEST_UNIT_RUNTIME_TESTMAPS_H
