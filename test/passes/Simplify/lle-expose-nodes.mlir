// RUN: lle-opt %s --pass-pipeline='builtin.module(lle.network(lle-expose-nodes{nodes=hold}))' | FileCheck %s
// RUN: not lle-opt %s --pass-pipeline='builtin.module(lle.network(lle-expose-nodes{nodes=sum}))' 2>&1 \
// RUN:   | FileCheck %s --check-prefix=UNKNOWN

// The result of the node is a second output.
// CHECK-LABEL: lle.network @relay
// CHECK-SAME: -> (tensor<3xf32>, tensor<3xf32> {lle.name = "hold", lle.node = "hold"})
// CHECK: [[HOLD:%.+]] = lle.delay "hold"
// CHECK: [[SUM:%.+]] = lle.add
// CHECK: lle.output [[SUM]], [[HOLD]] : tensor<3xf32>, tensor<3xf32>
// UNKNOWN: error: no node 'sum' in network 'relay'; its nodes are: hold
lle.network @relay(%x: tensor<3xf32>) -> tensor<3xf32> attributes {dt = 1.000000e-03 : f64} {
  %0 = lle.delay "hold" %x {initial = 0.000000e+00 : f64, steps = dense<1> : tensor<3xi64>} : tensor<3xf32>
  %1 = lle.add %0, %x : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  lle.output %1 : tensor<3xf32>
}

// The name is taken by another output.
// CHECK-LABEL: lle.network @taken
// CHECK-SAME: -> (tensor<3xf32> {lle.name = "hold"}, tensor<3xf32> {lle.name = "hold.out", lle.node = "hold"})
lle.network @taken(%x: tensor<3xf32>) -> (tensor<3xf32> {lle.name = "hold"}) attributes {dt = 1.000000e-03 : f64} {
  %0 = lle.delay "hold" %x {initial = 0.000000e+00 : f64, steps = dense<1> : tensor<3xi64>} : tensor<3xf32>
  %1 = lle.add %0, %x : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
  lle.output %1 : tensor<3xf32>
}
