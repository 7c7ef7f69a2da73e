// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// One step takes 1; tau_syn = 2 and tau_mem = 4, or 1/ln 2 and 1/(2 ln 2), so that the exponentials are 1/2 and 1/4.
// r = 2, v_leak = 1, w_in = 4, i and v start at 0, x is 1 and then 0.
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
lle.network @dynamics(%x: tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
    tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
    tensor<1xf32>, tensor<1xf32>) attributes {dt = 1.0 : f64} {
  %euler = spk.cuba_li "euler" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<4.0> : tensor<1xf32>, tau_syn = dense<2.0> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>, w_in = dense<4.0> : tensor<1xf32>}
    : tensor<1xf32>
  %euler_leak = spk.cuba_li "euler_leak" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale
      = membrane>
    {i_leak = dense<2.0> : tensor<1xf32>, r = dense<2.0> : tensor<1xf32>, tau_mem = dense<4.0> : tensor<1xf32>,
     tau_syn = dense<2.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>,
     w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32>
  %euler_unit = spk.cuba_li "euler_unit" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale =
      membrane>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<4.0> : tensor<1xf32>, tau_syn = dense<2.0> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>, w_in = dense<4.0> : tensor<1xf32>}
    : tensor<1xf32>
  %exact = spk.cuba_li "exact" %x dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<0.7213475204444817> : tensor<1xf32>,
     tau_syn = dense<1.4426950408889634> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>, w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32>
  %exact_equal = spk.cuba_li "exact_equal" %x dynamics<integrator = exact, order = decay_first, gain = continuous,
      scale = membrane>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<1.4426950408889634> : tensor<1xf32>,
     tau_syn = dense<1.4426950408889634> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>, w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32>
  %exact_unit = spk.cuba_li "exact_unit" %x dynamics<integrator = exact, order = decay_first, gain = unit, scale =
      membrane>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<0.7213475204444817> : tensor<1xf32>,
     tau_syn = dense<1.4426950408889634> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>, w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32>
  %hold = spk.cuba_li "hold" %x dynamics<integrator = hold, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<0.7213475204444817> : tensor<1xf32>,
     tau_syn = dense<1.4426950408889634> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>, w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32>
  %decay_euler = spk.cuba_li "decay_euler" %x dynamics<integrator = decay_euler, order = decay_first, gain = unit,
      scale = membrane>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<4.0> : tensor<1xf32>, tau_syn = dense<2.0> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>, w_in = dense<4.0> : tensor<1xf32>}
    : tensor<1xf32>
  %decay_euler_first = spk.cuba_li "decay_euler_first" %x dynamics<integrator = decay_euler, order = input_first, gain
      = per_step, scale = membrane>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<4.0> : tensor<1xf32>, tau_syn = dense<2.0> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>, w_in = dense<4.0> : tensor<1xf32>}
    : tensor<1xf32>
  %decay_exp = spk.cuba_li "decay_exp" %x dynamics<integrator = decay_exp, order = decay_first, gain = unit, scale =
      membrane>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<0.7213475204444817> : tensor<1xf32>,
     tau_syn = dense<1.4426950408889634> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>, w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32>
  %decay_exp_first = spk.cuba_li "decay_exp_first" %x dynamics<integrator = decay_exp, order = input_first, gain =
      unit, scale = membrane>
    {r = dense<2.0> : tensor<1xf32>, tau_mem = dense<0.7213475204444817> : tensor<1xf32>,
     tau_syn = dense<1.4426950408889634> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>, w_in = dense<4.0> : tensor<1xf32>} : tensor<1xf32>
  %discrete = spk.cuba_li "discrete" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    {bias = dense<0.25> : tensor<1xf32>, decay_mem = dense<0.75> : tensor<1xf32>,
     decay_syn = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>} : tensor<1xf32>
  %discrete_first = spk.cuba_li "discrete_first" %x dynamics<integrator = discrete, order = input_first, gain = unit,
      scale = membrane>
    {bias = dense<0.25> : tensor<1xf32>, decay_mem = dense<0.75> : tensor<1xf32>,
     decay_syn = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>} : tensor<1xf32>
  %no_bias = spk.cuba_li "no_bias" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    {decay_mem = dense<0.75> : tensor<1xf32>, decay_syn = dense<0.5> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>} : tensor<1xf32>
  lle.output %euler, %euler_leak, %euler_unit, %exact, %exact_equal, %exact_unit, %hold, %decay_euler,
      %decay_euler_first, %decay_exp, %decay_exp_first, %discrete, %discrete_first, %no_bias : tensor<1xf32>,
      tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
      tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>
}

func.func @integrators() {
  %i = check.instantiate @dynamics
  %x0 = arith.constant dense<1.0> : tensor<1xf32>
  %y0:14 = check.step %i(%x0) : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
      tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
      tensor<1xf32>, tensor<1xf32>, tensor<1xf32>)
  check.expect_eq %y0#0 dense<1.25> : tensor<1xf32>
  check.expect_eq %y0#1 dense<1.75> : tensor<1xf32>
  check.expect_eq %y0#2 dense<0.375> : tensor<1xf32>
  check.expect_close %y0#3 dense<2.75> : tensor<1xf32> within 1.0e-6
  check.expect_close %y0#4 dense<1.7274112777602189> : tensor<1xf32> within 1.0e-6
  check.expect_close %y0#5 dense<1.0> : tensor<1xf32> within 1.0e-6
  check.expect_close %y0#6 dense<3.75> : tensor<1xf32> within 1.0e-6
  check.expect_eq %y0#7 dense<1.25> : tensor<1xf32>
  check.expect_eq %y0#8 dense<0.75> : tensor<1xf32>
  check.expect_close %y0#9 dense<1.75> : tensor<1xf32> within 1.0e-6
  check.expect_close %y0#10 dense<1.25> : tensor<1xf32> within 1.0e-6
  check.expect_eq %y0#11 dense<1.25> : tensor<1xf32>
  check.expect_eq %y0#12 dense<0.75> : tensor<1xf32>
  check.expect_eq %y0#13 dense<1.0> : tensor<1xf32>
  %s0_0 = check.state %i "euler" "i" : tensor<1xf32>
  check.expect_eq %s0_0 dense<2.0> : tensor<1xf32>
  %s0_1 = check.state %i "euler_leak" "i" : tensor<1xf32>
  check.expect_eq %s0_1 dense<3.0> : tensor<1xf32>
  %s0_2 = check.state %i "euler_unit" "i" : tensor<1xf32>
  check.expect_eq %s0_2 dense<0.5> : tensor<1xf32>
  %s0_3 = check.state %i "exact" "i" : tensor<1xf32>
  check.expect_close %s0_3 dense<2.0> : tensor<1xf32> within 1.0e-6
  %s0_4 = check.state %i "exact_equal" "i" : tensor<1xf32>
  check.expect_close %s0_4 dense<2.0> : tensor<1xf32> within 1.0e-6
  %s0_5 = check.state %i "exact_unit" "i" : tensor<1xf32>
  check.expect_close %s0_5 dense<0.5> : tensor<1xf32> within 1.0e-6
  %s0_6 = check.state %i "hold" "i" : tensor<1xf32>
  check.expect_close %s0_6 dense<2.0> : tensor<1xf32> within 1.0e-6
  %s0_7 = check.state %i "decay_euler" "i" : tensor<1xf32>
  check.expect_eq %s0_7 dense<1.0> : tensor<1xf32>
  %s0_8 = check.state %i "decay_euler_first" "i" : tensor<1xf32>
  check.expect_eq %s0_8 dense<1.0> : tensor<1xf32>
  %s0_9 = check.state %i "decay_exp" "i" : tensor<1xf32>
  check.expect_close %s0_9 dense<1.0> : tensor<1xf32> within 1.0e-6
  %s0_10 = check.state %i "decay_exp_first" "i" : tensor<1xf32>
  check.expect_close %s0_10 dense<0.5> : tensor<1xf32> within 1.0e-6
  %s0_11 = check.state %i "discrete" "i" : tensor<1xf32>
  check.expect_eq %s0_11 dense<1.0> : tensor<1xf32>
  %s0_12 = check.state %i "discrete_first" "i" : tensor<1xf32>
  check.expect_eq %s0_12 dense<0.5> : tensor<1xf32>
  %s0_13 = check.state %i "no_bias" "i" : tensor<1xf32>
  check.expect_eq %s0_13 dense<1.0> : tensor<1xf32>
  %x1 = arith.constant dense<0.0> : tensor<1xf32>
  %y1:14 = check.step %i(%x1) : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
      tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
      tensor<1xf32>, tensor<1xf32>, tensor<1xf32>)
  check.expect_eq %y1#0 dense<1.6875> : tensor<1xf32>
  check.expect_eq %y1#1 dense<2.8125> : tensor<1xf32>
  check.expect_eq %y1#2 dense<0.59375> : tensor<1xf32>
  check.expect_close %y1#3 dense<3.4375> : tensor<1xf32> within 1.0e-6
  check.expect_close %y1#4 dense<2.75> : tensor<1xf32> within 1.0e-6
  check.expect_close %y1#5 dense<1.25> : tensor<1xf32> within 1.0e-6
  check.expect_close %y1#6 dense<3.1875> : tensor<1xf32> within 1.0e-6
  check.expect_eq %y1#7 dense<1.6875> : tensor<1xf32>
  check.expect_eq %y1#8 dense<1.0625> : tensor<1xf32>
  check.expect_close %y1#9 dense<1.6875> : tensor<1xf32> within 1.0e-6
  check.expect_close %y1#10 dense<1.3125> : tensor<1xf32> within 1.0e-6
  check.expect_eq %y1#11 dense<1.6875> : tensor<1xf32>
  check.expect_eq %y1#12 dense<1.0625> : tensor<1xf32>
  check.expect_eq %y1#13 dense<1.25> : tensor<1xf32>
  %s1_0 = check.state %i "euler" "i" : tensor<1xf32>
  check.expect_eq %s1_0 dense<1.0> : tensor<1xf32>
  %s1_1 = check.state %i "euler_leak" "i" : tensor<1xf32>
  check.expect_eq %s1_1 dense<2.5> : tensor<1xf32>
  %s1_2 = check.state %i "euler_unit" "i" : tensor<1xf32>
  check.expect_eq %s1_2 dense<0.25> : tensor<1xf32>
  %s1_3 = check.state %i "exact" "i" : tensor<1xf32>
  check.expect_close %s1_3 dense<1.0> : tensor<1xf32> within 1.0e-6
  %s1_4 = check.state %i "exact_equal" "i" : tensor<1xf32>
  check.expect_close %s1_4 dense<1.0> : tensor<1xf32> within 1.0e-6
  %s1_5 = check.state %i "exact_unit" "i" : tensor<1xf32>
  check.expect_close %s1_5 dense<0.25> : tensor<1xf32> within 1.0e-6
  %s1_6 = check.state %i "hold" "i" : tensor<1xf32>
  check.expect_close %s1_6 dense<1.0> : tensor<1xf32> within 1.0e-6
  %s1_7 = check.state %i "decay_euler" "i" : tensor<1xf32>
  check.expect_eq %s1_7 dense<0.5> : tensor<1xf32>
  %s1_8 = check.state %i "decay_euler_first" "i" : tensor<1xf32>
  check.expect_eq %s1_8 dense<0.5> : tensor<1xf32>
  %s1_9 = check.state %i "decay_exp" "i" : tensor<1xf32>
  check.expect_close %s1_9 dense<0.5> : tensor<1xf32> within 1.0e-6
  %s1_10 = check.state %i "decay_exp_first" "i" : tensor<1xf32>
  check.expect_close %s1_10 dense<0.25> : tensor<1xf32> within 1.0e-6
  %s1_11 = check.state %i "discrete" "i" : tensor<1xf32>
  check.expect_eq %s1_11 dense<0.5> : tensor<1xf32>
  %s1_12 = check.state %i "discrete_first" "i" : tensor<1xf32>
  check.expect_eq %s1_12 dense<0.25> : tensor<1xf32>
  %s1_13 = check.state %i "no_bias" "i" : tensor<1xf32>
  check.expect_eq %s1_13 dense<0.5> : tensor<1xf32>
  return
}

// Each neuron has its own parameters, in double precision: dt / tau_syn = 1/2 and 1, dt / tau_mem = 1/4 and 1/2.
lle.network @each(%x: tensor<2xf64>) -> tensor<2xf64> attributes {dt = 1.0 : f64} {
  %n = spk.cuba_li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<[1.0, 2.0]> : tensor<2xf64>, tau_mem = dense<[4.0, 2.0]> : tensor<2xf64>,
     tau_syn = dense<[2.0, 1.0]> : tensor<2xf64>, v_init = dense<[1.0, 0.0]> : tensor<2xf64>,
     v_leak = dense<[0.0, 4.0]> : tensor<2xf64>, w_in = dense<[1.0, 2.0]> : tensor<2xf64>} : tensor<2xf64>
  lle.output %n : tensor<2xf64>
}

func.func @per_neuron() {
  %i = check.instantiate @each
  // i' = 1 and 2; 1 + (1 - 1)/4; (4 + 4)/2
  %x0 = arith.constant dense<[2.0, 1.0]> : tensor<2xf64>
  %y0 = check.step %i(%x0) : (tensor<2xf64>) -> tensor<2xf64>
  check.expect_eq %y0 dense<[1.0, 4.0]> : tensor<2xf64>
  %s0_0 = check.state %i "n" "i" : tensor<2xf64>
  check.expect_eq %s0_0 dense<[1.0, 2.0]> : tensor<2xf64>
  return
}
