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
  uint32_t link(Place place, uint32_t direction) const {
    return (uint32_t(place.y - minY) * width + uint32_t(place.x - minX)) * directions + direction;
  }
};

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
