//===- FewSpike.td - neurons of few spikes ------------------*- tablegen -*-===//
#ifndef LLE_DIALECTS_SPK_FEWSPIKE_TD
#define LLE_DIALECTS_SPK_FEWSPIKE_TD

include "dialects/LLE/LLEDialect.td"
include "dialects/LLE/LLEInterfaces.td"
include "dialects/Spk/SpkAttrs.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class Spk_FewSpikeBaseOp<string mnemonic, list<Trait> traits> : Op<Spk_Dialect, mnemonic, !listconcat(traits, [
    AllTypesMatch<["input", "result"]>, LLE_NeuronOpInterface, LLE_CostOpInterface])> {
  let hasVerifier = 1;
  let results = (outs LLE_Current:$result);
}

def Spk_FewSpikeOp : Spk_FewSpikeBaseOp<"few_spike", [Pure]> {
  let summary = "few-spike neuron: K spikes of different weight approximate an activation, within one step";
  let description = [{
    The K internal steps of the neuron are taken in one step of the network, and the result is what its spikes add up to:
    `v = x` and `y = 0`; for each k in turn, `z = H(v; v_threshold[k])`, and where z, `v' = v - decrement[k]` and
    `y' = y + amplitude[k]`. The result is the last y. H is `v > threshold` (gt) or `v >= threshold` (ge). There is no
    state: the next step of the network begins anew. In the paper v_threshold is T, decrement h and amplitude d, and
    `T[k] = h[k] = d[k] = alpha 2^-k` is a relu of K bits.

    Constraints:
    * C1: v_threshold, decrement and amplitude are dense finite numbers.
    * C2: they have one dimension, which is the same for all.

    C. Stöckl, W. Maass, Optimized spiking neurons can classify images with high accuracy through temporal coding with
    two spikes, Nature Machine Intelligence 3 (2021).

    ```mlir
    %y = spk.few_spike %x gt {amplitude = dense<[2.000000e+00, 1.000000e+00, 5.000000e-01]> : tensor<3xf32>,
      decrement = dense<[2.000000e+00, 1.000000e+00, 5.000000e-01]> : tensor<3xf32>,
      v_threshold = dense<[2.000000e+00, 1.000000e+00, 5.000000e-01]> : tensor<3xf32>} : tensor<4xf32>
    ```
  }];
  let arguments = (ins LLE_Current:$input, Spk_CompareAttr:$compare, ElementsAttr:$v_threshold, ElementsAttr:$decrement,
                       ElementsAttr:$amplitude, OptionalAttr<StrAttr>:$name);
  let assemblyFormat = "$input `` $compare attr-dict `:` type($result)";
  let extraClassDeclaration = [{
    bool emitsSpikes() { return true; }
    ::mlir::ElementsAttr getFiringThreshold() { return getVThresholdAttr(); }
    bool isDiscrete() { return true; }
    ::llvm::SmallVector<::mlir::NamedAttribute> getParameters();
    ::lle::OpCost getCost(double activity);
  }];
}

def Spk_FewSpikeCoderOp : Spk_FewSpikeBaseOp<"few_spike_coder", [LLE_StatefulOpInterface]> {
  let summary = "few-spike neuron: one of its K spikes in each step of the network";
  let description = [{
    The neuron of `spk.few_spike` on hardware that sends its spikes one by one: windows of K steps follow each other;
    in one it adds up what it is sent, and in the next it emits the code of that sum. In step k of a window (k from 0):

    * where k is 0, `v = sum` and `sum = 0`: the window before is complete;
    * `z = H(v; v_threshold[k])`, and where z, `v' = v - decrement[k]`; the result is `amplitude[k] z`;
    * `sum' = sum + x`.

    So a layer is a window late, and what a window sends adds up to what `spk.few_spike` gives for the sum of the window
    before. States: `v`, `sum`, and `phase`, which is k; all start at zero, so that the first window codes a zero.

    Constraints:
    * C1 and C2 of `spk.few_spike`.

    ```mlir
    %y = spk.few_spike_coder "fs" %x gt {amplitude = dense<[2.000000e+00, 1.000000e+00, 5.000000e-01]> : tensor<3xf32>,
      decrement = dense<[2.000000e+00, 1.000000e+00, 5.000000e-01]> : tensor<3xf32>,
      v_threshold = dense<[2.000000e+00, 1.000000e+00, 5.000000e-01]> : tensor<3xf32>} : tensor<4xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Current:$input, Spk_CompareAttr:$compare, ElementsAttr:$v_threshold,
                       ElementsAttr:$decrement, ElementsAttr:$amplitude);
  let assemblyFormat = "$name $input `` $compare attr-dict `:` type($result)";
  let extraClassDeclaration = [{
    bool emitsSpikes() { return true; }
    ::mlir::ElementsAttr getFiringThreshold() { return getVThresholdAttr(); }
    bool isDiscrete() { return true; }
    bool isCombinational(unsigned, unsigned) { return false; }
    ::llvm::SmallVector<::mlir::NamedAttribute> getParameters();
    ::llvm::SmallVector<::lle::StateDescriptor> getStates();
    ::lle::OpCost getCost(double activity);
  }];
}

#endif
