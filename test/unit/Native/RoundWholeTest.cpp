//===- RoundWholeTest.cpp - which numbers are whole -----------------------===//
#include "targets/Native/RoundWhole.h"

#include "llvm/AsmParser/Parser.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/TargetSelect.h"

#include <gtest/gtest.h>

using namespace llvm;

namespace {
/// Whether %n, of %x, is rounded in place of cut off, by a processor with vectors of these.
bool isRounded(StringRef number, StringRef triple = "riscv64", StringRef features = "+d,+v") {
  InitializeAllTargetInfos();
  InitializeAllTargets();
  InitializeAllTargetMCs();
  LLVMContext context;
  SMDiagnostic diagnostic;
  std::string text = ("define <4 x i32> @f(<4 x float> %x, <4 x i32> %i, <4 x i1> %c) {\n" + number +
                      "\n  %r = fptosi <4 x float> %n to <4 x i32>\n  ret <4 x i32> %r\n}\n")
                         .str();
  std::unique_ptr<Module> module = parseAssemblyString(text, diagnostic, context);
  EXPECT_TRUE(module) << diagnostic.getMessage().str();
  std::string error;
  Triple machineTriple(triple);
  std::unique_ptr<TargetMachine> machine(
      TargetRegistry::lookupTarget(machineTriple, error)
          ->createTargetMachine(machineTriple, "", features, TargetOptions(), std::nullopt));
  module->setTargetTriple(machineTriple);
  lle::roundWholeNumbers(*module, *machine);
  bool isRounded = false, isCut = false;
  for (Instruction &instruction : instructions(*module->getFunction("f"))) {
    auto *call = dyn_cast<IntrinsicInst>(&instruction);
    isRounded |= call && call->getIntrinsicID() == Intrinsic::lrint;
    isCut |= isa<FPToSIInst>(instruction);
  }
  EXPECT_NE(isRounded, isCut);
  return isRounded;
}

TEST(RoundWhole, NumbersThatWereRounded) {
  StringRef floor = "  %n = call <4 x float> @llvm.floor.v4f32(<4 x float> %x)";
  EXPECT_TRUE(isRounded(floor));
  EXPECT_FALSE(isRounded(floor, "riscv64", "+d")) << "each would be a call";
  EXPECT_FALSE(isRounded(floor, "aarch64", ""));
  EXPECT_TRUE(isRounded("  %n = sitofp <4 x i32> %i to <4 x float>"));
  EXPECT_FALSE(isRounded("  %n = call <4 x float> @llvm.sqrt.v4f32(<4 x float> %x)"));
}

TEST(RoundWhole, WhatIsComputedOfThem) {
  StringRef floor = "  %w = call <4 x float> @llvm.floor.v4f32(<4 x float> %x)\n";
  for (StringRef whole : {"fadd <4 x float> %w, splat (float 3.0)", "fmul <4 x float> %w, splat (float -2.0)",
                          "select <4 x i1> %c, <4 x float> %w, <4 x float> zeroinitializer",
                          "call <4 x float> @llvm.minimum.v4f32(<4 x float> %w, <4 x float> splat (float 32767.0))"})
    EXPECT_TRUE(isRounded((floor + "  %n = " + whole).str())) << whole.str();
  for (StringRef other :
       {"fadd <4 x float> %w, splat (float 0.5)", "fmul <4 x float> %w, %x", "fdiv <4 x float> %w, splat (float 2.0)",
        "select <4 x i1> %c, <4 x float> %w, <4 x float> %x",
        "call <4 x float> @llvm.maximum.v4f32(<4 x float> %w, <4 x float> splat (float 0.25))",
        "fadd <4 x float> %w, <float 1.0, float 2.0, float 1.0, float 0.5>"})
    EXPECT_FALSE(isRounded((floor + "  %n = " + other).str())) << other.str();
}
} // namespace
