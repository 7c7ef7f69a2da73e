// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Windows that overlap and reach over the border of two channels; what lies outside is not zero but nothing.
lle.network @overlap(%x: tensor<2x3x3xf32>) -> tensor<2x2x2xf32> attributes {dt = 1.0 : f64} {
  %y = lle.max_pool2d %x {kernel = array<i64: 3, 3>, padding = array<i64: 1, 1>, stride = array<i64: 2, 2>}
    : (tensor<2x3x3xf32>) -> tensor<2x2x2xf32>
  lle.output %y : tensor<2x2x2xf32>
}

func.func @windows_over_the_border() {
  %i = check.instantiate @overlap
  %x = arith.constant dense<[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]],
                             [[-1.0, -2.0, -3.0], [-4.0, -5.0, -6.0], [-7.0, -8.0, -9.0]]]> : tensor<2x3x3xf32>
  %y = check.step %i(%x) : (tensor<2x3x3xf32>) -> tensor<2x2x2xf32>
  check.expect_eq %y dense<[[[5.0, 6.0], [8.0, 9.0]], [[-1.0, -2.0], [-4.0, -5.0]]]> : tensor<2x2x2xf32>
  return
}

// Of spikes it is whether any fires, of counts the largest, which may be negative. Height and width differ.
lle.network @spikes(%z: tensor<1x2x4xi1>, %n: tensor<2x1x4xsi8>, %w: tensor<1x1x2xsi32>, %x: tensor<1x1x4xf64>)
    -> (tensor<1x2x2xi1>, tensor<2x1x2xsi8>, tensor<1x1x1xsi32>, tensor<1x1x3xf64>) attributes {dt = 1.0 : f64} {
  %any = lle.max_pool2d %z {kernel = array<i64: 1, 3>, padding = array<i64: 0, 1>, stride = array<i64: 1, 2>}
    : (tensor<1x2x4xi1>) -> tensor<1x2x2xi1>
  %counts = lle.max_pool2d %n {kernel = array<i64: 1, 2>, padding = array<i64: 0, 0>, stride = array<i64: 1, 2>}
    : (tensor<2x1x4xsi8>) -> tensor<2x1x2xsi8>
  %wide = lle.max_pool2d %w {kernel = array<i64: 1, 2>, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<1x1x2xsi32>) -> tensor<1x1x1xsi32>
  %double = lle.max_pool2d %x {kernel = array<i64: 1, 2>, name = "pool", padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<1x1x4xf64>) -> tensor<1x1x3xf64>
  lle.output %any, %counts, %wide, %double : tensor<1x2x2xi1>, tensor<2x1x2xsi8>, tensor<1x1x1xsi32>, tensor<1x1x3xf64>
}

func.func @of_spikes() {
  %i = check.instantiate @spikes
  %z = arith.constant dense<[[[1, 0, 0, 0], [0, 0, 0, 1]]]> : tensor<1x2x4xi1>
  %n = arith.constant dense<[[[5, -2, -128, -7]], [[0, 0, 1, 127]]]> : tensor<2x1x4xsi8>
  %w = arith.constant dense<[[[-70000, -70001]]]> : tensor<1x1x2xsi32>
  %x = arith.constant dense<[[[0.5, 0.25, -1.0, -2.0]]]> : tensor<1x1x4xf64>
  %y:4 = check.step %i(%z, %n, %w, %x) : (tensor<1x2x4xi1>, tensor<2x1x4xsi8>, tensor<1x1x2xsi32>, tensor<1x1x4xf64>)
      -> (tensor<1x2x2xi1>, tensor<2x1x2xsi8>, tensor<1x1x1xsi32>, tensor<1x1x3xf64>)
  check.expect_eq %y#0 dense<[[[1, 0], [0, 1]]]> : tensor<1x2x2xi1>
  check.expect_eq %y#1 dense<[[[5, -7]], [[0, 127]]]> : tensor<2x1x2xsi8>
  check.expect_eq %y#2 dense<-70000> : tensor<1x1x1xsi32>
  check.expect_eq %y#3 dense<[[[0.5, 0.25, -1.0]]]> : tensor<1x1x3xf64>
  return
}

// A map that a convolution made, pooled, and convolved again: channels last throughout.
lle.network @between(%z: tensor<1x4x4xi1>) -> tensor<1x2x2xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[[1.0]]], [[[-1.0]]]]> : tensor<2x1x1x1xf32>
  %b = lle.weight dense<0.0> : tensor<2xf32>
  %w2 = lle.weight dense<[[[[1.0]], [[10.0]]]]> : tensor<1x2x1x1xf32>
  %b2 = lle.weight dense<0.0> : tensor<1xf32>
  %x = lle.conv2d %z, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
    : (tensor<1x4x4xi1>, tensor<2x1x1x1xf32>, tensor<2xf32>) -> tensor<2x4x4xf32>
  %p = lle.max_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<2x4x4xf32>) -> tensor<2x2x2xf32>
  %y = lle.conv2d %p, %w2, %b2 {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
    : (tensor<2x2x2xf32>, tensor<1x2x1x1xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  lle.output %y : tensor<1x2x2xf32>
}

func.func @between_convolutions() {
  %i = check.instantiate @between
  %z = arith.constant dense<[[[1, 0, 0, 0], [0, 0, 0, 0], [1, 1, 0, 1], [1, 1, 1, 1]]]> : tensor<1x4x4xi1>
  %y = check.step %i(%z) : (tensor<1x4x4xi1>) -> tensor<1x2x2xf32>
  check.expect_eq %y dense<[[[1.0, 0.0], [-9.0, 1.0]]]> : tensor<1x2x2xf32>
  return
}
