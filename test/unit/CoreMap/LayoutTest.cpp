//===- LayoutTest.cpp - where a core's contents lie in its memory ---------===//

#include "runtime/coremap/Layout.h"
#include "runtime/coremap/Capacity.h"
#include "test/unit/CoreMap/RandomCoreMap.h"
#include "gmock/gmock.h"

#include <map>
#include <tuple>

using namespace lle::runtime;
using testing::ElementsAre;

namespace {

CoreContents makeCore(uint32_t neurons, std::vector<SynapseRow> rows, std::vector<int16_t> weights,
                      std::vector<uint16_t> offsets = {}, std::vector<uint8_t> delays = {}) {
  CoreContents core;
  core.neurons = {{0, 0, neurons}};
  core.rows = std::move(rows);
  core.weights = std::move(weights);
  core.offsets = std::move(offsets);
  core.delays = std::move(delays);
  for (uint32_t i = 0; i < core.rows.size(); ++i)
    core.inAxons.push_back({i, 0});
  return core;
}

CoreMap makeMap(ChipArithmetic arithmetic, uint32_t neurons) {
  CoreMap map;
  map.arithmetic = arithmetic;
  map.populations.push_back({"a", NeuronModel::CubaLIF, {neurons}, {}});
  return map;
}

std::vector<std::tuple<std::string, uint64_t, uint64_t>> lay(const CoreMap &map, const CoreContents &core) {
  std::vector<std::tuple<std::string, uint64_t, uint64_t>> regions;
  for (const MemoryRegion &region : layOutCore(map, core))
    regions.push_back({region.name, region.offset, region.bytes});
  return regions;
}

using Reached = std::multimap<std::tuple<uint32_t, uint32_t>, std::pair<int16_t, uint8_t>>;

/// What each in-axon does: (axon, neuron) to weight and delay, without weights of 0.
Reached getReached(const CoreContents &core) {
  Reached reached;
  for (uint32_t a = 0; a < core.inAxons.size(); ++a) {
    const SynapseRow &row = core.rows[core.inAxons[a].row];
    for (uint32_t i = 0; i < row.count; ++i) {
      uint32_t target = core.inAxons[a].base + (row.isDense ? i : core.offsets[row.firstOffset + i]);
      uint8_t delay = row.firstDelay == UINT32_MAX ? row.delay : core.delays[row.firstDelay + i];
      if (int16_t weight = core.weights[row.firstWeight + i])
        reached.insert({{a, target}, {weight, delay}});
    }
  }
  return reached;
}

} // namespace

// 70 synapses of 8 bits: 64 * 8 + 10 = 522 bits are 9 words, 6 * 8 + 10 = 58 bits one. 1 axon of 20 bits, 70 neurons
// of 8 bytes, 70 * 24 bits = 210 bytes are 27 words.
TEST(Layout, LoihiDense) {
  CoreContents core = makeCore(70, {{0, 0, 70, true}}, std::vector<int16_t>(70, 1));
  EXPECT_THAT(lay(makeMap(ChipArithmetic::Loihi, 70), core),
              ElementsAre(std::tuple("synapses", 0, 80), std::tuple("in-axons", 80, 8), std::tuple("neurons", 88, 560),
                          std::tuple("accumulators", 648, 216)));
}

// An index of 100 needs 7 bits, delays up to 3 need 2: 2 * (4 + 7 + 2) + 10 = 36 bits are a word, and so is the row
// without delays, 3 * (4 + 7) + 10 = 43 bits. Sums of three ticks: 101 * 3 * 24 bits are 909 bytes, 114 words.
TEST(Layout, LoihiSparseWithDelays) {
  CoreContents core =
      makeCore(101, {{0, 0, 2, false, 1, 0}, {2, 2, 3, false}}, {1, 2, 3, 4, 5}, {0, 100, 1, 2, 9}, {1, 3});
  core.formats = {{SignMode::Mixed, 4, 0, 2}, {SignMode::Mixed, 4, 0, 0}};
  core.rows[1].format = 1;
  core.outAxons.resize(7); // 140 bits: 3 words
  EXPECT_THAT(lay(makeMap(ChipArithmetic::Loihi, 101), core),
              ElementsAre(std::tuple("synapses", 0, 16), std::tuple("in-axons", 16, 8), std::tuple("out-axons", 24, 24),
                          std::tuple("neurons", 48, 808), std::tuple("accumulators", 856, 912)));
}

// Rows: 4 + 5 weights, 12; 4 + 2 weights + 2 offsets of u8 + 2 delays, 12; 4 + 2 + 4, of u16, 12. A ring of 4 slots
// holds delays of 3. Parameters: a run of 40 bytes and an array of 300 f32.
TEST(Layout, SpiNNaker2) {
  CoreMap map = makeMap(ChipArithmetic::SpiNNaker2, 300);
  map.populations[0].parameters = {{"decay_v", {}, {0.5f}}, {"bias", {}, std::vector<float>(300)}};
  CoreContents core = makeCore(300, {{0, 0, 5, true}, {5, 0, 2, false, 1, 0}, {7, 2, 2, false, 3}},
                               {1, 1, 1, 1, 1, 2, 2, 3, 3}, {0, 255, 0, 256}, {1, 2});
  core.keyRanges.resize(2);
  core.keyedAxons.resize(3);
  EXPECT_THAT(lay(map, core), ElementsAre(std::tuple("parameters", 0, 1240), std::tuple("states", 1240, 3600),
                                          std::tuple("synapses", 4840, 36), std::tuple("in-axons", 4876, 12),
                                          std::tuple("key-ranges", 4888, 16), std::tuple("keyed-axons", 4904, 8),
                                          std::tuple("accumulators", 4912, 9600), std::tuple("stack", 94208, 4096)));
  core.memory = layOutCore(map, core);
  EXPECT_EQ(getMemoryBytes(core), 98304u);
}

// With indices of 6 bits, 3 of 5 synapses are 3 * 8 + 10 bits, a word, and 5 * 2 + 10 bits are one too: of equal sizes
// the form with fewer synapses.
TEST(Layout, EqualSizesKeepFewerSynapses) {
  CoreContents core = makeCore(9, {{0, 0, 5, true}}, {1, 0, 2, 0, 3});
  compressRows(ChipArithmetic::Loihi, core);
  EXPECT_FALSE(core.rows[0].isDense);
  EXPECT_THAT(core.weights, ElementsAre(1, 2, 3));
  EXPECT_THAT(core.offsets, ElementsAre(0, 2, 4));
}

// 4 + 4 + 4 bytes sparse, 4 + 5 dense, both 12: sparse; with 8 of 9, 4 + 16 against 4 + 9: dense, from the first
// synapse on, which moves the base of its axon.
TEST(Layout, TheSmallerForm) {
  CoreContents core = makeCore(30, {{0, 0, 4, false}, {4, 4, 8, false}}, {1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8},
                               {0, 1, 2, 4, 20, 21, 22, 23, 24, 26, 27, 28});
  compressRows(ChipArithmetic::SpiNNaker2, core);
  EXPECT_FALSE(core.rows[0].isDense);
  EXPECT_TRUE(core.rows[1].isDense);
  EXPECT_EQ(core.rows[1].count, 9u);
  EXPECT_EQ(core.inAxons[1].base, 20u);
  EXPECT_THAT(std::vector<int16_t>(core.weights.begin() + 4, core.weights.end()),
              ElementsAre(1, 2, 3, 4, 5, 0, 6, 7, 8));
}

// Two synapses of different delays at one neuron have no dense form.
TEST(Layout, TwoSynapsesAtOneNeuron) {
  CoreContents core = makeCore(2, {{0, 0, 3, false, 1, 0}}, {1, 2, 3}, {0, 0, 1}, {1, 2, 1});
  Reached before = getReached(core);
  compressRows(ChipArithmetic::SpiNNaker2, core);
  EXPECT_FALSE(core.rows[0].isDense);
  EXPECT_EQ(getReached(core), before);
}

TEST(Layout, RandomRowsDoTheSameInNoMoreMemory) {
  std::mt19937 random(1);
  for (unsigned i = 0; i < 100; ++i) {
    CoreMap map = makeRandomMap(random, i % 2 ? ChipArithmetic::Loihi : ChipArithmetic::SpiNNaker2);
    for (CoreContents &core : map.cores) {
      Reached before = getReached(core);
      uint64_t bytes = countCore(map, core).synapseBytes;
      compressRows(map.arithmetic, core);
      EXPECT_EQ(getReached(core), before);
      EXPECT_LE(countCore(map, core).synapseBytes, bytes);
    }
  }
}

// What lays out and what checks count for themselves.
TEST(Layout, AgreesWithTheChecker) {
  std::mt19937 random(2);
  for (unsigned i = 0; i < 100; ++i) {
    CoreMap map = makeRandomMap(random, i % 2 ? ChipArithmetic::Loihi : ChipArithmetic::SpiNNaker2);
    layOutMemory(map);
    for (const CoreContents &core : map.cores) {
      uint64_t bytes = 0;
      for (const MemoryRegion &region : core.memory) {
        bytes += region.bytes;
        if (region.name == "synapses") {
          EXPECT_EQ(region.bytes, countCore(map, core).synapseBytes);
        }
      }
      EXPECT_EQ(bytes, core.isHost ? 0 : countCore(map, core).memoryBytes);
    }
  }
}
