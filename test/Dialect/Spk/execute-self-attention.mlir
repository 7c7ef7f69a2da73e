// RUN: %check-reference
// RUN: %check-native
// RUN: lle-check --engine=reference-f32 %s

// One head of two channels and three tokens. With q = [[1 0 1] [0 1 1]], k = [[1 1 0] [0 1 1]], v = [[1 0 1] [1 1 1]]:
// v kT = [[1 1] [2 2]], and times q and 1/2: [[1/2 1/2 1] [1 1 2]].
lle.network @one_head(%q: tensor<2x3xi1>, %k: tensor<2x3xi1>, %v: tensor<2x3xi1>) -> tensor<2x3xf32>
    attributes {dt = 1.0 : f64} {
  %y = spk.self_attention %q, %k, %v {heads = 1 : i64, name = "attn", scale = 0.5 : f64} : tensor<2x3xi1> -> tensor<2x3xf32>
  lle.output %y : tensor<2x3xf32>
}

func.func @fewer_channels_than_tokens() {
  %i = check.instantiate @one_head
  %q = arith.constant dense<[[1, 0, 1], [0, 1, 1]]> : tensor<2x3xi1>
  %k = arith.constant dense<[[1, 1, 0], [0, 1, 1]]> : tensor<2x3xi1>
  %v = arith.constant dense<[[1, 0, 1], [1, 1, 1]]> : tensor<2x3xi1>
  %y = check.step %i(%q, %k, %v) : (tensor<2x3xi1>, tensor<2x3xi1>, tensor<2x3xi1>) -> tensor<2x3xf32>
  check.expect_eq %y dense<[[0.5, 0.5, 1.0], [1.0, 1.0, 2.0]]> : tensor<2x3xf32>
  return
}

// Two heads of three channels and two tokens; the heads do not mix.
lle.network @two_heads(%q: tensor<6x2xi1>, %k: tensor<6x2xi1>, %v: tensor<6x2xi1>) -> tensor<6x2xf64>
    attributes {dt = 1.0 : f64} {
  %y = spk.self_attention %q, %k, %v {heads = 2 : i64, scale = 1.0 : f64} : tensor<6x2xi1> -> tensor<6x2xf64>
  lle.output %y : tensor<6x2xf64>
}

func.func @more_channels_than_tokens() {
  %i = check.instantiate @two_heads
  %q = arith.constant dense<[[1, 0], [1, 1], [0, 1], [1, 1], [1, 1], [1, 1]]> : tensor<6x2xi1>
  %k = arith.constant dense<[[1, 1], [0, 1], [1, 0], [1, 0], [1, 0], [0, 0]]> : tensor<6x2xi1>
  %v = arith.constant dense<[[1, 0], [0, 1], [1, 1], [1, 0], [0, 1], [1, 1]]> : tensor<6x2xi1>
  // First head: qT k = [[1 2] [1 1]]; second: [[2 0] [2 0]].
  %y = check.step %i(%q, %k, %v) : (tensor<6x2xi1>, tensor<6x2xi1>, tensor<6x2xi1>) -> tensor<6x2xf64>
  check.expect_eq %y dense<[[1.0, 1.0], [2.0, 1.0], [3.0, 2.0], [2.0, 2.0], [0.0, 0.0], [2.0, 2.0]]> : tensor<6x2xf64>
  return
}

// More tokens than a word has bits: 4 * 70 coincidences of all.
lle.network @wide(%q: tensor<4x70xi1>) -> tensor<4x70xf32> attributes {dt = 1.0 : f64} {
  %y = spk.self_attention %q, %q, %q {heads = 1 : i64, scale = 0.125 : f64} : tensor<4x70xi1> -> tensor<4x70xf32>
  lle.output %y : tensor<4x70xf32>
}

func.func @several_words() {
  %i = check.instantiate @wide
  %q = arith.constant dense<1> : tensor<4x70xi1>
  %y = check.step %i(%q) : (tensor<4x70xi1>) -> tensor<4x70xf32>
  check.expect_eq %y dense<35.0> : tensor<4x70xf32>
  return
}

// Sums that need more than 16 bits: 1 * 256 * 200.
lle.network @large(%q: tensor<200x256xi1>) -> tensor<f32> attributes {dt = 1.0 : f64} {
  %y = spk.self_attention %q, %q, %q {heads = 1 : i64, scale = 1.0 : f64} : tensor<200x256xi1> -> tensor<200x256xf32>
  %r = lle.reduce max %y {dim = 1 : i64} : (tensor<200x256xf32>) -> tensor<200xf32>
  %m = lle.reduce max %r {dim = 0 : i64} : (tensor<200xf32>) -> tensor<f32>
  lle.output %m : tensor<f32>
}

func.func @wide_sums() {
  %i = check.instantiate @large
  %q = arith.constant dense<1> : tensor<200x256xi1>
  %y = check.step %i(%q) : (tensor<200x256xi1>) -> tensor<f32>
  check.expect_eq %y dense<51200.0> : tensor<f32>
  return
}

// Rows that no machine's registers hold: 1 * 2 * 1100.
lle.network @long(%q: tensor<2x1100xi1>) -> tensor<2x1100xf32> attributes {dt = 1.0 : f64} {
  %y = spk.self_attention %q, %q, %q {heads = 1 : i64, scale = 0.5 : f64} : tensor<2x1100xi1> -> tensor<2x1100xf32>
  lle.output %y : tensor<2x1100xf32>
}

func.func @several_panels() {
  %i = check.instantiate @long
  %q = arith.constant dense<1> : tensor<2x1100xi1>
  %y = check.step %i(%q) : (tensor<2x1100xi1>) -> tensor<2x1100xf32>
  check.expect_eq %y dense<1100.0> : tensor<2x1100xf32>
  return
}

// Spike-Driven Transformer v1: channels in which enough tokens have key and value let the query pass.
lle.network @mask_and_sum(%q: tensor<2x3xi1>, %k: tensor<2x3xi1>, %v: tensor<2x3xi1>) -> tensor<2x3xi1>
    attributes {dt = 1.0 : f64} {
  %kv = lle.and %k, %v : tensor<2x3xi1>
  %sum = lle.reduce sum %kv {dim = 1 : i64} : (tensor<2x3xi1>) -> tensor<2xf32>
  %mask = spk.lif "talking_heads" %sum dynamics<integrator = euler, order = decay_first, gain = continuous, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {r = dense<1.0> : tensor<2xf32>, tau = dense<2.0> : tensor<2xf32>, v_init = dense<0.0> : tensor<2xf32>,
     v_leak = dense<0.0> : tensor<2xf32>, v_reset = dense<0.0> : tensor<2xf32>, v_threshold = dense<0.5> : tensor<2xf32>}
    : tensor<2xf32> -> tensor<2xi1>
  %all = lle.broadcast %mask {dim = 1 : i64} : (tensor<2xi1>) -> tensor<2x3xi1>
  %y = lle.and %q, %all : tensor<2x3xi1>
  lle.output %y : tensor<2x3xi1>
}

func.func @spike_driven_v1() {
  %i = check.instantiate @mask_and_sum
  %q = arith.constant dense<[[1, 0, 1], [0, 1, 1]]> : tensor<2x3xi1>
  %k = arith.constant dense<[[1, 1, 0], [0, 1, 1]]> : tensor<2x3xi1>
  %v = arith.constant dense<[[1, 0, 1], [1, 0, 0]]> : tensor<2x3xi1>
  // One coincidence makes v = 1/2, which is the threshold; none leaves it at 0.
  %y = check.step %i(%q, %k, %v) : (tensor<2x3xi1>, tensor<2x3xi1>, tensor<2x3xi1>) -> tensor<2x3xi1>
  check.expect_eq %y dense<[[1, 0, 1], [0, 0, 0]]> : tensor<2x3xi1>
  return
}
