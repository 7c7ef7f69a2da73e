// RUN: lle-opt --spk-convert-neurons=to=adlif %s -split-input-file -verify-diagnostics

lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-remark @+2 {{becomes spk.adlif without its adaptive threshold}}
  // expected-remark @+1 {{becomes spk.adlif without its refractoriness}}
  %z = spk.alif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<1xf32>, decay = dense<0.5> : tensor<1xf32>, decay_b = dense<0.5> : tensor<1xf32>, decay_r = dense<0.5> : tensor<1xf32>,
     jump = dense<1.0> : tensor<1xf32>, r_jump = dense<2.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @+1 {{'spk.lif' op has no form as spk.adlif: expected one spike at most, with its reset in the same step, got #spk.firing<compare = ge, reset = subtract, when = next_after, emit = updated, scope = membrane, max_spikes = 1>}}
  %z = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = next_after, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @+1 {{'spk.lif' op has no form as spk.adlif: expected one spike at most}}
  %z = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 3>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xsi8>
  lle.output
}

// -----

lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @+1 {{'spk.lif' op has no form as spk.adlif: it has a floor}}
  %z = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_min = dense<-1.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @+1 {{'spk.lif' op has no form as spk.adlif: its scale is input}}
  %z = spk.lif "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = input>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<1xf32>, tau = dense<4.0> : tensor<1xf32>, v_leak = dense<0.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  lle.output
}
