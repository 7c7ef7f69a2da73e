//===- LLEAttrs.td - attributes shared by dialects ----------*- tablegen -*-===//
#ifndef LLE_DIALECTS_LLE_LLEATTRS_TD
#define LLE_DIALECTS_LLE_LLEATTRS_TD

include "dialects/LLE/LLEDialect.td"
include "mlir/IR/EnumAttr.td"

def LLE_Activation : I32EnumAttr<"Activation", "a function applied element by element", [
  I32EnumAttrCase<"linear", 0>,     // x
  I32EnumAttrCase<"tanh", 1>,
  I32EnumAttrCase<"lecun_tanh", 2>, // 1.7159 tanh(0.666 x)
  I32EnumAttrCase<"relu", 3>,       // max(x, 0)
  I32EnumAttrCase<"silu", 4>,       // x / (1 + exp(-x))
  I32EnumAttrCase<"gelu", 5>,       // x / 2 (1 + erf(x / sqrt(2)))
  I32EnumAttrCase<"softplus", 6>,   // log(1 + exp(x))
  I32EnumAttrCase<"sigmoid", 7>     // 1 / (1 + exp(-x))
]> {
  let cppNamespace = "::lle";
  let genSpecializedAttr = 0;
}

def LLE_ActivationAttr : EnumAttr<LLE_Dialect, LLE_Activation, "activation"> {
  let assemblyFormat = "`<` $value `>`";
}

#endif
