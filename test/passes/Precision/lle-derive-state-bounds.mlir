// RUN: lle-opt %s --pass-pipeline='builtin.module(lle.network(lle-derive-state-bounds))' | FileCheck %s

// A GRU is between -1 and 1.
// CHECK-LABEL: lle.network @gru(
// CHECK: lle.state_bounds = {h = [dense<-1.000000e+00> : tensor<2xf64>, dense<1.000000e+00> : tensor<2xf64>]}
lle.network @gru(%x: tensor<3xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %h = ltc.gru_cell "gru" %x {reset = #ltc.reset<before>, w_in = dense<0.25> : tensor<6x3xf32>,
      w_rec = dense<0.5> : tensor<6x2xf32>, bias_in = dense<0.0> : tensor<6xf32>,
      bias_rec = dense<0.0> : tensor<6xf32>} : (tensor<3xf32>) -> tensor<2xf32>
  lle.output %h : tensor<2xf32>
}

// Neuron 0 is reached by vleak 0.5, by itself at erev -1 and by neuron 1 at erev 1; its sensory synapse at 5 is masked,
// and 0 is where it starts. Neuron 1 does not leak: vleak -9 does not reach it. Its own synapse at 7 weighs nothing, so
// 0.75 from neuron 0 and 2 from the input are left.
// CHECK-LABEL: lle.network @fused(
// CHECK: lle.state_bounds = {v = [dense<[-1.000000e+00, 0.000000e+00]> : tensor<2xf64>, dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf64>]}
lle.network @fused(%x: tensor<1xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.0e-8 : f64,
      elapsed = 1.0 : f64, gleak = dense<[1.0, 0.0]> : tensor<2xf32>, vleak = dense<[0.5, -9.0]> : tensor<2xf32>,
      cm = dense<0.0> : tensor<2xf32>, sigma = dense<4.0> : tensor<2x2xf32>, mu = dense<0.5> : tensor<2x2xf32>,
      w = dense<[[0.25, 0.25], [0.25, 0.0]]> : tensor<2x2xf32>,
      erev = dense<[[-1.0, 0.75], [1.0, 7.0]]> : tensor<2x2xf32>,
      sensory_sigma = dense<3.0> : tensor<1x2xf32>, sensory_mu = dense<0.25> : tensor<1x2xf32>,
      sensory_w = dense<0.5> : tensor<1x2xf32>, sensory_erev = dense<[[5.0, 2.0]]> : tensor<1x2xf32>,
      sensory_mask = dense<[[0, 1]]> : tensor<1x2xi8>}
    : (tensor<1xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  lle.output %y : tensor<2xf32>
}

// Explicit solvers may overshoot; with a negative weight the potential is no mean; without epsilon, capacitance and leak
// all that is left may underflow.
// CHECK-LABEL: lle.network @ltc_without(
// CHECK-NOT: lle.state_bounds
lle.network @ltc_without(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  %y0, %v0 = ltc.ltc_cell "euler" %x {
      solver = #ltc.solver<euler>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.0e-8 : f64,
      elapsed = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.5> : tensor<1xf32>,
      cm = dense<1.0> : tensor<1xf32>, sigma = dense<4.0> : tensor<1x1xf32>, mu = dense<0.5> : tensor<1x1xf32>,
      w = dense<1.0> : tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<3.0> : tensor<1x1xf32>,
      sensory_mu = dense<0.25> : tensor<1x1xf32>, sensory_w = dense<0.5> : tensor<1x1xf32>,
      sensory_erev = dense<1.0> : tensor<1x1xf32>} : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  %y1, %v1 = ltc.ltc_cell "negative" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.0e-8 : f64,
      elapsed = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.5> : tensor<1xf32>,
      cm = dense<1.0> : tensor<1xf32>, sigma = dense<4.0> : tensor<1x1xf32>, mu = dense<0.5> : tensor<1x1xf32>,
      w = dense<-1.0> : tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<3.0> : tensor<1x1xf32>,
      sensory_mu = dense<0.25> : tensor<1x1xf32>, sensory_w = dense<0.5> : tensor<1x1xf32>,
      sensory_erev = dense<1.0> : tensor<1x1xf32>} : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  %y2, %v2 = ltc.ltc_cell "underflow" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64,
      elapsed = 1.0 : f64, gleak = dense<0.0> : tensor<1xf32>, vleak = dense<0.5> : tensor<1xf32>,
      cm = dense<0.0> : tensor<1xf32>, sigma = dense<4.0> : tensor<1x1xf32>, mu = dense<0.5> : tensor<1x1xf32>,
      w = dense<1.0> : tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<3.0> : tensor<1x1xf32>,
      sensory_mu = dense<0.25> : tensor<1x1xf32>, sensory_w = dense<0.5> : tensor<1x1xf32>,
      sensory_erev = dense<1.0> : tensor<1x1xf32>} : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// The heads of "signed" are between -1 and 1 twice; those of "sigmoid" start at 0. In "pure", T is 2 and |w_tau| 0.5:
// 4 exp(-1) / (2 e) = 2 exp(-2) = 0.270671 around A = -4, and 0. A head without limits has a state without.
// CHECK-LABEL: lle.network @cfc(
// CHECK: ltc.cfc_cell "signed"
// CHECK-SAME: lle.state_bounds = {h = [dense<-2.000000e+00> : tensor<1xf64>, dense<2.000000e+00> : tensor<1xf64>]}
// CHECK: ltc.cfc_cell "sigmoid"
// CHECK-SAME: lle.state_bounds = {h = [dense<0.000000e+00> : tensor<1xf64>, dense<1.000000e+00> : tensor<1xf64>]}
// CHECK: ltc.cfc_cell "lecun_tanh"
// CHECK-SAME: lle.state_bounds = {h = [dense<-1.715900e+00> : tensor<1xf64>, dense<1.715900e+00> : tensor<1xf64>]}
// CHECK: ltc.cfc_cell "linear"
// CHECK-NOT: lle.state_bounds
// CHECK: ltc.cfc_cell "pure"
// CHECK-SAME: lle.state_bounds = {h = [dense<-4.27067{{[0-9]*}}> : tensor<1xf64>, dense<0.000000e+00> : tensor<1xf64>]}
lle.network @cfc(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  %0 = ltc.cfc_cell "signed" %x {mode = #ltc.mode<no_gate>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<tanh>,
      ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.0> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.0> : tensor<1xf32>,
      time_a_weight = dense<0.5> : tensor<1x2xf32>, time_a_bias = dense<0.0> : tensor<1xf32>,
      time_b_weight = dense<0.5> : tensor<1x2xf32>, time_b_bias = dense<0.0> : tensor<1xf32>} : (tensor<1xf32>) -> tensor<1xf32>
  %1 = ltc.cfc_cell "sigmoid" %x {mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<sigmoid>,
      ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.0> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.0> : tensor<1xf32>,
      time_a_weight = dense<0.5> : tensor<1x2xf32>, time_a_bias = dense<0.0> : tensor<1xf32>,
      time_b_weight = dense<0.5> : tensor<1x2xf32>, time_b_bias = dense<0.0> : tensor<1xf32>} : (tensor<1xf32>) -> tensor<1xf32>
  %2 = ltc.cfc_cell "lecun_tanh" %x {mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<lecun_tanh>,
      ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.0> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.0> : tensor<1xf32>,
      time_a_weight = dense<0.5> : tensor<1x2xf32>, time_a_bias = dense<0.0> : tensor<1xf32>,
      time_b_weight = dense<0.5> : tensor<1x2xf32>, time_b_bias = dense<0.0> : tensor<1xf32>} : (tensor<1xf32>) -> tensor<1xf32>
  %3 = ltc.cfc_cell "linear" %x {mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<linear>,
      ff1_weight = dense<0.5> : tensor<1x2xf32>, ff1_bias = dense<0.0> : tensor<1xf32>,
      ff2_weight = dense<0.5> : tensor<1x2xf32>, ff2_bias = dense<0.0> : tensor<1xf32>,
      time_a_weight = dense<0.5> : tensor<1x2xf32>, time_a_bias = dense<0.0> : tensor<1xf32>,
      time_b_weight = dense<0.5> : tensor<1x2xf32>, time_b_bias = dense<0.0> : tensor<1xf32>} : (tensor<1xf32>) -> tensor<1xf32>
  %4 = ltc.cfc_cell "pure" %x {mode = #ltc.mode<pure>, elapsed = 2.0 : f64, ff1_weight = dense<0.5> : tensor<1x2xf32>,
      ff1_bias = dense<0.0> : tensor<1xf32>, w_tau = dense<-0.5> : tensor<1xf32>, a = dense<-4.0> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// tau 2 and 4 times tanh; an unfold takes 0.5. One that takes longer than tau, or a time that is not known, may overshoot.
// CHECK-LABEL: lle.network @ctrnn(
// CHECK: ltc.ctrnn_cell "short"
// CHECK-SAME: lle.state_bounds = {v = [dense<[-2.000000e+00, -4.000000e+00]> : tensor<2xf64>, dense<[2.000000e+00, 4.000000e+00]> : tensor<2xf64>]}
// CHECK-NOT: lle.state_bounds
lle.network @ctrnn(%x: tensor<1xf32>, %t: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  %0 = ltc.ctrnn_cell "short" %x {activation = #lle.activation<tanh>, unfolds = 2 : i64, elapsed = 1.0 : f64,
      tau = dense<[2.0, 4.0]> : tensor<2xf32>, w_in = dense<0.25> : tensor<2x1xf32>, w_rec = dense<0.5> : tensor<2x2xf32>,
      bias = dense<0.0> : tensor<2xf32>} : (tensor<1xf32>) -> tensor<2xf32>
  %1 = ltc.ctrnn_cell "long" %x {activation = #lle.activation<tanh>, unfolds = 2 : i64, elapsed = 5.0 : f64,
      tau = dense<[2.0, 4.0]> : tensor<2xf32>, w_in = dense<0.25> : tensor<2x1xf32>, w_rec = dense<0.5> : tensor<2x2xf32>,
      bias = dense<0.0> : tensor<2xf32>} : (tensor<1xf32>) -> tensor<2xf32>
  %2 = ltc.ctrnn_cell "elapsed" %x elapsed %t {activation = #lle.activation<tanh>, unfolds = 2 : i64, elapsed = 1.0 : f64,
      tau = dense<[2.0, 4.0]> : tensor<2xf32>, w_in = dense<0.25> : tensor<2x1xf32>, w_rec = dense<0.5> : tensor<2x2xf32>,
      bias = dense<0.0> : tensor<2xf32>} : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
  %3 = ltc.ctrnn_cell "relu" %x {activation = #lle.activation<relu>, unfolds = 2 : i64, elapsed = 1.0 : f64,
      tau = dense<[2.0, 4.0]> : tensor<2xf32>, w_in = dense<0.25> : tensor<2x1xf32>, w_rec = dense<0.5> : tensor<2x2xf32>,
      bias = dense<0.0> : tensor<2xf32>} : (tensor<1xf32>) -> tensor<2xf32>
  lle.output
}

// A loop holds the state: the delay has the limits of what it holds. The cell starts each step from what an LSTM gives, at
// -1 to 1, and moves to the leak potentials -3 and 0.5.
// CHECK-LABEL: lle.network @mixed_memory(
// CHECK: lle.delay "held"
// CHECK-SAME: lle.state_bounds = {value = [dense<[-3.000000e+00, -1.000000e+00]> : tensor<2xf64>, dense<1.000000e+00> : tensor<2xf64>]}
// CHECK: ltc.lstm_cell "memory"
// CHECK-NOT: lle.state_bounds
// CHECK: ltc.ltc_cell "cell"
// CHECK-NOT: lle.state_bounds
// CHECK: lle.delay "last"
// CHECK-SAME: lle.state_bounds = {buffer = [dense<-1.000000e+00> : tensor<2x1xf64>, dense<5.000000e+00> : tensor<2x1xf64>]}
lle.network @mixed_memory(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  %held = lle.delay "held" %next {initial = 0.0 : f64, steps = dense<1> : tensor<2xi64>} : tensor<2xf32>
  %memory = ltc.lstm_cell "memory" %x hidden %held {w_in = dense<0.25> : tensor<8x1xf32>,
      w_rec = dense<0.5> : tensor<8x2xf32>, bias = dense<0.0> : tensor<8xf32>} : (tensor<1xf32>, tensor<2xf32>) -> tensor<2xf32>
  %y, %next = ltc.ltc_cell "cell" %x hidden %memory {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64,
      elapsed = 1.0 : f64, gleak = dense<1.0> : tensor<2xf32>, vleak = dense<[-3.0, 0.5]> : tensor<2xf32>,
      cm = dense<1.0> : tensor<2xf32>, sigma = dense<4.0> : tensor<2x2xf32>, mu = dense<0.5> : tensor<2x2xf32>,
      w = dense<0.0> : tensor<2x2xf32>, erev = dense<1.0> : tensor<2x2xf32>,
      sensory_sigma = dense<3.0> : tensor<1x2xf32>, sensory_mu = dense<0.25> : tensor<1x2xf32>,
      sensory_w = dense<0.0> : tensor<1x2xf32>, sensory_erev = dense<1.0> : tensor<1x2xf32>}
    : (tensor<1xf32>, tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  %one = lle.slice %next {offset = 1 : i64} : (tensor<2xf32>) -> tensor<1xf32>
  %last = lle.delay "last" %one {initial = 5.0 : f64, steps = dense<2> : tensor<1xi64>} : tensor<1xf32>
  lle.output
}

// The state that is left of an LSTM grows without limit; what a network is given has none.
// CHECK-LABEL: lle.network @unlimited(
// CHECK-NOT: lle.state_bounds
// CHECK: ltc.lstm_cell "lstm"
// CHECK-SAME: lle.state_bounds = {h = [dense<-1.000000e+00> : tensor<1xf64>, dense<1.000000e+00> : tensor<1xf64>]}
// CHECK-NOT: lle.state_bounds
lle.network @unlimited(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  %d = lle.delay "delay" %x {initial = 0.0 : f64, steps = dense<1> : tensor<1xi64>} : tensor<1xf32>
  %h = ltc.lstm_cell "lstm" %x {w_in = dense<0.25> : tensor<4x1xf32>, w_rec = dense<0.5> : tensor<4x1xf32>,
      bias = dense<0.0> : tensor<4xf32>} : (tensor<1xf32>) -> tensor<1xf32>
  %g = ltc.gru_cell "gru" %x hidden %x {reset = #ltc.reset<before>, w_in = dense<0.25> : tensor<3x1xf32>,
      w_rec = dense<0.5> : tensor<3x1xf32>, bias_in = dense<0.0> : tensor<3xf32>, bias_rec = dense<0.0> : tensor<3xf32>}
    : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  %held = lle.delay "held" %g {initial = 0.0 : f64, steps = dense<1> : tensor<1xi64>} : tensor<1xf32>
  lle.output
}
