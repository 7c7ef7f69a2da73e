//===- Activity.h - what an emulated chip did -------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Counts of an emulation, and what a target's figures make of them. The work of a packet counts for the tick in which
// it is sent: the barrier that ends a tick waits for it.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_EMULATOR_ACTIVITY_H
#define LLE_RUNTIME_EMULATOR_ACTIVITY_H

#include "runtime/coremap/CoreMap.h"
#include <array>

namespace lle::runtime {

/// All of a run, of one core.
struct CoreActivity {
  uint64_t synapticOperations = 0;
  uint64_t neuronUpdates = 0;
  uint64_t wordsRead = 0; ///< of 64 bits, of rows of synapses
  uint64_t packetsIn = 0; ///< multicast: also those with a key that the core does not want
  uint64_t spikes = 0;    ///< inputs that are not 0, of the host
  uint64_t firings = 0;   ///< those of the chip's neurons
  uint64_t packetsOut = 0;
  uint64_t hopsX = 0, hopsY = 0; ///< of its packets, between routers by way of x, then y; multicast: not within a chip
  uint64_t chipCrossings = 0;    ///< of its packets; point to point they are hops too

  CoreActivity &operator+=(const CoreActivity &other);
};

/// A link that packets have passed. Point to point it leaves router (x, y) of the grid of all chips for E, N, W or S;
/// multicast it leaves chip (x, y) for E, NE, N, W, SW or S.
struct LinkActivity {
  int32_t x = 0, y = 0;
  uint32_t direction = 0;
  uint64_t packets = 0;
};

/// The terms of the time of a tick. On cores that run side by side the busiest one counts.
enum class TickTerm { SynapticOperations, NeuronUpdates, PacketsOut, LinkPackets, Barrier };
inline constexpr size_t kTickTerms = 5;

struct Activity {
  uint64_t samples = 0, steps = 0, ticks = 0; ///< ticks: steps, and for each sample the latency
  std::vector<CoreActivity> cores;            ///< as CoreMap::cores
  std::vector<LinkActivity> links;
  /// Of the busiest core, or link, of each tick: the sum over all ticks, and the largest. Without TickTerm::Barrier.
  std::array<uint64_t, kTickTerms> sums = {}, peaks = {};
  /// Of all ticks: the largest term each, by the figures of unit_ns; 0 without figures. (J. Timcheck et al., A Compute
  /// and Communication Runtime Model for Loihi 2, arXiv:2601.10035.)
  double nanoseconds = 0;
  std::array<uint64_t, kTickTerms> ticksBoundBy = {}; ///< ticks whose largest term it is

  CoreActivity total() const;
  /// Of the same map.
  Activity &operator+=(const Activity &other);
};

/// A figure of the target, or null.
const ChipFigure *findFigure(const CoreMap &map, const std::string &name);

/// Picojoules by the figures of unit_pj; what has no figure counts nothing.
double computeEnergy(const CoreMap &map, const CoreActivity &activity);

/// Nanoseconds of a tick by the figures of unit_ns, for each term.
std::array<double, kTickTerms> getTickCosts(const CoreMap &map);

} // namespace lle::runtime

#endif // LLE_RUNTIME_EMULATOR_ACTIVITY_H
