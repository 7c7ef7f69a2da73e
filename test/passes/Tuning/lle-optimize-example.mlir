// What the description shows.
// RUN: rm -rf %t && mkdir %t && %python -c 'import numpy as np; np.save("%t/x.npy", np.ones((2, 8, 2)))'
// RUN: lle-opt %s --lle-optimize="dataset=%t/x.npy target=stm32l4r5" | FileCheck %s
// CHECK: lle.network @relay{{.*}}steps = 1 : i64}
lle.network @relay(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64, steps = 8 : i64} {
  %z = spk.threshold %x ge dense<1.000000e+00> : tensor<2xf32> : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
