//===- StepLoweringOpInterface.td - one step as tensor code --*- tablegen -*-===//
#ifndef LLE_LOWERING_MATERIALIZESTATE_STEPLOWERINGOPINTERFACE_TD
#define LLE_LOWERING_MATERIALIZESTATE_STEPLOWERINGOPINTERFACE_TD

include "mlir/IR/OpBase.td"

def LLE_StepLoweringOpInterface : OpInterface<"StepLoweringOpInterface"> {
  let cppNamespace = "::lle";
  let description = [{
    How an operation of a network becomes code of upstream dialects, with its states as explicit values. Implemented
    as external models in lowering/LLEToLinalg, lowering/LTCToLinalg and lowering/SpkToLinalg.
  }];
  let methods = [
    InterfaceMethod<[{
        The results of the step and the states after it. `states` and `newStates` are in the order of
        `StatefulOpInterface::getStates`. An operation that is not combinational gets null inputs at first and gives
        its results alone; it is asked again, with inputs, for its new states.
      }],
      "::mlir::LogicalResult", "lowerStep",
      (ins "::lle::StepBuilder &":$builder, "::llvm::ArrayRef<::lle::StepSignal>":$inputs,
           "::llvm::ArrayRef<::mlir::Value>":$states,
           "::llvm::SmallVectorImpl<::lle::StepSignal> &":$results,
           "::llvm::SmallVectorImpl<::mlir::Value> &":$newStates)>,
    InterfaceMethod<[{
        Whether spikes of 0 or 1 in operand `number` are read as bits where the signal has them; its bytes are then not
        looked at, and need not exist.
      }],
      "bool", "readsBits", (ins "unsigned":$number, "const ::lle::VectorShape &":$machine), [{}],
      [{ return false; }]>,
    InterfaceMethod<[{
        Whether `lowerStep` takes states as memory holds them where they are quantised, by the builder's `stateTypes`.
        Else they are computed into a buffer before it, and stored after it.
      }],
      "bool", "readsStoredStates", (ins), [{}], [{ return false; }]>,
  ];
}

#endif
