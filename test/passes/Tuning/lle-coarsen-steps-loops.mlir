// A delay of one step in a loop has no half: it is an error, or with keep-loop-delays it remains. One outside is an error
// with it as well, and longer ones are divided.
// RUN: split-file %s %t
// RUN: not lle-opt %t/loop.mlir --pass-pipeline='builtin.module(lle.network(lle-coarsen-steps{factor=2}))' 2>&1 | FileCheck %s --check-prefix=HALF
// HALF: loop.mlir:6:8: error: 'lle.delay' op cannot have a step of 2 steps: it does not divide its delay of 1 step
// DEFINE: %{keep} = --pass-pipeline='builtin.module(lle.network(lle-coarsen-steps{factor=2 keep-loop-delays}))'
// RUN: lle-opt %t/loop.mlir %{keep} | FileCheck %s --check-prefix=KEPT
// KEPT: lle.delay "back" {{.*}}steps = dense<[1, 2]> : tensor<2xi64>
// RUN: not lle-opt %t/forward.mlir %{keep} 2>&1 | FileCheck %s --check-prefix=FORWARD
// FORWARD: error: 'lle.delay' op cannot have a step of 2 steps: it does not divide its delay of 1 step

//--- loop.mlir
lle.network @loop(%x: tensor<2xf32>) -> tensor<2xf32> attributes {dt = 1.000000e-03 : f64} {
  %w = lle.weight dense<5.000000e-01> : tensor<2x2xf32>
  %r = lle.linear %d, %w : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  %y = lle.add %x, %r : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %t = lle.activation <tanh> %y : tensor<2xf32>
  %d = lle.delay "back" %t {initial = 0.000000e+00 : f64, steps = dense<[1, 4]> : tensor<2xi64>} : tensor<2xf32>
  lle.output %t : tensor<2xf32>
}
//--- forward.mlir
lle.network @forward(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64} {
  %y = lle.delay "late" %x {initial = 0.000000e+00 : f64, steps = dense<1> : tensor<1xi64>} : tensor<1xf32>
  lle.output %y : tensor<1xf32>
}
