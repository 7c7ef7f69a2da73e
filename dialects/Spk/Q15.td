//===- Q15.td - neurons in 16-bit arithmetic ----------------*- tablegen -*-===//
#ifndef LLE_DIALECTS_SPK_Q15_TD
#define LLE_DIALECTS_SPK_Q15_TD

include "dialects/LLE/LLEDialect.td"
include "dialects/LLE/LLEInterfaces.td"
include "dialects/Spk/SpkDialect.td"
include "mlir/IR/EnumAttr.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Spk_Q15Reset : I32EnumAttr<"Q15Reset", "what a spike does to a membrane of 16 bits", [
  I32EnumAttrCase<"subtract", 0>, // the threshold is taken off
  I32EnumAttrCase<"zero", 1>
]> {
  let cppNamespace = "::lle::spk";
}

def Spk_Q15LIFOp : Op<Spk_Dialect, "q15_lif", [
    DeclareOpInterfaceMethods<LLE_NeuronOpInterface>, DeclareOpInterfaceMethods<LLE_CostOpInterface>,
    DeclareOpInterfaceMethods<LLE_StatefulOpInterface, ["isCombinational"]>]> {
  let summary = "leaky integrate-and-fire neuron whose membrane is an integer of 16 bits";
  let description = [{
    The membrane `v` is an integer of 16 bits that starts at 0; `x` is what the synapses deliver, in the unit of v:
    * `v' = sat(((v decay) >> 15) + x)`: the shift rounds towards minus infinity, the sum is taken modulo 2^32, and
      `sat` clips it to -2^15 and 2^15 - 1.
    * `z = v' >= v_threshold`; where z, v' is less by the threshold (`subtract`) or 0 (`zero`).

    `decay` is what a membrane keeps in a step, in units of 2^-15: `exp(-dt / tau) 2^15`, rounded. The product is that
    of q15 arithmetic, which processors with 16-bit multiplication have as one instruction. State: `v`.

    The discrete-time neuron is that of W. Gerstner and W. M. Kistler, Spiking Neuron Models, 2002, section 4.1, as
    snnTorch steps it; the format is that of CMSIS-DSP.

    Constraints:
    * C1: input and result have the same shape.
    * C2: parameters are dense integers of that shape: decay of 0 to 2^15, v_threshold of 1 to 2^15 - 1.

    ```mlir
    %z = spk.q15_lif "hidden" %x subtract {decay = dense<29491> : tensor<3xi32>,
      v_threshold = dense<1024> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_TensorOf<[SI32], "integer sums (tensor of static shape, not empty, of si32)">:$input,
                       Spk_Q15Reset:$reset, ElementsAttr:$decay, ElementsAttr:$v_threshold);
  let results = (outs LLE_TensorOf<[I1], "spikes (tensor of static shape, not empty, of i1)">:$result);
  let assemblyFormat = "$name $input $reset attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
}

#endif
