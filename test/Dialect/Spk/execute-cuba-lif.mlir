// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// The dynamics of spk.cuba_li, below the threshold. One step takes 1; tau_syn = 2 and tau_mem = 4, or 1/ln 2 and
// 1/(2 ln 2), so that the exponentials are 1/2 and 1/4. r = 2, v_leak = 1, w_in = 4, i and v start at 0, x is 1 and
// then 0.
// * euler: i' = i + (4 x - i) / 2, v' = v + ((1 - v) + 2 i') / 4
// * euler_leak: i' = i + ((2 - i) + 4 x) / 2, v' as before
// * euler_unit: i' = i + (x - i) / 2, v' = v + ((1 - v) + i') / 4
// * exact: i' = j + (i - j) / 2 with j = 4 x, v' = w + (v - w) / 4 + (i - j) with w = 1 + 2 j, as K = 1/2
// * exact_equal: i' as before, v' = w + (v - w) / 2 + ln 2 (i - j), as K = ln 2 / 2
// * exact_unit: j = x, w = 1 + j, v' = w + (v - w) / 4 + (i - j) / 2
// * hold: i' as exact, v' = w + (v - w) / 4 with w = 1 + 2 i'
// * decay_euler: i' = 1/2 i + x, v' = 3/4 v + i' + 1/4
// * decay_euler_first: i' = 1/2 (i + 2 x), v' = 3/4 v + 1/2 i' + 1/4
// * decay_exp: i' = 1/2 i + x, v' = 1/4 v + i' + 3/4
// * decay_exp_first: i' = 1/2 (i + x), v' as before
// * discrete: i' = 1/2 i + x, v' = 3/4 v + i' + 1/4
// * discrete_first: i' = 1/2 (i + x), v' as before
// * no_bias: i' = 1/2 i + x, v' = 3/4 v + i'
lle.network @dynamics(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
    tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
    tensor<1xi1>) attributes {dt = 1.0 : f64} {
  %euler = spk.cuba_lif "euler" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale =
      membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<4.0> : tensor<1xf32>, tau_syn = dense<2.0> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>,
     v_threshold = dense<100.0> : tensor<1xf32>, w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %euler_leak = spk.cuba_lif "euler_leak" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale
      = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {i_leak = dense<2.0> : tensor<1xf32>, r = dense<2.0> : tensor<1xf32>, tau_mem = dense<4.0> : tensor<1xf32>,
     tau_syn = dense<2.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>,
     v_threshold = dense<100.0> : tensor<1xf32>, w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %euler_unit = spk.cuba_lif "euler_unit" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<4.0> : tensor<1xf32>, tau_syn = dense<2.0> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>,
     v_threshold = dense<100.0> : tensor<1xf32>, w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %exact = spk.cuba_lif "exact" %x dynamics<integrator = exact, order = decay_first, gain = continuous, scale =
      membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<0.7213475204444817> : tensor<1xf32>,
     tau_syn = dense<1.4426950408889634> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>, v_threshold = dense<100.0> : tensor<1xf32>,
     w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %exact_equal = spk.cuba_lif "exact_equal" %x dynamics<integrator = exact, order = decay_first, gain = continuous,
      scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<1.4426950408889634> : tensor<1xf32>,
     tau_syn = dense<1.4426950408889634> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>, v_threshold = dense<100.0> : tensor<1xf32>,
     w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %exact_unit = spk.cuba_lif "exact_unit" %x dynamics<integrator = exact, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<0.7213475204444817> : tensor<1xf32>,
     tau_syn = dense<1.4426950408889634> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>, v_threshold = dense<100.0> : tensor<1xf32>,
     w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %hold = spk.cuba_lif "hold" %x dynamics<integrator = hold, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<0.7213475204444817> : tensor<1xf32>,
     tau_syn = dense<1.4426950408889634> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>, v_threshold = dense<100.0> : tensor<1xf32>,
     w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %decay_euler = spk.cuba_lif "decay_euler" %x dynamics<integrator = decay_euler, order = decay_first, gain = unit,
      scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<4.0> : tensor<1xf32>, tau_syn = dense<2.0> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>,
     v_threshold = dense<100.0> : tensor<1xf32>, w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %decay_euler_first = spk.cuba_lif "decay_euler_first" %x dynamics<integrator = decay_euler, order = input_first, gain
      = per_step, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<4.0> : tensor<1xf32>, tau_syn = dense<2.0> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>,
     v_threshold = dense<100.0> : tensor<1xf32>, w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %decay_exp = spk.cuba_lif "decay_exp" %x dynamics<integrator = decay_exp, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<0.7213475204444817> : tensor<1xf32>,
     tau_syn = dense<1.4426950408889634> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>, v_threshold = dense<100.0> : tensor<1xf32>,
     w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %decay_exp_first = spk.cuba_lif "decay_exp_first" %x dynamics<integrator = decay_exp, order = input_first, gain =
      unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<0.7213475204444817> : tensor<1xf32>,
     tau_syn = dense<1.4426950408889634> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>, v_threshold = dense<100.0> : tensor<1xf32>,
     w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %discrete = spk.cuba_lif "discrete" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {bias = dense<0.25> : tensor<1xf32>, decay_mem = dense<0.75> : tensor<1xf32>,
     decay_syn = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<100.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %discrete_first = spk.cuba_lif "discrete_first" %x dynamics<integrator = discrete, order = input_first, gain = unit,
      scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {bias = dense<0.25> : tensor<1xf32>, decay_mem = dense<0.75> : tensor<1xf32>,
     decay_syn = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<100.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %no_bias = spk.cuba_lif "no_bias" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_mem = dense<0.75> : tensor<1xf32>, decay_syn = dense<0.5> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<100.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %euler, %euler_leak, %euler_unit, %exact, %exact_equal, %exact_unit, %hold, %decay_euler,
      %decay_euler_first, %decay_exp, %decay_exp_first, %discrete, %discrete_first, %no_bias : tensor<1xi1>,
      tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
      tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>
}

func.func @integrators() {
  %i = check.instantiate @dynamics
  %x0 = arith.constant dense<1.0> : tensor<1xf32>
  %y0:14 = check.step %i(%x0) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
      tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
      tensor<1xi1>, tensor<1xi1>)
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
  check.expect_eq %y0#12 dense<0> : tensor<1xi1>
  check.expect_eq %y0#13 dense<0> : tensor<1xi1>
  %s0_0 = check.state %i "euler" "i" : tensor<1xf32>
  check.expect_eq %s0_0 dense<2.0> : tensor<1xf32>
  %s0_1 = check.state %i "euler" "v" : tensor<1xf32>
  check.expect_eq %s0_1 dense<1.25> : tensor<1xf32>
  %s0_2 = check.state %i "euler_leak" "i" : tensor<1xf32>
  check.expect_eq %s0_2 dense<3.0> : tensor<1xf32>
  %s0_3 = check.state %i "euler_leak" "v" : tensor<1xf32>
  check.expect_eq %s0_3 dense<1.75> : tensor<1xf32>
  %s0_4 = check.state %i "euler_unit" "i" : tensor<1xf32>
  check.expect_eq %s0_4 dense<0.5> : tensor<1xf32>
  %s0_5 = check.state %i "euler_unit" "v" : tensor<1xf32>
  check.expect_eq %s0_5 dense<0.375> : tensor<1xf32>
  %s0_6 = check.state %i "exact" "i" : tensor<1xf32>
  check.expect_close %s0_6 dense<2.0> : tensor<1xf32> within 1.0e-6
  %s0_7 = check.state %i "exact" "v" : tensor<1xf32>
  check.expect_close %s0_7 dense<2.75> : tensor<1xf32> within 1.0e-6
  %s0_8 = check.state %i "exact_equal" "i" : tensor<1xf32>
  check.expect_close %s0_8 dense<2.0> : tensor<1xf32> within 1.0e-6
  %s0_9 = check.state %i "exact_equal" "v" : tensor<1xf32>
  check.expect_close %s0_9 dense<1.7274112777602189> : tensor<1xf32> within 1.0e-6
  %s0_10 = check.state %i "exact_unit" "i" : tensor<1xf32>
  check.expect_close %s0_10 dense<0.5> : tensor<1xf32> within 1.0e-6
  %s0_11 = check.state %i "exact_unit" "v" : tensor<1xf32>
  check.expect_close %s0_11 dense<1.0> : tensor<1xf32> within 1.0e-6
  %s0_12 = check.state %i "hold" "i" : tensor<1xf32>
  check.expect_close %s0_12 dense<2.0> : tensor<1xf32> within 1.0e-6
  %s0_13 = check.state %i "hold" "v" : tensor<1xf32>
  check.expect_close %s0_13 dense<3.75> : tensor<1xf32> within 1.0e-6
  %s0_14 = check.state %i "decay_euler" "i" : tensor<1xf32>
  check.expect_eq %s0_14 dense<1.0> : tensor<1xf32>
  %s0_15 = check.state %i "decay_euler" "v" : tensor<1xf32>
  check.expect_eq %s0_15 dense<1.25> : tensor<1xf32>
  %s0_16 = check.state %i "decay_euler_first" "i" : tensor<1xf32>
  check.expect_eq %s0_16 dense<1.0> : tensor<1xf32>
  %s0_17 = check.state %i "decay_euler_first" "v" : tensor<1xf32>
  check.expect_eq %s0_17 dense<0.75> : tensor<1xf32>
  %s0_18 = check.state %i "decay_exp" "i" : tensor<1xf32>
  check.expect_close %s0_18 dense<1.0> : tensor<1xf32> within 1.0e-6
  %s0_19 = check.state %i "decay_exp" "v" : tensor<1xf32>
  check.expect_close %s0_19 dense<1.75> : tensor<1xf32> within 1.0e-6
  %s0_20 = check.state %i "decay_exp_first" "i" : tensor<1xf32>
  check.expect_close %s0_20 dense<0.5> : tensor<1xf32> within 1.0e-6
  %s0_21 = check.state %i "decay_exp_first" "v" : tensor<1xf32>
  check.expect_close %s0_21 dense<1.25> : tensor<1xf32> within 1.0e-6
  %s0_22 = check.state %i "discrete" "i" : tensor<1xf32>
  check.expect_eq %s0_22 dense<1.0> : tensor<1xf32>
  %s0_23 = check.state %i "discrete" "v" : tensor<1xf32>
  check.expect_eq %s0_23 dense<1.25> : tensor<1xf32>
  %s0_24 = check.state %i "discrete_first" "i" : tensor<1xf32>
  check.expect_eq %s0_24 dense<0.5> : tensor<1xf32>
  %s0_25 = check.state %i "discrete_first" "v" : tensor<1xf32>
  check.expect_eq %s0_25 dense<0.75> : tensor<1xf32>
  %s0_26 = check.state %i "no_bias" "i" : tensor<1xf32>
  check.expect_eq %s0_26 dense<1.0> : tensor<1xf32>
  %s0_27 = check.state %i "no_bias" "v" : tensor<1xf32>
  check.expect_eq %s0_27 dense<1.0> : tensor<1xf32>
  %x1 = arith.constant dense<0.0> : tensor<1xf32>
  %y1:14 = check.step %i(%x1) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
      tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
      tensor<1xi1>, tensor<1xi1>)
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
  check.expect_eq %y1#12 dense<0> : tensor<1xi1>
  check.expect_eq %y1#13 dense<0> : tensor<1xi1>
  %s1_0 = check.state %i "euler" "i" : tensor<1xf32>
  check.expect_eq %s1_0 dense<1.0> : tensor<1xf32>
  %s1_1 = check.state %i "euler" "v" : tensor<1xf32>
  check.expect_eq %s1_1 dense<1.6875> : tensor<1xf32>
  %s1_2 = check.state %i "euler_leak" "i" : tensor<1xf32>
  check.expect_eq %s1_2 dense<2.5> : tensor<1xf32>
  %s1_3 = check.state %i "euler_leak" "v" : tensor<1xf32>
  check.expect_eq %s1_3 dense<2.8125> : tensor<1xf32>
  %s1_4 = check.state %i "euler_unit" "i" : tensor<1xf32>
  check.expect_eq %s1_4 dense<0.25> : tensor<1xf32>
  %s1_5 = check.state %i "euler_unit" "v" : tensor<1xf32>
  check.expect_eq %s1_5 dense<0.59375> : tensor<1xf32>
  %s1_6 = check.state %i "exact" "i" : tensor<1xf32>
  check.expect_close %s1_6 dense<1.0> : tensor<1xf32> within 1.0e-6
  %s1_7 = check.state %i "exact" "v" : tensor<1xf32>
  check.expect_close %s1_7 dense<3.4375> : tensor<1xf32> within 1.0e-6
  %s1_8 = check.state %i "exact_equal" "i" : tensor<1xf32>
  check.expect_close %s1_8 dense<1.0> : tensor<1xf32> within 1.0e-6
  %s1_9 = check.state %i "exact_equal" "v" : tensor<1xf32>
  check.expect_close %s1_9 dense<2.75> : tensor<1xf32> within 1.0e-6
  %s1_10 = check.state %i "exact_unit" "i" : tensor<1xf32>
  check.expect_close %s1_10 dense<0.25> : tensor<1xf32> within 1.0e-6
  %s1_11 = check.state %i "exact_unit" "v" : tensor<1xf32>
  check.expect_close %s1_11 dense<1.25> : tensor<1xf32> within 1.0e-6
  %s1_12 = check.state %i "hold" "i" : tensor<1xf32>
  check.expect_close %s1_12 dense<1.0> : tensor<1xf32> within 1.0e-6
  %s1_13 = check.state %i "hold" "v" : tensor<1xf32>
  check.expect_close %s1_13 dense<3.1875> : tensor<1xf32> within 1.0e-6
  %s1_14 = check.state %i "decay_euler" "i" : tensor<1xf32>
  check.expect_eq %s1_14 dense<0.5> : tensor<1xf32>
  %s1_15 = check.state %i "decay_euler" "v" : tensor<1xf32>
  check.expect_eq %s1_15 dense<1.6875> : tensor<1xf32>
  %s1_16 = check.state %i "decay_euler_first" "i" : tensor<1xf32>
  check.expect_eq %s1_16 dense<0.5> : tensor<1xf32>
  %s1_17 = check.state %i "decay_euler_first" "v" : tensor<1xf32>
  check.expect_eq %s1_17 dense<1.0625> : tensor<1xf32>
  %s1_18 = check.state %i "decay_exp" "i" : tensor<1xf32>
  check.expect_close %s1_18 dense<0.5> : tensor<1xf32> within 1.0e-6
  %s1_19 = check.state %i "decay_exp" "v" : tensor<1xf32>
  check.expect_close %s1_19 dense<1.6875> : tensor<1xf32> within 1.0e-6
  %s1_20 = check.state %i "decay_exp_first" "i" : tensor<1xf32>
  check.expect_close %s1_20 dense<0.25> : tensor<1xf32> within 1.0e-6
  %s1_21 = check.state %i "decay_exp_first" "v" : tensor<1xf32>
  check.expect_close %s1_21 dense<1.3125> : tensor<1xf32> within 1.0e-6
  %s1_22 = check.state %i "discrete" "i" : tensor<1xf32>
  check.expect_eq %s1_22 dense<0.5> : tensor<1xf32>
  %s1_23 = check.state %i "discrete" "v" : tensor<1xf32>
  check.expect_eq %s1_23 dense<1.6875> : tensor<1xf32>
  %s1_24 = check.state %i "discrete_first" "i" : tensor<1xf32>
  check.expect_eq %s1_24 dense<0.25> : tensor<1xf32>
  %s1_25 = check.state %i "discrete_first" "v" : tensor<1xf32>
  check.expect_eq %s1_25 dense<1.0625> : tensor<1xf32>
  %s1_26 = check.state %i "no_bias" "i" : tensor<1xf32>
  check.expect_eq %s1_26 dense<0.5> : tensor<1xf32>
  %s1_27 = check.state %i "no_bias" "v" : tensor<1xf32>
  check.expect_eq %s1_27 dense<1.25> : tensor<1xf32>
  return
}

// Scale input: w_in dt / tau_syn r dt / tau_mem = 2 is the unit of threshold (3/2), v_leak (1/2), v_reset (1/4) and
// v_min (-1), not of v_init (1/2). i' = 1/2 i + x, v' = 3/4 v + i' + 1/8.
lle.network @scaled(%x: tensor<1xf32>) -> tensor<1xi1> attributes {dt = 1.0 : f64} {
  %n = spk.cuba_lif "n" %x dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale = input>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<4.0> : tensor<1xf32>, tau_syn = dense<2.0> : tensor<1xf32>,
     v_init = dense<0.5> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>, v_min = dense<-2.0> : tensor<1xf32>,
     v_reset = dense<0.5> : tensor<1xf32>, v_threshold = dense<3.0> : tensor<1xf32>,
     w_in = dense<8.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %n : tensor<1xi1>
}

func.func @scale_input() {
  %i = check.instantiate @scaled
  // 3/8 + 1 + 1/8: not above 3/2
  %x0 = arith.constant dense<1.0> : tensor<1xf32>
  %y0 = check.step %i(%x0) : (tensor<1xf32>) -> tensor<1xi1>
  check.expect_eq %y0 dense<0> : tensor<1xi1>
  %s0_0 = check.state %i "n" "i" : tensor<1xf32>
  check.expect_eq %s0_0 dense<1.0> : tensor<1xf32>
  %s0_1 = check.state %i "n" "v" : tensor<1xf32>
  check.expect_eq %s0_1 dense<1.5> : tensor<1xf32>
  // 9/8 + 3/2 + 1/8; the current stays
  %x1 = arith.constant dense<1.0> : tensor<1xf32>
  %y1 = check.step %i(%x1) : (tensor<1xf32>) -> tensor<1xi1>
  check.expect_eq %y1 dense<1> : tensor<1xi1>
  %s1_0 = check.state %i "n" "i" : tensor<1xf32>
  check.expect_eq %s1_0 dense<1.5> : tensor<1xf32>
  %s1_1 = check.state %i "n" "v" : tensor<1xf32>
  check.expect_eq %s1_1 dense<0.25> : tensor<1xf32>
  // 3/16 - 13/4 + 1/8, below the floor
  %x2 = arith.constant dense<-4.0> : tensor<1xf32>
  %y2 = check.step %i(%x2) : (tensor<1xf32>) -> tensor<1xi1>
  check.expect_eq %y2 dense<0> : tensor<1xi1>
  %s2_0 = check.state %i "n" "i" : tensor<1xf32>
  check.expect_eq %s2_0 dense<-3.25> : tensor<1xf32>
  %s2_1 = check.state %i "n" "v" : tensor<1xf32>
  check.expect_eq %s2_1 dense<-1.0> : tensor<1xf32>
  return
}
