//===- Place.cpp - cores to places on the chip ----------------------------===//
#include "dialects/Neuro/SynapseRows.h"
#include "passes/Analysis/Chip.h"
#include "passes/Placement/Board.h"
#include "passes/Placement/JointRefinement.h"
#include "passes/Placement/Passes.h"
#include "passes/Placement/SequentialCores.h"
#include "passes/Placement/Thermal.h"
#include "runtime/coremap/Routing.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Remarks.h"

#include <cmath>
#include <set>

namespace lle {
#define GEN_PASS_DEF_PLACEMAP
#include "passes/Placement/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;
using namespace lle::neuro;

std::vector<runtime::ChipRouter> lle::getBoard(MapOp map) {
  runtime::CoreMap system;
  if (map.getLimit("board_hexagon")) {
    runtime::setHexagonalBoard(system);
    return system.routers;
  }
  const int64_t chips = map.getLimit("system_chips").value_or(1), width = map.getLimit("board_width").value_or(chips);
  for (int64_t chip = 0; chip < chips; ++chip)
    system.routers.push_back({uint32_t(chip), int32_t(chip % width), int32_t(chip / width), {}});
  return system.routers;
}

namespace {
/// The places of a system of chips.
struct Grid {
  int64_t width, height, routerCores, chipCores, chips;
  std::vector<runtime::ChipRouter> board;
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
    Grid grid{*width, *height, *slots, 0, *chips, getBoard(map), {}};
    if (*chips != int64_t(grid.board.size()))
      return map.emitOpError("has the limit 'system_chips' of ")
             << *chips << ", but a board of " << grid.board.size() << " chips";
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

  /// All chips at their places on the board, whose other places have no cores.
  /// Of as many chips as so many cores need: packets between chips are the slow ones.
  Mesh getMesh(int64_t cores) const {
    int64_t used = llvm::divideCeil(cores, chipCores);
    Mesh mesh;
    for (const runtime::ChipRouter &chip : ArrayRef(board).take_front(used)) {
      mesh.width = std::max(mesh.width, uint32_t(width * (chip.x + 1)));
      mesh.height = std::max(mesh.height, uint32_t(height * (chip.y + 1)));
    }
    mesh.slots = uint32_t(routerCores);
    mesh.chipWidth = uint32_t(width);
    mesh.chipHeight = uint32_t(height);
    mesh.usable.assign(mesh.positions(), false);
    for (int64_t number = 0; number < used * chipCores; ++number)
      mesh.usable[getPosition(mesh, getPlace(number))] = true;
    return mesh;
  }

  /// Of a usable position of the mesh.
  SmallVector<int64_t> getPlace(const Mesh &mesh, uint32_t position) const {
    int64_t column = mesh.x(position), row = mesh.y(position);
    auto chip = llvm::find_if(
        board, [&](const runtime::ChipRouter &at) { return at.x == column / width && at.y == row / height; });
    return {chip - board.begin(), column % width, row % height, position % routerCores};
  }

private:
  uint32_t getPosition(const Mesh &mesh, ArrayRef<int64_t> place) const {
    const runtime::ChipRouter &chip = board[place[0]];
    int64_t column = chip.x * width + place[1], row = chip.y * height + place[2];
    return uint32_t((row * mesh.width + column) * routerCores + place[3]);
  }
};

/// Annealings; a day of them on the smallest of networks.
constexpr unsigned kMostEffort = 100000;

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
                              << grid->chipCores << ": take a system of more chips, or put more neurons on a core";
      return signalPassFailure();
    }
    if (effort > kMostEffort) {
      map.emitOpError("effort must be at most ") << kMostEffort << ", got " << unsigned(effort);
      return signalPassFailure();
    }
    if (strategy == PlacementStrategy::sequential) {
      for (CoreOp core : map.getOps<CoreOp>())
        core.setPlace(grid->getPlace(int64_t(core.getNumber())));
      return;
    }
    // Where they are not, all chips are one grid.
    Mesh mesh = grid->getMesh(crossing > 0 ? cores : grid->chips * grid->chipCores);
    FailureOr<std::vector<uint32_t>> positions = anneal(map, mesh, uint32_t(cores));
    if (failed(positions))
      return signalPassFailure();
    for (CoreOp core : map.getOps<CoreOp>())
      core.setPlace(grid->getPlace(mesh, (*positions)[core.getNumber()]));
  }

private:
  FailureOr<std::vector<uint32_t>> anneal(MapOp map, const Mesh &mesh, uint32_t cores) const {
    std::vector<uint32_t> part;
    for (PopulationOp population : map.getOps<PopulationOp>())
      for (CoreRun run : readCores(population))
        part.insert(part.end(), size_t(run.count), uint32_t(run.core));
    PlacementOptions options;
    options.seed = uint64_t(seed);
    options.effort = effort;
    options.crossingWeight = crossing;
    options.linkWeight = links;
    if (!(crossing >= 0) || !(links >= 0) || !(locality >= 0) || !(thermal >= 0))
      return map.emitOpError("crossing, links, locality and thermal must not be negative");
    MapNeurons neurons(map);
    Hypergraph graph = neurons.makeHypergraph();
    auto measureTraffic = [&] {
      Traffic traffic(graph, part, cores);
      if (locality > 0)
        attractLayers(map, traffic);
      return traffic;
    };
    Traffic traffic = measureTraffic();
    llvm::Expected<std::vector<uint32_t>> positions = placeParts(traffic, mesh, options);
    if (!positions)
      return map.emitOpError() << llvm::toString(positions.takeError());
    if (joint) {
      moveNeurons(map, neurons, graph, mesh, options, *positions, part);
      traffic = measureTraffic();
    }
    if (thermal > 0) {
      FailureOr<std::vector<double>> power = getPower(map, neurons, part, cores);
      if (failed(power))
        return failure();
      ThermalModel model(mesh, {});
      const double before = model.peak(*power, *positions);
      coolParts(traffic, mesh, options, model, *power, thermal, *positions);
      remark::analysis(map.getLoc(), remark::RemarkOpts::name("Cooled").category("mapping").function(map.getSymName()))
          << remark::metric("PeakKelvin", model.peak(*power, *positions)) << remark::metric("PeakKelvinBefore", before);
    }
    return std::move(*positions);
  }

  /// The cores of a population, in the order of their numbers, are as if each sent to the next one `locality` times
  /// what cores send to each other in the mean.
  void attractLayers(MapOp map, Traffic &traffic) const {
    double sent = 0;
    for (const Traffic::Flow &flow : traffic.flows)
      sent += double(flow.rate) * double(traffic.destinations(flow).size());
    const uint64_t rate = uint64_t(std::llround(locality * std::max(1.0, sent / traffic.parts)));
    for (PopulationOp population : map.getOps<PopulationOp>()) {
      std::set<uint32_t> cores;
      for (CoreRun run : readCores(population))
        cores.insert(uint32_t(run.core));
      for (auto [core, next] : llvm::zip(cores, llvm::drop_begin(cores)))
        traffic.attract(core, next, rate);
    }
  }

  /// Neurons change their cores, where all cores still have room for theirs and none takes longer than the slowest did.
  static void moveNeurons(MapOp map, const MapNeurons &neurons, Hypergraph &graph, const Mesh &mesh,
                          const PlacementOptions &options, ArrayRef<uint32_t> positions, std::vector<uint32_t> &part) {
    const CoreCapacity capacity = getCoreCapacity(map);
    CoreLimits limits = getCoreLimits(neurons, capacity, countLargestCore(part));
    graph.addResource(neurons.getWork());
    limits.additive.push_back({"work", countMost(graph, part)});
    auto objective = [&](ArrayRef<uint32_t> cores) {
      return objectiveOf(costOfPlacement(Traffic(graph, cores, uint32_t(positions.size())), mesh, positions), options);
    };
    std::vector<uint32_t> moved = part;
    const double saved = refineJointly(graph, limits, mesh, positions, options, moved);
    const auto remarked = remark::RemarkOpts::name("Joint").category("mapping").function(map.getSymName());
    // Of what these limits leave out, and of the busiest link, which moves do not look at.
    if (std::optional<CoreExcess> excess = checkCores(neurons, capacity, moved)) {
      remark::missed(map.getLoc(), remarked)
          << remark::reason("a core needs {0} {1}, the limit is {2}", excess->used, excess->resource, excess->limit);
      return;
    }
    if (saved > 0 && objective(moved) >= objective(part)) {
      remark::missed(map.getLoc(), remarked) << remark::reason("the busiest link gets busier");
      return;
    }
    part = std::move(moved);
    neurons.writeCores(part);
    remark::passed(map.getLoc(), remarked) << remark::metric("SavedPerStep", saved * MapNeurons::kRateUnit);
  }

  /// W of each core, mean: its synaptic operations and updates in a tick, at the target's energies.
  static FailureOr<std::vector<double>> getPower(MapOp map, const MapNeurons &neurons, ArrayRef<uint32_t> part,
                                                 uint32_t cores) {
    FailureOr<ChipDescription> chip = readRegisteredChip(map.getTarget(), *map.getContext());
    if (failed(chip))
      return failure();
    auto getPicojoules = [&](StringRef unit) {
      const std::optional<CostFigure> &figure =
          chip->unitPj[llvm::find(getWorkUnitNames(), unit) - getWorkUnitNames().begin()];
      return figure ? figure->value : 0;
    };
    const double perSynapse = getPicojoules("synaptic_operation"), perUpdate = getPicojoules("neuron_update");
    std::vector<double> power(cores, 0);
    for (uint32_t neuron = 0; neuron < neurons.neurons; ++neuron)
      power[part[neuron]] += perUpdate;
    for (const MapNeurons::Group &group : neurons.groups)
      for (uint32_t source = group.first; source < group.first + group.count; ++source)
        for (uint32_t target : neurons.getTargets(source))
          power[part[target]] += group.rate * perSynapse;
    for (double &each : power)
      each *= 1e-12 / map.getDt().convertToDouble();
    return power;
  }
};
} // namespace
