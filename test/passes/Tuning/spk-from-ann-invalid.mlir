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
