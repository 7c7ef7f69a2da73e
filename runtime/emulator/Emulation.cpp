//===- Emulation.cpp - a core map at work ---------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Cores belong to threads. In a phase, which is one start in one step, a thread first adds the packets that its cores
// were sent in the phase before, and then lets the populations of that start compute. Packets wait in boxes, one for
// each sending thread and receiving core, of which one set is filled while the other is emptied: so one barrier a phase
// suffices, and since sums are integers, nothing depends on who came first.
//
//===----------------------------------------------------------------------===//

#include "runtime/emulator/Neurons.h"
#include "runtime/emulator/PreparedMap.h"
#include "runtime/emulator/TickCounts.h"
#include <algorithm>
#include <atomic>
#include <cstring>
#include <numeric>
#include <thread>

using namespace lle::runtime;

namespace {

/// The states of a core, of Loihi or of SpiNNaker2.
struct CoreState {
  std::vector<int32_t> u, v;
  std::vector<float> excitatory, inhibitory, membrane;
  std::vector<uint32_t> sums; ///< see SumRing
  std::vector<uint8_t> fired; ///< of one run
};

/// Calls `visit` with the place of each byte that is 1; all others are 0.
template <typename Visit>
void forEachFlag(const uint8_t *flags, uint32_t count, Visit visit) {
  uint32_t first = 0;
  for (; first + 8 <= count; first += 8) {
    uint64_t eight;
    std::memcpy(&eight, flags + first, sizeof(eight));
    for (; eight != 0; eight &= eight - 1)
      visit(first + uint32_t(__builtin_ctzll(eight)) / 8);
  }
  for (; first < count; ++first)
    if (flags[first])
      visit(first);
}

/// Threads wait for each other. They are few and wait briefly, so they spin before they yield.
class SpinBarrier {
public:
  explicit SpinBarrier(unsigned threads) : threads(threads) {}

  void wait() {
    unsigned generation = current.load(std::memory_order_relaxed);
    if (arrived.fetch_add(1, std::memory_order_acq_rel) + 1 == threads) {
      arrived.store(0, std::memory_order_relaxed);
      current.store(generation + 1, std::memory_order_release);
      return;
    }
    for (unsigned spins = 0; current.load(std::memory_order_acquire) == generation; ++spins)
      if (spins > kSpins)
        std::this_thread::yield();
  }

private:
  static constexpr unsigned kSpins = 2000;
  const unsigned threads;
  std::atomic<unsigned> arrived{0}, current{0};
};

} // namespace

struct Emulation::Chip {
  Chip(Emulator emulator, unsigned threads);

  void reset();
  void work(unsigned thread, size_t steps, const int32_t *const *inputs, void *const *outputs, SpinBarrier &barrier);
  void receive(unsigned thread, unsigned boxes, uint64_t tick);
  void compute(unsigned thread, unsigned boxes, uint64_t tick, size_t offset, RunOfCore place,
               const int32_t *const *inputs, void *const *outputs);
  void send(unsigned thread, unsigned boxes, uint64_t tick, RunOfCore place, const uint8_t *flags,
            const int32_t *payloads);
  void passLinks(uint32_t *links, uint32_t from, uint32_t to, uint32_t packets);
  SumRing getRing(size_t core);
  /// The words of a state in a core, the first neuron's first, with the step ahead of `arriving`.
  void *findWords(size_t core, uint32_t population, const std::string &state, uint32_t ahead);
  /// Calls `visit(words in a core, number in the state, count)` for each run of the population in each step ahead.
  template <typename Visit>
  void visitState(const State &state, Visit visit);
  template <typename Visit>
  void visitSaved(Visit visit);

  Emulator emulator;
  const PreparedMap &impl;
  unsigned threads;
  uint64_t step = 0;            ///< the next one of the sample
  uint64_t firstStep = 0;       ///< of what has been run of it here
  std::vector<uint32_t> phases; ///< of populations: the step modulo the reset interval
  std::vector<CoreState> cores;
  std::vector<CoreActivity> activities;
  TickCounts counts;
  uint64_t samples = 0, steps = 0;

  std::vector<std::vector<uint32_t>> ownCores;              ///< of each thread
  std::vector<std::vector<std::vector<RunOfCore>>> ownRuns; ///< of each thread and level
  std::vector<PacketBox> boxes[2];                          ///< (threads, cores)
  std::vector<std::vector<uint32_t>> sentTo;                ///< of each thread: packets to each target of a core
};

//===----------------------------------------------------------------------===//
// Making and resetting
//===----------------------------------------------------------------------===//

Emulation::Chip::Chip(Emulator prepared, unsigned threads)
    : emulator(std::move(prepared)), impl(*emulator.impl), threads(threads), phases(impl.populations.size()),
      cores(impl.cores.size()), activities(impl.cores.size()), counts(impl, threads), ownCores(threads),
      ownRuns(threads, std::vector<std::vector<RunOfCore>>(impl.levels.size())), sentTo(threads) {
  for (size_t i = 0; i < cores.size(); ++i) {
    const PreparedCore &prepared = impl.cores[i];
    CoreState &core = cores[i];
    core.fired.resize(prepared.neurons);
    for (std::vector<uint32_t> &sent : sentTo)
      sent.resize(std::max(sent.size(), prepared.targets.size()));
    if (impl.map.cores[i].isHost)
      continue;
    if (impl.isLoihi()) {
      core.u.resize(prepared.neurons);
      core.v.resize(prepared.neurons);
    } else {
      core.excitatory.resize(prepared.neurons);
      core.inhibitory.resize(prepared.neurons);
      core.membrane.resize(prepared.neurons);
    }
    core.sums.resize(size_t(prepared.slots) * (impl.isLoihi() ? 1 : 2) * SumRing::roundUp(prepared.neurons));
  }
  // The heaviest cores first, each to the thread that has least.
  std::vector<uint32_t> order(cores.size()), owner(cores.size());
  std::iota(order.begin(), order.end(), 0);
  auto getWeight = [&](uint32_t core) { return impl.map.cores[core].weights.size() + impl.cores[core].neurons; };
  std::sort(order.begin(), order.end(),
            [&](uint32_t a, uint32_t b) { return std::pair(getWeight(b), a) < std::pair(getWeight(a), b); });
  std::vector<uint64_t> loads(threads);
  for (uint32_t core : order) {
    owner[core] = uint32_t(std::min_element(loads.begin(), loads.end()) - loads.begin());
    loads[owner[core]] += getWeight(core) + 1;
  }
  for (uint32_t core = 0; core < cores.size(); ++core)
    ownCores[owner[core]].push_back(core);
  for (size_t level = 0; level < impl.levels.size(); ++level)
    for (RunOfCore run : impl.levels[level])
      ownRuns[owner[run.core]][level].push_back(run);
  for (auto &set : boxes)
    set.resize(threads * cores.size());
}

void Emulation::Chip::reset() {
  counts.endSample(step - firstStep ? step : 0, 0);
  step = firstStep = 0;
  std::fill(phases.begin(), phases.end(), 0);
  for (CoreState &core : cores) {
    for (std::vector<int32_t> *state : {&core.u, &core.v})
      std::fill(state->begin(), state->end(), 0);
    for (std::vector<float> *state : {&core.excitatory, &core.inhibitory, &core.membrane})
      std::fill(state->begin(), state->end(), 0.0f);
    std::fill(core.sums.begin(), core.sums.end(), 0);
  }
}

SumRing Emulation::Chip::getRing(size_t core) {
  const PreparedCore &prepared = impl.cores[core];
  return {cores[core].sums.data(), prepared.slots, impl.isLoihi() ? 1u : 2u, SumRing::roundUp(prepared.neurons)};
}

//===----------------------------------------------------------------------===//
// One phase
//===----------------------------------------------------------------------===//

void Emulation::Chip::receive(unsigned thread, unsigned set, uint64_t tick) {
  uint32_t *operations = counts.at(tick).getTerm(TickTerm::SynapticOperations);
  for (uint32_t core : ownCores[thread]) {
    const CoreContents &contents = impl.map.cores[core];
    const uint32_t *rowWords = impl.cores[core].rowWords.data();
    SumRing ring = getRing(core);
    CoreActivity &activity = activities[core];
    uint64_t synapses = 0;
    for (unsigned from = 0; from < threads; ++from) {
      PacketBox &box = boxes[set][from * cores.size() + core];
      if (box.size() == 0)
        continue;
      RowCounts added = addPackets(ring, contents, rowWords, box, tick);
      activity.packetsIn += box.size();
      activity.wordsRead += added.words;
      synapses += added.synapses;
      box.clear();
    }
    activity.synapticOperations += synapses;
    operations[core] += uint32_t(synapses);
  }
}

void Emulation::Chip::passLinks(uint32_t *links, uint32_t from, uint32_t to, uint32_t packets) {
  const Mesh &mesh = impl.mesh;
  Place here = impl.cores[from].router, there = impl.cores[to].router;
  CoreActivity &activity = activities[from];
  enum { East, North, West, South };
  activity.hopsX += uint64_t(std::abs(here.x - there.x)) * packets;
  activity.hopsY += uint64_t(std::abs(here.y - there.y)) * packets;
  for (; here.x != there.x; here.x += here.x < there.x ? 1 : -1)
    links[mesh.link(here, here.x < there.x ? East : West)] += packets;
  for (; here.y != there.y; here.y += here.y < there.y ? 1 : -1)
    links[mesh.link(here, here.y < there.y ? North : South)] += packets;
  Place chip = mesh.chips[impl.map.cores[from].chip], target = mesh.chips[impl.map.cores[to].chip];
  activity.chipCrossings += uint64_t(std::abs(chip.x - target.x) + std::abs(chip.y - target.y)) * packets;
}

/// Sends the packets of a run: of each neuron whose flag, a byte, is 1. Payloads are 1 without `payloads`.
void Emulation::Chip::send(unsigned thread, unsigned set, uint64_t tick, RunOfCore place, const uint8_t *flags,
                           const int32_t *payloads) {
  const uint32_t core = place.core, count = impl.map.cores[core].neurons[place.run].count;
  const uint32_t local = impl.cores[core].firstLocal[place.run];
  const PreparedCore &prepared = impl.cores[core];
  const SentPackets *routed = impl.map.isMulticast ? &impl.routed[core] : nullptr;
  uint32_t *links = counts.links(tick, thread);
  PacketBox *own = boxes[set].data() + thread * cores.size();
  uint32_t *sent = sentTo[thread].data();
  for (size_t i = 0; i < prepared.targets.size(); ++i)
    sent[i] = uint32_t(own[prepared.targets[i]].size());
  uint64_t spikes = 0, crossings = 0;
  const uint32_t *axonBegin = prepared.axonBegin ? prepared.axonBegin + local : nullptr;
  const OutAxon *axons = prepared.axons;
  forEachFlag(flags, count, [&](uint32_t n) {
    ++spikes;
    if (axonBegin)
      for (uint32_t k = axonBegin[n], end = axonBegin[n + 1]; k < end; ++k)
        own[axons[k].core].push({axons[k].axon, payloads ? payloads[n] : 1});
    if (routed)
      for (uint32_t k = routed->linkBegin[local + n]; k < routed->linkBegin[local + n + 1]; ++k, ++crossings)
        ++links[routed->links[k]];
  });
  if (spikes == 0)
    return;
  uint64_t packets = routed ? spikes : 0;
  for (size_t i = 0; !routed && i < prepared.targets.size(); ++i)
    if (uint32_t added = uint32_t(own[prepared.targets[i]].size()) - sent[i]) {
      packets += added;
      passLinks(links, core, prepared.targets[i], added);
    }
  CoreActivity &activity = activities[core];
  activity.spikes += spikes;
  activity.packetsOut += packets;
  activity.chipCrossings += crossings;
  if (!impl.map.cores[core].isHost)
    counts.at(tick).getTerm(TickTerm::PacketsOut)[core] += uint32_t(packets);
}

void Emulation::Chip::compute(unsigned thread, unsigned set, uint64_t tick, size_t offset, RunOfCore place,
                              const int32_t *const *inputs, void *const *outputs) {
  const NeuronRun &run = impl.map.cores[place.core].neurons[place.run];
  const CorePopulation &population = impl.map.populations[run.population];
  const PreparedPopulation &known = impl.populations[run.population];
  CoreState &core = cores[place.core];
  if (population.model == NeuronModel::Input) {
    const int32_t *payloads = inputs[known.input] + offset * known.size + run.first;
    markNonzero(payloads, run.count, core.fired.data());
    return send(thread, set, tick, place, core.fired.data(), payloads);
  }

  const PreparedCore &prepared = impl.cores[place.core];
  const uint32_t local = prepared.firstLocal[place.run], interval = population.resetInterval;
  if (interval != 0 && (phases[run.population] + offset + 1) % interval == population.resetOffset) {
    for (std::vector<int32_t> *state : {&core.u, &core.v})
      if (!state->empty())
        std::fill_n(state->begin() + local, run.count, 0);
    for (std::vector<float> *state : {&core.excitatory, &core.inhibitory, &core.membrane})
      if (!state->empty())
        std::fill_n(state->begin() + local, run.count, 0.0f);
  }
  const bool hasThreshold = population.model == NeuronModel::CubaLIF;
  uint8_t *fired = hasThreshold ? core.fired.data() : nullptr;
  SumRing ring = getRing(place.core);
  const void *membrane;
  if (impl.isLoihi()) {
    LoihiNeurons neurons{core.u.data() + local,
                         core.v.data() + local,
                         prepared.keptCurrent.data() + local,
                         prepared.keptMembrane.data() + local,
                         prepared.threshold.data() + local,
                         prepared.bias.data() + local,
                         6 + population.weightExponent};
    neurons.step(run.count, ring.at(tick) + local, fired);
    membrane = neurons.v;
  } else {
    SpiNNaker2Neurons neurons{core.excitatory.data() + local,         core.inhibitory.data() + local,
                              core.membrane.data() + local,           prepared.decayCurrent.data() + local,
                              prepared.decayMembrane.data() + local,  prepared.realThreshold.data() + local,
                              prepared.realBias.data() + local,       prepared.resetValue.data() + local,
                              population.reset == ResetRule::Subtract};
    neurons.step(run.count, ring.at(tick, 0) + local, ring.at(tick, 1) + local, fired);
    membrane = neurons.v;
  }
  activities[place.core].neuronUpdates += run.count;
  counts.at(tick).getTerm(TickTerm::NeuronUpdates)[place.core] += run.count;
  for (uint32_t output : known.outputs) {
    size_t bytes = hasThreshold ? sizeof(uint8_t) : sizeof(int32_t);
    auto *to = static_cast<uint8_t *>(outputs[output]) + (offset * known.size + run.first) * bytes;
    std::memcpy(to, hasThreshold ? fired : membrane, run.count * bytes);
  }
  if (hasThreshold)
    send(thread, set, tick, place, fired, nullptr);
}

void Emulation::Chip::work(unsigned thread, size_t steps, const int32_t *const *inputs, void *const *outputs,
                           SpinBarrier &barrier) {
  unsigned filled = 0;
  uint64_t tick = 0; // of the packets that wait
  for (size_t offset = 0; offset < steps; ++offset) {
    for (size_t level = 0; level < impl.levels.size(); ++level) {
      if (offset != 0 || level != 0)
        receive(thread, filled ^ 1, tick);
      tick = step + offset + impl.starts[level];
      for (RunOfCore run : ownRuns[thread][level])
        compute(thread, filled, tick, offset, run, inputs, outputs);
      filled ^= 1;
      barrier.wait();
    }
    // The packets of this step's last phase still wait, so that its first tick stays open.
    if (thread == 0)
      counts.closeUntil(step + offset + impl.starts.front());
  }
  if (steps != 0)
    receive(thread, filled ^ 1, tick);
}

//===----------------------------------------------------------------------===//
// States
//===----------------------------------------------------------------------===//

void *Emulation::Chip::findWords(size_t core, uint32_t population, const std::string &state, uint32_t ahead) {
  CoreState &values = cores[core];
  if (state == "u")
    return values.u.data();
  if (state == "v")
    return impl.isLoihi() ? static_cast<void *>(values.v.data()) : values.membrane.data();
  if (state == "i_exc")
    return values.excitatory.data();
  if (state == "i_inh")
    return values.inhibitory.data();
  uint64_t tick = step + ahead + impl.map.populations[population].start;
  return getRing(core).at(tick, state == "arriving_inh" ? 1 : 0);
}

template <typename Visit>
void Emulation::Chip::visitState(const State &state, Visit visit) {
  uint32_t population = 0;
  while (impl.map.populations[population].name != state.node)
    ++population;
  if (state.name == "phase")
    return visit(&phases[population], 0, 1);
  uint32_t size = impl.populations[population].size;
  for (uint32_t ahead = 0; ahead < state.bytes / sizeof(uint32_t) / size; ++ahead)
    for (size_t i = 0; i < cores.size(); ++i)
      for (size_t r = 0; r < impl.map.cores[i].neurons.size(); ++r) {
        const NeuronRun &run = impl.map.cores[i].neurons[r];
        // A core keeps sums for as many steps as it needs.
        if (run.population != population || (state.name[0] == 'a' && ahead >= impl.cores[i].slots))
          continue;
        auto *words = static_cast<uint32_t *>(findWords(i, population, state.name, ahead));
        visit(words + impl.cores[i].firstLocal[r], size_t(ahead) * size + run.first, size_t(run.count));
      }
}

/// Everything that a sample goes on from.
template <typename Visit>
void Emulation::Chip::visitSaved(Visit visit) {
  visit(&step, sizeof(step));
  auto visitAll = [&](auto &values) { visit(values.data(), values.size() * sizeof(values[0])); };
  visitAll(phases);
  for (CoreState &core : cores) {
    visitAll(core.u);
    visitAll(core.v);
    visitAll(core.excitatory);
    visitAll(core.inhibitory);
    visitAll(core.membrane);
    visitAll(core.sums);
  }
}

//===----------------------------------------------------------------------===//
// Interface
//===----------------------------------------------------------------------===//

Emulation::Emulation(std::unique_ptr<Chip> chip) : chip(std::move(chip)) {}
Emulation::Emulation(Emulation &&) = default;
Emulation &Emulation::operator=(Emulation &&) = default;
Emulation::~Emulation() = default;

Emulation Emulator::start(unsigned threads) const {
  threads = std::max(1u, std::min(threads, unsigned(impl->cores.size())));
  return Emulation(std::make_unique<Emulation::Chip>(*this, threads));
}

void Emulation::reset() { chip->reset(); }

void Emulation::run(size_t steps, const int32_t *const *inputs, void *const *outputs) {
  if (steps == 0)
    return;
  chip->samples += chip->step == chip->firstStep;
  SpinBarrier barrier(chip->threads);
  std::vector<std::thread> helpers;
  for (unsigned thread = 1; thread < chip->threads; ++thread)
    helpers.emplace_back([&, thread] { chip->work(thread, steps, inputs, outputs, barrier); });
  chip->work(0, steps, inputs, outputs, barrier);
  for (std::thread &helper : helpers)
    helper.join();
  for (size_t i = 0; i < chip->phases.size(); ++i)
    if (uint32_t interval = chip->impl.map.populations[i].resetInterval)
      chip->phases[i] = uint32_t((chip->phases[i] + steps) % interval);
  chip->step += steps;
  chip->steps += steps;
}

Bytes Emulation::save() const {
  Bytes saved;
  chip->visitSaved([&](const void *data, size_t size) {
    auto *bytes = static_cast<const uint8_t *>(data);
    saved.insert(saved.end(), bytes, bytes + size);
  });
  return saved;
}

Status Emulation::restore(const Bytes &saved) {
  size_t expected = 0;
  chip->visitSaved([&](const void *, size_t size) { expected += size; });
  if (saved.size() != expected)
    return makeError(chip->impl.file, ": saved states have ", saved.size(), " bytes, expected ", expected);
  uint64_t before = chip->step - chip->firstStep ? chip->step : 0;
  const uint8_t *from = saved.data();
  chip->visitSaved([&](void *data, size_t size) {
    if (size != 0)
      std::memcpy(data, from, size);
    from += size;
  });
  chip->counts.endSample(before, chip->step);
  chip->firstStep = chip->step;
  return {};
}

static Result<const State *> findState(const Emulator &emulator, const std::string &file, const std::string &node,
                                       const std::string &name) {
  for (const State &state : emulator.states())
    if (state.node == node && state.name == name)
      return &state;
  return makeError(file, ": there is no state '", node, "/", name, "'");
}

Result<Bytes> Emulation::readState(const std::string &node, const std::string &name) const {
  Result<const State *> state = findState(chip->emulator, chip->impl.file, node, name);
  if (!state)
    return state.error();
  Bytes values((*state)->bytes);
  chip->visitState(**state, [&](const uint32_t *words, size_t first, size_t count) {
    std::memcpy(values.data() + first * sizeof(*words), words, count * sizeof(*words));
  });
  return values;
}

Status Emulation::writeState(const std::string &node, const std::string &name, const Bytes &values) {
  Result<const State *> state = findState(chip->emulator, chip->impl.file, node, name);
  if (!state)
    return state.error();
  if (values.size() != (*state)->bytes)
    return makeError(chip->impl.file, ": state '", node, "/", name, "' has ", (*state)->bytes, " bytes, got ",
                     values.size());
  chip->visitState(**state, [&](uint32_t *words, size_t first, size_t count) {
    std::memcpy(words, values.data() + first * sizeof(*words), count * sizeof(*words));
  });
  return {};
}

Activity Emulation::activity() const {
  Activity result = chip->counts.get(chip->step - chip->firstStep ? chip->step : 0);
  result.samples = chip->samples;
  result.steps = chip->steps;
  result.cores = chip->activities;
  return result;
}

const Emulator &Emulation::emulator() const { return chip->emulator; }
