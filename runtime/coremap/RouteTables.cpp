//===- RouteTables.cpp - tables of multicast routers ----------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/coremap/Routing.h"

#include <algorithm>
#include <map>

using namespace lle::runtime;

namespace {

/// Keys with (key & mask) = this key.
struct KeySet {
  uint32_t key = 0, mask = 0;

  bool meets(const KeySet &other) const { return ((key ^ other.key) & mask & other.mask) == 0; }
  bool contains(const KeySet &other) const { return (mask & ~other.mask) == 0 && meets(other); }
  /// The smallest set that contains both.
  KeySet join(const KeySet &other) const {
    uint32_t common = mask & other.mask & ~(key ^ other.key);
    return {key & common, common};
  }
};

using Route = std::pair<uint8_t, std::vector<uint32_t>>;

/// The entries of one route.
struct RouteGroup {
  std::vector<KeySet> sets;
  std::vector<KeySet> others; ///< what comes to the chip and goes another way

  /// Joins sets that are `stride` apart where it takes no key from `others`; ends after `excess` entries less. Returns
  /// how many there are less.
  size_t merge(size_t stride, size_t excess) {
    size_t before = sets.size();
    for (size_t i = 0; i + stride < sets.size() && before - sets.size() < excess; ++i) {
      KeySet joint = sets[i].join(sets[i + stride]);
      if (std::any_of(others.begin(), others.end(), [&](const KeySet &other) { return other.meets(joint); }))
        continue;
      sets[i] = joint;
      auto rest =
          std::remove_if(sets.begin() + i + 1, sets.end(), [&](const KeySet &set) { return joint.contains(set); });
      sets.erase(rest, sets.end());
    }
    return before - sets.size();
  }
};

} // namespace

std::vector<RouteEntry> lle::runtime::makeRouteTable(const std::vector<ArrivingBlock> &blocks, size_t limit) {
  std::map<Route, RouteGroup> groups;
  size_t entries = 0;
  for (const ArrivingBlock &block : blocks)
    if (!block.isDefault) {
      groups[{block.links, block.cores}].sets.push_back({block.key, block.mask});
      ++entries;
    }

  if (entries > limit)
    for (auto &[route, group] : groups) {
      std::sort(group.sets.begin(), group.sets.end(), [](const KeySet &a, const KeySet &b) { return a.key < b.key; });
      for (const ArrivingBlock &block : blocks)
        if (block.isDefault || block.links != route.first || block.cores != route.second)
          group.others.push_back({block.key, block.mask});
      for (size_t stride = 1; stride < group.sets.size() && entries > limit;) {
        size_t less = group.merge(stride, entries - limit);
        entries -= less;
        stride = less ? 1 : stride + 1;
      }
    }

  std::vector<RouteEntry> table;
  for (const auto &[route, group] : groups)
    for (const KeySet &set : group.sets)
      table.push_back({set.key, set.mask, route.first, route.second});
  return table;
}
