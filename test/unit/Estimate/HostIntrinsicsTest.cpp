//===- HostIntrinsicsTest.cpp - what named instructions compute -----------===//
#include "targets/Estimate/HostIntrinsics.h"

#include "llvm/AsmParser/Parser.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/SourceMgr.h"

#include <gtest/gtest.h>

using namespace llvm;

namespace {
/// What a call with constant operands gives, element by element, once LLVM has folded it.
std::vector<int64_t> fold(StringRef type, StringRef callee, StringRef operandTypes, StringRef operands) {
  LLVMContext context;
  SMDiagnostic diagnostic;
  std::string text = ("declare " + type + " @" + callee + "(" + operandTypes + ")\ndefine " + type +
                      " @f() {\n  %r = call " + type + " @" + callee + "(" + operands + ")\n  ret " + type + " %r\n}\n")
                         .str();
  std::unique_ptr<Module> module = parseAssemblyString(text, diagnostic, context);
  EXPECT_TRUE(module) << diagnostic.getMessage().str();
  cantFail(lle::replaceIntrinsics(*module));

  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager components;
  ModuleAnalysisManager modules;
  PassBuilder builder;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  builder.buildPerModuleDefaultPipeline(OptimizationLevel::O1).run(*module, modules);

  auto *result =
      dyn_cast<Constant>(cast<ReturnInst>(module->getFunction("f")->getEntryBlock().getTerminator())->getReturnValue());
  EXPECT_TRUE(result);
  if (auto *number = dyn_cast_or_null<ConstantInt>(result))
    return {number->getSExtValue()};
  std::vector<int64_t> elements;
  if (auto *vector = dyn_cast_or_null<ConstantDataVector>(result))
    for (unsigned i = 0; i < vector->getNumElements(); ++i)
      elements.push_back(vector->getElementAsAPInt(i).getSExtValue());
  return elements;
}

std::string vectorOf(StringRef element, ArrayRef<int> numbers) {
  std::string text = ("<" + Twine(numbers.size()) + " x " + element + "> <").str();
  for (auto [index, number] : enumerate(numbers))
    text += (Twine(index ? ", " : "") + element + " " + Twine(number)).str();
  return text + ">";
}

constexpr int kBytes[16] = {1, -2, 3, -4, 127, -128, 7, 0, 5, 5, 5, 5, -1, 2, -128, 64};
constexpr int kOthers[16] = {10, 20, 30, 40, 127, -128, -3, 9, 1, 2, 3, 4, -100, 50, -128, 2};
} // namespace

// 0x0003fffe is the pair (-2, 3) from the low half up; 0x8000_7fff is (32767, -32768).
TEST(HostIntrinsics, AddsHalvesThatWrap) {
  EXPECT_EQ(fold("i32", "llvm.arm.sadd16", "i32, i32", "i32 262142, i32 -2147450881"), // (-2 + 32767, 3 - 32768)
            std::vector<int64_t>{int32_t((uint32_t(uint16_t(-32765)) << 16) | 32765)});
}

// Bytes 0 and 2 of 0x12f834fe: -2 and -8.
TEST(HostIntrinsics, ExtendsBytes) {
  EXPECT_EQ(fold("i32", "llvm.arm.sxtb16", "i32", "i32 318256382"),
            std::vector<int64_t>{int32_t((uint32_t(uint16_t(-8)) << 16) | uint16_t(-2))});
  EXPECT_EQ(fold("i32", "llvm.arm.sxtab16", "i32, i32", "i32 262142, i32 318256382"),
            std::vector<int64_t>{int32_t((uint32_t(uint16_t(3 - 8)) << 16) | uint16_t(-2 - 2))});
}

TEST(HostIntrinsics, AddsPairsOfProducts) {
  // (-2) (32767) + 3 (-32768) + 1000
  EXPECT_EQ(fold("i32", "llvm.arm.smlad", "i32, i32, i32", "i32 262142, i32 -2147450881, i32 1000"),
            std::vector<int64_t>{-2 * 32767 + 3 * -32768 + 1000});
}

TEST(HostIntrinsics, AddsAllProducts) {
  int64_t bytes = -5, halves = 7;
  for (int i = 0; i < 16; ++i)
    bytes += kBytes[i] * kOthers[i];
  EXPECT_EQ(fold("i32", "llvm.arm.mve.vmldava.v16i8", "i32, i32, i32, i32, <16 x i8>, <16 x i8>",
                 "i32 0, i32 0, i32 0, i32 -5, " + vectorOf("i8", kBytes) + ", " + vectorOf("i8", kOthers)),
            std::vector<int64_t>{bytes});
  int x[8] = {300, -400, 32767, -32768, 1, 2, 3, 4}, y[8] = {-1, 2, 32767, 5, -6, 7, 8, 9};
  for (int i = 0; i < 8; ++i)
    halves += int64_t(x[i]) * y[i];
  EXPECT_EQ(fold("i32", "llvm.arm.mve.vmldava.v8i16", "i32, i32, i32, i32, <8 x i16>, <8 x i16>",
                 "i32 0, i32 0, i32 0, i32 7, " + vectorOf("i16", x) + ", " + vectorOf("i16", y)),
            std::vector<int64_t>{halves});
}

TEST(HostIntrinsics, AddsFourProductsForEachSum) {
  std::vector<int64_t> expected{1, 2, 3, 4};
  for (int i = 0; i < 16; ++i)
    expected[i / 4] += kBytes[i] * kOthers[i];
  EXPECT_EQ(fold("<4 x i32>", "llvm.aarch64.neon.sdot.v4i32.v16i8", "<4 x i32>, <16 x i8>, <16 x i8>",
                 vectorOf("i32", {1, 2, 3, 4}) + ", " + vectorOf("i8", kBytes) + ", " + vectorOf("i8", kOthers)),
            expected);
}

TEST(HostIntrinsics, MultipliesMatrices) {
  std::vector<int64_t> expected{1, 2, 3, 4};
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j)
      for (int k = 0; k < 8; ++k)
        expected[2 * i + j] += kBytes[8 * i + k] * kOthers[8 * j + k];
  EXPECT_EQ(fold("<4 x i32>", "llvm.aarch64.neon.smmla.v4i32.v16i8", "<4 x i32>, <16 x i8>, <16 x i8>",
                 vectorOf("i32", {1, 2, 3, 4}) + ", " + vectorOf("i8", kBytes) + ", " + vectorOf("i8", kOthers)),
            expected);
}

TEST(HostIntrinsics, MultipliesHighHalves) {
  EXPECT_EQ(fold("<4 x i16>", "llvm.aarch64.neon.sqrdmulh.v4i16", "<4 x i16>, <4 x i16>",
                 vectorOf("i16", {-32768, 1000, -3, -32768}) + ", " + vectorOf("i16", {-32768, 127 << 8, 1 << 13, 1})),
            (std::vector<int64_t>{32767, (1000 * 127 + 64) >> 7, -1, -1}));
}

TEST(HostIntrinsics, SelectsBytes) {
  int numbers[16] = {0, 15, 16, 31, 32, -1, 1, 2, 3, 17, 18, 19, 100, 20, 14, 30};
  std::vector<int64_t> selected, kept;
  for (int i = 0; i < 16; ++i) {
    bool isThere = numbers[i] >= 0 && numbers[i] < 32;
    int byte = isThere ? (numbers[i] < 16 ? kBytes : kOthers)[numbers[i] % 16] : 0;
    selected.push_back(byte);
    kept.push_back(isThere ? byte : kOthers[i]);
  }
  std::string registers = vectorOf("i8", kBytes) + ", " + vectorOf("i8", kOthers);
  EXPECT_EQ(fold("<16 x i8>", "llvm.aarch64.neon.tbl2.v16i8", "<16 x i8>, <16 x i8>, <16 x i8>",
                 registers + ", " + vectorOf("i8", numbers)),
            selected);
  EXPECT_EQ(fold("<16 x i8>", "llvm.aarch64.neon.tbx2.v16i8", "<16 x i8>, <16 x i8>, <16 x i8>, <16 x i8>",
                 vectorOf("i8", kOthers) + ", " + registers + ", " + vectorOf("i8", numbers)),
            kept);
}

TEST(HostIntrinsics, NamesWhatItDoesNotKnow) {
  LLVMContext context;
  SMDiagnostic diagnostic;
  std::unique_ptr<Module> module = parseAssemblyString("declare i32 @llvm.arm.smuad(i32, i32)\n"
                                                       "define i32 @f(i32 %x) {\n"
                                                       "  %r = call i32 @llvm.arm.smuad(i32 %x, i32 %x)\n"
                                                       "  ret i32 %r\n}\n",
                                                       diagnostic, context);
  ASSERT_TRUE(module);
  EXPECT_EQ(toString(lle::replaceIntrinsics(*module)), "this machine cannot run 'llvm.arm.smuad'");
}
