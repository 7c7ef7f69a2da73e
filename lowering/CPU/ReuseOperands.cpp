//===- ReuseOperands.cpp - element-wise results in place ------------------===//
#include "lowering/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Interfaces/LoopLikeInterface.h"

namespace lle {
#define GEN_PASS_DEF_REUSEOPERANDS
#include "lowering/Passes.h.inc"
} // namespace lle

using namespace mlir;

/// Whether nothing but scratch memory lies under the value: what is written into it was an empty tensor once.
static bool isScratch(Value value) {
  while (Operation *op = value.getDefiningOp()) {
    auto result = cast<OpResult>(value);
    if (isa<tensor::EmptyOp>(op))
      return true;
    if (isa<tensor::CollapseShapeOp, tensor::ExpandShapeOp, tensor::ExtractSliceOp>(op) &&
        op->getOperand(0).hasOneUse()) // a part of what is read again is not free
      value = op->getOperand(0);
    else if (auto destination = dyn_cast<DestinationStyleOpInterface>(op))
      value = destination.getTiedOpOperand(result)->get();
    else if (auto loop = dyn_cast<LoopLikeOpInterface>(op); loop && loop.getTiedLoopInit(result))
      value = loop.getTiedLoopInit(result)->get();
    else
      return false;
  }
  return false;
}

/// Whether all operands are read and written element by element, in the same order.
static bool isElementwise(linalg::GenericOp op) {
  return op.hasPureTensorSemantics() && op.getNumParallelLoops() == op.getNumLoops() &&
         llvm::all_of(op.getIndexingMapsArray(), [](AffineMap map) { return map.isIdentity(); });
}

/// An input that ends at the operation, and can become its output `init`; null if there is none.
static OpOperand *findReusable(linalg::GenericOp op, OpOperand *init) {
  if (!init->get().getDefiningOp<tensor::EmptyOp>() || op.payloadUsesValueFromOperand(init))
    return nullptr;
  for (OpOperand *input : op.getDpsInputOperands()) {
    Value value = input->get();
    Operation *producer = value.getDefiningOp();
    // In a loop, a value from outside is read again.
    if (value.getType() == init->get().getType() && value.hasOneUse() && producer &&
        producer->getBlock() == op->getBlock() && isScratch(value))
      return input;
  }
  return nullptr;
}

/// The same operation with `input` as the output `init`, which its body reads.
static linalg::GenericOp replaceInit(IRRewriter &rewriter, linalg::GenericOp op, OpOperand *input, OpOperand *init) {
  unsigned from = input->getOperandNumber(), to = init->getOperandNumber();
  Block *body = op.getBlock();
  rewriter.modifyOpInPlace(op, [&] {
    body->getArgument(from).replaceAllUsesWith(body->getArgument(to));
    init->set(input->get());
  });
  SmallVector<Value> inputs(op.getInputs());
  inputs.erase(inputs.begin() + from);
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  maps.erase(maps.begin() + from);
  rewriter.setInsertionPoint(op);
  auto next = linalg::GenericOp::create(rewriter, op.getLoc(), op.getResultTypes(), inputs, op.getOutputs(), maps,
                                        op.getIteratorTypesArray());
  body->eraseArgument(from);
  rewriter.inlineRegionBefore(op.getRegion(), next.getRegion(), next.getRegion().begin());
  rewriter.replaceOp(op, next);
  return next;
}

namespace {
struct ReuseOperands : lle::impl::ReuseOperandsBase<ReuseOperands> {
  using ReuseOperandsBase::ReuseOperandsBase;

  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    SmallVector<linalg::GenericOp> sweeps;
    getOperation().walk([&](linalg::GenericOp op) {
      if (isElementwise(op))
        sweeps.push_back(op);
    });
    for (linalg::GenericOp sweep : sweeps)
      for (int64_t output = 0; output < sweep.getNumDpsInits(); ++output)
        if (OpOperand *input = findReusable(sweep, sweep.getDpsInitOperand(output)))
          sweep = replaceInit(rewriter, sweep, input, sweep.getDpsInitOperand(output));
  }
};
} // namespace
