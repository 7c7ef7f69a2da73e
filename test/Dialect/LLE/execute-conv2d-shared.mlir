// Two populations of as many spikes, and two dense convolutions of the first one with the second population between them:
// the buffer of spikes is still read when the second population fires.
//
// RUN: %check-reference
// RUN: %check-native
lle.network @net(%x: tensor<1x2x2xf32>, %y: tensor<1x2x2xf32>) -> (tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1x2x2xf32>) attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[[[1.0, 2.0]]]]> : tensor<1x1x1x2xf32>
  %v = lle.weight dense<[[[[1.0], [4.0]]]]> : tensor<1x1x2x1xf32>
  %b = lle.weight dense<0.0> : tensor<1xf32>
  %s = spk.if "first" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 100>
    {v_init = dense<0.0> : tensor<1x2x2xf32>, v_threshold = dense<1.0> : tensor<1x2x2xf32>} : tensor<1x2x2xf32> -> tensor<1x2x2xsi16>
  %c = lle.conv2d %s, %w, %b {lle.synapse = "dense", dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>} : (tensor<1x2x2xsi16>, tensor<1x1x1x2xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  %t = spk.if "second" %y dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 100>
    {v_init = dense<0.0> : tensor<1x2x2xf32>, v_threshold = dense<1.0> : tensor<1x2x2xf32>} : tensor<1x2x2xf32> -> tensor<1x2x2xsi16>
  %d = lle.conv2d %s, %v, %b {lle.synapse = "dense", dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>} : (tensor<1x2x2xsi16>, tensor<1x1x2x1xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  %e = lle.conv2d %t, %w, %b {lle.synapse = "dense", dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same", stride = array<i64: 1, 1>} : (tensor<1x2x2xsi16>, tensor<1x1x1x2xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  lle.output %c, %d, %e : tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1x2x2xf32>
}

func.func @test() {
  %n = check.instantiate @net
  %x = arith.constant dense<[[[1.0, 2.0], [3.0, 4.0]]]> : tensor<1x2x2xf32>
  %y = arith.constant dense<[[[50.0, 60.0], [70.0, 80.0]]]> : tensor<1x2x2xf32>
  %c, %d, %e = check.step %n(%x, %y) : (tensor<1x2x2xf32>, tensor<1x2x2xf32>) -> (tensor<1x2x2xf32>, tensor<1x2x2xf32>, tensor<1x2x2xf32>)
  check.expect_eq %c dense<[[[5.0, 2.0], [11.0, 4.0]]]> : tensor<1x2x2xf32>
  check.expect_eq %d dense<[[[13.0, 18.0], [3.0, 4.0]]]> : tensor<1x2x2xf32>
  check.expect_eq %e dense<[[[170.0, 60.0], [230.0, 80.0]]]> : tensor<1x2x2xf32>
  return
}
