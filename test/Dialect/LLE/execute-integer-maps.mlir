// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Convolution, pooling, sum, delay and flattening of integers.
lle.network @maps(%z: tensor<1x3x3xi1>, %n: tensor<1x3x3xsi8>)
    -> (tensor<2x2x2xsi32>, tensor<2x1x1xsi32>, tensor<2x2x2xsi32>, tensor<8xsi32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[[1, 2], [4, 8]]], [[[-1, -2], [-4, -120]]]]> : tensor<2x1x2x2xsi8>
  %b = lle.weight dense<[0, 1000]> : tensor<2xsi16>
  %y = lle.conv2d %z, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "valid", stride = array<i64: 1, 1>}
    : (tensor<1x3x3xi1>, tensor<2x1x2x2xsi8>, tensor<2xsi16>) -> tensor<2x2x2xsi32>
  %u = lle.conv2d %n, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "valid", stride = array<i64: 1, 1>}
    : (tensor<1x3x3xsi8>, tensor<2x1x2x2xsi8>, tensor<2xsi16>) -> tensor<2x2x2xsi32>
  %p = lle.sum_pool2d %y {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<2x2x2xsi32>) -> tensor<2x1x1xsi32>
  %d = lle.delay "hold" %u {initial = 7.0 : f64, steps = dense<1> : tensor<2x2x2xi64>} : tensor<2x2x2xsi32>
  %s = lle.add %y, %d : (tensor<2x2x2xsi32>, tensor<2x2x2xsi32>) -> tensor<2x2x2xsi32>
  %f = lle.flatten %u {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<2x2x2xsi32>) -> tensor<8xsi32>
  lle.output %y, %p, %s, %f : tensor<2x2x2xsi32>, tensor<2x1x1xsi32>, tensor<2x2x2xsi32>, tensor<8xsi32>
}

func.func @of_maps() {
  %i = check.instantiate @maps
  %z = arith.constant dense<[[[1, 0, 0], [0, 1, 0], [0, 0, 0]]]> : tensor<1x3x3xi1>
  %n = arith.constant dense<[[[100, 0, 0], [0, -2, 0], [0, 0, 0]]]> : tensor<1x3x3xsi8>
  %y:4 = check.step %i(%z, %n) : (tensor<1x3x3xi1>, tensor<1x3x3xsi8>)
    -> (tensor<2x2x2xsi32>, tensor<2x1x1xsi32>, tensor<2x2x2xsi32>, tensor<8xsi32>)
  // Channel 0: 1 + 8, 4; 2, 1. Channel 1: 1000 - 1 - 120, 1000 - 4; 1000 - 2, 1000 - 1.
  check.expect_eq %y#0 dense<[[[9, 4], [2, 1]], [[879, 996], [998, 999]]]> : tensor<2x2x2xsi32>
  check.expect_eq %y#1 dense<[[[16]], [[3872]]]> : tensor<2x1x1xsi32>
  check.expect_eq %y#2 dense<[[[16, 11], [9, 8]], [[886, 1003], [1005, 1006]]]> : tensor<2x2x2xsi32>
  // 100 - 16, -8; -4, -2; 1000 - 100 + 240, 1008; 1004, 1002
  check.expect_eq %y#3 dense<[84, -8, -4, -2, 1140, 1008, 1004, 1002]> : tensor<8xsi32>
  %again:4 = check.step %i(%z, %n) : (tensor<1x3x3xi1>, tensor<1x3x3xsi8>)
    -> (tensor<2x2x2xsi32>, tensor<2x1x1xsi32>, tensor<2x2x2xsi32>, tensor<8xsi32>)
  check.expect_eq %again#2 dense<[[[93, -4], [-2, -1]], [[2019, 2004], [2002, 2001]]]> : tensor<2x2x2xsi32>
  return
}

// A row of integers; and spikes add up to integers.
lle.network @row(%z: tensor<2x4xi1>) -> (tensor<2x4xsi32>, tensor<2x4xsi32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[1, 2, 4]], [[8, 16, -32]]]> : tensor<2x1x3xsi16>
  %b = lle.weight dense<[-1, 0]> : tensor<2xsi32>
  %y = lle.conv1d %z, %w, %b {dilation = array<i64: 1>, groups = 2 : i64, padding = "same", stride = array<i64: 1>}
    : (tensor<2x4xi1>, tensor<2x1x3xsi16>, tensor<2xsi32>) -> tensor<2x4xsi32>
  %s = lle.add %z, %y, %z : (tensor<2x4xi1>, tensor<2x4xsi32>, tensor<2x4xi1>) -> tensor<2x4xsi32>
  lle.output %y, %s : tensor<2x4xsi32>, tensor<2x4xsi32>
}

func.func @of_a_row() {
  %i = check.instantiate @row
  %z = arith.constant dense<[[1, 0, 0, 1], [0, 1, 1, 0]]> : tensor<2x4xi1>
  %y:2 = check.step %i(%z) : (tensor<2x4xi1>) -> (tensor<2x4xsi32>, tensor<2x4xsi32>)
  check.expect_eq %y#0 dense<[[1, 0, 3, 1], [-32, -16, 24, 8]]> : tensor<2x4xsi32>
  check.expect_eq %y#1 dense<[[3, 0, 3, 3], [-32, -14, 26, 8]]> : tensor<2x4xsi32>
  return
}

// An integer sum becomes a real value where a real value is wanted.
lle.network @mixed(%z: tensor<2xi1>) -> (tensor<2xf32>, tensor<1xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[100, 27], [3, -5]]> : tensor<2x2xsi8>
  %v = lle.weight dense<[[0.5, 0.25]]> : tensor<1x2xf32>
  %y = lle.linear %z, %w : (tensor<2xi1>, tensor<2x2xsi8>) -> tensor<2xsi32>
  %s = lle.add %y : (tensor<2xsi32>) -> tensor<2xf32>
  %u = lle.linear %y, %v : (tensor<2xsi32>, tensor<1x2xf32>) -> tensor<1xf32>
  lle.output %s, %u : tensor<2xf32>, tensor<1xf32>
}

func.func @to_real() {
  %i = check.instantiate @mixed
  %z = arith.constant dense<1> : tensor<2xi1>
  %y:2 = check.step %i(%z) : (tensor<2xi1>) -> (tensor<2xf32>, tensor<1xf32>)
  check.expect_eq %y#0 dense<[127.0, -2.0]> : tensor<2xf32>
  check.expect_eq %y#1 dense<63.0> : tensor<1xf32>
  return
}

// Short floats are kept as they are, and are what they round to.
lle.network @short(%z: tensor<2xi1>, %x: tensor<2xf32>) -> (tensor<3xf32>, tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %b = lle.weight dense<[[1.0, -0.5], [256.0, 1.0], [0.0078125, -0.0]]> : tensor<3x2xbf16>
  %h = lle.weight dense<[[1.0, -0.5], [2048.0, 0.125], [6.0e-8, -0.0]]> : tensor<3x2xf16>
  %y = lle.linear %z, %b : (tensor<2xi1>, tensor<3x2xbf16>) -> tensor<3xf32>
  %u = lle.linear %x, %h : (tensor<2xf32>, tensor<3x2xf16>) -> tensor<3xf32>
  lle.output %y, %u : tensor<3xf32>, tensor<3xf32>
}

func.func @of_short_floats() {
  %i = check.instantiate @short
  %z = arith.constant dense<1> : tensor<2xi1>
  %x = arith.constant dense<[2.0, 4.0]> : tensor<2xf32>
  %y:2 = check.step %i(%z, %x) : (tensor<2xi1>, tensor<2xf32>) -> (tensor<3xf32>, tensor<3xf32>)
  check.expect_eq %y#0 dense<[0.5, 257.0, 0.0078125]> : tensor<3xf32>
  // 2^-24, the smallest f16, twice.
  check.expect_eq %y#1 dense<[0.0, 4096.5, 1.1920928955078125e-07]> : tensor<3xf32>
  return
}
