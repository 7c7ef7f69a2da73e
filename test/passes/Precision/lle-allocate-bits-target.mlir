// What a target stores decides the scales and the widths that are tried; options that are given come first.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; np.save("%t/x.npy", np.random.default_rng(0).random((8, 4, 4)))'
// DEFINE: %{run} = lle-opt %s --lle-allocate-bits="dataset=%t/x.npy metric=mse mean-bits=4

// A real scale of each output, where no target is named, or one that does not say.
// RUN: %{run}" | FileCheck %s --check-prefix=NONE
// RUN: %{run} target=stm32h743" | FileCheck %s --check-prefix=NONE
// NONE: bits = [4], scale = [dense<[1.250000e-01, 0.28{{[0-9]*}}]> : tensor<2xf64>]

// Loihi 2: a power of two for the tensor. SpiNNaker2: any number for it.
// RUN: %{run} target=loihi2" | FileCheck %s --check-prefix=LOIHI
// LOIHI: bits = [4], scale = [dense<2.500000e-01> : tensor<1xf64>]
// RUN: %{run} target=spinnaker2" | FileCheck %s --check-prefix=SPINNAKER
// SPINNAKER: bits = [4], scale = [dense<0.28{{[0-9]*}}> : tensor<1xf64>]
// RUN: %{run} target=loihi2 per-tensor=false powers-of-two=false" | FileCheck %s --check-prefix=NONE

// RUN: not %{run} target=loihi2 widths=4,7" 2>&1 | FileCheck %s --check-prefix=SEVEN
// SEVEN: error: lle-allocate-bits: the target 'loihi2' stores no weights of 7 bits, but of 1, 2, 3, 4, 5, 6, 8
lle.network @layer(%x: tensor<4xf32>) -> tensor<2xf32> attributes {dt = 1.000000e+00 : f64} {
  %w = lle.weight dense<[[-1.0, 0.37, 0.21, 0.55], [0.6, -0.8, 2.0, 1.1]]> : tensor<2x4xf32>
  %y = lle.linear %x, %w {name = "layer"} : (tensor<4xf32>, tensor<2x4xf32>) -> tensor<2xf32>
  lle.output %y : tensor<2xf32>
}
