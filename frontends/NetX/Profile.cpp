//===- Profile.cpp - how a NetX network is run ----------------------------===//
#include "frontends/NetX/Profile.h"

#include "llvm/ADT/StringExtras.h"

#include <cmath>

using namespace llvm;
using namespace lle::netx;

static Error setNumber(StringRef key, StringRef value, int64_t smallest, int64_t &number) {
  if (value.getAsInteger(10, number) || number < smallest || number > INT32_MAX)
    return createStringError("profile: '" + key + "' is '" + value + "', expected an integer from " + Twine(smallest) +
                             " to " + Twine(INT32_MAX));
  return Error::success();
}

Expected<Profile> lle::netx::parseProfile(StringRef text) {
  auto [name, settings] = text.split(':');
  if (name != "loihi")
    return createStringError("there is no profile '" + name + "' for NetX files, only 'loihi'");
  Profile profile;
  profile.text = text.str();
  bool hasOffset = false;
  for (StringRef setting : split(settings, ',')) {
    if (settings.empty())
      break;
    auto [key, value] = setting.split('=');
    if (key == "latency") {
      if (value != "synapse" && value != "none")
        return createStringError("profile: 'latency' is '" + value + "', expected synapse or none");
      profile.hasLatency = value == "synapse";
    } else if (key == "reset_interval") {
      int64_t interval = 0;
      if (Error error = setNumber(key, value, 1, interval))
        return std::move(error);
      profile.resetInterval = interval;
    } else if (key == "reset_offset") {
      hasOffset = true;
      if (Error error = setNumber(key, value, 0, profile.resetOffset))
        return std::move(error);
    } else if (key == "spike_exp") {
      if (value.getAsInteger(10, profile.spikeExponent) || profile.spikeExponent < 0 || profile.spikeExponent > 7)
        return createStringError("profile: 'spike_exp' is '" + value + "', expected an integer from 0 to 7");
    } else if (key == "input") {
      if (value != "spikes" && value != "graded")
        return createStringError("profile: 'input' is '" + value + "', expected spikes or graded");
      profile.hasGradedInput = value == "graded";
    } else if (key == "scale") {
      double scale = 0;
      if (value != "auto" && (value.getAsDouble(scale) || !(scale > 0) || !std::isfinite(scale)))
        return createStringError("profile: 'scale' is '" + value + "', expected auto or a number above 0");
      profile.scale = value == "auto" ? std::nullopt : std::optional<double>(scale);
    } else {
      return createStringError("profile: there is no key '" + key + "'");
    }
  }
  if (hasOffset && !profile.resetInterval)
    return createStringError("profile: 'reset_offset' needs 'reset_interval'");
  return profile;
}

std::string lle::netx::describeProfile() {
  return "Integers, for NetX and NIR files (--profile=loihi or --profile=loihi:KEY=VALUE,...):\n"
         "  loihi           integers as Loihi 2 and Lava's bit-accurate models\n"
         "Keys:\n"
         "  latency=synapse|none                   a step for each synapse, or for recurrent ones only\n"
         "  reset_interval=N                       in a stream: states are reset every N steps ...\n"
         "  reset_offset=K                         ... from step K on, in each layer when its input arrives\n"
         "  spike_exp=6|N                          in sigma-delta networks: what an input of one is sent as, 2^N\n"
         "  input=spikes|graded                    what the first layer is sent, where the file has no input neurons\n"
         "  scale=64|N|auto                        NIR: integers for one unit of a weight, after the gain\n";
}
