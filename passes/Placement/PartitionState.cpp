//===- PartitionState.cpp - parts, their nets and their use ---------------===//
#include "passes/Placement/PartitionState.h"

#include "llvm/ADT/STLExtras.h"

using namespace lle;
using Share = PartitionState::Share;

PartLimits::PartLimits(const CoreLimits &limits, uint32_t parts) : PartLimits(limits.additive.size(), parts) {
  synapses = limits.synapses;
  for (uint32_t part = 0; part < parts; ++part) {
    for (unsigned resource = 0; resource < resources; ++resource)
      at(part, resource) = limits.additive[resource].limit;
    at(part, resources + InAxons) = limits.inAxons;
    at(part, resources + OutAxons) = limits.outAxons;
    at(part, resources + SynapseWords) = limits.synapses.words;
    at(part, resources + Configurations) = limits.configurations;
  }
}

bool PartLimits::isLimited(unsigned column) const {
  for (uint32_t part = 0; part < parts; ++part)
    if (at(part, column) != kUnlimited)
      return true;
  return false;
}

bool PartLimits::countsNets() const {
  return isLimited(resources + InAxons) || isLimited(resources + OutAxons) || isLimited(resources + SynapseWords);
}

PartitionState::PartitionState(const Netlist &netlist, const PartLimits &limits, std::vector<uint32_t> part)
    : netlist(netlist), limits(limits), part(std::move(part)), lists(netlist.nets.size()), use(limits.rows.size(), 0),
      overloads(limits.parts, 0), countsSynapses(limits.isLimited(limits.resources + PartLimits::InAxons) ||
                                                 limits.isLimited(limits.resources + PartLimits::SynapseWords)),
      countsAxonsOut(limits.isLimited(limits.resources + PartLimits::OutAxons)) {
  if (limits.isLimited(limits.resources + PartLimits::Configurations))
    for (uint32_t vertex = 0; vertex < netlist.vertices; ++vertex)
      for (uint32_t configuration : netlist.configurations(vertex))
        configurationClasses = std::max(configurationClasses, configuration + 1);
  configurationCount.assign(size_t(limits.parts) * configurationClasses, 0);

  std::vector<Share> found(limits.parts);
  std::vector<uint32_t> reached;
  for (uint32_t net = 0; net < netlist.nets.size(); ++net) {
    reached.clear();
    netlist.forEachPin(net, [&](uint32_t vertex, uint32_t synapses, uint32_t neurons, uint64_t rate) {
      Share &share = found[this->part[vertex]];
      if (!share.synapses && !share.neurons)
        reached.push_back(this->part[vertex]);
      share.add(vertex, synapses, neurons, rate);
    });
    lists[net] = makeList(reached.size(), llvm::count_if(reached, [&](uint32_t each) { return found[each].synapses; }));
    for (uint32_t each : reached) {
      List &list = lists[net];
      Share &share = shareList[list.begin + (list.capacity == limits.parts ? each : list.size++)];
      share = std::exchange(found[each], Share());
      share.part = each;
      cost += packetsTo(share, netlist.nets[net].rate);
      if (countsSynapses)
        countSynapses(net, share, +1);
    }
    if (countsAxonsOut)
      for (const Share &share : shares(net))
        useOf(share.part, limits.resources + PartLimits::OutAxons) += uint64_t(share.neurons) * lists[net].reached;
  }
  for (uint32_t vertex = 0; vertex < netlist.vertices; ++vertex) {
    uint32_t where = this->part[vertex];
    for (unsigned resource = 0; resource < netlist.resources; ++resource)
      useOf(where, resource) += netlist.demandOf(vertex)[resource];
    countConfigurations(vertex, where, +1);
  }
  for (uint32_t each = 0; each < limits.parts; ++each)
    updateOverload(each);
}

Share PartitionState::share(uint32_t net, uint32_t where) const {
  const List &list = lists[net];
  if (list.capacity == limits.parts)
    return shareList[list.begin + where];
  for (const Share &share : shares(net))
    if (share.part == where)
      return share;
  Share none;
  none.part = where;
  return none;
}

/// An empty list with room for `size` shares and some more.
PartitionState::List PartitionState::makeList(uint32_t size, uint32_t reached) {
  List list{shareList.size(), 0, size + 2, reached};
  if (2 * list.capacity >= limits.parts)
    list.size = list.capacity = limits.parts;
  shareList.resize(list.begin + list.capacity);
  for (uint32_t each = 0; each < list.size; ++each)
    shareList[list.begin + each].part = each;
  return list;
}

Share &PartitionState::shareFor(uint32_t net, uint32_t where) {
  List &list = lists[net];
  if (list.capacity == limits.parts)
    return shareList[list.begin + where];
  for (uint64_t i = list.begin; i < list.begin + list.size; ++i)
    if (shareList[i].part == where)
      return shareList[i];
  if (list.size == list.capacity) {
    List old = list;
    list = makeList(2 * old.size, old.reached);
    for (uint32_t i = 0; i < old.size; ++i) {
      Share share = shareList[old.begin + i];
      shareFor(net, share.part) = share;
    }
    return shareFor(net, where);
  }
  Share &share = shareList[list.begin + list.size++];
  share = Share();
  share.part = where;
  return share;
}

bool PartitionState::fits(uint32_t vertex, uint32_t where) const {
  for (unsigned resource = 0; resource < netlist.resources; ++resource)
    if (used(where, resource) + netlist.demandOf(vertex)[resource] > limits.at(where, resource))
      return false;
  return true;
}

int64_t PartitionState::gain(uint32_t vertex, uint32_t to) const {
  int64_t gain = 0;
  uint32_t from = part[vertex];
  netlist.forEachNet(vertex, [&](uint32_t net, uint32_t synapses, uint32_t, uint64_t rate) {
    uint64_t total = netlist.nets[net].rate;
    Share there = share(net, from), here = share(net, to);
    gain += packetsTo(there, total) + packetsTo(here, total);
    there.synapses -= synapses, there.rate -= rate;
    here.synapses += synapses, here.rate += rate;
    gain -= packetsTo(there, total) + packetsTo(here, total);
  });
  return gain;
}

/// Adds or takes away what the synapses of a net in a part use of axons and memory.
void PartitionState::countSynapses(uint32_t net, const Share &share, int sign) {
  if (share.synapses == 0)
    return;
  int64_t neurons = sign * int64_t(netlist.nets[net].neurons);
  useOf(share.part, limits.resources + PartLimits::InAxons) += neurons;
  useOf(share.part, limits.resources + PartLimits::SynapseWords) += neurons * limits.synapses.wordsFor(share.synapses);
}

/// A part that a net reaches anew costs its sources an axon, wherever they are.
void PartitionState::countOutAxons(uint32_t net, const Share &oldFrom, const Share &oldTo, const Share &newFrom,
                                   const Share &newTo) {
  unsigned column = limits.resources + PartLimits::OutAxons;
  uint64_t before = lists[net].reached;
  lists[net].reached +=
      (newFrom.synapses != 0) + (newTo.synapses != 0) - (oldFrom.synapses != 0) - (oldTo.synapses != 0);
  uint64_t after = lists[net].reached;
  useOf(newFrom.part, column) += newFrom.neurons * after - oldFrom.neurons * before;
  useOf(newTo.part, column) += newTo.neurons * after - oldTo.neurons * before;
  if (before == after)
    return;
  for (const Share &share : shares(net))
    if (share.neurons && share.part != newFrom.part && share.part != newTo.part) {
      useOf(share.part, column) += share.neurons * (after - before);
      otherParts.push_back(share.part);
    }
}

void PartitionState::countConfigurations(uint32_t vertex, uint32_t where, int change) {
  if (configurationClasses == 0)
    return;
  uint64_t &classes = useOf(where, limits.resources + PartLimits::Configurations);
  for (uint32_t configuration : netlist.configurations(vertex)) {
    uint32_t &count = configurationCount[size_t(where) * configurationClasses + configuration];
    classes -= count != 0;
    count += change;
    classes += count != 0;
  }
}

void PartitionState::updateOverload(uint32_t where) {
  uint64_t sum = 0;
  for (unsigned column = 0; column < limits.columns(); ++column) {
    uint64_t limit = limits.at(where, column), is = used(where, column);
    if (is > limit)
      sum += 1 + ((is - limit) << 20) / std::max<uint64_t>(limit, 1);
  }
  totalOverload += sum - overloads[where];
  overloads[where] = sum;
}

/// A vertex has hundreds of nets anywhere in memory: their shares are fetched side by side.
void PartitionState::prefetch(uint32_t vertex, uint32_t from, uint32_t to) const {
  auto fetch = [&](const auto &each) {
    const List &list = lists[each.net];
    bool hasAll = list.capacity == limits.parts;
    __builtin_prefetch(&shareList[list.begin + (hasAll ? from : 0)]);
    __builtin_prefetch(&shareList[list.begin + (hasAll ? to : list.size / 2)]);
  };
  llvm::for_each(netlist.targetOf(vertex), fetch);
  llvm::for_each(netlist.sourceOf(vertex), fetch);
}

void PartitionState::move(uint32_t vertex, uint32_t to, Observer observer) {
  uint32_t from = part[vertex];
  prefetch(vertex, from, to);
  netlist.forEachNet(vertex, [&](uint32_t net, uint32_t synapses, uint32_t neurons, uint64_t rate) {
    uint64_t total = netlist.nets[net].rate;
    Share &comes = shareFor(net, to); // may move the list, so it is first
    Share &leaves = shareFor(net, from);
    Share oldFrom = leaves, oldTo = comes;
    leaves.remove(vertex, synapses, neurons, rate);
    comes.add(vertex, synapses, neurons, rate);
    Share newFrom = leaves, newTo = comes;
    if (!leaves.synapses && !leaves.neurons && lists[net].capacity != limits.parts)
      leaves = shareList[lists[net].begin + --lists[net].size];
    cost += packetsTo(newFrom, total) + packetsTo(newTo, total) - packetsTo(oldFrom, total) - packetsTo(oldTo, total);
    if (countsSynapses && synapses) {
      for (const Share &before : {oldFrom, oldTo})
        countSynapses(net, before, -1);
      for (const Share &after : {newFrom, newTo})
        countSynapses(net, after, +1);
    }
    if (countsAxonsOut)
      countOutAxons(net, oldFrom, oldTo, newFrom, newTo);
    observer(net, synapses, rate, oldFrom, oldTo, newFrom, newTo);
  });
  for (unsigned resource = 0; resource < netlist.resources; ++resource) {
    useOf(from, resource) -= netlist.demandOf(vertex)[resource];
    useOf(to, resource) += netlist.demandOf(vertex)[resource];
  }
  countConfigurations(vertex, from, -1);
  countConfigurations(vertex, to, +1);
  part[vertex] = to;
  updateOverload(from);
  updateOverload(to);
  llvm::sort(otherParts);
  otherParts.erase(llvm::unique(otherParts), otherParts.end());
  llvm::for_each(otherParts, [&](uint32_t other) { updateOverload(other); });
  otherParts.clear();
}
