// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// Two channels of one row and two columns, with parameters that differ between all neurons. v of "if" starts at 0,
// 1/2, 1, -1.
lle.network @map(%x: tensor<2x1x2xf32>) -> (tensor<2x1x2xf32>, tensor<2x1x2xi1>, tensor<2x1x2xf32>, tensor<2x1x2xi1>,
    tensor<2x1x2xf32>, tensor<2x1x2xsi8>) attributes {dt = 1.0 : f64} {
  %sum = spk.integrator "sum" %x dynamics<integrator = euler, order = decay_first, gain = per_step, scale = membrane>
    {r = dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32>,
     v_init = dense<[[[0.0, 0.5]], [[1.0, -1.0]]]> : tensor<2x1x2xf32>} : tensor<2x1x2xf32>
  %if = spk.if "if" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<[[[0.0, 0.5]], [[1.0, -1.0]]]> : tensor<2x1x2xf32>,
     v_threshold = dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32>} : tensor<2x1x2xf32> -> tensor<2x1x2xi1>
  %li = spk.li "li" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {bias = dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32>,
     decay = dense<[[[0.5, 0.25]], [[0.0, 1.0]]]> : tensor<2x1x2xf32>, v_init = dense<4.0> : tensor<2x1x2xf32>}
    : tensor<2x1x2xf32>
  %lif = spk.lif "lif" %x dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2x1x2xf32>, tau = dense<[[[1.0, 2.0]], [[4.0, 8.0]]]> : tensor<2x1x2xf32>,
     v_init = dense<0.0> : tensor<2x1x2xf32>, v_leak = dense<0.0> : tensor<2x1x2xf32>,
     v_reset = dense<[[[0.0, -1.0]], [[-2.0, -3.0]]]> : tensor<2x1x2xf32>,
     v_threshold = dense<1.0> : tensor<2x1x2xf32>} : tensor<2x1x2xf32> -> tensor<2x1x2xi1>
  %cuba_li = spk.cuba_li "cuba_li" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    {decay_mem = dense<[[[0.5, 0.25]], [[0.0, 1.0]]]> : tensor<2x1x2xf32>,
     decay_syn = dense<0.5> : tensor<2x1x2xf32>, v_init = dense<4.0> : tensor<2x1x2xf32>} : tensor<2x1x2xf32>
  %cuba_lif = spk.cuba_lif "cuba_lif" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale =
      membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 7>
    {decay_mem = dense<0.0> : tensor<2x1x2xf32>,
     decay_syn = dense<[[[0.5, 0.25]], [[0.0, 1.0]]]> : tensor<2x1x2xf32>, v_init = dense<0.0> : tensor<2x1x2xf32>,
     v_min = dense<[[[0.25, -9.0]], [[0.75, -9.0]]]> : tensor<2x1x2xf32>,
     v_threshold = dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32>} : tensor<2x1x2xf32> -> tensor<2x1x2xsi8>
  lle.output %sum, %if, %li, %lif, %cuba_li, %cuba_lif : tensor<2x1x2xf32>, tensor<2x1x2xi1>, tensor<2x1x2xf32>,
      tensor<2x1x2xi1>, tensor<2x1x2xf32>, tensor<2x1x2xsi8>
}

func.func @parameters_of_each_neuron() {
  %i = check.instantiate @map
  // sum: v + r x. if: 3/2, 2, 5/2, 5. li: decay 4 + x + bias. lif: x / tau. cuba_li: decay 4 + x. cuba_lif: v = i = x.
  %x0 = arith.constant dense<[[[1.5, 1.5]], [[1.5, 6.0]]]> : tensor<2x1x2xf32>
  %y0:6 = check.step %i(%x0) : (tensor<2x1x2xf32>) -> (tensor<2x1x2xf32>, tensor<2x1x2xi1>, tensor<2x1x2xf32>,
      tensor<2x1x2xi1>, tensor<2x1x2xf32>, tensor<2x1x2xsi8>)
  check.expect_eq %y0#0 dense<[[[1.5, 3.5]], [[5.5, 23.0]]]> : tensor<2x1x2xf32>
  check.expect_eq %y0#1 dense<[[[1, 0]], [[0, 1]]]> : tensor<2x1x2xi1>
  check.expect_eq %y0#2 dense<[[[4.5, 4.5]], [[4.5, 14.0]]]> : tensor<2x1x2xf32>
  check.expect_eq %y0#3 dense<[[[1, 0]], [[0, 0]]]> : tensor<2x1x2xi1>
  check.expect_eq %y0#4 dense<[[[3.5, 2.5]], [[1.5, 10.0]]]> : tensor<2x1x2xf32>
  check.expect_eq %y0#5 dense<[[[1, 0]], [[0, 1]]]> : tensor<2x1x2xsi8>
  %s0_0 = check.state %i "if" "v" : tensor<2x1x2xf32>
  check.expect_eq %s0_0 dense<[[[0.5, 2.0]], [[2.5, 1.0]]]> : tensor<2x1x2xf32>
  %s0_1 = check.state %i "li" "v" : tensor<2x1x2xf32>
  check.expect_eq %s0_1 dense<[[[4.5, 4.5]], [[4.5, 14.0]]]> : tensor<2x1x2xf32>
  %s0_2 = check.state %i "lif" "v" : tensor<2x1x2xf32>
  check.expect_eq %s0_2 dense<[[[0.0, 0.75]], [[0.375, 0.75]]]> : tensor<2x1x2xf32>
  %s0_3 = check.state %i "cuba_li" "i" : tensor<2x1x2xf32>
  check.expect_eq %s0_3 dense<[[[1.5, 1.5]], [[1.5, 6.0]]]> : tensor<2x1x2xf32>
  %s0_4 = check.state %i "cuba_li" "v" : tensor<2x1x2xf32>
  check.expect_eq %s0_4 dense<[[[3.5, 2.5]], [[1.5, 10.0]]]> : tensor<2x1x2xf32>
  %s0_5 = check.state %i "cuba_lif" "i" : tensor<2x1x2xf32>
  check.expect_eq %s0_5 dense<[[[1.5, 1.5]], [[1.5, 6.0]]]> : tensor<2x1x2xf32>
  %s0_6 = check.state %i "cuba_lif" "v" : tensor<2x1x2xf32>
  check.expect_eq %s0_6 dense<[[[0.5, 1.5]], [[1.5, 2.0]]]> : tensor<2x1x2xf32>
  // cuba_lif: v = i = 3/4, 3/8, 0, 6; the floors are 1/4 and 3/4 for the first channel's first and the second's first.
  %x1 = arith.constant dense<0.0> : tensor<2x1x2xf32>
  %y1:6 = check.step %i(%x1) : (tensor<2x1x2xf32>) -> (tensor<2x1x2xf32>, tensor<2x1x2xi1>, tensor<2x1x2xf32>,
      tensor<2x1x2xi1>, tensor<2x1x2xf32>, tensor<2x1x2xsi8>)
  check.expect_eq %y1#0 dense<[[[1.5, 3.5]], [[5.5, 23.0]]]> : tensor<2x1x2xf32>
  check.expect_eq %y1#1 dense<[[[0, 0]], [[0, 0]]]> : tensor<2x1x2xi1>
  check.expect_eq %y1#2 dense<[[[3.25, 3.125]], [[3.0, 18.0]]]> : tensor<2x1x2xf32>
  check.expect_eq %y1#3 dense<[[[0, 0]], [[0, 0]]]> : tensor<2x1x2xi1>
  check.expect_eq %y1#4 dense<[[[2.5, 1.375]], [[0.75, 13.0]]]> : tensor<2x1x2xf32>
  check.expect_eq %y1#5 dense<[[[0, 0]], [[0, 1]]]> : tensor<2x1x2xsi8>
  %s1_0 = check.state %i "lif" "v" : tensor<2x1x2xf32>
  check.expect_eq %s1_0 dense<[[[0.0, 0.375]], [[0.28125, 0.65625]]]> : tensor<2x1x2xf32>
  %s1_1 = check.state %i "cuba_li" "i" : tensor<2x1x2xf32>
  check.expect_eq %s1_1 dense<[[[0.75, 0.75]], [[0.75, 3.0]]]> : tensor<2x1x2xf32>
  %s1_2 = check.state %i "cuba_lif" "i" : tensor<2x1x2xf32>
  check.expect_eq %s1_2 dense<[[[0.75, 0.375]], [[0.0, 6.0]]]> : tensor<2x1x2xf32>
  %s1_3 = check.state %i "cuba_lif" "v" : tensor<2x1x2xf32>
  check.expect_eq %s1_3 dense<[[[0.75, 0.375]], [[0.75, 2.0]]]> : tensor<2x1x2xf32>
  return
}

// Between two convolutions, a pooling and a flattening: the layout of one is that of the next. The first convolution
// swaps the channels.
lle.network @between(%x: tensor<2x1x2xf32>) -> (tensor<2x1x2xi1>, tensor<1x1x2xf32>, tensor<2x1x1xf32>, tensor<4xi1>)
    attributes {dt = 1.0 : f64} {
  %w0 = lle.weight dense<[[[[0.0]], [[1.0]]], [[[1.0]], [[0.0]]]]> : tensor<2x2x1x1xf32>
  %b0 = lle.weight dense<0.0> : tensor<2xf32>
  %a = lle.conv2d %x, %w0, %b0 {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "valid", stride = array<i64:
      1, 1>}
    : (tensor<2x1x2xf32>, tensor<2x2x1x1xf32>, tensor<2xf32>) -> tensor<2x1x2xf32>
  %z = spk.if "if" %a dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<2x1x2xf32>, v_threshold = dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32>}
    : tensor<2x1x2xf32> -> tensor<2x1x2xi1>
  %w1 = lle.weight dense<[[[[1.0]], [[2.0]]]]> : tensor<1x2x1x1xf32>
  %b1 = lle.weight dense<0.5> : tensor<1xf32>
  %c = lle.conv2d %z, %w1, %b1 {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "valid", stride = array<i64:
      1, 1>}
    : (tensor<2x1x2xi1>, tensor<1x2x1x1xf32>, tensor<1xf32>) -> tensor<1x1x2xf32>
  %p = lle.sum_pool2d %z {kernel = array<i64: 1, 2>, padding = array<i64: 0, 0>, stride = array<i64: 1, 2>}
    : (tensor<2x1x2xi1>) -> tensor<2x1x1xf32>
  %f = lle.flatten %z {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<2x1x2xi1>) -> tensor<4xi1>
  lle.output %z, %c, %p, %f : tensor<2x1x2xi1>, tensor<1x1x2xf32>, tensor<2x1x1xf32>, tensor<4xi1>
}

func.func @between_synapses() {
  %i = check.instantiate @between
  // Currents 0, 3, 4, 4 meet thresholds 1, 2, 3, 4.
  %x0 = arith.constant dense<[[[4.0, 4.0]], [[0.0, 3.0]]]> : tensor<2x1x2xf32>
  %y0:4 = check.step %i(%x0) : (tensor<2x1x2xf32>) -> (tensor<2x1x2xi1>, tensor<1x1x2xf32>, tensor<2x1x1xf32>,
      tensor<4xi1>)
  check.expect_eq %y0#0 dense<[[[0, 1]], [[1, 0]]]> : tensor<2x1x2xi1>
  check.expect_eq %y0#1 dense<[[[2.5, 1.5]]]> : tensor<1x1x2xf32>
  check.expect_eq %y0#2 dense<[[[1.0]], [[1.0]]]> : tensor<2x1x1xf32>
  check.expect_eq %y0#3 dense<[0, 1, 1, 0]> : tensor<4xi1>
  %s0_0 = check.state %i "if" "v" : tensor<2x1x2xf32>
  check.expect_eq %s0_0 dense<[[[0.0, 1.0]], [[1.0, 4.0]]]> : tensor<2x1x2xf32>
  return
}

// A feature map that emits its held state drives itself through a convolution: what fired takes 2 from the other
// channel.
lle.network @loop(%x: tensor<2x1x2xf32>) -> tensor<2x1x2xi1> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<[[[[0.0]], [[-2.0]]], [[[-2.0]], [[0.0]]]]> : tensor<2x2x1x1xf32>
  %b = lle.weight dense<0.0> : tensor<2xf32>
  %back = lle.conv2d %z, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "valid", stride = array<i64:
      1, 1>}
    : (tensor<2x1x2xi1>, tensor<2x2x1x1xf32>, tensor<2xf32>) -> tensor<2x1x2xf32>
  %sum = lle.add %x, %back : (tensor<2x1x2xf32>, tensor<2x1x2xf32>) -> tensor<2x1x2xf32>
  %z = spk.if "n" %sum dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = next_after, emit = held, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<2x1x2xf32>, v_threshold = dense<[[[1.0, 2.0]], [[3.0, 4.0]]]> : tensor<2x1x2xf32>}
    : tensor<2x1x2xf32> -> tensor<2x1x2xi1>
  lle.output %z : tensor<2x1x2xi1>
}

func.func @held_spikes_in_a_loop() {
  %i = check.instantiate @loop
  %x0 = arith.constant dense<3.5> : tensor<2x1x2xf32>
  %y0 = check.step %i(%x0) : (tensor<2x1x2xf32>) -> tensor<2x1x2xi1>
  check.expect_eq %y0 dense<[[[0, 0]], [[0, 0]]]> : tensor<2x1x2xi1>
  %s0_0 = check.state %i "n" "v" : tensor<2x1x2xf32>
  check.expect_eq %s0_0 dense<3.5> : tensor<2x1x2xf32>
  // 7/2 + 1, less the threshold of what fired, less 2 where the other channel did.
  %x1 = arith.constant dense<1.0> : tensor<2x1x2xf32>
  %y1 = check.step %i(%x1) : (tensor<2x1x2xf32>) -> tensor<2x1x2xi1>
  check.expect_eq %y1 dense<[[[1, 1]], [[1, 0]]]> : tensor<2x1x2xi1>
  %s1_0 = check.state %i "n" "v" : tensor<2x1x2xf32>
  check.expect_eq %s1_0 dense<[[[1.5, 2.5]], [[-0.5, 2.5]]]> : tensor<2x1x2xf32>
  return
}
