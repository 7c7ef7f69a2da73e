// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Parameters are random multiples of 1/64. The numbers that are expected come from a NumPy transcription of the
// formulas, in double precision, state zero at first.

// The elapsed time comes with each step and is added to a constant.
lle.network @timed(%x: tensor<2xf32>, %t: tensor<1xf32>) -> (tensor<4xf32>, tensor<4xf32>) attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x elapsed %t {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 3 : i64, epsilon = 1.0e-8 : f64,
          elapsed = 0.25 : f64, gleak = dense<[0.984375, 0.90625, 0.515625, 0.484375]> : tensor<4xf32>, vleak =
          dense<[-0.046875, 0.203125, -0.03125, -0.140625]> : tensor<4xf32>, cm = dense<[0.421875, 0.703125, 0.75,
          0.53125]> : tensor<4xf32>, sigma = dense<[[3.921875, 3.3125, 3.09375, 2.75], [3.234375, 2.671875, 4.59375,
          2.9375], [3.796875, 3.765625, 2.984375, 3.390625], [2.421875, 3.09375, 4.953125, 4.59375]]> :
          tensor<4x4xf32>, mu = dense<[[0.46875, 0.40625, 0.53125, 0.578125], [0.390625, 0.34375, 0.375, 0.234375],
          [0.296875, 0.421875, 0.4375, 0.421875], [0.609375, 0.203125, 0.203125, 0.234375]]> : tensor<4x4xf32>, w =
          dense<[[0.59375, 0.625, 0.609375, 0.34375], [0.234375, 0.265625, 0.125, 0.1875], [0.59375, 0.828125,
          0.484375, 0.59375], [0.78125, 0.1875, 0.625, 0.796875]]> : tensor<4x4xf32>, erev = dense<[[-1.0, -1.0, 1.0,
          -1.0], [1.0, -1.0, -1.0, 1.0], [-1.0, 1.0, 1.0, 1.0], [1.0, -1.0, -1.0, 1.0]]> : tensor<4x4xf32>, mask =
          dense<[[1, 1, 0, -1], [-1, 0, -1, 0], [-1, -1, 1, -1], [-1, 0, 1, 1]]> : tensor<4x4xi8>, sensory_sigma =
          dense<[[2.359375, 4.359375, 3.25, 4.234375], [4.140625, 4.265625, 4.9375, 2.90625]]> : tensor<2x4xf32>,
          sensory_mu = dense<[[0.609375, 0.3125, 0.359375, 0.515625], [0.34375, 0.5, 0.1875, 0.625]]> :
          tensor<2x4xf32>, sensory_w = dense<[[0.25, 0.859375, 0.1875, 0.1875], [0.703125, 0.15625, 0.140625,
          0.109375]]> : tensor<2x4xf32>, sensory_erev = dense<[[-1.0, -1.0, 0.5, -1.0], [-1.0, -1.0, 0.5, 0.5]]> :
          tensor<2x4xf32>, sensory_mask = dense<[[1, 1, 1, 1], [1, 1, 0, 1]]> : tensor<2x4xi8>}
    : (tensor<2xf32>, tensor<1xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  lle.output %y, %v : tensor<4xf32>, tensor<4xf32>
}

func.func @elapsed_time() {
  %i = check.instantiate @timed
  %x0 = arith.constant dense<[-0.875, 1.359375]> : tensor<2xf32>
  %t0 = arith.constant dense<0.5> : tensor<1xf32>
  %y0:2 = check.step %i(%x0, %t0) : (tensor<2xf32>, tensor<1xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_close %y0#0 dense<[-0.295735952, 0.0393492002, -0.102659228, 0.220965761]> : tensor<4xf32> within
      1.0e-6
  check.expect_close %y0#1 dense<[-0.295735952, 0.0393492002, -0.102659228, 0.220965761]> : tensor<4xf32> within
      1.0e-6
  %x1 = arith.constant dense<[0.0625, 1.015625]> : tensor<2xf32>
  %t1 = arith.constant dense<2.0> : tensor<1xf32>
  %y1:2 = check.step %i(%x1, %t1) : (tensor<2xf32>, tensor<1xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_close %y1#0 dense<[-0.260153597, -0.105993973, -0.303804021, 0.389862582]> : tensor<4xf32> within
      1.0e-6
  check.expect_close %y1#1 dense<[-0.260153597, -0.105993973, -0.303804021, 0.389862582]> : tensor<4xf32> within
      1.0e-6
  %x2 = arith.constant dense<[-0.53125, -0.578125]> : tensor<2xf32>
  %t2 = arith.constant dense<0.03125> : tensor<1xf32>
  %y2:2 = check.step %i(%x2, %t2) : (tensor<2xf32>, tensor<1xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_close %y2#0 dense<[-0.0505930311, -0.0318842358, -0.338024148, 0.405844768]> : tensor<4xf32> within
      1.0e-6
  check.expect_close %y2#1 dense<[-0.0505930311, -0.0318842358, -0.338024148, 0.405844768]> : tensor<4xf32> within
      1.0e-6
  %s = check.state %i "cell" "v" : tensor<4xf32>
  check.expect_close %s dense<[-0.0505930311, -0.0318842358, -0.338024148, 0.405844768]> : tensor<4xf32> within 1.0e-6
  return
}

// The operand stands for the state.
lle.network @given(%x: tensor<2xf32>, %h: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x hidden %h {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 3 : i64, epsilon = 1.0e-8 : f64,
          elapsed = 1.0 : f64, gleak = dense<[0.921875, 0.453125, 1.0, 0.734375]> : tensor<4xf32>, vleak =
          dense<[-0.078125, -0.125, -0.140625, 0.09375]> : tensor<4xf32>, cm = dense<[0.6875, 0.78125, 0.40625,
          0.4375]> : tensor<4xf32>, sigma = dense<[[2.421875, 2.109375, 2.125, 4.734375], [3.875, 4.875, 4.8125,
          3.90625], [3.625, 2.296875, 2.125, 2.265625], [3.578125, 4.1875, 4.421875, 2.796875]]> : tensor<4x4xf32>, mu
          = dense<[[0.265625, 0.53125, 0.375, 0.5], [0.40625, 0.25, 0.375, 0.515625], [0.6875, 0.546875, 0.546875,
          0.515625], [0.484375, 0.328125, 0.21875, 0.5]]> : tensor<4x4xf32>, w = dense<[[0.34375, 0.875, 0.4375,
          0.25], [0.546875, 0.125, 0.5625, 0.734375], [0.515625, 0.109375, 0.734375, 0.984375], [0.5, 0.359375,
          0.46875, 0.203125]]> : tensor<4x4xf32>, erev = dense<[[-1.0, 1.0, 1.0, 1.0], [1.0, 1.0, -1.0, 1.0], [-1.0,
          -1.0, 1.0, 1.0], [1.0, -1.0, -1.0, 1.0]]> : tensor<4x4xf32>, mask = dense<[[1, 0, -1, -1], [1, -1, 1, -1],
          [1, -1, -1, 1], [0, -1, -1, -1]]> : tensor<4x4xi8>, sensory_sigma = dense<[[4.078125, 3.234375, 4.46875,
          3.46875], [3.265625, 2.03125, 2.796875, 3.78125]]> : tensor<2x4xf32>, sensory_mu = dense<[[0.1875, 0.21875,
          0.671875, 0.671875], [0.1875, 0.34375, 0.53125, 0.359375]]> : tensor<2x4xf32>, sensory_w = dense<[[0.875,
          0.140625, 0.40625, 0.75], [0.25, 0.109375, 0.40625, 0.640625]]> : tensor<2x4xf32>, sensory_erev =
          dense<[[0.5, 0.5, 0.5, -1.0], [-1.0, -1.0, -1.0, -1.0]]> : tensor<2x4xf32>, sensory_mask = dense<[[0, 0, 1,
          1], [0, 1, 0, 0]]> : tensor<2x4xi8>}
    : (tensor<2xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  lle.output %y, %v : tensor<4xf32>, tensor<4xf32>
}

func.func @hidden_operand() {
  %i = check.instantiate @given
  %x0 = arith.constant dense<[0.4375, 1.84375]> : tensor<2xf32>
  %h0 = arith.constant dense<[-0.609375, 0.296875, 0.265625, 0.046875]> : tensor<4xf32>
  %y0:2 = check.step %i(%x0, %h0) : (tensor<2xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_close %y0#0 dense<[-0.183609688, -0.0670755687, -0.0665020716, 0.180028708]> : tensor<4xf32> within
      1.0e-6
  check.expect_close %y0#1 dense<[-0.183609688, -0.0670755687, -0.0665020716, 0.180028708]> : tensor<4xf32> within
      1.0e-6
  %x1 = arith.constant dense<[0.015625, -0.515625]> : tensor<2xf32>
  %h1 = arith.constant dense<[-0.34375, 0.328125, 0.453125, -0.03125]> : tensor<4xf32>
  %y1:2 = check.step %i(%x1, %h1) : (tensor<2xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_close %y1#0 dense<[-0.118204462, 0.00318718363, -0.0966327925, 0.338446645]> : tensor<4xf32> within
      1.0e-6
  check.expect_close %y1#1 dense<[-0.118204462, 0.00318718363, -0.0966327925, 0.338446645]> : tensor<4xf32> within
      1.0e-6
  return
}
