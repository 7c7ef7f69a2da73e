//===- Traffic.h - packets between parts, and their cost --------*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_TRAFFIC_H
#define LLE_PASSES_PLACEMENT_TRAFFIC_H

#include "passes/Placement/Hypergraph.h"
#include "passes/Placement/Mesh.h"

#include <array>

namespace lle {

/// Flows of a partition: spikes of a part that go to one and the same set of other parts. The host's are not among
/// them: no publication says where they enter a chip.
class Traffic {
public:
  struct Flow {
    uint64_t rate;
    uint32_t source;
    uint64_t begin, end; ///< In `destinations`.
    bool isSent = true;  ///< Else no packet: that two parts shall be near each other.
  };
  struct Neighbour {
    uint32_t part;
    uint64_t rate; ///< Both ways.
  };
  Traffic(const Hypergraph &graph, llvm::ArrayRef<uint32_t> part, uint32_t parts);

  /// Has two parts cost as if one sent so many spikes to the other, which load no link.
  void attract(uint32_t a, uint32_t b, uint64_t rate);

  uint32_t parts;
  std::vector<Flow> flows;
  llvm::ArrayRef<uint32_t> destinations(const Flow &flow) const {
    return llvm::ArrayRef(destinationList).slice(flow.begin, flow.end - flow.begin);
  }
  /// Flows of which a part is source or destination.
  llvm::ArrayRef<uint32_t> flowsOf(uint32_t part) const { return flowsByPart[part]; }
  llvm::ArrayRef<Neighbour> neighbours(uint32_t part) const { return neighboursByPart[part]; }

private:
  void addNeighbours(uint32_t a, uint32_t b, uint64_t rate);

  std::vector<uint32_t> destinationList;
  std::vector<std::vector<uint32_t>> flowsByPart;
  std::vector<std::vector<Neighbour>> neighboursByPart;
};

/// What a placement costs, in spikes of the hypergraph's rates, and of Traffic::attract.
struct PlacementCost {
  uint64_t hops = 0;          ///< Rate times links of the union of the XY routes of each flow (multicast).
  uint64_t unicastHops = 0;   ///< Rate times distance to each destination.
  uint64_t chipCrossings = 0; ///< Rate times links of the union that lead to another chip.
  uint64_t maxLinkLoad = 0;   ///< Spikes over the busiest link, one way.
};

/// Spikes over each link of a mesh, by where routes begin and end: a straight piece of a route takes two additions,
/// whatever its length. Rates are added modulo 2^64: what was added is taken away as its negative.
class LinkLoads {
public:
  explicit LinkLoads(const Mesh &mesh) : width(mesh.width), height(mesh.height) {
    for (std::vector<uint64_t> &each : changes)
      each.assign(size_t(width) * height + 1, 0);
  }
  /// From a column to another one of the row, or from a row to another one of the column.
  void addRow(uint32_t row, uint32_t from, uint32_t to, uint64_t rate) { add(0, size_t(row) * width, from, to, rate); }
  void addColumn(uint32_t column, uint32_t from, uint32_t to, uint64_t rate) {
    add(2, size_t(column) * height, from, to, rate);
  }
  uint64_t max() const;

private:
  void add(unsigned direction, size_t line, uint32_t from, uint32_t to, uint64_t rate) {
    std::vector<uint64_t> &links = changes[direction + (from > to)];
    links[line + std::min(from, to)] += rate;
    links[line + std::max(from, to)] -= rate;
  }

  uint32_t width, height;
  std::array<std::vector<uint64_t>, 4> changes; ///< From link to link: east, west, north, south.
};

/// The union of the XY routes of a flow: links, and links to other chips.
class MulticastRoutes {
public:
  MulticastRoutes(const Mesh &mesh) : mesh(mesh), stamp(mesh.width, 0), low(mesh.width), high(mesh.width) {}

  struct Length {
    uint64_t links, crossings;
  };
  Length measure(uint32_t source, llvm::ArrayRef<uint32_t> destinations, llvm::ArrayRef<uint32_t> position);

  /// Adds `rate` to each link of the union.
  void load(uint32_t source, llvm::ArrayRef<uint32_t> destinations, llvm::ArrayRef<uint32_t> position, uint64_t rate,
            LinkLoads &loads);

private:
  /// The columns that routes turn into, and the rows that they reach in each.
  void span(uint32_t source, llvm::ArrayRef<uint32_t> destinations, llvm::ArrayRef<uint32_t> position);

  const Mesh &mesh;
  uint64_t round = 0;
  uint32_t west = 0, east = 0;
  std::vector<uint64_t> stamp;
  std::vector<uint32_t> low, high, columns;
};

PlacementCost costOfPlacement(const Traffic &traffic, const Mesh &mesh, llvm::ArrayRef<uint32_t> position);

} // namespace lle

#endif
