//===- EmulatorTest.cpp - core maps at work -------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../SharedData.h"
#include "RandomMap.h"
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
  CoreMap map = pair.builder.finish();
  EXPECT_THAT(runMap(map, {1023, 1023, 1023, 0}), ElementsAre(8380416, 8380416 - 16384, 8388607, 8388607));
  EXPECT_THAT(runMap(map, {-1024}), ElementsAre(8388607)); // -2^23 is wrapped, 2^23 is not
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

TEST(Emulator, ManyRowsOverflowNowhere) {
  Pair pair(300, 45);
  for (uint32_t source = 0; source < 300; ++source) {
    std::vector<int16_t> weights(source % 2 ? 45 : 44, source % 2 ? 255 : -256);
    uint32_t row = pair.builder.addRow(pair.core, source < 280 ? std::vector<int16_t>(45, 255) : weights);
    pair.builder.connect(pair.host, source, pair.core, pair.builder.addInAxon(pair.core, row));
  }
  IntValues expected(44, (280 * 255 + 10 * 255 - 10 * 256) * kUnit);
  expected.push_back((280 * 255 + 10 * 255) * kUnit);
  EXPECT_EQ(runMap(pair.builder.finish(), IntValues(300, 1)), expected);
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

TEST(Emulator, RandomMapsTickByTick) {
  size_t spikes = 0;
  for (uint32_t seed = 0; seed < 200; ++seed) {
    RandomMap random(seed);
    IntValues expected = random.evaluate();
    EXPECT_EQ(runMap(random.map, random.input), expected) << seed;
    spikes += size_t(std::count(expected.begin(), expected.end(), 1));
  }
  EXPECT_GT(spikes, 1000u);
}

namespace {

/// 600 inputs in runs of `length` and two cores of 45 neurons, of which each input reaches all of one and some of the
/// other. Short runs send packets one by one, longer ones are matrices in the emulator.
CoreMap makeRuns(ChipArithmetic arithmetic, int32_t magnitude, uint32_t length) {
  constexpr uint32_t kInputs = 600, kNeurons = 45;
  std::mt19937 random(magnitude);
  MapBuilder builder;
  builder.map.arithmetic = arithmetic;
  const bool isLoihi = arithmetic == ChipArithmetic::Loihi;
  uint32_t x = builder.addInput("x", kInputs);
  uint32_t y = builder.addPopulation("y", NeuronModel::CubaLI, 2 * kNeurons, 1,
                                     isLoihi ? std::vector<NeuronParameter>{{"du", {3000}, {}}, {"dv", {100}, {}}}
                                             : std::vector<NeuronParameter>{{"decay_i", {}, {0.5f}}});
  builder.addOutput(y);
  std::vector<NeuronRun> runs;
  for (uint32_t first = 0; first < kInputs; first += length)
    runs.push_back({x, first, std::min(length, kInputs - first)});
  uint32_t host = builder.addCore(runs), all = builder.addCore({{y, 0, kNeurons}}),
           some = builder.addCore({{y, kNeurons, kNeurons}});
  builder.map.cores[some].x = 2;
  for (uint32_t n = 0; n < kInputs; ++n) {
    std::vector<int16_t> weights(kNeurons), fewer(kNeurons / 2);
    std::vector<uint16_t> offsets;
    for (int16_t &weight : weights)
      weight = int16_t(int32_t(random() % uint32_t(2 * magnitude)) - magnitude);
    for (int16_t &weight : fewer) {
      offsets.push_back(uint16_t(2 * offsets.size() + random() % 2));
      weight = int16_t(int32_t(random() % uint32_t(2 * magnitude)) - magnitude);
    }
    builder.connectRow(host, n, all, weights);
    builder.connect(host, n, some, builder.addInAxon(some, builder.addRow(some, fewer, 1, offsets)));
  }
  return builder.finish();
}

} // namespace

TEST(Emulator, RunsOfAnyLengthAreAlike) {
  std::mt19937 random(1);
  IntValues input(600 * 6);
  for (size_t i = 0; i < input.size(); ++i)
    input[i] = i < 600 ? 1 : random() % 3 == 0 ? 1 : 0; // first all of them: sums of 16 bits are full
  input[600 * 5 + 7] = -3;                              // a payload
  for (ChipArithmetic arithmetic : {ChipArithmetic::Loihi, ChipArithmetic::SpiNNaker2})
    for (int32_t magnitude : {1, 64, arithmetic == ChipArithmetic::Loihi ? 256 : 127}) {
      Emulation one = makeEmulator(makeRuns(arithmetic, magnitude, 1)).start();
      runMap(one, input);
      Activity expected = one.activity();
      for (uint32_t length : {7, 8, 64, 599, 600}) {
        Emulation other = makeEmulator(makeRuns(arithmetic, magnitude, length)).start();
        runMap(other, input);
        EXPECT_EQ(other.save(), one.save()) << magnitude << ", " << length;
        Activity activity = other.activity();
        EXPECT_EQ(activity.sums, expected.sums) << length;
        EXPECT_EQ(activity.peaks, expected.peaks) << length;
        for (size_t core = 0; core < 3; ++core) {
          const CoreActivity &a = activity.cores[core], &b = expected.cores[core];
          EXPECT_EQ(std::tie(a.synapticOperations, a.neuronUpdates, a.wordsRead, a.packetsIn, a.spikes, a.packetsOut,
                             a.hopsX, a.hopsY),
                    std::tie(b.synapticOperations, b.neuronUpdates, b.wordsRead, b.packetsIn, b.spikes, b.packetsOut,
                             b.hopsX, b.hopsY))
              << length << ", core " << core;
        }
        ASSERT_EQ(activity.links.size(), expected.links.size()) << length;
        for (size_t i = 0; i < activity.links.size(); ++i)
          EXPECT_EQ(activity.links[i].packets, expected.links[i].packets) << length;
      }
    }
}

TEST(Emulator, ThreadsCallsAndBlocksMakeNoDifference) {
  for (uint32_t seed = 0; seed < 60; ++seed) {
    RandomMap random(seed);
    Emulation whole = makeEmulator(random.map).start();
    IntValues expected = runMap(whole, random.input);
    Activity activity = whole.activity();
    EXPECT_EQ(activity.total().packetsIn, activity.total().packetsOut) << seed;
    for (uint64_t blockSynapses : {0, 40, 1 << 18}) {
      Emulator emulator = makeEmulator(random.map, blockSynapses);
      Bytes saved;
      for (unsigned threads = 1; threads <= 3; ++threads) {
        Emulation steps = emulator.start(threads);
        IntValues output;
        size_t size = random.input.size() / RandomMap::kSteps;
        for (uint32_t step = 0; step < RandomMap::kSteps; step += 4)
          for (int32_t spike :
               runMap(steps, IntValues(random.input.begin() + step * size, random.input.begin() + (step + 4) * size)))
            output.push_back(spike);
        EXPECT_EQ(output, expected) << seed;
        if (threads == 1)
          saved = steps.save();
        EXPECT_EQ(steps.save(), saved) << seed;
        Activity other = steps.activity();
        EXPECT_EQ(other.sums, activity.sums) << seed;
        EXPECT_EQ(other.peaks, activity.peaks) << seed;
        EXPECT_EQ(other.ticks, activity.ticks) << seed;
        for (size_t core = 0; core < activity.cores.size(); ++core) {
          const CoreActivity &a = other.cores[core], &b = activity.cores[core];
          EXPECT_EQ(std::tie(a.synapticOperations, a.neuronUpdates, a.wordsRead, a.packetsIn, a.spikes, a.packetsOut,
                             a.hopsX, a.hopsY, a.chipCrossings),
                    std::tie(b.synapticOperations, b.neuronUpdates, b.wordsRead, b.packetsIn, b.spikes, b.packetsOut,
                             b.hopsX, b.hopsY, b.chipCrossings))
              << seed << ", core " << core;
        }
        ASSERT_EQ(other.links.size(), activity.links.size()) << seed;
        for (size_t i = 0; i < other.links.size(); ++i)
          EXPECT_EQ(other.links[i].packets, activity.links[i].packets) << seed;
      }
    }
  }
}

TEST(Emulator, GoesOnFromSavedStates) {
  for (uint32_t seed = 0; seed < 40; ++seed) {
    RandomMap random(seed);
    Emulator emulator = makeEmulator(random.map);
    Emulation first = emulator.start();
    auto half = random.input.begin() + random.input.size() / 2;
    runMap(first, IntValues(random.input.begin(), half));
    Bytes saved = first.save();
    IntValues rest(half, random.input.end()), expected = runMap(first, rest);

    Emulation second = emulator.start(2);
    runMap(second, random.input);
    ASSERT_TRUE(bool(second.restore(saved)));
    EXPECT_EQ(second.save(), saved);
    EXPECT_EQ(runMap(second, rest), expected) << seed;

    // State by state, which is what files hold.
    Emulation third = emulator.start();
    ASSERT_TRUE(bool(second.restore(saved)));
    for (const State &state : emulator.states()) {
      Result<Bytes> values = second.readState(state.node, state.name);
      ASSERT_TRUE(bool(values));
      ASSERT_EQ(values->size(), state.bytes);
      ASSERT_TRUE(bool(third.writeState(state.node, state.name, *values)));
    }
    EXPECT_EQ(runMap(third, rest), expected) << seed;
  }
}

TEST(Emulator, RefusesStatesThatDoNotFit) {
  Emulation emulation = makeEmulator(RandomMap(1).map).start();
  EXPECT_EQ(emulation.restore({1, 2}).error().message.substr(0, 33), "m: saved states have 2 bytes, exp");
  EXPECT_EQ(emulation.readState("p1", "w").error().message, "m: there is no state 'p1/w'");
  EXPECT_THAT(emulation.writeState("p1", "v", {0}).error().message, HasSubstr("m: state 'p1/v' has "));
}

//===----------------------------------------------------------------------===//
// SpiNNaker2
//===----------------------------------------------------------------------===//

TEST(Emulator, NeuronOfSpiNNaker2) {
  constexpr const char *kTrace = "spiking/paper_01_lif/lif_spinnaker2.csv";
  LLE_NEEDS_SHARED_DATA(kTrace);
  // dt / tau = 0.04, threshold 0.1 tau / dt = 2.5, and a weight of 102 for 102.02.
  constexpr float kScale = 102.02f;
  MapBuilder builder;
  builder.map.arithmetic = ChipArithmetic::SpiNNaker2;
  uint32_t x = builder.addInput("x", 1);
  uint32_t lif = builder.addPopulation("lif", NeuronModel::CubaLIF, 1, 1,
                                       {{"decay_v", {}, {0.96f}}, {"v_threshold", {}, {2.5f * kScale}}});
  builder.addOutput(lif);
  uint32_t host = builder.addCore({{x, 0, 1}}), core = builder.addCore({{lif, 0, 1}});
  builder.connectRow(host, 0, core, {102});
  Emulation emulation = makeEmulator(builder.finish()).start();
  std::ifstream file(sharedData(kTrace));
  char comma;
  size_t steps = 0, spikes = 0;
  for (double input, voltage, spike; file >> input >> comma >> voltage >> comma >> spike; ++steps) {
    EXPECT_EQ(runMap(emulation, {int32_t(input)}), IntValues{int32_t(spike)}) << steps;
    Result<Bytes> v = emulation.readState("lif", "v");
    ASSERT_TRUE(bool(v));
    float membrane;
    std::memcpy(&membrane, v->data(), sizeof(membrane));
    EXPECT_NEAR(membrane / kScale, voltage, 1e-6) << steps;
    spikes += spike != 0;
  }
  EXPECT_EQ(steps, 1000u);
  EXPECT_EQ(spikes, 4u);
}

TEST(Emulator, ExcitatoryAndInhibitoryCurrentsApart) {
  MapBuilder builder;
  builder.map.arithmetic = ChipArithmetic::SpiNNaker2;
  uint32_t x = builder.addInput("x", 2);
  uint32_t y = builder.addPopulation(
      "y", NeuronModel::CubaLIF, 2, 1,
      {{"decay_i", {}, {0.5f}}, {"decay_v", {}, {0.25f}}, {"v_threshold", {}, {7.0f, 100.0f}}, {"bias", {}, {1.0f}}});
  builder.map.populations[y].reset = ResetRule::Subtract;
  builder.addOutput(y);
  uint32_t host = builder.addCore({{x, 0, 2}}), core = builder.addCore({{y, 0, 2}});
  builder.connectRow(host, 0, core, {12, -3});
  builder.connect(host, 1, core, builder.addInAxon(core, builder.addRow(core, {-2, 8}, 1, {0, 1})));
  Emulation emulation = makeEmulator(builder.finish()).start();
  EXPECT_THAT(runMap(emulation, {1, 1, 0, 0}), ElementsAre(1, 0, 0, 0));
  auto expectState = [&](const char *name, float first, float second) {
    Result<Bytes> bytes = emulation.readState("y", name);
    ASSERT_TRUE(bool(bytes));
    float values[2];
    std::memcpy(values, bytes->data(), sizeof(values));
    EXPECT_EQ(values[0], first) << name;
    EXPECT_EQ(values[1], second) << name;
  };
  expectState("i_exc", 6, 4);
  expectState("i_inh", 1, 1.5);
  expectState("v", 0.25f * (12 - 2 + 1 - 7) + 5 + 1, 0.25f * (8 - 3 + 1) + 2.5f + 1); // 4 and 6 were left
}

//===----------------------------------------------------------------------===//
// Packets
//===----------------------------------------------------------------------===//

namespace {

/// Three chips in a row: two neurons of the first one send to a core of the third, past the second.
struct Multicast {
  Multicast() {
    builder.map.isMulticast = true;
    builder.map.chips = 3;
    uint32_t x = builder.addInput("x", 3);
    uint32_t y = builder.addPopulation("y", NeuronModel::CubaLI, 2, 1, kSum);
    builder.addOutput(y);
    host = builder.addCore({{x, 0, 3}});
    core = builder.addCore({{y, 0, 2}});
    CoreContents &c = builder.map.cores[core];
    c.chip = 2;
    uint32_t row = builder.addRow(core, {4, 5});
    builder.addInAxon(core, row);
    c.keyRanges = {{2, 2, 0}, {9, 1, 2}};
    c.keyedAxons = {0, UINT32_MAX, 0};
    builder.map.cores[host].firstKey = 2;
    builder.map.routers = {
        {0, 5, -1, {{2, 0xfffffffe, 1, {}}, {0, 0, 0, {}}}}, {1, 6, -1, {}}, {2, 7, -1, {{2, 0xfffffffe, 0, {core}}}}};
  }
  std::string refusal() {
    CoreMap map = builder.finish();
    Status status = verifyCoreMap(map, "m");
    if (!status)
      return status.error().message;
    Result<Emulator> emulator = Emulator::create(map, "m");
    return emulator ? "accepted" : emulator.error().message;
  }
  MapBuilder builder;
  uint32_t host, core;
};

} // namespace

TEST(Emulator, MulticastFollowsTablesAndGoesStraightOn) {
  Emulation emulation = makeEmulator(Multicast().builder.finish()).start();
  // Key 2 is wanted, key 3 arrives in vain, key 4 ends in the first chip.
  EXPECT_THAT(runMap(emulation, {1, 0, 0, 2, 1, 1}), ElementsAre(4 * kUnit, 5 * kUnit, 12 * kUnit, 15 * kUnit));
  Activity activity = emulation.activity();
  EXPECT_EQ(activity.cores[0].packetsOut, 4u);
  EXPECT_EQ(activity.cores[0].chipCrossings, 6u);
  EXPECT_EQ(activity.cores[1].packetsIn, 3u);
  EXPECT_EQ(activity.cores[1].synapticOperations, 4u);
  ASSERT_EQ(activity.links.size(), 2u);
  for (int32_t i = 0; i < 2; ++i) {
    EXPECT_EQ(activity.links[i].x, 5 + i);
    EXPECT_EQ(activity.links[i].y, -1);
    EXPECT_EQ(activity.links[i].direction, 0u);
    EXPECT_EQ(activity.links[i].packets, 3u);
  }
}

TEST(Emulator, RefusesPacketsThatLeaveOrCircle) {
  Multicast leaving;
  leaving.builder.map.routers[2].entries.clear();
  EXPECT_EQ(leaving.refusal(), "m: routers: packets of key 2 leave the board at chip 2");
  Multicast circling;
  circling.builder.map.routers[2].entries[0].links = 1 << 3;
  circling.builder.map.routers[1].entries = {{2, 0xffffffff, 1 << 0, {}}};
  EXPECT_EQ(circling.refusal(), "m: routers: packets of key 2 run in a circle");
}

TEST(Emulator, RefusesSynapsesThatServeAnEarlierStep) {
  Pair pair(1, 1, /*start=*/3);
  pair.builder.connectRow(pair.host, 0, pair.core, {1}, 2);
  Result<Emulator> emulator = Emulator::create(pair.builder.finish(), "m");
  ASSERT_FALSE(bool(emulator));
  EXPECT_EQ(emulator.error().message, "m: cores[1].in_axons[0]: packets of 'x', whose start is 0, serve a step before "
                                      "the one that sends them");
}

TEST(Emulator, CountsWhatCoresAndLinksDo) {
  MapBuilder builder;
  uint32_t x = builder.addInput("x", 2);
  uint32_t relay = builder.addPopulation("relay", NeuronModel::CubaLIF, 2, 1, {{"du", {4095}, {}}});
  uint32_t y = builder.addPopulation("y", NeuronModel::CubaLI, 5, 2, kSum);
  builder.addOutput(y);
  uint32_t host = builder.addCore({{x, 0, 2}}), near = builder.addCore({{relay, 0, 2}}),
           far = builder.addCore({{y, 0, 5}});
  builder.map.cores[near].x = 1;
  builder.map.cores[far].x = 3;
  builder.map.cores[far].y = 2;
  builder.connectRow(host, 0, near, {1, 1});
  builder.connect(host, 1, near, builder.addInAxon(near, builder.addRow(near, {1}, 1, {1})));
  uint32_t axon = builder.addInAxon(far, builder.addRow(far, {1, 2, 3, 4, 5}, 1, {4, 3, 2, 1, 0}));
  builder.connect(near, 0, far, axon);
  builder.connect(near, 1, far, axon);
  builder.map.figures = {{"unit_pj.synaptic_operation", 2, "assumed", "t"},
                         {"unit_pj.neuron_update", 3, "assumed", "t"},
                         {"unit_pj.spike", 5, "assumed", "t"},
                         {"unit_pj.firing", 13, "assumed", "t"},
                         {"unit_pj.hop_x", 7, "assumed", "t"},
                         {"unit_pj.hop_y", 11, "assumed", "t"},
                         {"unit_ns.synaptic_operation", 10, "t", "t"},
                         {"unit_ns.neuron_update", 3, "t", "t"},
                         {"unit_ns.link", 20, "t", "t"},
                         {"unit_ns.step", 16, "t", "t"}};
  CoreMap map = builder.finish();
  Emulation emulation = makeEmulator(map).start();
  EXPECT_EQ(runMap(emulation, {1, 0, 0, 1}), (IntValues{640, 512, 384, 256, 128, 960, 768, 576, 384, 192}));
  Activity activity = emulation.activity();
  // Tick 0: input 0; tick 1: input 1, the relay fires twice; tick 2: once; tick 3: what that brings.
  EXPECT_EQ(activity.ticks, 4u);
  const CoreActivity &a = activity.cores[host], &b = activity.cores[near], &c = activity.cores[far];
  EXPECT_EQ(a.spikes, 2u);
  EXPECT_EQ(a.firings, 0u);
  EXPECT_EQ(a.neuronUpdates, 0u);
  EXPECT_EQ(a.hopsX, 2u);
  EXPECT_EQ(b.packetsIn, 2u);
  EXPECT_EQ(b.synapticOperations, 3u);
  EXPECT_EQ(b.wordsRead, 2u);
  EXPECT_EQ(b.neuronUpdates, 4u);
  EXPECT_EQ(b.spikes, 3u);
  EXPECT_EQ(b.firings, 3u);
  EXPECT_EQ(b.packetsOut, 3u);
  EXPECT_EQ(b.hopsX, 6u);
  EXPECT_EQ(b.hopsY, 6u);
  EXPECT_EQ(c.synapticOperations, 15u);
  EXPECT_EQ(c.wordsRead, 6u); // 5 times 8 bits and an offset of 16 are two words
  EXPECT_EQ(c.neuronUpdates, 10u);
  EXPECT_EQ(computeEnergy(map, a), 2 * 5 + 2 * 7);
  EXPECT_EQ(computeEnergy(map, b), 3 * 2 + 4 * 3 + 3 * 5 + 3 * 13 + 6 * 7 + 6 * 11);
  std::vector<std::tuple<int32_t, int32_t, uint32_t, uint64_t>> links;
  for (const LinkActivity &link : activity.links)
    links.push_back({link.x, link.y, link.direction, link.packets});
  using Link = std::tuple<int32_t, int32_t, uint32_t, uint64_t>;
  EXPECT_THAT(links,
              ElementsAre(Link{0, 0, 0, 2}, Link{1, 0, 0, 3}, Link{2, 0, 0, 3}, Link{3, 0, 1, 3}, Link{3, 1, 1, 3}));
  // Operations of the busiest core: 2, 10, 5, 0; updates 0, 2, 5, 5; packets on a link 1, 2, 1, 0.
  EXPECT_EQ(activity.sums, (std::array<uint64_t, 5>{17, 12, 3, 4, 0}));
  EXPECT_EQ(activity.peaks, (std::array<uint64_t, 5>{10, 5, 2, 2, 0}));
  EXPECT_EQ(activity.nanoseconds, 20 + 100 + 50 + 16);
  EXPECT_EQ(activity.ticksBoundBy, (std::array<uint64_t, 5>{3, 0, 0, 0, 1}));
}
