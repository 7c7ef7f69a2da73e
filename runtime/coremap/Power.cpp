//===- Power.cpp - which processing elements are on -----------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/coremap/Power.h"
#include "runtime/coremap/Board.h"
#include "runtime/coremap/Capacity.h"

#include <algorithm>

using namespace lle::runtime;

namespace {

constexpr double kSynapseCycles = 25, kNeuronCycles = 85;

double getSeconds(const PowerLevelFigures &level, double cycles) { return cycles / (level.megahertz * 1e6); }

/// Mean power of an element that works so long of each tick, and sleeps for the rest.
double getMilliwatts(const PowerLevelFigures &level, double busyShare) {
  return busyShare * level.activeMilliwatts + (1 - busyShare) * level.sleepMilliwatts;
}

} // namespace

TickWork lle::runtime::estimateWork(const CoreContents &core, double rate) {
  double synapses = 0, neurons = double(countLocalNeurons(core));
  for (const InAxon &axon : core.inAxons)
    synapses += core.rows[axon.row].count;
  return {synapses * kSynapseCycles + neurons * kNeuronCycles,
          synapses * rate * kSynapseCycles + neurons * kNeuronCycles};
}

PowerPlan lle::runtime::planPower(const CoreMap &map, const std::vector<TickWork> &work, double tickSeconds) {
  bool isLoihi = map.arithmetic == ChipArithmetic::Loihi;
  PowerPlan plan;
  uint32_t perChip = 0;
  for (uint32_t x = 0; x < map.gridWidth; ++x)
    for (uint32_t y = 0; y < map.gridHeight; ++y)
      perChip += hasCores(map, x, y) ? map.slots : 0;
  plan.unmapped = perChip * map.chips;
  if (!isLoihi)
    plan.milliwatts = plan.ungatedMilliwatts = kChipOffMilliwatts * map.chips;
  for (size_t i = 0; i < map.cores.size(); ++i) {
    CorePower &core = plan.cores.emplace_back();
    if (map.cores[i].isHost || map.cores[i].neurons.empty())
      continue;
    --plan.unmapped;
    core.level = PowerLevel::High;
    if (isLoihi)
      continue;
    if (getSeconds(kLowLevel, work[i].most) <= tickSeconds)
      core.level = PowerLevel::Low;
    core.isLate = getSeconds(kHighLevel, work[i].most) > tickSeconds;
    const PowerLevelFigures &level = core.level == PowerLevel::Low ? kLowLevel : kHighLevel;
    core.busyShare = std::min(1.0, getSeconds(level, work[i].mean) / tickSeconds);
    core.milliwatts = getMilliwatts(level, core.busyShare);
    plan.milliwatts += core.milliwatts;
    plan.ungatedMilliwatts +=
        getMilliwatts(kHighLevel, std::min(1.0, getSeconds(kHighLevel, work[i].mean) / tickSeconds));
  }
  if (!isLoihi)
    plan.ungatedMilliwatts += plan.unmapped * kHighLevel.sleepMilliwatts;
  return plan;
}
