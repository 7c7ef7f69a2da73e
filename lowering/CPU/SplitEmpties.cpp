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
    getOperation().walk([](tensor::EmptyOp empty) {
      // By where a value begins. Slices that are filled in turn are parts of one value, and so are all uses within one
      // operation: what branches yield.
      llvm::MapVector<Operation *, SmallVector<OpOperand *>> beginnings;
      for (OpOperand &use : empty->getUses()) {
        Operation *user = empty->getBlock()->findAncestorOpInBlock(*use.getOwner());
        beginnings[isa<tensor::ExtractSliceOp, tensor::InsertSliceOp>(user) ? nullptr : user].push_back(&use);
      }
      if (beginnings.empty())
        return;
      OpBuilder builder(empty);
      for (auto &[user, uses] : llvm::drop_begin(beginnings)) {
        Value own = builder.clone(*empty)->getResult(0);
        for (OpOperand *use : uses)
          use->set(own);
      }
    });
  }
};
} // namespace
