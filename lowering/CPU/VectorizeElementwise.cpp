//===- VectorizeElementwise.cpp - sweeps over vectors ---------------------===//
#include "lowering/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace lle {
#define GEN_PASS_DEF_VECTORIZEELEMENTWISE
#include "lowering/Passes.h.inc"
} // namespace lle

using namespace mlir;

/// Vectors of one iteration: enough to hide latency, few enough to stay in registers.
static constexpr int64_t kVectorsPerTile = 2;

/// The length of a one-dimensional element-wise operation of static shape, or 0 if `op` is not one.
static int64_t getSweepLength(linalg::GenericOp op) {
  if (op.getNumLoops() != 1 || op.getNumParallelLoops() != 1 || !op.hasPureTensorSemantics())
    return 0;
  if (!llvm::all_of(op.getIndexingMapsArray(), [](AffineMap map) { return map.isIdentity(); }))
    return 0;
  int64_t length = op.getStaticLoopRanges().front();
  return ShapedType::isDynamic(length) ? 0 : length;
}

static LogicalResult vectorizeOne(IRRewriter &rewriter, Operation *op) {
  rewriter.setInsertionPoint(op);
  FailureOr<linalg::VectorizationResult> result = linalg::vectorize(rewriter, op);
  if (failed(result))
    return failure();
  rewriter.replaceOp(op, result->replacements);
  return success();
}

/// Cuts off pieces of whole tiles from the front until nothing is left.
static LogicalResult vectorizeSweep(IRRewriter &rewriter, linalg::GenericOp sweep, int64_t lanes) {
  int64_t length = getSweepLength(sweep);
  // A vector of conditions becomes bits as a whole.
  bool isCondition = getElementTypeOrSelf(sweep.getResult(sweep.getNumResults() - 1).getType()).isInteger(1);
  TilingInterface rest = cast<TilingInterface>(sweep.getOperation());
  while (length > 0) {
    int64_t tile = length < lanes || isCondition ? length : std::min(length / lanes, kVectorsPerTile) * lanes;
    int64_t piece = length / tile * tile;
    TilingInterface current = rest;
    if (piece != length) {
      rewriter.setInsertionPoint(rest);
      std::tie(current, rest) = linalg::splitOp(rewriter, rest, 0, rewriter.getIndexAttr(piece));
      if (!current || !rest)
        return failure();
    }
    Operation *inner = current;
    if (piece != tile) {
      rewriter.setInsertionPoint(current);
      scf::SCFTilingOptions options;
      options.setTileSizes({rewriter.getIndexAttr(tile)});
      FailureOr<scf::SCFTilingResult> tiled = scf::tileUsingSCF(rewriter, current, options);
      if (failed(tiled))
        return failure();
      rewriter.replaceOp(current, tiled->replacements);
      inner = tiled->tiledOps.front();
    }
    if (failed(vectorizeOne(rewriter, inner)))
      return failure();
    length -= piece;
  }
  return success();
}

namespace {
struct VectorizeElementwise : lle::impl::VectorizeElementwiseBase<VectorizeElementwise> {
  using VectorizeElementwiseBase::VectorizeElementwiseBase;

  void runOnOperation() override {
    SmallVector<linalg::GenericOp> sweeps;
    getOperation().walk([&](linalg::GenericOp op) {
      if (getSweepLength(op) > 0)
        sweeps.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    for (linalg::GenericOp sweep : sweeps) {
      Location loc = sweep.getLoc();
      if (failed(vectorizeSweep(rewriter, sweep, lanes))) {
        emitError(loc, "an element-wise operation could not be vectorised");
        return signalPassFailure();
      }
    }
    RewritePatternSet patterns(&getContext());
    tensor::populateFoldTensorSubsetIntoVectorTransferPatterns(patterns);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
