// With a pattern, inputs that are never active together with others go by what they cost, as all do: input 0 is always
// active alone, and has the largest weight.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; x = np.zeros((4, 4, 4)); x[:, 0, 0] = 1; x[:, 1:, 1:] = np.random.default_rng(0).random((4, 3, 3)); np.save("%t/x.npy", x)'
// RUN: lle-opt %s --lle-prune-synapses="dataset=%t/x.npy metric=mse pattern=2:4 correct=false" | FileCheck %s
// CHECK: lle.weight {{.*}} dense<{{\[\[}}9.000000e+00, 0.000000e+00, 0.000000e+00, 3.000000e+00]]>
lle.network @alone(%x: tensor<4xf32>) -> tensor<1xf32> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[9.0, 1.0, 2.0, 3.0]]> : tensor<1x4xf32>
  %y = lle.linear %x, %w : (tensor<4xf32>, tensor<1x4xf32>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}
