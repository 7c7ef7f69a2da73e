//===- Hypergraph.cpp - a spiking network as nets of packets --------------===//
#include "passes/Placement/Hypergraph.h"

#include "llvm/ADT/STLExtras.h"

using namespace lle;

void Hypergraph::addResource(llvm::ArrayRef<uint32_t> demands) {
  std::vector<uint32_t> wider;
  wider.reserve(demand.size() + vertices);
  for (uint32_t vertex = 0; vertex < vertices; ++vertex) {
    llvm::append_range(wider, llvm::ArrayRef(demand).slice(size_t(vertex) * resources, resources));
    wider.push_back(demands[vertex]);
  }
  demand = std::move(wider);
  ++resources;
}

llvm::Error Hypergraph::verify() const {
  auto fail = [](const char *message) { return llvm::createStringError(std::errc::invalid_argument, message); };
  if (netBegin.size() != nets() + 1 || rate.size() != nets() || netBegin.front() != 0 || netBegin.back() != pins.size())
    return fail("the nets' sources, rates and targets differ in number");
  if (resources == 0 || demand.size() != size_t(vertices) * resources)
    return fail("a vertex lacks demands");
  if (!configuration.empty() && configuration.size() != vertices)
    return fail("a vertex lacks a configuration");
  std::vector<uint32_t> seen(vertices, UINT32_MAX);
  for (size_t net = 0; net < nets(); ++net) {
    if ((source[net] >= vertices && source[net] != kHost) || netBegin[net] > netBegin[net + 1] ||
        netBegin[net + 1] > pins.size())
      return fail("a net has a source or targets that do not exist");
    for (uint32_t target : targets(net)) {
      if (target >= vertices)
        return fail("a net has a target that does not exist");
      if (std::exchange(seen[target], uint32_t(net)) == net)
        return fail("a net has a target twice");
    }
  }
  return llvm::Error::success();
}

uint64_t lle::countMost(const Hypergraph &graph, llvm::ArrayRef<uint32_t> part) {
  std::vector<uint64_t> used(part.empty() ? 1 : *llvm::max_element(part) + 1);
  for (auto [vertex, each] : llvm::enumerate(part))
    used[each] += graph.demand[(vertex + 1) * graph.resources - 1];
  return *llvm::max_element(used);
}

uint64_t lle::countPackets(const Hypergraph &graph, llvm::ArrayRef<uint32_t> part) {
  std::vector<size_t> reached(part.empty() ? 0 : *llvm::max_element(part) + 1, SIZE_MAX);
  uint64_t packets = 0;
  for (size_t net = 0; net < graph.nets(); ++net) {
    if (uint32_t source = graph.source[net]; source != Hypergraph::kHost)
      reached[part[source]] = net;
    for (uint32_t target : graph.targets(net))
      if (std::exchange(reached[part[target]], net) != net)
        packets += graph.rate[net];
  }
  return packets;
}

uint64_t lle::countRemoteEvents(const Hypergraph &graph, llvm::ArrayRef<uint32_t> part) {
  uint64_t events = 0;
  for (size_t net = 0; net < graph.nets(); ++net)
    for (uint32_t target : graph.targets(net))
      if (graph.source[net] == Hypergraph::kHost || part[target] != part[graph.source[net]])
        events += graph.rate[net];
  return events;
}
