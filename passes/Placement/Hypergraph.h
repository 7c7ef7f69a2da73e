//===- Hypergraph.h - a spiking network as nets of packets ------*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_HYPERGRAPH_H
#define LLE_PASSES_PLACEMENT_HYPERGRAPH_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <vector>

namespace lle {

/// Neurons (vertices) and the spikes between them. A net is the targets of one neuron, its source: on a mesh with
/// multicast, a spike of the source is one packet for each part, other than the source's own, that holds a target.
struct Hypergraph {
  /// The source of nets that the host drives. It is in no part: it has no out-axons, and its packets go to all parts
  /// that hold targets.
  static constexpr uint32_t kHost = UINT32_MAX;

  uint32_t vertices = 0;
  std::vector<uint64_t> netBegin{0}; ///< Of each net in `pins`, and the end of the last one.
  std::vector<uint32_t> pins;        ///< Targets of each net, without repetition; the source only if it is a target.
  std::vector<uint32_t> source;      ///< The vertex that drives each net, or kHost.
  std::vector<uint64_t> rate;        ///< Spikes of the source, in a sample or per any other unit of time.
  unsigned resources = 1;            ///< Additive resources of a vertex.
  std::vector<uint32_t> demand;      ///< demand[vertex * resources + resource].
  /// Vertices of one class share a configuration of a core. Empty where cores have no such limit.
  std::vector<uint32_t> configuration;

  size_t nets() const { return source.size(); }
  llvm::ArrayRef<uint32_t> targets(size_t net) const {
    return llvm::ArrayRef(pins).slice(netBegin[net], netBegin[net + 1] - netBegin[net]);
  }

  /// One resource more, the last one: what each vertex demands of it.
  void addResource(llvm::ArrayRef<uint32_t> demands);

  /// Sizes fit, vertices exist, and no net has a target twice.
  llvm::Error verify() const;
};

/// What the part that uses most of the last resource uses of it.
uint64_t countMost(const Hypergraph &graph, llvm::ArrayRef<uint32_t> part);

/// Packets between parts: the sum over nets of rate * (parts that hold targets, less the source's own).
uint64_t countPackets(const Hypergraph &graph, llvm::ArrayRef<uint32_t> part);

/// Spikes delivered to targets in other parts than the source's: what an edge cut counts.
uint64_t countRemoteEvents(const Hypergraph &graph, llvm::ArrayRef<uint32_t> part);

} // namespace lle

#endif
