//===- Coarsening.cpp - clusters of vertices that belong together ---------===//
#include "passes/Placement/Coarsening.h"
#include "passes/Placement/Threads.h"

#include "llvm/ADT/STLExtras.h"

#include <numeric>

using namespace lle;

namespace {
/// Clusters under growth, each named by one of its vertices.
class Clusters {
public:
  Clusters(const Netlist &netlist, const ClusteringOptions &options)
      : netlist(netlist), options(options), leader(netlist.vertices), size(netlist.vertices, 1),
        demand(netlist.demand.begin(), netlist.demand.end()), count(netlist.vertices) {
    std::iota(leader.begin(), leader.end(), 0);
  }

  bool canJoin(uint32_t vertex, uint32_t to) const {
    auto divides = [&](llvm::ArrayRef<uint32_t> part) { return !part.empty() && part[vertex] != part[to]; };
    if (vertex == to || divides(options.part) || divides(options.other))
      return false;
    for (unsigned resource = 0; resource < netlist.resources; ++resource)
      if (demand[size_t(vertex) * netlist.resources + resource] + demand[size_t(to) * netlist.resources + resource] >
          options.largest[resource])
        return false;
    return true;
  }
  /// Makes a vertex that is alone one of the cluster `to`.
  void join(uint32_t vertex, uint32_t to) {
    leader[vertex] = to;
    size[to] += 1;
    for (unsigned resource = 0; resource < netlist.resources; ++resource)
      demand[size_t(to) * netlist.resources + resource] += demand[size_t(vertex) * netlist.resources + resource];
    --count;
  }
  bool isAlone(uint32_t vertex) const { return leader[vertex] == vertex && size[vertex] == 1; }
  uint32_t leaderOf(uint32_t vertex) const { return leader[vertex]; }
  uint32_t clusters() const { return count; }

  /// Numbers clusters in the order of their first vertices, which keeps the network's own order.
  Clustering finish() const {
    Clustering result{std::vector<uint32_t>(netlist.vertices), 0};
    std::vector<uint32_t> number(netlist.vertices, UINT32_MAX);
    for (uint32_t vertex = 0; vertex < netlist.vertices; ++vertex) {
      if (number[leader[vertex]] == UINT32_MAX)
        number[leader[vertex]] = result.clusters++;
      result.cluster[vertex] = number[leader[vertex]];
    }
    return result;
  }

private:
  const Netlist &netlist;
  const ClusteringOptions &options;
  std::vector<uint32_t> leader, size;
  std::vector<uint64_t> demand;
  uint32_t count;
};

/// Rates neighbours of one vertex after the other.
class NeighbourRating {
public:
  NeighbourRating(const Netlist &netlist, const Clusters &clusters)
      : netlist(netlist), clusters(clusters), score(netlist.vertices, 0) {}

  /// The cluster that a vertex is best joined to, or itself.
  uint32_t best(uint32_t vertex) {
    collectNets(vertex);
    for (const Shared &shared : nets) {
      // A pin shares with a target what a packet to its part is worth, with a source the source's own packets.
      double perPin = 1.0 / double(netlist.targets(shared.net).size());
      if (shared.isTarget) {
        for (const Netlist::Target &target : netlist.targets(shared.net))
          add(target.vertex, double(netlist.nets[shared.net].rate) * perPin);
        for (const Netlist::Source &source : netlist.sources(shared.net))
          add(source.vertex, double(source.rate) * perPin);
      } else {
        for (const Netlist::Target &target : netlist.targets(shared.net))
          add(target.vertex, double(shared.rate) * perPin);
      }
    }
    uint32_t best = vertex;
    double most = 0;
    for (uint32_t leader : touched) {
      if (score[leader] > most && clusters.canJoin(vertex, leader)) {
        most = score[leader];
        best = leader;
      }
      score[leader] = 0;
    }
    touched.clear();
    return best;
  }

private:
  struct Shared {
    double weight;
    uint32_t net;
    bool isTarget;
    uint64_t rate;
  };
  /// Pins that are looked at for one vertex: those of its heaviest nets by rate over size.
  static constexpr size_t kMostPins = 1024;

  void collectNets(uint32_t vertex) {
    nets.clear();
    size_t pins = 0;
    netlist.forEachNet(vertex, [&](uint32_t net, uint32_t synapses, uint32_t, uint64_t rate) {
      size_t size = netlist.targets(net).size() + (synapses ? netlist.sources(net).size() : 0);
      pins += size;
      nets.push_back({double(synapses ? netlist.nets[net].rate : rate) / double(size), net, synapses != 0, rate});
    });
    if (pins <= kMostPins)
      return;
    llvm::sort(nets,
               [](const Shared &a, const Shared &b) { return std::tie(b.weight, a.net) < std::tie(a.weight, b.net); });
    size_t kept = 0;
    for (pins = 0; kept < nets.size() && pins < kMostPins; ++kept)
      pins += netlist.targets(nets[kept].net).size();
    nets.resize(kept);
  }
  void add(uint32_t vertex, double weight) {
    uint32_t leader = clusters.leaderOf(vertex);
    if (score[leader] == 0)
      touched.push_back(leader);
    score[leader] += weight;
  }

  const Netlist &netlist;
  const Clusters &clusters;
  std::vector<Shared> nets;
  std::vector<double> score;
  std::vector<uint32_t> touched;
};
} // namespace

Clustering lle::clusterTwins(const Netlist &netlist, const ClusteringOptions &options) {
  std::vector<uint64_t> hash(netlist.vertices, 0);
  for (uint32_t vertex = 0; vertex < netlist.vertices; ++vertex)
    netlist.forEachNet(vertex, [&](uint32_t net, uint32_t synapses, uint32_t neurons, uint64_t) {
      hash[vertex] = SplitMix64(hash[vertex] ^ (uint64_t(net) << 2 | (synapses != 0) << 1 | (neurons != 0))).next();
    });
  std::vector<uint32_t> order(netlist.vertices);
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](uint32_t a, uint32_t b) { return std::tie(hash[a], a) < std::tie(hash[b], b); });
  Clusters clusters(netlist, options);
  // Vertices whose hashes collide join as well: that costs quality, not correctness. Those without nets stay alone.
  for (size_t i = 1; i < order.size(); ++i)
    if (uint32_t to = clusters.leaderOf(order[i - 1]);
        hash[order[i]] != 0 && hash[order[i]] == hash[to] && clusters.canJoin(order[i], to))
      clusters.join(order[i], to);
  return clusters.finish();
}

Clustering lle::clusterByRate(const Netlist &netlist, const ClusteringOptions &options) {
  SplitMix64 random(options.seed);
  std::vector<uint32_t> order(netlist.vertices);
  std::iota(order.begin(), order.end(), 0);
  for (size_t i = order.size(); i > 1; --i)
    std::swap(order[i - 1], order[random.below(i)]);

  Clusters clusters(netlist, options);
  std::vector<NeighbourRating> ratings(options.threads, NeighbourRating(netlist, clusters));
  // Batches are rated on several threads while clusters stand still, and joined in order: the threads do not matter.
  size_t batch = std::max<size_t>(64, netlist.vertices / 64);
  std::vector<uint32_t> best(batch);
  for (size_t first = 0; first < order.size() && clusters.clusters() > options.atLeast; first += batch) {
    size_t count = std::min(batch, order.size() - first);
    forRanges(count < 1024 ? 1 : options.threads, count, [&](unsigned thread, size_t begin, size_t end) {
      for (size_t i = begin; i < end; ++i)
        if (clusters.isAlone(order[first + i]))
          best[i] = ratings[thread].best(order[first + i]);
    });
    for (size_t i = 0; i < count && clusters.clusters() > options.atLeast; ++i) {
      uint32_t vertex = order[first + i];
      if (!clusters.isAlone(vertex))
        continue;
      uint32_t to = clusters.leaderOf(best[i]); // has itself joined another since
      if (clusters.canJoin(vertex, to))
        clusters.join(vertex, to);
    }
  }
  return clusters.finish();
}
