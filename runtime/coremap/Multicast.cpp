//===- Multicast.cpp - keys in place of out-axons -------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/coremap/Board.h"
#include "runtime/coremap/Routing.h"
#include "runtime/coremap/Rows.h"

#include <algorithm>

using namespace lle::runtime;

namespace {

/// A key range takes 8 bytes and a key in it 2: gaps of up to 4 keys are cheaper than another range.
constexpr uint32_t kMaxKeyGap = 4;

uint64_t getBlockSize(const CoreContents &core) {
  uint64_t size = 1;
  while (size < countLocalNeurons(core))
    size *= 2;
  return size;
}

/// A packet that arrives, and an in-axon that it serves.
struct Arrival {
  uint32_t key, axon;
  friend bool operator<(const Arrival &a, const Arrival &b) {
    return std::tie(a.key, a.axon) < std::tie(b.key, b.axon);
  }
};

/// The in-axons and rows of a core anew, one in-axon for each key.
class AxonMerger {
public:
  explicit AxonMerger(CoreContents &core)
      : core(core), axonOf(core.inAxons.size(), kNone), rowOf(core.rows.size(), kNone) {}

  /// `arrivals` ascend.
  void run(const std::vector<Arrival> &arrivals) {
    std::vector<uint32_t> axons;
    for (size_t begin = 0, end; begin < arrivals.size(); begin = end) {
      axons.clear();
      for (end = begin; end < arrivals.size() && arrivals[end].key == arrivals[begin].key; ++end)
        axons.push_back(arrivals[end].axon);
      addKey(arrivals[begin].key, axons.size() == 1 ? getAxon(axons[0]) : getJointAxon(axons));
    }
    core.keyRanges = std::move(packed.keyRanges);
    core.keyedAxons = std::move(packed.keyedAxons);
    core.inAxons = std::move(packed.inAxons);
    core.rows = std::move(packed.rows);
    core.weights = std::move(packed.weights);
    core.offsets = std::move(packed.offsets);
    core.delays = std::move(packed.delays);
  }

private:
  static constexpr uint32_t kNone = UINT32_MAX;
  /// Rows of in-axons that are served together, with their bases from the least of them.
  using Parts = std::vector<std::pair<uint32_t, uint32_t>>;

  uint32_t addAxon(uint32_t row, uint32_t base) {
    packed.inAxons.push_back({row, base});
    return packed.inAxons.size() - 1;
  }

  uint32_t getAxon(uint32_t axon) {
    auto [row, base] = core.inAxons[axon];
    if (rowOf[row] == kNone) {
      appendRow(packed, getSynapses(core, core.rows[row]), core.rows[row].isDense);
      rowOf[row] = packed.rows.size() - 1;
    }
    if (axonOf[axon] == kNone)
      axonOf[axon] = addAxon(rowOf[row], base);
    return axonOf[axon];
  }

  uint32_t getJointAxon(const std::vector<uint32_t> &axons) {
    uint32_t base = kNone;
    for (uint32_t axon : axons)
      base = std::min(base, core.inAxons[axon].base);
    Parts parts;
    for (uint32_t axon : axons)
      parts.push_back({core.inAxons[axon].row, core.inAxons[axon].base - base});
    std::sort(parts.begin(), parts.end());
    uint32_t row = getJointRow(parts);
    auto [joint, isNew] = jointAxonOf.insert({{row, base}, 0});
    if (isNew)
      joint->second = addAxon(row, base);
    return joint->second;
  }

  uint32_t getJointRow(const Parts &parts) {
    auto [row, isNew] = jointRowOf.insert({parts, uint32_t(packed.rows.size())});
    if (!isNew)
      return row->second;
    std::vector<RowSynapse> synapses;
    for (auto [part, shift] : parts)
      for (RowSynapse synapse : getSynapses(core, core.rows[part])) {
        synapse.offset += shift;
        synapses.push_back(synapse);
      }
    std::sort(synapses.begin(), synapses.end());
    appendRow(packed, synapses, false);
    return row->second;
  }

  void addKey(uint32_t key, uint32_t axon) {
    if (packed.keyRanges.empty() ||
        key - (packed.keyRanges.back().firstKey + packed.keyRanges.back().count) > kMaxKeyGap)
      packed.keyRanges.push_back({key, 0, uint32_t(packed.keyedAxons.size())});
    KeyRange &range = packed.keyRanges.back();
    packed.keyedAxons.resize(range.firstAxon + (key - range.firstKey), UINT32_MAX);
    packed.keyedAxons.push_back(axon);
    range.count = key - range.firstKey + 1;
  }

  CoreContents &core;
  CoreContents packed;
  std::vector<uint32_t> axonOf, rowOf; ///< what became of in-axons and rows
  std::map<Parts, uint32_t> jointRowOf;
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> jointAxonOf;
};

} // namespace

Status lle::runtime::assignKeys(CoreMap &map) {
  // Blocks that become smaller are aligned wherever the one before ends.
  std::vector<std::tuple<uint64_t, uint32_t, uint32_t>> order; // large blocks first, then by chip
  for (uint32_t i = 0; i < map.cores.size(); ++i)
    order.push_back({~getBlockSize(map.cores[i]), map.cores[i].chip, i});
  std::sort(order.begin(), order.end());
  uint64_t next = 0;
  for (auto [size, chip, i] : order) {
    uint64_t end = next + getBlockSize(map.cores[i]);
    if (end > uint64_t(1) << 32)
      return makeError("the neurons of ", map.cores.size(), " cores need keys of more than 32 bits");
    map.cores[i].firstKey = next;
    next = end;
  }

  std::vector<std::vector<Arrival>> arrivals(map.cores.size());
  for (CoreContents &core : map.cores) {
    for (uint32_t n = 0; n + 1 < core.outBegin.size(); ++n)
      for (uint32_t i = core.outBegin[n]; i < core.outBegin[n + 1]; ++i)
        arrivals[core.outAxons[i].core].push_back({core.firstKey + n, core.outAxons[i].axon});
    core.outBegin.clear();
    core.outAxons.clear();
  }
  for (size_t i = 0; i < map.cores.size(); ++i) {
    std::sort(arrivals[i].begin(), arrivals[i].end());
    AxonMerger(map.cores[i]).run(arrivals[i]);
  }
  map.isMulticast = true;
  return {};
}
