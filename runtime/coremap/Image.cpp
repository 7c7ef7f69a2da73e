//===- Image.cpp - what a core's memory is loaded with --------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/coremap/Image.h"
#include "runtime/coremap/Layout.h"
#include "runtime/coremap/Rows.h"

#include <algorithm>
#include <cstring>

using namespace lle::runtime;

namespace {

constexpr const char *kParameters[] = {"decay_i", "decay_v", "v_threshold", "bias", "v_reset"};
constexpr uint32_t kSubtracts = 1, kReadsOut = 2, kFirstArray = 4;
constexpr uint8_t kOffsets8 = 1, kOffsets16 = 2, kDelays = 4;

class ImageWriter {
public:
  ImageWriter(const CoreMap &map, uint32_t number) : map(map), core(map.cores[number]), number(number) {}

  Result<Bytes> write() {
    if (map.arithmetic != ChipArithmetic::SpiNNaker2)
      return makeError("core ", number, ": there is no layout of the memory of ", map.target, " to the bit");
    if (core.isHost)
      return makeError("core ", number, ": is the host, which has no memory of the chip");
    uint64_t end = 0;
    for (const MemoryRegion &region : core.memory)
      if (region.name != "stack")
        end = std::max(end, region.offset + region.bytes);
    image.resize(end);
    writeParameters();
    writeRows();
    writeAxons();
    if (!overflow.empty())
      return makeError("core ", number, ": ", overflow);
    return std::move(image);
  }

private:
  void open(const char *name) {
    auto region = std::find_if(core.memory.begin(), core.memory.end(),
                               [&](const MemoryRegion &candidate) { return candidate.name == name; });
    at = start = region == core.memory.end() ? image.size() : region->offset;
  }

  /// Little-endian, as the element is.
  template <typename T, typename Value>
  void put(Value value, const char *what) {
    T stored = T(value);
    if (Value(stored) != value)
      overflow = std::string(what) + " does not fit " + std::to_string(8 * sizeof(T)) + " bits";
    uint8_t bytes[sizeof(T)];
    std::memcpy(bytes, &stored, sizeof(T));
    for (size_t i = 0; i < sizeof(T); ++i)
      image[at++] = bytes[i];
  }

  void writeParameters() {
    open("parameters");
    uint64_t array = at + core.neurons.size() * (4 + 4 * 4 + 4 * std::size(kParameters));
    uint32_t local = 0;
    for (const NeuronRun &run : core.neurons) {
      const CorePopulation &population = map.populations[run.population];
      put<uint16_t>(local, "a neuron");
      put<uint16_t>(run.count, "a number of neurons");
      put<uint32_t>(population.start, "a start");
      put<uint32_t>(population.resetInterval, "an interval");
      put<uint32_t>(population.resetOffset, "an offset");
      uint64_t rule = at;
      uint32_t bits = (population.reset == ResetRule::Subtract ? kSubtracts : 0) |
                      (population.model == NeuronModel::CubaLI ? kReadsOut : 0);
      at += 4;
      for (size_t i = 0; i < std::size(kParameters); ++i) {
        const std::vector<float> *values = findValues(population, kParameters[i]);
        if (!values || values->size() == 1) {
          put<float>(values ? values->front() : 0.0f, "a parameter");
          continue;
        }
        bits |= kFirstArray << i;
        put<uint32_t>(array, "an address");
        std::memcpy(image.data() + array, values->data() + run.first, run.count * sizeof(float));
        array += run.count * sizeof(float);
      }
      std::swap(at, rule);
      put<uint32_t>(bits, "a rule");
      at = rule;
      local += run.count;
    }
  }

  static const std::vector<float> *findValues(const CorePopulation &population, const char *name) {
    for (const NeuronParameter &parameter : population.parameters)
      if (parameter.name == name)
        return &parameter.reals;
    return nullptr;
  }

  void writeRows() {
    open("synapses");
    for (const SynapseRow &row : core.rows) {
      rowWords.push_back((at - start) / 4);
      std::vector<RowSynapse> synapses = getSynapses(core, row);
      uint32_t last = 0;
      for (const RowSynapse &synapse : synapses)
        last = std::max(last, synapse.offset);
      uint8_t form = row.isDense ? 0 : last < 256 ? kOffsets8 : kOffsets16;
      put<uint16_t>(row.count, "a row");
      put<uint8_t>(form | (row.firstDelay == kNoDelays ? 0 : kDelays), "a form");
      put<uint8_t>(row.delay, "a delay");
      for (const RowSynapse &synapse : synapses)
        put<int8_t>(synapse.weight, "a weight");
      for (const RowSynapse &synapse : synapses)
        if (form == kOffsets8)
          put<uint8_t>(synapse.offset, "an offset");
        else if (form == kOffsets16)
          put<uint16_t>(synapse.offset, "an offset");
      if (row.firstDelay != kNoDelays)
        for (const RowSynapse &synapse : synapses)
          put<uint8_t>(synapse.delay, "a delay");
      at = (at + 3) / 4 * 4;
    }
  }

  void writeAxons() {
    open("in-axons");
    for (const InAxon &axon : core.inAxons) {
      put<uint16_t>(rowWords[axon.row], "the place of a row");
      put<uint16_t>(axon.base, "a base");
    }
    open("key-ranges");
    for (const KeyRange &range : core.keyRanges) {
      put<uint32_t>(range.firstKey, "a key");
      put<uint16_t>(range.count, "a range of keys");
      put<uint16_t>(range.firstAxon, "a range of keys");
    }
    open("keyed-axons");
    for (uint32_t axon : core.keyedAxons)
      put<uint16_t>(axon == UINT32_MAX ? uint32_t(UINT16_MAX) : axon, "an axon");
  }

  const CoreMap &map;
  const CoreContents &core;
  uint32_t number;
  Bytes image;
  uint64_t at = 0, start = 0;
  std::vector<uint64_t> rowWords;
  std::string overflow;
};

} // namespace

Result<Bytes> lle::runtime::writeCoreImage(const CoreMap &map, uint32_t core) { return ImageWriter(map, core).write(); }
