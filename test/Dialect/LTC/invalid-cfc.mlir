// RUN: lle-opt %s -split-input-file -verify-diagnostics

// Signals of a cell have rank 1.
lle.network @net(%x: tensor<1x1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C1] input and results must have rank 1, got 'tensor<1x1xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1x1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The result too.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C1] input and results must have rank 1, got 'tensor<1x1xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1x1xf32>
  lle.output
}

// -----

// Real numbers come in with the type that goes out.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C1] input has type 'tensor<1xf32>', expected the element type of 'tensor<1xf64>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf64>
  lle.output
}

// -----

// Every parameter has its shape: ff1_weight.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter ff1_weight has type 'tensor<2x1xf32>', expected 'tensor<1x2xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<2x1xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: ff1_bias.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter ff1_bias has type 'tensor<2xf32>', expected 'tensor<1xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<2xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: ff2_weight.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter ff2_weight has type 'tensor<1xf32>', expected 'tensor<1x2xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: ff2_bias.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter ff2_bias has type 'tensor<f32>', expected 'tensor<1xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<f32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: time_a_weight.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter time_a_weight has type 'tensor<1x1xf32>', expected 'tensor<1x2xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x1xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: time_a_bias.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter time_a_bias has type 'tensor<3xf32>', expected 'tensor<1xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<3xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: time_b_weight.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter time_b_weight has type 'tensor<1x2x1xf32>', expected 'tensor<1x2xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2x1xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: time_b_bias.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter time_b_bias has type 'tensor<1x1xf32>', expected 'tensor<1xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1x1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Those of the mode pure.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter w_tau has type 'tensor<1x1xf32>', expected 'tensor<1xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<pure>, elapsed = 1.0 : f64, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> :
      tensor<1xf32>, w_tau = dense<0.5> : tensor<1x1xf32>, a = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// And its A.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter a has type 'tensor<2xf32>', expected 'tensor<1xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<pure>, elapsed = 1.0 : f64, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> :
      tensor<1xf32>, w_tau = dense<0.5> : tensor<1xf32>, a = dense<0.5> : tensor<2xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Not a number.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter a must be finite in 'f32', got -INF}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<pure>, elapsed = 1.0 : f64, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> :
      tensor<1xf32>, w_tau = dense<0.5> : tensor<1xf32>, a = dense<0xFF800000> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// A layer without bias.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] the backbone has 1 weights and 0 biases}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>, activation = #lle.activation<relu>, backbone_weights = [dense<0.5> :
      tensor<1x2xf32>]}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// A bias without layer.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] the backbone has 1 weights and 2 biases}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>, activation = #lle.activation<relu>, backbone_weights = [dense<0.5> :
      tensor<1x2xf32>], backbone_biases = [dense<0.5> : tensor<1xf32>, dense<0.5> : tensor<1xf32>]}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The first layer reads input and state.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter backbone_weights[0] has type 'tensor<2x1xf32>', expected 'tensor<2x2xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>, activation = #lle.activation<relu>, backbone_weights = [dense<0.5> :
      tensor<2x1xf32>], backbone_biases = [dense<0.5> : tensor<2xf32>]}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The next one reads the first.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter backbone_weights[1] has type 'tensor<2x2xf32>', expected 'tensor<2x3xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>, activation = #lle.activation<relu>, backbone_weights = [dense<0.5> :
      tensor<3x2xf32>, dense<0.5> : tensor<2x2xf32>], backbone_biases = [dense<0.5> : tensor<3xf32>, dense<0.5> :
      tensor<2xf32>]}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The heads read the last one.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter ff1_weight has type 'tensor<1x2xf32>', expected 'tensor<1x3xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>, activation = #lle.activation<relu>, backbone_weights = [dense<0.5> :
      tensor<3x2xf32>], backbone_biases = [dense<0.5> : tensor<3xf32>]}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// A bias for each output.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter backbone_biases[0] has type 'tensor<3xf32>', expected 'tensor<2xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>, activation = #lle.activation<relu>, backbone_weights = [dense<0.5> :
      tensor<2x2xf32>], backbone_biases = [dense<0.5> : tensor<3xf32>]}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// A layer gives something.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter backbone_weights[0] has type 'tensor<0x2xf32>', expected 'tensor<1x2xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>, activation = #lle.activation<relu>, backbone_weights = [dense<> :
      tensor<0x2xf32>], backbone_biases = [dense<> : tensor<0xf32>]}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// A layer is a matrix.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter backbone_weights[0] has type 'tensor<f32>', expected 'tensor<1x2xf32>'}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>, activation = #lle.activation<relu>, backbone_weights = [dense<0.5> :
      tensor<f32>], backbone_biases = [dense<0.5> : tensor<1xf32>]}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Of numbers.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter backbone_weights[0] must be a dense tensor of floats of at most 64 bits, got no elements}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>, activation = #lle.activation<relu>, backbone_weights = ["w"],
      backbone_biases = [dense<0.5> : tensor<1xf32>]}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Its bias as well.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter backbone_biases[0] must be a dense tensor of floats of at most 64 bits, got tensor<1xi8>}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>, activation = #lle.activation<relu>, backbone_weights = [dense<0.5> :
      tensor<1x2xf32>], backbone_biases = [dense<1> : tensor<1xi8>]}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// A mask has the shape of ff1_weight.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C2] parameter mask must be dense and of type 'tensor<1x2xi8>', got tensor<2x1xi8>}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>, mask = dense<1> : tensor<2x1xi8>, mask_kind = #ltc.mask_kind<signed>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Time does not go back.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C3] elapsed must be finite and not negative, got -1.000000e+00}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = -1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Nor is it no number.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C3] elapsed must be finite and not negative, got nan}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 0x7FF8000000000000 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation
      = #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// One time for all neurons.
lle.network @net(%x: tensor<1xf32>, %t: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C4] the elapsed time has type 'tensor<2xf32>', expected one element of 'f32'}}
  %y = ltc.cfc_cell "rnn" %x elapsed %t {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>, tensor<2xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// In the precision of the cell.
lle.network @net(%x: tensor<1xf32>, %t: tensor<f64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C4] the elapsed time has type 'tensor<f64>', expected one element of 'f32'}}
  %y = ltc.cfc_cell "rnn" %x elapsed %t {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>, tensor<f64>) -> tensor<1xf32>
  lle.output
}

// -----

// hidden is a state.
lle.network @net(%x: tensor<1xf32>, %h: tensor<1xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C4] hidden has type 'tensor<1xf64>', expected 'tensor<1xf32>'}}
  %h1 = ltc.cfc_cell "rnn" %x hidden %h {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>, tensor<1xf64>) -> tensor<1xf32>
  lle.output
}

// -----

// The mode default has both heads and a gate: ff2_weight.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode default needs ff2_weight}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> : tensor<1x2xf32>, time_a_bias = dense<0.5> :
      tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>, time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The mode default has both heads and a gate: ff2_bias.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode default needs ff2_bias}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, time_a_weight = dense<0.5> : tensor<1x2xf32>, time_a_bias =
      dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>, time_b_bias = dense<0.5> :
      tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The mode default has both heads and a gate: time_a_weight.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode default needs time_a_weight}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_bias = dense<0.5> :
      tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>, time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The mode default has both heads and a gate: time_a_bias.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode default needs time_a_bias}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>, time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The mode default has both heads and a gate: time_b_weight.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode default needs time_b_weight}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The mode default has both heads and a gate: time_b_bias.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode default needs time_b_bias}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The mode default has both heads and a gate: gate_sign.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode default needs gate_sign}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, head_activation = #lle.activation<tanh>, ff1_weight = dense<0.5>
      : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>, ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias =
      dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> : tensor<1x2xf32>, time_a_bias = dense<0.5> :
      tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>, time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The mode default has both heads and a gate: head_activation.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode default needs head_activation}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, ff1_weight = dense<0.5> :
      tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>, ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias =
      dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> : tensor<1x2xf32>, time_a_bias = dense<0.5> :
      tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>, time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// So has the mode no_gate.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode no_gate needs gate_sign}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<no_gate>, elapsed = 1.0 : f64, head_activation = #lle.activation<tanh>, ff1_weight = dense<0.5>
      : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>, ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias =
      dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> : tensor<1x2xf32>, time_a_bias = dense<0.5> :
      tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>, time_b_bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// They have no time constant.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode default has no w_tau}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>, w_tau = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// And no A.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode no_gate has no a}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<no_gate>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>, a = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The mode pure has one head and no gate: ff2_weight.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode pure has no ff2_weight}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<pure>, elapsed = 1.0 : f64, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> :
      tensor<1xf32>, w_tau = dense<0.5> : tensor<1xf32>, a = dense<0.5> : tensor<1xf32>, ff2_weight = dense<0.5> :
      tensor<1x2xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The mode pure has one head and no gate: ff2_bias.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode pure has no ff2_bias}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<pure>, elapsed = 1.0 : f64, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> :
      tensor<1xf32>, w_tau = dense<0.5> : tensor<1xf32>, a = dense<0.5> : tensor<1xf32>, ff2_bias = dense<0.5> :
      tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The mode pure has one head and no gate: time_a_weight.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode pure has no time_a_weight}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<pure>, elapsed = 1.0 : f64, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> :
      tensor<1xf32>, w_tau = dense<0.5> : tensor<1xf32>, a = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The mode pure has one head and no gate: time_a_bias.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode pure has no time_a_bias}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<pure>, elapsed = 1.0 : f64, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> :
      tensor<1xf32>, w_tau = dense<0.5> : tensor<1xf32>, a = dense<0.5> : tensor<1xf32>, time_a_bias = dense<0.5> :
      tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The mode pure has one head and no gate: time_b_weight.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode pure has no time_b_weight}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<pure>, elapsed = 1.0 : f64, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> :
      tensor<1xf32>, w_tau = dense<0.5> : tensor<1xf32>, a = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> :
      tensor<1x2xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The mode pure has one head and no gate: time_b_bias.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode pure has no time_b_bias}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<pure>, elapsed = 1.0 : f64, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> :
      tensor<1xf32>, w_tau = dense<0.5> : tensor<1xf32>, a = dense<0.5> : tensor<1xf32>, time_b_bias = dense<0.5> :
      tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The mode pure has one head and no gate: gate_sign.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode pure has no gate_sign}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<pure>, elapsed = 1.0 : f64, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> :
      tensor<1xf32>, w_tau = dense<0.5> : tensor<1xf32>, a = dense<0.5> : tensor<1xf32>, gate_sign =
      #ltc.gate_sign<plus>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// The mode pure has one head and no gate: head_activation.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode pure has no head_activation}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<pure>, elapsed = 1.0 : f64, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> :
      tensor<1xf32>, w_tau = dense<0.5> : tensor<1xf32>, a = dense<0.5> : tensor<1xf32>, head_activation =
      #lle.activation<tanh>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// It has a time constant.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode pure needs w_tau}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<pure>, elapsed = 1.0 : f64, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> :
      tensor<1xf32>, a = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// And an A.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C5] mode pure needs a}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<pure>, elapsed = 1.0 : f64, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> :
      tensor<1xf32>, w_tau = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// What is between the layers.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C6] a backbone needs an activation}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>, backbone_weights = [dense<0.5> : tensor<2x2xf32>], backbone_biases =
      [dense<0.5> : tensor<2xf32>]}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Frameworks read masks in two ways.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C6] a mask needs mask_kind}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>, mask = dense<1> : tensor<1x2xi8>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// What a mask holds.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op [C6] mask holds -2, expected -1, 0 or 1}}
  %y = ltc.cfc_cell "rnn" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>, head_activation =
      #lle.activation<tanh>, ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.5> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.5> : tensor<1xf32>, time_a_weight = dense<0.5> :
      tensor<1x2xf32>, time_a_bias = dense<0.5> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.5> : tensor<1xf32>, mask = dense<[[1, -2]]> : tensor<1x2xi8>, mask_kind =
      #ltc.mask_kind<absolute>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}
