// RUN: lle-opt %s --spk-to-neuro=target=spinnaker2 | FileCheck %s

// Parameters are f32, those that are 0 are left out; weights of f32 that are whole become integers, and a port of f32
// sends whole numbers. The window adds up two neurons.
// CHECK-LABEL: neuro.map @net target "spinnaker2"
// CHECK: neuro.input @x "x" : tensor<2xsi32>
// CHECK: neuro.population @fast cuba_lif start 1
// CHECK-SAME: parameters = {decay_v = dense<1.000000e+00> : tensor<1x2x1xf32>, v_reset = dense<-2.000000e+00> : tensor<1x2x1xf32>, v_threshold = dense<7.500000e+00> : tensor<1x2x1xf32>}} : tensor<1x2x1xi1>
// CHECK: neuro.population @slow cuba_lif start 2
// CHECK-SAME: parameters = {bias = dense<2.500000e-01> : tensor<1x1x1xf32>, decay_i = dense<5.000000e-01> : tensor<1x1x1xf32>, decay_v = dense<8.750000e-01> : tensor<1x1x1xf32>, v_threshold = dense<3.000000e+00> : tensor<1x1x1xf32>}, subtract} : tensor<1x1x1xi1>
// CHECK: neuro.synapses @x -> @fast {{.*}} weights = dense<[127, -3, 5, 1]> : tensor<4xi16>
// CHECK: neuro.synapses @fast -> @slow {{.*}} weights = dense<1> : tensor<1xi16>
lle.network @net(%x: tensor<2xf32> {lle.name = "x"}) -> (tensor<1x1x1xi1> {lle.name = "y"}) attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[127.0, 5.0], [-3.0, 1.0]]> : tensor<2x2xf32>
  %i = lle.linear %x, %w : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2xf32>
  %c = lle.reshape %i : (tensor<2xf32>) -> tensor<1x2x1xf32>
  %a = spk.lif "fast" %c dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = to_value, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {bias = dense<0.0> : tensor<1x2x1xf32>, decay = dense<1.0> : tensor<1x2x1xf32>, v_init = dense<0.0> : tensor<1x2x1xf32>,
     v_reset = dense<-2.0> : tensor<1x2x1xf32>, v_threshold = dense<7.5> : tensor<1x2x1xf32>} : tensor<1x2x1xf32> -> tensor<1x2x1xi1>
  %p = lle.sum_pool2d %a {kernel = array<i64: 2, 1>, padding = array<i64: 0, 0>, stride = array<i64: 2, 1>} : (tensor<1x2x1xi1>) -> tensor<1x1x1xf32>
  %y = spk.cuba_lif "slow" %p dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {bias = dense<0.25> : tensor<1x1x1xf64>, decay_mem = dense<0.875> : tensor<1x1x1xf32>, decay_syn = dense<0.5> : tensor<1x1x1xf32>,
     v_init = dense<0.0> : tensor<1x1x1xf32>, v_threshold = dense<3.0> : tensor<1x1x1xf32>} : tensor<1x1x1xf32> -> tensor<1x1x1xi1>
  lle.output %y : tensor<1x1x1xi1>
}
