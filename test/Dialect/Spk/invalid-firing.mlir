// RUN: lle-opt %s --split-input-file --verify-diagnostics

// When a neuron fires, and what firing does.

// C3 of spk.if: a value to reset to.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C3] reset to_value needs v_reset}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C4 of spk.if: at least one spike.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C4] max_spikes 0 does not fit the element type 'i1'}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 0>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C4 of spk.if: i1 holds one spike.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C4] max_spikes 2 does not fit the element type 'i1'}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 2>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C4 of spk.if: one spike is i1.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C4] max_spikes 1 does not fit the element type 'si8'}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C4 of spk.if: si8 holds 127 spikes.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C4] max_spikes 128 does not fit the element type 'si8'}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 128>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C4 of spk.if: si16 holds 32767 spikes.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C4] max_spikes 32768 does not fit the element type 'si16'}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 32768>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi16>
  lle.output
}

// -----

// C4 of spk.if: si32 holds 2147483647 spikes.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C4] max_spikes 2147483648 does not fit the element type 'si32'}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 2147483648>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi32>
  lle.output
}

// -----

// C4 of spk.if: several spikes compare with ge.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C4] several spikes in a step need compare ge, emit updated, and reset subtract or none in the same step, got #spk.firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 3>}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 3>
    {v_init = dense<0.0> : tensor<2xf32>, v_reset = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C4 of spk.if: several spikes are emitted at once.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C4] several spikes in a step need compare ge, emit updated, and reset subtract or none in the same step, got #spk.firing<compare = ge, reset = none, when = same_step, emit = held, scope = membrane, max_spikes = 3>}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = held, scope = membrane, max_spikes = 3>
    {v_init = dense<0.0> : tensor<2xf32>, v_reset = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C4 of spk.if: several spikes do not wait for their reset.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C4] several spikes in a step need compare ge, emit updated, and reset subtract or none in the same step, got #spk.firing<compare = ge, reset = subtract, when = next_after, emit = updated, scope = membrane, max_spikes = 3>}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = next_after, emit = updated, scope = membrane, max_spikes = 3>
    {v_init = dense<0.0> : tensor<2xf32>, v_reset = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C4 of spk.if: several spikes are not reset to a value.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C4] several spikes in a step need compare ge, emit updated, and reset subtract or none in the same step, got #spk.firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 3>}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 3>
    {v_init = dense<0.0> : tensor<2xf32>, v_reset = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C5 of spk.if: a held spike and its reset in one step.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C5] emit held needs a reset in the next step, or none}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = held, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C5 of spk.if: same_step_held emits what it compares.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C5] when same_step_held needs emit updated and reset subtract, got emit held and reset subtract}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step_held, emit = held, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C5 of spk.if: same_step_held subtracts.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C5] when same_step_held needs emit updated and reset subtract, got emit updated and reset none}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step_held, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C5 of spk.if: no current to set to zero.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C5] scope all needs a synaptic current}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = all, max_spikes = 1>
    {v_init = dense<0.0> : tensor<2xf32>, v_reset = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C6 of spk.if: several spikes divide by the threshold.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.if' op [C6] several spikes in a step need a positive v_threshold, got -5.000000e-01}}
  %y = spk.if "n" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 3>
    {v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<[1.0, -0.5]> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C5 of spk.lif: a value to reset to.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C5] reset to_value needs v_reset}}
  %y = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C6 of spk.lif: at least one spike.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C6] max_spikes 0 does not fit the element type 'i1'}}
  %y = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 0>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C6 of spk.lif: i1 holds one spike.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C6] max_spikes 2 does not fit the element type 'i1'}}
  %y = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 2>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C6 of spk.lif: one spike is i1.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C6] max_spikes 1 does not fit the element type 'si8'}}
  %y = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C6 of spk.lif: si8 holds 127 spikes.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C6] max_spikes 128 does not fit the element type 'si8'}}
  %y = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 128>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C6 of spk.lif: several spikes compare with ge.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C6] several spikes in a step need compare ge, emit updated, and reset subtract or none in the same step, got #spk.firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 3>}}
  %y = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 3>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_reset = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C6 of spk.lif: several spikes are not reset to a value.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C6] several spikes in a step need compare ge, emit updated, and reset subtract or none in the same step, got #spk.firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 3>}}
  %y = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 3>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_reset = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C7 of spk.lif: a held spike and its reset in one step.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C7] emit held needs a reset in the next step, or none}}
  %y = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = held, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C7 of spk.lif: same_step_held subtracts.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C7] when same_step_held needs emit updated and reset subtract, got emit updated and reset none}}
  %y = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step_held, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C7 of spk.lif: no current to set to zero.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C7] scope all needs a synaptic current}}
  %y = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = all, max_spikes = 1>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_reset = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C8 of spk.lif: several spikes divide by the threshold.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.lif' op [C8] several spikes in a step need a positive v_threshold, got -5.000000e-01}}
  %y = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 3>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<[1.0, -0.5]> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C5 of spk.cuba_lif: a value to reset to.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C5] reset to_value needs v_reset}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C6 of spk.cuba_lif: at least one spike.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C6] max_spikes 0 does not fit the element type 'i1'}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 0>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C6 of spk.cuba_lif: i1 holds one spike.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C6] max_spikes 2 does not fit the element type 'i1'}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 2>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C6 of spk.cuba_lif: one spike is i1.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C6] max_spikes 1 does not fit the element type 'si8'}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C6 of spk.cuba_lif: si8 holds 127 spikes.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C6] max_spikes 128 does not fit the element type 'si8'}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 128>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C6 of spk.cuba_lif: several spikes compare with ge.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C6] several spikes in a step need compare ge, emit updated, and reset subtract or none in the same step, got #spk.firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 3>}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 3>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_reset = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C6 of spk.cuba_lif: several spikes are not reset to a value.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C6] several spikes in a step need compare ge, emit updated, and reset subtract or none in the same step, got #spk.firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 3>}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 3>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_reset = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}

// -----

// C7 of spk.cuba_lif: a held spike and its reset in one step.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C7] emit held needs a reset in the next step, or none}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = held, scope = membrane, max_spikes = 1>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C7 of spk.cuba_lif: same_step_held subtracts.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C7] when same_step_held needs emit updated and reset subtract, got emit updated and reset none}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step_held, emit = updated, scope = membrane, max_spikes = 1>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<1.0> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output
}

// -----

// C8 of spk.cuba_lif: several spikes divide by the threshold.
lle.network @n(%x: tensor<2xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'spk.cuba_lif' op [C8] several spikes in a step need a positive v_threshold, got -5.000000e-01}}
  %y = spk.cuba_lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 3>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<[1.0, -0.5]> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi8>
  lle.output
}
