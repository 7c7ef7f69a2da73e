//===- Traffic.h - where packets of a core map go ---------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Follows packets through a map as it is: point to point by way of x, then y, over the one grid that the chips make;
// multicast by the tables of the chips' routers. Nothing here knows how routes were made.
//
// Within a SpiNNaker2 chip all packets go through one event router, so its links are those between chips.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_COREMAP_TRAFFIC_H
#define LLE_RUNTIME_COREMAP_TRAFFIC_H

#include "runtime/coremap/CoreMap.h"
#include "runtime/host/Result.h"

#include <limits>

namespace lle::runtime {

/// As in RouteEntry::links. A grid of Loihi has no diagonals.
enum LinkDirection : uint8_t { kEast, kNorthEast, kNorth, kWest, kSouthWest, kSouth, kLinkDirections };
inline constexpr int32_t kLinkX[kLinkDirections] = {1, 1, 0, -1, -1, 0};
inline constexpr int32_t kLinkY[kLinkDirections] = {0, 1, 1, 0, -1, -1};

/// A link that a multicast packet takes, out of `chip`.
struct PacketStep {
  static constexpr uint32_t kSource = std::numeric_limits<uint32_t>::max();

  uint32_t chip = 0;
  uint8_t direction = 0;
  uint32_t previous = kSource; ///< the step by which it came to `chip`, in PacketPath::steps
};

struct PacketPath {
  std::vector<PacketStep> steps;
  std::vector<uint32_t> cores; ///< where copies end, ascending
};

/// The way of a packet that a core of `chip` sends. Errors: it leaves the board, comes to a chip twice, or to a core
/// twice.
Result<PacketPath> tracePacket(const CoreMap &map, uint32_t chip, uint32_t key);

/// The cores that want a key of this core's block, ascending. Point to point: those that its out-axons name.
std::vector<std::vector<uint32_t>> getTargets(const CoreMap &map);

/// Whether packets can wait for each other in a circle: the dependencies of links, from one that a packet takes to the
/// next, have a cycle (Dally and Seitz, IEEE Transactions on Computers 36 (1987) 547). Routes must be those that
/// checkRoutes accepts otherwise.
bool hasLinkCycle(const CoreMap &map);

/// Each key of a core reaches the cores that want one of its block, and no other, and links have no cycle.
Status checkRoutes(const CoreMap &map);

/// Packets that neurons send in a tick: by population and neuron. One without rates sends one.
using NeuronRates = std::vector<std::vector<float>>;

struct LinkLoad {
  uint32_t chip = 0, x = 0, y = 0; ///< the router; of multicast the chip's only one, (0, 0)
  uint8_t direction = 0;
  bool leavesChip = false;
  double packets = 0; ///< in a tick
};

struct Traffic {
  std::vector<LinkLoad> links; ///< those with packets, by chip, router and direction
  double packets = 0;          ///< that cores send
  double hops = 0;             ///< links that packets take
  double crossings = 0;        ///< of them, from chip to chip
  double maxLoad = 0;
};

/// Errors are those of tracePacket.
Result<Traffic> measureTraffic(const CoreMap &map, const NeuronRates &rates);

/// A link whose packets were counted. Point to point it leaves router (x, y) of the grid of all chips, multicast the
/// chip at (x, y) of the board.
struct CountedLink {
  int32_t x = 0, y = 0;
  uint8_t direction = 0;
  double packets = 0; ///< in a tick
};

/// Of what was counted: packets that cores send in a tick, and those of links.
Traffic addUpTraffic(const CoreMap &map, double packets, const std::vector<CountedLink> &links);

} // namespace lle::runtime

#endif // LLE_RUNTIME_COREMAP_TRAFFIC_H
