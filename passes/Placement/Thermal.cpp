//===- Thermal.cpp - how warm a placement makes a chip --------------------===//
#include "passes/Placement/Thermal.h"

#include "llvm/ADT/STLExtras.h"

#include <utility>

using namespace lle;

namespace {
/// A symmetric positive definite system, which needs no pivots.
class Conductances {
public:
  explicit Conductances(size_t nodes) : nodes(nodes), matrix(nodes * nodes, 0) {}

  void connect(size_t a, size_t b, double conductance) {
    ground(a, conductance);
    ground(b, conductance);
    matrix[a * nodes + b] -= conductance;
    matrix[b * nodes + a] -= conductance;
  }
  void ground(size_t node, double conductance) { matrix[node * nodes + node] += conductance; }

  /// The inverse, by Gauss and Jordan in place.
  std::vector<double> invert() && {
    for (size_t pivot = 0; pivot < nodes; ++pivot) {
      const double scale = 1 / std::exchange(matrix[pivot * nodes + pivot], 1);
      for (size_t column = 0; column < nodes; ++column)
        matrix[pivot * nodes + column] *= scale;
      for (size_t row = 0; row < nodes; ++row) {
        if (row == pivot)
          continue;
        const double factor = std::exchange(matrix[row * nodes + pivot], 0);
        for (size_t column = 0; column < nodes; ++column)
          matrix[row * nodes + column] -= factor * matrix[pivot * nodes + column];
      }
    }
    return std::move(matrix);
  }

private:
  size_t nodes;
  std::vector<double> matrix;
};
} // namespace

ThermalModel::ThermalModel(const Mesh &mesh, const ThermalGrid &grid)
    : mesh(mesh), chipWidth(mesh.chipWidth ? mesh.chipWidth : mesh.width),
      chipHeight(mesh.chipHeight ? mesh.chipHeight : mesh.height) {
  const size_t cells = size_t(chipWidth) * chipHeight;
  Conductances system(2 * cells); // silicon, then the spreader
  for (size_t cell = 0; cell < cells; ++cell) {
    auto connectAcross = [&](size_t other) {
      system.connect(cell, other, grid.siliconAcross);
      system.connect(cells + cell, cells + other, grid.spreaderAcross);
    };
    if ((cell + 1) % chipWidth)
      connectAcross(cell + 1);
    if (cell + chipWidth < cells)
      connectAcross(cell + chipWidth);
    system.connect(cell, cells + cell, grid.siliconDown);
    system.ground(cells + cell, grid.chipToAir / double(cells));
  }
  std::vector<double> inverse = std::move(system).invert();
  for (size_t cell = 0; cell < cells; ++cell)
    response.insert(response.end(), inverse.begin() + 2 * cells * cell, inverse.begin() + 2 * cells * cell + cells);
}

std::vector<double> ThermalModel::temperatures(llvm::ArrayRef<double> power) const {
  std::vector<double> warmth(power.size(), 0);
  const size_t cells = size_t(chipWidth) * chipHeight;
  for (uint32_t source = 0; source < power.size(); ++source) {
    if (power[source] == 0)
      continue;
    const uint32_t x = source % mesh.width, y = source / mesh.width;
    const size_t firstX = x - x % chipWidth, firstY = y - y % chipHeight;
    const size_t from = (y - firstY) * chipWidth + (x - firstX);
    for (size_t cell = 0; cell < cells; ++cell)
      warmth[(firstY + cell / chipWidth) * mesh.width + firstX + cell % chipWidth] +=
          power[source] * response[cell * cells + from];
  }
  return warmth;
}

double ThermalModel::peak(llvm::ArrayRef<double> power, llvm::ArrayRef<uint32_t> position) const {
  std::vector<double> ofRouter(size_t(mesh.width) * mesh.height, 0);
  for (auto [watts, at] : llvm::zip_equal(power, position))
    ofRouter[at / mesh.slots] += watts;
  return *llvm::max_element(temperatures(ofRouter));
}

void lle::coolParts(const Traffic &traffic, const Mesh &mesh, const PlacementOptions &options,
                    const ThermalModel &thermal, llvm::ArrayRef<double> power, double share,
                    std::vector<uint32_t> &position) {
  const double most = objectiveOf(costOfPlacement(traffic, mesh, position), options) * (1 + share);
  double peak = thermal.peak(power, position);
  std::vector<uint32_t> occupant(mesh.positions(), traffic.parts); // as many as there are: nobody
  for (uint32_t part = 0; part < traffic.parts; ++part)
    occupant[position[part]] = part;
  auto swap = [&](uint32_t part, uint32_t to) {
    uint32_t from = position[part], other = occupant[to];
    occupant[from] = other;
    if (other < traffic.parts)
      position[other] = from;
    occupant[to] = part;
    position[part] = to;
  };
  for (bool improved = true; improved;) {
    improved = false;
    for (uint32_t part = 0; part < traffic.parts; ++part)
      for (uint32_t to = 0; to < mesh.positions(); ++to) {
        const uint32_t from = position[part];
        if (to == from || !mesh.isUsable(to))
          continue;
        swap(part, to);
        const double cooler = thermal.peak(power, position);
        if (cooler < peak * (1 - 1e-9) && objectiveOf(costOfPlacement(traffic, mesh, position), options) <= most) {
          peak = cooler;
          improved = true;
        } else {
          swap(part, from);
        }
      }
  }
}
