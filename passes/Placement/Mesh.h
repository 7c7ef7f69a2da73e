//===- Mesh.h - routers in rows and columns ---------------------*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_MESH_H
#define LLE_PASSES_PLACEMENT_MESH_H

#include <cstdint>
#include <cstdlib>
#include <vector>

namespace lle {

/// Routers in rows and columns, with XY routes: along the row first, then along the column. Cores of one router are
/// consecutive positions, position = (y * width + x) * slots + slot, no hop from each other.
struct Mesh {
  uint32_t width = 1, height = 1;
  uint32_t slots = 1;                     ///< Cores of a router.
  uint32_t chipWidth = 0, chipHeight = 0; ///< Routers of a chip; 0 where all are one chip.
  std::vector<bool> usable;               ///< Of each position; empty where all are.

  uint32_t positions() const { return width * height * slots; }
  bool isUsable(uint32_t position) const { return usable.empty() || usable[position]; }
  uint32_t x(uint32_t position) const { return position / slots % width; }
  uint32_t y(uint32_t position) const { return position / slots / width; }
  uint32_t hops(uint32_t a, uint32_t b) const {
    return std::abs(int32_t(x(a)) - int32_t(x(b))) + std::abs(int32_t(y(a)) - int32_t(y(b)));
  }
  /// Borders between chips from one column or row to another.
  uint32_t crossingsX(uint32_t a, uint32_t b) const { return crossings(a, b, chipWidth); }
  uint32_t crossingsY(uint32_t a, uint32_t b) const { return crossings(a, b, chipHeight); }

private:
  static uint32_t crossings(uint32_t a, uint32_t b, uint32_t size) {
    return size ? std::abs(int32_t(a / size) - int32_t(b / size)) : 0;
  }
};

} // namespace lle

#endif
