// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Weights are random multiples of 1/64. The numbers that are expected come from a NumPy transcription of the formula, in
// double precision: unfolds times v = v + T / unfolds * (act(w_in @ x + w_rec @ v + bias) - v / tau).

lle.network @ctrnn(%x: tensor<2xf32>, %t: tensor<1xf32>) -> (tensor<5xf32>, tensor<5xf32>) attributes {dt = 1.0 : f64} {
  %regular = ltc.ctrnn_cell "regular" %x {activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 0.6 : f64,
      tau = dense<[0.875, 1.875, 1.375, 1.5, 1.0]> : tensor<5xf32>, w_in = dense<[[-0.203125, 0.609375], [0.6875,
      -0.5625], [-0.125, 0.53125], [-0.15625, 0.53125], [0.09375, 0.65625]]> : tensor<5x2xf32>,
      w_rec = dense<[[-0.171875, 0.15625, 0.8125, -0.3125, 0.375], [-0.421875, -0.0625, -0.234375, -0.65625,
      0.59375], [0.71875, -0.40625, 0.46875, 0.390625, 0.46875], [0.75, -0.09375, 0.203125, -0.90625, -0.125],
      [0.09375, -0.78125, -0.75, 0.078125, -0.4375]]> : tensor<5x5xf32>, bias = dense<[0.21875, -0.109375, 0.265625,
      0.296875, -0.5]> : tensor<5xf32>}
    : (tensor<2xf32>) -> tensor<5xf32>
  %irregular = ltc.ctrnn_cell "irregular" %x elapsed %t {activation = #lle.activation<sigmoid>, unfolds = 1 : i64,
      elapsed = 0.25 : f64, tau = dense<[0.875, 1.875, 1.375, 1.5, 1.0]> : tensor<5xf32>, w_in = dense<[[-0.203125,
      0.609375], [0.6875, -0.5625], [-0.125, 0.53125], [-0.15625, 0.53125], [0.09375, 0.65625]]> : tensor<5x2xf32>,
      w_rec = dense<[[-0.171875, 0.15625, 0.8125, -0.3125, 0.375], [-0.421875, -0.0625, -0.234375, -0.65625,
      0.59375], [0.71875, -0.40625, 0.46875, 0.390625, 0.46875], [0.75, -0.09375, 0.203125, -0.90625, -0.125],
      [0.09375, -0.78125, -0.75, 0.078125, -0.4375]]> : tensor<5x5xf32>, bias = dense<[0.21875, -0.109375, 0.265625,
      0.296875, -0.5]> : tensor<5xf32>}
    : (tensor<2xf32>, tensor<1xf32>) -> tensor<5xf32>
  lle.output %regular, %irregular : tensor<5xf32>, tensor<5xf32>
}

func.func @euler_steps() {
  %i = check.instantiate @ctrnn
  %x0_0 = arith.constant dense<[-0.75, 1.0625]> : tensor<2xf32>
  %x0_1 = arith.constant dense<[0.5]> : tensor<1xf32>
  %y0:2 = check.step %i(%x0_0, %x0_1) : (tensor<2xf32>, tensor<1xf32>) -> (tensor<5xf32>, tensor<5xf32>)
  check.expect_close %y0#0 dense<[0.357371996, -0.466958129, 0.428437049, 0.387276559,
      0.077492026]> : tensor<5xf32> within 1.0e-6
  check.expect_close %y0#1 dense<[0.551018231, 0.170602003, 0.536866103, 0.545110188,
      0.398771792]> : tensor<5xf32> within 1.0e-6
  %x1_0 = arith.constant dense<[-1.125, 0.875]> : tensor<2xf32>
  %x1_1 = arith.constant dense<[0.0]> : tensor<1xf32>
  %y1:2 = check.step %i(%x1_0, %x1_1) : (tensor<2xf32>, tensor<1xf32>) -> (tensor<5xf32>, tensor<5xf32>)
  check.expect_close %y1#0 dense<[0.542323244, -0.840383183, 0.753092817, 0.639618153,
      0.0805874158]> : tensor<5xf32> within 1.0e-6
  check.expect_close %y1#1 dense<[0.591204206, 0.181388036, 0.655266628, 0.631994226,
      0.384972744]> : tensor<5xf32> within 1.0e-6
  %x2_0 = arith.constant dense<[-0.1875, 1.8125]> : tensor<2xf32>
  %x2_1 = arith.constant dense<[1.25]> : tensor<1xf32>
  %y2:2 = check.step %i(%x2_0, %x2_1) : (tensor<2xf32>, tensor<1xf32>) -> (tensor<5xf32>, tensor<5xf32>)
  check.expect_close %y2#0 dense<[0.682510828, -1.11205993, 0.976402291, 0.862094152,
      0.354535317]> : tensor<5xf32> within 1.0e-6
  check.expect_close %y2#1 dense<[0.858898789, 0.238627792, 1.30835493, 1.16012239,
      0.548172859]> : tensor<5xf32> within 1.0e-6
  %s_regular_v = check.state %i "regular" "v" : tensor<5xf32>
  check.expect_close %s_regular_v dense<[0.682510828, -1.11205993, 0.976402291, 0.862094152,
      0.354535317]> : tensor<5xf32> within 1.0e-6
  %s_irregular_v = check.state %i "irregular" "v" : tensor<5xf32>
  check.expect_close %s_irregular_v dense<[0.858898789, 0.238627792, 1.30835493, 1.16012239,
      0.548172859]> : tensor<5xf32> within 1.0e-6
  return
}
