// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Channels are the first dimension of tokens and of feature maps, or the last. Here a = (2, 1/2) and c = (-1, 3).
lle.network @channels(%x: tensor<2x3xf32>, %y: tensor<3x2xf64>, %z: tensor<2xi1>)
    -> (tensor<2x3xf32>, tensor<3x2xf64>, tensor<2xf32>) attributes {dt = 1.0 : f64} {
  %a = lle.batch_norm %x {channel_dim = 0 : i64, epsilon = 2.500000e-01 : f64, mean = dense<[1.0, -2.0]> : tensor<2xf32>,
      scale = dense<[4.0, 0.5]> : tensor<2xf64>, shift = dense<[1.0, 2.0]> : tensor<2xf32>,
      variance = dense<[3.75, 0.75]> : tensor<2xf32>} : (tensor<2x3xf32>) -> tensor<2x3xf32>
  %b = lle.batch_norm %y {channel_dim = 1 : i64, epsilon = 2.500000e-01 : f64, mean = dense<[1.0, -2.0]> : tensor<2xf32>,
      scale = dense<[4.0, 0.5]> : tensor<2xf64>, shift = dense<[1.0, 2.0]> : tensor<2xf32>,
      variance = dense<[3.75, 0.75]> : tensor<2xf32>} : (tensor<3x2xf64>) -> tensor<3x2xf64>
  // Without scale and shift.
  %c = lle.batch_norm %z {channel_dim = 0 : i64, epsilon = 0.000000e+00 : f64, mean = dense<[0.5, 0.0]> : tensor<2xf32>,
      name = "bn", variance = dense<[0.25, 4.0]> : tensor<2xf32>} : (tensor<2xi1>) -> tensor<2xf32>
  lle.output %a, %b, %c : tensor<2x3xf32>, tensor<3x2xf64>, tensor<2xf32>
}

func.func @each_channel() {
  %i = check.instantiate @channels
  %x = arith.constant dense<[[0.0, 1.0, 2.0], [0.0, 1.0, 2.0]]> : tensor<2x3xf32>
  %y = arith.constant dense<[[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]> : tensor<3x2xf64>
  %z = arith.constant dense<[1, 1]> : tensor<2xi1>
  %r:3 = check.step %i(%x, %y, %z) : (tensor<2x3xf32>, tensor<3x2xf64>, tensor<2xi1>)
      -> (tensor<2x3xf32>, tensor<3x2xf64>, tensor<2xf32>)
  check.expect_eq %r#0 dense<[[-1.0, 1.0, 3.0], [3.0, 3.5, 4.0]]> : tensor<2x3xf32>
  check.expect_eq %r#1 dense<[[-1.0, 3.0], [1.0, 3.5], [3.0, 4.0]]> : tensor<3x2xf64>
  check.expect_eq %r#2 dense<[1.0, 0.5]> : tensor<2xf32>
  return
}

// After a pooling, whose result is stored channels last, where there is no synapse to be part of.
lle.network @pooled(%x: tensor<2x2x2xf32>) -> (tensor<2x1x2xf32>, tensor<2x1x2xf32>) attributes {dt = 1.0 : f64} {
  %p = lle.sum_pool2d %x {kernel = array<i64: 2, 1>, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<2x2x2xf32>) -> tensor<2x1x2xf32>
  %a = lle.batch_norm %p {channel_dim = 0 : i64, epsilon = 0.000000e+00 : f64, mean = dense<[1.0, 2.0]> : tensor<2xf32>,
      variance = dense<[1.0, 4.0]> : tensor<2xf32>} : (tensor<2x1x2xf32>) -> tensor<2x1x2xf32>
  %b = lle.batch_norm %p {channel_dim = 2 : i64, epsilon = 0.000000e+00 : f64, mean = dense<[1.0, 2.0]> : tensor<2xf32>,
      variance = dense<[1.0, 4.0]> : tensor<2xf32>} : (tensor<2x1x2xf32>) -> tensor<2x1x2xf32>
  lle.output %a, %b : tensor<2x1x2xf32>, tensor<2x1x2xf32>
}

func.func @after_a_pooling() {
  %i = check.instantiate @pooled
  %x = arith.constant dense<[[[1.0, 2.0], [4.0, 8.0]], [[16.0, 32.0], [64.0, 128.0]]]> : tensor<2x2x2xf32>
  %y:2 = check.step %i(%x) : (tensor<2x2x2xf32>) -> (tensor<2x1x2xf32>, tensor<2x1x2xf32>)
  check.expect_eq %y#0 dense<[[[4.0, 9.0]], [[39.0, 79.0]]]> : tensor<2x1x2xf32>
  check.expect_eq %y#1 dense<[[[4.0, 4.0]], [[79.0, 79.0]]]> : tensor<2x1x2xf32>
  return
}

// Behind each kind of synapse; native code folds it into the weights, here without rounding.
lle.network @synapses(%x: tensor<2xf32>, %m: tensor<1x2x2xf32>, %t: tensor<2x2xi1>)
    -> (tensor<2xf32>, tensor<2xf32>, tensor<1x2x2xf32>, tensor<1x2xf32>) attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %b = lle.weight dense<[1.0, -1.0]> : tensor<2xf32>
  %w8 = lle.weight dense<[[[[3]]]]> : tensor<1x1x1x1xi8>
  %w1 = lle.weight dense<[[[1.0], [2.0]]]> : tensor<1x2x1xf32>
  %b1 = lle.weight dense<[0.5]> : tensor<1xf32>
  %l = lle.linear %x, %w : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  %ln = lle.batch_norm %l {channel_dim = 0 : i64, epsilon = 0.000000e+00 : f64, mean = dense<[1.0, -2.0]> : tensor<2xf32>,
      variance = dense<[4.0, 0.25]> : tensor<2xf32>} : (tensor<2xf32>) -> tensor<2xf32>
  %a = lle.affine %x, %w, %b : (tensor<2xf32>, tensor<2x2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %an = lle.batch_norm %a {channel_dim = 0 : i64, epsilon = 0.000000e+00 : f64, mean = dense<[1.0, -2.0]> : tensor<2xf32>,
      variance = dense<[4.0, 0.25]> : tensor<2xf32>} : (tensor<2xf32>) -> tensor<2xf32>
  %c = lle.conv2d %m, %w8, %b1 {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>}
    : (tensor<1x2x2xf32>, tensor<1x1x1x1xi8>, tensor<1xf32>) -> tensor<1x2x2xf32>
  %cn = lle.batch_norm %c {channel_dim = 0 : i64, epsilon = 0.000000e+00 : f64, mean = dense<[0.5]> : tensor<1xf32>,
      variance = dense<[16.0]> : tensor<1xf32>} : (tensor<1x2x2xf32>) -> tensor<1x2x2xf32>
  %d = lle.conv1d %t, %w1, %b1 {dilation = array<i64: 1>, groups = 1 : i64, padding = array<i64: 0>, stride = array<i64: 1>}
    : (tensor<2x2xi1>, tensor<1x2x1xf32>, tensor<1xf32>) -> tensor<1x2xf32>
  %dn = lle.batch_norm %d {channel_dim = 0 : i64, epsilon = 0.000000e+00 : f64, mean = dense<[-0.5]> : tensor<1xf32>,
      variance = dense<[0.25]> : tensor<1xf32>} : (tensor<1x2xf32>) -> tensor<1x2xf32>
  lle.output %ln, %an, %cn, %dn : tensor<2xf32>, tensor<2xf32>, tensor<1x2x2xf32>, tensor<1x2xf32>
}

func.func @behind_synapses() {
  %i = check.instantiate @synapses
  %x = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %m = arith.constant dense<[[[1.0, 2.0], [3.0, 4.0]]]> : tensor<1x2x2xf32>
  %t = arith.constant dense<[[1, 0], [1, 1]]> : tensor<2x2xi1>
  %y:4 = check.step %i(%x, %m, %t) : (tensor<2xf32>, tensor<1x2x2xf32>, tensor<2x2xi1>)
      -> (tensor<2xf32>, tensor<2xf32>, tensor<1x2x2xf32>, tensor<1x2xf32>)
  check.expect_eq %y#0 dense<[2.0, 26.0]> : tensor<2xf32>
  check.expect_eq %y#1 dense<[2.5, 24.0]> : tensor<2xf32>
  check.expect_eq %y#2 dense<[[[0.75, 1.5], [2.25, 3.0]]]> : tensor<1x2x2xf32>
  check.expect_eq %y#3 dense<[[8.0, 6.0]]> : tensor<1x2xf32>
  return
}
