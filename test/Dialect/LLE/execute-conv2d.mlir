// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Explicit padding on a 3 x 3 image, stride 2: y[h, w] = bias + sum of the kernel's products at (2 h - 1, 2 w - 1).
lle.network @stride(%x: tensor<1x3x3xf32>) -> tensor<1x2x2xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[[1.0, 2.0], [4.0, 8.0]]]]> : tensor<1x1x2x2xf32>
  %b = lle.weight dense<0.5> : tensor<1xf32>
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 1, 1>, stride = array<i64: 2, 2>}
    : (tensor<1x3x3xf32>, tensor<1x1x2x2xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  lle.output %y : tensor<1x2x2xf32>
}

func.func @stride_and_padding() {
  %i = check.instantiate @stride
  %x = arith.constant dense<[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]]> : tensor<1x3x3xf32>
  %y = check.step %i(%x) : (tensor<1x3x3xf32>) -> tensor<1x2x2xf32>
  // 8*1; 4*2 + 8*3; 2*4 + 8*7; 1*5 + 2*6 + 4*8 + 8*9
  check.expect_eq %y dense<[[[8.5, 32.5], [64.5, 121.5]]]> : tensor<1x2x2xf32>
  return
}

// "same" with an even kernel pads one row and column, after the image; "valid" pads none.
lle.network @words(%x: tensor<1x2x2xi1>) -> (tensor<1x2x2xf32>, tensor<1x1x1xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[[1.0, 2.0], [4.0, 8.0]]]]> : tensor<1x1x2x2xf32>
  %b = lle.weight dense<0.0> : tensor<1xf32>
  %same = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
    : (tensor<1x2x2xi1>, tensor<1x1x2x2xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  %valid = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "valid", stride = array<i64: 1, 1>}
    : (tensor<1x2x2xi1>, tensor<1x1x2x2xf32>, tensor<1xf32>) -> tensor<1x1x1xf32>
  lle.output %same, %valid : tensor<1x2x2xf32>, tensor<1x1x1xf32>
}

func.func @same_and_valid() {
  %i = check.instantiate @words
  %x = arith.constant dense<[[[1, 0], [1, 1]]]> : tensor<1x2x2xi1>
  %y:2 = check.step %i(%x) : (tensor<1x2x2xi1>) -> (tensor<1x2x2xf32>, tensor<1x1x1xf32>)
  // 1 + 4 + 8; 4 (the spike below); 1 + 2; 1
  check.expect_eq %y#0 dense<[[[13.0, 4.0], [3.0, 1.0]]]> : tensor<1x2x2xf32>
  check.expect_eq %y#1 dense<13.0> : tensor<1x1x1xf32>
  return
}

// Dilation reads every second pixel; with two groups each output sees one input channel.
lle.network @groups(%x: tensor<2x1x3xf32>) -> tensor<2x1x1xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[[1.0, 2.0]]], [[[4.0, 8.0]]]]> : tensor<2x1x1x2xf32>
  %b = lle.weight dense<[0.0, 0.5]> : tensor<2xf32>
  %y = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 2>, groups = 2 : i64, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<2x1x3xf32>, tensor<2x1x1x2xf32>, tensor<2xf32>) -> tensor<2x1x1xf32>
  lle.output %y : tensor<2x1x1xf32>
}

func.func @dilation_and_groups() {
  %i = check.instantiate @groups
  %x = arith.constant dense<[[[1.0, 10.0, 2.0]], [[3.0, 10.0, 4.0]]]> : tensor<2x1x3xf32>
  %y = check.step %i(%x) : (tensor<2x1x3xf32>) -> tensor<2x1x1xf32>
  // 1*1 + 2*2; 4*3 + 8*4 + 1/2
  check.expect_eq %y dense<[[[5.0]], [[44.5]]]> : tensor<2x1x1xf32>
  return
}
