//===- RoutingTest.cpp - multicast routes of a core map -------------------===//

#include "runtime/coremap/Routing.h"
#include "runtime/coremap/CoreMapFile.h"
#include "runtime/coremap/Layout.h"
#include "runtime/coremap/Traffic.h"
#include "runtime/emulator/Emulator.h"
#include "test/unit/CoreMap/RandomCoreMap.h"
#include "gmock/gmock.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

using namespace lle::runtime;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

/// What neurons do to neurons: (core and number of the source, core and number of the target, weight, delay).
using Effects = std::multiset<std::tuple<uint32_t, uint32_t, uint32_t, uint32_t, int16_t, uint8_t>>;

void addEffects(const CoreMap &map, uint32_t source, uint32_t neuron, uint32_t target, uint32_t axon,
                Effects &effects) {
  const CoreContents &core = map.cores[target];
  const SynapseRow &row = core.rows[core.inAxons[axon].row];
  for (uint32_t i = 0; i < row.count; ++i) {
    uint32_t local = core.inAxons[axon].base + (row.isDense ? i : core.offsets[row.firstOffset + i]);
    uint8_t delay = row.firstDelay == UINT32_MAX ? row.delay : core.delays[row.firstDelay + i];
    effects.insert({source, neuron, target, local, core.weights[row.firstWeight + i], delay});
  }
}

uint32_t countNeurons(const CoreContents &core) {
  uint32_t neurons = 0;
  for (const NeuronRun &run : core.neurons)
    neurons += run.count;
  return neurons;
}

Effects getEffects(const CoreMap &map) {
  Effects effects;
  for (uint32_t source = 0; source < map.cores.size(); ++source) {
    const CoreContents &core = map.cores[source];
    for (uint32_t n = 0; n + 1 < core.outBegin.size(); ++n)
      for (uint32_t i = core.outBegin[n]; i < core.outBegin[n + 1]; ++i)
        addEffects(map, source, n, core.outAxons[i].core, core.outAxons[i].axon, effects);
    for (uint32_t n = 0; map.isMulticast && n < countNeurons(core); ++n)
      for (uint32_t target = 0; target < map.cores.size(); ++target)
        for (const KeyRange &range : map.cores[target].keyRanges)
          if (uint32_t at = core.firstKey + n - range.firstKey; at < range.count)
            if (uint32_t axon = map.cores[target].keyedAxons[range.firstAxon + at]; axon != UINT32_MAX)
              addEffects(map, source, n, target, axon, effects);
  }
  return effects;
}

std::string getComplaint(const CoreMap &map) {
  Status status = checkRoutes(map);
  return status ? "" : status.error().message;
}

/// A chip for each neuron, at the board's places; neuron `i` sends to those of targets[i].
CoreMap makeBoard(std::vector<std::pair<int, int>> places, std::vector<std::vector<uint32_t>> targets) {
  CoreMap map;
  map.arithmetic = ChipArithmetic::SpiNNaker2;
  map.chips = places.size();
  map.populations.push_back({"a", NeuronModel::CubaLIF, {int64_t(places.size())}, {}});
  for (uint32_t i = 0; i < places.size(); ++i) {
    map.routers.push_back({i, places[i].first, places[i].second, {}});
    CoreContents &core = map.cores.emplace_back();
    core.chip = i;
    core.neurons = {{0, i, 1}};
    core.rows = {{0, 0, 1, true}};
    core.weights = {1};
    core.inAxons = {{0, 0}};
    core.outBegin = {0, uint32_t(targets[i].size())};
    for (uint32_t target : targets[i])
      core.outAxons.push_back({target, 0});
  }
  return map;
}

/// A random map whose cores are on random chips of the board.
CoreMap makeRandomBoard(std::mt19937 &random) {
  CoreMap map = makeRandomMap(random, ChipArithmetic::SpiNNaker2);
  setHexagonalBoard(map);
  for (CoreContents &core : map.cores)
    core.chip = std::uniform_int_distribution<uint32_t>(0, map.chips - 1)(random);
  return map;
}

} // namespace

TEST(Routing, TheBoardIsAHexagon) {
  CoreMap map;
  setHexagonalBoard(map);
  EXPECT_EQ(map.chips, 48u);
  std::vector<int> perRow(8);
  for (const ChipRouter &router : map.routers)
    ++perRow[router.y];
  EXPECT_THAT(perRow, ElementsAre(5, 6, 7, 8, 7, 6, 5, 4));
}

// Neuron 0 enters core 1 by two in-axons: by one row with the synapses of both. Neuron 1 by one of them only.
TEST(Routing, InAxonsOfOneKeyAreMerged) {
  CoreMap map = makeBoard({{0, 0}, {1, 0}}, {{}, {}});
  map.populations[0].shape = {6};
  map.cores[0].neurons = {{0, 0, 3}};
  map.cores[1].neurons = {{0, 3, 3}};
  map.cores[1].rows = {{0, 0, 2, true}, {2, 0, 1, false, 3}};
  map.cores[1].weights = {1, 2, 3};
  map.cores[1].offsets = {0};
  map.cores[1].inAxons = {{0, 0}, {1, 1}};
  map.cores[0].outBegin = {0, 2, 3, 3};
  map.cores[0].outAxons = {{1, 0}, {1, 1}, {1, 1}};
  Effects before = getEffects(map);
  ASSERT_TRUE(bool(assignKeys(map)));
  EXPECT_EQ(getEffects(map), before);
  const CoreContents &core = map.cores[1];
  ASSERT_EQ(core.keyRanges.size(), 1u);
  EXPECT_EQ(core.keyRanges[0].count, 2u);
  EXPECT_THAT(core.weights, ElementsAre(1, 2, 3, 3));
  EXPECT_THAT(core.offsets, ElementsAre(0, 1, 1, 0));
  EXPECT_THAT(core.delays, ElementsAre(1, 1, 3));
}

// A gap of 4 keys costs as much as a range, one of 5 more.
TEST(Routing, RangesOfKeys) {
  CoreMap map = makeBoard({{0, 0}, {1, 0}}, {{}, {}});
  map.cores[0].neurons = {{0, 0, 12}};
  map.cores[0].outBegin = {0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3};
  map.cores[0].outAxons = {{1, 0}, {1, 0}, {1, 0}};
  ASSERT_TRUE(bool(assignKeys(map)));
  ASSERT_EQ(map.cores[1].keyRanges.size(), 2u);
  EXPECT_EQ(map.cores[1].keyRanges[0].count, 6u);
  EXPECT_EQ(map.cores[1].keyRanges[1].firstKey, map.cores[0].firstKey + 11);
  EXPECT_THAT(map.cores[1].keyedAxons, ElementsAre(0, UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX, 0, 0));
}

TEST(Routing, TooManyKeys) {
  CoreMap map = makeBoard({{0, 0}, {1, 0}}, {{}, {}});
  map.cores[0].neurons = {{0, 0, 0xffffffffu}};
  Status status = assignKeys(map);
  ASSERT_FALSE(bool(status));
  EXPECT_EQ(status.error().message, "the neurons of 2 cores need keys of more than 32 bits");
}

// From chip 0 to chip 2 by way of chip 1, which has no entry.
TEST(Routing, ADefaultRouteHasNoEntry) {
  CoreMap map = makeBoard({{0, 0}, {1, 0}, {2, 0}}, {{2}, {}, {}});
  ASSERT_TRUE(bool(assignKeys(map)));
  ASSERT_TRUE(bool(routeMulticast(map, 10)));
  ASSERT_EQ(map.routers[0].entries.size(), 1u);
  EXPECT_EQ(map.routers[0].entries[0].links, 1u << kEast);
  EXPECT_THAT(map.routers[1].entries, IsEmpty());
  ASSERT_EQ(map.routers[2].entries.size(), 1u);
  EXPECT_EQ(map.routers[2].entries[0].links, 0u);
  EXPECT_THAT(map.routers[2].entries[0].cores, ElementsAre(2));
  EXPECT_EQ(getComplaint(map), "");
}

// To (2, 1) and (3, 1) from (0, 0): one east and one north-east, then one more, not five links for two ways.
TEST(Routing, TheTreeOfARing) {
  std::vector<std::pair<int, int>> places = {{0, 0}, {1, 0}, {2, 0}, {1, 1}, {2, 1}, {3, 1}};
  CoreMap map = makeBoard(places, {{4, 5}, {}, {}, {}, {}, {}});
  ASSERT_TRUE(bool(assignKeys(map)));
  Result<MulticastTrees> kind = routeMulticast(map, 10);
  ASSERT_TRUE(bool(kind));
  EXPECT_EQ(*kind, MulticastTrees::NeighbourRing);
  Result<PacketPath> path = tracePacket(map, 0, map.cores[0].firstKey);
  ASSERT_TRUE(bool(path));
  EXPECT_EQ(path->steps.size(), 3u);
  EXPECT_THAT(path->cores, ElementsAre(4, 5));
  EXPECT_EQ(getComplaint(map), "");
}

TEST(Routing, AMissingChip) {
  CoreMap map = makeBoard({{0, 0}, {2, 0}}, {{1}, {}});
  ASSERT_TRUE(bool(assignKeys(map)));
  Result<MulticastTrees> kind = routeMulticast(map, 10);
  ASSERT_FALSE(bool(kind));
  EXPECT_EQ(kind.error().message,
            "core 0: the way to a chip that it sends to passes a place of the board without a chip");
}

// Around the chip (4, 3) each of six packets goes two links straight on and one to the left: each waits for the next
// one's second link. In the order of dimensions none does.
TEST(Routing, ACycleOfLinksIsBroken) {
  CoreMap map;
  setHexagonalBoard(map);
  std::vector<std::pair<int, int>> places;
  std::map<std::pair<int, int>, uint32_t> chips;
  for (const ChipRouter &router : map.routers) {
    chips[{router.x, router.y}] = router.chip;
    places.push_back({router.x, router.y});
  }
  std::vector<std::vector<uint32_t>> targets(places.size());
  int x = 4, y = 2; // the corner below the middle
  for (unsigned d = 0; d < kLinkDirections; ++d) {
    unsigned left = (d + 1) % kLinkDirections;
    uint32_t source = chips.at({x - kLinkX[d], y - kLinkY[d]});
    x += kLinkX[d];
    y += kLinkY[d];
    targets[source].push_back(chips.at({x + kLinkX[left], y + kLinkY[left]}));
  }
  map = makeBoard(places, targets);
  ASSERT_TRUE(bool(assignKeys(map)));
  Result<MulticastTrees> kind = routeMulticast(map, 10);
  ASSERT_TRUE(bool(kind));
  EXPECT_EQ(*kind, MulticastTrees::DimensionOrder);
  EXPECT_EQ(getComplaint(map), "");
}

TEST(Routing, WhatIsWrongWithTables) {
  CoreMap good = makeBoard({{0, 0}, {1, 0}, {1, 1}}, {{1}, {2}, {0}});
  ASSERT_TRUE(bool(assignKeys(good)));
  ASSERT_TRUE(bool(routeMulticast(good, 10)));
  EXPECT_EQ(getComplaint(good), "");

  CoreMap map = good;
  map.routers[1].entries.clear();
  EXPECT_EQ(getComplaint(map), "a packet with key 0 leaves the board at chip 1");
  map = good;
  for (RouteEntry &entry : map.routers[1].entries)
    if (entry.key == 0)
      entry.cores.clear();
  EXPECT_EQ(getComplaint(map), "a packet with key 0 comes to 0 cores, not to the 1 that want keys of core 0");
  map = good;
  for (RouteEntry &entry : map.routers[1].entries)
    if (entry.key == 0)
      entry.links = 1u << kWest;
  EXPECT_EQ(getComplaint(map), "a packet with key 0 comes to chip 0 twice");
  // Each goes around two sides of the triangle.
  map = makeBoard({{0, 0}, {1, 0}, {1, 1}}, {{2}, {0}, {1}});
  ASSERT_TRUE(bool(assignKeys(map)));
  uint8_t links[] = {1u << kEast, 1u << kNorth, 1u << kSouthWest};
  for (uint32_t chip = 0; chip < 3; ++chip) {
    uint32_t next = (chip + 1) % 3, last = (chip + 2) % 3;
    map.routers[chip].entries.push_back({chip, UINT32_MAX, links[chip], {}});
    map.routers[next].entries.push_back({chip, UINT32_MAX, links[next], {}});
    map.routers[last].entries.push_back({chip, UINT32_MAX, 0, {last}});
  }
  EXPECT_EQ(getComplaint(map), "packets can wait for each other in a circle of links");
}

// Keys 0 and 1 to one core, 2 to another: one entry for the two.
TEST(Routing, EntriesAreMergedUntilTheTableFits) {
  uint32_t all = UINT32_MAX;
  std::vector<ArrivingBlock> blocks = {{0, all, 0, {5}}, {1, all, 0, {5}}, {2, all, 0, {6}}, {4, all, 1, {}, true}};
  EXPECT_EQ(makeRouteTable(blocks, 3).size(), 3u);
  std::vector<RouteEntry> table = makeRouteTable(blocks, 2);
  ASSERT_EQ(table.size(), 2u);
  EXPECT_EQ(table[0].key, 0u);
  EXPECT_EQ(table[0].mask, all - 1);
  // 0 and 5 can be joined only over 1 and 4, which goes straight on.
  blocks = {{0, all, 0, {5}}, {5, all, 0, {5}}, {4, all, 1, {}, true}};
  EXPECT_EQ(makeRouteTable(blocks, 1).size(), 2u);
}

TEST(Routing, ATableThatDoesNotFit) {
  CoreMap map = makeBoard({{0, 0}, {1, 0}}, {{1}, {0}});
  ASSERT_TRUE(bool(assignKeys(map)));
  Result<MulticastTrees> kind = routeMulticast(map, 1);
  ASSERT_FALSE(bool(kind));
  EXPECT_EQ(kind.error().message, "chip 0: its table needs 2 entries, and has 1: put neurons with the same targets on "
                                  "neighbouring cores, or fill the cores more");
}

TEST(Routing, RandomKeysDoWhatAxonsDid) {
  std::mt19937 random(5);
  for (unsigned i = 0; i < 60; ++i) {
    CoreMap map = makeRandomBoard(random);
    Effects before = getEffects(map);
    ASSERT_TRUE(bool(assignKeys(map)));
    EXPECT_EQ(getEffects(map), before);
    for (const CoreContents &core : map.cores) {
      uint32_t size = 1;
      while (size < countNeurons(core))
        size *= 2;
      EXPECT_EQ(core.firstKey % size, 0u);
    }
  }
}

// The tables of 300 networks: as they are, and in the smallest of some sizes that they fit.
TEST(Routing, RandomTablesAreExact) {
  std::mt19937 random(6);
  unsigned merged = 0;
  for (unsigned i = 0; i < 300; ++i) {
    CoreMap map = makeRandomBoard(random);
    ASSERT_TRUE(bool(assignKeys(map)));
    ASSERT_TRUE(bool(routeMulticast(map, 16384)));
    EXPECT_EQ(getComplaint(map), "");
    size_t largest = 0;
    for (const ChipRouter &router : map.routers)
      largest = std::max(largest, router.entries.size());
    for (size_t limit = largest; limit-- > 1;) {
      CoreMap smaller = map;
      if (!routeMulticast(smaller, limit))
        break;
      ++merged;
      EXPECT_EQ(getComplaint(smaller), "");
      for (const ChipRouter &router : smaller.routers)
        EXPECT_LE(router.entries.size(), limit);
    }
  }
  EXPECT_GT(merged, 100u);
}

// What the emulator makes of both kinds of packets, and of rows before and after they were compressed.
TEST(Routing, RandomMapsRunAlike) {
  std::mt19937 random(7);
  uint64_t spikes = 0;
  for (unsigned i = 0; i < 60; ++i) {
    CoreMap axons = makeRandomBoard(random), keys = axons;
    layOutMemory(axons);
    ASSERT_TRUE(bool(assignKeys(keys)));
    ASSERT_TRUE(bool(routeMulticast(keys, 16384)));
    constexpr size_t kSteps = 20;
    std::vector<int32_t> input(kSteps * axons.populations[0].shape[0]);
    for (int32_t &value : input)
      value = random() % 4 == 0;
    size_t size = axons.populations[axons.outputs[0].population].shape[0];
    std::vector<uint8_t> results[2];
    for (unsigned k = 0; k < 2; ++k) {
      const CoreMap &map = k ? keys : axons;
      Status status = verifyCoreMap(map, "a map");
      ASSERT_TRUE(bool(status)) << status.error().message;
      Result<Emulator> emulator = Emulator::create(map, "a map");
      ASSERT_TRUE(bool(emulator)) << emulator.error().message;
      results[k].resize(kSteps * size);
      const int32_t *inputs[] = {input.data()};
      void *outputs[] = {results[k].data()};
      emulator->start().run(kSteps, inputs, outputs);
    }
    EXPECT_EQ(results[0], results[1]);
    spikes += std::count(results[0].begin(), results[0].end(), 1);
  }
  EXPECT_GT(spikes, 1000u);
}

// Two neurons of core 0 at (1, 0) send to core 1 at (3, 2): 2 links east, 2 north; one of them also to a core of its
// own router.
TEST(Traffic, PointToPoint) {
  CoreMap map = makeBoard({{0, 0}, {1, 0}, {0, 1}}, {{1, 2}, {}, {}});
  map.arithmetic = ChipArithmetic::Loihi;
  map.routers.clear();
  map.chips = 1;
  map.populations[0].shape = {4};
  for (CoreContents &core : map.cores)
    core.chip = 0;
  map.cores[0].neurons = {{0, 0, 2}};
  map.cores[0].x = map.cores[2].x = 1;
  map.cores[1].x = 3;
  map.cores[1].y = 2;
  map.cores[0].outBegin = {0, 2, 3};
  map.cores[0].outAxons = {{1, 0}, {2, 0}, {1, 0}};
  Result<Traffic> traffic = measureTraffic(map, {{0.5f, 0.25f, 0, 0}});
  ASSERT_TRUE(bool(traffic));
  EXPECT_EQ(traffic->packets, 0.5 + 0.5 + 0.25);
  EXPECT_EQ(traffic->hops, 4 * 0.75);
  EXPECT_EQ(traffic->maxLoad, 0.75);
  EXPECT_EQ(traffic->crossings, 0);
  std::vector<std::tuple<uint32_t, uint32_t, unsigned>> links;
  for (const LinkLoad &link : traffic->links)
    links.push_back({link.x, link.y, link.direction});
  EXPECT_THAT(links, ElementsAre(std::tuple(1, 0, kEast), std::tuple(2, 0, kEast), std::tuple(3, 0, kNorth),
                                 std::tuple(3, 1, kNorth)));
}

// Chips of 2 x 1 routers, the second above the first: one link west, one from chip to chip.
TEST(Traffic, BetweenChips) {
  CoreMap map = makeBoard({{0, 0}, {0, 1}}, {{1}, {}});
  map.arithmetic = ChipArithmetic::Loihi;
  map.gridWidth = 2;
  map.gridHeight = 1;
  map.cores[0].x = 1;
  Result<Traffic> traffic = measureTraffic(map, {});
  ASSERT_TRUE(bool(traffic));
  EXPECT_EQ(traffic->hops, 2);
  EXPECT_EQ(traffic->crossings, 1);
  ASSERT_EQ(traffic->links.size(), 2u);
  EXPECT_EQ(traffic->links[0].direction, kNorth); // of router (0, 0)
  EXPECT_EQ(traffic->links[1].direction, kWest);
}

TEST(Traffic, Multicast) {
  CoreMap map = makeBoard({{0, 0}, {1, 0}, {2, 0}}, {{1, 2}, {}, {0}});
  ASSERT_TRUE(bool(assignKeys(map)));
  ASSERT_TRUE(bool(routeMulticast(map, 10)));
  Result<Traffic> traffic = measureTraffic(map, {{2, 100, 3}});
  ASSERT_TRUE(bool(traffic));
  EXPECT_EQ(traffic->packets, 5); // nobody wants those of chip 1
  EXPECT_EQ(traffic->hops, 2 * 2 + 3 * 2);
  EXPECT_EQ(traffic->crossings, traffic->hops);
  EXPECT_EQ(traffic->maxLoad, 3);
}

// Counted links are those that packets were followed on: in the grid of chips of 2 x 1 routers, the second below the
// first, and between chips of a board.
TEST(Traffic, OfCountedLinks) {
  CoreMap map = makeBoard({{0, 0}, {0, -1}}, {{1}, {}});
  map.arithmetic = ChipArithmetic::Loihi;
  map.isMulticast = false;
  map.gridWidth = 2;
  map.gridHeight = 1;
  Traffic traffic = addUpTraffic(map, 7, {{1, 0, kWest, 3}, {1, -1, kNorth, 2.5}, {0, 0, kSouth, 1}});
  EXPECT_EQ(traffic.packets, 7);
  EXPECT_EQ(traffic.hops, 6.5);
  EXPECT_EQ(traffic.crossings, 3.5);
  EXPECT_EQ(traffic.maxLoad, 3);
  std::vector<std::tuple<uint32_t, uint32_t, unsigned, bool, double>> links;
  for (const LinkLoad &link : traffic.links)
    links.push_back({link.chip, link.x, link.direction, link.leavesChip, link.packets});
  EXPECT_THAT(links, ElementsAre(std::tuple(0, 0, kSouth, true, 1), std::tuple(0, 1, kWest, false, 3),
                                 std::tuple(1, 1, kNorth, true, 2.5)));
  map.isMulticast = true;
  traffic = addUpTraffic(map, 4, {{0, -1, kNorthEast, 4}});
  ASSERT_EQ(traffic.links.size(), 1u);
  EXPECT_EQ(traffic.links[0].chip, 1u);
  EXPECT_EQ(traffic.links[0].direction, kNorthEast);
  EXPECT_EQ(traffic.crossings, 4);
}
