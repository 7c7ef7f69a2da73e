// RUN: lle-opt %s --pass-pipeline='builtin.module(lle.network(lle-fold-output-maps))' | FileCheck %s

// Weights (3, 5) times factors (2, 4); the bias is 3 - 5. The cell gives its potentials.
// CHECK-LABEL: lle.network @decoder
// CHECK-DAG: lle.weight dense<{{\[}}[6.000000e+00, 2.000000e+01]]> : tensor<1x2xf32>
// CHECK-DAG: lle.weight dense<-2.000000e+00> : tensor<1xf32>
// CHECK: ltc.ltc_cell
// CHECK-NOT: output_w
// CHECK: lle.affine
lle.network @decoder(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.000000e+00 : f64} {
  %w = lle.weight dense<[[3.000000e+00, 5.000000e+00]]> : tensor<1x2xf32>
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.000000e-08 : f64,
      elapsed = 1.000000e+00 : f64, gleak = dense<5.000000e-01> : tensor<2xf32>,
      vleak = dense<1.000000e-01> : tensor<2xf32>, cm = dense<5.000000e-01> : tensor<2xf32>,
      sigma = dense<4.000000e+00> : tensor<2x2xf32>, mu = dense<5.000000e-01> : tensor<2x2xf32>,
      w = dense<2.500000e-01> : tensor<2x2xf32>, erev = dense<1.000000e+00> : tensor<2x2xf32>,
      sensory_sigma = dense<3.000000e+00> : tensor<1x2xf32>, sensory_mu = dense<2.500000e-01> : tensor<1x2xf32>,
      sensory_w = dense<5.000000e-01> : tensor<1x2xf32>, sensory_erev = dense<1.000000e+00> : tensor<1x2xf32>,
      output_w = dense<[2.000000e+00, 4.000000e+00]> : tensor<2xf32>,
      output_b = dense<[1.000000e+00, -1.000000e+00]> : tensor<2xf32>}
    : (tensor<1xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  %z = lle.linear %y, %w : (tensor<2xf32>, tensor<1x2xf32>) -> tensor<1xf32>
  lle.output %z : tensor<1xf32>
}

// What reads the output besides the decoder wants the map.
// CHECK-LABEL: lle.network @shown
// CHECK: output_w
// CHECK: lle.linear
lle.network @shown(%x: tensor<1xf32>) -> (tensor<1xf32>, tensor<2xf32>) attributes {dt = 1.000000e+00 : f64} {
  %w = lle.weight dense<[[3.000000e+00, 5.000000e+00]]> : tensor<1x2xf32>
  %y, %v = ltc.ltc_cell "rnn" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 1.000000e-08 : f64,
      elapsed = 1.000000e+00 : f64, gleak = dense<5.000000e-01> : tensor<2xf32>,
      vleak = dense<1.000000e-01> : tensor<2xf32>, cm = dense<5.000000e-01> : tensor<2xf32>,
      sigma = dense<4.000000e+00> : tensor<2x2xf32>, mu = dense<5.000000e-01> : tensor<2x2xf32>,
      w = dense<2.500000e-01> : tensor<2x2xf32>, erev = dense<1.000000e+00> : tensor<2x2xf32>,
      sensory_sigma = dense<3.000000e+00> : tensor<1x2xf32>, sensory_mu = dense<2.500000e-01> : tensor<1x2xf32>,
      sensory_w = dense<5.000000e-01> : tensor<1x2xf32>, sensory_erev = dense<1.000000e+00> : tensor<1x2xf32>,
      output_w = dense<[2.000000e+00, 4.000000e+00]> : tensor<2xf32>,
      output_b = dense<[1.000000e+00, -1.000000e+00]> : tensor<2xf32>}
    : (tensor<1xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  %z = lle.linear %y, %w : (tensor<2xf32>, tensor<1x2xf32>) -> tensor<1xf32>
  lle.output %z, %y : tensor<1xf32>, tensor<2xf32>
}
