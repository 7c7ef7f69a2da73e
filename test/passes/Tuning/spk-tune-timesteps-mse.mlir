// An output that counts only in the last step, of a mean squared error:
// targets are what the input is from step 3 on, before that the error is 4, 1.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; x = np.full((2, 5, 2), 3.0, np.float32); x[:, 0] = 1; x[:, 1] = 2; np.save("%t/x.npy", x); np.save("%t/y.npy", np.full((2, 2), 3.0))'
// RUN: lle-opt %s --spk-tune-timesteps="dataset=%t/x.npy labels=%t/y.npy metric=mse" | FileCheck %s --check-prefixes=CHECK,EXACT
// RUN: lle-opt %s --spk-tune-timesteps="dataset=%t/x.npy labels=%t/y.npy metric=mse max-drop=1.5" | FileCheck %s --check-prefixes=CHECK,NEAR
// RUN: lle-opt %s --spk-tune-timesteps="dataset=%t/x.npy labels=%t/y.npy metric=mse max-drop=4" | FileCheck %s --check-prefixes=CHECK,ANY

// CHECK: lle.network @last
// EXACT-SAME: spk.timesteps = {after = 0.000000e+00 : f64, before = 0.000000e+00 : f64, {{.*}}metric = "mse"{{.*}}, steps = 3 : i64
// NEAR-SAME: after = 1.000000e+00 : f64{{.*}}, steps = 2 : i64
// ANY-SAME: after = 4.000000e+00 : f64{{.*}}, steps = 1 : i64
lle.network @last(%x: tensor<2xf32>) -> (tensor<2xf32> {lle.emit = "last"}) attributes {dt = 1.000000e-03 : f64, steps = 5 : i64} {
  %w = lle.weight dense<1.000000e+00> : tensor<2xf32>
  %y = lle.scale %x, %w : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  lle.output %y : tensor<2xf32>
}
