//===- Partitioner.cpp - neurons to cores ---------------------------------===//
#include "passes/Placement/Partitioner.h"
#include "passes/Placement/Multilevel.h"
#include "passes/Placement/Threads.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <set>

using namespace lle;
using Scope = CapacityError::Scope;

char CapacityError::ID = 0;

void CapacityError::log(llvm::raw_ostream &os) const {
  switch (scope) {
  case Scope::Vertex:
    os << "neuron " << vertex << " alone takes " << used << " " << resource << ", but a core has " << limit;
    return;
  case Scope::Network:
    os << "the network takes " << used << " " << resource << ", but the cores together have " << limit;
    return;
  case Scope::Core:
    os << "the core of neuron " << vertex << " takes " << used << " " << resource << ", but it has " << limit;
    return;
  }
}

std::error_code CapacityError::convertToErrorCode() const { return std::make_error_code(std::errc::not_enough_memory); }

static std::string nameOfColumn(const CoreLimits &limits, unsigned column) {
  static const char *const counted[] = {"input axons", "output axons", "synapse words", "configurations"};
  unsigned resources = limits.additive.size();
  return column < resources ? limits.additive[column].name : counted[column - resources];
}

/// Errors of vertices that no core can hold, and of additive resources that all cores together lack.
static llvm::Error checkDemand(const Hypergraph &graph, const PartitionOptions &options) {
  const CoreLimits &limits = options.limits;
  for (unsigned resource = 0; resource < graph.resources; ++resource) {
    auto [name, limit] = limits.additive[resource];
    uint64_t total = 0;
    uint32_t largest = 0;
    for (uint32_t vertex = 0; vertex < graph.vertices; ++vertex) {
      uint64_t demand = graph.demand[size_t(vertex) * graph.resources + resource];
      if (demand > limit)
        return llvm::make_error<CapacityError>(Scope::Vertex, name, demand, limit, vertex);
      if (demand > graph.demand[size_t(largest) * graph.resources + resource])
        largest = vertex;
      total += demand;
    }
    if (limit && total / limit + (total % limit != 0) > options.maxParts)
      return llvm::make_error<CapacityError>(Scope::Network, name, total, limit * options.maxParts, largest);
  }
  // A vertex alone in a core: its sources are the core's input axons, each with a row of one synapse.
  std::vector<uint64_t> fanIn(graph.vertices), fanOut(graph.vertices);
  for (size_t net = 0; net < graph.nets(); ++net) {
    for (uint32_t target : graph.targets(net))
      ++fanIn[target];
    if (graph.source[net] != Hypergraph::kHost)
      fanOut[graph.source[net]] += !graph.targets(net).empty();
  }
  for (uint32_t vertex = 0; vertex < graph.vertices; ++vertex) {
    std::pair<uint64_t, uint64_t> needs[] = {{fanIn[vertex], limits.inAxons},
                                             {fanOut[vertex], limits.outAxons},
                                             {fanIn[vertex] * limits.synapses.wordsFor(1), limits.synapses.words},
                                             {!graph.configuration.empty(), limits.configurations}};
    for (auto [column, need] : llvm::enumerate(needs))
      if (need.first > need.second)
        return llvm::make_error<CapacityError>(Scope::Vertex, nameOfColumn(limits, graph.resources + column),
                                               need.first, need.second, vertex);
  }
  return llvm::Error::success();
}

namespace {
/// Fills one core after the other in the order of the vertices.
class OrderedFill {
public:
  /// Cores are filled to `share` of their limits, at least with one vertex.
  OrderedFill(const Netlist &netlist, const CoreLimits &limits, double share)
      : netlist(netlist), limits(limits), share(share), synapses(netlist.nets.size()), use(netlist.resources) {}

  std::vector<uint32_t> run() {
    std::vector<uint32_t> part(netlist.vertices);
    uint32_t count = 0; // of vertices in this core
    for (uint32_t vertex = 0, core = 0; vertex < netlist.vertices; ++vertex) {
      add(vertex);
      if (count > 0 && isFull()) {
        for (uint32_t net : touched)
          synapses[net] = 0;
        touched.clear();
        configurations.clear();
        std::fill(use.begin(), use.end(), 0);
        inAxons = words = 0;
        add(vertex);
        ++core;
        count = 0;
      }
      ++count;
      part[vertex] = core;
    }
    return part;
  }

private:
  void add(uint32_t vertex) {
    for (unsigned resource = 0; resource < netlist.resources; ++resource)
      use[resource] += netlist.demandOf(vertex)[resource];
    for (uint32_t configuration : netlist.configurations(vertex))
      configurations.insert(configuration);
    for (auto [net, count] : netlist.targetOf(vertex)) {
      uint64_t sources = netlist.nets[net].neurons;
      if (synapses[net] == 0) {
        touched.push_back(net);
        inAxons += sources;
      }
      words += sources * (limits.synapses.wordsFor(synapses[net] + count) - limits.synapses.wordsFor(synapses[net]));
      synapses[net] += count;
    }
  }
  bool isFull() const {
    auto exceeds = [&](uint64_t used, uint64_t limit) {
      return limit != kUnlimited && double(used) > share * double(limit);
    };
    for (unsigned resource = 0; resource < netlist.resources; ++resource)
      if (exceeds(use[resource], limits.additive[resource].limit))
        return true;
    return exceeds(inAxons, limits.inAxons) || exceeds(words, limits.synapses.words) ||
           configurations.size() > limits.configurations;
  }

  const Netlist &netlist;
  const CoreLimits &limits;
  double share;
  std::vector<uint32_t> synapses, touched; ///< Of nets in this core; the nets that have any.
  std::vector<uint64_t> use;
  std::set<uint32_t> configurations;
  uint64_t inAxons = 0, words = 0;
};
} // namespace

/// The share of the limits that `parts` cores of equal use are filled to.
static double evenShare(const Hypergraph &graph, const PartitionOptions &options, uint32_t parts) {
  double share = 0;
  for (unsigned resource = 0; resource < graph.resources; ++resource) {
    double total = 0;
    for (uint32_t vertex = 0; vertex < graph.vertices; ++vertex)
      total += graph.demand[size_t(vertex) * graph.resources + resource];
    share = std::max(share, total / parts / double(options.limits.additive[resource].limit));
  }
  return share;
}

/// The best of the order's own partition and `effort` other starts, refined and combined.
static RefinedPartition partitionInto(const Netlist &netlist, const PartLimits &limits, std::vector<uint32_t> order,
                                      const PartitionOptions &options, unsigned threads) {
  // What other partitioners take for balanced; gone at the end. Axons and memory follow the neurons, and are harder to
  // give back.
  constexpr double kSlack = 0.03, kSlackOfCounted = 0.01;
  constexpr size_t kMostPinsTogether = 20000000, kPinsOfStarts = 2500000;
  constexpr int64_t kLeastShare = 1000; // of packets that a round must save
  MultilevelOptions multilevel;
  multilevel.exact = limits.countsNets();
  multilevel.slack = multilevel.exact ? kSlackOfCounted : kSlack;
  // What other starts find in the largest netlists, refinement of the order finds in a fraction of their time.
  size_t affordable = kPinsOfStarts / std::max<size_t>(netlist.pins(), 1);
  unsigned starts = std::min<size_t>(options.effort, affordable);
  std::vector<RefinedPartition> attempts(starts + 1);
  // Attempts run side by side where memory allows it, and each on all threads where it does not.
  auto runTogether = [&](uint64_t seed, auto attempt) {
    unsigned together = netlist.pins() > kMostPinsTogether ? 1 : std::min<size_t>(threads, attempts.size());
    forEachIndex(together, attempts.size(), [&](size_t index) {
      MultilevelOptions each = multilevel;
      each.seed = SplitMix64(seed + index).next();
      each.threads = threads / together;
      attempt(index, each);
    });
  };
  runTogether(options.seed, [&](size_t index, const MultilevelOptions &each) {
    attempts[index] =
        index == 0 ? refinePartition(netlist, limits, order, each.threads) : partitionByLevels(netlist, limits, each);
  });
  // The worst one is left out. In each round, every one is combined with another, the better one's parts first.
  for (auto attempt = attempts.begin(); attempt != attempts.end(); ++attempt) // equal ones stay in order
    std::rotate(std::upper_bound(attempts.begin(), attempt, *attempt), attempt, attempt + 1);
  attempts.resize(std::max(starts, 1u));
  unsigned rounds = std::min<size_t>(2 * options.effort, 1 + affordable);
  for (unsigned round = 0; round < rounds; ++round) {
    multilevel.slack /= 2;
    std::vector<RefinedPartition> next(attempts.size());
    runTogether(options.seed + (round + 1) * (starts + 1), [&](size_t index, const MultilevelOptions &each) {
      const RefinedPartition *better = &attempts[index], *other = &attempts[(index + 1 + round) % attempts.size()];
      if (*other < *better)
        std::swap(better, other);
      next[index] = refineByLevels(netlist, limits, better->part, other->part, each);
    });
    bool worthwhile = false;
    int64_t packets = 0, saved = 0;
    for (auto [attempt, found] : llvm::zip_equal(attempts, next)) {
      packets += attempt.packets;
      if (!(found < attempt))
        continue;
      worthwhile |= found.overload < attempt.overload;
      saved += attempt.packets - found.packets;
      attempt = std::move(found);
    }
    if (!worthwhile && saved <= packets / kLeastShare)
      break;
  }
  return std::move(*llvm::min_element(attempts));
}

llvm::Expected<CorePartition> lle::partitionNetwork(const Hypergraph &graph, const PartitionOptions &options) {
  constexpr double kLessFull = 0.85;
  constexpr size_t kPinsOfTwoSearches = 5000000;
  if (llvm::Error error = graph.verify())
    return error;
  if (options.limits.additive.size() != graph.resources || options.maxParts == 0)
    return llvm::createStringError(std::errc::invalid_argument, "a resource lacks a limit, or there are no cores");
  if (llvm::Error error = checkDemand(graph, options))
    return error;
  CorePartition result;
  if (graph.vertices == 0)
    return result;

  unsigned threads = options.threads ? options.threads : std::max(1u, std::thread::hardware_concurrency());
  Netlist netlist = Netlist::build(graph, PartLimits(options.limits, 1).countsNets(), threads);
  RefinedPartition best;
  const std::vector<uint32_t> natural = OrderedFill(netlist, options.limits, /*share=*/1).run();
  // Where limits that depend on the whole partition (output axons) are not met, cores are filled less. So they are once
  // where synapses or axons are limited, if there are not too many: full of them, cores leave refinement little room.
  for (double share = 1;; share *= kLessFull) {
    std::vector<uint32_t> order = share == 1 ? natural : OrderedFill(netlist, options.limits, share).run();
    uint32_t parts = order.back() + 1, most = std::min(options.maxParts, graph.vertices);
    // As many cores, filled alike, leave refinement room in each.
    if (std::vector<uint32_t> even = OrderedFill(netlist, options.limits, evenShare(graph, options, parts)).run();
        even.back() < parts)
      order = std::move(even);
    bool last = parts >= most;
    if (parts > most)
      for (uint32_t &part : order)
        part = uint64_t(part) * most / parts;
    parts = std::min(parts, most);
    PartLimits limits(options.limits, parts);
    RefinedPartition found = partitionInto(netlist, limits, std::move(order), options, threads);
    if (share == 1 || found < best)
      best = std::move(found);
    const bool searchesAgain = share == 1 && limits.countsNets() && netlist.pins() <= kPinsOfTwoSearches;
    if (last || (best.overload == 0 && !searchesAgain))
      break;
  }

  // Refinement began with cores that are filled alike, which may be worse than full ones.
  if (natural.back() < options.maxParts && countPackets(graph, natural) < countPackets(graph, best.part)) {
    llvm::Error error = checkPartition(graph, options.limits, natural); // filling knows no output axons
    if (!error)
      best.part = natural;
    llvm::consumeError(std::move(error));
  }

  std::vector<uint32_t> number(graph.vertices, UINT32_MAX);
  for (uint32_t &part : best.part) {
    if (number[part] == UINT32_MAX)
      number[part] = result.parts++;
    part = number[part];
  }
  result.part = std::move(best.part);
  result.packets = countPackets(graph, result.part);
  if (llvm::Error error = checkPartition(graph, options.limits, result.part))
    return error;
  return result;
}

CorePartition lle::balancePartition(const Hypergraph &graph, const PartitionOptions &options, double share,
                                    CorePartition start) {
  constexpr unsigned kCycles = 16;
  MultilevelOptions multilevel;
  multilevel.threads = options.threads ? options.threads : std::max(1u, std::thread::hardware_concurrency());
  multilevel.exact = PartLimits(options.limits, 1).countsNets();
  const Netlist netlist = Netlist::build(graph, multilevel.exact, multilevel.threads);
  const double mostPackets = double(start.packets) * (1 + share);
  uint64_t total = 0;
  for (uint32_t vertex = 0; vertex < graph.vertices; ++vertex)
    total += netlist.demandOf(vertex).back();
  CoreLimits limits = options.limits;
  const uint64_t mean = total / std::max(start.parts, 1u);
  uint64_t most = countMost(graph, start.part);
  double step = 0.5; // from what was reached towards the mean
  for (unsigned cycle = 0; cycle < kCycles && mean < most; ++cycle) {
    limits.additive.back().limit = most - uint64_t(std::ceil(double(most - mean) * step));
    multilevel.seed = SplitMix64(options.seed + cycle).next();
    RefinedPartition found =
        refineByLevels(netlist, PartLimits(limits, start.parts), start.part, /*other=*/{}, multilevel);
    const uint64_t packets = countPackets(graph, found.part);
    if (found.overload == 0 && double(packets) <= mostPackets) {
      start = {std::move(found.part), start.parts, packets};
      most = countMost(graph, start.part);
    } else {
      step /= 2;
    }
  }
  return start;
}

llvm::Error lle::checkPartition(const Hypergraph &graph, const CoreLimits &limits, llvm::ArrayRef<uint32_t> part) {
  uint32_t parts = part.empty() ? 0 : *llvm::max_element(part) + 1;
  unsigned columns = graph.resources + PartLimits::kCounted;
  std::vector<uint64_t> use(size_t(parts) * columns);
  std::vector<uint32_t> first(parts, 0);
  std::set<std::pair<uint32_t, uint32_t>> configurations;
  for (uint32_t vertex = graph.vertices; vertex-- > 0;) {
    first[part[vertex]] = vertex;
    uint64_t *row = &use[size_t(part[vertex]) * columns];
    for (unsigned resource = 0; resource < graph.resources; ++resource)
      row[resource] += graph.demand[size_t(vertex) * graph.resources + resource];
    if (!graph.configuration.empty() && configurations.insert({part[vertex], graph.configuration[vertex]}).second)
      ++row[graph.resources + PartLimits::Configurations];
  }
  std::vector<uint64_t> synapses(parts);
  std::vector<uint32_t> reached;
  for (size_t net = 0; net < graph.nets(); ++net) {
    for (uint32_t target : graph.targets(net))
      if (synapses[part[target]]++ == 0)
        reached.push_back(part[target]);
    for (uint32_t each : reached) {
      uint64_t *row = &use[size_t(each) * columns] + graph.resources;
      ++row[PartLimits::InAxons];
      row[PartLimits::SynapseWords] += limits.synapses.wordsFor(std::exchange(synapses[each], 0));
    }
    if (uint32_t source = graph.source[net]; source != Hypergraph::kHost)
      use[size_t(part[source]) * columns + graph.resources + PartLimits::OutAxons] += reached.size();
    reached.clear();
  }
  PartLimits bounds(limits, 1);
  for (uint32_t each = 0; each < parts; ++each)
    for (unsigned column = 0; column < columns; ++column)
      if (uint64_t used = use[size_t(each) * columns + column]; used > bounds.at(0, column))
        return llvm::make_error<CapacityError>(Scope::Core, nameOfColumn(limits, column), used, bounds.at(0, column),
                                               first[each]);
  return llvm::Error::success();
}
