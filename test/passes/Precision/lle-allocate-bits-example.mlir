// What the description shows: each row is on the levels of 2 bits, the first one not on those of 1 bit.
// RUN: rm -rf %t && mkdir %t && %python -c 'import numpy as np; np.save("%t/x.npy", np.random.RandomState(0).rand(8, 4, 2))'
// RUN: lle-opt %s --lle-allocate-bits="dataset=%t/x.npy metric=mse widths=1,2,8" | FileCheck %s
// CHECK: lle.network @layer{{.*}} lle.bits = {after = 0.000000e+00 : f64, before = 0.000000e+00 : f64, {{.*}}mean_bits = 2.000000e+00 : f64{{.*}}packed_bytes = 9 : i64
// CHECK: lle.weight {{.*}}lle.bits = {value = {bits = [2], scale = [dense<2.500000e-01> : tensor<1xf64>]}}} dense<{{\[}}[2.500000e-01, -5.000000e-01], [2.500000e-01, -2.500000e-01]]>
lle.network @layer(%x: tensor<2xf32>) -> tensor<2xf32> attributes {dt = 1.000000e+00 : f64} {
  %w = lle.weight dense<[[2.500000e-01, -5.000000e-01], [2.500000e-01, -2.500000e-01]]> : tensor<2x2xf32>
  %y = lle.linear %x, %w : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  lle.output %y : tensor<2xf32>
}
