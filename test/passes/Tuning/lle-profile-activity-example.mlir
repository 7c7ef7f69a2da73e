// What the description shows; every neuron fires where two inputs do.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; np.save("%t/x.npy", [[[1, 1, 0], [1, 0, 0]]])'
// RUN: lle-opt %s --lle-profile-activity="dataset=%t/x.npy" | FileCheck %s
// CHECK: lle.linear %{{.*}} {lle.activity = 5.000000e-01 : f64, name = "fc"}
// CHECK: spk.threshold %{{.*}} {lle.rate = 5.000000e-01 : f64}
lle.network @relay(%x: tensor<3xi1>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64} {
  %w = lle.weight dense<5.000000e-01> : tensor<2x3xf32>
  %y = lle.linear %x, %w {name = "fc"} : (tensor<3xi1>, tensor<2x3xf32>) -> tensor<2xf32>
  %z = spk.threshold %y ge dense<1.000000e+00> : tensor<2xf32> : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
