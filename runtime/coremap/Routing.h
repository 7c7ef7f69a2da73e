//===- Routing.h - multicast routes of a core map ---------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// SpiNNaker2: each core sends keys of a block of its own, whose size is a power of two and which is aligned to it, so
// that one entry of a table serves a core. The packets of a block follow one tree of links between chips:
//   neighbour exploring ring: from the nearest chip that the tree has to the next destination, the longest dimension
//     first (J. Navaridas et al., Parallel Computing 45 (2015) 49);
//   dimension order: diagonals, then x, then y. Its links cannot wait for each other in a circle, which those of the
//     first kind may, so it takes the place of them where they do.
// Chips that pass a packet straight on need no entry. Where a table has too many, pairs of entries with the same route
// are merged to one with a wider mask if that covers no key of another route which comes to the chip, until the table
// fits.
//
// Loihi's packets go by way of x, then y, and need no tables: see Traffic.h.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_COREMAP_ROUTING_H
#define LLE_RUNTIME_COREMAP_ROUTING_H

#include "runtime/coremap/CoreMap.h"
#include "runtime/host/Result.h"

namespace lle::runtime {

/// The board of 48 chips: `chips`, and a router for each at its place in the hexagon (as on SpiNNaker's SpiNN-5;
/// assumed for SpiNNaker2).
void setHexagonalBoard(CoreMap &map);

/// Replaces out-axons by keys: blocks for cores, key ranges and keyed axons where packets arrive. A neuron that entered
/// a core by several in-axons enters by one that does what all of them did. In-axons and rows that nothing uses are
/// left out. Keys of more than 32 bits are an error.
Status assignKeys(CoreMap &map);

enum class MulticastTrees : uint8_t { NeighbourRing, DimensionOrder };

/// One source block as it comes to one chip.
struct ArrivingBlock {
  uint32_t key = 0, mask = 0;
  uint8_t links = 0;
  std::vector<uint32_t> cores;
  bool isDefault = false; ///< it goes straight on, and needs no entry
};

/// A table of at most `limit` entries in which the keys of each block find its route and nothing else; more where it
/// cannot be so small. The order of entries does not matter.
std::vector<RouteEntry> makeRouteTable(const std::vector<ArrivingBlock> &blocks, size_t limit);

/// Fills the routers of a map with keys. `limit`: entries of a table. Returns the kind of trees that was taken. Errors:
/// a chip that a tree passes does not exist; a table does not fit.
Result<MulticastTrees> routeMulticast(CoreMap &map, size_t limit);

} // namespace lle::runtime

#endif // LLE_RUNTIME_COREMAP_ROUTING_H
