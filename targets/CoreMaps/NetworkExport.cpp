//===- NetworkExport.cpp - core maps as populations and projections -------===//
#include "targets/CoreMaps/NetworkExport.h"

#include <algorithm>
#include <map>
#include <tuple>

using namespace lle;
using namespace lle::runtime;
namespace json = llvm::json;

namespace {

/// A neuron of a population.
struct NeuronName {
  uint32_t population, number;
};

struct Connection {
  uint32_t source, target;
  int16_t weight;
  uint8_t delay;
  friend bool operator<(const Connection &a, const Connection &b) {
    return std::tie(a.source, a.target, a.delay, a.weight) < std::tie(b.source, b.target, b.delay, b.weight);
  }
};

/// Connections of each pair of populations.
class ConnectionReader {
public:
  explicit ConnectionReader(const CoreMap &map) : map(map), names(map.cores.size()) {
    for (size_t i = 0; i < map.cores.size(); ++i)
      for (const NeuronRun &run : map.cores[i].neurons)
        for (uint32_t n = 0; n < run.count; ++n)
          names[i].push_back({run.population, run.first + n});
  }

  std::map<std::pair<uint32_t, uint32_t>, std::vector<Connection>> read() {
    if (map.isMulticast)
      readKeys();
    else
      readOutAxons();
    for (auto &[ends, list] : connections)
      std::sort(list.begin(), list.end());
    return std::move(connections);
  }

private:
  void readOutAxons() {
    for (size_t i = 0; i < map.cores.size(); ++i)
      for (size_t n = 0; n + 1 < map.cores[i].outBegin.size(); ++n)
        for (uint32_t k = map.cores[i].outBegin[n]; k < map.cores[i].outBegin[n + 1]; ++k)
          addAxon(names[i][n], map.cores[i].outAxons[k].core, map.cores[i].outAxons[k].axon);
  }

  void readKeys() {
    std::map<uint32_t, size_t> blocks; // the first key to the core that sends it
    for (size_t i = 0; i < map.cores.size(); ++i)
      if (!names[i].empty())
        blocks[map.cores[i].firstKey] = i;
    for (uint32_t target = 0; target < map.cores.size(); ++target)
      for (const KeyRange &range : map.cores[target].keyRanges)
        for (uint32_t i = 0; i < range.count; ++i) {
          auto block = blocks.upper_bound(range.firstKey + i);
          uint32_t axon = map.cores[target].keyedAxons[range.firstAxon + i];
          if (axon == UINT32_MAX || block == blocks.begin())
            continue;
          --block;
          if (uint32_t local = range.firstKey + i - block->first; local < names[block->second].size())
            addAxon(names[block->second][local], target, axon);
        }
  }

  void addAxon(NeuronName source, uint32_t target, uint32_t axon) {
    const CoreContents &core = map.cores[target];
    const SynapseRow &row = core.rows[core.inAxons[axon].row];
    for (uint32_t i = 0; i < row.count; ++i) {
      NeuronName to = names[target][core.inAxons[axon].base + (row.isDense ? i : core.offsets[row.firstOffset + i])];
      uint8_t delay = row.firstDelay == UINT32_MAX ? row.delay : core.delays[row.firstDelay + i];
      if (int16_t weight = core.weights[row.firstWeight + i])
        connections[{source.population, to.population}].push_back({source.number, to.number, weight, delay});
    }
  }

  const CoreMap &map;
  std::vector<std::vector<NeuronName>> names; ///< of each core's neurons
  std::map<std::pair<uint32_t, uint32_t>, std::vector<Connection>> connections;
};

} // namespace

static const char *getModelName(NeuronModel model) {
  switch (model) {
  case NeuronModel::Input:
    return "input";
  case NeuronModel::CubaLIF:
    return "cuba_lif";
  case NeuronModel::CubaLI:
    return "cuba_li";
  }
  llvm_unreachable("all models are named");
}

template <typename T>
static json::Value toJSON(const std::vector<T> &values) {
  if (values.size() == 1)
    return values[0];
  return json::Array(values);
}

static json::Object exportPopulation(const CoreMap &map, uint32_t number) {
  const CorePopulation &population = map.populations[number];
  int64_t size = 1;
  for (int64_t extent : population.shape)
    size *= extent;
  json::Object parameters;
  for (const NeuronParameter &parameter : population.parameters)
    parameters[parameter.name] = parameter.integers.empty() ? toJSON(parameter.reals) : toJSON(parameter.integers);
  json::Array cores;
  for (size_t i = 0; i < map.cores.size(); ++i)
    for (const NeuronRun &run : map.cores[i].neurons) {
      if (run.population != number)
        continue;
      const CoreContents &core = map.cores[i];
      json::Object place{{"core", i}, {"chip", core.chip}, {"first", run.first}, {"count", run.count}};
      if (!core.isHost) {
        place["x"] = core.x;
        place["y"] = core.y;
        place["slot"] = core.slot;
      }
      cores.push_back(std::move(place));
    }
  return json::Object{{"name", population.name},
                      {"model", getModelName(population.model)},
                      {"shape", json::Array(population.shape)},
                      {"size", size},
                      {"parameters", std::move(parameters)},
                      {"reset", population.reset == ResetRule::ToZero ? "zero" : "subtract"},
                      {"weight_exponent", population.weightExponent},
                      {"start", population.start},
                      {"reset_interval", population.resetInterval},
                      {"reset_offset", population.resetOffset},
                      {"cores", std::move(cores)}};
}

json::Object lle::exportNetwork(const CoreMap &map) {
  json::Array populations, projections, inputs, outputs;
  for (uint32_t i = 0; i < map.populations.size(); ++i)
    populations.push_back(exportPopulation(map, i));
  for (const auto &[ends, list] : ConnectionReader(map).read()) {
    json::Array connections;
    for (const Connection &connection : list)
      connections.push_back(json::Array{connection.source, connection.target, connection.weight, connection.delay});
    projections.push_back(json::Object{{"pre", map.populations[ends.first].name},
                                       {"post", map.populations[ends.second].name},
                                       {"connections", std::move(connections)}});
  }
  for (const CorePort &port : map.inputs)
    inputs.push_back(json::Object{{"name", port.name}, {"population", map.populations[port.population].name}});
  for (const CorePort &port : map.outputs)
    outputs.push_back(json::Object{{"name", port.name},
                                   {"population", map.populations[port.population].name},
                                   {"kind", port.isMembrane ? "membranes" : "spikes"}});
  return json::Object{{"target", map.target},
                      {"populations", std::move(populations)},
                      {"projections", std::move(projections)},
                      {"inputs", std::move(inputs)},
                      {"outputs", std::move(outputs)}};
}
