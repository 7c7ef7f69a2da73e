// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Two layers of each activation before the heads. Numbers as in execute-cfc.mlir.

lle.network @backbones(%x: tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
    tensor<1xf32>, tensor<1xf32>) attributes {dt = 1.0 : f64} {
  %linear = ltc.cfc_cell "linear" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<lecun_tanh>, activation = #lle.activation<linear>,
      backbone_weights = [dense<[[-0.171875, 0.9375],
          [-0.21875, 0.6875]]> : tensor<2x2xf32>, dense<[[-0.578125, 0.28125], [1.0, -0.828125]]> : tensor<2x2xf32>],
      backbone_biases = [dense<[0.453125, -0.859375]> : tensor<2xf32>, dense<[-0.203125, -0.984375]> : tensor<2xf32>],
      ff1_weight = dense<[[-0.046875, -0.46875]]> : tensor<1x2xf32>, ff1_bias = dense<[1.0]> : tensor<1xf32>,
      ff2_weight = dense<[[-0.875, 0.171875]]> : tensor<1x2xf32>, ff2_bias = dense<[0.921875]> : tensor<1xf32>,
      time_a_weight = dense<[[0.875, -0.8125]]> : tensor<1x2xf32>, time_a_bias = dense<[0.96875]> : tensor<1xf32>,
      time_b_weight = dense<[[0.96875, -0.03125]]> : tensor<1x2xf32>, time_b_bias = dense<[0.5625]> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  %relu = ltc.cfc_cell "relu" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<tanh>, activation = #lle.activation<relu>,
      backbone_weights = [dense<[[0.453125, 0.5625],
          [-0.328125, 0.078125]]> : tensor<2x2xf32>, dense<[[-1.0, 0.046875],
          [-0.953125, -0.40625]]> : tensor<2x2xf32>],
      backbone_biases = [dense<[-0.328125, 0.53125]> : tensor<2xf32>, dense<[-0.9375, 0.96875]> : tensor<2xf32>],
      ff1_weight = dense<[[-0.828125, 0.234375]]> : tensor<1x2xf32>, ff1_bias = dense<[-0.859375]> : tensor<1xf32>,
      ff2_weight = dense<[[-0.203125, 0.015625]]> : tensor<1x2xf32>, ff2_bias = dense<[-0.9375]> : tensor<1xf32>,
      time_a_weight = dense<[[0.109375, 0.90625]]> : tensor<1x2xf32>, time_a_bias = dense<[0.3125]> : tensor<1xf32>,
      time_b_weight = dense<[[0.78125, 0.609375]]> : tensor<1x2xf32>, time_b_bias = dense<[0.484375]> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  %silu = ltc.cfc_cell "silu" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<lecun_tanh>, activation = #lle.activation<silu>,
      backbone_weights = [dense<[[0.796875, 0.765625],
          [1.0, -0.65625]]> : tensor<2x2xf32>, dense<[[0.671875, 0.96875], [0.859375, -0.546875]]> : tensor<2x2xf32>],
      backbone_biases = [dense<[-0.328125, -0.203125]> : tensor<2xf32>, dense<[-0.765625, 0.40625]> : tensor<2xf32>],
      ff1_weight = dense<[[-0.28125, 0.765625]]> : tensor<1x2xf32>, ff1_bias = dense<[-0.078125]> : tensor<1xf32>,
      ff2_weight = dense<[[-0.109375, -0.5625]]> : tensor<1x2xf32>, ff2_bias = dense<[0.5]> : tensor<1xf32>,
      time_a_weight = dense<[[-0.5625, -0.265625]]> : tensor<1x2xf32>,
      time_a_bias = dense<[0.546875]> : tensor<1xf32>,
      time_b_weight = dense<[[-0.53125, -0.34375]]> : tensor<1x2xf32>,
      time_b_bias = dense<[-0.859375]> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  %gelu = ltc.cfc_cell "gelu" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<tanh>, activation = #lle.activation<gelu>,
      backbone_weights = [dense<[[0.65625, -0.0],
          [0.234375, -0.5]]> : tensor<2x2xf32>, dense<[[-0.515625, -0.015625], [0.90625, 0.0625]]> : tensor<2x2xf32>],
      backbone_biases = [dense<[0.375, -0.921875]> : tensor<2xf32>, dense<[-0.328125, 0.875]> : tensor<2xf32>],
      ff1_weight = dense<[[-0.171875, 0.796875]]> : tensor<1x2xf32>, ff1_bias = dense<[-0.875]> : tensor<1xf32>,
      ff2_weight = dense<[[0.859375, 0.34375]]> : tensor<1x2xf32>, ff2_bias = dense<[-0.46875]> : tensor<1xf32>,
      time_a_weight = dense<[[0.828125, -0.671875]]> : tensor<1x2xf32>, time_a_bias = dense<[-0.375]> : tensor<1xf32>,
      time_b_weight = dense<[[-0.734375, 0.703125]]> : tensor<1x2xf32>,
      time_b_bias = dense<[0.734375]> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  %softplus = ltc.cfc_cell "softplus" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<lecun_tanh>, activation = #lle.activation<softplus>,
      backbone_weights = [dense<[[-0.625, 0.484375],
          [-0.34375, -0.40625]]> : tensor<2x2xf32>, dense<[[-0.21875, -0.703125],
          [-0.234375, -0.375]]> : tensor<2x2xf32>],
      backbone_biases = [dense<[0.25, 0.234375]> : tensor<2xf32>, dense<[0.15625, 0.40625]> : tensor<2xf32>],
      ff1_weight = dense<[[0.875, 0.453125]]> : tensor<1x2xf32>, ff1_bias = dense<[0.5625]> : tensor<1xf32>,
      ff2_weight = dense<[[-0.5, 0.390625]]> : tensor<1x2xf32>, ff2_bias = dense<[-0.875]> : tensor<1xf32>,
      time_a_weight = dense<[[0.046875, 0.875]]> : tensor<1x2xf32>, time_a_bias = dense<[-0.765625]> : tensor<1xf32>,
      time_b_weight = dense<[[0.59375, -0.671875]]> : tensor<1x2xf32>, time_b_bias = dense<[-0.875]> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  %sigmoid = ltc.cfc_cell "sigmoid" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<tanh>, activation = #lle.activation<sigmoid>,
      backbone_weights = [dense<[[0.625, 0.703125],
          [0.265625, -0.640625]]> : tensor<2x2xf32>, dense<[[0.609375, 0.296875],
          [0.9375, -0.265625]]> : tensor<2x2xf32>],
      backbone_biases = [dense<[0.578125, 0.734375]> : tensor<2xf32>, dense<[-0.78125, -0.21875]> : tensor<2xf32>],
      ff1_weight = dense<[[0.828125, 0.953125]]> : tensor<1x2xf32>, ff1_bias = dense<[-0.859375]> : tensor<1xf32>,
      ff2_weight = dense<[[-0.859375, 0.109375]]> : tensor<1x2xf32>, ff2_bias = dense<[-0.5]> : tensor<1xf32>,
      time_a_weight = dense<[[0.859375, 0.203125]]> : tensor<1x2xf32>, time_a_bias = dense<[0.25]> : tensor<1xf32>,
      time_b_weight = dense<[[-0.15625, 0.125]]> : tensor<1x2xf32>, time_b_bias = dense<[-0.71875]> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output %linear, %relu, %silu, %gelu, %softplus, %sigmoid : tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
      tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
}

func.func @activations() {
  %i = check.instantiate @backbones
  %x0_0 = arith.constant dense<[-1.3125]> : tensor<1xf32>
  %y0:6 = check.step %i(%x0_0) : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
      tensor<1xf32>, tensor<1xf32>)
  check.expect_close %y0#0 dense<[1.16104752]> : tensor<1xf32> within 2.0e-6
  check.expect_close %y0#1 dense<[-0.712407402]> : tensor<1xf32> within 2.0e-6
  check.expect_close %y0#2 dense<[0.308327985]> : tensor<1xf32> within 2.0e-6
  check.expect_close %y0#3 dense<[-0.365041071]> : tensor<1xf32> within 2.0e-6
  check.expect_close %y0#4 dense<[0.664392522]> : tensor<1xf32> within 2.0e-6
  check.expect_close %y0#5 dense<[-0.345951853]> : tensor<1xf32> within 2.0e-6
  %x1_0 = arith.constant dense<[0.8125]> : tensor<1xf32>
  %y1:6 = check.step %i(%x1_0) : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
      tensor<1xf32>, tensor<1xf32>)
  check.expect_close %y1#0 dense<[0.989106713]> : tensor<1xf32> within 2.0e-6
  check.expect_close %y1#1 dense<[-0.711325357]> : tensor<1xf32> within 2.0e-6
  check.expect_close %y1#2 dense<[0.300821788]> : tensor<1xf32> within 2.0e-6
  check.expect_close %y1#3 dense<[0.0489489807]> : tensor<1xf32> within 2.0e-6
  check.expect_close %y1#4 dense<[0.720081062]> : tensor<1xf32> within 2.0e-6
  check.expect_close %y1#5 dense<[-0.321253922]> : tensor<1xf32> within 2.0e-6
  return
}
