// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// k = 1 - 1/2 3/4 = 5/8, g = 1 - 1/2 1/2 = 3/4 and then 1 - 1/2 = 1/2; what is lost is 1/16, after a spike 5/16 v and 1/4.
lle.network @layer(%x: tensor<3xf32>) -> tensor<3xi1> attributes {dt = 1.0 : f64} {
  %z = spk.glif "n" %x ge {alpha = dense<0.5> : tensor<3xf32>, beta = dense<0.5> : tensor<3xf32>,
    conductance = dense<[0.5, 0.0]> : tensor<2xf32>, gamma = dense<0.5> : tensor<3xf32>,
    linear_decay = dense<0.125> : tensor<3xf32>, tau = dense<0.25> : tensor<3xf32>,
    v_subreset = dense<0.5> : tensor<3xf32>, v_threshold = dense<[1.4375, 0.6875, 3.0]> : tensor<3xf32>}
    : tensor<3xf32> -> tensor<3xi1>
  lle.output %z : tensor<3xi1>
}

func.func @gates() {
  %i = check.instantiate @layer
  %x = arith.constant dense<[2.0, 1.0, -1.0]> : tensor<3xf32>
  %a = check.step %i(%x) : (tensor<3xf32>) -> tensor<3xi1>
  check.expect_eq %a dense<[1, 1, 0]> : tensor<3xi1>
  %v1 = check.state %i "n" "v" : tensor<3xf32>
  check.expect_eq %v1 dense<[1.4375, 0.6875, -0.8125]> : tensor<3xf32>
  // u = 5/8 v - 1/16 + x/2: 1.8359375, 0.8671875 and -1.0703125.
  %b = check.step %i(%x) : (tensor<3xf32>) -> tensor<3xi1>
  check.expect_eq %b dense<0> : tensor<3xi1>
  %v2 = check.state %i "n" "v" : tensor<3xf32>
  check.expect_eq %v2 dense<[1.13671875, 0.40234375, -1.0703125]> : tensor<3xf32>
  // The last conductance stays: 5/8 v - 1/16 + 1, without a reset.
  %c = check.step %i(%x) : (tensor<3xf32>) -> tensor<3xi1>
  check.expect_eq %c dense<[1, 1, 0]> : tensor<3xi1>
  %v3 = check.state %i "n" "v" : tensor<3xf32>
  check.expect_eq %v3 dense<[1.64794921875, 0.68896484375, -1.2314453125]> : tensor<3xf32>
  %t = check.state %i "n" "t" : tensor<1xsi32>
  check.expect_eq %t dense<1> : tensor<1xsi32>
  return
}

// A feature map whose channels have their own gates and conductances, as trained by channel; 0 and 1 take one side.
lle.network @channels(%x: tensor<2x1x2xf32>) -> tensor<2x1x2xi1> attributes {dt = 1.0 : f64} {
  %z = spk.glif "n" %x gt {alpha = dense<[[[1.0, 1.0]], [[0.0, 0.0]]]> : tensor<2x1x2xf32>,
    beta = dense<[[[1.0, 1.0]], [[0.0, 0.0]]]> : tensor<2x1x2xf32>,
    conductance = dense<[[[[0.5, 0.5]], [[7.0, 7.0]]], [[[2.0, 2.0]], [[7.0, 7.0]]]]> : tensor<2x2x1x2xf32>,
    gamma = dense<[[[1.0, 1.0]], [[0.0, 0.0]]]> : tensor<2x1x2xf32>,
    linear_decay = dense<0.25> : tensor<2x1x2xf32>, tau = dense<0.5> : tensor<2x1x2xf32>,
    v_subreset = dense<1.0> : tensor<2x1x2xf32>, v_threshold = dense<1.0> : tensor<2x1x2xf32>}
    : tensor<2x1x2xf32> -> tensor<2x1x2xi1>
  lle.output %z : tensor<2x1x2xi1>
}

func.func @sides() {
  %i = check.instantiate @channels
  %x = arith.constant dense<[[[1.0, 4.0]], [[1.0, 1.5]]]> : tensor<2x1x2xf32>
  %a = check.step %i(%x) : (tensor<2x1x2xf32>) -> tensor<2x1x2xi1>
  check.expect_eq %a dense<[[[0, 1]], [[0, 1]]]> : tensor<2x1x2xi1>
  %v1 = check.state %i "n" "v" : tensor<2x1x2xf32>
  check.expect_eq %v1 dense<[[[0.5, 2.0]], [[0.75, 1.25]]]> : tensor<2x1x2xf32>
  // v/2 + 2 x, of which the second forgets v; v - 1/4 + x, of which the second subtracts 1.
  %b = check.step %i(%x) : (tensor<2x1x2xf32>) -> tensor<2x1x2xi1>
  %v2 = check.state %i "n" "v" : tensor<2x1x2xf32>
  check.expect_eq %v2 dense<[[[2.25, 8.0]], [[1.5, 1.5]]]> : tensor<2x1x2xf32>
  check.expect_eq %b dense<1> : tensor<2x1x2xi1>
  return
}
