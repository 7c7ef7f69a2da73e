// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// One step takes 1, tau is 4 or 1/ln 2, so that dt / tau = 1/4 or exp(-dt / tau) = 1/2. r = 2 (2/ln 2 for
// decay_exp), v_leak = 1, v starts at 0, and x is 1 twice. v' is
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
lle.network @dynamics(%x: tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
    tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>)
    attributes {dt = 1.0 : f64} {
  %euler = spk.li "euler" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<4.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>} : tensor<1xf32>
  %euler_unit = spk.li "euler_unit" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<4.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>} : tensor<1xf32>
  %exact = spk.li "exact" %x dynamics<integrator = exact, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<1.4426950408889634> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>} : tensor<1xf32>
  %exact_unit = spk.li "exact_unit" %x dynamics<integrator = exact, order = decay_first, gain = unit, scale = membrane>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<1.4426950408889634> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>} : tensor<1xf32>
  %hold = spk.li "hold" %x dynamics<integrator = hold, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<1.4426950408889634> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>} : tensor<1xf32>
  %decay_euler = spk.li "decay_euler" %x dynamics<integrator = decay_euler, order = decay_first, gain = unit, scale =
      membrane>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<4.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>} : tensor<1xf32>
  %decay_euler_first = spk.li "decay_euler_first" %x dynamics<integrator = decay_euler, order = input_first, gain =
      per_step, scale = membrane>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<4.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_leak = dense<1.0> : tensor<1xf32>} : tensor<1xf32>
  %decay_exp = spk.li "decay_exp" %x dynamics<integrator = decay_exp, order = decay_first, gain = per_step, scale =
      membrane>
    {r = dense<2.8853900817779268> : tensor<1xf32>, tau = dense<1.4426950408889634> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>} : tensor<1xf32>
  %decay_exp_first = spk.li "decay_exp_first" %x dynamics<integrator = decay_exp, order = input_first, gain = unit,
      scale = membrane>
    {r = dense<2.0> : tensor<1xf32>, tau = dense<1.4426950408889634> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<1.0> : tensor<1xf32>} : tensor<1xf32>
  %discrete = spk.li "discrete" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {bias = dense<0.25> : tensor<1xf32>, decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>}
    : tensor<1xf32>
  %discrete_first = spk.li "discrete_first" %x dynamics<integrator = discrete, order = input_first, gain = unit, scale
      = membrane>
    {bias = dense<0.25> : tensor<1xf32>, decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>}
    : tensor<1xf32>
  %no_bias = spk.li "no_bias" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>} : tensor<1xf32>
  lle.output %euler, %euler_unit, %exact, %exact_unit, %hold, %decay_euler, %decay_euler_first, %decay_exp,
      %decay_exp_first, %discrete, %discrete_first, %no_bias : tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
      tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
      tensor<1xf32>, tensor<1xf32>
}

func.func @integrators() {
  %i = check.instantiate @dynamics
  %x0 = arith.constant dense<1.0> : tensor<1xf32>
  %y0:12 = check.step %i(%x0) : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
      tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
      tensor<1xf32>)
  check.expect_eq %y0#0 dense<0.75> : tensor<1xf32>
  check.expect_eq %y0#1 dense<0.5> : tensor<1xf32>
  check.expect_close %y0#2 dense<1.5> : tensor<1xf32> within 1.0e-6
  check.expect_close %y0#3 dense<1.0> : tensor<1xf32> within 1.0e-6
  check.expect_close %y0#4 dense<1.5> : tensor<1xf32> within 1.0e-6
  check.expect_eq %y0#5 dense<1.25> : tensor<1xf32>
  check.expect_eq %y0#6 dense<0.625> : tensor<1xf32>
  check.expect_close %y0#7 dense<2.5> : tensor<1xf32> within 1.0e-6
  check.expect_close %y0#8 dense<1.0> : tensor<1xf32> within 1.0e-6
  check.expect_eq %y0#9 dense<1.25> : tensor<1xf32>
  check.expect_eq %y0#10 dense<0.75> : tensor<1xf32>
  check.expect_eq %y0#11 dense<1.0> : tensor<1xf32>
  %x1 = arith.constant dense<1.0> : tensor<1xf32>
  %y1:12 = check.step %i(%x1) : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
      tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
      tensor<1xf32>)
  check.expect_eq %y1#0 dense<1.3125> : tensor<1xf32>
  check.expect_eq %y1#1 dense<0.875> : tensor<1xf32>
  check.expect_close %y1#2 dense<2.25> : tensor<1xf32> within 1.0e-6
  check.expect_close %y1#3 dense<1.5> : tensor<1xf32> within 1.0e-6
  check.expect_close %y1#4 dense<2.25> : tensor<1xf32> within 1.0e-6
  check.expect_eq %y1#5 dense<2.1875> : tensor<1xf32>
  check.expect_eq %y1#6 dense<1.09375> : tensor<1xf32>
  check.expect_close %y1#7 dense<3.75> : tensor<1xf32> within 1.0e-6
  check.expect_close %y1#8 dense<1.5> : tensor<1xf32> within 1.0e-6
  check.expect_eq %y1#9 dense<1.875> : tensor<1xf32>
  check.expect_eq %y1#10 dense<1.125> : tensor<1xf32>
  check.expect_eq %y1#11 dense<1.5> : tensor<1xf32>
  %s1_0 = check.state %i "euler" "v" : tensor<1xf32>
  check.expect_eq %s1_0 dense<1.3125> : tensor<1xf32>
  %s1_1 = check.state %i "euler_unit" "v" : tensor<1xf32>
  check.expect_eq %s1_1 dense<0.875> : tensor<1xf32>
  %s1_2 = check.state %i "decay_euler" "v" : tensor<1xf32>
  check.expect_eq %s1_2 dense<2.1875> : tensor<1xf32>
  %s1_3 = check.state %i "decay_euler_first" "v" : tensor<1xf32>
  check.expect_eq %s1_3 dense<1.09375> : tensor<1xf32>
  %s1_4 = check.state %i "discrete" "v" : tensor<1xf32>
  check.expect_eq %s1_4 dense<1.875> : tensor<1xf32>
  %s1_5 = check.state %i "discrete_first" "v" : tensor<1xf32>
  check.expect_eq %s1_5 dense<1.125> : tensor<1xf32>
  %s1_6 = check.state %i "no_bias" "v" : tensor<1xf32>
  check.expect_eq %s1_6 dense<1.5> : tensor<1xf32>
  return
}

// Each neuron has its own parameters, in double precision: dt / tau = 1/2 and 1/4.
lle.network @each(%x: tensor<2xf64>) -> tensor<2xf64> attributes {dt = 0.5 : f64} {
  %n = spk.li "n" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    {r = dense<[1.0, 2.0]> : tensor<2xf64>, tau = dense<[1.0, 2.0]> : tensor<2xf64>,
     v_init = dense<[1.0, 0.0]> : tensor<2xf64>, v_leak = dense<[0.0, 4.0]> : tensor<2xf64>} : tensor<2xf64>
  lle.output %n : tensor<2xf64>
}

func.func @per_neuron() {
  %i = check.instantiate @each
  // 1 + (2 - 1)/2; (4 + 2)/4
  %x0 = arith.constant dense<[2.0, 1.0]> : tensor<2xf64>
  %y0 = check.step %i(%x0) : (tensor<2xf64>) -> tensor<2xf64>
  check.expect_eq %y0 dense<[1.5, 1.5]> : tensor<2xf64>
  return
}
