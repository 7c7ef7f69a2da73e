//===- RandomCoreMap.cpp - maps for tests ---------------------------------===//

#include "test/unit/CoreMap/RandomCoreMap.h"

#include <algorithm>

using namespace lle::runtime;

namespace {

class MapMaker {
public:
  MapMaker(std::mt19937 &random, ChipArithmetic arithmetic) : random(random) { map.arithmetic = arithmetic; }

  CoreMap make(uint32_t chips) {
    bool isLoihi = map.arithmetic == ChipArithmetic::Loihi;
    map.target = isLoihi ? "loihi2" : "spinnaker2";
    map.chips = chips;
    map.gridWidth = isLoihi ? 8 : 7;
    map.gridHeight = isLoihi ? 4 : 6;
    map.figures = makeLimits(map.arithmetic, chips);
    map.inputs.push_back({"x", 0});
    uint32_t layers = pick(2, 4);
    addPopulation("x", pick(1, 60), true);
    for (uint32_t i = 1; i <= layers; ++i) {
      addPopulation("layer" + std::to_string(i), pick(1, 150), false);
      connect(i - 1, i);
      if (pick(0, 1))
        connect(i, i);
    }
    map.outputs.push_back({"y", layers});
    for (CoreContents &core : map.cores)
      finish(core);
    placeInOrder(map, std::max<uint32_t>(1, (map.cores.size() + chips - 1) / chips));
    return std::move(map);
  }

private:
  uint32_t pick(uint32_t low, uint32_t high) { return std::uniform_int_distribution<uint32_t>(low, high)(random); }

  void addPopulation(std::string name, uint32_t size, bool isInput) {
    CorePopulation population;
    population.name = std::move(name);
    population.shape = {size};
    population.model = isInput ? NeuronModel::Input : NeuronModel::CubaLIF;
    bool isLoihi = map.arithmetic == ChipArithmetic::Loihi;
    std::vector<const char *> parameters = {isLoihi ? "du" : "decay_i", isLoihi ? "dv" : "decay_v", "v_threshold"};
    for (const char *parameter : isInput ? std::vector<const char *>() : parameters) {
      NeuronParameter value{parameter, {}, {}};
      if (isLoihi)
        value.integers = {int32_t(pick(0, 4095))};
      else
        value.reals.resize(pick(0, 1) ? size : 1, 0.5f);
      population.parameters.push_back(value);
    }
    uint32_t index = map.populations.size();
    map.populations.push_back(std::move(population));
    for (uint32_t first = 0; first < size;) {
      uint32_t count = isInput ? size : std::min(size - first, pick(1, 60));
      // A core may hold the end of a layer and the beginning of the next one.
      if (first || isInput || map.cores.size() == 1 || pick(0, 1)) {
        map.cores.emplace_back().isHost = isInput;
        sources.emplace_back();
      }
      map.cores.back().neurons.push_back({index, first, count});
      sources.back().resize(sources.back().size() + count);
      first += count;
    }
  }

  /// Neurons of the population at `from`, as (core, local neuron), send to those of `to`.
  void connect(uint32_t from, uint32_t to) {
    uint32_t form = pick(0, 2), delay = pick(1, 4);
    for (uint32_t target = 0; target < map.cores.size(); ++target) {
      uint32_t base = 0;
      for (const NeuronRun &run : map.cores[target].neurons) {
        if (run.population == to)
          for (uint32_t source = 0; source < map.cores.size(); ++source)
            connectCores(source, from, target, base, run.count, form, delay);
        base += run.count;
      }
    }
  }

  void connectCores(uint32_t source, uint32_t from, uint32_t target, uint32_t base, uint32_t count, uint32_t form,
                    uint32_t delay) {
    uint32_t local = 0;
    for (const NeuronRun &run : map.cores[source].neurons) {
      for (uint32_t n = 0; run.population == from && n < run.count; ++n) {
        if (pick(0, 9) == 0)
          continue;
        CoreContents &core = map.cores[target];
        SynapseRow row;
        row.firstWeight = core.weights.size();
        row.firstOffset = core.offsets.size();
        row.isDense = form == 0;
        row.delay = delay;
        if (form == 2)
          row.firstDelay = core.delays.size();
        for (uint32_t i = 0; i < count; ++i) {
          if (!row.isDense && i && pick(0, 2))
            continue;
          core.weights.push_back(pick(0, 3) ? int32_t(pick(0, 254)) - 127 : 1);
          if (!row.isDense)
            core.offsets.push_back(i);
          if (form == 2)
            core.delays.push_back(pick(1, 4));
          ++row.count;
        }
        core.inAxons.push_back({uint32_t(core.rows.size()), base});
        core.rows.push_back(row);
        sources[source][local + n].push_back({target, uint32_t(core.inAxons.size() - 1)});
      }
      local += run.count;
    }
  }

  void finish(CoreContents &core) {
    core.outBegin = {0};
    for (const std::vector<OutAxon> &axons : sources[&core - map.cores.data()]) {
      core.outAxons.insert(core.outAxons.end(), axons.begin(), axons.end());
      core.outBegin.push_back(core.outAxons.size());
    }
  }

  std::mt19937 &random;
  CoreMap map;
  std::vector<std::vector<std::vector<OutAxon>>> sources; ///< of each core's neurons
};

} // namespace

std::vector<ChipFigure> lle::runtime::makeLimits(ChipArithmetic arithmetic, uint32_t chips) {
  std::vector<ChipFigure> figures;
  auto add = [&](const char *name, double value, const char *provenance = "published") {
    figures.push_back({std::string("limits.") + name, value, provenance, "a test"});
  };
  bool isLoihi = arithmetic == ChipArithmetic::Loihi;
  add("system_chips", chips);
  add("chip_cores", isLoihi ? 128 : 148);
  add("core_neurons", isLoihi ? 8192 : 1024);
  add("core_synapse_bytes", isLoihi ? 131072 : 98304);
  add("core_memory_bytes", isLoihi ? 196608 : 131072);
  add("core_data_bytes", 98304);
  add("weight_bits", 8);
  add("delay_steps", isLoihi ? 62 : 7, "assumed");
  add("core_in_axons", 4096, "assumed");
  add("core_out_axons", 4096, "assumed");
  add("core_configurations", 32, "assumed");
  add("core_thresholds", 8, "assumed");
  add("core_synapse_formats", 8, "assumed");
  add("index_bits", 12, "assumed");
  add("router_entries", 16384);
  if (!isLoihi) // the middle of the columns 3 and 6 of 7 x 6
    add("grid_gaps", double(uint64_t(1) << 17 | uint64_t(1) << 20 | uint64_t(1) << 24 | uint64_t(1) << 27));
  return figures;
}

void lle::runtime::setLimit(CoreMap &map, const char *name, double value) {
  for (ChipFigure &figure : map.figures)
    if (figure.name == std::string("limits.") + name)
      figure.value = value;
}

void lle::runtime::placeInOrder(CoreMap &map, uint32_t perChip) {
  uint32_t chip = 0, x = 0, y = 0, slot = 0, onChip = 0;
  auto isHole = [&] {
    return map.arithmetic == ChipArithmetic::SpiNNaker2 && (x == 3 || x == 6) && (y == 2 || y == 3);
  };
  for (CoreContents &core : map.cores) {
    if (core.isHost)
      continue;
    if (onChip == perChip) {
      ++chip;
      x = y = slot = onChip = 0;
    }
    core.chip = chip;
    core.x = x;
    core.y = y;
    core.slot = slot;
    ++onChip;
    if (++slot < map.slots)
      continue;
    slot = 0;
    do
      if (++x == map.gridWidth) {
        x = 0;
        ++y;
      }
    while (isHole());
  }
}

CoreMap lle::runtime::makeRandomMap(std::mt19937 &random, ChipArithmetic arithmetic, uint32_t chips) {
  return MapMaker(random, arithmetic).make(chips);
}
