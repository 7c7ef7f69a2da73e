//===- Passes.td - the passes of passes/Tuning -------------*- tablegen -*-===//
#ifndef LLE_PASSES_TUNING_PASSES_TD
#define LLE_PASSES_TUNING_PASSES_TD

include "mlir/Pass/PassBase.td"

def ProfileActivity : Pass<"lle-profile-activity", "::mlir::ModuleOp"> {
  let summary = "run networks over a data set and write down how active they are";
  let description = [{
    Every synapse gets `lle.activity`, the fraction of its input elements that are not zero over all steps of the
    samples, and every spiking population `lle.rate`, the mean number of spikes of a neuron in a step. The network gets
    `lle.activity_source`, which says what they were measured on. Nothing else changes. (The pass is one of modules because
    an engine compiles, which must not happen beside passes on other networks.)

    `dataset` names .npy files of shape (samples, steps, shape of the input...): one, or NAME=FILE for each input.
    `samples` is how many of them are run (0: all), `engine` what runs them; which there are depends on the tool.

    ```mlir
    lle.network @relay(%x: tensor<3xi1>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64} {
      %w = lle.weight dense<5.000000e-01> : tensor<2x3xf32>
      %y = lle.linear %x, %w {name = "fc"} : (tensor<3xi1>, tensor<2x3xf32>) -> tensor<2xf32>
      %z = spk.threshold %y ge dense<1.000000e+00> : tensor<2xf32> : tensor<2xf32> -> tensor<2xi1>
      lle.output %z : tensor<2xi1>
    }
    ```
  }];
  let options = [
    ListOption<"dataset", "dataset", "std::string", "files of calibration data, .npy">,
    Option<"samples", "samples", "int64_t", "0", "samples to run, 0 for all">,
    Option<"engine", "engine", "std::string", "\"native\"", "what runs the network">];
}

#endif
