//===- SpkOps.td - spiking neurons --------------------------*- tablegen -*-===//
#ifndef LLE_DIALECTS_SPK_SPKOPS_TD
#define LLE_DIALECTS_SPK_SPKOPS_TD

include "dialects/Spk/SpkBase.td"

def Spk_ThresholdOp : Spk_NeuronOp<"threshold", [Pure]> {
  let summary = "step function: a spike where the input is above the threshold";
  let description = [{
    `z = 1 if x > v_threshold else 0` (`compare = gt`), or `x >= v_threshold` (`compare = ge`). No state.

    Constraints:
    * C1: input, v_threshold and result have the same shape, v_threshold is dense, the result is `i1`.

    ```mlir
    %z = spk.threshold %x gt dense<5.000000e-01> : tensor<3xf32> : tensor<3xf32> -> tensor<3xi1>
    ```
  }];
  let arguments = (ins LLE_Current:$input, ElementsAttr:$v_threshold, Spk_CompareAttr:$compare, OptionalAttr<StrAttr>:$name);
  let results = (outs Spk_Spikes:$result);
  let assemblyFormat = "$input $compare $v_threshold attr-dict `:` type($input) `->` type($result)";
}

def Spk_IntegratorOp : Spk_LeakyOp<"integrator"> {
  let summary = "perfect integrator (NIR's I): dv/dt = r x";
  let description = [{
    `v' = v + k x` with `k` = 1 (gain unit) or `r dt` (gain per_step). The result is v'. State: `v`, which starts at
    `v_init`. NIR: Pedersen et al., Nature Communications 15 (2024) 8122.

    Constraints:
    * C1: every parameter is dense and has the shape of the result.
    * C2: integrator is euler or exact (they are the same here), order decay_first, gain unit or per_step, scale
      membrane.
    * C3: gain per_step needs r.

    ```mlir
    %v = spk.integrator "sum" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
      {v_init = dense<0.000000e+00> : tensor<3xf32>} : tensor<3xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Current:$input, Spk_DynamicsAttr:$dynamics, OptionalAttr<ElementsAttr>:$r,
                       ElementsAttr:$v_init);
}

def Spk_IFOp : Spk_SpikingOp<"if"> {
  let summary = "integrate-and-fire neuron: dv/dt = r x";
  let description = [{
    `v' = v + k x` with `k` = 1 (gain unit) or `r dt` (gain per_step), then fires as `firing` says. With scale input,
    threshold, reset value and floor are divided by `r dt`. State: `v`. `v_min`, where present, is a floor applied
    last.

    Constraints:
    * C1: every parameter is dense and has the shape of the result; input and result have the same shape.
    * C2: integrator is euler or exact (they are the same here), order decay_first, gain unit or per_step.
    * C3: gain per_step or scale input needs r, scale input a positive one; reset to_value needs v_reset.
    * C4: max_spikes is 1 for i1, and else fits the element type; more than one spike needs compare ge, emit updated
      and reset subtract or none in the same step.
    * C5: emit held needs a reset in the next step, or none; when same_step_held needs emit updated and reset subtract;
      scope all needs a synaptic current.
    * C6: thresholds are positive where max_spikes is above 1.

    ```mlir
    %z = spk.if "if1" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
      firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {v_init = dense<0.000000e+00> : tensor<3xf32>, v_reset = dense<0.000000e+00> : tensor<3xf32>,
       v_threshold = dense<1.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Current:$input, Spk_DynamicsAttr:$dynamics, Spk_FiringAttr:$firing,
                       OptionalAttr<ElementsAttr>:$r, ElementsAttr:$v_threshold, OptionalAttr<ElementsAttr>:$v_reset,
                       OptionalAttr<ElementsAttr>:$v_min, ElementsAttr:$v_init);
}

def Spk_LIOp : Spk_LeakyOp<"li"> {
  let summary = "leaky integrator: tau dv/dt = (v_leak - v) + r x";
  let description = [{
    The membrane update of `spk.lif` without threshold; the result is v'. State: `v`.

    Constraints:
    * C1: every parameter is dense and has the shape of the result.
    * C2: gain continuous goes with euler, exact and hold, or unit does; gain unit or per_step goes with decay_euler
      and decay_exp; discrete needs gain unit; order input_first needs decay_euler, decay_exp or discrete; scale is
      membrane.
    * C3: discrete needs decay and has none of tau, r and v_leak; else tau, r and v_leak are needed and decay and bias
      are absent.
    * C4: tau is positive; so is r where scale is input.

    ```mlir
    %v = spk.li "readout" %x dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
      {r = dense<1.000000e+00> : tensor<3xf32>, tau = dense<2.000000e-02> : tensor<3xf32>,
       v_init = dense<0.000000e+00> : tensor<3xf32>, v_leak = dense<0.000000e+00> : tensor<3xf32>} : tensor<3xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Current:$input, Spk_DynamicsAttr:$dynamics,
                       OptionalAttr<ElementsAttr>:$tau, OptionalAttr<ElementsAttr>:$r, OptionalAttr<ElementsAttr>:$v_leak,
                       OptionalAttr<ElementsAttr>:$decay, OptionalAttr<ElementsAttr>:$bias, ElementsAttr:$v_init);
}

def Spk_LIFOp : Spk_SpikingOp<"lif"> {
  let summary = "leaky integrate-and-fire neuron: tau dv/dt = (v_leak - v) + r x";
  let description = [{
    With `a = dt / tau`, `e = exp(-a)` and `k` the gain (1; r; r a):

    | integrator | update |
    |---|---|
    | euler | `v' = v + a ((v_leak - v) + k x)` |
    | exact, hold | `v' = w + (v - w) e` with `w = v_leak + k x` |
    | decay_euler, decay_exp | `v' = b v + k x + (1 - b) v_leak` with `b = 1 - a` or `b = e` |
    | discrete | `v' = decay v + x + bias` |

    With order input_first the input decays too: `b (v + k x)`. With scale input, threshold, v_leak, v_reset and v_min
    are divided by `r a` (`v_init` is always in the unit of the state). Then, `H` being the comparison:
    * when same_step: `z = H(v')`, and `v'` is reset where z;
    * when next_before: where `H(v)`, v is reset before the update, and `z = H(v')`;
    * when next_after: where `H(v)`, v' is reset after the update, and `z = H(v')`;
    * when same_step_held: `z = H(v' - v_threshold)` where `H(v)`, else `z = H(v')`, and v' is reset where z (snnTorch's
      reset by subtraction without delay);
    * emit held: `z = H(v)` instead.
    Reset to_value sets `v_reset`, subtract subtracts the threshold. `v_min`, where present, is a floor applied last.
    Coefficients are computed in double precision and rounded once. State: `v`.

    Constraints:
    * C1: every parameter is dense and has the shape of the result; input and result have the same shape.
    * C2 to C4 of `spk.li`, where scale input is allowed too, except for discrete.
    * C5: reset to_value needs v_reset.
    * C6 to C8: C4 to C6 of `spk.if`.

    ```mlir
    %z = spk.lif "lif1" %x dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = input>
      firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {r = dense<1.000000e+00> : tensor<3xf32>, tau = dense<2.500000e-03> : tensor<3xf32>,
       v_init = dense<0.000000e+00> : tensor<3xf32>, v_leak = dense<0.000000e+00> : tensor<3xf32>,
       v_threshold = dense<1.000000e-01> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Current:$input, Spk_DynamicsAttr:$dynamics, Spk_FiringAttr:$firing,
                       OptionalAttr<ElementsAttr>:$tau, OptionalAttr<ElementsAttr>:$r, OptionalAttr<ElementsAttr>:$v_leak,
                       OptionalAttr<ElementsAttr>:$decay, OptionalAttr<ElementsAttr>:$bias,
                       ElementsAttr:$v_threshold, OptionalAttr<ElementsAttr>:$v_reset,
                       OptionalAttr<ElementsAttr>:$v_min, ElementsAttr:$v_init);
}

def Spk_CubaLIOp : Spk_LeakyOp<"cuba_li"> {
  let summary = "leaky integrator with a current-based synapse";
  let description = [{
    The state update of `spk.cuba_lif` without threshold; the result is v'. States: `i`, `v`.

    Constraints:
    * C1: every parameter is dense and has the shape of the result.
    * C2: as C2 of `spk.li`.
    * C3: discrete needs decay_syn and decay_mem and has none of tau_syn, tau_mem, r, v_leak and w_in; else these five
      are needed, and decay_syn, decay_mem and bias are absent. i_leak needs integrator euler.
    * C4: tau_syn and tau_mem are positive; so are r and w_in where scale is input.

    ```mlir
    %v = spk.cuba_li "readout" %x dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
      {r = dense<1.000000e+00> : tensor<3xf32>, tau_mem = dense<2.000000e-02> : tensor<3xf32>,
       tau_syn = dense<5.000000e-03> : tensor<3xf32>, v_init = dense<0.000000e+00> : tensor<3xf32>,
       v_leak = dense<0.000000e+00> : tensor<3xf32>, w_in = dense<1.000000e+00> : tensor<3xf32>} : tensor<3xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Current:$input, Spk_DynamicsAttr:$dynamics,
                       OptionalAttr<ElementsAttr>:$tau_syn, OptionalAttr<ElementsAttr>:$tau_mem,
                       OptionalAttr<ElementsAttr>:$r, OptionalAttr<ElementsAttr>:$v_leak,
                       OptionalAttr<ElementsAttr>:$w_in, OptionalAttr<ElementsAttr>:$i_leak,
                       OptionalAttr<ElementsAttr>:$decay_syn, OptionalAttr<ElementsAttr>:$decay_mem,
                       OptionalAttr<ElementsAttr>:$bias, ElementsAttr:$v_init);
}

def Spk_CubaLIFOp : Spk_SpikingOp<"cuba_lif"> {
  let summary = "leaky integrate-and-fire neuron with a current-based synapse";
  let description = [{
    `tau_syn di/dt = -i + w_in x` and `tau_mem dv/dt = (v_leak - v) + r i`. With `b = dt / tau_syn`,
    `a = dt / tau_mem`, `eb = exp(-b)`, `ea = exp(-a)`:

    | integrator | update |
    |---|---|
    | euler | `i' = i + b ((i_leak - i) + w_in x)`, `v' = v + a ((v_leak - v) + r i')` |
    | exact | `j = w_in x`, `i' = j + (i - j) eb`, `w = v_leak + r j`, `v' = w + (v - w) ea + r (i - j) K` with `K = tau_syn / (tau_syn - tau_mem) (eb - ea)`, and `a ea` where the two are equal |
    | hold | `i' = j + (i - j) eb`, `w = v_leak + r i'`, `v' = w + (v - w) ea` |
    | decay_euler, decay_exp | `i' = c i + k x`, `v' = d v + g i' + (1 - d) v_leak` with `c = 1 - b`, `d = 1 - a` or `c = eb`, `d = ea`, and `k = g = 1` (gain unit) or `k = w_in b`, `g = r a` (per_step) |
    | discrete | `i' = decay_syn i + x`, `v' = decay_mem v + i' + bias` |

    Gain unit with euler, exact and hold means `w_in = r = 1`. With order input_first the input decays too: `i' = c (i
    + k x)`. With scale input, threshold, v_leak, v_reset and v_min are divided by `w_in b r a`. Firing is that of
    `spk.lif`; with scope all a reset to a value also sets the current to 0, at the same moment. `i_leak` is where the current rests: zero where
    absent. States: `i`, which starts at zero, and `v`, which starts at `v_init`.

    Constraints:
    * C1: every parameter is dense and has the shape of the result; input and result have the same shape.
    * C2 to C4 of `spk.cuba_li`, where scale input is allowed too, except for discrete.
    * C5: reset to_value needs v_reset.
    * C6 to C8: C4 to C6 of `spk.if`.

    ```mlir
    %z = spk.cuba_lif "lif1" %x dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = input>
      firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {r = dense<1.000000e+01> : tensor<3xf64>, tau_mem = dense<1.000000e-03> : tensor<3xf64>,
       tau_syn = dense<2.000000e-04> : tensor<3xf64>, v_init = dense<0.000000e+00> : tensor<3xf64>,
       v_leak = dense<0.000000e+00> : tensor<3xf64>, v_reset = dense<0.000000e+00> : tensor<3xf64>,
       v_threshold = dense<1.000000e+00> : tensor<3xf64>, w_in = dense<2.000000e+00> : tensor<3xf64>}
      : tensor<3xf32> -> tensor<3xi1>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Current:$input, Spk_DynamicsAttr:$dynamics, Spk_FiringAttr:$firing,
                       OptionalAttr<ElementsAttr>:$tau_syn, OptionalAttr<ElementsAttr>:$tau_mem,
                       OptionalAttr<ElementsAttr>:$r, OptionalAttr<ElementsAttr>:$v_leak,
                       OptionalAttr<ElementsAttr>:$w_in, OptionalAttr<ElementsAttr>:$i_leak,
                       OptionalAttr<ElementsAttr>:$decay_syn, OptionalAttr<ElementsAttr>:$decay_mem,
                       OptionalAttr<ElementsAttr>:$bias,
                       ElementsAttr:$v_threshold, OptionalAttr<ElementsAttr>:$v_reset,
                       OptionalAttr<ElementsAttr>:$v_min, ElementsAttr:$v_init);
}

#endif
