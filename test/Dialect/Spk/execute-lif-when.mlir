// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// v' = v / 2 + x, threshold 1, reset by subtraction; x = 3, 1/2, 1/2, 2 in four steps.
lle.network @when(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
    attributes {dt = 1.0 : f64} {
  %same = spk.lif "same" %x
    dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  %held = spk.lif "held" %x
    dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step_held, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  %before = spk.lif "before" %x
    dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = next_before, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  %after = spk.lif "after" %x
    dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = next_after, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}
    : tensor<1xf32> -> tensor<1xi1>
  lle.output %same, %held, %before, %after : tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>
}

func.func @when_is_the_reset() {
  %i = check.instantiate @when
  %three = arith.constant dense<3.0> : tensor<1xf32>
  %half = arith.constant dense<0.5> : tensor<1xf32>
  %two = arith.constant dense<2.0> : tensor<1xf32>

  // All reach 3 and fire; only the resets of the same step happen at once.
  %a:4 = check.step %i(%three) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %a#0 dense<1> : tensor<1xi1>
  check.expect_eq %a#1 dense<1> : tensor<1xi1>
  check.expect_eq %a#2 dense<1> : tensor<1xi1>
  check.expect_eq %a#3 dense<1> : tensor<1xi1>
  %a0 = check.state %i "same" "v" : tensor<1xf32>
  check.expect_eq %a0 dense<2.0> : tensor<1xf32>
  %a1 = check.state %i "held" "v" : tensor<1xf32>
  check.expect_eq %a1 dense<2.0> : tensor<1xf32>
  %a2 = check.state %i "before" "v" : tensor<1xf32>
  check.expect_eq %a2 dense<3.0> : tensor<1xf32>
  %a3 = check.state %i "after" "v" : tensor<1xf32>
  check.expect_eq %a3 dense<3.0> : tensor<1xf32>

  // same: 2/2 + 1/2 = 3/2 fires. held: 3/2 - 1 = 1/2 does not. before: (3 - 1)/2 + 1/2 = 3/2 fires.
  // after: 3/2 + 1/2 - 1 = 1 does not.
  %b:4 = check.step %i(%half) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %b#0 dense<1> : tensor<1xi1>
  check.expect_eq %b#1 dense<0> : tensor<1xi1>
  check.expect_eq %b#2 dense<1> : tensor<1xi1>
  check.expect_eq %b#3 dense<0> : tensor<1xi1>
  %b0 = check.state %i "same" "v" : tensor<1xf32>
  check.expect_eq %b0 dense<0.5> : tensor<1xf32>
  %b1 = check.state %i "held" "v" : tensor<1xf32>
  check.expect_eq %b1 dense<1.5> : tensor<1xf32>
  %b2 = check.state %i "before" "v" : tensor<1xf32>
  check.expect_eq %b2 dense<1.5> : tensor<1xf32>
  %b3 = check.state %i "after" "v" : tensor<1xf32>
  check.expect_eq %b3 dense<1.0> : tensor<1xf32>

  // same: 1/4 + 1/2. held: 3/4 + 1/2 - 1. before: (3/2 - 1)/2 + 1/2. after: 1/2 + 1/2 is not above 1.
  %c:4 = check.step %i(%half) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %c#0 dense<0> : tensor<1xi1>
  check.expect_eq %c#1 dense<0> : tensor<1xi1>
  check.expect_eq %c#2 dense<0> : tensor<1xi1>
  check.expect_eq %c#3 dense<0> : tensor<1xi1>
  %c0 = check.state %i "same" "v" : tensor<1xf32>
  check.expect_eq %c0 dense<0.75> : tensor<1xf32>
  %c1 = check.state %i "held" "v" : tensor<1xf32>
  check.expect_eq %c1 dense<1.25> : tensor<1xf32>
  %c2 = check.state %i "before" "v" : tensor<1xf32>
  check.expect_eq %c2 dense<0.75> : tensor<1xf32>
  %c3 = check.state %i "after" "v" : tensor<1xf32>
  check.expect_eq %c3 dense<1.0> : tensor<1xf32>

  // held: 5/8 + 2 - 1 = 13/8 fires, and its own spike is what the state loses.
  %d:4 = check.step %i(%two) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %d#1 dense<1> : tensor<1xi1>
  %d0 = check.state %i "same" "v" : tensor<1xf32>
  check.expect_eq %d0 dense<1.375> : tensor<1xf32>
  %d1 = check.state %i "held" "v" : tensor<1xf32>
  check.expect_eq %d1 dense<1.625> : tensor<1xf32>
  %d2 = check.state %i "before" "v" : tensor<1xf32>
  check.expect_eq %d2 dense<2.375> : tensor<1xf32>
  %d3 = check.state %i "after" "v" : tensor<1xf32>
  check.expect_eq %d3 dense<2.5> : tensor<1xf32>
  return
}
