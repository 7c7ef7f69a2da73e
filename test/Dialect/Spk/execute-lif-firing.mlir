// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// v' = v / 2 + x, threshold 1, reset value 1/4; x = 3, 1/2, 1/2. execute-lif-when.mlir has the resets by subtraction.
lle.network @firing(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
    tensor<1xi1>, tensor<1xi1>, tensor<1xi1>) attributes {dt = 1.0 : f64} {
  %value = spk.lif "value" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_reset = dense<0.25> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %value_before = spk.lif "value_before" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = to_value, when = next_before, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_reset = dense<0.25> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %value_after = spk.lif "value_after" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = to_value, when = next_after, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_reset = dense<0.25> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %held_before = spk.lif "held_before" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = subtract, when = next_before, emit = held, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %held_after = spk.lif "held_after" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = subtract, when = next_after, emit = held, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %held_none = spk.lif "held_none" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = none, when = same_step, emit = held, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %held_value = spk.lif "held_value" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = gt, reset = to_value, when = next_after, emit = held, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>, v_reset = dense<0.25> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %none = spk.lif "none" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = next_before, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %value, %value_before, %value_after, %held_before, %held_after, %held_none, %held_value, %none :
      tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>
}

func.func @reset_and_emission() {
  %i = check.instantiate @firing
  // All reach 3. Only one is reset at once; those that emit the held state are still silent.
  %x0 = arith.constant dense<3.0> : tensor<1xf32>
  %y0:8 = check.step %i(%x0) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
      tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y0#0 dense<1> : tensor<1xi1>
  check.expect_eq %y0#1 dense<1> : tensor<1xi1>
  check.expect_eq %y0#2 dense<1> : tensor<1xi1>
  check.expect_eq %y0#3 dense<0> : tensor<1xi1>
  check.expect_eq %y0#4 dense<0> : tensor<1xi1>
  check.expect_eq %y0#5 dense<0> : tensor<1xi1>
  check.expect_eq %y0#6 dense<0> : tensor<1xi1>
  check.expect_eq %y0#7 dense<1> : tensor<1xi1>
  %s0_0 = check.state %i "value" "v" : tensor<1xf32>
  check.expect_eq %s0_0 dense<0.25> : tensor<1xf32>
  %s0_1 = check.state %i "value_before" "v" : tensor<1xf32>
  check.expect_eq %s0_1 dense<3.0> : tensor<1xf32>
  %s0_2 = check.state %i "value_after" "v" : tensor<1xf32>
  check.expect_eq %s0_2 dense<3.0> : tensor<1xf32>
  %s0_3 = check.state %i "held_before" "v" : tensor<1xf32>
  check.expect_eq %s0_3 dense<3.0> : tensor<1xf32>
  %s0_4 = check.state %i "held_after" "v" : tensor<1xf32>
  check.expect_eq %s0_4 dense<3.0> : tensor<1xf32>
  %s0_5 = check.state %i "held_none" "v" : tensor<1xf32>
  check.expect_eq %s0_5 dense<3.0> : tensor<1xf32>
  %s0_6 = check.state %i "held_value" "v" : tensor<1xf32>
  check.expect_eq %s0_6 dense<3.0> : tensor<1xf32>
  %s0_7 = check.state %i "none" "v" : tensor<1xf32>
  check.expect_eq %s0_7 dense<3.0> : tensor<1xf32>
  // 1/8 + 1/2, twice; reset to 1/4 after the update; (3 - 1)/2 + 1/2; 3/2 + 1/2 - 1; 3/2 + 1/2; reset to 1/4; 3/2 + 1/2
  %x1 = arith.constant dense<0.5> : tensor<1xf32>
  %y1:8 = check.step %i(%x1) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
      tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y1#0 dense<0> : tensor<1xi1>
  check.expect_eq %y1#1 dense<0> : tensor<1xi1>
  check.expect_eq %y1#2 dense<0> : tensor<1xi1>
  check.expect_eq %y1#3 dense<1> : tensor<1xi1>
  check.expect_eq %y1#4 dense<1> : tensor<1xi1>
  check.expect_eq %y1#5 dense<1> : tensor<1xi1>
  check.expect_eq %y1#6 dense<1> : tensor<1xi1>
  check.expect_eq %y1#7 dense<1> : tensor<1xi1>
  %s1_0 = check.state %i "value" "v" : tensor<1xf32>
  check.expect_eq %s1_0 dense<0.625> : tensor<1xf32>
  %s1_1 = check.state %i "value_before" "v" : tensor<1xf32>
  check.expect_eq %s1_1 dense<0.625> : tensor<1xf32>
  %s1_2 = check.state %i "value_after" "v" : tensor<1xf32>
  check.expect_eq %s1_2 dense<0.25> : tensor<1xf32>
  %s1_3 = check.state %i "held_before" "v" : tensor<1xf32>
  check.expect_eq %s1_3 dense<1.5> : tensor<1xf32>
  %s1_4 = check.state %i "held_after" "v" : tensor<1xf32>
  check.expect_eq %s1_4 dense<1.0> : tensor<1xf32>
  %s1_5 = check.state %i "held_none" "v" : tensor<1xf32>
  check.expect_eq %s1_5 dense<2.0> : tensor<1xf32>
  %s1_6 = check.state %i "held_value" "v" : tensor<1xf32>
  check.expect_eq %s1_6 dense<0.25> : tensor<1xf32>
  %s1_7 = check.state %i "none" "v" : tensor<1xf32>
  check.expect_eq %s1_7 dense<2.0> : tensor<1xf32>
  // 5/16 + 1/2, twice; 1/8 + 1/2; (3/2 - 1)/2 + 1/2; 1/2 + 1/2, where 1 is not above the threshold; 1 + 1/2; 1/8 +
  // 1/2; 1 + 1/2
  %x2 = arith.constant dense<0.5> : tensor<1xf32>
  %y2:8 = check.step %i(%x2) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>,
      tensor<1xi1>, tensor<1xi1>, tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y2#0 dense<0> : tensor<1xi1>
  check.expect_eq %y2#1 dense<0> : tensor<1xi1>
  check.expect_eq %y2#2 dense<0> : tensor<1xi1>
  check.expect_eq %y2#3 dense<1> : tensor<1xi1>
  check.expect_eq %y2#4 dense<0> : tensor<1xi1>
  check.expect_eq %y2#5 dense<1> : tensor<1xi1>
  check.expect_eq %y2#6 dense<0> : tensor<1xi1>
  check.expect_eq %y2#7 dense<1> : tensor<1xi1>
  %s2_0 = check.state %i "value" "v" : tensor<1xf32>
  check.expect_eq %s2_0 dense<0.8125> : tensor<1xf32>
  %s2_1 = check.state %i "value_before" "v" : tensor<1xf32>
  check.expect_eq %s2_1 dense<0.8125> : tensor<1xf32>
  %s2_2 = check.state %i "value_after" "v" : tensor<1xf32>
  check.expect_eq %s2_2 dense<0.625> : tensor<1xf32>
  %s2_3 = check.state %i "held_before" "v" : tensor<1xf32>
  check.expect_eq %s2_3 dense<0.75> : tensor<1xf32>
  %s2_4 = check.state %i "held_after" "v" : tensor<1xf32>
  check.expect_eq %s2_4 dense<1.0> : tensor<1xf32>
  %s2_5 = check.state %i "held_none" "v" : tensor<1xf32>
  check.expect_eq %s2_5 dense<1.5> : tensor<1xf32>
  %s2_6 = check.state %i "held_value" "v" : tensor<1xf32>
  check.expect_eq %s2_6 dense<0.625> : tensor<1xf32>
  %s2_7 = check.state %i "none" "v" : tensor<1xf32>
  check.expect_eq %s2_7 dense<1.5> : tensor<1xf32>
  return
}

// At the threshold exactly: gt is silent, ge fires.
lle.network @compare(%x: tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>) attributes {dt = 1.0 : f64} {
  %gt = spk.lif "gt" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  %ge = spk.lif "ge" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %gt, %ge : tensor<1xi1>, tensor<1xi1>
}

func.func @gt_and_ge() {
  %i = check.instantiate @compare
  %x0 = arith.constant dense<1.0> : tensor<1xf32>
  %y0:2 = check.step %i(%x0) : (tensor<1xf32>) -> (tensor<1xi1>, tensor<1xi1>)
  check.expect_eq %y0#0 dense<0> : tensor<1xi1>
  check.expect_eq %y0#1 dense<1> : tensor<1xi1>
  %s0_0 = check.state %i "gt" "v" : tensor<1xf32>
  check.expect_eq %s0_0 dense<1.0> : tensor<1xf32>
  %s0_1 = check.state %i "ge" "v" : tensor<1xf32>
  check.expect_eq %s0_1 dense<0.0> : tensor<1xf32>
  return
}

// The floor is applied last: after a reset as well. Each neuron starts at its own potential.
lle.network @floor(%x: tensor<3xf32>) -> tensor<3xi1> attributes {dt = 1.0 : f64} {
  %n = spk.lif "n" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<3xf32>, v_init = dense<[0.0, 2.0, -8.0]> : tensor<3xf32>,
     v_min = dense<[2.0, 0.0, -1.0]> : tensor<3xf32>, v_threshold = dense<4.0> : tensor<3xf32>}
    : tensor<3xf32> -> tensor<3xi1>
  lle.output %n : tensor<3xi1>
}

func.func @floor_and_start() {
  %i = check.instantiate @floor
  // 5 - 4, below 2; 1 - 4, below 0; -4, below -1
  %x0 = arith.constant dense<[5.0, -4.0, 0.0]> : tensor<3xf32>
  %y0 = check.step %i(%x0) : (tensor<3xf32>) -> tensor<3xi1>
  check.expect_eq %y0 dense<[1, 0, 0]> : tensor<3xi1>
  %s0_0 = check.state %i "n" "v" : tensor<3xf32>
  check.expect_eq %s0_0 dense<[2.0, 0.0, -1.0]> : tensor<3xf32>
  // 1, below 2; 1; -1/2 + 8 - 4
  %x1 = arith.constant dense<[0.0, 1.0, 8.0]> : tensor<3xf32>
  %y1 = check.step %i(%x1) : (tensor<3xf32>) -> tensor<3xi1>
  check.expect_eq %y1 dense<[0, 0, 1]> : tensor<3xi1>
  %s1_0 = check.state %i "n" "v" : tensor<3xf32>
  check.expect_eq %s1_0 dense<[2.0, 1.0, 3.5]> : tensor<3xf32>
  return
}

// A neuron that emits its held state drives itself: each spike comes back as -2 in the same step.
lle.network @loop(%x: tensor<1xf32>) -> tensor<1xi1> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<-2.0> : tensor<1x1xf32>
  %back = lle.linear %z, %w : (tensor<1xi1>, tensor<1x1xf32>) -> tensor<1xf32>
  %sum = lle.add %x, %back : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  %z = spk.lif "n" %sum dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = none, when = same_step, emit = held, scope = membrane, max_spikes = 1>
    {decay = dense<0.5> : tensor<1xf32>, v_init = dense<0.0> : tensor<1xf32>,
     v_threshold = dense<1.0> : tensor<1xf32>} : tensor<1xf32> -> tensor<1xi1>
  lle.output %z : tensor<1xi1>
}

func.func @held_spikes_in_a_loop() {
  %i = check.instantiate @loop
  %x0 = arith.constant dense<3.0> : tensor<1xf32>
  %y0 = check.step %i(%x0) : (tensor<1xf32>) -> tensor<1xi1>
  check.expect_eq %y0 dense<0> : tensor<1xi1>
  %s0_0 = check.state %i "n" "v" : tensor<1xf32>
  check.expect_eq %s0_0 dense<3.0> : tensor<1xf32>
  // 3/2 + 1 - 2
  %x1 = arith.constant dense<1.0> : tensor<1xf32>
  %y1 = check.step %i(%x1) : (tensor<1xf32>) -> tensor<1xi1>
  check.expect_eq %y1 dense<1> : tensor<1xi1>
  %s1_0 = check.state %i "n" "v" : tensor<1xf32>
  check.expect_eq %s1_0 dense<0.5> : tensor<1xf32>
  // 1/4 + 1
  %x2 = arith.constant dense<1.0> : tensor<1xf32>
  %y2 = check.step %i(%x2) : (tensor<1xf32>) -> tensor<1xi1>
  check.expect_eq %y2 dense<0> : tensor<1xi1>
  %s2_0 = check.state %i "n" "v" : tensor<1xf32>
  check.expect_eq %s2_0 dense<1.25> : tensor<1xf32>
  return
}
