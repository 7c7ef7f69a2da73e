// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Parameters are random multiples of 1/64. The numbers that are expected come from a NumPy transcription of the
// formulas, in double precision, state zero at first.

// Features of flown networks saturate every synapse, and neurons may have no capacitance (0), no leak (1), or neither
// and no synapse (2): epsilon keeps their denominator positive.
lle.network @saturated(%x: tensor<2xf32>) -> (tensor<4xf32>, tensor<4xf32>) attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 3 : i64, epsilon = 1.0e-8 : f64,
          elapsed = 1.0 : f64, gleak = dense<[0.25, 0.0, 0.0, 0.5]> : tensor<4xf32>, vleak = dense<[0.1875, 0.046875,
          0.25, 0.015625]> : tensor<4xf32>, cm = dense<[0.0, 0.5, 0.0, 0.5]> : tensor<4xf32>, sigma =
          dense<[[3.890625, 4.3125, 4.546875, 2.8125], [4.640625, 3.453125, 3.46875, 4.84375], [4.125, 4.046875,
          4.203125, 4.015625], [2.921875, 4.421875, 4.078125, 3.828125]]> : tensor<4x4xf32>, mu = dense<[[0.46875,
          0.65625, 0.453125, 0.5], [0.375, 0.65625, 0.40625, 0.546875], [0.390625, 0.34375, 0.515625, 0.578125],
          [0.453125, 0.609375, 0.46875, 0.421875]]> : tensor<4x4xf32>, w = dense<[[0.28125, 0.90625, 0.734375,
          0.859375], [0.5, 0.984375, 0.171875, 0.109375], [0.4375, 0.53125, 0.28125, 0.375], [0.75, 0.984375,
          0.203125, 0.796875]]> : tensor<4x4xf32>, erev = dense<[[-1.0, 1.0, -1.0, -1.0], [-1.0, 1.0, 1.0, -1.0],
          [-1.0, -1.0, -1.0, 1.0], [-1.0, 1.0, -1.0, -1.0]]> : tensor<4x4xf32>, mask = dense<[[0, 1, 0, 1], [1, 0, 0,
          1], [0, 1, 0, 0], [0, 0, 0, 1]]> : tensor<4x4xi8>, sensory_sigma = dense<[[2.8125, 4.65625, 3.765625,
          3.90625], [2.234375, 4.0, 3.65625, 2.59375]]> : tensor<2x4xf32>, sensory_mu = dense<[[0.5, 0.296875,
          0.390625, 0.328125], [0.625, 0.328125, 0.375, 0.3125]]> : tensor<2x4xf32>, sensory_w = dense<[[0.4375, 0.75,
          0.828125, 0.375], [0.84375, 0.375, 0.96875, 0.125]]> : tensor<2x4xf32>, sensory_erev = dense<[[-1.0, -1.0,
          0.5, 0.5], [-1.0, 0.5, -1.0, -1.0]]> : tensor<2x4xf32>, sensory_mask = dense<[[1, 1, 0, 1], [0, 1, 0, 1]]> :
          tensor<2x4xi8>}
    : (tensor<2xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  lle.output %y, %v : tensor<4xf32>, tensor<4xf32>
}

func.func @saturated_inputs() {
  %i = check.instantiate @saturated
  %x0 = arith.constant dense<[500.0, -500.0]> : tensor<2xf32>
  %y0:2 = check.step %i(%x0) : (tensor<2xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_close %y0#0 dense<[-0.571945909, -0.725437992, 0.0, 0.00558279988]> : tensor<4xf32> within 1.0e-6
  check.expect_close %y0#1 dense<[-0.571945909, -0.725437992, 0.0, 0.00558279988]> : tensor<4xf32> within 1.0e-6
  %x1 = arith.constant dense<[-500.0, 1.0e30]> : tensor<2xf32>
  %y1:2 = check.step %i(%x1) : (tensor<2xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_close %y1#0 dense<[0.086591001, -0.116367053, 0.0, -0.329350771]> : tensor<4xf32> within 1.0e-6
  check.expect_close %y1#1 dense<[0.086591001, -0.116367053, 0.0, -0.329350771]> : tensor<4xf32> within 1.0e-6
  %x2 = arith.constant dense<[0x7F800000, 0xFF800000]> : tensor<2xf32>
  %y2:2 = check.step %i(%x2) : (tensor<2xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_close %y2#0 dense<[-0.571345395, -0.749665633, 0.0, -0.0310899907]> : tensor<4xf32> within 1.0e-6
  check.expect_close %y2#1 dense<[-0.571345395, -0.749665633, 0.0, -0.0310899907]> : tensor<4xf32> within 1.0e-6
  %x3 = arith.constant dense<0.5> : tensor<2xf32>
  %y3:2 = check.step %i(%x3) : (tensor<2xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  check.expect_close %y3#0 dense<[-0.372679369, -0.61022169, 0.0, -0.0971935505]> : tensor<4xf32> within 1.0e-6
  check.expect_close %y3#1 dense<[-0.372679369, -0.61022169, 0.0, -0.0971935505]> : tensor<4xf32> within 1.0e-6
  %s = check.state %i "cell" "v" : tensor<4xf32>
  check.expect_close %s dense<[-0.372679369, -0.61022169, 0.0, -0.0971935505]> : tensor<4xf32> within 1.0e-6
  return
}
