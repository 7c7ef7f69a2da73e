//===- LTCOps.td - liquid and other recurrent cells ---------*- tablegen -*-===//
#ifndef LLE_DIALECTS_LTC_LTCOPS_TD
#define LLE_DIALECTS_LTC_LTCOPS_TD

include "dialects/LLE/LLEAttrs.td"
include "dialects/LLE/LLEBounds.td"
include "dialects/LLE/LLEDialect.td"
include "dialects/LLE/LLEInterfaces.td"
include "dialects/LTC/LTCAttrs.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

/// A cell with state. Its first argument is its name, its first operand the input; the operand `hidden`, where there is
/// one, stands for the state.
class LTC_CellOp<string mnemonic, list<Trait> traits = []> : Op<LTC_Dialect, mnemonic, !listconcat(traits, [
    DeclareOpInterfaceMethods<LLE_StatefulOpInterface>, DeclareOpInterfaceMethods<LLE_CostOpInterface>,
    DeclareOpInterfaceMethods<LLE_BoundedStateOpInterface>])> {
  let hasVerifier = 1;
}

/// A cell whose step can take the elapsed time as an operand.
class LTC_TimedCellOp<string mnemonic> : LTC_CellOp<mnemonic, [AttrSizedOperandSegments]> {
  let assemblyFormat = [{
    $name $input (`elapsed` $elapsed_time^)? (`hidden` $hidden^)? attr-dict `:` functional-type(operands, results)
  }];
}

class LTC_UntimedCellOp<string mnemonic> : LTC_CellOp<mnemonic> {
  let assemblyFormat = "$name $input (`hidden` $hidden^)? attr-dict `:` functional-type(operands, results)";
}

def LTC_LTCCellOp : LTC_TimedCellOp<"ltc_cell"> {
  let summary = "liquid time-constant cell";
  let description = [{
    Hasani et al., Liquid Time-constant Networks, AAAI 2021. H neurons, I inputs; matrices are [source, target]. P is
    the identity (positivity clip) or softplus; `s(x) = 1 / (1 + exp(-x))`; `M` is the absolute value of the mask, 1
    where it is absent.
    The elapsed time `T` of a step is the attribute `elapsed` plus, where it is there, the operand; `h = T / unfolds`.

        u_i   = input_w_i x_i + input_b_i
        S_ij  = P(sensory_w_ij) Ms_ij s(sensory_sigma_ij (u_i - sensory_mu_ij))
        A_ij  = P(w_ij) M_ij s(sigma_ij (v_i - mu_ij))                                     of the potentials v

    and, `unfolds` times, with sums over i,

    | solver | update |
    |---|---|
    | fused | `v_j' = (P(cm_j) / h v_j + P(gleak_j) vleak_j + sum A_ij erev_ij + sum S_ij sensory_erev_ij) / (P(cm_j) / h + P(gleak_j) + sum A_ij + sum S_ij + epsilon)` |
    | euler | `v_j' = v_j + h f_j(v)` |
    | rk4 | `v_j' = v_j + h / 6 (k1 + 2 k2 + 2 k3 + k4)`, with `k1 = f(v)`, `k2 = f(v + h/2 k1)`, `k3 = f(v + h/2 k2)`, `k4 = f(v + h k3)` |

    where `f_j(v) = (P(gleak_j) (vleak_j - v_j) + sum (A_ij (erev_ij - v_j)) + sum (S_ij (sensory_erev_ij - v_j))) /
    P(cm_j)`. `output` holds the first neurons, as many as it has elements: `y_j = output_w_j v_j + output_b_j`. `state`
    is v of all neurons after the step. State: `v`, zero at first. Absent maps are the identity.

    Constraints:
    * C1: input, output and state have rank 1 and the element type of the results; output is not longer than state.
    * C2: every parameter is dense, finite in the element type of the results and of the shape that the formulas give
      it.
    * C3: unfolds is positive; epsilon and elapsed are finite and not negative; elapsed is positive where there is no
      operand.
    * C4: the operand for the elapsed time has one element, of the type of those of the results; hidden has the type of
      state.
    * C5: input_b needs input_w, and output_b needs output_w.
    * C6: masks hold -1, 0 and 1.

    ```mlir
    %y, %v = ltc.ltc_cell "rnn" %x {
        solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.000000e-08 : f64,
        elapsed = 1.000000e+00 : f64, gleak = dense<5.000000e-01> : tensor<2xf32>,
        vleak = dense<[1.000000e-01, -2.000000e-01]> : tensor<2xf32>, cm = dense<5.000000e-01> : tensor<2xf32>,
        sigma = dense<4.000000e+00> : tensor<2x2xf32>, mu = dense<5.000000e-01> : tensor<2x2xf32>,
        w = dense<2.500000e-01> : tensor<2x2xf32>,
        erev = dense<[[1.000000e+00, -1.000000e+00], [1.000000e+00, 1.000000e+00]]> : tensor<2x2xf32>,
        mask = dense<[[0, 1], [1, 1]]> : tensor<2x2xi8>,
        sensory_sigma = dense<3.000000e+00> : tensor<1x2xf32>, sensory_mu = dense<2.500000e-01> : tensor<1x2xf32>,
        sensory_w = dense<5.000000e-01> : tensor<1x2xf32>, sensory_erev = dense<1.000000e+00> : tensor<1x2xf32>}
      : (tensor<1xf32>) -> (tensor<1xf32>, tensor<2xf32>)
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Signal:$input, Optional<LLE_Current>:$elapsed_time,
                       Optional<LLE_Current>:$hidden, LTC_SolverAttr:$solver, LTC_PositivityAttr:$positivity,
                       I64Attr:$unfolds, F64Attr:$epsilon, F64Attr:$elapsed,
                       ElementsAttr:$gleak, ElementsAttr:$vleak, ElementsAttr:$cm,
                       ElementsAttr:$sigma, ElementsAttr:$mu, ElementsAttr:$w, ElementsAttr:$erev,
                       OptionalAttr<ElementsAttr>:$mask,
                       ElementsAttr:$sensory_sigma, ElementsAttr:$sensory_mu, ElementsAttr:$sensory_w,
                       ElementsAttr:$sensory_erev, OptionalAttr<ElementsAttr>:$sensory_mask,
                       OptionalAttr<ElementsAttr>:$input_w, OptionalAttr<ElementsAttr>:$input_b,
                       OptionalAttr<ElementsAttr>:$output_w, OptionalAttr<ElementsAttr>:$output_b);
  let results = (outs LLE_Current:$output, LLE_Current:$state);
}

def LTC_CfCCellOp : LTC_TimedCellOp<"cfc_cell"> {
  let summary = "closed-form continuous-time cell";
  let description = [{
    Hasani et al., Closed-form continuous-time neural networks, Nature Machine Intelligence 4 (2022) 992. With `c` the
    input followed by the state h, `z = c` without a backbone, and else `z` the result of its layers, `act(W z + b)`
    each, with the activation `activation`. The elapsed time `T` of a step is the attribute `elapsed` plus, where it is
    there, the operand. `g` is the activation `head_activation`, `s` the logistic function, and the gate's sign that of
    `gate_sign`:

        f1 = g(ff1_weight z + ff1_bias)      f2 = g(ff2_weight z + ff2_bias)
        t  = s(+-(time_a_weight z + time_a_bias) T + (time_b_weight z + time_b_bias))

    | mode | update |
    |---|---|
    | default | `h' = f1 (1 - t) + t f2` |
    | no_gate | `h' = f1 + t f2` |
    | pure | `h' = A - A exp(-T (abs(w_tau) + abs(f))) f` with `f = ff1_weight z + ff1_bias` |

    A mask, of the shape of ff1_weight, is applied to ff1 and ff2 only, as ncps does: mask_kind absolute keeps the
    weights where it is not 0, signed multiplies by it. The result is h'. State: `h`, zero at first. A wired CfC is one
    cell for each layer of the wiring.

    Constraints:
    * C1: input and result have rank 1, and the element type of the result.
    * C2: every parameter is dense, finite in the element type of the results and of the shape that the formulas give
      it; the layers of the backbone fit, and have a bias each.
    * C3: elapsed is finite and not negative.
    * C4: the operand for the elapsed time has one element, of the type of those of the result; hidden has the type of
      the result.
    * C5: modes default and no_gate need ff2, time_a, time_b, gate_sign and head_activation, and have neither w_tau nor
      a; pure needs w_tau and a and has none of these.
    * C6: a backbone needs an activation; a mask needs mask_kind and holds -1, 0 and 1.

    ```mlir
    %h = ltc.cfc_cell "rnn" %x {
        mode = #ltc.mode<default>, elapsed = 1.000000e+00 : f64, gate_sign = #ltc.gate_sign<plus>,
        head_activation = #lle.activation<tanh>, activation = #lle.activation<lecun_tanh>,
        backbone_weights = [dense<2.500000e-01> : tensor<4x3xf32>], backbone_biases = [dense<0.000000e+00> : tensor<4xf32>],
        ff1_weight = dense<5.000000e-01> : tensor<2x4xf32>, ff1_bias = dense<1.000000e-01> : tensor<2xf32>,
        ff2_weight = dense<-5.000000e-01> : tensor<2x4xf32>, ff2_bias = dense<0.000000e+00> : tensor<2xf32>,
        time_a_weight = dense<2.500000e-01> : tensor<2x4xf32>, time_a_bias = dense<0.000000e+00> : tensor<2xf32>,
        time_b_weight = dense<1.250000e-01> : tensor<2x4xf32>, time_b_bias = dense<0.000000e+00> : tensor<2xf32>}
      : (tensor<1xf32>) -> tensor<2xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Signal:$input, Optional<LLE_Current>:$elapsed_time,
                       Optional<LLE_Current>:$hidden, LTC_ModeAttr:$mode, F64Attr:$elapsed,
                       OptionalAttr<LLE_ActivationAttr>:$activation,
                       OptionalAttr<LLE_ActivationAttr>:$head_activation,
                       OptionalAttr<LTC_GateSignAttr>:$gate_sign, OptionalAttr<LTC_MaskKindAttr>:$mask_kind,
                       OptionalAttr<ArrayAttr>:$backbone_weights, OptionalAttr<ArrayAttr>:$backbone_biases,
                       ElementsAttr:$ff1_weight, ElementsAttr:$ff1_bias,
                       OptionalAttr<ElementsAttr>:$ff2_weight, OptionalAttr<ElementsAttr>:$ff2_bias,
                       OptionalAttr<ElementsAttr>:$time_a_weight, OptionalAttr<ElementsAttr>:$time_a_bias,
                       OptionalAttr<ElementsAttr>:$time_b_weight, OptionalAttr<ElementsAttr>:$time_b_bias,
                       OptionalAttr<ElementsAttr>:$w_tau, OptionalAttr<ElementsAttr>:$a,
                       OptionalAttr<ElementsAttr>:$mask);
  let results = (outs LLE_Current:$result);
}

def LTC_LSTMCellOp : LTC_UntimedCellOp<"lstm_cell"> {
  let summary = "long short-term memory cell";
  let description = [{
    Hochreiter and Schmidhuber, Neural Computation 9 (1997) 1735. `z = w_in x + w_rec h + bias` holds the input gate i,
    the forget gate f, the candidate g and the output gate o, one after the other; `c' = s(f) c + s(i) tanh(g)` and
    `h' = s(o) tanh(c')`. A constant forget bias is part of `bias`. The result is h'. States: `h` (unless there is an
    operand `hidden`) and `c`, zero at first.

    Constraints:
    * C1: input and result have rank 1, and the element type of the result; hidden has the type of the result.
    * C2: every parameter is dense, finite in the element type of the results and of the shape that the formulas give
      it.

    ```mlir
    %h = ltc.lstm_cell "lstm" %x {w_in = dense<2.500000e-01> : tensor<8x3xf32>, w_rec = dense<5.000000e-01> : tensor<8x2xf32>,
        bias = dense<1.000000e-01> : tensor<8xf32>} : (tensor<3xf32>) -> tensor<2xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Signal:$input, Optional<LLE_Current>:$hidden, ElementsAttr:$w_in,
                       ElementsAttr:$w_rec, ElementsAttr:$bias);
  let results = (outs LLE_Current:$result);
}

def LTC_GRUCellOp : LTC_UntimedCellOp<"gru_cell"> {
  let summary = "gated recurrent unit";
  let description = [{
    Cho et al., EMNLP 2014. `w_in`, `w_rec` and both biases hold the reset gate r, the update gate z and the candidate
    n, one after the other. `r = s(w_in_r x + bias_in_r + w_rec_r h + bias_rec_r)`, z alike. With reset after, `n =
    tanh(w_in_n x + bias_in_n + r (w_rec_n h + bias_rec_n))`; with reset before, `n = tanh(w_in_n x + bias_in_n +
    w_rec_n (r h) + bias_rec_n)`. Then `h' = (1 - z) n + z h`. The result is h'. State: `h`, zero at first, unless there
    is an operand `hidden`.

    Constraints:
    * C1 and C2 of `ltc.lstm_cell`.

    ```mlir
    %h = ltc.gru_cell "gru" %x {reset = #ltc.reset<after>, w_in = dense<2.500000e-01> : tensor<6x3xf32>,
        w_rec = dense<5.000000e-01> : tensor<6x2xf32>, bias_in = dense<1.000000e-01> : tensor<6xf32>,
        bias_rec = dense<0.000000e+00> : tensor<6xf32>} : (tensor<3xf32>) -> tensor<2xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Signal:$input, Optional<LLE_Current>:$hidden, LTC_ResetAttr:$reset,
                       ElementsAttr:$w_in, ElementsAttr:$w_rec, ElementsAttr:$bias_in, ElementsAttr:$bias_rec);
  let results = (outs LLE_Current:$result);
}

def LTC_CTRNNCellOp : LTC_TimedCellOp<"ctrnn_cell"> {
  let summary = "continuous-time recurrent cell, by explicit Euler steps";
  let description = [{
    Funahashi and Nakamura, Neural Networks 6 (1993) 801. With T the elapsed time (the attribute `elapsed` plus, where
    it is there, the operand) and `h = T / unfolds`, `unfolds` times: `v' = v + h (act(w_in x + w_rec v + bias) - v /
    tau)`. The result is v'. State: `v`, zero at first, unless there is an operand `hidden`.

    Constraints:
    * C1: input and result have rank 1, and the element type of the result.
    * C2: every parameter is dense, finite in the element type of the results and of the shape that the formulas give
      it; tau is positive.
    * C3: unfolds is positive; elapsed is finite, not negative, and positive where there is no operand.
    * C4: the operand for the elapsed time has one element, of the type of those of the result; hidden has the type of
      the result.

    ```mlir
    %v = ltc.ctrnn_cell "ctrnn" %x {activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 6.000000e-01 : f64,
        tau = dense<1.000000e+00> : tensor<2xf32>, w_in = dense<2.500000e-01> : tensor<2x3xf32>,
        w_rec = dense<5.000000e-01> : tensor<2x2xf32>, bias = dense<1.000000e-01> : tensor<2xf32>}
      : (tensor<3xf32>) -> tensor<2xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Signal:$input, Optional<LLE_Current>:$elapsed_time,
                       Optional<LLE_Current>:$hidden, LLE_ActivationAttr:$activation, I64Attr:$unfolds,
                       F64Attr:$elapsed, ElementsAttr:$tau, ElementsAttr:$w_in, ElementsAttr:$w_rec,
                       ElementsAttr:$bias);
  let results = (outs LLE_Current:$result);
}

#endif
