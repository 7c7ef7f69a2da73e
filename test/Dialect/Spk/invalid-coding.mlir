// RUN: lle-opt %s --split-input-file --verify-diagnostics

// C1 of spk.encode.rate: another shape.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.encode.rate' op [C1] input 'tensor<3xf32>' and result 'tensor<4xi1>' must have the same shape}}
  %z = spk.encode.rate "e" %x {gain = 1.0 : f64, key = 0 : i64, offset = 0.0 : f64} : tensor<3xf32> -> tensor<4xi1>
  lle.output
}

// -----

// C2 of spk.encode.rate: a gain without end.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.encode.rate' op [C2] gain must be finite, got INF}}
  %z = spk.encode.rate "e" %x {gain = 0x7FF0000000000000 : f64, key = 0 : i64, offset = 0.0 : f64} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// -----

// C2 of spk.encode.rate: an offset that is no number.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.encode.rate' op [C2] offset must be finite, got nan}}
  %z = spk.encode.rate "e" %x {gain = 1.0 : f64, key = 0 : i64, offset = 0x7FF8000000000000 : f64} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// -----

// C1 of spk.encode.latency: another shape.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.encode.latency' op [C1] input 'tensor<3xf32>' and result 'tensor<1xi1>' must have the same shape}}
  %z = spk.encode.latency "e" %x {epsilon = 1.0e-7 : f64, first = 0 : i64, steps = 5 : i64, tau = 1.0 : f64, threshold = 0.01 : f64} : tensor<3xf32> -> tensor<1xi1>
  lle.output
}

// -----

// C2 of spk.encode.latency: no step.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.encode.latency' op [C2] steps must be from 1 to 65536, got 0}}
  %z = spk.encode.latency "e" %x {epsilon = 1.0e-7 : f64, first = 0 : i64, steps = 0 : i64, tau = 1.0 : f64, threshold = 0.01 : f64} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// -----

// C2 of spk.encode.latency: more steps than a table should have.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.encode.latency' op [C2] steps must be from 1 to 65536, got 65537}}
  %z = spk.encode.latency "e" %x {epsilon = 1.0e-7 : f64, first = 0 : i64, steps = 65537 : i64, tau = 1.0 : f64, threshold = 0.01 : f64} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// -----

// C2 of spk.encode.latency: a first time behind the last.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.encode.latency' op [C2] first must be from 0 to 4, got 5}}
  %z = spk.encode.latency "e" %x {epsilon = 1.0e-7 : f64, first = 5 : i64, steps = 5 : i64, tau = 1.0 : f64, threshold = 0.01 : f64} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// -----

// C3 of spk.encode.latency: a threshold of one.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.encode.latency' op [C3] threshold must be between 0 and 1, got 1}}
  %z = spk.encode.latency "e" %x {epsilon = 1.0e-7 : f64, first = 0 : i64, steps = 5 : i64, tau = 1.0 : f64, threshold = 1.0 : f64} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// -----

// C3 of spk.encode.latency: no time constant.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.encode.latency' op [C3] tau must be positive and finite, got 0}}
  %z = spk.encode.latency "e" %x {epsilon = 1.0e-7 : f64, first = 0 : i64, steps = 5 : i64, tau = 0.0 : f64, threshold = 0.01 : f64} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// -----

// C3 of spk.encode.latency: a negative epsilon.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.encode.latency' op [C3] epsilon must be positive and finite, got -1}}
  %z = spk.encode.latency "e" %x {epsilon = -1.0 : f64, first = 0 : i64, steps = 5 : i64, tau = 1.0 : f64, threshold = 0.01 : f64} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// -----

// C1 of spk.encode.delta: another shape.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.encode.delta' op [C1] input 'tensor<3xf32>' and result 'tensor<1xi1>' must have the same shape}}
  %z = spk.encode.delta "e" %x {threshold = 1.0 : f64} : tensor<3xf32> -> tensor<1xi1>
  lle.output
}

// -----

// C2 of spk.encode.delta: a threshold that all reach.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.encode.delta' op [C2] threshold must be positive and finite, got 0}}
  %z = spk.encode.delta "e" %x {threshold = 0.0 : f64} : tensor<3xf32> -> tensor<3xi1>
  lle.output
}

// -----

// Spikes of spk.encode.delta go up and down at most.
lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.encode.delta' op result #0 must be spikes}}
  %z = spk.encode.delta "e" %x {threshold = 1.0 : f64} : tensor<3xf32> -> tensor<3xsi16>
  lle.output
}

// -----

// C1 of spk.decode.spike_count: another shape.
lle.network @n(%z: tensor<3xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.decode.spike_count' op [C1] input 'tensor<3xi1>' and result 'tensor<4xsi32>' must have the same shape}}
  %n = spk.decode.spike_count "d" %z : tensor<3xi1> -> tensor<4xsi32>
  lle.output
}

// -----

// Counts of spk.decode.spike_count outgrow a byte.
lle.network @n(%z: tensor<3xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.decode.spike_count' op result #0 must be numbers}}
  %n = spk.decode.spike_count "d" %z : tensor<3xi1> -> tensor<3xsi8>
  lle.output
}

// -----

// C1 of spk.decode.first_spike: another shape.
lle.network @n(%z: tensor<3xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.decode.first_spike' op [C1] input 'tensor<3xi1>' and result 'tensor<4xsi32>' must have the same shape}}
  %n = spk.decode.first_spike "d" %z {never = 0 : i64} : tensor<3xi1> -> tensor<4xsi32>
  lle.output
}

// -----

// C2 of spk.decode.first_spike: a number that single precision has not.
lle.network @n(%z: tensor<3xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.decode.first_spike' op [C2] never must be from -16777216 to 16777216, got 16777217}}
  %n = spk.decode.first_spike "d" %z {never = 16777217 : i64} : tensor<3xi1> -> tensor<3xsi32>
  lle.output
}

// -----

// C1 of spk.decode.population: a remainder.
lle.network @n(%z: tensor<7xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.decode.population' op [C1] input 'tensor<7xi1>' must be a vector whose length is a multiple of that of 'tensor<3xf32>'}}
  %n = spk.decode.population %z : tensor<7xi1> -> tensor<3xf32>
  lle.output
}

// -----

// C1 of spk.decode.population: a matrix.
lle.network @n(%z: tensor<2x3xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.decode.population' op [C1] input 'tensor<2x3xi1>' must be a vector whose length is a multiple of that of 'tensor<2xf32>'}}
  %n = spk.decode.population %z : tensor<2x3xi1> -> tensor<2xf32>
  lle.output
}

// -----

// C1 of spk.self_attention: a vector.
lle.network @n(%q: tensor<8xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.self_attention' op [C1] operands 'tensor<8xi1>' and result 'tensor<8xf32>' must be (channels, tokens) of one shape}}
  %y = spk.self_attention %q, %q, %q {heads = 1 : i64, scale = 1.0 : f64} : tensor<8xi1> -> tensor<8xf32>
  lle.output
}

// -----

// C1 of spk.self_attention: another shape.
lle.network @n(%q: tensor<8x2xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.self_attention' op [C1] operands 'tensor<8x2xi1>' and result 'tensor<2x8xf32>' must be (channels, tokens) of one shape}}
  %y = spk.self_attention %q, %q, %q {heads = 1 : i64, scale = 1.0 : f64} : tensor<8x2xi1> -> tensor<2x8xf32>
  lle.output
}

// -----

// C2 of spk.self_attention: heads that do not divide.
lle.network @n(%q: tensor<8x2xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.self_attention' op [C2] 3 heads do not divide 8 channels}}
  %y = spk.self_attention %q, %q, %q {heads = 3 : i64, scale = 1.0 : f64} : tensor<8x2xi1> -> tensor<8x2xf32>
  lle.output
}

// -----

// C2 of spk.self_attention: a scale without end.
lle.network @n(%q: tensor<8x2xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.self_attention' op [C2] scale must be finite, got INF}}
  %y = spk.self_attention %q, %q, %q {heads = 1 : i64, scale = 0x7FF0000000000000 : f64} : tensor<8x2xi1> -> tensor<8x2xf32>
  lle.output
}

// -----

// C3 of spk.self_attention: sums that single precision rounds.
lle.network @n(%q: tensor<4096x4096xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.self_attention' op [C3] a head has 4096 channels and 4096 tokens, whose product must be less than 2^24}}
  %y = spk.self_attention %q, %q, %q {heads = 1 : i64, scale = 1.0 : f64} : tensor<4096x4096xi1> -> tensor<4096x4096xf32>
  lle.output
}
