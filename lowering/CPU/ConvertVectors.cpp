//===- ConvertVectors.cpp - vectors to the LLVM dialect -------------------===//
//
// Upstream's pass converts memory accesses with indices of 64 bits, whatever the module says; on a machine of 32 bits
// they would not fit those of the other conversions.
//
//===----------------------------------------------------------------------===//
#include "lowering/Passes.h"

#include "mlir/Conversion/LLVMCommon/ConversionTarget.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVM.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Dialect/Vector/Transforms/LoweringPatterns.h"
#include "mlir/Dialect/Vector/Transforms/VectorRewritePatterns.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace lle {
#define GEN_PASS_DEF_CONVERTVECTORS
#include "lowering/Passes.h.inc"
} // namespace lle

using namespace mlir;

namespace {
struct ConvertVectors : lle::impl::ConvertVectorsBase<ConvertVectors> {
  using ConvertVectorsBase::ConvertVectorsBase;

  void runOnOperation() override {
    MLIRContext &context = getContext();
    RewritePatternSet simple(&context);
    vector::populateVectorToVectorCanonicalizationPatterns(simple);
    vector::populateVectorBitCastLoweringPatterns(simple);
    vector::populateVectorBroadcastLoweringPatterns(simple);
    vector::populateVectorMaskOpLoweringPatterns(simple);
    vector::populateVectorShapeCastLoweringPatterns(simple);
    vector::populateVectorTransposeLoweringPatterns(simple, vector::VectorTransposeLowering::EltWise);
    vector::populateVectorTransferLoweringPatterns(simple, /*maxTransferRank=*/1);
    vector::populateVectorMaskMaterializationPatterns(simple, /*force32BitVectorIndices=*/true);
    vector::populateVectorInsertExtractStridedSliceTransforms(simple);
    vector::populateVectorStepLoweringPatterns(simple);
    vector::populateVectorRankReducingFMAPattern(simple);
    vector::populateVectorGatherLoweringPatterns(simple);
    if (failed(applyPatternsGreedily(getOperation(), std::move(simple))))
      return signalPassFailure();

    LowerToLLVMOptions options(&context, DataLayout(getOperation()));
    LLVMTypeConverter converter(&context, options);
    RewritePatternSet patterns(&context);
    vector::populateVectorTransferLoweringPatterns(patterns);
    populateVectorToLLVMConversionPatterns(converter, patterns, /*reassociateFPReductions=*/false,
                                           /*force32BitVectorIndices=*/true);
    LLVMConversionTarget target(context);
    target.addLegalDialect<arith::ArithDialect, memref::MemRefDialect>();
    target.addLegalOp<UnrealizedConversionCastOp>();
    if (failed(applyPartialConversion(getOperation(), target, std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
