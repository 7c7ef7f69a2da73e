// Weights from -0.2 to 1.2, a fifth apart, are eight levels: three bits where these lie between the smallest weight and
// the largest one; of levels around zero the largest is three steps away, and they do not fit.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; np.save("%t/x.npy", np.random.default_rng(0).random((8, 4, 4)))'
// DEFINE: %{run} = lle-opt %s --lle-allocate-bits="dataset=%t/x.npy metric=mse widths=3 mean-bits=3 per-tensor
// RUN: %{run} max-drop=1e-12 asymmetric" | FileCheck %s
// CHECK: dense<{{\[\[}}-2.000000e-01, {{-?}}0.000000e+00, 2.000000e-01, 4.000000e-01], [6.000000e-01, 8.000000e-01, 1.000000e+00, 1.200000e+00]]>
// RUN: not %{run} max-drop=1e-12" 2>&1 | FileCheck %s --check-prefix=SYMMETRIC
// SYMMETRIC: error: lle-allocate-bits: mse 1e-12 is not met within the budget, which gives mse 0.0
lle.network @skewed(%x: tensor<4xf32>) -> tensor<2xf32> attributes {dt = 1.000000e+00 : f64} {
  %w = lle.weight dense<[[-0.2, 0.0, 0.2, 0.4], [0.6, 0.8, 1.0, 1.2]]> : tensor<2x4xf32>
  %y = lle.linear %x, %w {name = "skewed"} : (tensor<4xf32>, tensor<2x4xf32>) -> tensor<2xf32>
  lle.output %y : tensor<2xf32>
}
