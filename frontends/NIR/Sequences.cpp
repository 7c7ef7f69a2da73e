//===- Sequences.cpp - elapsed times, and which steps count -----------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Sequences.h"
#include "frontends/NIR/CellTypes.h"
#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace lle::nir {

static bool countsSeconds(const FlatNode &node) {
  return isIntegrating(*node.node) || getKind(*node.node) == NodeKind::Delay;
}

static bool givesLast(const FlatNode &node) { return isCell(*node.node) && !getFlag(*node.node, "return_sequences"); }

bool countsOwnTime(const FlatGraph &flat) {
  return none_of(flat.nodes, countsSeconds) &&
         any_of(flat.nodes, [](const FlatNode &node) { return isCell(*node.node); });
}

bool hasIrregularCell(const FlatGraph &flat) {
  return any_of(flat.nodes,
                [](const FlatNode &node) { return isCell(*node.node) && getFlag(*node.node, "irregular"); });
}

/// The nodes with a state whose results reach a node through others that have none.
static SmallVector<const FlatNode *> getStatesBehind(const FlatGraph &flat, const Wiring &wiring, unsigned index) {
  SmallVector<const FlatNode *> found;
  SmallVector<unsigned> pending{index};
  BitVector seen(flat.nodes.size());
  while (!pending.empty())
    for (Connection connection : wiring.sources[pending.pop_back_val()]) {
      if (seen.test(connection.source))
        continue;
      seen.set(connection.source);
      const FlatNode &source = flat.nodes[connection.source];
      if (isCell(*source.node) || countsSeconds(source))
        found.push_back(&source);
      else
        pending.push_back(connection.source);
    }
  return found;
}

bool emitsLast(const FlatGraph &flat, const Wiring &wiring, unsigned output) {
  return any_of(getStatesBehind(flat, wiring, output), [](const FlatNode *node) { return givesLast(*node); });
}

void checkSequences(const FlatGraph &flat, const Wiring &wiring, Report &report) {
  for (auto [index, node] : enumerate(flat.nodes)) {
    std::string where = "node '" + node.path + "' (" + node.node->type + "): ";
    if (hasIrregularCell(flat) && node.path == timespansPort)
      report.error(where + "'" + timespansPort +
                   "' is the input that irregular cells bring, so that no node can have this name");
    bool isOutput = getKind(*node.node) == NodeKind::Output && !node.passThrough;
    if (!isOutput && !isCell(*node.node) && !countsSeconds(node))
      continue;
    SmallVector<const FlatNode *> states = getStatesBehind(flat, wiring, index);
    for (const FlatNode *last : states)
      if (givesLast(*last) && (!isOutput || !all_of(states, [](const FlatNode *state) { return givesLast(*state); }))) {
        report.error(where + "it takes every step, but 'return_sequences' of '" + last->path + "' is 0");
        break;
      }
  }
}

} // namespace lle::nir
