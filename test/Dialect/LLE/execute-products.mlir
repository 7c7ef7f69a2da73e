// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Gates: real values by spikes, by each other, by counts.
lle.network @mul(%x: tensor<3xf32>, %z: tensor<3xi1>, %n: tensor<3xsi8>) -> (tensor<3xf32>, tensor<3xf64>, tensor<3xf32>)
    attributes {dt = 1.0 : f64} {
  %gated = lle.mul %x, %z : (tensor<3xf32>, tensor<3xi1>) -> tensor<3xf32>
  %all = lle.mul %x, %n, %x : (tensor<3xf32>, tensor<3xsi8>, tensor<3xf32>) -> tensor<3xf64>
  %spikes = lle.mul %z, %n : (tensor<3xi1>, tensor<3xsi8>) -> tensor<3xf32>
  lle.output %gated, %all, %spikes : tensor<3xf32>, tensor<3xf64>, tensor<3xf32>
}

func.func @gates() {
  %i = check.instantiate @mul
  %x = arith.constant dense<[0.5, -2.0, 3.0]> : tensor<3xf32>
  %z = arith.constant dense<[1, 0, 1]> : tensor<3xi1>
  %n = arith.constant dense<[4, -3, -1]> : tensor<3xsi8>
  %y:3 = check.step %i(%x, %z, %n) : (tensor<3xf32>, tensor<3xi1>, tensor<3xsi8>)
      -> (tensor<3xf32>, tensor<3xf64>, tensor<3xf32>)
  check.expect_eq %y#0 dense<[0.5, 0.0, 3.0]> : tensor<3xf32>
  check.expect_eq %y#1 dense<[1.0, -12.0, -9.0]> : tensor<3xf64>
  check.expect_eq %y#2 dense<[4.0, 0.0, -1.0]> : tensor<3xf32>
  return
}

// Whole numbers are clipped after each factor: -128 * -1 is 127 in si8, and times -1 it is -127. Those of si32 are
// residues: 100 * -2^30 is a multiple of 2^32.
lle.network @counts(%a: tensor<2xsi8>, %b: tensor<2xsi8>, %s: tensor<2xsi32>)
    -> (tensor<2xsi8>, tensor<2xsi16>, tensor<2xsi32>) attributes {dt = 1.0 : f64} {
  %narrow = lle.mul %a, %b, %b : (tensor<2xsi8>, tensor<2xsi8>, tensor<2xsi8>) -> tensor<2xsi8>
  %wide = lle.mul %a, %a : (tensor<2xsi8>, tensor<2xsi8>) -> tensor<2xsi16>
  %widest = lle.mul %s, %a : (tensor<2xsi32>, tensor<2xsi8>) -> tensor<2xsi32>
  lle.output %narrow, %wide, %widest : tensor<2xsi8>, tensor<2xsi16>, tensor<2xsi32>
}

func.func @clipped_products() {
  %i = check.instantiate @counts
  %a = arith.constant dense<[100, -128]> : tensor<2xsi8>
  %b = arith.constant dense<[2, -1]> : tensor<2xsi8>
  %s = arith.constant dense<[-1073741824, 8192]> : tensor<2xsi32>
  %y:3 = check.step %i(%a, %b, %s) : (tensor<2xsi8>, tensor<2xsi8>, tensor<2xsi32>)
      -> (tensor<2xsi8>, tensor<2xsi16>, tensor<2xsi32>)
  check.expect_eq %y#0 dense<[127, -127]> : tensor<2xsi8>
  check.expect_eq %y#1 dense<[10000, 16384]> : tensor<2xsi16>
  check.expect_eq %y#2 dense<[0, -1048576]> : tensor<2xsi32>
  return
}

// Logic of spikes, in vectors and feature maps; iand is (not a) and b.
lle.network @logic(%a: tensor<4xi1>, %b: tensor<4xi1>, %m: tensor<2x1x2xi1>)
    -> (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>, tensor<2x1x2xi1>) attributes {dt = 1.0 : f64} {
  %and = lle.and %a, %b : tensor<4xi1>
  %or = lle.or %a, %b : tensor<4xi1>
  %not = lle.not %a : tensor<4xi1>
  %iand = lle.and %not, %b : tensor<4xi1>
  %p = lle.max_pool2d %m {kernel = array<i64: 1, 1>, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<2x1x2xi1>) -> tensor<2x1x2xi1>
  %none = lle.not %m : tensor<2x1x2xi1>
  %map = lle.or %p, %none : tensor<2x1x2xi1>
  lle.output %and, %or, %iand, %map : tensor<4xi1>, tensor<4xi1>, tensor<4xi1>, tensor<2x1x2xi1>
}

func.func @logic_of_spikes() {
  %i = check.instantiate @logic
  %a = arith.constant dense<[0, 0, 1, 1]> : tensor<4xi1>
  %b = arith.constant dense<[0, 1, 0, 1]> : tensor<4xi1>
  %m = arith.constant dense<[[[0, 1]], [[1, 0]]]> : tensor<2x1x2xi1>
  %y:4 = check.step %i(%a, %b, %m) : (tensor<4xi1>, tensor<4xi1>, tensor<2x1x2xi1>)
      -> (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>, tensor<2x1x2xi1>)
  check.expect_eq %y#0 dense<[0, 0, 0, 1]> : tensor<4xi1>
  check.expect_eq %y#1 dense<[0, 1, 1, 1]> : tensor<4xi1>
  check.expect_eq %y#2 dense<[0, 1, 0, 0]> : tensor<4xi1>
  check.expect_eq %y#3 dense<1> : tensor<2x1x2xi1>
  return
}

// Residual connections of spikes stay whole numbers, clipped to their type, or modulo 2^32.
lle.network @residual(%z: tensor<2xi1>, %n: tensor<2xsi8>, %w: tensor<2xsi32>)
    -> (tensor<2xsi8>, tensor<2xsi8>, tensor<2xsi16>, tensor<2xsi32>) attributes {dt = 1.0 : f64} {
  %few = lle.add %z, %z, %z : (tensor<2xi1>, tensor<2xi1>, tensor<2xi1>) -> tensor<2xsi8>
  %clipped = lle.add %n, %n : (tensor<2xsi8>, tensor<2xsi8>) -> tensor<2xsi8>
  %wide = lle.add %n, %n : (tensor<2xsi8>, tensor<2xsi8>) -> tensor<2xsi16>
  %widest = lle.add %w, %w : (tensor<2xsi32>, tensor<2xsi32>) -> tensor<2xsi32>
  lle.output %few, %clipped, %wide, %widest : tensor<2xsi8>, tensor<2xsi8>, tensor<2xsi16>, tensor<2xsi32>
}

func.func @residual_spikes() {
  %i = check.instantiate @residual
  %z = arith.constant dense<[1, 0]> : tensor<2xi1>
  %n = arith.constant dense<[100, -100]> : tensor<2xsi8>
  %w = arith.constant dense<[-1610612736, 21]> : tensor<2xsi32>
  %y:4 = check.step %i(%z, %n, %w) : (tensor<2xi1>, tensor<2xsi8>, tensor<2xsi32>)
      -> (tensor<2xsi8>, tensor<2xsi8>, tensor<2xsi16>, tensor<2xsi32>)
  check.expect_eq %y#0 dense<[3, 0]> : tensor<2xsi8>
  check.expect_eq %y#1 dense<[127, -128]> : tensor<2xsi8>
  check.expect_eq %y#2 dense<[200, -200]> : tensor<2xsi16>
  check.expect_eq %y#3 dense<[1073741824, 42]> : tensor<2xsi32>
  return
}
