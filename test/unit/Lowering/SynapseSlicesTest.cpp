//===- SynapseSlicesTest.cpp - the layout of sparse synapses --------------===//
#include "lowering/LTCToLinalg/SynapseSlices.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <random>

using namespace lle;

namespace {
constexpr VectorShape kSSE{4, 16, Simd::none}, kAVX512{16, 32, Simd::avx512};

FoldedSynapse makeSynapse(int64_t source, int64_t target) {
  double id = double(source * 1000 + target + 1);
  return {source, target, id, -id, id / 2, 2};
}

std::vector<FoldedSynapse> makeRandom(int64_t sources, int64_t targets, double density) {
  std::mt19937 random(7);
  std::bernoulli_distribution isThere(density);
  std::vector<FoldedSynapse> synapses;
  for (int64_t source = 0; source < sources; ++source)
    for (int64_t target = 0; target < targets; ++target)
      if (isThere(random))
        synapses.push_back(makeSynapse(source, target));
  return synapses;
}

/// Every synapse is in one lane of its target's slots, where its look-up finds its source; other lanes conduct nothing.
void expectComplete(llvm::ArrayRef<FoldedSynapse> synapses, const SynapseSlices &slices, const VectorShape &machine) {
  std::set<std::pair<int64_t, int64_t>> missing;
  for (const FoldedSynapse &synapse : synapses)
    missing.insert({synapse.source, synapse.target});
  int64_t next = 0;
  for (auto [index, slice] : llvm::enumerate(slices.getSlices()))
    for (const SlotRun &run : slice) {
      EXPECT_EQ(run.first, next);
      next += run.slots;
      for (int64_t slot = run.first; slot < next; ++slot)
        for (int64_t lane = 0; lane < machine.lanes; ++lane) {
          int64_t source = slices.getSources(slot)[lane], target = int64_t(index) * machine.lanes + lane;
          const double *coefficient = slices.getCoefficients().data() + 4 * slot * machine.lanes + lane;
          if (run.lookUp == LookUp::broadcast) {
            EXPECT_EQ(source, slot - run.first);
          } else if (run.lookUp == LookUp::permute) {
            EXPECT_GE(source, run.firstRegister * machine.lanes);
            EXPECT_LT(source, (run.firstRegister + run.numRegisters) * machine.lanes);
          }
          if (coefficient[2 * machine.lanes] == 0) {
            EXPECT_EQ(coefficient[3 * machine.lanes], 0);
            continue;
          }
          FoldedSynapse expected = makeSynapse(source, target);
          EXPECT_EQ(missing.erase({source, target}), 1u);
          EXPECT_EQ(coefficient[0], expected.slope);
          EXPECT_EQ(coefficient[machine.lanes], expected.offset);
          EXPECT_EQ(coefficient[2 * machine.lanes], expected.weight);
          EXPECT_EQ(coefficient[3 * machine.lanes], expected.weight * expected.reversal);
        }
    }
  EXPECT_EQ(next, slices.getNumSlots());
  EXPECT_TRUE(missing.empty());
}
} // namespace

TEST(SynapseSlices, HoldEverySynapse) {
  for (const VectorShape &machine : {kSSE, kAVX512})
    for (int64_t sources : {1, 16, 33, 70, 200, 300})
      for (double density : {0.05, 0.3, 0.9, 1.0}) {
        SCOPED_TRACE(testing::Message() << machine.lanes << " lanes, " << sources << " sources, density " << density);
        std::vector<FoldedSynapse> synapses = makeRandom(sources, 45, density);
        expectComplete(synapses, SynapseSlices(synapses, sources, 45, machine), machine);
      }
}

TEST(SynapseSlices, AreDenseWhereThatIsCheaper) {
  std::vector<FoldedSynapse> full = makeRandom(40, 4, 1.0), sparse = makeRandom(40, 4, 0.2);
  SynapseSlices dense(full, 40, 4, kSSE);
  ASSERT_EQ(dense.getSlices()[0].size(), 1u);
  EXPECT_EQ(dense.getSlices()[0][0].lookUp, LookUp::broadcast);
  EXPECT_EQ(dense.getNumSlots(), 40);
  SynapseSlices gathered(sparse, 40, 4, kSSE);
  EXPECT_EQ(gathered.getSlices()[0][0].lookUp, LookUp::gather);
  EXPECT_LT(gathered.getNumSlots(), 20);
  EXPECT_TRUE(gathered.needsMemory());
  SynapseSlices permuted(sparse, 40, 4, kAVX512);
  EXPECT_EQ(permuted.getSlices()[0][0].lookUp, LookUp::permute);
  EXPECT_FALSE(permuted.needsMemory());
}

TEST(SynapseSlices, LookIntoTwoRegistersWhereTheyCan) {
  std::vector<FoldedSynapse> synapses = makeRandom(128, 16, 0.5);
  SynapseSlices slices(synapses, 128, 16, kAVX512);
  int64_t pure = 0, mixed = 0;
  for (const SlotRun &run : slices.getSlices()[0])
    (run.numRegisters <= 2 ? pure : mixed) += run.slots;
  EXPECT_GT(pure, mixed);
}

TEST(SynapseSlices, NeuronsWithoutSynapsesTakeNoSlot) {
  SynapseSlices slices({makeSynapse(0, 20)}, 1, 48, kAVX512);
  ASSERT_EQ(slices.getSlices().size(), 3u);
  EXPECT_TRUE(slices.getSlices()[0].empty());
  EXPECT_EQ(slices.getNumSlots(), 1);
  EXPECT_TRUE(slices.getSlices()[2].empty());
}

TEST(OrderByFanIn, SortsWhereThatSavesSlots) {
  // Neurons 0 and 4 have three synapses, the others one: 3 + 3 slots as they are, 3 + 1 sorted.
  std::vector<FoldedSynapse> synapses;
  for (int64_t target = 0; target < 8; ++target)
    for (int64_t source = 0; source < (target % 4 == 0 ? 3 : 1); ++source)
      synapses.push_back(makeSynapse(source, target));
  EXPECT_THAT(orderByFanIn(synapses, 8, 4), testing::ElementsAre(0, 4, 1, 2, 3, 5, 6, 7));
  EXPECT_THAT(orderByFanIn(llvm::ArrayRef(synapses).take_back(6), 8, 4), testing::ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
}
