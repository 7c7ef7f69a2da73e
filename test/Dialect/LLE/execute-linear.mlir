// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

lle.network @linear(%x: tensor<2xf32>) -> tensor<3xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[1.0, 2.0], [4.0, 8.0], [16.0, 32.0]]> : tensor<3x2xf32>
  %y = lle.linear %x, %w : (tensor<2xf32>, tensor<3x2xf32>) -> tensor<3xf32>
  lle.output %y : tensor<3xf32>
}

func.func @matrix_times_vector() {
  %i = check.instantiate @linear
  %x = arith.constant dense<[1.0, 3.0]> : tensor<2xf32>
  %y = check.step %i(%x) : (tensor<2xf32>) -> tensor<3xf32>
  // 1 + 2*3; 4 + 8*3; 16 + 32*3
  check.expect_eq %y dense<[7.0, 28.0, 112.0]> : tensor<3xf32>
  return
}

// Leading dimensions of the input share one matrix.
lle.network @leading(%x: tensor<2x2xf32>) -> tensor<2x3xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[1.0, 2.0], [4.0, 8.0], [16.0, 32.0]]> : tensor<3x2xf32>
  %y = lle.linear %x, %w : (tensor<2x2xf32>, tensor<3x2xf32>) -> tensor<2x3xf32>
  lle.output %y : tensor<2x3xf32>
}

func.func @leading_dimensions() {
  %i = check.instantiate @leading
  %x = arith.constant dense<[[1.0, 0.0], [1.0, 3.0]]> : tensor<2x2xf32>
  %y = check.step %i(%x) : (tensor<2x2xf32>) -> tensor<2x3xf32>
  check.expect_eq %y dense<[[1.0, 4.0, 16.0], [7.0, 28.0, 112.0]]> : tensor<2x3xf32>
  return
}

// Weights with a leading dimension hold a matrix for each index; the input may have more dimensions before.
lle.network @matrices(%x: tensor<2x2x2xf32>) -> tensor<2x2x1xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[1.0, 2.0]], [[4.0, 8.0]]]> : tensor<2x1x2xf32>
  %y = lle.linear %x, %w : (tensor<2x2x2xf32>, tensor<2x1x2xf32>) -> tensor<2x2x1xf32>
  lle.output %y : tensor<2x2x1xf32>
}

func.func @leading_matrices() {
  %i = check.instantiate @matrices
  %x = arith.constant dense<[[[1.0, 0.0], [1.0, 0.0]], [[0.0, 3.0], [0.0, 3.0]]]> : tensor<2x2x2xf32>
  %y = check.step %i(%x) : (tensor<2x2x2xf32>) -> tensor<2x2x1xf32>
  // 1*1, 4*1; 2*3, 8*3
  check.expect_eq %y dense<[[[1.0], [4.0]], [[6.0], [24.0]]]> : tensor<2x2x1xf32>
  return
}

// Spikes add up weights; a count adds a weight as often as it says. Weights may be integers.
lle.network @spikes(%z: tensor<3xi1>, %n: tensor<3xsi8>) -> (tensor<2xf32>, tensor<2xf64>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[1.0, 2.0, 4.0], [8.0, 16.0, 32.0]]> : tensor<2x3xf32>
  %w8 = lle.weight dense<[[1, 2, 4], [-8, -16, -32]]> : tensor<2x3xi8>
  %a = lle.linear %z, %w : (tensor<3xi1>, tensor<2x3xf32>) -> tensor<2xf32>
  %b = lle.linear %n, %w8 : (tensor<3xsi8>, tensor<2x3xi8>) -> tensor<2xf64>
  lle.output %a, %b : tensor<2xf32>, tensor<2xf64>
}

func.func @of_spikes() {
  %i = check.instantiate @spikes
  %z = arith.constant dense<[1, 0, 1]> : tensor<3xi1>
  %n = arith.constant dense<[2, 0, 3]> : tensor<3xsi8>
  %y:2 = check.step %i(%z, %n) : (tensor<3xi1>, tensor<3xsi8>) -> (tensor<2xf32>, tensor<2xf64>)
  // 1 + 4; 8 + 32
  check.expect_eq %y#0 dense<[5.0, 40.0]> : tensor<2xf32>
  // 2*1 + 3*4; -(2*8 + 3*32)
  check.expect_eq %y#1 dense<[14.0, -112.0]> : tensor<2xf64>
  return
}

// More outputs than one vector has lanes: output o has the weights o and 32.
lle.network @wide(%x: tensor<2xf32>) -> tensor<19xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[0.0, 32.0], [1.0, 32.0], [2.0, 32.0], [3.0, 32.0], [4.0, 32.0], [5.0, 32.0], [6.0, 32.0], [7.0, 32.0], [8.0, 32.0], [9.0, 32.0], [10.0, 32.0], [11.0, 32.0], [12.0, 32.0], [13.0, 32.0], [14.0, 32.0], [15.0, 32.0], [16.0, 32.0], [17.0, 32.0], [18.0, 32.0]]> : tensor<19x2xf32>
  %y = lle.linear %x, %w : (tensor<2xf32>, tensor<19x2xf32>) -> tensor<19xf32>
  lle.output %y : tensor<19xf32>
}

func.func @many_outputs() {
  %i = check.instantiate @wide
  %x = arith.constant dense<[2.0, 1.0]> : tensor<2xf32>
  %y = check.step %i(%x) : (tensor<2xf32>) -> tensor<19xf32>
  // 2 o + 32
  check.expect_eq %y dense<[32.0, 34.0, 36.0, 38.0, 40.0, 42.0, 44.0, 46.0, 48.0, 50.0, 52.0, 54.0, 56.0, 58.0, 60.0, 62.0, 64.0, 66.0, 68.0]> : tensor<19xf32>
  return
}

// More spikes than a machine word has bits.
lle.network @long(%z: tensor<70xi1>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<0.5> : tensor<1x70xf32>
  %y = lle.linear %z, %w : (tensor<70xi1>, tensor<1x70xf32>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}

func.func @many_spikes() {
  %i = check.instantiate @long
  // Every third, from the first: 24 spikes.
  %z = arith.constant dense<[1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1]> : tensor<70xi1>
  %y = check.step %i(%z) : (tensor<70xi1>) -> tensor<1xf32>
  check.expect_eq %y dense<12.0> : tensor<1xf32>
  return
}
