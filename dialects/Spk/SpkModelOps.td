//===- SpkModelOps.td - neuron models of the second tier ----*- tablegen -*-===//
//
// In a file of its own, with a header of its own (SpkModels.h): few need all models.
//
//===----------------------------------------------------------------------===//
#ifndef LLE_DIALECTS_SPK_SPKMODELOPS_TD
#define LLE_DIALECTS_SPK_SPKMODELOPS_TD

include "dialects/LLE/LLEAttrs.td"
include "dialects/Spk/SpkBase.td"

/// Values that a neuron sends where it fires, and zeros elsewhere.
def Spk_Graded
    : LLE_TensorOf<[F32, F64, SI8, SI16, SI32],
                   "graded spikes (tensor of static shape, not empty, of f32, f64, si8, si16 or si32)">;

/// A neuron with state that fires at v_threshold, with spikes of the state after the update.
class Spk_ModelOp<string mnemonic, list<Trait> traits = []> : Op<Spk_Dialect, mnemonic, !listconcat(traits, [
    LLE_NeuronOpInterface, LLE_CostOpInterface, LLE_StatefulOpInterface])> {
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    bool emitsSpikes() { return true; }
    ::mlir::ElementsAttr getFiringThreshold() { return getVThresholdAttr(); }
    bool isDiscrete();
    ::llvm::SmallVector<::mlir::NamedAttribute> getParameters();
    ::llvm::SmallVector<::lle::StateDescriptor> getStates();
    ::lle::OpCost getCost(double activity);
  }];
}

/// With the membrane of spk.lif.
class Spk_LeakyModelOp<string mnemonic> : Spk_ModelOp<mnemonic> {
  let results = (outs Spk_Spikes:$result);
  let assemblyFormat = [{
    $name $input `dynamics` `` $dynamics `firing` `` $firing attr-dict `:` type($input) `->` type($result)
  }];
}

defvar Spk_MembraneArguments = (ins StrAttr:$name, LLE_Current:$input, Spk_DynamicsAttr:$dynamics,
    OptionalAttr<ElementsAttr>:$tau, OptionalAttr<ElementsAttr>:$r, OptionalAttr<ElementsAttr>:$v_leak,
    OptionalAttr<ElementsAttr>:$decay, OptionalAttr<ElementsAttr>:$bias, ElementsAttr:$v_init);
defvar Spk_FiringArguments = (ins Spk_FiringAttr:$firing, ElementsAttr:$v_threshold,
    OptionalAttr<ElementsAttr>:$v_reset);

def Spk_ALIFOp : Spk_LeakyModelOp<"alif"> {
  let summary = "leaky integrate-and-fire neuron whose threshold adapts: B = v_threshold + beta b";
  let description = [{
    The membrane is that of `spk.lif`. Spikes raise the adaptation `b`, which decays: with `p = 1 - dt / tau_b` (for
    integrators euler and decay_euler), `exp(-dt / tau_b)` (for the other continuous ones) or `decay_b` (discrete),

    * adapt before: `c = p b`; adapt after: `c = b`;
    * `B = v_threshold + beta c`, `z = H(v'; B)`, and where z, v' becomes v_reset or `v' - B`;
    * `b' = c + jump z` (before) or `p b + jump z` (after).

    With `tau_r` or `decay_r` (of factor `q`, as for b) firing also makes the neuron refractory: `s = q r` (before) or
    `r` (after), `z = H(v' - s; B)`, and `r' = s + r_jump B z` (before) or `q r + r_jump B z` (after). `v_min`, where
    present, is a floor of the membrane, applied last. States: `v`; `b`, and `r` if there is one, which start at zero.

    Norse's LSNN is adapt before with beta 1 (its b is B here); sinabs' ALIF is adapt after with `jump = 1 - p`; Lava's
    ATRLIF is adapt before with beta 1, r_jump 2 and reset none; BindsNET's adaptive LIF is adapt before with beta 1.

    Constraints:
    * C1: every parameter is dense and has the shape of the result; input and result have the same shape.
    * C2 to C4 of `spk.li`.
    * C5: compare and reset are free, reset to_value needs v_reset; when is same_step, emit updated, scope membrane,
      max_spikes 1; the result is `i1`.
    * C6: continuous dynamics need tau_b (and tau_r where there is r_jump), discrete ones decay_b (and decay_r); tau_b
      and tau_r are positive. r_jump comes with tau_r or decay_r, and they with it.

    G. Bellec, D. Salaj, A. Subramoney, R. Legenstein, W. Maass, Long short-term memory and learning-to-learn in
    networks of spiking neurons, NeurIPS 2018.

    ```mlir
    %z = spk.alif "alif" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
      firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {adapt = #spk.adapt_time<before>, beta = dense<1.000000e+00> : tensor<3xf32>,
       jump = dense<1.800000e+00> : tensor<3xf32>, r = dense<1.000000e+00> : tensor<3xf32>,
       tau = dense<1.000000e-02> : tensor<3xf32>, tau_b = dense<8.000000e-01> : tensor<3xf32>,
       v_init = dense<0.000000e+00> : tensor<3xf32>, v_leak = dense<0.000000e+00> : tensor<3xf32>,
       v_reset = dense<0.000000e+00> : tensor<3xf32>, v_threshold = dense<1.000000e+00> : tensor<3xf32>}
      : tensor<3xf32> -> tensor<3xi1>
    ```
  }];
  let arguments = !con(Spk_MembraneArguments, Spk_FiringArguments, (ins Spk_AdaptTimeAttr:$adapt,
      OptionalAttr<ElementsAttr>:$tau_b, OptionalAttr<ElementsAttr>:$decay_b, ElementsAttr:$beta, ElementsAttr:$jump,
      OptionalAttr<ElementsAttr>:$tau_r, OptionalAttr<ElementsAttr>:$decay_r, OptionalAttr<ElementsAttr>:$r_jump,
      OptionalAttr<ElementsAttr>:$v_min));
}

def Spk_AdLIFOp : Spk_LeakyModelOp<"adlif"> {
  let summary = "leaky integrate-and-fire neuron with an adaptation current: tau_w dw/dt = a (v - v_rest) - w";
  let description = [{
    The membrane is that of `spk.lif` with the input `x - w`: `v' = L(v, x - w)`. With `p = 1 - dt / tau_w` (for
    integrators euler and decay_euler) or `exp(-dt / tau_w)` and `g = (1 - p) a`, or `p = decay_w` and `g = a`
    (discrete), the current follows the membrane by `A(w, v) = p w + g (v - v_rest)`; v_rest is zero where absent.
    `couple` says which goes first:

    * simultaneous: `v' = L(v, x - w)`, `w' = A(w, v)`;
    * v_first: `v' = L(v, x - w)`, then `w' = A(w, v'')` with the membrane after its reset;
    * w_first: `w' = A(w, v)`, then `v' = L(v, x - w')`.

    Then `z = H(v'; v_threshold)`, v' is reset where z, and `w'' = w' + jump z`. States: `v`, and `w`, which starts at
    zero.

    Norse's adaptive LIF is simultaneous with a = 0; the SE-adLIF of M. Baronig et al. (2024) is v_first; the adLIF of
    Bittar and Garner is w_first with the reset of this step, `jump = (b + a v_threshold) / p`.

    Constraints:
    * C1: every parameter is dense and has the shape of the result; input and result have the same shape.
    * C2 to C4 of `spk.li`.
    * C5: as C5 of `spk.alif`.
    * C6: continuous dynamics need tau_w, which is positive, and discrete ones decay_w; the other is absent.

    A. Bittar, P. N. Garner, A surrogate gradient spiking baseline for speech command recognition, Frontiers in
    Neuroscience 16 (2022).

    ```mlir
    %z = spk.adlif "adlif" %x dynamics<integrator = exact, order = decay_first, gain = unit, scale = membrane>
      firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {a = dense<5.000000e-01> : tensor<3xf32>, couple = #spk.coupling<v_first>,
       jump = dense<2.500000e-01> : tensor<3xf32>, r = dense<1.000000e+00> : tensor<3xf32>,
       tau = dense<1.000000e-02> : tensor<3xf32>, tau_w = dense<1.000000e-01> : tensor<3xf32>,
       v_init = dense<0.000000e+00> : tensor<3xf32>, v_leak = dense<0.000000e+00> : tensor<3xf32>,
       v_threshold = dense<1.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
    ```
  }];
  let arguments = !con(Spk_MembraneArguments, Spk_FiringArguments, (ins Spk_CouplingAttr:$couple,
      OptionalAttr<ElementsAttr>:$tau_w, OptionalAttr<ElementsAttr>:$decay_w, ElementsAttr:$a, ElementsAttr:$jump,
      OptionalAttr<ElementsAttr>:$v_rest));
}

def Spk_PLIFOp : Spk_ModelOp<"plif"> {
  let summary = "leaky integrate-and-fire neuron with a trained time constant: dt / tau = sigmoid(w)";
  let description = [{
    With `s = 1 / (1 + exp(-w))`, `v' = v + s ((v_leak - v) + x)` (decay_input) or `v' = (1 - s) v + x + s v_leak`; then
    it fires as `spk.lif` does. Training is over, so `w` is a number and canonicalisation makes this a `spk.lif` with
    `tau = dt / s`. State: `v`.

    Constraints:
    * C1: every parameter is dense and has the shape of the result; input and result have the same shape.
    * C5: as C5 of `spk.alif`.

    W. Fang, Z. Yu, Y. Chen, T. Masquelier, T. Huang, Y. Tian, Incorporating learnable membrane time constant to enhance
    learning of spiking neural networks, ICCV 2021.

    ```mlir
    %z = spk.plif "plif" %x
      firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {decay_input = true, v_init = dense<0.000000e+00> : tensor<3xf32>, v_leak = dense<0.000000e+00> : tensor<3xf32>,
       v_reset = dense<0.000000e+00> : tensor<3xf32>, v_threshold = dense<1.000000e+00> : tensor<3xf32>,
       w = dense<-1.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
    ```
  }];
  let arguments = !con((ins StrAttr:$name, LLE_Current:$input), Spk_FiringArguments,
      (ins ElementsAttr:$w, BoolAttr:$decay_input, ElementsAttr:$v_leak, ElementsAttr:$v_init));
  let results = (outs Spk_Spikes:$result);
  let assemblyFormat = "$name $input `firing` `` $firing attr-dict `:` type($input) `->` type($result)";
  let hasCanonicalizer = 1;
}

def Spk_RefractoryLIFOp : Spk_LeakyModelOp<"refractory_lif"> {
  let summary = "leaky integrate-and-fire neuron with an absolute refractory period";
  let description = [{
    A neuron that fires is refractory for the `n` following steps: `n` is the period, or the nearest whole number to
    `period / dt` where the unit is seconds. With `c` the number of steps left, `L` the update of `spk.lif` and
    `m = (c > 0)`:

    * hold: where m, v stays and `z = 0`; else `v' = L(v, x)`, `z = H(v')`, and v' is reset where z;
    * clamp: the same, but where m the membrane is v_reset;
    * mask_input: `v' = L(v, x)`, where m `v' = L(v, 0)`; `z = H(v')`, and v' is reset where z.

    `c' = n` where z, else `max(c - 1, 0)`. `v_min`, where present, is a floor of the membrane, applied last. States:
    `v`, and `c`, which starts at zero.

    Norse's lif_refrac and GeNN's LIF are hold; BindsNET's LIF is mask_input. Nengo's period ends within a step; that is
    not modelled.

    Constraints:
    * C1: every parameter is dense and has the shape of the result; input and result have the same shape.
    * C2 to C4 of `spk.li`.
    * C5: as C5 of `spk.alif`; clamp needs v_reset.
    * C6: the period is not negative, and a whole number where it is in steps.

    ```mlir
    %z = spk.refractory_lif "lif" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
      firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {period = dense<5.000000e-03> : tensor<3xf32>, r = dense<1.000000e+00> : tensor<3xf32>,
       refractory = #spk.refractory<hold>, tau = dense<1.000000e-02> : tensor<3xf32>, unit = #spk.time_unit<seconds>,
       v_init = dense<0.000000e+00> : tensor<3xf32>, v_leak = dense<0.000000e+00> : tensor<3xf32>,
       v_reset = dense<0.000000e+00> : tensor<3xf32>, v_threshold = dense<1.000000e+00> : tensor<3xf32>}
      : tensor<3xf32> -> tensor<3xi1>
    ```
  }];
  let arguments = !con(Spk_MembraneArguments, Spk_FiringArguments, (ins Spk_RefractoryAttr:$refractory,
      ElementsAttr:$period, Spk_TimeUnitAttr:$unit, OptionalAttr<ElementsAttr>:$v_min));
}

def Spk_TernaryLIFOp : Spk_LeakyModelOp<"ternary_lif"> {
  let summary = "leaky integrate-and-fire neuron with two thresholds and spikes of either sign";
  let description = [{
    The membrane is that of `spk.lif`. `z = 1` where `v' > v_threshold`, `-1` where `v' < v_low`, else 0 (compare ge
    takes both thresholds in). Where z is not zero, v' becomes v_reset, or the threshold that was passed is subtracted.
    State: `v`.

    Constraints:
    * C1: every parameter is dense and has the shape of the result; input and result have the same shape.
    * C2 to C4 of `spk.li`.
    * C5: as C5 of `spk.alif`, but the result is `si8`.
    * C6: v_low is below v_threshold.

    Lava's TernaryLIF is `spk.li` (discrete) for its current, and this.

    ```mlir
    %z = spk.ternary_lif "ternary" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
      firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {decay = dense<9.000000e-01> : tensor<3xf32>, v_init = dense<0.000000e+00> : tensor<3xf32>,
       v_low = dense<-1.000000e+00> : tensor<3xf32>, v_reset = dense<0.000000e+00> : tensor<3xf32>,
       v_threshold = dense<1.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xsi8>
    ```
  }];
  let arguments = !con(Spk_MembraneArguments, Spk_FiringArguments, (ins ElementsAttr:$v_low));
}

def Spk_ILIFOp : Spk_ModelOp<"ilif"> {
  let summary = "leaky integrate-and-fire neuron with integer spikes";
  let description = [{
    The membrane is that of `spk.lif`. `z = round(min(max(v' / v_threshold, 0), max_spikes))`, ties to even, and
    `v'' = v' - z v_threshold`. (`spk.lif` with max_spikes above 1 truncates where this rounds.) State: `v`.

    Constraints:
    * C1: every parameter is dense and has the shape of the result; input and result have the same shape.
    * C2 to C4 of `spk.li`.
    * C5: max_spikes is positive and fits the element type of the result, which is a signed integer, and 2^24.
    * C6: v_threshold is positive.

    X. Luo, M. Yao, Y. Chou, B. Xu, G. Li, Integer-valued training and spike-driven inference spiking neural network for
    high-performance and energy-efficient object detection, ECCV 2024.

    ```mlir
    %z = spk.ilif "ilif" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
      {decay = dense<2.500000e-01> : tensor<3xf32>, max_spikes = 4 : i64, v_init = dense<0.000000e+00> : tensor<3xf32>,
       v_threshold = dense<1.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xsi8>
    ```
  }];
  let arguments = !con(Spk_MembraneArguments, (ins ElementsAttr:$v_threshold, I64Attr:$max_spikes));
  let results = (outs Spk_Spikes:$result);
  let assemblyFormat = "$name $input `dynamics` `` $dynamics attr-dict `:` type($input) `->` type($result)";
}

def Spk_STBIFOp : Spk_ModelOp<"st_bif"> {
  let summary = "bipolar integrate-and-fire neuron that limits what it has sent";
  let description = [{
    `u = q + x / v_threshold`; `z = 1` where `u >= 1` and `n < n_max`, `-1` where `u < 0` and `n > n_min`, else 0; `q' =
    u - z`, `n' = n + z`. What it has sent after many steps is the quantised activation of the network that it was
    converted from. States: `q`, which starts at `q_init` (one half rounds to nearest), and `n`, which starts at zero.
    The spikes stand for multiples of v_threshold: the factor belongs to the synapse behind.

    Constraints:
    * C1: every parameter is dense and has the shape of the result; input and result have the same shape.
    * C5: the result is `si8`.
    * C6: v_threshold is positive, and n_min is not above n_max.

    K. You et al., SpikeZIP-TF: conversion is all you need for transformer-based SNN, ICML 2024.

    ```mlir
    %z = spk.st_bif "st_bif" %x {n_max = dense<7.000000e+00> : tensor<3xf32>, n_min = dense<-8.000000e+00> : tensor<3xf32>,
       q_init = dense<5.000000e-01> : tensor<3xf32>, v_threshold = dense<2.500000e-01> : tensor<3xf32>}
      : tensor<3xf32> -> tensor<3xsi8>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Current:$input, ElementsAttr:$v_threshold, ElementsAttr:$n_min,
                       ElementsAttr:$n_max, ElementsAttr:$q_init);
  let results = (outs Spk_Spikes:$result);
  let assemblyFormat = "$name $input attr-dict `:` type($input) `->` type($result)";
}

def Spk_KLIFOp : Spk_LeakyModelOp<"klif"> {
  let summary = "leaky integrate-and-fire neuron that scales and rectifies its membrane";
  let description = [{
    With `L` the update of `spk.lif`, `f = max(k L(v, x), 0)` and `z = H(f; v_threshold)`. Then v' is f, where z
    v_reset, or `f - z v_threshold`; with scale_reset, f and the threshold that is subtracted are divided by k. State:
    `v`.

    Constraints:
    * C1: every parameter is dense and has the shape of the result; input and result have the same shape.
    * C2 to C4 of `spk.li`.
    * C5: as C5 of `spk.alif`.
    * C6: k is not zero where scale_reset is true.

    C. Jiang, Y. Zhang, KLIF: an optimized spiking neuron unit for tuning surrogate gradient slope and membrane
    potential, arXiv 2302.09238 (2023).

    ```mlir
    %z = spk.klif "klif" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
      firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {k = dense<1.250000e+00> : tensor<3xf32>, r = dense<1.000000e+00> : tensor<3xf32>, scale_reset = true,
       tau = dense<2.000000e-03> : tensor<3xf32>, v_init = dense<0.000000e+00> : tensor<3xf32>,
       v_leak = dense<0.000000e+00> : tensor<3xf32>, v_reset = dense<0.000000e+00> : tensor<3xf32>,
       v_threshold = dense<1.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
    ```
  }];
  let arguments = !con(Spk_MembraneArguments, Spk_FiringArguments, (ins ElementsAttr:$k, BoolAttr:$scale_reset));
}

def Spk_RFOp : Spk_ModelOp<"rf"> {
  let summary = "resonate-and-fire neuron: dz/dt = (-1/tau + 2 pi i frequency) z + x";
  let description = [{
    The state is a complex number that turns and decays: with `c = exp(-dt / tau) cos(2 pi frequency dt)` and `s` the
    same with the sine, or `c = decay_cos` and `s = decay_sin`,

    `re' = (c re - s im) + x` and `im' = (s re + c im) + y`, with `y` the second input, zero where absent.

    * phase: `z = 1` where `H(re'; v_threshold)` and `im' >= 0` and `im < 0`; no reset;
    * izhikevich: `z = 1` where `H(im'; v_threshold)`; there `re'` becomes zero and `im'` v_reset.

    States: `re`, `im`, which start at zero. frequency is in hertz, tau in seconds. These are Lava's RF and RF_IZ, whose
    v_reset is `v_threshold - 1e-5`.

    Constraints:
    * C1: every parameter is dense and has the shape of the result; inputs and result have the same shape.
    * C2: there are frequency and tau, or decay_cos and decay_sin; tau is positive.
    * C3: v_reset is there for izhikevich, and only there.
    * C5: the result is `i1`.

    E. M. Izhikevich, Resonate-and-fire neurons, Neural Networks 14 (2001).

    ```mlir
    %z = spk.rf "rf" %x ge {frequency = dense<1.000000e+01> : tensor<3xf32>, resonator = #spk.resonator<izhikevich>,
       tau = dense<1.000000e-01> : tensor<3xf32>, v_reset = dense<9.999900e-01> : tensor<3xf64>,
       v_threshold = dense<1.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Current:$input, Optional<LLE_Current>:$imaginary, Spk_CompareAttr:$compare,
                       Spk_ResonatorAttr:$resonator, OptionalAttr<ElementsAttr>:$frequency,
                       OptionalAttr<ElementsAttr>:$tau, OptionalAttr<ElementsAttr>:$decay_cos,
                       OptionalAttr<ElementsAttr>:$decay_sin, ElementsAttr:$v_threshold,
                       OptionalAttr<ElementsAttr>:$v_reset);
  let results = (outs Spk_Spikes:$result);
  let assemblyFormat = [{
    $name $input (`,` $imaginary^)? `` $compare attr-dict `:` type($input) (`,` type($imaginary)^)? `->` type($result)
  }];
}

/// What spk.delta and spk.sigma_delta have in common.
defvar Spk_DeltaArguments = (ins Spk_CompareAttr:$compare, ElementsAttr:$v_threshold, OptionalAttr<ElementsAttr>:$step,
    BoolAttr:$cum_error);

def Spk_DeltaOp : Spk_ModelOp<"delta"> {
  let summary = "delta encoder: sends the change of its input where it is large enough";
  let description = [{
    `d = (x - act) + residue`, and `e = d`, or `error + d` where cum_error is true. Where `H(|e|; v_threshold)` it sends
    `y = d`, elsewhere 0. `act' = x`, `residue' = d - y`, and `error' = e`, 0 where y is not.

    With a result of integers it sends `n = round(d / step)`, ties to even and kept within the element type, and `y = n
    step`: what the rounding leaves is in the residue. States: `act`, `residue`, and `error` with cum_error; all start
    at zero. The decoder, Lava's Sigma, is `spk.integrator` with gain unit.

    Constraints:
    * C1: every parameter is dense and has the shape of the result; input and result have the same shape, and the same
      element type if the result is real.
    * C5: step is there for a result of integers, and only there.
    * C6: v_threshold is not negative, and step is positive.

    Lava's Delta, P. O'Connor, M. Welling, Sigma delta quantized networks, ICLR 2017.

    ```mlir
    %z = spk.delta "delta" %x ge {cum_error = false, v_threshold = dense<5.000000e-01> : tensor<3xf32>}
      : tensor<3xf32> -> tensor<3xf32>
    ```
  }];
  let arguments = !con((ins StrAttr:$name, LLE_Current:$input), Spk_DeltaArguments);
  let results = (outs Spk_Graded:$result);
  let assemblyFormat = "$name $input `` $compare attr-dict `:` type($input) `->` type($result)";
}

def Spk_SigmaDeltaOp : Spk_ModelOp<"sigma_delta"> {
  let summary = "sigma-delta neuron: sums, applies its activation and sends changes that are large enough";
  let description = [{
    `sigma' = sigma + x`, `act' = f(sigma' + bias)`; then as `spk.delta` with act' for its input. `f` is linear or relu.
    States: `sigma`, `act`, `residue`, and `error` with cum_error; all start at zero.

    Constraints:
    * C1, C5 and C6 of `spk.delta`.
    * C2: the activation is linear or relu.

    ```mlir
    %z = spk.sigma_delta "sdn" %x ge {activation = #lle.activation<relu>, bias = dense<1.250000e-01> : tensor<3xf32>,
       cum_error = false, step = dense<2.500000e-01> : tensor<3xf32>, v_threshold = dense<5.000000e-01> : tensor<3xf32>}
      : tensor<3xf32> -> tensor<3xsi16>
    ```
  }];
  let arguments = !con((ins StrAttr:$name, LLE_Current:$input, LLE_ActivationAttr:$activation,
      OptionalAttr<ElementsAttr>:$bias), Spk_DeltaArguments);
  let results = (outs Spk_Graded:$result);
  let assemblyFormat = "$name $input `` $compare attr-dict `:` type($input) `->` type($result)";
}

def Spk_SlidingPSNOp : Spk_ModelOp<"sliding_psn"> {
  let summary = "sliding parallel spiking neuron: fires on a weighted sum of its last inputs";
  let description = [{
    `h = ((w[0] x[t-k+1] + w[1] x[t-k+2]) + ...) + w[k-1] x[t]` and `z = H(h; v_threshold)`, without reset: the membrane
    is a finite response filter. All neurons share the k weights. States: `x1`, ..., the inputs of the last k - 1 steps,
    the latest first, which start at zero.

    Constraints:
    * C1: v_threshold is dense and has the shape of the result; input and result have the same shape.
    * C2: weights are dense numbers of one dimension.
    * C5: the result is `i1`.

    W. Fang et al., Parallel spiking neurons with high efficiency and ability to learn long-term dependencies,
    NeurIPS 2023.

    ```mlir
    %z = spk.sliding_psn "psn" %x ge {v_threshold = dense<1.000000e+00> : tensor<3xf32>,
       weights = dense<[2.500000e-01, 5.000000e-01, 1.000000e+00]> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Current:$input, Spk_CompareAttr:$compare, ElementsAttr:$weights,
                       ElementsAttr:$v_threshold);
  let results = (outs Spk_Spikes:$result);
  let assemblyFormat = "$name $input `` $compare attr-dict `:` type($input) `->` type($result)";
}

def Spk_OdeNeuronOp : Spk_ModelOp<"ode_neuron", [IsolatedFromAbove]> {
  let summary = "neuron of any state equations";
  let description = [{
    The region `dynamics` gets the input, the states and the parameters of one neuron and gives, for each state, its
    derivative by time, or its next value (solver next). Time is counted in units of `time_unit` seconds. A step of the
    network is `substeps` steps of the solver, each of `h = dt / time_unit / substeps`, with the input held. With `f`
    the derivatives:

    | solver | one step |
    |---|---|
    | next | `y' = f(y)` |
    | euler | `y' = y + h f(y)` |
    | exponential_euler | `y' = y + f(y) (exp(b h) - 1) / b`, where `f = a + b y` in each state's own y, all others held; `y + h f(y)` where b is zero |
    | midpoint | `y' = y + h f(y + h/2 f(y))` |
    | heun | `y' = y + h/2 (k1 + k2)` with `k1 = f(y)`, `k2 = f(y + h k1)` |
    | rk4 | `y' = y + h/6 (((k1 + 2 k2) + 2 k3) + k4)` with `k2 = f(y + h/2 k1)`, `k3 = f(y + h/2 k2)`, `k4 = f(y + h k3)` |

    Then `z = H(y[0]; v_threshold)`, once for each step of the network: the first state is the membrane. Where z, the
    region `reset` (states and parameters to states) gives the new states; without it there is no reset. With crossing
    the neuron fires only where it did not pass the threshold at the beginning of the step: a model without reset, such
    as that of Hodgkin and Huxley, fires once for each action potential.

    Constraints:
    * C1: v_threshold, and each initial value and parameter is dense and has the shape of the result; input and result
      have the same shape; the result is `i1`.
    * C2: there is a state; names of states and parameters are different, and there are as many names as values.
    * C3: dynamics has the arguments input, states and parameters, and reset has states and parameters, all of the
      element type of the input; both end in `spk.yield` with one value of this type for each state.
    * C4: a region holds constants and add, sub, mul, div, neg, minimum, maximum, cmpf and select of arith, and exp,
      expm1, tanh, sqrt, absf of math, without fast-math flags, on scalars of this type (and `i1`).
    * C5: substeps is from 1 to 64, and 1 with solver next; time_unit is positive.
    * C6: with exponential_euler each derivative is linear in its own state.

    ```mlir
    %z = spk.ode_neuron "izhikevich" %x ge {crossing = false,
        initial = [dense<-6.500000e+01> : tensor<3xf32>, dense<-1.300000e+01> : tensor<3xf32>],
        parameter_names = ["a", "b", "c", "d"],
        parameter_values = [dense<2.000000e-02> : tensor<3xf32>, dense<2.000000e-01> : tensor<3xf32>,
                            dense<-6.500000e+01> : tensor<3xf32>, dense<8.000000e+00> : tensor<3xf32>],
        solver = #spk.solver<euler>, state_names = ["v", "u"], substeps = 2 : i64, time_unit = 1.000000e-03 : f64,
        v_threshold = dense<3.000000e+01> : tensor<3xf32>}
      : tensor<3xf32> -> tensor<3xi1> dynamics {
    ^bb0(%i: f32, %v: f32, %u: f32, %a: f32, %b: f32, %c: f32, %d: f32):
      %k2 = arith.constant 4.000000e-02 : f32
      %k1 = arith.constant 5.000000e+00 : f32
      %k0 = arith.constant 1.400000e+02 : f32
      %0 = arith.mulf %k2, %v : f32
      %1 = arith.addf %0, %k1 : f32
      %2 = arith.mulf %1, %v : f32
      %3 = arith.addf %2, %k0 : f32
      %4 = arith.subf %3, %u : f32
      %dv = arith.addf %4, %i : f32
      %5 = arith.mulf %b, %v : f32
      %6 = arith.subf %5, %u : f32
      %du = arith.mulf %a, %6 : f32
      spk.yield %dv, %du : f32, f32
    } reset {
    ^bb0(%v: f32, %u: f32, %a: f32, %b: f32, %c: f32, %d: f32):
      %0 = arith.addf %u, %d : f32
      spk.yield %c, %0 : f32, f32
    }
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Current:$input, Spk_CompareAttr:$compare, Spk_SolverAttr:$solver,
                       I64Attr:$substeps, F64Attr:$time_unit, BoolAttr:$crossing, ElementsAttr:$v_threshold,
                       StrArrayAttr:$state_names, ArrayAttr:$initial, StrArrayAttr:$parameter_names,
                       ArrayAttr:$parameter_values);
  let regions = (region SizedRegion<1>:$dynamics, MaxSizedRegion<1>:$reset);
  let results = (outs Spk_Spikes:$result);
  let assemblyFormat = [{
    $name $input `` $compare attr-dict `:` type($input) `->` type($result) `dynamics` $dynamics (`reset` $reset^)?
  }];
  let hasRegionVerifier = 1;
}

def Spk_YieldOp : Op<Spk_Dialect, "yield", [Pure, Terminator, HasParent<"OdeNeuronOp">]> {
  let summary = "what a region of spk.ode_neuron gives for each state";
  let description = [{
    The derivatives or next states, in the order of the states.

    ```mlir
    spk.yield %dv, %du : f32, f32
    ```
  }];
  let arguments = (ins Variadic<AnyTypeOf<[F32, F64]>>:$values);
  let assemblyFormat = "$values attr-dict `:` type($values)";
}

#endif
