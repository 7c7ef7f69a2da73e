// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Height and width differ in everything: kernel 1 x 2, stride 1 x 2, padding 0 x 1, dilation 1 x 2.
// y[o, h, w] = b[o] + sum over c of W[o, c, 0] x[c, h, 2 w - 1] + W[o, c, 1] x[c, h, 2 w + 1].
lle.network @stride(%x: tensor<2x2x3xf32>) -> tensor<2x2x2xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[[1.0, 2.0]], [[4.0, 8.0]]], [[[16.0, 32.0]], [[64.0, 128.0]]]]> : tensor<2x2x1x2xf32>
  %b = lle.weight dense<[0.5, 0.25]> : tensor<2xf32>
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 2>, groups = 1 : i64, padding = array<i64: 0, 1>, stride =
      array<i64: 1, 2>}
    : (tensor<2x2x3xf32>, tensor<2x2x1x2xf32>, tensor<2xf32>) -> tensor<2x2x2xf32>
  lle.output %y : tensor<2x2x2xf32>
}

func.func @stride_and_dilation() {
  %i = check.instantiate @stride
  // Only the middle column is read: by the second weight on the left, by the first on the right.
  %x = arith.constant dense<[[[9.0, 1.0, 9.0], [9.0, 2.0, 9.0]], [[9.0, 1.0, 9.0], [9.0, 0.0, 9.0]]]> : tensor<2x2x3xf32>
  %y = check.step %i(%x) : (tensor<2x2x3xf32>) -> tensor<2x2x2xf32>
  // 2 + 8, 1 + 4; 2*2, 2*1; 32 + 128, 16 + 64; 2*32, 2*16
  check.expect_eq %y dense<[[[10.5, 5.5], [4.5, 2.5]], [[160.25, 80.25], [64.25, 32.25]]]> : tensor<2x2x2xf32>
  return
}

// Strides of 2 and dilations of 3 meet only where both agree: y[h] = x[2 h] + 2 x[2 h + 3].
lle.network @coprime(%z: tensor<1x6x1xi1>) -> tensor<1x2x1xf64> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[[1.0], [2.0]]]]> : tensor<1x1x2x1xf64>
  %b = lle.weight dense<0.0> : tensor<1xf64>
  %y = lle.conv2d %z, %w, %b {dilation = array<i64: 3, 1>, groups = 1 : i64, padding = "valid", stride = array<i64: 2,
      1>}
    : (tensor<1x6x1xi1>, tensor<1x1x2x1xf64>, tensor<1xf64>) -> tensor<1x2x1xf64>
  lle.output %y : tensor<1x2x1xf64>
}

func.func @dilation_larger_than_stride() {
  %i = check.instantiate @coprime
  %z = arith.constant dense<[[[1], [0], [0], [1], [0], [1]]]> : tensor<1x6x1xi1>
  %y = check.step %i(%z) : (tensor<1x6x1xi1>) -> tensor<1x2x1xf64>
  // x[0] + 2 x[3]; 2 x[5]
  check.expect_eq %y dense<[[[3.0], [2.0]]]> : tensor<1x2x1xf64>
  return
}

// Depthwise with two outputs for each channel, padded on all sides.
lle.network @depthwise(%x: tensor<2x1x1xf32>) -> tensor<4x2x2xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[[1.0, 2.0], [4.0, 8.0]]], [[[16.0, 32.0], [64.0, 128.0]]], [[[-1.0, -2.0], [-4.0, -8.0]]], [[[0.5, 0.25], [0.125, 0.0625]]]]> : tensor<4x1x2x2xf32>
  %b = lle.weight dense<0.0> : tensor<4xf32>
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 2 : i64, padding = array<i64: 1, 1>, stride =
      array<i64: 1, 1>}
    : (tensor<2x1x1xf32>, tensor<4x1x2x2xf32>, tensor<4xf32>) -> tensor<4x2x2xf32>
  lle.output %y : tensor<4x2x2xf32>
}

func.func @depthwise_padded() {
  %i = check.instantiate @depthwise
  %x = arith.constant dense<[[[1.0]], [[2.0]]]> : tensor<2x1x1xf32>
  %y = check.step %i(%x) : (tensor<2x1x1xf32>) -> tensor<4x2x2xf32>
  // One pixel is seen by each element of the kernel once: the kernel turned by half a turn.
  check.expect_eq %y dense<[[[8.0, 4.0], [2.0, 1.0]], [[128.0, 64.0], [32.0, 16.0]], [[-16.0, -8.0], [-4.0, -2.0]], [[0.125, 0.25], [0.5, 1.0]]]> : tensor<4x2x2xf32>
  return
}

// A convolution of a convolution: the first gives what the second takes, whatever the layout between them. Counts of
// spikes are numbers.
lle.network @chain(%n: tensor<1x1x2xsi8>) -> tensor<1x1x2xf32> attributes {dt = 1.0 : f64} {
  %w0 = lle.weight dense<[[[[1.0]]], [[[10.0]]]]> : tensor<2x1x1x1xf32>
  %b0 = lle.weight dense<[0.0, 0.5]> : tensor<2xf32>
  %h = lle.conv2d %n, %w0, %b0 {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "valid", stride = array<i64:
      1, 1>}
    : (tensor<1x1x2xsi8>, tensor<2x1x1x1xf32>, tensor<2xf32>) -> tensor<2x1x2xf32>
  %w1 = lle.weight dense<[[[[1.0]], [[2.0]]]]> : tensor<1x2x1x1xf32>
  %b1 = lle.weight dense<0.0> : tensor<1xf32>
  %y = lle.conv2d %h, %w1, %b1 {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "valid", stride = array<i64:
      1, 1>}
    : (tensor<2x1x2xf32>, tensor<1x2x1x1xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
  lle.output %y : tensor<1x1x2xf32>
}

func.func @convolution_of_a_convolution() {
  %i = check.instantiate @chain
  %n = arith.constant dense<[[[1, -3]]]> : tensor<1x1x2xsi8>
  %y = check.step %i(%n) : (tensor<1x1x2xsi8>) -> tensor<1x1x2xf32>
  // 1 + 2 (10 + 1/2); -3 + 2 (-30 + 1/2)
  check.expect_eq %y dense<[[[22.0, -62.0]]]> : tensor<1x1x2xf32>
  return
}
