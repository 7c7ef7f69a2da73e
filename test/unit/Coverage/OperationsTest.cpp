//===- OperationsTest.cpp - every operation is complete -------------------===//
//
// Walks what is registered, so that an operation cannot be added without a definition, a lowering, a cost and a test
// that runs it.
//
//===----------------------------------------------------------------------===//
#include "dialects/Check/CheckOps.h"
#include "dialects/LTC/LTCOps.h"
#include "dialects/Spk/SpkOps.h"
#include "lowering/MaterializeState/StepLowering.h"
#include "lowering/Pipelines.h"
#include "reference/ReferenceOpInterface.h"

#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <gmock/gmock.h>

using namespace mlir;
using namespace lle;
using testing::ElementsAre;

namespace {
class OperationsTest : public testing::Test {
protected:
  OperationsTest() {
    DialectRegistry registry;
    registerLoweringDialects(registry);
    registerReferenceModels(registry);
    registry.insert<check::CheckDialect>();
    context.appendDialectRegistry(registry);
    context.loadDialect<LLEDialect, ltc::LTCDialect, spk::SpkDialect, check::CheckDialect>();
    context.loadAllAvailableDialects();
  }

  /// The operations of networks for which `holds` is false.
  std::vector<std::string> findLacking(llvm::function_ref<bool(RegisteredOperationName)> holds) {
    std::vector<std::string> names;
    for (RegisteredOperationName name : context.getRegisteredOperations())
      if (isa<LLEDialect, ltc::LTCDialect, spk::SpkDialect>(name.getDialect()) && !holds(name))
        names.push_back(name.getStringRef().str());
    llvm::sort(names);
    return names;
  }

  MLIRContext context;
};
} // namespace

// A network holds the operations that are evaluated; its output names what the last of them gave, as spk.yield does in
// a neuron's regions.
TEST_F(OperationsTest, HaveReference) {
  EXPECT_THAT(findLacking([](auto name) { return name.template hasInterface<ReferenceOpInterface>(); }),
              ElementsAre("lle.network", "lle.output", "spk.yield"));
}

// The network becomes functions, and its output their results, in lle-materialize-state itself.
TEST_F(OperationsTest, HaveLowering) {
  EXPECT_THAT(findLacking([](auto name) { return name.template hasInterface<StepLoweringOpInterface>(); }),
              ElementsAre("lle.network", "lle.output", "spk.yield"));
}

// The cost of a network is that of its operations; weights cost where they are read.
TEST_F(OperationsTest, HaveCost) {
  EXPECT_THAT(findLacking([](auto name) { return name.template hasInterface<CostOpInterface>(); }),
              ElementsAre("lle.network", "lle.output", "lle.weight", "spk.yield"));
}

/// Adds the operations of a test that runs on both engines.
static void collectExecuted(MLIRContext &context, StringRef path, llvm::StringSet<> &names) {
  auto file = llvm::MemoryBuffer::getFile(path);
  ASSERT_TRUE(file) << path.str();
  StringRef text = (*file)->getBuffer();
  if (!text.contains("// RUN: %check-reference") || !text.contains("// RUN: %check-native"))
    return;
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, ParserConfig(&context), path);
  ASSERT_TRUE(module) << path.str();
  module->walk([&](Operation *op) { names.insert(op->getName().getStringRef()); });
}

TEST_F(OperationsTest, AreExecuted) {
  llvm::StringSet<> executed;
  std::error_code error;
  llvm::sys::fs::recursive_directory_iterator file(LLE_TEST_SOURCES "/Dialect", error), end;
  for (; !error && file != end; file.increment(error))
    if (StringRef name = llvm::sys::path::filename(file->path());
        name.starts_with("execute-") && name.ends_with(".mlir"))
      collectExecuted(context, file->path(), executed);
  ASSERT_FALSE(error) << error.message();

  std::vector<std::string> lacking;
  for (RegisteredOperationName name : context.getRegisteredOperations())
    if (isa<LLEDialect, ltc::LTCDialect, spk::SpkDialect, check::CheckDialect>(name.getDialect()) &&
        !executed.contains(name.getStringRef()))
      lacking.push_back(name.getStringRef().str());
  EXPECT_THAT(lacking, ElementsAre());
}
