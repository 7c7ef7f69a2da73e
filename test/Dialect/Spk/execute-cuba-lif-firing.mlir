// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// i' = i / 2 + x, v' = v / 2 + i', threshold 1, reset value 1/4; x = 2, 1/2. Scope all sets the current to zero at
// the moment in which the membrane is reset to a value, not where the threshold is subtracted.
lle.network @scope(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
    tensor<1xi1>, tensor<1xi1>) attributes {dt = 1.0 : f64} {
  %membrane = spk.cuba_lif "membrane" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay_mem = dense<0.5> : tensor<1xf32>, decay_syn = dense<0.5> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_reset = dense<0.25> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %all = spk.cuba_lif "all" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = all, max_spikes = 1>
    {decay_mem = dense<0.5> : tensor<1xf32>, decay_syn = dense<0.5> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_reset = dense<0.25> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %all_before = spk.cuba_lif "all_before" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = to_value, when = next_before, emit = updated, scope = all, max_spikes = 1>
    {decay_mem = dense<0.5> : tensor<1xf32>, decay_syn = dense<0.5> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_reset = dense<0.25> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %all_after = spk.cuba_lif "all_after" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = to_value, when = next_after, emit = updated, scope = all, max_spikes = 1>
    {decay_mem = dense<0.5> : tensor<1xf32>, decay_syn = dense<0.5> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_reset = dense<0.25> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %all_held = spk.cuba_lif "all_held" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = to_value, when = next_after, emit = held, scope = all, max_spikes = 1>
    {decay_mem = dense<0.5> : tensor<1xf32>, decay_syn = dense<0.5> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_reset = dense<0.25> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %subtract = spk.cuba_lif "subtract" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = all, max_spikes = 1>
    {decay_mem = dense<0.5> : tensor<1xf32>, decay_syn = dense<0.5> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %harder = spk.cuba_lif "harder" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step_held, emit = updated, scope = membrane, max_spikes = 1>
    {decay_mem = dense<0.5> : tensor<1xf32>, decay_syn = dense<0.5> : tensor<1xf32>,
     v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %membrane, %all, %all_before, %all_after, %all_held, %subtract, %harder : tensor<1xi1>, tensor<1xi1>,
      tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>
}

func.func @reset_of_the_current() {
  %i = check.instantiate @scope
  // i = v = 2 before any reset.
  %x0 = arith.constant dense<2.0> : tensor<1xf32>
  %y0:7 = check.step %i(%x0) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
      tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y0#0 dense<1> : tensor<1xi1>
  check.expect_eq %y0#1 dense<1> : tensor<1xi1>
  check.expect_eq %y0#2 dense<1> : tensor<1xi1>
  check.expect_eq %y0#3 dense<1> : tensor<1xi1>
  check.expect_eq %y0#4 dense<0> : tensor<1xi1>
  check.expect_eq %y0#5 dense<1> : tensor<1xi1>
  check.expect_eq %y0#6 dense<1> : tensor<1xi1>
  %s0_0 = check.state %i "membrane" "i" : tensor<1xf32>
  check.expect_eq %s0_0 dense<2.0> : tensor<1xf32>
  %s0_1 = check.state %i "membrane" "v" : tensor<1xf32>
  check.expect_eq %s0_1 dense<0.25> : tensor<1xf32>
  %s0_2 = check.state %i "all" "i" : tensor<1xf32>
  check.expect_eq %s0_2 dense<0.0> : tensor<1xf32>
  %s0_3 = check.state %i "all" "v" : tensor<1xf32>
  check.expect_eq %s0_3 dense<0.25> : tensor<1xf32>
  %s0_4 = check.state %i "all_before" "i" : tensor<1xf32>
  check.expect_eq %s0_4 dense<2.0> : tensor<1xf32>
  %s0_5 = check.state %i "all_before" "v" : tensor<1xf32>
  check.expect_eq %s0_5 dense<2.0> : tensor<1xf32>
  %s0_6 = check.state %i "all_after" "i" : tensor<1xf32>
  check.expect_eq %s0_6 dense<2.0> : tensor<1xf32>
  %s0_7 = check.state %i "all_after" "v" : tensor<1xf32>
  check.expect_eq %s0_7 dense<2.0> : tensor<1xf32>
  %s0_8 = check.state %i "all_held" "i" : tensor<1xf32>
  check.expect_eq %s0_8 dense<2.0> : tensor<1xf32>
  %s0_9 = check.state %i "all_held" "v" : tensor<1xf32>
  check.expect_eq %s0_9 dense<2.0> : tensor<1xf32>
  %s0_10 = check.state %i "subtract" "i" : tensor<1xf32>
  check.expect_eq %s0_10 dense<2.0> : tensor<1xf32>
  %s0_11 = check.state %i "subtract" "v" : tensor<1xf32>
  check.expect_eq %s0_11 dense<1.0> : tensor<1xf32>
  %s0_12 = check.state %i "harder" "i" : tensor<1xf32>
  check.expect_eq %s0_12 dense<2.0> : tensor<1xf32>
  %s0_13 = check.state %i "harder" "v" : tensor<1xf32>
  check.expect_eq %s0_13 dense<1.0> : tensor<1xf32>
  // i' = 1 + 1/2, but for those without current. membrane: 1/8 + 3/2 fires; all: 1/8 + 1/2; all_before: the same;
  // after: reset to 1/4.
  // subtract and harder: 1/2 + 3/2 - 1; the old 1 is not above the threshold.
  %x1 = arith.constant dense<0.5> : tensor<1xf32>
  %y1:7 = check.step %i(%x1) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
      tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y1#0 dense<1> : tensor<1xi1>
  check.expect_eq %y1#1 dense<0> : tensor<1xi1>
  check.expect_eq %y1#2 dense<0> : tensor<1xi1>
  check.expect_eq %y1#3 dense<0> : tensor<1xi1>
  check.expect_eq %y1#4 dense<1> : tensor<1xi1>
  check.expect_eq %y1#5 dense<1> : tensor<1xi1>
  check.expect_eq %y1#6 dense<1> : tensor<1xi1>
  %s1_0 = check.state %i "membrane" "i" : tensor<1xf32>
  check.expect_eq %s1_0 dense<1.5> : tensor<1xf32>
  %s1_1 = check.state %i "membrane" "v" : tensor<1xf32>
  check.expect_eq %s1_1 dense<0.25> : tensor<1xf32>
  %s1_2 = check.state %i "all" "i" : tensor<1xf32>
  check.expect_eq %s1_2 dense<0.5> : tensor<1xf32>
  %s1_3 = check.state %i "all" "v" : tensor<1xf32>
  check.expect_eq %s1_3 dense<0.625> : tensor<1xf32>
  %s1_4 = check.state %i "all_before" "i" : tensor<1xf32>
  check.expect_eq %s1_4 dense<0.5> : tensor<1xf32>
  %s1_5 = check.state %i "all_before" "v" : tensor<1xf32>
  check.expect_eq %s1_5 dense<0.625> : tensor<1xf32>
  %s1_6 = check.state %i "all_after" "i" : tensor<1xf32>
  check.expect_eq %s1_6 dense<0.0> : tensor<1xf32>
  %s1_7 = check.state %i "all_after" "v" : tensor<1xf32>
  check.expect_eq %s1_7 dense<0.25> : tensor<1xf32>
  %s1_8 = check.state %i "all_held" "i" : tensor<1xf32>
  check.expect_eq %s1_8 dense<0.0> : tensor<1xf32>
  %s1_9 = check.state %i "all_held" "v" : tensor<1xf32>
  check.expect_eq %s1_9 dense<0.25> : tensor<1xf32>
  %s1_10 = check.state %i "subtract" "i" : tensor<1xf32>
  check.expect_eq %s1_10 dense<1.5> : tensor<1xf32>
  %s1_11 = check.state %i "subtract" "v" : tensor<1xf32>
  check.expect_eq %s1_11 dense<1.0> : tensor<1xf32>
  %s1_12 = check.state %i "harder" "i" : tensor<1xf32>
  check.expect_eq %s1_12 dense<1.5> : tensor<1xf32>
  %s1_13 = check.state %i "harder" "v" : tensor<1xf32>
  check.expect_eq %s1_13 dense<1.0> : tensor<1xf32>
  return
}
