// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

lle.network @affine(%x: tensor<2xf32>) -> tensor<3xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[1.0, 2.0], [4.0, 8.0], [16.0, 32.0]]> : tensor<3x2xf32>
  %b = lle.weight dense<[0.5, 0.0, -0.5]> : tensor<3xf32>
  %y = lle.affine %x, %w, %b : (tensor<2xf32>, tensor<3x2xf32>, tensor<3xf32>) -> tensor<3xf32>
  lle.output %y : tensor<3xf32>
}

func.func @bias() {
  %i = check.instantiate @affine
  %x = arith.constant dense<[1.0, 3.0]> : tensor<2xf32>
  %y = check.step %i(%x) : (tensor<2xf32>) -> tensor<3xf32>
  // 1 + 2*3 + 1/2; 4 + 8*3; 16 + 32*3 - 1/2
  check.expect_eq %y dense<[7.5, 28.0, 111.5]> : tensor<3xf32>
  return
}

// Without any spike the bias is what is left.
lle.network @silent(%z: tensor<2xi1>) -> tensor<3xf64> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1.0> : tensor<3x2xf64>
  %b = lle.weight dense<[0.5, 0.0, -0.5]> : tensor<3xf64>
  %y = lle.affine %z, %w, %b : (tensor<2xi1>, tensor<3x2xf64>, tensor<3xf64>) -> tensor<3xf64>
  lle.output %y : tensor<3xf64>
}

func.func @bias_alone() {
  %i = check.instantiate @silent
  %z = arith.constant dense<0> : tensor<2xi1>
  %y = check.step %i(%z) : (tensor<2xi1>) -> tensor<3xf64>
  check.expect_eq %y dense<[0.5, 0.0, -0.5]> : tensor<3xf64>
  return
}

// A matrix and a row of biases for each leading index of the weights; the input has one more dimension before.
lle.network @matrices(%x: tensor<2x2x1xf32>) -> tensor<2x2x2xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[1.0], [2.0]], [[4.0], [8.0]]]> : tensor<2x2x1xf32>
  %b = lle.weight dense<[[0.5, 0.25], [0.125, 0.0625]]> : tensor<2x2xf32>
  %y = lle.affine %x, %w, %b : (tensor<2x2x1xf32>, tensor<2x2x1xf32>, tensor<2x2xf32>) -> tensor<2x2x2xf32>
  lle.output %y : tensor<2x2x2xf32>
}

func.func @leading_matrices() {
  %i = check.instantiate @matrices
  %x = arith.constant dense<[[[1.0], [2.0]], [[3.0], [4.0]]]> : tensor<2x2x1xf32>
  %y = check.step %i(%x) : (tensor<2x2x1xf32>) -> tensor<2x2x2xf32>
  // Inputs 1 and 3 meet the first matrix, 2 and 4 the second.
  check.expect_eq %y dense<[[[1.5, 2.25], [8.125, 16.0625]], [[3.5, 6.25], [16.125, 32.0625]]]> : tensor<2x2x2xf32>
  return
}
