//===- FixedModels.td - graded and complex neurons in integers -*- tablegen -*-===//
//
// What the sigma-delta and resonate-and-fire layers of NetX files are, in Lava's fixed-point arithmetic.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_DIALECTS_SPK_FIXEDMODELS_TD
#define LLE_DIALECTS_SPK_FIXEDMODELS_TD

include "dialects/LLE/LLEAttrs.td"
include "dialects/Spk/FixedBase.td"
include "dialects/Spk/SpkAttrs.td"

class Spk_FixedModelOp<string mnemonic, list<Trait> traits = []> : Op<Spk_Dialect, mnemonic, !listconcat(traits, [
    LLE_NeuronOpInterface, LLE_CostOpInterface, LLE_StatefulOpInterface])> {
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    bool emitsSpikes();
    ::mlir::ElementsAttr getFiringThreshold();
    bool isDiscrete() { return true; }
    ::llvm::SmallVector<::mlir::NamedAttribute> getParameters();
    ::llvm::SmallVector<::lle::StateDescriptor> getStates();
    ::lle::OpCost getCost(double activity);
  }];
}

def Spk_FixedDeltaOp : Spk_FixedModelOp<"fixed_delta", [AllTypesMatch<["input", "result"]>]> {
  let summary = "delta encoder in integers: sends the change of its input where it is large enough";
  let description = [{
    Arithmetic `loihi`: all numbers have 24 bits and wrap, from -2^23 to 2^23 - 1. With `n = spike_exp + state_exp`,
    `a = x << n` and `d = (a - act) + residue`; `e = d`, or `error + d` where cum_error is true. Where
    `|e| >= v_threshold << n` it sends `s = d`, elsewhere 0. `act' = a`, `residue' = d - s`, and `error' = e`, 0 where s
    is not. The result is `s >> state_exp`, rounded down; what the shift cuts off is lost. States: `act`, `residue`, and
    `error` with cum_error; all start at zero.

    Lava computes in words of 32 bits what it declares as 24 (`precision = 24`): only numbers that pass 2^23 differ.

    Constraints:
    * C2: v_threshold is dense integers of the shape of the input, not negative, and `v_threshold << n` is at most 2^23.
    * C3: spike_exp and state_exp are 0 to 7.

    Source: Lava 0.10, `proc/sdn/models.py`, fixed_pt; P. O'Connor, M. Welling, Sigma delta quantized networks, ICLR 2017.

    ```mlir
    %z = spk.fixed_delta "delta" %x loihi {cum_error = false, spike_exp = 6 : i64, state_exp = 6 : i64,
      v_threshold = dense<13> : tensor<3xi32>} : tensor<3xsi32>
    ```
  }];
  let arguments = (ins StrAttr:$name, Spk_Integers:$input, Spk_Arithmetic:$arithmetic, ElementsAttr:$v_threshold,
                       I64Attr:$spike_exp, I64Attr:$state_exp, BoolAttr:$cum_error);
  let results = (outs Spk_Integers:$result);
  let assemblyFormat = "$name $input $arithmetic attr-dict `:` type($result)";
}

def Spk_FixedSigmaDeltaOp : Spk_FixedModelOp<"fixed_sigma_delta", [AllTypesMatch<["input", "result"]>]> {
  let summary = "sigma-delta neuron in integers: sums, applies its activation and sends changes that are large enough";
  let description = [{
    Arithmetic `loihi`, 24 bits that wrap: `sigma' = sigma + (x << weight_exp)` and `a = f(sigma' + (bias << n))`, with
    `n = spike_exp + state_exp` and f linear or relu; then as `spk.fixed_delta` with this a. `weight_exp` is the exponent
    that the weights of all synapses share, 0 where absent. States: `sigma`, `act`, `residue`, and `error` with
    cum_error; all start at zero.

    Constraints:
    * C2: v_threshold and bias are dense integers of the shape of the input; v_threshold is not negative; `v_threshold << n` is at
      most 2^23 and `bias << n` below it in magnitude.
    * C3: spike_exp, state_exp and weight_exp are 0 to 7.
    * C4: the activation is linear or relu.

    Source: that of `spk.fixed_delta`; lava-dl's NetX takes relu, 6 and 6.

    ```mlir
    %z = spk.fixed_sigma_delta "sdn" %x loihi {activation = #lle.activation<relu>, bias = dense<2> : tensor<3xi32>,
      cum_error = false, spike_exp = 6 : i64, state_exp = 6 : i64, v_threshold = dense<13> : tensor<3xi32>}
      : tensor<3xsi32>
    ```
  }];
  let arguments = (ins StrAttr:$name, Spk_Integers:$input, Spk_Arithmetic:$arithmetic, LLE_ActivationAttr:$activation,
                       ElementsAttr:$v_threshold, OptionalAttr<ElementsAttr>:$bias, I64Attr:$spike_exp,
                       I64Attr:$state_exp, BoolAttr:$cum_error, OptionalAttr<I64Attr>:$weight_exp);
  let results = (outs Spk_Integers:$result);
  let assemblyFormat = "$name $input $arithmetic attr-dict `:` type($result)";
}

def Spk_FixedSigmaOp : Spk_FixedModelOp<"fixed_sigma", [AllTypesMatch<["input", "result"]>]> {
  let summary = "sigma decoder in integers: the sum of all that it was sent";
  let description = [{
    Arithmetic `loihi`, 24 bits that wrap: `sigma' = sigma + (x << weight_exp)`, which is the result. State: `sigma`,
    which starts at zero.

    Constraints:
    * C3: weight_exp is 0 to 7.

    Source: that of `spk.fixed_delta`.

    ```mlir
    %y = spk.fixed_sigma "out" %x loihi {weight_exp = 1 : i64} : tensor<3xsi32>
    ```
  }];
  let arguments = (ins StrAttr:$name, Spk_Integers:$input, Spk_Arithmetic:$arithmetic,
                       OptionalAttr<I64Attr>:$weight_exp);
  let results = (outs Spk_Integers:$result);
  let assemblyFormat = "$name $input $arithmetic attr-dict `:` type($result)";
}

def Spk_FixedRFOp : Spk_FixedModelOp<"fixed_rf", [AllTypesMatch<["input", "imaginary"]>]> {
  let summary = "resonate-and-fire neuron in integers";
  let description = [{
    `spk.rf` in arithmetic `loihi`: `turn(c, s) = sgn(c s) (|c s| >> 12)`, by magnitude and towards zero, and
    `re' = turn(decay_cos, re) - turn(decay_sin, im) + (x << (6 + weight_exp))`,
    `im' = turn(decay_sin, re) + turn(decay_cos, im) + (y << (6 + weight_exp))`,
    both clipped to `2^23 - 1` in magnitude; sums are modulo 2^32 before the clip. With `t = v_threshold << 6`:

    * phase: `z = 1` where `re' >= t` and `im' >= 0` and `im < 0`; no reset;
    * izhikevich: `z = 1` where `im' >= t`; there `re'` becomes 0 and `im'` `t - 1`.

    `weight_exp` is the exponent that all weights share, 0 where absent. States: `re`, `im`, which start at zero.

    Constraints:
    * C1: inputs and result have the same shape.
    * C2: parameters are dense integers of that shape: decay_cos and decay_sin of -4096 to 4096, v_threshold of 0 to 2^17.
    * C3: weight_exp is 0 to 7.

    Source: Lava 0.10, `proc/rf/models.py` and `proc/rf_iz/models.py`, fixed_pt with state_exp 6 and decay_bits 12;
    E. M. Izhikevich, Resonate-and-fire neurons, Neural Networks 14 (2001).

    ```mlir
    %z = spk.fixed_rf "rf" %x, %y loihi {decay_cos = dense<3000> : tensor<3xi32>, decay_sin = dense<2500> : tensor<3xi32>,
      resonator = #spk.resonator<phase>, v_threshold = dense<64> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
    ```
  }];
  let arguments = (ins StrAttr:$name, Spk_Integers:$input, Spk_Integers:$imaginary, Spk_Arithmetic:$arithmetic,
                       Spk_ResonatorAttr:$resonator, ElementsAttr:$decay_cos, ElementsAttr:$decay_sin,
                       ElementsAttr:$v_threshold, OptionalAttr<I64Attr>:$weight_exp);
  let results = (outs Spk_BinarySpikes:$result);
  let assemblyFormat = "$name $input `,` $imaginary $arithmetic attr-dict `:` type($input) `->` type($result)";
}

#endif
