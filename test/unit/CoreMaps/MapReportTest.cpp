//===- MapReportTest.cpp - how full the cores of a map are ----------------===//

#include "targets/CoreMaps/MapReport.h"
#include "runtime/coremap/CoreMapFile.h"
#include "runtime/host/Package.h"
#include "targets/CoreMaps/Heat.h"
#include "test/unit/CoreMap/RandomCoreMap.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"
#include "gmock/gmock.h"

#include <algorithm>

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

// Ten neurons of 85 cycles and 10 synapses of 25, of the first neuron: 1,100 cycles in the busiest tick, 875 on the
// mean, of the 1,500 that 10 us have at 150 MHz. The chip has 151 other elements.
TEST(MapReport, PowerOfSpiNNaker2) {
  CoreMap map = makeCore();
  map.arithmetic = ChipArithmetic::SpiNNaker2;
  map.figures = makeLimits(ChipArithmetic::SpiNNaker2, 1);
  map.gridWidth = 7;
  map.gridHeight = 6;
  map.cores[0].outBegin.assign(11, 1);
  map.cores[0].outBegin[0] = 0;
  map.cores[0].outAxons = {{0, 0}};
  Result<MapReport> report = reportMap(map, 1e-5, 0.1);
  ASSERT_TRUE(bool(report));
  EXPECT_NEAR(report->power.cores[0].busyShare, 875.0 / 1500, 1e-6); // rates are floats
  EXPECT_THAT(formatMap(map, *report), HasSubstr("; 151 off, 1 at 0.5 V, 0 at 0.8 V\n"));
  report = reportMap(map, 1e-6, 0.1);
  ASSERT_TRUE(bool(report));
  EXPECT_THAT(formatMap(map, *report), HasSubstr("late: core 0 does not end its busiest tick in time"));
}

/// Ten ticks of two samples: 50 spikes of ten neurons, 500 synapses.
static Activity makeActivity() {
  Activity activity;
  activity.samples = 2;
  activity.steps = 8;
  activity.ticks = 10;
  activity.cores.resize(1);
  activity.cores[0].firings = activity.cores[0].packetsOut = 50;
  activity.cores[0].synapticOperations = 500;
  activity.cores[0].neuronUpdates = 100;
  activity.links = {{1, 0, 2, 30}};
  return activity;
}

// Of the terms of a tick, 50 synapses of 2 ns, 10 updates of 3 and 5 packets of 4, the first is the longest.
TEST(MapReport, WhatWasMeasuredReplacesEstimates) {
  CoreMap map = makeCore();
  map.figures.push_back({"unit_ns.synaptic_operation", 2, "assumed", "a test"});
  map.figures.push_back({"unit_ns.neuron_update", 3, "assumed", "a test"});
  map.figures.push_back({"unit_ns.spike", 4, "assumed", "a test"});
  map.figures.push_back({"unit_pj.synaptic_operation", 6, "assumed", "a test"});
  Result<MapReport> report = reportMap(map);
  ASSERT_TRUE(bool(report));
  EXPECT_THAT(formatMap(map, *report), AllOf(HasSubstr("estimated, if all neurons and inputs sent in each tick: 0 "),
                                             testing::Not(HasSubstr("measured"))));
  EXPECT_THAT(formatMapAsSVG(map, *report), testing::Not(HasSubstr("measured")));
  addActivity(map, makeActivity(), *report);
  EXPECT_THAT(
      formatMap(map, *report),
      AllOf(
          HasSubstr("measured (emulated) in 2 samples, 8 steps, 10 ticks; "),
          HasSubstr(
              "\n   0               0.5000                 50.0         0.0          5.0     100      300   100%\n"),
          HasSubstr("measured (emulated), mean tick: 5.0 packets on 3.0 links, 0.0 from chip to chip, at most 3.0 on "),
          testing::Not(HasSubstr("estimated"))));
  EXPECT_THAT(formatMapAsSVG(map, *report),
              AllOf(HasSubstr("; 100 ns of a tick, 0.5000 packets of a neuron, measured (emulated)</title>"),
                    HasSubstr("<title>3.00 packets in a tick, measured (emulated)</title>"),
                    HasSubstr("hsl(210,80%,30%)"), testing::Not(HasSubstr("estimated"))));
  llvm::json::Object json = formatMapAsJSON(map, *report);
  EXPECT_EQ(json.getObject("traffic")->getString("basis"), "measured (emulated)");
  EXPECT_EQ(json.getObject("power")->getString("basis"), "measured (emulated)");
  const llvm::json::Object &link = *json.getObject("traffic")->getArray("links")->front().getAsObject();
  EXPECT_EQ(link.getString("direction"), "W"); // the third of a grid's
  EXPECT_EQ(link.getInteger("x"), 1);
  const llvm::json::Object &core = *json.getArray("cores")->front().getAsObject()->getObject("activity");
  EXPECT_EQ(core.getInteger("spikes"), 50);
  EXPECT_EQ(core.getNumber("packets_of_a_neuron"), 0.5);
  EXPECT_EQ(core.getNumber("energy_pj"), 3000);
  EXPECT_EQ(core.getNumber("tick_ns"), 100);
}

// 50 synapses of 25 cycles and 10 neurons of 85 are 2,100 cycles, of the 3,000 that 20 us have at 150 MHz.
TEST(MapReport, PowerOfWhatWasMeasured) {
  CoreMap map = makeCore();
  map.arithmetic = ChipArithmetic::SpiNNaker2;
  map.figures = makeLimits(ChipArithmetic::SpiNNaker2, 1);
  map.gridWidth = 7;
  map.gridHeight = 6;
  Result<MapReport> report = reportMap(map, 20e-6);
  ASSERT_TRUE(bool(report));
  EXPECT_THAT(formatMap(map, *report), HasSubstr("10% of sources active (estimated): "));
  addActivity(map, makeActivity(), *report);
  EXPECT_NEAR(report->power.cores[0].busyShare, 0.7, 1e-12);
  EXPECT_THAT(formatMap(map, *report), HasSubstr("activity as measured (emulated): "));
}

// A chip of one router: what its power warms is the way through 0.154 W/K of silicon and 0.1 W/K to the air.
TEST(MapReport, HeatOfPower) {
  CoreMap map = makeCore();
  map.gridWidth = map.gridHeight = 1;
  map.figures.push_back({"unit_pj.synaptic_operation", 6, "assumed", "a test"});
  Result<MapReport> report = reportMap(map, 1e-3);
  ASSERT_TRUE(bool(report));
  EXPECT_TRUE(report->kelvin.empty());
  EXPECT_THAT(formatMapAsSVG(map, *report), testing::Not(HasSubstr("heat")));
  addActivity(map, makeActivity(), *report);
  ASSERT_EQ(report->kelvin.size(), 1u);
  ASSERT_EQ(report->kelvin[0].size(), 1u);
  // 3,000 pJ in ten ticks of 1 ms.
  EXPECT_NEAR(report->kelvin[0][0], 300e-9 * (1 / 0.154 + 1 / 0.1), 1e-12);
  EXPECT_THAT(formatMapAsSVG(map, *report),
              AllOf(HasSubstr("fill=\"hsl(0,90%,55%)\"><title>0.005 mK over the air"),
                    HasSubstr("ground: heat, at most 0.005 mK over the air; derived, activity measured (emulated)")));
  EXPECT_EQ(formatMapAsJSON(map, *report).getObject("heat")->getString("basis"), "measured (emulated)");
  // Of SpiNNaker2 the power is planned before.
  map.arithmetic = ChipArithmetic::SpiNNaker2;
  map.figures = makeLimits(ChipArithmetic::SpiNNaker2, 1);
  report = reportMap(map, 1e-3);
  ASSERT_TRUE(bool(report));
  ASSERT_EQ(report->kelvin.size(), 1u);
  EXPECT_NEAR(report->kelvin[0][0], report->power.cores[0].milliwatts * 1e-3 * (1 / 0.154 + 1 / 0.1), 1e-9);
  EXPECT_GT(report->kelvin[0][0], 0.01);
}

// Chips do not warm each other, and a router is warmest where its core is.
TEST(MapReport, HeatOfPlaces) {
  CoreMap map;
  map.chips = 2;
  map.gridWidth = 3;
  map.gridHeight = 2;
  map.cores.resize(2);
  map.cores[0].isHost = true;
  map.cores[1].chip = 1;
  map.cores[1].x = 2;
  map.cores[1].y = 1;
  std::vector<std::vector<double>> kelvin = findTemperatures(map, {1, 0.5});
  ASSERT_EQ(kelvin.size(), 2u);
  EXPECT_THAT(kelvin[0], testing::Each(0));
  ASSERT_EQ(kelvin[1].size(), 6u);
  EXPECT_EQ(std::max_element(kelvin[1].begin(), kelvin[1].end()) - kelvin[1].begin(), 1 * 3 + 2);
  EXPECT_EQ(std::min_element(kelvin[1].begin(), kelvin[1].end()) - kelvin[1].begin(), 0);
}

// The mapper refuses what does not fit, so that a file of such a map is made here.
TEST(MapReport, ExitStatusOfTheToolSaysWhetherTheMapFits) {
  for (auto [limit, status] : {std::pair(10., 0), std::pair(9., 1)}) {
    CoreMap map = makeCore();
    setLimit(map, "core_neurons", limit);
    map.outputs.push_back({"y", 0, false});
    Result<Bytes> code = writeCoreMap(map);
    ASSERT_TRUE(bool(code)) << code.error().message;
    Package package;
    package.name = package.profile = package.provenance.sourceName = "net";
    package.provenance.toolVersion = "test";
    package.dt = 1e-3;
    Port &output = package.outputs.emplace_back();
    output.name = "y";
    output.element = LLE_I8;
    output.shape = {10};
    Variant &variant = package.variants.emplace_back();
    variant.target = map.target;
    variant.kind = VariantKind::CoreMap;
    variant.code = std::move(*code);
    Result<Bytes> bytes = writePackage(package);
    ASSERT_TRUE(bool(bytes)) << bytes.error().message;
    llvm::SmallString<128> path;
    ASSERT_FALSE(llvm::sys::fs::createTemporaryFile("lle-map", "lle", path));
    llvm::FileRemover remover(path);
    std::error_code error;
    llvm::raw_fd_ostream(path, error).write(reinterpret_cast<const char *>(bytes->data()), bytes->size());
    ASSERT_FALSE(error);
    EXPECT_EQ(llvm::sys::ExecuteAndWait(LLE_REPORT_MAP, {LLE_REPORT_MAP, path, "-o", "/dev/null"}), status);
  }
}
