//===- MapNeurons.cpp - the neurons of a map as a graph -------------------===//
#include "passes/Placement/MapNeurons.h"
#include "dialects/Neuro/SynapseRows.h"

#include <cmath>
#include <numeric>

using namespace mlir;
using namespace lle;
using namespace lle::neuro;

/// Where nothing was measured.
static constexpr double kAssumedRate = 0.1;

static uint32_t countNeurons(Type type) { return uint32_t(cast<ShapedType>(type).getNumElements()); }

MapNeurons::MapNeurons(MapOp map) {
  std::map<std::pair<int32_t, int32_t>, uint32_t> decayNumbers;
  std::map<int32_t, uint32_t> thresholdNumbers;
  for (PopulationOp population : map.getOps<PopulationOp>()) {
    uint32_t count = countNeurons(population.getType());
    groups.push_back(
        {population, neurons, count, population.getRate() ? population.getRate()->convertToDouble() : kAssumedRate});
    neurons += count;
    if (population.hasRealStates()) { // each neuron has its own parameters, and no table holds them
      decays.resize(neurons);
      thresholds.resize(neurons);
      continue;
    }
    auto read = [&](StringRef name) {
      auto elements = population.getParameters().getAs<ElementsAttr>(name);
      return elements ? readArray<int32_t>(elements) : std::vector<int32_t>(count, 0);
    };
    std::vector<int32_t> du = read("du"), dv = read("dv"), threshold = read("v_threshold");
    for (uint32_t n = 0; n < count; ++n) {
      decays.push_back(decayNumbers.try_emplace({du[n], dv[n]}, uint32_t(decayNumbers.size())).first->second);
      thresholds.push_back(thresholdNumbers.try_emplace(threshold[n], uint32_t(thresholdNumbers.size())).first->second);
    }
  }
  sources = neurons;
  for (InputOp input : map.getOps<InputOp>()) {
    uint32_t count = countNeurons(input.getType());
    groups.push_back({input, sources, count, input.getRate() ? input.getRate()->convertToDouble() : kAssumedRate});
    sources += count;
  }
  collectTargets(map);
  collectOrigins();
}

void MapNeurons::collectTargets(MapOp map) {
  llvm::StringMap<uint32_t> firsts;
  for (const Group &group : groups)
    firsts[SymbolTable::getSymbolName(group.op)] = group.first;
  struct Edge {
    uint32_t source, target;
    SynapseRows table;
  };
  std::vector<Edge> edges;
  targetBegin.assign(sources + 1, 0);
  for (SynapsesOp op : map.getOps<SynapsesOp>()) {
    edges.push_back({firsts[op.getSource()], firsts[op.getTarget()], readSynapses(op)});
    const Edge &edge = edges.back();
    for (auto [source, row] : llvm::enumerate(edge.table.rows))
      targetBegin[edge.source + source + 1] += edge.table.rowBegin[row + 1] - edge.table.rowBegin[row];
    for (int8_t delay : edge.table.delays)
      longestDelay = std::max(longestDelay, uint32_t(delay));
  }
  for (uint32_t source = 0; source < sources; ++source)
    targetBegin[source + 1] += targetBegin[source];
  targets.resize(targetBegin.back());
  std::vector<uint64_t> next(targetBegin.begin(), targetBegin.end() - 1);
  for (const Edge &edge : edges)
    for (auto [source, row] : llvm::enumerate(edge.table.rows))
      for (int64_t i = edge.table.rowBegin[row]; i < edge.table.rowBegin[row + 1]; ++i)
        targets[next[edge.source + source]++] =
            edge.target + uint32_t(edge.table.bases[source] + edge.table.offsets[i]);
}

void MapNeurons::collectOrigins() {
  originBegin.assign(neurons + 1, 0);
  for (uint32_t target : targets)
    ++originBegin[target + 1];
  for (uint32_t neuron = 0; neuron < neurons; ++neuron)
    originBegin[neuron + 1] += originBegin[neuron];
  origins.resize(targets.size());
  std::vector<uint64_t> next(originBegin.begin(), originBegin.end() - 1);
  for (uint32_t source = 0; source < sources; ++source)
    for (uint32_t target : getTargets(source))
      origins[next[target]++] = source;
}

const MapNeurons::Group &MapNeurons::getGroup(uint32_t neuron) const {
  auto after = llvm::upper_bound(groups, neuron, [](uint32_t n, const Group &group) { return n < group.first; });
  return *std::prev(after);
}

Hypergraph MapNeurons::makeHypergraph() const {
  Hypergraph graph;
  graph.vertices = neurons;
  graph.demand.assign(neurons, 1);
  graph.configuration = decays;
  graph.pins.reserve(targets.size());
  for (uint32_t source = 0; source < sources; ++source) {
    llvm::append_range(graph.pins, getTargets(source));
    auto first = graph.pins.begin() + int64_t(graph.netBegin.back());
    std::sort(first, graph.pins.end());
    graph.pins.erase(std::unique(first, graph.pins.end()), graph.pins.end());
    if (graph.pins.size() == graph.netBegin.back())
      continue;
    graph.netBegin.push_back(graph.pins.size());
    graph.source.push_back(source < neurons ? source : Hypergraph::kHost);
    graph.rate.push_back(uint64_t(std::llround(getGroup(source).rate / kRateUnit)));
  }
  return graph;
}

std::vector<uint32_t> MapNeurons::getWork() const {
  std::vector<double> messages(neurons, 0);
  for (const Group &group : groups)
    for (uint32_t source = group.first; source < group.first + group.count; ++source) {
      for (uint32_t target : getTargets(source))
        messages[target] += group.rate;
      if (source < neurons && !getTargets(source).empty())
        messages[source] += group.rate;
    }
  const double all = std::accumulate(messages.begin(), messages.end(), 0.0);
  std::vector<uint32_t> work(neurons, 0);
  for (uint32_t neuron = 0; all > 0 && neuron < neurons; ++neuron)
    work[neuron] = uint32_t(messages[neuron] / all * 0x1p30);
  return work;
}

void MapNeurons::writeCores(ArrayRef<uint32_t> cores) const {
  for (const Group &group : groups) {
    auto population = dyn_cast<PopulationOp>(group.op);
    if (!population)
      continue;
    std::vector<CoreRun> runs;
    for (uint32_t core : cores.slice(group.first, group.count)) {
      if (runs.empty() || runs.back().core != int32_t(core))
        runs.push_back({int32_t(core), 0});
      ++runs.back().count;
    }
    population.setCoresAttr(makeCores(population.getContext(), population.getSymName(), runs));
  }
}
