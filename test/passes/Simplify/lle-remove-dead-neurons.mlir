// RUN: lle-opt %s --pass-pipeline='builtin.module(lle.network(lle-remove-dead-neurons))' | FileCheck %s

// Neuron 1 reads the output and is read by none; neuron 2 reaches the output.
// CHECK-LABEL: lle.network @dead
// CHECK-SAME: tensor<1xf32>
// CHECK: gleak = dense<[1.000000e+00, 3.000000e+00]> : tensor<2xf32>
// CHECK-SAME: sensory_w = dense<{{\[}}[1.000000e+00, 3.000000e+00]]> : tensor<1x2xf32>
// CHECK-SAME: w = dense<{{\[}}[0.000000e+00, 0.000000e+00], [4.000000e+00, 0.000000e+00]]> : tensor<2x2xf32>
// CHECK-SAME: -> (tensor<1xf32>, tensor<2xf32>)
lle.network @dead(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.000000e+00 : f64} {
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.000000e-08 : f64,
      elapsed = 1.000000e+00 : f64, gleak = dense<[1.000000e+00, 2.000000e+00, 3.000000e+00]> : tensor<3xf32>,
      vleak = dense<1.000000e-01> : tensor<3xf32>, cm = dense<5.000000e-01> : tensor<3xf32>,
      sigma = dense<4.000000e+00> : tensor<3x3xf32>, mu = dense<5.000000e-01> : tensor<3x3xf32>,
      w = dense<[[0.000000e+00, 1.000000e+00, 0.000000e+00], [0.000000e+00, 0.000000e+00, 0.000000e+00],
                 [4.000000e+00, 0.000000e+00, 0.000000e+00]]> : tensor<3x3xf32>,
      erev = dense<1.000000e+00> : tensor<3x3xf32>,
      sensory_sigma = dense<3.000000e+00> : tensor<1x3xf32>, sensory_mu = dense<2.500000e-01> : tensor<1x3xf32>,
      sensory_w = dense<[[1.000000e+00, 2.000000e+00, 3.000000e+00]]> : tensor<1x3xf32>,
      sensory_erev = dense<1.000000e+00> : tensor<1x3xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<3xf32>)
  lle.output %y : tensor<1xf32>
}

// A state that is read keeps all its neurons.
// CHECK-LABEL: lle.network @read
// CHECK: -> (tensor<1xf32>, tensor<3xf32>)
lle.network @read(%x: tensor<1xf32>) -> (tensor<1xf32>, tensor<3xf32>) attributes {dt = 1.000000e+00 : f64} {
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.000000e-08 : f64,
      elapsed = 1.000000e+00 : f64, gleak = dense<[1.000000e+00, 2.000000e+00, 3.000000e+00]> : tensor<3xf32>,
      vleak = dense<1.000000e-01> : tensor<3xf32>, cm = dense<5.000000e-01> : tensor<3xf32>,
      sigma = dense<4.000000e+00> : tensor<3x3xf32>, mu = dense<5.000000e-01> : tensor<3x3xf32>,
      w = dense<[[0.000000e+00, 1.000000e+00, 0.000000e+00], [0.000000e+00, 0.000000e+00, 0.000000e+00],
                 [4.000000e+00, 0.000000e+00, 0.000000e+00]]> : tensor<3x3xf32>,
      erev = dense<1.000000e+00> : tensor<3x3xf32>,
      sensory_sigma = dense<3.000000e+00> : tensor<1x3xf32>, sensory_mu = dense<2.500000e-01> : tensor<1x3xf32>,
      sensory_w = dense<[[1.000000e+00, 2.000000e+00, 3.000000e+00]]> : tensor<1x3xf32>,
      sensory_erev = dense<1.000000e+00> : tensor<1x3xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<3xf32>)
  lle.output %y, %v : tensor<1xf32>, tensor<3xf32>
}

// Through softplus, a stored zero conducts.
// CHECK-LABEL: lle.network @softplus
// CHECK: -> (tensor<1xf32>, tensor<3xf32>)
lle.network @softplus(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.000000e+00 : f64} {
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<softplus>, unfolds = 6 : i64, epsilon = 1.000000e-08 : f64,
      elapsed = 1.000000e+00 : f64, gleak = dense<[1.000000e+00, 2.000000e+00, 3.000000e+00]> : tensor<3xf32>,
      vleak = dense<1.000000e-01> : tensor<3xf32>, cm = dense<5.000000e-01> : tensor<3xf32>,
      sigma = dense<4.000000e+00> : tensor<3x3xf32>, mu = dense<5.000000e-01> : tensor<3x3xf32>,
      w = dense<[[0.000000e+00, 1.000000e+00, 0.000000e+00], [0.000000e+00, 0.000000e+00, 0.000000e+00],
                 [4.000000e+00, 0.000000e+00, 0.000000e+00]]> : tensor<3x3xf32>,
      erev = dense<1.000000e+00> : tensor<3x3xf32>,
      sensory_sigma = dense<3.000000e+00> : tensor<1x3xf32>, sensory_mu = dense<2.500000e-01> : tensor<1x3xf32>,
      sensory_w = dense<[[1.000000e+00, 2.000000e+00, 3.000000e+00]]> : tensor<1x3xf32>,
      sensory_erev = dense<1.000000e+00> : tensor<1x3xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<3xf32>)
  lle.output %y : tensor<1xf32>
}

// But not where the mask has no synapse.
// CHECK-LABEL: lle.network @masked
// CHECK: mask = dense<{{\[}}[0, 0], [1, 0]]> : tensor<2x2xi8>
// CHECK-SAME: -> (tensor<1xf32>, tensor<2xf32>)
lle.network @masked(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.000000e+00 : f64} {
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<softplus>, unfolds = 6 : i64, epsilon = 1.000000e-08 : f64,
      elapsed = 1.000000e+00 : f64, gleak = dense<[1.000000e+00, 2.000000e+00, 3.000000e+00]> : tensor<3xf32>,
      vleak = dense<1.000000e-01> : tensor<3xf32>, cm = dense<5.000000e-01> : tensor<3xf32>,
      sigma = dense<4.000000e+00> : tensor<3x3xf32>, mu = dense<5.000000e-01> : tensor<3x3xf32>,
      w = dense<[[0.000000e+00, 1.000000e+00, 0.000000e+00], [0.000000e+00, 0.000000e+00, 0.000000e+00],
                 [4.000000e+00, 0.000000e+00, 0.000000e+00]]> : tensor<3x3xf32>,
      erev = dense<1.000000e+00> : tensor<3x3xf32>, mask = dense<[[0, 1, 0], [0, 0, 0], [1, 0, 0]]> : tensor<3x3xi8>,
      sensory_sigma = dense<3.000000e+00> : tensor<1x3xf32>, sensory_mu = dense<2.500000e-01> : tensor<1x3xf32>,
      sensory_w = dense<[[1.000000e+00, 2.000000e+00, 3.000000e+00]]> : tensor<1x3xf32>,
      sensory_erev = dense<1.000000e+00> : tensor<1x3xf32>}
    : (tensor<1xf32>) -> (tensor<1xf32>, tensor<3xf32>)
  lle.output %y : tensor<1xf32>
}
