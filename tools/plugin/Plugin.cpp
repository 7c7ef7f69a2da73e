//===- Plugin.cpp - LLE inside any mlir-opt -------------------------------===//
#include "dialects/Check/CheckOps.h"
#include "dialects/Spk/SpkOps.h"

#include "mlir/Tools/Plugins/DialectPlugin.h"
#include "mlir/Tools/Plugins/PassPlugin.h"

static void registerDialects(mlir::DialectRegistry *registry) {
  registry->insert<lle::LLEDialect, lle::spk::SpkDialect, lle::check::CheckDialect>();
}

static void registerPasses() {}

extern "C" LLVM_ATTRIBUTE_WEAK mlir::DialectPluginLibraryInfo mlirGetDialectPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "LLE", LLE_VERSION, registerDialects};
}

extern "C" LLVM_ATTRIBUTE_WEAK mlir::PassPluginLibraryInfo mlirGetPassPluginInfo() {
  return {MLIR_PLUGIN_API_VERSION, "LLE", LLE_VERSION, registerPasses};
}
