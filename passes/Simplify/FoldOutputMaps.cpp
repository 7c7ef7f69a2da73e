//===- FoldOutputMaps.cpp - output maps of liquid cells into decoders -----===//
#include "dialects/LTC/LTCOps.h"
#include "passes/Simplify/Passes.h"
#include "passes/Simplify/Weights.h"

#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace lle {
#define GEN_PASS_DEF_FOLDOUTPUTMAPS
#include "passes/Simplify/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;
using namespace lle::ltc;

/// The elements of a dense attribute of floats in double precision.
static SmallVector<double> readNumbers(DenseElementsAttr elements) {
  return llvm::map_to_vector(elements.getValues<APFloat>(),
                             [](const APFloat &value) { return value.convertToDouble(); });
}

/// A parameter of the cell; `absent` everywhere where there is none.
static SmallVector<double> readMap(ElementsAttr attribute, int64_t count, double absent) {
  if (auto elements = dyn_cast_or_null<DenseElementsAttr>(attribute))
    return readNumbers(elements);
  return SmallVector<double>(count, absent);
}

namespace {
/// `W (m v + n) + b` becomes `(W m) v + (W n + b)`.
template <typename Decoder>
struct FoldOutputMap : OpRewritePattern<Decoder> {
  using OpRewritePattern<Decoder>::OpRewritePattern;

  LogicalResult matchAndRewrite(Decoder decoder, PatternRewriter &rewriter) const override {
    auto cell = decoder.getInput().template getDefiningOp<LTCCellOp>();
    if (!cell || decoder.getInput() != cell.getOutput() || !cell.getOutputWAttr())
      return rewriter.notifyMatchFailure(decoder, "does not read the mapped output of a liquid cell");
    if (!cell.getOutput().hasOneUse())
      return rewriter.notifyMatchFailure(decoder, "the output of the cell has other readers");
    DenseElementsAttr weights, bias;
    if (!matchPattern(decoder.getWeights(), m_Constant(&weights)) || !isFloatMatrix(weights))
      return rewriter.notifyMatchFailure(decoder, "the weights are not a dense matrix of floats");
    int64_t rows = weights.getType().getShape()[0], columns = weights.getType().getShape()[1];
    SmallVector<double> offset(rows, 0.0);
    if constexpr (std::is_same_v<Decoder, AffineOp>) {
      if (!matchPattern(decoder.getBias(), m_Constant(&bias)) || !isa<FloatType>(bias.getElementType()))
        return rewriter.notifyMatchFailure(decoder, "the bias is not dense floats");
      offset = readNumbers(bias);
    }

    SmallVector<double> matrix = readNumbers(weights), factor = readMap(cell.getOutputWAttr(), columns, 1),
                        shift = readMap(cell.getOutputBAttr(), columns, 0);
    for (int64_t row = 0; row < rows; ++row)
      for (int64_t column = 0; column < columns; ++column) {
        double &weight = matrix[row * columns + column];
        offset[row] += weight * shift[column];
        weight *= factor[column];
      }
    Value folded =
        createWeight(rewriter, decoder.getLoc(), matrix, cast<RankedTensorType>(decoder.getWeights().getType()));
    Value sum =
        createWeight(rewriter, decoder.getLoc(), offset, RankedTensorType::get({rows}, weights.getElementType()));
    rewriter.modifyOpInPlace(cell, [&] {
      cell.removeOutputWAttr();
      cell.removeOutputBAttr();
    });
    rewriter.replaceOpWithNewOp<AffineOp>(decoder, decoder.getType(), decoder.getInput(), folded, sum,
                                          decoder.getNameAttr());
    return success();
  }

private:
  static bool isFloatMatrix(DenseElementsAttr weights) {
    return weights.getType().getRank() == 2 && isa<FloatType>(weights.getElementType());
  }
};

struct FoldOutputMaps : lle::impl::FoldOutputMapsBase<FoldOutputMaps> {
  using FoldOutputMapsBase::FoldOutputMapsBase;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<FoldOutputMap<LinearOp>, FoldOutputMap<AffineOp>>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
