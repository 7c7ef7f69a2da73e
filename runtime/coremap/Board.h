//===- Board.h - where chips are --------------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_COREMAP_BOARD_H
#define LLE_RUNTIME_COREMAP_BOARD_H

#include "runtime/coremap/Traffic.h"

#include <map>

namespace lle::runtime {

using BoardPlace = std::pair<int32_t, int32_t>;

/// Where chips are on the board.
class ChipBoard {
public:
  explicit ChipBoard(const CoreMap &map) : places(map.chips), routers(map.chips, nullptr) {
    for (uint32_t chip = 0; chip < map.chips; ++chip)
      places[chip] = {int32_t(chip), 0};
    for (const ChipRouter &router : map.routers) {
      places[router.chip] = {router.x, router.y};
      routers[router.chip] = &router;
    }
    for (uint32_t chip = 0; chip < map.chips; ++chip)
      chips[places[chip]] = chip;
  }

  BoardPlace getPlace(uint32_t chip) const { return places[chip]; }
  const uint32_t *find(BoardPlace place) const {
    auto found = chips.find(place);
    return found == chips.end() ? nullptr : &found->second;
  }
  const uint32_t *getNeighbour(uint32_t chip, uint8_t direction) const {
    return find({places[chip].first + kLinkX[direction], places[chip].second + kLinkY[direction]});
  }
  const RouteEntry *getEntry(uint32_t chip, uint32_t key) const {
    if (routers[chip])
      for (const RouteEntry &entry : routers[chip]->entries)
        if ((key & entry.mask) == entry.key)
          return &entry;
    return nullptr;
  }

private:
  std::vector<BoardPlace> places;
  std::vector<const ChipRouter *> routers;
  std::map<BoardPlace, uint32_t> chips;
};

inline uint64_t countLocalNeurons(const CoreContents &core) {
  uint64_t neurons = 0;
  for (const NeuronRun &run : core.neurons)
    neurons += run.count;
  return neurons;
}

} // namespace lle::runtime

#endif // LLE_RUNTIME_COREMAP_BOARD_H
