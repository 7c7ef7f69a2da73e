//===- Emulator.cpp - a core map made ready to run ------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "runtime/coremap/CoreMapFile.h"
#include "runtime/emulator/PreparedMap.h"
#include <algorithm>
#include <map>
#include <numeric>

using namespace lle::runtime;

namespace {

/// Numbers of 32 bits that an emulation may take for sums, and for counts of a tick.
constexpr uint64_t kMaxWords = uint64_t(1) << 31;

/// Appends the parameter of a run's neurons, each as `convert` makes it.
template <typename T, typename Stored, typename Convert>
void appendParameter(std::vector<Stored> &to, const CorePopulation &population, const NeuronRun &run, const char *name,
                     std::vector<T> NeuronParameter::*values, Convert convert) {
  const NeuronParameter *found = nullptr;
  for (const NeuronParameter &parameter : population.parameters)
    if (parameter.name == name)
      found = &parameter;
  for (uint32_t n = run.first; n < run.first + run.count; ++n)
    to.push_back(convert(!found ? T(0) : (found->*values)[(found->*values).size() == 1 ? 0 : n]));
}

/// Between the tick in which a packet is sent and the step of the network that its synapses serve: `start` of the
/// source plus these is the first and the last step ahead.
struct Reach {
  int64_t first = INT64_MAX, last = INT64_MIN;
};

class Preparation {
public:
  explicit Preparation(PreparedMap &impl)
      : impl(impl), map(impl.map), populations(impl.populations), cores(impl.cores),
        servedOf(map.cores.size(), UINT32_MAX), seenBy(map.cores.size(), UINT32_MAX) {}

  void preparePopulations();
  void formBlocks(uint64_t blockSynapses);
  void prepareCore(size_t index, CoreBlock &block);
  void groupRuns();
  void findTargets();
  /// Divides what cores send into projections and the rest.
  void divideAxons();
  /// Finds how far synapses reach, after all cores were prepared.
  Status connect(const std::string &file);

private:
  Way findWay(uint32_t from, const std::vector<uint32_t> &targets) const;
  void preparePart(uint32_t group, GroupPart &part);
  void divideAxons(NeuronGroup &group, uint32_t index, RowsInMatrices &taken);
  Reach getReach(const CoreContents &core, const InAxon &axon, const std::vector<uint32_t> &starts) const;

  PreparedMap &impl;
  const CoreMap &map;
  std::vector<PreparedPopulation> &populations;
  std::vector<PreparedCore> &cores;
  std::vector<uint32_t> servedOf; ///< the last group that has a projection to a core
  std::vector<uint32_t> seenBy;   ///< the last core that has a core among its targets
};

} // namespace

void Preparation::preparePopulations() {
  for (const CorePopulation &population : map.populations)
    populations.emplace_back().size = uint32_t(countNeurons(population));
  for (uint32_t i = 0; i < map.inputs.size(); ++i)
    populations[map.inputs[i].population].input = i;
  for (uint32_t i = 0; i < map.outputs.size(); ++i)
    populations[map.outputs[i].population].outputs.push_back(i);
}

/// Cores of the same populations lie side by side, as far as they have room in a block.
void Preparation::formBlocks(uint64_t blockSynapses) {
  std::vector<uint32_t> order(cores.size());
  std::iota(order.begin(), order.end(), 0);
  auto getPopulations = [&](uint32_t core) {
    std::vector<uint32_t> populations;
    for (const NeuronRun &run : map.cores[core].neurons)
      populations.push_back(run.population);
    return std::pair(std::move(populations), core);
  };
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return getPopulations(a) < getPopulations(b); });
  impl.places.resize(cores.size());
  for (uint32_t index : order) {
    const CoreContents &core = map.cores[index];
    const uint64_t weights = core.weights.size();
    if (impl.blocks.empty() || core.isHost || impl.blocks.back().isHost ||
        impl.blocks.back().weights + weights > blockSynapses)
      impl.blocks.emplace_back().isHost = core.isHost;
    CoreBlock &block = impl.blocks.back();
    block.cores.push_back(index);
    block.weights += weights;
    impl.places[index] = {uint32_t(impl.blocks.size() - 1), block.neurons};
    prepareCore(index, block);
    block.neurons += cores[index].neurons;
  }
}

void Preparation::prepareCore(size_t index, CoreBlock &block) {
  const CoreContents &core = map.cores[index];
  PreparedCore &prepared = cores[index];
  for (const SynapseRow &row : core.rows)
    prepared.rowWords.push_back(countRowWords(core, row));
  for (const NeuronRun &run : core.neurons) {
    prepared.firstLocal.push_back(prepared.neurons);
    prepared.neurons += run.count;
    const CorePopulation &population = map.populations[run.population];
    if (core.isHost)
      continue;
    auto integers = [&](std::vector<int32_t> &to, const char *name, auto convert) {
      appendParameter(to, population, run, name, &NeuronParameter::integers, convert);
    };
    auto reals = [&](std::vector<float> &to, const char *name) {
      appendParameter(to, population, run, name, &NeuronParameter::reals, [](float x) { return x; });
    };
    if (map.arithmetic == ChipArithmetic::Loihi) {
      integers(block.keptCurrent, "du", [](int32_t du) { return 4095 - du; });
      integers(block.keptMembrane, "dv", [](int32_t dv) { return 4096 - dv; });
      integers(block.threshold, "v_threshold", [](int32_t threshold) { return threshold << 6; });
      integers(block.bias, "bias", [](int32_t bias) { return bias; });
    } else {
      reals(block.decayCurrent, "decay_i");
      reals(block.decayMembrane, "decay_v");
      reals(block.realThreshold, "v_threshold");
      reals(block.realBias, "bias");
      reals(block.resetValue, "v_reset");
    }
  }
}

Reach Preparation::getReach(const CoreContents &core, const InAxon &axon, const std::vector<uint32_t> &starts) const {
  const SynapseRow &row = core.rows[axon.row];
  Reach reach;
  for (uint32_t i = 0; i < row.count; ++i) {
    if (core.weights[row.firstWeight + i] == 0)
      continue; // a gap of a dense row, which may be at a neuron that starts later
    uint32_t target = axon.base + (row.isDense ? i : core.offsets[row.firstOffset + i]);
    int64_t delay = row.firstDelay == UINT32_MAX ? row.delay : core.delays[row.firstDelay + i];
    int64_t ahead = delay - int64_t(starts.size() == 1 ? starts[0] : starts[target]);
    reach = {std::min(reach.first, ahead), std::max(reach.last, ahead)};
    if (starts.size() == 1 && row.firstDelay == UINT32_MAX)
      break; // all synapses are alike
  }
  return reach;
}

Status Preparation::connect(const std::string &file) {
  // Of the in-axons of all cores.
  std::vector<std::vector<Reach>> reaches(cores.size());
  for (size_t i = 0; i < cores.size(); ++i) {
    const CoreContents &core = map.cores[i];
    std::vector<uint32_t> starts; // of the neurons, or of all
    for (const NeuronRun &run : core.neurons)
      starts.insert(starts.end(), run.count, map.populations[run.population].start);
    if (std::adjacent_find(starts.begin(), starts.end(), std::not_equal_to<>()) == starts.end())
      starts.resize(std::min<size_t>(starts.size(), 1));
    for (const InAxon &axon : core.inAxons)
      reaches[i].push_back(getReach(core, axon, starts));
  }
  std::vector<int64_t> spans(cores.size());
  for (size_t i = 0; i < cores.size(); ++i) {
    const CoreContents &core = map.cores[i];
    const PreparedCore &prepared = cores[i];
    for (size_t r = 0; prepared.axonBegin && r < core.neurons.size(); ++r) {
      const NeuronRun &run = core.neurons[r];
      const CorePopulation &population = map.populations[run.population];
      const uint32_t *begin = prepared.axonBegin + prepared.firstLocal[r];
      for (uint32_t k = begin[0]; k < begin[run.count]; ++k) {
        const OutAxon &axon = prepared.axons[k];
        if (axon.axon == UINT32_MAX)
          continue;
        const Reach &reach = reaches[axon.core][axon.axon];
        if (reach.first < -int64_t(population.start))
          return makeError(file, ": cores[", axon.core, "].in_axons[", axon.axon, "]: packets of '", population.name,
                           "', whose start is ", population.start, ", serve a step before the one that sends them");
        spans[axon.core] = std::max(spans[axon.core], population.start + reach.last);
      }
    }
  }
  for (size_t i = 0; i < cores.size(); ++i) {
    CoreBlock &block = impl.blocks[impl.places[i].block];
    while (int64_t(block.slots) <= spans[i])
      block.slots *= 2;
    for (const NeuronRun &run : map.cores[i].neurons)
      populations[run.population].span = std::max(populations[run.population].span, uint32_t(spans[i]));
  }
  return {};
}

void Preparation::groupRuns() {
  for (const CorePopulation &population : map.populations)
    impl.starts.push_back(population.start);
  std::sort(impl.starts.begin(), impl.starts.end());
  impl.starts.erase(std::unique(impl.starts.begin(), impl.starts.end()), impl.starts.end());
  impl.levels.resize(impl.starts.size());
  for (uint32_t b = 0; b < impl.blocks.size(); ++b) {
    const CoreBlock &block = impl.blocks[b];
    bool isFirst = true;
    for (uint32_t core : block.cores) {
      const std::vector<NeuronRun> &runs = map.cores[core].neurons;
      for (uint32_t r = 0; r < runs.size(); ++r, isFirst = false) {
        const uint32_t population = runs[r].population, local = cores[core].firstLocal[r];
        if (isFirst || block.isHost || impl.groups.back().population != population) {
          uint32_t start = map.populations[population].start;
          size_t level = std::lower_bound(impl.starts.begin(), impl.starts.end(), start) - impl.starts.begin();
          impl.levels[level].push_back(uint32_t(impl.groups.size()));
          NeuronGroup &group = impl.groups.emplace_back();
          group.block = b;
          group.population = population;
          group.local = impl.places[core].first + local;
          group.firstPart = uint32_t(impl.parts.size());
        }
        NeuronGroup &group = impl.groups.back();
        if (group.firstPart == impl.parts.size() || impl.parts.back().core != core)
          impl.parts.push_back({core, r, r, local, group.count});
        impl.parts.back().endRun = r + 1;
        impl.parts.back().count += runs[r].count;
        group.count += runs[r].count;
        group.endPart = uint32_t(impl.parts.size());
      }
    }
  }
}

/// Finds the cores that each core sends to, and numbers the links on all ways between them.
void Preparation::findTargets() {
  std::vector<uint8_t> isUsed(impl.mesh.countLinks());
  for (uint32_t index = 0; index < cores.size(); ++index) {
    PreparedCore &core = cores[index];
    if (!core.axonBegin)
      continue;
    for (uint32_t k = 0; k < core.axonBegin[core.neurons]; ++k) {
      uint32_t target = core.axons[k].core;
      if (seenBy[target] == index)
        continue;
      seenBy[target] = index;
      core.targets.push_back(target);
      if (!map.isMulticast)
        visitLinks(impl.mesh, core.router, cores[target].router, [&](uint32_t link) { isUsed[link] = true; });
    }
  }
  for (const SentPackets &sent : impl.routed)
    for (uint32_t link : sent.links)
      isUsed[link] = true;
  impl.linkNumbers.resize(isUsed.size());
  for (uint32_t link = 0; link < isUsed.size(); ++link)
    if (isUsed[link]) {
      impl.linkNumbers[link] = uint32_t(impl.usedLinks.size());
      impl.usedLinks.push_back(link);
    }
  for (SentPackets &sent : impl.routed)
    for (uint32_t &link : sent.links)
      link = impl.linkNumbers[link];
}

/// From a core to others.
Way Preparation::findWay(uint32_t from, const std::vector<uint32_t> &targets) const {
  Way way;
  if (map.isMulticast)
    return way;
  std::map<uint32_t, uint32_t> packets; // of links
  for (uint32_t target : targets) {
    const Place here = cores[from].router, there = cores[target].router;
    way.hopsX += uint64_t(std::abs(here.x - there.x));
    way.hopsY += uint64_t(std::abs(here.y - there.y));
    way.chipCrossings += uint64_t(impl.mesh.countChipHops(map.cores[from].chip, map.cores[target].chip));
    visitLinks(impl.mesh, here, there, [&](uint32_t link) { ++packets[impl.linkNumbers[link]]; });
  }
  for (auto [link, count] : packets)
    way.links.push_back({link, count});
  return way;
}

/// Finds what spikes of a part send to projections of its group.
void Preparation::preparePart(uint32_t group, GroupPart &part) {
  const PreparedCore &core = cores[part.core];
  std::map<uint32_t, std::vector<uint8_t>> sends; // of each neuron, by target
  for (uint32_t n = 0; n < part.count; ++n)
    for (uint32_t k = core.axonBegin[part.local + n]; k < core.axonBegin[part.local + n + 1]; ++k)
      if (uint32_t target = core.axons[k].core; servedOf[target] == group) {
        std::vector<uint8_t> &neurons = sends[target];
        neurons.resize(part.count);
        neurons[n] = 1;
      }
  part.firstPartial = uint32_t(impl.partialTargets.size());
  for (auto it = sends.begin(); it != sends.end();) {
    const auto &[target, neurons] = *it;
    if (std::find(neurons.begin(), neurons.end(), 0) != neurons.end()) {
      impl.partialTargets.push_back({target, findWay(part.core, {target})});
      ++it;
      continue;
    }
    part.targets.push_back(target);
    it = sends.erase(it);
  }
  part.endPartial = uint32_t(impl.partialTargets.size());
  part.way = findWay(part.core, part.targets);
  part.sends.resize(sends.empty() ? 0 : part.count * part.sendsStride());
  size_t column = 0;
  for (const auto &[target, neurons] : sends) {
    for (size_t n = 0; n < part.count; ++n)
      part.sends[n * part.sendsStride() + column] = neurons[n];
    ++column;
  }
}

void Preparation::divideAxons(NeuronGroup &group, uint32_t index, RowsInMatrices &taken) {
  std::vector<SendingPart> senders;
  for (uint32_t i = group.firstPart; i < group.endPart; ++i) {
    const GroupPart &part = impl.parts[i];
    const PreparedCore &core = cores[part.core];
    if (!core.axonBegin)
      return;
    senders.push_back({part.count, core.axonBegin + part.local, core.axons});
  }
  for (Projection &projection : findProjections(map, impl.places, senders, taken)) {
    projection.group = index;
    for (uint32_t target : projection.targets)
      servedOf[target] = index;
    impl.projections.push_back(std::move(projection));
  }
  for (uint32_t i = group.firstPart; i < group.endPart; ++i) {
    GroupPart &part = impl.parts[i];
    preparePart(index, part);
    const PreparedCore &core = cores[part.core];
    const uint32_t *begin = core.axonBegin + part.local;
    for (uint32_t n = 0; n < part.count; ++n) {
      group.scatteredBegin.push_back(uint32_t(group.scattered.size()));
      for (uint32_t k = begin[n]; k < begin[n + 1]; ++k) {
        if (servedOf[core.axons[k].core] != index)
          group.scattered.push_back(core.axons[k]);
      }
    }
  }
  group.scatteredBegin.push_back(uint32_t(group.scattered.size()));
}

void Preparation::divideAxons() {
  RowsInMatrices taken(cores.size());
  for (uint32_t index = 0; index < impl.groups.size(); ++index) {
    NeuronGroup &group = impl.groups[index];
    group.firstProjection = uint32_t(impl.projections.size());
    divideAxons(group, index, taken);
    group.endProjection = uint32_t(impl.projections.size());
  }
}

static std::vector<State> listStates(const CoreMap &map, const std::vector<PreparedPopulation> &populations) {
  std::vector<State> states;
  for (size_t i = 0; i < populations.size(); ++i) {
    const CorePopulation &population = map.populations[i];
    if (population.model == NeuronModel::Input)
      continue;
    auto add = [&](const char *name, lle_element element, std::vector<int64_t> shape) {
      std::vector<int32_t> order(shape.size());
      std::iota(order.begin(), order.end(), 0);
      uint64_t bytes = *tensorBytes(shape, element);
      states.push_back({population.name, name, element, std::move(shape), std::move(order), 0, bytes});
    };
    bool isLoihi = map.arithmetic == ChipArithmetic::Loihi;
    for (const char *name :
         isLoihi ? std::vector<const char *>{"u", "v"} : std::vector<const char *>{"i_exc", "i_inh", "v"})
      add(name, isLoihi ? LLE_I32 : LLE_F32, population.shape);
    if (population.resetInterval != 0)
      add("phase", LLE_I32, {1});
    std::vector<int64_t> arriving{int64_t(populations[i].span)};
    arriving.insert(arriving.end(), population.shape.begin(), population.shape.end());
    if (populations[i].span != 0)
      for (const char *name :
           isLoihi ? std::vector<const char *>{"arriving"} : std::vector<const char *>{"arriving_exc", "arriving_inh"})
        add(name, LLE_I32, arriving);
  }
  return states;
}

Result<Emulator> Emulator::create(CoreMap map, const std::string &file, uint64_t blockSynapses) {
  auto impl = std::make_shared<PreparedMap>(std::move(map), file);
  const CoreMap &m = impl->map;
  if (m.isMulticast) {
    Result<std::vector<SentPackets>> routed = routeKeys(m, impl->mesh, file);
    if (!routed)
      return routed.error();
    impl->routed = std::move(*routed);
  }
  impl->cores.resize(m.cores.size());
  Preparation preparation(*impl);
  preparation.preparePopulations();
  preparation.formBlocks(blockSynapses);
  for (size_t i = 0; i < m.cores.size(); ++i) {
    PreparedCore &core = impl->cores[i];
    Place chip = impl->mesh.chips[m.cores[i].chip];
    core.router = {chip.x * int32_t(m.gridWidth) + int32_t(m.cores[i].x),
                   chip.y * int32_t(m.gridHeight) + int32_t(m.cores[i].y)};
    if (m.isMulticast) {
      core.axonBegin = impl->routed[i].axonBegin.data();
      core.axons = impl->routed[i].axons.data();
    } else if (!m.cores[i].outBegin.empty()) {
      core.axonBegin = m.cores[i].outBegin.data();
      core.axons = m.cores[i].outAxons.data();
    }
  }
  if (Status status = preparation.connect(file); !status)
    return status.error();
  preparation.groupRuns();
  preparation.findTargets();
  preparation.divideAxons();
  uint64_t words = (impl->usedLinks.size() + 3 * m.cores.size()) * (impl->starts.back() + 3);
  for (const CoreBlock &block : impl->blocks)
    words += uint64_t(block.neurons) * block.slots;
  if (words > kMaxWords)
    return makeError(file, ": sums and counts of a tick would take ", words * sizeof(uint32_t), " bytes, at most ",
                     kMaxWords * sizeof(uint32_t), " are emulated");
  impl->states = listStates(m, impl->populations);
  impl->tickCosts = getTickCosts(m);
  return Emulator(std::move(impl));
}

const CoreMap &Emulator::map() const { return impl->map; }
uint32_t Emulator::latency() const { return impl->starts.back(); }
const std::vector<State> &Emulator::states() const { return impl->states; }
