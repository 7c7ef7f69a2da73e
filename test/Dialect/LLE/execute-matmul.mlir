// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// The four ways to give the operands make the same product.
lle.network @transposed(%a: tensor<2x3xf32>, %b: tensor<3x2xf32>)
    -> (tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>) attributes {dt = 1.0 : f64} {
  %at = lle.transpose %a {permutation = array<i64: 1, 0>} : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %bt = lle.transpose %b {permutation = array<i64: 1, 0>} : (tensor<3x2xf32>) -> tensor<2x3xf32>
  %nn = lle.matmul %a, %b : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x2xf32>
  %tn = lle.matmul %at, %b {transpose_a} : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<2x2xf32>
  %nt = lle.matmul %a, %bt {name = "nt", transpose_b} : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x2xf32>
  %tt = lle.matmul %at, %bt {transpose_a, transpose_b} : (tensor<3x2xf32>, tensor<2x3xf32>) -> tensor<2x2xf32>
  lle.output %nn, %tn, %nt, %tt : tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>
}

func.func @transpositions() {
  %i = check.instantiate @transposed
  %a = arith.constant dense<[[1.0, 2.0, 0.0], [0.0, -1.0, 0.5]]> : tensor<2x3xf32>
  %b = arith.constant dense<[[1.0, 4.0], [2.0, 0.0], [8.0, -2.0]]> : tensor<3x2xf32>
  %y:4 = check.step %i(%a, %b) : (tensor<2x3xf32>, tensor<3x2xf32>)
      -> (tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>)
  check.expect_eq %y#0 dense<[[5.0, 4.0], [2.0, -1.0]]> : tensor<2x2xf32>
  check.expect_eq %y#1 dense<[[5.0, 4.0], [2.0, -1.0]]> : tensor<2x2xf32>
  check.expect_eq %y#2 dense<[[5.0, 4.0], [2.0, -1.0]]> : tensor<2x2xf32>
  check.expect_eq %y#3 dense<[[5.0, 4.0], [2.0, -1.0]]> : tensor<2x2xf32>
  return
}

// Matrices of heads; coincidences of spikes as real and as whole numbers, which are clipped.
lle.network @spikes(%q: tensor<2x1x3xi1>, %k: tensor<2x2x3xi1>, %n: tensor<1x2xsi8>, %m: tensor<2x1xsi16>)
    -> (tensor<2x1x2xf32>, tensor<2x1x2xsi8>, tensor<1x1xsi8>, tensor<1x1xsi32>, tensor<1x1xf64>)
    attributes {dt = 1.0 : f64} {
  %a = lle.matmul %q, %k {transpose_b} : (tensor<2x1x3xi1>, tensor<2x2x3xi1>) -> tensor<2x1x2xf32>
  %b = lle.matmul %q, %k {transpose_b} : (tensor<2x1x3xi1>, tensor<2x2x3xi1>) -> tensor<2x1x2xsi8>
  %c = lle.matmul %n, %m : (tensor<1x2xsi8>, tensor<2x1xsi16>) -> tensor<1x1xsi8>
  %d = lle.matmul %n, %m : (tensor<1x2xsi8>, tensor<2x1xsi16>) -> tensor<1x1xsi32>
  %e = lle.matmul %n, %m : (tensor<1x2xsi8>, tensor<2x1xsi16>) -> tensor<1x1xf64>
  lle.output %a, %b, %c, %d, %e : tensor<2x1x2xf32>, tensor<2x1x2xsi8>, tensor<1x1xsi8>, tensor<1x1xsi32>, tensor<1x1xf64>
}

func.func @coincidences() {
  %i = check.instantiate @spikes
  %q = arith.constant dense<[[[1, 0, 1]], [[0, 1, 0]]]> : tensor<2x1x3xi1>
  %k = arith.constant dense<[[[1, 1, 1], [0, 1, 0]], [[0, 0, 0], [1, 1, 0]]]> : tensor<2x2x3xi1>
  %n = arith.constant dense<[[3, -2]]> : tensor<1x2xsi8>
  %m = arith.constant dense<[[-1000], [500]]> : tensor<2x1xsi16>
  %y:5 = check.step %i(%q, %k, %n, %m) : (tensor<2x1x3xi1>, tensor<2x2x3xi1>, tensor<1x2xsi8>, tensor<2x1xsi16>)
      -> (tensor<2x1x2xf32>, tensor<2x1x2xsi8>, tensor<1x1xsi8>, tensor<1x1xsi32>, tensor<1x1xf64>)
  check.expect_eq %y#0 dense<[[[2.0, 0.0]], [[0.0, 1.0]]]> : tensor<2x1x2xf32>
  check.expect_eq %y#1 dense<[[[2, 0]], [[0, 1]]]> : tensor<2x1x2xsi8>
  check.expect_eq %y#2 dense<-128> : tensor<1x1xsi8>
  check.expect_eq %y#3 dense<-4000> : tensor<1x1xsi32>
  check.expect_eq %y#4 dense<-4000.0> : tensor<1x1xf64>
  return
}
