// RUN: lle-opt %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | lle-opt | FileCheck %s
// RUN: lle-opt --emit-bytecode %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | FileCheck %s --check-prefix=GENERIC

// CHECK-LABEL: lle.network @ltc_cell
// CHECK: %output, %state = ltc.ltc_cell "rnn" %arg0 {cm = dense<5.000000e-01> : tensor<2xf32>, elapsed = 1.000000e+00 : f64,
// CHECK-SAME: epsilon = 1.000000e-08 : f64
// CHECK-SAME: mask = dense<{{\[\[}}0, 1], [1, 1]]> : tensor<2x2xi8>
// CHECK-SAME: positivity = #ltc.positivity<clip>
// CHECK-SAME: solver = #ltc.solver<fused>, unfolds = 6 : i64
// CHECK-SAME: : (tensor<1xf32>) -> (tensor<1xf32>, tensor<2xf32>)
// GENERIC: "ltc.ltc_cell"({{%.*}}) <{cm = dense<5.000000e-01> : tensor<2xf32>,
// GENERIC-SAME: operandSegmentSizes = array<i32: 1, 0, 0>
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

// Spikes come in, elapsed time and state are operands; all maps and masks; parameters of another precision.
// CHECK-LABEL: lle.network @ltc_operands
// CHECK: ltc.ltc_cell "rnn" %arg0 elapsed %arg1 hidden %arg2 {
// CHECK-SAME: input_b = dense<5.000000e-01> : tensor<2xf64>, input_w = dense<2.000000e+00> : tensor<2xf64>
// CHECK-SAME: output_b = dense<1.000000e+00> : tensor<1xf64>, output_w = dense<-1.000000e+00> : tensor<1xf64>
// CHECK-SAME: positivity = #ltc.positivity<softplus>
// CHECK-SAME: sensory_mask = dense<{{\[\[}}-1], [0]]> : tensor<2x1xi8>
// CHECK-SAME: solver = #ltc.solver<euler>
// CHECK-SAME: : (tensor<2xi1>, tensor<1xf32>, tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
// CHECK: ltc.ltc_cell "elapsed" %arg0 elapsed %arg1 {
// CHECK-SAME: solver = #ltc.solver<rk4>
// CHECK: ltc.ltc_cell "hidden" %arg0 hidden %arg2 {
// GENERIC: "ltc.ltc_cell"{{.*}} operandSegmentSizes = array<i32: 1, 1, 1>
// GENERIC: "ltc.ltc_cell"{{.*}} operandSegmentSizes = array<i32: 1, 1, 0>
// GENERIC: "ltc.ltc_cell"{{.*}} operandSegmentSizes = array<i32: 1, 0, 1>
lle.network @ltc_operands(%x: tensor<2xi1>, %t: tensor<1xf32>, %h: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "rnn" %x elapsed %t hidden %h {
      solver = #ltc.solver<euler>, positivity = #ltc.positivity<softplus>, unfolds = 3 : i64, epsilon = 0.0 : f64,
      elapsed = 0.0 : f64, gleak = dense<1.0> : tensor<1xf64>, vleak = dense<0.0> : tensor<1xf64>,
      cm = dense<1.0> : tensor<1xf64>, sigma = dense<1.0> : tensor<1x1xf64>, mu = dense<0.0> : tensor<1x1xf64>,
      w = dense<1.0> : tensor<1x1xf64>, erev = dense<1.0> : tensor<1x1xf64>, mask = dense<1> : tensor<1x1xi8>,
      sensory_sigma = dense<1.0> : tensor<2x1xf64>, sensory_mu = dense<0.0> : tensor<2x1xf64>,
      sensory_w = dense<1.0> : tensor<2x1xf64>, sensory_erev = dense<1.0> : tensor<2x1xf64>,
      sensory_mask = dense<[[-1], [0]]> : tensor<2x1xi8>, input_w = dense<2.0> : tensor<2xf64>,
      input_b = dense<0.5> : tensor<2xf64>, output_w = dense<-1.0> : tensor<1xf64>, output_b = dense<1.0> : tensor<1xf64>}
    : (tensor<2xi1>, tensor<1xf32>, tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  %y1, %v1 = ltc.ltc_cell "elapsed" %x elapsed %t {
      solver = #ltc.solver<rk4>, positivity = #ltc.positivity<clip>, unfolds = 1 : i64, epsilon = 0.0 : f64,
      elapsed = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>,
      cm = dense<1.0> : tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>,
      w = dense<1.0> : tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>,
      sensory_sigma = dense<1.0> : tensor<2x1xf32>, sensory_mu = dense<0.0> : tensor<2x1xf32>,
      sensory_w = dense<1.0> : tensor<2x1xf32>, sensory_erev = dense<1.0> : tensor<2x1xf32>}
    : (tensor<2xi1>, tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  %y2, %v2 = ltc.ltc_cell "hidden" %x hidden %h {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 1 : i64, epsilon = 0.0 : f64,
      elapsed = 1.0 : f64, gleak = dense<1.0> : tensor<1xf16>, vleak = dense<0.0> : tensor<1xbf16>,
      cm = dense<1.0> : tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>,
      w = dense<1.0> : tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>,
      sensory_sigma = dense<1.0> : tensor<2x1xf32>, sensory_mu = dense<0.0> : tensor<2x1xf32>,
      sensory_w = dense<1.0> : tensor<2x1xf32>, sensory_erev = dense<1.0> : tensor<2x1xf32>}
    : (tensor<2xi1>, tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// CHECK-LABEL: lle.network @cfc_cell
// CHECK: ltc.cfc_cell "rnn" %arg0 {activation = #lle.activation<lecun_tanh>,
// CHECK-SAME: backbone_biases = [dense<0.000000e+00> : tensor<4xf32>], backbone_weights = [dense<2.500000e-01> : tensor<4x3xf32>]
// CHECK-SAME: gate_sign = #ltc.gate_sign<plus>, head_activation = #lle.activation<tanh>, mode = #ltc.mode<default>
// CHECK-SAME: : (tensor<1xf32>) -> tensor<2xf32>
// GENERIC: "ltc.cfc_cell"({{%.*}}) <{activation = #lle.activation<lecun_tanh>,
// GENERIC-SAME: operandSegmentSizes = array<i32: 1, 0, 0>
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

// The other modes, signs and masks; a backbone of no layer is none.
// CHECK-LABEL: lle.network @cfc_modes
// CHECK: ltc.cfc_cell "no_gate" %arg0 elapsed %arg1 hidden %arg2 {backbone_biases = [], backbone_weights = [],
// CHECK-SAME: gate_sign = #ltc.gate_sign<minus>
// CHECK-SAME: mask = dense<{{\[\[}}-1, 0]]> : tensor<1x2xi8>, mask_kind = #ltc.mask_kind<signed>, mode = #ltc.mode<no_gate>
// CHECK-SAME: : (tensor<1xsi8>, tensor<f64>, tensor<1xf64>) -> tensor<1xf64>
// CHECK: ltc.cfc_cell "pure" %arg0 {a = dense<1.000000e+00> : tensor<1xf64>,
// CHECK-SAME: mask_kind = #ltc.mask_kind<absolute>, mode = #ltc.mode<pure>
// CHECK-SAME: w_tau = dense<5.000000e-01> : tensor<1xf64>} : (tensor<1xsi8>) -> tensor<1xf64>
lle.network @cfc_modes(%x: tensor<1xsi8>, %t: tensor<f64>, %h: tensor<1xf64>) attributes {dt = 1.0 : f64} {
  %no_gate = ltc.cfc_cell "no_gate" %x elapsed %t hidden %h {
      mode = #ltc.mode<no_gate>, elapsed = 0.0 : f64, gate_sign = #ltc.gate_sign<minus>,
      head_activation = #lle.activation<sigmoid>, backbone_weights = [], backbone_biases = [],
      mask = dense<[[-1, 0]]> : tensor<1x2xi8>, mask_kind = #ltc.mask_kind<signed>,
      ff1_weight = dense<0.5> : tensor<1x2xf64>, ff1_bias = dense<0.0> : tensor<1xf64>,
      ff2_weight = dense<0.5> : tensor<1x2xf64>, ff2_bias = dense<0.0> : tensor<1xf64>,
      time_a_weight = dense<0.5> : tensor<1x2xf64>, time_a_bias = dense<0.0> : tensor<1xf64>,
      time_b_weight = dense<0.5> : tensor<1x2xf64>, time_b_bias = dense<0.0> : tensor<1xf64>}
    : (tensor<1xsi8>, tensor<f64>, tensor<1xf64>) -> tensor<1xf64>
  %pure = ltc.cfc_cell "pure" %x {
      mode = #ltc.mode<pure>, elapsed = 1.0 : f64, mask = dense<1> : tensor<1x2xi8>, mask_kind = #ltc.mask_kind<absolute>,
      ff1_weight = dense<0.5> : tensor<1x2xf64>, ff1_bias = dense<0.0> : tensor<1xf64>,
      w_tau = dense<0.5> : tensor<1xf64>, a = dense<1.0> : tensor<1xf64>} : (tensor<1xsi8>) -> tensor<1xf64>
  lle.output
}

// CHECK-LABEL: lle.network @activations
// CHECK: ltc.ctrnn_cell "linear" %arg0 {activation = #lle.activation<linear>
// CHECK: ltc.ctrnn_cell "relu" %arg0 {activation = #lle.activation<relu>
// CHECK: ltc.ctrnn_cell "silu" %arg0 {activation = #lle.activation<silu>
// CHECK: ltc.ctrnn_cell "gelu" %arg0 {activation = #lle.activation<gelu>
// CHECK: ltc.ctrnn_cell "softplus" %arg0 {activation = #lle.activation<softplus>
lle.network @activations(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  %0 = ltc.ctrnn_cell "linear" %x {activation = #lle.activation<linear>, unfolds = 1 : i64, elapsed = 0.5 : f64,
      tau = dense<1.0> : tensor<1xf32>, w_in = dense<0.25> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>,
      bias = dense<0.0> : tensor<1xf32>} : (tensor<1xf32>) -> tensor<1xf32>
  %1 = ltc.ctrnn_cell "relu" %x {activation = #lle.activation<relu>, unfolds = 1 : i64, elapsed = 0.5 : f64,
      tau = dense<1.0> : tensor<1xf32>, w_in = dense<0.25> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>,
      bias = dense<0.0> : tensor<1xf32>} : (tensor<1xf32>) -> tensor<1xf32>
  %2 = ltc.ctrnn_cell "silu" %x {activation = #lle.activation<silu>, unfolds = 1 : i64, elapsed = 0.5 : f64,
      tau = dense<1.0> : tensor<1xf32>, w_in = dense<0.25> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>,
      bias = dense<0.0> : tensor<1xf32>} : (tensor<1xf32>) -> tensor<1xf32>
  %3 = ltc.ctrnn_cell "gelu" %x {activation = #lle.activation<gelu>, unfolds = 1 : i64, elapsed = 0.5 : f64,
      tau = dense<1.0> : tensor<1xf32>, w_in = dense<0.25> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>,
      bias = dense<0.0> : tensor<1xf32>} : (tensor<1xf32>) -> tensor<1xf32>
  %4 = ltc.ctrnn_cell "softplus" %x {activation = #lle.activation<softplus>, unfolds = 1 : i64, elapsed = 0.5 : f64,
      tau = dense<1.0> : tensor<1xf32>, w_in = dense<0.25> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>,
      bias = dense<0.0> : tensor<1xf32>} : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// CHECK-LABEL: lle.network @lstm_cell
// CHECK: ltc.lstm_cell "lstm" %arg0 {bias = dense<1.000000e-01> : tensor<8xf32>, w_in = dense<2.500000e-01> : tensor<8x3xf32>,
// CHECK-SAME: w_rec = dense<5.000000e-01> : tensor<8x2xf32>} : (tensor<3xf32>) -> tensor<2xf32>
// GENERIC: "ltc.lstm_cell"({{%.*}}) <{bias = dense<1.000000e-01> : tensor<8xf32>, name = "lstm",
lle.network @lstm_cell(%x: tensor<3xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %h = ltc.lstm_cell "lstm" %x {w_in = dense<2.500000e-01> : tensor<8x3xf32>, w_rec = dense<5.000000e-01> : tensor<8x2xf32>,
      bias = dense<1.000000e-01> : tensor<8xf32>} : (tensor<3xf32>) -> tensor<2xf32>
  lle.output %h : tensor<2xf32>
}

// Mixed memory: an LSTM updates the state of a cell, and a delay holds it.
// CHECK-LABEL: lle.network @mixed_memory
// CHECK: %[[HELD:.*]] = lle.delay "held" %[[NEXT:.*]] {
// CHECK: %[[MEMORY:.*]] = ltc.lstm_cell "memory" %arg0 hidden %[[HELD]] {
// CHECK-SAME: : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
// CHECK: %[[NEXT]] = ltc.ctrnn_cell "cell" %arg0 elapsed %arg1 hidden %[[MEMORY]] {activation = #lle.activation<sigmoid>
// CHECK-SAME: : (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
lle.network @mixed_memory(%x: tensor<1xf32>, %t: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %held = lle.delay "held" %next {initial = 0.0 : f64, steps = dense<1> : tensor<1xi64>} : tensor<1xf32>
  %memory = ltc.lstm_cell "memory" %x hidden %held {w_in = dense<0.25> : tensor<4x1xf32>,
      w_rec = dense<0.5> : tensor<4x1xf32>, bias = dense<0.0> : tensor<4xf32>}
    : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  %next = ltc.ctrnn_cell "cell" %x elapsed %t hidden %memory {activation = #lle.activation<sigmoid>, unfolds = 2 : i64,
      elapsed = 0.0 : f64, tau = dense<1.0> : tensor<1xf32>, w_in = dense<0.25> : tensor<1x1xf32>,
      w_rec = dense<0.5> : tensor<1x1xf32>, bias = dense<0.0> : tensor<1xf32>}
    : (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  lle.output %next : tensor<1xf32>
}

// CHECK-LABEL: lle.network @gru_cell
// CHECK: ltc.gru_cell "gru" %arg0 {bias_in = dense<1.000000e-01> : tensor<6xf32>, bias_rec = dense<0.000000e+00> : tensor<6xf32>,
// CHECK-SAME: reset = #ltc.reset<after>
lle.network @gru_cell(%x: tensor<3xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %h = ltc.gru_cell "gru" %x {reset = #ltc.reset<after>, w_in = dense<2.500000e-01> : tensor<6x3xf32>,
      w_rec = dense<5.000000e-01> : tensor<6x2xf32>, bias_in = dense<1.000000e-01> : tensor<6xf32>,
      bias_rec = dense<0.000000e+00> : tensor<6xf32>} : (tensor<3xf32>) -> tensor<2xf32>
  lle.output %h : tensor<2xf32>
}

// CHECK-LABEL: lle.network @gru_before
// CHECK: ltc.gru_cell "gru" %arg0 hidden %arg1 {
// CHECK-SAME: reset = #ltc.reset<before>
lle.network @gru_before(%x: tensor<1xi1>, %h: tensor<1xf64>) attributes {dt = 1.0 : f64} {
  %next = ltc.gru_cell "gru" %x hidden %h {reset = #ltc.reset<before>, w_in = dense<0.25> : tensor<3x1xf64>,
      w_rec = dense<0.5> : tensor<3x1xf64>, bias_in = dense<0.0> : tensor<3xf64>, bias_rec = dense<0.0> : tensor<3xf64>}
    : (tensor<1xi1>, tensor<1xf64>) -> tensor<1xf64>
  lle.output
}

// CHECK-LABEL: lle.network @ctrnn_cell
// CHECK: ltc.ctrnn_cell "ctrnn" %arg0 {activation = #lle.activation<tanh>, bias = dense<1.000000e-01> : tensor<2xf32>,
// CHECK-SAME: elapsed = 6.000000e-01 : f64, tau = dense<1.000000e+00> : tensor<2xf32>, unfolds = 6 : i64
lle.network @ctrnn_cell(%x: tensor<3xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %v = ltc.ctrnn_cell "ctrnn" %x {activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 6.000000e-01 : f64,
      tau = dense<1.000000e+00> : tensor<2xf32>, w_in = dense<2.500000e-01> : tensor<2x3xf32>,
      w_rec = dense<5.000000e-01> : tensor<2x2xf32>, bias = dense<1.000000e-01> : tensor<2xf32>}
    : (tensor<3xf32>) -> tensor<2xf32>
  lle.output %v : tensor<2xf32>
}
