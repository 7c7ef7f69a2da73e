// RUN: lle-opt %s --lle-materialize-state --split-input-file --verify-diagnostics

// The reference evaluates weights that come from a port; native code packs them at compile time.
lle.network @n(%x: tensor<2xf32>, %w: tensor<3x2xf32>) -> tensor<3xf32> attributes {dt = 1.0e-3 : f64} {
  // expected-error @below {{'lle.linear' op native code packs weights at compile time, so they must come from lle.weight}}
  %y = lle.linear %x, %w : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<3xf32>
  lle.output %y : tensor<3xf32>
}

// -----

// The reference evaluates functions in f64 too.
lle.network @f64(%x: tensor<2xf64>) -> tensor<2xf64> attributes {dt = 1.0e-3 : f64} {
  // expected-error @below {{'lle.activation' op native code has exp and tanh for f32 only, got 'tensor<2xf64>'}}
  %y = lle.activation <sigmoid> %x : tensor<2xf64>
  lle.output %y : tensor<2xf64>
}
