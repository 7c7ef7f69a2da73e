//===- PartitionState.h - parts, their nets and their use -------*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_PARTITIONSTATE_H
#define LLE_PASSES_PLACEMENT_PARTITIONSTATE_H

#include "passes/Placement/Netlist.h"
#include "passes/Placement/Partitioner.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace lle {

/// Limits of parts by row: the additive resources, then in-axons, out-axons, synapse words, configurations.
struct PartLimits {
  enum Counted { InAxons, OutAxons, SynapseWords, Configurations, kCounted };
  PartLimits(const CoreLimits &limits, uint32_t parts);
  /// Additive resources only.
  PartLimits(unsigned resources, uint32_t parts)
      : resources(resources), parts(parts), rows(size_t(parts) * (resources + kCounted), kUnlimited) {}

  unsigned columns() const { return resources + kCounted; }
  uint64_t &at(uint32_t part, unsigned column) { return rows[size_t(part) * columns() + column]; }
  uint64_t at(uint32_t part, unsigned column) const { return rows[size_t(part) * columns() + column]; }
  bool isLimited(unsigned column) const;
  /// True if numbers of synapses or axons matter.
  bool countsNets() const;

  unsigned resources;
  uint32_t parts;
  std::vector<uint64_t> rows;
  SynapseMemory synapses;
};

/// A partition under change: packets, use of every part and gains of moves are exact after every move.
class PartitionState {
public:
  /// What a part has of a net.
  struct Share {
    uint64_t rate = 0; ///< Of its sources in the part.
    uint32_t part = 0;
    uint32_t synapses = 0; ///< Of targets in the part.
    uint32_t neurons = 0;  ///< Sources in the part.
    uint32_t vertices = 0; ///< With targets in the part.
    uint32_t parity = 0;   ///< Exclusive or of those vertices: which one it is, where it is one.

    void add(uint32_t vertex, uint32_t itsSynapses, uint32_t itsNeurons, uint64_t itsRate) {
      synapses += itsSynapses, neurons += itsNeurons, rate += itsRate;
      if (itsSynapses)
        ++vertices, parity ^= vertex;
    }
    void remove(uint32_t vertex, uint32_t itsSynapses, uint32_t itsNeurons, uint64_t itsRate) {
      synapses -= itsSynapses, neurons -= itsNeurons, rate -= itsRate;
      if (itsSynapses)
        --vertices, parity ^= vertex;
    }
  };
  /// Packets of a net of rate `total` that reach the part of a share.
  static int64_t packetsTo(const Share &share, uint64_t total) {
    return share.synapses ? int64_t(total - share.rate) : 0;
  }

  PartitionState(const Netlist &netlist, const PartLimits &limits, std::vector<uint32_t> part);

  const Netlist &netlist;
  const PartLimits &limits;

  llvm::ArrayRef<uint32_t> parts() const { return part; }
  uint32_t partOf(uint32_t vertex) const { return part[vertex]; }
  /// Of the parts that the net has anything in; some may be empty.
  llvm::ArrayRef<Share> shares(uint32_t net) const {
    return llvm::ArrayRef(shareList).slice(lists[net].begin, lists[net].size);
  }
  Share share(uint32_t net, uint32_t part) const;

  /// Less netlist's constants: packets that no partition of its vertices avoids within a net that it dropped.
  int64_t packets() const { return cost; }
  uint64_t used(uint32_t part, unsigned column) const { return use[size_t(part) * limits.columns() + column]; }
  /// By how much limits are exceeded, in 2^-20 of each limit: of a part, and of all. Zero if none is.
  uint64_t overload(uint32_t part) const { return overloads[part]; }
  uint64_t overload() const { return totalOverload; }
  /// The additive resources of `vertex` fit into `part`.
  bool fits(uint32_t vertex, uint32_t part) const;
  /// What packets fall by if `vertex` moves.
  int64_t gain(uint32_t vertex, uint32_t to) const;

  /// Called with each net of the moved vertex, what the vertex has of it, and the shares of its old and new part,
  /// before and after.
  using Observer = llvm::function_ref<void(uint32_t net, uint32_t synapses, uint64_t rate, const Share &oldFrom,
                                           const Share &oldTo, const Share &newFrom, const Share &newTo)>;
  void move(uint32_t vertex, uint32_t to, Observer observer);
  void move(uint32_t vertex, uint32_t to) {
    move(vertex, to, [](uint32_t, uint32_t, uint64_t, const Share &, const Share &, const Share &, const Share &) {});
  }

private:
  /// Shares of a net. A list that has room for all parts has one for each, at the part's number.
  struct List {
    uint64_t begin;
    uint32_t size, capacity;
    uint32_t reached; ///< Parts with targets.
  };
  List makeList(uint32_t size, uint32_t reached);
  uint64_t &useOf(uint32_t part, unsigned column) { return use[size_t(part) * limits.columns() + column]; }
  Share &shareFor(uint32_t net, uint32_t part);
  void countConfigurations(uint32_t vertex, uint32_t part, int change);
  void countSynapses(uint32_t net, const Share &share, int sign);
  void countOutAxons(uint32_t net, const Share &oldFrom, const Share &oldTo, const Share &newFrom, const Share &newTo);
  void updateOverload(uint32_t part);
  void prefetch(uint32_t vertex, uint32_t from, uint32_t to) const;

  std::vector<uint32_t> part;
  std::vector<List> lists; ///< Of each net in shareList; a list that grows moves to the end.
  std::vector<Share> shareList;
  std::vector<uint64_t> use, overloads;
  std::vector<uint32_t> configurationCount; ///< [part * configurationClasses + class]
  uint32_t configurationClasses = 0;
  std::vector<uint32_t> otherParts; ///< Whose out-axons a move between two parts changed.
  uint64_t totalOverload = 0;
  int64_t cost = 0;
  bool countsSynapses, countsAxonsOut;
};

} // namespace lle

#endif
