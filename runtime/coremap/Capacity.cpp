//===- Capacity.cpp - does a core map fit its chip? -----------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/coremap/Capacity.h"
#include "runtime/host/Result.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

using namespace lle::runtime;

namespace {

/// A limit of a core: the figure `limits.<name>`, what of the core it bounds, and what helps.
struct CoreLimit {
  const char *name;
  const char *resource;
  uint64_t CoreUse::*use;
  const char *remedy;
};

constexpr CoreLimit kLoihiLimits[] = {
    {"core_neurons", "neurons", &CoreUse::neurons, "put its neurons on more cores"},
    {"core_synapse_bytes", "bytes of synapses", &CoreUse::synapseBytes,
     "put its neurons on more cores, prune synapses, or take narrower weights"},
    {"core_memory_bytes", "bytes of memory", &CoreUse::memoryBytes, "put its neurons on more cores, or shorten delays"},
    {"core_in_axons", "in-axons", &CoreUse::inAxons,
     "put neurons that share their inputs on one core, or prune inputs that matter least"},
    {"core_out_axons", "out-axons", &CoreUse::outAxons, "put its neurons on more cores, or their targets on fewer"},
    {"core_configurations", "pairs of decays", &CoreUse::configurations,
     "give neurons of a layer the same decays, or put layers on cores of their own"},
    {"core_thresholds", "thresholds", &CoreUse::thresholds,
     "give neurons of a layer the same threshold, or put layers on cores of their own"},
    {"core_synapse_formats", "formats of synapses", &CoreUse::formats,
     "take fewer different delays and widths of weights, or put layers on cores of their own"},
    {"index_bits", "bits of an index", &CoreUse::indexBits, "put its neurons on more cores"},
    {"weight_bits", "bits of a weight", &CoreUse::weightBits, "quantise the weights to fewer bits"},
    {"delay_steps", "ticks of delay", &CoreUse::maxDelay, "shorten the delay, or relay it through neurons"},
};

constexpr CoreLimit kSpiNNaker2Limits[] = {
    {"core_neurons", "neurons", &CoreUse::neurons, "put its neurons on more cores"},
    {"core_synapse_bytes", "bytes of synapses", &CoreUse::synapseBytes,
     "put its neurons on more cores, or prune synapses"},
    {"core_data_bytes", "bytes of data", &CoreUse::memoryBytes, "put its neurons on more cores, or shorten delays"},
    {"weight_bits", "bits of a weight", &CoreUse::weightBits, "quantise the weights to fewer bits"},
    {"delay_steps", "ticks of delay", &CoreUse::maxDelay, "shorten the delay, or relay it through neurons"},
};

/// Widths of weights that Loihi 1 stores (nengo-loihi, block.py, WEIGHT_BITS_MAP): there is no 7.
constexpr uint64_t kNoWidth = 7;

constexpr uint64_t kProgramBytes = 4096; // stack and heap of a program on SpiNNaker2

uint64_t bitLength(uint64_t number) {
  uint64_t bits = 0;
  while (bits < 64 && number >> bits)
    ++bits;
  return bits;
}

uint64_t toWords(uint64_t bits, uint64_t wordBits) { return (bits + wordBits - 1) / wordBits; }

/// The format of a row; where the core has none yet, weights with signs and delays as long as they are.
SynapseFormat getFormat(const CoreContents &core, const SynapseRow &row, uint64_t delay) {
  if (!core.formats.empty())
    return core.formats[row.format];
  SynapseFormat format;
  format.delayBits = static_cast<uint8_t>(bitLength(delay - 1));
  return format;
}

/// Walks the rows of a core and counts.
class CoreCounter {
public:
  CoreCounter(const CoreMap &map, const CoreContents &core) : map(map), core(core) {}

  CoreUse count() {
    use.inAxons = core.inAxons.size();
    use.outAxons = core.outAxons.size();
    for (const NeuronRun &run : core.neurons)
      use.neurons += run.count;
    for (const SynapseRow &row : core.rows)
      measure(row);
    if (map.arithmetic == ChipArithmetic::Loihi)
      countLoihi();
    else
      countSpiNNaker2();
    return use;
  }

private:
  struct RowFacts {
    uint64_t maxOffset = 0, maxDelay = 1, weightBits = 1;
  };

  void measure(const SynapseRow &row) {
    RowFacts facts;
    use.synapses += row.count;
    for (uint32_t i = 0; i < row.count; ++i) {
      uint64_t delay = row.firstDelay == UINT32_MAX ? row.delay : core.delays[row.firstDelay + i];
      facts.maxDelay = std::max(facts.maxDelay, delay);
      if (!row.isDense)
        facts.maxOffset = std::max<uint64_t>(facts.maxOffset, core.offsets[row.firstOffset + i]);
      int32_t weight = core.weights[row.firstWeight + i];
      facts.weightBits = std::max(facts.weightBits, 1 + bitLength(uint64_t(std::abs(weight))));
    }
    use.maxDelay = std::max(use.maxDelay, facts.maxDelay);
    use.indexBits = std::max(use.indexBits, bitLength(facts.maxOffset));
    rows.push_back(facts);
  }

  void countLoihi() {
    uint64_t indexBits = std::max<uint64_t>(use.indexBits, 6), words = 0;
    std::set<std::tuple<bool, SignMode, uint8_t, uint8_t, uint8_t>> formats;
    for (size_t i = 0; i < rows.size(); ++i) {
      const SynapseRow &row = core.rows[i];
      SynapseFormat format = getFormat(core, row, rows[i].maxDelay);
      uint64_t synapseBits = format.weightBits + format.delayBits + (row.isDense ? 0 : indexBits);
      formats.insert({row.isDense, format.sign, format.weightBits, format.exponent, format.delayBits});
      use.weightBits = std::max<uint64_t>(use.weightBits, format.weightBits);
      uint64_t left = row.count;
      do {
        uint64_t block = std::min<uint64_t>(left, 64);
        words += toWords(block * synapseBits + 10, 64);
        left -= block;
      } while (left);
    }
    use.formats = formats.size();
    use.synapseBytes = words * 8;
    use.memoryBytes =
        use.synapseBytes + 8 * (toWords(use.inAxons * 20, 64) + toWords(use.outAxons * 20, 64) + use.neurons +
                                toWords(use.neurons * 24 * std::max<uint64_t>(use.maxDelay, 1), 64));
    countConfigurations();
  }

  void countConfigurations() {
    std::set<std::pair<int32_t, int32_t>> decays;
    std::set<int32_t> thresholds;
    for (const NeuronRun &run : core.neurons) {
      const CorePopulation &population = map.populations[run.population];
      const std::vector<int32_t> *du = find(population, "du"), *dv = find(population, "dv");
      const std::vector<int32_t> *threshold = find(population, "v_threshold");
      auto at = [](const std::vector<int32_t> &values, uint32_t i) {
        return values.size() == 1 ? values[0] : values[i];
      };
      auto isOne = [](const std::vector<int32_t> *values) { return !values || values->size() == 1; };
      uint32_t end = run.first + (isOne(du) && isOne(dv) && isOne(threshold) ? std::min(run.count, 1u) : run.count);
      for (uint32_t i = run.first; i < end; ++i) {
        if (du && dv)
          decays.insert({at(*du, i), at(*dv, i)});
        if (threshold)
          thresholds.insert(at(*threshold, i));
      }
    }
    use.configurations = decays.size();
    use.thresholds = thresholds.size();
  }

  static const std::vector<int32_t> *find(const CorePopulation &population, std::string_view name) {
    for (const NeuronParameter &parameter : population.parameters)
      if (parameter.name == name && !parameter.integers.empty())
        return &parameter.integers;
    return nullptr;
  }

  void countSpiNNaker2() {
    for (size_t i = 0; i < rows.size(); ++i) {
      const SynapseRow &row = core.rows[i];
      use.weightBits = std::max(use.weightBits, rows[i].weightBits);
      uint64_t each = 1; // a weight
      if (!row.isDense)
        each += rows[i].maxOffset > 255 ? 2 : 1;
      if (row.firstDelay != UINT32_MAX)
        each += 1;
      use.synapseBytes += 4 + 4 * toWords(row.count * each, 4);
    }
    uint64_t parameterBytes = 0, slots = 1;
    for (const NeuronRun &run : core.neurons) {
      uint64_t arrays = 0;
      for (const NeuronParameter &parameter : map.populations[run.population].parameters)
        arrays += parameter.reals.size() > 1;
      parameterBytes += 40 + 4 * arrays * run.count;
    }
    while (slots < std::max<uint64_t>(use.maxDelay, 1) + 1)
      slots <<= 1;
    use.memoryBytes = parameterBytes + use.neurons * (12 + 8 * slots) + use.synapseBytes + 4 * use.inAxons +
                      8 * core.keyRanges.size() + 4 * toWords(2 * core.keyedAxons.size(), 4) + kProgramBytes;
  }

  const CoreMap &map;
  const CoreContents &core;
  CoreUse use;
  std::vector<RowFacts> rows;
};

/// Compares with limits and words what is wrong.
class CapacityChecker {
public:
  explicit CapacityChecker(const CoreMap &map) : map(map) {}

  std::vector<CapacityViolation> check() {
    for (uint32_t i = 0; i < map.cores.size(); ++i)
      if (!map.cores[i].isHost)
        checkCore(i);
    checkChips();
    checkPlaces();
    if (map.isMulticast) {
      checkKeys();
      checkRouters();
    }
    return std::move(violations);
  }

  std::optional<CapacityViolation> checkProgram(uint32_t core, uint64_t bytes) {
    compare(describe(core), "core_memory_bytes", "bytes of code and data", core, bytes,
            "give it fewer neurons (neuro-partition's neurons), or less connected ones");
    return violations.empty() ? std::nullopt : std::optional(std::move(violations.front()));
  }

private:
  const ChipFigure *findLimit(const char *name) {
    for (const ChipFigure &figure : map.figures)
      if (figure.name == std::string("limits.") + name)
        return &figure;
    if (missing.insert(name).second)
      report(name, CapacityViolation::kNoCore, 0, 0,
             makeError("limits.", name, " is not among the figures of the map: it cannot be checked").message);
    return nullptr;
  }

  void report(std::string_view resource, uint32_t core, uint64_t used, uint64_t limit, std::string message) {
    violations.push_back({resource, core, used, limit, std::move(message)});
  }

  /// One violation if `used` is above the limit of that name.
  void compare(const std::string &where, const char *name, const char *resource, uint32_t core, uint64_t used,
               const char *remedy) {
    const ChipFigure *figure = findLimit(name);
    if (!figure || static_cast<double>(used) <= figure->value)
      return;
    uint64_t limit = static_cast<uint64_t>(std::floor(figure->value));
    report(resource, core, used, limit,
           makeError(where, ": ", used, " ", resource, ", the limit is ", limit, " (", figure->provenance, ": ",
                     figure->source, "): ", remedy)
               .message);
  }

  std::string describePlace(uint32_t core) const {
    const CoreContents &c = map.cores[core];
    return makeError("core ", core, " (chip ", c.chip, ", x ", c.x, ", y ", c.y, ", slot ", c.slot, ")").message;
  }

  /// "layer 'a', core 3 (...)"; of several layers the first three.
  std::string describe(uint32_t core) const {
    std::vector<std::string> names;
    for (const NeuronRun &run : map.cores[core].neurons) {
      const std::string &name = map.populations[run.population].name;
      if (std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
    }
    std::string text = names.size() > 1 ? "layers " : "layer ";
    for (size_t i = 0; i < names.size() && i < 3; ++i)
      text += (i ? ", '" : "'") + names[i] + "'";
    if (names.size() > 3)
      text += " and " + std::to_string(names.size() - 3) + " more";
    return (names.empty() ? "" : text + ", ") + describePlace(core);
  }

  void checkCore(uint32_t index) {
    const CoreContents &core = map.cores[index];
    CoreUse use = countCore(map, core);
    std::string where = describe(index);
    auto compareAll = [&](const auto &limits) {
      for (const CoreLimit &limit : limits)
        compare(where, limit.name, limit.resource, index, use.*limit.use, limit.remedy);
    };
    if (map.arithmetic == ChipArithmetic::Loihi) {
      compareAll(kLoihiLimits);
      checkFormats(index, where);
      checkRegisters(index);
    } else {
      compareAll(kSpiNNaker2Limits);
    }
    checkRegions(index, where, use);
  }

  /// What Loihi stores has room in the formats of its rows.
  void checkFormats(uint32_t index, const std::string &where) {
    const CoreContents &core = map.cores[index];
    for (const SynapseFormat &format : core.formats)
      if (format.weightBits == 0 || format.weightBits == kNoWidth)
        report("weight width", index, format.weightBits, 8,
               makeError(where, ": weights of ", unsigned(format.weightBits),
                         " bits cannot be stored, only of 1 to 6 and 8 (assumed, as on Loihi 1): take another width")
                   .message);
    for (const SynapseRow &row : core.rows)
      for (uint32_t i = 0; i < row.count; ++i) {
        uint64_t delay = row.firstDelay == UINT32_MAX ? row.delay : core.delays[row.firstDelay + i];
        SynapseFormat format = getFormat(core, row, delay);
        if (bitLength(delay - 1) > format.delayBits)
          return report("delay range", index, delay, uint64_t(1) << format.delayBits,
                        makeError(where, ": a delay of ", delay, " ticks in rows whose delays have ",
                                  unsigned(format.delayBits), " bits: give them more")
                            .message);
        if (int32_t weight = core.weights[row.firstWeight + i]; !canStore(format, weight))
          return report("weight range", index, bitLength(uint64_t(std::abs(weight))), format.weightBits,
                        makeError(where, ": a weight of ", weight, " in rows that store ", unsigned(format.weightBits),
                                  " bits, ", kSigns[size_t(format.sign)], ", times ", 1 << format.exponent,
                                  ": quantise the weights, or store more bits")
                            .message);
      }
  }

  /// Registers of a neuron: 12 bits of a decay, 17 of a threshold, and of a bias 12 and a sign, times 2^0 to 2^7
  /// (assumed, as on Loihi 1: nengo-loihi, discretize.py). One violation of a population.
  void checkRegisters(uint32_t index) {
    for (const NeuronRun &run : map.cores[index].neurons) {
      const CorePopulation &population = map.populations[run.population];
      for (const NeuronParameter &parameter : population.parameters)
        for (uint32_t i = 0; i < (parameter.integers.size() == 1 ? 1 : run.count); ++i) {
          const int32_t value = parameter.integers[parameter.integers.size() == 1 ? 0 : run.first + i];
          if (const RegisterLimit *limit = findExceeded(parameter.name, value)) {
            report("registers", index, uint64_t(std::abs(value)), uint64_t(limit->most),
                   makeError("layer '", population.name, "', ", describePlace(index), ": ", parameter.name, " is ",
                             value, ", a register holds ", limit->range, " (assumed, as on Loihi 1): ", limit->remedy)
                       .message);
            break;
          }
        }
    }
  }

  struct RegisterLimit {
    std::string_view parameter;
    int32_t most;
    const char *range, *remedy;
  };
  static constexpr RegisterLimit kRegisters[] = {
      {"du", 4095, "0 to 4095", "choose a longer or shorter time constant"},
      {"dv", 4095, "0 to 4095", "choose a longer or shorter time constant"},
      {"v_threshold", 131071, "0 to 131071", "scale weights and thresholds down"},
      {"bias", 4095 << 7, "12 bits and a sign, times 1 to 128", "round the bias, or scale the layer down"}};

  /// The limit that a value is beyond, or null.
  static const RegisterLimit *findExceeded(std::string_view parameter, int32_t value) {
    for (const RegisterLimit &limit : kRegisters) {
      if (limit.parameter != parameter)
        continue;
      if (parameter != "bias")
        return value < 0 || value > limit.most ? &limit : nullptr;
      uint32_t mantissa = uint32_t(std::abs(value));
      for (unsigned exponent = 0; exponent < 7 && mantissa % 2 == 0; ++exponent)
        mantissa /= 2;
      return mantissa > 4095 ? &limit : nullptr;
    }
    return nullptr;
  }

  static bool canStore(const SynapseFormat &format, int32_t weight) {
    int32_t unit = 1 << format.exponent, stored = weight / unit;
    if (stored * unit != weight)
      return false;
    switch (format.sign) {
    case SignMode::Mixed:
      return 1 + bitLength(uint64_t(stored < 0 ? -(stored + 1) : stored)) <= format.weightBits;
    case SignMode::Excitatory:
      return stored >= 0 && bitLength(uint64_t(stored)) <= format.weightBits;
    case SignMode::Inhibitory:
      return stored <= 0 && bitLength(uint64_t(-stored)) <= format.weightBits;
    }
    return false;
  }
  static constexpr const char *kSigns[] = {"with signs", "all positive", "all negative"};

  /// Regions, where the map has any, are apart and have room for what the core holds.
  void checkRegions(uint32_t index, const std::string &where, const CoreUse &use) {
    std::vector<MemoryRegion> regions = map.cores[index].memory;
    if (regions.empty())
      return;
    std::sort(regions.begin(), regions.end(),
              [](const MemoryRegion &a, const MemoryRegion &b) { return a.offset < b.offset; });
    uint64_t sum = 0, synapses = 0, end = 0;
    for (size_t i = 0; i < regions.size(); ++i) {
      const MemoryRegion &region = regions[i];
      if (region.offset < end)
        report("regions", index, region.offset, end,
               makeError(where, ": the region '", region.name, "' begins at ", region.offset, ", inside '",
                         regions[i - 1].name, "', which ends at ", end, ": lay out the memory anew")
                   .message);
      end = std::max(end, region.offset + region.bytes);
      sum += region.bytes;
      synapses += region.name == "synapses" ? region.bytes : 0;
    }
    auto need = [&](const char *what, uint64_t needed, uint64_t room) {
      if (needed > room)
        report("regions", index, needed, room,
               makeError(where, ": ", what, " takes ", needed, " bytes, its regions have ", room,
                         ": lay out the memory anew")
                   .message);
    };
    need("what it holds of synapses", use.synapseBytes, synapses);
    need("what it holds", use.memoryBytes, sum);
    const char *name = map.arithmetic == ChipArithmetic::Loihi ? "core_memory_bytes" : "core_data_bytes";
    if (use.memoryBytes < end)
      compare(where, name, "bytes to the end of its regions", index, end, "lay out the memory anew");
  }

  void checkChips() {
    compare("the map", "system_chips", "chips", CapacityViolation::kNoCore, map.chips,
            "take a larger system, or fill the cores more");
    std::map<uint32_t, uint64_t> cores;
    for (const CoreContents &core : map.cores)
      if (!core.isHost)
        ++cores[core.chip];
    for (auto [chip, count] : cores)
      compare("chip " + std::to_string(chip), "chip_cores", "cores", CapacityViolation::kNoCore, count,
              "use more chips, or fill the cores more");
  }

  void checkPlaces() {
    std::map<std::tuple<uint32_t, uint32_t, uint32_t, uint32_t>, uint32_t> taken;
    for (uint32_t i = 0; i < map.cores.size(); ++i) {
      const CoreContents &core = map.cores[i];
      bool exists = core.chip < map.chips && core.slot < map.slots && hasCores(map, core.x, core.y);
      if (core.isHost) {
        if (core.chip >= map.chips)
          report("place", i, core.chip, map.chips,
                 makeError("core ", i, ", a host, is at chip ", core.chip, ", and the map has ", map.chips).message);
        continue;
      }
      if (!exists)
        report("place", i, 0, 0,
               makeError(describe(i), ": there is no core at this place of ", map.chips, " chips of ", map.gridWidth,
                         " x ", map.gridHeight, " routers with ", map.slots, " cores: place it anew")
                   .message);
      auto [other, isNew] = taken.insert({{core.chip, core.x, core.y, core.slot}, i});
      if (!isNew)
        report("place", i, 2, 1,
               makeError(describe(i), ": core ", other->second, " has the same place: place one of them anew").message);
    }
  }

  /// The keys that a core sends are its own.
  void checkKeys() {
    struct Block {
      uint64_t first, end;
      uint32_t core;
    };
    std::vector<Block> blocks;
    for (uint32_t i = 0; i < map.cores.size(); ++i) {
      const CoreContents &core = map.cores[i];
      uint64_t neurons = 0;
      for (const NeuronRun &run : core.neurons)
        neurons += run.count;
      if (neurons)
        blocks.push_back({core.firstKey, core.firstKey + neurons, i});
      if (core.firstKey + neurons > uint64_t(1) << 32)
        report("keys", i, core.firstKey + neurons, uint64_t(1) << 32,
               makeError(describe(i), ": its keys, from ", core.firstKey, " on, have more than 32 bits: route anew")
                   .message);
    }
    std::sort(blocks.begin(), blocks.end(), [](const Block &a, const Block &b) { return a.first < b.first; });
    for (size_t i = 1; i < blocks.size(); ++i)
      if (blocks[i].first < blocks[i - 1].end)
        report("keys", blocks[i].core, blocks[i].first, blocks[i - 1].end,
               makeError(describe(blocks[i].core), ": its keys, from ", blocks[i].first,
                         " on, begin among those of core ", blocks[i - 1].core, ", which end before ",
                         blocks[i - 1].end, ": route anew")
                   .message);
  }

  void checkRouters() {
    for (const ChipRouter &router : map.routers)
      compare("the router of chip " + std::to_string(router.chip), "router_entries", "entries",
              CapacityViolation::kNoCore, router.entries.size(),
              "put neurons with the same targets on neighbouring cores, or fill the cores more");
  }

  const CoreMap &map;
  std::vector<CapacityViolation> violations;
  std::set<std::string> missing;
};

} // namespace

bool lle::runtime::hasCores(const CoreMap &map, uint32_t x, uint32_t y) {
  if (x >= map.gridWidth || y >= map.gridHeight)
    return false;
  auto gaps = std::find_if(map.figures.begin(), map.figures.end(),
                           [](const ChipFigure &figure) { return figure.name == "limits.grid_gaps"; });
  uint64_t place = uint64_t(map.gridWidth) * y + x;
  return gaps == map.figures.end() || place >= 64 || !(static_cast<uint64_t>(gaps->value) >> place & 1);
}

CoreUse lle::runtime::countCore(const CoreMap &map, const CoreContents &core) { return CoreCounter(map, core).count(); }

std::vector<CapacityViolation> lle::runtime::checkCapacity(const CoreMap &map) { return CapacityChecker(map).check(); }

std::optional<CapacityViolation> lle::runtime::checkProgram(const CoreMap &map, uint32_t core, uint64_t bytes) {
  return CapacityChecker(map).checkProgram(core, bytes);
}
