//===- Passes.td - from networks to populations on cores -----*- tablegen -*-===//
#ifndef LLE_LOWERING_SPKTONEURO_PASSES_TD
#define LLE_LOWERING_SPKTONEURO_PASSES_TD

include "mlir/Pass/PassBase.td"

def SpkToNeuro : Pass<"spk-to-neuro", "::mlir::ModuleOp"> {
  let summary = "turn networks into populations and the synapses between them";
  let description = [{
    Each `lle.network` becomes a `neuro.map` of the same name, with the populations by the names of their nodes. All
    that lies between two populations (linear layers, convolutions, sums of windows, arrangements, sums of several ways,
    delays) becomes one set of synapses: a spike of each source neuron is followed through these operations, and what
    arrives is its row. That is exact, for integer sums are taken modulo 2^32 and every operation is linear.

    On the chip a spike takes at least a tick from neuron to neuron. So the network is retimed (C. Leiserson, J. Saxe,
    Retiming synchronous circuitry, Algorithmica 6 (1991) 5): each population starts s ticks late, where s is the least
    number, at least 0, with s(target) - s(source) + d >= 1 for all synapses, d being the steps of their `lle.delay`;
    that difference becomes the delay of the synapse. Paths of different length meet in step: the shorter one has longer
    delays. A population is in its initial state until it starts, so biases and leaks do not move early, and each output
    is what the network gives, as many ticks later as its population starts. A loop of n populations needs n steps of
    delay; where it has fewer, the error names it, and with `insert-delays` the loop gets them, which is another network.

    A bias of synapses is there in every step, with or without spikes. It comes from a neuron of its own that fires in
    every tick, by synapses that have its values.

    Preconditions: the neurons are `spk.fixed_cuba_lif` or `spk.fixed_cuba_li`, outputs are theirs, everything between
    them is linear in integers, and delays start with 0. On a chip with states of f32 (`target=spinnaker2`) neurons are
    `spk.lif`, `spk.cuba_lif`, or `spk.li`, `spk.cuba_li` and `spk.integrator` to be read out, with decays for each step, and synapses between them have weights of f32 that are whole
    numbers, as the profile `spinnaker2` makes them: sums below 2^24 are exact there too. A port of f32 then sends
    whole numbers.

    With `target=loihi2` the synapses of this network have the delays 1 and 2 (`skip` starts in tick 2):

    ```mlir
    lle.network @skip(%x: tensor<2xi1> {lle.name = "x"}) -> (tensor<2xi1> {lle.name = "y"}) attributes {dt = 1.000000e-03 : f64} {
      %w = lle.weight dense<[[3, 0], [1, -2]]> : tensor<2x2xsi8>
      %i = lle.linear %x, %w : (tensor<2xi1>, tensor<2x2xsi8>) -> tensor<2xsi32>
      %a = spk.fixed_cuba_lif "hidden" %i loihi {du = dense<4095> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
        v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
      %r = lle.linear %a, %w : (tensor<2xi1>, tensor<2x2xsi8>) -> tensor<2xsi32>
      %s = lle.add %i, %r : (tensor<2xsi32>, tensor<2xsi32>) -> tensor<2xsi32>
      %y = spk.fixed_cuba_lif "skip" %s loihi {du = dense<4095> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
        v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
      lle.output %y : tensor<2xi1>
    }
    ```
  }];
  let dependentDialects = ["::lle::neuro::NeuroDialect"];
  let options = [
    Option<"target", "target", "std::string", "\"\"", "name of the chip">,
    Option<"insertDelays", "insert-delays", "bool", "false", "give loops the delays that they lack">];
}

#endif
