// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Parameters are random multiples of 1/64. The numbers that are expected come from a NumPy transcription of the
// formulas, in double precision, state zero at first.

// Explicit Euler steps; the elapsed time is short enough for them.
lle.network @euler(%x: tensor<2xf32>) -> (tensor<4xf32>, tensor<4xf32>) attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x {
      solver = #ltc.solver<euler>, positivity = #ltc.positivity<clip>, unfolds = 4 : i64, epsilon = 1.0e-8 : f64,
          elapsed = 0.3 : f64, gleak = dense<[0.484375, 0.953125, 0.671875, 0.640625]> : tensor<4xf32>, vleak =
          dense<[0.15625, -0.21875, -0.28125, -0.296875]> : tensor<4xf32>, cm = dense<[0.71875, 0.578125, 0.6875,
          0.796875]> : tensor<4xf32>, sigma = dense<[[4.671875, 3.21875, 3.5, 4.0], [3.953125, 2.078125, 2.625,
          4.96875], [2.875, 3.515625, 2.21875, 3.65625], [2.046875, 2.796875, 2.65625, 3.265625]]> : tensor<4x4xf32>,
          mu = dense<[[0.3125, 0.265625, 0.296875, 0.25], [0.1875, 0.546875, 0.1875, 0.5], [0.6875, 0.34375, 0.5625,
          0.390625], [0.34375, 0.625, 0.265625, 0.40625]]> : tensor<4x4xf32>, w = dense<[[0.296875, 0.203125, 0.34375,
          0.75], [0.09375, 0.5, 0.65625, 0.484375], [0.390625, 0.40625, 0.203125, 0.578125], [0.890625, 0.234375,
          0.828125, 0.515625]]> : tensor<4x4xf32>, erev = dense<[[1.0, -1.0, 1.0, 1.0], [1.0, -1.0, -1.0, 1.0], [1.0,
          1.0, 1.0, -1.0], [-1.0, 1.0, -1.0, 1.0]]> : tensor<4x4xf32>, mask = dense<[[0, -1, 1, -1], [1, -1, 1, -1],
          [0, -1, 1, -1], [0, 0, 1, 1]]> : tensor<4x4xi8>, sensory_sigma = dense<[[4.9375, 4.765625, 3.421875, 4.375],
          [2.84375, 4.359375, 3.390625, 4.421875]]> : tensor<2x4xf32>, sensory_mu = dense<[[0.421875, 0.4375,
          0.296875, 0.25], [0.625, 0.6875, 0.640625, 0.34375]]> : tensor<2x4xf32>, sensory_w = dense<[[0.265625,
          0.921875, 0.421875, 0.75], [0.546875, 0.765625, 0.140625, 0.265625]]> : tensor<2x4xf32>, sensory_erev =
          dense<[[-1.0, -1.0, 0.5, 0.5], [-1.0, -1.0, 0.5, 0.5]]> : tensor<2x4xf32>, sensory_mask = dense<1> :
          tensor<2x4xi8>}
    : (tensor<2xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  lle.output %y, %v : tensor<4xf32>, tensor<4xf32>
}

func.func @explicit_euler() {
  %i = check.instantiate @euler
  %x0 = arith.constant dense<[1.1875, -0.578125]> : tensor<2xf32>
  %y0:2 = check.step %i(%x0) : (tensor<2xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_close %y0#0 dense<[-0.0678950107, -0.40428836, -0.111877999, 0.120466436]> : tensor<4xf32> within
      1.0e-6
  check.expect_close %y0#1 dense<[-0.0678950107, -0.40428836, -0.111877999, 0.120466436]> : tensor<4xf32> within
      1.0e-6
  %x1 = arith.constant dense<[-0.046875, 1.546875]> : tensor<2xf32>
  %y1:2 = check.step %i(%x1) : (tensor<2xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_close %y1#0 dense<[-0.203390606, -0.508113463, -0.199839952, 0.141992099]> : tensor<4xf32> within
      1.0e-6
  check.expect_close %y1#1 dense<[-0.203390606, -0.508113463, -0.199839952, 0.141992099]> : tensor<4xf32> within
      1.0e-6
  %s = check.state %i "cell" "v" : tensor<4xf32>
  check.expect_close %s dense<[-0.203390606, -0.508113463, -0.199839952, 0.141992099]> : tensor<4xf32> within 1.0e-6
  return
}

// Runge-Kutta steps; the elapsed time comes with each step.
lle.network @rk4(%x: tensor<2xf32>, %t: tensor<1xf32>) -> (tensor<4xf32>, tensor<4xf32>) attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x elapsed %t {
      solver = #ltc.solver<rk4>, positivity = #ltc.positivity<clip>, unfolds = 3 : i64, epsilon = 1.0e-8 : f64,
          elapsed = 0.0 : f64, gleak = dense<[0.625, 0.96875, 0.875, 0.390625]> : tensor<4xf32>, vleak =
          dense<[-0.234375, 0.21875, 0.25, -0.015625]> : tensor<4xf32>, cm = dense<[0.703125, 0.640625, 0.484375,
          0.625]> : tensor<4xf32>, sigma = dense<[[2.03125, 4.578125, 3.609375, 3.578125], [2.1875, 2.3125, 4.828125,
          3.71875], [3.359375, 3.046875, 3.140625, 3.890625], [2.015625, 3.625, 3.53125, 2.71875]]> : tensor<4x4xf32>,
          mu = dense<[[0.53125, 0.3125, 0.46875, 0.203125], [0.671875, 0.359375, 0.5625, 0.5], [0.53125, 0.640625,
          0.40625, 0.328125], [0.4375, 0.3125, 0.46875, 0.375]]> : tensor<4x4xf32>, w = dense<[[0.984375, 0.578125,
          0.875, 0.96875], [0.203125, 0.984375, 0.203125, 0.875], [0.765625, 0.359375, 0.359375, 0.65625], [0.421875,
          0.890625, 0.25, 0.640625]]> : tensor<4x4xf32>, erev = dense<[[-1.0, 1.0, -1.0, -1.0], [1.0, -1.0, 1.0,
          -1.0], [-1.0, -1.0, 1.0, -1.0], [1.0, -1.0, -1.0, 1.0]]> : tensor<4x4xf32>, mask = dense<[[-1, 1, -1, -1],
          [-1, 1, 0, -1], [-1, 1, 1, 0], [-1, 1, 0, 1]]> : tensor<4x4xi8>, sensory_sigma = dense<[[3.125, 3.484375,
          2.953125, 2.515625], [4.53125, 2.1875, 4.296875, 3.71875]]> : tensor<2x4xf32>, sensory_mu =
          dense<[[0.484375, 0.203125, 0.6875, 0.546875], [0.59375, 0.421875, 0.1875, 0.265625]]> : tensor<2x4xf32>,
          sensory_w = dense<[[0.5625, 0.125, 0.578125, 0.671875], [0.5625, 0.40625, 0.8125, 0.109375]]> :
          tensor<2x4xf32>, sensory_erev = dense<[[-1.0, 0.5, 0.5, -1.0], [0.5, -1.0, -1.0, -1.0]]> : tensor<2x4xf32>,
          sensory_mask = dense<[[1, 1, 1, 0], [0, 1, 1, 1]]> : tensor<2x4xi8>}
    : (tensor<2xf32>, tensor<1xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  lle.output %y, %v : tensor<4xf32>, tensor<4xf32>
}

func.func @runge_kutta() {
  %i = check.instantiate @rk4
  %x0 = arith.constant dense<[1.140625, 0.546875]> : tensor<2xf32>
  %t0 = arith.constant dense<0.3> : tensor<1xf32>
  %y0:2 = check.step %i(%x0, %t0) : (tensor<2xf32>, tensor<1xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_close %y0#0 dense<[-0.246807999, -0.118787519, -0.0810698433, -0.0964185904]> : tensor<4xf32> within
      1.0e-6
  check.expect_close %y0#1 dense<[-0.246807999, -0.118787519, -0.0810698433, -0.0964185904]> : tensor<4xf32> within
      1.0e-6
  %x1 = arith.constant dense<[0.0, 1.671875]> : tensor<2xf32>
  %t1 = arith.constant dense<0.15> : tensor<1xf32>
  %y1:2 = check.step %i(%x1, %t1) : (tensor<2xf32>, tensor<1xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_close %y1#0 dense<[-0.262486539, -0.177388303, -0.177953886, -0.123619523]> : tensor<4xf32> within
      1.0e-6
  check.expect_close %y1#1 dense<[-0.262486539, -0.177388303, -0.177953886, -0.123619523]> : tensor<4xf32> within
      1.0e-6
  %s = check.state %i "cell" "v" : tensor<4xf32>
  check.expect_close %s dense<[-0.262486539, -0.177388303, -0.177953886, -0.123619523]> : tensor<4xf32> within 1.0e-6
  return
}

// A step far too long for the explicit solver: its potential grows by 2^20 each time, as its equation says, and no limit
// for the sake of the synapse's exponent shows in it. Its only synapse conducts 1/4 at most, which is lost in 2^20.
lle.network @diverging(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x {
      solver = #ltc.solver<euler>, positivity = #ltc.positivity<clip>, unfolds = 1 : i64, epsilon = 0.0 : f64,
          elapsed = 1.0 : f64, gleak = dense<1048576.0> : tensor<1xf32>, vleak = dense<1.0> : tensor<1xf32>, cm =
          dense<1.0> : tensor<1xf32>, sigma = dense<4.0> : tensor<1x1xf32>, mu = dense<0.25> : tensor<1x1xf32>, w =
          dense<0.25> : tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, mask = dense<1> : tensor<1x1xi8>,
          sensory_sigma = dense<4.0> : tensor<1x1xf32>, sensory_mu = dense<0.25> : tensor<1x1xf32>, sensory_w =
          dense<0.25> : tensor<1x1xf32>, sensory_erev = dense<1.0> : tensor<1x1xf32>, sensory_mask = dense<0> :
          tensor<1x1xi8>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output %v : tensor<1xf32>
}

func.func @explicit_divergence() {
  %i = check.instantiate @diverging
  %x = arith.constant dense<0.0> : tensor<1xf32>
  %y0 = check.step %i(%x) : (tensor<1xf32>) -> tensor<1xf32>
  %y1 = check.step %i(%x) : (tensor<1xf32>) -> tensor<1xf32>
  %y2 = check.step %i(%x) : (tensor<1xf32>) -> tensor<1xf32>
  %y3 = check.step %i(%x) : (tensor<1xf32>) -> tensor<1xf32>
  %y4 = check.step %i(%x) : (tensor<1xf32>) -> tensor<1xf32>
  %y5 = check.step %i(%x) : (tensor<1xf32>) -> tensor<1xf32>
  check.expect_close %y4 dense<1.2676446e30> : tensor<1xf32> within 1.0e25
  check.expect_close %y5 dense<-1.3292204e36> : tensor<1xf32> within 1.0e31
  return
}
