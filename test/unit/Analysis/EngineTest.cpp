//===- EngineTest.cpp - engines by name -----------------------------------===//
#include "passes/Analysis/Engine.h"
#include "dialects/LLE/LLEOps.h"

#include "mlir/Parser/Parser.h"

#include <gtest/gtest.h>

using namespace mlir;
using namespace lle;

static StringRef made;

template <char kind>
static llvm::Expected<std::unique_ptr<Engine>> create(NetworkOp) {
  static constexpr char name[] = {kind, 0};
  made = name;
  return std::unique_ptr<Engine>();
}

namespace {
class EngineTest : public testing::Test {
protected:
  EngineTest() {
    context.loadDialect<LLEDialect>();
    module = parseSourceString<ModuleOp>(R"(
      lle.network @net(%x: tensor<1000xf32>) -> tensor<1000xf32> attributes {dt = 1.0 : f64} {
        %w = lle.weight dense<1.0> : tensor<1000x1000xf32>
        %y = lle.linear %x, %w : (tensor<1000xf32>, tensor<1000x1000xf32>) -> tensor<1000xf32>
        lle.output %y : tensor<1000xf32>
      })",
                                         &context);
    made = "";
  }

  /// A million multiply-accumulates a step.
  NetworkOp getNetwork() { return *module->getOps<NetworkOp>().begin(); }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};
} // namespace

TEST_F(EngineTest, WhatRunsBrieflyIsMadeQuickly) {
  registerEngine("two", create<'o'>, create<'q'>);
  llvm::cantFail(createRegisteredEngine("two", getNetwork(), 1000));
  EXPECT_EQ(made, "q");
}

TEST_F(EngineTest, WhatRunsLongIsOptimised) {
  registerEngine("two", create<'o'>, create<'q'>);
  llvm::cantFail(createRegisteredEngine("two", getNetwork(), 100000));
  EXPECT_EQ(made, "o");
}

TEST_F(EngineTest, AnEngineMayHaveOneWayOnly) {
  registerEngine("one", create<'o'>);
  llvm::cantFail(createRegisteredEngine("one", getNetwork(), 1));
  EXPECT_EQ(made, "o");
}

TEST_F(EngineTest, OneThatIsNotThereNamesThoseThatAre) {
  registerEngine("one", create<'o'>);
  EXPECT_EQ(llvm::toString(createRegisteredEngine("none", getNetwork(), 1).takeError()).rfind("there is no engine", 0),
            0u);
}
