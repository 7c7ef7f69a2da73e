// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// dt = 1/2, r = 4: one step adds x (unit) or 2 x (per_step). With scale input the threshold 1, the reset value 1/2
// and the floor -1 are divided by 2.
lle.network @gains(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>) attributes {dt = 0.5 : f64} {
  %unit = spk.if "unit" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<1xf32>, v_reset = dense<0.5> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %per_step = spk.if "per_step" %x dynamics<integrator = exact, order = decay_first, gain = per_step, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<4.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  %scaled = spk.if "scaled" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = input>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<4.0> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_min = dense<-1.0> : tensor<1xf32>,
     v_reset = dense<0.5> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %unit, %per_step, %scaled : tensor<1xi1>, tensor<1xi1>, tensor<1xi1>
}

func.func @gains_and_scale() {
  %i = check.instantiate @gains
  // 3/4; 3/2 - 1; 3/4 is above 1/2, reset to 1/4
  %x0 = arith.constant dense<0.75> : tensor<1xf32>
  %y0:3 = check.step %i(%x0) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y0#0 dense<0> : tensor<1xi1>
  check.expect_eq %y0#1 dense<1> : tensor<1xi1>
  check.expect_eq %y0#2 dense<1> : tensor<1xi1>
  %s0_0 = check.state %i "unit" "v" : tensor<1xf32>
  check.expect_eq %s0_0 dense<0.75> : tensor<1xf32>
  %s0_1 = check.state %i "per_step" "v" : tensor<1xf32>
  check.expect_eq %s0_1 dense<0.5> : tensor<1xf32>
  %s0_2 = check.state %i "scaled" "v" : tensor<1xf32>
  check.expect_eq %s0_2 dense<0.25> : tensor<1xf32>
  // 5/4, reset to 1/2; 1/2 + 1 - 1; 3/4, reset to 1/4
  %x1 = arith.constant dense<0.5> : tensor<1xf32>
  %y1:3 = check.step %i(%x1) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y1#0 dense<1> : tensor<1xi1>
  check.expect_eq %y1#1 dense<1> : tensor<1xi1>
  check.expect_eq %y1#2 dense<1> : tensor<1xi1>
  %s1_0 = check.state %i "unit" "v" : tensor<1xf32>
  check.expect_eq %s1_0 dense<0.5> : tensor<1xf32>
  %s1_1 = check.state %i "per_step" "v" : tensor<1xf32>
  check.expect_eq %s1_1 dense<0.5> : tensor<1xf32>
  %s1_2 = check.state %i "scaled" "v" : tensor<1xf32>
  check.expect_eq %s1_2 dense<0.25> : tensor<1xf32>
  // 1/2 - 2; 1/2 - 4; the floor is -1/2
  %x2 = arith.constant dense<-2.0> : tensor<1xf32>
  %y2:3 = check.step %i(%x2) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y2#0 dense<0> : tensor<1xi1>
  check.expect_eq %y2#1 dense<0> : tensor<1xi1>
  check.expect_eq %y2#2 dense<0> : tensor<1xi1>
  %s2_0 = check.state %i "unit" "v" : tensor<1xf32>
  check.expect_eq %s2_0 dense<-1.5> : tensor<1xf32>
  %s2_1 = check.state %i "per_step" "v" : tensor<1xf32>
  check.expect_eq %s2_1 dense<-3.5> : tensor<1xf32>
  %s2_2 = check.state %i "scaled" "v" : tensor<1xf32>
  check.expect_eq %s2_2 dense<-0.5> : tensor<1xf32>
  return
}

// At the threshold exactly.
lle.network @compare(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>) attributes {dt = 1.0 : f64} {
  %gt = spk.if "gt" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %ge = spk.if "ge" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = none, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %gt, %ge : tensor<1xi1>, tensor<1xi1>
}

func.func @gt_and_ge() {
  %i = check.instantiate @compare
  %x0 = arith.constant dense<1.0> : tensor<1xf32>
  %y0:2 = check.step %i(%x0) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y0#0 dense<0> : tensor<1xi1>
  check.expect_eq %y0#1 dense<1> : tensor<1xi1>
  // Without reset the potential stays.
  %x1 = arith.constant dense<0.0> : tensor<1xf32>
  %y1:2 = check.step %i(%x1) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y1#0 dense<0> : tensor<1xi1>
  check.expect_eq %y1#1 dense<1> : tensor<1xi1>
  %x2 = arith.constant dense<0.5> : tensor<1xf32>
  %y2:2 = check.step %i(%x2) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y2#0 dense<1> : tensor<1xi1>
  check.expect_eq %y2#1 dense<1> : tensor<1xi1>
  %s2_0 = check.state %i "gt" "v" : tensor<1xf32>
  check.expect_eq %s2_0 dense<1.5> : tensor<1xf32>
  %s2_1 = check.state %i "ge" "v" : tensor<1xf32>
  check.expect_eq %s2_1 dense<1.5> : tensor<1xf32>
  return
}
