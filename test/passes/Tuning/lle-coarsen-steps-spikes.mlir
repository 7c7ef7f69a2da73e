// What a spike means behind a population, through what has no weights, and where it cannot be said.
// RUN: lle-opt %s --split-input-file --pass-pipeline='builtin.module(lle.network(lle-coarsen-steps{factor=4}))' | FileCheck %s

// A pool passes spikes on; the weights behind it are divided, its bias is not.
// CHECK-LABEL: lle.network @pooled
// CHECK-DAG: lle.weight dense<2.500000e-01> : tensor<1x4xf32>
// CHECK-DAG: lle.weight dense<3.000000e+00> : tensor<1xf32>
// CHECK-NOT: lle.scale
lle.network @pooled(%x: tensor<1x4x4xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64} {
  %w = lle.weight dense<1.000000e+00> : tensor<1x4xf32>
  %b = lle.weight dense<3.000000e+00> : tensor<1xf32>
  %z = spk.if "if" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.000000e+00> : tensor<1x4x4xf32>, v_threshold = dense<1.000000e+00> : tensor<1x4x4xf32>}
    : tensor<1x4x4xf32> -> tensor<1x4x4xi1>
  %p = lle.sum_pool2d %z {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<1x4x4xi1>) -> tensor<1x2x2xf32>
  %f = lle.flatten %p {end_dim = 2 : i64, start_dim = 0 : i64} : (tensor<1x2x2xf32>) -> tensor<4xf32>
  %y = lle.affine %f, %w, %b : (tensor<4xf32>, tensor<1x4xf32>, tensor<1xf32>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}

// -----

// Of a threshold without state there were four spikes: its weights stay.
// CHECK-LABEL: lle.network @relay
// CHECK: lle.weight dense<1.000000e+00> : tensor<1x2xf32>
lle.network @relay(%x: tensor<2xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64} {
  %w = lle.weight dense<1.000000e+00> : tensor<1x2xf32>
  %z = spk.threshold %x ge dense<1.000000e+00> : tensor<2xf32> : tensor<2xf32> -> tensor<2xi1>
  %y = lle.linear %z, %w : (tensor<2xi1>, tensor<1x2xf32>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}

// -----

// A liquid cell gets four times the elapsed time, and the sums of what the recording says.
// CHECK-LABEL: lle.network @liquid
// CHECK-SAME: %{{.*}}: tensor<1xf32>, %{{.*}}: tensor<1xf32> {lle.downsample_by = "sum"}
// CHECK: ltc.ctrnn_cell{{.*}}elapsed = 2.000000e+00 : f64
lle.network @liquid(%x: tensor<1xf32>, %t: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.000000e+00 : f64} {
  %v = ltc.ctrnn_cell "ctrnn" %x elapsed %t {activation = #lle.activation<tanh>, unfolds = 2 : i64,
      elapsed = 5.000000e-01 : f64, tau = dense<1.000000e+00> : tensor<1xf32>, w_in = dense<2.500000e-01> : tensor<1x1xf32>,
      w_rec = dense<5.000000e-01> : tensor<1x1xf32>, bias = dense<1.000000e-01> : tensor<1xf32>}
    : (tensor<1xf32>, tensor<1xf32>) -> tensor<1xf32>
  lle.output %v : tensor<1xf32>
}

// -----

// CHECK-LABEL: lle.network @late
// CHECK: lle.delay{{.*}}steps = dense<2> : tensor<1xi64>
lle.network @late(%x: tensor<1xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64} {
  %y = lle.delay "late" %x {initial = 0.000000e+00 : f64, steps = dense<8> : tensor<1xi64>} : tensor<1xf32>
  lle.output %y : tensor<1xf32>
}
