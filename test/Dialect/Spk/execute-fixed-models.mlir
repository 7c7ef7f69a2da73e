// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Two bits of message and one of state: thresholds are 2 << 3 = 16, results are halves rounded down.
lle.network @delta(%x: tensor<3xsi32>) -> (tensor<3xsi32>, tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  %plain = spk.fixed_delta "plain" %x loihi {cum_error = false, spike_exp = 2 : i64, state_exp = 1 : i64,
    v_threshold = dense<[2, 0, 4]> : tensor<3xi32>} : tensor<3xsi32>
  %cumulative = spk.fixed_delta "cumulative" %x loihi {cum_error = true, spike_exp = 2 : i64, state_exp = 1 : i64,
    v_threshold = dense<2> : tensor<3xi32>} : tensor<3xsi32>
  lle.output %plain, %cumulative : tensor<3xsi32>, tensor<3xsi32>
}

func.func @changes() {
  %i = check.instantiate @delta
  %x1 = arith.constant dense<[1, -3, 3]> : tensor<3xsi32>
  %x2 = arith.constant dense<[2, -3, 5]> : tensor<3xsi32>
  // d = 8, -24, 24: below 16, at least 0, below 32.
  %a:2 = check.step %i(%x1) : (tensor<3xsi32>) -> (tensor<3xsi32>, tensor<3xsi32>)
  check.expect_eq %a#0 dense<[0, -12, 0]> : tensor<3xsi32>
  check.expect_eq %a#1 dense<[0, -12, 12]> : tensor<3xsi32>
  // d = 8 + 8, 0, 16 + 24; the error is 8 + 16, 0, 16.
  %b:2 = check.step %i(%x2) : (tensor<3xsi32>) -> (tensor<3xsi32>, tensor<3xsi32>)
  check.expect_eq %b#0 dense<[8, 0, 20]> : tensor<3xsi32>
  check.expect_eq %b#1 dense<[8, 0, 8]> : tensor<3xsi32>
  %act = check.state %i "plain" "act" : tensor<3xsi32>
  check.expect_eq %act dense<[16, -24, 40]> : tensor<3xsi32>
  %residue = check.state %i "plain" "residue" : tensor<3xsi32>
  check.expect_eq %residue dense<0> : tensor<3xsi32>
  %error = check.state %i "cumulative" "error" : tensor<3xsi32>
  check.expect_eq %error dense<0> : tensor<3xsi32>
  return
}

// sigma + 8 bias; the sums are rectified, and changes of 8 and more are sent. Weights share a factor of two.
lle.network @sigma_delta(%x: tensor<3xsi32>) -> (tensor<3xsi32>, tensor<3xsi32>, tensor<3xsi32>)
    attributes {dt = 1.0 : f64} {
  %relu = spk.fixed_sigma_delta "relu" %x loihi {activation = #lle.activation<relu>,
    bias = dense<[1, 0, -1]> : tensor<3xi32>, cum_error = false, spike_exp = 2 : i64, state_exp = 1 : i64,
    v_threshold = dense<1> : tensor<3xi32>, weight_exp = 1 : i64} : tensor<3xsi32>
  %linear = spk.fixed_sigma_delta "linear" %x loihi {activation = #lle.activation<linear>, cum_error = true,
    spike_exp = 0 : i64, state_exp = 2 : i64, v_threshold = dense<1> : tensor<3xi32>} : tensor<3xsi32>
  %sum = spk.fixed_sigma "sum" %linear loihi {weight_exp = 2 : i64} : tensor<3xsi32>
  lle.output %relu, %linear, %sum : tensor<3xsi32>, tensor<3xsi32>, tensor<3xsi32>
}

func.func @sums() {
  %i = check.instantiate @sigma_delta
  %x1 = arith.constant dense<[1, -5, 3]> : tensor<3xsi32>
  %x2 = arith.constant dense<[-20, 12, 9]> : tensor<3xsi32>
  // sigma = 2, -10, 6; a = 10, 0, 0.
  %a:3 = check.step %i(%x1) : (tensor<3xsi32>) -> (tensor<3xsi32>, tensor<3xsi32>, tensor<3xsi32>)
  check.expect_eq %a#0 dense<[5, 0, 0]> : tensor<3xsi32>
  // -5 >> 2 is rounded down.
  check.expect_eq %a#1 dense<[0, -2, 0]> : tensor<3xsi32>
  check.expect_eq %a#2 dense<[0, -8, 0]> : tensor<3xsi32>
  // sigma = -38, 14, 24; a = 0, 14, 16. Linear: -20 + 1, 12, 9 + 3.
  %b:3 = check.step %i(%x2) : (tensor<3xsi32>) -> (tensor<3xsi32>, tensor<3xsi32>, tensor<3xsi32>)
  check.expect_eq %b#0 dense<[-5, 7, 8]> : tensor<3xsi32>
  check.expect_eq %b#1 dense<[-5, 3, 3]> : tensor<3xsi32>
  check.expect_eq %b#2 dense<[-20, 4, 12]> : tensor<3xsi32>
  %sigma = check.state %i "relu" "sigma" : tensor<3xsi32>
  check.expect_eq %sigma dense<[-38, 14, 24]> : tensor<3xsi32>
  %residue = check.state %i "linear" "residue" : tensor<3xsi32>
  check.expect_eq %residue dense<0> : tensor<3xsi32>
  return
}

// 24 bits wrap: 2^23 is the smallest number, whose magnitude is above every threshold.
lle.network @limits(%x: tensor<4xsi32>) -> (tensor<4xsi32>, tensor<4xsi32>) attributes {dt = 1.0 : f64} {
  %delta = spk.fixed_delta "delta" %x loihi {cum_error = false, spike_exp = 0 : i64, state_exp = 0 : i64,
    v_threshold = dense<8388608> : tensor<4xi32>} : tensor<4xsi32>
  %sigma = spk.fixed_sigma "sigma" %x loihi {} : tensor<4xsi32>
  lle.output %delta, %sigma : tensor<4xsi32>, tensor<4xsi32>
}

func.func @wrap() {
  %i = check.instantiate @limits
  %x = arith.constant dense<[8388608, 8388607, -8388609, 16777217]> : tensor<4xsi32>
  %a:2 = check.step %i(%x) : (tensor<4xsi32>) -> (tensor<4xsi32>, tensor<4xsi32>)
  check.expect_eq %a#0 dense<[-8388608, 0, 0, 0]> : tensor<4xsi32>
  check.expect_eq %a#1 dense<[-8388608, 8388607, 8388607, 1]> : tensor<4xsi32>
  %b:2 = check.step %i(%x) : (tensor<4xsi32>) -> (tensor<4xsi32>, tensor<4xsi32>)
  check.expect_eq %b#1 dense<[0, -2, -2, 2]> : tensor<4xsi32>
  return
}

// A quarter of a turn and half a length each step: re' = 64 x - im / 2, im' = 64 y + re / 2, both towards zero.
lle.network @rf(%x: tensor<3xsi32>, %y: tensor<3xsi32>) -> (tensor<3xi1>, tensor<3xi1>) attributes {dt = 1.0 : f64} {
  %phase = spk.fixed_rf "phase" %x, %y loihi {decay_cos = dense<0> : tensor<3xi32>,
    decay_sin = dense<[2048, 2048, -2048]> : tensor<3xi32>, resonator = #spk.resonator<phase>,
    v_threshold = dense<1> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
  %iz = spk.fixed_rf "iz" %x, %y loihi {decay_cos = dense<[4096, 0, -1]> : tensor<3xi32>,
    decay_sin = dense<0> : tensor<3xi32>, resonator = #spk.resonator<izhikevich>,
    v_threshold = dense<[1, 2, 131072]> : tensor<3xi32>, weight_exp = 1 : i64} : tensor<3xsi32> -> tensor<3xi1>
  lle.output %phase, %iz : tensor<3xi1>, tensor<3xi1>
}

func.func @turns() {
  %i = check.instantiate @rf
  %x = arith.constant dense<[1, 3, -3]> : tensor<3xsi32>
  %y = arith.constant dense<[-3, -1, 200000]> : tensor<3xsi32>
  %zero = arith.constant dense<0> : tensor<3xsi32>
  %a:2 = check.step %i(%x, %y) : (tensor<3xsi32>, tensor<3xsi32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %a#0 dense<0> : tensor<3xi1>
  check.expect_eq %a#1 dense<0> : tensor<3xi1>
  %im1 = check.state %i "phase" "im" : tensor<3xsi32>
  check.expect_eq %im1 dense<[-192, -64, 8388607]> : tensor<3xsi32>
  // re = 96, 32, (2048 * 8388607) >> 12; im = 32, 96, 96: the second is not above 64.
  %b:2 = check.step %i(%zero, %zero) : (tensor<3xsi32>, tensor<3xsi32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %b#0 dense<[1, 0, 0]> : tensor<3xi1>
  %re2 = check.state %i "phase" "re" : tensor<3xsi32>
  check.expect_eq %re2 dense<[96, 32, 4194303]> : tensor<3xsi32>
  %im2 = check.state %i "phase" "im" : tensor<3xsi32>
  check.expect_eq %im2 dense<[32, 96, 96]> : tensor<3xsi32>
  // Keeps all, nothing, and -1/4096 of 2^23 - 1.
  %iz = check.state %i "iz" "im" : tensor<3xsi32>
  check.expect_eq %iz dense<[-384, 0, -2047]> : tensor<3xsi32>
  %c:2 = check.step %i(%zero, %x) : (tensor<3xsi32>, tensor<3xsi32>) -> (tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %c#1 dense<[0, 1, 0]> : tensor<3xi1>
  %im3 = check.state %i "iz" "im" : tensor<3xsi32>
  check.expect_eq %im3 dense<[-256, 127, -384]> : tensor<3xsi32>
  %re3 = check.state %i "iz" "re" : tensor<3xsi32>
  check.expect_eq %re3 dense<[128, 0, 0]> : tensor<3xsi32>
  return
}

// A feature map whose parameters differ.
lle.network @map(%x: tensor<2x1x3xsi32>) -> tensor<2x1x3xsi32> attributes {dt = 1.0 : f64} {
  %z = spk.fixed_sigma_delta "n" %x loihi {activation = #lle.activation<relu>,
    bias = dense<[[[1, 2, 3]], [[4, 5, 6]]]> : tensor<2x1x3xi32>, cum_error = false, spike_exp = 1 : i64,
    state_exp = 0 : i64, v_threshold = dense<[[[9, 0, 0]], [[0, 0, 6]]]> : tensor<2x1x3xi32>} : tensor<2x1x3xsi32>
  lle.output %z : tensor<2x1x3xsi32>
}

func.func @channels() {
  %i = check.instantiate @map
  %x = arith.constant dense<[[[10, 20, 30]], [[40, -20, -2]]]> : tensor<2x1x3xsi32>
  %a = check.step %i(%x) : (tensor<2x1x3xsi32>) -> tensor<2x1x3xsi32>
  check.expect_eq %a dense<[[[0, 24, 36]], [[48, 0, 0]]]> : tensor<2x1x3xsi32>
  %s = check.state %i "n" "sigma" : tensor<2x1x3xsi32>
  check.expect_eq %s dense<[[[10, 20, 30]], [[40, -20, -2]]]> : tensor<2x1x3xsi32>
  return
}
