// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Weights are random multiples of 1/64. The numbers that are expected come from a NumPy transcription of the
// formulas, in double precision: z = concatenate([x, h]), then each layer act(W @ z + b), then the heads, f1 = g((W1
// * M) @ z + b1).

// Mode default behind a backbone of lecun_tanh, the elapsed time constant.
lle.network @gated(%x: tensor<2xf32>) -> tensor<3xf32> attributes {dt = 1.0 : f64} {
  %cell = ltc.cfc_cell "cell" %x {
      mode = #ltc.mode<default>, elapsed = 0.5 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<tanh>, activation = #lle.activation<lecun_tanh>,
      backbone_weights = [dense<[[-0.84375, 0.5625, -0.125, 0.453125, 0.953125],
          [0.078125, 0.0, -0.859375, -0.46875, -0.0], [0.359375, 0.609375, -0.234375, -0.875, -0.421875],
          [0.8125, -0.578125, -0.09375, 0.859375, -0.953125]]> : tensor<4x5xf32>],
      backbone_biases = [dense<[0.203125, 0.90625, -0.546875, 0.09375]> : tensor<4xf32>],
      ff1_weight = dense<[[0.8125, -0.734375, 0.046875, 0.5], [0.34375, -0.0625, -0.59375, -0.015625],
          [-0.25, -0.046875, -0.265625, 0.671875]]> : tensor<3x4xf32>,
      ff1_bias = dense<[0.53125, -0.375, 0.140625]> : tensor<3xf32>,
      ff2_weight = dense<[[-0.453125, -0.09375, -0.296875, 0.3125], [-0.265625, -0.078125, 0.4375, -0.171875],
          [0.8125, -0.640625, 0.484375, -0.15625]]> : tensor<3x4xf32>,
      ff2_bias = dense<[-0.140625, 0.265625, 0.046875]> : tensor<3xf32>,
      time_a_weight = dense<[[-0.171875, -1.0, -0.8125, 0.421875], [0.046875, 0.390625, 0.90625, 0.359375],
          [-0.890625, -0.375, 0.1875, -0.53125]]> : tensor<3x4xf32>,
      time_a_bias = dense<[0.9375, 0.890625, 0.703125]> : tensor<3xf32>,
      time_b_weight = dense<[[-0.0625, 0.6875, -0.734375, -0.375], [-0.078125, 0.484375, -0.03125, -0.71875],
          [-0.3125, -0.34375, -0.40625, -0.671875]]> : tensor<3x4xf32>,
      time_b_bias = dense<[-0.171875, -0.109375, 0.546875]> : tensor<3xf32>}
    : (tensor<2xf32>) -> tensor<3xf32>
  lle.output %cell : tensor<3xf32>
}

func.func @constant_time() {
  %i = check.instantiate @gated
  %x0_0 = arith.constant dense<[1.1875, 0.0625]> : tensor<2xf32>
  %y0 = check.step %i(%x0_0) : (tensor<2xf32>) -> tensor<3xf32>
  check.expect_close %y0 dense<[0.155868229, -0.112822409, -0.0891199538]> : tensor<3xf32> within 1.0e-6
  %x1_0 = arith.constant dense<[-0.1875, 1.125]> : tensor<2xf32>
  %y1 = check.step %i(%x1_0) : (tensor<2xf32>) -> tensor<3xf32>
  check.expect_close %y1 dense<[-0.301038334, 0.101338736, 0.0154639418]> : tensor<3xf32> within 1.0e-6
  %x2_0 = arith.constant dense<[1.5625, 0.6875]> : tensor<2xf32>
  %y2 = check.step %i(%x2_0) : (tensor<2xf32>) -> tensor<3xf32>
  check.expect_close %y2 dense<[-0.0475223967, 0.013224615, 0.0504199577]> : tensor<3xf32> within 1.0e-6
  %s_cell_h = check.state %i "cell" "h" : tensor<3xf32>
  check.expect_close %s_cell_h dense<[-0.0475223967, 0.013224615, 0.0504199577]> : tensor<3xf32> within 1.0e-6
  return
}

// Mode no_gate, gate minus, linear heads, a signed mask, no backbone; the elapsed time comes with each step and is
// added to a constant. More units than a register of any target has lanes.
lle.network @no_gate(%x: tensor<1xf32>, %t: tensor<1xf32>) -> tensor<5xf32> attributes {dt = 1.0 : f64} {
  %cell = ltc.cfc_cell "cell" %x elapsed %t {
      mode = #ltc.mode<no_gate>, elapsed = 0.25 : f64, gate_sign = #ltc.gate_sign<minus>,
      head_activation = #lle.activation<linear>,
      ff1_weight = dense<[[-0.21875, 0.875, -0.578125, 0.625, -0.1875, 0.171875],
          [-0.625, 0.625, 0.15625, -0.109375, 0.59375, 0.09375],
          [-0.15625, -0.96875, 0.375, -0.03125, -0.5625, 0.09375],
          [0.046875, -0.03125, -0.46875, 0.046875, 0.96875, 0.25],
          [0.265625, 0.8125, 0.921875, 0.171875, -0.671875, -0.21875]]> : tensor<5x6xf32>,
      ff1_bias = dense<[0.890625, -0.3125, 0.40625, -0.078125, -0.21875]> : tensor<5xf32>,
      ff2_weight = dense<[[0.0625, 0.640625, 0.28125, 0.71875, 0.265625, 1.0],
          [0.03125, -0.34375, -0.796875, 0.140625, -0.5625, -0.96875],
          [-0.40625, -0.921875, 0.953125, 0.109375, -0.859375, -0.3125],
          [-0.515625, -0.78125, 0.546875, -0.296875, -0.625, 0.828125],
          [0.71875, -0.203125, 0.09375, -0.09375, 0.390625, -0.578125]]> : tensor<5x6xf32>,
      ff2_bias = dense<[-0.359375, 0.484375, -0.640625, 0.390625, 0.046875]> : tensor<5xf32>,
      time_a_weight = dense<[[-0.609375, 0.296875, 0.015625, 0.375, 0.140625, 0.546875],
          [-0.21875, 0.921875, 0.953125, -0.59375, -0.046875, 0.578125],
          [-0.75, 0.65625, -0.53125, 0.875, 0.640625, -0.890625],
          [-1.0, -0.640625, 0.078125, 0.078125, 0.03125, -0.515625],
          [-0.984375, 0.484375, -0.09375, 0.75, -0.21875, -0.984375]]> : tensor<5x6xf32>,
      time_a_bias = dense<[-0.703125, -0.921875, -0.453125, -0.46875, 0.21875]> : tensor<5xf32>,
      time_b_weight = dense<[[-0.703125, -0.578125, 0.4375, -0.46875, -0.625, 0.625],
          [-0.8125, -0.734375, 0.359375, -0.09375, -0.21875, 0.328125],
          [-0.984375, -0.484375, 0.5, 0.875, 0.34375, -0.0],
          [0.546875, 0.125, -0.390625, -0.03125, -0.375, -0.921875],
          [0.140625, 0.96875, -0.25, 0.359375, -0.75, -0.8125]]> : tensor<5x6xf32>,
      time_b_bias = dense<[0.265625, -0.4375, -0.453125, 0.78125, -0.59375]> : tensor<5xf32>,
      mask_kind = #ltc.mask_kind<signed>,
      mask = dense<[[1, 1, 0, 0, 0, 1], [-1, 0, -1, -1, 1, 0], [0, 0, -1, -1, 0, 1], [-1, 0, 0, 0, 1, -1],
          [-1, 0, -1, -1, 0, -1]]> : tensor<5x6xi8>}
    : (tensor<1xf32>, tensor<1xf32>) -> tensor<5xf32>
  lle.output %cell : tensor<5xf32>
}

func.func @irregular_time() {
  %i = check.instantiate @no_gate
  %x0_0 = arith.constant dense<[-0.8125]> : tensor<1xf32>
  %x0_1 = arith.constant dense<[0.0]> : tensor<1xf32>
  %y0 = check.step %i(%x0_0, %x0_1) : (tensor<1xf32>, tensor<1xf32>) -> tensor<5xf32>
  check.expect_close %y0 dense<[0.777695411, -0.514058535, 0.0370555464, -0.0559668835,
      0.171407441]> : tensor<5xf32> within 2.0e-6
  %x1_0 = arith.constant dense<[0.1875]> : tensor<1xf32>
  %x1_1 = arith.constant dense<[1.5]> : tensor<1xf32>
  %y1 = check.step %i(%x1_0, %x1_1) : (tensor<1xf32>, tensor<1xf32>) -> tensor<5xf32>
  check.expect_close %y1 dense<[1.75614674, -0.0997388372, 0.572238179, 0.182651946,
      0.262495841]> : tensor<5xf32> within 2.0e-6
  %x2_0 = arith.constant dense<[0.875]> : tensor<1xf32>
  %x2_1 = arith.constant dense<[0.25]> : tensor<1xf32>
  %y2 = check.step %i(%x2_0, %x2_1) : (tensor<1xf32>, tensor<1xf32>) -> tensor<5xf32>
  check.expect_close %y2 dense<[2.48496076, 0.434578978, 0.395676781, 0.462668493,
      -0.664026728]> : tensor<5xf32> within 2.0e-6
  return
}

// Mode pure with an absolute mask, for a constant time and for one of each step; spikes come in.
lle.network @pure(%z: tensor<3xi1>, %t: tensor<1xf32>) -> (tensor<2xf32>, tensor<2xf32>) attributes {dt = 1.0 : f64} {
  %regular = ltc.cfc_cell "regular" %z {
      mode = #ltc.mode<pure>, elapsed = 2.0 : f64,
      ff1_weight = dense<[[0.4375, -0.515625, 0.453125, 0.9375, -0.25],
          [-0.65625, -0.296875, 0.203125, 0.125, 0.25]]> : tensor<2x5xf32>,
      ff1_bias = dense<[0.390625, -0.140625]> : tensor<2xf32>, w_tau = dense<[-0.640625, 0.234375]> : tensor<2xf32>,
      a = dense<[-0.15625, 0.265625]> : tensor<2xf32>, mask_kind = #ltc.mask_kind<absolute>,
      mask = dense<[[1, -1, 1, -1, 1], [1, -1, 0, -1, 1]]> : tensor<2x5xi8>}
    : (tensor<3xi1>) -> tensor<2xf32>
  %irregular = ltc.cfc_cell "irregular" %z elapsed %t {
      mode = #ltc.mode<pure>, elapsed = 0.0 : f64,
      ff1_weight = dense<[[0.8125, 0.203125, -0.5625, -0.59375, 0.859375],
          [0.671875, -0.171875, 0.859375, -0.40625, 0.34375]]> : tensor<2x5xf32>,
      ff1_bias = dense<[0.4375, 0.375]> : tensor<2xf32>, w_tau = dense<[-0.46875, 0.765625]> : tensor<2xf32>,
      a = dense<[-0.453125, -0.453125]> : tensor<2xf32>}
    : (tensor<3xi1>, tensor<1xf32>) -> tensor<2xf32>
  lle.output %regular, %irregular : tensor<2xf32>, tensor<2xf32>
}

func.func @pure_modes() {
  %i = check.instantiate @pure
  %x0_0 = arith.constant dense<[1, 0, 1]> : tensor<3xi1>
  %x0_1 = arith.constant dense<[1.0]> : tensor<1xf32>
  %y0:2 = check.step %i(%x0_0, %x0_1) : (tensor<3xi1>, tensor<1xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  check.expect_close %y0#0 dense<[-0.151963187, 0.292535811]> : tensor<2xf32> within 1.0e-6
  check.expect_close %y0#1 dense<[-0.355099801, -0.393419091]> : tensor<2xf32> within 1.0e-6
  %x1_0 = arith.constant dense<[0, 0, 0]> : tensor<3xi1>
  %x1_1 = arith.constant dense<[0.5]> : tensor<1xf32>
  %y1:2 = check.step %i(%x1_0, %x1_1) : (tensor<3xi1>, tensor<1xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  check.expect_close %y1#0 dense<[-0.150898735, 0.277717617]> : tensor<2xf32> within 1.0e-6
  check.expect_close %y1#1 dense<[-0.35789641, -0.355191566]> : tensor<2xf32> within 1.0e-6
  %x2_0 = arith.constant dense<[0, 1, 1]> : tensor<3xi1>
  %x2_1 = arith.constant dense<[3.0]> : tensor<1xf32>
  %y2:2 = check.step %i(%x2_0, %x2_1) : (tensor<3xi1>, tensor<1xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  check.expect_close %y2#0 dense<[-0.152226642, 0.295289937]> : tensor<2xf32> within 1.0e-6
  check.expect_close %y2#1 dense<[-0.454678455, -0.451220511]> : tensor<2xf32> within 1.0e-6
  return
}

// The state is an operand: a delay holds it. Here the cell gets minus half of its last result.
lle.network @hidden(%x: tensor<1xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %f = lle.weight dense<-0.5> : tensor<2xf32>
  %s = lle.scale %last, %f : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  %cell = ltc.cfc_cell "cell" %x hidden %s {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<tanh>,
      ff1_weight = dense<[[0.6875, 0.984375, 0.390625], [-0.609375, -0.859375, 0.28125]]> : tensor<2x3xf32>,
      ff1_bias = dense<[0.921875, 0.921875]> : tensor<2xf32>,
      ff2_weight = dense<[[-0.21875, 0.8125, -0.53125], [0.390625, -0.53125, -0.96875]]> : tensor<2x3xf32>,
      ff2_bias = dense<[-0.875, 0.703125]> : tensor<2xf32>,
      time_a_weight = dense<[[0.25, 0.9375, 0.03125], [-0.125, 0.734375, 0.5]]> : tensor<2x3xf32>,
      time_a_bias = dense<[-0.78125, 0.390625]> : tensor<2xf32>,
      time_b_weight = dense<[[0.78125, -0.734375, -0.0625], [-0.328125, -0.078125, -0.65625]]> : tensor<2x3xf32>,
      time_b_bias = dense<[-0.203125, -0.484375]> : tensor<2xf32>}
    : (tensor<1xf32>, tensor<2xf32>) -> tensor<2xf32>
  %last = lle.delay "last" %cell {initial = 0.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xf32>
  lle.output %cell : tensor<2xf32>
}

func.func @given_state() {
  %i = check.instantiate @hidden
  %x0_0 = arith.constant dense<[-1.75]> : tensor<1xf32>
  %y0 = check.step %i(%x0_0) : (tensor<1xf32>) -> tensor<2xf32>
  check.expect_close %y0 dense<[-0.28459627, 0.332810652]> : tensor<2xf32> within 1.0e-6
  %x1_0 = arith.constant dense<[-0.4375]> : tensor<1xf32>
  %y1 = check.step %i(%x1_0) : (tensor<1xf32>) -> tensor<2xf32>
  check.expect_close %y1 dense<[0.380403207, 0.64735632]> : tensor<2xf32> within 1.0e-6
  %x2_0 = arith.constant dense<[0.75]> : tensor<1xf32>
  %y2 = check.step %i(%x2_0) : (tensor<1xf32>) -> tensor<2xf32>
  check.expect_close %y2 dense<[0.113283354, 0.639965177]> : tensor<2xf32> within 1.0e-6
  return
}

// Input and state are the same signal, and the backbone has no layers.
lle.network @same(%x: tensor<2xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %cell = ltc.cfc_cell "cell" %x hidden %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, backbone_weights = [], backbone_biases = [],
      gate_sign = #ltc.gate_sign<plus>, head_activation = #lle.activation<tanh>,
      ff1_weight = dense<[[-0.15625, -0.25, 0.0625, 0.375], [-0.765625, 0.296875, -0.625, 0.8125]]> : tensor<2x4xf32>,
      ff1_bias = dense<[0.5, -0.15625]> : tensor<2xf32>,
      ff2_weight = dense<[[0.125, 0.296875, 0.546875, -0.046875],
          [-0.109375, 0.109375, -0.921875, 0.484375]]> : tensor<2x4xf32>,
      ff2_bias = dense<[0.34375, -0.484375]> : tensor<2xf32>,
      time_a_weight = dense<[[0.8125, 0.5, 0.6875, 0.75], [0.015625, -0.0625, 0.796875, -0.40625]]> : tensor<2x4xf32>,
      time_a_bias = dense<[0.21875, -0.109375]> : tensor<2xf32>,
      time_b_weight = dense<[[-0.875, 0.90625, -0.15625, 0.140625],
          [-0.328125, 0.59375, -1.0, 0.71875]]> : tensor<2x4xf32>,
      time_b_bias = dense<[-0.109375, -0.015625]> : tensor<2xf32>}
    : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  lle.output %cell : tensor<2xf32>
}

func.func @one_signal() {
  %i = check.instantiate @same
  %x0_0 = arith.constant dense<[-0.875, 1.5]> : tensor<2xf32>
  %y0 = check.step %i(%x0_0) : (tensor<2xf32>) -> tensor<2xf32>
  check.expect_close %y0 dense<[0.151454349, 0.885486493]> : tensor<2xf32> within 1.0e-6
  return
}
