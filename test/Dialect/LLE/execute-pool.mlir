// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Windows that touch, on two channels; the last row and column of the input are dropped.
lle.network @touch(%x: tensor<2x3x3xf32>) -> (tensor<2x1x1xf32>, tensor<2x1x1xf32>) attributes {dt = 1.0 : f64} {
  %sum = lle.sum_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<2x3x3xf32>) -> tensor<2x1x1xf32>
  %avg = lle.avg_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<2x3x3xf32>) -> tensor<2x1x1xf32>
  lle.output %sum, %avg : tensor<2x1x1xf32>, tensor<2x1x1xf32>
}

func.func @windows_that_touch() {
  %i = check.instantiate @touch
  %x = arith.constant dense<[[[1.0, 2.0, 9.0], [4.0, 8.0, 9.0], [9.0, 9.0, 9.0]],
                             [[16.0, 32.0, 9.0], [64.0, 128.0, 9.0], [9.0, 9.0, 9.0]]]> : tensor<2x3x3xf32>
  %y:2 = check.step %i(%x) : (tensor<2x3x3xf32>) -> (tensor<2x1x1xf32>, tensor<2x1x1xf32>)
  check.expect_eq %y#0 dense<[[[15.0]], [[240.0]]]> : tensor<2x1x1xf32>
  check.expect_eq %y#1 dense<[[[3.75]], [[60.0]]]> : tensor<2x1x1xf32>
  return
}

// Windows that overlap and reach over the border; padding counts in the mean.
lle.network @overlap(%x: tensor<1x2x2xf64>) -> (tensor<1x3x3xf64>, tensor<1x3x3xf64>) attributes {dt = 1.0 : f64} {
  %sum = lle.sum_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 1, 1>, stride = array<i64: 1, 1>}
    : (tensor<1x2x2xf64>) -> tensor<1x3x3xf64>
  %avg = lle.avg_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 1, 1>, stride = array<i64: 1, 1>}
    : (tensor<1x2x2xf64>) -> tensor<1x3x3xf64>
  lle.output %sum, %avg : tensor<1x3x3xf64>, tensor<1x3x3xf64>
}

func.func @windows_that_overlap() {
  %i = check.instantiate @overlap
  %x = arith.constant dense<[[[1.0, 2.0], [4.0, 8.0]]]> : tensor<1x2x2xf64>
  %y:2 = check.step %i(%x) : (tensor<1x2x2xf64>) -> (tensor<1x3x3xf64>, tensor<1x3x3xf64>)
  check.expect_eq %y#0 dense<[[[1.0, 3.0, 2.0], [5.0, 15.0, 10.0], [4.0, 12.0, 8.0]]]> : tensor<1x3x3xf64>
  check.expect_eq %y#1 dense<[[[0.25, 0.75, 0.5], [1.25, 3.75, 2.5], [1.0, 3.0, 2.0]]]> : tensor<1x3x3xf64>
  return
}

// Height and width differ: kernel 1 x 3, stride 1 x 2, padding 0 x 1. Spikes are counted.
lle.network @spikes(%z: tensor<1x2x4xi1>, %n: tensor<1x1x4xsi8>) -> (tensor<1x2x2xf32>, tensor<1x1x2xf32>)
    attributes {dt = 1.0 : f64} {
  %sum = lle.sum_pool2d %z {kernel = array<i64: 1, 3>, padding = array<i64: 0, 1>, stride = array<i64: 1, 2>}
    : (tensor<1x2x4xi1>) -> tensor<1x2x2xf32>
  %counts = lle.sum_pool2d %n {kernel = array<i64: 1, 2>, padding = array<i64: 0, 0>, stride = array<i64: 1, 2>}
    : (tensor<1x1x4xsi8>) -> tensor<1x1x2xf32>
  lle.output %sum, %counts : tensor<1x2x2xf32>, tensor<1x1x2xf32>
}

func.func @of_spikes() {
  %i = check.instantiate @spikes
  %z = arith.constant dense<[[[1, 0, 1, 1], [0, 1, 1, 1]]]> : tensor<1x2x4xi1>
  %n = arith.constant dense<[[[5, -2, 0, 7]]]> : tensor<1x1x4xsi8>
  %y:2 = check.step %i(%z, %n) : (tensor<1x2x4xi1>, tensor<1x1x4xsi8>) -> (tensor<1x2x2xf32>, tensor<1x1x2xf32>)
  // Columns -1 to 1, and 1 to 3.
  check.expect_eq %y#0 dense<[[[1.0, 2.0], [1.0, 3.0]]]> : tensor<1x2x2xf32>
  check.expect_eq %y#1 dense<[[[3.0, 7.0]]]> : tensor<1x1x2xf32>
  return
}
