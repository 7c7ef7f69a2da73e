// RUN: lle-opt --spk-convert-neurons=to=plif %s -split-input-file -verify-diagnostics

lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @+1 {{'spk.lif' op has no form as spk.plif: expected gain unit and order decay_first, got continuous and decay_first}}
  %z = spk.lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<1xf32>, tau = dense<4.0> : tensor<1xf32>, v_leak = dense<0.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @+1 {{'spk.lif' op has no form as spk.plif: it forgets 2.000000e+00 of its membrane in a step, expected between 0 and 1}}
  %z = spk.lif "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<1xf32>, tau = dense<0.5> : tensor<1xf32>, v_leak = dense<0.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @+1 {{'spk.lif' op has no form as spk.plif: it forgets 0.000000e+00 of its membrane in a step, expected between 0 and 1}}
  %z = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<1.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  lle.output
}
