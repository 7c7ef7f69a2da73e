//===- Netlist.h - nets of equal targets, at any coarseness -----*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_NETLIST_H
#define LLE_PASSES_PLACEMENT_NETLIST_H

#include "passes/Placement/Hypergraph.h"

#include "llvm/ADT/STLExtras.h"

namespace lle {

/// The partitioner's form of a hypergraph. Vertices are neurons or clusters of them. Nets of equal targets are one net
/// with several sources (all channels of a pixel of a convolution). With R the rate of all sources of a net, S(p) that
/// of its sources in part p, the packets of a net are the sum over parts p with targets of R - S(p), whatever the
/// sources' number: sources outside of a restricted netlist, and the host, count in R alone.
class Netlist {
public:
  struct Target {
    uint32_t vertex, synapses; ///< Neurons of the vertex that are targets.
  };
  struct Source {
    uint32_t vertex, neurons; ///< Neurons of the vertex that are sources.
    uint64_t rate;
  };
  struct Net {
    uint64_t rate;    ///< R.
    uint32_t neurons; ///< Sources, also those outside.
  };
  struct TargetOf {
    uint32_t net, synapses;
  };
  struct SourceOf {
    uint32_t net, neurons;
    uint64_t rate;
  };
  static constexpr uint32_t kOutside = UINT32_MAX;

  uint32_t vertices = 0;
  unsigned resources = 0;
  std::vector<uint32_t> demand; ///< Of vertices, by resource.
  std::vector<Net> nets;

  llvm::ArrayRef<Target> targets(uint32_t net) const { return slice(targetList, targetBegin, net); }
  llvm::ArrayRef<Source> sources(uint32_t net) const { return slice(sourceList, sourceBegin, net); }
  llvm::ArrayRef<TargetOf> targetOf(uint32_t vertex) const { return slice(targetNets, targetNetBegin, vertex); }
  llvm::ArrayRef<SourceOf> sourceOf(uint32_t vertex) const { return slice(sourceNets, sourceNetBegin, vertex); }
  llvm::ArrayRef<uint32_t> configurations(uint32_t vertex) const {
    return configurationBegin.empty() ? llvm::ArrayRef<uint32_t>()
                                      : slice(configurationList, configurationBegin, vertex);
  }
  llvm::ArrayRef<uint32_t> demandOf(uint32_t vertex) const {
    return llvm::ArrayRef(demand).slice(size_t(vertex) * resources, resources);
  }
  size_t pins() const { return targetList.size() + sourceList.size(); }

  /// Calls visit(net, synapses, neurons, rate) for each net of a vertex: as target, as source, or as both.
  template <typename Visit>
  void forEachNet(uint32_t vertex, Visit visit) const {
    llvm::ArrayRef<TargetOf> in = targetOf(vertex);
    llvm::ArrayRef<SourceOf> out = sourceOf(vertex);
    while (!in.empty() || !out.empty()) {
      uint32_t net = std::min(in.empty() ? kOutside : in.front().net, out.empty() ? kOutside : out.front().net);
      bool isTarget = !in.empty() && in.front().net == net, isSource = !out.empty() && out.front().net == net;
      visit(net, isTarget ? in.front().synapses : 0, isSource ? out.front().neurons : 0,
            isSource ? out.front().rate : 0);
      in = in.drop_front(isTarget);
      out = out.drop_front(isSource);
    }
  }

  /// Calls visit(vertex, synapses, neurons, rate) for each vertex of a net.
  template <typename Visit>
  void forEachPin(uint32_t net, Visit visit) const {
    llvm::ArrayRef<Target> in = targets(net);
    llvm::ArrayRef<Source> out = sources(net);
    while (!in.empty() || !out.empty()) {
      uint32_t vertex =
          std::min(in.empty() ? kOutside : in.front().vertex, out.empty() ? kOutside : out.front().vertex);
      bool isTarget = !in.empty() && in.front().vertex == vertex,
           isSource = !out.empty() && out.front().vertex == vertex;
      visit(vertex, isTarget ? in.front().synapses : 0, isSource ? out.front().neurons : 0,
            isSource ? out.front().rate : 0);
      in = in.drop_front(isTarget);
      out = out.drop_front(isSource);
    }
  }

  /// Rate of the sources that a vertex has in a net.
  uint64_t rateOf(uint32_t vertex, uint32_t net) const {
    llvm::ArrayRef<Source> all = sources(net);
    const Source *at = llvm::partition_point(all, [&](const Source &source) { return source.vertex < vertex; });
    return at != all.end() && at->vertex == vertex ? at->rate : 0;
  }

  /// `exact` keeps numbers of synapses and nets that cannot cost packets, which limits other than additive ones count;
  /// without it nets that only differ in them become one.
  static Netlist build(const Hypergraph &graph, bool exact, unsigned threads);

  /// Makes each cluster a vertex. Vertices of cluster kOutside are left out.
  Netlist contract(llvm::ArrayRef<uint32_t> cluster, uint32_t clusters, bool exact, unsigned threads) const {
    return contractNets(cluster, clusters, exact, threads, /*stride=*/1);
  }

  /// The same vertices with one net of `stride`.
  Netlist sampleNets(uint32_t stride, unsigned threads) const;

private:
  template <typename T>
  static llvm::ArrayRef<T> slice(const std::vector<T> &list, const std::vector<uint64_t> &begin, uint32_t index) {
    return llvm::ArrayRef<T>(list.data() + begin[index], begin[index + 1] - begin[index]);
  }
  class Builder;
  Netlist contractNets(llvm::ArrayRef<uint32_t> cluster, uint32_t clusters, bool exact, unsigned threads,
                       uint32_t stride) const;
  void takeNets(llvm::ArrayRef<Builder> builders);
  void indexVertices();

  std::vector<uint64_t> targetBegin{0}, sourceBegin{0}, targetNetBegin, sourceNetBegin, configurationBegin;
  std::vector<Target> targetList;
  std::vector<Source> sourceList;
  std::vector<TargetOf> targetNets;
  std::vector<SourceOf> sourceNets;
  std::vector<uint32_t> configurationList; ///< Sorted for each vertex.
};

} // namespace lle

#endif
