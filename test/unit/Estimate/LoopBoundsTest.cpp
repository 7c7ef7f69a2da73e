//===- LoopBoundsTest.cpp - bounds that are proved from code --------------===//
#include "targets/Estimate/LoopBounds.h"

#include "llvm/AsmParser/Parser.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"

#include <gtest/gtest.h>

using namespace llvm;
using namespace lle;

namespace {
class LoopBoundsTest : public testing::Test {
protected:
  static void SetUpTestSuite() { InitializeNativeTarget(); }

  LoopBounds analyse(StringRef text) {
    SMDiagnostic diagnostic;
    module = parseAssemblyString(text, diagnostic, context);
    EXPECT_TRUE(module) << diagnostic.getMessage().str();
    std::string error;
    Triple triple(sys::getDefaultTargetTriple());
    const Target *target = TargetRegistry::lookupTarget(triple, error);
    machine.reset(target->createTargetMachine(triple, "", "", TargetOptions(), std::nullopt));
    return LoopBounds(*module, *machine);
  }

  LLVMContext context;
  std::unique_ptr<Module> module;
  std::unique_ptr<TargetMachine> machine;
};

TEST_F(LoopBoundsTest, CountsToAConstant) {
  LoopBounds bounds = analyse(R"(
define void @f(ptr %p) {
entry:
  br label %outer
outer:
  %i = phi i32 [ 0, %entry ], [ %i.next, %latch ]
  br label %inner
inner:
  %j = phi i32 [ 0, %outer ], [ %j.next, %inner ]
  store volatile i32 %j, ptr %p
  %j.next = add nuw nsw i32 %j, 1
  %j.more = icmp ult i32 %j.next, 5
  br i1 %j.more, label %inner, label %latch
latch:
  %i.next = add nuw nsw i32 %i, 1
  %i.more = icmp ult i32 %i.next, 7
  br i1 %i.more, label %outer, label %exit
exit:
  ret void
})");
  ASSERT_EQ(bounds.getLoops().size(), 2u);
  std::optional<unsigned> outer = bounds.getLoop("latch"), inner = bounds.getLoop("inner");
  ASSERT_TRUE(outer && inner);
  for (auto [loop, trips] : {std::pair(*outer, 7u), std::pair(*inner, 5u)}) {
    EXPECT_EQ(bounds.getLoops()[loop].kind, LoopBound::Constant);
    EXPECT_EQ(bounds.getLoops()[loop].most, trips);
    EXPECT_EQ(bounds.getLoops()[loop].least, trips);
  }
  EXPECT_EQ(bounds.getLoops()[*inner].parent, outer);
  EXPECT_EQ(bounds.getCommonLoop(outer, inner), outer);
  EXPECT_EQ(bounds.getLoop("exit"), std::nullopt);
  EXPECT_TRUE(bounds.knows("exit"));
  EXPECT_FALSE(bounds.knows("elsewhere"));
}

/// A loop that takes the lowest bit off a word, which `first` makes.
static std::string takeBits(StringRef first) {
  return ("define void @f(ptr %p, i64 %x) {\nentry:\n" + first + R"(
  br label %top
top:
  %word = phi i64 [ %first, %entry ], [ %next, %body ]
  %none = icmp eq i64 %word, 0
  br i1 %none, label %exit, label %body
body:
  store volatile i64 %word, ptr %p
  %less = add i64 %word, -1
  %next = and i64 %word, %less
  br label %top
exit:
  ret void
})")
      .str();
}

TEST_F(LoopBoundsTest, TakesAsManyBitsAsAWordMayHave) {
  LoopBounds all = analyse(takeBits("  %first = load i64, ptr %p"));
  ASSERT_EQ(all.getLoops().size(), 1u);
  EXPECT_EQ(all.getLoops()[0].kind, LoopBound::Bits);
  EXPECT_EQ(all.getLoops()[0].most, 65u) << "64 bits, and the test that finds none";
  LoopBounds some = analyse(takeBits("  %first = and i64 %x, 4095"));
  EXPECT_EQ(some.getLoops()[0].most, 13u);
}

TEST_F(LoopBoundsTest, CountsToANumberThatWasCounted) {
  // The first loop counts elements of 100 that are not zero, the second visits as many.
  LoopBounds bounds = analyse(R"(
define void @f(ptr %p) {
entry:
  br label %scan
scan:
  %i = phi i64 [ 0, %entry ], [ %i.next, %scan ]
  %n = phi i64 [ 0, %entry ], [ %n.next, %scan ]
  %at = getelementptr i8, ptr %p, i64 %i
  %value = load i8, ptr %at
  %active = icmp ne i8 %value, 0
  %one = zext i1 %active to i64
  %n.next = add i64 %n, %one
  %i.next = add nuw nsw i64 %i, 1
  %more = icmp ult i64 %i.next, 100
  br i1 %more, label %scan, label %between
between:
  %count = phi i64 [ %n.next, %scan ]
  %some = icmp ne i64 %count, 0
  br i1 %some, label %visit, label %exit
visit:
  %k = phi i64 [ 0, %between ], [ %k.next, %visit ]
  store volatile i64 %k, ptr %p
  %k.next = add nuw nsw i64 %k, 1
  %k.more = icmp ult i64 %k.next, %count
  br i1 %k.more, label %visit, label %exit
exit:
  ret void
})");
  std::optional<unsigned> visit = bounds.getLoop("visit");
  ASSERT_TRUE(visit);
  EXPECT_EQ(bounds.getLoops()[*visit].kind, LoopBound::Events);
  ASSERT_TRUE(bounds.getLoops()[*visit].most);
  // The proof may count what the last iteration adds twice.
  EXPECT_GE(*bounds.getLoops()[*visit].most, 100u);
  EXPECT_LE(*bounds.getLoops()[*visit].most, 101u);
  EXPECT_EQ(bounds.getLoops()[*visit].least, 1u);
}

/// Rows of a sparse matrix: each from the end of the one before to what the table says, where that is more. A row of
/// three takes one more way round, so that where the loop begins depends on the way to it.
static std::string visitRows(StringRef table) {
  return ("@table = private " + table + R"(
define void @f(ptr %p) {
entry:
  br label %row
row:
  %i = phi i64 [ 0, %entry ], [ %i.next, %latch ]
  %begin = phi i32 [ 0, %entry ], [ %end, %latch ]
  %at = getelementptr i32, ptr @table, i64 %i
  %end = load i32, ptr %at
  %some = icmp slt i32 %begin, %end
  br i1 %some, label %peel, label %latch
peel:
  %length = sub i32 %end, %begin
  %isThree = icmp eq i32 %length, 3
  br i1 %isThree, label %first, label %ready
first:
  store volatile i32 %begin, ptr %p
  %begin.next = add nsw i32 %begin, 1
  br label %ready
ready:
  %k.first = phi i32 [ %begin, %peel ], [ %begin.next, %first ]
  br label %synapse
synapse:
  %k = phi i32 [ %k.first, %ready ], [ %k.next, %synapse ]
  store volatile i32 %k, ptr %p
  %k.next = add nsw i32 %k, 1
  %done = icmp eq i32 %k.next, %end
  br i1 %done, label %latch, label %synapse
latch:
  %i.next = add nuw nsw i64 %i, 1
  %last = icmp eq i64 %i.next, 5
  br i1 %last, label %exit, label %row
exit:
  ret void
})")
      .str();
}

TEST_F(LoopBoundsTest, CountsToTheEntriesOfATable) {
  // Rows of 2, 0, 7, 3 and 1 synapses.
  LoopBounds bounds = analyse(visitRows("constant [5 x i32] [i32 2, i32 2, i32 9, i32 12, i32 13]"));
  std::optional<unsigned> loop = bounds.getLoop("synapse");
  ASSERT_TRUE(loop);
  const LoopBound &bound = bounds.getLoops()[*loop];
  EXPECT_EQ(bound.kind, LoopBound::Table);
  EXPECT_EQ(bound.most, 7u);
  EXPECT_EQ(bound.least, 1u);
  EXPECT_EQ(bound.repeats, 1u + 6u + 1u);
  // What the code may write to says nothing.
  LoopBounds variable = analyse(visitRows("global [5 x i32] [i32 2, i32 2, i32 9, i32 12, i32 13]"));
  EXPECT_NE(variable.getLoops()[*variable.getLoop("synapse")].kind, LoopBound::Table);
}

/// A loop over a row of synapses whose number, of the row that is asked for, is in a table.
static std::string visitRow(StringRef table) {
  return ("@table = private " + table + R"(
define void @f(ptr %p, i64 %row) {
entry:
  %at = getelementptr i8, ptr @table, i64 %row
  %count8 = load i8, ptr %at
  %count = zext i8 %count8 to i64
  %some = icmp ne i64 %count, 0
  br i1 %some, label %synapse, label %exit
synapse:
  %k = phi i64 [ 0, %entry ], [ %k.next, %synapse ]
  store volatile i64 %k, ptr %p
  %k.next = add nuw nsw i64 %k, 1
  %more = icmp ult i64 %k.next, %count
  br i1 %more, label %synapse, label %exit
exit:
  ret void
})")
      .str();
}

TEST_F(LoopBoundsTest, CountsToTheGreatestEntryOfATable) {
  LoopBounds bounds = analyse(visitRow("constant [3 x i8] c\"\\02\\0B\\00\""));
  ASSERT_EQ(bounds.getLoops().size(), 1u);
  EXPECT_EQ(bounds.getLoops()[0].most, 11u);
  EXPECT_EQ(bounds.getLoops()[0].least, 1u);
  // Of what the code may write to only its width is known.
  EXPECT_EQ(analyse(visitRow("global [3 x i8] c\"\\02\\0B\\00\"")).getLoops()[0].most, 255u);
}

/// A loop over 10 numbers, of which a processor with registers of `bits` takes bits / 32 at once.
static std::string takeStrips(StringRef bits) {
  return (R"(
target triple = "riscv64-unknown-linux-gnu"
define void @f(ptr %p) "prefer-vector-width"=")" +
          bits + R"(" {
entry:
  br label %strip
strip:
  %left = phi i64 [ 10, %entry ], [ %left.next, %strip ]
  %length = call i32 @llvm.experimental.get.vector.length.i64(i64 %left, i32 2, i1 true)
  store volatile i32 %length, ptr %p
  %taken = zext i32 %length to i64
  %left.next = sub i64 %left, %taken
  %done = icmp eq i64 %left.next, 0
  br i1 %done, label %exit, label %strip
exit:
  ret void
})")
      .str();
}

TEST_F(LoopBoundsTest, CountsStripsOfRegisters) {
  LoopBounds bounds = analyse(takeStrips("128"));
  ASSERT_EQ(bounds.getLoops().size(), 1u);
  EXPECT_EQ(bounds.getLoops()[0].kind, LoopBound::Constant);
  EXPECT_EQ(bounds.getLoops()[0].most, 3u);
  EXPECT_EQ(bounds.getLoops()[0].least, 3u);
  EXPECT_EQ(analyse(takeStrips("256")).getLoops()[0].most, 2u);
}

TEST_F(LoopBoundsTest, ProvesNothingOfWhatMemoryDecides) {
  LoopBounds bounds = analyse(R"(
define void @f(ptr %p) {
entry:
  br label %wait
wait:
  %value = load volatile i32, ptr %p
  %again = icmp ne i32 %value, 0
  br i1 %again, label %wait, label %exit
exit:
  ret void
})");
  ASSERT_EQ(bounds.getLoops().size(), 1u);
  EXPECT_EQ(bounds.getLoops()[0].kind, LoopBound::Unknown);
  EXPECT_EQ(bounds.getLoops()[0].most, std::nullopt);
}
} // namespace
