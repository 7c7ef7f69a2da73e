// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// y[l] = 1/2 + sum over k of 2^k x[l + k - 1], zero outside.
lle.network @padding(%x: tensor<1x4xf32>) -> tensor<1x4xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[1.0, 2.0, 4.0]]]> : tensor<1x1x3xf32>
  %b = lle.weight dense<0.5> : tensor<1xf32>
  %y = lle.conv1d %x, %w, %b {dilation = array<i64: 1>, groups = 1 : i64, padding = array<i64: 1>, stride = array<i64:
      1>}
    : (tensor<1x4xf32>, tensor<1x1x3xf32>, tensor<1xf32>) -> tensor<1x4xf32>
  lle.output %y : tensor<1x4xf32>
}

func.func @zeros_outside() {
  %i = check.instantiate @padding
  %x = arith.constant dense<[[1.0, 10.0, 100.0, 1000.0]]> : tensor<1x4xf32>
  %y = check.step %i(%x) : (tensor<1x4xf32>) -> tensor<1x4xf32>
  // 2*1 + 4*10; 1 + 2*10 + 4*100; 10 + 2*100 + 4*1000; 100 + 2*1000
  check.expect_eq %y dense<[[42.5, 421.5, 4210.5, 2100.5]]> : tensor<1x4xf32>
  return
}

// Stride 2 and dilation 2: y[l] = x[2 l - 1] + 2 x[2 l + 1].
lle.network @stride(%x: tensor<1x4xf64>) -> tensor<1x2xf64> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[1.0, 2.0]]]> : tensor<1x1x2xf64>
  %b = lle.weight dense<0.0> : tensor<1xf64>
  %y = lle.conv1d %x, %w, %b {dilation = array<i64: 2>, groups = 1 : i64, padding = array<i64: 1>, stride = array<i64:
      2>}
    : (tensor<1x4xf64>, tensor<1x1x2xf64>, tensor<1xf64>) -> tensor<1x2xf64>
  lle.output %y : tensor<1x2xf64>
}

func.func @stride_and_dilation() {
  %i = check.instantiate @stride
  %x = arith.constant dense<[[1.0, 10.0, 100.0, 1000.0]]> : tensor<1x4xf64>
  %y = check.step %i(%x) : (tensor<1x4xf64>) -> tensor<1x2xf64>
  // 2*10; 10 + 2*1000
  check.expect_eq %y dense<[[20.0, 2010.0]]> : tensor<1x2xf64>
  return
}

// "same" with an even kernel pads the smaller half before: nothing; dilation makes it 1 before and 1 after.
lle.network @same(%z: tensor<1x3xi1>) -> (tensor<1x3xf32>, tensor<1x3xf32>, tensor<1x2xf32>)
    attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[1.0, 2.0]]]> : tensor<1x1x2xf32>
  %b = lle.weight dense<0.0> : tensor<1xf32>
  %even = lle.conv1d %z, %w, %b {dilation = array<i64: 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1>}
    : (tensor<1x3xi1>, tensor<1x1x2xf32>, tensor<1xf32>) -> tensor<1x3xf32>
  %dilated = lle.conv1d %z, %w, %b {dilation = array<i64: 2>, groups = 1 : i64, padding = "same", stride = array<i64:
      1>}
    : (tensor<1x3xi1>, tensor<1x1x2xf32>, tensor<1xf32>) -> tensor<1x3xf32>
  %valid = lle.conv1d %z, %w, %b {dilation = array<i64: 1>, groups = 1 : i64, padding = "valid", stride = array<i64: 1>}
    : (tensor<1x3xi1>, tensor<1x1x2xf32>, tensor<1xf32>) -> tensor<1x2xf32>
  lle.output %even, %dilated, %valid : tensor<1x3xf32>, tensor<1x3xf32>, tensor<1x2xf32>
}

func.func @same_and_valid() {
  %i = check.instantiate @same
  %z = arith.constant dense<[[1, 0, 1]]> : tensor<1x3xi1>
  %y:3 = check.step %i(%z) : (tensor<1x3xi1>) -> (tensor<1x3xf32>, tensor<1x3xf32>, tensor<1x2xf32>)
  // x[l] + 2 x[l + 1]
  check.expect_eq %y#0 dense<[[1.0, 2.0, 1.0]]> : tensor<1x3xf32>
  // x[l - 1] + 2 x[l + 1]
  check.expect_eq %y#1 dense<[[0.0, 3.0, 0.0]]> : tensor<1x3xf32>
  check.expect_eq %y#2 dense<[[1.0, 2.0]]> : tensor<1x2xf32>
  return
}

// Two groups: outputs 0 and 1 see channel 0, outputs 2 and 3 see channel 1.
lle.network @groups(%x: tensor<2x2xf32>) -> tensor<4x2xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[1.0]], [[2.0]], [[4.0]], [[8.0]]]> : tensor<4x1x1xf32>
  %b = lle.weight dense<[0.0, 0.25, 0.5, 0.75]> : tensor<4xf32>
  %y = lle.conv1d %x, %w, %b {dilation = array<i64: 1>, groups = 2 : i64, padding = array<i64: 0>, stride = array<i64:
      1>}
    : (tensor<2x2xf32>, tensor<4x1x1xf32>, tensor<4xf32>) -> tensor<4x2xf32>
  lle.output %y : tensor<4x2xf32>
}

func.func @depthwise() {
  %i = check.instantiate @groups
  %x = arith.constant dense<[[1.0, 3.0], [5.0, 7.0]]> : tensor<2x2xf32>
  %y = check.step %i(%x) : (tensor<2x2xf32>) -> tensor<4x2xf32>
  check.expect_eq %y dense<[[1.0, 3.0], [2.25, 6.25], [20.5, 28.5], [40.75, 56.75]]> : tensor<4x2xf32>
  return
}
