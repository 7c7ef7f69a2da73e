//===- JointRefinementTest.cpp - neurons between cores with places --------===//
#include "passes/Placement/JointRefinement.h"
#include "test/unit/Placement/RandomNetwork.h"

#include "gtest/gtest.h"

#include <numeric>

using namespace lle;

namespace {
struct PlacedParts {
  Hypergraph graph;   ///< With the host's nets.
  Hypergraph network; ///< Without them.
  std::vector<uint32_t> part, position;
  Mesh mesh;
};

PlacedParts makePlacedParts(uint64_t seed) {
  constexpr uint32_t kParts = 9, kInputs = 8;
  SplitMix64 random(seed);
  PlacedParts placed;
  placed.network = makeRandomNetwork({/*vertices=*/uint32_t(40 + random.below(60)), 1, 8, 3, 3}, seed);
  const uint32_t neurons = placed.network.vertices;
  placed.graph = placed.network;
  for (uint32_t input = 0; input < kInputs; ++input) {
    placed.graph.pins.push_back(random.below(neurons / 2));
    placed.graph.pins.push_back(neurons / 2 + random.below(neurons / 2));
    placed.graph.netBegin.push_back(placed.graph.pins.size());
    placed.graph.source.push_back(Hypergraph::kHost);
    placed.graph.rate.push_back(1 + random.below(20));
  }
  for (uint32_t neuron = 0; neuron < neurons; ++neuron)
    placed.part.push_back(neuron < kParts ? neuron : random.below(kParts));
  placed.mesh.width = placed.mesh.height = 3 + seed % 2;
  placed.mesh.chipWidth = placed.mesh.chipHeight = seed % 3;
  placed.position.resize(placed.mesh.positions());
  std::iota(placed.position.begin(), placed.position.end(), 0);
  for (uint32_t part = 0; part < kParts; ++part)
    std::swap(placed.position[part], placed.position[part + random.below(placed.position.size() - part)]);
  placed.position.resize(kParts);
  return placed;
}

/// Limits that the partition keeps, each with some room or none.
CoreLimits makeTightLimits(const PlacedParts &placed, SplitMix64 &random) {
  CoreLimits limits;
  limits.additive = {{"neurons", 0}};
  limits.inAxons = limits.outAxons = limits.configurations = limits.synapses.words = 0;
  limits.synapses.synapseBits = 20;
  while (llvm::Error error = checkPartition(placed.network, limits, placed.part))
    llvm::handleAllErrors(std::move(error), [&](const CapacityError &excess) {
      uint64_t &limit = excess.resource == "neurons"         ? limits.additive[0].limit
                        : excess.resource == "input axons"   ? limits.inAxons
                        : excess.resource == "output axons"  ? limits.outAxons
                        : excess.resource == "synapse words" ? limits.synapses.words
                                                             : limits.configurations;
      limit = excess.used;
    });
  if (random.below(2))
    limits.additive[0].limit += 2;
  return limits;
}

double objectiveOf(const PlacedParts &placed, const std::vector<uint32_t> &part, const PlacementOptions &options) {
  Traffic traffic(placed.network, part, placed.position.size());
  return objectiveOf(costOfPlacement(traffic, placed.mesh, placed.position), options);
}
} // namespace

TEST(JointRefinement, SavesWhatARecountFindsAndKeepsLimits) {
  unsigned better = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    PlacedParts placed = makePlacedParts(seed);
    SplitMix64 random(seed);
    CoreLimits limits = makeTightLimits(placed, random);
    PlacementOptions options;
    options.linkWeight = 0;
    options.threads = 1 + seed % 2;
    std::vector<uint32_t> part = placed.part;
    double saved = refineJointly(placed.network, limits, placed.mesh, placed.position, options, part);
    EXPECT_NEAR(saved, objectiveOf(placed, placed.part, options) - objectiveOf(placed, part, options), 1e-6)
        << "seed " << seed;
    EXPECT_GE(saved, 0) << "seed " << seed;
    EXPECT_EQ(llvm::toString(checkPartition(placed.network, limits, part)), "") << "seed " << seed;
    std::vector<bool> used(placed.position.size(), false);
    for (uint32_t each : part)
      used[each] = true;
    EXPECT_EQ(std::count(used.begin(), used.end(), true), 9) << "seed " << seed;
    better += saved > 0;
  }
  EXPECT_GT(better, 250u);
}

/// What the host sends takes no way, but axons of the cores it comes to.
TEST(JointRefinement, HostTakesAxonsOnly) {
  for (uint64_t seed = 0; seed < 100; ++seed) {
    PlacedParts placed = makePlacedParts(seed);
    CoreLimits limits;
    limits.additive = {{"neurons", 30}};
    PlacementOptions options;
    options.linkWeight = 0;
    std::vector<uint32_t> part = placed.part;
    double saved = refineJointly(placed.graph, limits, placed.mesh, placed.position, options, part);
    EXPECT_NEAR(saved, objectiveOf(placed, placed.part, options) - objectiveOf(placed, part, options), 1e-6)
        << "seed " << seed;
  }
  Hypergraph graph; // neuron 0 sends to 1, and each hears the host
  graph.vertices = 4;
  graph.netBegin = {0, 1, 2, 3};
  graph.source = {0, Hypergraph::kHost, Hypergraph::kHost};
  graph.pins = {1, 0, 1};
  graph.rate = {5, 1, 1};
  graph.demand = {1, 1, 1, 1};
  Mesh mesh;
  mesh.width = 2;
  CoreLimits limits;
  limits.additive = {{"neurons", 4}};
  std::vector<uint32_t> part{0, 1, 0, 1};
  limits.inAxons = 2;
  EXPECT_EQ(refineJointly(graph, limits, mesh, {0, 1}, {}, part), 0);
  limits.inAxons = 3;
  EXPECT_EQ(refineJointly(graph, limits, mesh, {0, 1}, {}, part), 5);
}

/// Both cores are full, and each has the neuron that the other's talks to.
TEST(JointRefinement, FullCoresSwap) {
  Hypergraph graph;
  graph.vertices = 4;
  graph.netBegin = {0, 1, 2};
  graph.source = {0, 1};
  graph.pins = {3, 2};
  graph.rate = {5, 7};
  graph.demand.assign(4, 1);
  Mesh mesh;
  mesh.width = 4;
  CoreLimits limits;
  limits.additive = {{"neurons", 2}};
  std::vector<uint32_t> part{0, 1, 0, 1};
  EXPECT_EQ(refineJointly(graph, limits, mesh, {0, 3}, PlacementOptions(), part), 3 * (5 + 7));
  EXPECT_EQ(part[0], part[3]);
  EXPECT_EQ(part[1], part[2]);
  EXPECT_NE(part[0], part[1]);
}

TEST(JointRefinement, DoesNotDependOnThreads) {
  PlacedParts placed = makePlacedParts(5);
  CoreLimits limits;
  limits.additive = {{"neurons", 20}};
  std::vector<uint32_t> parts[3];
  for (unsigned threads : {1, 2, 3}) {
    PlacementOptions options;
    options.threads = threads;
    parts[threads - 1] = placed.part;
    refineJointly(placed.graph, limits, placed.mesh, placed.position, options, parts[threads - 1]);
  }
  EXPECT_EQ(parts[0], parts[1]);
  EXPECT_EQ(parts[0], parts[2]);
}
