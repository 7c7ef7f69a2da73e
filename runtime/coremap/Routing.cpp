//===- Routing.cpp - multicast routes of a core map -----------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/coremap/Routing.h"
#include "runtime/coremap/Board.h"

#include <algorithm>
#include <array>
#include <cstdlib>

using namespace lle::runtime;

namespace {

/// Steps along one of the three axes of the hexagonal grid.
struct Leg {
  uint8_t direction = 0;
  int32_t steps = 0;
};

/// The shortest way: diagonals, x, y, of which at most two are not empty.
std::array<Leg, 3> getLegs(BoardPlace from, BoardPlace to) {
  int32_t dx = to.first - from.first, dy = to.second - from.second, diagonal = 0;
  if ((dx > 0) == (dy > 0) && dx && dy)
    diagonal = std::abs(dx) < std::abs(dy) ? dx : dy;
  dx -= diagonal;
  dy -= diagonal;
  return {{{diagonal > 0 ? kNorthEast : kSouthWest, std::abs(diagonal)},
           {dx > 0 ? kEast : kWest, std::abs(dx)},
           {dy > 0 ? kNorth : kSouth, std::abs(dy)}}};
}

int32_t getDistance(BoardPlace from, BoardPlace to) {
  int32_t distance = 0;
  for (const Leg &leg : getLegs(from, to))
    distance += leg.steps;
  return distance;
}

/// The links of one block of keys.
class Tree {
public:
  struct Node {
    uint32_t chip;
    uint8_t arrival; ///< the direction in which packets come; kLinkDirections at the source
    uint8_t links = 0;
  };

  Tree(const ChipBoard &board, uint32_t source) : board(board) { nodes.push_back({source, kLinkDirections}); }

  /// Reaches each chip of `targets`, in this order. False: a chip on the way does not exist.
  bool grow(const std::vector<uint32_t> &targets, MulticastTrees kind) {
    for (uint32_t target : targets) {
      size_t from = 0;
      if (kind == MulticastTrees::NeighbourRing)
        for (size_t i = 1; i < nodes.size(); ++i)
          if (getDistanceTo(i, target) < getDistanceTo(from, target))
            from = i;
      if (!addPath(from, target, kind))
        return false;
    }
    return true;
  }

  const std::vector<Node> &getNodes() const { return nodes; }

private:
  int32_t getDistanceTo(size_t node, uint32_t chip) const {
    return getDistance(board.getPlace(nodes[node].chip), board.getPlace(chip));
  }

  bool addPath(size_t node, uint32_t target, MulticastTrees kind) {
    std::array<Leg, 3> legs = getLegs(board.getPlace(nodes[node].chip), board.getPlace(target));
    if (kind == MulticastTrees::NeighbourRing)
      std::sort(legs.begin(), legs.end(), [](const Leg &a, const Leg &b) {
        return std::pair(b.steps, a.direction) < std::pair(a.steps, b.direction);
      });
    for (const Leg &leg : legs)
      for (int32_t i = 0; i < leg.steps; ++i) {
        const uint32_t *next = board.getNeighbour(nodes[node].chip, leg.direction);
        if (!next)
          return false;
        nodes[node].links |= 1u << leg.direction;
        node = getNode(*next, leg.direction);
      }
    return true;
  }

  size_t getNode(uint32_t chip, uint8_t arrival) {
    for (size_t i = 0; i < nodes.size(); ++i)
      if (nodes[i].chip == chip)
        return i;
    nodes.push_back({chip, arrival});
    return nodes.size() - 1;
  }

  const ChipBoard &board;
  std::vector<Node> nodes;
};

Status fillRouters(CoreMap &map, MulticastTrees kind, size_t limit) {
  ChipBoard board(map);
  std::vector<std::vector<ArrivingBlock>> blocks(map.chips);
  std::vector<std::vector<uint32_t>> targets = getTargets(map);
  for (size_t i = 0; i < map.cores.size(); ++i) {
    if (targets[i].empty())
      continue;
    const CoreContents &core = map.cores[i];
    std::map<uint32_t, std::vector<uint32_t>> coresOf; // by chip
    for (uint32_t target : targets[i])
      coresOf[map.cores[target].chip].push_back(target);
    std::vector<uint32_t> chips;
    for (const auto &[chip, cores] : coresOf)
      chips.push_back(chip);
    BoardPlace source = board.getPlace(core.chip);
    std::sort(chips.begin(), chips.end(), [&](uint32_t a, uint32_t b) {
      return std::pair(getDistance(source, board.getPlace(a)), a) <
             std::pair(getDistance(source, board.getPlace(b)), b);
    });
    Tree tree(board, core.chip);
    if (!tree.grow(chips, kind))
      return makeError("core ", i, ": the way to a chip that it sends to passes a place of the board without a chip");

    uint64_t size = 1;
    while (size < countLocalNeurons(core))
      size *= 2;
    for (const Tree::Node &node : tree.getNodes()) {
      const std::vector<uint32_t> &cores = coresOf[node.chip];
      bool isDefault = cores.empty() && node.arrival != kLinkDirections && node.links == 1u << node.arrival;
      blocks[node.chip].push_back({core.firstKey, ~uint32_t(size - 1), node.links, cores, isDefault});
    }
  }
  for (ChipRouter &router : map.routers) {
    router.entries = makeRouteTable(blocks[router.chip], limit);
    if (router.entries.size() > limit)
      return makeError("chip ", router.chip, ": its table needs ", router.entries.size(), " entries, and has ", limit,
                       ": put neurons with the same targets on neighbouring cores, or fill the cores more");
  }
  return {};
}

} // namespace

void lle::runtime::setHexagonalBoard(CoreMap &map) {
  constexpr int32_t kSide = 8, kMinSlope = -3, kMaxSlope = 4; // of x - y
  map.routers.clear();
  for (int32_t y = 0; y < kSide; ++y)
    for (int32_t x = 0; x < kSide; ++x)
      if (x - y >= kMinSlope && x - y <= kMaxSlope)
        map.routers.push_back({uint32_t(map.routers.size()), x, y, {}});
  map.chips = map.routers.size();
}

Result<MulticastTrees> lle::runtime::routeMulticast(CoreMap &map, size_t limit) {
  std::vector<bool> hasRouter(map.chips);
  for (const ChipRouter &router : map.routers)
    hasRouter[router.chip] = true;
  for (uint32_t chip = 0; chip < map.chips; ++chip)
    if (!hasRouter[chip])
      map.routers.push_back({chip, int32_t(chip), 0, {}});

  if (Status status = fillRouters(map, MulticastTrees::NeighbourRing, limit); !status)
    return status.error();
  if (!hasLinkCycle(map))
    return MulticastTrees::NeighbourRing;
  if (Status status = fillRouters(map, MulticastTrees::DimensionOrder, limit); !status)
    return status.error();
  return MulticastTrees::DimensionOrder;
}
