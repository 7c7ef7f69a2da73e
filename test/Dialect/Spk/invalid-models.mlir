// RUN: lle-opt %s -split-input-file -verify-diagnostics

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.alif' op [C1] parameter beta has type 'tensor<3xf32>', expected the shape of 'tensor<2xi1>'}}
  %z = spk.alif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<3xf32>, decay = dense<0.5> : tensor<2xf32>, decay_b = dense<0.5> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.alif' op [C1] parameter jump must be finite, got}}
  %z = spk.alif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<2xf32>, decay = dense<0.5> : tensor<2xf32>, decay_b = dense<0.5> : tensor<2xf32>, jump = dense<0x7F800000> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.alif' op [C3] discrete parameters exclude tau}}
  %z = spk.alif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<2xf32>, decay = dense<0.5> : tensor<2xf32>, decay_b = dense<0.5> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.alif' op [C5] expected when same_step, emit updated, scope membrane and max_spikes 1, got #spk.firing<compare = ge, reset = subtract, when = next_after, emit = updated, scope = membrane, max_spikes = 1>}}
  %z = spk.alif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = next_after, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<2xf32>, decay = dense<0.5> : tensor<2xf32>, decay_b = dense<0.5> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.alif' op [C5] reset to_value needs v_reset}}
  %z = spk.alif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<2xf32>, decay = dense<0.5> : tensor<2xf32>, decay_b = dense<0.5> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.alif' op [C5] result must be 'i1', got 'tensor<2xsi8>'}}
  %z = spk.alif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<2xf32>, decay = dense<0.5> : tensor<2xf32>, decay_b = dense<0.5> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.alif' op [C6] discrete dynamics exclude tau_b}}
  %z = spk.alif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<2xf32>, decay = dense<0.5> : tensor<2xf32>, decay_b = dense<0.5> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, tau_b = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.alif' op [C6] discrete dynamics need decay_b}}
  %z = spk.alif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<2xf32>, decay = dense<0.5> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.alif' op [C6] continuous dynamics need tau_b}}
  %z = spk.alif "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, r = dense<1.0> : tensor<2xf32>, tau = dense<4.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.alif' op [C6] continuous dynamics exclude decay_b}}
  %z = spk.alif "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<2xf32>, decay_b = dense<0.5> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, r = dense<1.0> : tensor<2xf32>, tau = dense<4.0> : tensor<2xf32>, tau_b = dense<4.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.alif' op [C6] tau_b must be positive, got 0.000000e+00}}
  %z = spk.alif "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, r = dense<1.0> : tensor<2xf32>, tau = dense<4.0> : tensor<2xf32>, tau_b = dense<0.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.alif' op [C6] r_jump needs tau_r or decay_r}}
  %z = spk.alif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<2xf32>, decay = dense<0.5> : tensor<2xf32>, decay_b = dense<0.5> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, r_jump = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.alif' op [C6] tau_r and decay_r need r_jump}}
  %z = spk.alif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<2xf32>, decay = dense<0.5> : tensor<2xf32>, decay_b = dense<0.5> : tensor<2xf32>, decay_r = dense<0.5> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.alif' op [C6] discrete dynamics exclude tau_r}}
  %z = spk.alif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<2xf32>, decay = dense<0.5> : tensor<2xf32>, decay_b = dense<0.5> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, r_jump = dense<1.0> : tensor<2xf32>, tau_r = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.adlif' op [C6] discrete dynamics need decay_w}}
  %z = spk.adlif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {a = dense<0.5> : tensor<2xf32>, couple = #spk.coupling<v_first>, decay = dense<0.5> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.adlif' op [C5] reset to_value needs v_reset}}
  %z = spk.adlif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {a = dense<0.5> : tensor<2xf32>, couple = #spk.coupling<v_first>, decay = dense<0.5> : tensor<2xf32>, decay_w = dense<0.5> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.adlif' op [C2] scale input needs a threshold and continuous parameters}}
  %z = spk.adlif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = input>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {a = dense<0.5> : tensor<2xf32>, couple = #spk.coupling<v_first>, decay = dense<0.5> : tensor<2xf32>, decay_w = dense<0.5> : tensor<2xf32>, jump = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.plif' op [C5] result must be 'i1', got 'tensor<2xsi8>'}}
  %z = spk.plif "n" %x 
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_input = true, v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>, w = dense<0.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.plif' op [C1] parameter w has type 'tensor<3xf32>', expected the shape of 'tensor<2xi1>'}}
  %z = spk.plif "n" %x 
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_input = true, v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>, w = dense<0.0> : tensor<3xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.refractory_lif' op [C5] refractory clamp needs v_reset}}
  %z = spk.refractory_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, period = dense<2.0> : tensor<2xf32>, refractory = #spk.refractory<clamp>, unit = #spk.time_unit<steps>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.refractory_lif' op [C6] period must not be negative, got -1.000000e+00}}
  %z = spk.refractory_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, period = dense<-1.0> : tensor<2xf32>, refractory = #spk.refractory<hold>, unit = #spk.time_unit<steps>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.refractory_lif' op [C6] period must be a whole number of steps, got 1.500000e+00}}
  %z = spk.refractory_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, period = dense<1.5> : tensor<2xf32>, refractory = #spk.refractory<hold>, unit = #spk.time_unit<steps>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ternary_lif' op [C5] result must be 'si8', got 'tensor<2xi1>'}}
  %z = spk.ternary_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_low = dense<-1.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ternary_lif' op [C6] v_low must be below v_threshold, got 1.000000e+00 and 1.000000e+00}}
  %z = spk.ternary_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_low = dense<1.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ilif' op [C5] result must be si8, si16 or si32, got 'tensor<2xi1>'}}
  %z = spk.ilif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay = dense<0.5> : tensor<2xf32>, max_spikes = 4 : i64, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ilif' op [C5] max_spikes must be from 1 to 127, got 128}}
  %z = spk.ilif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay = dense<0.5> : tensor<2xf32>, max_spikes = 128 : i64, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ilif' op [C5] max_spikes must be from 1 to 16777216, got 0}}
  %z = spk.ilif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay = dense<0.5> : tensor<2xf32>, max_spikes = 0 : i64, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xsi32>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.ilif' op [C6] v_threshold must be positive, got 0.000000e+00}}
  %z = spk.ilif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay = dense<0.5> : tensor<2xf32>, max_spikes = 4 : i64, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<0.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.klif' op [C6] k must not be zero with scale_reset}}
  %z = spk.klif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, k = dense<0.0> : tensor<2xf32>, scale_reset = true, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.st_bif' op [C5] result must be 'si8', got 'tensor<2xsi16>'}}
  %z = spk.st_bif "n" %x {n_max = dense<1.0> : tensor<2xf32>, n_min = dense<-1.0> : tensor<2xf32>, q_init = dense<0.5> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xsi16>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.st_bif' op [C6] v_threshold must be positive, got -1.000000e+00}}
  %z = spk.st_bif "n" %x {n_max = dense<1.0> : tensor<2xf32>, n_min = dense<-1.0> : tensor<2xf32>, q_init = dense<0.5> : tensor<2xf32>, v_threshold = dense<-1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.st_bif' op [C6] n_min must not be above n_max, got 2.000000e+00 and 1.000000e+00}}
  %z = spk.st_bif "n" %x {n_max = dense<1.0> : tensor<2xf32>, n_min = dense<2.0> : tensor<2xf32>, q_init = dense<0.5> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.rf' op [C1] input and result differ in shape: 'tensor<3xf32>' and 'tensor<2xi1>'}}
  %z = spk.rf "n" %x, %y ge {decay_cos = dense<0.5> : tensor<2xf32>, decay_sin = dense<0.5> : tensor<2xf32>, resonator = #spk.resonator<phase>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32>, tensor<3xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.rf' op [C1] inputs differ in type: 'tensor<2xf32>' and 'tensor<2xf64>'}}
  %z = spk.rf "n" %x, %d ge {decay_cos = dense<0.5> : tensor<2xf32>, decay_sin = dense<0.5> : tensor<2xf32>, resonator = #spk.resonator<phase>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32>, tensor<2xf64> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.rf' op [C2] expected either frequency and tau or decay_cos and decay_sin}}
  %z = spk.rf "n" %x ge {decay_cos = dense<0.5> : tensor<2xf32>, decay_sin = dense<0.5> : tensor<2xf32>, resonator = #spk.resonator<phase>, tau = dense<1.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.rf' op [C2] expected either frequency and tau or decay_cos and decay_sin}}
  %z = spk.rf "n" %x ge {decay_cos = dense<0.5> : tensor<2xf32>, resonator = #spk.resonator<phase>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.rf' op [C2] expected either frequency and tau or decay_cos and decay_sin}}
  %z = spk.rf "n" %x ge {resonator = #spk.resonator<phase>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.rf' op [C2] tau must be positive, got -1.000000e+00}}
  %z = spk.rf "n" %x ge {frequency = dense<1.0> : tensor<2xf32>, resonator = #spk.resonator<phase>, tau = dense<-1.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.rf' op [C3] resonator phase excludes v_reset}}
  %z = spk.rf "n" %x ge {decay_cos = dense<0.5> : tensor<2xf32>, decay_sin = dense<0.5> : tensor<2xf32>, resonator = #spk.resonator<phase>, v_reset = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.rf' op [C3] resonator izhikevich needs v_reset}}
  %z = spk.rf "n" %x ge {decay_cos = dense<0.5> : tensor<2xf32>, decay_sin = dense<0.5> : tensor<2xf32>, resonator = #spk.resonator<izhikevich>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.rf' op [C5] result must be 'i1', got 'tensor<2xsi8>'}}
  %z = spk.rf "n" %x ge {decay_cos = dense<0.5> : tensor<2xf32>, decay_sin = dense<0.5> : tensor<2xf32>, resonator = #spk.resonator<phase>, v_threshold = dense<1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.delta' op [C1] a real result has the element type of the input, got 'tensor<2xf32>' and 'tensor<2xf64>'}}
  %z = spk.delta "n" %x ge {cum_error = false, v_threshold = dense<0.5> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xf64>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.delta' op [C5] a result of 'f32' excludes step}}
  %z = spk.delta "n" %x ge {cum_error = false, step = dense<1.0> : tensor<2xf32>, v_threshold = dense<0.5> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xf32>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.delta' op [C5] a result of 'si8' needs step}}
  %z = spk.delta "n" %x ge {cum_error = false, v_threshold = dense<0.5> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.delta' op [C6] v_threshold must not be negative, got -1.000000e+00}}
  %z = spk.delta "n" %x ge {cum_error = false, v_threshold = dense<-1.0> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xf32>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.delta' op [C6] step must be positive, got 0.000000e+00}}
  %z = spk.delta "n" %x ge {cum_error = false, step = dense<0.0> : tensor<2xf32>, v_threshold = dense<0.5> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.sigma_delta' op [C2] activation must be linear or relu, got tanh}}
  %z = spk.sigma_delta "n" %x ge {activation = #lle.activation<tanh>, cum_error = false, v_threshold = dense<0.5> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xf32>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.sigma_delta' op [C5] a result of 'si16' needs step}}
  %z = spk.sigma_delta "n" %x ge {activation = #lle.activation<relu>, cum_error = false, v_threshold = dense<0.5> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xsi16>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.sliding_psn' op [C1] input and result differ in shape: 'tensor<3xf32>' and 'tensor<2xi1>'}}
  %z = spk.sliding_psn "n" %y ge {v_threshold = dense<1.0> : tensor<2xf32>, weights = dense<1.0> : tensor<3xf32>}
    : tensor<3xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.sliding_psn' op [C1] parameter v_threshold has type 'tensor<3xf32>', expected the shape of 'tensor<2xi1>'}}
  %z = spk.sliding_psn "n" %x ge {v_threshold = dense<1.0> : tensor<3xf32>, weights = dense<1.0> : tensor<3xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.sliding_psn' op [C2] weights must have one dimension, got 'tensor<3x1xf32>'}}
  %z = spk.sliding_psn "n" %x ge {v_threshold = dense<1.0> : tensor<2xf32>, weights = dense<1.0> : tensor<3x1xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<2xf32>, %y: tensor<3xf32>, %d: tensor<2xf64>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.sliding_psn' op [C5] result must be 'i1', got 'tensor<2xsi8>'}}
  %z = spk.sliding_psn "n" %x ge {v_threshold = dense<1.0> : tensor<2xf32>, weights = dense<1.0> : tensor<3xf32>}
    : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}
