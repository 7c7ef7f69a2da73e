//===- Pipeline.cpp - buffers to C ----------------------------------------===//
#include "lowering/C/Passes.h"

#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassOptions.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

void lle::buildToEmitCPipeline(OpPassManager &pm, StringRef header) {
  pm.addNestedPass<func::FuncOp>(createScalarize());
  pm.addPass(createLowerAffinePass());
  pm.addPass(arith::createArithExpandOpsPass());
  pm.addNestedPass<func::FuncOp>(createExpandRounding());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
  pm.addPass(createConvertToEmitC());
  EmitCInterfaceOptions options;
  options.header = header.str();
  pm.addPass(createEmitCInterface(options));
}

namespace {
struct ToEmitCOptions : PassPipelineOptions<ToEmitCOptions> {
  Option<std::string> header{*this, "header", llvm::cl::desc("name of the header of the C file"), llvm::cl::init("")};
};
} // namespace

void lle::registerEmitCPipelines() {
  PassPipelineRegistration<ToEmitCOptions>(
      "lle-to-emitc", "buffers to C in the emitc dialect",
      [](OpPassManager &pm, const ToEmitCOptions &options) { buildToEmitCPipeline(pm, options.header); });
}
