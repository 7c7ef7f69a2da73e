//===- Emulation.cpp - a core map at work ---------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Blocks of cores belong to threads. In a phase, which is one start in one step, a thread first adds the packets that
// its cores were sent in the phase before, and then lets the populations of that start compute. Packets wait in boxes,
// one for each sending thread and receiving core, or in the list of a group's spikes, which its projections read. One
// set of both is filled while the other is emptied: so one barrier a phase suffices, and since sums are integers,
// nothing depends on who came first.
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

/// The states of a block of cores, of Loihi or of SpiNNaker2.
struct BlockState {
  std::vector<int32_t> u, v;
  std::vector<float> excitatory, inhibitory, membrane;
  std::vector<uint32_t> sums; ///< see SumRing
  std::vector<uint8_t> fired; ///< of one run
};

/// A group of neurons with what its ticks need.
struct GroupState {
  uint32_t index; ///< of all groups
  const NeuronGroup *group;
  const CorePopulation *population;
  const PreparedPopulation *known;
  BlockState *block;
  SumRing sums;            ///< from its first neuron on
  LoihiNeurons loihi = {}; ///< this one or the other
  SpiNNaker2Neurons spiNNaker2 = {};
};

/// What a thread emulates.
struct Worker {
  struct Level {
    std::vector<GroupState> groups;
    std::vector<uint32_t> projections; ///< from groups of this level, of any thread, to its cores
  };
  std::vector<Level> levels;
  std::vector<uint32_t> cores;
  std::vector<uint32_t> sentTo;  ///< packets to each target of a core
  std::vector<uint32_t> added;   ///< of a projection, as its rowCounts
  std::vector<uint32_t> senders; ///< to each partial target of a part
  bool hasSent[2] = {};          ///< whether a box of the set has packets of this thread
};

/// What a thread does between two barriers, or what it waits for.
struct Phase {
  unsigned thread = 0, set = 0; ///< of boxes and lists
  size_t level = 0;
  uint64_t tick = 0;
  TickCounts::Tick counts = {};
};

/// Threads wait for each other. They are few and wait briefly, so they spin before they yield.
class SpinBarrier {
public:
  explicit SpinBarrier(unsigned threads) : threads(threads) {}

  void wait() {
    if (threads == 1)
      return;
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
  /// Adds what was sent in a phase.
  void receive(const Phase &sent);
  void countAdded(const Phase &sent, uint32_t core, const RowCounts &added);
  void compute(const Phase &phase, size_t offset, const GroupState &state, const int32_t *const *inputs,
               void *const *outputs);
  /// Sends the packets of the neurons that the group's list has. Payloads are 1 without `payloads`.
  void send(const Phase &phase, const GroupState &state, const int32_t *payloads);
  void sendPart(const Phase &phase, const GroupState &state, const GroupPart &part, const uint32_t *neurons,
                uint32_t count, const int32_t *payloads);
  /// What the list's neurons send that no projection serves, or all of it with payloads. Returns the packets.
  uint64_t sendScattered(const Phase &phase, const NeuronGroup &group, const GroupPart &part, const uint32_t *neurons,
                         uint32_t count, const int32_t *payloads);
  /// What the list's neurons send to projections. Returns the packets.
  uint64_t sendToProjections(const Phase &phase, const GroupPart &part, const uint32_t *neurons, uint32_t count);
  void passLinks(const TickCounts::Tick &tick, uint32_t from, uint32_t to, uint32_t packets);
  const NeuronRun *getRuns(const GroupPart &part) const {
    return impl.map.cores[part.core].neurons.data() + part.firstRun;
  }
  SumRing getRing(uint32_t block);
  SumRing getRingOfCore(size_t core);
  GroupState makeGroup(uint32_t index);
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
  std::vector<BlockState> blocks;
  std::vector<CoreActivity> activities;
  std::vector<uint64_t> spikesOfParts;    ///< those that projections serve
  std::vector<uint64_t> packetsToPartial; ///< to each partial target
  TickCounts counts;
  uint64_t samples = 0, steps = 0;

  std::vector<Worker> workers;      ///< of each thread
  std::vector<PacketBox> boxes[2];  ///< (threads, cores)
  std::vector<SpikeList> spikes[2]; ///< of each group
};

//===----------------------------------------------------------------------===//
// Making and resetting
//===----------------------------------------------------------------------===//

Emulation::Chip::Chip(Emulator prepared, unsigned threads)
    : emulator(std::move(prepared)), impl(*emulator.impl), threads(threads), phases(impl.populations.size()),
      blocks(impl.blocks.size()), activities(impl.cores.size()), spikesOfParts(impl.parts.size()),
      packetsToPartial(impl.partialTargets.size()), counts(impl, threads), workers(threads) {
  for (size_t i = 0; i < blocks.size(); ++i) {
    const CoreBlock &prepared = impl.blocks[i];
    BlockState &block = blocks[i];
    if (prepared.isHost)
      continue;
    block.fired.resize(prepared.neurons);
    if (impl.isLoihi()) {
      block.u.resize(prepared.neurons);
      block.v.resize(prepared.neurons);
    } else {
      block.excitatory.resize(prepared.neurons);
      block.inhibitory.resize(prepared.neurons);
      block.membrane.resize(prepared.neurons);
    }
    block.sums.resize(size_t(prepared.slots) * (impl.isLoihi() ? 1 : 2) * prepared.neurons);
  }
  // The heaviest blocks first, each to the thread that has least.
  std::vector<uint32_t> order(blocks.size()), owner(blocks.size());
  std::iota(order.begin(), order.end(), 0);
  auto getWeight = [&](uint32_t block) { return impl.blocks[block].weights + impl.blocks[block].neurons; };
  std::sort(order.begin(), order.end(),
            [&](uint32_t a, uint32_t b) { return std::pair(getWeight(b), a) < std::pair(getWeight(a), b); });
  std::vector<uint64_t> loads(threads);
  for (uint32_t block : order) {
    owner[block] = uint32_t(std::min_element(loads.begin(), loads.end()) - loads.begin());
    loads[owner[block]] += getWeight(block) + 1;
  }
  size_t mostTargets = 0, mostAdded = 0, mostPartial = 0;
  for (const PreparedCore &core : impl.cores)
    mostTargets = std::max(mostTargets, core.targets.size());
  for (const Projection &projection : impl.projections)
    mostAdded = std::max(mostAdded, projection.countStride());
  for (const GroupPart &part : impl.parts)
    mostPartial = std::max(mostPartial, part.sendsStride());
  for (Worker &worker : workers) {
    worker.levels.resize(impl.levels.size());
    worker.sentTo.resize(mostTargets);
    worker.added.resize(mostAdded);
    worker.senders.resize(mostPartial);
  }
  for (uint32_t block = 0; block < blocks.size(); ++block)
    for (uint32_t core : impl.blocks[block].cores)
      workers[owner[block]].cores.push_back(core);
  for (size_t level = 0; level < impl.levels.size(); ++level)
    for (uint32_t index : impl.levels[level]) {
      const NeuronGroup &group = impl.groups[index];
      workers[owner[group.block]].levels[level].groups.push_back(makeGroup(index));
      for (uint32_t i = group.firstProjection; i < group.endProjection; ++i)
        workers[owner[impl.projections[i].block]].levels[level].projections.push_back(i);
    }
  for (auto &set : boxes)
    set.resize(threads * impl.cores.size());
  for (auto &set : spikes)
    for (const NeuronGroup &group : impl.groups)
      set.emplace_back(group.count);
}

GroupState Emulation::Chip::makeGroup(uint32_t index) {
  const NeuronGroup &group = impl.groups[index];
  const CorePopulation &population = impl.map.populations[group.population];
  const CoreBlock &prepared = impl.blocks[group.block];
  const uint32_t local = group.local;
  BlockState &block = blocks[group.block];
  GroupState state{index, &group, &population, &impl.populations[group.population], &block, getRing(group.block)};
  if (population.model == NeuronModel::Input)
    return state;
  state.sums.sums += local;
  if (impl.isLoihi())
    state.loihi = {block.u.data() + local,
                   block.v.data() + local,
                   prepared.keptCurrent.data() + local,
                   prepared.keptMembrane.data() + local,
                   prepared.threshold.data() + local,
                   prepared.bias.data() + local,
                   6 + population.weightExponent};
  else
    state.spiNNaker2 = {block.excitatory.data() + local,        block.inhibitory.data() + local,
                        block.membrane.data() + local,          prepared.decayCurrent.data() + local,
                        prepared.decayMembrane.data() + local,  prepared.realThreshold.data() + local,
                        prepared.realBias.data() + local,       prepared.resetValue.data() + local,
                        population.reset == ResetRule::Subtract};
  return state;
}

void Emulation::Chip::reset() {
  counts.endSample(step - firstStep ? step : 0, 0);
  step = firstStep = 0;
  std::fill(phases.begin(), phases.end(), 0);
  for (BlockState &block : blocks) {
    for (std::vector<int32_t> *state : {&block.u, &block.v})
      std::fill(state->begin(), state->end(), 0);
    for (std::vector<float> *state : {&block.excitatory, &block.inhibitory, &block.membrane})
      std::fill(state->begin(), state->end(), 0.0f);
    std::fill(block.sums.begin(), block.sums.end(), 0);
  }
}

SumRing Emulation::Chip::getRing(uint32_t block) {
  const CoreBlock &prepared = impl.blocks[block];
  return {blocks[block].sums.data(), prepared.slots, impl.isLoihi() ? 1u : 2u, prepared.neurons};
}

SumRing Emulation::Chip::getRingOfCore(size_t core) {
  SumRing ring = getRing(impl.places[core].block);
  ring.sums += impl.places[core].first;
  return ring;
}

//===----------------------------------------------------------------------===//
// One phase
//===----------------------------------------------------------------------===//

void Emulation::Chip::countAdded(const Phase &sent, uint32_t core, const RowCounts &added) {
  CoreActivity &activity = activities[core];
  activity.wordsRead += added.words;
  activity.synapticOperations += added.synapses;
  sent.counts.getTerm(TickTerm::SynapticOperations)[core] += uint32_t(added.synapses);
}

void Emulation::Chip::receive(const Phase &sent) {
  Worker &worker = workers[sent.thread];
  const SpikeList *lists = spikes[sent.set].data();
  for (uint32_t index : worker.levels[sent.level].projections) {
    const Projection &projection = impl.projections[index];
    const SpikeList &fired = lists[projection.group];
    if (fired.count == 0)
      continue;
    const uint32_t *added = worker.added.data();
    addSpikes(getRing(projection.block), projection, fired, sent.tick, worker.added.data());
    for (uint32_t core : projection.targets) {
      countAdded(sent, core, {added[0], added[1]});
      added += 2;
    }
  }
  for (unsigned from = 0; from < threads; ++from) {
    if (!workers[from].hasSent[sent.set])
      continue;
    PacketBox *waiting = boxes[sent.set].data() + from * impl.cores.size();
    for (uint32_t core : worker.cores)
      if (PacketBox &box = waiting[core]; box.size() != 0) {
        const uint32_t *rowWords = impl.cores[core].rowWords.data();
        activities[core].packetsIn += box.size();
        countAdded(sent, core, addPackets(getRingOfCore(core), impl.map.cores[core], rowWords, box, sent.tick));
        box.clear();
      }
  }
}

void Emulation::Chip::passLinks(const TickCounts::Tick &tick, uint32_t from, uint32_t to, uint32_t packets) {
  Place here = impl.cores[from].router, there = impl.cores[to].router;
  if (here.x == there.x && here.y == there.y)
    return;
  CoreActivity &activity = activities[from];
  activity.hopsX += uint64_t(std::abs(here.x - there.x)) * packets;
  activity.hopsY += uint64_t(std::abs(here.y - there.y)) * packets;
  activity.chipCrossings +=
      uint64_t(impl.mesh.countChipHops(impl.map.cores[from].chip, impl.map.cores[to].chip)) * packets;
  visitLinks(impl.mesh, here, there, [&](uint32_t link) { tick.links[impl.linkNumbers[link]] += packets; });
}

void Emulation::Chip::send(const Phase &phase, const GroupState &state, const int32_t *payloads) {
  SpikeList &fired = spikes[phase.set][state.index];
  const uint32_t *first = fired.neurons.data(), *end = first + fired.count;
  for (uint32_t i = state.group->firstPart; first != end; ++i) {
    const GroupPart &part = impl.parts[i];
    const uint32_t *last = end;
    if (i + 1 != state.group->endPart)
      for (last = first; last != end && *last < part.first + part.count;)
        ++last;
    if (last != first)
      sendPart(phase, state, part, first, uint32_t(last - first), payloads);
    first = last;
  }
  if (payloads)
    fired.count = 0; // projections are for spikes alone
}

uint64_t Emulation::Chip::sendScattered(const Phase &phase, const NeuronGroup &group, const GroupPart &part,
                                        const uint32_t *neurons, uint32_t count, const int32_t *payloads) {
  const PreparedCore &prepared = impl.cores[part.core];
  const uint32_t *begin = group.scatteredBegin.data();
  const OutAxon *axons = group.scattered.data();
  if (payloads) { // of a run of inputs, which is a group
    begin = prepared.axonBegin + part.local;
    axons = prepared.axons;
  }
  PacketBox *own = boxes[phase.set].data() + phase.thread * impl.cores.size();
  uint32_t *sent = workers[phase.thread].sentTo.data();
  workers[phase.thread].hasSent[phase.set] = true;
  for (size_t i = 0; i < prepared.targets.size(); ++i)
    sent[i] = own[prepared.targets[i]].size();
  for (uint32_t i = 0; i < count; ++i)
    for (uint32_t n = neurons[i], k = begin[n], end = begin[n + 1]; k < end; ++k)
      own[axons[k].core].push({axons[k].axon, payloads ? payloads[n] : 1});
  uint64_t packets = 0;
  for (size_t i = 0; i < prepared.targets.size(); ++i) {
    const uint32_t target = prepared.targets[i], added = own[target].size() - sent[i];
    packets += added;
    if (!impl.map.isMulticast && added != 0)
      passLinks(phase.counts, part.core, target, added);
  }
  return packets;
}

uint64_t Emulation::Chip::sendToProjections(const Phase &phase, const GroupPart &part, const uint32_t *neurons,
                                            uint32_t count) {
  auto passWay = [&](const Way &way, uint32_t packets) {
    for (Way::Pass pass : way.links)
      phase.counts.links[pass.link] += pass.packets * packets;
  };
  spikesOfParts[&part - impl.parts.data()] += count;
  passWay(part.way, count);
  uint64_t packets = uint64_t(count) * part.targets.size();
  if (part.sends.empty())
    return packets;
  uint32_t *senders = workers[phase.thread].senders.data();
  sumRows({part.sends.data(), part.sendsStride(), part.first}, neurons, count, senders);
  for (uint32_t i = part.firstPartial; i < part.endPartial; ++i, ++senders) {
    packetsToPartial[i] += *senders;
    packets += *senders;
    passWay(impl.partialTargets[i].way, *senders);
  }
  return packets;
}

void Emulation::Chip::sendPart(const Phase &phase, const GroupState &state, const GroupPart &part,
                               const uint32_t *neurons, uint32_t count, const int32_t *payloads) {
  const NeuronGroup &group = *state.group;
  uint64_t packets = 0;
  if (payloads || !group.scattered.empty())
    packets = sendScattered(phase, group, part, neurons, count, payloads);
  if (!payloads)
    packets += sendToProjections(phase, part, neurons, count);
  CoreActivity &activity = activities[part.core];
  if (impl.map.isMulticast) {
    packets = count;
    const SentPackets &routed = impl.routed[part.core];
    const uint32_t *begin = routed.linkBegin.data() + part.local;
    for (uint32_t i = 0; i < count && !routed.links.empty(); ++i)
      for (uint32_t n = neurons[i] - part.first, k = begin[n]; k < begin[n + 1]; ++k) {
        ++phase.counts.links[routed.links[k]];
        ++activity.chipCrossings;
      }
  }
  activity.spikes += count;
  activity.packetsOut += packets;
  if (state.population->model == NeuronModel::Input)
    return;
  activity.firings += count;
  phase.counts.getTerm(TickTerm::PacketsOut)[part.core] += uint32_t(packets);
}

void Emulation::Chip::compute(const Phase &phase, size_t offset, const GroupState &state, const int32_t *const *inputs,
                              void *const *outputs) {
  const CorePopulation &population = *state.population;
  const NeuronGroup &group = *state.group;
  const size_t step = offset * state.known->size; // in a sequence
  SpikeList &list = spikes[phase.set][state.index];
  if (population.model == NeuronModel::Input) {
    const int32_t *payloads = inputs[state.known->input] + step + getRuns(impl.parts[group.firstPart])->first;
    bool areSpikes = list.assign(payloads, group.count);
    return send(phase, state, areSpikes ? nullptr : payloads);
  }

  BlockState &block = *state.block;
  if (uint32_t interval = population.resetInterval) {
    uint32_t number = uint32_t(state.known - impl.populations.data());
    if ((phases[number] + offset + 1) % interval == population.resetOffset) {
      for (std::vector<int32_t> *values : {&block.u, &block.v})
        if (!values->empty())
          std::fill_n(values->begin() + group.local, group.count, 0);
      for (std::vector<float> *values : {&block.excitatory, &block.inhibitory, &block.membrane})
        if (!values->empty())
          std::fill_n(values->begin() + group.local, group.count, 0.0f);
    }
  }
  const bool hasThreshold = population.model == NeuronModel::CubaLIF;
  uint8_t *fired = hasThreshold ? block.fired.data() : nullptr;
  if (impl.isLoihi())
    state.loihi.step(group.count, state.sums.at(phase.tick), fired);
  else
    state.spiNNaker2.step(group.count, state.sums.at(phase.tick, 0), state.sums.at(phase.tick, 1), fired);
  for (uint32_t i = group.firstPart; i < group.endPart; ++i) {
    const GroupPart &part = impl.parts[i];
    activities[part.core].neuronUpdates += part.count;
    phase.counts.getTerm(TickTerm::NeuronUpdates)[part.core] += part.count;
  }
  const void *values = fired;
  if (!hasThreshold)
    values = impl.isLoihi() ? static_cast<const void *>(state.loihi.v) : state.spiNNaker2.v;
  const size_t bytes = hasThreshold ? sizeof(uint8_t) : sizeof(int32_t);
  for (uint32_t output : state.known->outputs) {
    const auto *from = static_cast<const uint8_t *>(values);
    auto *to = static_cast<uint8_t *>(outputs[output]) + step * bytes;
    for (uint32_t i = group.firstPart; i < group.endPart; ++i)
      for (const NeuronRun *run = getRuns(impl.parts[i]), *end = run + impl.parts[i].endRun - impl.parts[i].firstRun;
           run != end; from += run++->count * bytes)
        std::memcpy(to + run->first * bytes, from, run->count * bytes);
  }
  if (!hasThreshold)
    return;
  list.assign(fired, group.count);
  send(phase, state, nullptr);
}

void Emulation::Chip::work(unsigned thread, size_t steps, const int32_t *const *inputs, void *const *outputs,
                           SpinBarrier &barrier) {
  Phase phase; // the last one, whose packets wait
  phase.thread = thread;
  for (size_t offset = 0; offset < steps; ++offset) {
    for (size_t level = 0; level < impl.levels.size(); ++level) {
      if (offset != 0 || level != 0)
        receive(phase);
      phase.set ^= 1;
      phase.level = level;
      phase.tick = step + offset + impl.starts[level];
      phase.counts = counts.at(phase.tick, thread);
      workers[thread].hasSent[phase.set] = false;
      for (const GroupState &group : workers[thread].levels[level].groups)
        compute(phase, offset, group, inputs, outputs);
      barrier.wait();
    }
    // The packets of this step's last phase still wait, so that its first tick stays open.
    if (thread == 0)
      counts.closeUntil(step + offset + impl.starts.front());
  }
  if (steps != 0)
    receive(phase);
}

//===----------------------------------------------------------------------===//
// States
//===----------------------------------------------------------------------===//

void *Emulation::Chip::findWords(size_t core, uint32_t population, const std::string &state, uint32_t ahead) {
  const BlockPlace &place = impl.places[core];
  BlockState &values = blocks[place.block];
  if (state == "u")
    return values.u.data() + place.first;
  if (state == "v" && impl.isLoihi())
    return values.v.data() + place.first;
  if (state == "v")
    return values.membrane.data() + place.first;
  if (state == "i_exc")
    return values.excitatory.data() + place.first;
  if (state == "i_inh")
    return values.inhibitory.data() + place.first;
  uint64_t tick = step + ahead + impl.map.populations[population].start;
  return getRingOfCore(core).at(tick, state == "arriving_inh" ? 1 : 0);
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
    for (size_t i = 0; i < impl.cores.size(); ++i)
      for (size_t r = 0; r < impl.map.cores[i].neurons.size(); ++r) {
        const NeuronRun &run = impl.map.cores[i].neurons[r];
        // A block keeps sums for as many steps as it needs.
        if (run.population != population || (state.name[0] == 'a' && ahead >= impl.blocks[impl.places[i].block].slots))
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
  for (BlockState &block : blocks) {
    visitAll(block.u);
    visitAll(block.v);
    visitAll(block.excitatory);
    visitAll(block.inhibitory);
    visitAll(block.membrane);
    visitAll(block.sums);
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
  threads = std::max(1u, std::min(threads, unsigned(impl->blocks.size())));
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
  for (size_t i = 0; i < chip->impl.parts.size(); ++i) {
    const GroupPart &part = chip->impl.parts[i];
    const uint64_t spikes = chip->spikesOfParts[i];
    CoreActivity &core = result.cores[part.core];
    auto countWay = [&](const Way &way, uint64_t packets) {
      core.hopsX += way.hopsX * packets;
      core.hopsY += way.hopsY * packets;
      core.chipCrossings += way.chipCrossings * packets;
    };
    countWay(part.way, spikes);
    for (uint32_t target : part.targets)
      result.cores[target].packetsIn += spikes;
    for (uint32_t k = part.firstPartial; k < part.endPartial; ++k) {
      const PartialTarget &partial = chip->impl.partialTargets[k];
      countWay(partial.way, chip->packetsToPartial[k]);
      result.cores[partial.core].packetsIn += chip->packetsToPartial[k];
    }
  }
  return result;
}

const Emulator &Emulation::emulator() const { return chip->emulator; }
