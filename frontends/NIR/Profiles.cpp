//===- Profiles.cpp - how frameworks run a NIR file -------------------------------------------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The rules were read in the sources of the frameworks and checked, where there are recordings, by
// replaying them (test/unit/NIR/ReplayTest.cpp).
//
//===------------------------------------------------------------------------------------------===//

#include "frontends/NIR/Profiles.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;
using namespace lle::spk;

namespace lle::nir {

const NeuronRule &Profile::getRule(NodeKind kind) const {
  switch (kind) {
  case NodeKind::I:
  case NodeKind::IF:
    return perfect;
  case NodeKind::LI:
  case NodeKind::LIF:
    return leaky;
  default:
    assert((kind == NodeKind::CubaLI || kind == NodeKind::CubaLIF) && "the node does not integrate");
    return current;
  }
}

const NeuronRule &Profile::getRule(const Node &node) const {
  auto own = nodes.find(&node);
  return own == nodes.end() ? getRule(getKind(node)) : own->second.rule;
}

//===------------------------------------------------------------------------------------------===//
// The frameworks
//===------------------------------------------------------------------------------------------===//

static NeuronRule makeRule(Integrator integrator, Gain gain, Reset reset) {
  NeuronRule rule;
  rule.integrator = integrator;
  rule.gain = gain;
  rule.reset = reset;
  return rule;
}

template <typename Change>
static void changeAll(Profile &profile, Change change) {
  for (NeuronRule *rule : {&profile.perfect, &profile.leaky, &profile.current})
    change(*rule);
}

/// The equations of NIR in closed form, the input held over a step.
static void makeNIR(Profile &profile, Reset reset) {
  profile.perfect = makeRule(Integrator::exact, Gain::per_step, reset);
  profile.leaky = profile.current = makeRule(Integrator::exact, Gain::continuous, reset);
}

/// Leaky and Synaptic: the potential is measured in what one step of input adds.
static void makeSnnTorchDynamics(Profile &profile, Reset reset) {
  profile.perfect = makeRule(Integrator::euler, Gain::unit, reset);
  profile.leaky = makeRule(Integrator::decay_euler, Gain::unit, reset);
  profile.leaky.scale = Scale::input;
  profile.current = profile.leaky;
  changeAll(profile, [](NeuronRule &rule) { rule.zeroLeak = rule.zeroReset = true; });
}

/// reset_delay=False.
static void makeSnnTorch(Profile &profile, Reset reset) {
  makeSnnTorchDynamics(profile, reset);
  if (reset == Reset::subtract)
    changeAll(profile, [](NeuronRule &rule) { rule.when = When::same_step_held; });
}

/// reset_delay=True, the default in training.
static void makeSnnTorchDelay(Profile &profile, Reset reset) {
  makeSnnTorchDynamics(profile, reset);
  changeAll(profile, [](NeuronRule &rule) { rule.when = When::next_after; });
  if (reset == Reset::to_value) {
    // Leaky drops the potential before the update, Synaptic both states after it.
    profile.perfect.when = profile.leaky.when = When::next_before;
    profile.current.scope = Scope::all;
  }
}

static void makeNorse(Profile &profile, Reset reset) {
  profile.perfect = makeRule(Integrator::euler, Gain::unit, reset);
  profile.leaky = makeRule(Integrator::euler, Gain::unit, reset);
  profile.leaky.zeroReset = true; // its importer drops v_reset of LIF, and only of LIF
  profile.current = makeRule(Integrator::euler, Gain::continuous, reset);
  profile.leakIntoCurrent = true;
  profile.startAtLeak = true;
  profile.delayBeforeSynapse = false;
}

static void fireSeveralTimes(Profile &profile, int64_t maxSpikes) {
  changeAll(profile, [&](NeuronRule &rule) {
    rule.compare = Compare::ge;
    rule.maxSpikes = maxSpikes;
    rule.zeroLeak = true;
  });
}

/// Layers that count spikes; 16 bits hold more than a step can bring.
static void makeSinabs(Profile &profile, Reset reset) {
  profile.perfect = makeRule(Integrator::euler, Gain::unit, reset);
  profile.perfect.floor = NeuronRule::Floor::MinusThreshold;
  profile.leaky = makeRule(Integrator::decay_exp, Gain::unit, reset);
  profile.current = profile.leaky;
  profile.current.order = Order::input_first;
  fireSeveralTimes(profile, INT16_MAX);
  profile.delayBeforeSynapse = false;
}

static void makeRockpool(Profile &profile, Reset reset) {
  profile.perfect = makeRule(Integrator::euler, Gain::unit, reset);
  profile.leaky = makeRule(Integrator::decay_exp, Gain::per_step, reset);
  profile.current = profile.leaky;
  profile.current.order = Order::input_first;
  fireSeveralTimes(profile, 1 << 16);
}

static void makeNengo(Profile &profile, Reset reset) {
  profile.perfect = makeRule(Integrator::exact, Gain::unit, reset);
  profile.leaky = makeRule(Integrator::exact, Gain::continuous, reset);
  profile.current = makeRule(Integrator::hold, Gain::continuous, reset);
  changeAll(profile, [](NeuronRule &rule) { rule.zeroReset = true; });
}

/// Spikes are those of the state before the step.
static void makeSpyx(Profile &profile, Reset reset) {
  profile.perfect = makeRule(Integrator::euler, Gain::unit, reset);
  profile.leaky = profile.current = makeRule(Integrator::decay_euler, Gain::per_step, reset);
  changeAll(profile, [](NeuronRule &rule) {
    rule.emit = Emit::held;
    rule.when = When::next_after;
    rule.zeroLeak = true;
  });
  profile.current.when = When::next_before;
}

static void makeSpikingJelly(Profile &profile, Reset reset) {
  profile.perfect = makeRule(Integrator::euler, Gain::per_step, reset);
  profile.leaky = makeRule(Integrator::euler, Gain::continuous, reset);
  profile.leaky.leakAtReset = true;
  profile.current = makeRule(Integrator::decay_euler, Gain::per_step, reset);
  changeAll(profile, [](NeuronRule &rule) { rule.compare = Compare::ge; });
  profile.delayBeforeSynapse = false;
}

static void makeLavaFloat(Profile &profile, Reset reset) {
  profile.perfect = makeRule(Integrator::euler, Gain::unit, reset);
  profile.leaky = profile.current = makeRule(Integrator::decay_euler, Gain::per_step, reset);
  changeAll(profile, [](NeuronRule &rule) { rule.zeroReset = true; });
  profile.delayAllSynapses = true;
}

static void makeSpiNNaker2(Profile &profile, Reset reset) {
  profile.perfect = profile.leaky = profile.current = makeRule(Integrator::discrete, Gain::unit, reset);
  profile.delayAllSynapses = true;
  profile.quantise = true;
}

namespace {
struct Framework {
  StringLiteral name;
  StringLiteral summary;
  Reset reset;
  void (*make)(Profile &, Reset);
};
} // namespace

static constexpr Framework frameworks[] = {
    {"nir", "NIR's equations in closed form, reset to v_reset", Reset::to_value, makeNIR},
    {"snntorch", "snnTorch with reset_delay=False, reset to zero", Reset::to_value, makeSnnTorch},
    {"snntorch-delay", "snnTorch with reset_delay=True, reset by subtraction", Reset::subtract, makeSnnTorchDelay},
    {"norse", "Norse: forward Euler", Reset::to_value, makeNorse},
    {"sinabs", "Sinabs: exponential decay, several spikes a step", Reset::subtract, makeSinabs},
    {"rockpool", "Rockpool: exponential decay, several spikes a step", Reset::subtract, makeRockpool},
    {"nengo", "Nengo: closed form, synapse before neuron", Reset::to_value, makeNengo},
    {"spyx", "Spyx: spikes come one step late", Reset::subtract, makeSpyx},
    {"spikingjelly", "SpikingJelly: forward Euler, fires at the threshold", Reset::to_value, makeSpikingJelly},
    {"lava-float", "Lava in floating point: one step more per synapse", Reset::to_value, makeLavaFloat},
    {"spinnaker2", "SpiNNaker2: 8-bit weights, one step more per synapse", Reset::to_value, makeSpiNNaker2}};

//===------------------------------------------------------------------------------------------===//
// Keys
//===------------------------------------------------------------------------------------------===//

template <typename Enum>
static Error setEnum(StringRef key, StringRef value, std::optional<Enum> symbol, Enum &field) {
  if (!symbol)
    return createStringError("profile: '" + value + "' is no value of '" + key + "'");
  field = *symbol;
  return Error::success();
}

static Error setFloor(StringRef value, NeuronRule &rule) {
  if (value == "none") {
    rule.floor = NeuronRule::Floor::None;
  } else if (value == "-threshold") {
    rule.floor = NeuronRule::Floor::MinusThreshold;
  } else {
    rule.floor = NeuronRule::Floor::Value;
    if (value.getAsDouble(rule.floorValue))
      return createStringError("profile: 'v_min' is '" + value + "', expected none, -threshold or a number");
  }
  return Error::success();
}

/// Sets one key for one kind of neuron.
static Error setKey(StringRef key, StringRef value, NeuronRule &rule) {
  if (key == "compare")
    return setEnum(key, value, symbolizeCompare(value), rule.compare);
  if (key == "when")
    return setEnum(key, value, symbolizeWhen(value), rule.when);
  if (key == "emit")
    return setEnum(key, value, symbolizeEmit(value), rule.emit);
  if (key == "scope")
    return setEnum(key, value, symbolizeScope(value), rule.scope);
  if (key == "integrator")
    return setEnum(key, value, symbolizeIntegrator(value), rule.integrator);
  if (key == "order")
    return setEnum(key, value, symbolizeOrder(value), rule.order);
  if (key == "scale")
    return setEnum(key, value, symbolizeScale(value), rule.scale);
  if (key == "gain") {
    rule.gainIsExplicit = true;
    return setEnum(key, value, symbolizeGain(value), rule.gain);
  }
  if (key == "v_min")
    return setFloor(value, rule);
  if (key == "max_spikes") {
    if (value.getAsInteger(10, rule.maxSpikes) || rule.maxSpikes < 1 || rule.maxSpikes > INT32_MAX)
      return createStringError("profile: 'max_spikes' is '" + value + "', expected an integer from 1 to " +
                               Twine(INT32_MAX));
    return Error::success();
  }
  return createStringError("profile: there is no key '" + key + "'");
}

Expected<NeuronRule> parseRule(StringRef text) {
  NeuronRule rule;
  for (StringRef setting : split(text, ',')) {
    auto [key, value] = setting.split('=');
    Error error = key == "reset" ? setEnum(key, value, symbolizeReset(value), rule.reset) : setKey(key, value, rule);
    if (error)
      return error;
  }
  return rule;
}

/// One of two values.
static Error setBool(StringRef key, StringRef value, StringRef ifFalse, StringRef ifTrue, bool &field) {
  if (value != ifFalse && value != ifTrue)
    return createStringError("profile: '" + key + "' is '" + value + "', expected " + ifFalse + " or " + ifTrue);
  field = value == ifTrue;
  return Error::success();
}

static Error setKey(StringRef key, StringRef value, Profile &profile) {
  if (key == "v_init")
    return setBool(key, value, "zero", "v_leak", profile.startAtLeak);
  if (key == "recurrent_delay")
    return setBool(key, value, "after_synapse", "before_synapse", profile.delayBeforeSynapse);
  if (key == "latency")
    return setBool(key, value, "none", "synapse", profile.delayAllSynapses);
  // Neurons without leak have no choice of these.
  bool isForLeak = key == "integrator" || key == "order" || key == "scale" || (key == "gain" && value == "continuous");
  for (NeuronRule *rule : {&profile.perfect, &profile.leaky, &profile.current}) {
    if (rule == &profile.perfect && isForLeak)
      continue;
    // Only these have a current that a reset could clear.
    if (rule != &profile.current && key == "scope")
      continue;
    if (Error error = setKey(key, value, *rule))
      return error;
  }
  return Error::success();
}

/// The rest of a chip's rule is the chip's.
static Error setQuantisedKey(StringRef key, StringRef value, Profile &profile) {
  if (key != "weight_scale")
    return createStringError("profile 'spinnaker2' has no keys but 'reset' and 'weight_scale'");
  double scale;
  if (value.getAsDouble(scale) || !(scale > 0) || !std::isfinite(scale))
    return createStringError("profile: 'weight_scale' is '" + value + "', expected a number above 0");
  profile.weightScale = scale;
  return Error::success();
}

Expected<Profile> parseProfile(StringRef text) {
  auto [name, settings] = text.split(':');
  if (name == "loihi")
    return createStringError("profile 'loihi' is the network of 'lava-float' in integers, which who opens the file "
                             "makes of it");
  const Framework *framework = find_if(frameworks, [&, &name = name](const Framework &f) { return f.name == name; });
  if (framework == std::end(frameworks))
    return createStringError("there is no profile '" + name + "'; there are " +
                             join(map_range(frameworks, [](auto &f) { return f.name; }), ", ") + ", loihi");

  SmallVector<std::pair<StringRef, StringRef>> keys;
  Reset reset = framework->reset;
  for (StringRef setting : split(settings, ',')) {
    if (settings.empty())
      break;
    auto [key, value] = setting.split('=');
    if (key != "reset")
      keys.push_back({key, value});
    else if (Error error = setEnum(key, value, symbolizeReset(value), reset))
      return error;
  }
  Profile profile;
  profile.text = text.str();
  framework->make(profile, reset);
  for (auto [key, value] : keys)
    if (Error error = profile.quantise ? setQuantisedKey(key, value, profile) : setKey(key, value, profile))
      return error;
  return profile;
}

//===------------------------------------------------------------------------------------------===//
// Descriptions
//===------------------------------------------------------------------------------------------===//

std::string describeProfiles() {
  std::string text;
  raw_string_ostream os(text);
  os << "Profiles (--profile=NAME or --profile=NAME:KEY=VALUE,...):\n";
  for (const Framework &framework : frameworks)
    os << "  " << left_justify(framework.name, 16) << framework.summary << "\n";
  os << "Keys:\n"
        "  reset=to_value|subtract|none           what firing does to the potential\n"
        "  when=same_step|next_before|next_after|same_step_held\n"
        "  compare=gt|ge                          above the threshold, or at it\n"
        "  emit=updated|held                      spikes of the new state, or of the old one\n"
        "  scope=membrane|all                     whether a reset clears the current as well\n"
        "  max_spikes=N                           in one step\n"
        "  v_min=none|-threshold|NUMBER           floor of the potential\n"
        "  v_init=zero|v_leak                     potential at the start\n"
        "  integrator=euler|exact|hold|decay_euler|decay_exp\n"
        "  order=decay_first|input_first          whether the input decays with the state\n"
        "  gain=unit|continuous|per_step          what multiplies the input\n"
        "  scale=membrane|input                   unit of the potential\n"
        "  recurrent_delay=before_synapse|after_synapse\n"
        "  latency=synapse|none                   a step for each synapse, or for recurrent ones only\n"
        "  weight_scale=NUMBER                    spinnaker2: what a weight of 1 becomes before it is cut\n";
  return text;
}

/// The facets of a rule in words that the operations use.
static SmallVector<std::pair<StringRef, std::string>> getFacets(const Profile &profile, NodeKind kind) {
  const NeuronRule &rule = profile.getRule(kind);
  bool leaks = kind != NodeKind::I && kind != NodeKind::IF; // else all integrators agree
  bool spikes = kind == NodeKind::IF || kind == NodeKind::LIF || kind == NodeKind::CubaLIF;
  SmallVector<std::pair<StringRef, std::string>> facets;
  auto add = [&](StringRef name, const Twine &value) { facets.push_back({name, value.str()}); };
  if (leaks)
    add("integrator", stringifyIntegrator(rule.integrator));
  add("input", stringifyGain(rule.gain) + (rule.order == Order::input_first ? ", decays too" : ""));
  if (!spikes)
    return facets;
  add("comparison", stringifyCompare(rule.compare));
  add("reset", stringifyReset(rule.reset) + " " + stringifyWhen(rule.when));
  add("spikes", (rule.maxSpikes == 1 ? "one" : "several") + Twine(" a step") +
                    (rule.emit == Emit::held ? ", one step late" : ""));
  add("floor", rule.floor == NeuronRule::Floor::None ? "none" : "-threshold");
  return facets;
}

std::string describeChoices(ArrayRef<StringRef> types, bool hasCycle) {
  std::string text;
  raw_string_ostream os(text);
  // For each facet the values, and for each value the profiles.
  auto print = [&](const Twine &title, function_ref<std::string(const Profile &)> getValue) {
    MapVector<StringRef, SmallVector<StringRef>> groups;
    SmallVector<std::string> values;
    values.reserve(std::size(frameworks));
    for (const Framework &framework : frameworks) {
      Profile profile = cantFail(parseProfile(framework.name));
      groups[values.emplace_back(getValue(profile))].push_back(framework.name);
    }
    if (groups.size() < 2)
      return;
    os << "  " << title << ": ";
    interleave(groups, os, [&](auto &group) { os << group.first << " (" << join(group.second, ", ") << ")"; }, "; ");
    os << "\n";
  };
  for (StringRef type : types) {
    NodeKind kind = findNodeSpec(type)->kind;
    Profile any = cantFail(parseProfile(frameworks[0].name));
    for (auto [index, facet] : enumerate(getFacets(any, kind)))
      print(type + " " + facet.first, [&, &i = index](const Profile &p) { return getFacets(p, kind)[i].second; });
  }
  if (hasCycle)
    print("recurrent bias", [](const Profile &p) -> std::string {
      return p.delayBeforeSynapse ? "from the first step" : "from the second step";
    });
  print("synapses",
        [](const Profile &p) -> std::string { return p.delayAllSynapses ? "one step late" : "in the same step"; });
  return text;
}

} // namespace lle::nir
