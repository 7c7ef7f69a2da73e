// A state in few bits is read and written in them, and takes two more updates: to make a float of it, and to store it.
// RUN: lle-opt %s --lle-estimate-cost="target=stm32l4r5" | FileCheck %s
lle.network @states(%x: tensor<4xf32>) -> (tensor<4xi1>, tensor<4xi1>) attributes {dt = 1.0e-03 : f64} {
  // CHECK: spk.lif "float" {{.*}}bytes_read = 3.200000e+01 : f64, bytes_written = 2.000000e+01 : f64, {{.*}}state_updates = 4.000000e+00 : f64
  %a = spk.lif "float" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.9> : tensor<4xf32>, v_init = dense<0.0> : tensor<4xf32>, v_threshold = dense<0.5> : tensor<4xf32>}
    : tensor<4xf32> -> tensor<4xi1>
  // CHECK: spk.lif "narrow" {{.*}}bytes_read = 2.000000e+01 : f64, bytes_written = 8.000000e+00 : f64, {{.*}}state_updates = 1.200000e+01 : f64
  %b = spk.lif "narrow" %x dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.9> : tensor<4xf32>, v_init = dense<0.0> : tensor<4xf32>, v_threshold = dense<0.5> : tensor<4xf32>,
     lle.state_types = {v = !quant.uniform<i8:f32, 6.25e-02>}}
    : tensor<4xf32> -> tensor<4xi1>
  lle.output %a, %b : tensor<4xi1>, tensor<4xi1>
}
