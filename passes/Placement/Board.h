//===- Board.h - where the chips of a map's system are ----------*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_BOARD_H
#define LLE_PASSES_PLACEMENT_BOARD_H

#include "dialects/Neuro/NeuroOps.h"
#include "runtime/coremap/CoreMap.h"

namespace lle {

/// The chips of the limit `system_chips` at their places, without tables: a hexagon where there is `board_hexagon`,
/// else rows of `board_width` chips, and one row where there is neither.
std::vector<runtime::ChipRouter> getBoard(neuro::MapOp map);

} // namespace lle

#endif
