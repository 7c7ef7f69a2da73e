// RUN: lle-opt --lle-materialize-state="lanes=4 registers=16" %s | FileCheck %s

// A constant elapsed time merges time_a, with its sign, and time_b into one matrix: -1/4 * 2 + 1/8 is -3/8. The heads ff1,
// ff2 and time of a unit are read together.
// CHECK-LABEL: func.func @merged_step
// CHECK-DAG: arith.constant dense<{{\[\[}}5.000000e-01, 5.000000e-01, 5.000000e-01, 5.000000e-01, -5.000000e-01, -5.000000e-01, -5.000000e-01, -5.000000e-01, -3.750000e-01, -3.750000e-01, -3.750000e-01, -3.750000e-01]]> : tensor<1x12xf32>
// The bias of time_a too: -1 * 2 + 3.
// CHECK-DAG: arith.constant dense<{{\[\[}}0.000000e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00, 1.000000e+00, 1.000000e+00, 1.000000e+00, 1.000000e+00]]> : tensor<1x12xf32>
lle.network @merged(%x: tensor<1xf32>) -> tensor<4xf32> attributes {dt = 1.0 : f64} {
  %h = ltc.cfc_cell "cell" %x {mode = #ltc.mode<default>, elapsed = 2.0 : f64, gate_sign = #ltc.gate_sign<minus>,
      head_activation = #lle.activation<tanh>,
      ff1_weight = dense<0.5> : tensor<4x5xf32>, ff1_bias = dense<0.0> : tensor<4xf32>,
      ff2_weight = dense<-0.5> : tensor<4x5xf32>, ff2_bias = dense<0.0> : tensor<4xf32>,
      time_a_weight = dense<0.25> : tensor<4x5xf32>, time_a_bias = dense<1.0> : tensor<4xf32>,
      time_b_weight = dense<0.125> : tensor<4x5xf32>, time_b_bias = dense<3.0> : tensor<4xf32>}
    : (tensor<1xf32>) -> tensor<4xf32>
  lle.output %h : tensor<4xf32>
}

// An elapsed time that comes with each step leaves four heads.
// CHECK-LABEL: func.func @irregular_step
// CHECK: vector.transfer_read {{.*}} : tensor<1x16xf32>, vector<4xf32>
// CHECK: vector.broadcast {{.*}} : f32 to vector<4xf32>
lle.network @irregular(%x: tensor<1xf32>, %t: tensor<1xf32>) -> tensor<4xf32> attributes {dt = 1.0 : f64} {
  %h = ltc.cfc_cell "cell" %x elapsed %t {mode = #ltc.mode<no_gate>, elapsed = 0.0 : f64,
      gate_sign = #ltc.gate_sign<plus>, head_activation = #lle.activation<tanh>,
      ff1_weight = dense<0.5> : tensor<4x5xf32>, ff1_bias = dense<0.0> : tensor<4xf32>,
      ff2_weight = dense<-0.5> : tensor<4x5xf32>, ff2_bias = dense<0.0> : tensor<4xf32>,
      time_a_weight = dense<0.25> : tensor<4x5xf32>, time_a_bias = dense<1.0> : tensor<4xf32>,
      time_b_weight = dense<0.125> : tensor<4x5xf32>, time_b_bias = dense<3.0> : tensor<4xf32>}
    : (tensor<1xf32>, tensor<1xf32>) -> tensor<4xf32>
  lle.output %h : tensor<4xf32>
}

// Masks are part of the weights: a signed one changes signs, an absolute one does not.
// CHECK-LABEL: func.func @signed_mask_step
// CHECK: arith.constant dense<{{\[\[}}5.000000e-01, 0.000000e+00, -5.000000e-01, 0.000000e+00]]> : tensor<1x4xf32>
lle.network @signed_mask(%x: tensor<1xf32>) -> tensor<4xf32> attributes {dt = 1.0 : f64} {
  %h = ltc.cfc_cell "cell" %x {mode = #ltc.mode<pure>, elapsed = 1.0 : f64, mask_kind = #ltc.mask_kind<signed>,
      mask = dense<[[1, 1, 1, 1, 1], [0, 1, 1, 1, 1], [-1, 1, 1, 1, 1], [0, 1, 1, 1, 1]]> : tensor<4x5xi8>,
      ff1_weight = dense<0.5> : tensor<4x5xf32>, ff1_bias = dense<0.0> : tensor<4xf32>,
      w_tau = dense<1.0> : tensor<4xf32>, a = dense<1.0> : tensor<4xf32>} : (tensor<1xf32>) -> tensor<4xf32>
  lle.output %h : tensor<4xf32>
}

// CHECK-LABEL: func.func @absolute_mask_step
// CHECK: arith.constant dense<{{\[\[}}5.000000e-01, 0.000000e+00, 5.000000e-01, 0.000000e+00]]> : tensor<1x4xf32>
lle.network @absolute_mask(%x: tensor<1xf32>) -> tensor<4xf32> attributes {dt = 1.0 : f64} {
  %h = ltc.cfc_cell "cell" %x {mode = #ltc.mode<pure>, elapsed = 1.0 : f64, mask_kind = #ltc.mask_kind<absolute>,
      mask = dense<[[1, 1, 1, 1, 1], [0, 1, 1, 1, 1], [-1, 1, 1, 1, 1], [0, 1, 1, 1, 1]]> : tensor<4x5xi8>,
      ff1_weight = dense<0.5> : tensor<4x5xf32>, ff1_bias = dense<0.0> : tensor<4xf32>,
      w_tau = dense<1.0> : tensor<4xf32>, a = dense<1.0> : tensor<4xf32>} : (tensor<1xf32>) -> tensor<4xf32>
  lle.output %h : tensor<4xf32>
}

// The factors of lecun_tanh are in the weights around it: 0.666 / 4 before, 1.7159 / 2 after.
// CHECK-LABEL: func.func @lecun_step
// CHECK: arith.constant dense<1.665000e-01> : tensor<1x4xf32>
// CHECK: math.tanh
// CHECK-NOT: 1.7159
// CHECK: arith.constant dense<8.579500e-01> : tensor<4x4xf32>
lle.network @lecun(%x: tensor<1xf32>) -> tensor<4xf32> attributes {dt = 1.0 : f64} {
  %h = ltc.cfc_cell "cell" %x {mode = #ltc.mode<pure>, elapsed = 1.0 : f64, activation = #lle.activation<lecun_tanh>,
      backbone_weights = [dense<0.25> : tensor<4x5xf32>], backbone_biases = [dense<0.0> : tensor<4xf32>],
      ff1_weight = dense<0.5> : tensor<4x4xf32>, ff1_bias = dense<0.0> : tensor<4xf32>,
      w_tau = dense<1.0> : tensor<4xf32>, a = dense<1.0> : tensor<4xf32>} : (tensor<1xf32>) -> tensor<4xf32>
  lle.output %h : tensor<4xf32>
}

// Inputs whose weights are all masked are not read: the layers of this wiring share nothing but the first one's result.
// CHECK-LABEL: func.func @wired_step
// CHECK-SAME: (%[[X:[a-z0-9]+]]: tensor<1xf32>
// CHECK-NOT: tensor.extract %[[X]]
// CHECK: %[[FIRST:.*]] = vector.transfer_write
// CHECK: tensor.extract %[[FIRST]]
// CHECK: %[[SECOND:.*]] = vector.transfer_write
// CHECK: return %[[SECOND]], %[[FIRST]], %[[SECOND]]
lle.network @wired(%x: tensor<1xf32>) -> tensor<4xf32> attributes {dt = 1.0 : f64} {
  %command = ltc.cfc_cell "command" %x {mode = #ltc.mode<pure>, elapsed = 1.0 : f64,
      mask_kind = #ltc.mask_kind<absolute>,
      mask = dense<[[0, 1, 1, 1, 1], [0, 1, 1, 1, 1], [0, 1, 1, 1, 1], [0, 1, 1, 1, 1]]> : tensor<4x5xi8>,
      ff1_weight = dense<0.5> : tensor<4x5xf32>, ff1_bias = dense<0.0> : tensor<4xf32>,
      w_tau = dense<1.0> : tensor<4xf32>, a = dense<1.0> : tensor<4xf32>} : (tensor<1xf32>) -> tensor<4xf32>
  %motor = ltc.cfc_cell "motor" %command {mode = #ltc.mode<pure>, elapsed = 1.0 : f64,
      ff1_weight = dense<0.5> : tensor<4x8xf32>, ff1_bias = dense<0.0> : tensor<4xf32>,
      w_tau = dense<1.0> : tensor<4xf32>, a = dense<1.0> : tensor<4xf32>} : (tensor<4xf32>) -> tensor<4xf32>
  lle.output %motor : tensor<4xf32>
}
