//===- Heat.cpp - how warm the chips of a core map are --------------------===//
#include "targets/CoreMaps/Heat.h"
#include "passes/Placement/Thermal.h"

#include "llvm/ADT/STLExtras.h"

using namespace lle;

std::vector<std::vector<double>> lle::findTemperatures(const runtime::CoreMap &map, const std::vector<double> &watts) {
  Mesh mesh;
  mesh.width = map.gridWidth;
  mesh.height = map.gridHeight;
  std::vector<std::vector<double>> chips(map.chips, std::vector<double>(mesh.positions()));
  for (auto [core, power] : llvm::zip_equal(map.cores, watts))
    if (!core.isHost)
      chips[core.chip][size_t(core.y) * mesh.width + core.x] += power;
  const ThermalModel model(mesh, {});
  for (std::vector<double> &chip : chips)
    chip = model.temperatures(chip);
  return chips;
}
