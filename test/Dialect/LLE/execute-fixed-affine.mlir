// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Sums are x0 - 2 x1 + 3 x2 + 100 and 127 (x0 - x2) - 7. A half, and 2^-8, rounded half up; or a quarter and 2^-9, in 2^-11
// for sigmoid and silu; by multiplication an eighth and a sixteenth, in 2^-12 for tanh.
lle.network @functions(%x: tensor<3xsi16>)
    -> (tensor<2xsi16>, tensor<2xsi8>, tensor<2xsi16>, tensor<2xsi16>, tensor<2xsi16>) attributes {dt = 1.0 : f64} {
  %a = lle.fixed_affine %x linear {bias = dense<[100, -7]> : tensor<2xi32>, multiplier = dense<1> : tensor<1xi32>,
    shift = dense<[1, 8]> : tensor<2xi8>, weights = dense<[[1, -2, 3], [127, 0, -127]]> : tensor<2x3xi8>}
    : tensor<3xsi16> -> tensor<2xsi16>
  %b = lle.fixed_affine %x relu {bias = dense<[100, -7]> : tensor<2xi32>, multiplier = dense<1> : tensor<1xi32>,
    shift = dense<[1, 8]> : tensor<2xi8>, weights = dense<[[1, -2, 3], [127, 0, -127]]> : tensor<2x3xi16>}
    : tensor<3xsi16> -> tensor<2xsi8>
  %c = lle.fixed_affine %x sigmoid {bias = dense<[100, -7]> : tensor<2xi32>, multiplier = dense<1> : tensor<1xi32>,
    shift = dense<[2, 9]> : tensor<2xi8>, weights = dense<[[1, -2, 3], [127, 0, -127]]> : tensor<2x3xi8>}
    : tensor<3xsi16> -> tensor<2xsi16>
  %d = lle.fixed_affine %x tanh {bias = dense<[100, -7]> : tensor<2xi32>, multiplier = dense<1073741824> : tensor<1xi32>,
    shift = dense<[33, 34]> : tensor<2xi8>, weights = dense<[[1, -2, 3], [127, 0, -127]]> : tensor<2x3xi8>}
    : tensor<3xsi16> -> tensor<2xsi16>
  %e = lle.fixed_affine %x silu {bias = dense<[100, -7]> : tensor<2xi32>, multiplier = dense<1> : tensor<1xi32>,
    shift = dense<[2, 9]> : tensor<2xi8>, weights = dense<[[1, -2, 3], [127, 0, -127]]> : tensor<2x3xi8>}
    : tensor<3xsi16> -> tensor<2xsi16>
  lle.output %a, %b, %c, %d, %e : tensor<2xsi16>, tensor<2xsi8>, tensor<2xsi16>, tensor<2xsi16>, tensor<2xsi16>
}

func.func @functions_of_sums() {
  %i = check.instantiate @functions
  %x0 = arith.constant dense<0> : tensor<3xsi16>
  %x1 = arith.constant dense<[1000, -2000, 3000]> : tensor<3xsi16>
  %x2 = arith.constant dense<[-32768, 32767, -32768]> : tensor<3xsi16>
  %x3 = arith.constant dense<[32767, 0, -32768]> : tensor<3xsi16>
  // 100 and -7.
  %a:5 = check.step %i(%x0) : (tensor<3xsi16>) -> (tensor<2xsi16>, tensor<2xsi8>, tensor<2xsi16>, tensor<2xsi16>, tensor<2xsi16>)
  check.expect_eq %a#0 dense<[50, 0]> : tensor<2xsi16>
  check.expect_eq %a#1 dense<[50, 0]> : tensor<2xsi8>
  check.expect_eq %a#2 dense<[16484, 16384]> : tensor<2xsi16>
  check.expect_eq %a#3 dense<[104, 0]> : tensor<2xsi16>
  check.expect_eq %a#4 dense<[13, 0]> : tensor<2xsi16>
  // 14,100 and -254,007: a result of 8 bits is clipped.
  %b:5 = check.step %i(%x1) : (tensor<3xsi16>) -> (tensor<2xsi16>, tensor<2xsi8>, tensor<2xsi16>, tensor<2xsi16>, tensor<2xsi16>)
  check.expect_eq %b#0 dense<[7050, -992]> : tensor<2xsi16>
  check.expect_eq %b#1 dense<[127, 0]> : tensor<2xsi8>
  check.expect_eq %b#2 dense<[27795, 14409]> : tensor<2xsi16>
  check.expect_eq %b#3 dense<[13293, -32740]> : tensor<2xsi16>
  check.expect_eq %b#4 dense<[2990, -218]> : tensor<2xsi16>
  // -196,506 is clipped to 16 bits.
  %c:5 = check.step %i(%x2) : (tensor<3xsi16>) -> (tensor<2xsi16>, tensor<2xsi8>, tensor<2xsi16>, tensor<2xsi16>, tensor<2xsi16>)
  check.expect_eq %c#0 dense<[-32768, 0]> : tensor<2xsi16>
  check.expect_eq %c#2 dense<[0, 16384]> : tensor<2xsi16>
  check.expect_eq %c#3 dense<[-32767, 0]> : tensor<2xsi16>
  check.expect_eq %c#4 dense<[0, 0]> : tensor<2xsi16>
  // -65,437 and 8,322,938.
  %d:5 = check.step %i(%x3) : (tensor<3xsi16>) -> (tensor<2xsi16>, tensor<2xsi8>, tensor<2xsi16>, tensor<2xsi16>, tensor<2xsi16>)
  check.expect_eq %d#0 dense<[-32718, 32511]> : tensor<2xsi16>
  check.expect_eq %d#2 dense<[11, 32756]> : tensor<2xsi16>
  check.expect_eq %d#3 dense<[-31583, 32767]> : tensor<2xsi16>
  check.expect_eq %d#4 dense<[-5, 16250]> : tensor<2xsi16>
  return
}
