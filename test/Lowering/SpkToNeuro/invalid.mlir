// RUN: lle-opt %s --spk-to-neuro=target=loihi2 --split-input-file --verify-diagnostics

// Real weights.
lle.network @real(%x: tensor<2xi1>) -> tensor<2xf32> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<1.5> : tensor<2x2xf32>
  // expected-error@+1 {{'lle.linear' op gives real numbers; a neuromorphic chip computes in integers, which --profile=loihi makes of a network}}
  %i = lle.linear %x, %w : (tensor<2xi1>, tensor<2x2xf32>) -> tensor<2xf32>
  lle.output %i : tensor<2xf32>
}

// -----

// expected-error@+1 {{'lle.network' op input 'x' is 'tensor<2xf32>'; a neuromorphic chip takes spikes or integers, see --profile=loihi}}
lle.network @currents(%x: tensor<2xf32> {lle.name = "x"}) -> tensor<2xf32> attributes {dt = 1.0e-03 : f64} {
  lle.output %x : tensor<2xf32>
}

// -----

// What is not linear has no synapses.
lle.network @pool(%x: tensor<1x2x2xi1>) -> tensor<1x1x1xi1> attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'lle.max_pool2d' op is not linear, and a neuromorphic chip has only synapses between neurons}}
  %y = lle.max_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>}
    : (tensor<1x2x2xi1>) -> tensor<1x1x1xi1>
  lle.output %y : tensor<1x1x1xi1>
}

// -----

// A narrow sum is clipped.
lle.network @narrow(%x: tensor<2xi1>) -> tensor<2xsi8> attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'lle.add' op clips its sum to 'tensor<2xsi8>', which no synapse does}}
  %y = lle.add %x, %x : (tensor<2xi1>, tensor<2xi1>) -> tensor<2xsi8>
  lle.output %y : tensor<2xsi8>
}

// -----

lle.network @mean(%x: tensor<2x2xi1>) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'lle.reduce' op is no sum, which is all that synapses make}}
  %y = lle.reduce max %x {dim = 0 : i64} : (tensor<2x2xi1>) -> tensor<2xi1>
  lle.output %y : tensor<2xi1>
}

// -----

// A delay line that is not empty at the start.
lle.network @initial(%x: tensor<2xsi32>) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'lle.delay' op starts with 3.000000e+00, but synapses deliver nothing before the first spike}}
  %d = lle.delay "d" %x {initial = 3.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xsi32>
  %y = spk.fixed_cuba_lif "n" %d loihi {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %y : tensor<2xi1>
}

// -----

// A state that is no delay of a synapse: a spike stays in the loop.
lle.network @accumulator(%x: tensor<2xsi32>) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'lle.add' op is on a loop of delays without a neuron: a spike would go round for ever}}
  %s = lle.add %x, %d : (tensor<2xsi32>, tensor<2xsi32>) -> tensor<2xsi32>
  %d = lle.delay "d" %s {initial = 0.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xsi32>
  %y = spk.fixed_cuba_lif "n" %s loihi {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %y : tensor<2xi1>
}

// -----

// The same without an input.
lle.network @constant() -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'lle.delay' op depends on no input and no neuron}}
  %d = lle.delay "d" %d {initial = 1.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xsi32>
  %y = spk.fixed_cuba_lif "n" %d loihi {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %y : tensor<2xi1>
}

// -----

lle.network @weight(%x: tensor<2xsi32>) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<1> : tensor<2xsi32>
  // expected-error@+1 {{'lle.add' op reads a constant as a signal, which no synapse delivers}}
  %s = lle.add %x, %w : (tensor<2xsi32>, tensor<2xsi32>) -> tensor<2xsi32>
  %y = spk.fixed_cuba_lif "n" %s loihi {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %y : tensor<2xi1>
}

// -----

// A chip has no decoder.
lle.network @decoder(%x: tensor<2xsi32>) -> tensor<2xsi32> attributes {dt = 1.0e-03 : f64} {
  %y = spk.fixed_cuba_lif "n" %x loihi {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  // expected-error@+1 {{'lle.add' op comes after the last neurons; outputs of a neuromorphic chip are those of neurons}}
  %s = lle.add %y : (tensor<2xi1>) -> tensor<2xsi32>
  lle.output %s : tensor<2xsi32>
}

// -----

lle.network @through(%x: tensor<2xi1>) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'lle.output' op comes after the last neurons; outputs of a neuromorphic chip are those of neurons}}
  lle.output %x : tensor<2xi1>
}

// -----

lle.network @membranes(%x: tensor<2xsi32>) -> tensor<2xsi32> attributes {dt = 1.0e-03 : f64} {
  %v = spk.fixed_cuba_li "n" %x loihi {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xsi32>
  // expected-error@+1 {{'spk.fixed_cuba_li' op reads the membranes of 'n', which no spike carries}}
  %y = spk.fixed_cuba_li "m" %v loihi {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xsi32>
  lle.output %y : tensor<2xsi32>
}

// -----

// The product of two matrices is longer than a weight, or than the chip's weights.
lle.network @long(%x: tensor<1xi1> {lle.name = "x"}) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<200> : tensor<1x1xsi16>
  %a = lle.linear %x, %w : (tensor<1xi1>, tensor<1x1xsi16>) -> tensor<1xsi32>
  %b = lle.linear %a, %w : (tensor<1xsi32>, tensor<1x1xsi16>) -> tensor<1xsi32>
  // expected-error@+1 {{'spk.fixed_cuba_lif' op gets a weight of 40000 from 'x', more than the 16 bits of a synapse}}
  %y = spk.fixed_cuba_lif "n" %b loihi {du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>,
    v_threshold = dense<2> : tensor<1xi32>} : tensor<1xsi32> -> tensor<1xi1>
  lle.output %y : tensor<1xi1>
}

// -----

// Weights of one source have one format: those from -256 to 254 in steps of 2 have 8 bits, with an exponent, those from 1
// to 255 too, for they need no sign; those from -255 to 254 have 9.
lle.network @bits(%x: tensor<1xi1> {lle.name = "x"}) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[-256], [254]]> : tensor<2x1xsi16>
  %a = lle.linear %x, %w : (tensor<1xi1>, tensor<2x1xsi16>) -> tensor<2xsi32>
  %n = spk.fixed_cuba_lif "even" %a loihi {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  %p = lle.weight dense<[[1], [255]]> : tensor<2x1xsi16>
  %c = lle.linear %x, %p : (tensor<1xi1>, tensor<2x1xsi16>) -> tensor<2xsi32>
  %m = spk.fixed_cuba_lif "positive" %c loihi {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  %v = lle.weight dense<[[-255], [254]]> : tensor<2x1xsi16>
  %b = lle.linear %x, %v : (tensor<1xi1>, tensor<2x1xsi16>) -> tensor<2xsi32>
  // expected-error@+1 {{'spk.fixed_cuba_lif' op gets synapses from 'x' whose weights need 9 bits, but 'loihi2' stores 8; lle-allocate-bits makes them shorter}}
  %y = spk.fixed_cuba_lif "long" %b loihi {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %y : tensor<2xi1>
}

// -----

// An exponent does not make weights of Loihi longer than 9 bits with their sign.
lle.network @large(%x: tensor<1xi1> {lle.name = "x"}) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<512> : tensor<1x1xsi16>
  %a = lle.linear %x, %w : (tensor<1xi1>, tensor<1x1xsi16>) -> tensor<1xsi32>
  // expected-error@+1 {{'spk.fixed_cuba_lif' op gets synapses from 'x' whose weights need 11 bits, but 'loihi2' stores 8}}
  %y = spk.fixed_cuba_lif "n" %a loihi {du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>,
    v_threshold = dense<2> : tensor<1xi32>} : tensor<1xsi32> -> tensor<1xi1>
  lle.output %y : tensor<1xi1>
}

// -----

lle.network @late(%x: tensor<1xsi32> {lle.name = "x"}) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %d = lle.delay "d" %x {initial = 0.0 : f64, steps = dense<63> : tensor<1xi64>} : tensor<1xsi32>
  // expected-error@+1 {{'spk.fixed_cuba_lif' op gets synapses from 'x' that take 63 ticks, 63 of them in the network, but 'loihi2' has delays of at most 62}}
  %y = spk.fixed_cuba_lif "n" %d loihi {du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>,
    v_threshold = dense<2> : tensor<1xi32>} : tensor<1xsi32> -> tensor<1xi1>
  lle.output %y : tensor<1xi1>
}

// -----

lle.network @later(%x: tensor<1xsi32> {lle.name = "x"}) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %d = lle.delay "d" %x {initial = 0.0 : f64, steps = dense<128> : tensor<1xi64>} : tensor<1xsi32>
  // expected-error@+1 {{'spk.fixed_cuba_lif' op gets a delay of 128 steps from 'x', more than any synapse has}}
  %y = spk.fixed_cuba_lif "n" %d loihi {du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>,
    v_threshold = dense<2> : tensor<1xi32>} : tensor<1xsi32> -> tensor<1xi1>
  lle.output %y : tensor<1xi1>
}

// -----

// expected-error@+1 {{'lle.network' op has no neurons, and a neuromorphic chip computes nothing else}}
lle.network @empty(%x: tensor<1xi1>) attributes {dt = 1.0e-03 : f64} {
  lle.output
}

// -----

// Registers of a neuron: decays of 12 bits, thresholds of 17, biases of 12 and a sign with an exponent.
lle.network @decay(%x: tensor<2xi1>) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<1> : tensor<2x2xsi8>
  %i = lle.linear %x, %w : (tensor<2xi1>, tensor<2x2xsi8>) -> tensor<2xsi32>
  // expected-error@+1 {{'spk.fixed_cuba_lif' op layer 'lif': dv is 4096, a register of Loihi holds 0 to 4095: choose a longer or shorter time constant}}
  %z = spk.fixed_cuba_lif "lif" %i loihi {du = dense<4095> : tensor<2xi32>, dv = dense<[0, 4096]> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}

// -----

lle.network @bias(%x: tensor<1xi1>) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<1> : tensor<1x1xsi8>
  %i = lle.linear %x, %w : (tensor<1xi1>, tensor<1x1xsi8>) -> tensor<1xsi32>
  // expected-error@+1 {{layer 'lif': bias is 4097, a register of Loihi holds 12 bits and a sign, times 1 to 128: round the bias, or scale the layer down}}
  %z = spk.fixed_cuba_lif "lif" %i loihi {du = dense<4095> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>,
    v_threshold = dense<2> : tensor<1xi32>, bias_mant = dense<4097> : tensor<1xi32>, bias_exp = dense<0> : tensor<1xi32>}
    : tensor<1xsi32> -> tensor<1xi1>
  lle.output %z : tensor<1xi1>
}
