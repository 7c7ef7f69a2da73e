//===- BlockCountsTest.cpp - counts of blocks that have none --------------===//
#include "targets/Estimate/BlockCounts.h"

#include <gtest/gtest.h>

using namespace lle;

namespace {
using Successors = llvm::SmallVector<unsigned, 2>;

MachineProcedure makeProcedure(std::initializer_list<std::pair<const char *, Successors>> blocks) {
  MachineProcedure procedure;
  for (const auto &[source, successors] : blocks) {
    procedure.blocks.emplace_back().source = source;
    procedure.blocks.back().successors = successors;
  }
  return procedure;
}

BlockProfile makeProfile() {
  BlockProfile profile;
  profile.counts["entry"] = 2;
  profile.counts["loop"] = 200;
  profile.counts["exit"] = 2;
  return profile;
}

// A loop of one block in IR, whose selection is a branch around a block without a name.
TEST(BlockCountsTest, Selection) {
  MachineProcedure procedure =
      makeProcedure({{"entry", {1}}, {"loop", {2, 3}}, {"", {3}}, {"loop", {1, 4}}, {"exit", {}}});
  EXPECT_EQ(inferCounts(procedure, makeProfile()), (Counts{2, 200, 100, 200, 2}));
}

// Two selections, one behind the other: between them lies a block without a name as well.
TEST(BlockCountsTest, SelectionsInARow) {
  MachineProcedure procedure = makeProcedure(
      {{"entry", {1}}, {"loop", {2, 3}}, {"", {3}}, {"", {4, 5}}, {"", {5}}, {"loop", {1, 6}}, {"exit", {}}});
  Counts counts = inferCounts(procedure, makeProfile()), expected{2, 200, 100, 200, 100, 200, 2};
  ASSERT_EQ(counts.size(), expected.size());
  for (size_t block = 0; block < counts.size(); ++block) // branches are even but for a rounding
    EXPECT_NEAR(double(counts[block]), double(expected[block]), 1) << "block " << block;
}
} // namespace
