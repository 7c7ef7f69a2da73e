// What liquid cells, populations and pools are charged for on processors: numbers one after the other on a Cortex-M4
// (3 + 8 + 4 neurons of an LTC of 3 neurons, 2 inputs and 4 unfolds), and whole vectors of 16 on x86-64-v4.
// RUN: lle-opt %s --lle-estimate-cost="target=mps2-an386 report=%t.m4 json" -o /dev/null
// RUN: FileCheck %s --check-prefix=ONE < %t.m4
// RUN: lle-opt %s --lle-estimate-cost="target=x86-64-v4 report=%t.v4 json" -o /dev/null
// RUN: FileCheck %s --check-prefix=VECTOR < %t.v4

// Five synapses between neurons in each unfold, six from the inputs once. A vector has all neurons, and visits as many
// synapses as the first of them has: three of its own, two of inputs.
// ONE: "network": "ltc"
// ONE: "units": {
// ONE: "liquid_synapse": 26
// ONE: "unfold": 12
// VECTOR: "network": "ltc"
// VECTOR: "units": {
// VECTOR: "liquid_synapse": 224
// VECTOR: "unfold": 64
lle.network @ltc(%x: tensor<2xf32>) -> (tensor<3xf32>, tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x {
      solver = #ltc.solver<euler>, positivity = #ltc.positivity<clip>, unfolds = 4 : i64, epsilon = 1.0e-8 : f64,
      elapsed = 0.3 : f64, gleak = dense<0.5> : tensor<3xf32>, vleak = dense<0.1> : tensor<3xf32>,
      cm = dense<0.7> : tensor<3xf32>, sigma = dense<4.0> : tensor<3x3xf32>, mu = dense<0.3> : tensor<3x3xf32>,
      w = dense<0.4> : tensor<3x3xf32>, erev = dense<1.0> : tensor<3x3xf32>,
      mask = dense<[[1, 0, 1], [1, 0, 0], [1, -1, 0]]> : tensor<3x3xi8>, sensory_sigma = dense<4.0> : tensor<2x3xf32>,
      sensory_mu = dense<0.4> : tensor<2x3xf32>, sensory_w = dense<0.2> : tensor<2x3xf32>,
      sensory_erev = dense<-1.0> : tensor<2x3xf32>}
    : (tensor<2xf32>) -> (tensor<3xf32>, tensor<3xf32>)
  lle.output %y, %v : tensor<3xf32>, tensor<3xf32>
}

// A layer of 2 outputs over 1 + 1 numbers and three heads of 1 over them (the gate has one, because the elapsed time is
// constant): 4 + 6 products, 2 + 3 functions.
// ONE: "network": "cfc"
// ONE: "mac": 10
// ONE: "transcendental": 5
// VECTOR: "network": "cfc"
// VECTOR: "mac": 128
// VECTOR: "transcendental": 64
lle.network @cfc(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %y = ltc.cfc_cell "cell" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<tanh>, activation = #lle.activation<lecun_tanh>,
      backbone_weights = [dense<[[-0.171875, 0.9375], [-0.21875, 0.6875]]> : tensor<2x2xf32>],
      backbone_biases = [dense<[0.453125, -0.859375]> : tensor<2xf32>],
      ff1_weight = dense<[[-0.046875, -0.46875]]> : tensor<1x2xf32>, ff1_bias = dense<[1.0]> : tensor<1xf32>,
      ff2_weight = dense<[[-0.875, 0.171875]]> : tensor<1x2xf32>, ff2_bias = dense<[0.921875]> : tensor<1xf32>,
      time_a_weight = dense<[[0.875, -0.8125]]> : tensor<1x2xf32>, time_a_bias = dense<[0.96875]> : tensor<1xf32>,
      time_b_weight = dense<[[0.96875, -0.03125]]> : tensor<1x2xf32>, time_b_bias = dense<[0.5625]> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}

// ONE: "network": "pooled"
// ONE: "pooled_element": 16
// ONE: "neuron_update": 4
// VECTOR: "network": "pooled"
// VECTOR: "pooled_element": 16
// VECTOR: "neuron_update": 16
lle.network @pooled(%x: tensor<1x4x4xi1>) -> tensor<1x2x2xi1> attributes {dt = 1.0 : f64} {
  %y = lle.sum_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<1x4x4xi1>) -> tensor<1x2x2xf32>
  %z = spk.threshold %y ge dense<1.0> : tensor<1x2x2xf32> : tensor<1x2x2xf32> -> tensor<1x2x2xi1>
  lle.output %z : tensor<1x2x2xi1>
}

// Neurons that may send several spikes count them, and divide by a threshold that is no power of two: one by one those
// that fire, a tenth where nothing was measured.
// ONE: "network": "counts"
// ONE: "neuron_update": 3
// ONE-NOT: "division"
// ONE: "spike_count": 0.3
// ONE-NOT: "division"
// ONE: "division": 0.3
// VECTOR: "network": "counts"
// VECTOR: "division": 16
// VECTOR: "spike_count": 16
lle.network @counts(%x: tensor<3xf32>) -> (tensor<3xsi8>, tensor<3xsi8>) attributes {dt = 1.0 : f64} {
  %y = spk.if "scaled" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 9>
    {v_init = dense<0.0> : tensor<3xf32>, v_threshold = dense<0.5> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xsi8>
  %z = spk.if "divided" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 9>
    {v_init = dense<0.0> : tensor<3xf32>, v_threshold = dense<0.6> : tensor<3xf32>} : tensor<3xf32> -> tensor<3xsi8>
  lle.output %y, %z : tensor<3xsi8>, tensor<3xsi8>
}
