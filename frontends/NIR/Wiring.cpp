//===- Wiring.cpp - which value reaches which node, and when ----------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Wiring.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace lle::nir {

Wiring resolveWiring(const FlatGraph &flat) {
  Wiring wiring;
  wiring.sources.resize(flat.nodes.size());
  for (auto [index, node] : enumerate(flat.nodes)) {
    if (node.passThrough)
      continue;
    // Ports are opened in place, so that the order of edges is kept.
    SmallVector<unsigned> pending(reverse(node.sources));
    while (!pending.empty()) {
      unsigned source = pending.pop_back_val();
      if (flat.nodes[source].passThrough)
        append_range(pending, reverse(flat.nodes[source].sources));
      else
        wiring.sources[index].push_back({source});
    }
  }
  return wiring;
}

namespace {
/// A connection, by where it ends.
struct Link {
  unsigned target, position;
};

/// A walk in depth along connections within a step.
class Walk {
public:
  Walk(const FlatGraph &flat, const BitVector &late, const Wiring &wiring);

  /// In the order in which the walk meets them.
  std::vector<Link> closing;
  /// Each node before those that follow from it in the step.
  std::vector<unsigned> order;

private:
  void visit(unsigned root);

  std::vector<SmallVector<Link, 2>> targets;
  enum State : uint8_t { Unseen, Open, Done };
  std::vector<State> states;
};
} // namespace

Walk::Walk(const FlatGraph &flat, const BitVector &late, const Wiring &wiring)
    : targets(flat.nodes.size()), states(flat.nodes.size(), Unseen) {
  for (auto [index, sources] : enumerate(wiring.sources))
    for (auto [position, connection] : enumerate(sources))
      if (!connection.delayed && !late[index])
        targets[connection.source].push_back({unsigned(index), unsigned(position)});
  // From the inputs first, so that what closes a cycle leads back; then whatever else there is.
  for (auto [index, node] : enumerate(flat.nodes))
    if (node.node->type == "Input" && !node.passThrough)
      visit(index);
  for (auto [index, node] : enumerate(flat.nodes))
    if (!node.passThrough)
      visit(index);
  std::reverse(order.begin(), order.end());
}

void Walk::visit(unsigned root) {
  if (states[root] != Unseen)
    return;
  SmallVector<std::pair<unsigned, unsigned>> path{{root, 0}};
  states[root] = Open;
  while (!path.empty()) {
    auto &[index, next] = path.back();
    if (next == targets[index].size()) {
      states[index] = Done;
      order.push_back(index);
      path.pop_back();
      continue;
    }
    Link link = targets[index][next++];
    if (states[link.target] == Open) {
      closing.push_back(link);
    } else if (states[link.target] == Unseen) {
      states[link.target] = Open;
      path.push_back({link.target, 0});
    }
  }
}

/// A delay behind a synapse is the same as one before it, where all that the synapse gives is
/// delayed: a delay commutes with a linear map, but for the bias and the first step.
static void moveBeforeSynapses(const BitVector &synapses, Wiring &wiring) {
  for (bool moved = true; moved;) {
    moved = false;
    for (unsigned synapse : synapses.set_bits()) {
      SmallVector<Connection *> given;
      for (auto &sources : wiring.sources)
        for (Connection &connection : sources)
          if (connection.source == synapse)
            given.push_back(&connection);
      if (given.empty() || !all_of(given, [](Connection *c) { return c->delayed; }) ||
          any_of(wiring.sources[synapse], [](Connection &c) { return c.delayed; }))
        continue;
      for (Connection *connection : given)
        connection->delayed = false;
      for (Connection &connection : wiring.sources[synapse])
        connection.delayed = true;
      moved = true;
    }
  }
}

void markRecurrent(const FlatGraph &flat, Wiring &wiring) {
  for (Link link : Walk(flat, BitVector(flat.nodes.size()), wiring).closing)
    wiring.sources[link.target][link.position].recurrent = true;
}

bool addDelays(const FlatGraph &flat, const DelayOptions &options, Wiring &wiring) {
  markRecurrent(flat, wiring);
  if (options.allSynapses)
    for (unsigned synapse : options.synapses.set_bits())
      for (Connection &connection : wiring.sources[synapse])
        connection.delayed = true;
  Walk walk(flat, options.late, wiring);
  for (Link link : walk.closing)
    wiring.sources[link.target][link.position].delayed = true;
  if (options.beforeSynapse)
    moveBeforeSynapses(options.synapses, wiring);
  return !walk.closing.empty();
}

std::vector<unsigned> getStepOrder(const FlatGraph &flat, const BitVector &late, const Wiring &wiring) {
  return Walk(flat, late, wiring).order;
}

} // namespace lle::nir
