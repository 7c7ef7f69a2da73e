//===- PLIF.cpp - a trained time constant is a time constant --------------===//
#include "dialects/Spk/Population.h"
#include "dialects/Spk/SpkModels.h"

#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace lle;
using namespace lle::spk;

/// Element by element, in double precision.
static DenseElementsAttr map(ElementsAttr elements, llvm::function_ref<double(double)> function) {
  SmallVector<double> values;
  auto dense = cast<DenseElementsAttr>(elements);
  if (isa<FloatType>(dense.getElementType())) {
    for (const APFloat &value : dense.getValues<APFloat>())
      values.push_back(function(value.convertToDouble()));
  } else {
    for (const APInt &value : dense.getValues<APInt>())
      values.push_back(function(double(value.getSExtValue())));
  }
  if (dense.isSplat())
    values.resize(1);
  return DenseElementsAttr::get(RankedTensorType::get(dense.getType().getShape(), Float64Type::get(dense.getContext())),
                                ArrayRef<double>(values));
}

namespace {
/// Both forms of the input are integrators of spk.lif with `dt / tau = sigmoid(w)` and gain unit.
struct FoldTrainedTimeConstant : OpRewritePattern<PLIFOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(PLIFOp op, PatternRewriter &rewriter) const override {
    auto network = op->getParentOfType<NetworkOp>();
    if (!network)
      return rewriter.notifyMatchFailure(op, "tau needs the length of a step");
    double dt = network.getDt().convertToDouble();
    DenseElementsAttr tau = map(op.getW(), [&](double w) { return dt * (1 + std::exp(-w)); });
    if (findOffender(tau, [](double value) { return std::isfinite(value); }))
      return rewriter.notifyMatchFailure(op, "tau is infinite");
    DenseElementsAttr ones = map(op.getW(), [](double) { return 1.0; });
    auto dynamics = DynamicsAttr::get(getContext(), op.getDecayInput() ? Integrator::euler : Integrator::decay_euler,
                                      Order::decay_first, Gain::unit, Scale::membrane);
    auto lif = LIFOp::create(rewriter, op.getLoc(), op.getType(), op.getNameAttr(), op.getInput(), dynamics,
                             op.getFiring(), tau, ones, op.getVLeakAttr(), /*decay=*/ElementsAttr(),
                             /*bias=*/ElementsAttr(), op.getVThresholdAttr(), op.getVResetAttr(),
                             /*v_min=*/ElementsAttr(), op.getVInitAttr());
    lif->setDiscardableAttrs(op->getDiscardableAttrDictionary()); // how its state is stored, and what was measured
    rewriter.replaceOp(op, lif);
    return success();
  }
};
} // namespace

void PLIFOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<FoldTrainedTimeConstant>(context);
}
