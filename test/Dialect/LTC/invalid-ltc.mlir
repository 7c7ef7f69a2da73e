// RUN: lle-opt %s -split-input-file -verify-diagnostics

// Signals of a cell have rank 1.
lle.network @net(%x: tensor<1x1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C1] input and results must have rank 1, got 'tensor<1x1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1x1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// A scalar has rank 0.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C1] input and results must have rank 1, got 'tensor<f32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<f32>, tensor<1xf32>)
  lle.output
}

// -----

// Real numbers come in with the type that goes out.
lle.network @net(%x: tensor<1xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C1] input has type 'tensor<1xf64>', expected the element type of 'tensor<1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf64>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// The state has rank 1 too.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C1] output has type 'tensor<1xf32>' and state 'tensor<1x1xf32>', expected as many or fewer elements of the same type}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1x1xf32>)
  lle.output
}

// -----

// No more outputs than neurons.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C1] output has type 'tensor<2xf32>' and state 'tensor<1xf32>', expected as many or fewer elements of the same type}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<2xf32>, tensor<1xf32>)
  lle.output
}

// -----

// One precision for both results.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C1] output has type 'tensor<1xf32>' and state 'tensor<1xf64>', expected as many or fewer elements of the same type}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf64>)
  lle.output
}

// -----

// Every parameter has its shape: gleak.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter gleak has type 'tensor<1x1xf32>', expected 'tensor<1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1x1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Every parameter has its shape: vleak.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter vleak has type 'tensor<1x1xf32>', expected 'tensor<1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<1.0> : tensor<1x1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Every parameter has its shape: cm.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter cm has type 'tensor<1x1xf32>', expected 'tensor<1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1x1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Every parameter has its shape: sigma.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter sigma has type 'tensor<1xf32>', expected 'tensor<1x1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Every parameter has its shape: mu.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter mu has type 'tensor<1xf32>', expected 'tensor<1x1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<1.0> : tensor<1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Every parameter has its shape: w.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter w has type 'tensor<1xf32>', expected 'tensor<1x1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Every parameter has its shape: erev.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter erev has type 'tensor<1xf32>', expected 'tensor<1x1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Every parameter has its shape: sensory_sigma.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter sensory_sigma has type 'tensor<1xf32>', expected 'tensor<1x1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Every parameter has its shape: sensory_mu.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter sensory_mu has type 'tensor<1xf32>', expected 'tensor<1x1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<1.0> : tensor<1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Every parameter has its shape: sensory_w.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter sensory_w has type 'tensor<1xf32>', expected 'tensor<1x1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Every parameter has its shape: sensory_erev.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter sensory_erev has type 'tensor<1xf32>', expected 'tensor<1x1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Every parameter has its shape: input_w.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter input_w has type 'tensor<1x1xf32>', expected 'tensor<1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>, input_w = dense<1.0> : tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Every parameter has its shape: output_w.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter output_w has type 'tensor<1x1xf32>', expected 'tensor<1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>, output_w = dense<1.0> : tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// So do offsets of maps.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter input_b has type 'tensor<2xf32>', expected 'tensor<1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>, input_w = dense<1.0> : tensor<1xf32>, input_b = dense<1.0> : tensor<2xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// A rank too few.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter output_b has type 'tensor<f32>', expected 'tensor<1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>, output_w = dense<1.0> : tensor<1xf32>, output_b = dense<1.0> : tensor<f32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Cells do not read resources.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter sigma must be a dense tensor of floats of at most 64 bits, got a resource of tensor<1x1xf32>}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense_resource<blob> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0>
      : tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu
      = dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

{-#
  dialect_resources: { builtin: { blob: "0x040000000000803F" } }
#-}

// -----

// Integers are no parameters.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter mu must be a dense tensor of floats of at most 64 bits, got tensor<1x1xi32>}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<1> : tensor<1x1xi32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Nor are floats wider than the reference.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter w must be a dense tensor of floats of at most 64 bits, got tensor<1x1xf128>}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf128>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu
      = dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// A vector is no tensor.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter cm must be a dense tensor of floats of at most 64 bits, got vector<1xf32>}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      vector<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Sparse elements are not read.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter erev must be a dense tensor of floats of at most 64 bits, got not dense tensor<1x1xf32>}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = sparse<[[0, 0]], [1.0]> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>,
      sensory_mu = dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Not a number.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter vleak must be finite in 'f32', got nan}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0x7FC00000> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// What is finite in the file, but not in the type of the cell.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter gleak must be finite in 'f32', got 1.000000e+39}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0e39> : tensor<1xf64>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// A mask has the shape of its weights.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter mask must be dense and of type 'tensor<1x1xi8>', got tensor<1xi8>}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>, mask = dense<1> : tensor<1xi8>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// A mask is of bytes.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter mask must be dense and of type 'tensor<1x1xi8>', got tensor<1x1xi32>}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>, mask = dense<1> : tensor<1x1xi32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Of signless ones.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter mask must be dense and of type 'tensor<1x1xi8>', got tensor<1x1xsi8>}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>, mask = dense<1> : tensor<1x1xsi8>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// In the text.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C2] parameter sensory_mask must be dense and of type 'tensor<1x1xi8>', got a resource of tensor<1x1xi8>}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>, sensory_mask = dense_resource<blob> : tensor<1x1xi8>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

{-#
  dialect_resources: { builtin: { blob: "0x0100000001" } }
#-}

// -----

// At least one unfold.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C3] unfolds must be positive, got 0}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 0 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// The sign of a large number is kept.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C3] unfolds must be positive, got -9223372036854775808}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = -9223372036854775808 : i64, epsilon =
      0.0 : f64, elapsed = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm =
      dense<1.0> : tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w =
      dense<1.0> : tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>,
      sensory_mu = dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// epsilon keeps denominators away from zero.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C3] epsilon must be finite and not negative, got -1.000000e-08}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = -1.0e-8 : f64,
      elapsed = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// And is a number.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C3] epsilon must be finite and not negative, got INF}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0x7FF0000000000000
      : f64, elapsed = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm =
      dense<1.0> : tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w =
      dense<1.0> : tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>,
      sensory_mu = dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Time does not stand still.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C3] elapsed must be finite and positive, got 0.000000e+00}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 0.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Nor go back.
lle.network @net(%x: tensor<1xf32>, %t: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C3] elapsed must be finite and not negative, got -1.000000e+00}}
  %y, %v = ltc.ltc_cell "rnn" %x elapsed %t {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = -1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>, tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Nor end.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C3] elapsed must be finite and positive, got INF}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 0x7FF0000000000000 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm =
      dense<1.0> : tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w =
      dense<1.0> : tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>,
      sensory_mu = dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// One time for all neurons.
lle.network @net(%x: tensor<1xf32>, %t: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C4] the elapsed time has type 'tensor<2xf32>', expected one element of 'f32'}}
  %y, %v = ltc.ltc_cell "rnn" %x elapsed %t {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>, tensor<2xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// In the precision of the cell.
lle.network @net(%x: tensor<1xf32>, %t: tensor<1xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C4] the elapsed time has type 'tensor<1xf64>', expected one element of 'f32'}}
  %y, %v = ltc.ltc_cell "rnn" %x elapsed %t {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>, tensor<1xf64>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// hidden is a state.
lle.network @net(%x: tensor<1xf32>, %h: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C4] hidden has type 'tensor<2xf32>', expected 'tensor<1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x hidden %h {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>, tensor<2xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Also in rank.
lle.network @net(%x: tensor<1xf32>, %h: tensor<1x1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C4] hidden has type 'tensor<1x1xf32>', expected 'tensor<1xf32>'}}
  %y, %v = ltc.ltc_cell "rnn" %x hidden %h {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>}
    : (tensor<1xf32>, tensor<1x1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// An offset without a factor is no map.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C5] input_b needs input_w}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>, input_b = dense<1.0> : tensor<1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// Neither at the other end.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C5] output_b needs output_w}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>, output_b = dense<1.0> : tensor<1xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// What a mask holds.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C6] mask holds 2, expected -1, 0 or 1}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>, mask = dense<2> : tensor<1x1xi8>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

// And another.
lle.network @net(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op [C6] sensory_mask holds -128, expected -1, 0 or 1}}
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64, elapsed
      = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.0> : tensor<1xf32>, cm = dense<1.0> :
      tensor<1xf32>, sigma = dense<1.0> : tensor<1x1xf32>, mu = dense<0.0> : tensor<1x1xf32>, w = dense<1.0> :
      tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<1.0> : tensor<1x1xf32>, sensory_mu =
      dense<0.0> : tensor<1x1xf32>, sensory_w = dense<1.0> : tensor<1x1xf32>, sensory_erev = dense<1.0> :
      tensor<1x1xf32>, sensory_mask = dense<-128> : tensor<1x1xi8>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}
