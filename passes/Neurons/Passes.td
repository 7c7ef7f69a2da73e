//===- Passes.td - the passes of passes/Neurons ------------*- tablegen -*-===//
#ifndef LLE_PASSES_NEURONS_PASSES_TD
#define LLE_PASSES_NEURONS_PASSES_TD

include "mlir/Pass/PassBase.td"

def ConvertNeurons : Pass<"spk-convert-neurons", "NetworkOp"> {
  let summary = "express the spiking populations by another neuron model";
  let description = [{
    So that the cost and the accuracy of models can be compared on one network. Each population that emits spikes
    becomes a `spk.lif`, `spk.adlif` or `spk.plif`; readouts without spikes stay. What another model cannot say is a
    remark at the population where it is a property that is left out, and an error where the membrane itself would be
    another one.

    | from | to lif |
    |---|---|
    | `spk.plif` | exact, but for rounding of the time constant |
    | `spk.if` of gain unit | exact: it decays by one |
    | `spk.adlif`, `spk.alif`, `spk.refractory_lif` | exact if they do not adapt, or their period is zero; else without it |
    | others | an error |

    To `adlif` a population passes through `lif` and gets an adaptation of zero, which is exact. To `plif` it does too;
    `w` is then the logarithm of `s / (1 - s)` with `s` the fraction that the membrane forgets in a step, which loses
    the last bit, and an error where that is not between 0 and 1. Both need a reset in the same step and no floor.

    With `to=lif`, the neuron forgets half of its membrane in each step:

    ```mlir
    lle.network @trained(%x: tensor<3xf32>) -> tensor<3xi1> attributes {dt = 1.000000e-03 : f64} {
      %z = spk.plif "plif" %x
        firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
        {decay_input = true, v_init = dense<0.000000e+00> : tensor<3xf32>, v_leak = dense<0.000000e+00> : tensor<3xf32>,
         v_reset = dense<0.000000e+00> : tensor<3xf32>, v_threshold = dense<1.000000e+00> : tensor<3xf32>,
         w = dense<0.000000e+00> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
      lle.output %z : tensor<3xi1>
    }
    ```
  }];
  let dependentDialects = ["::lle::spk::SpkDialect"];
  let options = [
    Option<"to", "to", "::lle::NeuronModel", "::lle::NeuronModel::lif", "model of all spiking populations",
           [{::llvm::cl::values(clEnumValN(::lle::NeuronModel::lif, "lif", "spk.lif"),
                                clEnumValN(::lle::NeuronModel::adlif, "adlif", "spk.adlif"),
                                clEnumValN(::lle::NeuronModel::plif, "plif", "spk.plif"))}]>];
}

#endif
