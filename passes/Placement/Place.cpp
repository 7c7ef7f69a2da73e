//===- Place.cpp - cores to places on the chip ----------------------------===//
#include "dialects/Neuro/SynapseRows.h"
#include "passes/Placement/MapNeurons.h"
#include "passes/Placement/Passes.h"
#include "passes/Placement/Placer.h"

#include "mlir/IR/Builders.h"

namespace lle {
#define GEN_PASS_DEF_PLACEMAP
#include "passes/Placement/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;
using namespace lle::neuro;

namespace {
/// The places of a system of chips.
struct Grid {
  int64_t width, height, routerCores, chipCores, chips;
  SmallVector<int64_t> routers; ///< Those that have cores, row by row.

  static FailureOr<Grid> get(MapOp map) {
    auto read = [&](StringRef name) -> FailureOr<int64_t> {
      if (std::optional<int64_t> limit = map.getLimit(name))
        return *limit;
      return map.emitOpError("needs the limit '") << name << "' to place cores";
    };
    FailureOr<int64_t> width = read("grid_width"), height = read("grid_height"), slots = read("router_cores"),
                       cores = read("chip_cores"), chips = read("system_chips");
    if (failed(width) || failed(height) || failed(slots) || failed(cores) || failed(chips))
      return failure();
    Grid grid{*width, *height, *slots, 0, *chips, {}};
    uint64_t gaps = uint64_t(map.getLimit("grid_gaps").value_or(0));
    for (int64_t router = 0; router < *width * *height; ++router)
      if (router >= 64 || !(gaps >> router & 1))
        grid.routers.push_back(router);
    grid.chipCores = std::min(*cores, int64_t(grid.routers.size()) * *slots);
    return grid;
  }

  /// Row by row, the cores of a router one after the other.
  SmallVector<int64_t> getPlace(int64_t number) const {
    int64_t chip = number / chipCores, core = number % chipCores, router = routers[core / routerCores];
    return {chip, router % width, router / width, core % routerCores};
  }

  /// All chips side by side.
  Mesh getMesh() const {
    Mesh mesh;
    mesh.width = uint32_t(width * chips);
    mesh.height = uint32_t(height);
    mesh.slots = uint32_t(routerCores);
    mesh.chipWidth = uint32_t(width);
    mesh.chipHeight = uint32_t(height);
    mesh.usable.assign(mesh.positions(), false);
    for (int64_t number = 0; number < chips * chipCores; ++number)
      mesh.usable[getPosition(getPlace(number))] = true;
    return mesh;
  }

  uint32_t getPosition(ArrayRef<int64_t> place) const {
    return uint32_t((place[2] * width * chips + place[0] * width + place[1]) * routerCores + place[3]);
  }

  /// Of a position of the mesh.
  SmallVector<int64_t> getPlace(const Mesh &mesh, uint32_t position) const {
    int64_t column = mesh.x(position);
    return {column / width, column % width, mesh.y(position), position % routerCores};
  }
};

struct PlaceMap : lle::impl::PlaceMapBase<PlaceMap> {
  using PlaceMapBase::PlaceMapBase;

  void runOnOperation() override {
    MapOp map = getOperation();
    int64_t cores = map.countCores();
    if (!cores) {
      map.emitOpError("has no cores to place; neuro-partition makes them");
      return signalPassFailure();
    }
    FailureOr<Grid> grid = Grid::get(map);
    if (failed(grid))
      return signalPassFailure();
    if (cores > grid->chips * grid->chipCores) {
      map.emitOpError("has ") << cores << " cores, but '" << map.getTarget() << "' " << grid->chips << " x "
                              << grid->chipCores;
      return signalPassFailure();
    }
    if (strategy == PlacementStrategy::sequential) {
      for (CoreOp core : map.getOps<CoreOp>())
        core.setPlace(grid->getPlace(int64_t(core.getNumber())));
      return;
    }
    Mesh mesh = grid->getMesh();
    llvm::Expected<std::vector<uint32_t>> positions = anneal(map, mesh, uint32_t(cores));
    if (!positions) {
      map.emitOpError() << llvm::toString(positions.takeError());
      return signalPassFailure();
    }
    for (CoreOp core : map.getOps<CoreOp>())
      core.setPlace(grid->getPlace(mesh, (*positions)[core.getNumber()]));
  }

private:
  llvm::Expected<std::vector<uint32_t>> anneal(MapOp map, const Mesh &mesh, uint32_t cores) const {
    std::vector<uint32_t> part;
    for (PopulationOp population : map.getOps<PopulationOp>())
      for (CoreRun run : readCores(population))
        part.insert(part.end(), size_t(run.count), uint32_t(run.core));
    PlacementOptions options;
    options.seed = uint64_t(seed);
    options.effort = effort;
    return placeParts(Traffic(MapNeurons(map).makeHypergraph(/*withInputs=*/false), part, cores), mesh, options);
  }
};
} // namespace
