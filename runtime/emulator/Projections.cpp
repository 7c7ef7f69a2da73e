//===- Projections.cpp - matrices of synapses -----------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/emulator/Projections.h"
#include "runtime/emulator/Multiversion.h"
#include <algorithm>
#include <cstring>
#include <tuple>
#include <unordered_map>

using namespace lle::runtime;

//===----------------------------------------------------------------------===//
// Making
//===----------------------------------------------------------------------===//

namespace {

/// Lanes of the largest vector, which may read beyond the last row.
constexpr uint32_t kLanes = 128;
/// A list is not worth its bookkeeping for fewer neurons.
constexpr uint32_t kLeastNeurons = 8;
/// No weight of a verified map is greater in magnitude.
constexpr int32_t kWeightLimit = 256;

/// Columns without synapses that may lie between the neurons of two targets of a matrix.
constexpr uint32_t kMaxGap = 16;
constexpr uint32_t kNoAxon = UINT32_MAX;

/// The rows that a group reaches in one core.
struct TargetRows {
  uint32_t core = 0;
  std::vector<uint32_t> axons; ///< of each neuron of the group; kNoAxon: it sends nothing
  BlockPlace place;            ///< of the first column
  uint32_t columns = 0;
  uint8_t delay = 1;
  bool isWide = false;

  bool operator<(const TargetRows &other) const {
    return std::tie(place.block, delay, isWide, place.first) <
           std::tie(other.place.block, other.delay, other.isWide, other.place.first);
  }
};

class TargetFinder {
public:
  TargetFinder(const CoreMap &map, const std::vector<BlockPlace> &places) : map(map), places(places) {}

  /// Targets to which no neuron sends more than one packet, and whose rows a matrix may have.
  std::vector<TargetRows> find(const std::vector<SendingPart> &parts, uint32_t neurons, RowsInMatrices &taken);

private:
  /// Of a target, one axon a neuron; empty once there are more.
  using Axons = std::unordered_map<uint32_t, std::vector<uint32_t>>;
  static Axons collect(const std::vector<SendingPart> &parts);
  /// Finds delay and columns. Whether a matrix takes no more memory than the rows.
  bool findShape(const CoreContents &core, std::vector<bool> &taken, TargetRows &target) const;
  /// Finds whether weights need 16 bits. False if sums of equal targets can't be weights.
  bool findWidth(const CoreContents &core, TargetRows &target) const;

  const CoreMap &map;
  const std::vector<BlockPlace> &places;
};

} // namespace

TargetFinder::Axons TargetFinder::collect(const std::vector<SendingPart> &parts) {
  Axons reached;
  size_t first = 0;
  for (const SendingPart &part : parts) {
    for (uint32_t n = 0; n < part.neurons; ++n)
      for (uint32_t k = part.axonBegin[n]; k < part.axonBegin[n + 1]; ++k) {
        auto [found, isNew] = reached.try_emplace(part.axons[k].core);
        std::vector<uint32_t> &axons = found->second;
        if (!isNew && axons.empty())
          continue;
        if (part.axons[k].axon == UINT32_MAX || axons.size() > first + n) {
          axons.clear();
          continue;
        }
        axons.resize(first + n, kNoAxon);
        axons.push_back(part.axons[k].axon);
      }
    first += part.neurons;
  }
  for (auto &[target, axons] : reached)
    if (!axons.empty())
      axons.resize(first, kNoAxon);
  return reached;
}

bool TargetFinder::findShape(const CoreContents &core, std::vector<bool> &taken, TargetRows &target) const {
  uint32_t first = UINT32_MAX, end = 0;
  uint64_t bytes = 0;
  std::vector<uint32_t> stored;
  for (uint32_t index : target.axons) {
    if (index == kNoAxon)
      continue;
    const InAxon &axon = core.inAxons[index];
    const SynapseRow &row = core.rows[axon.row];
    if (stored.empty())
      target.delay = row.delay;
    if (row.firstDelay != UINT32_MAX || row.delay != target.delay)
      return false;
    const uint16_t *offsets = row.isDense ? nullptr : core.offsets.data() + row.firstOffset;
    auto [least, greatest] = std::minmax_element(offsets, offsets + (row.isDense ? 0 : row.count));
    first = std::min(first, axon.base + (row.isDense ? 0 : *least));
    end = std::max(end, axon.base + (row.isDense ? row.count : *greatest + 1u));
    stored.push_back(axon.row);
  }
  // Rows that neurons share count once: a matrix of each kernel of a convolution would be large.
  std::sort(stored.begin(), stored.end());
  stored.erase(std::unique(stored.begin(), stored.end()), stored.end());
  for (uint32_t row : stored)
    bytes += taken[row] ? 0
                        : core.rows[row].count *
                              (core.rows[row].isDense ? sizeof(int16_t) : sizeof(int16_t) + sizeof(uint16_t));
  target.place = {places[target.core].block, places[target.core].first + first};
  target.columns = end - first;
  return uint64_t(target.axons.size()) * target.columns <= bytes;
}

bool TargetFinder::findWidth(const CoreContents &core, TargetRows &target) const {
  const bool hasPlanes = map.arithmetic == ChipArithmetic::SpiNNaker2;
  const uint32_t base = target.place.first - places[target.core].first;
  std::vector<int32_t> sums(target.columns);
  uint64_t synapses = 0, words = 0; // of a tick in which all neurons fire
  for (uint32_t index : target.axons) {
    if (index == kNoAxon)
      continue;
    const InAxon &axon = core.inAxons[index];
    const SynapseRow &row = core.rows[axon.row];
    synapses += row.count;
    words += countRowWords(core, row);
    std::fill(sums.begin(), sums.end(), 0);
    for (uint32_t i = 0; i < row.count; ++i) {
      int32_t &sum = sums[axon.base - base + (row.isDense ? i : core.offsets[row.firstOffset + i])];
      int32_t weight = core.weights[row.firstWeight + i];
      // Two synapses at one neuron are one, unless their signs have sums of their own.
      if (hasPlanes && (sum < 0 ? weight > 0 : sum > 0 && weight < 0))
        return false;
      sum += weight;
      if (std::abs(sum) > kWeightLimit)
        return false;
      target.isWide |= sum < INT8_MIN || sum > INT8_MAX;
    }
  }
  return std::max(synapses, words) <= UINT32_MAX;
}

std::vector<TargetRows> TargetFinder::find(const std::vector<SendingPart> &parts, uint32_t neurons,
                                           RowsInMatrices &taken) {
  std::vector<TargetRows> targets;
  if (neurons < kLeastNeurons)
    return targets;
  Axons reached = collect(parts);
  std::vector<uint32_t> order;
  for (const auto &[core, axons] : reached)
    if (!axons.empty())
      order.push_back(core);
  std::sort(order.begin(), order.end());
  for (uint32_t index : order) {
    const CoreContents &core = map.cores[index];
    taken[index].resize(core.rows.size());
    TargetRows target;
    target.core = index;
    target.axons = std::move(reached[index]);
    if (!findShape(core, taken[index], target) || !findWidth(core, target))
      continue;
    for (uint32_t axon : target.axons)
      if (axon != kNoAxon)
        taken[index][core.inAxons[axon].row] = true;
    targets.push_back(std::move(target));
  }
  std::sort(targets.begin(), targets.end());
  return targets;
}

/// Adds a target's rows to its columns of a matrix.
template <typename Weight>
static void fillTarget(const CoreContents &core, uint32_t firstOfCore, const TargetRows &target,
                       const Projection &projection, std::vector<Weight> &weights) {
  for (size_t n = 0; n < target.axons.size(); ++n) {
    if (target.axons[n] == kNoAxon)
      continue;
    const InAxon &axon = core.inAxons[target.axons[n]];
    const SynapseRow &row = core.rows[axon.row];
    const size_t first = n * projection.columns + firstOfCore + axon.base - projection.base;
    for (uint32_t i = 0; i < row.count; ++i) {
      Weight &sum = weights[first + (row.isDense ? i : core.offsets[row.firstOffset + i])];
      sum = Weight(sum + core.weights[row.firstWeight + i]);
    }
  }
}

/// The matrix of targets that lie side by side.
static Projection makeMatrix(const CoreMap &map, const std::vector<BlockPlace> &places, const TargetRows *begin,
                             const TargetRows *end) {
  const TargetRows &last = end[-1];
  Projection projection;
  projection.block = begin->place.block;
  projection.base = begin->place.first;
  projection.columns = last.place.first + last.columns - projection.base;
  projection.delay = begin->delay;
  for (const TargetRows *target = begin; target != end; ++target)
    projection.targets.push_back(target->core);
  const size_t stride = projection.countStride(), rows = begin->axons.size();
  projection.rowCounts.resize(rows * stride);
  const size_t size = rows * projection.columns + kLanes;
  begin->isWide ? projection.wide.resize(size) : projection.narrow.resize(size);
  for (const TargetRows *target = begin; target != end; ++target) {
    const CoreContents &core = map.cores[target->core];
    const uint32_t firstOfCore = places[target->core].first;
    begin->isWide ? fillTarget(core, firstOfCore, *target, projection, projection.wide)
                  : fillTarget(core, firstOfCore, *target, projection, projection.narrow);
    uint32_t *counts = projection.rowCounts.data() + 2 * (target - begin);
    for (size_t n = 0; n < rows; ++n)
      if (target->axons[n] != kNoAxon) {
        const SynapseRow &row = core.rows[core.inAxons[target->axons[n]].row];
        counts[n * stride] = row.count;
        counts[n * stride + 1] = countRowWords(core, row);
      }
  }
  return projection;
}

std::vector<Projection> lle::runtime::findProjections(const CoreMap &map, const std::vector<BlockPlace> &places,
                                                      const std::vector<SendingPart> &parts, RowsInMatrices &taken) {
  uint32_t neurons = 0;
  for (const SendingPart &part : parts)
    neurons += part.neurons;
  std::vector<TargetRows> targets = TargetFinder(map, places).find(parts, neurons, taken);
  std::vector<Projection> projections;
  for (size_t begin = 0, end = 0; begin < targets.size(); begin = end) {
    const TargetRows &first = targets[begin];
    uint32_t reach = 0;
    do
      reach = targets[end].place.first + targets[end].columns;
    while (++end < targets.size() && targets[end].place.block == first.place.block &&
           targets[end].delay == first.delay && targets[end].isWide == first.isWide &&
           targets[end].place.first <= reach + kMaxGap);
    projections.push_back(makeMatrix(map, places, targets.data() + begin, targets.data() + end));
  }
  return projections;
}

//===----------------------------------------------------------------------===//
// Adding
//===----------------------------------------------------------------------===//

namespace {

template <typename Weight, size_t Lanes>
struct Vector {
  typedef Weight Weights __attribute__((vector_size(Lanes * sizeof(Weight))));
  typedef int16_t Sums __attribute__((vector_size(Lanes * sizeof(int16_t))));
};

/// Sums of `Lanes` neighbouring columns, in registers while all rows are added.
template <size_t Lanes, typename Weight, typename Convert>
LLE_ALWAYS_INLINE void addColumns(const Weight *weights, size_t stride, const uint32_t *rows, uint32_t count,
                                  uint32_t *sums, uint32_t columns, Convert convert) {
  typename Vector<Weight, Lanes>::Sums total = {};
  for (uint32_t i = 0; i < count; ++i) {
    typename Vector<Weight, Lanes>::Weights row;
    std::memcpy(&row, weights + rows[i] * stride, sizeof(row));
    total += convert(__builtin_convertvector(row, typename Vector<Weight, Lanes>::Sums));
  }
  int16_t lanes[Lanes];
  std::memcpy(lanes, &total, sizeof(lanes));
  for (uint32_t lane = 0; lane < columns; ++lane)
    sums[lane] += uint32_t(int32_t(lanes[lane]));
}

template <typename Weight, typename Convert>
LLE_ALWAYS_INLINE void addMatrix(const Weight *weights, const Projection &projection, const uint32_t *rows,
                                 uint32_t count, uint32_t *sums, Convert convert) {
  const uint32_t stride = projection.columns;
  uint32_t column = 0;
  for (; column + kLanes <= stride; column += kLanes)
    addColumns<kLanes>(weights + column, stride, rows, count, sums + column, kLanes, convert);
  if (column + 64 <= stride) {
    addColumns<64>(weights + column, stride, rows, count, sums + column, 64, convert);
    column += 64;
  }
  for (; column < stride; column += 32)
    addColumns<32>(weights + column, stride, rows, count, sums + column, std::min(stride - column, 32u), convert);
}

template <typename Convert>
LLE_ALWAYS_INLINE void addRows(const Projection &projection, const uint32_t *rows, uint32_t count, uint32_t *sums,
                               Convert convert) {
  if (projection.wide.empty())
    addMatrix(projection.narrow.data(), projection, rows, count, sums, convert);
  else
    addMatrix(projection.wide.data(), projection, rows, count, sums, convert);
}

} // namespace

LLE_MULTIVERSION static void addWeights(const Projection &projection, const uint32_t *rows, uint32_t count,
                                        uint32_t *sums) {
  addRows(projection, rows, count, sums, [](auto weights) { return weights; });
}

LLE_MULTIVERSION static void addExcitatory(const Projection &projection, const uint32_t *rows, uint32_t count,
                                           uint32_t *sums) {
  addRows(projection, rows, count, sums, [](auto weights) { return weights & (weights > 0); });
}

LLE_MULTIVERSION static void addInhibitory(const Projection &projection, const uint32_t *rows, uint32_t count,
                                           uint32_t *sums) {
  addRows(projection, rows, count, sums, [](auto weights) { return -(weights & (weights < 0)); });
}

void lle::runtime::addSpikes(const SumRing &ring, const Projection &projection, const SpikeList &spikes, uint64_t tick,
                             uint32_t *counts) {
  sumRows({projection.rowCounts.data(), projection.countStride(), 0}, spikes.neurons.data(), spikes.count, counts);
  // As many weights fit a sum of 16 bits.
  const uint32_t most = INT16_MAX / (projection.wide.empty() ? -INT8_MIN : kWeightLimit);
  const uint64_t arrival = tick + projection.delay;
  for (uint32_t first = 0; first < spikes.count; first += most) {
    const uint32_t *rows = spikes.neurons.data() + first;
    uint32_t count = std::min(most, spikes.count - first);
    uint32_t *sums = ring.at(arrival) + projection.base;
    if (ring.planes == 1) {
      addWeights(projection, rows, count, sums);
    } else {
      addExcitatory(projection, rows, count, sums);
      addInhibitory(projection, rows, count, ring.at(arrival, 1) + projection.base);
    }
  }
}
