//===- Layout.cpp - where a core's contents lie in its memory -------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/coremap/Layout.h"
#include "runtime/coremap/Board.h"
#include "runtime/coremap/Formats.h"
#include "runtime/coremap/Rows.h"

#include <algorithm>
#include <limits>

using namespace lle::runtime;

namespace {

// Loihi.
constexpr uint64_t kWordBits = 64, kBlockSynapses = 64, kBlockHeaderBits = 4 + 6;
constexpr uint64_t kMinIndexBits = 6;
constexpr double kAnyFormats = 1 << 16;
constexpr uint64_t kAxonBits = 20, kNeuronBits = 24 + 24 + 16, kSumBits = 24;

// SpiNNaker2.
constexpr uint64_t kRunBytes = 4 + 4 * 4 + 5 * 4, kStateBytes = 3 * 4;
constexpr uint64_t kInAxonBytes = 4, kKeyRangeBytes = 8, kKeyedAxonBytes = 2, kSumPairBytes = 2 * 4;
constexpr uint64_t kDataBytes = 96 * 1024, kStackBytes = 4 * 1024; // of data where the map has no figure

uint64_t roundUp(uint64_t value, uint64_t unit) { return (value + unit - 1) / unit * unit; }

double findFigure(const CoreMap &map, const char *name, double otherwise) {
  for (const ChipFigure &figure : map.figures)
    if (figure.name == name)
      return figure.value;
  return otherwise;
}

/// Bits that a number needs.
uint64_t getWidth(uint64_t number) {
  uint64_t bits = 0;
  for (; number; number >>= 1)
    ++bits;
  return bits;
}

uint64_t getMaxDelay(const CoreContents &core) {
  uint64_t delay = 1;
  for (const SynapseRow &row : core.rows)
    delay = std::max<uint64_t>(delay, getMaxDelay(core, row));
  return delay;
}

/// What the size of a row depends on.
struct RowShape {
  uint64_t count = 0;     ///< synapses, as stored
  uint64_t span = 0;      ///< neurons from the first to the last of them
  uint64_t maxDelay = 1;  ///< ticks
  uint64_t bits = 8;      ///< Loihi: of a weight and its delay
  bool hasDelays = false; ///< one for each synapse
  bool canBeDense = true;

  RowShape asDense() const { return {span, span, maxDelay, bits, hasDelays, true}; }
};

uint64_t getMaxOffset(const CoreContents &core, const SynapseRow &row) {
  if (row.isDense || row.count == 0)
    return 0;
  auto first = core.offsets.begin() + row.firstOffset;
  return *std::max_element(first, first + row.count);
}

/// Bits of an index of a core whose greatest offset is this.
uint64_t getIndexBits(uint64_t maxOffset) { return std::max(kMinIndexBits, getWidth(maxOffset)); }

/// `bits` of a synapse, of `count` in one row.
uint64_t getLoihiRowBytes(uint64_t count, uint64_t bits) {
  uint64_t rest = count % kBlockSynapses;
  uint64_t sum = count / kBlockSynapses * roundUp(kBlockSynapses * bits + kBlockHeaderBits, kWordBits);
  if (rest || count == 0)
    sum += roundUp(rest * bits + kBlockHeaderBits, kWordBits);
  return sum / 8;
}

/// How large rows are in one core, if its indices have `indexBits` (Loihi).
struct RowSizes {
  ChipArithmetic arithmetic;
  uint64_t indexBits;

  uint64_t getBytes(const RowShape &row, bool isDense) const {
    if (arithmetic == ChipArithmetic::Loihi)
      return getLoihiRowBytes(row.count, row.bits + (isDense ? 0 : indexBits));
    return roundUp(4 + row.count * (1 + (isDense ? 0 : row.span <= 256 ? 1 : 2) + (row.hasDelays ? 1 : 0)), 4);
  }

  /// Of equal sizes the form with fewer synapses.
  bool isDenseBetter(const RowShape &row) const {
    if (!row.canBeDense || row.count == 0)
      return false;
    if (arithmetic == ChipArithmetic::Loihi && getWidth(row.span - 1) > indexBits)
      return true;
    uint64_t dense = getBytes(row.asDense(), true), sparse = getBytes(row, false);
    return dense < sparse || (dense == sparse && row.count == row.span);
  }

  uint64_t getLeastBytes(const std::vector<RowShape> &rows) const {
    uint64_t bytes = 0;
    for (const RowShape &row : rows)
      bytes += isDenseBetter(row) ? getBytes(row.asDense(), true) : getBytes(row, false);
    return bytes;
  }
};

/// Wider indices let more rows be sparse, and make all that are larger: the width with the smallest sum.
uint64_t chooseIndexBits(ChipArithmetic arithmetic, const std::vector<RowShape> &rows) {
  uint64_t least = kMinIndexBits, widest = kMinIndexBits;
  for (const RowShape &row : rows) {
    uint64_t bits = getIndexBits(row.span ? row.span - 1 : 0);
    widest = std::max(widest, bits);
    if (!row.canBeDense)
      least = std::max(least, bits);
  }
  uint64_t best = least, bestBytes = std::numeric_limits<uint64_t>::max();
  for (uint64_t bits = least; bits <= widest; ++bits) {
    uint64_t bytes = RowSizes{arithmetic, bits}.getLeastBytes(rows);
    if (bytes < bestBytes) {
      best = bits;
      bestBytes = bytes;
    }
  }
  return best;
}

/// Regions one behind the other, of whole words.
class Regions {
public:
  explicit Regions(uint64_t alignment) : alignment(alignment) {}

  void add(const char *name, uint64_t bytes) {
    if (bytes == 0)
      return;
    regions.push_back({name, end, roundUp(bytes, alignment)});
    end += regions.back().bytes;
  }
  void addAt(const char *name, uint64_t offset, uint64_t bytes) { regions.push_back({name, offset, bytes}); }
  std::vector<MemoryRegion> take() { return std::move(regions); }

private:
  uint64_t alignment, end = 0;
  std::vector<MemoryRegion> regions;
};

/// Those with a weight, in the order of their neurons; all where none has one.
std::vector<RowSynapse> getNonzero(std::vector<RowSynapse> all) {
  std::vector<RowSynapse> synapses;
  std::copy_if(all.begin(), all.end(), std::back_inserter(synapses), [](const RowSynapse &s) { return s.weight != 0; });
  if (synapses.empty())
    synapses = std::move(all);
  std::sort(synapses.begin(), synapses.end());
  return synapses;
}

} // namespace

void lle::runtime::compressRows(ChipArithmetic arithmetic, CoreContents &core) {
  std::vector<std::vector<RowSynapse>> rows;
  std::vector<RowShape> shapes;
  std::vector<uint32_t> shifts; // of the bases of a row's axons
  for (const SynapseRow &row : core.rows) {
    rows.push_back(getNonzero(getSynapses(core, row)));
    std::vector<RowSynapse> &synapses = rows.back();
    RowShape &shape = shapes.emplace_back();
    shifts.push_back(synapses.empty() ? 0 : synapses.front().offset);
    shape.count = synapses.size();
    WeightRange range;
    for (size_t i = 0; i < synapses.size(); ++i) {
      range.add(synapses[i].weight);
      synapses[i].offset -= shifts.back();
      shape.maxDelay = std::max<uint64_t>(shape.maxDelay, synapses[i].delay);
      shape.hasDelays |= synapses[i].delay != synapses.front().delay;
      shape.canBeDense &= i == 0 || synapses[i].offset != synapses[i - 1].offset;
      shape.span = synapses[i].offset + 1;
    }
    shape.bits = range.getFormat().weightBits + getWidth(shape.maxDelay - 1);
  }

  RowSizes sizes{arithmetic, chooseIndexBits(arithmetic, shapes)};
  CoreContents packed;
  for (size_t i = 0; i < rows.size(); ++i)
    appendRow(packed, rows[i], sizes.isDenseBetter(shapes[i]));
  for (InAxon &axon : core.inAxons)
    axon.base += shifts[axon.row];
  core.rows = std::move(packed.rows);
  core.weights = std::move(packed.weights);
  core.offsets = std::move(packed.offsets);
  core.delays = std::move(packed.delays);
}

static std::vector<MemoryRegion> layOutLoihi(const CoreContents &core, uint64_t synapseBytes) {
  uint64_t neurons = countLocalNeurons(core);
  auto toBytes = [](uint64_t bits) { return roundUp(bits, 8) / 8; };
  Regions regions(kWordBits / 8);
  regions.add("synapses", synapseBytes);
  regions.add("in-axons", toBytes(core.inAxons.size() * kAxonBits));
  regions.add("out-axons", toBytes(core.outAxons.size() * kAxonBits));
  regions.add("neurons", toBytes(neurons * kNeuronBits));
  regions.add("accumulators", toBytes(neurons * getMaxDelay(core) * kSumBits));
  return regions.take();
}

static std::vector<MemoryRegion> layOutSpiNNaker2(const CoreMap &map, const CoreContents &core, uint64_t synapseBytes) {
  uint64_t neurons = countLocalNeurons(core), parameterBytes = 0, slots = 2;
  for (const NeuronRun &run : core.neurons) {
    parameterBytes += kRunBytes;
    for (const NeuronParameter &parameter : map.populations[run.population].parameters)
      if (parameter.reals.size() > 1)
        parameterBytes += uint64_t(run.count) * sizeof(float);
  }
  while (slots <= getMaxDelay(core))
    slots *= 2;
  Regions regions(4);
  regions.add("parameters", parameterBytes);
  regions.add("states", neurons * kStateBytes);
  regions.add("synapses", synapseBytes);
  regions.add("in-axons", core.inAxons.size() * kInAxonBytes);
  regions.add("key-ranges", core.keyRanges.size() * kKeyRangeBytes);
  regions.add("keyed-axons", core.keyedAxons.size() * kKeyedAxonBytes);
  regions.add("accumulators", neurons * slots * kSumPairBytes);
  double dataBytes = findFigure(map, "limits.core_data_bytes", kDataBytes);
  regions.addAt("stack", std::max(uint64_t(dataBytes), kStackBytes) - kStackBytes, kStackBytes);
  return regions.take();
}

std::vector<MemoryRegion> lle::runtime::layOutCore(const CoreMap &map, const CoreContents &core) {
  uint64_t maxOffset = 0, synapseBytes = 0;
  for (const SynapseRow &row : core.rows)
    maxOffset = std::max(maxOffset, getMaxOffset(core, row));
  RowSizes sizes{map.arithmetic, getIndexBits(maxOffset)};
  for (const SynapseRow &row : core.rows) {
    RowShape shape{row.count, getMaxOffset(core, row) + 1, getMaxDelay(core, row)};
    shape.hasDelays = row.firstDelay != kNoDelays;
    shape.bits = core.formats.empty() ? SynapseFormat().weightBits + getWidth(shape.maxDelay - 1)
                                      : core.formats[row.format].weightBits + core.formats[row.format].delayBits;
    synapseBytes += sizes.getBytes(shape, row.isDense);
  }
  return map.arithmetic == ChipArithmetic::Loihi ? layOutLoihi(core, synapseBytes)
                                                 : layOutSpiNNaker2(map, core, synapseBytes);
}

void lle::runtime::layOutMemory(CoreMap &map) {
  auto mostFormats = uint64_t(std::max(findFigure(map, "limits.core_synapse_formats", kAnyFormats), 1.0));
  for (CoreContents &core : map.cores) {
    if (core.isHost)
      continue;
    compressRows(map.arithmetic, core);
    if (map.arithmetic == ChipArithmetic::Loihi)
      chooseFormats(core, mostFormats);
    core.memory = layOutCore(map, core);
  }
}

uint64_t lle::runtime::getMemoryBytes(const CoreContents &core) {
  uint64_t end = 0;
  for (const MemoryRegion &region : core.memory)
    end = std::max(end, region.offset + region.bytes);
  return end;
}
