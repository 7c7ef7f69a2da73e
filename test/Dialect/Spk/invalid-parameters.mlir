// RUN: lle-opt %s --split-input-file --verify-diagnostics

// C1: parameters are dense and have the shape of the population.

// C1 of spk.threshold: the result is i1.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.threshold' op [C1] result must be i1, got 'tensor<2xsi8>'}}
  %y = spk.threshold %x gt dense<1.0> : tensor<2xf32> : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C1 of spk.threshold: one shape.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.threshold' op [C1] input and result differ in shape: 'tensor<2xf32>' and 'tensor<3xi1>'}}
  %y = spk.threshold %x gt dense<1.0> : tensor<2xf32> : tensor<2xf32> -> tensor<3xi1>
  lle.output
}

// -----

// C1 of spk.threshold: the shape of v_threshold.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.threshold' op [C1] parameter v_threshold has type 'tensor<1xf32>', expected the shape of 'tensor<2xi1>'}}
  %y = spk.threshold %x gt dense<1.0> : tensor<1xf32> : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C1 of spk.threshold: v_threshold is dense.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.threshold' op [C1] parameter v_threshold must be dense numbers of at most 64 bits, got 'tensor<2xf32>'}}
  %y = spk.threshold %x gt dense_resource<r> : tensor<2xf32> : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C1 of spk.threshold: v_threshold is finite.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.threshold' op [C1] parameter v_threshold must be finite, got nan}}
  %y = spk.threshold %x gt dense<[1.0, 0x7FC00000]> : tensor<2xf32> : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// A threshold has no use for spikes.
lle.network @n(%x: tensor<2xi1>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.threshold' op operand #0 must be real-valued signal (tensor of static shape, not empty, of f32 or f64), but got 'tensor<2xi1>'}}
  %y = spk.threshold %x gt dense<1.0> : tensor<2xf32> : tensor<2xi1> -> tensor<2xi1>
  lle.output
}

// -----

// C1 of spk.integrator: the shape of a parameter.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.integrator' op [C1] parameter v_init has type 'tensor<1xf32>', expected the shape of 'tensor<2xf32>'}}
  %y = spk.integrator "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    {v_init = dense<0.0> : tensor<1xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C1 of spk.integrator: a parameter is finite.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.integrator' op [C1] parameter v_init must be finite, got -INF}}
  %y = spk.integrator "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    {v_init = dense<0xFF800000> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C1 of spk.integrator: a parameter is dense.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.integrator' op [C1] parameter v_init must be dense numbers of at most 64 bits, got 'tensor<2xf32>'}}
  %y = spk.integrator "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    {v_init = dense_resource<r> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C1 of spk.integrator: a parameter has at most 64 bits.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.integrator' op [C1] parameter v_init must be dense numbers of at most 64 bits, got 'tensor<2xf80>'}}
  %y = spk.integrator "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    {v_init = dense<0.0> : tensor<2xf80>} : tensor<2xf32>
  lle.output
}

// -----

// C1 of spk.if: the shape of a parameter.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C1] parameter v_init has type 'tensor<1xf32>', expected the shape of 'tensor<2xi1>'}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C1 of spk.if: input and result have one shape.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C1] input and result differ in shape: 'tensor<2xf32>' and 'tensor<3xi1>'}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<3xi1>
  lle.output
}

// -----

// C1 of spk.li: the shape of a parameter.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.li' op [C1] parameter v_init has type 'tensor<1xf32>', expected the shape of 'tensor<2xf32>'}}
  %y = spk.li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<0.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C1 of spk.lif: the shape of a parameter.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C1] parameter v_init has type 'tensor<1xf32>', expected the shape of 'tensor<2xi1>'}}
  %y = spk.lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C1 of spk.lif: input and result have one shape.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C1] input and result differ in shape: 'tensor<2xf32>' and 'tensor<3xi1>'}}
  %y = spk.lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<3xi1>
  lle.output
}

// -----

// C1 of spk.lif: a parameter is finite.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C1] parameter v_init must be finite, got -INF}}
  %y = spk.lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>,
     v_init = dense<0xFF800000> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C1 of spk.lif: a parameter is dense.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C1] parameter v_init must be dense numbers of at most 64 bits, got 'tensor<2xf32>'}}
  %y = spk.lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>,
     v_init = dense_resource<r> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C1 of spk.lif: a parameter has at most 64 bits.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C1] parameter v_init must be dense numbers of at most 64 bits, got 'tensor<2xf80>'}}
  %y = spk.lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf80>,
     v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C1 of spk.cuba_li: the shape of a parameter.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_li' op [C1] parameter v_init has type 'tensor<1xf32>', expected the shape of 'tensor<2xf32>'}}
  %y = spk.cuba_li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<1.0> : tensor<2xf32>,
     tau_syn = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32>
  lle.output
}

// -----

// C1 of spk.cuba_lif: the shape of a parameter.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C1] parameter v_init has type 'tensor<1xf32>', expected the shape of 'tensor<2xi1>'}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<1.0> : tensor<2xf32>,
     tau_syn = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>,
     w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C1 of spk.cuba_lif: input and result have one shape.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C1] input and result differ in shape: 'tensor<2xf32>' and 'tensor<3xi1>'}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<1.0> : tensor<2xf32>,
     tau_syn = dense<1.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>,
     w_in = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<3xi1>
  lle.output
}
