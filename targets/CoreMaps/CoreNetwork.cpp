//===- CoreNetwork.cpp - what one core computes, as a network -------------===//
#include "targets/CoreMaps/CoreNetwork.h"
#include "runtime/coremap/CoreMapFile.h"
#include "targets/CoreMaps/Synapses.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <tuple>

using namespace lle;
using namespace lle::runtime;
using llvm::Twine;

namespace {

/// Where a spike comes from: a port, which is a population, or a run of the core itself.
struct SpikeSource {
  bool isOwn;
  uint32_t number;
  friend bool operator<(const SpikeSource &a, const SpikeSource &b) {
    return std::tie(a.isOwn, a.number) < std::tie(b.isOwn, b.number);
  }
};

/// A synapse within the network: neurons are counted in the source and in the run where it ends.
struct RunSynapse {
  uint32_t source, target;
  int16_t weight;
};

/// Synapses that end in one run, by source and steps of delay.
using RunSynapses = std::map<std::pair<SpikeSource, uint32_t>, std::vector<RunSynapse>>;

class CoreNetworkWriter {
public:
  CoreNetworkWriter(const CoreMap &map, uint32_t number, double dt)
      : map(map), core(map.cores[number]), number(number), dt(dt), synapses(core.neurons.size()), body(bodyText) {}

  Result<std::string> write() {
    if (map.arithmetic != ChipArithmetic::SpiNNaker2)
      return makeError("core ", number, ": cores of ", map.target, " are no processors");
    if (core.isHost)
      return makeError("core ", number, ": is the host");
    for (const NeuronRun &run : core.neurons)
      if (map.populations[run.population].resetInterval)
        return makeError("core ", number, ": '", map.populations[run.population].name, "' is reset by interval");
    collect();
    for (uint32_t run = 0; run < core.neurons.size(); ++run)
      writeRun(run);
    if (!error.empty())
      return makeError("core ", number, ": ", error);
    return finish();
  }

private:
  void collect() {
    std::vector<std::pair<uint32_t, uint32_t>> places; // of local neurons: run, number in it
    for (auto [index, run] : llvm::enumerate(core.neurons))
      for (uint32_t n = 0; n < run.count; ++n)
        places.push_back({uint32_t(index), n});
    SynapseReader(map).visitCore(number, [&](const CoreSynapse &synapse) {
      auto [run, target] = places[synapse.target];
      SpikeSource source{false, synapse.source.population};
      uint32_t neuron = synapse.source.number;
      for (auto [index, own] : llvm::enumerate(core.neurons))
        if (own.population == synapse.source.population && neuron >= own.first && neuron - own.first < own.count) {
          source = {true, uint32_t(index)};
          neuron -= own.first;
          break;
        }
      if (!source.isOwn)
        ports[source.number] = "%port" + std::to_string(source.number);
      uint32_t steps = synapse.delay + map.populations[synapse.source.population].start - getPopulation(run).start;
      synapses[run][{source, steps}].push_back({neuron, target, synapse.weight});
    });
  }

  const CorePopulation &getPopulation(uint32_t run) const { return map.populations[core.neurons[run].population]; }

  static std::string quote(llvm::StringRef name) {
    std::string text;
    llvm::raw_string_ostream os(text);
    os << '"';
    llvm::printEscapedString(name, os);
    os << '"';
    return text;
  }

  static std::string getType(uint64_t size, llvm::StringRef element) {
    return ("tensor<" + Twine(size) + "x" + element + ">").str();
  }

  std::string getRunName(uint32_t run) const {
    bool isOnly = llvm::count_if(core.neurons, [&](const NeuronRun &other) {
                    return other.population == core.neurons[run].population;
                  }) == 1;
    return getPopulation(run).name + (isOnly ? "" : "." + std::to_string(core.neurons[run].first));
  }

  uint64_t getSize(SpikeSource source) const {
    return source.isOwn ? core.neurons[source.number].count : countNeurons(map.populations[source.number]);
  }
  std::string getElement(SpikeSource source) const {
    return !source.isOwn && map.populations[source.number].model == NeuronModel::Input ? "si16" : "i1";
  }

  std::string add(const Twine &operation) {
    std::string result = "%" + std::to_string(results++);
    body << "  " << result << " = " << operation << "\n";
    return result;
  }

  /// Neurons first to first + count - 1 of the source, so many steps ago.
  std::string getSignal(SpikeSource source, uint32_t first, uint32_t count, uint32_t steps) {
    std::string &signal = signals[{source, first, count, steps}];
    if (!signal.empty())
      return signal;
    std::string element = getElement(source), type = getType(count, element);
    signal = source.isOwn ? "%run" + std::to_string(source.number) : ports[source.number];
    if (count != getSize(source))
      signal = add("lle.slice " + signal + " {offset = " + Twine(first) + " : i64} : (" +
                   getType(getSize(source), element) + ") -> " + type);
    if (steps)
      signal = add("lle.delay \"late" + Twine(results) + "\" " + signal + " {initial = 0.0 : f64, steps = dense<" +
                   Twine(steps) + "> : " + getType(count, "i64") + "} : " + type);
    return signal;
  }

  /// What arrives at a run of the synapses whose weight `isWanted`, as integers in f32; empty if there are none.
  template <typename Filter>
  std::string writeSum(uint32_t run, Filter isWanted) {
    std::vector<std::string> parts;
    const uint32_t rows = core.neurons[run].count;
    for (const auto &[key, list] : synapses[run]) {
      auto [low, high] = std::minmax_element(
          list.begin(), list.end(), [](const RunSynapse &a, const RunSynapse &b) { return a.source < b.source; });
      const uint32_t first = low->source, columns = high->source - first + 1;
      std::vector<int32_t> weights(size_t(rows) * columns);
      for (const RunSynapse &synapse : list)
        if (isWanted(synapse.weight))
          weights[size_t(synapse.target) * columns + (synapse.source - first)] += synapse.weight;
      if (llvm::all_of(weights, [](int32_t weight) { return weight == 0; }))
        continue;
      std::string signal = getSignal(key.first, first, columns, key.second);
      std::string weight = writeWeights(weights, rows, columns);
      parts.push_back(add("lle.linear " + signal + ", " + weight + " : (" + getType(columns, getElement(key.first)) +
                          ", " + weightType + ") -> " + getType(rows, "f32")));
    }
    if (parts.size() < 2)
      return parts.empty() ? "" : parts.front();
    std::string type = getType(rows, "f32"), types = type;
    for (size_t i = 1; i < parts.size(); ++i)
      types += ", " + type;
    return add("lle.add " + llvm::join(parts, ", ") + " : (" + types + ") -> " + type);
  }

  /// Integers whose scale is 1: their sum is one of integers, and rounded once.
  std::string writeWeights(const std::vector<int32_t> &weights, uint32_t rows, uint32_t columns) {
    bool isShort = llvm::all_of(weights, [](int32_t weight) { return llvm::isInt<8>(weight); });
    if (llvm::any_of(weights, [](int32_t weight) { return !llvm::isInt<16>(weight); }))
      error = "synapses between two neurons add up to more than 16 bits";
    std::string shape = (Twine(rows) + "x" + Twine(columns) + "x").str(), stored = isShort ? "i8" : "i16";
    weightType = "tensor<" + shape + "!quant.uniform<" + stored + ":f32, 1.000000e+00>>";
    std::string text = "lle.weight dense<\"0x";
    for (int32_t weight : weights) {
      text += llvm::utohexstr(weight & 0xff, /*LowerCase=*/false, 2);
      if (!isShort)
        text += llvm::utohexstr(weight >> 8 & 0xff, /*LowerCase=*/false, 2);
    }
    return add(text + "\"> : tensor<" + shape + stored + "> as " + weightType);
  }

  /// Of the run's neurons, with the name that the operation has for it; nothing if the population has no such
  /// parameter.
  std::string getParameter(uint32_t run, llvm::StringRef name, llvm::StringRef attribute) const {
    const NeuronRun &place = core.neurons[run];
    for (const NeuronParameter &parameter : getPopulation(run).parameters) {
      if (parameter.name != name)
        continue;
      std::string text;
      llvm::raw_string_ostream os(text);
      os << attribute << " = dense<";
      if (parameter.reals.size() == 1) {
        os << llvm::format("%.9e", double(parameter.reals[0]));
      } else {
        os << "[";
        for (uint32_t n = 0; n < place.count; ++n)
          os << (n ? ", " : "") << llvm::format("%.9e", double(parameter.reals[place.first + n]));
        os << "]";
      }
      os << "> : " << getType(place.count, "f32") << ", ";
      return text;
    }
    return "";
  }

  std::string getZeros(uint32_t run, llvm::StringRef attribute) const {
    return (attribute + " = dense<0.0> : " + getType(core.neurons[run].count, "f32")).str();
  }

  static constexpr const char *kDynamics =
      " dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>";

  /// A current that decays: what integrates without a threshold. Of inhibitory synapses it is negative.
  std::string writeCurrent(uint32_t run, llvm::StringRef name, const std::string &sum) {
    std::string type = getType(core.neurons[run].count, "f32");
    return add("spk.li " + quote((getRunName(run) + "." + name).str()) + " " + sum + kDynamics + " {" +
               getParameter(run, "decay_i", "decay") + getZeros(run, "v_init") + "} : " + type);
  }

  std::string writeInput(uint32_t run) {
    std::string type = getType(core.neurons[run].count, "f32");
    std::vector<std::string> parts;
    if (getParameter(run, "decay_i", "decay").empty()) {
      parts.push_back(writeSum(run, [](int16_t) { return true; }));
    } else {
      if (std::string sum = writeSum(run, [](int16_t weight) { return weight > 0; }); !sum.empty())
        parts.push_back(writeCurrent(run, "excitatory", sum));
      if (std::string sum = writeSum(run, [](int16_t weight) { return weight < 0; }); !sum.empty())
        parts.push_back(writeCurrent(run, "inhibitory", sum));
    }
    if (parts.size() == 2)
      return add("lle.add " + parts[0] + ", " + parts[1] + " : (" + type + ", " + type + ") -> " + type);
    return parts.empty() || parts[0].empty() ? add("lle.weight dense<0.0> : " + type) : parts[0];
  }

  void writeRun(uint32_t run) {
    const CorePopulation &population = getPopulation(run);
    const uint32_t count = core.neurons[run].count;
    const bool fires = population.model == NeuronModel::CubaLIF;
    const bool subtracts = population.reset == ResetRule::Subtract;
    std::string input = writeInput(run), decay = getParameter(run, "decay_v", "decay");
    body << "  %run" << run << " = spk." << (fires ? "lif " : "li ") << quote(getRunName(run)) << " " << input
         << kDynamics;
    if (fires)
      body << " firing<compare = gt, reset = " << (subtracts ? "subtract" : "to_value")
           << ", when = same_step, emit = updated, scope = membrane, max_spikes = 1>";
    body << " {" << (decay.empty() ? getZeros(run, "decay") + ", " : decay) << getParameter(run, "bias", "bias");
    if (fires) {
      std::string threshold = getParameter(run, "v_threshold", "v_threshold");
      body << (threshold.empty() ? getZeros(run, "v_threshold") + ", " : threshold);
      std::string reset = getParameter(run, "v_reset", "v_reset");
      if (!subtracts)
        body << (reset.empty() ? getZeros(run, "v_reset") + ", " : reset);
    }
    body << getZeros(run, "v_init") << "} : " << getType(count, "f32");
    if (fires)
      body << " -> " << getType(count, "i1");
    body << "\n";
  }

  std::string finish() {
    std::string text;
    llvm::raw_string_ostream os(text);
    os << "lle.network @core_" << number << "(";
    const char *separator = "";
    for (const auto &[population, name] : ports) {
      SpikeSource source{false, population};
      os << separator << name << ": " << getType(getSize(source), getElement(source))
         << " {lle.name = " << quote(map.populations[population].name) << "}";
      separator = ", ";
    }
    std::string results, types, values;
    for (uint32_t run = 0; run < core.neurons.size(); ++run) {
      separator = run ? ", " : "";
      bool fires = getPopulation(run).model == NeuronModel::CubaLIF;
      std::string type = getType(core.neurons[run].count, fires ? "i1" : "f32");
      results += separator + type + " {lle.name = " + quote(getRunName(run)) + "}";
      types += separator + type;
      values += separator + ("%run" + std::to_string(run));
    }
    os << ") -> (" << results << ") attributes {dt = " << llvm::format("%.17e", dt) << " : f64} {\n"
       << bodyText << "  lle.output " << values << " : " << types << "\n}\n";
    return text;
  }

  const CoreMap &map;
  const CoreContents &core;
  uint32_t number;
  double dt;
  std::map<uint32_t, std::string> ports; ///< By population.
  std::vector<RunSynapses> synapses;     ///< Of each run.
  std::map<std::tuple<SpikeSource, uint32_t, uint32_t, uint32_t>, std::string> signals;
  std::string bodyText, weightType, error;
  llvm::raw_string_ostream body;
  unsigned results = 0;
};

} // namespace

Result<std::string> lle::writeCoreNetwork(const CoreMap &map, uint32_t core, double dt) {
  return CoreNetworkWriter(map, core, dt).write();
}
