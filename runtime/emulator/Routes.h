//===- Routes.h - where packets go ------------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Internal. The links of a map are numbered: `directions` of each router of the grid of all chips (E, N, W, S), or,
// with multicast, of each chip (E, NE, N, W, SW, S).
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_EMULATOR_ROUTES_H
#define LLE_RUNTIME_EMULATOR_ROUTES_H

#include "runtime/coremap/CoreMap.h"
#include "runtime/host/Result.h"
#include <cstdlib>

namespace lle::runtime {

struct Place {
  int32_t x = 0, y = 0;
};

/// The rectangle that all nodes of the network of packets lie in.
struct Mesh {
  explicit Mesh(const CoreMap &map);

  std::vector<Place> chips; ///< on the board
  int32_t minX = 0, minY = 0;
  uint32_t width = 0, height = 0;
  uint32_t directions = 0;

  uint64_t countLinks() const { return uint64_t(width) * height * directions; }
  int32_t countChipHops(uint32_t from, uint32_t to) const {
    return std::abs(chips[from].x - chips[to].x) + std::abs(chips[from].y - chips[to].y);
  }
  uint32_t link(Place place, uint32_t direction) const {
    return (uint32_t(place.y - minY) * width + uint32_t(place.x - minX)) * directions + direction;
  }
};

/// Links of a way and how often it passes them, hops along x and along y, and between chips.
struct Way {
  struct Pass {
    uint32_t link, packets;
  };
  std::vector<Pass> links; ///< by number, each once
  uint64_t hopsX = 0, hopsY = 0, chipCrossings = 0;
};

/// Calls `visit(link)` for each link from one router to another, along x, then y.
template <typename Visit>
void visitLinks(const Mesh &mesh, Place here, Place there, Visit visit) {
  enum { East, North, West, South };
  for (; here.x != there.x; here.x += here.x < there.x ? 1 : -1)
    visit(mesh.link(here, here.x < there.x ? East : West));
  for (; here.y != there.y; here.y += here.y < there.y ? 1 : -1)
    visit(mesh.link(here, here.y < there.y ? North : South));
}

/// What the neurons of a core send: neuron n to axons[axonBegin[n]] to axons[axonBegin[n + 1]].
struct SentPackets {
  std::vector<uint32_t> axonBegin;
  std::vector<OutAxon> axons; ///< axon UINT32_MAX: a packet that the core does not want
  /// Multicast: the links that the one packet of neuron n passes, linkBegin[n] to linkBegin[n + 1].
  std::vector<uint32_t> linkBegin, links;
};

/// For each core, where the keys of its neurons lead by the tables of all routers. An error names a key that runs in a
/// circle or leaves the board.
Result<std::vector<SentPackets>> routeKeys(const CoreMap &map, const Mesh &mesh, const std::string &file);

} // namespace lle::runtime

#endif // LLE_RUNTIME_EMULATOR_ROUTES_H
