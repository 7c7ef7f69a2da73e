//===- Passes.td - the passes of passes/Precision ----------*- tablegen -*-===//
#ifndef LLE_PASSES_PRECISION_PASSES_TD
#define LLE_PASSES_PRECISION_PASSES_TD

include "mlir/Pass/PassBase.td"

def DeriveStateBounds : Pass<"lle-derive-state-bounds", "NetworkOp"> {
  let summary = "derive the limits that states keep, whatever comes in";
  let description = [{
    Fixed-point code needs to know how large a state may become. For many cells that follows from their weights, without
    calibration: a fused liquid time-constant cell moves each potential to a mean of it, of zero, and of the leak and
    reversal potentials that reach the neuron. Each operation with state gets the attribute `lle.state_bounds`: for each
    of its states that has limits the lower and the upper ones. States without known limits are left out.

    Limits pass through delays, concatenations, slices and activations, so that cells get them whose state is held by a
    loop of the network. They hold where the network starts from its initial values and elapsed times are positive. They
    are of the mathematics: a computation in floating point may pass them by its rounding.

    | cell | limits of its state |
    |---|---|
    | `ltc.ltc_cell`, fused, no negative weight | the hull of 0, vleak, erev and sensory_erev of synapses that are not zero |
    | `ltc.ltc_cell`, euler and rk4 | none |
    | `ltc.cfc_cell`, default | those of the head's activation, and 0 |
    | `ltc.cfc_cell`, no_gate | those of the head's activation twice |
    | `ltc.cfc_cell`, pure | `abs(A) exp(-T abs(w_tau)) / (e T)` around A, and 0 |
    | `ltc.lstm_cell` | h: -1 and 1; c: none |
    | `ltc.gru_cell` | -1 and 1 |
    | `ltc.ctrnn_cell`, an unfold's time at most tau | tau times those of the activation, and 0 |

    In this network the pass adds `lle.state_bounds = {h = [dense<-1.0>, dense<1.0>]}`, with both of type
    `tensor<2xf64>`:

    ```mlir
    lle.network @gru(%x: tensor<3xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
      %h = ltc.gru_cell "gru" %x {reset = #ltc.reset<before>, w_in = dense<0.25> : tensor<6x3xf32>,
          w_rec = dense<0.5> : tensor<6x2xf32>, bias_in = dense<0.0> : tensor<6xf32>,
          bias_rec = dense<0.0> : tensor<6xf32>} : (tensor<3xf32>) -> tensor<2xf32>
      lle.output %h : tensor<2xf32>
    }
    ```
  }];
}

#endif
