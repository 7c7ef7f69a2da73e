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

def ChooseSynapses : Pass<"lle-choose-synapses", "NetworkOp"> {
  let summary = "choose for each synapse whether it visits all elements of its input or those that are not zero";
  let description = [{
    Every synapse gets `lle.synapse`, "event" or "dense", which the lowering obeys. With `kernel=auto` a synapse that has
    the attribute keeps it, and all others get the kernel that takes fewer cycles at the activity of the synapse's input: the measured one, where `lle-profile-activity` left
    `lle.activity`; else an assumption, which is 1 for what a synapse delivers, and `assumed-activity` for spikes, for
    what pooling makes of them, and for inputs of the network.

    Cycles come from the entry `synapse_cycles` of the device "CPU" in the `dlti.target_system_spec` of a module around
    the network, and lanes from its `vector_lanes`; without one they are those of x86-64-v4. What was chosen from what
    is said in a remark of the category `synapses` for each synapse.

    ```mlir
    lle.network @two(%x: tensor<64xi1>, %y: tensor<64xf32>) -> tensor<16xf32> attributes {dt = 1.000000e-03 : f64} {
      %w = lle.weight dense<5.000000e-01> : tensor<16x64xf32>
      %a = lle.linear %x, %w {lle.activity = 2.000000e-02 : f64} : (tensor<64xi1>, tensor<16x64xf32>) -> tensor<16xf32>
      %b = lle.linear %y, %w {lle.activity = 1.000000e+00 : f64} : (tensor<64xf32>, tensor<16x64xf32>) -> tensor<16xf32>
      %c = lle.add %a, %b : (tensor<16xf32>, tensor<16xf32>) -> tensor<16xf32>
      lle.output %c : tensor<16xf32>
    }
    ```
  }];
  let options = [
    Option<"kernel", "kernel", "::lle::SynapseChoice", "::lle::SynapseChoice::Auto", "which kernels to take",
           [{::llvm::cl::values(clEnumValN(::lle::SynapseChoice::Auto, "auto", "the cheaper one of each synapse"),
                                clEnumValN(::lle::SynapseChoice::Dense, "dense", "all elements"),
                                clEnumValN(::lle::SynapseChoice::Event, "event", "those that are not zero"))}]>,
    Option<"assumedActivity", "assumed-activity", "double", "::lle::kAssumedActivity",
           "activity of sparse signals that nothing was measured of">];
}

#endif
