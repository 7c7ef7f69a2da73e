//===- NetworkExport.cpp - core maps as populations and projections -------===//
#include "targets/CoreMaps/NetworkExport.h"
#include "targets/CoreMaps/Synapses.h"

#include <algorithm>
#include <map>
#include <tuple>

using namespace lle;
using namespace lle::runtime;
namespace json = llvm::json;

namespace {

struct Connection {
  uint32_t source, target;
  int16_t weight;
  uint8_t delay;
  friend bool operator<(const Connection &a, const Connection &b) {
    return std::tie(a.source, a.target, a.delay, a.weight) < std::tie(b.source, b.target, b.delay, b.weight);
  }
};

} // namespace

/// Connections of each pair of populations.
static std::map<std::pair<uint32_t, uint32_t>, std::vector<Connection>> readConnections(const CoreMap &map) {
  std::map<std::pair<uint32_t, uint32_t>, std::vector<Connection>> connections;
  SynapseReader reader(map);
  reader.visit([&](const CoreSynapse &synapse) {
    NeuronName target = reader.getName(synapse.core, synapse.target);
    connections[{synapse.source.population, target.population}].push_back(
        {synapse.source.number, target.number, synapse.weight, synapse.delay});
  });
  for (auto &[ends, list] : connections)
    std::sort(list.begin(), list.end());
  return connections;
}

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
  for (const auto &[ends, list] : readConnections(map)) {
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
