//===- Routes.cpp - where packets go --------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/emulator/Routes.h"
#include <algorithm>
#include <unordered_map>

using namespace lle::runtime;

Mesh::Mesh(const CoreMap &map) : chips(map.chips), directions(map.isMulticast ? 6 : 4) {
  for (uint32_t chip = 0; chip < map.chips; ++chip)
    chips[chip] = {int32_t(chip), 0};
  for (const ChipRouter &router : map.routers)
    chips[router.chip] = {router.x, router.y};
  auto [left, right] = std::minmax_element(chips.begin(), chips.end(), [](Place a, Place b) { return a.x < b.x; });
  auto [low, high] = std::minmax_element(chips.begin(), chips.end(), [](Place a, Place b) { return a.y < b.y; });
  uint32_t scaleX = map.isMulticast ? 1 : map.gridWidth, scaleY = map.isMulticast ? 1 : map.gridHeight;
  minX = left->x * int32_t(scaleX);
  minY = low->y * int32_t(scaleY);
  width = uint32_t(right->x - left->x + 1) * scaleX;
  height = uint32_t(high->y - low->y + 1) * scaleY;
}

namespace {

constexpr uint32_t kDirections = 6;
constexpr Place kSteps[kDirections] = {{1, 0}, {1, 1}, {0, 1}, {-1, 0}, {-1, -1}, {0, -1}};

/// A chip's table as content-addressable memory: one look-up for each mask that occurs.
class Table {
public:
  /// `entries` must outlive the table.
  void fill(const std::vector<RouteEntry> &list) {
    entries = list.data();
    for (uint32_t i = 0; i < list.size(); ++i) {
      auto group =
          std::find_if(groups.begin(), groups.end(), [&](const Group &group) { return group.mask == entries[i].mask; });
      if (group == groups.end())
        group = groups.insert(groups.end(), {entries[i].mask, {}});
      group->first.emplace(entries[i].key, i); // an earlier one stays
    }
  }
  const RouteEntry *find(uint32_t key) const {
    uint32_t best = UINT32_MAX;
    for (const Group &group : groups)
      if (auto found = group.first.find(key & group.mask); found != group.first.end())
        best = std::min(best, found->second);
    return best == UINT32_MAX ? nullptr : &entries[best];
  }

private:
  struct Group {
    uint32_t mask;
    std::unordered_map<uint32_t, uint32_t> first; ///< the first entry of a key
  };
  const RouteEntry *entries = nullptr;
  std::vector<Group> groups;
};

class KeyRouter {
public:
  KeyRouter(const CoreMap &map, const Mesh &mesh) : map(map), mesh(mesh), tables(map.chips) {
    for (const ChipRouter &router : map.routers)
      tables[router.chip].fill(router.entries);
    for (uint32_t chip = 0; chip < map.chips; ++chip)
      chipAt[pack(mesh.chips[chip])] = chip;
  }

  /// Appends where a packet goes that a core of the chip sends.
  Status route(uint32_t key, uint32_t chip, SentPackets &sent) const;

private:
  static uint64_t pack(Place place) { return uint64_t(uint32_t(place.x)) << 32 | uint32_t(place.y); }
  void deliver(uint32_t key, const RouteEntry &entry, SentPackets &sent) const;

  const CoreMap &map;
  const Mesh &mesh;
  std::vector<Table> tables; ///< of each chip
  std::unordered_map<uint64_t, uint32_t> chipAt;
};

} // namespace

void KeyRouter::deliver(uint32_t key, const RouteEntry &entry, SentPackets &sent) const {
  for (uint32_t index : entry.cores) {
    const CoreContents &core = map.cores[index];
    auto range = std::upper_bound(core.keyRanges.begin(), core.keyRanges.end(), key,
                                  [](uint32_t key, const KeyRange &range) { return key < range.firstKey; });
    bool isWanted = range != core.keyRanges.begin() && key - (--range)->firstKey < range->count;
    sent.axons.push_back({index, isWanted ? core.keyedAxons[range->firstAxon + key - range->firstKey] : UINT32_MAX});
  }
}

Status KeyRouter::route(uint32_t key, uint32_t chip, SentPackets &sent) const {
  struct Arrival {
    uint32_t chip, direction; ///< of travel; kDirections: from a core of the chip
  };
  std::vector<Arrival> arrivals{{chip, kDirections}};
  // A tree enters each chip once; one that does so more often than by each link is none.
  for (size_t next = 0; next < arrivals.size(); ++next) {
    if (next > size_t(map.chips) * kDirections)
      return makeError("packets of key ", key, " run in a circle");
    auto [here, direction] = arrivals[next];
    const RouteEntry *entry = tables[here].find(key);
    if (!entry && direction == kDirections)
      continue;
    uint32_t links = entry ? entry->links : 1u << direction;
    if (entry)
      deliver(key, *entry, sent);
    for (uint32_t link = 0; link < kDirections; ++link) {
      if (!(links >> link & 1))
        continue;
      Place from = mesh.chips[here];
      auto neighbour = chipAt.find(pack({from.x + kSteps[link].x, from.y + kSteps[link].y}));
      if (neighbour == chipAt.end())
        return makeError("packets of key ", key, " leave the board at chip ", here);
      sent.links.push_back(mesh.link(from, link));
      arrivals.push_back({neighbour->second, link});
    }
  }
  return {};
}

Result<std::vector<SentPackets>> lle::runtime::routeKeys(const CoreMap &map, const Mesh &mesh,
                                                         const std::string &file) {
  KeyRouter router(map, mesh);
  std::vector<SentPackets> result(map.cores.size());
  for (size_t i = 0; i < map.cores.size(); ++i) {
    const CoreContents &core = map.cores[i];
    SentPackets &sent = result[i];
    uint32_t key = core.firstKey;
    for (const NeuronRun &run : core.neurons)
      for (uint32_t n = 0; n < run.count; ++n, ++key) {
        sent.axonBegin.push_back(uint32_t(sent.axons.size()));
        sent.linkBegin.push_back(uint32_t(sent.links.size()));
        if (map.populations[run.population].model == NeuronModel::CubaLI)
          continue;
        if (Status status = router.route(key, core.chip, sent); !status)
          return makeError(file, ": routers: ", status.error().message);
      }
    sent.axonBegin.push_back(uint32_t(sent.axons.size()));
    sent.linkBegin.push_back(uint32_t(sent.links.size()));
  }
  return result;
}
