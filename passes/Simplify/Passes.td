//===- Passes.td - the passes of passes/Simplify -------------*- tablegen -*-===//
#ifndef LLE_PASSES_SIMPLIFY_PASSES_TD
#define LLE_PASSES_SIMPLIFY_PASSES_TD

include "mlir/Pass/PassBase.td"

def ExposeNodes : Pass<"lle-expose-nodes", "NetworkOp"> {
  let summary = "make results of nodes outputs of the network";
  let description = [{
    Probes, reports and comparisons need what a node gives; compiled code has only outputs. For each node of `nodes`
    (the operation of that `name`) the network gets one more output, with the name of the node, or with `.out` behind it
    where the name is taken. The attribute `lle.node` of the output says which node it shows.

    A node that the network does not have is an error, and so is a name that two operations have.

    With `nodes=hold`, this network returns `(%1, %0)`:

    ```mlir
    lle.network @relay(%x: tensor<3xf32>) -> tensor<3xf32> attributes {dt = 1.000000e-03 : f64} {
      %0 = lle.delay "hold" %x {initial = 0.000000e+00 : f64, steps = dense<1> : tensor<3xi64>} : tensor<3xf32>
      %1 = lle.add %0, %x : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
      lle.output %1 : tensor<3xf32>
    }
    ```
  }];
  let options = [ListOption<"nodes", "nodes", "std::string", "names of the nodes">];
}

def FoldBatchNorms : Pass<"lle-fold-batch-norms", "NetworkOp"> {
  let summary = "make batch norms part of the synapses before them";
  let description = [{
    Where only an `lle.batch_norm` reads a synapse with constant weights, and its channels are the outputs of the
    synapse, `a (W x + b) + c` becomes `(a W) x + (a b + c)`: in double precision, rounded once to the type of the result.
    Batch norms elsewhere, behind a pooling or before a synapse, stay.

    ```mlir
    lle.network @norm(%x: tensor<2xf32>) -> tensor<2xf32> attributes {dt = 1.000000e+00 : f64} {
      %w = lle.weight dense<[[1.000000e+00, 2.000000e+00], [3.000000e+00, 4.000000e+00]]> : tensor<2x2xf32>
      %y = lle.linear %x, %w {name = "fc1"} : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
      %n = lle.batch_norm %y {channel_dim = 0 : i64, epsilon = 0.000000e+00 : f64,
          mean = dense<[1.000000e+00, -2.000000e+00]> : tensor<2xf32>,
          variance = dense<[4.000000e+00, 2.500000e-01]> : tensor<2xf32>} : (tensor<2xf32>) -> tensor<2xf32>
      lle.output %n : tensor<2xf32>
    }
    ```
  }];
}

def FoldOutputMaps : Pass<"lle-fold-output-maps", "NetworkOp"> {
  let summary = "fold the output maps of liquid cells into the decoders that read them";
  let description = [{
    Where only one `lle.linear` or `lle.affine` with constant weights reads the output of an `ltc.ltc_cell`, the map
    `output_w v + output_b` becomes part of its weights and bias (in double precision, rounded once), and the cell gives
    its potentials.

    ```mlir
    lle.network @decoder(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.000000e+00 : f64} {
      %w = lle.weight dense<[[3.000000e+00, 5.000000e+00]]> : tensor<1x2xf32>
      %y, %v = ltc.ltc_cell "rnn" %x {
          solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.000000e-08 : f64,
          elapsed = 1.000000e+00 : f64, gleak = dense<5.000000e-01> : tensor<2xf32>,
          vleak = dense<1.000000e-01> : tensor<2xf32>, cm = dense<5.000000e-01> : tensor<2xf32>,
          sigma = dense<4.000000e+00> : tensor<2x2xf32>, mu = dense<5.000000e-01> : tensor<2x2xf32>,
          w = dense<2.500000e-01> : tensor<2x2xf32>, erev = dense<1.000000e+00> : tensor<2x2xf32>,
          sensory_sigma = dense<3.000000e+00> : tensor<1x2xf32>, sensory_mu = dense<2.500000e-01> : tensor<1x2xf32>,
          sensory_w = dense<5.000000e-01> : tensor<1x2xf32>, sensory_erev = dense<1.000000e+00> : tensor<1x2xf32>,
          output_w = dense<[2.000000e+00, 4.000000e+00]> : tensor<2xf32>,
          output_b = dense<[1.000000e+00, -1.000000e+00]> : tensor<2xf32>}
        : (tensor<1xf32>) -> (tensor<2xf32>, tensor<2xf32>)
      %z = lle.linear %y, %w : (tensor<2xf32>, tensor<1x2xf32>) -> tensor<1xf32>
      lle.output %z : tensor<1xf32>
    }
    ```
  }];
}

def RemoveDeadNeurons : Pass<"lle-remove-dead-neurons", "NetworkOp"> {
  let summary = "remove neurons of liquid cells that reach no output";
  let description = [{
    A neuron of an `ltc.ltc_cell` is dead if no path of synapses with a weight leads from it to the output. Where
    nothing reads the state of the cell, dead neurons are removed with their synapses. What remains keeps its order, and
    the outputs of the network do not change; the state that is probed and saved gets shorter, which is why no pipeline
    does this by itself.

    ```mlir
    lle.network @dead(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.000000e+00 : f64} {
      %y, %v = ltc.ltc_cell "rnn" %x {
          solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.000000e-08 : f64,
          elapsed = 1.000000e+00 : f64, gleak = dense<[1.000000e+00, 2.000000e+00, 3.000000e+00]> : tensor<3xf32>,
          vleak = dense<1.000000e-01> : tensor<3xf32>, cm = dense<5.000000e-01> : tensor<3xf32>,
          sigma = dense<4.000000e+00> : tensor<3x3xf32>, mu = dense<5.000000e-01> : tensor<3x3xf32>,
          w = dense<[[0.000000e+00, 1.000000e+00, 0.000000e+00], [0.000000e+00, 0.000000e+00, 0.000000e+00],
                     [4.000000e+00, 0.000000e+00, 0.000000e+00]]> : tensor<3x3xf32>,
          erev = dense<1.000000e+00> : tensor<3x3xf32>,
          sensory_sigma = dense<3.000000e+00> : tensor<1x3xf32>, sensory_mu = dense<2.500000e-01> : tensor<1x3xf32>,
          sensory_w = dense<[[1.000000e+00, 2.000000e+00, 3.000000e+00]]> : tensor<1x3xf32>,
          sensory_erev = dense<1.000000e+00> : tensor<1x3xf32>}
        : (tensor<1xf32>) -> (tensor<1xf32>, tensor<3xf32>)
      lle.output %y : tensor<1xf32>
    }
    ```
  }];
}

#endif
