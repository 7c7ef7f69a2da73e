// RUN: lle-opt %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | lle-opt | FileCheck %s
// RUN: lle-opt --emit-bytecode %s | lle-opt | FileCheck %s

// CHECK-LABEL: lle.network @delta
// CHECK: spk.fixed_delta "delta" %arg0 loihi {cum_error = false, spike_exp = 6 : i64, state_exp = 6 : i64, v_threshold = dense<13> : tensor<3xi32>} : tensor<3xsi32>
lle.network @delta(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  %z = spk.fixed_delta "delta" %x loihi {cum_error = false, spike_exp = 6 : i64, state_exp = 6 : i64,
    v_threshold = dense<13> : tensor<3xi32>} : tensor<3xsi32>
  lle.output
}

// CHECK-LABEL: lle.network @sigma_delta
// CHECK: spk.fixed_sigma_delta "sdn" %arg0 loihi {activation = #lle.activation<relu>, bias = dense<2> : tensor<3xi32>, cum_error = false
lle.network @sigma_delta(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  %z = spk.fixed_sigma_delta "sdn" %x loihi {activation = #lle.activation<relu>, bias = dense<2> : tensor<3xi32>,
    cum_error = false, spike_exp = 6 : i64, state_exp = 6 : i64, v_threshold = dense<13> : tensor<3xi32>}
    : tensor<3xsi32>
  lle.output
}

// CHECK-LABEL: lle.network @sigma
// CHECK: spk.fixed_sigma "out" %arg0 loihi {weight_exp = 1 : i64} : tensor<3xsi32>
lle.network @sigma(%x: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  %y = spk.fixed_sigma "out" %x loihi {weight_exp = 1 : i64} : tensor<3xsi32>
  lle.output
}

// CHECK-LABEL: lle.network @rf
// CHECK: spk.fixed_rf "rf" %arg0, %arg1 loihi {decay_cos = dense<3000> : tensor<3xi32>, decay_sin = dense<2500> : tensor<3xi32>, resonator = #spk.resonator<phase>, v_threshold = dense<64> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
lle.network @rf(%x: tensor<3xsi32>, %y: tensor<3xsi32>) attributes {dt = 1.0 : f64} {
  %z = spk.fixed_rf "rf" %x, %y loihi {decay_cos = dense<3000> : tensor<3xi32>, decay_sin = dense<2500> : tensor<3xi32>,
    resonator = #spk.resonator<phase>, v_threshold = dense<64> : tensor<3xi32>} : tensor<3xsi32> -> tensor<3xi1>
  lle.output
}

// CHECK-LABEL: lle.network @few_spike
// CHECK: spk.few_spike %arg0 gt {amplitude = dense<[2.000000e+00, 1.000000e+00, 5.000000e-01]> : tensor<3xf32>
lle.network @few_spike(%x: tensor<4xf32>) attributes {dt = 1.0 : f64} {
  %y = spk.few_spike %x gt {amplitude = dense<[2.000000e+00, 1.000000e+00, 5.000000e-01]> : tensor<3xf32>,
    decrement = dense<[2.000000e+00, 1.000000e+00, 5.000000e-01]> : tensor<3xf32>,
    v_threshold = dense<[2.000000e+00, 1.000000e+00, 5.000000e-01]> : tensor<3xf32>} : tensor<4xf32>
  lle.output
}

// CHECK-LABEL: lle.network @few_spike_coder
// CHECK: spk.few_spike_coder "fs" %arg0 gt {amplitude = dense<[2.000000e+00, 1.000000e+00, 5.000000e-01]> : tensor<3xf32>
lle.network @few_spike_coder(%x: tensor<4xf32>) attributes {dt = 1.0 : f64} {
  %y = spk.few_spike_coder "fs" %x gt {amplitude = dense<[2.000000e+00, 1.000000e+00, 5.000000e-01]> : tensor<3xf32>,
    decrement = dense<[2.000000e+00, 1.000000e+00, 5.000000e-01]> : tensor<3xf32>,
    v_threshold = dense<[2.000000e+00, 1.000000e+00, 5.000000e-01]> : tensor<3xf32>} : tensor<4xf32>
  lle.output
}

// CHECK-LABEL: lle.network @glif
// CHECK: spk.glif "glif" %arg0 ge {alpha = dense<5.000000e-01> : tensor<3xf32>
lle.network @glif(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %z = spk.glif "glif" %x ge {alpha = dense<5.000000e-01> : tensor<3xf32>, beta = dense<5.000000e-01> : tensor<3xf32>,
    conductance = dense<[5.000000e-01, 2.500000e-01]> : tensor<2xf32>, gamma = dense<5.000000e-01> : tensor<3xf32>,
    linear_decay = dense<1.250000e-01> : tensor<3xf32>, tau = dense<2.500000e-01> : tensor<3xf32>,
    v_subreset = dense<5.000000e-01> : tensor<3xf32>, v_threshold = dense<5.000000e-01> : tensor<3xf32>}
    : tensor<3xf32> -> tensor<3xi1>
  lle.output
}
