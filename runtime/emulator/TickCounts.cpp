//===- TickCounts.cpp - counts of the ticks under way ---------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/emulator/TickCounts.h"
#include <algorithm>

using namespace lle::runtime;

static constexpr size_t kCoreTerms = 3;

/// A step writes ticks starts.front() to starts.back() ahead of it, the packets of one tick before, and adding a tick
/// may take until the next step is under way. A power of two.
static size_t countSlots(const std::vector<uint32_t> &starts) {
  size_t slots = 1;
  while (slots < starts.back() - starts.front() + 3)
    slots *= 2;
  return slots;
}

TickCounts::TickCounts(const PreparedMap &impl, unsigned threads)
    : impl(impl), threads(threads), slots(countSlots(impl.starts)), cores(impl.cores.size()),
      allLinks(impl.mesh.countLinks()), coreCounts(slots * kCoreTerms * cores), linkCounts(slots * threads * allLinks),
      linkUses(slots * threads) {
  totals.links.resize(allLinks);
}

TickCounts::Tick TickCounts::at(uint64_t tick, unsigned thread) {
  const size_t slot = tick & (slots - 1);
  uint32_t *first = coreCounts.data() + slot * kCoreTerms * cores;
  const size_t part = slot * threads + thread;
  return {{first, first + cores, first + 2 * cores}, linkCounts.data() + part * allLinks, linkUses.data() + part};
}

void TickCounts::add(uint64_t tick, Totals &totals) const {
  std::array<uint64_t, kTickTerms> largest = {};
  if (tick >= impl.starts.front()) { // else nothing has been active
    const size_t slot = tick & (slots - 1);
    const uint32_t *counts = coreCounts.data() + slot * kCoreTerms * cores;
    for (size_t term = 0; term < kCoreTerms; ++term)
      largest[term] = *std::max_element(counts + term * cores, counts + (term + 1) * cores);
    const uint32_t *links = linkCounts.data() + slot * threads * allLinks;
    const uint8_t *uses = linkUses.data() + slot * threads;
    uint64_t &busiest = largest[size_t(TickTerm::LinkPackets)];
    const size_t used = std::any_of(uses, uses + threads, [](uint8_t use) { return use; }) ? allLinks : 0;
    for (size_t link = 0; link < used; ++link) {
      uint64_t packets = links[link];
      for (unsigned thread = 1; thread < threads; ++thread)
        packets += links[thread * allLinks + link];
      busiest = std::max(busiest, packets);
      totals.links[link] += packets;
    }
  }
  Activity &activity = totals.activity;
  ++activity.ticks;
  double longest = 0;
  size_t bound = 0;
  for (size_t term = 0; term < kTickTerms; ++term) {
    activity.sums[term] += largest[term];
    activity.peaks[term] = std::max(activity.peaks[term], largest[term]);
    bool isBarrier = term == size_t(TickTerm::Barrier);
    double nanoseconds = impl.tickCosts[term] * (isBarrier ? 1 : double(largest[term]));
    if (nanoseconds > longest) {
      longest = nanoseconds;
      bound = term;
    }
  }
  activity.nanoseconds += longest;
  activity.ticksBoundBy[bound] += longest > 0;
}

void TickCounts::closeUntil(uint64_t end) {
  for (; next < end; ++next) {
    add(next, totals);
    if (next < impl.starts.front())
      continue; // its slot is another tick's
    Tick tick = at(next);
    std::fill_n(tick.terms[0], kCoreTerms * cores, 0);
    for (unsigned thread = 0; thread < threads; ++thread)
      if (tick.usesLinks[thread])
        std::fill_n(tick.links + thread * allLinks, allLinks, 0);
    std::fill_n(tick.usesLinks, threads, 0);
  }
}

void TickCounts::endSample(uint64_t steps, uint64_t nextStep) {
  closeUntil(getEnd(steps));
  next = nextStep == 0 ? 0 : nextStep + impl.starts.front();
}

Activity TickCounts::get(uint64_t steps) const {
  Totals result = totals;
  for (uint64_t tick = next; tick < getEnd(steps); ++tick)
    add(tick, result);
  const Mesh &mesh = impl.mesh;
  for (size_t link = 0; link < allLinks; ++link)
    if (uint64_t packets = result.links[link]) {
      size_t node = link / mesh.directions;
      result.activity.links.push_back({int32_t(node % mesh.width) + mesh.minX, int32_t(node / mesh.width) + mesh.minY,
                                       uint32_t(link % mesh.directions), packets});
    }
  return result.activity;
}
