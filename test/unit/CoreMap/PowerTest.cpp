//===- PowerTest.cpp - which processing elements are on -------------------===//

#include "runtime/coremap/Power.h"
#include "test/unit/CoreMap/RandomCoreMap.h"
#include "gtest/gtest.h"

using namespace lle::runtime;

namespace {

/// A host and two cores on a chip of 152 elements.
CoreMap makeMap(ChipArithmetic arithmetic) {
  CoreMap map;
  map.arithmetic = arithmetic;
  map.gridWidth = 7;
  map.gridHeight = 6;
  map.populations.push_back({"a", NeuronModel::CubaLIF, {20}, {}});
  map.cores.resize(3);
  map.cores[0].isHost = true;
  map.cores[1].neurons = {{0, 0, 10}};
  map.cores[2].neurons = {{0, 10, 10}};
  map.cores[2].slot = 1;
  map.figures = makeLimits(arithmetic, 1);
  return map;
}

} // namespace

// A row of 3 synapses, which two neurons of the host reach, and ten neurons: 2 * 3 * 25 + 10 * 85 cycles, or with rates
// of 0.1 and 0.3, 30 + 850. By keys it is the same, of which one is not wanted.
TEST(Power, Work) {
  CoreMap map = makeMap(ChipArithmetic::SpiNNaker2);
  map.populations.push_back({"x", NeuronModel::Input, {2}, {}});
  map.cores[0].neurons = {{1, 0, 2}};
  map.cores[0].outBegin = {0, 1, 2};
  map.cores[0].outAxons = {{1, 0}, {1, 1}};
  map.cores[1].rows = {{0, 0, 3, true}};
  map.cores[1].inAxons = {{0, 0}, {0, 1}};
  for (bool isMulticast : {false, true}) {
    std::vector<TickWork> work = estimateWork(map, {{}, {0.1f, 0.3f}});
    EXPECT_DOUBLE_EQ(work[0].most, 0) << isMulticast;
    EXPECT_DOUBLE_EQ(work[1].most, 1000) << isMulticast;
    EXPECT_NEAR(work[1].mean, 880, 1e-5) << isMulticast;
    EXPECT_DOUBLE_EQ(work[2].mean, 850) << isMulticast;
    map.isMulticast = true;
    map.cores[0].outBegin = {};
    map.cores[0].outAxons = {};
    map.cores[0].firstKey = 64;
    map.cores[1].keyRanges = {{64, 3, 0}};
    map.cores[1].keyedAxons = {0, 1, UINT32_MAX};
  }
}

// Neurons of a piece have their own rates, those without one send in each tick. Of four keys the third is not wanted,
// and the fourth is nobody's. A core without neurons has no keys, wherever its first one is.
TEST(Power, WorkOfPieces) {
  CoreMap map = makeMap(ChipArithmetic::SpiNNaker2);
  map.isMulticast = true;
  map.cores[0].isHost = false;
  map.cores[0].firstKey = 1;
  map.cores[1].neurons = {{0, 7, 3}};
  map.cores[1].firstKey = 0;
  map.cores[2].firstKey = 100;
  map.cores[2].rows = {{0, 0, 4, true}};
  map.cores[2].inAxons = {{0, 0}};
  map.cores[2].keyRanges = {{0, 4, 0}};
  map.cores[2].keyedAxons = {0, 0, UINT32_MAX, 0};
  std::vector<float> rates(20, 0.0f);
  rates[7] = 0.5f;
  rates[8] = 0.25f;
  rates[9] = 1;
  std::vector<TickWork> work = estimateWork(map, {rates});
  EXPECT_DOUBLE_EQ(work[0].most, 0);
  EXPECT_DOUBLE_EQ(work[2].most, 2 * 4 * kSynapseCycles + 10 * kNeuronCycles);
  EXPECT_DOUBLE_EQ(work[2].mean, 0.75 * 4 * kSynapseCycles + 10 * kNeuronCycles);
  EXPECT_DOUBLE_EQ(estimateWork(map, {})[2].mean, work[2].most);
}

// In 1 ms the low level does 150,000 cycles, the high one 300,000. 150 elements are off.
TEST(Power, LevelsOfSpiNNaker2) {
  CoreMap map = makeMap(ChipArithmetic::SpiNNaker2);
  PowerPlan plan = planPower(map, {{}, {150000, 75000}, {150001, 75000}}, 1e-3);
  EXPECT_EQ(plan.cores[0].level, PowerLevel::Off);
  EXPECT_EQ(plan.cores[1].level, PowerLevel::Low);
  EXPECT_EQ(plan.cores[2].level, PowerLevel::High);
  EXPECT_DOUBLE_EQ(plan.cores[1].busyShare, 0.5);
  EXPECT_DOUBLE_EQ(plan.cores[2].busyShare, 0.25);
  EXPECT_FALSE(plan.cores[2].isLate);
  EXPECT_EQ(plan.unmapped, 150u);
  // Half of 2.2987 and 1.0539 mW, a quarter of 7.7151 and three quarters of 3.2204 mW.
  EXPECT_NEAR(plan.cores[1].milliwatts, 1.6763, 1e-4);
  EXPECT_NEAR(plan.cores[2].milliwatts, 4.3441, 1e-4);
  EXPECT_NEAR(plan.milliwatts, 75.2 + 1.6763 + 4.3441, 1e-3);
  EXPECT_NEAR(plan.ungatedMilliwatts, 75.2 + 2 * 4.3441 + 150 * 3.2204, 0.01);
}

// Two chips have twice as many elements, and twice the power of a chip with all of them off. Neither the host nor a
// core that holds nothing is on.
TEST(Power, OfTwoChips) {
  CoreMap map = makeMap(ChipArithmetic::SpiNNaker2);
  map.chips = 2;
  map.populations.push_back({"x", NeuronModel::Input, {2}, {}});
  map.cores[0].neurons = {{1, 0, 2}};
  map.cores[2].neurons = {};
  PowerPlan plan = planPower(map, {{1, 1}, {0, 0}, {1, 1}}, 1e-3);
  EXPECT_EQ(plan.cores[0].level, PowerLevel::Off);
  EXPECT_EQ(plan.cores[2].level, PowerLevel::Off);
  EXPECT_EQ(plan.unmapped, 2 * 152u - 1);
  EXPECT_NEAR(plan.milliwatts, 2 * 75.2 + kLowLevel.sleepMilliwatts, 1e-9);
  EXPECT_NEAR(plan.ungatedMilliwatts, 2 * 75.2 + 2 * 152 * kHighLevel.sleepMilliwatts, 1e-9);
}

TEST(Power, ALateCore) {
  PowerPlan plan = planPower(makeMap(ChipArithmetic::SpiNNaker2), {{}, {300000, 0}, {300001, 400000}}, 1e-3);
  EXPECT_FALSE(plan.cores[1].isLate);
  EXPECT_TRUE(plan.cores[2].isLate);
  EXPECT_EQ(plan.cores[2].busyShare, 1);
  EXPECT_NEAR(plan.cores[1].leastTick, 1e-3, 1e-12);
  EXPECT_NEAR(plan.cores[2].leastTick, 300001 / 300e6, 1e-12);
  // At the high level the mean of the late core is more than a tick, too: it never sleeps.
  EXPECT_NEAR(plan.ungatedMilliwatts, 75.2 + kHighLevel.sleepMilliwatts * 151 + kHighLevel.activeMilliwatts, 1e-9);
}

TEST(Power, OfLoihiOnlyWhatIsUnmapped) {
  PowerPlan plan = planPower(makeMap(ChipArithmetic::Loihi), {{}, {1, 1}, {1, 1}}, 1e-3);
  EXPECT_EQ(plan.unmapped, 7u * 6 * 4 - 2);
  EXPECT_EQ(plan.milliwatts, 0);
  EXPECT_EQ(plan.ungatedMilliwatts, 0);
}
