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
      overloads(limits.parts, 0), countsNets(limits.countsNets()),
      countsOutAxons(limits.isLimited(limits.resources + PartLimits::OutAxons)) {
  if (limits.isLimited(limits.resources + PartLimits::Configurations))
    for (uint32_t vertex = 0; vertex < netlist.vertices; ++vertex)
      for (uint32_t configuration : netlist.configurations(vertex))
        configurationClasses = std::max(configurationClasses, configuration + 1);
  configurationCount.assign(size_t(limits.parts) * configurationClasses, 0);

  std::vector<uint32_t> slot(limits.parts, UINT32_MAX); // of a part in the net's list
  for (uint32_t net = 0; net < netlist.nets.size(); ++net) {
    size_t begin = shareList.size();
    netlist.forEachPin(net, [&](uint32_t vertex, uint32_t, uint64_t) {
      uint32_t where = this->part[vertex];
      if (slot[where] == UINT32_MAX) {
        slot[where] = shareList.size() - begin;
        shareList.emplace_back().part = where;
      }
    });
    for (const Netlist::Target &target : netlist.targets(net))
      shareList[begin + slot[this->part[target.vertex]]].synapses += target.synapses;
    for (const Netlist::Source &source : netlist.sources(net)) {
      Share &share = shareList[begin + slot[this->part[source.vertex]]];
      share.neurons += source.neurons;
      share.rate += source.rate;
    }
    uint32_t size = shareList.size() - begin;
    for (size_t i = begin; i < shareList.size(); ++i) {
      slot[shareList[i].part] = UINT32_MAX;
      cost += packetsTo(shareList[i], netlist.nets[net].rate);
    }
    lists[net] = {begin, size, std::min<uint32_t>(size + 2, limits.parts)};
    shareList.resize(begin + lists[net].capacity);
    if (countsNets)
      countNet(net, +1);
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
  for (const Share &share : shares(net))
    if (share.part == where)
      return share;
  Share none;
  none.part = where;
  return none;
}

Share &PartitionState::shareFor(uint32_t net, uint32_t where) {
  List &list = lists[net];
  for (uint64_t i = list.begin; i < list.begin + list.size; ++i)
    if (shareList[i].part == where)
      return shareList[i];
  if (list.size == list.capacity) {
    List grown{shareList.size(), list.size, std::min(2 * list.capacity, limits.parts)};
    shareList.resize(grown.begin + grown.capacity);
    std::copy_n(shareList.begin() + list.begin, list.size, shareList.begin() + grown.begin);
    list = grown;
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

/// Adds or takes away what a net uses of axons and synapse memory.
void PartitionState::countNet(uint32_t net, int sign) {
  unsigned first = limits.resources;
  uint64_t reached = llvm::count_if(shares(net), [](const Share &share) { return share.synapses != 0; });
  for (const Share &share : shares(net)) {
    if (share.synapses) {
      useOf(share.part, first + PartLimits::InAxons) += sign * int64_t(netlist.nets[net].neurons);
      useOf(share.part, first + PartLimits::SynapseWords) +=
          sign * int64_t(netlist.nets[net].neurons * limits.synapses.wordsFor(share.synapses));
    }
    useOf(share.part, first + PartLimits::OutAxons) += sign * int64_t(share.neurons * reached);
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

void PartitionState::move(uint32_t vertex, uint32_t to, Observer observer) {
  uint32_t from = part[vertex];
  netlist.forEachNet(vertex, [&](uint32_t net, uint32_t synapses, uint32_t neurons, uint64_t rate) {
    if (countsNets)
      countNet(net, -1);
    uint64_t total = netlist.nets[net].rate;
    Share &comes = shareFor(net, to); // may move the list, so it is first
    Share &leaves = shareFor(net, from);
    Share oldFrom = leaves, oldTo = comes;
    leaves.synapses -= synapses, leaves.neurons -= neurons, leaves.rate -= rate;
    comes.synapses += synapses, comes.neurons += neurons, comes.rate += rate;
    Share newFrom = leaves, newTo = comes;
    if (!leaves.synapses && !leaves.neurons)
      leaves = shareList[lists[net].begin + --lists[net].size];
    cost += packetsTo(newFrom, total) + packetsTo(newTo, total) - packetsTo(oldFrom, total) - packetsTo(oldTo, total);
    if (countsNets)
      countNet(net, +1);
    observer(net, oldFrom, oldTo, newFrom, newTo);
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
  // A part that a net reaches anew costs its sources an axon, wherever they are.
  if (countsOutAxons)
    netlist.forEachNet(vertex, [&](uint32_t net, uint32_t, uint32_t, uint64_t) {
      for (const Share &share : shares(net))
        if (share.neurons)
          updateOverload(share.part);
    });
}
