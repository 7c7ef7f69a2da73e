//===- FormatsTest.cpp - how few bits rows of synapses take ---------------===//

#include "runtime/coremap/Formats.h"
#include "runtime/coremap/Capacity.h"
#include "runtime/coremap/Layout.h"
#include "test/unit/CoreMap/RandomCoreMap.h"
#include "gmock/gmock.h"

using namespace lle::runtime;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

SynapseFormat fit(std::vector<int> weights) {
  WeightRange range;
  for (int weight : weights)
    range.add(weight);
  return range.getFormat();
}

/// A core of dense rows with these weights and delays.
CoreContents makeCore(const std::vector<std::pair<std::vector<int16_t>, uint8_t>> &rows) {
  CoreContents core;
  for (const auto &[weights, delay] : rows) {
    SynapseRow row;
    row.firstWeight = core.weights.size();
    row.count = weights.size();
    row.isDense = true;
    row.delay = delay;
    core.rows.push_back(row);
    core.weights.insert(core.weights.end(), weights.begin(), weights.end());
  }
  return core;
}

std::vector<unsigned> getFormats(const CoreContents &core) {
  std::vector<unsigned> formats;
  for (const SynapseRow &row : core.rows)
    formats.push_back(row.format);
  return formats;
}

} // namespace

TEST(Formats, TheNarrowest) {
  EXPECT_EQ(fit({1, 255}), (SynapseFormat{SignMode::Excitatory, 8, 0}));
  EXPECT_EQ(fit({-1, -255}), (SynapseFormat{SignMode::Inhibitory, 8, 0}));
  EXPECT_EQ(fit({-128, 127}), (SynapseFormat{SignMode::Mixed, 8, 0}));
  EXPECT_EQ(fit({-128, 128}), (SynapseFormat{SignMode::Mixed, 2, 7}));
  EXPECT_EQ(fit({-256, 254}), (SynapseFormat{SignMode::Mixed, 8, 1}));
  EXPECT_EQ(fit({-255, 254}), (SynapseFormat{SignMode::Mixed, 9, 0}));
  EXPECT_EQ(fit({-256}), (SynapseFormat{SignMode::Inhibitory, 1, 8}));
  EXPECT_EQ(fit({0, 12}), (SynapseFormat{SignMode::Excitatory, 2, 2}));
  EXPECT_EQ(fit({0}), (SynapseFormat{SignMode::Excitatory, 1, 0}));
  // There is no width of 7 bits.
  EXPECT_EQ(fit({65}), (SynapseFormat{SignMode::Excitatory, 8, 0}));
  EXPECT_EQ(fit({-64, 63}), (SynapseFormat{SignMode::Mixed, 8, 0}));
}

TEST(Formats, EachRowHasItsOwn) {
  CoreContents core = makeCore({{{3, 1}, 1}, {{-3, 1}, 1}, {{2, 3}, 1}, {{3, 2}, 4}});
  chooseFormats(core, 8);
  EXPECT_THAT(core.formats,
              ElementsAre(SynapseFormat{SignMode::Mixed, 3, 0, 0}, SynapseFormat{SignMode::Excitatory, 2, 0, 0},
                          SynapseFormat{SignMode::Excitatory, 2, 0, 2}));
  EXPECT_THAT(getFormats(core), ElementsAre(1, 0, 1, 2));
}

// Of three formats two remain. The long rows without signs keep theirs: 100 bits more would be the price of a sign in
// each of their weights, 2 of a delay in the short one.
TEST(Formats, TheCheapestShare) {
  std::vector<int16_t> ones(100, 1);
  CoreContents core = makeCore({{ones, 1}, {{-1, 1}, 1}, {{-1, 1}, 2}});
  chooseFormats(core, 2);
  EXPECT_THAT(core.formats, testing::UnorderedElementsAre(SynapseFormat{SignMode::Excitatory, 1, 0, 0},
                                                          SynapseFormat{SignMode::Mixed, 2, 0, 1}));
  EXPECT_EQ(core.rows[1].format, core.rows[2].format);
}

// Together they would have 9 bits.
TEST(Formats, WhatCannotShare) {
  CoreContents core = makeCore({{{255}, 1}, {{-255}, 1}});
  chooseFormats(core, 1);
  EXPECT_EQ(core.formats.size(), 2u);
}

// Each map that is laid out passes the checker, however few formats a core has, if what it holds can share them.
TEST(Formats, RandomMapsFit) {
  std::mt19937 random(7);
  for (unsigned i = 0; i < 300; ++i) {
    CoreMap map = makeRandomMap(random, ChipArithmetic::Loihi, 1 + i % 3);
    unsigned most = 2 + i % 7; // a dense one and a sparse one
    setLimit(map, "core_synapse_formats", most);
    layOutMemory(map);
    std::vector<CapacityViolation> violations = checkCapacity(map);
    EXPECT_THAT(violations, IsEmpty()) << violations.front().message;
  }
}
