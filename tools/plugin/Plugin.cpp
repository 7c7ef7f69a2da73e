//===- Plugin.cpp - LLE inside any mlir-opt -------------------------------===//
#include "dialects/Check/CheckOps.h"
#include "lowering/Passes.h"
#include "lowering/Pipelines.h"
#include "passes/Neurons/Passes.h"
#include "passes/Precision/Passes.h"
#include "passes/Simplify/Passes.h"

#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"

static void registerDialects(mlir::DialectRegistry *registry) {
  lle::registerLoweringDialects(*registry);
  registry->insert<lle::check::CheckDialect>();
}

static void registerPasses() {
  lle::registerLLELoweringPasses();
  lle::registerLLENeuronsPasses();
  lle::registerLLEPrecisionPasses();
  lle::registerLLESimplifyPasses();
  lle::registerLoweringPipelines();
}

extern "C" LLVM_ATTRIBUTE_WEAK mlir::DialectPluginLibraryInfo mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "LLE", LLE_VERSION, registerDialects};
}

extern "C" LLVM_ATTRIBUTE_WEAK mlir::PassPluginLibraryInfo mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "LLE", LLE_VERSION, registerPasses};
}
