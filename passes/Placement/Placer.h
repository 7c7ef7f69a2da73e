//===- Placer.h - parts to the cores of a mesh ------------------*- C++ -*-===//
#ifndef LLE_PASSES_PLACEMENT_PLACER_H
#define LLE_PASSES_PLACEMENT_PLACER_H

#include "passes/Placement/Traffic.h"

namespace lle {

/// The objective is linkWeight * maximum link load + hops + crossingWeight * chip crossings, all in spikes. One sum has
/// this order by its weights: strictly in this order, the last percents of the busiest link take a fourth more hops.
/// (What the slowest core takes, which is before all, does not depend on where it lies.)
struct PlacementOptions {
  double linkWeight = 10;    ///< Hops that a spike on the busiest link costs.
  double crossingWeight = 4; ///< A link to another chip costs 1 + this many hops.
  uint64_t seed = 1;
  unsigned threads = 0; ///< 0 takes what the machine has. The result does not depend on it.
  unsigned effort = 4;  ///< Annealings, of which the best one counts.
};

double objectiveOf(const PlacementCost &cost, const PlacementOptions &options);

/// The position of each part: parts along a Hilbert curve, moved to the middle of their neighbours (force-directed),
/// annealed by swaps, first at unicast cost, which is cheap, then at that of the union of multicast routes (J. Jin et
/// al., ASPLOS 2023; S. Kirkpatrick et al., Science 220, 1983). Fails if there are more parts than usable positions.
llvm::Expected<std::vector<uint32_t>> placeParts(const Traffic &traffic, const Mesh &mesh,
                                                 const PlacementOptions &options);

/// The best of all placements, by enumeration with bounds: for up to 9 parts and as many positions.
llvm::Expected<std::vector<uint32_t>> placePartsExactly(const Traffic &traffic, const Mesh &mesh,
                                                        const PlacementOptions &options);

/// Passes over all parts that the force-directed refinement takes: fewer where there are more neighbours to look at, so
/// that its work is bounded, but for the first pass.
unsigned passesOfPulls(const Traffic &traffic, const Mesh &mesh);

/// Positions of a mesh along a Hilbert curve.
std::vector<uint32_t> hilbertOrder(const Mesh &mesh);

} // namespace lle

#endif
