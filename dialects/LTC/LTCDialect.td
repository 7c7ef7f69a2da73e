//===- LTCDialect.td - liquid and other recurrent cells -----*- tablegen -*-===//
#ifndef LLE_DIALECTS_LTC_LTCDIALECT_TD
#define LLE_DIALECTS_LTC_LTCDIALECT_TD

include "mlir/IR/OpBase.td"

def LTC_Dialect : Dialect {
  let name = "ltc";
  let cppNamespace = "::lle::ltc";
  let summary = "liquid cells (LTC, CfC), and the recurrent cells that they are compared with";
  let description = [{
    Cells of recurrent networks whose time constants depend on their input: liquid time-constant networks (Hasani et
    al., AAAI 2021) and their closed form (Hasani et al., Nature Machine Intelligence 4, 2022), with LSTM, GRU and
    CT-RNN as baselines. What frameworks do differently is an attribute without a default: whoever makes the operation
    decides. README.md in this folder gives the rationale and the formulas.

    A cell keeps its state itself, or, where it is given an operand `hidden`, starts each step from that value and keeps
    nothing: a loop through `lle.delay` then holds the state. Mixed-memory cells are made so.
  }];
  let useDefaultAttributePrinterParser = 1;
  let dependentDialects = ["::lle::LLEDialect"];
}

#endif
