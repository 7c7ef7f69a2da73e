//===- Place.cpp - cores to places on the chip ----------------------------===//
#include "passes/Placement/Passes.h"

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
    return Grid{*width, *height, *slots, std::min(*cores, *width * *height * *slots), *chips};
  }

  /// Row by row, the cores of a router one after the other.
  SmallVector<int64_t> getPlace(int64_t number) const {
    int64_t chip = number / chipCores, core = number % chipCores, router = core / routerCores;
    return {chip, router % width, router / width, core % routerCores};
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
    for (CoreOp core : map.getOps<CoreOp>())
      core.setPlace(grid->getPlace(core.getNumber()));
  }
};
} // namespace
