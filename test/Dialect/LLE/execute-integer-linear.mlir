// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Integer weights and spikes or counts make exact integer sums.
lle.network @linear(%z: tensor<3xi1>, %n: tensor<3xsi8>, %c: tensor<3xsi16>, %s: tensor<3xsi32>)
    -> (tensor<2xsi32>, tensor<2xsi32>, tensor<2xsi32>, tensor<2xsi32>) attributes {dt = 1.0 : f64} {
  %w8 = lle.weight dense<[[1, -2, 4], [127, 16, -128]]> : tensor<2x3xsi8>
  %w16 = lle.weight dense<[[1, -2, 4], [32767, 16, -32768]]> : tensor<2x3xsi16>
  %w32 = lle.weight dense<[[1, -2, 4], [16777217, 16, -3]]> : tensor<2x3xsi32>
  %a = lle.linear %z, %w8 : (tensor<3xi1>, tensor<2x3xsi8>) -> tensor<2xsi32>
  %b = lle.linear %n, %w8 : (tensor<3xsi8>, tensor<2x3xsi8>) -> tensor<2xsi32>
  %d = lle.linear %c, %w16 : (tensor<3xsi16>, tensor<2x3xsi16>) -> tensor<2xsi32>
  %e = lle.linear %s, %w32 : (tensor<3xsi32>, tensor<2x3xsi32>) -> tensor<2xsi32>
  lle.output %a, %b, %d, %e : tensor<2xsi32>, tensor<2xsi32>, tensor<2xsi32>, tensor<2xsi32>
}

func.func @sums() {
  %i = check.instantiate @linear
  %z = arith.constant dense<[1, 0, 1]> : tensor<3xi1>
  %n = arith.constant dense<[2, 3, -1]> : tensor<3xsi8>
  %c = arith.constant dense<[1000, 0, 1000]> : tensor<3xsi16>
  %s = arith.constant dense<[3, 0, 1]> : tensor<3xsi32>
  %y:4 = check.step %i(%z, %n, %c, %s) : (tensor<3xi1>, tensor<3xsi8>, tensor<3xsi16>, tensor<3xsi32>)
    -> (tensor<2xsi32>, tensor<2xsi32>, tensor<2xsi32>, tensor<2xsi32>)
  check.expect_eq %y#0 dense<[5, -1]> : tensor<2xsi32>
  // 2 - 6 - 4; 254 + 48 + 128
  check.expect_eq %y#1 dense<[-8, 430]> : tensor<2xsi32>
  check.expect_eq %y#2 dense<[5000, -1000]> : tensor<2xsi32>
  // 3 * (2^24 + 1) - 3 needs more bits than a float has.
  check.expect_eq %y#3 dense<[7, 50331648]> : tensor<2xsi32>
  return
}

// Sums are taken modulo 2^32: 2 (2^31 - 1) is -2.
lle.network @wraps(%s: tensor<2xsi32>) -> (tensor<1xsi32>, tensor<1xsi32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1> : tensor<1x2xsi32>
  %one = lle.weight dense<1> : tensor<1xsi8>
  %y = lle.linear %s, %w : (tensor<2xsi32>, tensor<1x2xsi32>) -> tensor<1xsi32>
  %z = lle.affine %s, %w, %one : (tensor<2xsi32>, tensor<1x2xsi32>, tensor<1xsi8>) -> tensor<1xsi32>
  lle.output %y, %z : tensor<1xsi32>, tensor<1xsi32>
}

func.func @modulo() {
  %i = check.instantiate @wraps
  %s = arith.constant dense<2147483647> : tensor<2xsi32>
  %y:2 = check.step %i(%s) : (tensor<2xsi32>) -> (tensor<1xsi32>, tensor<1xsi32>)
  check.expect_eq %y#0 dense<-2> : tensor<1xsi32>
  check.expect_eq %y#1 dense<-1> : tensor<1xsi32>
  return
}

// A matrix for each leading index, with biases of their own; the input is an integer sum.
lle.network @matrices(%z: tensor<2x2xi1>) -> tensor<2x1xsi32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[1, 2]], [[4, -8]]]> : tensor<2x1x2xsi8>
  %b = lle.weight dense<[[100], [-100000]]> : tensor<2x1xsi32>
  %first = lle.weight dense<[[3, 0], [0, 5]]> : tensor<2x2xsi8>
  %x = lle.linear %z, %first : (tensor<2x2xi1>, tensor<2x2xsi8>) -> tensor<2x2xsi32>
  %y = lle.affine %x, %w, %b : (tensor<2x2xsi32>, tensor<2x1x2xsi8>, tensor<2x1xsi32>) -> tensor<2x1xsi32>
  lle.output %y : tensor<2x1xsi32>
}

func.func @matrices_with_bias() {
  %i = check.instantiate @matrices
  %z = arith.constant dense<[[1, 0], [1, 1]]> : tensor<2x2xi1>
  %y = check.step %i(%z) : (tensor<2x2xi1>) -> tensor<2x1xsi32>
  // 3 * 1 + 100; 3 * 4 - 5 * 8 - 100000
  check.expect_eq %y dense<[[103], [-100028]]> : tensor<2x1xsi32>
  return
}

// More outputs than one vector has lanes, and more spikes than a machine word has bits.
lle.network @wide(%z: tensor<70xi1>) -> (tensor<33xsi32>, tensor<33xsi32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<-100> : tensor<33x70xsi8>
  %v = lle.weight dense<300> : tensor<33x70xsi16>
  %y = lle.linear %z, %w : (tensor<70xi1>, tensor<33x70xsi8>) -> tensor<33xsi32>
  %u = lle.linear %z, %v : (tensor<70xi1>, tensor<33x70xsi16>) -> tensor<33xsi32>
  lle.output %y, %u : tensor<33xsi32>, tensor<33xsi32>
}

func.func @many() {
  %i = check.instantiate @wide
  %z = arith.constant dense<1> : tensor<70xi1>
  %y:2 = check.step %i(%z) : (tensor<70xi1>) -> (tensor<33xsi32>, tensor<33xsi32>)
  check.expect_eq %y#0 dense<-7000> : tensor<33xsi32>
  check.expect_eq %y#1 dense<21000> : tensor<33xsi32>
  return
}
