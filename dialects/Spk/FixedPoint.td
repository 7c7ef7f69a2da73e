//===- FixedPoint.td - neurons in fixed-point arithmetic ----*- tablegen -*-===//
#ifndef LLE_DIALECTS_SPK_FIXEDPOINT_TD
#define LLE_DIALECTS_SPK_FIXEDPOINT_TD

include "dialects/Spk/FixedBase.td"

class Spk_FixedOp<string mnemonic> : Op<Spk_Dialect, mnemonic, [
    DeclareOpInterfaceMethods<LLE_NeuronOpInterface>, DeclareOpInterfaceMethods<LLE_CostOpInterface>,
    DeclareOpInterfaceMethods<LLE_StatefulOpInterface, ["isCombinational"]>]> {
  let hasVerifier = 1;
}

def Spk_FixedCubaLIFOp : Spk_FixedOp<"fixed_cuba_lif"> {
  let summary = "leaky integrate-and-fire neuron with a synaptic current, in integers";
  let description = [{
    Current `u` and membrane `v` are integers that start at 0; `x` is what the synapses deliver. Arithmetic `loihi`:
    * `decay(s, d) = sgn(s) ((|s| (4096 - d)) >> 12)`: by magnitude, towards zero.
    * `u' = decay(u, du + 1) + (x << (6 + weight_exp))`, wrapped once into 24 bits: minus 2^24 above 2^23, plus 2^24 at or below -2^23.
    * `v' = decay(v, dv) + u' + bias`, clipped to `2^23 - 1` in magnitude, with `bias = bias_mant << bias_exp` (shifted
      right for a negative exponent).
    * `z = v' > (v_threshold << 6)`, and v' is 0 where z.

    Sums are modulo 2^32 before the wrap and the clip. `du` is -1 for a current that does not decay. `weight_exp` is the
    exponent that the weights of all synapses share, 0 where absent. With
    `reset_interval` n and `reset_offset` k, u and v are set to 0 before the update of each step t (from 0) with
    `(t + 1) mod n = k`, which starts a new sample in a stream; without them only the start of a sample does. States:
    `u`, `v`, and with a reset `phase`, which is `t mod n`. Source: Lava 0.10, `proc/lif/models.py`; A. Orchard et al.,
    Efficient neuromorphic signal processing with Loihi 2, SiPS 2021.

    Constraints:
    * C1: input and result have the same shape.
    * C2: parameters are dense integers of that shape: du of -1 to 4095, dv of 0 to 4096, v_threshold of 0 to 2^17.
    * C3: bias_exp is -16 to 16 and comes with bias_mant, and the bias is below 2^23 in magnitude.
    * C4: reset_interval and reset_offset come together, and 0 <= reset_offset < reset_interval < 2^31.
    * C5: weight_exp is 0 to 7.

    ```mlir
    %z = spk.fixed_cuba_lif "lif1" %x loihi {du = dense<409> : tensor<3xi32>, dv = dense<410> : tensor<3xi32>,
      v_threshold = dense<64> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
    ```
  }];
  let arguments = (ins StrAttr:$name, Spk_Integers:$input, Spk_Arithmetic:$arithmetic, ElementsAttr:$du,
                       ElementsAttr:$dv, ElementsAttr:$v_threshold, OptionalAttr<ElementsAttr>:$bias_mant,
                       OptionalAttr<ElementsAttr>:$bias_exp, OptionalAttr<I64Attr>:$weight_exp,
                       OptionalAttr<I64Attr>:$reset_interval, OptionalAttr<I64Attr>:$reset_offset);
  let results = (outs Spk_BinarySpikes:$result);
  let assemblyFormat = "$name $input $arithmetic attr-dict `:` type($input) `->` type($result)";
}

def Spk_FixedCubaLIOp : Spk_FixedOp<"fixed_cuba_li"> {
  let summary = "leaky integrator with a synaptic current, in integers";
  let description = [{
    The state update of `spk.fixed_cuba_lif` without threshold; the result is v'. With du -1 and dv 4096 it adds up its
    input. States: `u`, `v`, and with a reset `phase`.

    Constraints:
    * C1 to C5 of `spk.fixed_cuba_lif`, where there is no v_threshold.

    ```mlir
    %v = spk.fixed_cuba_li "readout" %x loihi {du = dense<-1> : tensor<3xi32>, dv = dense<4096> : tensor<3xi32>}
      : tensor<3xsi32> -> tensor<3xsi32>
    ```
  }];
  let arguments = (ins StrAttr:$name, Spk_Integers:$input, Spk_Arithmetic:$arithmetic, ElementsAttr:$du,
                       ElementsAttr:$dv, OptionalAttr<ElementsAttr>:$bias_mant, OptionalAttr<ElementsAttr>:$bias_exp,
                       OptionalAttr<I64Attr>:$weight_exp, OptionalAttr<I64Attr>:$reset_interval,
                       OptionalAttr<I64Attr>:$reset_offset);
  let results = (outs Spk_Integers:$result);
  let assemblyFormat = "$name $input $arithmetic attr-dict `:` type($input) `->` type($result)";
}

#endif
