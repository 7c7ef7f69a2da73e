// Every operation prints as it parses.
// RUN: lle-opt %s --verify-roundtrip | FileCheck %s

// CHECK-LABEL: lle.network @ltc_cell
// CHECK: ltc.ltc_cell
lle.network @ltc_cell(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.000000e-08 : f64,
      elapsed = 1.000000e+00 : f64, gleak = dense<5.000000e-01> : tensor<2xf32>,
      vleak = dense<[1.000000e-01, -2.000000e-01]> : tensor<2xf32>, cm = dense<5.000000e-01> : tensor<2xf32>,
      sigma = dense<4.000000e+00> : tensor<2x2xf32>, mu = dense<5.000000e-01> : tensor<2x2xf32>,
      w = dense<2.500000e-01> : tensor<2x2xf32>,
      erev = dense<[[1.000000e+00, -1.000000e+00], [1.000000e+00, 1.000000e+00]]> : tensor<2x2xf32>,
      mask = dense<[[0, 1], [1, 1]]> : tensor<2x2xi8>,
      sensory_sigma = dense<3.000000e+00> : tensor<1x2xf32>, sensory_mu = dense<2.500000e-01> : tensor<1x2xf32>,
      sensory_w = dense<5.000000e-01> : tensor<1x2xf32>, sensory_erev = dense<1.000000e+00> : tensor<1x2xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<2xf32>)
  lle.output %y : tensor<1xf32>
}

// CHECK-LABEL: lle.network @cfc_cell
// CHECK: ltc.cfc_cell
lle.network @cfc_cell(%x: tensor<1xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %h = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.000000e+00 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<tanh>, activation = #lle.activation<lecun_tanh>,
      backbone_weights = [dense<2.500000e-01> : tensor<4x3xf32>], backbone_biases = [dense<0.000000e+00> : tensor<4xf32>],
      ff1_weight = dense<5.000000e-01> : tensor<2x4xf32>, ff1_bias = dense<1.000000e-01> : tensor<2xf32>,
      ff2_weight = dense<-5.000000e-01> : tensor<2x4xf32>, ff2_bias = dense<0.000000e+00> : tensor<2xf32>,
      time_a_weight = dense<2.500000e-01> : tensor<2x4xf32>, time_a_bias = dense<0.000000e+00> : tensor<2xf32>,
      time_b_weight = dense<1.250000e-01> : tensor<2x4xf32>, time_b_bias = dense<0.000000e+00> : tensor<2xf32>}
    : (tensor<1xf32>) -> tensor<2xf32>
  lle.output %h : tensor<2xf32>
}

// CHECK-LABEL: lle.network @lstm_cell
// CHECK: ltc.lstm_cell
lle.network @lstm_cell(%x: tensor<3xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %h = ltc.lstm_cell "lstm" %x {w_in = dense<2.500000e-01> : tensor<8x3xf32>, w_rec = dense<5.000000e-01> : tensor<8x2xf32>,
      bias = dense<1.000000e-01> : tensor<8xf32>} : (tensor<3xf32>) -> tensor<2xf32>
  lle.output %h : tensor<2xf32>
}

// CHECK-LABEL: lle.network @gru_cell
// CHECK: ltc.gru_cell
lle.network @gru_cell(%x: tensor<3xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %h = ltc.gru_cell "gru" %x {reset = #ltc.reset<after>, w_in = dense<2.500000e-01> : tensor<6x3xf32>,
      w_rec = dense<5.000000e-01> : tensor<6x2xf32>, bias_in = dense<1.000000e-01> : tensor<6xf32>,
      bias_rec = dense<0.000000e+00> : tensor<6xf32>} : (tensor<3xf32>) -> tensor<2xf32>
  lle.output %h : tensor<2xf32>
}

// CHECK-LABEL: lle.network @ctrnn_cell
// CHECK: ltc.ctrnn_cell
lle.network @ctrnn_cell(%x: tensor<3xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %v = ltc.ctrnn_cell "ctrnn" %x {activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 6.000000e-01 : f64,
      tau = dense<1.000000e+00> : tensor<2xf32>, w_in = dense<2.500000e-01> : tensor<2x3xf32>,
      w_rec = dense<5.000000e-01> : tensor<2x2xf32>, bias = dense<1.000000e-01> : tensor<2xf32>}
    : (tensor<3xf32>) -> tensor<2xf32>
  lle.output %v : tensor<2xf32>
}
