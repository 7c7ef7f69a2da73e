// RUN: lle-opt %s --split-input-file --verify-diagnostics

// C2: the shape of a parameter.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_delta' op [C2] v_threshold must be dense integers of the shape of 'tensor<3xsi32>', got 'tensor<1xi32>'}}
  %z = spk.fixed_delta "n" %x loihi {cum_error = false, spike_exp = 6 : i64, state_exp = 6 : i64,
    v_threshold = dense<13> : tensor<1xi32>} : tensor<3xsi32>
  lle.output
}

// -----

// C2: thresholds of 24 bits, 2048 << 12 at most.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_delta' op [C2] v_threshold must be 0 to 2048, got 2049}}
  %z = spk.fixed_delta "n" %x loihi {cum_error = false, spike_exp = 6 : i64, state_exp = 6 : i64,
    v_threshold = dense<[0, 2048, 2049]> : tensor<3xi32>} : tensor<3xsi32>
  lle.output
}

// -----

// C2: no negative thresholds.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_delta' op [C2] v_threshold must be 0 to 2048, got -1}}
  %z = spk.fixed_delta "n" %x loihi {cum_error = false, spike_exp = 6 : i64, state_exp = 6 : i64,
    v_threshold = dense<-1> : tensor<3xi32>} : tensor<3xsi32>
  lle.output
}

// -----

// C3: exponents of three bits.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_delta' op [C3] spike_exp must be 0 to 7, got 8}}
  %z = spk.fixed_delta "n" %x loihi {cum_error = false, spike_exp = 8 : i64, state_exp = 6 : i64,
    v_threshold = dense<13> : tensor<3xi32>} : tensor<3xsi32>
  lle.output
}

// -----

// C3
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_delta' op [C3] state_exp must be 0 to 7, got -1}}
  %z = spk.fixed_delta "n" %x loihi {cum_error = false, spike_exp = 6 : i64, state_exp = -1 : i64,
    v_threshold = dense<13> : tensor<3xi32>} : tensor<3xsi32>
  lle.output
}

// -----

// C2: a bias of 24 bits.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_sigma_delta' op [C2] bias must be -2047 to 2047, got 2048}}
  %z = spk.fixed_sigma_delta "n" %x loihi {activation = #lle.activation<relu>, bias = dense<2048> : tensor<3xi32>,
    cum_error = false, spike_exp = 6 : i64, state_exp = 6 : i64, v_threshold = dense<13> : tensor<3xi32>} : tensor<3xsi32>
  lle.output
}

// -----

// C2: integers.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_sigma_delta' op [C2] bias must be dense integers of the shape of 'tensor<3xsi32>', got 'tensor<3xf32>'}}
  %z = spk.fixed_sigma_delta "n" %x loihi {activation = #lle.activation<relu>, bias = dense<2.0> : tensor<3xf32>,
    cum_error = false, spike_exp = 6 : i64, state_exp = 6 : i64, v_threshold = dense<13> : tensor<3xi32>} : tensor<3xsi32>
  lle.output
}

// -----

// C2
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_sigma_delta' op [C2] v_threshold must be 0 to 2048, got 4096}}
  %z = spk.fixed_sigma_delta "n" %x loihi {activation = #lle.activation<relu>, bias = dense<2> : tensor<3xi32>,
    cum_error = false, spike_exp = 6 : i64, state_exp = 6 : i64, v_threshold = dense<4096> : tensor<3xi32>} : tensor<3xsi32>
  lle.output
}

// -----

// C3: the exponent of weights.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_sigma_delta' op [C3] weight_exp must be 0 to 7, got 9}}
  %z = spk.fixed_sigma_delta "n" %x loihi {activation = #lle.activation<relu>, bias = dense<2> : tensor<3xi32>,
    cum_error = false, spike_exp = 6 : i64, state_exp = 6 : i64, v_threshold = dense<13> : tensor<3xi32>, weight_exp = 9 : i64} : tensor<3xsi32>
  lle.output
}

// -----

// C4: two activations.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_sigma_delta' op [C4] activation must be linear or relu, got tanh}}
  %z = spk.fixed_sigma_delta "n" %x loihi {activation = #lle.activation<tanh>, bias = dense<2> : tensor<3xi32>,
    cum_error = false, spike_exp = 6 : i64, state_exp = 6 : i64, v_threshold = dense<13> : tensor<3xi32>} : tensor<3xsi32>
  lle.output
}

// -----

// C3
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_sigma' op [C3] weight_exp must be 0 to 7, got 8}}
  %z = spk.fixed_sigma "n" %x loihi {weight_exp = 8 : i64} : tensor<3xsi32>
  lle.output
}

// -----

// C1: one neuron for each element of the inputs.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_rf' op [C1] inputs have type 'tensor<3xsi32>', but the result 'tensor<2xi1>'}}
  %z = spk.fixed_rf "n" %x, %x loihi {decay_cos = dense<3000> : tensor<3xi32>, decay_sin = dense<2500> : tensor<3xi32>,
    resonator = #spk.resonator<phase>, v_threshold = dense<64> : tensor<3xi32>} : tensor<3xsi32> -> tensor<2xi1>
  lle.output
}

// -----

// C2: a turn of no more than one.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_rf' op [C2] decay_cos must be -4096 to 4096, got -4097}}
  %z = spk.fixed_rf "n" %x, %x loihi {decay_cos = dense<-4097> : tensor<3xi32>, decay_sin = dense<2500> : tensor<3xi32>,
    resonator = #spk.resonator<phase>, v_threshold = dense<64> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
  lle.output
}

// -----

// C2
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_rf' op [C2] decay_sin must be -4096 to 4096, got 4097}}
  %z = spk.fixed_rf "n" %x, %x loihi {decay_cos = dense<3000> : tensor<3xi32>, decay_sin = dense<4097> : tensor<3xi32>,
    resonator = #spk.resonator<phase>, v_threshold = dense<64> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
  lle.output
}

// -----

// C2
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_rf' op [C2] v_threshold must be 0 to 131072, got 131073}}
  %z = spk.fixed_rf "n" %x, %x loihi {decay_cos = dense<3000> : tensor<3xi32>, decay_sin = dense<2500> : tensor<3xi32>,
    resonator = #spk.resonator<phase>, v_threshold = dense<131073> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
  lle.output
}

// -----

// C3
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_rf' op [C3] weight_exp must be 0 to 7, got 8}}
  %z = spk.fixed_rf "n" %x, %x loihi {decay_cos = dense<3000> : tensor<3xi32>, decay_sin = dense<2500> : tensor<3xi32>,
    resonator = #spk.resonator<phase>, v_threshold = dense<64> : tensor<3xi32>, weight_exp = 8 : i64} : tensor<3xsi32> -> tensor<3xi1>
  lle.output
}
