//===- EmulatorTest.cpp - core maps at work -------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../SharedData.h"
#include "TestMaps.h"
#include "gmock/gmock.h"
#include <cstring>
#include <fstream>

using namespace lle::runtime;
using namespace lle::test;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

/// Adds up what arrives: u does not outlast a step, v never decays.
const std::vector<NeuronParameter> kSum{{"du", {4095}, {}}, {"dv", {0}, {}}};
constexpr int32_t kUnit = 64; ///< of a membrane, for a weight of 1

/// An input of `inputs` neurons and a readout of `outputs` on one core, not connected.
struct Pair {
  explicit Pair(int64_t inputs, int64_t outputs, uint32_t start = 1) {
    uint32_t x = builder.addInput("x", inputs);
    uint32_t y = builder.addPopulation("y", NeuronModel::CubaLI, outputs, start, kSum);
    builder.addOutput(y);
    host = builder.addCore({{x, 0, uint32_t(inputs)}});
    core = builder.addCore({{y, 0, uint32_t(outputs)}});
  }
  MapBuilder builder;
  uint32_t host, core;
};

} // namespace

TEST(Emulator, DelaysAndPayloads) {
  Pair pair(2, 2, /*start=*/1);
  // Input 0 reaches output 0 in its own step, and output 1 two steps later; input 1 both, by dense delays.
  pair.builder.connect(pair.host, 0, pair.core,
                       pair.builder.addInAxon(pair.core, pair.builder.addRow(pair.core, {3, 5}, 1, {0, 1}, {1, 3})));
  pair.builder.connectRow(pair.host, 1, pair.core, {-2, 7}, 2);
  CoreMap map = pair.builder.finish();
  EXPECT_THAT(runMap(map, {1, 0, 0, 1, -4, 0, 0, 0, 0, 0}),
              ElementsAre(3 * kUnit, 0, 3 * kUnit, 0, (3 - 2 - 12) * kUnit, (7 + 5) * kUnit, -11 * kUnit, 12 * kUnit,
                          -11 * kUnit, (12 - 20) * kUnit));
}

TEST(Emulator, FixedPointRuleOfLoihi) {
  Pair pair(1, 1);
  pair.builder.map.populations[1].parameters = {{"du", {1023}, {}}, {"dv", {2048}, {}}, {"bias", {-5}, {}}};
  pair.builder.map.populations[1].weightExponent = 1;
  pair.builder.connectRow(pair.host, 0, pair.core, {-3});
  // u = -3 << 7 = -384, then (384 * 3072) >> 12 = 288; v = -389, then -(389 >> 1) - 288 - 5 = -487.
  EXPECT_THAT(runMap(pair.builder.finish(), {1, 0}), ElementsAre(-389, -487));
}

TEST(Emulator, SumsWrapOnceAndMembranesClip) {
  Pair pair(1, 1);
  pair.builder.map.populations[1].parameters = {{"du", {-1}, {}}, {"dv", {0}, {}}};
  pair.builder.connectRow(pair.host, 0, pair.core, {128});
  // A payload of 1023 is 2^23 - 2^13. Twice that is wrapped to -2^14, and so the membrane is 2^23 - 2^13 - 2^14.
  EXPECT_THAT(runMap(pair.builder.finish(), {1023, 1023, 1023, 0}),
              ElementsAre(8380416, 8380416 - 16384, 8388607, 8388607));
}

TEST(Emulator, PopulationsStartLaterAndAreResetInIntervals) {
  MapBuilder builder;
  uint32_t x = builder.addInput("x", 1);
  uint32_t relay = builder.addPopulation("relay", NeuronModel::CubaLIF, 1, 1, {{"du", {4095}, {}}});
  uint32_t y = builder.addPopulation("y", NeuronModel::CubaLI, 1, 4, {{"du", {4095}, {}}, {"bias", {1}, {}}});
  builder.map.populations[y].resetInterval = 4;
  builder.map.populations[y].resetOffset = 3;
  builder.addOutput(y);
  uint32_t host = builder.addCore({{x, 0, 1}}), core = builder.addCore({{relay, 0, 1}, {y, 0, 1}});
  builder.connectRow(host, 0, core, {1});
  builder.connect(core, 0, core, builder.addInAxon(core, builder.addRow(core, {2}, 3), 1));
  Emulator emulator = makeEmulator(builder.finish());
  EXPECT_EQ(emulator.latency(), 4u);
  Emulation emulation = emulator.start();
  // Steps 2 and 6 start from 0; the bias counts from step 0 on, not from tick 0.
  EXPECT_THAT(runMap(emulation, {0, 1, 0, 0, 1, 0, 0, 1}), ElementsAre(1, 130, 1, 2, 131, 132, 1, 130));
  emulation.reset();
  EXPECT_THAT(runMap(emulation, {1, 1}), ElementsAre(129, 258));
  Activity activity = emulation.activity();
  EXPECT_EQ(activity.samples, 2u);
  EXPECT_EQ(activity.steps, 10u);
  EXPECT_EQ(activity.ticks, 18u);
}

TEST(Emulator, SourcesShareARow) {
  // A kernel of three taps over six pixels: one row, four places.
  Pair pair(4, 6);
  uint32_t kernel = pair.builder.addRow(pair.core, {1, 10, 100});
  for (uint32_t pixel = 0; pixel < 4; ++pixel)
    pair.builder.connect(pair.host, pixel, pair.core, pair.builder.addInAxon(pair.core, kernel, pixel));
  IntValues sums = runMap(pair.builder.finish(), {1, 1, 0, 1});
  for (int32_t &sum : sums)
    sum /= kUnit;
  EXPECT_THAT(sums, ElementsAre(1, 11, 110, 101, 10, 100));
}

TEST(Emulator, NeuronOfLavaAndLoihi2) {
  constexpr const char *kTrace = "spiking/paper_01_lif/lif_lava_cpu_fixed.csv";
  LLE_NEEDS_SHARED_DATA(kTrace);
  std::ifstream file(sharedData(kTrace));
  IntValues input, voltages, spikes;
  char comma;
  for (double x, v, z; file >> x >> comma >> v >> comma >> z;) {
    input.push_back(int32_t(x));
    voltages.push_back(int32_t(v));
    spikes.push_back(int32_t(z));
  }
  ASSERT_EQ(input.size(), 1000u);
  MapBuilder builder;
  uint32_t x = builder.addInput("x", 1);
  uint32_t lif = builder.addPopulation("lif", NeuronModel::CubaLIF, 1, 1,
                                       {{"du", {4095}, {}}, {"dv", {163}, {}}, {"v_threshold", {25}, {}}});
  builder.addOutput(lif);
  uint32_t host = builder.addCore({{x, 0, 1}}), core = builder.addCore({{lif, 0, 1}});
  builder.connectRow(host, 0, core, {10}, /*delay=*/2); // Lava's connection takes a step
  Emulation emulation = makeEmulator(builder.finish()).start();
  for (size_t step = 0; step < input.size(); ++step) {
    EXPECT_EQ(runMap(emulation, {input[step]}), IntValues{spikes[step]}) << step;
    Result<Bytes> v = emulation.readState("lif", "v");
    ASSERT_TRUE(bool(v));
    EXPECT_EQ(std::memcmp(v->data(), &voltages[step], 4), 0) << step;
  }
  EXPECT_EQ(std::count(spikes.begin(), spikes.end(), 1), 4);
}
