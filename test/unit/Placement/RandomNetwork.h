//===- RandomNetwork.h - hypergraphs of tests -------------------*- C++ -*-===//
#ifndef LLE_TEST_UNIT_PLACEMENT_RANDOMNETWORK_H
#define LLE_TEST_UNIT_PLACEMENT_RANDOMNETWORK_H

#include "passes/Placement/Hypergraph.h"
#include "passes/Placement/Threads.h"

#include <algorithm>

namespace lle {

struct RandomNetworkOptions {
  uint32_t vertices;
  unsigned resources = 1;
  uint32_t mostTargets = 6;
  uint32_t mostDemand = 1;
  uint32_t configurations = 0;
};

/// Nets with random targets; a third of them repeats the targets of the net before, as channels of a pixel do.
inline Hypergraph makeRandomNetwork(const RandomNetworkOptions &options, uint64_t seed) {
  SplitMix64 random(seed);
  Hypergraph graph;
  graph.vertices = options.vertices;
  graph.resources = options.resources;
  std::vector<uint32_t> targets;
  for (uint32_t source = 0; source < options.vertices; ++source) {
    if (random.below(5) == 0)
      continue; // an output
    if (targets.empty() || random.below(3) != 0) {
      targets.clear();
      for (uint32_t i = random.below(options.mostTargets) + 1; i > 0; --i)
        targets.push_back(random.below(options.vertices));
      std::sort(targets.begin(), targets.end());
      targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
    }
    graph.pins.insert(graph.pins.end(), targets.begin(), targets.end());
    graph.netBegin.push_back(graph.pins.size());
    graph.source.push_back(source);
    graph.rate.push_back(random.below(20));
  }
  for (size_t i = 0; i < size_t(options.vertices) * options.resources; ++i)
    graph.demand.push_back(1 + random.below(options.mostDemand));
  for (uint32_t vertex = 0; options.configurations && vertex < options.vertices; ++vertex)
    graph.configuration.push_back(random.below(options.configurations));
  return graph;
}

} // namespace lle

#endif
