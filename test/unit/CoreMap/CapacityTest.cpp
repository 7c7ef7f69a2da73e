//===- CapacityTest.cpp - does a core map fit its chip? -------------------===//

#include "runtime/coremap/Capacity.h"
#include "runtime/coremap/Layout.h"
#include "test/unit/CoreMap/RandomCoreMap.h"
#include "gmock/gmock.h"

#include <algorithm>
#include <functional>

using namespace lle::runtime;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

std::vector<std::string> getMessages(const CoreMap &map) {
  std::vector<std::string> messages;
  for (const CapacityViolation &violation : checkCapacity(map))
    messages.push_back(violation.message);
  return messages;
}

/// A layer of `neurons` on one core, each of one in-axon with a dense row to all.
CoreMap makeMap(ChipArithmetic arithmetic, uint32_t neurons = 10) {
  CoreMap map;
  map.arithmetic = arithmetic;
  map.figures = makeLimits(arithmetic, 1);
  map.populations.push_back({"fc1", NeuronModel::CubaLIF, {neurons}, {}});
  CoreContents &core = map.cores.emplace_back();
  core.x = 1;
  core.slot = 2;
  core.neurons = {{0, 0, neurons}};
  core.weights.assign(neurons, 1);
  core.rows = {{0, 0, neurons, true}};
  core.inAxons = {{0, 0}};
  if (arithmetic == ChipArithmetic::SpiNNaker2)
    map.gridWidth = 7, map.gridHeight = 6;
  return map;
}

std::string withLimit(CoreMap map, const char *name, double limit) {
  setLimit(map, name, limit);
  std::vector<std::string> messages = getMessages(map);
  return messages.size() == 1 ? messages[0] : std::to_string(messages.size()) + " messages";
}

const std::string kWhere = "layer 'fc1', core 0 (chip 0, x 1, y 0, slot 2): ";

/// Limits at what the map uses: it fits, and nothing may be added.
void tighten(CoreMap &map) {
  CoreUse most;
  uint64_t end = 0;
  for (const CoreContents &core : map.cores) {
    if (core.isHost)
      continue;
    CoreUse use = countCore(map, core);
    for (uint64_t CoreUse::*field :
         {&CoreUse::neurons, &CoreUse::synapseBytes, &CoreUse::memoryBytes, &CoreUse::inAxons, &CoreUse::outAxons,
          &CoreUse::indexBits, &CoreUse::maxDelay, &CoreUse::configurations, &CoreUse::thresholds, &CoreUse::formats})
      most.*field = std::max(most.*field, use.*field);
    end = std::max(end, getMemoryBytes(core));
  }
  setLimit(map, "core_neurons", most.neurons);
  setLimit(map, "core_synapse_bytes", most.synapseBytes);
  setLimit(map, "core_memory_bytes", std::max(most.memoryBytes, end));
  setLimit(map, "core_data_bytes", std::max(most.memoryBytes, end));
  setLimit(map, "core_in_axons", most.inAxons);
  setLimit(map, "core_out_axons", most.outAxons);
  setLimit(map, "index_bits", most.indexBits);
  setLimit(map, "delay_steps", most.maxDelay);
  setLimit(map, "core_configurations", most.configurations);
  setLimit(map, "core_thresholds", most.thresholds);
  setLimit(map, "core_synapse_formats", most.formats);
}

} // namespace

TEST(Capacity, Fits) {
  EXPECT_THAT(getMessages(makeMap(ChipArithmetic::Loihi)), IsEmpty());
  EXPECT_THAT(getMessages(makeMap(ChipArithmetic::SpiNNaker2)), IsEmpty());
}

TEST(Capacity, LimitsOfACoreOfLoihi) {
  CoreMap map = makeMap(ChipArithmetic::Loihi);
  EXPECT_EQ(withLimit(map, "core_neurons", 9),
            kWhere + "10 neurons, the limit is 9 (published: a test): put its neurons on more cores");
  // 10 * 8 + 10 bits are two words.
  EXPECT_EQ(withLimit(map, "core_synapse_bytes", 15),
            kWhere + "16 bytes of synapses, the limit is 15 (published: a test): put its neurons on more cores, prune "
                     "synapses, or take narrower weights");
  // With a word of axons, 10 of neurons and 4 of sums.
  EXPECT_EQ(withLimit(map, "core_memory_bytes", 135),
            kWhere + "136 bytes of memory, the limit is 135 (published: a test): put its neurons on more cores, or "
                     "shorten delays");
  map.cores[0].inAxons.push_back({0, 0});
  EXPECT_EQ(withLimit(map, "core_in_axons", 1),
            kWhere +
                "2 in-axons, the limit is 1 (assumed: a test): put neurons that share their inputs on one core, or "
                "prune inputs that matter least");
  map.cores[0].outAxons.resize(3);
  EXPECT_EQ(withLimit(map, "core_out_axons", 2),
            kWhere +
                "3 out-axons, the limit is 2 (assumed: a test): put its neurons on more cores, or their targets on "
                "fewer");
  map.cores[0].rows[0].delay = 9;
  EXPECT_EQ(withLimit(map, "delay_steps", 8), kWhere +
                                                  "9 ticks of delay, the limit is 8 (assumed: a test): shorten the "
                                                  "delay, or relay it through neurons");
  map.cores[0].rows.push_back({0, 0, 1, true});
  EXPECT_EQ(withLimit(map, "core_synapse_formats", 1),
            kWhere + "2 formats of synapses, the limit is 1 (assumed: a test): take fewer different delays and widths "
                     "of weights, or put layers on cores of their own");
  EXPECT_EQ(withLimit(map, "weight_bits", 6),
            kWhere + "8 bits of a weight, the limit is 6 (published: a test): quantise the weights to fewer bits");
}

TEST(Capacity, ParametersOfLoihi) {
  CoreMap map = makeMap(ChipArithmetic::Loihi, 3);
  map.populations[0].parameters = {{"du", {1, 1, 2}, {}}, {"dv", {7}, {}}, {"v_threshold", {5, 6, 7}, {}}};
  EXPECT_EQ(withLimit(map, "core_configurations", 1),
            kWhere + "2 pairs of decays, the limit is 1 (assumed: a test): give neurons of a layer the same decays, or "
                     "put layers on cores of their own");
  EXPECT_EQ(withLimit(map, "core_thresholds", 2),
            kWhere +
                "3 thresholds, the limit is 2 (assumed: a test): give neurons of a layer the same threshold, or put "
                "layers on cores of their own");
  // A core counts only its own neurons.
  map.cores[0].neurons = {{0, 0, 2}};
  EXPECT_EQ(countCore(map, map.cores[0]).configurations, 1u);
  EXPECT_EQ(countCore(map, map.cores[0]).thresholds, 2u);
}

TEST(Capacity, RegistersOfLoihi) {
  CoreMap map = makeMap(ChipArithmetic::Loihi, 3);
  auto check = [&](const char *name, int32_t value) {
    map.populations[0].parameters = {{name, {0, value, 0}, {}}};
    std::vector<std::string> messages = getMessages(map);
    return messages.empty() ? "" : messages.front();
  };
  EXPECT_EQ(check("du", -1), kWhere +
                                 "du is -1, a register holds 0 to 4095 (assumed, as on Loihi 1): choose a longer or "
                                 "shorter time constant");
  EXPECT_EQ(check("dv", 4096), kWhere + "dv is 4096, a register holds 0 to 4095 (assumed, as on Loihi 1): choose a "
                                        "longer or shorter time constant");
  EXPECT_EQ(check("v_threshold", 131072), kWhere +
                                              "v_threshold is 131072, a register holds 0 to 131071 (assumed, as on "
                                              "Loihi 1): scale weights and thresholds down");
  EXPECT_EQ(check("bias", -4097), kWhere +
                                      "bias is -4097, a register holds 12 bits and a sign, times 1 to 128 (assumed, "
                                      "as on Loihi 1): round the bias, or scale the layer down");
  EXPECT_NE(check("du", 4096), "");
  EXPECT_NE(check("bias", 4096 + 8191), "");
  EXPECT_NE(check("bias", 4095 << 8), "");
  for (auto [name, value] : {std::pair("du", 4095), std::pair("dv", 0), std::pair("v_threshold", 131071),
                             std::pair("bias", -(4095 << 7)), std::pair("bias", 4098)})
    EXPECT_EQ(check(name, value), "") << name << " " << value;
}

// Of a population on two cores the neurons of each are looked at, one violation for each parameter and core; one value
// for all neurons is looked at once.
TEST(Capacity, RegistersOfNeuronsOnTwoCores) {
  CoreMap map = makeMap(ChipArithmetic::Loihi, 5);
  map.populations.push_back({"fc2", NeuronModel::CubaLIF, {4}, {}});
  map.cores.push_back(map.cores[0]);
  map.cores[0].neurons = {{0, 0, 5}};
  map.cores[1].neurons = {{1, 1, 3}};
  map.cores[1].x = 2;
  map.populations[1].parameters = {{"du", {5000, 1, 4097, 4098}, {}}, {"v_threshold", {131073}, {}}};
  std::vector<CapacityViolation> violations = checkCapacity(map);
  ASSERT_EQ(violations.size(), 2u);
  const std::string where = "layer 'fc2', core 1 (chip 0, x 2, y 0, slot 2): ";
  EXPECT_EQ(violations[0].message.rfind(where + "du is 4097, ", 0), 0u) << violations[0].message;
  EXPECT_EQ(violations[1].message.rfind(where + "v_threshold is 131073, ", 0), 0u) << violations[1].message;
  EXPECT_EQ(violations[0].core, 1u);
  EXPECT_EQ(violations[0].used, 4097u);
  EXPECT_EQ(violations[0].limit, 4095u);
}

TEST(Capacity, IndicesOfLoihi) {
  CoreMap map = makeMap(ChipArithmetic::Loihi, 5000);
  map.cores[0].rows = {{0, 0, 2, false}};
  map.cores[0].weights = {1, 1};
  map.cores[0].offsets = {0, 4096};
  EXPECT_THAT(getMessages(map), ElementsAre(kWhere + "13 bits of an index, the limit is 12 (assumed: a test): put its "
                                                     "neurons on more cores"));
  map.cores[0].offsets = {0, 4095};
  EXPECT_THAT(getMessages(map), IsEmpty());
}

TEST(Capacity, LimitsOfACoreOfSpiNNaker2) {
  CoreMap map = makeMap(ChipArithmetic::SpiNNaker2);
  EXPECT_EQ(withLimit(map, "core_synapse_bytes", 15),
            kWhere +
                "16 bytes of synapses, the limit is 15 (published: a test): put its neurons on more cores, or prune "
                "synapses");
  // 40 of parameters, 120 of states, 160 of sums, 16 of synapses, 4 of axons, 4096 of stack.
  EXPECT_EQ(withLimit(map, "core_data_bytes", 4435), kWhere +
                                                         "4436 bytes of data, the limit is 4435 (published: a test)"
                                                         ": put its neurons on more cores, or shorten delays");
}

TEST(Capacity, ProgramsOfSpiNNaker2) {
  CoreMap map = makeMap(ChipArithmetic::SpiNNaker2);
  setLimit(map, "core_memory_bytes", 1000);
  EXPECT_FALSE(checkProgram(map, 0, 1000));
  std::optional<CapacityViolation> violation = checkProgram(map, 0, 1001);
  ASSERT_TRUE(violation);
  EXPECT_EQ(violation->message, kWhere + "1001 bytes of code and data, the limit is 1000 (published: a test): give it "
                                         "fewer neurons (neuro-partition's neurons), or less connected ones");
  EXPECT_EQ(violation->used, 1001u);
  EXPECT_EQ(violation->limit, 1000u);
}

TEST(Capacity, WidthsAndRangesOfWeights) {
  CoreMap map = makeMap(ChipArithmetic::Loihi, 2);
  CoreContents &core = map.cores[0];
  auto check = [&](SynapseFormat format, std::vector<int16_t> weights) {
    core.formats = {format};
    core.weights = std::move(weights);
    return getMessages(map);
  };
  auto refuse = [](int weight, const std::string &format) {
    return ElementsAre(kWhere + "a weight of " + std::to_string(weight) + " in rows that store " + format +
                       ": quantise the weights, or store more bits");
  };
  EXPECT_THAT(check({SignMode::Mixed, 8, 1}, {-256, 254}), IsEmpty());
  EXPECT_THAT(check({SignMode::Mixed, 8, 1}, {-256, 253}), refuse(253, "8 bits, with signs, times 2"));
  EXPECT_THAT(check({SignMode::Mixed, 8, 0}, {-128, 128}), refuse(128, "8 bits, with signs, times 1"));
  EXPECT_THAT(check({SignMode::Excitatory, 8, 0}, {0, 255}), IsEmpty());
  EXPECT_THAT(check({SignMode::Excitatory, 8, 0}, {0, -1}), refuse(-1, "8 bits, all positive, times 1"));
  EXPECT_THAT(check({SignMode::Inhibitory, 2, 3}, {0, -24}), IsEmpty());
  EXPECT_THAT(check({SignMode::Inhibitory, 2, 3}, {8, -24}), refuse(8, "2 bits, all negative, times 8"));
  EXPECT_THAT(check({SignMode::Inhibitory, 2, 3}, {0, -32}), refuse(-32, "2 bits, all negative, times 8"));
  EXPECT_THAT(check({SignMode::Mixed, 7, 0}, {-64, 63}),
              ElementsAre(kWhere + "weights of 7 bits cannot be stored, only of 1 to 6 and 8 (assumed, "
                                   "as on Loihi 1): take another width"));
  core.rows[0].delay = 5;
  EXPECT_THAT(check({SignMode::Mixed, 8, 0, 2}, {1, 1}),
              ElementsAre(kWhere + "a delay of 5 ticks in rows whose delays have 2 bits: give them more"));
  map = makeMap(ChipArithmetic::SpiNNaker2, 2);
  map.cores[0].weights = {-128, 128}; // no exponent on SpiNNaker2
  EXPECT_THAT(getMessages(map), ElementsAre(kWhere + "9 bits of a weight, the limit is 8 (published: a test): quantise "
                                                     "the weights to fewer bits"));
}

TEST(Capacity, PlacesAndChips) {
  CoreMap map = makeMap(ChipArithmetic::Loihi);
  map.cores.push_back(map.cores[0]);
  EXPECT_THAT(getMessages(map),
              ElementsAre("layer 'fc1', core 1 (chip 0, x 1, y 0, slot 2): core 0 has the same place: "
                          "place one of them anew"));
  map.cores[1].slot = 4;
  EXPECT_THAT(
      getMessages(map),
      ElementsAre("layer 'fc1', core 1 (chip 0, x 1, y 0, slot 4): there is no core at this place of 1 chips of "
                  "8 x 4 routers with 4 cores: place it anew"));
  map.cores[1].slot = 1;
  EXPECT_EQ(withLimit(map, "chip_cores", 1), "chip 0: 2 cores, the limit is 1 (published: a test): use more chips, or "
                                             "fill the cores more");
  map.chips = 2;
  EXPECT_THAT(getMessages(map),
              ElementsAre("the map: 2 chips, the limit is 1 (published: a test): take a larger system, "
                          "or fill the cores more"));
  map.chips = 1;
  map.cores[1].isHost = true;
  map.cores[1].chip = 1;
  EXPECT_THAT(getMessages(map), ElementsAre("core 1, a host, is at chip 1, and the map has 1"));
  map = makeMap(ChipArithmetic::SpiNNaker2);
  map.cores[0].x = map.cores[0].y = 3; // the event router
  EXPECT_THAT(
      getMessages(map),
      ElementsAre("layer 'fc1', core 0 (chip 0, x 3, y 3, slot 2): there is no core at this place of 1 chips of "
                  "7 x 6 routers with 4 cores: place it anew"));
}

TEST(Capacity, LayersAreNamed) {
  CoreMap map = makeMap(ChipArithmetic::Loihi);
  map.cores[0].neurons.clear();
  for (const char *name : {"b", "c", "d", "e"}) {
    map.cores[0].neurons.push_back({uint32_t(map.populations.size()), 0, 10});
    map.populations.push_back({name, NeuronModel::CubaLIF, {10}, {}});
  }
  EXPECT_EQ(
      withLimit(map, "core_neurons", 39),
      "layers 'b', 'c', 'd' and 1 more, core 0 (chip 0, x 1, y 0, slot 2): 40 neurons, the limit is 39 (published: "
      "a test): put its neurons on more cores");
}

TEST(Capacity, RegionsHaveRoom) {
  CoreMap map = makeMap(ChipArithmetic::Loihi);
  map.cores[0].weights[0] = -128; // 8 bits
  layOutMemory(map);
  EXPECT_THAT(getMessages(map), IsEmpty());
  std::vector<MemoryRegion> good = map.cores[0].memory;
  map.cores[0].memory[1].offset -= 8;
  EXPECT_THAT(getMessages(map), ElementsAre(kWhere + "the region 'in-axons' begins at 8, inside 'synapses', which ends "
                                                     "at 16: lay out the memory anew"));
  map.cores[0].memory = good;
  map.cores[0].memory[0].bytes = 8;
  EXPECT_THAT(
      getMessages(map),
      ElementsAre(kWhere + "what it holds of synapses takes 16 bytes, its regions have 8: lay out the memory anew",
                  kWhere + "what it holds takes 136 bytes, its regions have 128: lay out the memory anew"));
  map.cores[0].memory = good;
  map.cores[0].memory.back().offset = 196600;
  EXPECT_THAT(getMessages(map), ElementsAre(kWhere + "196632 bytes to the end of its regions, the limit is 196608 "
                                                     "(published: a test): lay out the memory anew"));
}

TEST(Capacity, KeysAndRouters) {
  CoreMap map = makeMap(ChipArithmetic::SpiNNaker2);
  map.isMulticast = true;
  map.cores.push_back(map.cores[0]);
  map.cores[1].slot = 1;
  map.cores[1].firstKey = 9;
  EXPECT_THAT(getMessages(map),
              ElementsAre("layer 'fc1', core 1 (chip 0, x 1, y 0, slot 1): its keys, from 9 on, begin "
                          "among those of core 0, which end before 10: route anew"));
  map.cores[1].firstKey = 4294967290u;
  EXPECT_THAT(getMessages(map), ElementsAre("layer 'fc1', core 1 (chip 0, x 1, y 0, slot 1): its keys, from 4294967290 "
                                            "on, have more than 32 bits: route anew"));
  map.cores[1].firstKey = 10;
  map.routers.push_back({0, 0, 0, std::vector<RouteEntry>(3)});
  EXPECT_EQ(withLimit(map, "router_entries", 2),
            "the router of chip 0: 3 entries, the limit is 2 (published: a test): put neurons with the same targets on "
            "neighbouring cores, or fill the cores more");
}

TEST(Capacity, AMissingLimitIsAViolation) {
  CoreMap map = makeMap(ChipArithmetic::Loihi);
  map.cores.push_back(map.cores[0]);
  map.cores[1].slot = 1;
  map.figures.erase(map.figures.begin() + 2); // once for both cores
  EXPECT_THAT(getMessages(map),
              ElementsAre("limits.core_neurons is not among the figures of the map: it cannot be checked"));
}

TEST(Capacity, RandomMapsFit) {
  std::mt19937 random(3);
  for (unsigned i = 0; i < 200; ++i) {
    CoreMap map = makeRandomMap(random, i % 2 ? ChipArithmetic::Loihi : ChipArithmetic::SpiNNaker2, 1 + i % 3);
    layOutMemory(map);
    EXPECT_THAT(getMessages(map), IsEmpty());
    tighten(map);
    EXPECT_THAT(getMessages(map), IsEmpty());
  }
}

// 1,000 damages to maps whose limits are what they use: each is found, at its core, as what it is.
TEST(Capacity, EveryDamageIsFound) {
  std::mt19937 random(4);
  auto pick = [&](uint32_t n) { return std::uniform_int_distribution<uint32_t>(0, n - 1)(random); };

  struct Damage {
    const char *resource;
    bool isLoihiOnly;
    std::function<void(CoreMap &, CoreContents &)> apply;
  };
  auto addRow = [](CoreContents &core, uint32_t count, bool isDense, uint8_t delay) {
    SynapseRow row{uint32_t(core.weights.size()), uint32_t(core.offsets.size()), count, isDense, delay};
    core.weights.resize(core.weights.size() + count, 1);
    if (!isDense)
      core.offsets.resize(core.offsets.size() + count);
    core.rows.push_back(row);
  };
  const std::vector<Damage> damages = {
      {"neurons", false, [](CoreMap &map, CoreContents &core) { core.neurons[0].count = 1 + map.figures[2].value; }},
      {"bytes of synapses", false,
       [&](CoreMap &map, CoreContents &core) { addRow(core, 64 * (map.figures[3].value + 1), true, 1); }},
      {"bytes of synapses", false,
       [&](CoreMap &map, CoreContents &core) { addRow(core, map.figures[3].value, false, 1); }},
      {"in-axons", true, [](CoreMap &map, CoreContents &core) { core.inAxons.resize(map.figures[8].value + 1); }},
      {"out-axons", true, [](CoreMap &map, CoreContents &core) { core.outAxons.resize(map.figures[9].value + 1); }},
      {"ticks of delay", false,
       [&](CoreMap &map, CoreContents &core) { addRow(core, 1, true, map.figures[7].value + 1); }},
      {"ticks of delay", false,
       [&](CoreMap &map, CoreContents &core) {
         addRow(core, 1, true, 1);
         core.rows.back().firstDelay = core.delays.size();
         core.delays.push_back(map.figures[7].value + 1);
       }},
      {"formats of synapses", true,
       [&](CoreMap &map, CoreContents &core) {
         for (unsigned bits = 0; bits <= map.figures[12].value; ++bits) {
           addRow(core, 1, true, 1);
           core.rows.back().format = core.formats.size();
           core.formats.push_back({SignMode::Mixed, 8, 0, uint8_t(bits)});
         }
       }},
      {"pairs of decays", true,
       [](CoreMap &map, CoreContents &core) {
         for (unsigned i = 0; i <= map.figures[10].value; ++i) {
           core.neurons.push_back({uint32_t(map.populations.size()), 0, 1});
           map.populations.push_back({"more", NeuronModel::CubaLI, {1}, {{"du", {int32_t(i)}, {}}, {"dv", {1}, {}}}});
         }
       }},
      {"thresholds", true,
       [](CoreMap &map, CoreContents &core) {
         CorePopulation more{"more", NeuronModel::CubaLIF, {64}, {{"v_threshold", {}, {}}}};
         for (int32_t i = 0; i < 64; ++i)
           more.parameters[0].integers.push_back(i);
         core.neurons.push_back({uint32_t(map.populations.size()), 0, uint32_t(map.figures[11].value) + 1});
         map.populations.push_back(more);
       }},
      {"bits of an index", true,
       [&](CoreMap &map, CoreContents &core) {
         addRow(core, 1, false, 1);
         core.offsets.back() = 1u << static_cast<unsigned>(map.figures[13].value);
       }},
      {"weight width", true, [](CoreMap &, CoreContents &core) { core.formats.push_back({SignMode::Mixed, 0}); }},
      {"weight width", true, [](CoreMap &, CoreContents &core) { core.formats.push_back({SignMode::Mixed, 7}); }},
      {"weight range", true,
       [&](CoreMap &, CoreContents &core) {
         addRow(core, 1, true, 1);
         core.rows.back().format = core.formats.size();
         core.formats.push_back({SignMode::Mixed, 8});
         core.weights.back() = pick(2) ? 128 + int32_t(pick(1000)) : -129 - int32_t(pick(1000));
       }},
      {"bits of a weight", false,
       [&](CoreMap &map, CoreContents &core) {
         addRow(core, 1, true, 1);
         core.weights.back() = 128;
         if (map.arithmetic == ChipArithmetic::Loihi) {
           core.rows.back().format = core.formats.size();
           core.formats.push_back({SignMode::Mixed, 9});
         }
       }},
      {"delay range", true,
       [&](CoreMap &, CoreContents &core) {
         addRow(core, 1, true, 3);
         core.rows.back().format = core.formats.size();
         core.formats.push_back({SignMode::Mixed, 8, 0, 1});
       }},
      {"place", false, [](CoreMap &map, CoreContents &core) { core.chip = map.chips; }},
      {"place", false, [](CoreMap &map, CoreContents &core) { core.x = map.gridWidth; }},
      {"place", false, [](CoreMap &map, CoreContents &core) { core.y = map.gridHeight; }},
      {"place", false, [](CoreMap &map, CoreContents &core) { core.slot = map.slots; }},
      {"regions", false, [](CoreMap &, CoreContents &core) { core.memory[1].offset -= 1; }},
      {"regions", false, [&](CoreMap &, CoreContents &core) { core.memory[pick(core.memory.size())].bytes -= 1; }},
      {"regions", false, [&](CoreMap &, CoreContents &core) { core.memory.pop_back(); }},
  };

  for (unsigned i = 0; i < 1000; ++i) {
    const Damage &damage = damages[i % damages.size()];
    CoreMap map = makeRandomMap(
        random, damage.isLoihiOnly || pick(2) ? ChipArithmetic::Loihi : ChipArithmetic::SpiNNaker2, 1 + pick(3));
    layOutMemory(map);
    tighten(map);
    ASSERT_THAT(getMessages(map), IsEmpty());
    uint32_t core = 1 + pick(map.cores.size() - 1); // 0 is the host
    damage.apply(map, map.cores[core]);
    std::vector<CapacityViolation> violations = checkCapacity(map);
    EXPECT_TRUE(std::any_of(violations.begin(), violations.end(),
                            [&](const CapacityViolation &violation) {
                              return violation.resource == damage.resource && violation.core == core;
                            }))
        << "damage " << i << " to core " << core << ": " << damage.resource;
  }
}
