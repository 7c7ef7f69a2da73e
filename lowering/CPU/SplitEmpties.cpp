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
      // Parts that are filled in turn are slices of one value.
      auto isSlice = [](OpOperand &use) { return isa<tensor::ExtractSliceOp, tensor::InsertSliceOp>(use.getOwner()); };
      bool isTaken = llvm::any_of(empty->getUses(), isSlice);
      for (OpOperand &use : empty->getUses()) {
        if (isTaken && !isSlice(use))
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
