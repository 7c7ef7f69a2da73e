// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Half to even, clipped, a NaN as the smallest; a unit of its own for each element. Of two rows each has a unit.
lle.network @edges(%x: tensor<11xf32>, %m: tensor<2x3xf32>, %d: tensor<3xf64>)
    -> (tensor<11xsi8>, tensor<11xf32>, tensor<2x3xsi16>, tensor<2x3xf32>, tensor<3xsi16>, tensor<3xf64>)
    attributes {dt = 1.0 : f64} {
  %q = lle.quantize %x {scale = dense<0.5> : tensor<1xf64>} : tensor<11xf32> -> tensor<11xsi8>
  %y = lle.dequantize %q {scale = dense<0.5> : tensor<1xf64>} : tensor<11xsi8> -> tensor<11xf32>
  %r = lle.quantize %m {scale = dense<[1.0, 0.25]> : tensor<2xf64>} : tensor<2x3xf32> -> tensor<2x3xsi16>
  %s = lle.dequantize %r {scale = dense<[1.0, 2.0]> : tensor<2xf64>} : tensor<2x3xsi16> -> tensor<2x3xf32>
  %t = lle.quantize %d {scale = dense<[1.0, 2.0, 4.0]> : tensor<3xf64>} : tensor<3xf64> -> tensor<3xsi16>
  %u = lle.dequantize %t {scale = dense<0.125> : tensor<1xf64>} : tensor<3xsi16> -> tensor<3xf64>
  lle.output %q, %y, %r, %s, %t, %u
    : tensor<11xsi8>, tensor<11xf32>, tensor<2x3xsi16>, tensor<2x3xf32>, tensor<3xsi16>, tensor<3xf64>
}

func.func @quantize_and_back() {
  %i = check.instantiate @edges
  %x = arith.constant dense<[0.0, 0.25, 0.75, -0.25, -0.75, 63.5, 1.0e30, -64.0, -64.3, 0xFF800000, 0x7FC00000]> : tensor<11xf32>
  %m = arith.constant dense<[[1.5, -2.5, 1.0e6], [0.125, -0.375, -1.0e6]]> : tensor<2x3xf32>
  %d = arith.constant dense<[2.5, -1.0, 1.0e300]> : tensor<3xf64>
  %y:6 = check.step %i(%x, %m, %d) : (tensor<11xf32>, tensor<2x3xf32>, tensor<3xf64>)
    -> (tensor<11xsi8>, tensor<11xf32>, tensor<2x3xsi16>, tensor<2x3xf32>, tensor<3xsi16>, tensor<3xf64>)
  check.expect_eq %y#0 dense<[0, 0, 2, 0, -2, 127, 127, -128, -128, -128, -128]> : tensor<11xsi8>
  check.expect_eq %y#1 dense<[0.0, 0.0, 1.0, 0.0, -1.0, 63.5, 63.5, -64.0, -64.0, -64.0, -64.0]> : tensor<11xf32>
  check.expect_eq %y#2 dense<[[2, -2, 32767], [0, -2, -32768]]> : tensor<2x3xsi16>
  check.expect_eq %y#3 dense<[[2.0, -2.0, 32767.0], [0.0, -4.0, -65536.0]]> : tensor<2x3xf32>
  check.expect_eq %y#4 dense<[2, 0, 32767]> : tensor<3xsi16>
  check.expect_eq %y#5 dense<[0.25, 0.0, 4095.875]> : tensor<3xf64>
  return
}

// Rounds half up, also below zero, and clips. 10.24 times; a half; 2^30 / 2^62 of numbers as large as they are.
lle.network @scales(%x: tensor<6xsi8>, %z: tensor<5xsi16>)
    -> (tensor<6xsi16>, tensor<5xsi8>, tensor<5xsi16>) attributes {dt = 1.0 : f64} {
  %a = lle.rescale %x {multiplier = dense<1374389535> : tensor<1xi32>, shift = dense<27> : tensor<1xi8>}
    : tensor<6xsi8> -> tensor<6xsi16>
  %b = lle.rescale %z {multiplier = dense<1> : tensor<1xi32>, shift = dense<1> : tensor<1xi8>}
    : tensor<5xsi16> -> tensor<5xsi8>
  %c = lle.rescale %z {multiplier = dense<[1, 2147483647, 2147483647, 3, 512]> : tensor<5xi32>,
    shift = dense<[62, 62, 31, 2, 1]> : tensor<5xi8>} : tensor<5xsi16> -> tensor<5xsi16>
  lle.output %a, %b, %c : tensor<6xsi16>, tensor<5xsi8>, tensor<5xsi16>
}

func.func @rescale() {
  %i = check.instantiate @scales
  %x = arith.constant dense<[0, 1, -1, 100, 127, -128]> : tensor<6xsi8>
  %z = arith.constant dense<[-32768, 32767, -3, -2, 5]> : tensor<5xsi16>
  %y:3 = check.step %i(%x, %z) : (tensor<6xsi8>, tensor<5xsi16>) -> (tensor<6xsi16>, tensor<5xsi8>, tensor<5xsi16>)
  // 1300.48 and -1310.72.
  check.expect_eq %y#0 dense<[0, 10, -10, 1024, 1300, -1311]> : tensor<6xsi16>
  check.expect_eq %y#1 dense<[-128, 127, -1, -1, 3]> : tensor<5xsi8>
  // -3 + 3 2^-31 is nearest to -3, -1.5 goes up.
  check.expect_eq %y#2 dense<[0, 0, -3, -1, 1280]> : tensor<5xsi16>
  return
}
