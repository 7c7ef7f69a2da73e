//===- Gated.td - gated leaky integrate-and-fire neurons ----*- tablegen -*-===//
#ifndef LLE_DIALECTS_SPK_GATED_TD
#define LLE_DIALECTS_SPK_GATED_TD

include "dialects/Spk/SpkBase.td"

def Spk_GLIFOp : Op<Spk_Dialect, "glif", [LLE_NeuronOpInterface, LLE_CostOpInterface, LLE_StatefulOpInterface]> {
  let summary = "gated leaky integrate-and-fire neuron: gates mix two decays, two inputs and two resets";
  let description = [{
    The gates alpha, beta and gamma are numbers from 0 to 1 once trained, each between two behaviours: exponential decay
    by tau (1) or linear decay by linear_decay (0); input weighed by the conductance of the step (1) or not (0); reset to
    zero (1) or by v_subreset (0), one step late. With `k = 1 - alpha (1 - tau)`, `g = 1 - beta (1 - conductance[t])`,
    `u = (k v - (1 - alpha) linear_decay) + g x` and the spike z of the step before,

    `v' = u`, where z `v' = (u - k gamma v) - (1 - gamma) v_subreset`; the new spike is `H(v'; v_threshold)`.

    `t` counts the steps of a sample from 0; after the last conductance, it stays. Coefficients are computed in double
    precision. States: `v`, `z` and `t`, which start at zero.

    Constraints:
    * C1: alpha, beta, gamma, tau, linear_decay, v_subreset and v_threshold are dense and have the shape of the result;
      input and result have the same shape.
    * C2: conductance is dense, of one number for each step, or of a step dimension and the shape of the result.
    * C3: gates are from 0 to 1.
    * C5: the result is `i1`.

    X. Yao, F. Li, Z. Mo, J. Cheng, GLIF: a unified gated leaky integrate-and-fire neuron for spiking neural networks,
    NeurIPS 2022.

    ```mlir
    %z = spk.glif "glif" %x ge {alpha = dense<5.000000e-01> : tensor<3xf32>, beta = dense<5.000000e-01> : tensor<3xf32>,
      conductance = dense<[5.000000e-01, 2.500000e-01]> : tensor<2xf32>, gamma = dense<5.000000e-01> : tensor<3xf32>,
      linear_decay = dense<1.250000e-01> : tensor<3xf32>, tau = dense<2.500000e-01> : tensor<3xf32>,
      v_subreset = dense<5.000000e-01> : tensor<3xf32>, v_threshold = dense<5.000000e-01> : tensor<3xf32>}
      : tensor<3xf32> -> tensor<3xi1>
    ```
  }];
  let arguments = (ins StrAttr:$name, LLE_Current:$input, Spk_CompareAttr:$compare, ElementsAttr:$alpha,
                       ElementsAttr:$beta, ElementsAttr:$gamma, ElementsAttr:$tau, ElementsAttr:$linear_decay,
                       ElementsAttr:$v_subreset, ElementsAttr:$v_threshold, ElementsAttr:$conductance);
  let results = (outs Spk_Spikes:$result);
  let assemblyFormat = "$name $input `` $compare attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    bool emitsSpikes() { return true; }
    ::mlir::ElementsAttr getFiringThreshold() { return getVThresholdAttr(); }
    bool isDiscrete() { return true; }
    ::llvm::SmallVector<::mlir::NamedAttribute> getParameters();
    ::llvm::SmallVector<::lle::StateDescriptor> getStates();
    ::lle::OpCost getCost(double activity);
    /// Whether each neuron has conductances of its own.
    bool hasOwnConductances() { return getConductance().getShapedType().getRank() > 1; }
    /// Conductances of a sample.
    int64_t getSampleSteps() { return getConductance().getShapedType().getDimSize(0); }
  }];
}

#endif
