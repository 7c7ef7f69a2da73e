//===- JointRefinement.h - parts with places change neurons -----*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_JOINTREFINEMENT_H
#define LLE_PASSES_PLACEMENT_JOINTREFINEMENT_H

#include "passes/Placement/PartitionState.h"
#include "passes/Placement/Placer.h"

namespace lle {

/// Moves vertices, and swaps them, between parts that have places, while that lowers hops + crossingWeight * chip
/// crossings. A move changes the ways from the vertex and from those that send to it, and no others, so that changes
/// are exact (Khorasanian, M-HySMap, arXiv:2608.26223). No part becomes empty, and the overload of `state` does not
/// grow. Returns what was saved; the busiest link is for the caller to look at. Threads do
/// not matter.
double refineJointly(PartitionState &state, const Mesh &mesh, llvm::ArrayRef<uint32_t> position,
                     const PlacementOptions &options);

/// The same for a network: first clusters of vertices that no net tells apart, then vertices.
double refineJointly(const Hypergraph &graph, const CoreLimits &limits, const Mesh &mesh,
                     llvm::ArrayRef<uint32_t> position, const PlacementOptions &options, std::vector<uint32_t> &part);

} // namespace lle

#endif
