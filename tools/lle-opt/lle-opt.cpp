//===- lle-opt.cpp - run passes and named pipelines -----------------------===//
#include "dialects/Check/CheckOps.h"
#include "dialects/Spk/SpkOps.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  registry.insert<lle::LLEDialect, lle::spk::SpkDialect, lle::check::CheckDialect>();
  mlir::registerAllPasses();
  return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, "LLE optimizer\n", registry));
}
