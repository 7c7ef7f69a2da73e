//===- Engines.cpp - engines for passes that run networks -----------------===//
#include "tools/common/Engines.h"
#include "lowering/JIT/JIT.h"
#include "lowering/Pipelines.h"
#include "passes/Analysis/Engines.h"
#include "reference/Interpreter.h"
#include "reference/ReferenceOpInterface.h"

#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Parser/Parser.h"

using namespace mlir;
using namespace lle;

namespace {
/// An engine with the context that it was made in.
class OwningEngine : public Engine {
public:
  OwningEngine(std::unique_ptr<MLIRContext> context, std::unique_ptr<Engine> engine)
      : context(std::move(context)), engine(std::move(engine)) {}
  std::unique_ptr<Instance> instantiate() override { return engine->instantiate(); }

private:
  std::unique_ptr<MLIRContext> context;
  std::unique_ptr<Engine> engine;
};
} // namespace

/// Makes the engine of a copy in a context of its own: pass managers of one context do not nest.
static llvm::Expected<std::unique_ptr<Engine>> createApart(NetworkOp network, const EngineFactory &create) {
  OwningOpRef<ModuleOp> copy = ModuleOp::create(network.getLoc());
  copy->push_back(network->clone());
  std::string bytes;
  llvm::raw_string_ostream stream(bytes);
  if (failed(writeBytecodeToFile(*copy, stream)))
    return llvm::createStringError("the network cannot be copied");

  DialectRegistry registry;
  registerLoweringDialects(registry);
  registerReferenceModels(registry);
  auto context = std::make_unique<MLIRContext>(registry, MLIRContext::Threading::DISABLED);
  std::string errors;
  ScopedDiagnosticHandler handler(context.get(), [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
      errors += (errors.empty() ? "" : "; ") + diagnostic.str();
    return success();
  });
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(bytes, context.get());
  if (!module)
    return llvm::createStringError(errors);
  llvm::Expected<std::unique_ptr<Engine>> engine = create(*module->getOps<NetworkOp>().begin());
  if (!engine)
    return llvm::createStringError(llvm::toString(engine.takeError()) + (errors.empty() ? "" : ": " + errors));
  return std::make_unique<OwningEngine>(std::move(context), std::move(*engine));
}

template <Precision precision>
static llvm::Expected<std::unique_ptr<Engine>> createReference(NetworkOp network) {
  if (auto engine = createReferenceEngine(network, precision))
    return engine;
  return llvm::createStringError("the network cannot be evaluated");
}

void lle::registerEngines() {
  static const std::pair<const char *, EngineFactory> kEngines[] = {
      {"native", createNativeEngine},
      {"reference", createReference<Precision::f32>},
      {"reference-f64", createReference<Precision::f64>},
  };
  for (const auto &[name, create] : kEngines)
    registerEngine(name, [create = create](NetworkOp network) { return createApart(network, create); });
}
