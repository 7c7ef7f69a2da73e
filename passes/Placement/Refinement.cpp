//===- Refinement.cpp - better partitions by moving vertices --------------===//
#include "passes/Placement/Refinement.h"

#include "llvm/ADT/STLExtras.h"

using namespace lle;
using Share = PartitionState::Share;

/// What a net's packets to a part fall by if a vertex comes to it, or leaves it.
static int64_t gainOfEntering(const Share &share, uint32_t synapses, uint64_t rate, uint64_t total) {
  Share after = share;
  after.synapses += synapses, after.rate += rate;
  return PartitionState::packetsTo(share, total) - PartitionState::packetsTo(after, total);
}
static int64_t gainOfLeaving(const Share &share, uint32_t synapses, uint64_t rate, uint64_t total) {
  Share after = share;
  after.synapses -= synapses, after.rate -= rate;
  return PartitionState::packetsTo(share, total) - PartitionState::packetsTo(after, total);
}

namespace {
/// Vertices by falling key, a heap for each part.
class MoveQueue {
public:
  MoveQueue(uint32_t vertices, uint32_t parts) : key(vertices), position(vertices, UINT32_MAX), heaps(parts) {}

  bool empty(uint32_t part) const { return heaps[part].empty(); }
  uint32_t top(uint32_t part) const { return heaps[part].front(); }
  int64_t keyOf(uint32_t vertex) const { return key[vertex]; }
  bool contains(uint32_t vertex) const { return position[vertex] != UINT32_MAX; }
  void clear() {
    for (std::vector<uint32_t> &heap : heaps) {
      for (uint32_t vertex : heap)
        position[vertex] = UINT32_MAX;
      heap.clear();
    }
  }
  void push(uint32_t part, uint32_t vertex, int64_t value) {
    key[vertex] = value;
    heaps[part].push_back(vertex);
    rise(heaps[part], heaps[part].size() - 1);
  }
  void setKey(uint32_t part, uint32_t vertex, int64_t value) {
    bool rises = value > key[vertex];
    key[vertex] = value;
    rises ? rise(heaps[part], position[vertex]) : sink(heaps[part], position[vertex]);
  }
  void remove(uint32_t part, uint32_t vertex) {
    std::vector<uint32_t> &heap = heaps[part];
    size_t where = position[vertex];
    position[vertex] = UINT32_MAX;
    uint32_t last = heap.back();
    heap.pop_back();
    if (last == vertex)
      return;
    heap[where] = last;
    rise(heap, where);
    sink(heap, position[last]);
  }

private:
  void rise(std::vector<uint32_t> &heap, size_t where) {
    uint32_t vertex = heap[where];
    for (; where > 0 && key[heap[(where - 1) / 2]] < key[vertex]; where = (where - 1) / 2)
      put(heap, where, heap[(where - 1) / 2]);
    put(heap, where, vertex);
  }
  void sink(std::vector<uint32_t> &heap, size_t where) {
    uint32_t vertex = heap[where];
    for (size_t child; (child = 2 * where + 1) < heap.size(); where = child) {
      child += child + 1 < heap.size() && key[heap[child]] < key[heap[child + 1]];
      if (key[heap[child]] <= key[vertex])
        break;
      put(heap, where, heap[child]);
    }
    put(heap, where, vertex);
  }
  void put(std::vector<uint32_t> &heap, size_t where, uint32_t vertex) {
    heap[where] = vertex;
    position[vertex] = where;
  }

  std::vector<int64_t> key;
  std::vector<uint32_t> position;
  std::vector<std::vector<uint32_t>> heaps;
};

/// Gains of a vertex are leave[vertex] + enter[vertex * parts + to].
class MoveRefiner {
public:
  MoveRefiner(PartitionState &state, const RefinementOptions &options)
      : state(state), netlist(state.netlist), options(options), parts(state.limits.parts), leave(netlist.vertices),
        enter(size_t(netlist.vertices) * parts), queue(netlist.vertices, parts) {
    forRanges(netlist.vertices < 4096 ? 1 : options.threads, netlist.vertices, [&](unsigned, size_t begin, size_t end) {
      for (size_t vertex = begin; vertex < end; ++vertex)
        computeGains(vertex);
    });
  }

  /// True if the pass gained so much that another may be worth its time. With `exchanges` a repair may put a vertex
  /// where there is no room, from where another one then leaves: parts that are all full of one resource share out
  /// another.
  bool pass(bool exchanges);

private:
  struct Candidate {
    uint32_t to;
    int64_t gain;
  };
  static constexpr int64_t kNever = std::numeric_limits<int64_t>::min();

  void computeGains(uint32_t vertex);
  Candidate bestMove(uint32_t vertex) const;
  bool allows(uint32_t vertex, uint32_t to) const;
  uint32_t nextPart() const;
  void move(uint32_t vertex, uint32_t to);
  void updateShare(uint32_t moved, uint32_t net, const Share &before, const Share &after);
  void changeLeave(uint32_t vertex, int64_t change);

  PartitionState &state;
  const Netlist &netlist;
  const RefinementOptions &options;
  uint32_t parts;
  uint64_t tolerance = 0; ///< Of this pass.
  std::vector<int64_t> leave, enter;
  MoveQueue queue;
};
} // namespace

void MoveRefiner::computeGains(uint32_t vertex) {
  int64_t *row = &enter[size_t(vertex) * parts];
  std::fill_n(row, parts, 0);
  leave[vertex] = 0;
  int64_t everywhere = 0; // as if no part had anything of the nets
  uint32_t from = state.partOf(vertex);
  netlist.forEachNet(vertex, [&](uint32_t net, uint32_t synapses, uint32_t, uint64_t rate) {
    uint64_t total = netlist.nets[net].rate;
    int64_t alone = gainOfEntering(Share(), synapses, rate, total);
    everywhere += alone;
    for (const Share &share : state.shares(net)) {
      if (share.part == from)
        leave[vertex] += gainOfLeaving(share, synapses, rate, total);
      else
        row[share.part] += gainOfEntering(share, synapses, rate, total) - alone;
    }
  });
  for (uint32_t part = 0; part < parts; ++part)
    row[part] += everywhere;
}

/// Whether the additive resources of `to` stay within limits and tolerance.
bool MoveRefiner::allows(uint32_t vertex, uint32_t to) const {
  if (state.fits(vertex, to))
    return true;
  if (tolerance == 0 || state.overload(to) || state.overload() > tolerance)
    return false;
  uint64_t overload = 0;
  for (unsigned resource = 0; resource < netlist.resources; ++resource) {
    uint64_t limit = state.limits.at(to, resource);
    uint64_t after = state.used(to, resource) + netlist.demandOf(vertex)[resource];
    if (after > limit)
      overload += 1 + ((after - limit) << 20) / std::max<uint64_t>(limit, 1);
  }
  return overload <= options.tolerance;
}

MoveRefiner::Candidate MoveRefiner::bestMove(uint32_t vertex) const {
  const int64_t *row = &enter[size_t(vertex) * parts];
  uint32_t from = state.partOf(vertex);
  Candidate best{from, kNever};
  for (uint32_t to = 0; to < parts; ++to)
    if (to != from && (row[to] > best.gain || (row[to] == best.gain && state.used(to, 0) < state.used(best.to, 0))) &&
        allows(vertex, to))
      best = {to, row[to]};
  if (best.gain != kNever)
    best.gain += leave[vertex];
  return best;
}

/// The part that the next vertex leaves: an overloaded one, or else that with the best move.
uint32_t MoveRefiner::nextPart() const {
  uint32_t best = parts;
  for (uint32_t part = 0; part < parts; ++part) {
    if (queue.empty(part))
      continue;
    if (best == parts || std::make_pair(state.overload(part), queue.keyOf(queue.top(part))) >
                             std::make_pair(state.overload(best), queue.keyOf(queue.top(best))))
      best = part;
  }
  return best;
}

void MoveRefiner::changeLeave(uint32_t vertex, int64_t change) {
  leave[vertex] += change;
  if (change && queue.contains(vertex))
    queue.setKey(state.partOf(vertex), vertex, queue.keyOf(vertex) + change);
}

/// Gains of the other vertices of a net, after one that moved changed the share of a part.
void MoveRefiner::updateShare(uint32_t moved, uint32_t net, const Share &before, const Share &after) {
  // Nobody's coming or leaving changes whether a part with two vertices of targets is reached.
  if (before.vertices > 1 && after.vertices > 1)
    return;
  uint64_t total = netlist.nets[net].rate;
  if (before.vertices > 0 && after.vertices > 0) { // only the last vertex can end the packets to its part
    uint32_t last = before.vertices == 1 ? before.parity : after.parity;
    uint32_t synapses = before.vertices == 1 ? before.synapses : after.synapses;
    uint64_t rate = netlist.rateOf(last, net);
    changeLeave(last, gainOfLeaving(after, synapses, rate, total) - gainOfLeaving(before, synapses, rate, total));
    return;
  }
  if (before.vertices == after.vertices && before.rate == after.rate)
    return;
  netlist.forEachPin(net, [&](uint32_t vertex, uint32_t synapses, uint32_t, uint64_t rate) {
    if (vertex == moved)
      return;
    if (state.partOf(vertex) == before.part)
      return changeLeave(vertex,
                         gainOfLeaving(after, synapses, rate, total) - gainOfLeaving(before, synapses, rate, total));
    int64_t &entering = enter[size_t(vertex) * parts + before.part];
    int64_t change = gainOfEntering(after, synapses, rate, total) - gainOfEntering(before, synapses, rate, total);
    entering += change;
    // Keys are bounds from above: those that are too high are found when the vertex comes up.
    if (change > 0 && queue.contains(vertex) && leave[vertex] + entering > queue.keyOf(vertex))
      queue.setKey(state.partOf(vertex), vertex, leave[vertex] + entering);
  });
}

void MoveRefiner::move(uint32_t vertex, uint32_t to) {
  int64_t leaving = 0, returning = 0; // what the vertex gains in other parts does not depend on its own
  uint32_t from = state.partOf(vertex);
  state.move(vertex, to,
             [&](uint32_t net, uint32_t synapses, uint64_t rate, const Share &oldFrom, const Share &oldTo,
                 const Share &newFrom, const Share &newTo) {
               uint64_t total = netlist.nets[net].rate;
               leaving += gainOfLeaving(newTo, synapses, rate, total);
               returning += gainOfEntering(newFrom, synapses, rate, total);
               updateShare(vertex, net, oldFrom, newFrom);
               updateShare(vertex, net, oldTo, newTo);
             });
  leave[vertex] = leaving;
  enter[size_t(vertex) * parts + from] = returning;
}

bool MoveRefiner::pass(bool exchanges) {
  // Chains begin where limits are met: a repair takes the direct way first.
  tolerance = state.overload() && !exchanges ? 0 : state.overload() + options.tolerance;
  queue.clear();
  for (uint32_t vertex = 0; vertex < netlist.vertices; ++vertex)
    if (Candidate best = bestMove(vertex); best.gain != kNever)
      queue.push(state.partOf(vertex), vertex, best.gain);

  struct Move {
    uint32_t vertex, from;
  };
  std::vector<Move> moves;
  auto standing = [&] { return std::make_pair(state.overload(), state.packets()); };
  auto start = standing(), best = start;
  size_t bestMoves = 0, undone = 0; // since the best state
  while (moves.size() - bestMoves < options.fruitless && undone < options.undone) {
    uint32_t from = nextPart();
    if (from == parts)
      break;
    uint32_t vertex = queue.top(from);
    Candidate candidate = bestMove(vertex);
    if (candidate.gain != kNever && candidate.gain < queue.keyOf(vertex)) {
      queue.setKey(from, vertex, candidate.gain);
      continue;
    }
    queue.remove(from, vertex);
    if (candidate.gain == kNever)
      continue;
    uint64_t allowed = std::max(state.overload(), tolerance);
    [[maybe_unused]] int64_t packets = state.packets();
    move(vertex, candidate.to);
    assert(packets - state.packets() == candidate.gain && "gains are exact after every move");
    if (state.overload() > allowed) { // of what only a move shows: axons, synapse memory, configurations
      move(vertex, from);
      ++undone;
      continue;
    }
    moves.push_back({vertex, from});
    if (standing() < best) {
      best = standing();
      bestMoves = moves.size();
      undone = 0;
    }
  }
  for (; moves.size() > bestMoves; moves.pop_back())
    move(moves.back().vertex, moves.back().from);
  constexpr int64_t kLeastShare = 1000; // of packets
  return best.first < start.first || start.second - best.second > best.second / kLeastShare;
}

void lle::refineByMoves(PartitionState &state, const RefinementOptions &options) {
  MoveRefiner refiner(state, options);
  for (unsigned pass = 0; pass < options.passes; ++pass) {
    const uint64_t overload = state.overload();
    if (refiner.pass(/*exchanges=*/false))
      continue;
    if (overload == 0 || !refiner.pass(/*exchanges=*/true))
      break;
  }
}

namespace {
/// Gains of one vertex at a time, computed when they are asked for.
class MoveSearch {
public:
  explicit MoveSearch(const PartitionState &state) : state(state), row(state.limits.parts), seen(state.limits.parts) {}

  struct Found {
    uint32_t to;
    int64_t gain;
  };
  /// The best part that a vertex fits into, and its own part if there is none: of those that its nets reach, or of all.
  Found best(uint32_t vertex, bool ofAll) {
    const Netlist &netlist = state.netlist;
    uint32_t from = state.partOf(vertex);
    int64_t base = 0; // of a part that has nothing of the nets
    netlist.forEachNet(vertex, [&](uint32_t net, uint32_t synapses, uint32_t, uint64_t rate) {
      uint64_t total = netlist.nets[net].rate;
      int64_t alone = gainOfEntering(Share(), synapses, rate, total);
      base += alone;
      for (const Share &share : state.shares(net)) {
        if (share.part == from) {
          base += gainOfLeaving(share, synapses, rate, total);
          continue;
        }
        if (!std::exchange(seen[share.part], true))
          touched.push_back(share.part);
        row[share.part] += gainOfEntering(share, synapses, rate, total) - alone;
      }
    });
    Found found{from, std::numeric_limits<int64_t>::min()};
    auto consider = [&](uint32_t part) {
      if (part != from && base + row[part] > found.gain && state.fits(vertex, part))
        found = {part, base + row[part]};
    };
    if (ofAll)
      for (uint32_t part = 0; part < state.limits.parts; ++part)
        consider(part);
    else
      llvm::for_each(touched, consider);
    for (uint32_t part : touched)
      row[part] = seen[part] = 0;
    touched.clear();
    return found;
  }

private:
  const PartitionState &state;
  std::vector<int64_t> row;
  std::vector<char> seen;
  std::vector<uint32_t> touched;
};
} // namespace

/// Moves the vertices whose leaving costs least out of overloaded parts.
static void repairGreedily(PartitionState &state, llvm::MutableArrayRef<MoveSearch> searches) {
  constexpr unsigned kRounds = 8;
  MoveSearch &search = searches.front();
  std::vector<int64_t> loss(state.netlist.vertices);
  for (unsigned round = 0; round < kRounds && state.overload() > 0; ++round) {
    forRanges(searches.size(), loss.size(), [&](unsigned thread, size_t begin, size_t end) {
      for (size_t vertex = begin; vertex < end; ++vertex)
        if (state.overload(state.partOf(vertex)) > 0)
          loss[vertex] = -searches[thread].best(vertex, true).gain;
    });
    std::vector<std::vector<std::pair<int64_t, uint32_t>>> leaving(state.limits.parts);
    for (uint32_t vertex = 0; vertex < state.netlist.vertices; ++vertex)
      if (state.overload(state.partOf(vertex)) > 0)
        leaving[state.partOf(vertex)].push_back({loss[vertex], vertex});
    for (uint32_t part = 0; part < state.limits.parts; ++part) {
      llvm::sort(leaving[part]);
      for (auto [loss, vertex] : leaving[part]) {
        if (state.overload(part) == 0)
          break;
        uint64_t overload = state.overload();
        if (uint32_t to = search.best(vertex, true).to; to != part)
          state.move(vertex, to);
        if (state.overload() > overload)
          state.move(vertex, part);
      }
    }
  }
}

void lle::refineGreedily(PartitionState &state, const RefinementOptions &options) {
  constexpr size_t kBatch = 16384;
  constexpr int64_t kLeastShare = 500; // of packets that a pass must save
  std::vector<MoveSearch> searches(options.threads, MoveSearch(state));
  repairGreedily(state, searches);
  std::vector<uint32_t> target(kBatch);
  for (unsigned pass = 0; pass < options.passes; ++pass) {
    int64_t before = state.packets();
    for (size_t first = 0; first < state.netlist.vertices; first += kBatch) {
      size_t count = std::min<size_t>(kBatch, state.netlist.vertices - first);
      forRanges(options.threads, count, [&](unsigned thread, size_t begin, size_t end) {
        for (size_t i = begin; i < end; ++i) {
          MoveSearch::Found found = searches[thread].best(first + i, false);
          target[i] = found.gain > 0 ? found.to : state.partOf(first + i);
        }
      });
      for (size_t i = 0; i < count; ++i) {
        uint32_t vertex = first + i, from = state.partOf(vertex);
        if (target[i] == from || !state.fits(vertex, target[i]) || state.gain(vertex, target[i]) <= 0)
          continue;
        uint64_t overload = state.overload();
        state.move(vertex, target[i]);
        if (state.overload() > overload)
          state.move(vertex, from);
      }
    }
    if (before - state.packets() <= before / kLeastShare)
      break;
  }
}
