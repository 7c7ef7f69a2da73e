//===- lle-lsp-server.cpp - diagnostics and navigation for editors --------===//
#include "dialects/Check/CheckOps.h"
#include "dialects/LTC/LTCOps.h"
#include "dialects/Neuro/NeuroOps.h"
#include "dialects/Spk/SpkOps.h"
#include "tools/common/Version.h"

#include "mlir/InitAllDialects.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"

int main(int argc, char **argv) {
  lle::setVersionPrinter();
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  registry.insert<lle::LLEDialect, lle::ltc::LTCDialect, lle::spk::SpkDialect, lle::check::CheckDialect,
                  lle::neuro::NeuroDialect>();
  return failed(mlir::MlirLspServerMain(argc, argv, registry));
}
