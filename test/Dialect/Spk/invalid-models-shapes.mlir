// RUN: lle-opt %s -split-input-file -verify-diagnostics

lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.adlif' op [C1] input and result differ in shape: 'tensor<3xf32>' and 'tensor<2xi1>'}}
  %z = spk.adlif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {a = dense<0.5> : tensor<2xf32>, couple = #spk.coupling<v_first>, decay = dense<0.5> : tensor<2xf32>, decay_w = dense<0.5> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<3xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.refractory_lif' op [C1] input and result differ in shape: 'tensor<3xf32>' and 'tensor<2xi1>'}}
  %z = spk.refractory_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, period = dense<2.0> : tensor<2xf32>, refractory = #spk.refractory<hold>, unit = #spk.time_unit<steps>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<3xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ternary_lif' op [C1] input and result differ in shape: 'tensor<3xf32>' and 'tensor<2xsi8>'}}
  %z = spk.ternary_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_low = dense<-1.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<3xf32> -> tensor<2xsi8>
  lle.output
}

// -----

lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ilif' op [C1] input and result differ in shape: 'tensor<3xf32>' and 'tensor<2xsi8>'}}
  %z = spk.ilif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay = dense<0.5> : tensor<2xf32>, max_spikes = 4 : i64, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<3xf32> -> tensor<2xsi8>
  lle.output
}

// -----

lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.klif' op [C1] input and result differ in shape: 'tensor<3xf32>' and 'tensor<2xi1>'}}
  %z = spk.klif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, k = dense<1.0> : tensor<2xf32>, scale_reset = true, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<3xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.st_bif' op [C1] input and result differ in shape: 'tensor<3xf32>' and 'tensor<2xsi8>'}}
  %z = spk.st_bif "n" %x {n_max = dense<1.0> : tensor<2xf32>, n_min = dense<-1.0> : tensor<2xf32>, q_init = dense<0.5> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<3xf32> -> tensor<2xsi8>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.klif' op [C5] reset to_value needs v_reset}}
  %z = spk.klif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, k = dense<1.0> : tensor<2xf32>, scale_reset = true, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}
