// RUN: lle-opt %s --split-input-file --verify-diagnostics

// C1: finite numbers.
lle.network @n(%x: tensor<4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.few_spike' op [C1] parameter amplitude must be finite, got}}
  %y = spk.few_spike %x gt {amplitude = dense<[0x7F800000, 1.0]> : tensor<2xf32>, decrement = dense<[2.0, 1.0]> : tensor<2xf32>,
    v_threshold = dense<[2.0, 1.0]> : tensor<2xf32>} : tensor<4xf32>
  lle.output
}

// -----

// C2: lists.
lle.network @n(%x: tensor<4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.few_spike' op [C2] v_threshold must have one dimension, got 'tensor<1x2xf32>'}}
  %y = spk.few_spike %x gt {amplitude = dense<[2.0, 1.0]> : tensor<2xf32>, decrement = dense<[2.0, 1.0]> : tensor<2xf32>,
    v_threshold = dense<1.0> : tensor<1x2xf32>} : tensor<4xf32>
  lle.output
}

// -----

// C2: lists that are not empty.
lle.network @n(%x: tensor<4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.few_spike' op [C2] v_threshold must have one dimension, got 'tensor<0xf32>'}}
  %y = spk.few_spike %x gt {amplitude = dense<[2.0, 1.0]> : tensor<2xf32>, decrement = dense<[2.0, 1.0]> : tensor<2xf32>,
    v_threshold = dense<> : tensor<0xf32>} : tensor<4xf32>
  lle.output
}

// -----

// C2: of one length.
lle.network @n(%x: tensor<4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.few_spike' op [C2] decrement has 3 steps, but v_threshold 2}}
  %y = spk.few_spike %x gt {amplitude = dense<[2.0, 1.0]> : tensor<2xf32>, decrement = dense<1.0> : tensor<3xf32>,
    v_threshold = dense<[2.0, 1.0]> : tensor<2xf32>} : tensor<4xf32>
  lle.output
}

// -----

// C1: finite numbers.
lle.network @n(%x: tensor<4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.few_spike_coder' op [C1] parameter amplitude must be finite, got}}
  %y = spk.few_spike_coder "n" %x gt {amplitude = dense<[0x7F800000, 1.0]> : tensor<2xf32>, decrement = dense<[2.0, 1.0]> : tensor<2xf32>,
    v_threshold = dense<[2.0, 1.0]> : tensor<2xf32>} : tensor<4xf32>
  lle.output
}

// -----

// C2: lists.
lle.network @n(%x: tensor<4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.few_spike_coder' op [C2] v_threshold must have one dimension, got 'tensor<1x2xf32>'}}
  %y = spk.few_spike_coder "n" %x gt {amplitude = dense<[2.0, 1.0]> : tensor<2xf32>, decrement = dense<[2.0, 1.0]> : tensor<2xf32>,
    v_threshold = dense<1.0> : tensor<1x2xf32>} : tensor<4xf32>
  lle.output
}

// -----

// C2: lists that are not empty.
lle.network @n(%x: tensor<4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.few_spike_coder' op [C2] v_threshold must have one dimension, got 'tensor<0xf32>'}}
  %y = spk.few_spike_coder "n" %x gt {amplitude = dense<[2.0, 1.0]> : tensor<2xf32>, decrement = dense<[2.0, 1.0]> : tensor<2xf32>,
    v_threshold = dense<> : tensor<0xf32>} : tensor<4xf32>
  lle.output
}

// -----

// C2: of one length.
lle.network @n(%x: tensor<4xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.few_spike_coder' op [C2] decrement has 3 steps, but v_threshold 2}}
  %y = spk.few_spike_coder "n" %x gt {amplitude = dense<[2.0, 1.0]> : tensor<2xf32>, decrement = dense<1.0> : tensor<3xf32>,
    v_threshold = dense<[2.0, 1.0]> : tensor<2xf32>} : tensor<4xf32>
  lle.output
}
