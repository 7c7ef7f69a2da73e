//===- Thermal.h - how warm a placement makes a chip ------------*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_THERMAL_H
#define LLE_PASSES_PLACEMENT_THERMAL_H

#include "passes/Placement/Placer.h"

namespace lle {

/// A grid of thermal conductances in the steady state: each router of a chip is a cell of silicon, which conducts to
/// the cells beside it and down to its cell of the heat spreader; that conducts to the spreader's cells beside it and
/// to the air (K. Skadron et al., Temperature-aware microarchitecture, ISCA 2003). Chips do not warm each other.
struct ThermalGrid {
  /// W/K. Materials and thicknesses are HotSpot's defaults (silicon of 0.15 mm and 100 W/(m K), 20 um of 4 W/(m K)
  /// below it, 1 mm of copper); cells of 1 mm^2 are 31 mm^2, the die of Loihi 2, over 32 routers; 10 K/W to the air are
  /// a small heat sink. All of it is assumed.
  double siliconAcross = 0.015, siliconDown = 0.154, spreaderAcross = 0.4, chipToAir = 0.1;
};

/// Temperatures above the air, in K, by superposition: what one watt at one router does to each is found once.
class ThermalModel {
public:
  ThermalModel(const Mesh &mesh, const ThermalGrid &grid);

  /// Of each router (y * width + x), from the power at each in W.
  std::vector<double> temperatures(llvm::ArrayRef<double> power) const;
  /// Of the warmest one, with the parts at these positions. `power`: of each part.
  double peak(llvm::ArrayRef<double> power, llvm::ArrayRef<uint32_t> position) const;

private:
  const Mesh &mesh;
  uint32_t chipWidth, chipHeight;
  std::vector<double> response; ///< [cell * cells + source], K/W, within a chip.
};

/// Swaps parts, and moves them to free positions, while that lowers the peak and the objective stays below `1 + share`
/// times what it was: temperature comes last.
void coolParts(const Traffic &traffic, const Mesh &mesh, const PlacementOptions &options, const ThermalModel &thermal,
               llvm::ArrayRef<double> power, double share, std::vector<uint32_t> &position);

} // namespace lle

#endif
