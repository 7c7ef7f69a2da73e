//===- Rows.cpp - reading and writing rows of synapses --------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/coremap/Rows.h"

#include <algorithm>

using namespace lle::runtime;

uint8_t lle::runtime::getMaxDelay(const CoreContents &core, const SynapseRow &row) {
  if (row.firstDelay == kNoDelays || row.count == 0)
    return row.delay;
  auto first = core.delays.begin() + row.firstDelay;
  return *std::max_element(first, first + row.count);
}

std::vector<RowSynapse> lle::runtime::getSynapses(const CoreContents &core, const SynapseRow &row) {
  std::vector<RowSynapse> synapses(row.count);
  for (uint32_t i = 0; i < row.count; ++i)
    synapses[i] = {row.isDense ? i : core.offsets[row.firstOffset + i], core.weights[row.firstWeight + i],
                   row.firstDelay == kNoDelays ? row.delay : core.delays[row.firstDelay + i]};
  return synapses;
}

void lle::runtime::appendRow(CoreContents &core, const std::vector<RowSynapse> &synapses, bool isDense) {
  SynapseRow row;
  row.firstWeight = core.weights.size();
  row.firstOffset = isDense ? 0 : core.offsets.size();
  row.isDense = isDense;
  if (!synapses.empty())
    row.delay = synapses.front().delay;
  bool hasDelays =
      std::any_of(synapses.begin(), synapses.end(), [&](const RowSynapse &s) { return s.delay != row.delay; });
  if (hasDelays)
    row.firstDelay = core.delays.size();
  auto append = [&](const RowSynapse &synapse) {
    core.weights.push_back(synapse.weight);
    if (!isDense)
      core.offsets.push_back(synapse.offset);
    if (hasDelays)
      core.delays.push_back(synapse.delay);
    ++row.count;
  };
  for (const RowSynapse &synapse : synapses) {
    while (isDense && row.count < synapse.offset)
      append({row.count, 0, 1});
    append(synapse);
  }
  core.rows.push_back(row);
}
