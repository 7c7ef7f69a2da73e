//===- Profiles.h - how frameworks run a NIR file -----------------------------------*- C++ -*-===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// NIR gives differential equations. How they become steps of time differs from framework to
// framework; a profile says it for one of them.
//
//===------------------------------------------------------------------------------------------===//
#ifndef LLE_FRONTENDS_NIR_PROFILES_H
#define LLE_FRONTENDS_NIR_PROFILES_H

#include "dialects/Spk/SpkOps.h"
#include "frontends/NIR/NodeTypes.h"

namespace lle::nir {

/// How one kind of neuron is made discrete and fires: the attributes of the operations of the
/// dialect spk, and what the framework cannot say.
struct NeuronRule {
  spk::Integrator integrator = spk::Integrator::euler;
  spk::Order order = spk::Order::decay_first;
  spk::Gain gain = spk::Gain::unit;
  spk::Scale scale = spk::Scale::membrane;

  spk::Compare compare = spk::Compare::gt;
  spk::Reset reset = spk::Reset::to_value;
  spk::When when = spk::When::same_step;
  spk::Emit emit = spk::Emit::updated;
  spk::Scope scope = spk::Scope::membrane;
  int64_t maxSpikes = 1;

  enum class Floor { None, MinusThreshold, Value };
  Floor floor = Floor::None;
  double floorValue = 0;

  /// v_leak must be 0: the framework has none.
  bool zeroLeak = false;
  /// v_reset must be 0 where the reset is to a value.
  bool zeroReset = false;
  /// v_leak and v_reset must be equal where the reset is to a value.
  bool leakAtReset = false;
  /// The gain was asked for, so that parameters which it leaves out are left out on purpose.
  bool gainIsExplicit = false;
};

/// What a file says of one of its nodes (Semantics.h).
struct NodeSemantics {
  NeuronRule rule;
  /// Parameters of the operation that NIR does not have, by name.
  ArrayMap parameters;
};

struct Profile {
  /// As the user gives it: "snntorch", "snntorch:reset=subtract".
  std::string text;
  /// I and IF; LI and LIF; CubaLI and CubaLIF.
  NeuronRule perfect, leaky, current;
  /// The synaptic current leaks towards v_leak as well (Norse).
  bool leakIntoCurrent = false;
  /// Neurons start at v_leak instead of 0.
  bool startAtLeak = false;
  /// Where the step of delay stands that breaks a recurrent path: before its synapse, so that a
  /// bias acts from the first step on, or after it, so that it does not.
  bool delayBeforeSynapse = true;
  /// Every synapse brings one step of delay, as messages on a chip do.
  bool delayAllSynapses = false;
  /// Weights become 8-bit integers, parameters discrete (SpiNNaker2).
  bool quantise = false;
  /// What a weight of 1 becomes there before it is cut to an integer; without one, the largest that reaches a
  /// population becomes 127.
  std::optional<double> weightScale;

  /// Nodes of which the file itself says what they do.
  std::map<const Node *, NodeSemantics> nodes;

  /// The rule for a kind of node that integrates.
  const NeuronRule &getRule(NodeKind kind) const;
  /// The rule for a node that integrates.
  const NeuronRule &getRule(const Node &node) const;
};

/// "name" or "name:key=value,key=value".
llvm::Expected<Profile> parseProfile(llvm::StringRef text);

/// "key=value,key=value", for one neuron.
llvm::Expected<NeuronRule> parseRule(llvm::StringRef text);

/// The profiles and the keys, for a tool's help.
std::string describeProfiles();

/// In what the profiles differ for nodes of these types (those that integrate), a line each.
std::string describeChoices(llvm::ArrayRef<llvm::StringRef> types, bool hasCycle);

} // namespace lle::nir

#endif // LLE_FRONTENDS_NIR_PROFILES_H
