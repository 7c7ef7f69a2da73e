// RUN: lle-opt %s --split-input-file --verify-diagnostics

// Dynamics of neurons without leak.

// C2 of spk.integrator: the integrator.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.integrator' op [C2] integrator must be euler or exact, got hold}}
  %y = spk.integrator "n" %x dynamics<integrator = hold, order = decay_first, gain = unit, scale = membrane>
    {v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.integrator: the order.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.integrator' op [C2] order must be decay_first and gain unit or per_step, got input_first and unit}}
  %y = spk.integrator "n" %x dynamics<integrator = euler, order = input_first, gain = unit, scale = membrane>
    {v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.integrator: the gain.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.integrator' op [C2] order must be decay_first and gain unit or per_step, got decay_first and continuous}}
  %y = spk.integrator "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.integrator: the scale.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.integrator' op [C2] scale input needs a threshold}}
  %y = spk.integrator "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = input>
    {r = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.integrator: gain per_step needs r.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.integrator' op [C3] gain per_step and scale input need r}}
  %y = spk.integrator "n" %x dynamics<integrator = euler, order = decay_first, gain = per_step, scale = membrane>
    {v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.if: the integrator.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C2] integrator must be euler or exact, got hold}}
  %y = spk.if "n" %x dynamics<integrator = hold, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C2 of spk.if: the order.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C2] order must be decay_first and gain unit or per_step, got input_first and unit}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = input_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C2 of spk.if: the gain.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C2] order must be decay_first and gain unit or per_step, got decay_first and continuous}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C3 of spk.if: gain per_step needs r.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C3] gain per_step and scale input need r}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = per_step, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C3 of spk.if: scale input needs r.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C3] gain per_step and scale input need r}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = input>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}
