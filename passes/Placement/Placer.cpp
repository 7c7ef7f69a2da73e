//===- Placer.cpp - parts to the cores of a mesh --------------------------===//
#include "passes/Placement/Placer.h"
#include "passes/Placement/Threads.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <numeric>

using namespace lle;

double lle::objectiveOf(const PlacementCost &cost, const PlacementOptions &options) {
  return double(cost.hops) + options.crossingWeight * double(cost.chipCrossings) +
         options.linkWeight * double(cost.maxLinkLoad);
}

namespace {
constexpr uint32_t kNobody = UINT32_MAX;

/// Parts at positions. `Swap` of two positions, of which one may be empty, is what all refinements are made of.
class Placement {
public:
  Placement(const Traffic &traffic, const Mesh &mesh, const PlacementOptions &options, std::vector<uint32_t> start)
      : traffic(traffic), mesh(mesh), options(options), position(std::move(start)),
        occupant(mesh.positions(), kNobody) {
    for (uint32_t part = 0; part < traffic.parts; ++part)
      occupant[position[part]] = part;
  }

  void swap(uint32_t a, uint32_t b) {
    std::swap(occupant[a], occupant[b]);
    for (uint32_t each : {a, b})
      if (occupant[each] != kNobody)
        position[occupant[each]] = each;
  }

  /// What unicast costs change by if two positions are swapped.
  double unicastChange(uint32_t a, uint32_t b) const {
    return changeOf(occupant[a], a, b, occupant[b]) + changeOf(occupant[b], b, a, occupant[a]);
  }

  const Traffic &traffic;
  const Mesh &mesh;
  const PlacementOptions &options;
  std::vector<uint32_t> position; ///< Of each part.
  std::vector<uint32_t> occupant; ///< Of each position.

private:
  double distance(uint32_t a, uint32_t b) const {
    return mesh.hops(a, b) +
           options.crossingWeight * (mesh.crossingsX(mesh.x(a), mesh.x(b)) + mesh.crossingsY(mesh.y(a), mesh.y(b)));
  }
  /// Of a part that moves, but for its traffic with the one it is swapped with, which stays as far.
  double changeOf(uint32_t part, uint32_t from, uint32_t to, uint32_t partner) const {
    double change = 0;
    if (part != kNobody)
      for (auto [other, rate] : traffic.neighbours(part))
        if (other != partner)
          change += double(rate) * (distance(to, position[other]) - distance(from, position[other]));
    return change;
  }
};

/// The exact objective of a placement, kept up to date by the flows that a swap concerns.
class MulticastObjective {
public:
  explicit MulticastObjective(Placement &placement)
      : placement(placement), traffic(placement.traffic), routes(placement.mesh), cost(traffic.flows.size()),
        stamp(traffic.flows.size(), 0), loads(placement.mesh), weighsLinks(placement.options.linkWeight > 0) {
    for (uint32_t flow = 0; flow < traffic.flows.size(); ++flow) {
      cost[flow] = costOf(flow);
      addLoad(flow, traffic.flows[flow].rate);
    }
    most = loads.max();
  }

  /// Swaps, and returns what the objective changed by. undo() takes the last swap back.
  double swap(uint32_t a, uint32_t b) {
    first = a, second = b;
    concerned.clear();
    ++round;
    for (uint32_t part : {placement.occupant[a], placement.occupant[b]})
      if (part != kNobody)
        for (uint32_t flow : traffic.flowsOf(part))
          if (std::exchange(stamp[flow], round) != round)
            concerned.push_back({flow, cost[flow]});
    changeLoad(-1);
    placement.swap(a, b);
    double change = 0;
    for (auto [flow, before] : concerned) {
      cost[flow] = costOf(flow);
      change += cost[flow] - before;
    }
    changeLoad(+1);
    mostBefore = most;
    if (weighsLinks) {
      most = loads.max();
      change += placement.options.linkWeight * (double(most) - double(mostBefore));
    }
    return change;
  }
  void undo() {
    changeLoad(-1);
    placement.swap(first, second);
    for (auto [flow, before] : concerned)
      cost[flow] = before;
    changeLoad(+1);
    most = mostBefore;
  }

private:
  double costOf(uint32_t flow) {
    const Traffic::Flow &each = traffic.flows[flow];
    auto [links, crossings] = routes.measure(each.source, traffic.destinations(each), placement.position);
    return double(each.rate) * (double(links) + placement.options.crossingWeight * double(crossings));
  }
  void addLoad(uint32_t flow, uint64_t rate) {
    const Traffic::Flow &each = traffic.flows[flow];
    if (each.isSent)
      routes.load(each.source, traffic.destinations(each), placement.position, rate, loads);
  }
  void changeLoad(int sign) {
    if (weighsLinks)
      for (auto [flow, before] : concerned)
        addLoad(flow, sign * traffic.flows[flow].rate);
  }

  Placement &placement;
  const Traffic &traffic;
  MulticastRoutes routes;
  std::vector<double> cost; ///< Of each flow.
  std::vector<uint64_t> stamp;
  LinkLoads loads;
  std::vector<std::pair<uint32_t, double>> concerned; ///< Flows of the last swap, and what they cost before it.
  uint64_t round = 0, most = 0, mostBefore = 0;
  uint32_t first = 0, second = 0;
  bool weighsLinks;
};
} // namespace

std::vector<uint32_t> lle::hilbertOrder(const Mesh &mesh) {
  uint32_t side = 1;
  while (side < std::max(mesh.width, mesh.height))
    side *= 2;
  std::vector<uint32_t> order;
  for (uint64_t index = 0; index < uint64_t(side) * side; ++index) {
    uint32_t x = 0, y = 0;
    uint64_t rest = index;
    for (uint32_t size = 1; size < side; size *= 2, rest /= 4) {
      uint32_t right = rest / 2 & 1, up = (rest ^ right) & 1;
      if (!up) {
        if (right) {
          x = size - 1 - x;
          y = size - 1 - y;
        }
        std::swap(x, y);
      }
      x += size * right;
      y += size * up;
    }
    if (x < mesh.width && y < mesh.height)
      for (uint32_t slot = 0; slot < mesh.slots; ++slot)
        order.push_back((y * mesh.width + x) * mesh.slots + slot);
  }
  return order;
}

/// Parts such that each has much traffic with those shortly before it.
static std::vector<uint32_t> orderByTraffic(const Traffic &traffic) {
  constexpr double kMemory = 0.9; // what a part's pull keeps when the next one comes
  std::vector<uint32_t> order;
  std::vector<double> pull(traffic.parts, 0);
  std::vector<bool> taken(traffic.parts, false);
  for (double scale = 1; order.size() < traffic.parts; scale /= kMemory) {
    if (scale > 1e100) { // the pulls of all parts before count nothing beside it
      std::fill(pull.begin(), pull.end(), 0);
      scale = 1;
    }
    uint32_t next = kNobody;
    for (uint32_t part = 0; part < traffic.parts; ++part)
      if (!taken[part] && (next == kNobody || pull[part] > pull[next]))
        next = part;
    taken[next] = true;
    order.push_back(next);
    for (auto [other, rate] : traffic.neighbours(next))
      pull[other] += double(rate) * scale;
  }
  return order;
}

/// The position near the rate-weighted middle of a part's neighbours that lowers the unicast cost most if the part goes
/// there, or the part's own.
static uint32_t pullOf(const Placement &placement, uint32_t part) {
  const Mesh &mesh = placement.mesh;
  double x = 0, y = 0, weight = 0;
  for (auto [other, rate] : placement.traffic.neighbours(part)) {
    x += double(rate) * mesh.x(placement.position[other]);
    y += double(rate) * mesh.y(placement.position[other]);
    weight += double(rate);
  }
  uint32_t from = placement.position[part], best = from;
  if (weight == 0)
    return best;
  int32_t middleX = std::lround(x / weight), middleY = std::lround(y / weight);
  double least = 0;
  for (int32_t nearY = std::max(0, middleY - 1); nearY <= std::min<int32_t>(mesh.height - 1, middleY + 1); ++nearY)
    for (int32_t nearX = std::max(0, middleX - 1); nearX <= std::min<int32_t>(mesh.width - 1, middleX + 1); ++nearX)
      for (uint32_t slot = 0; slot < mesh.slots; ++slot) {
        uint32_t to = (nearY * mesh.width + nearX) * mesh.slots + slot;
        if (to == from || !mesh.isUsable(to))
          continue;
        if (double change = placement.unicastChange(from, to); change < least) {
          least = change;
          best = to;
        }
      }
  return best;
}

unsigned lle::passesOfPulls(const Traffic &traffic, const Mesh &mesh) {
  constexpr unsigned kPasses = 20;
  constexpr double kNeighbours = 1e9; // looked at in all passes, but for the first
  double neighbours = 0;
  for (uint32_t part = 0; part < traffic.parts; ++part)
    neighbours += 2.0 * 9 * mesh.slots * double(traffic.neighbours(part).size());
  return neighbours == 0 ? 1 : unsigned(std::clamp(kNeighbours / neighbours, 1.0, double(kPasses)));
}

/// Moves parts towards the rate-weighted middle of their neighbours, where that lowers the unicast cost.
static void pullTogether(Placement &placement, unsigned threads) {
  const uint32_t parts = placement.traffic.parts;
  // Parts of a batch are looked at side by side while all stand still, and move in order: threads do not matter.
  std::vector<uint32_t> target(std::max(1u, parts / 64));
  for (unsigned pass = passesOfPulls(placement.traffic, placement.mesh); pass > 0; --pass) {
    bool moved = false;
    for (uint32_t first = 0; first < parts; first += target.size()) {
      size_t count = std::min<size_t>(target.size(), parts - first);
      forEachIndex(threads, count, [&](size_t i) { target[i] = pullOf(placement, first + i); });
      for (size_t i = 0; i < count; ++i) {
        uint32_t from = placement.position[first + i];
        if (target[i] == from || (i > 0 && placement.unicastChange(from, target[i]) >= 0))
          continue;
        placement.swap(from, target[i]);
        moved = true;
      }
    }
    if (!moved)
      return;
  }
}

/// Simulated annealing by swaps of a part with a position whose distance to it shrinks with time.
/// `change(a, b)` swaps and returns the difference, `undo(a, b)` takes the swap back. Ends at the best state.
template <typename Change, typename Undo>
static void annealSwaps(Placement &placement, SplitMix64 &random, size_t moves, double heat, Change change, Undo undo) {
  constexpr unsigned kSamples = 200;
  constexpr double kCooling = 1e-3; // last temperature as a share of the first
  const Mesh &mesh = placement.mesh;
  auto pick = [&](double reach, uint32_t &a, uint32_t &b) {
    a = placement.position[random.below(placement.traffic.parts)];
    auto near = [&](uint32_t at, uint32_t size) {
      int32_t radius = std::max<int32_t>(1, std::lround(reach * size));
      int32_t first = std::max<int32_t>(0, int32_t(at) - radius), last = std::min<int32_t>(size - 1, at + radius);
      return uint32_t(first + random.below(last - first + 1));
    };
    uint32_t x = near(mesh.x(a), mesh.width), y = near(mesh.y(a), mesh.height);
    b = (y * mesh.width + x) * mesh.slots + random.below(mesh.slots);
    return a != b && mesh.isUsable(b);
  };
  uint32_t a, b;
  double sum = 0;
  for (unsigned sample = 0; sample < kSamples; ++sample)
    if (pick(1, a, b)) {
      sum += std::abs(change(a, b));
      undo(a, b);
    }
  double temperature = heat * sum / kSamples;
  if (temperature == 0)
    return;
  double factor = std::pow(kCooling, 1 / double(moves)), standing = 0, best = 0;
  std::vector<uint32_t> bestPosition = placement.position;
  bool kept = true; // bestPosition is that of `best`
  for (size_t move = 0; move < moves; ++move, temperature *= factor) {
    if (!pick(1 - double(move) / double(moves), a, b))
      continue;
    double difference = change(a, b);
    if (difference > 0 && random.uniform() >= std::exp(-difference / temperature)) {
      undo(a, b);
      continue;
    }
    // The best state is copied when it is about to be left, not whenever it becomes better.
    if (difference > 0 && !kept && standing <= best) {
      undo(a, b);
      bestPosition = placement.position;
      change(a, b);
      kept = true;
    }
    standing += difference;
    if (standing < best) {
      best = standing;
      kept = false;
    }
  }
  if (!kept && standing <= best)
    return;
  for (uint32_t part = 0; part < placement.traffic.parts; ++part) // restores the best state by swaps
    if (placement.position[part] != bestPosition[part])
      placement.swap(placement.position[part], bestPosition[part]);
}

/// One start, force-directed refinement and two annealings.
static std::vector<uint32_t> placeOnce(const Traffic &traffic, const Mesh &mesh, const PlacementOptions &options,
                                       std::vector<uint32_t> start, uint64_t seed, unsigned threads) {
  // Work of the annealings, in neighbours and in destinations of flows looked at.
  constexpr double kNeighbours = 1e8, kMostMovesPerPart = 5000;
  const double kDestinations = options.linkWeight > 0 ? 3e7 : 1e8; // links take three times as long
  constexpr double kHot = 0.5, kWarm = 0.02;                       // of the mean change of a swap
  constexpr uint32_t kFewParts = 16; // whose annealing at multicast cost need not build on the other one
  Placement placement(traffic, mesh, options, std::move(start));
  SplitMix64 random(seed);
  pullTogether(placement, threads);
  double neighbours = 1, destinations = 1;
  for (uint32_t part = 0; part < traffic.parts; ++part) {
    neighbours += double(traffic.neighbours(part).size());
    for (uint32_t flow : traffic.flowsOf(part))
      destinations += double(traffic.destinations(traffic.flows[flow]).size());
  }
  auto movesOf = [&](double work, double perSwap) {
    return size_t(std::min(work / perSwap, kMostMovesPerPart * traffic.parts)) + 1;
  };
  annealSwaps(
      placement, random, movesOf(kNeighbours, 2 * neighbours / traffic.parts), kHot,
      [&](uint32_t a, uint32_t b) {
        double change = placement.unicastChange(a, b);
        placement.swap(a, b);
        return change;
      },
      [&](uint32_t a, uint32_t b) { placement.swap(a, b); });
  MulticastObjective objective(placement);
  annealSwaps(
      placement, random, movesOf(kDestinations, 2 * destinations / traffic.parts),
      traffic.parts <= kFewParts ? kHot : kWarm, [&](uint32_t a, uint32_t b) { return objective.swap(a, b); },
      [&](uint32_t, uint32_t) { objective.undo(); });
  return std::move(placement.position);
}

static llvm::Error checkRoom(const Traffic &traffic, const Mesh &mesh) {
  if (!mesh.usable.empty() && mesh.usable.size() != mesh.positions())
    return llvm::createStringError(std::errc::invalid_argument, "the mesh does not say of each core if it is usable");
  uint32_t room = 0;
  for (uint32_t position = 0; position < mesh.positions(); ++position)
    room += mesh.isUsable(position);
  if (traffic.parts > room)
    return llvm::createStringError(std::errc::not_enough_memory, "%u parts do not fit on %u usable cores",
                                   traffic.parts, room);
  return llvm::Error::success();
}

llvm::Expected<std::vector<uint32_t>> lle::placeParts(const Traffic &traffic, const Mesh &mesh,
                                                      const PlacementOptions &options) {
  if (llvm::Error error = checkRoom(traffic, mesh))
    return error;
  if (traffic.parts == 0)
    return std::vector<uint32_t>();
  std::vector<uint32_t> curve = hilbertOrder(mesh);
  llvm::erase_if(curve, [&](uint32_t position) { return !mesh.isUsable(position); });
  std::vector<uint32_t> byNumber(traffic.parts), byTraffic = orderByTraffic(traffic);
  std::iota(byNumber.begin(), byNumber.end(), 0);

  unsigned threads = options.threads ? options.threads : std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::vector<uint32_t>> placements(std::max(1u, options.effort));
  std::vector<double> objectives(placements.size());
  unsigned together = std::min<size_t>(threads, placements.size());
  forEachIndex(together, placements.size(), [&](size_t i) {
    std::vector<uint32_t> start(traffic.parts);
    for (auto [index, part] : llvm::enumerate(i % 2 ? byNumber : byTraffic))
      start[part] = curve[index];
    placements[i] =
        placeOnce(traffic, mesh, options, std::move(start), SplitMix64(options.seed + i).next(), threads / together);
    objectives[i] = objectiveOf(costOfPlacement(traffic, mesh, placements[i]), options);
  });
  return std::move(placements[llvm::min_element(objectives) - objectives.begin()]);
}

namespace {
/// Depth-first enumeration: the cost of the flows among the parts that have a place bounds that of all from below.
class Enumeration {
public:
  Enumeration(const Traffic &traffic, const Mesh &mesh, const PlacementOptions &options)
      : traffic(traffic), mesh(mesh), options(options), routes(mesh), position(traffic.parts, kNobody),
        taken(mesh.positions(), false) {}

  std::vector<uint32_t> run() {
    placeFrom(0);
    return best;
  }

private:
  double cost(uint32_t placed) {
    double sum = 0;
    LinkLoads loads(mesh);
    std::vector<uint32_t> known;
    for (const Traffic::Flow &flow : traffic.flows) {
      if (flow.source >= placed)
        continue;
      known.clear();
      for (uint32_t destination : traffic.destinations(flow))
        if (destination < placed)
          known.push_back(destination);
      auto [links, crossings] = routes.measure(flow.source, known, position);
      sum += double(flow.rate) * (double(links) + options.crossingWeight * double(crossings));
      if (flow.isSent)
        routes.load(flow.source, known, position, flow.rate, loads);
    }
    return sum + options.linkWeight * double(loads.max());
  }
  void placeFrom(uint32_t part) {
    double bound = cost(part);
    if (bound >= least)
      return;
    if (part == traffic.parts) {
      least = bound;
      best = position;
      return;
    }
    for (uint32_t where = 0; where < mesh.positions(); ++where) {
      if (taken[where] || !mesh.isUsable(where))
        continue;
      taken[where] = true;
      position[part] = where;
      placeFrom(part + 1);
      taken[where] = false;
    }
  }

  const Traffic &traffic;
  const Mesh &mesh;
  const PlacementOptions &options;
  MulticastRoutes routes;
  std::vector<uint32_t> position, best;
  std::vector<bool> taken;
  double least = std::numeric_limits<double>::infinity();
};
} // namespace

llvm::Expected<std::vector<uint32_t>> lle::placePartsExactly(const Traffic &traffic, const Mesh &mesh,
                                                             const PlacementOptions &options) {
  constexpr uint32_t kMost = 9;
  if (llvm::Error error = checkRoom(traffic, mesh))
    return error;
  if (traffic.parts > kMost)
    return llvm::createStringError(std::errc::invalid_argument, "%u parts are too many to enumerate placements",
                                   traffic.parts);
  return Enumeration(traffic, mesh, options).run();
}
