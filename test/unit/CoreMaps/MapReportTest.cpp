//===- MapReportTest.cpp - how full the cores of a map are ----------------===//

#include "targets/CoreMaps/MapReport.h"
#include "test/unit/CoreMap/RandomCoreMap.h"
#include "gmock/gmock.h"

using namespace lle;
using namespace lle::runtime;
using testing::AllOf;
using testing::HasSubstr;

namespace {

/// One core with ten neurons, of a limit of 16, and one in-axon of 4: 10 / 16 is the greatest share.
CoreMap makeCore() {
  CoreMap map;
  map.target = "chip";
  map.figures = makeLimits(ChipArithmetic::Loihi, 1);
  setLimit(map, "core_neurons", 16);
  setLimit(map, "core_in_axons", 4);
  map.populations.push_back({"fc<1>", NeuronModel::CubaLIF, {10}, {}});
  CoreContents &core = map.cores.emplace_back();
  core.neurons = {{0, 0, 10}};
  core.weights.assign(10, 1);
  core.rows = {{0, 0, 10, true}};
  core.inAxons = {{0, 0}};
  return map;
}

} // namespace

TEST(MapReport, TheLoadIsThatOfTheScarcestResource) {
  CoreMap map = makeCore();
  Result<MapReport> report = reportMap(map);
  ASSERT_TRUE(bool(report));
  EXPECT_EQ(report->loads[0].share, 10.0 / 16);
  EXPECT_EQ(report->loads[0].what, "neurons");
  EXPECT_THAT(formatMap(map, *report),
              AllOf(HasSubstr("fullest: core 0, 62.5% of its neurons\n"), HasSubstr("\nfits\n")));
}

TEST(MapReport, WhatDoesNotFit) {
  CoreMap map = makeCore();
  setLimit(map, "core_neurons", 9);
  Result<MapReport> report = reportMap(map);
  ASSERT_TRUE(bool(report));
  EXPECT_THAT(formatMap(map, *report),
              HasSubstr("does not fit: layer 'fc<1>', core 0 (chip 0, x 0, y 0, slot 0): 10 neurons, the limit is 9"));
  EXPECT_THAT(formatMap(map, *report), testing::Not(HasSubstr("\nfits\n")));
  EXPECT_THAT(formatMapAsSVG(map, *report),
              AllOf(HasSubstr("stroke=\"red\""), HasSubstr("fc&lt;1&gt;; 111.1% of its")));
}

// Ten neurons of 85 cycles and 10 synapses of 25: 1,100 cycles in the busiest tick, 875 on the mean, of the 1,500 that
// 10 us have at 150 MHz. The chip has 151 other elements.
TEST(MapReport, PowerOfSpiNNaker2) {
  CoreMap map = makeCore();
  map.arithmetic = ChipArithmetic::SpiNNaker2;
  map.gridWidth = 7;
  map.gridHeight = 6;
  Result<MapReport> report = reportMap(map, 1e-5, 0.1);
  ASSERT_TRUE(bool(report));
  EXPECT_DOUBLE_EQ(report->power.cores[0].busyShare, 875.0 / 1500);
  EXPECT_THAT(formatMap(map, *report), HasSubstr("; 151 off, 1 at 0.5 V, 0 at 0.8 V\n"));
  report = reportMap(map, 1e-6, 0.1);
  ASSERT_TRUE(bool(report));
  EXPECT_THAT(formatMap(map, *report), HasSubstr("late: core 0 does not end its busiest tick in time"));
}
