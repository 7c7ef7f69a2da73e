//===- lle-opt.cpp - run passes and named pipelines -----------------------===//
#include "dialects/Check/CheckOps.h"
#include "lowering/C/Passes.h"
#include "lowering/JIT/JIT.h"
#include "lowering/Passes.h"
#include "lowering/Pipelines.h"
#include "lowering/SpkToNeuro/Passes.h"
#include "passes/Analysis/Dataset.h"
#include "passes/Neurons/Passes.h"
#include "passes/Placement/Passes.h"
#include "passes/Precision/Passes.h"
#include "passes/Pruning/Passes.h"
#include "passes/Simplify/Passes.h"
#include "passes/Tuning/Passes.h"
#include "reference/Interpreter.h"
#include "reference/ReferenceOpInterface.h"
#include "targets/Estimate/ExactCost.h"
#include "targets/Neuromorphic/Passes.h"
#include "targets/Target.h"
#include "tools/common/NIRData.h"
#include "tools/common/Version.h"

#include "mlir/InitAllPasses.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  lle::setVersionPrinter();
  mlir::DialectRegistry registry;
  lle::registerLoweringDialects(registry);
  lle::registerReferenceModels(registry);
  registry.insert<lle::check::CheckDialect, lle::neuro::NeuroDialect>();
  lle::registerNativeEngine();
  lle::registerReferenceEngines();
  lle::registerAnalyticCostModel();
  lle::registerTargetChips();
  lle::registerExactCostModel();
  lle::registerHDF5Reader(lle::readHDF5Array);
  mlir::registerAllPasses();
  lle::registerLLEEmitCPasses();
  lle::registerLLELoweringPasses();
  lle::registerLLEMappingPasses();
  lle::registerLLENeuromorphicPasses();
  lle::registerLLENeuronsPasses();
  lle::registerLLEPrecisionPasses();
  lle::registerLLEPruningPasses();
  lle::registerLLESimplifyPasses();
  lle::registerLLESpkToNeuroPasses();
  lle::registerLLETuningPasses();
  lle::registerLoweringPipelines();
  lle::registerEmitCPipelines();
  return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, "LLE optimizer\n", registry));
}
