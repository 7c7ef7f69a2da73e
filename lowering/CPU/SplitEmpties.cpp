//===- SplitEmpties.cpp - a buffer of its own for each empty tensor -------===//
#include "lowering/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace lle {
#define GEN_PASS_DEF_SPLITEMPTIES
#include "lowering/Passes.h.inc"
} // namespace lle

using namespace mlir;

namespace {
struct SplitEmpties : lle::impl::SplitEmptiesBase<SplitEmpties> {
  using SplitEmptiesBase::SplitEmptiesBase;

  void runOnOperation() override {
    SmallVector<OpOperand *> beginnings;
    getOperation().walk([&](tensor::EmptyOp empty) {
      // Slices that are filled in turn, and what branches yield, are parts of one value.
      auto isPart = [&](OpOperand &use) {
        return isa<tensor::ExtractSliceOp, tensor::InsertSliceOp>(use.getOwner()) ||
               use.getOwner()->getBlock() != empty->getBlock();
      };
      bool isTaken = llvm::any_of(empty->getUses(), isPart);
      for (OpOperand &use : empty->getUses()) {
        if (isPart(use))
          continue;
        if (isTaken)
          beginnings.push_back(&use);
        isTaken = true;
      }
    });
    for (OpOperand *use : beginnings) {
      Operation *empty = use->get().getDefiningOp();
      use->set(OpBuilder(empty).clone(*empty)->getResult(0));
    }
  }
};
} // namespace
