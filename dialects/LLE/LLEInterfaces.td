//===- LLEInterfaces.td - what passes ask of operations -----*- tablegen -*-===//
#ifndef LLE_DIALECTS_LLE_LLEINTERFACES_TD
#define LLE_DIALECTS_LLE_LLEINTERFACES_TD

include "mlir/IR/OpBase.td"

def LLE_StatefulOpInterface : OpInterface<"StatefulOpInterface"> {
  let cppNamespace = "::lle";
  let description = [{
    An operation that remembers something from one time step to the next. Two such operations are never the same
    one, even with equal operands and attributes: each has a name that is unique in its network and that passes keep
    (probes, saved states and reports use it).
  }];
  let methods = [
    InterfaceMethod<"The states, in the order in which they are saved.",
      "::llvm::SmallVector<::lle::StateDescriptor>", "getStates", (ins)>,
    InterfaceMethod<"The name that is unique among the stateful operations of the network.",
      "::mlir::StringAttr", "getStateName", (ins), [{}], [{ return $_op.getNameAttr(); }]>,
    InterfaceMethod<[{
        Whether the result depends on the operand within the same time step. A cycle of the network must pass an
        operand for which this is false.
      }],
      "bool", "isCombinational", (ins "unsigned":$operand, "unsigned":$result), [{}], [{ return true; }]>,
  ];
}

def LLE_SynapseOpInterface : OpInterface<"SynapseOpInterface"> {
  let cppNamespace = "::lle";
  let description = [{
    A linear map from a signal to currents through weights.
  }];
  let methods = [
    InterfaceMethod<"The signal that the weights are applied to.",
      "::mlir::Value", "getSignal", (ins), [{}], [{ return $_op.getInput(); }]>,
    InterfaceMethod<"The weights.", "::mlir::Value", "getSynapticWeights", (ins), [{}], [{ return $_op.getWeights(); }]>,
    InterfaceMethod<"Number of inputs that reach one output.", "int64_t", "getFanIn", (ins)>,
    InterfaceMethod<"Number of outputs that one input reaches, away from borders.", "int64_t", "getFanOut", (ins)>,
    InterfaceMethod<"Dimension of the weights that counts output channels: pruning one removes a slice of it.",
      "unsigned", "getOutputChannelDim", (ins)>,
  ];
}

def LLE_NeuronOpInterface : OpInterface<"NeuronOpInterface"> {
  let cppNamespace = "::lle";
  let description = [{
    A population of neurons: one membrane per element of the result.
  }];
  let methods = [
    InterfaceMethod<"Whether the population emits spikes (otherwise its result is the membrane potential).",
      "bool", "emitsSpikes", (ins)>,
    InterfaceMethod<"The firing threshold, or null where there is none.", "::mlir::ElementsAttr", "getFiringThreshold",
      (ins)>,
    InterfaceMethod<"Whether the parameters are per time step, so that the network's dt cannot be changed.",
      "bool", "isDiscrete", (ins)>,
    InterfaceMethod<"Membrane and synapse parameters by name, those that are present.",
      "::llvm::SmallVector<::mlir::NamedAttribute>", "getParameters", (ins)>,
  ];
}

def LLE_CostOpInterface : OpInterface<"CostOpInterface"> {
  let cppNamespace = "::lle";
  let description = [{
    Work per time step as a function of measured activity. The counts are of the mathematics, not of an
    implementation: a target's cost model turns them into cycles and energy.
  }];
  let methods = [
    InterfaceMethod<[{
        Work of one time step when the fraction `activity` (0 to 1) of the input elements is not zero.
      }],
      "::lle::OpCost", "getCost", (ins "double":$activity)>,
  ];
}

#endif
