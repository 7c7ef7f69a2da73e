// What the description shows.
// RUN: rm -rf %t && mkdir %t && %python -c 'import numpy as np; x = np.zeros((2, 8, 2)); x[0, :, 0] = x[1, :, 1] = 1; np.save("%t/x.npy", x)'
// RUN: lle-opt %s --spk-select-neurons="dataset=%t/x.npy" --remarks-filter=neurons 2>&1 | FileCheck %s
// CHECK: remark{{.*}}Selected{{.*}}Delay=1{{.*}}, From=spk.cuba_lif, Metric=1{{.*}}, Model=spk.lif, Neurons=2, Node=lif
// CHECK: lle.network @smooth{{.*}}spk.neurons = {after = 1.000000e+00 : f64, before = 1.000000e+00 : f64, dataset = "x.npy", engine = "native", metric = "accuracy", samples = 2 : i64, states_after = 2 : i64, states_before = 4 : i64}
// CHECK: spk.lif "lif" %arg0 dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
// CHECK-SAME: firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
// CHECK-SAME: decay = dense<0.66666666666666663> : tensor<2xf64>, spk.delay_share = 1.000000e+00 : f64, spk.selected_from = "spk.cuba_lif"
// CHECK-SAME: v_threshold = dense<0.7{{4999|5}}{{[0-9]*}}> : tensor<2xf64>
lle.network @smooth(%x: tensor<2xf32>) -> tensor<2xi1> attributes {dt = 1.000000e-03 : f64} {
  %z = spk.cuba_lif "lif" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = to_value, when = same_step, emit = updated, scope = all, max_spikes = 1>
    {decay_mem = dense<5.000000e-01> : tensor<2xf32>, decay_syn = dense<5.000000e-01> : tensor<2xf32>,
     v_init = dense<0.000000e+00> : tensor<2xf32>, v_reset = dense<0.000000e+00> : tensor<2xf32>,
     v_threshold = dense<1.000000e+00> : tensor<2xf32>} : tensor<2xf32> -> tensor<2xi1>
  lle.output %z : tensor<2xi1>
}
