// What the description shows.
// RUN: lle-opt %s --pass-pipeline='builtin.module(lle.network(lle-coarsen-steps))' | FileCheck %s
// CHECK: lle.network @fine{{.*}}dt = 2.000000e-03 : f64, lle.downsample = 2 : i64, steps = 4 : i64}
// CHECK: spk.lif{{.*}}decay = dense<2.500000e-01> : tensor<2xf64>{{.*}}v_threshold = dense<2.000000e+00> : tensor<2xf64>
// CHECK: lle.weight dense<{{\[\[}}5.000000e-01, -5.000000e-01]]> : tensor<1x2xf32>
lle.network @fine(%x: tensor<2xf32>) -> tensor<1xf32> attributes {dt = 1.000000e-03 : f64, steps = 8 : i64} {
  %w = lle.weight dense<[[1.000000e+00, -1.000000e+00]]> : tensor<1x2xf32>
  %z = spk.lif "lif" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<5.000000e-01> : tensor<2xf32>, v_init = dense<0.000000e+00> : tensor<2xf32>,
     v_threshold = dense<3.000000e+00> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  %y = lle.linear %z, %w : (tensor<2xi1>, tensor<1x2xf32>) -> tensor<1xf32>
  lle.output %y : tensor<1xf32>
}
