//===- MapReportTest.cpp - how full the cores of a map are ----------------===//

#include "targets/CoreMaps/MapReport.h"
#include "runtime/coremap/CoreMapFile.h"
#include "runtime/host/Package.h"
#include "test/unit/CoreMap/RandomCoreMap.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"
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
