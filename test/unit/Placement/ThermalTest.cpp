//===- ThermalTest.cpp - temperatures of placements -----------------------===//
#include "passes/Placement/Thermal.h"
#include "test/unit/Placement/RandomNetwork.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <numeric>

using namespace lle;

namespace {
Mesh makeMesh(uint32_t width, uint32_t height, uint32_t slots) {
  Mesh mesh;
  mesh.width = width, mesh.height = height, mesh.slots = slots;
  return mesh;
}

/// Node by node until nothing changes: silicon in the first layer, the spreader in the second.
std::vector<double> relax(const Mesh &mesh, const ThermalGrid &grid, const std::vector<double> &power) {
  const uint32_t cells = mesh.width * mesh.height;
  std::vector<double> silicon(cells, 0), spreader(cells, 0);
  for (unsigned sweep = 0; sweep < 20000; ++sweep)
    for (uint32_t cell = 0; cell < cells; ++cell) {
      uint32_t x = cell % mesh.width, y = cell / mesh.width, beside = 0;
      double siliconBeside = 0, spreaderBeside = 0;
      for (auto [dx, dy] : {std::pair(-1, 0), {1, 0}, {0, -1}, {0, 1}})
        if (x + dx < mesh.width && y + dy < mesh.height) { // wraps below 0
          uint32_t other = (y + dy) * mesh.width + x + dx;
          siliconBeside += silicon[other], spreaderBeside += spreader[other];
          ++beside;
        }
      silicon[cell] = (power[cell] + grid.siliconAcross * siliconBeside + grid.siliconDown * spreader[cell]) /
                      (grid.siliconAcross * beside + grid.siliconDown);
      spreader[cell] = (grid.spreaderAcross * spreaderBeside + grid.siliconDown * silicon[cell]) /
                       (grid.spreaderAcross * beside + grid.siliconDown + grid.chipToAir / cells);
    }
  return silicon;
}
} // namespace

TEST(Thermal, TemperaturesAreThoseOfRelaxation) {
  Mesh mesh = makeMesh(4, 3, 1);
  std::vector<double> power(12, 0);
  power[0] = 0.5, power[5] = 0.2, power[11] = 0.01;
  std::vector<double> found = ThermalModel(mesh, {}).temperatures(power), expected = relax(mesh, {}, power);
  for (uint32_t cell = 0; cell < 12; ++cell)
    EXPECT_NEAR(found[cell], expected[cell], 1e-6) << cell;
}

/// Without gradients heat only goes down: all of it through the sink, and each cell's through the silicon below it.
TEST(Thermal, EvenPowerIsWarmedBySinkAndSiliconAlone) {
  Mesh mesh = makeMesh(8, 4, 4);
  ThermalGrid grid;
  for (double kelvin : ThermalModel(mesh, grid).temperatures(std::vector<double>(32, 1. / 32)))
    EXPECT_NEAR(kelvin, 1 / grid.chipToAir + 1. / 32 / grid.siliconDown, 1e-9);
}

TEST(Thermal, ChipsDoNotWarmEachOther) {
  Mesh mesh = makeMesh(4, 2, 1);
  mesh.chipWidth = mesh.chipHeight = 2;
  std::vector<double> power(8, 0);
  power[1] = 1; // the last column of the first chip
  std::vector<double> kelvin = ThermalModel(mesh, {}).temperatures(power);
  EXPECT_GT(kelvin[0], 0);
  EXPECT_EQ(kelvin[2], 0);
}

/// Nothing is sent, so that any place will do. Swaps end where no single one helps: near the best of all placements.
TEST(Thermal, PlacementIsNearTheCoolestOfAllWhereNothingIsSent) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    SplitMix64 random(seed);
    Mesh mesh = makeMesh(3, 2, 1);
    ThermalModel thermal(mesh, {});
    std::vector<double> power(4);
    for (double &watts : power)
      watts = random.uniform();
    Traffic silent({}, {}, 4);
    std::vector<uint32_t> positions(6), found{0, 1, 2, 3};
    std::iota(positions.begin(), positions.end(), 0);
    double least = std::numeric_limits<double>::infinity(), most = 0;
    do {
      double peak = thermal.peak(power, llvm::ArrayRef(positions).take_front(4));
      least = std::min(least, peak);
      most = std::max(most, peak);
    } while (std::next_permutation(positions.begin(), positions.end()));
    coolParts(silent, mesh, {}, thermal, power, 0, found);
    EXPECT_LE(thermal.peak(power, found), least + 0.3 * (most - least)) << seed;
  }
}

TEST(Thermal, ObjectiveGrowsByNoMoreThanItsShare) {
  for (uint64_t seed = 0; seed < 4; ++seed)
    for (double share : {0., 0.05}) {
      Mesh mesh = makeMesh(4, 4, 2);
      Hypergraph graph = makeRandomNetwork({/*vertices=*/60, 1, 5}, seed);
      std::vector<uint32_t> part;
      for (uint32_t vertex = 0; vertex < graph.vertices; ++vertex)
        part.push_back(vertex % 20);
      Traffic traffic(graph, part, 20);
      PlacementOptions options;
      options.effort = 1;
      llvm::Expected<std::vector<uint32_t>> placed = placeParts(traffic, mesh, options);
      ASSERT_TRUE(bool(placed));
      ThermalModel thermal(mesh, {});
      std::vector<double> power(20);
      for (uint32_t i = 0; i < 20; ++i)
        power[i] = 1e-3 * (1 + i % 7);
      std::vector<uint32_t> cooled = *placed;
      coolParts(traffic, mesh, options, thermal, power, share, cooled);
      EXPECT_LE(objectiveOf(costOfPlacement(traffic, mesh, cooled), options),
                objectiveOf(costOfPlacement(traffic, mesh, *placed), options) * (1 + share));
      EXPECT_LE(thermal.peak(power, cooled), thermal.peak(power, *placed));
    }
}
