// What the description shows.
// RUN: rm -rf %t && mkdir %t && %python -c 'import numpy as np; x = np.zeros((2, 8, 2)); x[:, :3] = 1; x[0, :, 0] = x[1, :, 1] = 3; np.save("%t/x.npy", x)'
// RUN: lle-opt %s --spk-tune-thresholds="dataset=%t/x.npy held-out=0" | FileCheck %s
// CHECK: spk.threshold %{{.*}} ge dense<1.500000e+00> : tensor<2xf32> {name = "gate", spk.threshold_factor = array<f64: 1.500000e+00>}
lle.network @gate(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64} {
  %z = spk.threshold %x ge dense<1.000000e+00> : tensor<2xf32> {name = "gate"} : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
