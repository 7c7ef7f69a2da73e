//===- Traffic.cpp - packets between parts, and their cost ----------------===//
#include "passes/Placement/Traffic.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

using namespace lle;

Traffic::Traffic(const Hypergraph &graph, llvm::ArrayRef<uint32_t> part, uint32_t parts)
    : parts(parts), flowsByPart(parts), neighboursByPart(parts) {
  // By source, then destinations: the keys of equal flows are equal.
  std::map<std::vector<uint32_t>, uint64_t> rates;
  std::vector<uint32_t> key;
  std::vector<size_t> seen(parts, SIZE_MAX);
  for (size_t net = 0; net < graph.nets(); ++net) {
    if (graph.source[net] == Hypergraph::kHost)
      continue;
    uint32_t source = part[graph.source[net]];
    key.assign(1, source);
    seen[source] = net;
    for (uint32_t target : graph.targets(net))
      if (std::exchange(seen[part[target]], net) != net)
        key.push_back(part[target]);
    if (key.size() == 1 || graph.rate[net] == 0)
      continue;
    llvm::sort(key.begin() + 1, key.end());
    rates[key] += graph.rate[net];
  }
  std::map<std::pair<uint32_t, uint32_t>, uint64_t> pairs;
  for (auto &[flow, rate] : rates) {
    uint64_t begin = destinationList.size();
    llvm::append_range(destinationList, llvm::drop_begin(flow));
    for (uint32_t member : flow)
      flowsByPart[member].push_back(flows.size());
    for (uint32_t destination : llvm::drop_begin(flow))
      pairs[std::minmax(flow[0], destination)] += rate;
    flows.push_back({rate, flow[0], begin, destinationList.size()});
  }
  for (auto [pair, rate] : pairs)
    addNeighbours(pair.first, pair.second, rate);
}

void Traffic::addNeighbours(uint32_t a, uint32_t b, uint64_t rate) {
  neighboursByPart[a].push_back({b, rate});
  neighboursByPart[b].push_back({a, rate});
}

void Traffic::attract(uint32_t a, uint32_t b, uint64_t rate) {
  for (uint32_t part : {a, b})
    flowsByPart[part].push_back(flows.size());
  flows.push_back({rate, a, destinationList.size(), destinationList.size() + 1, /*isSent=*/false});
  destinationList.push_back(b);
  addNeighbours(a, b, rate);
}

void MulticastRoutes::span(uint32_t source, llvm::ArrayRef<uint32_t> destinations, llvm::ArrayRef<uint32_t> position) {
  uint32_t row = mesh.y(position[source]);
  west = east = mesh.x(position[source]);
  columns.clear();
  ++round;
  for (uint32_t destination : destinations) {
    uint32_t x = mesh.x(position[destination]), y = mesh.y(position[destination]);
    if (std::exchange(stamp[x], round) != round) {
      columns.push_back(x);
      low[x] = high[x] = row;
      west = std::min(west, x);
      east = std::max(east, x);
    }
    low[x] = std::min(low[x], y);
    high[x] = std::max(high[x], y);
  }
}

MulticastRoutes::Length MulticastRoutes::measure(uint32_t source, llvm::ArrayRef<uint32_t> destinations,
                                                 llvm::ArrayRef<uint32_t> position) {
  span(source, destinations, position);
  Length length{east - west, mesh.crossingsX(west, east)};
  for (uint32_t x : columns) {
    length.links += high[x] - low[x];
    length.crossings += mesh.crossingsY(low[x], high[x]);
  }
  return length;
}

void MulticastRoutes::load(uint32_t source, llvm::ArrayRef<uint32_t> destinations, llvm::ArrayRef<uint32_t> position,
                           uint64_t rate, LinkLoads &loads) {
  span(source, destinations, position);
  uint32_t column = mesh.x(position[source]), row = mesh.y(position[source]);
  loads.addRow(row, column, east, rate);
  loads.addRow(row, column, west, rate);
  for (uint32_t x : columns) {
    loads.addColumn(x, row, high[x], rate);
    loads.addColumn(x, row, low[x], rate);
  }
}

uint64_t LinkLoads::max() const {
  uint64_t most = 0;
  for (const std::vector<uint64_t> &links : changes) {
    uint64_t load = 0;
    for (uint64_t change : links)
      most = std::max(most, load += change);
  }
  return most;
}

PlacementCost lle::costOfPlacement(const Traffic &traffic, const Mesh &mesh, llvm::ArrayRef<uint32_t> position) {
  PlacementCost cost;
  MulticastRoutes routes(mesh);
  LinkLoads loads(mesh);
  for (const Traffic::Flow &flow : traffic.flows) {
    llvm::ArrayRef<uint32_t> destinations = traffic.destinations(flow);
    auto [links, crossings] = routes.measure(flow.source, destinations, position);
    cost.hops += flow.rate * links;
    cost.chipCrossings += flow.rate * crossings;
    for (uint32_t destination : destinations)
      cost.unicastHops += flow.rate * mesh.hops(position[flow.source], position[destination]);
    if (flow.isSent)
      routes.load(flow.source, destinations, position, flow.rate, loads);
  }
  cost.maxLinkLoad = loads.max();
  return cost;
}
