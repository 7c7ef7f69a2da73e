// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// The dynamics of spk.li, below the threshold. One step takes 1, tau is 4 or 1/ln 2, so that dt / tau = 1/4 or
// exp(-dt / tau) = 1/2. r = 2 (2/ln 2 for decay_exp), v_leak = 1, v starts at 0, and x is 1 twice. v' is
// * euler: v + ((1 - v) + 2 x) / 4
// * euler_unit: v + ((1 - v) + x) / 4
// * exact: w + (v - w) / 2 with w = 1 + 2 x
// * exact_unit: w + (v - w) / 2 with w = 1 + x
// * hold: as exact
// * decay_euler: 3/4 v + x + 1/4
// * decay_euler_first: 3/4 (v + 1/2 x) + 1/4
// * decay_exp: 1/2 v + 2 x + 1/2
// * decay_exp_first: 1/2 (v + x) + 1/2
// * discrete: 1/2 v + x + 1/4
// * discrete_first: 1/2 (v + x) + 1/4
// * no_bias: 1/2 v + x
lle.network @dynamics(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
    tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
    attributes {dt = 1.0 : f64} {
  %euler = spk.lif "euler" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<4.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>, v_threshold = dense<100.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %euler_unit = spk.lif "euler_unit" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<4.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>, v_threshold = dense<100.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %exact = spk.lif "exact" %x dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<1.4426950408889634> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>,
     v_threshold = dense<100.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %exact_unit = spk.lif "exact_unit" %x dynamics<integrator = exact, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<1.4426950408889634> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>,
     v_threshold = dense<100.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %hold = spk.lif "hold" %x dynamics<integrator = hold, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<1.4426950408889634> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>,
     v_threshold = dense<100.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %decay_euler = spk.lif "decay_euler" %x dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<4.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>, v_threshold = dense<100.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %decay_euler_first = spk.lif "decay_euler_first" %x dynamics<integrator = decay_euler, order = input_first, gain =
      per_step, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<4.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>, v_threshold = dense<100.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %decay_exp = spk.lif "decay_exp" %x dynamics<integrator = decay_exp, order = decay_first, gain = per_step, scale =
      membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.8853900817779268> : tensor<1xf32>, tau = dense<1.4426950408889634> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>,
     v_threshold = dense<100.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %decay_exp_first = spk.lif "decay_exp_first" %x dynamics<integrator = decay_exp, order = input_first, gain = unit,
      scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<1.4426950408889634> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>,
     v_threshold = dense<100.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %discrete = spk.lif "discrete" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {bias = dense<0.25> : tensor<1xf32>, decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<100.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %discrete_first = spk.lif "discrete_first" %x dynamics<integrator = discrete, order = input_first, gain = unit, scale
      = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {bias = dense<0.25> : tensor<1xf32>, decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<100.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %no_bias = spk.lif "no_bias" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<100.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %euler, %euler_unit, %exact, %exact_unit, %hold, %decay_euler, %decay_euler_first, %decay_exp,
      %decay_exp_first, %discrete, %discrete_first, %no_bias : tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
      tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>
}

func.func @integrators() {
  %i = check.instantiate @dynamics
  %x0 = arith.constant dense<1.0> : tensor<1xf32>
  %y0:12 = check.step %i(%x0) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
      tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y0#0 dense<0> : tensor<1xi1>
  check.expect_eq %y0#1 dense<0> : tensor<1xi1>
  check.expect_eq %y0#2 dense<0> : tensor<1xi1>
  check.expect_eq %y0#3 dense<0> : tensor<1xi1>
  check.expect_eq %y0#4 dense<0> : tensor<1xi1>
  check.expect_eq %y0#5 dense<0> : tensor<1xi1>
  check.expect_eq %y0#6 dense<0> : tensor<1xi1>
  check.expect_eq %y0#7 dense<0> : tensor<1xi1>
  check.expect_eq %y0#8 dense<0> : tensor<1xi1>
  check.expect_eq %y0#9 dense<0> : tensor<1xi1>
  check.expect_eq %y0#10 dense<0> : tensor<1xi1>
  check.expect_eq %y0#11 dense<0> : tensor<1xi1>
  %s0_0 = check.state %i "euler" "v" : tensor<1xf32>
  check.expect_eq %s0_0 dense<0.75> : tensor<1xf32>
  %s0_1 = check.state %i "euler_unit" "v" : tensor<1xf32>
  check.expect_eq %s0_1 dense<0.5> : tensor<1xf32>
  %s0_2 = check.state %i "exact" "v" : tensor<1xf32>
  check.expect_close %s0_2 dense<1.5> : tensor<1xf32> within 1.0e-6
  %s0_3 = check.state %i "exact_unit" "v" : tensor<1xf32>
  check.expect_close %s0_3 dense<1.0> : tensor<1xf32> within 1.0e-6
  %s0_4 = check.state %i "hold" "v" : tensor<1xf32>
  check.expect_close %s0_4 dense<1.5> : tensor<1xf32> within 1.0e-6
  %s0_5 = check.state %i "decay_euler" "v" : tensor<1xf32>
  check.expect_eq %s0_5 dense<1.25> : tensor<1xf32>
  %s0_6 = check.state %i "decay_euler_first" "v" : tensor<1xf32>
  check.expect_eq %s0_6 dense<0.625> : tensor<1xf32>
  %s0_7 = check.state %i "decay_exp" "v" : tensor<1xf32>
  check.expect_close %s0_7 dense<2.5> : tensor<1xf32> within 1.0e-6
  %s0_8 = check.state %i "decay_exp_first" "v" : tensor<1xf32>
  check.expect_close %s0_8 dense<1.0> : tensor<1xf32> within 1.0e-6
  %s0_9 = check.state %i "discrete" "v" : tensor<1xf32>
  check.expect_eq %s0_9 dense<1.25> : tensor<1xf32>
  %s0_10 = check.state %i "discrete_first" "v" : tensor<1xf32>
  check.expect_eq %s0_10 dense<0.75> : tensor<1xf32>
  %s0_11 = check.state %i "no_bias" "v" : tensor<1xf32>
  check.expect_eq %s0_11 dense<1.0> : tensor<1xf32>
  %x1 = arith.constant dense<1.0> : tensor<1xf32>
  %y1:12 = check.step %i(%x1) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
      tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y1#0 dense<0> : tensor<1xi1>
  check.expect_eq %y1#1 dense<0> : tensor<1xi1>
  check.expect_eq %y1#2 dense<0> : tensor<1xi1>
  check.expect_eq %y1#3 dense<0> : tensor<1xi1>
  check.expect_eq %y1#4 dense<0> : tensor<1xi1>
  check.expect_eq %y1#5 dense<0> : tensor<1xi1>
  check.expect_eq %y1#6 dense<0> : tensor<1xi1>
  check.expect_eq %y1#7 dense<0> : tensor<1xi1>
  check.expect_eq %y1#8 dense<0> : tensor<1xi1>
  check.expect_eq %y1#9 dense<0> : tensor<1xi1>
  check.expect_eq %y1#10 dense<0> : tensor<1xi1>
  check.expect_eq %y1#11 dense<0> : tensor<1xi1>
  %s1_0 = check.state %i "euler" "v" : tensor<1xf32>
  check.expect_eq %s1_0 dense<1.3125> : tensor<1xf32>
  %s1_1 = check.state %i "euler_unit" "v" : tensor<1xf32>
  check.expect_eq %s1_1 dense<0.875> : tensor<1xf32>
  %s1_2 = check.state %i "exact" "v" : tensor<1xf32>
  check.expect_close %s1_2 dense<2.25> : tensor<1xf32> within 1.0e-6
  %s1_3 = check.state %i "exact_unit" "v" : tensor<1xf32>
  check.expect_close %s1_3 dense<1.5> : tensor<1xf32> within 1.0e-6
  %s1_4 = check.state %i "hold" "v" : tensor<1xf32>
  check.expect_close %s1_4 dense<2.25> : tensor<1xf32> within 1.0e-6
  %s1_5 = check.state %i "decay_euler" "v" : tensor<1xf32>
  check.expect_eq %s1_5 dense<2.1875> : tensor<1xf32>
  %s1_6 = check.state %i "decay_euler_first" "v" : tensor<1xf32>
  check.expect_eq %s1_6 dense<1.09375> : tensor<1xf32>
  %s1_7 = check.state %i "decay_exp" "v" : tensor<1xf32>
  check.expect_close %s1_7 dense<3.75> : tensor<1xf32> within 1.0e-6
  %s1_8 = check.state %i "decay_exp_first" "v" : tensor<1xf32>
  check.expect_close %s1_8 dense<1.5> : tensor<1xf32> within 1.0e-6
  %s1_9 = check.state %i "discrete" "v" : tensor<1xf32>
  check.expect_eq %s1_9 dense<1.875> : tensor<1xf32>
  %s1_10 = check.state %i "discrete_first" "v" : tensor<1xf32>
  check.expect_eq %s1_10 dense<1.125> : tensor<1xf32>
  %s1_11 = check.state %i "no_bias" "v" : tensor<1xf32>
  check.expect_eq %s1_11 dense<1.5> : tensor<1xf32>
  return
}

// Scale input: r dt / tau = 1/2 is the unit of threshold (2), v_leak (1/2), v_reset (1/4) and v_min (-2), not of
// v_init (1/2).
// v' is
// * unit: 3/4 v + x + 1/8
// * euler: v + ((1/2 - v) + 2 x) / 4
lle.network @scaled(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>) attributes {dt = 1.0 : f64} {
  %unit = spk.lif "unit" %x dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = input>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<4.0> : tensor<1xf32>, v_init = dense<0.5> : tensor<1xf32>,
     v_leak = dense<0.25> : tensor<1xf32>, v_min = dense<-1.0> : tensor<1xf32>,
     v_reset = dense<0.125> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %euler = spk.lif "euler" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = input>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<4.0> : tensor<1xf32>, v_init = dense<0.5> : tensor<1xf32>,
     v_leak = dense<0.25> : tensor<1xf32>, v_min = dense<-1.0> : tensor<1xf32>,
     v_reset = dense<0.125> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %unit, %euler : tensor<1xi1>, tensor<1xi1>
}

func.func @scale_input() {
  %i = check.instantiate @scaled
  // 3/8 + 1 + 1/8; 1/2 + 2/4
  %x0 = arith.constant dense<1.0> : tensor<1xf32>
  %y0:2 = check.step %i(%x0) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y0#0 dense<0> : tensor<1xi1>
  check.expect_eq %y0#1 dense<0> : tensor<1xi1>
  %s0_0 = check.state %i "unit" "v" : tensor<1xf32>
  check.expect_eq %s0_0 dense<1.5> : tensor<1xf32>
  %s0_1 = check.state %i "euler" "v" : tensor<1xf32>
  check.expect_eq %s0_1 dense<1.0> : tensor<1xf32>
  // 9/8 + 4 + 1/8; 1 + (8 - 1/2)/4 = 23/8. Both are above 2.
  %x1 = arith.constant dense<4.0> : tensor<1xf32>
  %y1:2 = check.step %i(%x1) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y1#0 dense<1> : tensor<1xi1>
  check.expect_eq %y1#1 dense<1> : tensor<1xi1>
  %s1_0 = check.state %i "unit" "v" : tensor<1xf32>
  check.expect_eq %s1_0 dense<0.25> : tensor<1xf32>
  %s1_1 = check.state %i "euler" "v" : tensor<1xf32>
  check.expect_eq %s1_1 dense<0.25> : tensor<1xf32>
  // 3/16 - 8 + 1/8; 1/4 + (1/4 - 16)/4. Both are below the floor.
  %x2 = arith.constant dense<-8.0> : tensor<1xf32>
  %y2:2 = check.step %i(%x2) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y2#0 dense<0> : tensor<1xi1>
  check.expect_eq %y2#1 dense<0> : tensor<1xi1>
  %s2_0 = check.state %i "unit" "v" : tensor<1xf32>
  check.expect_eq %s2_0 dense<-2.0> : tensor<1xf32>
  %s2_1 = check.state %i "euler" "v" : tensor<1xf32>
  check.expect_eq %s2_1 dense<-2.0> : tensor<1xf32>
  return
}
