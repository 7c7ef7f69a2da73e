//===- Netlist.cpp - nets of equal targets, at any coarseness -------------===//
#include "passes/Placement/Netlist.h"
#include "passes/Placement/Threads.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <numeric>

using namespace lle;

/// Nets as they come, before those of equal targets become one.
class Netlist::Builder {
public:
  Builder(uint32_t vertices, bool exact) : exact(exact), slot(vertices, UINT32_MAX) {}

  void addTarget(uint32_t vertex, uint32_t synapses) {
    if (slot[vertex] == UINT32_MAX || slot[vertex] < begin || targets[slot[vertex]].vertex != vertex) {
      slot[vertex] = targets.size();
      targets.push_back({vertex, exact ? synapses : 1});
    } else if (exact) {
      targets[slot[vertex]].synapses += synapses;
    }
  }
  void addSource(Source source) { sources.push_back(source); }

  void endNet(Net net) {
    auto newTargets = llvm::MutableArrayRef(targets).drop_front(begin);
    llvm::sort(newTargets, [](auto &a, auto &b) { return a.vertex < b.vertex; });
    for (const Target &target : newTargets)
      slot[target.vertex] = UINT32_MAX;
    llvm::sort(sources.begin() + sourceBegin.back(), sources.end(),
               [](auto &a, auto &b) { return a.vertex < b.vertex; });
    if (newTargets.empty() || (!exact && isConstant(newTargets))) {
      targets.resize(begin);
      sources.resize(sourceBegin.back());
      return;
    }
    uint64_t hash = newTargets.size();
    for (const Target &target : newTargets)
      hash = SplitMix64(hash ^ (uint64_t(target.vertex) << 32 | target.synapses)).next();
    hashes.push_back(hash);
    nets.push_back(net);
    begin = targets.size();
    targetBegin.push_back(begin);
    sourceBegin.push_back(sources.size());
  }

  std::vector<uint64_t> targetBegin{0}, sourceBegin{0}, hashes;
  std::vector<Target> targets;
  std::vector<Source> sources;
  std::vector<Net> nets;

private:
  /// One vertex has all targets and all sources that are inside.
  bool isConstant(llvm::ArrayRef<Target> newTargets) const {
    return newTargets.size() == 1 &&
           std::all_of(sources.begin() + sourceBegin.back(), sources.end(),
                       [&](const Source &source) { return source.vertex == newTargets[0].vertex; });
  }

  bool exact;
  size_t begin = 0;
  std::vector<uint32_t> slot; ///< Of a vertex in the targets of the net that is made.
};

void Netlist::takeNets(llvm::ArrayRef<Builder> builders) {
  struct Ref {
    uint64_t hash;
    uint32_t builder, net;
  };
  auto targetsOf = [&](const Ref &ref) {
    return slice(builders[ref.builder].targets, builders[ref.builder].targetBegin, ref.net);
  };
  auto equal = [&](const Ref &a, const Ref &b) {
    return a.hash == b.hash && llvm::equal(targetsOf(a), targetsOf(b), [](const Target &x, const Target &y) {
             return x.vertex == y.vertex && x.synapses == y.synapses;
           });
  };
  std::vector<Ref> refs;
  for (auto [index, builder] : llvm::enumerate(builders))
    for (uint32_t net = 0; net < builder.nets.size(); ++net)
      refs.push_back({builder.hashes[net], uint32_t(index), net});

  // leader[r] is the first net with the targets of r, in the order of refs.
  std::vector<uint32_t> order(refs.size()), leader(refs.size());
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](uint32_t a, uint32_t b) { return std::tie(refs[a].hash, a) < std::tie(refs[b].hash, b); });
  for (size_t i = 0; i < order.size(); ++i) {
    leader[order[i]] = order[i];
    for (size_t j = i; j-- > 0 && refs[order[j]].hash == refs[order[i]].hash;)
      if (leader[order[j]] == order[j] && equal(refs[order[j]], refs[order[i]]))
        leader[order[i]] = order[j];
  }
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](uint32_t a, uint32_t b) { return std::tie(leader[a], a) < std::tie(leader[b], b); });

  auto countAll = [&](auto list) {
    return std::accumulate(builders.begin(), builders.end(), size_t(0),
                           [&](size_t sum, const Builder &builder) { return sum + (builder.*list).size(); });
  };
  targetList.reserve(countAll(&Builder::targets));
  sourceList.reserve(countAll(&Builder::sources));
  for (size_t i = 0; i < order.size();) {
    const Ref &first = refs[order[i]];
    llvm::append_range(targetList, targetsOf(first));
    Net net{0, 0};
    size_t begin = sourceList.size();
    for (uint32_t which = order[i]; i < order.size() && leader[order[i]] == which; ++i) {
      const Ref &ref = refs[order[i]];
      const Builder &builder = builders[ref.builder];
      net.rate += builder.nets[ref.net].rate;
      net.neurons += builder.nets[ref.net].neurons;
      llvm::append_range(sourceList, slice(builder.sources, builder.sourceBegin, ref.net));
    }
    // Sources of one vertex are one.
    llvm::sort(sourceList.begin() + begin, sourceList.end(), [](auto &a, auto &b) { return a.vertex < b.vertex; });
    size_t end = begin;
    for (size_t s = begin; s < sourceList.size(); ++s) {
      if (end > begin && sourceList[end - 1].vertex == sourceList[s].vertex) {
        sourceList[end - 1].neurons += sourceList[s].neurons;
        sourceList[end - 1].rate += sourceList[s].rate;
      } else {
        sourceList[end++] = sourceList[s];
      }
    }
    sourceList.resize(end);
    nets.push_back(net);
    targetBegin.push_back(targetList.size());
    sourceBegin.push_back(sourceList.size());
  }
}

void Netlist::indexVertices() {
  targetNetBegin.assign(vertices + 1, 0);
  sourceNetBegin.assign(vertices + 1, 0);
  for (const Target &target : targetList)
    ++targetNetBegin[target.vertex + 1];
  for (const Source &source : sourceList)
    ++sourceNetBegin[source.vertex + 1];
  std::partial_sum(targetNetBegin.begin(), targetNetBegin.end(), targetNetBegin.begin());
  std::partial_sum(sourceNetBegin.begin(), sourceNetBegin.end(), sourceNetBegin.begin());
  targetNets.resize(targetList.size());
  sourceNets.resize(sourceList.size());
  std::vector<uint64_t> target = targetNetBegin, source = sourceNetBegin;
  for (uint32_t net = 0; net < nets.size(); ++net) {
    for (const Target &each : targets(net))
      targetNets[target[each.vertex]++] = {net, each.synapses};
    for (const Source &each : sources(net))
      sourceNets[source[each.vertex]++] = {net, each.neurons, each.rate};
  }
}

Netlist Netlist::build(const Hypergraph &graph, bool exact, unsigned threads) {
  Netlist result;
  result.vertices = graph.vertices;
  result.resources = graph.resources;
  result.demand = graph.demand;
  if (!graph.configuration.empty()) {
    result.configurationList = graph.configuration;
    result.configurationBegin.resize(graph.vertices + 1);
    std::iota(result.configurationBegin.begin(), result.configurationBegin.end(), 0);
  }
  std::vector<Builder> builders(threads, Builder(graph.vertices, exact));
  forRanges(threads, graph.nets(), [&](unsigned thread, size_t begin, size_t end) {
    builders[thread].targets.reserve(graph.netBegin[end] - graph.netBegin[begin]);
    for (size_t net = begin; net < end; ++net) {
      for (uint32_t target : graph.targets(net))
        builders[thread].addTarget(target, 1);
      if (graph.source[net] != Hypergraph::kHost)
        builders[thread].addSource({graph.source[net], 1, graph.rate[net]});
      builders[thread].endNet({graph.rate[net], 1});
    }
  });
  result.takeNets(builders);
  result.indexVertices();
  return result;
}

Netlist Netlist::sampleNets(uint32_t stride, unsigned threads) const {
  std::vector<uint32_t> itself(vertices);
  std::iota(itself.begin(), itself.end(), 0);
  return contractNets(itself, vertices, /*exact=*/false, threads, stride);
}

Netlist Netlist::contractNets(llvm::ArrayRef<uint32_t> cluster, uint32_t clusters, bool exact, unsigned threads,
                              uint32_t stride) const {
  Netlist result;
  result.vertices = clusters;
  result.resources = resources;
  result.demand.assign(size_t(clusters) * resources, 0);
  for (uint32_t vertex = 0; vertex < vertices; ++vertex)
    if (cluster[vertex] != kOutside)
      for (unsigned resource = 0; resource < resources; ++resource)
        result.demand[size_t(cluster[vertex]) * resources + resource] += demandOf(vertex)[resource];
  if (!configurationBegin.empty()) {
    std::vector<std::pair<uint32_t, uint32_t>> held;
    for (uint32_t vertex = 0; vertex < vertices; ++vertex)
      if (cluster[vertex] != kOutside)
        for (uint32_t configuration : configurations(vertex))
          held.push_back({cluster[vertex], configuration});
    llvm::sort(held);
    held.erase(llvm::unique(held), held.end());
    result.configurationBegin.assign(clusters + 1, 0);
    for (auto [vertex, configuration] : held) {
      ++result.configurationBegin[vertex + 1];
      result.configurationList.push_back(configuration);
    }
    std::partial_sum(result.configurationBegin.begin(), result.configurationBegin.end(),
                     result.configurationBegin.begin());
  }
  std::vector<Builder> builders(threads, Builder(clusters, exact));
  forRanges(threads, llvm::divideCeil(nets.size(), stride), [&](unsigned thread, size_t begin, size_t end) {
    for (uint32_t net = begin * stride; net < std::min(end * stride, nets.size()); net += stride) {
      for (const Target &target : targets(net))
        if (cluster[target.vertex] != kOutside)
          builders[thread].addTarget(cluster[target.vertex], target.synapses);
      for (const Source &source : sources(net))
        if (cluster[source.vertex] != kOutside)
          builders[thread].addSource({cluster[source.vertex], source.neurons, source.rate});
      builders[thread].endNet(nets[net]);
    }
  });
  result.takeNets(builders);
  result.indexVertices();
  return result;
}
