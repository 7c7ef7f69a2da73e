// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// The same spikes through convolutions by event and by element: stride above dilation, dilation above stride, both with
// a common divisor, so that every other input meets no tap, and a kernel of so many taps that they are a loop.
!spikes = tensor<1x5x5xi1>
lle.network @kernels(%x: !spikes) -> (
    tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1x3x3xf32>,
    tensor<1x3x3xf32>, tensor<1x5x5xf32>, tensor<1x5x5xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[[1.0, 2.0], [4.0, 8.0]]]]> : tensor<1x1x2x2xf32>
  %b = lle.weight dense<0.5> : tensor<1xf32>
  %many = lle.weight dense<1.0> : tensor<1x1x13x13xf32>
  %none = lle.weight dense<0.0> : tensor<1xf32>
  %stride_event = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, lle.synapse = "event",
      padding = array<i64: 0, 0>, stride = array<i64: 3, 3>}
    : (!spikes, tensor<1x1x2x2xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  %stride_dense = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, lle.synapse = "dense",
      padding = array<i64: 0, 0>, stride = array<i64: 3, 3>}
    : (!spikes, tensor<1x1x2x2xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  %dilation_event = lle.conv2d %x, %w, %b {dilation = array<i64: 3, 3>, groups = 1 : i64, lle.synapse = "event",
      padding = array<i64: 1, 1>, stride = array<i64: 2, 2>}
    : (!spikes, tensor<1x1x2x2xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  %dilation_dense = lle.conv2d %x, %w, %b {dilation = array<i64: 3, 3>, groups = 1 : i64, lle.synapse = "dense",
      padding = array<i64: 1, 1>, stride = array<i64: 2, 2>}
    : (!spikes, tensor<1x1x2x2xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  %divisor_event = lle.conv2d %x, %w, %b {dilation = array<i64: 2, 2>, groups = 1 : i64, lle.synapse = "event",
      padding = array<i64: 1, 1>, stride = array<i64: 2, 2>}
    : (!spikes, tensor<1x1x2x2xf32>, tensor<1xf32>) -> tensor<1x3x3xf32>
  %divisor_dense = lle.conv2d %x, %w, %b {dilation = array<i64: 2, 2>, groups = 1 : i64, lle.synapse = "dense",
      padding = array<i64: 1, 1>, stride = array<i64: 2, 2>}
    : (!spikes, tensor<1x1x2x2xf32>, tensor<1xf32>) -> tensor<1x3x3xf32>
  %large_event = lle.conv2d %x, %many, %none {dilation = array<i64: 1, 1>, groups = 1 : i64, lle.synapse = "event",
      padding = array<i64: 6, 6>, stride = array<i64: 1, 1>}
    : (!spikes, tensor<1x1x13x13xf32>, tensor<1xf32>) -> tensor<1x5x5xf32>
  %large_dense = lle.conv2d %x, %many, %none {dilation = array<i64: 1, 1>, groups = 1 : i64, lle.synapse = "dense",
      padding = array<i64: 6, 6>, stride = array<i64: 1, 1>}
    : (!spikes, tensor<1x1x13x13xf32>, tensor<1xf32>) -> tensor<1x5x5xf32>
  lle.output %stride_event, %stride_dense, %dilation_event, %dilation_dense, %divisor_event, %divisor_dense,
      %large_event, %large_dense :
      tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1x3x3xf32>,
      tensor<1x3x3xf32>, tensor<1x5x5xf32>, tensor<1x5x5xf32>
}

func.func @both_kernels_agree() {
  %i = check.instantiate @kernels
  %x = arith.constant dense<[[[1, 0, 1, 1, 0], [0, 1, 0, 0, 1], [1, 1, 0, 1, 0], [0, 0, 1, 0, 1], [1, 0, 0, 1, 1]]]> : !spikes
  %y:8 = check.step %i(%x) : (!spikes) -> (
    tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1x3x3xf32>,
    tensor<1x3x3xf32>, tensor<1x5x5xf32>, tensor<1x5x5xf32>)
  check.expect_eq %y#0 dense<[[[9.5, 9.5], [4.5, 14.5]]]> : tensor<1x2x2xf32>
  check.expect_eq %y#1 dense<[[[9.5, 9.5], [4.5, 14.5]]]> : tensor<1x2x2xf32>
  check.expect_eq %y#2 dense<[[[0.5, 4.5], [0.5, 11.5]]]> : tensor<1x2x2xf32>
  check.expect_eq %y#3 dense<[[[0.5, 4.5], [0.5, 11.5]]]> : tensor<1x2x2xf32>
  check.expect_eq %y#4 dense<[[[8.5, 4.5, 0.5], [2.5, 1.5, 0.5], [0.5, 0.5, 0.5]]]> : tensor<1x3x3xf32>
  check.expect_eq %y#5 dense<[[[8.5, 4.5, 0.5], [2.5, 1.5, 0.5], [0.5, 0.5, 0.5]]]> : tensor<1x3x3xf32>
  check.expect_eq %y#6 dense<[[[13.0, 13.0, 13.0, 13.0, 13.0], [13.0, 13.0, 13.0, 13.0, 13.0], [13.0, 13.0, 13.0, 13.0, 13.0], [13.0, 13.0, 13.0, 13.0, 13.0], [13.0, 13.0, 13.0, 13.0, 13.0]]]> : tensor<1x5x5xf32>
  check.expect_eq %y#7 dense<[[[13.0, 13.0, 13.0, 13.0, 13.0], [13.0, 13.0, 13.0, 13.0, 13.0], [13.0, 13.0, 13.0, 13.0, 13.0], [13.0, 13.0, 13.0, 13.0, 13.0], [13.0, 13.0, 13.0, 13.0, 13.0]]]> : tensor<1x5x5xf32>
  return
}

// Vectors of a depthwise convolution run over channels in the input too; 18 are a register and a part of one.
lle.network @depthwise(%x: tensor<18x2x5xf32>) -> (tensor<18x3x2xf32>, tensor<18x3x2xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[[-1.0, 1.0], [1.0, -1.0]]], [[[-2.0, 1.0], [-3.0, 1.0]]], [[[2.0, 1.0], [-3.0, 0.0]]], [[[-1.0, 0.0], [1.0, -2.0]]], [[[-3.0, 0.0], [1.0, -3.0]]], [[[3.0, 0.0], [3.0, 0.0]]], [[[2.0, 2.0], [0.0, -1.0]]], [[[1.0, -3.0], [1.0, 0.0]]], [[[-2.0, -2.0], [-3.0, 2.0]]], [[[1.0, -1.0], [3.0, -1.0]]], [[[-1.0, 3.0], [-3.0, -1.0]]], [[[-3.0, -1.0], [2.0, -1.0]]], [[[0.0, 0.0], [-3.0, -3.0]]], [[[-1.0, 0.0], [-3.0, 3.0]]], [[[2.0, 0.0], [2.0, 2.0]]], [[[-3.0, 3.0], [-3.0, 2.0]]], [[[2.0, 2.0], [-3.0, 2.0]]], [[[3.0, 2.0], [1.0, -2.0]]]]> : tensor<18x1x2x2xf32>
  %b = lle.weight dense<[0.0, 1.0, 2.0, 3.0, 0.0, 1.0, 2.0, 3.0, 0.0, 1.0, 2.0, 3.0, 0.0, 1.0, 2.0, 3.0, 0.0, 1.0]> : tensor<18xf32>
  %dense = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 18 : i64, lle.synapse = "dense",
      padding = array<i64: 1, 0>, stride = array<i64: 1, 2>}
    : (tensor<18x2x5xf32>, tensor<18x1x2x2xf32>, tensor<18xf32>) -> tensor<18x3x2xf32>
  %event = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 18 : i64, lle.synapse = "event",
      padding = array<i64: 1, 0>, stride = array<i64: 1, 2>}
    : (tensor<18x2x5xf32>, tensor<18x1x2x2xf32>, tensor<18xf32>) -> tensor<18x3x2xf32>
  lle.output %dense, %event : tensor<18x3x2xf32>, tensor<18x3x2xf32>
}

func.func @depthwise_kernels_agree() {
  %i = check.instantiate @depthwise
  %x = arith.constant dense<[[[2.0, -2.0, -2.0, -1.0, -2.0], [2.0, 2.0, 0.0, -2.0, -2.0]], [[-1.0, 0.0, 1.0, 0.0, -1.0], [-2.0, 1.0, 1.0, -2.0, -2.0]], [[0.0, -1.0, 2.0, 0.0, 0.0], [0.0, 1.0, 0.0, -2.0, 1.0]], [[1.0, 2.0, 1.0, -1.0, -1.0], [1.0, 1.0, 1.0, 2.0, -1.0]], [[2.0, -2.0, -2.0, 2.0, 2.0], [-1.0, -2.0, -1.0, -2.0, 2.0]], [[1.0, 0.0, -1.0, 0.0, -2.0], [1.0, 0.0, -2.0, -1.0, 1.0]], [[0.0, -1.0, -1.0, -2.0, 1.0], [1.0, 0.0, 2.0, 2.0, -1.0]], [[1.0, 1.0, -1.0, -1.0, 0.0], [1.0, -1.0, 1.0, 1.0, -1.0]], [[-1.0, 2.0, 2.0, 1.0, -2.0], [1.0, -1.0, 2.0, 2.0, 0.0]], [[2.0, 1.0, -1.0, 2.0, -1.0], [-2.0, 0.0, 2.0, 1.0, -1.0]], [[2.0, 0.0, -1.0, -2.0, -1.0], [1.0, 1.0, -1.0, 1.0, 2.0]], [[-2.0, -1.0, 0.0, 0.0, -1.0], [-1.0, -2.0, 1.0, 2.0, -2.0]], [[1.0, -2.0, -2.0, 1.0, -2.0], [1.0, -1.0, 0.0, 2.0, 2.0]], [[0.0, -1.0, -1.0, 2.0, 0.0], [-2.0, 2.0, 2.0, 2.0, 1.0]], [[2.0, 1.0, 0.0, 2.0, 1.0], [1.0, -1.0, 1.0, 2.0, -2.0]], [[0.0, -1.0, -2.0, -2.0, -1.0], [-2.0, 1.0, -1.0, 1.0, 2.0]], [[0.0, -2.0, -2.0, -1.0, 0.0], [0.0, -1.0, 2.0, 0.0, 2.0]], [[2.0, 1.0, -2.0, -1.0, 1.0], [0.0, 2.0, 1.0, 2.0, -2.0]]]> : tensor<18x2x5xf32>
  %y:2 = check.step %i(%x) : (tensor<18x2x5xf32>) -> (tensor<18x3x2xf32>, tensor<18x3x2xf32>)
  check.expect_eq %y#0 dense<[[[4.0, -1.0], [-4.0, 3.0], [0.0, -2.0]], [[4.0, -2.0], [10.0, -6.0], [6.0, -3.0]], [[2.0, -4.0], [1.0, 6.0], [3.0, 0.0]], [[0.0, 6.0], [1.0, -1.0], [2.0, 2.0]], [[8.0, -8.0], [-1.0, 11.0], [3.0, 3.0]], [[4.0, -2.0], [7.0, -8.0], [4.0, -5.0]], [[3.0, 4.0], [0.0, -6.0], [4.0, 10.0]], [[4.0, 2.0], [2.0, 6.0], [7.0, 1.0]], [[7.0, -4.0], [-7.0, -8.0], [0.0, -8.0]], [[6.0, -4.0], [-4.0, 3.0], [-1.0, 2.0]], [[-4.0, 7.0], [-4.0, -1.0], [4.0, 6.0]], [[0.0, 3.0], [10.0, 3.0], [8.0, -2.0]], [[3.0, 3.0], [0.0, -6.0], [0.0, 0.0]], [[-2.0, 10.0], [13.0, 2.0], [3.0, -1.0]], [[8.0, 6.0], [6.0, 8.0], [4.0, 4.0]], [[1.0, 5.0], [8.0, 8.0], [12.0, 9.0]], [[-4.0, 4.0], [-6.0, -12.0], [-2.0, 4.0]], [[1.0, 1.0], [5.0, -10.0], [5.0, 8.0]]]> : tensor<18x3x2xf32>
  check.expect_eq %y#1 dense<[[[4.0, -1.0], [-4.0, 3.0], [0.0, -2.0]], [[4.0, -2.0], [10.0, -6.0], [6.0, -3.0]], [[2.0, -4.0], [1.0, 6.0], [3.0, 0.0]], [[0.0, 6.0], [1.0, -1.0], [2.0, 2.0]], [[8.0, -8.0], [-1.0, 11.0], [3.0, 3.0]], [[4.0, -2.0], [7.0, -8.0], [4.0, -5.0]], [[3.0, 4.0], [0.0, -6.0], [4.0, 10.0]], [[4.0, 2.0], [2.0, 6.0], [7.0, 1.0]], [[7.0, -4.0], [-7.0, -8.0], [0.0, -8.0]], [[6.0, -4.0], [-4.0, 3.0], [-1.0, 2.0]], [[-4.0, 7.0], [-4.0, -1.0], [4.0, 6.0]], [[0.0, 3.0], [10.0, 3.0], [8.0, -2.0]], [[3.0, 3.0], [0.0, -6.0], [0.0, 0.0]], [[-2.0, 10.0], [13.0, 2.0], [3.0, -1.0]], [[8.0, 6.0], [6.0, 8.0], [4.0, 4.0]], [[1.0, 5.0], [8.0, 8.0], [12.0, 9.0]], [[-4.0, 4.0], [-6.0, -12.0], [-2.0, 4.0]], [[1.0, 1.0], [5.0, -10.0], [5.0, 8.0]]]> : tensor<18x3x2xf32>
  return
}

// With stride 2 an odd position meets one tap of three: an infinite number there reaches one output, and no neighbour
// through a tap that the kernel lacks.
lle.network @infinite(%x: tensor<1x1x5xf32>) -> (tensor<1x1x2xf32>, tensor<1x1x2xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[[1.0, 2.0, 4.0]]]]> : tensor<1x1x1x3xf32>
  %b = lle.weight dense<0.0> : tensor<1xf32>
  %dense = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, lle.synapse = "dense",
      padding = array<i64: 0, 0>, stride = array<i64: 1, 2>}
    : (tensor<1x1x5xf32>, tensor<1x1x1x3xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
  %event = lle.conv2d %x, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, lle.synapse = "event",
      padding = array<i64: 0, 0>, stride = array<i64: 1, 2>}
    : (tensor<1x1x5xf32>, tensor<1x1x1x3xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
  lle.output %dense, %event : tensor<1x1x2xf32>, tensor<1x1x2xf32>
}

func.func @infinity_stays_where_it_is() {
  %i = check.instantiate @infinite
  %x = arith.constant dense<[[[1.0, 1.0, 1.0, 0x7F800000, 1.0]]]> : tensor<1x1x5xf32>
  %y:2 = check.step %i(%x) : (tensor<1x1x5xf32>) -> (tensor<1x1x2xf32>, tensor<1x1x2xf32>)
  check.expect_eq %y#0 dense<[[[7.0, 0x7F800000]]]> : tensor<1x1x2xf32>
  check.expect_eq %y#1 dense<[[[7.0, 0x7F800000]]]> : tensor<1x1x2xf32>
  return
}
