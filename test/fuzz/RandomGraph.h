//===- RandomGraph.h - random NIR graphs ------------------------*- C++ -*-===//
#ifndef LLE_TEST_FUZZ_RANDOMGRAPH_H
#define LLE_TEST_FUZZ_RANDOMGRAPH_H

#include "frontends/NIR/Graph.h"
#include "test/fuzz/Coverage.h"
#include "test/fuzz/RandomNumbers.h"

namespace lle::fuzz {

/// A graph, and the framework and the step with which it is imported.
struct RandomGraph {
  nir::Graph graph;
  std::string profile;
  double dt;
  /// The profile has keys, of which not all go together: the importer may refuse the graph.
  bool mayBeRefused;
};

/// Feed-forward and recurrent graphs, convolutional and nested ones, of all node types, with parameters that the chosen
/// profile can express. The same seed gives the same graph.
RandomGraph makeRandomGraph(uint64_t seed, NumberClass numbers);

/// What the graph has that the imported network does not tell: node types, nesting, forms of parameters, the profile.
std::set<Feature> getFeatures(const RandomGraph &graph);
std::set<Feature> getExpectedGraphFeatures();

} // namespace lle::fuzz

#endif
