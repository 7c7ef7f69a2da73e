//===- JointRefinement.cpp - parts with places change neurons -------------===//
#include "passes/Placement/JointRefinement.h"
#include "passes/Placement/Coarsening.h"
#include "passes/Placement/Threads.h"

#include "llvm/ADT/STLExtras.h"

#include <map>
#include <numeric>

using namespace lle;
using Share = PartitionState::Share;

namespace {
/// What moves change the ways by, one vertex at a time.
class WayChange {
public:
  WayChange(const PartitionState &state, const Mesh &mesh, llvm::ArrayRef<uint32_t> position,
            const PlacementOptions &options)
      : state(state), position(position), options(options), routes(mesh), seen(state.limits.parts, false) {}

  double of(uint32_t vertex, uint32_t to) {
    const uint32_t from = state.partOf(vertex);
    double change = 0;
    state.netlist.forEachNet(vertex, [&](uint32_t net, uint32_t synapses, uint32_t, uint64_t rate) {
      bool drops = synapses && state.share(net, from).synapses == synapses;
      bool adds = synapses && !state.share(net, to).synapses;
      if (drops || adds || rate)
        change += costOf(net, drops ? from : kNone, adds ? to : kNone, from, to, rate) -
                  costOf(net, kNone, kNone, from, to, 0);
    });
    return change;
  }

  /// The part that the vertex's nets reach where it is best moved to, whether or not there is room; its own if none.
  std::pair<double, uint32_t> best(uint32_t vertex) {
    const uint32_t from = state.partOf(vertex);
    candidates.clear();
    state.netlist.forEachNet(vertex, [&](uint32_t net, uint32_t, uint32_t, uint64_t) {
      for (const Share &share : state.shares(net))
        if ((share.synapses || share.neurons) && share.part != from && !seen[share.part]) {
          seen[share.part] = true;
          candidates.push_back(share.part);
        }
    });
    std::pair<double, uint32_t> best(std::numeric_limits<double>::infinity(), from);
    for (uint32_t part : candidates) {
      seen[part] = false;
      best = std::min(best, std::make_pair(of(vertex, part), part));
    }
    return best;
  }

private:
  static constexpr uint32_t kNone = UINT32_MAX;

  /// Of a net that does not reach `dropped`, but `added`, after sources of `rate` went from one part to another.
  double costOf(uint32_t net, uint32_t dropped, uint32_t added, uint32_t from, uint32_t to, uint64_t rate) {
    destinations.clear();
    if (added != kNone)
      destinations.push_back(added);
    for (const Share &share : state.shares(net))
      if (share.synapses && share.part != dropped)
        destinations.push_back(share.part);
    double cost = 0;
    auto addSource = [&](uint32_t part, uint64_t spikes) {
      if (spikes == 0)
        return;
      auto [links, crossings] = routes.measure(part, destinations, position);
      cost += double(spikes) * (double(links) + options.crossingWeight * double(crossings));
    };
    for (const Share &share : state.shares(net))
      if (share.part != to)
        addSource(share.part, share.rate - (share.part == from ? rate : 0));
    addSource(to, state.share(net, to).rate + rate);
    return cost;
  }

  const PartitionState &state;
  llvm::ArrayRef<uint32_t> position;
  const PlacementOptions &options;
  MulticastRoutes routes;
  std::vector<bool> seen;
  std::vector<uint32_t> candidates, destinations;
};

class JointRefiner {
public:
  JointRefiner(PartitionState &state, const Mesh &mesh, llvm::ArrayRef<uint32_t> position,
               const PlacementOptions &options)
      : state(state), changes(options.threads ? options.threads : std::max(1u, std::thread::hardware_concurrency()),
                              WayChange(state, mesh, position, options)),
        wishes(state.netlist.vertices), members(state.limits.parts, 0) {
    for (uint32_t part : state.parts())
      ++members[part];
  }

  /// What a pass over all vertices saved.
  double pass() {
    forRanges(changes.size(), wishes.size(), [&](unsigned thread, size_t begin, size_t end) {
      for (size_t vertex = begin; vertex < end; ++vertex)
        wishes[vertex] = changes[thread].best(vertex);
    });
    std::vector<uint32_t> order(wishes.size());
    std::iota(order.begin(), order.end(), 0);
    llvm::sort(order, [&](uint32_t a, uint32_t b) { return std::tie(wishes[a], a) < std::tie(wishes[b], b); });
    double saved = 0;
    std::map<std::pair<uint32_t, uint32_t>, std::vector<uint32_t>> waiting; // by part and the part that is wished for
    for (uint32_t vertex : order) {
      auto [change, to] = wishes[vertex];
      uint32_t from = state.partOf(vertex);
      if (to == from)
        continue;
      if (change < 0 && members[from] > 1 && tryMoves({{vertex, to}}, saved))
        continue;
      waiting[{from, to}].push_back(vertex);
    }
    // Where cores are full, two vertices change their places.
    for (auto &[pair, there] : waiting) {
      const uint32_t from = pair.first, to = pair.second;
      auto back = waiting.find({to, from});
      if (from > to || back == waiting.end())
        continue;
      std::vector<uint32_t> &partners = back->second;
      for (uint32_t vertex : there) {
        // Two that talk to each other save nothing, so that the best one alone does not do.
        auto last = partners.begin() + std::min<size_t>(kPartners, partners.size());
        auto partner = std::find_if(partners.begin(), last, [&](uint32_t other) {
          return wishes[vertex].first + wishes[other].first < 0 && tryMoves({{vertex, to}, {other, from}}, saved);
        });
        if (partner != last)
          partners.erase(partner);
      }
    }
    return saved;
  }

private:
  static constexpr size_t kPartners = 8; ///< Tried for a swap.

  /// Moves unless that saves nothing or exceeds a limit more than before.
  bool tryMoves(llvm::ArrayRef<std::pair<uint32_t, uint32_t>> moves, double &saved) {
    const uint64_t overload = state.overload();
    llvm::SmallVector<std::pair<uint32_t, uint32_t>, 2> undo;
    double change = 0;
    for (auto [vertex, to] : moves) {
      change += changes.front().of(vertex, to);
      undo.push_back({vertex, state.partOf(vertex)});
      state.move(vertex, to);
    }
    if (change < 0 && state.overload() <= overload) {
      for (auto [vertex, from] : undo) {
        --members[from];
        ++members[state.partOf(vertex)];
      }
      saved -= change;
      return true;
    }
    for (auto [vertex, from] : llvm::reverse(undo))
      state.move(vertex, from);
    return false;
  }

  PartitionState &state;
  std::vector<WayChange> changes; ///< Of each thread.
  std::vector<std::pair<double, uint32_t>> wishes;
  std::vector<uint32_t> members;
};
} // namespace

double lle::refineJointly(PartitionState &state, const Mesh &mesh, llvm::ArrayRef<uint32_t> position,
                          const PlacementOptions &options) {
  constexpr unsigned kPasses = 20;
  JointRefiner refiner(state, mesh, position, options);
  double saved = 0;
  for (unsigned pass = 0; pass < kPasses; ++pass) {
    double more = refiner.pass();
    saved += more;
    if (more == 0)
      break;
  }
  return saved;
}

double lle::refineJointly(const Hypergraph &graph, const CoreLimits &limits, const Mesh &mesh,
                          llvm::ArrayRef<uint32_t> position, const PlacementOptions &options,
                          std::vector<uint32_t> &part) {
  const PartLimits rows(limits, uint32_t(position.size()));
  Netlist netlist = Netlist::build(graph, /*exact=*/true, 1);
  double saved = 0;
  ClusteringOptions twins;
  twins.largest.assign(graph.resources, kUnlimited);
  twins.part = part;
  Clustering clustering = clusterTwins(netlist, twins);
  if (clustering.clusters < graph.vertices) {
    std::vector<uint32_t> start(clustering.clusters);
    for (uint32_t vertex = 0; vertex < graph.vertices; ++vertex)
      start[clustering.cluster[vertex]] = part[vertex];
    const Netlist coarse = netlist.contract(clustering.cluster, clustering.clusters, /*exact=*/true, 1);
    PartitionState state(coarse, rows, std::move(start));
    saved += refineJointly(state, mesh, position, options);
    for (uint32_t vertex = 0; vertex < graph.vertices; ++vertex)
      part[vertex] = state.partOf(clustering.cluster[vertex]);
  }
  PartitionState state(netlist, rows, part);
  saved += refineJointly(state, mesh, position, options);
  part = state.parts().vec();
  return saved;
}
