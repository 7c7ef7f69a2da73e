//===- Profile.h - how a NetX network is run --------------------*- C++ -*-===//
#ifndef LLE_FRONTENDS_NETX_PROFILE_H
#define LLE_FRONTENDS_NETX_PROFILE_H

#include "llvm/Support/Error.h"

#include <optional>
#include <string>

namespace lle::netx {

/// A NetX file says everything of its neurons but when they start and what a synapse costs in time.
struct Profile {
  /// As the user gives it: "loihi", "loihi:latency=none".
  std::string text;
  /// Each synapse takes a step, as messages between cores do; else only recurrent ones do.
  bool hasLatency = true;
  /// The states of layer i are reset where (step + 1) mod interval = (offset + 1 + i) mod interval, each layer a step
  /// after the one before it where synapses take a step. Without it, at the start of a sample only.
  std::optional<int64_t> resetInterval;
  int64_t resetOffset = 0;
  /// Of what an encoder of sigma-delta networks sends for an input of one: 2^spikeExponent.
  int64_t spikeExponent = 6;
  /// Whether messages to the first layer are numbers and not spikes.
  bool hasGradedInput = false;
  /// Of networks of floats: integers for one unit of a weight; without it the largest power of two with which the
  /// weights of a population fit.
  std::optional<double> scale = 64;
};

/// Whether a text names this profile, with or without keys.
inline bool isProfile(llvm::StringRef text) { return text == "loihi" || text.starts_with("loihi:"); }

/// "loihi" or "loihi:key=value,key=value".
llvm::Expected<Profile> parseProfile(llvm::StringRef text);

/// The profile and its keys, for a tool's help.
std::string describeProfile();

} // namespace lle::netx

#endif
