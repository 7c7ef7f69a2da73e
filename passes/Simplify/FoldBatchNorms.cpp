//===- FoldBatchNorms.cpp - normalisations into the synapses before them --===//
#include "dialects/LLE/Layers.h"
#include "passes/Simplify/Passes.h"
#include "passes/Simplify/Weights.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace lle {
#define GEN_PASS_DEF_FOLDBATCHNORMS
#include "passes/Simplify/Passes.h.inc"
} // namespace lle

using namespace mlir;
using namespace lle;

namespace {
/// `a (W x + b) + c` becomes `(a W) x + (a b + c)`, where each output channel has its a and c.
template <typename SynapseOp>
struct FoldBatchNorm : OpRewritePattern<BatchNormOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(BatchNormOp norm, PatternRewriter &rewriter) const override {
    auto synapse = norm.getInput().template getDefiningOp<SynapseOp>();
    if (!synapse)
      return rewriter.notifyMatchFailure(norm, "is behind another operation");
    if (!synapse->hasOneUse())
      return rewriter.notifyMatchFailure(norm, "the synapse has other readers");
    RankedTensorType type = norm.getType();
    auto weightType = cast<RankedTensorType>(synapse.getWeights().getType());
    static constexpr bool isDense = std::is_same_v<SynapseOp, LinearOp> || std::is_same_v<SynapseOp, AffineOp>;
    int64_t channelDim = isDense ? type.getRank() - 1 : 0;
    if (int64_t(norm.getChannelDim()) != channelDim || (isDense && weightType.getRank() != 2))
      return rewriter.notifyMatchFailure(norm, "its channels are not the outputs of the synapse");
    if (synapse.getType() != type)
      return rewriter.notifyMatchFailure(norm, "converts what the synapse gives");
    std::optional<std::vector<double>> weights = readWeights(synapse.getWeights());
    if (!weights)
      return rewriter.notifyMatchFailure(norm, "the weights are not constant numbers");
    ChannelMap map = getChannelMap(norm);
    SmallVector<double> bias(map.factor.size(), 0.0);
    if constexpr (!std::is_same_v<SynapseOp, LinearOp>) {
      std::optional<std::vector<double>> constant = readWeights(synapse.getBias());
      if (!constant)
        return rewriter.notifyMatchFailure(norm, "the bias is not constant numbers");
      bias.assign(constant->begin(), constant->end());
    }

    size_t channels = bias.size(), fanIn = weights->size() / channels;
    for (size_t channel = 0; channel < channels; ++channel) {
      bias[channel] = map.factor[channel] * bias[channel] + map.offset[channel];
      for (double &weight : MutableArrayRef<double>(*weights).slice(channel * fanIn, fanIn))
        weight *= map.factor[channel];
    }
    Location loc = synapse.getLoc();
    Value folded =
        createWeight(rewriter, loc, *weights, RankedTensorType::get(weightType.getShape(), type.getElementType()));
    Value offset = createWeight(rewriter, loc, bias, RankedTensorType::get({int64_t(channels)}, type.getElementType()));
    Operation *whole;
    if constexpr (std::is_same_v<SynapseOp, LinearOp>) {
      whole = AffineOp::create(rewriter, loc, type, synapse.getInput(), folded, offset, synapse.getNameAttr());
      whole->setDiscardableAttrs(synapse->getDiscardableAttrDictionary());
    } else {
      whole = rewriter.clone(*synapse);
      whole->setOperand(1, folded);
      whole->setOperand(2, offset);
    }
    rewriter.replaceOp(norm, whole);
    return success();
  }
};

struct FoldBatchNorms : lle::impl::FoldBatchNormsBase<FoldBatchNorms> {
  using FoldBatchNormsBase::FoldBatchNormsBase;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<FoldBatchNorm<LinearOp>, FoldBatchNorm<AffineOp>, FoldBatchNorm<Conv1dOp>, FoldBatchNorm<Conv2dOp>>(
        &getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
