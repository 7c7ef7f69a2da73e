// Networks that have no longer step, and why.
// RUN: lle-opt %s --split-input-file --verify-diagnostics --pass-pipeline='builtin.module(lle.network(lle-coarsen-steps{factor=2}))'
// RUN: not lle-opt %s --split-input-file --pass-pipeline='builtin.module(lle.network(lle-coarsen-steps{factor=1}))' 2>&1 | FileCheck %s
// CHECK: error: lle-coarsen-steps: factor must be above 1, got 1

// expected-error@+1 {{'lle.network' op cannot have a step of 2 steps: it does not divide its 7 steps}}
lle.network @odd(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64, steps = 7 : i64} {
  lle.output %x : tensor<1xf32>
}

// -----

// expected-error@+1 {{cannot have a step of 2 steps: its input 'x' carries spikes, and a mean of them is none}}
lle.network @spikes(%x: tensor<1xi1> {lle.name = "x"}) -> tensor<1xi1> attributes {dt = 1.000000e-03 : f64} {
  lle.output %x : tensor<1xi1>
}

// -----

lle.network @delay(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64} {
  // expected-error@+1 {{'lle.delay' op cannot have a step of 2 steps: it does not divide its delay of 3 steps}}
  %y = lle.delay "late" %x {initial = 0.000000e+00 : f64, steps = dense<3> : tensor<1xi64>} : tensor<1xf32>
  lle.output %y : tensor<1xf32>
}

// -----

lle.network @gru(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64} {
  // expected-error@+1 {{'ltc.gru_cell' op cannot have a step of 2 steps: it knows steps and no time}}
  %h = ltc.gru_cell "gru" %x {reset = #ltc.reset<after>, w_in = dense<2.500000e-01> : tensor<3x1xf32>,
      w_rec = dense<5.000000e-01> : tensor<3x1xf32>, bias_in = dense<1.000000e-01> : tensor<3xf32>,
      bias_rec = dense<0.000000e+00> : tensor<3xf32>} : (tensor<1xf32>) -> tensor<1xf32>
  lle.output %h : tensor<1xf32>
}

// -----

lle.network @overshoot(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64} {
  // expected-error@+1 {{'spk.li' op cannot have a step of 2 steps: dt is above its time constant, so that an Euler step overshoots}}
  %v = spk.li "readout" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<1.000000e+00> : tensor<1xf32>, tau = dense<7.500000e-04> : tensor<1xf32>,
     v_init = dense<0.000000e+00> : tensor<1xf32>, v_leak = dense<0.000000e+00> : tensor<1xf32>} : tensor<1xf32>
  lle.output %v : tensor<1xf32>
}

// -----

lle.network @refractory(%x: tensor<1xf32>) -> tensor<1xi1> attributes {dt = 1.000000e-03 : f64} {
  // expected-error@+1 {{'spk.refractory_lif' op cannot have a step of 2 steps: it does not divide its refractory period of 5 steps}}
  %z = spk.refractory_lif "lif" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {period = dense<5.000000e-03> : tensor<1xf32>, r = dense<1.000000e+00> : tensor<1xf32>,
     refractory = #spk.refractory<hold>, tau = dense<1.000000e-02> : tensor<1xf32>, unit = #spk.time_unit<seconds>,
     v_init = dense<0.000000e+00> : tensor<1xf32>, v_leak = dense<0.000000e+00> : tensor<1xf32>,
     v_reset = dense<0.000000e+00> : tensor<1xf32>, v_threshold = dense<1.000000e+00> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  lle.output %z : tensor<1xi1>
}

// -----

lle.network @delta(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64} {
  // expected-error@+1 {{'spk.delta' op cannot have a step of 2 steps: what it does depends on single steps}}
  %z = spk.delta "delta" %x ge {cum_error = false, v_threshold = dense<5.000000e-01> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xf32>
  lle.output %z : tensor<1xf32>
}

// -----

// A spike of the population would stand for two of its steps, and the threshold would see half of each.
lle.network @threshold(%x: tensor<1xf32>) -> tensor<1xi1> attributes {dt = 1.000000e-03 : f64} {
  %w = lle.weight dense<1.000000e+00> : tensor<1x1xf32>
  %z = spk.lif "lif" %x dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.000000e+00> : tensor<1xf32>, tau = dense<1.000000e-02> : tensor<1xf32>,
     v_init = dense<0.000000e+00> : tensor<1xf32>, v_leak = dense<0.000000e+00> : tensor<1xf32>,
     v_reset = dense<0.000000e+00> : tensor<1xf32>, v_threshold = dense<1.000000e+00> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  %y = lle.linear %z, %w : (tensor<1xi1>, tensor<1x1xf32>) -> tensor<1xf32>
  // expected-error@+1 {{'spk.threshold' op cannot have a step of 2 steps: it compares single spikes of a population, which become means}}
  %t = spk.threshold %y gt dense<5.000000e-01> : tensor<1xf32> : tensor<1xf32> -> tensor<1xi1>
  lle.output %t : tensor<1xi1>
}

// -----

// Its unit would be negative, and with it the threshold.
lle.network @inhibited(%x: tensor<1xf32>) -> tensor<1xi1> attributes {dt = 1.000000e-03 : f64} {
  // expected-error@+1 {{'spk.cuba_lif' op cannot have a step of 2 steps: a current into it does not raise its membrane}}
  %z = spk.cuba_lif "cuba" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.000000e+00> : tensor<1xf32>, tau_mem = dense<1.000000e-02> : tensor<1xf32>,
     tau_syn = dense<5.000000e-03> : tensor<1xf32>, v_init = dense<0.000000e+00> : tensor<1xf32>,
     v_leak = dense<0.000000e+00> : tensor<1xf32>, v_reset = dense<0.000000e+00> : tensor<1xf32>,
     v_threshold = dense<1.000000e+00> : tensor<1xf32>, w_in = dense<-1.000000e+00> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  lle.output %z : tensor<1xi1>
}
