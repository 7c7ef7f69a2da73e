//===- CoreMapTest.cpp - writing, reading and refusing core maps ----------===//
//
// Part of LLE, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomMap.h"
#include "runtime/host/Model.h"
#include "gmock/gmock.h"
#include <algorithm>
#include <functional>
#include <limits>

using namespace lle::runtime;
using namespace lle::test;
using testing::HasSubstr;
using testing::StartsWith;

namespace {

/// Two inputs, three neurons on one core and two that are read on another; every field is used.
CoreMap smallMap() {
  MapBuilder builder;
  uint32_t x = builder.addInput("x", 2);
  uint32_t lif =
      builder.addPopulation("lif", NeuronModel::CubaLIF, 3, 1, {{"du", {409}, {}}, {"v_threshold", {1, 2, 3}, {}}});
  uint32_t li = builder.addPopulation("li", NeuronModel::CubaLI, 2, 2);
  builder.map.populations[lif].weightExponent = 2;
  builder.map.populations[lif].resetInterval = 8;
  builder.map.populations[lif].resetOffset = 3;
  builder.addOutput(lif);
  builder.addOutput(li);
  uint32_t host = builder.addCore({{x, 0, 2}}), a = builder.addCore({{lif, 0, 2}}),
           b = builder.addCore({{li, 0, 2}, {lif, 2, 1}});
  builder.connectRow(host, 0, a, {1, -2});
  builder.connect(host, 1, a, builder.addInAxon(a, builder.addRow(a, {3, 4}, 1, {1, 0}, {1, 2})));
  builder.connectRow(a, 0, b, {5, 6, 7});
  builder.connectRow(b, 2, a, {-8, 9}, 3);
  builder.map.cores[a].memory = {{"neurons", 0, 8}, {"synapses", 8, 100}};
  builder.map.cores[a].formats = {{SignMode::Mixed, 8, 0, 1}, {SignMode::Excitatory, 3, 1, 0}};
  builder.map.cores[a].rows[0].format = 1;
  builder.map.figures = {{"unit_pj.spike", 1.7, "assumed", "a paper"}};
  builder.map.routers = {{0, -3, 4, {}}};
  return builder.finish();
}

/// SpiNNaker2, with keys.
CoreMap keyedMap() {
  MapBuilder builder;
  builder.map.arithmetic = ChipArithmetic::SpiNNaker2;
  builder.map.isMulticast = true;
  builder.map.chips = 2;
  uint32_t x = builder.addInput("x", 2);
  uint32_t lif = builder.addPopulation("lif", NeuronModel::CubaLIF, 2, 1, {{"v_threshold", {}, {1.5f}}});
  builder.map.populations[lif].reset = ResetRule::Subtract;
  builder.addOutput(lif);
  builder.addCore({{x, 0, 2}});
  uint32_t core = builder.addCore({{lif, 0, 2}});
  builder.addInAxon(core, builder.addRow(core, {1, 2}));
  CoreContents &c = builder.map.cores[core];
  c.chip = 1;
  c.keyRanges = {{0, 2, 0}, {8, 1, 1}};
  c.keyedAxons = {0, UINT32_MAX};
  builder.map.routers = {{0, 0, 0, {{0, 0xfffffffe, 1, {}}}}, {1, 1, 0, {{0, 0xfffffffe, 0, {core}}}}};
  return builder.finish();
}

Bytes bytesOf(const CoreMap &map) {
  Result<Bytes> bytes = writeCoreMap(map);
  EXPECT_TRUE(bool(bytes)) << bytes.error().message;
  return bytes ? *bytes : Bytes();
}

Package packageOf(const CoreMap &map) {
  Package package;
  package.name = "small";
  package.dt = 1e-3;
  package.profile = "loihi";
  for (const CorePort &port : map.inputs)
    package.inputs.push_back({port.name, LLE_I8, true, 1, map.populations[port.population].shape, ""});
  for (const CorePort &port : map.outputs)
    package.outputs.push_back({port.name, lle_element(port.isMembrane ? LLE_I32 : LLE_I8), !port.isMembrane,
                               !port.isMembrane, map.populations[port.population].shape, ""});
  package.variants = {{"loihi2", VariantKind::CoreMap, "", {}, "", "", "", bytesOf(map)}};
  package.provenance = {"small.net", "0123", "lle-compile", "0.1.0"};
  return package;
}

} // namespace

TEST(CoreMap, RoundTripKeepsEveryField) {
  for (const CoreMap &map : {smallMap(), keyedMap()}) {
    Bytes bytes = bytesOf(map);
    Result<CoreMap> read = readCoreMap(bytes.data(), bytes.size(), "m.lle");
    ASSERT_TRUE(bool(read)) << read.error().message;
    EXPECT_EQ(read->target, "test");
    EXPECT_EQ(read->arithmetic, map.arithmetic);
    EXPECT_EQ(read->isMulticast, map.isMulticast);
    EXPECT_EQ(read->populations[1].shape, map.populations[1].shape);
    EXPECT_EQ(read->populations[1].parameters[0].integers, map.populations[1].parameters[0].integers);
    EXPECT_EQ(read->populations[1].parameters[0].reals, map.populations[1].parameters[0].reals);
    EXPECT_EQ(read->populations[1].reset, map.populations[1].reset);
    EXPECT_EQ(read->populations[1].weightExponent, map.populations[1].weightExponent);
    EXPECT_EQ(read->populations[1].resetOffset, map.populations[1].resetOffset);
    EXPECT_EQ(read->cores[1].weights, map.cores[1].weights);
    EXPECT_EQ(read->cores[1].offsets, map.cores[1].offsets);
    EXPECT_EQ(read->cores[1].delays, map.cores[1].delays);
    EXPECT_EQ(read->cores[1].rows.back().delay, map.cores[1].rows.back().delay);
    EXPECT_EQ(read->cores[1].rows[0].isDense, map.cores[1].rows[0].isDense);
    EXPECT_EQ(read->cores[1].outBegin, map.cores[1].outBegin);
    EXPECT_EQ(read->cores[1].keyedAxons, map.cores[1].keyedAxons);
    EXPECT_EQ(read->cores[1].formats, map.cores[1].formats);
    EXPECT_EQ(read->cores[1].rows[0].format, map.cores[1].rows[0].format);
    EXPECT_EQ(read->cores[1].memory.size(), map.cores[1].memory.size());
    EXPECT_EQ(read->routers.back().x, map.routers.back().x);
    EXPECT_EQ(read->figures.size(), map.figures.size());
    // A field that one of the two directions forgets would differ here.
    EXPECT_EQ(bytesOf(*read), bytes);
  }
}

TEST(CoreMap, ReadsFromPackagesOnly) {
  Package package = packageOf(smallMap());
  Result<Bytes> bytes = writePackage(package);
  ASSERT_TRUE(bool(bytes)) << bytes.error().message;
  Result<Package> read = readPackage(bytes->data(), bytes->size(), "m.lle");
  ASSERT_TRUE(bool(read)) << read.error().message;
  EXPECT_TRUE(bool(readCoreMap(*read, "m.lle")));
  EXPECT_TRUE(bool(readCoreMap(*read, "m.lle", "loihi2")));
  EXPECT_EQ(readCoreMap(*read, "m.lle", "mars").error().message,
            "m.lle: variants: there is no core map for the target 'mars'");
  // It is no native code, whoever asks for it.
  for (const char *target : {"", "loihi2"})
    EXPECT_EQ(Model::load(bytes->data(), bytes->size(), "m.lle", target).error().message,
              "m.lle: variants: none runs here; loihi2: is a core map, which the emulator runs");
}

TEST(CoreMap, FitsThePackagesPorts) {
  Package package = packageOf(smallMap());
  auto refusal = [&](auto change) {
    Package changed = package;
    change(changed);
    Result<CoreMap> map = readCoreMap(changed, "m");
    return map ? "accepted" : map.error().message;
  };
  EXPECT_EQ(refusal([](Package &p) { p.inputs[0].name = "z"; }), "m: input 'z': the core map has no such port");
  EXPECT_EQ(refusal([](Package &p) { p.inputs.clear(); }), "m: the core map has 1 inputs, the package 0");
  EXPECT_EQ(refusal([](Package &p) { p.outputs[0].shape = {1, 3}; }),
            "m: output 'lif': its shape is not that of the population 'lif'");
  EXPECT_EQ(refusal([](Package &p) { p.outputs[1].element = LLE_F32; }),
            "m: output 'li': its type is not what the population 'li' takes or gives");
  EXPECT_EQ(refusal([](Package &p) { p.inputs[0].element = LLE_F32; }),
            "m: input 'x': its type is not what the population 'x' takes or gives");
  EXPECT_EQ(refusal([](Package &p) { p.variants[0].code.resize(40); }),
            "m: loihi2: the structure is damaged or truncated");
  EXPECT_EQ(refusal([](Package &p) { p.outputs.pop_back(); }), "accepted");
}

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

namespace {
struct MapRule {
  const char *message;
  std::function<void(CoreMap &)> breakIt;
  bool isKeyed = false;
};
class CoreMapRule : public testing::TestWithParam<MapRule> {};
} // namespace

TEST_P(CoreMapRule, IsCheckedByWriterAndReader) {
  CoreMap map = GetParam().isKeyed ? keyedMap() : smallMap();
  ASSERT_TRUE(bool(verifyCoreMap(map, "m")));
  GetParam().breakIt(map);
  Status status = verifyCoreMap(map, "m");
  ASSERT_FALSE(bool(status));
  EXPECT_THAT(status.error().message, StartsWith(std::string("m: ") + GetParam().message));
  EXPECT_FALSE(bool(writeCoreMap(map)));
}

INSTANTIATE_TEST_SUITE_P(
    All, CoreMapRule,
    testing::Values(
        MapRule{"target: is empty", [](CoreMap &m) { m.target = ""; }},
        MapRule{"arithmetic: unknown kind 2", [](CoreMap &m) { m.arithmetic = ChipArithmetic(2); }},
        MapRule{"chips: is 0", [](CoreMap &m) { m.chips = 0; }},
        MapRule{"slots: is 2097152", [](CoreMap &m) { m.slots = 1 << 21; }},
        MapRule{"chips: have more than", [](CoreMap &m) { m.gridWidth = m.gridHeight = 1 << 11; }},
        MapRule{"populations[1].name: is empty", [](CoreMap &m) { m.populations[1].name = ""; }},
        MapRule{"populations[2].name: 'lif' occurs", [](CoreMap &m) { m.populations[2].name = "lif"; }},
        MapRule{"populations[1].model: unknown kind 3", [](CoreMap &m) { m.populations[1].model = NeuronModel(3); }},
        MapRule{"populations[1].shape: has too", [](CoreMap &m) { m.populations[1].shape = {3, 0}; }},
        MapRule{"populations[1].shape: has too", [](CoreMap &m) { m.populations[1].shape = {1 << 14, 1 << 14}; }},
        MapRule{"populations[0].parameters: an input", [](CoreMap &m) { m.populations[0].parameters.resize(1); }},
        MapRule{"populations[1].parameters[1]: has 2 values",
                [](CoreMap &m) { m.populations[1].parameters[1].integers.pop_back(); }},
        MapRule{"populations[1].parameters[0].name: Loihi has no parameter 'w'",
                [](CoreMap &m) { m.populations[1].parameters[0].name = "w"; }},
        MapRule{"populations[1].parameters[0]: du is 4096, expected -1 to 4095",
                [](CoreMap &m) { m.populations[1].parameters[0].integers = {4096}; }},
        MapRule{"populations[1].parameters[0]: Loihi has no real",
                [](CoreMap &m) { m.populations[1].parameters[0].reals = {1}; }},
        MapRule{"populations[1].parameters[1].name: 'du' occurs",
                [](CoreMap &m) { m.populations[1].parameters[1] = m.populations[1].parameters[0]; }},
        MapRule{"populations[1].reset: unknown", [](CoreMap &m) { m.populations[1].reset = ResetRule(2); }},
        MapRule{"populations[1].reset: neurons of Loihi",
                [](CoreMap &m) { m.populations[1].reset = ResetRule::Subtract; }},
        MapRule{"populations[1].weight_exponent: is 8", [](CoreMap &m) { m.populations[1].weightExponent = 8; }},
        MapRule{"populations[1].start: is 4097", [](CoreMap &m) { m.populations[1].start = 4097; }},
        MapRule{"populations[1].reset_offset: is 8 of", [](CoreMap &m) { m.populations[1].resetOffset = 8; }},
        MapRule{"cores[1]: chip 0, router (8, 0)", [](CoreMap &m) { m.cores[1].x = 8; }},
        MapRule{"cores[0]: the host is at", [](CoreMap &m) { m.cores[0].y = 1; }},
        MapRule{"cores[2]: chip 0, router (0, 0), slot 0 is taken", [](CoreMap &m) { m.cores[2].x = 0; }},
        MapRule{"cores[1]: packets have out-axons", [](CoreMap &m) { m.cores[1].keyedAxons = {0}; }},
        MapRule{"cores[1].neurons[0]: there is no population 3",
                [](CoreMap &m) { m.cores[1].neurons[0].population = 3; }},
        MapRule{"cores[1].neurons[0]: is no part", [](CoreMap &m) { m.cores[1].neurons[0].first = 2; }},
        MapRule{"cores[0].neurons[0]: 'x': inputs are", [](CoreMap &m) { m.cores[0].isHost = false; }},
        MapRule{"cores[1].formats[1]: is none: sign 1, weights of 17 bits, exponent 1, delays of 0 bits",
                [](CoreMap &m) { m.cores[1].formats[1].weightBits = 17; }},
        MapRule{"cores[1].formats[0]: is none: sign 3",
                [](CoreMap &m) { m.cores[1].formats[0].sign = SignMode(3); }},
        MapRule{"cores[1].formats[0]: is none: sign 0, weights of 8 bits, exponent 16",
                [](CoreMap &m) { m.cores[1].formats[0].exponent = 16; }},
        MapRule{"cores[1].formats[0]: is none: sign 0, weights of 8 bits, exponent 0, delays of 8",
                [](CoreMap &m) { m.cores[1].formats[0].delayBits = 8; }},
        MapRule{"cores[1].rows[1].format: is 2, the core has 2", [](CoreMap &m) { m.cores[1].rows[1].format = 2; }},
        MapRule{"cores[1].weights: are -8 to 256", [](CoreMap &m) { m.cores[1].weights[0] = 256; }},
        MapRule{"cores[1].rows[0].count: is 0", [](CoreMap &m) { m.cores[1].rows[0].count = 0; }},
        MapRule{"cores[1].rows[0].first_weight: the", [](CoreMap &m) { m.cores[1].rows[0].firstWeight = 5; }},
        MapRule{"cores[1].rows[0].delay: is 65", [](CoreMap &m) { m.cores[1].rows[0].delay = 65; }},
        MapRule{"cores[1].rows[0].delay: is 0", [](CoreMap &m) { m.cores[1].rows[0].delay = 0; }},
        MapRule{"cores[1].rows[1].first_delay: the", [](CoreMap &m) { m.cores[1].rows[1].firstDelay = 1; }},
        MapRule{"cores[1].rows[1].delays: one is 65", [](CoreMap &m) { m.cores[1].delays[1] = 65; }},
        MapRule{"cores[1].rows[1].first_offset: the", [](CoreMap &m) { m.cores[1].rows[1].firstOffset = 1; }},
        MapRule{"cores[1].in_axons[0]: there is no row 3", [](CoreMap &m) { m.cores[1].inAxons[0].row = 3; }},
        MapRule{"cores[1].in_axons[1]: its row ends", [](CoreMap &m) { m.cores[1].offsets[0] = 2; }},
        MapRule{"cores[1].in_axons[0]: its row ends", [](CoreMap &m) { m.cores[1].inAxons[0].base = UINT32_MAX; }},
        MapRule{"cores[1].out_begin: has 2", [](CoreMap &m) { m.cores[1].outBegin.pop_back(); }},
        MapRule{"cores[1].out_begin: is empty", [](CoreMap &m) { m.cores[1].outBegin.clear(); }},
        MapRule{"cores[1].out_begin: does not", [](CoreMap &m) { m.cores[1].outBegin = {0, 2, 1}; }},
        MapRule{"cores[1].out_axons[0]: core 3 has", [](CoreMap &m) { m.cores[1].outAxons[0].core = 3; }},
        MapRule{"cores[1].out_axons[0]: core 2 has no in-axon 9", [](CoreMap &m) { m.cores[1].outAxons[0].axon = 9; }},
        MapRule{"cores[1].memory[0].name: is empty", [](CoreMap &m) { m.cores[1].memory[0].name = ""; }},
        MapRule{"cores[1].memory[1]: ends beyond", [](CoreMap &m) { m.cores[1].memory[1].bytes = UINT64_MAX; }},
        MapRule{"cores[1].memory: regions overlap at byte 7", [](CoreMap &m) { m.cores[1].memory[1].offset = 7; }},
        MapRule{"populations[1]: 'lif': neuron 2 is on no core", [](CoreMap &m) {
                  m.cores[2].neurons.pop_back();
                  m.cores[2].inAxons.clear();
                  m.cores[2].rows.clear();
                  m.cores[1].outBegin = {0, 0, 0};
                  m.cores[1].outAxons.clear();
                  m.cores[2].outBegin = {0, 0, 0};
                  m.cores[2].outAxons.clear();
                }},
        MapRule{"populations[1]: 'lif': neuron 2 is on no core, or another on two",
                [](CoreMap &m) { m.cores[2].neurons[1].first = 1; }},
        MapRule{"routers[0].chip: there is no chip 1", [](CoreMap &m) { m.routers[0].chip = 1; }},
        MapRule{"routers[0]: the place (5000, 4)", [](CoreMap &m) { m.routers[0].x = 5000; }},
        MapRule{"routers[0]: has entries", [](CoreMap &m) { m.routers[0].entries.resize(1); }},
        MapRule{"routers: chip 1 has no place", [](CoreMap &m) {
                  m.chips = 2;
                  m.routers[0] = {0, 1, 0, {}};
                }},
        MapRule{"inputs[0].name: is empty", [](CoreMap &m) { m.inputs[0].name = ""; }},
        MapRule{"inputs[0]: population 1 is no input", [](CoreMap &m) { m.inputs[0].population = 1; }},
        MapRule{"populations[0]: is an input without", [](CoreMap &m) { m.inputs.clear(); }},
        MapRule{"outputs: is empty", [](CoreMap &m) { m.outputs.clear(); }},
        MapRule{"outputs[1].name: 'lif' occurs", [](CoreMap &m) { m.outputs[1].name = "lif"; }},
        MapRule{"outputs[0]: there is no population 7", [](CoreMap &m) { m.outputs[0].population = 7; }},
        MapRule{"outputs[0]: population 2 gives no spikes", [](CoreMap &m) { m.outputs[0].population = 2; }},
        MapRule{"figures[0].value: is not", [](CoreMap &m) { m.figures[0].value = HUGE_VAL; }},
        MapRule{"figures[0].source: is empty", [](CoreMap &m) { m.figures[0].source = ""; }},
        MapRule{"figures[1].name: 'unit_pj.spike' occurs", [](CoreMap &m) { m.figures.push_back(m.figures[0]); }},
        MapRule{"populations[1].parameters[0].name: SpiNNaker2 has no parameter 'du'",
                [](CoreMap &m) { m.populations[1].parameters[0].name = "du"; }, true},
        MapRule{"populations[1].parameters[0]: v_threshold is no finite",
                [](CoreMap &m) { m.populations[1].parameters[0].reals = {NAN}; }, true},
        MapRule{"populations[1].parameters[0]: SpiNNaker2 has no integer",
                [](CoreMap &m) { m.populations[1].parameters[0].integers = {1}; }, true},
        MapRule{"populations[1].weight_exponent: is 1", [](CoreMap &m) { m.populations[1].weightExponent = 1; }, true},
        MapRule{"cores[1].weights: are 1 to 128", [](CoreMap &m) { m.cores[1].weights[1] = 128; }, true},
        MapRule{"cores[1]: packets have keys", [](CoreMap &m) { m.cores[1].outBegin = {0, 0, 0}; }, true},
        MapRule{"cores[1].key_ranges[1]: is empty, or not behind",
                [](CoreMap &m) { m.cores[1].keyRanges[1].firstKey = 1; }, true},
        MapRule{"cores[1].key_ranges[1]: ends beyond 32 bits",
                [](CoreMap &m) { m.cores[1].keyRanges[1] = {UINT32_MAX, 2, 0}; }, true},
        MapRule{"cores[1].key_ranges[1]: ends beyond the 2 keyed",
                [](CoreMap &m) { m.cores[1].keyRanges[1].count = 2; }, true},
        MapRule{"cores[1].keyed_axons[0]: there is no in-axon 1", [](CoreMap &m) { m.cores[1].keyedAxons[0] = 1; },
                true},
        MapRule{"cores[1].first_key: the keys", [](CoreMap &m) { m.cores[1].firstKey = UINT32_MAX; }, true},
        MapRule{"cores: two neurons send the key 1", [](CoreMap &m) { m.cores[1].firstKey = 1; }, true},
        MapRule{"routers[0].entries[0]: has key bits", [](CoreMap &m) { m.routers[0].entries[0].key = 1; }, true},
        MapRule{"routers[0].entries[0]: has key bits", [](CoreMap &m) { m.routers[0].entries[0].links = 64; }, true},
        MapRule{"routers[1].entries[0]: core 0 is not",
                [](CoreMap &m) { m.routers[1].entries[0].cores = {0}; }, true}));

//===----------------------------------------------------------------------===//
// Damage
//===----------------------------------------------------------------------===//

/// Nothing that is read may harm: the sanitizers watch.
static bool runsOrIsRefused(const Bytes &bytes) {
  Result<CoreMap> map = readCoreMap(bytes.data(), bytes.size(), "m");
  if (!map)
    return false;
  Result<Emulator> emulator = Emulator::create(*map, "m");
  if (!emulator)
    return false;
  std::vector<IntValues> inputs;
  std::vector<const int32_t *> from;
  for (const CorePort &port : map->inputs)
    from.push_back(inputs.emplace_back(6 * countNeurons(map->populations[port.population]), 1).data());
  std::vector<Bytes> outputs;
  std::vector<void *> to;
  for (const CorePort &port : map->outputs)
    to.push_back(outputs.emplace_back(24 * countNeurons(map->populations[port.population])).data());
  Emulation emulation = emulator->start();
  emulation.run(6, from.data(), to.data());
  EXPECT_EQ(emulation.activity().steps, 6u);
  return true;
}

// The hash of a file guards what no rule could: a weight for another one.
TEST(CoreMap, DamagedFilesAreNotRead) {
  for (const CoreMap &map : {smallMap(), keyedMap()}) {
    const Bytes expected = bytesOf(map);
    Package package = packageOf(map);
    if (map.arithmetic == ChipArithmetic::SpiNNaker2)
      package.variants[0].target = "spinnaker2";
    Result<Bytes> bytes = writePackage(package);
    ASSERT_TRUE(bool(bytes)) << bytes.error().message;
    std::mt19937 random(11);
    size_t refused = 0;
    for (int trial = 0; trial < 1000; ++trial) {
      Bytes damaged = *bytes;
      for (uint32_t changes = 1 + random() % 3; changes > 0; --changes)
        damaged[random() % damaged.size()] ^= uint8_t(1 + random() % 255);
      if (trial % 50 == 0)
        damaged.resize(random() % damaged.size());
      Result<Package> read = readPackage(damaged.data(), damaged.size(), "m");
      Result<CoreMap> damagedMap = read ? readCoreMap(*read, "m") : Result<CoreMap>(read.error());
      if (!damagedMap)
        ++refused;
      else
        EXPECT_EQ(bytesOf(*damagedMap), expected) << trial; // a byte that holds nothing
    }
    EXPECT_GT(refused, 980u);
  }
}

TEST(CoreMap, SurvivesDamage) {
  size_t accepted = 0, refused = 0;
  for (const CoreMap &map : {smallMap(), keyedMap()}) {
    const Bytes bytes = bytesOf(map);
    ASSERT_TRUE(runsOrIsRefused(bytes));
    std::mt19937 random(7);
    for (int trial = 0; trial < 2000; ++trial) {
      Bytes damaged = bytes;
      for (uint32_t changes = 1 + random() % 3; changes > 0; --changes)
        damaged[random() % damaged.size()] = uint8_t(random() % 2 ? random() : 1u << random() % 8);
      if (trial % 50 == 0)
        damaged.resize(random() % damaged.size());
      ++(runsOrIsRefused(damaged) ? accepted : refused);
    }
  }
  // Weights, delays and names may change; most else may not.
  EXPECT_GT(accepted, 200u);
  EXPECT_GT(refused, 2000u);
}
