// A layer of one output before a cell whose tables gather from it: the element has no stride, else nothing lowers the
// gather.
// RUN: lle-opt --lle-cpu="lanes=4 registers=8 simd=mve" %s | FileCheck %s --implicit-check-not=builtin.unrealized
// CHECK-LABEL: llvm.func @one_arena_step
// CHECK: llvm.intr.masked.gather
lle.network @one(%x: tensor<3xf32>) -> tensor<5xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[0.5, 0.25, -1.0]]> : tensor<1x3xf32>
  %0 = lle.linear %x, %w {name = "layer"} : (tensor<3xf32>, tensor<1x3xf32>) -> tensor<1xf32>
  %y, %v = ltc.ltc_cell "cell" %0 {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.25 : f64,
      elapsed = 1.0 : f64, gleak = dense<0.25> : tensor<5xf32>, vleak = dense<4.0> : tensor<5xf32>,
      cm = dense<0.5> : tensor<5xf32>, sigma = dense<4.0> : tensor<5x5xf32>, mu = dense<0.25> : tensor<5x5xf32>,
      w = dense<1.0> : tensor<5x5xf32>, erev = dense<-1.0> : tensor<5x5xf32>,
      sensory_sigma = dense<2.0> : tensor<1x5xf32>, sensory_mu = dense<0.5> : tensor<1x5xf32>,
      sensory_w = dense<1.0> : tensor<1x5xf32>, sensory_erev = dense<-1.0> : tensor<1x5xf32>}
    : (tensor<1xf32>) -> (tensor<5xf32>, tensor<5xf32>)
  lle.output %y : tensor<5xf32>
}
