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

#endif
