//===- Traffic.cpp - where packets of a core map go -----------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/coremap/Traffic.h"
#include "runtime/coremap/Board.h"

#include <algorithm>
#include <map>

using namespace lle::runtime;

namespace {

Result<PacketPath> followPacket(const ChipBoard &board, uint32_t chip, uint32_t key) {
  struct Arrival {
    uint32_t chip, step;
  };
  PacketPath path;
  std::vector<Arrival> pending = {{chip, PacketStep::kSource}};
  std::vector<uint32_t> visited;
  while (!pending.empty()) {
    Arrival at = pending.back();
    pending.pop_back();
    if (std::find(visited.begin(), visited.end(), at.chip) != visited.end())
      return makeError("a packet with key ", key, " comes to chip ", at.chip, " twice");
    visited.push_back(at.chip);
    const RouteEntry *entry = board.getEntry(at.chip, key);
    unsigned links = entry ? entry->links : 0;
    if (entry)
      path.cores.insert(path.cores.end(), entry->cores.begin(), entry->cores.end());
    else if (at.step != PacketStep::kSource)
      links = 1u << path.steps[at.step].direction;
    for (uint8_t direction = 0; direction < kLinkDirections; ++direction) {
      if (!(links >> direction & 1))
        continue;
      const uint32_t *next = board.getNeighbour(at.chip, direction);
      if (!next)
        return makeError("a packet with key ", key, " leaves the board at chip ", at.chip);
      path.steps.push_back({at.chip, direction, at.step});
      pending.push_back({*next, uint32_t(path.steps.size() - 1)});
    }
  }
  std::sort(path.cores.begin(), path.cores.end());
  auto twice = std::adjacent_find(path.cores.begin(), path.cores.end());
  if (twice != path.cores.end())
    return makeError("a packet with key ", key, " comes to core ", *twice, " twice");
  return path;
}

/// Links as vertices, and which of them a packet takes after another.
class LinkGraph {
public:
  explicit LinkGraph(uint32_t chips) : next(size_t(chips) * kLinkDirections) {}

  void add(const PacketPath &path) {
    for (const PacketStep &step : path.steps)
      if (step.previous != PacketStep::kSource)
        addEdge(getLink(path.steps[step.previous]), getLink(step));
  }

  bool hasCycle() const {
    enum State : uint8_t { New, Open, Done };
    std::vector<State> states(next.size(), New);
    std::vector<std::pair<uint32_t, size_t>> stack; // a link, and how many of its successors were visited
    for (uint32_t start = 0; start < next.size(); ++start) {
      if (states[start] != New)
        continue;
      stack.push_back({start, 0});
      states[start] = Open;
      while (!stack.empty()) {
        auto &[link, visited] = stack.back();
        if (visited == next[link].size()) {
          states[link] = Done;
          stack.pop_back();
          continue;
        }
        uint32_t successor = next[link][visited++];
        if (states[successor] == Open)
          return true;
        if (states[successor] == New) {
          states[successor] = Open;
          stack.push_back({successor, 0});
        }
      }
    }
    return false;
  }

private:
  static uint32_t getLink(const PacketStep &step) { return step.chip * kLinkDirections + step.direction; }
  void addEdge(uint32_t from, uint32_t to) {
    if (std::find(next[from].begin(), next[from].end(), to) == next[from].end())
      next[from].push_back(to);
  }

  std::vector<std::vector<uint32_t>> next;
};

/// Sums of packets on links.
class LoadCounter {
public:
  explicit LoadCounter(const CoreMap &map) : map(map) {}

  void add(uint32_t chip, uint32_t x, uint32_t y, uint8_t direction, bool leavesChip, double packets) {
    LinkLoad &load = loads[{chip, y, x, direction}];
    load = {chip, x, y, direction, leavesChip, load.packets + packets};
    traffic.hops += packets;
    traffic.crossings += leavesChip ? packets : 0;
    traffic.maxLoad = std::max(traffic.maxLoad, load.packets);
  }

  /// One link of the grid that all chips make; a chip that does not exist is passed without one.
  void addGridLink(const ChipBoard &board, BoardPlace router, uint8_t direction, double packets) {
    int32_t width = map.gridWidth, height = map.gridHeight;
    BoardPlace from = {floorDiv(router.first, width), floorDiv(router.second, height)};
    BoardPlace to = {floorDiv(router.first + kLinkX[direction], width),
                     floorDiv(router.second + kLinkY[direction], height)};
    if (const uint32_t *chip = board.find(from))
      add(*chip, router.first - from.first * width, router.second - from.second * height, direction, from != to,
          packets);
  }

  Traffic take(double packets) {
    traffic.packets = packets;
    for (auto &[key, load] : loads)
      traffic.links.push_back(load);
    return std::move(traffic);
  }

private:
  static int32_t floorDiv(int32_t a, int32_t b) { return a >= 0 ? a / b : -((-a + b - 1) / b); }

  const CoreMap &map;
  std::map<std::tuple<uint32_t, uint32_t, uint32_t, uint8_t>, LinkLoad> loads;
  Traffic traffic;
};

double getRate(const NeuronRates &rates, uint32_t population, uint32_t neuron) {
  return population < rates.size() && !rates[population].empty() ? rates[population][neuron] : 1;
}

/// Calls `visit` with each neuron of a core: its local number and its rate.
template <typename Visit>
void forEachNeuron(const CoreContents &core, const NeuronRates &rates, Visit visit) {
  uint32_t local = 0;
  for (const NeuronRun &run : core.neurons)
    for (uint32_t i = 0; i < run.count; ++i)
      visit(local++, getRate(rates, run.population, run.first + i));
}

} // namespace

Result<PacketPath> lle::runtime::tracePacket(const CoreMap &map, uint32_t chip, uint32_t key) {
  return followPacket(ChipBoard(map), chip, key);
}

std::vector<std::vector<uint32_t>> lle::runtime::getTargets(const CoreMap &map) {
  std::vector<std::vector<uint32_t>> targets(map.cores.size());
  if (!map.isMulticast) {
    for (size_t i = 0; i < map.cores.size(); ++i)
      for (const OutAxon &axon : map.cores[i].outAxons)
        targets[i].push_back(axon.core);
  } else {
    std::map<uint32_t, uint32_t> blocks; // the first key to the core
    for (uint32_t i = 0; i < map.cores.size(); ++i)
      if (countLocalNeurons(map.cores[i]))
        blocks[map.cores[i].firstKey] = i;
    for (uint32_t target = 0; target < map.cores.size(); ++target)
      for (const KeyRange &range : map.cores[target].keyRanges)
        for (uint32_t i = 0; i < range.count; ++i) {
          auto block = blocks.upper_bound(range.firstKey + i);
          if (map.cores[target].keyedAxons[range.firstAxon + i] != UINT32_MAX && block != blocks.begin())
            targets[std::prev(block)->second].push_back(target);
        }
  }
  for (std::vector<uint32_t> &cores : targets) {
    std::sort(cores.begin(), cores.end());
    cores.erase(std::unique(cores.begin(), cores.end()), cores.end());
  }
  return targets;
}

bool lle::runtime::hasLinkCycle(const CoreMap &map) {
  ChipBoard board(map);
  LinkGraph links(map.chips);
  for (const CoreContents &core : map.cores)
    if (map.isMulticast && board.getEntry(core.chip, core.firstKey))
      if (Result<PacketPath> path = followPacket(board, core.chip, core.firstKey))
        links.add(*path);
  return links.hasCycle();
}

Status lle::runtime::checkRoutes(const CoreMap &map) {
  if (!map.isMulticast)
    return {}; // x before y is exact, and has no cycle
  ChipBoard board(map);
  std::vector<std::vector<uint32_t>> targets = getTargets(map);
  for (size_t i = 0; i < map.cores.size(); ++i) {
    const CoreContents &core = map.cores[i];
    for (uint64_t n = 0, count = targets[i].empty() ? 0 : countLocalNeurons(core); n < count; ++n) {
      Result<PacketPath> path = followPacket(board, core.chip, core.firstKey + n);
      if (!path)
        return path.error();
      if (path->cores != targets[i])
        return makeError("a packet with key ", core.firstKey + n, " comes to ", path->cores.size(),
                         " cores, not to the ", targets[i].size(), " that want keys of core ", i);
    }
  }
  if (hasLinkCycle(map))
    return makeError("packets can wait for each other in a circle of links");
  return {};
}

Result<Traffic> lle::runtime::measureTraffic(const CoreMap &map, const NeuronRates &rates) {
  ChipBoard board(map);
  LoadCounter loads(map);
  double packets = 0;
  for (const CoreContents &core : map.cores) {
    if (map.isMulticast) {
      double sent = 0;
      forEachNeuron(core, rates, [&](uint32_t, double rate) { sent += rate; });
      if (!board.getEntry(core.chip, core.firstKey))
        continue; // nobody wants them: they end at once
      packets += sent;
      Result<PacketPath> path = followPacket(board, core.chip, core.firstKey);
      if (!path)
        return path.error();
      for (const PacketStep &step : path->steps)
        loads.add(step.chip, 0, 0, step.direction, true, sent);
      continue;
    }
    std::map<uint32_t, double> sent; // to each core
    if (!core.outAxons.empty())
      forEachNeuron(core, rates, [&](uint32_t local, double rate) {
        for (uint32_t i = core.outBegin[local]; i < core.outBegin[local + 1]; ++i)
          sent[core.outAxons[i].core] += rate;
      });
    auto getRouter = [&](const CoreContents &at) {
      BoardPlace chip = board.getPlace(at.chip);
      return BoardPlace(chip.first * int32_t(map.gridWidth) + int32_t(at.x),
                        chip.second * int32_t(map.gridHeight) + int32_t(at.y));
    };
    for (auto [target, rate] : sent) {
      packets += rate;
      BoardPlace at = getRouter(core), to = getRouter(map.cores[target]);
      for (; at.first != to.first; at.first += at.first < to.first ? 1 : -1)
        loads.addGridLink(board, at, at.first < to.first ? kEast : kWest, rate);
      for (; at.second != to.second; at.second += at.second < to.second ? 1 : -1)
        loads.addGridLink(board, at, at.second < to.second ? kNorth : kSouth, rate);
    }
  }
  return loads.take(packets);
}

Traffic lle::runtime::addUpTraffic(const CoreMap &map, double packets, const std::vector<CountedLink> &links) {
  ChipBoard board(map);
  LoadCounter loads(map);
  for (const CountedLink &link : links) {
    if (!map.isMulticast)
      loads.addGridLink(board, {link.x, link.y}, link.direction, link.packets);
    else if (const uint32_t *chip = board.find({link.x, link.y}))
      loads.add(*chip, 0, 0, link.direction, true, link.packets);
  }
  return loads.take(packets);
}
