// Networks without a threshold to tune.
// RUN: rm -rf %t && mkdir %t && %python -c 'import numpy as np; np.save("%t/x.npy", np.ones((2, 4, 2)))'
// RUN: lle-opt %s -split-input-file -verify-diagnostics --spk-tune-thresholds=dataset=%t/x.npy

// expected-error@+1 {{spk-tune-thresholds: the network has no population that fires 0 or 1 at a threshold above 0}}
lle.network @none(%x: tensor<2xf32>) -> tensor<2xf32> attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<1.0> : tensor<2xf32>
  %y = lle.scale %x, %w : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  lle.output %y : tensor<2xf32>
}

// -----

// Below 0 a larger threshold is a smaller one.
// expected-error@+1 {{spk-tune-thresholds: the network has no population that fires 0 or 1 at a threshold above 0}}
lle.network @negative(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.0e-3 : f64} {
  %z = spk.threshold %x ge dense<[1.0, -1.0]> : tensor<2xf32> : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
