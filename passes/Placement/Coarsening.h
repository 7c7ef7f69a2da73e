//===- Coarsening.h - clusters of vertices that belong together -*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_COARSENING_H
#define LLE_PASSES_PLACEMENT_COARSENING_H

#include "passes/Placement/Netlist.h"

namespace lle {

struct Clustering {
  std::vector<uint32_t> cluster; ///< Of each vertex.
  uint32_t clusters = 0;
};

struct ClusteringOptions {
  std::vector<uint64_t> largest;  ///< Demand of a cluster at most, by resource.
  llvm::ArrayRef<uint32_t> part;  ///< If not empty, clusters stay within these parts,
  llvm::ArrayRef<uint32_t> other; ///< and within these.
  uint32_t atLeast = 1;           ///< Clusters.
  uint64_t seed = 1;
  unsigned threads = 1;
};

/// Clusters of vertices that no net tells apart (all channels of a pixel of a convolution).
Clustering clusterTwins(const Netlist &netlist, const ClusteringOptions &options);

/// Joins vertices to those with which they share the most rate over size of nets.
Clustering clusterByRate(const Netlist &netlist, const ClusteringOptions &options);

} // namespace lle

#endif
