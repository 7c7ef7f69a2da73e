//===- SanaFe.cpp - core maps for the simulator SANA-FE -------------------===//
#include "targets/CoreMaps/SanaFe.h"
#include "runtime/coremap/Board.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <set>

using namespace lle;
using namespace lle::runtime;

namespace {

// Joules, of loihi.yaml.
constexpr double kAccess = 51.2e-12, kUpdate = 21.6e-12, kSpike = 69.3e-12, kMessage = 111.0e-12;
constexpr double kDense = 35.5e-12, kSparse = 33.6e-12, kHopX = 3.0e-12, kHopY = 4.2e-12;

constexpr uint64_t kMaxNeurons = 1024;
/// No membrane reaches it: that of a neuron that reads out.
constexpr double kNoThreshold = 1 << 30;

/// Most of its rows are dense.
bool isDenseCore(const CoreContents &core) {
  size_t dense = std::count_if(core.rows.begin(), core.rows.end(), [](const SynapseRow &row) { return row.isDense; });
  return 2 * dense > core.rows.size();
}

class SanaFeWriter {
public:
  SanaFeWriter(const CoreMap &map, const std::vector<std::vector<int32_t>> &inputs)
      : map(map), inputs(inputs), board(map), architecture(files.architecture), network(files.network) {}

  Result<SanaFeFiles> write() {
    if (Status status = check(); !status)
      return status.error();
    findGrid();
    writeArchitecture();
    network << "network:\n  name: " << toName(map.target) << "\n  groups:\n";
    forEachRun([&](uint32_t core, const NeuronRun &run) { writeGroup(core, run); });
    network << "  edges:\n";
    writeEdges();
    network << "mappings:\n";
    forEachRun([&](uint32_t core, const NeuronRun &run) { writeMapping(core, run); });
    return std::move(files);
  }

private:
  Status check() const {
    if (map.arithmetic != ChipArithmetic::Loihi || map.isMulticast)
      return makeError("SANA-FE: only maps of Loihi can be exported");
    for (size_t i = 0; i < map.cores.size(); ++i) {
      const CoreContents &core = map.cores[i];
      if (uint64_t neurons = countLocalNeurons(core); neurons > kMaxNeurons && !core.isHost)
        return makeError("SANA-FE: core ", i, " has ", neurons, " neurons, its models hold ", kMaxNeurons,
                         ": map it with --set=neuro-partition.neurons=", kMaxNeurons);
      uint8_t delay = core.delays.empty() ? 1 : *std::max_element(core.delays.begin(), core.delays.end());
      for (const SynapseRow &row : core.rows)
        if (row.firstDelay == UINT32_MAX)
          delay = std::max(delay, row.delay);
      if (delay > 1)
        return makeError("SANA-FE: core ", i, " has a synapse with a delay of ", unsigned(delay),
                         " ticks, only 1 can be "
                         "exported");
    }
    if (Status status = checkMessages(); !status)
      return status;
    for (const CorePopulation &population : map.populations) {
      if (population.resetInterval)
        return makeError("SANA-FE: '", population.name, "' resets its neurons every ", population.resetInterval,
                         " steps, which cannot be exported");
      if (population.start && std::any_of(population.parameters.begin(), population.parameters.end(),
                                          [](const NeuronParameter &parameter) { return parameter.name == "bias"; }))
        return makeError("SANA-FE: '", population.name, "' has biases and starts in tick ", population.start,
                         ", but all neurons start in tick 0 there");
    }
    for (size_t i = 0; i < inputs.size() && i < map.inputs.size(); ++i)
      for (int32_t value : inputs[i])
        if (value != 0 && value != 1)
          return makeError("SANA-FE: the input '", map.inputs[i].name, "' has the value ", value,
                           ", only spikes can be exported");
    return {};
  }

  /// A message there is what a neuron sends to a core, whatever it has for it.
  Status checkMessages() const {
    for (size_t i = 0; i < map.cores.size(); ++i) {
      const CoreContents &core = map.cores[i];
      for (size_t n = 0; n + 1 < core.outBegin.size(); ++n) {
        std::set<uint32_t> targets;
        for (uint32_t k = core.outBegin[n]; k < core.outBegin[n + 1]; ++k)
          if (uint32_t target = core.outAxons[k].core; !targets.insert(target).second)
            return makeError("SANA-FE: neuron ", n, " of core ", i, " sends two packets to core ", target,
                             ", which would be one message there");
      }
    }
    return {};
  }

  template <typename Visit>
  void forEachRun(Visit visit) {
    for (uint32_t i = 0; i < map.cores.size(); ++i)
      for (const NeuronRun &run : map.cores[i].neurons)
        visit(i, run);
  }

  static std::string toName(const std::string &name) {
    std::string text = name;
    for (char &c : text)
      if (!std::isalnum(static_cast<unsigned char>(c)))
        c = '_';
    return text;
  }
  std::string getGroup(uint32_t core, const NeuronRun &run) const {
    return makeError("p", run.population, "_", toName(map.populations[run.population].name), "_c", core, "_n",
                     run.first)
        .message;
  }

  void findGrid() {
    BoardPlace low = board.getPlace(0), high = low;
    for (uint32_t chip = 1; chip < map.chips; ++chip) {
      BoardPlace place = board.getPlace(chip);
      low = {std::min(low.first, place.first), std::min(low.second, place.second)};
      high = {std::max(high.first, place.first), std::max(high.second, place.second)};
    }
    origin = low;
    width = uint32_t(high.first - low.first + 1) * map.gridWidth;
    height = uint32_t(high.second - low.second + 1) * map.gridHeight;
  }

  /// "tile.core"; tiles are numbered column by column, and hosts are cores behind the others of their tile.
  std::string getCore(uint32_t index) const {
    const CoreContents &core = map.cores[index];
    BoardPlace chip = board.getPlace(core.chip);
    uint32_t x = uint32_t(chip.first - origin.first) * map.gridWidth + core.x;
    uint32_t y = uint32_t(chip.second - origin.second) * map.gridHeight + core.y;
    uint32_t slot = core.isHost ? map.slots : core.slot;
    for (uint32_t i = 0; core.isHost && i < index; ++i)
      slot += map.cores[i].isHost;
    return std::to_string(x * height + y) + "." + std::to_string(slot);
  }

  void writeArchitecture() {
    uint32_t hosts = 0;
    uint64_t inputNeurons = 0;
    for (const CoreContents &core : map.cores)
      if (core.isHost) {
        ++hosts;
        inputNeurons = std::max(inputNeurons, countLocalNeurons(core));
      }
    architecture << "# Cores of " << map.target << " with SANA-FE's constants of Loihi 1; cores behind slot "
                 << map.slots - 1 << " of a tile are hosts, which send inputs.\n"
                 << "architecture:\n  name: " << toName(map.target)
                 << "\n  attributes:\n    topology: mesh\n    width: " << width << "\n    height: " << height
                 << "\n    link_buffer_size: 16\n    sync_model: table\n"
                 << "    latency_sync: {1: 0.6e-6, 2: 1.0e-6, 4: 1.4e-6, 29: 1.8e-6}\n  tile:\n"
                 << "    - name: tile[0.." << width * height - 1 << "]\n      attributes:\n"
                 << "        energy_north_hop: 4.2e-12\n        latency_north_hop: 6.5e-9\n"
                 << "        energy_south_hop: 4.2e-12\n        latency_south_hop: 6.5e-9\n"
                 << "        energy_east_hop: 3.0e-12\n        latency_east_hop: 4.1e-9\n"
                 << "        energy_west_hop: 3.0e-12\n        latency_west_hop: 4.1e-9\n      core:\n"
                 << "        - name: core[0.." << map.slots + hosts - 1 << "]\n          attributes:\n"
                 << "            buffer_position: soma\n            buffer_inside_unit: false\n"
                 << "            max_neurons_supported: " << std::max(kMaxNeurons, inputNeurons) << "\n"
                 << "          axon_in:\n            - name: in\n"
                 << "              attributes: {energy_message_in: 0.0, latency_message_in: 16.0e-9}\n"
                 << "          synapse:\n            - name: dense\n"
                 << "              attributes: {model: current_based, energy_process_spike: 35.5e-12, "
                 << "latency_process_spike: 3.8e-9}\n            - name: sparse\n"
                 << "              attributes: {model: current_based, energy_process_spike: 33.6e-12, "
                 << "latency_process_spike: 4.7e-9}\n          dendrite:\n            - name: sums\n"
                 << "              attributes: {model: accumulator, energy_update: 0.0, latency_update: 0.0}\n"
                 << "          soma:\n            - name: lif\n              attributes: {model: leaky_integrate_fire, "
                 << "energy_access_neuron: 51.2e-12, latency_access_neuron: 6.0e-9, energy_update_neuron: 21.6e-12, "
                 << "latency_update_neuron: 3.7e-9, energy_spike_out: 69.3e-12, latency_spike_out: 30.0e-9}\n";
    if (inputNeurons)
      architecture << "            - name: input[0.." << inputNeurons - 1
                   << "]\n              attributes: {model: input, "
                   << "energy_access_neuron: 0.0, latency_access_neuron: 0.0, energy_update_neuron: 0.0, "
                   << "latency_update_neuron: 0.0, energy_spike_out: 0.0, latency_spike_out: 0.0}\n";
    architecture << "          axon_out:\n            - name: out\n"
                 << "              attributes: {energy_message_out: 111.0e-12, latency_message_out: 5.1e-9}\n";
  }

  int32_t getParameter(const CorePopulation &population, std::string_view name, uint32_t neuron) const {
    for (const NeuronParameter &parameter : population.parameters)
      if (parameter.name == name && !parameter.integers.empty())
        return parameter.integers.size() == 1 ? parameter.integers[0] : parameter.integers[neuron];
    return 0;
  }

  void writeGroup(uint32_t core, const NeuronRun &run) {
    network << "    - name: " << getGroup(core, run) << "\n      attributes: {log_spikes: true}\n      neurons:\n";
    for (uint32_t i = 0; i < run.count; ++i) {
      network << "        - " << i << ": {";
      if (map.populations[run.population].model == NeuronModel::Input)
        writeSpikes(run.population, run.first + i);
      else
        writeNeuron(map.populations[run.population], run.first + i);
      network << "}\n";
    }
  }

  void writeSpikes(uint32_t population, uint32_t neuron) {
    size_t size = 1;
    for (int64_t extent : map.populations[population].shape)
      size *= size_t(extent);
    network << "spikes: [";
    for (size_t port = 0; port < map.inputs.size() && port < inputs.size(); ++port)
      if (map.inputs[port].population == population)
        for (size_t at = neuron; at < inputs[port].size(); at += size)
          network << (at == neuron ? "" : ", ") << inputs[port][at];
    network << "]";
  }

  /// A unit of SANA-FE is 64 of the chip: weights, the threshold's mantissa and the bias have no shift by 6.
  void writeNeuron(const CorePopulation &population, uint32_t neuron) {
    double threshold =
        population.model == NeuronModel::CubaLI ? kNoThreshold : getParameter(population, "v_threshold", neuron);
    network << "force_update: true, threshold: " << llvm::format("%.17g", threshold) << ", reset: 0, leak_decay: "
            << llvm::format("%.17g", (4096.0 - getParameter(population, "dv", neuron)) / 4096)
            << ", input_decay: " << llvm::format("%.17g", (4095.0 - getParameter(population, "du", neuron)) / 4096)
            << ", bias: " << llvm::format("%.17g", getParameter(population, "bias", neuron) / 64.0);
  }

  void writeMapping(uint32_t core, const NeuronRun &run) {
    std::string group = getGroup(core, run), place = getCore(core);
    if (!map.cores[core].isHost) {
      network << "  - " << group << ".0.." << run.count - 1 << ": {core: " << place
              << ", soma: lif, dendrite: sums, synapse: " << (isDenseCore(map.cores[core]) ? "dense" : "sparse")
              << "}\n";
      return;
    }
    uint32_t unit = 0; // the number in its core
    for (const NeuronRun *other = map.cores[core].neurons.data(); other != &run; ++other)
      unit += other->count;
    for (uint32_t i = 0; i < run.count; ++i)
      network << "  - " << group << "." << i << ": {core: " << place << ", soma: input[" << unit + i << "]}\n";
  }

  void writeEdges() {
    std::vector<std::vector<std::string>> neurons(map.cores.size()); // "group.number", by local neuron
    forEachRun([&](uint32_t core, const NeuronRun &run) {
      for (uint32_t i = 0; i < run.count; ++i)
        neurons[core].push_back(getGroup(core, run) + "." + std::to_string(i));
    });
    for (size_t source = 0; source < map.cores.size(); ++source)
      for (size_t n = 0; n + 1 < map.cores[source].outBegin.size(); ++n)
        for (uint32_t i = map.cores[source].outBegin[n]; i < map.cores[source].outBegin[n + 1]; ++i) {
          OutAxon out = map.cores[source].outAxons[i];
          writeRow(neurons[source][n], map.cores[out.core], neurons[out.core], out.axon);
        }
  }

  void writeRow(const std::string &source, const CoreContents &core, const std::vector<std::string> &targets,
                uint32_t axon) {
    std::vector<uint32_t> exponents; // by local neuron
    for (const NeuronRun &run : core.neurons)
      exponents.insert(exponents.end(), run.count, map.populations[run.population].weightExponent);
    const SynapseRow &row = core.rows[core.inAxons[axon].row];
    for (uint32_t i = 0; i < row.count; ++i) {
      uint32_t target = core.inAxons[axon].base + (row.isDense ? i : core.offsets[row.firstOffset + i]);
      network << "    - " << source << " -> " << targets[target]
              << ": {weight: " << core.weights[row.firstWeight + i] * (1 << exponents[target]) << "}\n";
    }
  }

  const CoreMap &map;
  const std::vector<std::vector<int32_t>> &inputs;
  ChipBoard board;
  SanaFeFiles files;
  llvm::raw_string_ostream architecture, network;
  BoardPlace origin;
  uint32_t width = 0, height = 0; ///< tiles
};

} // namespace

Result<SanaFeFiles> lle::exportSanaFe(const CoreMap &map, const std::vector<std::vector<int32_t>> &inputs) {
  return SanaFeWriter(map, inputs).write();
}

SanaFeCounts lle::countSanaFe(const CoreMap &map, const Activity &activity) {
  SanaFeCounts counts;
  for (size_t i = 0; i < map.cores.size(); ++i) {
    const CoreActivity &core = activity.cores[i];
    (isDenseCore(map.cores[i]) ? counts.denseOperations : counts.sparseOperations) += core.synapticOperations;
    counts.messages += core.packetsOut;
    counts.hopsX += core.hopsX;
    counts.hopsY += core.hopsY;
    counts.spikes += core.firings;
    if (!map.cores[i].isHost)
      counts.updates += countLocalNeurons(map.cores[i]) * activity.ticks;
  }
  return counts;
}

double lle::estimateSanaFeEnergy(const CoreMap &map, const Activity &activity) {
  constexpr double kPicojoules = 1e12;
  CoreMap priced; // what computeEnergy reads of a map
  auto setFigure = [&](const char *name, double joules) {
    priced.figures.push_back({name, joules * kPicojoules, "measured", "loihi.yaml"});
  };
  double picojoules = 0;
  for (size_t i = 0; i < map.cores.size(); ++i) {
    priced.figures.clear();
    setFigure("unit_pj.synaptic_operation", isDenseCore(map.cores[i]) ? kDense : kSparse);
    setFigure("unit_pj.neuron_update", kAccess + kUpdate);
    setFigure("unit_pj.firing", kSpike);
    setFigure("unit_pj.spike", kMessage);
    setFigure("unit_pj.hop_x", kHopX);
    setFigure("unit_pj.hop_y", kHopY);
    CoreActivity core = activity.cores[i];
    if (!map.cores[i].isHost)
      core.neuronUpdates = countLocalNeurons(map.cores[i]) * activity.ticks;
    picojoules += computeEnergy(priced, core);
  }
  return picojoules / kPicojoules;
}

double lle::computeSanaFeEnergy(const SanaFeCounts &counts) {
  return double(counts.updates) * (kAccess + kUpdate) + double(counts.spikes) * kSpike +
         double(counts.denseOperations) * kDense + double(counts.sparseOperations) * kSparse +
         double(counts.messages) * kMessage + double(counts.hopsX) * kHopX + double(counts.hopsY) * kHopY;
}
