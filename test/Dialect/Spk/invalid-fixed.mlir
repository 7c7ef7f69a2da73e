// RUN: lle-opt %s --split-input-file --verify-diagnostics

// C1: one neuron for each element of the input.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_cuba_lif' op [C1] input has type 'tensor<3xsi32>', but the result 'tensor<2xi1>'}}
  %z = spk.fixed_cuba_lif "n" %x loihi {du = dense<0> : tensor<3xi32>, dv = dense<0> : tensor<3xi32>,
    v_threshold = dense<1> : tensor<3xi32>} : tensor<3xsi32> -> tensor<2xi1>
  lle.output
}

// -----

// C2: the shape of a parameter.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_cuba_lif' op [C2] du must be dense integers of the shape of 'tensor<3xsi32>', got 'tensor<1xi32>'}}
  %z = spk.fixed_cuba_lif "n" %x loihi {du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<3xi32>,
    v_threshold = dense<1> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
  lle.output
}

// -----

// C2: integers.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_cuba_lif' op [C2] v_threshold must be dense integers of the shape of 'tensor<3xsi32>', got 'tensor<3xf32>'}}
  %z = spk.fixed_cuba_lif "n" %x loihi {du = dense<0> : tensor<3xi32>, dv = dense<0> : tensor<3xi32>,
    v_threshold = dense<1.0> : tensor<3xf32>} : tensor<3xsi32> -> tensor<3xi1>
  lle.output
}

// -----

// C2: twelve bits.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_cuba_lif' op [C2] du must be -1 to 4095, got 4096}}
  %z = spk.fixed_cuba_lif "n" %x loihi {du = dense<[0, 1, 4096]> : tensor<3xi32>, dv = dense<0> : tensor<3xi32>,
    v_threshold = dense<1> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_cuba_li' op [C2] dv must be 0 to 4096, got -1}}
  %z = spk.fixed_cuba_li "n" %x loihi {du = dense<0> : tensor<3xi32>, dv = dense<-1> : tensor<3xi32>}
    : tensor<3xsi32> -> tensor<3xsi32>
  lle.output
}

// -----

lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_cuba_lif' op [C2] v_threshold must be 0 to 131072, got 131073}}
  %z = spk.fixed_cuba_lif "n" %x loihi {du = dense<0> : tensor<3xi32>, dv = dense<0> : tensor<3xi32>,
    v_threshold = dense<131073> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
  lle.output
}

// -----

// C3: both or none.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_cuba_li' op [C3] bias_mant and bias_exp come together}}
  %z = spk.fixed_cuba_li "n" %x loihi {bias_mant = dense<1> : tensor<3xi32>, du = dense<0> : tensor<3xi32>,
    dv = dense<0> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xsi32>
  lle.output
}

// -----

lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_cuba_li' op [C3] bias_exp must be -16 to 16, got 17}}
  %z = spk.fixed_cuba_li "n" %x loihi {bias_exp = dense<17> : tensor<3xi32>, bias_mant = dense<1> : tensor<3xi32>,
    du = dense<0> : tensor<3xi32>, dv = dense<0> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xsi32>
  lle.output
}

// -----

lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_cuba_li' op [C3] a bias of 131072 with exponent 6 does not fit 24 bits}}
  %z = spk.fixed_cuba_li "n" %x loihi {bias_exp = dense<6> : tensor<3xi32>, bias_mant = dense<131072> : tensor<3xi32>,
    du = dense<0> : tensor<3xi32>, dv = dense<0> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xsi32>
  lle.output
}

// -----

// C4: both or none, and in the interval.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_cuba_li' op [C4] reset_interval and reset_offset come together}}
  %z = spk.fixed_cuba_li "n" %x loihi {du = dense<0> : tensor<3xi32>, dv = dense<0> : tensor<3xi32>,
    reset_interval = 8 : i64} : tensor<3xsi32> -> tensor<3xsi32>
  lle.output
}

// -----

lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_cuba_li' op [C4] reset_offset must be 0 to reset_interval - 1, got 8 in 8}}
  %z = spk.fixed_cuba_li "n" %x loihi {du = dense<0> : tensor<3xi32>, dv = dense<0> : tensor<3xi32>,
    reset_interval = 8 : i64, reset_offset = 8 : i64} : tensor<3xsi32> -> tensor<3xsi32>
  lle.output
}

// -----

// C5: the exponent of the weights.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.fixed_cuba_li' op [C5] weight_exp must be 0 to 7, got 8}}
  %z = spk.fixed_cuba_li "n" %x loihi {du = dense<0> : tensor<3xi32>, dv = dense<0> : tensor<3xi32>, weight_exp = 8 : i64}
    : tensor<3xsi32> -> tensor<3xsi32>
  lle.output
}
