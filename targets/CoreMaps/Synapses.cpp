//===- Synapses.cpp - reading synapses off the cores of a map -------------===//
#include "targets/CoreMaps/Synapses.h"

using namespace lle;
using namespace lle::runtime;

SynapseReader::SynapseReader(const CoreMap &map) : map(map), names(map.cores.size()) {
  for (size_t i = 0; i < map.cores.size(); ++i) {
    for (const NeuronRun &run : map.cores[i].neurons)
      for (uint32_t n = 0; n < run.count; ++n)
        names[i].push_back({run.population, run.first + n});
    if (map.isMulticast && !names[i].empty())
      blocks[map.cores[i].firstKey] = i;
  }
}

void SynapseReader::visit(Visit visit) const {
  if (!map.isMulticast)
    return visitOutAxons(visit);
  for (uint32_t core = 0; core < map.cores.size(); ++core)
    visitKeys(core, visit);
}

void SynapseReader::visitCore(uint32_t core, Visit visit) const {
  if (map.isMulticast)
    return visitKeys(core, visit);
  visitOutAxons([&](const CoreSynapse &synapse) {
    if (synapse.core == core)
      visit(synapse);
  });
}

void SynapseReader::visitOutAxons(Visit visit) const {
  for (size_t i = 0; i < map.cores.size(); ++i)
    for (size_t n = 0; n + 1 < map.cores[i].outBegin.size(); ++n)
      for (uint32_t k = map.cores[i].outBegin[n]; k < map.cores[i].outBegin[n + 1]; ++k)
        visitAxon(names[i][n], map.cores[i].outAxons[k].core, map.cores[i].outAxons[k].axon, visit);
}

void SynapseReader::visitKeys(uint32_t core, Visit visit) const {
  for (const KeyRange &range : map.cores[core].keyRanges)
    for (uint32_t i = 0; i < range.count; ++i) {
      auto block = blocks.upper_bound(range.firstKey + i);
      uint32_t axon = map.cores[core].keyedAxons[range.firstAxon + i];
      if (axon == UINT32_MAX || block == blocks.begin())
        continue;
      --block;
      if (uint32_t local = range.firstKey + i - block->first; local < names[block->second].size())
        visitAxon(names[block->second][local], core, axon, visit);
    }
}

void SynapseReader::visitAxon(NeuronName source, uint32_t number, uint32_t axon, Visit visit) const {
  const CoreContents &core = map.cores[number];
  const SynapseRow &row = core.rows[core.inAxons[axon].row];
  for (uint32_t i = 0; i < row.count; ++i) {
    uint32_t target = core.inAxons[axon].base + (row.isDense ? i : core.offsets[row.firstOffset + i]);
    uint8_t delay = row.firstDelay == UINT32_MAX ? row.delay : core.delays[row.firstDelay + i];
    if (int16_t weight = core.weights[row.firstWeight + i])
      visit({source, number, target, weight, delay});
  }
}
