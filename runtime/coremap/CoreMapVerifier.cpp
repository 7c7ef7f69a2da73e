//===- CoreMapVerifier.cpp - what must hold of a core map -----------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/coremap/CoreMapFile.h"
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

using namespace lle::runtime;

namespace {

/// The first rule that does not hold ends the verification: each check returns false then, having left its message in
/// `failure`.
class MapVerifier {
public:
  MapVerifier(const CoreMap &map, const std::string &file) : map(map), file(file) {}

  bool run() { return chip() && populations() && cores() && coverage() && routers() && ports() && figures(); }
  Status failure;

private:
  template <typename... Reason>
  bool refuse(const std::string &field, const Reason &...reason) {
    failure = makeError(file, ": ", field, ": ", reason...);
    return false;
  }
  bool name(const std::string &field, const std::string &text) {
    Status status = verifyName(text);
    return status || refuse(field, status.error().message);
  }
  bool chip();
  bool parameter(const std::string &field, const NeuronParameter &parameter, const CorePopulation &population);
  bool population(const std::string &field, const CorePopulation &population);
  bool populations();
  bool runs(const std::string &field, const CoreContents &core);
  bool synapses(const std::string &field, const CoreContents &core);
  bool row(const std::string &field, const SynapseRow &row, const CoreContents &core, uint64_t &extent);
  bool outAxons(const std::string &field, const CoreContents &core);
  bool keys(const std::string &field, const CoreContents &core);
  bool memory(const std::string &field, const CoreContents &core);
  bool cores();
  bool coverage();
  bool routers();
  bool ports();
  bool figures();

  const CoreMap &map;
  const std::string &file;
};

std::string element(const std::string &list, size_t index) { return list + "[" + std::to_string(index) + "]"; }

uint64_t countLocal(const CoreContents &core) {
  uint64_t neurons = 0;
  for (const NeuronRun &run : core.neurons)
    neurons += run.count;
  return neurons;
}

/// What a parameter of Loihi may be, as spk.fixed_cuba_lif says.
struct Range {
  const char *name;
  int32_t low, high;
};
constexpr int32_t kMaxBias = (1 << 23) - 1;
constexpr Range kLoihiParameters[] = {
    {"du", -1, 4095}, {"dv", 0, 4096}, {"v_threshold", 0, 1 << 17}, {"bias", -kMaxBias, kMaxBias}};
constexpr const char *kRealParameters[] = {"decay_i", "decay_v", "v_threshold", "bias", "v_reset"};
constexpr uint32_t kMaxWeightExponent = 7;

} // namespace

uint64_t lle::runtime::countNeurons(const CorePopulation &population) { return *tensorBytes(population.shape, LLE_I8); }

bool MapVerifier::chip() {
  if (!name("target", map.target))
    return false;
  if (map.arithmetic > ChipArithmetic::SpiNNaker2)
    return refuse("arithmetic", "unknown kind ", unsigned(map.arithmetic));
  for (auto [field, value] : {std::pair("chips", map.chips), std::pair("grid_width", map.gridWidth),
                              std::pair("grid_height", map.gridHeight), std::pair("slots", map.slots)})
    if (value == 0 || value > kMaxMapRouters)
      return refuse(field, "is ", value, ", expected 1 to ", kMaxMapRouters);
  if (uint64_t(map.gridWidth) * map.gridHeight > kMaxMapRouters / map.chips)
    return refuse("chips", "have more than ", kMaxMapRouters, " routers");
  return true;
}

bool MapVerifier::parameter(const std::string &field, const NeuronParameter &parameter,
                            const CorePopulation &population) {
  bool isLoihi = map.arithmetic == ChipArithmetic::Loihi;
  size_t size = isLoihi ? parameter.integers.size() : parameter.reals.size();
  if (size != 1 && size != countNeurons(population))
    return refuse(field, "has ", size, " values of the chip's type, expected 1 or one for each neuron");
  if (isLoihi) {
    auto range = std::find_if(std::begin(kLoihiParameters), std::end(kLoihiParameters),
                              [&](const Range &range) { return range.name == parameter.name; });
    if (range == std::end(kLoihiParameters))
      return refuse(field + ".name", "Loihi has no parameter '", parameter.name, "'");
    for (int32_t value : parameter.integers)
      if (value < range->low || value > range->high)
        return refuse(field, parameter.name, " is ", value, ", expected ", range->low, " to ", range->high);
    return parameter.reals.empty() || refuse(field, "Loihi has no real parameters");
  }
  if (std::find(std::begin(kRealParameters), std::end(kRealParameters), parameter.name) == std::end(kRealParameters))
    return refuse(field + ".name", "SpiNNaker2 has no parameter '", parameter.name, "'");
  if (!std::all_of(parameter.reals.begin(), parameter.reals.end(), [](float x) { return std::isfinite(x); }))
    return refuse(field, parameter.name, " is no finite number");
  return parameter.integers.empty() || refuse(field, "SpiNNaker2 has no integer parameters");
}

bool MapVerifier::population(const std::string &field, const CorePopulation &population) {
  if (!name(field + ".name", population.name))
    return false;
  if (population.model > NeuronModel::CubaLI)
    return refuse(field + ".model", "unknown kind ", unsigned(population.model));
  if (population.shape.size() > LLE_MAX_RANK || !tensorBytes(population.shape, LLE_I8) ||
      countNeurons(population) > kMaxMapNeurons)
    return refuse(field + ".shape", "has too many dimensions, one that is not positive, or more than ", kMaxMapNeurons,
                  " neurons");
  std::set<std::string> seen;
  for (size_t i = 0; i < population.parameters.size(); ++i) {
    const NeuronParameter &p = population.parameters[i];
    if (population.model == NeuronModel::Input)
      return refuse(field + ".parameters", "an input has none");
    if (!parameter(element(field + ".parameters", i), p, population))
      return false;
    if (!seen.insert(p.name).second)
      return refuse(element(field + ".parameters", i) + ".name", "'", p.name, "' occurs twice");
  }
  if (population.reset > ResetRule::Subtract)
    return refuse(field + ".reset", "unknown kind ", unsigned(population.reset));
  if (population.reset == ResetRule::Subtract && map.arithmetic == ChipArithmetic::Loihi)
    return refuse(field + ".reset", "neurons of Loihi are reset to zero");
  if (population.weightExponent > (map.arithmetic == ChipArithmetic::Loihi ? kMaxWeightExponent : 0))
    return refuse(field + ".weight_exponent", "is ", population.weightExponent, ", at most ", kMaxWeightExponent,
                  " are allowed, and on Loihi only");
  if (population.start > kMaxStartTick)
    return refuse(field + ".start", "is ", population.start, ", at most ", kMaxStartTick, " are allowed");
  if (population.resetInterval > INT32_MAX || population.resetOffset >= std::max(population.resetInterval, 1u))
    return refuse(field + ".reset_offset", "is ", population.resetOffset, " of an interval of ",
                  population.resetInterval);
  return true;
}

bool MapVerifier::populations() {
  std::set<std::string> names;
  uint64_t neurons = 0;
  for (size_t i = 0; i < map.populations.size(); ++i) {
    std::string field = element("populations", i);
    if (!population(field, map.populations[i]))
      return false;
    if (!names.insert(map.populations[i].name).second)
      return refuse(field + ".name", "'", map.populations[i].name, "' occurs twice");
    neurons += countNeurons(map.populations[i]);
  }
  return neurons <= kMaxMapNeurons ||
         refuse("populations", "have ", neurons, " neurons, at most ", kMaxMapNeurons, " are allowed");
}

bool MapVerifier::runs(const std::string &field, const CoreContents &core) {
  for (size_t i = 0; i < core.neurons.size(); ++i) {
    const NeuronRun &run = core.neurons[i];
    std::string here = element(field + ".neurons", i);
    if (run.population >= map.populations.size())
      return refuse(here, "there is no population ", run.population);
    const CorePopulation &population = map.populations[run.population];
    uint64_t size = countNeurons(population);
    if (run.count == 0 || run.count > size || run.first > size - run.count)
      return refuse(here, "is no part of the ", size, " neurons of '", population.name, "'");
    if ((population.model == NeuronModel::Input) != core.isHost)
      return refuse(here, "'", population.name, "': inputs are on the host, all others on the chip");
  }
  return true;
}

bool MapVerifier::row(const std::string &field, const SynapseRow &row, const CoreContents &core, uint64_t &extent) {
  auto fits = [&](uint64_t first, size_t size) { return first + row.count <= size; };
  if (row.count == 0)
    return refuse(field + ".count", "is 0");
  if (!fits(row.firstWeight, core.weights.size()))
    return refuse(field + ".first_weight", "the weights end beyond the core's ", core.weights.size());
  if (row.format >= std::max<size_t>(core.formats.size(), 1))
    return refuse(field + ".format", "is ", unsigned(row.format), ", the core has ", core.formats.size());
  if (row.delay < 1 || row.delay > kMaxSynapseDelay)
    return refuse(field + ".delay", "is ", unsigned(row.delay), ", expected 1 to ", kMaxSynapseDelay);
  if (row.firstDelay != UINT32_MAX) {
    if (!fits(row.firstDelay, core.delays.size()))
      return refuse(field + ".first_delay", "the delays end beyond the core's ", core.delays.size());
    for (uint32_t i = 0; i < row.count; ++i)
      if (unsigned delay = core.delays[row.firstDelay + i]; delay < 1 || delay > kMaxSynapseDelay)
        return refuse(field + ".delays", "one is ", delay, ", expected 1 to ", kMaxSynapseDelay);
  }
  extent = row.count;
  if (row.isDense)
    return true;
  if (!fits(row.firstOffset, core.offsets.size()))
    return refuse(field + ".first_offset", "the offsets end beyond the core's ", core.offsets.size());
  auto first = core.offsets.begin() + row.firstOffset;
  extent = uint64_t(*std::max_element(first, first + row.count)) + 1;
  return true;
}

bool MapVerifier::synapses(const std::string &field, const CoreContents &core) {
  if (map.arithmetic != ChipArithmetic::Loihi && !core.formats.empty())
    return refuse(field + ".formats", "are of Loihi");
  for (size_t i = 0; i < core.formats.size(); ++i) {
    const SynapseFormat &format = core.formats[i];
    if (format.sign > SignMode::Inhibitory || format.weightBits < 1 || format.weightBits > 16 || format.exponent > 15 ||
        format.delayBits > 7)
      return refuse(element(field + ".formats", i), "is none: sign ", unsigned(format.sign), ", weights of ",
                    unsigned(format.weightBits), " bits, exponent ", unsigned(format.exponent), ", delays of ",
                    unsigned(format.delayBits), " bits");
  }
  bool isLoihi = map.arithmetic == ChipArithmetic::Loihi;
  int least = isLoihi ? -256 : -127, most = isLoihi ? 255 : 127;
  if (!core.weights.empty()) {
    auto [low, high] = std::minmax_element(core.weights.begin(), core.weights.end());
    if (*low < least || *high > most)
      return refuse(field + ".weights", "are ", *low, " to ", *high, ", expected ", least, " to ", most);
  }
  std::vector<uint64_t> extents(core.rows.size());
  for (size_t i = 0; i < core.rows.size(); ++i)
    if (!row(element(field + ".rows", i), core.rows[i], core, extents[i]))
      return false;
  uint64_t neurons = countLocal(core);
  for (size_t i = 0; i < core.inAxons.size(); ++i) {
    const InAxon &axon = core.inAxons[i];
    if (axon.row >= core.rows.size())
      return refuse(element(field + ".in_axons", i), "there is no row ", axon.row);
    if (axon.base + extents[axon.row] > neurons)
      return refuse(element(field + ".in_axons", i), "its row ends beyond the core's ", neurons, " neurons");
  }
  return true;
}

bool MapVerifier::outAxons(const std::string &field, const CoreContents &core) {
  if (core.outBegin.empty())
    return core.outAxons.empty() || refuse(field + ".out_begin", "is empty, but there are out-axons");
  if (core.outBegin.size() != countLocal(core) + 1)
    return refuse(field + ".out_begin", "has ", core.outBegin.size(), " entries, expected one more than neurons");
  if (core.outBegin.front() != 0 || core.outBegin.back() != core.outAxons.size() ||
      !std::is_sorted(core.outBegin.begin(), core.outBegin.end()))
    return refuse(field + ".out_begin", "does not divide the ", core.outAxons.size(), " out-axons");
  for (size_t i = 0; i < core.outAxons.size(); ++i) {
    const OutAxon &axon = core.outAxons[i];
    if (axon.core >= map.cores.size() || axon.axon >= map.cores[axon.core].inAxons.size())
      return refuse(element(field + ".out_axons", i), "core ", axon.core, " has no in-axon ", axon.axon);
  }
  return true;
}

bool MapVerifier::keys(const std::string &field, const CoreContents &core) {
  uint64_t next = 0;
  for (size_t i = 0; i < core.keyRanges.size(); ++i) {
    const KeyRange &range = core.keyRanges[i];
    std::string here = element(field + ".key_ranges", i);
    if (range.count == 0 || range.firstKey < next)
      return refuse(here, "is empty, or not behind the one before");
    next = uint64_t(range.firstKey) + range.count;
    if (next > uint64_t(1) << 32)
      return refuse(here, "ends beyond 32 bits");
    if (uint64_t(range.firstAxon) + range.count > core.keyedAxons.size())
      return refuse(here, "ends beyond the ", core.keyedAxons.size(), " keyed axons");
  }
  for (size_t i = 0; i < core.keyedAxons.size(); ++i)
    if (core.keyedAxons[i] != UINT32_MAX && core.keyedAxons[i] >= core.inAxons.size())
      return refuse(element(field + ".keyed_axons", i), "there is no in-axon ", core.keyedAxons[i]);
  return uint64_t(core.firstKey) + countLocal(core) <= uint64_t(1) << 32 ||
         refuse(field + ".first_key", "the keys end beyond 32 bits");
}

bool MapVerifier::memory(const std::string &field, const CoreContents &core) {
  std::vector<std::pair<uint64_t, uint64_t>> regions;
  for (size_t i = 0; i < core.memory.size(); ++i) {
    const MemoryRegion &region = core.memory[i];
    std::string here = element(field + ".memory", i);
    if (!name(here + ".name", region.name))
      return false;
    if (region.offset > kMaxTensorBytes || region.bytes > kMaxTensorBytes)
      return refuse(here, "ends beyond ", kMaxTensorBytes, " bytes");
    regions.push_back({region.offset, region.offset + region.bytes});
  }
  std::sort(regions.begin(), regions.end());
  for (size_t i = 1; i < regions.size(); ++i)
    if (regions[i].first < regions[i - 1].second)
      return refuse(field + ".memory", "regions overlap at byte ", regions[i].first);
  return true;
}

bool MapVerifier::cores() {
  std::set<std::tuple<uint32_t, uint32_t, uint32_t, uint32_t>> places;
  std::vector<std::pair<uint64_t, uint64_t>> sent; // keys, of multicast
  for (size_t i = 0; i < map.cores.size(); ++i) {
    const CoreContents &core = map.cores[i];
    std::string field = element("cores", i);
    if (core.chip >= map.chips || core.x >= map.gridWidth || core.y >= map.gridHeight || core.slot >= map.slots)
      return refuse(field, "chip ", core.chip, ", router (", core.x, ", ", core.y, "), slot ", core.slot,
                    " is not on the chips");
    if (core.isHost && (core.x != 0 || core.y != 0 || !core.inAxons.empty()))
      return refuse(field, "the host is at router (0, 0), and receives nothing");
    if (!core.isHost && !places.insert({core.chip, core.x, core.y, core.slot}).second)
      return refuse(field, "chip ", core.chip, ", router (", core.x, ", ", core.y, "), slot ", core.slot, " is taken");
    if (map.isMulticast ? !core.outBegin.empty() || !core.outAxons.empty()
                        : !core.keyRanges.empty() || !core.keyedAxons.empty())
      return refuse(field, map.isMulticast ? "packets have keys, not out-axons" : "packets have out-axons, not keys");
    if (!runs(field, core) || !synapses(field, core) || !outAxons(field, core) || !keys(field, core) ||
        !memory(field, core))
      return false;
    uint64_t first = core.firstKey;
    for (const NeuronRun &run : core.neurons) {
      if (map.populations[run.population].model != NeuronModel::CubaLI)
        sent.push_back({first, first + run.count});
      first += run.count;
    }
  }
  if (!map.isMulticast)
    return true;
  std::sort(sent.begin(), sent.end());
  for (size_t i = 1; i < sent.size(); ++i)
    if (sent[i].first < sent[i - 1].second)
      return refuse("cores", "two neurons send the key ", sent[i].first);
  return true;
}

bool MapVerifier::coverage() {
  std::vector<NeuronRun> all;
  for (const CoreContents &core : map.cores)
    all.insert(all.end(), core.neurons.begin(), core.neurons.end());
  std::sort(all.begin(), all.end(), [](const NeuronRun &a, const NeuronRun &b) {
    return std::pair(a.population, a.first) < std::pair(b.population, b.first);
  });
  size_t next = 0;
  for (uint32_t i = 0; i < map.populations.size(); ++i) {
    uint64_t covered = 0;
    for (; next < all.size() && all[next].population == i && all[next].first == covered; ++next)
      covered += all[next].count;
    if (covered != countNeurons(map.populations[i]))
      return refuse(element("populations", i), "'", map.populations[i].name, "': neuron ", covered,
                    " is on no core, or another on two");
  }
  return next == all.size() ||
         refuse("cores", "a neuron of '", map.populations[all[next].population].name, "' is on two cores");
}

bool MapVerifier::routers() {
  std::set<uint32_t> chips;
  std::set<std::pair<int32_t, int32_t>> places;
  for (size_t i = 0; i < map.routers.size(); ++i) {
    const ChipRouter &router = map.routers[i];
    std::string field = element("routers", i);
    if (router.chip >= map.chips || !chips.insert(router.chip).second)
      return refuse(field + ".chip", "there is no chip ", router.chip, ", or it occurs twice");
    if (std::abs(int64_t(router.x)) > kMaxBoardPlace || std::abs(int64_t(router.y)) > kMaxBoardPlace ||
        !places.insert({router.x, router.y}).second)
      return refuse(field, "the place (", router.x, ", ", router.y, ") is taken, or too far away");
    if (!map.isMulticast && !router.entries.empty())
      return refuse(field, "has entries, but packets have no keys");
    for (size_t k = 0; k < router.entries.size(); ++k) {
      const RouteEntry &entry = router.entries[k];
      if ((entry.key & ~entry.mask) != 0 || entry.links >= 64)
        return refuse(element(field + ".entries", k), "has key bits outside its mask, or unknown links");
      for (uint32_t core : entry.cores)
        if (core >= map.cores.size() || map.cores[core].chip != router.chip || map.cores[core].isHost)
          return refuse(element(field + ".entries", k), "core ", core, " is not on chip ", router.chip);
    }
  }
  for (uint32_t chip = 0; chip < map.chips; ++chip)
    if (!chips.count(chip) && !places.insert({int32_t(chip), 0}).second)
      return refuse("routers", "chip ", chip, " has no place");
  return true;
}

bool MapVerifier::ports() {
  std::set<std::string> names;
  std::vector<uint32_t> uses(map.populations.size());
  auto check = [&](const std::string &field, const CorePort &port) {
    if (!name(field + ".name", port.name))
      return false;
    if (!names.insert(port.name).second)
      return refuse(field + ".name", "'", port.name, "' occurs twice");
    return port.population < map.populations.size() || refuse(field, "there is no population ", port.population);
  };
  for (size_t i = 0; i < map.inputs.size(); ++i) {
    if (!check(element("inputs", i), map.inputs[i]))
      return false;
    uint32_t population = map.inputs[i].population;
    if (map.populations[population].model != NeuronModel::Input || map.inputs[i].isMembrane || uses[population]++)
      return refuse(element("inputs", i), "population ", population, " is no input, or has a port");
  }
  for (size_t i = 0; i < map.populations.size(); ++i)
    if (map.populations[i].model == NeuronModel::Input && !uses[i])
      return refuse(element("populations", i), "is an input without a port");
  names.clear();
  for (size_t i = 0; i < map.outputs.size(); ++i) {
    if (!check(element("outputs", i), map.outputs[i]))
      return false;
    NeuronModel expected = map.outputs[i].isMembrane ? NeuronModel::CubaLI : NeuronModel::CubaLIF;
    if (map.populations[map.outputs[i].population].model != expected)
      return refuse(element("outputs", i), "population ", map.outputs[i].population, " gives no ",
                    map.outputs[i].isMembrane ? "membranes" : "spikes");
  }
  return !map.outputs.empty() || refuse("outputs", "is empty");
}

bool MapVerifier::figures() {
  std::set<std::string> names;
  for (size_t i = 0; i < map.figures.size(); ++i) {
    const ChipFigure &figure = map.figures[i];
    std::string field = element("figures", i);
    if (!name(field + ".name", figure.name) || !name(field + ".provenance", figure.provenance) ||
        !name(field + ".source", figure.source))
      return false;
    if (!names.insert(figure.name).second)
      return refuse(field + ".name", "'", figure.name, "' occurs twice");
    if (!std::isfinite(figure.value))
      return refuse(field + ".value", "is not finite");
  }
  return true;
}

Status lle::runtime::verifyCoreMap(const CoreMap &map, const std::string &file) {
  MapVerifier verifier(map, file);
  verifier.run();
  return verifier.failure;
}
