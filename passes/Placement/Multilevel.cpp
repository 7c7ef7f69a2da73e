//===- Multilevel.cpp - partitions by way of coarser netlists -------------===//
#include "passes/Placement/Multilevel.h"
#include "passes/Placement/Coarsening.h"
#include "passes/Placement/Refinement.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <cmath>
#include <functional>

using namespace lle;

using Parts = std::vector<uint32_t>;

namespace {
/// One descent to coarser netlists and back.
struct Cycle {
  bool exact;
  unsigned threads;
  PartLimits limits;
  std::vector<uint64_t> largest; ///< Demand of a cluster.
  uint32_t coarsest;             ///< Vertices at which coarsening ends.
  uint64_t seed;
  std::function<Parts(const Netlist &)> start; ///< Of the coarsest netlist, where there is no partition yet.

  /// Refines from `part`. Clusters stay within its parts, and within those of `other`; both may be empty.
  RefinedPartition run(const Netlist &netlist, Parts part, Parts other, unsigned level = 0) const;
};
} // namespace

/// The most that one vertex can exceed a limit by: what a chain of moves passes on.
static uint64_t oneVertexTolerance(const Netlist &netlist, const PartLimits &limits) {
  uint64_t tolerance = 0;
  for (unsigned resource = 0; resource < netlist.resources; ++resource) {
    uint64_t most = 0;
    for (uint32_t vertex = 0; vertex < netlist.vertices; ++vertex)
      most = std::max<uint64_t>(most, netlist.demandOf(vertex)[resource]);
    tolerance += 1 + (most << 20) / std::max<uint64_t>(limits.at(0, resource), 1);
  }
  return tolerance;
}

RefinedPartition lle::refinePartition(const Netlist &netlist, const PartLimits &limits, Parts part, unsigned threads) {
  constexpr uint64_t kMostGains = uint64_t(1) << 26; // half a GiB
  constexpr size_t kMostPins = 4000000, kFewVertices = 200;
  RefinementOptions options;
  options.threads = threads;
  options.tolerance = oneVertexTolerance(netlist, limits);
  options.fruitless = std::clamp<size_t>(netlist.vertices / 20, 100, 2000);
  PartitionState state(netlist, limits, std::move(part));
  bool isSmall = netlist.pins() <= kMostPins || netlist.vertices <= kFewVertices;
  if (isSmall && uint64_t(netlist.vertices) * limits.parts <= kMostGains)
    refineByMoves(state, options);
  else
    refineGreedily(state, options);
  return {state.parts().vec(), state.overload(), state.packets()};
}

RefinedPartition Cycle::run(const Netlist &netlist, Parts part, Parts other, unsigned level) const {
  if (netlist.vertices > coarsest) {
    ClusteringOptions options;
    options.largest = largest;
    options.part = part;
    options.other = other;
    options.atLeast = std::max<uint32_t>(coarsest, netlist.vertices / 2.5);
    options.seed = seed + level;
    options.threads = threads;
    Clustering clustering;
    if (level == 0)
      clustering = clusterTwins(netlist, options);
    if (clustering.clusters == 0 || clustering.clusters > netlist.vertices * 0.9)
      clustering = clusterByRate(netlist, options);
    if (clustering.clusters < netlist.vertices * 0.95) {
      auto coarsen = [&](const Parts &fine) {
        Parts coarse(fine.empty() ? 0 : clustering.clusters);
        for (uint32_t vertex = 0; vertex < fine.size(); ++vertex)
          coarse[clustering.cluster[vertex]] = fine[vertex];
        return coarse;
      };
      Parts coarsePart = run(netlist.contract(clustering.cluster, clustering.clusters, exact, threads), coarsen(part),
                             coarsen(other), level + 1)
                             .part;
      part.resize(netlist.vertices);
      for (uint32_t vertex = 0; vertex < netlist.vertices; ++vertex)
        part[vertex] = coarsePart[clustering.cluster[vertex]];
      return refinePartition(netlist, limits, std::move(part), threads);
    }
  }
  return refinePartition(netlist, limits, part.empty() ? start(netlist) : std::move(part), threads);
}

/// The best of several starts, refined.
static Parts bestStart(const Netlist &netlist, const PartLimits &limits, size_t tries,
                       llvm::function_ref<Parts()> start) {
  RefinedPartition best = refinePartition(netlist, limits, start(), 1);
  for (size_t attempt = 1; attempt < tries; ++attempt)
    if (RefinedPartition found = refinePartition(netlist, limits, start(), 1); found < best)
      best = std::move(found);
  return std::move(best.part);
}

/// Everything in part 0 but one vertex: refinement repairs that by growing part 1 along the best gains.
static Parts growHalves(const Netlist &netlist, const PartLimits &limits, uint64_t seed) {
  constexpr size_t kMostTries = 12, kPinsOfTries = 1000000;
  SplitMix64 random(seed);
  return bestStart(netlist, limits,
                   std::clamp<size_t>(kPinsOfTries / std::max<size_t>(netlist.pins(), 1), 1, kMostTries), [&] {
                     Parts part(netlist.vertices, 0);
                     part[random.below(netlist.vertices)] = 1;
                     return part;
                   });
}

/// For so few vertices that bisection would leave out most of the partitions there are.
static Parts tryRandomStarts(const Netlist &netlist, const PartLimits &limits, uint64_t seed) {
  constexpr size_t kTries = 50;
  SplitMix64 random(seed);
  return bestStart(netlist, limits, kTries, [&] {
    Parts part(netlist.vertices);
    for (uint32_t &each : part)
      each = random.below(limits.parts);
    return part;
  });
}

/// Parts 0 to parts - 1 by recursive bisection. `perPart` are the additive limits.
static Parts bisect(const Netlist &netlist, llvm::ArrayRef<uint64_t> perPart, uint32_t parts, uint64_t seed,
                    unsigned threads) {
  if (parts == 1 || netlist.vertices == 0)
    return Parts(netlist.vertices, 0);
  constexpr uint32_t kCoarsest = 100;
  constexpr double kLeastSlack = 0.01;
  uint32_t left = parts / 2;
  PartLimits limits(netlist.resources, 2);
  std::vector<uint64_t> largest(netlist.resources);
  for (unsigned resource = 0; resource < netlist.resources; ++resource) {
    uint64_t total = 0;
    for (uint32_t vertex = 0; vertex < netlist.vertices; ++vertex)
      total += netlist.demandOf(vertex)[resource];
    largest[resource] = std::max<uint64_t>(1, 4 * total / kCoarsest);
    if (total == 0)
      continue;
    // The slack that there is is shared by this bisection and those that follow.
    double available = double(perPart[resource]) * parts / double(total);
    double slack = std::max(1 + kLeastSlack, std::pow(available, 1 / std::ceil(std::log2(parts))));
    limits.at(0, resource) = std::ceil(double(total) * slack * left / parts);
    limits.at(1, resource) = std::ceil(double(total) * slack * (parts - left) / parts);
  }
  Cycle cycle{/*exact=*/false, 1, limits, largest, kCoarsest, seed, {}};
  cycle.start = [&](const Netlist &coarse) { return growHalves(coarse, limits, seed); };
  Parts half = cycle.run(netlist, {}, {}).part;

  Parts result(netlist.vertices);
  auto descend = [&](uint32_t side) {
    Parts cluster(netlist.vertices, Netlist::kOutside);
    uint32_t vertices = 0;
    for (uint32_t vertex = 0; vertex < netlist.vertices; ++vertex)
      if (half[vertex] == side)
        cluster[vertex] = vertices++;
    Parts inside = bisect(netlist.contract(cluster, vertices, false, 1), perPart, side ? parts - left : left,
                          SplitMix64(seed + 2 * parts + side).next(), (threads + side) / 2);
    for (uint32_t vertex = 0; vertex < netlist.vertices; ++vertex)
      if (half[vertex] == side)
        result[vertex] = inside[cluster[vertex]] + (side ? left : 0);
  };
  forRanges(threads > 1 ? 2 : 1, 2, [&](unsigned, size_t begin, size_t end) {
    for (size_t side = begin; side < end; ++side)
      descend(side);
  });
  return result;
}

/// Clusters and coarsest netlist of the cycles over all parts.
static Cycle cycleOverParts(const PartLimits &limits, const MultilevelOptions &options) {
  constexpr uint32_t kVerticesPerPart = 32, kLeastCoarsest = 400;
  Cycle cycle{options.exact,
              options.threads,
              limits,
              {},
              std::max(kLeastCoarsest, kVerticesPerPart * limits.parts),
              options.seed,
              {}};
  for (unsigned resource = 0; resource < limits.resources; ++resource) {
    uint64_t limit = limits.at(0, resource);
    cycle.largest.push_back(std::max<uint64_t>(1, limit / kVerticesPerPart));
    for (uint32_t part = 0; part < limits.parts; ++part)
      if (limit != kUnlimited)
        cycle.limits.at(part, resource) = limit + uint64_t(double(limit) * options.slack);
  }
  return cycle;
}

/// Refines to the limits proper: at the finest level, and at all of them where that does not do.
static RefinedPartition tighten(const Netlist &netlist, const PartLimits &limits, Parts part,
                                MultilevelOptions options) {
  RefinedPartition refined = refinePartition(netlist, limits, std::move(part), options.threads);
  if (refined.overload == 0)
    return refined;
  options.slack = 0;
  return cycleOverParts(limits, options).run(netlist, std::move(refined.part), {});
}

RefinedPartition lle::partitionByLevels(const Netlist &netlist, const PartLimits &limits,
                                        const MultilevelOptions &options) {
  Cycle cycle = cycleOverParts(limits, options);
  constexpr uint32_t kFewVertices = 30;
  constexpr size_t kMostPins = 400000, kPinsPerVertex = 100;
  cycle.start = [&](const Netlist &coarse) {
    if (coarse.vertices <= kFewVertices)
      return tryRandomStarts(coarse, cycle.limits, options.seed);
    std::vector<uint64_t> perPart;
    for (unsigned resource = 0; resource < limits.resources; ++resource)
      perPart.push_back(cycle.limits.at(0, resource));
    // Some hundred nets of each vertex show where it belongs as well as all of them.
    size_t most = std::max(kMostPins, kPinsPerVertex * coarse.vertices);
    if (coarse.pins() <= most)
      return bisect(coarse, perPart, limits.parts, options.seed, options.threads);
    return bisect(coarse.sampleNets(llvm::divideCeil(coarse.pins(), most), options.threads), perPart, limits.parts,
                  options.seed, options.threads);
  };
  return tighten(netlist, limits, cycle.run(netlist, {}, {}).part, options);
}

RefinedPartition lle::refineByLevels(const Netlist &netlist, const PartLimits &limits, Parts part, Parts other,
                                     const MultilevelOptions &options) {
  Cycle cycle = cycleOverParts(limits, options);
  cycle.coarsest *= 2;
  return tighten(netlist, limits, cycle.run(netlist, std::move(part), std::move(other)).part, options);
}
