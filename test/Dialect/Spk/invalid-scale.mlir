// RUN: lle-opt %s --split-input-file --verify-diagnostics

// With scale input the threshold is divided by what one step adds, which must not be zero.
lle.network @lif(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.0e-3 : f64} {
  // expected-error @below {{'spk.lif' op [C4] r must be positive, got 0}}
  %z = spk.lif "lif" %x dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = input>
      firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {r = dense<[1.0, 0.0]> : tensor<2xf32>, tau = dense<2.0e-3> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
       v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}

// -----

lle.network @cuba(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.0e-3 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C4] w_in must be positive, got -2}}
  %z = spk.cuba_lif "lif" %x dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = input>
      firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {r = dense<1.0> : tensor<2xf32>, tau_mem = dense<2.0e-3> : tensor<2xf32>, tau_syn = dense<2.0e-3> : tensor<2xf32>,
       v_init = dense<0.0> : tensor<2xf32>, v_leak = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>,
       w_in = dense<-2.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}

// -----

lle.network @if(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.0e-3 : f64} {
  // expected-error @below {{'spk.if' op [C3] r must be positive where scale is input, got 0}}
  %z = spk.if "if" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = input>
      firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
      {r = dense<0.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>}
      : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
