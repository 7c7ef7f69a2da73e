// RUN: lle-opt %s --split-input-file --verify-diagnostics

// C1: one neuron for each element of the input.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.q15_lif' op [C1] input has type 'tensor<3xsi32>', but the result 'tensor<2xi1>'}}
  %z = spk.q15_lif "n" %x zero {decay = dense<0> : tensor<3xi32>, v_threshold = dense<1> : tensor<3xi32>}
    : tensor<3xsi32> -> tensor<2xi1>
  lle.output
}

// -----

// C2: the shape of a parameter.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.q15_lif' op [C2] decay must be dense integers of the shape of 'tensor<3xsi32>', got 'tensor<1xi32>'}}
  %z = spk.q15_lif "n" %x zero {decay = dense<0> : tensor<1xi32>, v_threshold = dense<1> : tensor<3xi32>}
    : tensor<3xsi32> -> tensor<3xi1>
  lle.output
}

// -----

// C2: integers.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.q15_lif' op [C2] v_threshold must be dense integers of the shape of 'tensor<3xsi32>', got 'tensor<3xf32>'}}
  %z = spk.q15_lif "n" %x zero {decay = dense<0> : tensor<3xi32>, v_threshold = dense<1.0> : tensor<3xf32>}
    : tensor<3xsi32> -> tensor<3xi1>
  lle.output
}

// -----

// C2: a membrane cannot keep more than all of itself.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.q15_lif' op [C2] decay must be 0 to 32768, got 32769}}
  %z = spk.q15_lif "n" %x zero {decay = dense<[0, 1, 32769]> : tensor<3xi32>, v_threshold = dense<1> : tensor<3xi32>}
    : tensor<3xsi32> -> tensor<3xi1>
  lle.output
}

// -----

// C2: a threshold of 0 would let a neuron at rest fire.
lle.network @n(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.q15_lif' op [C2] v_threshold must be 1 to 32767, got 0}}
  %z = spk.q15_lif "n" %x zero {decay = dense<0> : tensor<3xi32>, v_threshold = dense<0> : tensor<3xi32>}
    : tensor<3xsi32> -> tensor<3xi1>
  lle.output
}
