//===- Multilevel.h - partitions by way of coarser netlists -----*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_MULTILEVEL_H
#define LLE_PASSES_PLACEMENT_MULTILEVEL_H

#include "passes/Placement/PartitionState.h"

#include <tuple>

namespace lle {

struct MultilevelOptions {
  bool exact = false; ///< Netlist::build.
  /// By how much parts may exceed additive limits before the last refinement of a cycle, as a share.
  double slack = 0;
  uint64_t seed = 1;
  unsigned threads = 1;
};

/// A partition, and how good it is.
struct RefinedPartition {
  std::vector<uint32_t> part;
  uint64_t overload = 0; ///< PartitionState::overload.
  int64_t packets = 0;

  bool operator<(const RefinedPartition &other) const {
    return std::tie(overload, packets) < std::tie(other.overload, other.packets);
  }
};

/// A partition of `netlist` into `limits.parts` parts: coarsen, bisect recursively, refine at each level. Limits may be
/// exceeded where refinement did not find how to respect them.
RefinedPartition partitionByLevels(const Netlist &netlist, const PartLimits &limits, const MultilevelOptions &options);

/// The same from a partition, whose parts are coarsened apart: refinement then moves clusters as well. Clusters stay
/// within the parts of another one too, so that what the two agree on moves as one (P. Sanders, C. Schulz, Distributed
/// evolutionary graph partitioning, ALENEX 2012).
RefinedPartition refineByLevels(const Netlist &netlist, const PartLimits &limits, std::vector<uint32_t> part,
                                std::vector<uint32_t> other, const MultilevelOptions &options);

/// Refines at one level.
RefinedPartition refinePartition(const Netlist &netlist, const PartLimits &limits, std::vector<uint32_t> part,
                                 unsigned threads);

} // namespace lle

#endif
