//===- ReferenceOpInterface.td - the definition, executed ---*- tablegen -*-===//
#ifndef LLE_REFERENCE_REFERENCEOPINTERFACE_TD
#define LLE_REFERENCE_REFERENCEOPINTERFACE_TD

include "mlir/IR/OpBase.td"

def LLE_ReferenceOpInterface : OpInterface<"ReferenceOpInterface"> {
  let cppNamespace = "::lle";
  let description = [{
    An operation that can be evaluated as its description defines it, in double or in single precision. Coefficients
    are computed in double precision from the parameters as stored and rounded once; everything else is computed in
    the working precision, in the order in which the definition writes it, each operation rounded on its own.

    The implementations are external models (`registerReferenceModels`), so that dialects stay pure IR, and share
    nothing with the lowerings that are checked against them.
  }];
  let methods = [
    InterfaceMethod<"What the operation does in each step of `dt` seconds, in double precision.",
      "::std::unique_ptr<::lle::StepEvaluation<double>>", "getEvaluationF64", (ins "double":$dt)>,
    InterfaceMethod<"The same in single precision.",
      "::std::unique_ptr<::lle::StepEvaluation<float>>", "getEvaluationF32", (ins "double":$dt)>,
  ];
}

#endif
