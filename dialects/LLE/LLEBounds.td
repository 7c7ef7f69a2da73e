//===- LLEBounds.td - limits that states keep ---------------*- tablegen -*-===//
#ifndef LLE_DIALECTS_LLE_LLEBOUNDS_TD
#define LLE_DIALECTS_LLE_LLEBOUNDS_TD

include "mlir/IR/OpBase.td"

def LLE_BoundedStateOpInterface : OpInterface<"BoundedStateOpInterface"> {
  let cppNamespace = "::lle";
  let description = [{
    An operation with state of which limits can be told from its parameters: what it remembers and gives lies between
    them at every step, whatever comes in, if it starts from its initial values and elapsed times are positive. The
    limits are of the mathematics: a computation in floating point may pass them by its rounding. Both methods are given
    what is known of the operands.
  }];
  let methods = [
    InterfaceMethod<"The limits of each state, in the order of `getStates`.",
      "::llvm::SmallVector<::lle::MaybeBounds>", "getStateBounds",
      (ins "::llvm::ArrayRef<::lle::MaybeBounds>":$operands)>,
    InterfaceMethod<"The limits of each result.",
      "::llvm::SmallVector<::lle::MaybeBounds>", "getResultBounds",
      (ins "::llvm::ArrayRef<::lle::MaybeBounds>":$operands)>,
  ];
}

#endif
