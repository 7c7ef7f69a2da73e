// RUN: lle-opt %s -split-input-file -verify-diagnostics

// LSTM: signals have rank 1.
lle.network @net(%x: tensor<f32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.lstm_cell' op [C1] input and results must have rank 1, got 'tensor<f32>'}}
  %y = ltc.lstm_cell "rnn" %x {
      w_in = dense<0.5> : tensor<4x1xf32>, w_rec = dense<0.5> : tensor<4x1xf32>, bias = dense<0.5> : tensor<4xf32>}
    : (tensor<f32>) -> tensor<1xf32>
  lle.output
}

// -----

// LSTM: real numbers come in with the type that goes out.
lle.network @net(%x: tensor<1xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.lstm_cell' op [C1] input has type 'tensor<1xf64>', expected the element type of 'tensor<1xf32>'}}
  %y = ltc.lstm_cell "rnn" %x {
      w_in = dense<0.5> : tensor<4x1xf32>, w_rec = dense<0.5> : tensor<4x1xf32>, bias = dense<0.5> : tensor<4xf32>}
    : (tensor<1xf64>) -> tensor<1xf32>
  lle.output
}

// -----

// GRU: signals have rank 1.
lle.network @net(%x: tensor<f32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.gru_cell' op [C1] input and results must have rank 1, got 'tensor<f32>'}}
  %y = ltc.gru_cell "rnn" %x {
      reset = #ltc.reset<after>, w_in = dense<0.5> : tensor<3x1xf32>, w_rec = dense<0.5> : tensor<3x1xf32>, bias_in =
      dense<0.5> : tensor<3xf32>, bias_rec = dense<0.5> : tensor<3xf32>}
    : (tensor<f32>) -> tensor<1xf32>
  lle.output
}

// -----

// GRU: real numbers come in with the type that goes out.
lle.network @net(%x: tensor<1xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.gru_cell' op [C1] input has type 'tensor<1xf64>', expected the element type of 'tensor<1xf32>'}}
  %y = ltc.gru_cell "rnn" %x {
      reset = #ltc.reset<after>, w_in = dense<0.5> : tensor<3x1xf32>, w_rec = dense<0.5> : tensor<3x1xf32>, bias_in =
      dense<0.5> : tensor<3xf32>, bias_rec = dense<0.5> : tensor<3xf32>}
    : (tensor<1xf64>) -> tensor<1xf32>
  lle.output
}

// -----

// CT-RNN: signals have rank 1.
lle.network @net(%x: tensor<f32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ctrnn_cell' op [C1] input and results must have rank 1, got 'tensor<f32>'}}
  %y = ltc.ctrnn_cell "rnn" %x {
      activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 1.0 : f64, tau = dense<1.0> : tensor<1xf32>,
      w_in = dense<0.5> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>, bias = dense<0.5> : tensor<1xf32>}
    : (tensor<f32>) -> tensor<1xf32>
  lle.output
}

// -----

// CT-RNN: real numbers come in with the type that goes out.
lle.network @net(%x: tensor<1xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ctrnn_cell' op [C1] input has type 'tensor<1xf64>', expected the element type of 'tensor<1xf32>'}}
  %y = ltc.ctrnn_cell "rnn" %x {
      activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 1.0 : f64, tau = dense<1.0> : tensor<1xf32>,
      w_in = dense<0.5> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>, bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf64>) -> tensor<1xf32>
  lle.output
}

// -----

// hidden is a state.
lle.network @net(%x: tensor<1xf32>, %h: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.lstm_cell' op [C1] hidden has type 'tensor<2xf32>', expected 'tensor<1xf32>'}}
  %h1 = ltc.lstm_cell "rnn" %x hidden %h {
      w_in = dense<0.5> : tensor<4x1xf32>, w_rec = dense<0.5> : tensor<4x1xf32>, bias = dense<0.5> : tensor<4xf32>}
    : (tensor<1xf32>, tensor<2xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Also of a GRU.
lle.network @net(%x: tensor<1xf32>, %h: tensor<1xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.gru_cell' op [C1] hidden has type 'tensor<1xf64>', expected 'tensor<1xf32>'}}
  %h1 = ltc.gru_cell "rnn" %x hidden %h {
      reset = #ltc.reset<after>, w_in = dense<0.5> : tensor<3x1xf32>, w_rec = dense<0.5> : tensor<3x1xf32>, bias_in =
      dense<0.5> : tensor<3xf32>, bias_rec = dense<0.5> : tensor<3xf32>}
    : (tensor<1xf32>, tensor<1xf64>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: w_in.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.lstm_cell' op [C2] parameter w_in has type 'tensor<4xf32>', expected 'tensor<4x1xf32>'}}
  %y = ltc.lstm_cell "rnn" %x {
      w_in = dense<0.5> : tensor<4xf32>, w_rec = dense<0.5> : tensor<4x1xf32>, bias = dense<0.5> : tensor<4xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: w_rec.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.lstm_cell' op [C2] parameter w_rec has type 'tensor<4x2xf32>', expected 'tensor<4x1xf32>'}}
  %y = ltc.lstm_cell "rnn" %x {
      w_in = dense<0.5> : tensor<4x1xf32>, w_rec = dense<0.5> : tensor<4x2xf32>, bias = dense<0.5> : tensor<4xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: bias.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.lstm_cell' op [C2] parameter bias has type 'tensor<1xf32>', expected 'tensor<4xf32>'}}
  %y = ltc.lstm_cell "rnn" %x {
      w_in = dense<0.5> : tensor<4x1xf32>, w_rec = dense<0.5> : tensor<4x1xf32>, bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: w_in.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.gru_cell' op [C2] parameter w_in has type 'tensor<3x2xf32>', expected 'tensor<3x1xf32>'}}
  %y = ltc.gru_cell "rnn" %x {
      reset = #ltc.reset<after>, w_in = dense<0.5> : tensor<3x2xf32>, w_rec = dense<0.5> : tensor<3x1xf32>, bias_in =
      dense<0.5> : tensor<3xf32>, bias_rec = dense<0.5> : tensor<3xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: w_rec.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.gru_cell' op [C2] parameter w_rec has type 'tensor<1x3xf32>', expected 'tensor<3x1xf32>'}}
  %y = ltc.gru_cell "rnn" %x {
      reset = #ltc.reset<after>, w_in = dense<0.5> : tensor<3x1xf32>, w_rec = dense<0.5> : tensor<1x3xf32>, bias_in =
      dense<0.5> : tensor<3xf32>, bias_rec = dense<0.5> : tensor<3xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: bias_in.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.gru_cell' op [C2] parameter bias_in has type 'tensor<f32>', expected 'tensor<3xf32>'}}
  %y = ltc.gru_cell "rnn" %x {
      reset = #ltc.reset<after>, w_in = dense<0.5> : tensor<3x1xf32>, w_rec = dense<0.5> : tensor<3x1xf32>, bias_in =
      dense<0.5> : tensor<f32>, bias_rec = dense<0.5> : tensor<3xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: bias_rec.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.gru_cell' op [C2] parameter bias_rec has type 'tensor<4xf32>', expected 'tensor<3xf32>'}}
  %y = ltc.gru_cell "rnn" %x {
      reset = #ltc.reset<after>, w_in = dense<0.5> : tensor<3x1xf32>, w_rec = dense<0.5> : tensor<3x1xf32>, bias_in =
      dense<0.5> : tensor<3xf32>, bias_rec = dense<0.5> : tensor<4xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: tau.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ctrnn_cell' op [C2] parameter tau has type 'tensor<2xf32>', expected 'tensor<1xf32>'}}
  %y = ltc.ctrnn_cell "rnn" %x {
      activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 1.0 : f64, tau = dense<0.5> : tensor<2xf32>,
      w_in = dense<0.5> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>, bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: w_in.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ctrnn_cell' op [C2] parameter w_in has type 'tensor<1x2xf32>', expected 'tensor<1x1xf32>'}}
  %y = ltc.ctrnn_cell "rnn" %x {
      activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 1.0 : f64, tau = dense<1.0> : tensor<1xf32>,
      w_in = dense<0.5> : tensor<1x2xf32>, w_rec = dense<0.5> : tensor<1x1xf32>, bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: w_rec.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ctrnn_cell' op [C2] parameter w_rec has type 'tensor<2x1xf32>', expected 'tensor<1x1xf32>'}}
  %y = ltc.ctrnn_cell "rnn" %x {
      activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 1.0 : f64, tau = dense<1.0> : tensor<1xf32>,
      w_in = dense<0.5> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<2x1xf32>, bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Every parameter has its shape: bias.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ctrnn_cell' op [C2] parameter bias has type 'tensor<1x1xf32>', expected 'tensor<1xf32>'}}
  %y = ltc.ctrnn_cell "rnn" %x {
      activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 1.0 : f64, tau = dense<1.0> : tensor<1xf32>,
      w_in = dense<0.5> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>, bias = dense<0.5> : tensor<1x1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Parameters are floats.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.lstm_cell' op [C2] parameter bias must be a dense tensor of floats of at most 64 bits, got tensor<4xi1>}}
  %y = ltc.lstm_cell "rnn" %x {
      w_in = dense<0.5> : tensor<4x1xf32>, w_rec = dense<0.5> : tensor<4x1xf32>, bias = dense<true> : tensor<4xi1>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Time constants are positive.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ctrnn_cell' op [C2] tau must be positive, got 0.000000e+00}}
  %y = ltc.ctrnn_cell "rnn" %x {
      activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 1.0 : f64, tau = dense<0.0> : tensor<1xf32>,
      w_in = dense<0.5> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>, bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// All of them.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ctrnn_cell' op [C2] tau must be positive, got -1.000000e+00}}
  %y = ltc.ctrnn_cell "rnn" %x {
      activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 1.0 : f64, tau = dense<-1.0> : tensor<1xf16>,
      w_in = dense<0.5> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>, bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// At least one unfold.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ctrnn_cell' op [C3] unfolds must be positive, got -1}}
  %y = ltc.ctrnn_cell "rnn" %x {
      activation = #lle.activation<tanh>, unfolds = -1 : i64, elapsed = 1.0 : f64, tau = dense<1.0> : tensor<1xf32>,
      w_in = dense<0.5> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>, bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// Time passes.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ctrnn_cell' op [C3] elapsed must be finite and positive, got 0.000000e+00}}
  %y = ltc.ctrnn_cell "rnn" %x {
      activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 0.0 : f64, tau = dense<1.0> : tensor<1xf32>,
      w_in = dense<0.5> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>, bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// And does not go back where an operand is added to it.
lle.network @net(%x: tensor<1xf32>, %t: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ctrnn_cell' op [C3] elapsed must be finite and not negative, got -1.000000e+00}}
  %y = ltc.ctrnn_cell "rnn" %x elapsed %t {
      activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = -1.0 : f64, tau = dense<1.0> : tensor<1xf32>,
      w_in = dense<0.5> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>, bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// One time for all neurons.
lle.network @net(%x: tensor<1xf32>, %t: tensor<1x2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ctrnn_cell' op [C4] the elapsed time has type 'tensor<1x2xf32>', expected one element of 'f32'}}
  %y = ltc.ctrnn_cell "rnn" %x elapsed %t {
      activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 1.0 : f64, tau = dense<1.0> : tensor<1xf32>,
      w_in = dense<0.5> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>, bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>, tensor<1x2xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// hidden is a state.
lle.network @net(%x: tensor<1xf32>, %h: tensor<1x1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ctrnn_cell' op [C4] hidden has type 'tensor<1x1xf32>', expected 'tensor<1xf32>'}}
  %h1 = ltc.ctrnn_cell "rnn" %x hidden %h {
      activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 1.0 : f64, tau = dense<1.0> : tensor<1xf32>,
      w_in = dense<0.5> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>, bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>, tensor<1x1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

// A state that is given within the step needs a delay in its loop.
// expected-error @below {{'lle.network' op [C4] cycle without delay: 'cell' -> 'cell'}}
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-note @below {{'cell' is part of the cycle}}
  %next = ltc.ctrnn_cell "cell" %x hidden %next {activation = #lle.activation<tanh>, unfolds = 6 : i64, elapsed = 1.0 : f64, tau = dense<1.0> : tensor<1xf32>, w_in = dense<0.5> : tensor<1x1xf32>, w_rec = dense<0.5> : tensor<1x1xf32>, bias = dense<0.5> : tensor<1xf32>}
    : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  lle.output
}
