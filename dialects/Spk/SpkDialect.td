//===- SpkDialect.td - spiking neurons ----------------------*- tablegen -*-===//
#ifndef LLE_DIALECTS_SPK_SPKDIALECT_TD
#define LLE_DIALECTS_SPK_SPKDIALECT_TD

include "mlir/IR/OpBase.td"

def Spk_Dialect : Dialect {
  let name = "spk";
  let cppNamespace = "::lle::spk";
  let summary = "spiking neurons";
  let description = [{
    Neuron models of spiking networks. What differs between the frameworks that trained a network (how the equation is
    made discrete, when a neuron fires and what firing does) is an attribute of each operation, without defaults:
    whoever makes the operation decides. README.md in this folder gives the rationale and the formulas.
  }];
  let useDefaultAttributePrinterParser = 1;
  let dependentDialects = ["::lle::LLEDialect"];
}

#endif
