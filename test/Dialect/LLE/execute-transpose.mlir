// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// (H, W, C) to (C, H, W), back again, and dimensions of other ranks.
lle.network @orders(%x: tensor<2x3x2xf32>, %m: tensor<2x3xi1>, %t: tensor<1x2x1x2xf32>)
    -> (tensor<2x2x3xf32>, tensor<2x3x2xf32>, tensor<3x2xi1>, tensor<2x2x1x1xf32>) attributes {dt = 1.0 : f64} {
  %first = lle.transpose %x {permutation = array<i64: 2, 0, 1>} : (tensor<2x3x2xf32>) -> tensor<2x2x3xf32>
  %last = lle.transpose %first {permutation = array<i64: 1, 2, 0>} : (tensor<2x2x3xf32>) -> tensor<2x3x2xf32>
  %matrix = lle.transpose %m {permutation = array<i64: 1, 0>} : (tensor<2x3xi1>) -> tensor<3x2xi1>
  %four = lle.transpose %t {permutation = array<i64: 3, 1, 0, 2>} : (tensor<1x2x1x2xf32>) -> tensor<2x2x1x1xf32>
  lle.output %first, %last, %matrix, %four : tensor<2x2x3xf32>, tensor<2x3x2xf32>, tensor<3x2xi1>, tensor<2x2x1x1xf32>
}

func.func @permuted() {
  %i = check.instantiate @orders
  %x = arith.constant dense<[[[0.0, 10.0], [1.0, 11.0], [2.0, 12.0]], [[3.0, 13.0], [4.0, 14.0], [5.0, 15.0]]]>
    : tensor<2x3x2xf32>
  %m = arith.constant dense<[[1, 1, 0], [0, 0, 1]]> : tensor<2x3xi1>
  %t = arith.constant dense<[[[[1.0, 2.0]], [[3.0, 4.0]]]]> : tensor<1x2x1x2xf32>
  %y:4 = check.step %i(%x, %m, %t) : (tensor<2x3x2xf32>, tensor<2x3xi1>, tensor<1x2x1x2xf32>)
    -> (tensor<2x2x3xf32>, tensor<2x3x2xf32>, tensor<3x2xi1>, tensor<2x2x1x1xf32>)
  check.expect_eq %y#0 dense<[[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]], [[10.0, 11.0, 12.0], [13.0, 14.0, 15.0]]]>
    : tensor<2x2x3xf32>
  check.expect_eq %y#1 dense<[[[0.0, 10.0], [1.0, 11.0], [2.0, 12.0]], [[3.0, 13.0], [4.0, 14.0], [5.0, 15.0]]]>
    : tensor<2x3x2xf32>
  check.expect_eq %y#2 dense<[[1, 0], [1, 0], [0, 1]]> : tensor<3x2xi1>
  check.expect_eq %y#3 dense<[[[[1.0]], [[3.0]]], [[[2.0]], [[4.0]]]]> : tensor<2x2x1x1xf32>
  return
}

// All six orders of a feature map that is stored channels last (a pooled one), and of one that is not.
lle.network @all(%x: tensor<2x1x4xf32>) -> (tensor<2x2x1xf32>, tensor<1x2x2xf32>, tensor<1x2x2xf32>,
    tensor<2x1x2xf32>, tensor<2x2x1xf32>, tensor<4x1x2xf32>, tensor<1x2x4xf32>) attributes {dt = 1.0 : f64} {
  %p = lle.sum_pool2d %x {kernel = array<i64: 1, 2>, padding = array<i64: 0, 0>, stride = array<i64: 1, 2>}
    : (tensor<2x1x4xf32>) -> tensor<2x1x2xf32>
  %021 = lle.transpose %p {permutation = array<i64: 0, 2, 1>} : (tensor<2x1x2xf32>) -> tensor<2x2x1xf32>
  %102 = lle.transpose %p {permutation = array<i64: 1, 0, 2>} : (tensor<2x1x2xf32>) -> tensor<1x2x2xf32>
  %120 = lle.transpose %p {permutation = array<i64: 1, 2, 0>} : (tensor<2x1x2xf32>) -> tensor<1x2x2xf32>
  %210 = lle.transpose %p {permutation = array<i64: 2, 1, 0>} : (tensor<2x1x2xf32>) -> tensor<2x1x2xf32>
  %201 = lle.transpose %p {permutation = array<i64: 2, 0, 1>} : (tensor<2x1x2xf32>) -> tensor<2x2x1xf32>
  %first = lle.transpose %x {permutation = array<i64: 2, 1, 0>} : (tensor<2x1x4xf32>) -> tensor<4x1x2xf32>
  %swap = lle.transpose %x {permutation = array<i64: 1, 0, 2>} : (tensor<2x1x4xf32>) -> tensor<1x2x4xf32>
  lle.output %021, %102, %120, %210, %201, %first, %swap : tensor<2x2x1xf32>, tensor<1x2x2xf32>, tensor<1x2x2xf32>,
    tensor<2x1x2xf32>, tensor<2x2x1xf32>, tensor<4x1x2xf32>, tensor<1x2x4xf32>
}

func.func @stored_channels_last() {
  %i = check.instantiate @all
  %x = arith.constant dense<[[[1.0, 0.0, 2.0, 0.0]], [[3.0, 0.0, 4.0, 0.0]]]> : tensor<2x1x4xf32>
  %y:7 = check.step %i(%x) : (tensor<2x1x4xf32>) -> (tensor<2x2x1xf32>, tensor<1x2x2xf32>, tensor<1x2x2xf32>,
      tensor<2x1x2xf32>, tensor<2x2x1xf32>, tensor<4x1x2xf32>, tensor<1x2x4xf32>)
  check.expect_eq %y#0 dense<[[[1.0], [2.0]], [[3.0], [4.0]]]> : tensor<2x2x1xf32>
  check.expect_eq %y#1 dense<[[[1.0, 2.0], [3.0, 4.0]]]> : tensor<1x2x2xf32>
  check.expect_eq %y#2 dense<[[[1.0, 3.0], [2.0, 4.0]]]> : tensor<1x2x2xf32>
  check.expect_eq %y#3 dense<[[[1.0, 3.0]], [[2.0, 4.0]]]> : tensor<2x1x2xf32>
  check.expect_eq %y#4 dense<[[[1.0], [3.0]], [[2.0], [4.0]]]> : tensor<2x2x1xf32>
  check.expect_eq %y#5 dense<[[[1.0, 3.0]], [[0.0, 0.0]], [[2.0, 4.0]], [[0.0, 0.0]]]> : tensor<4x1x2xf32>
  check.expect_eq %y#6 dense<[[[1.0, 0.0, 2.0, 0.0], [3.0, 0.0, 4.0, 0.0]]]> : tensor<1x2x4xf32>
  return
}
