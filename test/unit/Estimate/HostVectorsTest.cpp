//===- HostVectorsTest.cpp - code with vectors of another machine's length ===//
#include "targets/Estimate/HostVectors.h"

#include "llvm/AsmParser/Parser.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/TargetSelect.h"

#include <gtest/gtest.h>

#include <array>

using namespace llvm;

namespace {
using Numbers = std::array<int32_t, 40>;

class HostVectorsTest : public testing::Test {
protected:
  static void SetUpTestSuite() {
    InitializeNativeTarget();
    InitializeNativeTargetAsmPrinter();
  }

  /// `f` for a processor of registers of 128 bits, in which <vscale x 2 x i32> has four numbers.
  std::string fix(StringRef text) {
    context = std::make_unique<LLVMContext>();
    SMDiagnostic diagnostic;
    module = parseAssemblyString(text, diagnostic, *context);
    EXPECT_TRUE(module) << diagnostic.getMessage().str();
    Function &function = *module->getFunction("f");
    function.addFnAttr("prefer-vector-width", "128");
    module->setTargetTriple(Triple("riscv64-unknown-linux-gnu"));
    return toString(lle::fixVectorLengths(function));
  }

  /// What `f` makes of numbers, on this machine.
  Numbers run(StringRef text, Numbers numbers) {
    EXPECT_EQ(fix(text), "");
    EXPECT_FALSE(verifyModule(*module, &errs()));
    for (const Instruction &instruction : instructions(*module->getFunction("f")))
      EXPECT_FALSE(instruction.getType()->isScalableTy());
    auto jit = cantFail(orc::LLJITBuilder().create());
    module->setTargetTriple(jit->getTargetTriple());
    module->setDataLayout(jit->getDataLayout());
    module->getFunction("f")->removeFnAttr("prefer-vector-width");
    cantFail(jit->addIRModule(orc::ThreadSafeModule(std::move(module), std::move(context))));
    cantFail(jit->lookup("f")).toPtr<void (*)(int32_t *)>()(numbers.data());
    return numbers;
  }

  std::unique_ptr<LLVMContext> context;
  std::unique_ptr<Module> module;
};

Numbers count() {
  Numbers numbers;
  for (auto [index, number] : enumerate(numbers))
    number = int32_t(index);
  return numbers;
}

// The first ten numbers, four at a time; where the strips begin is marked behind them.
TEST_F(HostVectorsTest, TakesStrips) {
  Numbers result = run(R"(
define void @f(ptr %p) {
entry:
  br label %strip
strip:
  %i = phi i64 [ 0, %entry ], [ %i.next, %strip ]
  %left = phi i64 [ 10, %entry ], [ %left.next, %strip ]
  %length = call i32 @llvm.experimental.get.vector.length.i64(i64 %left, i32 2, i1 true)
  %at = getelementptr i32, ptr %p, i64 %i
  %x = call <vscale x 2 x i32> @llvm.vp.load.nxv2i32.p0(ptr align 4 %at, <vscale x 2 x i1> splat (i1 true), i32 %length)
  %y = add <vscale x 2 x i32> %x, splat (i32 100)
  %z = call <vscale x 2 x i32> @llvm.smin.nxv2i32(<vscale x 2 x i32> %y, <vscale x 2 x i32> splat (i32 105))
  call void @llvm.vp.store.nxv2i32.p0(<vscale x 2 x i32> %z, ptr align 4 %at, <vscale x 2 x i1> splat (i1 true), i32 %length)
  %mark = getelementptr i32, ptr %at, i64 20
  store i32 -1, ptr %mark
  %taken = zext i32 %length to i64
  %i.next = add i64 %i, %taken
  %left.next = sub i64 %left, %taken
  %done = icmp eq i64 %left.next, 0
  br i1 %done, label %exit, label %strip
exit:
  ret void
})",
                       count());
  Numbers expected = count();
  for (int i = 0; i < 10; ++i)
    expected[i] = std::min(100 + i, 105);
  expected[20] = expected[24] = expected[28] = -1;
  EXPECT_EQ(result, expected);
}

// Every third number, of which the mask leaves out the second, moves to the numbers from 20 on, in reverse; and one of
// the strided ones is stored whole.
TEST_F(HostVectorsTest, GathersAndScatters) {
  Numbers result = run(R"(
define void @f(ptr %p) {
  %lane = call <vscale x 2 x i64> @llvm.stepvector.nxv2i64()
  %first = insertelement <vscale x 2 x i64> poison, i64 3, i64 0
  %three = shufflevector <vscale x 2 x i64> %first, <vscale x 2 x i64> poison, <vscale x 2 x i32> zeroinitializer
  %third = mul <vscale x 2 x i64> %lane, %three
  %from = getelementptr i32, ptr %p, <vscale x 2 x i64> %third
  %mask = icmp ne <vscale x 2 x i64> %lane, splat (i64 1)
  %x = call <vscale x 2 x i32> @llvm.vp.gather.nxv2i32.nxv2p0(<vscale x 2 x ptr> align 4 %from, <vscale x 2 x i1> %mask, i32 3)
  %back = sub <vscale x 2 x i64> splat (i64 23), %lane
  %to = getelementptr i32, ptr %p, <vscale x 2 x i64> %back
  call void @llvm.vp.scatter.nxv2i32.nxv2p0(<vscale x 2 x i32> %x, <vscale x 2 x ptr> align 4 %to, <vscale x 2 x i1> %mask, i32 3)
  %y = call <2 x i32> @llvm.experimental.vp.strided.load.v2i32.p0.i64(ptr align 4 %p, i64 20, <2 x i1> splat (i1 true), i32 2)
  %behind = getelementptr i32, ptr %p, i64 30
  store <2 x i32> %y, ptr %behind
  %scale = call i32 @llvm.vscale.i32()
  %last = getelementptr i32, ptr %p, i64 39
  store i32 %scale, ptr %last
  ret void
})",
                       count());
  Numbers expected = count();
  expected[23] = 0;
  expected[21] = 6; // of lane 2; lane 3 is behind the length
  expected[30] = 0;
  expected[31] = 5;
  expected[39] = 2;
  EXPECT_EQ(result, expected);
}

TEST_F(HostVectorsTest, NamesWhatItDoesNotKnow) {
  EXPECT_EQ(
      fix(R"(
define i32 @f(<4 x i32> %x) {
  %r = call i32 @llvm.vp.reduce.add.v4i32(i32 0, <4 x i32> %x, <4 x i1> splat (i1 true), i32 3)
  ret i32 %r
})"),
      "this machine cannot run '%r = call i32 @llvm.vp.reduce.add.v4i32(i32 0, <4 x i32> %x, <4 x i1> splat (i1 true), "
      "i32 3)'");
}
} // namespace
