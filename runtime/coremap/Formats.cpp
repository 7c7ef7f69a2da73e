//===- Formats.cpp - how few bits rows of synapses take -------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/coremap/Formats.h"
#include "runtime/coremap/Rows.h"

#include <algorithm>
#include <map>
#include <tuple>

using namespace lle::runtime;

namespace {

constexpr uint8_t kMostWeightBits = 8;

uint8_t countBits(uint32_t number) {
  uint8_t bits = 0;
  for (; number; number >>= 1)
    ++bits;
  return bits;
}

/// Rows of one format.
struct FormatGroup {
  bool isDense = false;
  uint8_t delayBits = 0;
  WeightRange range;
  uint64_t synapses = 0;
  std::vector<uint32_t> rows;

  SynapseFormat getFormat() const {
    SynapseFormat format = range.getFormat();
    format.delayBits = delayBits;
    return format;
  }
  uint64_t getBits() const {
    SynapseFormat format = getFormat();
    return synapses * (format.weightBits + format.delayBits);
  }
  void add(const FormatGroup &other) {
    delayBits = std::max(delayBits, other.delayBits);
    range.add(other.range);
    synapses += other.synapses;
    rows.insert(rows.end(), other.rows.begin(), other.rows.end());
  }
};

std::vector<FormatGroup> groupRows(const CoreContents &core) {
  std::map<std::tuple<bool, SignMode, uint8_t, uint8_t, uint8_t>, FormatGroup> groups;
  for (uint32_t i = 0; i < core.rows.size(); ++i) {
    const SynapseRow &row = core.rows[i];
    FormatGroup one{row.isDense, countBits(getMaxDelay(core, row) - 1), {}, row.count, {i}};
    for (uint32_t k = 0; k < row.count; ++k)
      one.range.add(core.weights[row.firstWeight + k]);
    SynapseFormat format = one.getFormat();
    FormatGroup &group = groups[{row.isDense, format.sign, format.weightBits, format.exponent, format.delayBits}];
    group.isDense = row.isDense;
    group.add(one);
  }
  std::vector<FormatGroup> result;
  for (auto &[format, group] : groups)
    result.push_back(std::move(group));
  return result;
}

/// Makes one group of the two for which that adds the fewest bits. False where none can be.
bool joinTwo(std::vector<FormatGroup> &groups) {
  uint64_t least = UINT64_MAX;
  size_t first = 0, second = 0;
  for (size_t a = 0; a < groups.size(); ++a)
    for (size_t b = a + 1; b < groups.size(); ++b) {
      if (groups[a].isDense != groups[b].isDense)
        continue;
      FormatGroup both{groups[a].isDense,
                       std::max(groups[a].delayBits, groups[b].delayBits),
                       groups[a].range,
                       groups[a].synapses + groups[b].synapses,
                       {}};
      both.range.add(groups[b].range);
      uint64_t bits = both.getBits() - groups[a].getBits() - groups[b].getBits();
      if (both.getFormat().weightBits <= kMostWeightBits && bits < least) {
        least = bits;
        first = a;
        second = b;
      }
    }
  if (least == UINT64_MAX)
    return false;
  groups[first].add(groups[second]);
  groups.erase(groups.begin() + second);
  return true;
}

} // namespace

void WeightRange::add(int32_t weight) {
  lowest = std::min(lowest, weight);
  highest = std::max(highest, weight);
  bits |= uint32_t(weight);
}

void WeightRange::add(const WeightRange &other) {
  lowest = std::min(lowest, other.lowest);
  highest = std::max(highest, other.highest);
  bits |= other.bits;
}

SynapseFormat WeightRange::getFormat() const {
  SynapseFormat format;
  format.exponent = 0;
  while (bits && (bits >> format.exponent) % 2 == 0)
    ++format.exponent;
  int32_t unit = int32_t(1) << format.exponent, low = lowest / unit, high = highest / unit;
  format.sign = low >= 0 ? SignMode::Excitatory : high <= 0 ? SignMode::Inhibitory : SignMode::Mixed;
  format.weightBits = format.sign == SignMode::Excitatory   ? countBits(high)
                      : format.sign == SignMode::Inhibitory ? countBits(-low)
                                                            : 1 + std::max(countBits(high), countBits(-low - 1));
  format.weightBits = format.weightBits == 7 ? 8 : std::max<uint8_t>(format.weightBits, 1);
  return format;
}

void lle::runtime::chooseFormats(CoreContents &core, uint64_t most) {
  std::vector<FormatGroup> groups = groupRows(core);
  while (groups.size() > most && joinTwo(groups))
    ;
  core.formats.clear();
  for (const FormatGroup &group : groups) {
    SynapseFormat format = group.getFormat();
    auto known = std::find(core.formats.begin(), core.formats.end(), format);
    for (uint32_t row : group.rows)
      core.rows[row].format = uint16_t(known - core.formats.begin());
    if (known == core.formats.end())
      core.formats.push_back(format);
  }
}
