//===- Pipelines.cpp - named pipelines ------------------------------------===//
#include "lowering/Pipelines.h"
#include "dialects/LTC/LTCOps.h"
#include "dialects/Spk/SpkOps.h"
#include "lowering/MaterializeState/StepLowering.h"
#include "lowering/Passes.h"
#include "passes/Simplify/Passes.h"

#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Conversion/ConvertToLLVM/ToLLVMPass.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVMPass.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Conversion/VectorToSCF/VectorToSCF.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Bufferization/Transforms/OneShotAnalysis.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

static void addCleanUp(OpPassManager &pm) {
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

void lle::buildMaterializePipeline(OpPassManager &pm, const CPUPipelineOptions &options) {
  addCleanUp(pm);
  pm.addNestedPass<NetworkOp>(createFoldBatchNorms());
  pm.addNestedPass<NetworkOp>(createFoldOutputMaps());
  addCleanUp(pm);
  MaterializeStateOptions materialize;
  materialize.lanes = options.lanes;
  materialize.registers = options.registers;
  materialize.simd = options.simd;
  materialize.alignment = options.alignment;
  pm.addPass(createMaterializeState(materialize));
}

void lle::buildTensorsPipeline(OpPassManager &pm, const CPUPipelineOptions &options) {
  addCleanUp(pm);
  pm.addNestedPass<func::FuncOp>(createReuseOperands());
  VectorizeElementwiseOptions vectorize;
  vectorize.lanes = options.lanes;
  pm.addNestedPass<func::FuncOp>(createVectorizeElementwise(vectorize));
  PolynomialMathOptions math;
  math.accuracy = options.accuracy;
  math.simd = options.simd;
  pm.addNestedPass<func::FuncOp>(createPolynomialMath(math));
  addCleanUp(pm);
}

void lle::buildToTensorsPipeline(OpPassManager &pm, const CPUPipelineOptions &options) {
  buildMaterializePipeline(pm, options);
  buildTensorsPipeline(pm, options);
}

void lle::buildBufferizePipeline(OpPassManager &pm) {
  pm.addNestedPass<func::FuncOp>(createSplitEmpties());
  bufferization::OneShotBufferizePassOptions options;
  options.bufferizeFunctionBoundaries = true;
  options.functionBoundaryTypeConversion = bufferization::LayoutMapOption::IdentityLayoutMap;
  pm.addPass(bufferization::createOneShotBufferizePass(options));
  addCleanUp(pm);
  pm.addNestedPass<func::FuncOp>(createStoreResults());
  pm.addNestedPass<func::FuncOp>(bufferization::createBufferLoopHoistingPass());
  pm.addNestedPass<func::FuncOp>(createExpandCopies());
  pm.addPass(createConvertLinalgToLoopsPass());
  pm.addNestedPass<func::FuncOp>(createPlanArena());
  addCleanUp(pm);
}

void lle::buildToLLVMPipeline(OpPassManager &pm) {
  VectorTransferToSCFOptions transfers;
  transfers.enableFullUnroll();
  pm.addNestedPass<func::FuncOp>(createConvertVectorToSCFPass(transfers));
  pm.addPass(createSCFToControlFlowPass());
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  pm.addPass(arith::createArithExpandOpsPass());
  pm.addPass(createConvertVectors());
  ConvertFuncToLLVMPassOptions functions;
  functions.useBarePtrCallConv = true;
  pm.addPass(createConvertFuncToLLVMPass(functions));
  // What an index is depends on the machine: the conversion asks the module.
  ConvertToLLVMPassOptions conversion;
  conversion.useDynamic = true;
  pm.addPass(createConvertToLLVMPass(conversion));
  pm.addPass(createReconcileUnrealizedCastsPass());
  pm.addPass(createEmitABI());
  addCleanUp(pm);
}

void lle::buildCPUPipeline(OpPassManager &pm, const CPUPipelineOptions &options) {
  buildToTensorsPipeline(pm, options);
  buildBufferizePipeline(pm);
  buildToLLVMPipeline(pm);
}

void lle::registerLoweringPipelines() {
  PassPipelineRegistration<CPUPipelineOptions>("lle-to-tensors", "networks to tensor code with explicit state",
                                               buildToTensorsPipeline);
  PassPipelineRegistration<>("lle-bufferize", "tensor code to buffers in one static arena", buildBufferizePipeline);
  PassPipelineRegistration<>("lle-to-llvm", "buffers to the LLVM dialect with the C ABI of the runtime",
                             buildToLLVMPipeline);
  PassPipelineRegistration<CPUPipelineOptions>("lle-cpu", "networks to the LLVM dialect: all three pipelines",
                                               buildCPUPipeline);
}

void lle::registerLoweringDialects(DialectRegistry &registry) {
  registerAllDialects(registry);
  registerAllExtensions(registry);
  registry.insert<LLEDialect, ltc::LTCDialect, spk::SpkDialect>();
  registerLLEStepLowerings(registry);
  registerLTCStepLowerings(registry);
  registerSpkStepLowerings(registry);
}
