//===- Coding.td - encoders, decoders and attention ---------*- tablegen -*-===//
#ifndef LLE_DIALECTS_SPK_CODING_TD
#define LLE_DIALECTS_SPK_CODING_TD

include "dialects/LLE/LLEDialect.td"
include "dialects/LLE/LLEInterfaces.td"
include "dialects/Spk/SpkDialect.td"
include "mlir/IR/EnumAttr.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Spk_BinarySpikes : LLE_TensorOf<[I1], "binary spikes (tensor of static shape, not empty, of i1)">;
def Spk_SignedSpikes : LLE_TensorOf<[I1, SI8], "spikes (tensor of static shape, not empty, of i1 or si8)">;
def Spk_Spikes : LLE_TensorOf<[I1, SI8, SI16, SI32],
                              "spikes (tensor of static shape, not empty, of i1, si8, si16 or si32)">;
/// Numbers that a decoder gives: how many, or when.
def Spk_Number : LLE_TensorOf<[SI32, F32, F64], "numbers (tensor of static shape, not empty, of si32, f32 or f64)">;

/// An operation between the values of a sample and its spikes, which remembers where in the sample it is.
class Spk_CodingOp<string mnemonic> : Op<Spk_Dialect, mnemonic, [
    DeclareOpInterfaceMethods<LLE_StatefulOpInterface>, DeclareOpInterfaceMethods<LLE_CostOpInterface>]> {
  let hasVerifier = 1;
  let assemblyFormat = "$name $input attr-dict `:` type($input) `->` type($result)";
}

//===----------------------------------------------------------------------===//
// Encoders
//===----------------------------------------------------------------------===//

def Spk_EncodeRateOp : Spk_CodingOp<"encode.rate"> {
  let summary = "random spikes whose probability is the input (Bernoulli, Poisson)";
  let description = [{
    Element n fires in step t with probability `p = min(max(gain x + offset, 0), 1)`: if `u < p`, where u, in [0, 1), is
    the upper 24 bits of the first word of Threefry-2x32-20 of the counter (n, t) and of the two words of `key`, the
    lower one first. So a sequence depends on key, element and step alone, whatever the engine. `gain` is dt times the
    largest rate for a Poisson process. State: `t`, which is 0 again after 2^24 steps.

    Rates: `spikegen.rate` of snnTorch, J. K. Eshraghian et al., Proceedings of the IEEE 111 (2023). Generator: J. K.
    Salmon et al., Parallel random numbers: as easy as 1, 2, 3, SC 2011.

    Constraints:
    * C1: input and result have the same shape.
    * C2: gain and offset are finite.

    ```mlir
    %z = spk.encode.rate "enc" %x {gain = 1.000000e+00 : f64, key = 7 : i64, offset = 0.000000e+00 : f64}
      : tensor<4xf32> -> tensor<4xi1>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Current:$input, F64Attr:$gain, F64Attr:$offset, I64Attr:$key);
  let results = (outs Spk_BinarySpikes:$result);
}

def Spk_EncodeLatencyOp : Spk_CodingOp<"encode.latency"> {
  let summary = "one spike whose time falls with the input";
  let description = [{
    The input is that of the step at hand, usually the same in all. It fires in the step that is its time s, rounded to
    the nearest (halves to even), and never where that is none of the steps 0 to steps - 1. With `T = steps - 1 - first`:

    | linear | normalize | s |
    |---|---|---|
    | yes | no | `min(-tau (x - 1), -tau (threshold - 1)) + first` |
    | yes | yes | the same with tau = T |
    | no | no | `tau ln(y / (y - threshold))`, less its value at y = 1 plus first if first is not 0 |
    | no | yes | `(s - first) T / (s_max - first) + first`, s being the time above and s_max that of x <= threshold |

    with `y = max(x, threshold + epsilon)`. Inputs above 1 are taken for 1 if linear. With clip, inputs below the
    threshold do not fire. A logarithmic time is computed in double precision, a linear one in that of the input. State:
    `t`, at most steps.

    `spikegen.latency` of snnTorch (J. K. Eshraghian et al., Proceedings of the IEEE 111 (2023)), which takes the least
    and the greatest time of the data at hand where this takes those of x = 1 and x <= threshold.

    Constraints:
    * C1: input and result have the same shape.
    * C2: steps is from 1 to 65536, first from 0 to steps - 1.
    * C3: threshold is between 0 and 1, tau and epsilon are positive and finite.

    ```mlir
    %z = spk.encode.latency "enc" %x {epsilon = 1.000000e-07 : f64, first = 0 : i64, linear, normalize, steps = 5 : i64,
        tau = 1.000000e+00 : f64, threshold = 1.000000e-02 : f64} : tensor<3xf32> -> tensor<3xi1>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Current:$input, I64Attr:$steps, I64Attr:$first, F64Attr:$threshold,
                       F64Attr:$tau, F64Attr:$epsilon, UnitAttr:$linear, UnitAttr:$normalize, UnitAttr:$clip);
  let results = (outs Spk_BinarySpikes:$result);
}

def Spk_EncodeDeltaOp : Spk_CodingOp<"encode.delta"> {
  let summary = "spikes where the input changes";
  let description = [{
    With d the difference of the input to that of the step before: a spike if `d >= threshold`, and, if the result is
    si8, a spike of -1 if `d <= -threshold`. Before the first step the input was 0; with padding it was what it is in
    the first step. State: `previous`, which starts as not-a-number with padding: no comparison with it holds.

    `spikegen.delta` of snnTorch: J. K. Eshraghian et al., Proceedings of the IEEE 111 (2023).

    Constraints:
    * C1: input and result have the same shape.
    * C2: threshold is positive and finite.

    ```mlir
    %z = spk.encode.delta "enc" %x {padding, threshold = 1.000000e-01 : f64} : tensor<3xf32> -> tensor<3xsi8>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Current:$input, F64Attr:$threshold, UnitAttr:$padding);
  let results = (outs Spk_SignedSpikes:$result);
}

//===----------------------------------------------------------------------===//
// Decoders
//===----------------------------------------------------------------------===//

def Spk_DecodeSpikeCountOp : Spk_CodingOp<"decode.spike_count"> {
  let summary = "number of spikes so far";
  let description = [{
    `count' = count + z`; the result is count'. An integer count is taken modulo 2^32. State: `count`, which starts at
    0. The class of a spiking classifier is that with the largest count.

    Constraints:
    * C1: input and result have the same shape.

    ```mlir
    %n = spk.decode.spike_count "count" %z : tensor<3xi1> -> tensor<3xsi32>
    ```
  }];
  let arguments = (ins StrAttr:$name, Spk_Spikes:$input);
  let results = (outs Spk_Number:$result);
}

def Spk_DecodeFirstSpikeOp : Spk_CodingOp<"decode.first_spike"> {
  let summary = "step of the first spike";
  let description = [{
    The number of the step, from 0, in which the input was not zero for the first time; `never` as long as it was not.
    The class of a time-to-first-spike classifier is that with the least. States: `time`, which starts at -1, and `t`, at
    most 2^24 - 1.

    Constraints:
    * C1: input and result have the same shape.
    * C2: never is from -2^24 to 2^24.

    ```mlir
    %t = spk.decode.first_spike "first" %z {never = 25 : i64} : tensor<3xi1> -> tensor<3xsi32>
    ```
  }];
  let arguments = (ins StrAttr:$name, Spk_Spikes:$input, I64Attr:$never);
  let results = (outs Spk_Number:$result);
}

def Spk_Readout : I32Enum<"Readout", "what of a membrane potential over time is read", [
  I32EnumCase<"last", 0>, I32EnumCase<"max", 1>, I32EnumCase<"mean", 2>, I32EnumCase<"sum", 3>
]> {
  let cppNamespace = "::lle::spk";
}

def Spk_DecodeMembraneOp : Op<Spk_Dialect, "decode.membrane", [
    AllTypesMatch<["input", "result"]>, DeclareOpInterfaceMethods<LLE_StatefulOpInterface>,
    DeclareOpInterfaceMethods<LLE_CostOpInterface>]> {
  let summary = "last, largest, mean or summed membrane potential so far";
  let description = [{
    `last`: v. `max`: `m' = max(m, v)`, which starts below all numbers. `sum`: `s' = s + v`. `mean`: s' divided by the
    number of steps. Losses on membranes train networks for these: `ce_rate_loss`, `ce_max_membrane_loss` and others of
    snnTorch. States: `value` (m or s) unless last, and `t` for a mean, at most 2^24 - 1.

    ```mlir
    %y = spk.decode.membrane max "readout" %v : tensor<3xf32>
    ```
  }];
  let arguments = (ins EnumProp<Spk_Readout>:$readout, StrAttr:$name, LLE_Current:$input);
  let results = (outs LLE_Current:$result);
  let assemblyFormat = "$readout $name $input attr-dict `:` type($result)";
  let hasFolder = 1;
}

def Spk_DecodePopulationOp : Op<Spk_Dialect, "decode.population", [
    Pure, DeclareOpInterfaceMethods<LLE_CostOpInterface>]> {
  let summary = "sum or mean of the neurons of each class";
  let description = [{
    The input is cut into as many groups of neighbours as the result has elements; each element is the sum of its group,
    added in order, or that divided by the size of the group if mean is given. It is the population code of snnTorch's
    losses, and SpikingJelly's voting layer (mean).

    Constraints:
    * C1: input and result have rank 1, and the length of the input is a multiple of that of the result.

    ```mlir
    %y = spk.decode.population %z {mean} : tensor<6xi1> -> tensor<3xf32>
    ```
  }];
  let arguments = (ins LLE_Signal:$input, UnitAttr:$mean, OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Current:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Attention
//===----------------------------------------------------------------------===//

def Spk_SelfAttentionOp : Op<Spk_Dialect, "self_attention", [
    Pure, AllTypesMatch<["query", "key", "value"]>, DeclareOpInterfaceMethods<LLE_CostOpInterface>]> {
  let summary = "attention of spiking transformers: queries, keys and values are spikes, without softmax";
  let description = [{
    Operands are (channels, tokens). Channels are cut into `heads` groups of d neighbours; for channel i of a head and
    token n, with sums over the channels j of the head and all tokens m,

    `y[i, n] = scale * sum over (j, m) of q[j, n] k[j, m] v[i, m]`

    The sum is a whole number below 2^24, so the order of its terms means nothing and the two products of matrices may be
    taken in either order: this is `(q kT) v` of Spikformer and `q (kT v)` of Spike-Driven Transformer v2 alike. The
    result, which is rounded once, goes to neurons (threshold 0.5). The attention of Spike-Driven Transformer v1 has
    neurons inside, and is made of `lle.and`, `lle.reduce`, `spk.lif`, `lle.broadcast` and `lle.and`.

    Z. Zhou et al., Spikformer: When Spiking Neural Network Meets Transformer, ICLR 2023. M. Yao et al., Spike-driven
    Transformer, NeurIPS 2023; Spike-driven Transformer V2, ICLR 2024.

    Constraints:
    * C1: operands have rank 2, the result their shape.
    * C2: heads is positive and divides the channels; scale is finite.
    * C3: the tokens times the channels of a head are less than 2^24.

    ```mlir
    %y = spk.self_attention %q, %k, %v {heads = 2 : i64, scale = 1.250000e-01 : f64} : tensor<8x16xi1> -> tensor<8x16xf32>
    ```
  }];
  let arguments = (ins Spk_BinarySpikes:$query, Spk_BinarySpikes:$key, Spk_BinarySpikes:$value, I64Attr:$heads,
                       F64Attr:$scale, OptionalAttr<StrAttr>:$name);
  let results = (outs LLE_Current:$result);
  let assemblyFormat = "$query `,` $key `,` $value attr-dict `:` type($query) `->` type($result)";
  let hasVerifier = 1;
}

#endif
