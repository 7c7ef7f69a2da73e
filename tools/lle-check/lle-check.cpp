//===- lle-check.cpp - run the tests of a file on an engine ---------------===//
#include "tools/common/Version.h"
#include "tools/lle-check/Runner.h"

#include "dialects/Check/CheckOps.h"
#include "lowering/JIT/JIT.h"
#include "lowering/Pipelines.h"
#include "reference/Interpreter.h"
#include "reference/ReferenceOpInterface.h"
#include "targets/C/CEngine.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Support/FileUtilities.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace lle;

template <Precision precision>
static llvm::Expected<std::unique_ptr<Engine>> createReference(NetworkOp network) {
  if (auto engine = createReferenceEngine(network, precision))
    return engine;
  return llvm::createStringError("the network cannot be evaluated");
}

/// As C that this compiler compiles.
static std::string compiler;
static llvm::Expected<std::unique_ptr<Engine>> createC(NetworkOp network) {
  return createCEngine(network, compiler, {"-O1"});
}

/// The engines by the names that the command line uses.
static const std::pair<StringRef, EngineFactory> kEngines[] = {
    {"reference", createReference<Precision::f64>},
    {"reference-f32", createReference<Precision::f32>},
    {"native", createNativeEngine},
    {"c", createC},
};

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  lle::setVersionPrinter();
  llvm::cl::OptionCategory category("lle-check options");
  llvm::cl::opt<std::string> input(llvm::cl::Positional, llvm::cl::desc("<file>"), llvm::cl::init("-"),
                                   llvm::cl::cat(category));
  llvm::cl::opt<std::string> engineName("engine", llvm::cl::Required, llvm::cl::desc("what runs the networks"),
                                        llvm::cl::value_desc("name"), llvm::cl::cat(category));
  llvm::cl::opt<std::string, true> compilerName("compiler", llvm::cl::location(compiler), llvm::cl::init("cc"),
                                                llvm::cl::desc("compiler of the engine c (default: cc)"),
                                                llvm::cl::value_desc("program"), llvm::cl::cat(category));
  llvm::cl::HideUnrelatedOptions(category);
  llvm::cl::ParseCommandLineOptions(argc, argv, "runs the check functions of a file on an engine\n");

  const auto *engine = llvm::find_if(kEngines, [&](const auto &e) { return e.first == engineName; });
  if (engine == std::end(kEngines)) {
    llvm::errs() << "lle-check: no engine is called '" << engineName << "'; there are:";
    for (const auto &known : kEngines)
      llvm::errs() << " " << known.first;
    llvm::errs() << "\n";
    return 1;
  }

  std::string error;
  std::unique_ptr<llvm::MemoryBuffer> file = openInputFile(input, &error);
  if (!file) {
    llvm::errs() << "lle-check: " << error << "\n";
    return 1;
  }
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(std::move(file), SMLoc());

  DialectRegistry registry;
  registerLoweringDialects(registry);
  registry.insert<check::CheckDialect>();
  registerReferenceModels(registry);
  MLIRContext context(registry);
  context.printOpOnDiagnostic(false);
  SourceMgrDiagnosticHandler handler(sources, &context);
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(sources, &context);
  return module && succeeded(runChecks(*module, engine->second)) ? 0 : 1;
}
