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
#include <limits>
#include <unordered_map>

using namespace lle::runtime;

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

constexpr uint32_t kBits = 64;

template <typename Value>
using ValuesOfBits __attribute__((vector_size(kBits * sizeof(Value)))) = Value;

/// Which values are not 0, the first one in the lowest bit.
template <typename Value>
LLE_ALWAYS_INLINE static uint64_t compareWithZero(const ValuesOfBits<Value> &values) {
#if defined(__clang__)
  typedef bool Bits __attribute__((ext_vector_type(kBits)));
  return __builtin_bit_cast(uint64_t, __builtin_convertvector(values != 0, Bits));
#else
  uint64_t bits = 0;
  for (uint32_t i = 0; i < kBits; ++i)
    bits |= uint64_t(values[i] != 0) << i;
  return bits;
#endif
}

/// Appends the places of all bits.
LLE_ALWAYS_INLINE static uint32_t *appendPlaces(uint64_t bits, uint32_t first, uint32_t *to) {
  for (; bits != 0; bits &= bits - 1)
    *to++ = first + uint32_t(__builtin_ctzll(bits));
  return to;
}

/// Returns the end of the list. `areFlags`: all values are 0 or 1.
template <typename Value>
LLE_ALWAYS_INLINE static uint32_t *listNonzero(const Value *values, uint32_t size, uint32_t *list, bool &areFlags) {
  ValuesOfBits<Value> next, all = {};
  uint32_t first = 0;
  for (; first + kBits <= size; first += kBits) {
    std::memcpy(&next, values + first, sizeof(next));
    all |= next;
    list = appendPlaces(compareWithZero<Value>(next), first, list);
  }
  if (first != size) {
    next = ValuesOfBits<Value>{};
    std::memcpy(&next, values + first, (size - first) * sizeof(Value));
    all |= next;
    list = appendPlaces(compareWithZero<Value>(next), first, list);
  }
  areFlags = compareWithZero<Value>(all & ~1) == 0;
  return list;
}

LLE_MULTIVERSION static uint32_t *listFlags(const uint8_t *flags, uint32_t size, uint32_t *list) {
  bool areFlags;
  return listNonzero(flags, size, list, areFlags);
}

LLE_MULTIVERSION static uint32_t *listPayloads(const int32_t *payloads, uint32_t size, uint32_t *list, bool &areOne) {
  return listNonzero(payloads, size, list, areOne);
}

void SpikeList::assign(const uint8_t *flags, uint32_t size) {
  count = uint32_t(listFlags(flags, size, neurons.data()) - neurons.data());
}

bool SpikeList::assign(const int32_t *payloads, uint32_t size) {
  bool areOne;
  count = uint32_t(listPayloads(payloads, size, neurons.data(), areOne) - neurons.data());
  return areOne;
}

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

class ProjectionBuilder {
public:
  ProjectionBuilder(const CoreContents &core, std::vector<bool> &taken) : core(core), taken(taken) {
    taken.resize(core.rows.size());
  }

  /// Whether the rows of these in-axons, one a neuron, became a matrix.
  bool build(const std::vector<uint32_t> &axons, bool hasPlanes, Projection &projection) const;

private:
  /// Delay and columns, and whether a matrix takes no more memory than the rows.
  bool findShape(const std::vector<uint32_t> &axons, Projection &projection) const;
  template <typename Weight>
  bool fill(const std::vector<uint32_t> &axons, bool hasPlanes, const Projection &projection,
            std::vector<Weight> &weights) const;

  const CoreContents &core;
  std::vector<bool> &taken;
};

} // namespace

bool ProjectionBuilder::findShape(const std::vector<uint32_t> &axons, Projection &projection) const {
  const uint8_t delay = core.rows[core.inAxons[axons.front()].row].delay;
  uint32_t first = UINT32_MAX, end = 0;
  uint64_t bytes = 0;
  std::vector<uint32_t> stored;
  for (uint32_t index : axons) {
    const InAxon &axon = core.inAxons[index];
    const SynapseRow &row = core.rows[axon.row];
    if (row.firstDelay != UINT32_MAX || row.delay != delay)
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
  projection.base = first;
  projection.columns = end - first;
  projection.delay = delay;
  return uint64_t(axons.size()) * projection.columns <= bytes;
}

template <typename Weight>
bool ProjectionBuilder::fill(const std::vector<uint32_t> &axons, bool hasPlanes, const Projection &projection,
                             std::vector<Weight> &weights) const {
  weights.assign(axons.size() * projection.columns + kLanes, 0);
  for (size_t n = 0; n < axons.size(); ++n) {
    const InAxon &axon = core.inAxons[axons[n]];
    const SynapseRow &row = core.rows[axon.row];
    Weight *to = weights.data() + n * projection.columns + (axon.base - projection.base);
    for (uint32_t i = 0; i < row.count; ++i) {
      Weight &sum = to[row.isDense ? i : core.offsets[row.firstOffset + i]];
      int32_t weight = core.weights[row.firstWeight + i], total = sum + weight;
      // Two synapses at one neuron are one, unless their signs have sums of their own.
      if (hasPlanes && (sum < 0 ? weight > 0 : sum > 0 && weight < 0))
        return false;
      if (total < std::max<int32_t>(std::numeric_limits<Weight>::min(), -kWeightLimit) ||
          total > std::min<int32_t>(std::numeric_limits<Weight>::max(), kWeightLimit))
        return false;
      sum = Weight(total);
    }
  }
  return true;
}

bool ProjectionBuilder::build(const std::vector<uint32_t> &axons, bool hasPlanes, Projection &projection) const {
  if (!findShape(axons, projection))
    return false;
  if (!fill(axons, hasPlanes, projection, projection.narrow)) {
    projection.narrow = {};
    if (!fill(axons, hasPlanes, projection, projection.wide))
      return false;
  }
  for (uint32_t axon : axons) {
    const SynapseRow &row = core.rows[core.inAxons[axon].row];
    taken[core.inAxons[axon].row] = true;
    projection.rows.push_back({row.count, countRowWords(core, row)});
  }
  return true;
}

std::vector<Projection> lle::runtime::findProjections(const CoreMap &map, uint32_t neurons, const uint32_t *axonBegin,
                                                      const OutAxon *axons, RowsInMatrices &taken) {
  std::vector<Projection> projections;
  if (neurons < kLeastNeurons)
    return projections;
  // The in-axon that each neuron reaches in each of its targets, where it is the only one.
  std::unordered_map<uint32_t, std::vector<uint32_t>> reached;
  for (uint32_t k = axonBegin[0]; k < axonBegin[1]; ++k)
    reached[axons[k].core];
  for (uint32_t n = 0; n < neurons; ++n)
    for (uint32_t k = axonBegin[n]; k < axonBegin[n + 1]; ++k)
      if (auto found = reached.find(axons[k].core); found != reached.end()) {
        if (axons[k].axon == UINT32_MAX || found->second.size() != n)
          reached.erase(found);
        else
          found->second.push_back(axons[k].axon);
      }
  const bool hasPlanes = map.arithmetic == ChipArithmetic::SpiNNaker2;
  for (const auto &[target, axons] : reached) {
    Projection projection;
    projection.target = target;
    ProjectionBuilder builder(map.cores[target], taken[target]);
    if (axons.size() == neurons && builder.build(axons, hasPlanes, projection))
      projections.push_back(std::move(projection));
  }
  std::sort(projections.begin(), projections.end(),
            [](const Projection &a, const Projection &b) { return a.target < b.target; });
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

RowCounts lle::runtime::addSpikes(const SumRing &ring, const Projection &projection, const SpikeList &spikes,
                                  uint64_t tick) {
  // As many weights fit a sum of 16 bits.
  const uint32_t most = INT16_MAX / (projection.wide.empty() ? -INT8_MIN : kWeightLimit);
  RowCounts counts;
  for (uint32_t first = 0; first < spikes.count; first += most) {
    const uint32_t *rows = spikes.neurons.data() + first;
    uint32_t count = std::min(most, spikes.count - first);
    for (uint32_t i = 0; i < count; ++i) {
      const Projection::Row &row = projection.rows.data()[rows[i]];
      counts.synapses += row.synapses;
      counts.words += row.words;
    }
    uint64_t arrival = tick + projection.delay;
    uint32_t *sums = ring.at(arrival) + projection.base;
    if (ring.planes == 1) {
      addWeights(projection, rows, count, sums);
    } else {
      addExcitatory(projection, rows, count, sums);
      addInhibitory(projection, rows, count, ring.at(arrival, 1) + projection.base);
    }
  }
  return counts;
}
