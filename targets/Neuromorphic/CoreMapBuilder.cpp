//===- CoreMapBuilder.cpp - placed networks as core maps ------------------===//
#include "targets/Neuromorphic/CoreMapBuilder.h"
#include "dialects/Neuro/SynapseRows.h"
#include "lowering/SpkToNeuro/ChipNeurons.h"
#include "passes/Placement/Board.h"
#include "runtime/coremap/Layout.h"
#include "runtime/coremap/Routing.h"

#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace lle;
using namespace lle::neuro;
using runtime::CoreContents;
using runtime::CoreMap;
using runtime::CorePopulation;

namespace {
class CoreMapBuilder {
public:
  CoreMapBuilder(MapOp op, const Target &target) : op(op), target(target) {}

  FailureOr<CoreMap> build() {
    map.target = target.name;
    if (parseCoreArithmetic(target.arithmetic) == CoreArithmetic::spinnaker2)
      map.arithmetic = runtime::ChipArithmetic::SpiNNaker2;
    if (failed(addCores()))
      return failure();
    addPopulations();
    if (failed(addSynapses()))
      return failure();
    addPorts();
    addFigures();
    return std::move(map);
  }

private:
  /// Where a neuron is.
  struct Seat {
    uint32_t core, neuron;
  };
  /// Synapses of a population, as the operation has them.
  struct OutgoingRows {
    uint32_t target;
    SynapseRows table;
  };

  MapOp op;
  const Target &target;
  CoreMap map;
  llvm::StringMap<uint32_t> numbers;    ///< Of populations.
  std::vector<std::vector<Seat>> seats; ///< Of each population's neurons.
  std::vector<uint32_t> coreNeurons;    ///< How many a core has.

  LogicalResult addCores();
  void addPopulations();
  void addPopulation(CorePopulation population, ArrayRef<CoreRun> runs);
  void addParameters(PopulationOp from, CorePopulation &to);
  LogicalResult addSynapses();
  void addPorts();
  void addFigures();
};
} // namespace

static std::vector<int64_t> getShape(Type type) { return cast<ShapedType>(type).getShape().vec(); }

/// That of the map, or else of the target.
static std::optional<int64_t> findLimit(MapOp op, const Target &target, StringRef name) {
  if (std::optional<int64_t> own = op.getLimit(name))
    return own;
  const CostFigure *figure = target.getLimit(name);
  return figure ? std::optional(int64_t(figure->value)) : std::nullopt;
}

LogicalResult CoreMapBuilder::addCores() {
  auto getLimit = [&](StringRef name, uint32_t otherwise) {
    return uint32_t(findLimit(op, target, name).value_or(otherwise));
  };
  map.chips = getLimit("system_chips", map.chips);
  if (map.chips > 1)
    map.routers = getBoard(op);
  map.gridWidth = getLimit("grid_width", map.gridWidth);
  map.gridHeight = getLimit("grid_height", map.gridHeight);
  map.slots = getLimit("router_cores", map.slots);
  for (CoreOp core : op.getOps<CoreOp>()) {
    if (!core.getPlace())
      return core.emitOpError("has no place yet; neuro-place gives it one");
    ArrayRef<int64_t> place = *core.getPlace();
    CoreContents contents;
    contents.chip = uint32_t(place[0]);
    contents.x = uint32_t(place[1]);
    contents.y = uint32_t(place[2]);
    contents.slot = uint32_t(place[3]);
    map.cores.push_back(std::move(contents));
  }
  if (map.cores.empty())
    return op.emitOpError("has no cores; neuro-partition makes them");
  map.cores.emplace_back().isHost = true;
  coreNeurons.assign(map.cores.size(), 0);
  return success();
}

/// One value where all are equal.
void CoreMapBuilder::addParameters(PopulationOp from, CorePopulation &to) {
  auto read = [](NamedAttribute parameter, auto &values) {
    using T = typename std::decay_t<decltype(values)>::value_type;
    values = readArray<T>(cast<ElementsAttr>(parameter.getValue()));
    if (llvm::all_equal(values))
      values.resize(1);
  };
  for (NamedAttribute parameter : from.getParameters()) {
    runtime::NeuronParameter &added = to.parameters.emplace_back();
    added.name = parameter.getName().str();
    if (from.hasRealStates())
      read(parameter, added.reals);
    else
      read(parameter, added.integers);
  }
}

void CoreMapBuilder::addPopulation(CorePopulation population, ArrayRef<CoreRun> runs) {
  uint32_t number = uint32_t(map.populations.size()), first = 0;
  numbers[population.name] = number;
  std::vector<Seat> &places = seats.emplace_back();
  for (CoreRun run : runs) {
    uint32_t &next = coreNeurons[run.core];
    for (int32_t i = 0; i < run.count; ++i)
      places.push_back({uint32_t(run.core), next++});
    map.cores[run.core].neurons.push_back({number, first, uint32_t(run.count)});
    first += uint32_t(run.count);
  }
  map.populations.push_back(std::move(population));
}

void CoreMapBuilder::addPopulations() {
  const int32_t host = int32_t(map.cores.size() - 1);
  for (InputOp input : op.getOps<InputOp>()) {
    CorePopulation population;
    population.name = input.getSymName();
    population.model = runtime::NeuronModel::Input;
    population.shape = getShape(input.getType());
    addPopulation(std::move(population), CoreRun{host, int32_t(cast<ShapedType>(input.getType()).getNumElements())});
  }
  for (PopulationOp from : op.getOps<PopulationOp>()) {
    CorePopulation population;
    population.name = from.getSymName();
    population.model =
        from.getModel() == Model::cuba_lif ? runtime::NeuronModel::CubaLIF : runtime::NeuronModel::CubaLI;
    population.shape = getShape(from.getType());
    addParameters(from, population);
    population.reset = from.getSubtract() ? runtime::ResetRule::Subtract : runtime::ResetRule::ToZero;
    population.weightExponent = uint32_t(from.getWeightExp().value_or(0));
    population.start = uint32_t(from.getStart());
    population.resetInterval = uint32_t(from.getResetInterval().value_or(0));
    population.resetOffset = uint32_t(from.getResetOffset().value_or(0));
    addPopulation(std::move(population), readCores(from));
  }
}

LogicalResult CoreMapBuilder::addSynapses() {
  std::vector<std::vector<OutgoingRows>> outgoing(map.populations.size());
  for (SynapsesOp synapses : op.getOps<SynapsesOp>())
    outgoing[numbers[synapses.getSource()]].push_back({numbers[synapses.getTarget()], readSynapses(synapses)});

  const size_t cores = map.cores.size();
  for (auto [neurons, core] : llvm::zip(coreNeurons, map.cores)) {
    if (!core.isHost && neurons > uint32_t(UINT16_MAX) + 1)
      return op.emitOpError("has a core of ") << neurons << " neurons, more than an offset of 16 bits tells apart";
    core.outBegin.push_back(0);
  }
  std::vector<SynapseRowsBuilder> rows(cores);
  std::vector<std::vector<Synapse>> row(cores); // of one source, in each core
  std::vector<uint32_t> reached;
  for (auto [population, places] : llvm::enumerate(seats)) {
    std::vector<OutgoingRows> &tables = outgoing[population];
    llvm::sort(tables, [](const OutgoingRows &a, const OutgoingRows &b) { return a.target < b.target; });
    for (auto [source, seat] : llvm::enumerate(places)) {
      for (const OutgoingRows &out : tables) {
        const SynapseRows &table = out.table;
        int32_t number = table.rows[source];
        for (int64_t i = table.rowBegin[number]; i < table.rowBegin[number + 1]; ++i) {
          Seat to = seats[out.target][table.bases[source] + table.offsets[i]];
          if (row[to.core].empty())
            reached.push_back(to.core);
          row[to.core].push_back({int32_t(to.neuron), table.weights[i], table.delays[i]});
        }
      }
      CoreContents &sender = map.cores[seat.core];
      llvm::sort(reached);
      for (uint32_t core : reached) {
        sender.outAxons.push_back({core, rows[core].countSources()});
        rows[core].addSource(row[core]);
        row[core].clear();
      }
      reached.clear();
      sender.outBegin.push_back(uint32_t(sender.outAxons.size()));
    }
  }
  for (auto [builder, core] : llvm::zip(rows, map.cores)) {
    SynapseRows table = builder.take();
    for (auto [number, base] : llvm::zip(table.rows, table.bases))
      core.inAxons.push_back({uint32_t(number), uint32_t(base)});
    for (size_t number = 0; number + 1 < table.rowBegin.size(); ++number) {
      auto begin = uint32_t(table.rowBegin[number]);
      runtime::SynapseRow stored;
      stored.firstWeight = stored.firstOffset = begin;
      stored.count = uint32_t(table.rowBegin[number + 1]) - begin;
      auto delays = ArrayRef<int8_t>(table.delays).slice(begin, stored.count);
      if (llvm::all_equal(delays)) {
        stored.delay = uint8_t(delays.front());
      } else {
        stored.firstDelay = uint32_t(core.delays.size());
        core.delays.insert(core.delays.end(), delays.begin(), delays.end());
      }
      core.rows.push_back(stored);
    }
    core.weights = std::move(table.weights);
    core.offsets.assign(table.offsets.begin(), table.offsets.end());
  }
  return success();
}

void CoreMapBuilder::addPorts() {
  for (InputOp input : op.getOps<InputOp>())
    map.inputs.push_back({input.getPort().str(), numbers[input.getSymName()], false});
  for (neuro::OutputOp output : op.getOps<neuro::OutputOp>()) {
    uint32_t number = numbers[output.getPopulation()];
    map.outputs.push_back(
        {output.getPort().str(), number, map.populations[number].model == runtime::NeuronModel::CubaLI});
  }
}

void CoreMapBuilder::addFigures() {
  auto add = [&](const char *dictionary, const CostFigure &figure) {
    map.figures.push_back(
        {std::string(dictionary) + "." + figure.what, figure.value, figure.provenance, figure.source});
  };
  for (CostFigure limit : target.limits) {
    if (std::optional<int64_t> own = op.getLimit(limit.what); own && *own != int64_t(limit.value)) {
      limit.value = double(*own);
      limit.provenance = "assumed";
      limit.source = "the map";
    }
    add("limits", limit);
  }
  for (const auto &[dictionary, units] : {std::pair("unit_pj", &target.unitPj), std::pair("unit_ns", &target.unitNs)})
    for (const std::optional<CostFigure> &figure : *units)
      if (figure)
        add(dictionary, *figure);
  for (const CostFigure &figure : target.packetPj)
    add("unit_pj", figure);
  for (const CostFigure &figure : target.packetNs)
    add("unit_ns", figure);
}

/// A chip whose routers have tables sends keys; the others' packets find their way by the address of a core.
static LogicalResult routePackets(CoreMap &map, MapOp placed, const Target &target) {
  std::optional<int64_t> entries = findLimit(placed, target, "router_entries");
  if (!entries)
    return success();
  runtime::Status keys = runtime::assignKeys(map);
  if (!keys)
    return placed.emitError() << keys.error().message;
  runtime::Result<runtime::MulticastTrees> trees = runtime::routeMulticast(map, size_t(*entries));
  return trees ? success() : LogicalResult(placed.emitError() << trees.error().message);
}

FailureOr<CoreMap> lle::makeCoreMap(MapOp op, const Target &target) {
  FailureOr<CoreMap> map = CoreMapBuilder(op, target).build();
  if (failed(map) || failed(routePackets(*map, op, target)))
    return failure();
  runtime::layOutMemory(*map);
  return map;
}
