// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Spikes are counted: trunc(v / threshold) for a positive v, at most max_spikes; the threshold is subtracted once
// for each. The threshold is 1/2.
lle.network @multi(%x: tensor<3xf32>) -> (tensor<3xsi8>, tensor<3xsi8>, tensor<3xsi16>) attributes {dt = 1.0 : f64} {
  %sub = spk.if "sub" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 3>
    {v_init = dense<0.0> : tensor<3xf32>, v_threshold = dense<0.5> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xsi8>
  %none = spk.if "none" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 127>
    {v_init = dense<0.0> : tensor<3xf32>, v_threshold = dense<0.5> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xsi8>
  %floor = spk.if "floor" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 300>
    {v_init = dense<0.0> : tensor<3xf32>, v_min = dense<-0.5> : tensor<3xf32>,
     v_threshold = dense<0.5> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xsi16>
  lle.output %sub, %none, %floor : tensor<3xsi8>, tensor<3xsi8>, tensor<3xsi16>
}

func.func @counts_and_caps() {
  %i = check.instantiate @multi
  // 5/2, 1 and -4 thresholds.
  %x0 = arith.constant dense<[1.25, 0.5, -2.0]> : tensor<3xf32>
  %y0:3 = check.step %i(%x0) : (tensor<3xf32>) -> (tensor<3xsi8>, tensor<3xsi8>, tensor<3xsi16>)
  check.expect_eq %y0#0 dense<[2, 1, 0]> : tensor<3xsi8>
  check.expect_eq %y0#1 dense<[2, 1, 0]> : tensor<3xsi8>
  check.expect_eq %y0#2 dense<[2, 1, 0]> : tensor<3xsi16>
  %s0_0 = check.state %i "sub" "v" : tensor<3xf32>
  check.expect_eq %s0_0 dense<[0.25, 0.0, -2.0]> : tensor<3xf32>
  %s0_1 = check.state %i "none" "v" : tensor<3xf32>
  check.expect_eq %s0_1 dense<[1.25, 0.5, -2.0]> : tensor<3xf32>
  %s0_2 = check.state %i "floor" "v" : tensor<3xf32>
  check.expect_eq %s0_2 dense<[0.25, 0.0, -0.5]> : tensor<3xf32>
  // sub: 9/2 thresholds, of which 3 may fire. none: 13/2. floor: 9/2; 1/2 is one threshold.
  %x1 = arith.constant dense<[2.0, 0.25, 1.0]> : tensor<3xf32>
  %y1:3 = check.step %i(%x1) : (tensor<3xf32>) -> (tensor<3xsi8>, tensor<3xsi8>, tensor<3xsi16>)
  check.expect_eq %y1#0 dense<[3, 0, 0]> : tensor<3xsi8>
  check.expect_eq %y1#1 dense<[6, 1, 0]> : tensor<3xsi8>
  check.expect_eq %y1#2 dense<[4, 0, 1]> : tensor<3xsi16>
  %s1_0 = check.state %i "sub" "v" : tensor<3xf32>
  check.expect_eq %s1_0 dense<[0.75, 0.25, -1.0]> : tensor<3xf32>
  %s1_1 = check.state %i "none" "v" : tensor<3xf32>
  check.expect_eq %s1_1 dense<[3.25, 0.75, -1.0]> : tensor<3xf32>
  %s1_2 = check.state %i "floor" "v" : tensor<3xf32>
  check.expect_eq %s1_2 dense<[0.25, 0.25, 0.0]> : tensor<3xf32>
  // The caps.
  %x2 = arith.constant dense<[1000.0, 0.0, 0.0]> : tensor<3xf32>
  %y2:3 = check.step %i(%x2) : (tensor<3xf32>) -> (tensor<3xsi8>, tensor<3xsi8>, tensor<3xsi16>)
  check.expect_eq %y2#0 dense<[3, 0, 0]> : tensor<3xsi8>
  check.expect_eq %y2#1 dense<[127, 1, 0]> : tensor<3xsi8>
  check.expect_eq %y2#2 dense<[300, 0, 0]> : tensor<3xsi16>
  %s2_0 = check.state %i "sub" "v" : tensor<3xf32>
  check.expect_eq %s2_0 dense<[999.25, 0.25, -1.0]> : tensor<3xf32>
  %s2_1 = check.state %i "none" "v" : tensor<3xf32>
  check.expect_eq %s2_1 dense<[1003.25, 0.75, -1.0]> : tensor<3xf32>
  %s2_2 = check.state %i "floor" "v" : tensor<3xf32>
  check.expect_eq %s2_2 dense<[850.25, 0.25, 0.0]> : tensor<3xf32>
  return
}

// Of leaky neurons as well, each with its own threshold: 1 and 1/4.
lle.network @leaky(%x: tensor<2xf32>) -> (tensor<2xsi32>, tensor<2xsi8>) attributes {dt = 1.0 : f64} {
  %lif = spk.lif "lif" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 7>
    {decay = dense<0.5> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_threshold = dense<[1.0, 0.25]> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xsi32>
  %cuba = spk.cuba_lif "cuba" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 7>
    {decay_mem = dense<0.5> : tensor<2xf32>, decay_syn = dense<0.5> : tensor<2xf32>,
     v_init = dense<0.0> : tensor<2xf32>, v_threshold = dense<[1.0, 0.25]> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xsi8>
  lle.output %lif, %cuba : tensor<2xsi32>, tensor<2xsi8>
}

func.func @leaky_neurons() {
  %i = check.instantiate @leaky
  %x0 = arith.constant dense<1.5> : tensor<2xf32>
  %y0:2 = check.step %i(%x0) : (tensor<2xf32>) -> (tensor<2xsi32>, tensor<2xsi8>)
  check.expect_eq %y0#0 dense<[1, 6]> : tensor<2xsi32>
  check.expect_eq %y0#1 dense<[1, 6]> : tensor<2xsi8>
  %s0_0 = check.state %i "lif" "v" : tensor<2xf32>
  check.expect_eq %s0_0 dense<[0.5, 0.0]> : tensor<2xf32>
  %s0_1 = check.state %i "cuba" "v" : tensor<2xf32>
  check.expect_eq %s0_1 dense<[0.5, 0.0]> : tensor<2xf32>
  %s0_2 = check.state %i "cuba" "i" : tensor<2xf32>
  check.expect_eq %s0_2 dense<1.5> : tensor<2xf32>
  // lif: 1/4 + 1/2; 1/2. cuba: i = 5/4, so 1/4 + 5/4 and 5/4.
  %x1 = arith.constant dense<0.5> : tensor<2xf32>
  %y1:2 = check.step %i(%x1) : (tensor<2xf32>) -> (tensor<2xsi32>, tensor<2xsi8>)
  check.expect_eq %y1#0 dense<[0, 2]> : tensor<2xsi32>
  check.expect_eq %y1#1 dense<[1, 5]> : tensor<2xsi8>
  %s1_0 = check.state %i "lif" "v" : tensor<2xf32>
  check.expect_eq %s1_0 dense<[0.75, 0.0]> : tensor<2xf32>
  %s1_1 = check.state %i "cuba" "v" : tensor<2xf32>
  check.expect_eq %s1_1 dense<[0.5, 0.0]> : tensor<2xf32>
  %s1_2 = check.state %i "cuba" "i" : tensor<2xf32>
  check.expect_eq %s1_2 dense<1.25> : tensor<2xf32>
  return
}
