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
#include <map>

using namespace lle::runtime;

namespace {

double getSeconds(const PowerLevelFigures &level, double cycles) { return cycles / (level.megahertz * 1e6); }

/// Mean power of an element that works so long of each tick, and sleeps for the rest.
double getMilliwatts(const PowerLevelFigures &level, double busyShare) {
  return busyShare * level.activeMilliwatts + (1 - busyShare) * level.sleepMilliwatts;
}

} // namespace

std::vector<TickWork> lle::runtime::estimateWork(const CoreMap &map, const NeuronRates &rates) {
  std::vector<TickWork> work(map.cores.size());
  auto receive = [&](uint32_t index, uint32_t axon, double rate) {
    const CoreContents &core = map.cores[index];
    const double cycles = core.rows[core.inAxons[axon].row].count * kSynapseCycles;
    work[index].most += cycles;
    work[index].mean += cycles * rate;
  };
  std::vector<std::vector<double>> sent(map.cores.size()); // by each neuron of a core
  std::map<uint64_t, uint32_t> coresOfKeys;                // by the first key
  for (uint32_t i = 0; i < map.cores.size(); ++i) {
    const CoreContents &core = map.cores[i];
    const double updates = core.isHost ? 0 : double(countLocalNeurons(core)) * kNeuronCycles;
    work[i].most += updates;
    work[i].mean += updates;
    for (const NeuronRun &run : core.neurons)
      for (uint32_t n = run.first; n < run.first + run.count; ++n)
        sent[i].push_back(run.population < rates.size() && n < rates[run.population].size() ? rates[run.population][n]
                                                                                            : 1);
    if (!sent[i].empty())
      coresOfKeys[core.firstKey] = i;
    for (size_t n = 0; n + 1 < core.outBegin.size(); ++n)
      for (uint32_t k = core.outBegin[n]; k < core.outBegin[n + 1]; ++k)
        receive(core.outAxons[k].core, core.outAxons[k].axon, sent[i][n]);
  }
  for (uint32_t i = 0; map.isMulticast && i < map.cores.size(); ++i)
    for (const KeyRange &range : map.cores[i].keyRanges)
      for (uint32_t k = 0; k < range.count; ++k) {
        const uint64_t key = uint64_t(range.firstKey) + k;
        auto source = coresOfKeys.upper_bound(key);
        const uint32_t axon = map.cores[i].keyedAxons[range.firstAxon + k];
        if (axon == UINT32_MAX || source == coresOfKeys.begin())
          continue; // an unwanted key, or nobody's
        --source;
        if (const std::vector<double> &neurons = sent[source->second]; key - source->first < neurons.size())
          receive(i, axon, neurons[key - source->first]);
      }
  return work;
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
    core.leastTick = getSeconds(kHighLevel, work[i].most);
    core.isLate = core.leastTick > tickSeconds;
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
