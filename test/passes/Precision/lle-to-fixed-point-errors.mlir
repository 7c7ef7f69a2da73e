// RUN: not lle-opt %s --lle-to-fixed-point 2>&1 | FileCheck %s --check-prefix=RANGE
// RUN: not lle-opt %s --lle-to-fixed-point="input-range=1,2" 2>&1 | FileCheck %s --check-prefix=COUNT
// RUN: not lle-opt %s --lle-to-fixed-point="input-range=-1" 2>&1 | FileCheck %s --check-prefix=SIGN
// RUN: not lle-opt %s --lle-to-fixed-point="input-range=1 weights=4" 2>&1 | FileCheck %s --check-prefix=BITS
// RUN: not lle-opt %s --lle-to-fixed-point="input-range=1 dataset=none.npy" 2>&1 | FileCheck %s --check-prefix=RANGE
// RUN: not lle-opt %s --lle-to-fixed-point="dataset=none.npy" 2>&1 | FileCheck %s --check-prefix=FILE
// RUN: not lle-opt %s --lle-to-fixed-point="dataset=none.npy margin=0" 2>&1 | FileCheck %s --check-prefix=MARGIN
// RUN: lle-opt %s -split-input-file -verify-diagnostics --lle-to-fixed-point=input-range=1

// RANGE: error: lle-to-fixed-point: give either input-range or dataset: inputs need a range
// COUNT: error: lle-to-fixed-point: input-range must have one number, or 1, got 2
// SIGN: error: lle-to-fixed-point: input-range must be positive and finite, got -1.0
// BITS: error: lle-to-fixed-point: weights must be 8 or 16, got 4
// MARGIN: error: lle-to-fixed-point: margin must be positive and finite, got 0.0
// FILE: error: lle-to-fixed-point: {{.*}}none.npy

// Nothing is converted here, and so nothing is wrong with the network.
lle.network @relay(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  lle.output %x : tensor<1xf32>
}

// -----

// expected-error @below {{'lle.network' op has no form in fixed point: input 'input0' must have rank 1, got 'tensor<1x2xf32>'}}
lle.network @image(%x: tensor<1x2xf32>) attributes {dt = 1.0 : f64} {
  lle.output
}

// -----

// expected-error @below {{'lle.network' op has no form in fixed point: input 'input0' must hold real values, si8 or si16, got 'tensor<2xi1>'}}
lle.network @spikes(%x: tensor<2xi1>) attributes {dt = 1.0 : f64} {
  lle.output
}

// -----

lle.network @explicit(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op has no form in fixed point: its potentials have no limits that its weights prove}}
  %y, %v = ltc.ltc_cell "cell" %x {
      solver = #ltc.solver<euler>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64,
      elapsed = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.5> : tensor<1xf32>,
      cm = dense<1.0> : tensor<1xf32>, sigma = dense<4.0> : tensor<1x1xf32>, mu = dense<0.5> : tensor<1x1xf32>,
      w = dense<1.0> : tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<3.0> : tensor<1x1xf32>,
      sensory_mu = dense<0.25> : tensor<1x1xf32>, sensory_w = dense<0.5> : tensor<1x1xf32>,
      sensory_erev = dense<1.0> : tensor<1x1xf32>} : (tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

lle.network @irregular(%x: tensor<1xf32>, %t: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.ltc_cell' op has no form in fixed point: its elapsed time is an operand}}
  %y, %v = ltc.ltc_cell "cell" %x elapsed %t {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.0 : f64,
      elapsed = 1.0 : f64, gleak = dense<1.0> : tensor<1xf32>, vleak = dense<0.5> : tensor<1xf32>,
      cm = dense<1.0> : tensor<1xf32>, sigma = dense<4.0> : tensor<1x1xf32>, mu = dense<0.5> : tensor<1x1xf32>,
      w = dense<1.0> : tensor<1x1xf32>, erev = dense<1.0> : tensor<1x1xf32>, sensory_sigma = dense<3.0> : tensor<1x1xf32>,
      sensory_mu = dense<0.25> : tensor<1x1xf32>, sensory_w = dense<0.5> : tensor<1x1xf32>,
      sensory_erev = dense<1.0> : tensor<1x1xf32>} : (tensor<1xf32>, tensor<1xf32>) -> (tensor<1xf32>, tensor<1xf32>)
  lle.output
}

// -----

lle.network @pure(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op has no form in fixed point: its mode is pure}}
  %h = ltc.cfc_cell "cell" %x {
      mode = #ltc.mode<pure>, elapsed = 1.0 : f64, ff1_weight = dense<0.5> : tensor<1x2xf32>,
      ff1_bias = dense<0.1> : tensor<1xf32>, w_tau = dense<1.0> : tensor<1xf32>, a = dense<1.0> : tensor<1xf32>}
    : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

lle.network @gelu(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op has no form in fixed point: it uses gelu}}
  %h = ltc.cfc_cell "cell" %x {
      mode = #ltc.mode<default>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<gelu>, ff1_weight = dense<0.5> : tensor<1x2xf32>,
      ff1_bias = dense<0.1> : tensor<1xf32>, ff2_weight = dense<0.5> : tensor<1x2xf32>,
      ff2_bias = dense<0.1> : tensor<1xf32>, time_a_weight = dense<0.5> : tensor<1x2xf32>,
      time_a_bias = dense<0.1> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.1> : tensor<1xf32>} : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

lle.network @unlimited(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.cfc_cell' op has no form in fixed point: nothing limits its state: neither the heads nor the last layer before them}}
  %h = ltc.cfc_cell "cell" %x {
      mode = #ltc.mode<no_gate>, elapsed = 1.0 : f64, gate_sign = #ltc.gate_sign<plus>,
      head_activation = #lle.activation<linear>, ff1_weight = dense<0.5> : tensor<1x2xf32>,
      ff1_bias = dense<0.1> : tensor<1xf32>, ff2_weight = dense<0.5> : tensor<1x2xf32>,
      ff2_bias = dense<0.1> : tensor<1xf32>, time_a_weight = dense<0.5> : tensor<1x2xf32>,
      time_a_bias = dense<0.1> : tensor<1xf32>, time_b_weight = dense<0.5> : tensor<1x2xf32>,
      time_b_bias = dense<0.1> : tensor<1xf32>} : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

lle.network @gru(%x: tensor<1xf32>) attributes {dt = 1.0 : f64} {
  // expected-error @below {{'ltc.gru_cell' op has no form in fixed point}}
  %h = ltc.gru_cell "gru" %x {reset = #ltc.reset<before>, w_in = dense<0.25> : tensor<3x1xf32>,
      w_rec = dense<0.5> : tensor<3x1xf32>, bias_in = dense<0.0> : tensor<3xf32>,
      bias_rec = dense<0.0> : tensor<3xf32>} : (tensor<1xf32>) -> tensor<1xf32>
  lle.output
}

// -----

lle.network @loop(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<0.5> : tensor<1x2xf32>
  %c = lle.concat %x, %d : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
  %y = lle.linear %c, %w : (tensor<2xf32>, tensor<1x2xf32>) -> tensor<1xf32>
  // expected-error @below {{'lle.delay' op has no form in fixed point: its operand 'tensor<1xf32>' is a constant, or held by a loop}}
  %d = lle.delay "d" %y {initial = 0.0 : f64, steps = dense<1> : tensor<1xi64>} : tensor<1xf32>
  lle.output %y : tensor<1xf32>
}

// -----

lle.network @start(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  // expected-error @below {{'lle.delay' op has no form in fixed point: it must start at zero, which must be a multiple of the unit}}
  %d = lle.delay "d" %x {initial = 1.0 : f64, steps = dense<1> : tensor<1xi64>} : tensor<1xf32>
  lle.output %d : tensor<1xf32>
}

// -----

lle.network @matrices(%x: tensor<2xf32>) -> tensor<1xf32> attributes {dt = 1.0 : f64} {
  %m = lle.weight dense<true> : tensor<1x2xi1>
  // expected-error @below {{'lle.linear' op has no form in fixed point: its weights must be constants of floats or integers, got 'tensor<1x2xi1>'}}
  %y = lle.linear %x, %m : (tensor<2xf32>, tensor<1x2xi1>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}
