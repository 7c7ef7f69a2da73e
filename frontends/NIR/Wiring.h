//===- Wiring.h - which value reaches which node, and when --------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// NIR is continuous in time, so that a loop is an equation. In steps of time it must hold a delay;
// NIR does not draw it, but every framework has one. Here it gets its place.
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_WIRING_H
#define LLE_FRONTENDS_NIR_WIRING_H

#include "frontends/NIR/FlatGraph.h"
#include "llvm/ADT/BitVector.h"

namespace lle::nir {

/// What arrives at a node from one of its sources.
struct Connection {
  unsigned source;
  /// Leads back: closes a cycle in a walk in depth from the inputs, in the order of the file.
  bool recurrent = false;
  /// Held back by one step, which the graph does not draw.
  bool delayed = false;
};

struct Wiring {
  /// By the index of the node, in the order of the file's edges. The ports of nested graphs have
  /// none: who takes from them takes from their sources.
  std::vector<llvm::SmallVector<Connection, 2>> sources;
};

Wiring resolveWiring(const FlatGraph &flat);

struct DelayOptions {
  /// Nodes whose result does not depend on what arrives in the same step.
  llvm::BitVector late;
  /// Weights: linear maps, between which delays may move.
  llvm::BitVector synapses;
  /// Every synapse brings a step of delay.
  bool allSynapses = false;
  /// A recurrent path is broken before its synapse rather than after it.
  bool beforeSynapse = true;
};

/// Marks recurrent connections.
void markRecurrent(const FlatGraph &flat, Wiring &wiring);

/// Marks recurrent connections, and delayed ones so that every cycle holds a delay. True if there
/// were cycles to break.
bool addDelays(const FlatGraph &flat, const DelayOptions &options, Wiring &wiring);

/// The nodes, each after those whose results it needs in the same step.
std::vector<unsigned> getStepOrder(const FlatGraph &flat, const llvm::BitVector &late, const Wiring &wiring);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_WIRING_H
