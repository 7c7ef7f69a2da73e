// RUN: lle-opt --spk-convert-neurons=to=lif %s -split-input-file -verify-diagnostics

lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-remark @+2 {{becomes spk.lif without its adaptive threshold}}
  // expected-remark @+1 {{becomes spk.lif without its refractoriness}}
  %z = spk.alif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<1xf32>, decay = dense<0.5> : tensor<1xf32>, decay_b = dense<0.5> : tensor<1xf32>, decay_r = dense<0.5> : tensor<1xf32>,
     jump = dense<1.0> : tensor<1xf32>, r_jump = dense<2.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-remark @+1 {{becomes spk.lif without its adaptation current}}
  %z = spk.adlif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {a = dense<1.0> : tensor<1xf32>, couple = #spk.coupling<v_first>, decay = dense<0.5> : tensor<1xf32>, decay_w = dense<0.5> : tensor<1xf32>, jump = dense<0.0> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-remark @+1 {{becomes spk.lif without its refractory period}}
  %z = spk.refractory_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, period = dense<2.0> : tensor<1xf32>, refractory = #spk.refractory<hold>, unit = #spk.time_unit<steps>,
     v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @+1 {{'spk.if' op has no form as spk.lif: its gain is per_step and its scale membrane, expected unit and membrane}}
  %z = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = per_step, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @+1 {{'spk.sliding_psn' op has no form as spk.lif: its membrane is another one}}
  %z = spk.sliding_psn "n" %x ge {v_threshold = dense<1.0> : tensor<1xf32>, weights = dense<1.0> : tensor<3xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @+1 {{'spk.threshold' op has no form as spk.lif: its membrane is another one}}
  %z = spk.threshold %x ge dense<1.0> : tensor<1xf32> : tensor<1xf32> -> tensor<1xi1>
  lle.output
}

// -----

lle.network @n(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @+1 {{'spk.plif' op does not forget: w is too small for a time constant}}
  %z = spk.plif "n" %x firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_input = true, v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>, w = dense<-1.0e+03> : tensor<1xf64>}
    : tensor<1xf32> -> tensor<1xi1>
  lle.output
}
