// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

!tensor8 = tensor<2x3x!quant.uniform<i8:f32, 2.500000e-01>>
!channel16 = tensor<2x3x!quant.uniform<i16:f32:0, {2.500000e-01, 5.000000e-01}>>

// The sum of integers, times the scale of the tensor or of the output.
lle.network @linear(%z: tensor<3xi1>, %n: tensor<3xsi16>) -> (tensor<2xf32>, tensor<2xf32>) attributes {dt = 1.0 : f64} {
  %a = lle.weight dense<[[1, -2, 4], [127, 16, -128]]> : tensor<2x3xi8> as !tensor8
  %b = lle.weight dense<[[1, -2, 4], [1000, 16, -3000]]> : tensor<2x3xi16> as !channel16
  %offset = lle.weight dense<[0.5, -8.0]> : tensor<2xf32>
  %x = lle.linear %z, %a : (tensor<3xi1>, !tensor8) -> tensor<2xf32>
  %y = lle.affine %n, %b, %offset : (tensor<3xsi16>, !channel16, tensor<2xf32>) -> tensor<2xf32>
  lle.output %x, %y : tensor<2xf32>, tensor<2xf32>
}

func.func @scaled_sums() {
  %i = check.instantiate @linear
  %z = arith.constant dense<[1, 0, 1]> : tensor<3xi1>
  %n = arith.constant dense<[2, 0, -1]> : tensor<3xsi16>
  %y:2 = check.step %i(%z, %n) : (tensor<3xi1>, tensor<3xsi16>) -> (tensor<2xf32>, tensor<2xf32>)
  // 5 / 4; -1 / 4
  check.expect_eq %y#0 dense<[1.25, -0.25]> : tensor<2xf32>
  // -2 / 4 + 0.5; 5000 / 2 - 8
  check.expect_eq %y#1 dense<[0.0, 2492.0]> : tensor<2xf32>
  return
}

!kernel = tensor<2x1x2x2x!quant.uniform<i8:f32:0, {1.250000e-01, 2.000000e+00}>>

lle.network @conv(%z: tensor<1x3x3xi1>) -> tensor<2x2x2xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[[1, 2], [4, 8]]], [[[-1, -2], [-4, -8]]]]> : tensor<2x1x2x2xi8> as !kernel
  %b = lle.weight dense<[0.0, 1.0]> : tensor<2xf32>
  %y = lle.conv2d %z, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "valid", stride = array<i64: 1, 1>}
    : (tensor<1x3x3xi1>, !kernel, tensor<2xf32>) -> tensor<2x2x2xf32>
  lle.output %y : tensor<2x2x2xf32>
}

func.func @convolution() {
  %i = check.instantiate @conv
  %z = arith.constant dense<[[[1, 0, 0], [0, 1, 0], [0, 0, 0]]]> : tensor<1x3x3xi1>
  %y = check.step %i(%z) : (tensor<1x3x3xi1>) -> tensor<2x2x2xf32>
  // Sums 9, 4; 2, 1.
  check.expect_eq %y dense<[[[1.125, 0.5], [0.25, 0.125]], [[-17.0, -7.0], [-3.0, -1.0]]]> : tensor<2x2x2xf32>
  return
}
