//===- PartitionTest.cpp - partitions of spiking networks -----------------===//
#include "passes/Placement/PartitionState.h"
#include "passes/Placement/Partitioner.h"
#include "test/unit/Placement/RandomNetwork.h"

#include "gtest/gtest.h"

#include <map>
#include <set>

using namespace lle;

namespace {
/// What a part uses, by the definitions of the limits: nets and sets, and no code of the partitioner.
struct Use {
  std::vector<uint64_t> additive;
  uint64_t inAxons = 0, outAxons = 0, words = 0;
  std::set<uint32_t> configurations;
};

std::map<uint32_t, Use> useOf(const Hypergraph &graph, const std::vector<uint32_t> &part, const SynapseMemory &memory) {
  std::map<uint32_t, Use> use;
  for (uint32_t vertex = 0; vertex < graph.vertices; ++vertex) {
    Use &core = use[part[vertex]];
    core.additive.resize(graph.resources);
    for (unsigned resource = 0; resource < graph.resources; ++resource)
      core.additive[resource] += graph.demand[vertex * graph.resources + resource];
    if (!graph.configuration.empty())
      core.configurations.insert(graph.configuration[vertex]);
  }
  for (size_t net = 0; net < graph.nets(); ++net) {
    std::map<uint32_t, uint64_t> synapses;
    for (uint32_t target : graph.targets(net))
      ++synapses[part[target]];
    for (auto [core, count] : synapses) {
      ++use[core].inAxons;
      for (uint64_t rest = count; rest > 0;) { // block by block
        uint64_t block = std::min<uint64_t>(rest, memory.blockSynapses);
        uint64_t bits = block * memory.synapseBits + memory.headerBits;
        use[core].words += bits / memory.wordBits + (bits % memory.wordBits != 0);
        rest -= block;
      }
    }
    use[part[graph.source[net]]].outAxons += synapses.size();
  }
  return use;
}

uint64_t packetsOf(const Hypergraph &graph, const std::vector<uint32_t> &part) {
  uint64_t packets = 0;
  for (size_t net = 0; net < graph.nets(); ++net) {
    std::set<uint32_t> reached;
    for (uint32_t target : graph.targets(net))
      reached.insert(part[target]);
    reached.erase(part[graph.source[net]]);
    packets += graph.rate[net] * reached.size();
  }
  return packets;
}

bool respects(const Hypergraph &graph, const CoreLimits &limits, const std::vector<uint32_t> &part) {
  for (auto &[core, use] : useOf(graph, part, limits.synapses)) {
    for (unsigned resource = 0; resource < graph.resources; ++resource)
      if (use.additive[resource] > limits.additive[resource].limit)
        return false;
    if (use.inAxons > limits.inAxons || use.outAxons > limits.outAxons || use.words > limits.synapses.words ||
        use.configurations.size() > limits.configurations)
      return false;
  }
  return true;
}

struct Case {
  Hypergraph graph;
  PartitionOptions options;
};

/// Limits between what cannot be met and what does not bind.
Case makeCase(uint64_t seed) {
  SplitMix64 random(seed);
  RandomNetworkOptions network;
  network.vertices = 10 + random.below(120);
  network.resources = 1 + random.below(3);
  network.mostTargets = 1 + random.below(20);
  network.mostDemand = 1 + random.below(4);
  network.configurations = random.below(4);
  Case result{makeRandomNetwork(network, seed), {}};
  CoreLimits &limits = result.options.limits;
  for (unsigned resource = 0; resource < network.resources; ++resource)
    limits.additive.push_back({"resource", network.mostDemand + random.below(40)});
  if (random.below(2))
    limits.inAxons = 10 + random.below(60);
  if (random.below(2))
    limits.outAxons = 2 + random.below(40);
  if (random.below(2))
    limits.synapses.words = 10 + random.below(100);
  if (network.configurations && random.below(2))
    limits.configurations = 1 + random.below(3);
  limits.synapses.blockSynapses = 1 + random.below(8);
  limits.synapses.synapseBits = 1 + random.below(20);
  if (random.below(3) == 0)
    result.options.maxParts = 1 + random.below(40);
  result.options.seed = seed;
  result.options.threads = 1;
  result.options.effort = 1;
  return result;
}
} // namespace

TEST(Partition, NeverExceedsALimit) {
  unsigned partitioned = 0;
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    Case each = makeCase(seed);
    llvm::Expected<CorePartition> result = partitionNetwork(each.graph, each.options);
    if (!result) {
      llvm::handleAllErrors(result.takeError(), [&](const CapacityError &error) {
        EXPECT_GT(error.used, error.limit) << "seed " << seed;
        EXPECT_LT(error.vertex, each.graph.vertices) << "seed " << seed;
      });
      continue;
    }
    ++partitioned;
    ASSERT_EQ(result->part.size(), each.graph.vertices);
    EXPECT_TRUE(respects(each.graph, each.options.limits, result->part)) << "seed " << seed;
    EXPECT_LE(result->parts, each.options.maxParts) << "seed " << seed;
    EXPECT_EQ(result->packets, packetsOf(each.graph, result->part)) << "seed " << seed;
    std::set<uint32_t> used(result->part.begin(), result->part.end());
    EXPECT_EQ(used.size(), result->parts) << "seed " << seed;
    EXPECT_EQ(*used.rbegin() + 1, result->parts) << "seed " << seed;
  }
  EXPECT_GT(partitioned, 400u); // most limits can be met
}

TEST(Partition, ChecksWhatItPromises) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Case each = makeCase(seed);
    SplitMix64 random(seed);
    std::vector<uint32_t> part;
    for (uint32_t vertex = 0; vertex < each.graph.vertices; ++vertex)
      part.push_back(vertex * 20 / each.graph.vertices);
    llvm::Error error = checkPartition(each.graph, each.options.limits, part);
    EXPECT_EQ(bool(error), !respects(each.graph, each.options.limits, part)) << "seed " << seed;
    llvm::consumeError(std::move(error));
  }
}

TEST(Partition, GainsAndUseAreExactAfterEveryMove) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Case each = makeCase(seed);
    SplitMix64 random(seed);
    uint32_t parts = 2 + random.below(6);
    std::vector<uint32_t> part;
    for (uint32_t vertex = 0; vertex < each.graph.vertices; ++vertex)
      part.push_back(random.below(parts));
    CoreLimits limits = each.options.limits; // counts of all kinds are kept where they are limited
    limits.inAxons = limits.outAxons = limits.configurations = limits.synapses.words = 1;
    PartLimits rows(limits, parts);
    Netlist netlist = Netlist::build(each.graph, /*exact=*/true, 1);
    PartitionState state(netlist, rows, part);
    for (unsigned move = 0; move < 50; ++move) {
      uint32_t vertex = random.below(each.graph.vertices), to = random.below(parts);
      if (to == part[vertex])
        continue;
      int64_t before = packetsOf(each.graph, part);
      part[vertex] = to;
      ASSERT_EQ(state.gain(vertex, to), before - int64_t(packetsOf(each.graph, part))) << "seed " << seed;
      state.move(vertex, to);
      ASSERT_EQ(state.packets(), int64_t(packetsOf(each.graph, part))) << "seed " << seed;
    }
    std::map<uint32_t, Use> use = useOf(each.graph, part, limits.synapses);
    for (uint32_t core = 0; core < parts; ++core) {
      unsigned first = each.graph.resources;
      EXPECT_EQ(state.used(core, first + PartLimits::InAxons), use[core].inAxons);
      EXPECT_EQ(state.used(core, first + PartLimits::OutAxons), use[core].outAxons);
      EXPECT_EQ(state.used(core, first + PartLimits::SynapseWords), use[core].words);
      if (!each.graph.configuration.empty()) {
        EXPECT_EQ(state.used(core, first + PartLimits::Configurations), use[core].configurations.size());
      }
    }
  }
}

/// A coarser netlist counts what the finer one counts, whatever nets became one.
TEST(Partition, ContractionKeepsPacketsAndUse) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Case each = makeCase(seed);
    SplitMix64 random(seed);
    constexpr uint32_t kParts = 4;
    uint32_t clusters = kParts + random.below(20);
    std::vector<uint32_t> cluster, clusterPart, part;
    for (uint32_t i = 0; i < clusters; ++i)
      clusterPart.push_back(i % kParts);
    for (uint32_t vertex = 0; vertex < each.graph.vertices; ++vertex) {
      cluster.push_back(random.below(clusters));
      part.push_back(clusterPart[cluster.back()]);
    }
    CoreLimits limits = each.options.limits;
    limits.inAxons = limits.outAxons = limits.configurations = limits.synapses.words = 1;
    PartLimits rows(limits, kParts);
    Netlist coarse = Netlist::build(each.graph, true, 1).contract(cluster, clusters, true, 2);
    PartitionState state(coarse, rows, clusterPart);
    EXPECT_EQ(state.packets(), int64_t(packetsOf(each.graph, part))) << "seed " << seed;
    std::map<uint32_t, Use> use = useOf(each.graph, part, limits.synapses);
    for (uint32_t core = 0; core < kParts; ++core) {
      unsigned first = each.graph.resources;
      EXPECT_EQ(state.used(core, first + PartLimits::InAxons), use[core].inAxons) << "seed " << seed;
      EXPECT_EQ(state.used(core, first + PartLimits::OutAxons), use[core].outAxons) << "seed " << seed;
      EXPECT_EQ(state.used(core, first + PartLimits::SynapseWords), use[core].words) << "seed " << seed;
    }
  }
}

TEST(Partition, FindsTheOptimumOfSmallNetworks) {
  for (uint64_t seed = 0; seed < 100; ++seed) {
    Hypergraph graph = makeRandomNetwork({/*vertices=*/10}, seed);
    PartitionOptions options;
    options.limits.additive = {{"neurons", 4}};
    options.maxParts = 3;
    options.seed = seed;
    options.effort = 8;
    llvm::Expected<CorePartition> result = partitionNetwork(graph, options);
    ASSERT_TRUE(bool(result)) << llvm::toString(result.takeError());
    uint64_t least = UINT64_MAX;
    std::vector<uint32_t> part(graph.vertices);
    for (uint32_t code = 0; code < 59049; ++code) { // 3^10
      uint32_t rest = code, count[3] = {};
      for (uint32_t &each : part)
        ++count[each = std::exchange(rest, rest / 3) % 3];
      if (*std::max_element(count, count + 3) <= 4)
        least = std::min(least, packetsOf(graph, part));
    }
    EXPECT_EQ(result->packets, least) << "seed " << seed;
  }
}

/// Blocks of neurons that all talk to each other, each as large as a core. Refinement begins with cores that are filled
/// alike, from which no single move gains anything.
TEST(Partition, FullCoresInOrderAreACandidate) {
  constexpr uint32_t kBlock = 600, kNeurons = 1386;
  Hypergraph graph;
  graph.vertices = kNeurons;
  graph.demand.assign(kNeurons, 1);
  for (uint32_t source = 0; source < kNeurons; ++source) {
    uint32_t first = source / kBlock * kBlock;
    for (uint32_t target = first; target < std::min(first + kBlock, kNeurons); ++target)
      graph.pins.push_back(target);
    graph.netBegin.push_back(graph.pins.size());
    graph.source.push_back(source);
    graph.rate.push_back(1);
  }
  PartitionOptions options;
  options.limits.additive = {{"neurons", kBlock}};
  options.effort = 0;
  llvm::Expected<CorePartition> result = partitionNetwork(graph, options);
  ASSERT_TRUE(bool(result)) << llvm::toString(result.takeError());
  EXPECT_EQ(result->packets, 0u);
}

/// What the host sends takes an axon of each core that it comes to, and none of any core that it leaves.
TEST(Partition, HostHasNoOutAxons) {
  Hypergraph graph;
  graph.vertices = 4;
  graph.demand.assign(4, 1);
  graph.netBegin = {0, 4, 5};
  graph.pins = {0, 1, 2, 3, 2};
  graph.source = {Hypergraph::kHost, 0};
  graph.rate = {3, 5};
  PartitionOptions options;
  options.limits.additive = {{"neurons", 2}};
  options.limits.outAxons = 1;
  options.limits.inAxons = 2;
  llvm::Expected<CorePartition> result = partitionNetwork(graph, options);
  ASSERT_TRUE(bool(result)) << llvm::toString(result.takeError());
  EXPECT_EQ(result->parts, 2u);
  EXPECT_EQ(result->part[0], result->part[2]);
  EXPECT_EQ(result->packets, 2u * 3);
  options.limits.outAxons = 0; // but a neuron has
  EXPECT_EQ(llvm::toString(partitionNetwork(graph, options).takeError()),
            "neuron 0 alone takes 1 output axons, but a core has 0");
  options.limits.outAxons = 1;
  options.limits.inAxons = 0;
  EXPECT_EQ(llvm::toString(partitionNetwork(graph, options).takeError()),
            "neuron 0 alone takes 1 input axons, but a core has 0");
}

/// The busiest core gets less to do, no limit is exceeded, and packets grow by no more than they may.
TEST(Partition, BalanceLowersTheLargestLoad) {
  unsigned lower = 0, balanced = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Case each = makeCase(seed);
    llvm::Expected<CorePartition> found = partitionNetwork(each.graph, each.options);
    if (!found) {
      llvm::consumeError(found.takeError());
      continue;
    }
    std::vector<uint32_t> load(each.graph.vertices, 0);
    for (size_t net = 0; net < each.graph.nets(); ++net)
      for (uint32_t target : each.graph.targets(net))
        load[target] += each.graph.rate[net];
    const CoreLimits limits = each.options.limits;
    Hypergraph graph = each.graph;
    graph.addResource(load);
    const uint64_t before = countMost(graph, found->part);
    each.options.limits.additive.push_back({"load", before});
    const double share = seed % 3 * 0.1;
    CorePartition even = balancePartition(graph, each.options, share, *found);
    std::vector<uint64_t> use(found->parts);
    for (uint32_t vertex = 0; vertex < graph.vertices; ++vertex)
      use[even.part[vertex]] += load[vertex];
    const uint64_t after = *std::max_element(use.begin(), use.end());
    EXPECT_LE(after, before) << "seed " << seed;
    EXPECT_TRUE(respects(each.graph, limits, even.part)) << "seed " << seed;
    EXPECT_EQ(even.packets, packetsOf(each.graph, even.part)) << "seed " << seed;
    EXPECT_LE(double(even.packets), double(found->packets) * (1 + share)) << "seed " << seed;
    EXPECT_EQ(even.parts, found->parts) << "seed " << seed;
    ++balanced;
    lower += after < before;
  }
  EXPECT_GT(lower * 4, balanced) << lower << " of " << balanced;
}

TEST(Partition, DoesNotDependOnThreads) {
  Hypergraph graph = makeRandomNetwork({/*vertices=*/3000, 2, 8, 3}, 1);
  PartitionOptions options;
  options.limits.additive = {{"neurons", 200}, {"words", 250}};
  std::vector<uint32_t> parts[3];
  for (unsigned threads : {1, 2, 3}) {
    options.threads = threads;
    llvm::Expected<CorePartition> result = partitionNetwork(graph, options);
    ASSERT_TRUE(bool(result)) << llvm::toString(result.takeError());
    parts[threads - 1] = result->part;
  }
  EXPECT_EQ(parts[0], parts[1]);
  EXPECT_EQ(parts[0], parts[2]);
}

TEST(Partition, NamesTheResource) {
  Hypergraph graph = makeRandomNetwork({/*vertices=*/40}, 3);
  PartitionOptions options;
  options.limits.additive = {{"neurons", 10}};
  options.maxParts = 3;
  EXPECT_EQ(llvm::toString(partitionNetwork(graph, options).takeError()),
            "the network takes 40 neurons, but the cores together have 30");
  options.maxParts = 100;
  graph.demand[17] = 11;
  EXPECT_EQ(llvm::toString(partitionNetwork(graph, options).takeError()),
            "neuron 17 alone takes 11 neurons, but a core has 10");
  graph.demand[17] = 1;
  options.limits.outAxons = 0;
  EXPECT_EQ(llvm::toString(partitionNetwork(graph, options).takeError()),
            "neuron " + std::to_string(graph.source[0]) + " alone takes 1 output axons, but a core has 0");
  graph.pins[0] = 40;
  EXPECT_EQ(llvm::toString(partitionNetwork(graph, options).takeError()), "a net has a target that does not exist");
}

/// Nengo-loihi's example: 64 synapses of 8 bits take 522 bits, 9 words; one takes 18 bits.
TEST(Partition, SynapseWordsAreThoseOfLoihi) {
  SynapseMemory memory;
  EXPECT_EQ(memory.wordsFor(0), 0u);
  EXPECT_EQ(memory.wordsFor(1), 1u);
  EXPECT_EQ(memory.wordsFor(64), 9u);
  EXPECT_EQ(memory.wordsFor(65), 10u);
}
