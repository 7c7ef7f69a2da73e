// A chip is charged for no synapse whose weight is zero, and a negative zero is one: three of eight are left.
// RUN: lle-opt %s --lle-estimate-cost="target=loihi2" | FileCheck %s
// CHECK: lle.linear {{.*}}synaptic_operations = 0.3000000
lle.network @zeros(%x: tensor<4xf32>) -> tensor<2xf32> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[-0.0, 1.0, 0.0, -0.0], [2.0, -0.0, 0.0, -3.0]]> : tensor<2x4xf32>
  %y = lle.linear %x, %w : (tensor<4xf32>, tensor<2x4xf32>) -> tensor<2xf32>
  lle.output %y : tensor<2xf32>
}
