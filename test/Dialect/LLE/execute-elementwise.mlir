// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Fan-in of real values, spikes and counts, left to right; one operand alone is converted.
lle.network @add(%x: tensor<2xf32>, %z: tensor<2xi1>, %n: tensor<2xsi16>) -> (tensor<2xf32>, tensor<2xf64>)
    attributes {dt = 1.0 : f64} {
  %sum = lle.add %x, %z, %n : (tensor<2xf32>, tensor<2xi1>, tensor<2xsi16>) -> tensor<2xf32>
  %converted = lle.add %n : (tensor<2xsi16>) -> tensor<2xf64>
  lle.output %sum, %converted : tensor<2xf32>, tensor<2xf64>
}

func.func @sum() {
  %i = check.instantiate @add
  %x = arith.constant dense<[0.5, 0.25]> : tensor<2xf32>
  %z = arith.constant dense<[1, 0]> : tensor<2xi1>
  %n = arith.constant dense<[-300, 32767]> : tensor<2xsi16>
  %y:2 = check.step %i(%x, %z, %n) : (tensor<2xf32>, tensor<2xi1>, tensor<2xsi16>) -> (tensor<2xf32>, tensor<2xf64>)
  check.expect_eq %y#0 dense<[-298.5, 32767.25]> : tensor<2xf32>
  check.expect_eq %y#1 dense<[-300.0, 32767.0]> : tensor<2xf64>
  return
}

// Both operands may be the same signal.
lle.network @twice(%x: tensor<2xf64>) -> tensor<2xf64> attributes {dt = 1.0 : f64} {
  %y = lle.add %x, %x : (tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>
  lle.output %y : tensor<2xf64>
}

func.func @same_operand() {
  %i = check.instantiate @twice
  %x = arith.constant dense<[1.5, -2.0]> : tensor<2xf64>
  %y = check.step %i(%x) : (tensor<2xf64>) -> tensor<2xf64>
  check.expect_eq %y dense<[3.0, -4.0]> : tensor<2xf64>
  return
}

// A factor for each element, of any type of weights.
lle.network @scale(%x: tensor<2x2xf32>, %z: tensor<2xi1>) -> (tensor<2x2xf32>, tensor<2xf64>)
    attributes {dt = 1.0 : f64} {
  %s = lle.weight dense<[[1.0, -2.0], [0.5, 0.0]]> : tensor<2x2xf64>
  %s8 = lle.weight dense<[3, -4]> : tensor<2xi8>
  %y = lle.scale %x, %s : (tensor<2x2xf32>, tensor<2x2xf64>) -> tensor<2x2xf32>
  %w = lle.scale %z, %s8 : (tensor<2xi1>, tensor<2xi8>) -> tensor<2xf64>
  lle.output %y, %w : tensor<2x2xf32>, tensor<2xf64>
}

func.func @factor() {
  %i = check.instantiate @scale
  %x = arith.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %z = arith.constant dense<[0, 1]> : tensor<2xi1>
  %y:2 = check.step %i(%x, %z) : (tensor<2x2xf32>, tensor<2xi1>) -> (tensor<2x2xf32>, tensor<2xf64>)
  check.expect_eq %y#0 dense<[[1.0, -4.0], [1.5, 0.0]]> : tensor<2x2xf32>
  check.expect_eq %y#1 dense<[0.0, -4.0]> : tensor<2xf64>
  return
}

// Row-major, of all dimensions and of some.
lle.network @flatten(%x: tensor<2x1x2xf32>, %z: tensor<2x2x1xi1>) -> (tensor<4xf32>, tensor<2x2xf32>, tensor<4x1xi1>)
    attributes {dt = 1.0 : f64} {
  %all = lle.flatten %x {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<2x1x2xf32>) -> tensor<4xf32>
  %last = lle.flatten %x {end_dim = 2 : i64, start_dim = 1 : i64} : (tensor<2x1x2xf32>) -> tensor<2x2xf32>
  %first = lle.flatten %z {end_dim = -2 : i64, start_dim = -3 : i64} : (tensor<2x2x1xi1>) -> tensor<4x1xi1>
  lle.output %all, %last, %first : tensor<4xf32>, tensor<2x2xf32>, tensor<4x1xi1>
}

func.func @merged_dimensions() {
  %i = check.instantiate @flatten
  %x = arith.constant dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32>
  %z = arith.constant dense<[[[1], [0]], [[0], [1]]]> : tensor<2x2x1xi1>
  %y:3 = check.step %i(%x, %z) : (tensor<2x1x2xf32>, tensor<2x2x1xi1>) -> (tensor<4xf32>, tensor<2x2xf32>,
      tensor<4x1xi1>)
  check.expect_eq %y#0 dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  check.expect_eq %y#1 dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  check.expect_eq %y#2 dense<[[1], [0], [0], [1]]> : tensor<4x1xi1>
  return
}

// Flattening the result of a pooling is channels first, as its shape says.
lle.network @pooled(%x: tensor<2x2x2xf32>) -> tensor<4xf32> attributes {dt = 1.0 : f64} {
  %p = lle.sum_pool2d %x {kernel = array<i64: 1, 2>, padding = array<i64: 0, 0>, stride = array<i64: 1, 2>}
    : (tensor<2x2x2xf32>) -> tensor<2x2x1xf32>
  %y = lle.flatten %p {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<2x2x1xf32>) -> tensor<4xf32>
  lle.output %y : tensor<4xf32>
}

func.func @channels_first() {
  %i = check.instantiate @pooled
  %x = arith.constant dense<[[[1.0, 2.0], [4.0, 8.0]], [[16.0, 32.0], [64.0, 128.0]]]> : tensor<2x2x2xf32>
  %y = check.step %i(%x) : (tensor<2x2x2xf32>) -> tensor<4xf32>
  check.expect_eq %y dense<[3.0, 12.0, 48.0, 192.0]> : tensor<4xf32>
  return
}
