//===- TickCounts.cpp - counts of the ticks under way ---------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/emulator/TickCounts.h"
#include "runtime/emulator/Multiversion.h"
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

LLE_MULTIVERSION static uint32_t findLargest(const uint32_t *counts, size_t size) {
  uint32_t largest = 0;
  for (size_t i = 0; i < size; ++i)
    largest = std::max(largest, counts[i]);
  return largest;
}

template <typename Count>
static void addCounts(const uint32_t *counts, size_t size, Count *to) {
  for (size_t i = 0; i < size; ++i)
    to[i] += counts[i];
}

TickCounts::TickCounts(const PreparedMap &impl, unsigned threads)
    : impl(impl), threads(threads), slots(countSlots(impl.starts)), cores(impl.cores.size()),
      links(impl.usedLinks.size()), coreCounts(slots * kCoreTerms * cores), linkCounts(slots * threads * links) {
  totals.links.resize(links);
}

TickCounts::Tick TickCounts::at(uint64_t tick, unsigned thread) {
  const size_t slot = tick & (slots - 1);
  uint32_t *first = coreCounts.data() + slot * kCoreTerms * cores;
  return {{first, first + cores, first + 2 * cores}, linkCounts.data() + (slot * threads + thread) * links};
}

void TickCounts::add(uint64_t tick, Totals &totals) const {
  std::array<uint64_t, kTickTerms> largest = {};
  if (tick >= impl.starts.front()) { // else nothing has been active
    const size_t slot = tick & (slots - 1);
    const uint32_t *counts = coreCounts.data() + slot * kCoreTerms * cores;
    for (size_t term = 0; term < kCoreTerms; ++term)
      largest[term] = findLargest(counts + term * cores, cores);
    const uint32_t *packets = linkCounts.data() + slot * threads * links;
    totals.tickLinks.assign(packets, packets + links);
    for (unsigned thread = 1; thread < threads; ++thread)
      addCounts(packets + thread * links, links, totals.tickLinks.data());
    addCounts(totals.tickLinks.data(), links, totals.links.data());
    largest[size_t(TickTerm::LinkPackets)] = findLargest(totals.tickLinks.data(), links);
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
    std::fill_n(tick.links, threads * links, 0);
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
  for (size_t i = 0; i < links; ++i)
    if (uint64_t packets = result.links[i]) {
      size_t link = impl.usedLinks[i], node = link / mesh.directions;
      result.activity.links.push_back({int32_t(node % mesh.width) + mesh.minX, int32_t(node / mesh.width) + mesh.minY,
                                       uint32_t(link % mesh.directions), packets});
    }
  return result.activity;
}
