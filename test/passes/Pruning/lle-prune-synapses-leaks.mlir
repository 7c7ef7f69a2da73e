// What is corrected beside the synapses of LTC cells: neuron 0 has no leak, and gets none. Of neuron 1, whose last two
// inputs are the same, a conductance is negative already, and stays; only what was positive must not become negative.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; x = np.random.default_rng(2).standard_normal((8, 12, 2)); np.save("%t/x.npy", np.concatenate([x, x[..., 1:]], axis=2))'
// RUN: lle-opt %s --lle-prune-synapses="dataset=%t/x.npy metric=mse ratio=0.4 ridge=1e-6" | FileCheck %s
// CHECK: gleak = dense<[0.000000e+00, {{0.49999|0.50000|5.00000}}
// CHECK-SAME: sensory_mask = dense<{{\[\[}}1, 1], [0, 1], [1, 0]]>
// CHECK-SAME: sensory_w = dense<{{\[\[}}{{[^,]*}}, -0.400000{{[0-9]*}}], [{{[^,]*}}, {{0.34999|0.35000|3.50000}}
lle.network @leaks(%x: tensor<3xf32>) -> tensor<2xf32> attributes {dt = 1.0e-01 : f64} {
  %y, %v = ltc.ltc_cell "rnn" %x {
    solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.0e-08 : f64, elapsed = 1.0e-01 : f64,
    gleak = dense<[0.0, 0.5]> : tensor<2xf32>, vleak = dense<[0.5, 0.1]> : tensor<2xf32>,
    cm = dense<0.5> : tensor<2xf32>, sigma = dense<4.0> : tensor<2x2xf32>, mu = dense<0.5> : tensor<2x2xf32>,
    w = dense<0.5> : tensor<2x2xf32>, erev = dense<-1.0> : tensor<2x2xf32>, mask = dense<0> : tensor<2x2xi8>,
    sensory_sigma = dense<3.0> : tensor<3x2xf32>, sensory_mu = dense<0.25> : tensor<3x2xf32>,
    sensory_w = dense<[[0.75, -0.4], [0.02, 0.3], [0.0, 0.05]]> : tensor<3x2xf32>, sensory_erev = dense<1.0> : tensor<3x2xf32>}
    : (tensor<3xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  lle.output %v : tensor<2xf32>
}
