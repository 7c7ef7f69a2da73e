// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Weights are random multiples of 1/64. The numbers that are expected come from a NumPy transcription of the
// formula, in double precision: unfolds times v = v + T / unfolds * (act(w_in @ x + w_rec @ v + bias) - v / tau).

lle.network @ctrnn(%x: tensor<2xf32>, %t: tensor<1xf32>) -> (tensor<5xf32>, tensor<5xf32>) attributes {dt = 1.0 : f64} {
  %regular = ltc.ctrnn_cell "regular" %x {
      activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 0.6 : f64,
      tau = dense<[1.625, 0.625, 1.75, 1.0, 0.875]> : tensor<5xf32>,
      w_in = dense<[[0.15625, 0.296875], [-0.265625, -0.375], [0.53125, -0.5625], [0.421875, -0.09375],
          [0.890625, 0.40625]]> : tensor<5x2xf32>,
      w_rec = dense<[[0.75, 0.828125, 0.25, 0.875, 0.125], [-0.390625, 0.703125, 0.4375, -0.296875, 0.328125],
          [0.5, -0.609375, -0.5, 0.015625, -0.234375], [0.1875, -0.0625, 0.828125, 0.734375, 0.125],
          [0.65625, -0.296875, 0.171875, -0.265625, 0.875]]> : tensor<5x5xf32>,
      bias = dense<[0.25, 0.4375, 0.796875, -0.09375, 0.25]> : tensor<5xf32>}
    : (tensor<2xf32>) -> tensor<5xf32>
  %irregular = ltc.ctrnn_cell "irregular" %x elapsed %t {
      activation = #lle.activation<sigmoid>, unfolds = 1 : i64, elapsed = 0.25 : f64,
      tau = dense<[1.625, 0.625, 1.75, 1.0, 0.875]> : tensor<5xf32>,
      w_in = dense<[[0.15625, 0.296875], [-0.265625, -0.375], [0.53125, -0.5625], [0.421875, -0.09375],
          [0.890625, 0.40625]]> : tensor<5x2xf32>,
      w_rec = dense<[[0.75, 0.828125, 0.25, 0.875, 0.125], [-0.390625, 0.703125, 0.4375, -0.296875, 0.328125],
          [0.5, -0.609375, -0.5, 0.015625, -0.234375], [0.1875, -0.0625, 0.828125, 0.734375, 0.125],
          [0.65625, -0.296875, 0.171875, -0.265625, 0.875]]> : tensor<5x5xf32>,
      bias = dense<[0.25, 0.4375, 0.796875, -0.09375, 0.25]> : tensor<5xf32>}
    : (tensor<2xf32>, tensor<1xf32>) -> tensor<5xf32>
  lle.output %regular, %irregular : tensor<5xf32>, tensor<5xf32>
}

func.func @euler_steps() {
  %i = check.instantiate @ctrnn
  %x0_0 = arith.constant dense<[-0.3125, -1.6875]> : tensor<2xf32>
  %x0_1 = arith.constant dense<[0.5]> : tensor<1xf32>
  %y0:2 = check.step %i(%x0_0, %x0_1) : (tensor<2xf32>, tensor<1xf32>) -> (tensor<5xf32>, tensor<5xf32>)
  check.expect_close %y0#0 dense<[-0.0752587087, 0.355242162, 0.455553638, 0.0390785091,
      -0.32492181]> : tensor<5xf32> within 1.0e-6
  check.expect_close %y0#1 dense<[0.319203922, 0.570087647, 0.621911687, 0.362370501,
      0.246558673]> : tensor<5xf32> within 1.0e-6
  %x1_0 = arith.constant dense<[1.9375, -0.0625]> : tensor<2xf32>
  %x1_1 = arith.constant dense<[0.0]> : tensor<1xf32>
  %y1:2 = check.step %i(%x1_0, %x1_1) : (tensor<2xf32>, tensor<1xf32>) -> (tensor<5xf32>, tensor<5xf32>)
  check.expect_close %y1#0 dense<[0.375699799, 0.241385347, 0.786045029, 0.433767341,
      0.277391365]> : tensor<5xf32> within 1.0e-6
  check.expect_close %y1#1 dense<[0.483054127, 0.49577143, 0.729964353, 0.478569194,
      0.401550423]> : tensor<5xf32> within 1.0e-6
  %x2_0 = arith.constant dense<[0.1875, -1.3125]> : tensor<2xf32>
  %x2_1 = arith.constant dense<[1.25]> : tensor<1xf32>
  %y2:2 = check.step %i(%x2_0, %x2_1) : (tensor<2xf32>, tensor<1xf32>) -> (tensor<5xf32>, tensor<5xf32>)
  check.expect_close %y2#0 dense<[0.693802692, 0.427433471, 0.984329498, 0.638696631,
      0.299608883]> : tensor<5xf32> within 1.0e-6
  check.expect_close %y2#1 dense<[1.21941375, 0.496825454, 1.23597664, 0.906551527,
      0.61240244]> : tensor<5xf32> within 1.0e-6
  %s_regular_v = check.state %i "regular" "v" : tensor<5xf32>
  check.expect_close %s_regular_v dense<[0.693802692, 0.427433471, 0.984329498, 0.638696631,
      0.299608883]> : tensor<5xf32> within 1.0e-6
  %s_irregular_v = check.state %i "irregular" "v" : tensor<5xf32>
  check.expect_close %s_irregular_v dense<[1.21941375, 0.496825454, 1.23597664, 0.906551527,
      0.61240244]> : tensor<5xf32> within 1.0e-6
  return
}
