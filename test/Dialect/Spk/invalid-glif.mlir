// RUN: lle-opt %s --split-input-file --verify-diagnostics

// C1: one neuron for each element of the input.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.glif' op [C1] input and result differ in shape: 'tensor<3xf32>' and 'tensor<2xi1>'}}
  %z = spk.glif "n" %x ge {alpha = dense<0.5> : tensor<3xf32>, beta = dense<0.5> : tensor<3xf32>, conductance = dense<0.5> : tensor<2xf32>,
    gamma = dense<0.5> : tensor<3xf32>, linear_decay = dense<0.125> : tensor<3xf32>, tau = dense<0.25> : tensor<3xf32>,
    v_subreset = dense<0.5> : tensor<3xf32>, v_threshold = dense<0.5> : tensor<3xf32>} : tensor<3xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C1: the shape of a parameter.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.glif' op [C1] parameter tau has type 'tensor<2xf32>', expected the shape of 'tensor<3xi1>'}}
  %z = spk.glif "n" %x ge {alpha = dense<0.5> : tensor<3xf32>, beta = dense<0.5> : tensor<3xf32>, conductance = dense<0.5> : tensor<2xf32>,
    gamma = dense<0.5> : tensor<3xf32>, linear_decay = dense<0.125> : tensor<3xf32>, tau = dense<0.25> : tensor<2xf32>,
    v_subreset = dense<0.5> : tensor<3xf32>, v_threshold = dense<0.5> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// -----

// C1: finite numbers.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.glif' op [C1] parameter conductance must be finite, got}}
  %z = spk.glif "n" %x ge {alpha = dense<0.5> : tensor<3xf32>, beta = dense<0.5> : tensor<3xf32>, conductance = dense<[0.5, 0x7FC00000]> : tensor<2xf32>,
    gamma = dense<0.5> : tensor<3xf32>, linear_decay = dense<0.125> : tensor<3xf32>, tau = dense<0.25> : tensor<3xf32>,
    v_subreset = dense<0.5> : tensor<3xf32>, v_threshold = dense<0.5> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// -----

// C2: conductances have steps.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.glif' op [C2] conductance must have a dimension of steps, and perhaps the shape of the result, got 'tensor<f32>'}}
  %z = spk.glif "n" %x ge {alpha = dense<0.5> : tensor<3xf32>, beta = dense<0.5> : tensor<3xf32>, conductance = dense<0.5> : tensor<f32>,
    gamma = dense<0.5> : tensor<3xf32>, linear_decay = dense<0.125> : tensor<3xf32>, tau = dense<0.25> : tensor<3xf32>,
    v_subreset = dense<0.5> : tensor<3xf32>, v_threshold = dense<0.5> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// -----

// C2: conductances of each neuron.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.glif' op [C2] conductance must have a dimension of steps, and perhaps the shape of the result, got 'tensor<2x2xf32>'}}
  %z = spk.glif "n" %x ge {alpha = dense<0.5> : tensor<3xf32>, beta = dense<0.5> : tensor<3xf32>, conductance = dense<0.5> : tensor<2x2xf32>,
    gamma = dense<0.5> : tensor<3xf32>, linear_decay = dense<0.125> : tensor<3xf32>, tau = dense<0.25> : tensor<3xf32>,
    v_subreset = dense<0.5> : tensor<3xf32>, v_threshold = dense<0.5> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// -----

// C3: gates are trained through a sigmoid.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.glif' op [C3] gamma must be from 0 to 1, got 1.5}}
  %z = spk.glif "n" %x ge {alpha = dense<0.5> : tensor<3xf32>, beta = dense<0.5> : tensor<3xf32>, conductance = dense<0.5> : tensor<2xf32>,
    gamma = dense<1.5> : tensor<3xf32>, linear_decay = dense<0.125> : tensor<3xf32>, tau = dense<0.25> : tensor<3xf32>,
    v_subreset = dense<0.5> : tensor<3xf32>, v_threshold = dense<0.5> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// -----

// C5: binary spikes.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.glif' op [C5] result must be 'i1', got 'tensor<3xsi8>'}}
  %z = spk.glif "n" %x ge {alpha = dense<0.5> : tensor<3xf32>, beta = dense<0.5> : tensor<3xf32>, conductance = dense<0.5> : tensor<2xf32>,
    gamma = dense<0.5> : tensor<3xf32>, linear_decay = dense<0.125> : tensor<3xf32>, tau = dense<0.25> : tensor<3xf32>,
    v_subreset = dense<0.5> : tensor<3xf32>, v_threshold = dense<0.5> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xsi8>
  lle.output
}
