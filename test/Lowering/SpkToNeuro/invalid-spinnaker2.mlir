// RUN: lle-opt %s --spk-to-neuro=target=spinnaker2 --split-input-file --verify-diagnostics

// A weight that is no whole number.
lle.network @net(%x: tensor<1xf32>) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<0.5> : tensor<1x1xf32>
  // expected-error@+1 {{'lle.linear' op needs constant integer weights on a neuromorphic chip}}
  %i = lle.linear %x, %w : (tensor<1xf32>, tensor<1x1xf32>) -> tensor<1xf32>
  %y = spk.lif "a" %i dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<1.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<7.5> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %y : tensor<1xi1>
}

// -----

// Weights of that chip have no exponent: those in steps of 2 are as long as all.
lle.network @net(%x: tensor<2xi1> {lle.name = "x"}) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[-254.0, 254.0]]> : tensor<1x2xf32>
  %i = lle.linear %x, %w : (tensor<2xi1>, tensor<1x2xf32>) -> tensor<1xf32>
  // expected-error@+1 {{'spk.lif' op gets synapses from 'x' whose weights need 9 bits, but 'spinnaker2' stores 8}}
  %y = spk.lif "a" %i dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<1.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<7.5> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %y : tensor<1xi1>
}

// -----

// An input that decays too.
lle.network @net(%x: tensor<1xf32>) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<3.0> : tensor<1x1xf32>
  %i = lle.linear %x, %w : (tensor<1xf32>, tensor<1x1xf32>) -> tensor<1xf32>
  // expected-error@+1 {{'spk.lif' op is updated in another way than the chip's neurons, which decay and then add; --profile=spinnaker2 makes neurons that the chip computes}}
  %y = spk.lif "a" %i dynamics<integrator = discrete, order = input_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<1.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<7.5> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %y : tensor<1xi1>
}

// -----

// A spike at the threshold.
lle.network @net(%x: tensor<1xf32>) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<3.0> : tensor<1x1xf32>
  %i = lle.linear %x, %w : (tensor<1xf32>, tensor<1x1xf32>) -> tensor<1xf32>
  // expected-error@+1 {{'spk.lif' op fires in another way than the chip's neurons, which reset the membrane once it is above the threshold; --profile=spinnaker2 makes neurons that the chip computes}}
  %y = spk.lif "a" %i dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<1.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<7.5> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %y : tensor<1xi1>
}

// -----

// Another start.
lle.network @net(%x: tensor<1xf32>) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<3.0> : tensor<1x1xf32>
  %i = lle.linear %x, %w : (tensor<1xf32>, tensor<1x1xf32>) -> tensor<1xf32>
  // expected-error@+1 {{'spk.lif' op does not start at 0; --profile=spinnaker2 makes neurons that the chip computes}}
  %y = spk.lif "a" %i dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<1.0> : tensor<1xf32>, v_init = dense<1.0> : tensor<1xf32>, v_threshold = dense<7.5> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %y : tensor<1xi1>
}

// -----

// Integers of another chip.
lle.network @net(%x: tensor<1xi1>) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<3> : tensor<1x1xsi8>
  %i = lle.linear %x, %w : (tensor<1xi1>, tensor<1x1xsi8>) -> tensor<1xsi32>
  // expected-error@+1 {{'spk.fixed_cuba_lif' op is no neuron that the chip computes; the profiles loihi and spinnaker2 make neurons of their chips}}
  %y = spk.fixed_cuba_lif "a" %i loihi {du = dense<4095> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>,
    v_threshold = dense<2> : tensor<1xi32>} : tensor<1xsi32> -> tensor<1xi1>
  lle.output %y : tensor<1xi1>
}

// -----

// The chip's neurons are of f32.
lle.network @net(%x: tensor<1xi1>) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<1.0> : tensor<1x1xf64>
  // expected-error@+1 {{'lle.linear' op gives 'tensor<1xf64>', but the chip computes in f32}}
  %i = lle.linear %x, %w : (tensor<1xi1>, tensor<1x1xf64>) -> tensor<1xf64>
  %y = spk.lif "a" %i dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<1.0> : tensor<1xf64>, v_init = dense<0.0> : tensor<1xf64>, v_threshold = dense<7.5> : tensor<1xf64>} : tensor<1xf64> -> tensor<1xi1>
  lle.output %y : tensor<1xi1>
}

// -----

// expected-error@+1 {{'lle.network' op gives 'tensor<1xf64>' of 'x', but the chip computes in f32}}
lle.network @net(%i: tensor<1xf64> {lle.name = "x"}) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %y = spk.lif "a" %i dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<1.0> : tensor<1xf64>, v_init = dense<0.0> : tensor<1xf64>, v_threshold = dense<7.5> : tensor<1xf64>} : tensor<1xf64> -> tensor<1xi1>
  lle.output %y : tensor<1xi1>
}

// -----

// 2^32 is no weight, and not 0 either.
lle.network @net(%x: tensor<1xi1>) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<65536.0> : tensor<1x1xf32>
  %a = lle.linear %x, %w : (tensor<1xi1>, tensor<1x1xf32>) -> tensor<1xf32>
  // expected-error@+1 {{'lle.linear' op makes a weight beyond 2^24 of one spike, where sums of f32 are not exact}}
  %i = lle.linear %a, %w : (tensor<1xf32>, tensor<1x1xf32>) -> tensor<1xf32>
  %y = spk.lif "a" %i dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<1.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<7.5> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %y : tensor<1xi1>
}

// -----

// Weights have as much room below 0 as above.
lle.network @net(%x: tensor<1xi1> {lle.name = "x"}) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<-128.0> : tensor<1x1xf32>
  %i = lle.linear %x, %w : (tensor<1xi1>, tensor<1x1xf32>) -> tensor<1xf32>
  // expected-error@+1 {{'spk.lif' op gets synapses from 'x' whose weights need 9 bits, but 'spinnaker2' stores 8}}
  %y = spk.lif "a" %i dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<1.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<7.5> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %y : tensor<1xi1>
}

// -----

// States of native code.
lle.network @net(%i: tensor<1xf32> {lle.name = "x"}) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  // expected-error@+1 {{'spk.lif' op lle.state_types of 'a' is not how the chip keeps states}}
  %y = spk.lif "a" %i dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<1.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<7.5> : tensor<1xf32>,
     lle.state_types = {v = !quant.uniform<i8:f32, 0.0625>}} : tensor<1xf32> -> tensor<1xi1>
  lle.output %y : tensor<1xi1>
}

// -----

// A neuron of another chip is no synapse of a loop.
lle.network @net(%x: tensor<2xi1>) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<1> : tensor<2x2xsi8>
  %d = lle.delay "d" %y {initial = 0.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xi1>
  %i = lle.linear %d, %w : (tensor<2xi1>, tensor<2x2xsi8>) -> tensor<2xsi32>
  // expected-error@+1 {{'spk.fixed_cuba_lif' op is no neuron that the chip computes; the profiles loihi and spinnaker2 make neurons of their chips}}
  %y = spk.fixed_cuba_lif "n" %i loihi {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %y : tensor<2xi1>
}
