//===- LTCAttrs.td - what frameworks do differently ---------*- tablegen -*-===//
#ifndef LLE_DIALECTS_LTC_LTCATTRS_TD
#define LLE_DIALECTS_LTC_LTCATTRS_TD

include "dialects/LTC/LTCDialect.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/EnumAttr.td"

class LTC_Enum<string name, string summary, list<I32EnumAttrCase> cases> : I32EnumAttr<name, summary, cases> {
  let cppNamespace = "::lle::ltc";
  let genSpecializedAttr = 0;
}

class LTC_EnumAttr<EnumInfo enum, string mnemonic> : EnumAttr<LTC_Dialect, enum, mnemonic> {
  let assemblyFormat = "`<` $value `>`";
}

def LTC_Solver : LTC_Enum<"Solver", "how an unfold advances the membrane equation by its share of the elapsed time", [
  I32EnumAttrCase<"fused", 0>, // semi-implicit: conductances at the old potential, potential at the new one
  I32EnumAttrCase<"euler", 1>, // explicit Euler
  I32EnumAttrCase<"rk4", 2>    // classic Runge-Kutta of fourth order
]>;
def LTC_SolverAttr : LTC_EnumAttr<LTC_Solver, "solver">;

def LTC_Positivity : LTC_Enum<"Positivity", "how weights, capacitances and leaks are kept positive", [
  I32EnumAttrCase<"clip", 0>,    // the trainer clips them after each of its steps: the stored numbers are used
  I32EnumAttrCase<"softplus", 1> // the numbers used are log(1 + exp(x)) of the stored ones
]>;
def LTC_PositivityAttr : LTC_EnumAttr<LTC_Positivity, "positivity">;

def LTC_Mode : LTC_Enum<"Mode", "which closed form a CfC cell computes", [
  I32EnumAttrCase<"gated", 0, "default">, // f1 (1 - t) + t f2
  I32EnumAttrCase<"no_gate", 1>,          // f1 + t f2
  I32EnumAttrCase<"pure", 2>              // A - A exp(-dt (|w_tau| + |f|)) f
]>;
def LTC_ModeAttr : LTC_EnumAttr<LTC_Mode, "mode">;

def LTC_GateSign : LTC_Enum<"GateSign", "the sign of time_a in the time gate", [
  I32EnumAttrCase<"plus", 0>, // sigma(+time_a dt + time_b)
  I32EnumAttrCase<"minus", 1> // sigma(-time_a dt + time_b)
]>;
def LTC_GateSignAttr : LTC_EnumAttr<LTC_GateSign, "gate_sign">;

def LTC_MaskKind : LTC_Enum<"MaskKind", "what a mask of -1, 0 and 1 does to weights", [
  I32EnumAttrCase<"absolute", 0>,     // a weight stays where the mask is not 0
  I32EnumAttrCase<"signed_", 1, "signed"> // weights are multiplied by the mask
]>;
def LTC_MaskKindAttr : LTC_EnumAttr<LTC_MaskKind, "mask_kind">;

def LTC_Reset : LTC_Enum<"Reset", "where a GRU applies its reset gate", [
  I32EnumAttrCase<"before", 0>, // to the state, before the recurrent weights
  I32EnumAttrCase<"after", 1>   // to what the recurrent weights give, their bias included
]>;
def LTC_ResetAttr : LTC_EnumAttr<LTC_Reset, "reset">;

#endif
