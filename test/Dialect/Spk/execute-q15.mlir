// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// The membrane keeps nine tenths of itself, rounded down: -1 stays -1.
lle.network @decays(%x: tensor<4xsi32>) -> tensor<4xi1> attributes {dt = 1.0 : f64} {
  %z = spk.q15_lif "lif" %x subtract {decay = dense<29491> : tensor<4xi32>, v_threshold = dense<1024> : tensor<4xi32>}
    : tensor<4xsi32> -> tensor<4xi1>
  lle.output %z : tensor<4xi1>
}

func.func @decay_and_fire() {
  %i = check.instantiate @decays
  %x1 = arith.constant dense<[1000, -1, 1024, 1023]> : tensor<4xsi32>
  %a = check.step %i(%x1) : (tensor<4xsi32>) -> tensor<4xi1>
  check.expect_eq %a dense<[0, 0, 1, 0]> : tensor<4xi1>
  %v1 = check.state %i "lif" "v" : tensor<4xsi16>
  check.expect_eq %v1 dense<[1000, -1, 0, 1023]> : tensor<4xsi16>
  // 899.99 + 124, -0.9 + 0, 0 - 7, 920.7 + 200: floor of the product.
  %x2 = arith.constant dense<[124, 0, -7, 200]> : tensor<4xsi32>
  %b = check.step %i(%x2) : (tensor<4xsi32>) -> tensor<4xi1>
  check.expect_eq %b dense<[0, 0, 0, 1]> : tensor<4xi1>
  %v2 = check.state %i "lif" "v" : tensor<4xsi16>
  check.expect_eq %v2 dense<[1023, -1, -7, 96]> : tensor<4xsi16>
  return
}

// The sum is taken modulo 2^32, then clipped to 16 bits; a neuron that keeps all, one that keeps nothing.
lle.network @limits(%x: tensor<5xsi32>) -> tensor<5xi1> attributes {dt = 1.0 : f64} {
  %z = spk.q15_lif "lif" %x zero {decay = dense<[32768, 32768, 0, 32768, 16384]> : tensor<5xi32>,
    v_threshold = dense<[32767, 100, 100, 32767, 100]> : tensor<5xi32>} : tensor<5xsi32> -> tensor<5xi1>
  lle.output %z : tensor<5xi1>
}

func.func @saturate_and_wrap() {
  %i = check.instantiate @limits
  %x = arith.constant dense<[32766, -40000, 99, -32768, -2147483648]> : tensor<5xsi32>
  %a = check.step %i(%x) : (tensor<5xsi32>) -> tensor<5xi1>
  check.expect_eq %a dense<0> : tensor<5xi1>
  %v1 = check.state %i "lif" "v" : tensor<5xsi16>
  check.expect_eq %v1 dense<[32766, -32768, 99, -32768, -32768]> : tensor<5xsi16>
  // 32766 + 40000 is clipped and fires; -32768 - 2^31 wraps to 2^31 - 32768, that of the last -16384 - 2^31 as well.
  %y = arith.constant dense<[40000, -2147483648, 100, 0, -2147483648]> : tensor<5xsi32>
  %b = check.step %i(%y) : (tensor<5xsi32>) -> tensor<5xi1>
  check.expect_eq %b dense<[1, 1, 1, 0, 1]> : tensor<5xi1>
  %v2 = check.state %i "lif" "v" : tensor<5xsi16>
  check.expect_eq %v2 dense<[0, 0, 0, -32768, 0]> : tensor<5xsi16>
  return
}

// A feature map, whose parameters differ by channel.
lle.network @map(%z: tensor<2x2x2xi1>) -> tensor<2x2x2xi1> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[[3]], [[0]]], [[[1]], [[1]]]]> : tensor<2x2x1x1xsi8>
  %b = lle.weight dense<0> : tensor<2xsi8>
  %x = lle.conv2d %z, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "valid", stride = array<i64: 1, 1>}
    : (tensor<2x2x2xi1>, tensor<2x2x1x1xsi8>, tensor<2xsi8>) -> tensor<2x2x2xsi32>
  %y = spk.q15_lif "map" %x subtract {
    decay = dense<[[[32768, 32768], [32768, 32768]], [[0, 0], [0, 0]]]> : tensor<2x2x2xi32>,
    v_threshold = dense<[[[3, 3], [3, 3]], [[2, 2], [2, 1]]]> : tensor<2x2x2xi32>} : tensor<2x2x2xsi32> -> tensor<2x2x2xi1>
  lle.output %y : tensor<2x2x2xi1>
}

func.func @of_a_map() {
  %i = check.instantiate @map
  %z = arith.constant dense<[[[1, 0], [1, 0]], [[1, 1], [0, 1]]]> : tensor<2x2x2xi1>
  %a = check.step %i(%z) : (tensor<2x2x2xi1>) -> tensor<2x2x2xi1>
  check.expect_eq %a dense<[[[1, 0], [1, 0]], [[1, 0], [0, 1]]]> : tensor<2x2x2xi1>
  return
}
