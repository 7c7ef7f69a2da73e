// RUN: lle-opt %s --split-input-file --verify-diagnostics

// Dynamics of neurons with leak.

// C2 of spk.li: which gain goes with decay_exp.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C2] gain continuous does not go with integrator decay_exp}}
  %y = spk.li "n" %x dynamics<integrator = decay_exp, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.li: which gain goes with decay_euler.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C2] gain continuous does not go with integrator decay_euler}}
  %y = spk.li "n" %x dynamics<integrator = decay_euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.li: which gain goes with euler.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C2] gain per_step does not go with integrator euler}}
  %y = spk.li "n" %x dynamics<integrator = euler, order = decay_first, gain = per_step, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.li: which gain goes with exact.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C2] gain per_step does not go with integrator exact}}
  %y = spk.li "n" %x dynamics<integrator = exact, order = decay_first, gain = per_step, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.li: which gain goes with hold.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C2] gain per_step does not go with integrator hold}}
  %y = spk.li "n" %x dynamics<integrator = hold, order = decay_first, gain = per_step, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.li: discrete has no gain.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C2] gain per_step does not go with integrator discrete}}
  %y = spk.li "n" %x dynamics<integrator = discrete, order = decay_first, gain = per_step, scale = membrane>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.li: the order of exact.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C2] order input_first does not go with integrator exact}}
  %y = spk.li "n" %x dynamics<integrator = exact, order = input_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.li: the order of hold.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C2] order input_first does not go with integrator hold}}
  %y = spk.li "n" %x dynamics<integrator = hold, order = input_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.li: the order of euler.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C2] order input_first does not go with integrator euler}}
  %y = spk.li "n" %x dynamics<integrator = euler, order = input_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.li: no threshold to scale.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C2] scale input needs a threshold and continuous parameters}}
  %y = spk.li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = input>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.li: tau is missing.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C3] continuous parameters need tau}}
  %y = spk.li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.li: tau beside discrete parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C3] discrete parameters exclude tau}}
  %y = spk.li "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay = dense<0.5> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.li: r is missing.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C3] continuous parameters need r}}
  %y = spk.li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.li: r beside discrete parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C3] discrete parameters exclude r}}
  %y = spk.li "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay = dense<0.5> : tensor<2xf32>, r = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.li: v_leak is missing.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C3] continuous parameters need v_leak}}
  %y = spk.li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.li: v_leak beside discrete parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C3] discrete parameters exclude v_leak}}
  %y = spk.li "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.li: decay is missing.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C3] discrete parameters need decay}}
  %y = spk.li "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.li: decay beside continuous parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C3] continuous parameters exclude decay}}
  %y = spk.li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {decay = dense<1.0> : tensor<2xf32>, r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.li: bias beside continuous parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C3] continuous parameters exclude bias}}
  %y = spk.li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {bias = dense<1.0> : tensor<2xf32>, r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C4 of spk.li: tau is positive.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C4] tau must be positive, got 0.000000e+00}}
  %y = spk.li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<[1.0, 0.0]> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.lif: which gain goes with decay_exp.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C2] gain continuous does not go with integrator decay_exp}}
  %y = spk.lif "n" %x dynamics<integrator = decay_exp, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C2 of spk.lif: the order of euler.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C2] order input_first does not go with integrator euler}}
  %y = spk.lif "n" %x dynamics<integrator = euler, order = input_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C2 of spk.lif: the scale of discrete.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C2] scale input needs a threshold and continuous parameters}}
  %y = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = input>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C3 of spk.lif: tau is missing.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C3] continuous parameters need tau}}
  %y = spk.lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C3 of spk.lif: tau beside discrete parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C3] discrete parameters exclude tau}}
  %y = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C3 of spk.lif: decay is missing.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C3] discrete parameters need decay}}
  %y = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C3 of spk.lif: decay beside continuous parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C3] continuous parameters exclude decay}}
  %y = spk.lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<1.0> : tensor<2xf32>, r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C3 of spk.lif: bias beside continuous parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C3] continuous parameters exclude bias}}
  %y = spk.lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {bias = dense<1.0> : tensor<2xf32>, r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C4 of spk.lif: tau is positive.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C4] tau must be positive, got 0.000000e+00}}
  %y = spk.lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<[1.0, 0.0]> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C2 of spk.cuba_li: which gain goes with decay_exp.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C2] gain continuous does not go with integrator decay_exp}}
  %y = spk.cuba_li "n" %x dynamics<integrator = decay_exp, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<1.0> : tensor<2xf32>,
     tau_syn = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.cuba_li: the order of euler.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C2] order input_first does not go with integrator euler}}
  %y = spk.cuba_li "n" %x dynamics<integrator = euler, order = input_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<1.0> : tensor<2xf32>,
     tau_syn = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.cuba_li: no threshold to scale.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C2] scale input needs a threshold and continuous parameters}}
  %y = spk.cuba_li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = input>
    {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<1.0> : tensor<2xf32>,
     tau_syn = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.cuba_li: tau_syn is missing.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C3] continuous parameters need tau_syn}}
  %y = spk.cuba_li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<1.0> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.cuba_li: tau_syn beside discrete parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C3] discrete parameters exclude tau_syn}}
  %y = spk.cuba_li "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     tau_syn = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.cuba_li: tau_mem is missing.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C3] continuous parameters need tau_mem}}
  %y = spk.cuba_li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau_syn = dense<1.0> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.cuba_li: tau_mem beside discrete parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C3] discrete parameters exclude tau_mem}}
  %y = spk.cuba_li "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     tau_mem = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.cuba_li: r is missing.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C3] continuous parameters need r}}
  %y = spk.cuba_li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {tau_mem = dense<1.0> : tensor<2xf32>, tau_syn = dense<1.0> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.cuba_li: r beside discrete parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C3] discrete parameters exclude r}}
  %y = spk.cuba_li "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     r = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.cuba_li: v_leak is missing.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C3] continuous parameters need v_leak}}
  %y = spk.cuba_li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<1.0> : tensor<2xf32>,
     tau_syn = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.cuba_li: v_leak beside discrete parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C3] discrete parameters exclude v_leak}}
  %y = spk.cuba_li "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.cuba_li: w_in is missing.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C3] continuous parameters need w_in}}
  %y = spk.cuba_li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<1.0> : tensor<2xf32>,
     tau_syn = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.cuba_li: w_in beside discrete parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C3] discrete parameters exclude w_in}}
  %y = spk.cuba_li "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.cuba_li: decay_syn is missing.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C3] discrete parameters need decay_syn}}
  %y = spk.cuba_li "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay_mem = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.cuba_li: decay_syn beside continuous parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C3] continuous parameters exclude decay_syn}}
  %y = spk.cuba_li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {decay_syn = dense<1.0> : tensor<2xf32>, r = dense<1.0> : tensor<2xf32>,
     tau_mem = dense<1.0> : tensor<2xf32>, tau_syn = dense<1.0> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.cuba_li: decay_mem is missing.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C3] discrete parameters need decay_mem}}
  %y = spk.cuba_li "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay_syn = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.cuba_li: decay_mem beside continuous parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C3] continuous parameters exclude decay_mem}}
  %y = spk.cuba_li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {decay_mem = dense<1.0> : tensor<2xf32>, r = dense<1.0> : tensor<2xf32>,
     tau_mem = dense<1.0> : tensor<2xf32>, tau_syn = dense<1.0> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.cuba_li: bias beside continuous parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C3] continuous parameters exclude bias}}
  %y = spk.cuba_li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {bias = dense<1.0> : tensor<2xf32>, r = dense<1.0> : tensor<2xf32>, tau_mem = dense<1.0> : tensor<2xf32>,
     tau_syn = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C3 of spk.cuba_li: i_leak is of euler.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C3] i_leak needs integrator euler}}
  %y = spk.cuba_li "n" %x dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
    {i_leak = dense<1.0> : tensor<2xf32>, r = dense<1.0> : tensor<2xf32>,
     tau_mem = dense<1.0> : tensor<2xf32>, tau_syn = dense<1.0> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C4 of spk.cuba_li: tau_syn is positive.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C4] tau_syn must be positive, got 0.000000e+00}}
  %y = spk.cuba_li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<1.0> : tensor<2xf32>,
     tau_syn = dense<[1.0, 0.0]> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C4 of spk.cuba_li: tau_mem is positive.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C4] tau_mem must be positive, got 0.000000e+00}}
  %y = spk.cuba_li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<[1.0, 0.0]> : tensor<2xf32>,
     tau_syn = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C2 of spk.cuba_lif: which gain goes with decay_exp.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C2] gain continuous does not go with integrator decay_exp}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = decay_exp, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<1.0> : tensor<2xf32>,
     tau_syn = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>,
     w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C2 of spk.cuba_lif: the order of euler.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C2] order input_first does not go with integrator euler}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = euler, order = input_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<1.0> : tensor<2xf32>,
     tau_syn = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>,
     w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C2 of spk.cuba_lif: the scale of discrete.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C2] scale input needs a threshold and continuous parameters}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = input>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C3 of spk.cuba_lif: tau_syn is missing.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C3] continuous parameters need tau_syn}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<1.0> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>, w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C3 of spk.cuba_lif: tau_syn beside discrete parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C3] discrete parameters exclude tau_syn}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     tau_syn = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C3 of spk.cuba_lif: decay_syn is missing.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C3] discrete parameters need decay_syn}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_mem = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C3 of spk.cuba_lif: decay_syn beside continuous parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C3] continuous parameters exclude decay_syn}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_syn = dense<1.0> : tensor<2xf32>, r = dense<1.0> : tensor<2xf32>,
     tau_mem = dense<1.0> : tensor<2xf32>, tau_syn = dense<1.0> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>, w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C3 of spk.cuba_lif: bias beside continuous parameters.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C3] continuous parameters exclude bias}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {bias = dense<1.0> : tensor<2xf32>, r = dense<1.0> : tensor<2xf32>, tau_mem = dense<1.0> : tensor<2xf32>,
     tau_syn = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>,
     w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C3 of spk.cuba_lif: i_leak is of euler.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C3] i_leak needs integrator euler}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {i_leak = dense<1.0> : tensor<2xf32>, r = dense<1.0> : tensor<2xf32>,
     tau_mem = dense<1.0> : tensor<2xf32>, tau_syn = dense<1.0> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>, w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C4 of spk.cuba_lif: tau_syn is positive.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C4] tau_syn must be positive, got 0.000000e+00}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<1.0> : tensor<2xf32>,
     tau_syn = dense<[1.0, 0.0]> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>,
     w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C4 of spk.cuba_lif: tau_mem is positive.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C4] tau_mem must be positive, got 0.000000e+00}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<[1.0, 0.0]> : tensor<2xf32>,
     tau_syn = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>,
     w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}
