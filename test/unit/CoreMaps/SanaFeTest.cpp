//===- SanaFeTest.cpp - core maps for the simulator SANA-FE ---------------===//

#include "targets/CoreMaps/SanaFe.h"
#include "runtime/emulator/Emulator.h"
#include "gmock/gmock.h"

#include <random>
#include <set>

using namespace lle;
using namespace lle::runtime;
using testing::HasSubstr;

namespace {

/// One input to a neuron 'b' at (1, 2), which sends to one that reads out, 'c' at (1, 0). 'b' fires one tick after a
/// spike and has a current that is gone then; its membrane is 0 otherwise.
CoreMap makeChain() {
  CoreMap map;
  map.target = "loihi2";
  auto parameters = [](int32_t threshold) {
    return std::vector<NeuronParameter>{{"du", {4095}, {}}, {"dv", {0}, {}}, {"v_threshold", {threshold}, {}}};
  };
  map.populations.push_back({"x", NeuronModel::Input, {1}, {}});
  map.populations.push_back({"b.1", NeuronModel::CubaLIF, {1}, parameters(9)});
  map.populations.push_back({"c", NeuronModel::CubaLI, {2}, {{"du", {4095}, {}}, {"dv", {1024}, {}}}});
  map.populations[1].weightExponent = 1;
  map.populations[1].start = 1;
  map.populations[2].start = 2;
  map.cores.resize(3);
  map.cores[0].isHost = true;
  map.cores[0].neurons = {{0, 0, 1}};
  map.cores[0].outBegin = {0, 1};
  map.cores[0].outAxons = {{1, 0}};
  map.cores[1].x = 1;
  map.cores[1].y = 2;
  map.cores[1].neurons = {{1, 0, 1}};
  map.cores[1].inAxons = {{0, 0}};
  map.cores[1].rows = {{0, 0, 1, true}};
  map.cores[1].weights = {5};
  map.cores[1].outBegin = {0, 1};
  map.cores[1].outAxons = {{2, 0}};
  map.cores[2].x = 1;
  map.cores[2].slot = 3;
  map.cores[2].neurons = {{2, 0, 2}};
  map.cores[2].inAxons = {{0, 0}};
  map.cores[2].rows = {{0, 0, 2, false}};
  map.cores[2].weights = {3, -4};
  map.cores[2].offsets = {0, 1};
  map.cores[2].outBegin = {0, 0, 0};
  map.inputs = {{"x", 0}};
  map.outputs = {{"y", 2, true}};
  return map;
}

std::string getRefusal(const CoreMap &map, const std::vector<std::vector<int32_t>> &inputs = {}) {
  Result<SanaFeFiles> files = exportSanaFe(map, inputs);
  return files ? "accepted" : files.error().message;
}

} // namespace

TEST(SanaFe, Files) {
  Result<SanaFeFiles> files = exportSanaFe(makeChain(), {{1, 0, 1}});
  ASSERT_TRUE(bool(files)) << files.error().message;
  EXPECT_THAT(files->architecture, HasSubstr("    width: 8\n    height: 4\n"));
  EXPECT_THAT(files->architecture, HasSubstr("- name: tile[0..31]\n"));
  EXPECT_THAT(files->architecture, HasSubstr("- name: core[0..4]\n")); // four, and the host
  EXPECT_THAT(files->architecture, HasSubstr("- name: input[0..0]\n"));
  EXPECT_EQ(files->network, R"(network:
  name: loihi2
  groups:
    - name: p0_x_c0_n0
      attributes: {log_spikes: true}
      neurons:
        - 0: {spikes: [1, 0, 1]}
    - name: p1_b_1_c1_n0
      attributes: {log_spikes: true}
      neurons:
        - 0: {force_update: true, threshold: 9, reset: 0, leak_decay: 1, input_decay: 0, bias: 0}
    - name: p2_c_c2_n0
      attributes: {log_spikes: true}
      neurons:
        - 0: {force_update: true, threshold: 1073741824, reset: 0, leak_decay: 0.75, input_decay: 0, bias: 0}
        - 1: {force_update: true, threshold: 1073741824, reset: 0, leak_decay: 0.75, input_decay: 0, bias: 0}
  edges:
    - p0_x_c0_n0.0 -> p1_b_1_c1_n0.0: {weight: 10}
    - p1_b_1_c1_n0.0 -> p2_c_c2_n0.0: {weight: 3}
    - p1_b_1_c1_n0.0 -> p2_c_c2_n0.1: {weight: -4}
mappings:
  - p0_x_c0_n0.0: {core: 0.4, soma: input[0]}
  - p1_b_1_c1_n0.0..0: {core: 6.0, soma: lif, dendrite: sums, synapse: dense}
  - p2_c_c2_n0.0..1: {core: 4.3, soma: lif, dendrite: sums, synapse: sparse}
)");
}

// Inputs in steps 0 and 2 of 3: two spikes of the input, which take 1 + 2 hops each, and two of 'b', which take 2. In
// the 5 ticks 3 neurons are updated 15 times. Inputs are sent, but don't fire on the chip.
TEST(SanaFe, EnergyOfAChain) {
  CoreMap map = makeChain();
  Result<Emulator> emulator = Emulator::create(map, "a map");
  ASSERT_TRUE(bool(emulator)) << emulator.error().message;
  Emulation emulation = emulator->start();
  std::vector<int32_t> input = {1, 0, 1}, output(6);
  const int32_t *inputs[] = {input.data()};
  void *outputs[] = {output.data()};
  emulation.run(3, inputs, outputs);
  SanaFeCounts counts = countSanaFe(map, emulation.activity());
  EXPECT_EQ(counts.updates, 15u);
  EXPECT_EQ(counts.spikes, 2u);
  EXPECT_EQ(counts.denseOperations, 2u);
  EXPECT_EQ(counts.sparseOperations, 4u);
  EXPECT_EQ(counts.messages, 4u);
  EXPECT_EQ(counts.hopsX, 2u);
  EXPECT_EQ(counts.hopsY, 8u);
  // 15 * (51.2 + 21.6) + 2 * 69.3 + 2 * 35.5 + 4 * 33.6 + 4 * 111 + 2 * 3 + 8 * 4.2
  EXPECT_NEAR(computeSanaFeEnergy(counts), 1919.6e-12, 1919.6e-12 * 1e-6);
  EXPECT_NEAR(estimateSanaFeEnergy(map, emulation.activity()), 1919.6e-12, 1919.6e-12 * 1e-6);
}

// What SANA-FE sums up is the emulator's own estimate with the same constants, whatever the input.
TEST(SanaFe, EnergyOfRandomInputs) {
  CoreMap map = makeChain();
  Result<Emulator> emulator = Emulator::create(map, "a map");
  ASSERT_TRUE(bool(emulator)) << emulator.error().message;
  std::mt19937 random(3);
  std::set<double> energies;
  for (int sample = 0; sample < 50; ++sample) {
    Emulation emulation = emulator->start();
    const size_t steps = 1 + random() % 40;
    std::vector<int32_t> input(steps), output(2 * steps);
    for (int32_t &spike : input)
      spike = random() % 3 == 0;
    const int32_t *inputs[] = {input.data()};
    void *outputs[] = {output.data()};
    emulation.run(steps, inputs, outputs);
    const double energy = computeSanaFeEnergy(countSanaFe(map, emulation.activity()));
    EXPECT_NEAR(estimateSanaFeEnergy(map, emulation.activity()), energy, 1e-6 * energy) << "sample " << sample;
    energies.insert(energy);
  }
  EXPECT_GT(energies.size(), 20u);
}

TEST(SanaFe, Refusals) {
  CoreMap map = makeChain();
  map.arithmetic = ChipArithmetic::SpiNNaker2;
  EXPECT_EQ(getRefusal(map), "SANA-FE: only maps of Loihi can be exported");
  map = makeChain();
  map.cores[2].rows[0].delay = 3;
  EXPECT_EQ(getRefusal(map), "SANA-FE: core 2 has a synapse with a delay of 3 ticks, only 1 can be exported");
  map = makeChain();
  map.cores[1].neurons[0].count = 1025;
  EXPECT_EQ(getRefusal(map), "SANA-FE: core 1 has 1025 neurons, its models hold 1024: map it with "
                             "--set=neuro-partition.neurons=1024");
  map = makeChain();
  map.populations[1].resetInterval = 16;
  EXPECT_EQ(getRefusal(map), "SANA-FE: 'b.1' resets its neurons every 16 steps, which cannot be exported");
  map = makeChain();
  map.populations[1].parameters.push_back({"bias", {64}, {}});
  EXPECT_EQ(getRefusal(map), "SANA-FE: 'b.1' has biases and starts in tick 1, but all neurons start in tick 0 there");
  map = makeChain();
  map.cores[0].outBegin = {0, 2};
  map.cores[0].outAxons = {{1, 0}, {1, 0}};
  EXPECT_EQ(getRefusal(map),
            "SANA-FE: neuron 0 of core 0 sends two packets to core 1, which would be one message there");
  EXPECT_EQ(getRefusal(makeChain(), {{1, 2}}), "SANA-FE: the input 'x' has the value 2, only spikes can be exported");
}
