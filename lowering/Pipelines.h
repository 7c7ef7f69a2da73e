//===- Pipelines.h - named pipelines ----------------------------*- C++ -*-===//
#ifndef LLE_LOWERING_PIPELINES_H
#define LLE_LOWERING_PIPELINES_H

#include "lowering/Passes.h"

#include "mlir/Pass/PassOptions.h"

namespace mlir {
class DialectRegistry;
class OpPassManager;
} // namespace mlir

namespace lle {

/// Options of the pipelines to native code.
struct CPUPipelineOptions : mlir::PassPipelineOptions<CPUPipelineOptions> {
  Option<int64_t> lanes{*this, "lanes", llvm::cl::desc("f32 elements of one vector register"), llvm::cl::init(16)};
  Option<int64_t> registers{*this, "registers", llvm::cl::desc("vector registers"), llvm::cl::init(32)};
  Option<Simd> simd{*this, "simd", llvm::cl::desc("instructions of the machine on several numbers"),
                    llvm::cl::init(Simd::none), getSimdValues()};
  Option<int64_t> alignment{*this, "alignment", llvm::cl::desc("alignment of states and buffers in bytes"),
                            llvm::cl::init(64)};
  Option<Accuracy> accuracy{
      *this, "accuracy", llvm::cl::desc("bound of the absolute error of exp, tanh and the like"),
      llvm::cl::init(Accuracy::standard),
      llvm::cl::values(clEnumValN(Accuracy::standard, "default", "2e-7"), clEnumValN(Accuracy::fast, "fast", "1e-5"))};
};

/// Networks to tensor code: `lle-to-tensors`. Its halves make functions of networks, which looks at the values of
/// weights, and go over these functions, which nothing else does.
void buildToTensorsPipeline(mlir::OpPassManager &pm, const CPUPipelineOptions &options);
void buildMaterializePipeline(mlir::OpPassManager &pm, const CPUPipelineOptions &options);
void buildTensorsPipeline(mlir::OpPassManager &pm, const CPUPipelineOptions &options);
/// Tensor code to buffers in one static arena: `lle-bufferize`.
void buildBufferizePipeline(mlir::OpPassManager &pm);
/// Buffers to the LLVM dialect with the C ABI of the runtime: `lle-to-llvm`.
void buildToLLVMPipeline(mlir::OpPassManager &pm);
/// All three: `lle-cpu`.
void buildCPUPipeline(mlir::OpPassManager &pm, const CPUPipelineOptions &options);

void registerLoweringPipelines();

/// Everything that the pipelines need of a registry: dialects, interfaces and lowerings.
void registerLoweringDialects(mlir::DialectRegistry &registry);

} // namespace lle

#endif
