//===- PlacerTest.cpp - places of parts on a mesh -------------------------===//
#include "passes/Placement/Placer.h"
#include "test/unit/Placement/RandomNetwork.h"

#include "gtest/gtest.h"

#include <map>
#include <numeric>
#include <set>

using namespace lle;

namespace {
/// Links of a flow's XY routes as a set, one step after the other.
using Links = std::set<std::pair<std::pair<uint32_t, uint32_t>, std::pair<uint32_t, uint32_t>>>;

Links walk(const Mesh &mesh, uint32_t from, const std::set<uint32_t> &destinations) {
  Links links;
  for (uint32_t destination : destinations) {
    std::pair<uint32_t, uint32_t> at(mesh.x(from), mesh.y(from)), end(mesh.x(destination), mesh.y(destination));
    while (at != end) {
      auto next = at;
      if (at.first != end.first)
        next.first += at.first < end.first ? 1 : -1;
      else
        next.second += at.second < end.second ? 1 : -1;
      links.insert({at, next});
      at = next;
    }
  }
  return links;
}

struct PlacedNetwork {
  Hypergraph graph;
  std::vector<uint32_t> part;
  Mesh mesh;
  std::vector<uint32_t> position;
};

PlacedNetwork makePlaced(uint64_t seed, uint32_t parts, Mesh mesh) {
  SplitMix64 random(seed);
  PlacedNetwork placed{makeRandomNetwork({/*vertices=*/parts * 6, 1, 5}, seed), {}, mesh, {}};
  for (uint32_t vertex = 0; vertex < placed.graph.vertices; ++vertex)
    placed.part.push_back(vertex % parts);
  std::vector<uint32_t> positions(mesh.positions());
  std::iota(positions.begin(), positions.end(), 0);
  for (uint32_t part = 0; part < parts; ++part) {
    std::swap(positions[part], positions[part + random.below(positions.size() - part)]);
    placed.position.push_back(positions[part]);
  }
  return placed;
}
} // namespace

TEST(Placer, CostIsThatOfRoutesWalkedStepByStep) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Mesh mesh;
    mesh.width = 1 + seed % 6, mesh.height = 1 + seed / 6 % 5, mesh.slots = 1 + seed % 3;
    mesh.chipWidth = 2, mesh.chipHeight = 3;
    PlacedNetwork placed = makePlaced(seed, std::min(mesh.positions(), 9u), mesh);
    uint32_t parts = placed.position.size();
    Traffic traffic(placed.graph, placed.part, parts);
    PlacementCost cost = costOfPlacement(traffic, mesh, placed.position);

    PlacementCost expected;
    uint64_t lowerBound = 0; // a destination on another router is at least one link away
    std::map<Links::value_type, uint64_t> load;
    for (size_t net = 0; net < placed.graph.nets(); ++net) {
      uint64_t rate = placed.graph.rate[net];
      uint32_t source = placed.position[placed.part[placed.graph.source[net]]];
      std::set<uint32_t> destinations, routers;
      for (uint32_t target : placed.graph.targets(net))
        destinations.insert(placed.position[placed.part[target]]);
      destinations.erase(source);
      for (uint32_t destination : destinations) {
        expected.unicastHops += rate * mesh.hops(source, destination);
        if (destination / mesh.slots != source / mesh.slots)
          routers.insert(destination / mesh.slots);
      }
      lowerBound += rate * routers.size();
      for (auto &link : walk(mesh, source, destinations)) {
        expected.hops += rate;
        load[link] += rate;
        auto [from, to] = link;
        expected.chipCrossings += rate * (from.first / 2 != to.first / 2 || from.second / 3 != to.second / 3);
      }
    }
    for (auto &[link, spikes] : load)
      expected.maxLinkLoad = std::max(expected.maxLinkLoad, spikes);
    EXPECT_EQ(cost.hops, expected.hops) << "seed " << seed;
    EXPECT_EQ(cost.unicastHops, expected.unicastHops) << "seed " << seed;
    EXPECT_EQ(cost.chipCrossings, expected.chipCrossings) << "seed " << seed;
    EXPECT_EQ(cost.maxLinkLoad, expected.maxLinkLoad) << "seed " << seed;
    EXPECT_GE(cost.hops, lowerBound) << "seed " << seed;
    EXPECT_LE(cost.hops, cost.unicastHops) << "seed " << seed;
  }
}

TEST(Placer, EnumerationIsThePermutationThatCostsLeast) {
  Mesh mesh;
  mesh.width = 3, mesh.height = 2, mesh.chipWidth = 2;
  PlacementOptions options;
  options.linkWeight = 2;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    PlacedNetwork placed = makePlaced(seed, 6, mesh);
    Traffic traffic(placed.graph, placed.part, 6);
    auto best = placePartsExactly(traffic, mesh, options);
    ASSERT_TRUE(bool(best)) << llvm::toString(best.takeError());
    double least = std::numeric_limits<double>::infinity();
    std::vector<uint32_t> order{0, 1, 2, 3, 4, 5};
    do
      least = std::min(least, objectiveOf(costOfPlacement(traffic, mesh, order), options));
    while (std::next_permutation(order.begin(), order.end()));
    EXPECT_EQ(objectiveOf(costOfPlacement(traffic, mesh, *best), options), least) << "seed " << seed;
  }
}

TEST(Placer, FindsTheOptimumOfUpToEightParts) {
  for (uint64_t seed = 0; seed < 60; ++seed) {
    Mesh mesh;
    mesh.width = seed % 2 ? 3 : 4, mesh.height = seed % 2 ? 3 : 2;
    mesh.chipWidth = seed % 3 ? 0 : 2;
    PlacementOptions options;
    options.linkWeight = seed % 4 ? 0 : 3;
    options.seed = seed;
    uint32_t parts = 2 + seed % 7;
    PlacedNetwork placed = makePlaced(seed, parts, mesh);
    Traffic traffic(placed.graph, placed.part, parts);
    auto exact = placePartsExactly(traffic, mesh, options), found = placeParts(traffic, mesh, options);
    ASSERT_TRUE(bool(exact) && bool(found));
    EXPECT_EQ(objectiveOf(costOfPlacement(traffic, mesh, *found), options),
              objectiveOf(costOfPlacement(traffic, mesh, *exact), options))
        << "seed " << seed;
  }
}

/// As many as enumeration takes.
TEST(Placer, FindsTheOptimumOfNineParts) {
  for (uint64_t seed = 0; seed < 3; ++seed) {
    Mesh mesh;
    mesh.width = mesh.height = 3;
    PlacementOptions options;
    options.linkWeight = seed % 4 ? 0 : 3;
    options.seed = seed;
    PlacedNetwork placed = makePlaced(seed, 9, mesh);
    Traffic traffic(placed.graph, placed.part, 9);
    auto exact = placePartsExactly(traffic, mesh, options), found = placeParts(traffic, mesh, options);
    ASSERT_TRUE(bool(exact) && bool(found));
    EXPECT_EQ(objectiveOf(costOfPlacement(traffic, mesh, *found), options),
              objectiveOf(costOfPlacement(traffic, mesh, *exact), options))
        << "seed " << seed;
  }
}

/// What attracts two parts costs as spikes between them, and loads no link.
TEST(Placer, AttractionIsALengthAlone) {
  Mesh mesh;
  mesh.width = 5, mesh.height = 4, mesh.chipWidth = 2, mesh.chipHeight = 2;
  for (uint64_t seed = 0; seed < 12; ++seed) {
    PlacedNetwork placed = makePlaced(seed, 9, mesh);
    Traffic traffic(placed.graph, placed.part, 9);
    const PlacementCost before = costOfPlacement(traffic, mesh, placed.position);
    SplitMix64 random(seed);
    const uint32_t a = random.below(9), b = (a + 1 + random.below(8)) % 9;
    traffic.attract(a, b, 7);
    const PlacementCost after = costOfPlacement(traffic, mesh, placed.position);
    const uint32_t from = placed.position[a], to = placed.position[b];
    EXPECT_EQ(after.hops, before.hops + 7 * mesh.hops(from, to));
    EXPECT_EQ(after.chipCrossings, before.chipCrossings + 7 * (mesh.crossingsX(mesh.x(from), mesh.x(to)) +
                                                               mesh.crossingsY(mesh.y(from), mesh.y(to))));
    EXPECT_EQ(after.maxLinkLoad, before.maxLinkLoad);
    traffic.attract(a, b, 1000000);
    PlacementOptions options;
    options.effort = 1;
    auto near = placeParts(traffic, mesh, options);
    ASSERT_TRUE(bool(near)) << llvm::toString(near.takeError());
    EXPECT_EQ(mesh.hops((*near)[a], (*near)[b]), 1u) << "seed " << seed;
  }
}

TEST(Placer, BusiestLinkCountsByDefault) {
  Mesh mesh;
  mesh.width = 9, mesh.height = 8;
  PlacementOptions withLinks, without;
  without.linkWeight = 0;
  withLinks.effort = without.effort = 1;
  double busiest = 0, busiestWithout = 0;
  for (uint64_t seed = 0; seed < 2; ++seed) {
    PlacedNetwork placed = makePlaced(seed, 60, mesh);
    Traffic traffic(placed.graph, placed.part, 60);
    auto found = placeParts(traffic, mesh, withLinks), shortest = placeParts(traffic, mesh, without);
    ASSERT_TRUE(bool(found) && bool(shortest));
    busiest += double(costOfPlacement(traffic, mesh, *found).maxLinkLoad);
    busiestWithout += double(costOfPlacement(traffic, mesh, *shortest).maxLinkLoad);
  }
  EXPECT_LT(busiest, 0.9 * busiestWithout);
}

TEST(Placer, UsesOnlyUsableCores) {
  Mesh mesh;
  mesh.width = 4, mesh.height = 3, mesh.slots = 2;
  for (uint32_t position = 0; position < mesh.positions(); ++position)
    mesh.usable.push_back(position % 3 != 0);
  PlacedNetwork placed = makePlaced(7, 16, mesh);
  Traffic traffic(placed.graph, placed.part, 16);
  auto position = placeParts(traffic, mesh, {});
  ASSERT_TRUE(bool(position)) << llvm::toString(position.takeError());
  std::set<uint32_t> taken(position->begin(), position->end());
  EXPECT_EQ(taken.size(), 16u);
  for (uint32_t each : taken)
    EXPECT_TRUE(each < mesh.positions() && mesh.isUsable(each));
  mesh.usable[1] = false;
  EXPECT_EQ(llvm::toString(placeParts(traffic, mesh, {}).takeError()), "16 parts do not fit on 15 usable cores");
}

TEST(Placer, DoesNotDependOnThreads) {
  for (auto [parts, effort] : {std::pair(30u, 4u), std::pair(200u, 1u)}) { // pulls of the latter come in batches
    Mesh mesh;
    mesh.width = 15, mesh.height = 14;
    PlacedNetwork placed = makePlaced(11, parts, mesh);
    Traffic traffic(placed.graph, placed.part, parts);
    PlacementOptions options;
    options.effort = effort;
    options.threads = 1;
    auto one = placeParts(traffic, mesh, options);
    options.threads = 3;
    auto three = placeParts(traffic, mesh, options);
    ASSERT_TRUE(bool(one) && bool(three));
    EXPECT_EQ(*one, *three) << parts << " parts";
  }
}

/// Among parts that all talk to each other, passes end where they would look at more than a billion neighbours.
TEST(Placer, WorkOfPullsIsBounded) {
  Mesh mesh;
  mesh.width = mesh.height = 4, mesh.slots = 64;
  unsigned last = 20;
  for (uint32_t parts : {100u, 300u, 950u}) {
    Hypergraph graph;
    graph.vertices = parts;
    graph.demand.assign(parts, 1);
    std::vector<uint32_t> part(parts);
    std::iota(part.begin(), part.end(), 0);
    for (uint32_t source = 0; source < parts; ++source) {
      graph.pins.insert(graph.pins.end(), part.begin(), part.end());
      graph.netBegin.push_back(graph.pins.size());
      graph.source.push_back(source);
      graph.rate.push_back(1);
    }
    unsigned passes = passesOfPulls(Traffic(graph, part, parts), mesh);
    double perPass = 2.0 * 9 * mesh.slots * parts * (parts - 1); // a part and whom it is swapped with, at nine routers
    EXPECT_GE(passes, 1u);
    EXPECT_LE(passes, last);
    EXPECT_TRUE(passes == 1 || passes * perPass <= 1e9) << parts << " parts";
    last = passes;
  }
  EXPECT_EQ(last, 1u);
}

TEST(Placer, HilbertStepsAreBetweenNeighbours) {
  Mesh mesh;
  mesh.width = mesh.height = 8;
  std::vector<uint32_t> order = hilbertOrder(mesh);
  ASSERT_EQ(order.size(), 64u);
  EXPECT_EQ(std::set<uint32_t>(order.begin(), order.end()).size(), 64u);
  for (size_t i = 1; i < order.size(); ++i)
    EXPECT_EQ(mesh.hops(order[i - 1], order[i]), 1u);
}
