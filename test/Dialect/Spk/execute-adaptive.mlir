// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Membranes decay by 1/2 a step, adaptation by 1/2; thresholds are 1; compare is ge where it says so.
lle.network @alif(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>) attributes {dt = 1.0 : f64} {
  // B = 1 + 2 c with c = b / 2; v - B where it fires; b' = c + 1/2
  %before = spk.alif "before" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<2.0> : tensor<1xf32>, decay = dense<0.5> : tensor<1xf32>,
     decay_b = dense<0.5> : tensor<1xf32>, jump = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  // the same with c = b, b' = b / 2 + 1/2, a reset to -1/4 and a floor of -1/8
  %after = spk.alif "after" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<after>, beta = dense<2.0> : tensor<1xf32>, decay = dense<0.5> : tensor<1xf32>,
     decay_b = dense<0.5> : tensor<1xf32>, jump = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_min = dense<-0.125> : tensor<1xf32>, v_reset = dense<-0.25> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  // no reset, but what is compared is v - r: r' = r / 2 + 2 B where it fires
  %tired = spk.alif "tired" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {adapt = #spk.adapt_time<before>, beta = dense<1.0> : tensor<1xf32>, decay = dense<0.5> : tensor<1xf32>,
     decay_b = dense<0.5> : tensor<1xf32>, decay_r = dense<0.5> : tensor<1xf32>, jump = dense<0.0> : tensor<1xf32>,
     r_jump = dense<2.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %before, %after, %tired : tensor<1xi1>, tensor<1xi1>, tensor<1xi1>
}

func.func @adaptive_threshold() {
  %i = check.instantiate @alif
  %two = arith.constant dense<2.0> : tensor<1xf32>
  %one = arith.constant dense<1.25> : tensor<1xf32>

  // before: v 2, B 1, v'' 1, b 1/2. after: v 2, B 1, v'' -1/4 on the floor -1/8, b 1/2. tired: v 2, r 2.
  %a:3 = check.step %i(%two) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %a#0 dense<1> : tensor<1xi1>
  check.expect_eq %a#1 dense<1> : tensor<1xi1>
  check.expect_eq %a#2 dense<1> : tensor<1xi1>
  %a0 = check.state %i "before" "v" : tensor<1xf32>
  check.expect_eq %a0 dense<1.0> : tensor<1xf32>
  %a1 = check.state %i "before" "b" : tensor<1xf32>
  check.expect_eq %a1 dense<0.5> : tensor<1xf32>
  %a2 = check.state %i "after" "v" : tensor<1xf32>
  check.expect_eq %a2 dense<-0.125> : tensor<1xf32>
  %a3 = check.state %i "after" "b" : tensor<1xf32>
  check.expect_eq %a3 dense<0.5> : tensor<1xf32>
  %a4 = check.state %i "tired" "r" : tensor<1xf32>
  check.expect_eq %a4 dense<2.0> : tensor<1xf32>

  // before: v 7/4, B 1 + 2/4, v'' 1/4, b 3/4. after: v -1/16 + 5/4, B 2: no spike, b 1/4.
  // tired: v 9/4, r 1: 5/4 is above 1, r 1 + 2.
  %b:3 = check.step %i(%one) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %b#0 dense<1> : tensor<1xi1>
  check.expect_eq %b#1 dense<0> : tensor<1xi1>
  check.expect_eq %b#2 dense<1> : tensor<1xi1>
  %b0 = check.state %i "before" "v" : tensor<1xf32>
  check.expect_eq %b0 dense<0.25> : tensor<1xf32>
  %b1 = check.state %i "before" "b" : tensor<1xf32>
  check.expect_eq %b1 dense<0.75> : tensor<1xf32>
  %b2 = check.state %i "after" "v" : tensor<1xf32>
  check.expect_eq %b2 dense<1.1875> : tensor<1xf32>
  %b3 = check.state %i "after" "b" : tensor<1xf32>
  check.expect_eq %b3 dense<0.25> : tensor<1xf32>
  %b4 = check.state %i "tired" "r" : tensor<1xf32>
  check.expect_eq %b4 dense<3.0> : tensor<1xf32>

  // before: v 11/8 is below B 7/4. after: v 19/32 + 5/4 is above B 3/2. tired: v 19/8 - r 3/2 is below 1.
  %c:3 = check.step %i(%one) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %c#0 dense<0> : tensor<1xi1>
  check.expect_eq %c#1 dense<1> : tensor<1xi1>
  check.expect_eq %c#2 dense<0> : tensor<1xi1>
  return
}

// v' = v / 2 + (x - w); w' = w / 2 + v / 4, from the old, the new or the reset membrane; a spike adds 1/2 to w.
lle.network @adlif(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>) attributes {dt = 1.0 : f64} {
  %both = spk.adlif "both" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {a = dense<0.25> : tensor<1xf32>, couple = #spk.coupling<simultaneous>, decay = dense<0.5> : tensor<1xf32>,
     decay_w = dense<0.5> : tensor<1xf32>, jump = dense<0.5> : tensor<1xf32>, v_init = dense<1.0> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %v_first = spk.adlif "v_first" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {a = dense<0.25> : tensor<1xf32>, couple = #spk.coupling<v_first>, decay = dense<0.5> : tensor<1xf32>,
     decay_w = dense<0.5> : tensor<1xf32>, jump = dense<0.5> : tensor<1xf32>, v_init = dense<1.0> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  // with v_rest 1/2
  %w_first = spk.adlif "w_first" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {a = dense<0.25> : tensor<1xf32>, couple = #spk.coupling<w_first>, decay = dense<0.5> : tensor<1xf32>,
     decay_w = dense<0.5> : tensor<1xf32>, jump = dense<0.5> : tensor<1xf32>, v_init = dense<1.0> : tensor<1xf32>,
     v_rest = dense<0.5> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %both, %v_first, %w_first : tensor<1xi1>, tensor<1xi1>, tensor<1xi1>
}

func.func @adaptation_current() {
  %i = check.instantiate @adlif
  %one = arith.constant dense<1.0> : tensor<1xf32>
  // all: v 3/2 - w. both: fires, v'' 1/2, w 1/4 + 1/2. v_first: v'' 1/2, w 1/8 + 1/2.
  // w_first: w 1/8, v 11/8 fires, v'' 3/8, w 1/8 + 1/2.
  %a:3 = check.step %i(%one) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %a#0 dense<1> : tensor<1xi1>
  check.expect_eq %a#1 dense<1> : tensor<1xi1>
  check.expect_eq %a#2 dense<1> : tensor<1xi1>
  %a0 = check.state %i "both" "w" : tensor<1xf32>
  check.expect_eq %a0 dense<0.75> : tensor<1xf32>
  %a1 = check.state %i "v_first" "w" : tensor<1xf32>
  check.expect_eq %a1 dense<0.625> : tensor<1xf32>
  %a2 = check.state %i "w_first" "w" : tensor<1xf32>
  check.expect_eq %a2 dense<0.625> : tensor<1xf32>
  %a3 = check.state %i "w_first" "v" : tensor<1xf32>
  check.expect_eq %a3 dense<0.375> : tensor<1xf32>

  // both: v 1/4 + 1/4, w 3/8 + 1/8. v_first: v 1/4 + 3/8, w 5/16 + 5/32.
  // w_first: w 5/16 - 1/32, v 3/16 + 23/32.
  %b:3 = check.step %i(%one) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %b#0 dense<0> : tensor<1xi1>
  %b0 = check.state %i "both" "v" : tensor<1xf32>
  check.expect_eq %b0 dense<0.5> : tensor<1xf32>
  %b1 = check.state %i "both" "w" : tensor<1xf32>
  check.expect_eq %b1 dense<0.5> : tensor<1xf32>
  %b2 = check.state %i "v_first" "w" : tensor<1xf32>
  check.expect_eq %b2 dense<0.46875> : tensor<1xf32>
  %b3 = check.state %i "w_first" "v" : tensor<1xf32>
  check.expect_eq %b3 dense<0.90625> : tensor<1xf32>
  return
}

// sigmoid(0) is 1/2: v' = v + ((1/4 - v) + x) / 2, or v / 2 + x + 1/8. Both fire at 1, to 1/4, or by subtraction.
lle.network @plif(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>) attributes {dt = 0.25 : f64} {
  %decayed = spk.plif "decayed" %x
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_input = true, v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<0.25> : tensor<1xf32>,
     v_reset = dense<0.25> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>, w = dense<0.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  %added = spk.plif "added" %x
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_input = false, v_init = dense<0.0> : tensor<1xf32>, v_leak = dense<0.25> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>, w = dense<0.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %decayed, %added : tensor<1xi1>, tensor<1xi1>
}

func.func @trained_time_constant() {
  %i = check.instantiate @plif
  %x = arith.constant dense<1.0> : tensor<1xf32>
  %a:2 = check.step %i(%x) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %a#0 dense<0> : tensor<1xi1>
  check.expect_eq %a#1 dense<1> : tensor<1xi1>
  %a0 = check.state %i "decayed" "v" : tensor<1xf32>
  check.expect_eq %a0 dense<0.625> : tensor<1xf32>
  %a1 = check.state %i "added" "v" : tensor<1xf32>
  check.expect_eq %a1 dense<0.125> : tensor<1xf32>
  %three = arith.constant dense<3.0> : tensor<1xf32>
  %b:2 = check.step %i(%three) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %b#0 dense<1> : tensor<1xi1>
  %b0 = check.state %i "decayed" "v" : tensor<1xf32>
  check.expect_eq %b0 dense<0.25> : tensor<1xf32>
  return
}

// v' = v / 2 + x; after a spike two steps (two seconds, or the nearest number of steps to 1.2 / 0.5) of rest.
lle.network @refractory(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>) attributes {dt = 0.5 : f64} {
  %hold = spk.refractory_lif "hold" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, period = dense<2> : tensor<1xi32>, refractory = #spk.refractory<hold>,
     unit = #spk.time_unit<steps>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  %clamp = spk.refractory_lif "clamp" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, period = dense<1.2> : tensor<1xf64>, refractory = #spk.refractory<clamp>,
     unit = #spk.time_unit<seconds>, v_init = dense<0.0> : tensor<1xf32>, v_reset = dense<-0.25> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  // with a floor of -1/8
  %mask = spk.refractory_lif "mask" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, period = dense<2.0> : tensor<1xf32>, refractory = #spk.refractory<mask_input>,
     unit = #spk.time_unit<steps>, v_init = dense<0.0> : tensor<1xf32>, v_min = dense<-0.125> : tensor<1xf32>,
     v_reset = dense<-0.25> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %hold, %clamp, %mask : tensor<1xi1>, tensor<1xi1>, tensor<1xi1>
}

func.func @refractory_period() {
  %i = check.instantiate @refractory
  %two = arith.constant dense<2.0> : tensor<1xf32>
  %a:3 = check.step %i(%two) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %a#0 dense<1> : tensor<1xi1>
  check.expect_eq %a#1 dense<1> : tensor<1xi1>
  check.expect_eq %a#2 dense<1> : tensor<1xi1>
  %a0 = check.state %i "clamp" "c" : tensor<1xf32>
  check.expect_eq %a0 dense<2.0> : tensor<1xf32>
  // Two steps in which the input does nothing; the masked membrane leaks: -1/8, -1/16.
  %b:3 = check.step %i(%two) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %b#0 dense<0> : tensor<1xi1>
  check.expect_eq %b#1 dense<0> : tensor<1xi1>
  check.expect_eq %b#2 dense<0> : tensor<1xi1>
  %b0 = check.state %i "hold" "v" : tensor<1xf32>
  check.expect_eq %b0 dense<1.0> : tensor<1xf32>
  %b1 = check.state %i "clamp" "v" : tensor<1xf32>
  check.expect_eq %b1 dense<-0.25> : tensor<1xf32>
  %b2 = check.state %i "mask" "v" : tensor<1xf32>
  check.expect_eq %b2 dense<-0.0625> : tensor<1xf32>
  %b3 = check.state %i "hold" "c" : tensor<1xf32>
  check.expect_eq %b3 dense<1.0> : tensor<1xf32>
  %c:3 = check.step %i(%two) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %c#0 dense<0> : tensor<1xi1>
  %d:3 = check.step %i(%two) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %d#0 dense<1> : tensor<1xi1>
  check.expect_eq %d#1 dense<1> : tensor<1xi1>
  check.expect_eq %d#2 dense<1> : tensor<1xi1>
  %d0 = check.state %i "hold" "v" : tensor<1xf32>
  check.expect_eq %d0 dense<1.5> : tensor<1xf32>
  return
}

// v' = v / 2 + x; above 1 it sends 1, below -2 it sends -1. The second network takes the thresholds in, and subtracts.
lle.network @ternary(%x: tensor<4xf32>) -> (tensor<4xsi8>, tensor<4xsi8>) attributes {dt = 1.0 : f64} {
  %a = spk.ternary_lif "a" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<4xf32>, v_init = dense<0.0> : tensor<4xf32>, v_low = dense<-2.0> : tensor<4xf32>,
     v_reset = dense<0.25> : tensor<4xf32>, v_threshold = dense<1.0> : tensor<4xf32>} : tensor<4xf32> -> tensor<4xsi8>
  %b = spk.ternary_lif "b" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<4xf32>, v_init = dense<0.0> : tensor<4xf32>, v_low = dense<-2.0> : tensor<4xf32>,
     v_threshold = dense<1.0> : tensor<4xf32>} : tensor<4xf32> -> tensor<4xsi8>
  lle.output %a, %b : tensor<4xsi8>, tensor<4xsi8>
}

func.func @two_thresholds() {
  %i = check.instantiate @ternary
  %x = arith.constant dense<[1.0, 1.5, -2.0, -2.5]> : tensor<4xf32>
  %a:2 = check.step %i(%x) : (tensor<4xf32>) -> (tensor<4xsi8>, tensor<4xsi8>)
  check.expect_eq %a#0 dense<[0, 1, 0, -1]> : tensor<4xsi8>
  check.expect_eq %a#1 dense<[1, 1, -1, -1]> : tensor<4xsi8>
  %a0 = check.state %i "a" "v" : tensor<4xf32>
  check.expect_eq %a0 dense<[1.0, 0.25, -2.0, 0.25]> : tensor<4xf32>
  %a1 = check.state %i "b" "v" : tensor<4xf32>
  check.expect_eq %a1 dense<[0.0, 0.5, 0.0, -0.5]> : tensor<4xf32>
  return
}

// f = max(2 (v / 2 + x), 0); threshold 1. Then f, or f / 2; hard reset to 1/4, or less by 1, or by 1/2.
lle.network @klif(%x: tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>, tensor<3xi1>, tensor<3xi1>) attributes {dt = 1.0 : f64} {
  %hard = spk.klif "hard" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<3xf32>, k = dense<2.0> : tensor<3xf32>, scale_reset = false,
     v_init = dense<0.0> : tensor<3xf32>, v_reset = dense<0.25> : tensor<3xf32>,
     v_threshold = dense<1.0> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  %hard_scaled = spk.klif "hard scaled" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<3xf32>, k = dense<2.0> : tensor<3xf32>, scale_reset = true,
     v_init = dense<0.0> : tensor<3xf32>, v_reset = dense<0.25> : tensor<3xf32>,
     v_threshold = dense<1.0> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  %soft_scaled = spk.klif "soft scaled" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<3xf32>, k = dense<2.0> : tensor<3xf32>, scale_reset = true,
     v_init = dense<0.0> : tensor<3xf32>, v_threshold = dense<1.0> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  %none = spk.klif "none" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<3xf32>, k = dense<2.0> : tensor<3xf32>, scale_reset = false,
     v_init = dense<0.0> : tensor<3xf32>, v_threshold = dense<1.0> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xi1>
  lle.output %hard, %hard_scaled, %soft_scaled, %none : tensor<3xi1>, tensor<3xi1>, tensor<3xi1>, tensor<3xi1>
}

func.func @scaled_and_rectified() {
  %i = check.instantiate @klif
  %x = arith.constant dense<[-1.0, 0.5, 0.75]> : tensor<3xf32>
  %a:4 = check.step %i(%x) : (tensor<3xf32>) -> (tensor<3xi1>, tensor<3xi1>, tensor<3xi1>, tensor<3xi1>)
  check.expect_eq %a#0 dense<[0, 1, 1]> : tensor<3xi1>
  check.expect_eq %a#2 dense<[0, 0, 1]> : tensor<3xi1>
  check.expect_eq %a#3 dense<[0, 0, 1]> : tensor<3xi1>
  %a0 = check.state %i "hard" "v" : tensor<3xf32>
  check.expect_eq %a0 dense<[0.0, 0.25, 0.25]> : tensor<3xf32>
  %a1 = check.state %i "hard scaled" "v" : tensor<3xf32>
  check.expect_eq %a1 dense<[0.0, 0.25, 0.25]> : tensor<3xf32>
  %a2 = check.state %i "soft scaled" "v" : tensor<3xf32>
  check.expect_eq %a2 dense<[0.0, 0.5, 0.25]> : tensor<3xf32>
  %a3 = check.state %i "none" "v" : tensor<3xf32>
  check.expect_eq %a3 dense<[0.0, 1.0, 1.5]> : tensor<3xf32>
  return
}
