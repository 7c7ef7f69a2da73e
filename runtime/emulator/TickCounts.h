//===- TickCounts.h - counts of the ticks under way -------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Internal. In one step of the network populations compute different ticks, so that a tick is complete only when the
// population that starts first has computed it.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_EMULATOR_TICKCOUNTS_H
#define LLE_RUNTIME_EMULATOR_TICKCOUNTS_H

#include "runtime/emulator/PreparedMap.h"

namespace lle::runtime {

/// Counts of one tick, of cores or of links. Each core is counted by one thread, a link by many, each apart.
class TickCounts {
public:
  TickCounts(const PreparedMap &impl, unsigned threads);

  struct Tick {
    uint32_t *terms[3]; ///< TickTerm up to PacketsOut, of each core
    uint32_t *links;    ///< a thread's, of the used ones
    uint32_t *getTerm(TickTerm term) const { return terms[size_t(term)]; }
  };
  Tick at(uint64_t tick, unsigned thread = 0);

  /// Adds all ticks before `end` that were not added, and forgets them.
  void closeUntil(uint64_t end);
  /// Ends a sample of as many steps, of which none is under way; the next one begins at that step.
  void endSample(uint64_t steps, uint64_t nextStep);
  /// The sums of all ticks, those under way included, as they would be if the sample ended after `steps`.
  Activity get(uint64_t steps) const;

private:
  struct Totals {
    Activity activity;
    std::vector<uint64_t> links;
    std::vector<uint32_t> tickLinks; ///< of all threads
  };
  void add(uint64_t tick, Totals &totals) const;
  uint64_t getEnd(uint64_t steps) const { return steps == 0 ? next : steps + impl.starts.back(); }

  const PreparedMap &impl;
  unsigned threads;
  size_t slots, cores, links;
  std::vector<uint32_t> coreCounts; ///< (slots, 3, cores)
  std::vector<uint32_t> linkCounts; ///< (slots, threads, links)
  Totals totals;
  uint64_t next = 0; ///< the first tick that was not added
};

} // namespace lle::runtime

#endif // LLE_RUNTIME_EMULATOR_TICKCOUNTS_H
