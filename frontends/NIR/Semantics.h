//===- Semantics.h - what a NIR file of LLE says of itself --------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// NIR cannot say how its equations become time steps. Files that LLE writes say it in metadata,
// under names that begin with "lle/".
//
// Of the network:
//   dt       f64      seconds of a time step
//   steps    i64      usual length of a sample, in steps
//   name     text     the network's symbol
//   profile  text     where the semantics came from: a profile (Profiles.h)
//   inputs, outputs  (n)  names in the order of the network's, where that is not alphabetical
//   delays   (n, 2)   edges, by paths of nodes, that hold a value back by one step; where this is
//                     present, the profile is but a label, and every neuron has its rule
// Of a neuron:
//   rule     text     "integrator=euler,reset=subtract,...", the keys of profiles
//   v_init, v_min, i_leak, decay, decay_syn, decay_mem, bias: numbers of the operation
// Of a Threshold: rule ("compare=ge"). Of a Delay: initial, a number.
// Of the network and of nodes: what passes decided, Annotations.h.
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_SEMANTICS_H
#define LLE_FRONTENDS_NIR_SEMANTICS_H

#include "frontends/NIR/FlatGraph.h"
#include "frontends/NIR/Profiles.h"

namespace lle::nir {

inline constexpr llvm::StringLiteral semanticsPrefix = "lle/";

struct Semantics {
  std::optional<double> dt;
  std::optional<int64_t> steps;
  std::string name, profile;
  std::vector<std::string> inputs, outputs;
  std::optional<std::vector<Edge>> delays;
  std::map<const Node *, NodeSemantics> nodes;
  /// Annotations.h: of nodes, and of the network (null).
  std::map<const Node *, ArrayMap> annotations;
};

/// Moves what the file says out of the metadata of graph and nodes. Errors go to the report; keys
/// that are unknown stay, with a warning.
Semantics takeSemantics(Graph &graph, const FlatGraph &flat, Report &report);

/// The numbers beside NIR's that an operation for the node may have.
llvm::ArrayRef<llvm::StringLiteral> getExtraParameters(NodeKind kind);

/// The inverse of parseRule.
std::string printRule(spk::DynamicsAttr dynamics, spk::FiringAttr firing);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_SEMANTICS_H
