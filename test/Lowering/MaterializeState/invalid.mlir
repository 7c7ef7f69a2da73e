// RUN: lle-opt %s --lle-materialize-state --verify-diagnostics

// The reference evaluates weights that come from a port; native code packs them at compile time.
lle.network @n(%x: tensor<2xf32>, %w: tensor<3x2xf32>) -> tensor<3xf32> attributes {dt = 1.0e-3 : f64} {
  // expected-error @below {{'lle.linear' op native code packs weights at compile time, so they must come from lle.weight}}
  %y = lle.linear %x, %w : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<3xf32>
  lle.output %y : tensor<3xf32>
}
