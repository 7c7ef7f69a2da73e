//===- Power.h - which processing elements are on ---------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// SpiNNaker2: an element that holds nothing is off. Another runs at the lowest of two levels at which it ends the work
// of a tick before the next, and sleeps for the rest. Powers are derived from measurements of a whole chip (S. Scholze
// et al., The SpiNNaker2 chip, IEEE OJCAS (2026), arXiv:2607.24396): 152 elements off, asleep, and in CoreMark.
//
// Loihi: no power states of a core are published, so nothing but leaving cores unmapped is planned, and no power is
// given.
//
//===----------------------------------------------------------------------===//

#ifndef LLE_RUNTIME_COREMAP_POWER_H
#define LLE_RUNTIME_COREMAP_POWER_H

#include "runtime/coremap/Traffic.h"

namespace lle::runtime {

enum class PowerLevel : uint8_t { Off, Low, High };

/// Of SpiNNaker2. Powers are those of one element, above it being off.
struct PowerLevelFigures {
  double volts, megahertz, sleepMilliwatts, activeMilliwatts;
};
inline constexpr double kChipOffMilliwatts = 75.2; ///< with all elements off
inline constexpr PowerLevelFigures kLowLevel = {0.5, 150, (235.4 - 75.2) / 152, (424.6 - 75.2) / 152};
inline constexpr PowerLevelFigures kHighLevel = {0.8, 300, (564.7 - 75.2) / 152, (1247.9 - 75.2) / 152};

/// Cycles of an element for a synapse (300 MHz over 12 million synaptic events a second, as published), and for the
/// update of a neuron (assumed: 284 ns of targets/spinnaker2.mlir).
inline constexpr double kSynapseCycles = 25, kNeuronCycles = 85;

/// Cycles that a core works in a tick.
struct TickWork {
  double most = 0; ///< what the level must be able to do
  double mean = 0; ///< what energy is spent on
};

/// Of each core, if neurons send at `rates` on the mean, and all of them in the busiest tick.
std::vector<TickWork> estimateWork(const CoreMap &map, const NeuronRates &rates);

struct CorePower {
  PowerLevel level = PowerLevel::Off;
  double busyShare = 0;  ///< of a tick, on the mean
  double milliwatts = 0; ///< mean; SpiNNaker2 only
  bool isLate = false;   ///< even the high level does not end the busiest tick in time
  double leastTick = 0;  ///< seconds of the busiest tick at the high level; SpiNNaker2 only
};

struct PowerPlan {
  std::vector<CorePower> cores; ///< as CoreMap::cores; a host is off
  uint32_t unmapped = 0;        ///< cores of the chips that hold nothing
  /// Of all chips, mean: as planned, and with every element on at the high level. 0 for Loihi.
  double milliwatts = 0, ungatedMilliwatts = 0;
};

/// `work`: as CoreMap::cores.
PowerPlan planPower(const CoreMap &map, const std::vector<TickWork> &work, double tickSeconds);

} // namespace lle::runtime

#endif // LLE_RUNTIME_COREMAP_POWER_H
