// RUN: rm -rf %t && mkdir %t && %python %S/Inputs/dataset.py %t/x.npy '[[0.5, 1.5]]'
// RUN: %python %S/Inputs/dataset.py %t/wide.npy '[[0.5, 1.5, 2.5]]' && %python %S/Inputs/dataset.py %t/inf.npy '[[1, float("inf")]]'
// RUN: lle-opt %s -split-input-file -verify-diagnostics --spk-from-ann=dataset=%t/x.npy

lle.network @function(%x: tensor<2xf32>) -> tensor<2xf32> attributes {dt = 1.0e-3 : f64} {
  // expected-error@+1 {{'lle.activation' op is the function tanh; the rate of a neuron is a relu}}
  %r = lle.activation <tanh> %x : tensor<2xf32>
  lle.output %r : tensor<2xf32>
}

// -----

lle.network @state(%x: tensor<2xf32>) -> tensor<2xf32> attributes {dt = 1.0e-3 : f64} {
  %r = lle.activation <relu> %x : tensor<2xf32>
  // expected-error@+1 {{'lle.delay' op has a state; only networks without one can be converted}}
  %y = lle.delay "hold" %r {initial = 0.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xf32>
  lle.output %y : tensor<2xf32>
}

// -----

lle.network @spikes(%x: tensor<2xi1>) -> tensor<2xf32> attributes {dt = 1.0e-3 : f64} {
  // expected-error@+1 {{'lle.add' op reads integers; a ReLU network has real-valued signals and weights}}
  %a = lle.add %x : (tensor<2xi1>) -> tensor<2xf32>
  %r = lle.activation <relu> %a : tensor<2xf32>
  lle.output %r : tensor<2xf32>
}

// -----

// expected-error@+1 {{the network has no lle.activation <relu>, so there is nothing to convert}}
lle.network @none(%x: tensor<2xf32>) -> tensor<2xf32> attributes {dt = 1.0e-3 : f64} {
  %r = lle.activation <linear> %x : tensor<2xf32>
  lle.output %r : tensor<2xf32>
}

// -----

lle.network @silent(%x: tensor<2xf32>) -> tensor<2xf32> attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<-1.0> : tensor<2x2xf32>
  %a = lle.linear %x, %w : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  // expected-warning@+1 {{'relu' is never above 0 on the data set; its spikes are worth 1}}
  %r = lle.activation <relu> %a : tensor<2xf32>
  lle.output %r : tensor<2xf32>
}

// -----

lle.network @max_pool(%x: tensor<1x4x4xf32>) -> tensor<1x2x2xf32> attributes {dt = 1.0e-3 : f64} {
  %r = lle.activation <relu> %x : tensor<1x4x4xf32>
  // expected-error@+1 {{'lle.max_pool2d' op takes the largest of several rates, which is not the rate of the neuron that spikes first; train the network with average pooling}}
  %y = lle.max_pool2d %r {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>} : (tensor<1x4x4xf32>) -> tensor<1x2x2xf32>
  lle.output %y : tensor<1x2x2xf32>
}

// -----

lle.network @batch_norm(%x: tensor<2x4xf32>) -> tensor<2x4xf32> attributes {dt = 1.0e-3 : f64} {
  // expected-error@+1 {{'lle.batch_norm' op must be part of the synapse before it: run lle-fold-batch-norms first}}
  %y = lle.batch_norm %x {channel_dim = 0 : i64, epsilon = 1.0e-05 : f64, mean = dense<1.0> : tensor<2xf32>, variance = dense<1.0> : tensor<2xf32>} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  %r = lle.activation <relu> %y : tensor<2x4xf32>
  lle.output %r : tensor<2x4xf32>
}

// -----

lle.network @reduce(%x: tensor<2x4xf32>) -> tensor<4xf32> attributes {dt = 1.0e-3 : f64} {
  %r = lle.activation <relu> %x : tensor<2x4xf32>
  // expected-error@+1 {{'lle.reduce' op has no spiking form}}
  %m = lle.reduce mean %r {dim = 0 : i64} : (tensor<2x4xf32>) -> tensor<4xf32>
  lle.output %m : tensor<4xf32>
}
