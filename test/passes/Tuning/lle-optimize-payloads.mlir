// A population that sends several spikes in a step sends a bit where the metric holds: code for bits is faster.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; np.save("%t/x.npy", np.random.default_rng(0).normal(0.1, 0.5, (64, 20, 2)))'
// DEFINE: %{optimize} = lle-opt %s --lle-optimize="dataset=%t/x.npy passes=lle-allocate-bits max-drop=0.1 goals=latency:1
// RUN: %{optimize} target=stm32l4r5" | FileCheck %s
// RUN: %{optimize} target=sapphire-rapids" | FileCheck %s
// CHECK: moves = ["lle-allocate-bits{repairs=0 widths=16{{( state-widths=8,16)?}} payload-widths=1,8,16 min-accuracy=0.9}"]
// CHECK: spk.lif "first"{{.*}}max_spikes = 1>
lle.network @payloads(%x: tensor<2xf32>) -> tensor<4xi1> attributes {dt = 1.0e-03 : f64, steps = 20 : i64} {
  %w = lle.weight dense<[[-0.52, 0.09], [-0.26, 0.21], [0.25, -0.87], [-0.97, 0.67], [-0.48, -0.53], [0.99, -0.06], [0.67, -0.05], [0.28, -0.70],
                         [0.27, 0.74], [0.05, 0.48], [0.34, -0.87], [0.52, 0.18], [-0.40, -0.94], [0.73, -0.05], [0.44, 0.76], [0.43, 0.84]]> : tensor<16x2xf32>
  %y = lle.linear %x, %w : (tensor<2xf32>, tensor<16x2xf32>) -> tensor<16xf32>
  %first = spk.lif "first" %y dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 9>
    {decay = dense<0.9> : tensor<16xf32>, v_init = dense<0.0> : tensor<16xf32>, v_threshold = dense<1.0> : tensor<16xf32>}
    : tensor<16xf32> -> tensor<16xsi16>
  %v = lle.weight dense<[[-0.52, 0.09, -0.26, 0.21, 0.25, -0.87, -0.97, 0.67, -0.48, -0.53, 0.99, -0.06, 0.67, -0.05, 0.28, -0.70],
                         [0.27, 0.74, 0.05, 0.48, 0.34, -0.87, 0.52, 0.18, -0.40, -0.94, 0.73, -0.05, 0.44, 0.76, 0.43, 0.84],
                         [0.52, -0.18, 0.40, 0.94, -0.73, 0.05, 0.44, -0.76, 0.43, 0.84, -0.27, 0.74, 0.05, -0.48, 0.34, 0.87],
                         [0.26, 0.21, 0.25, 0.87, -0.97, 0.67, -0.48, 0.53, 0.99, 0.06, 0.67, 0.05, 0.28, 0.70, -0.52, 0.09]]> : tensor<4x16xf32>
  %u = lle.linear %first, %v : (tensor<16xsi16>, tensor<4x16xf32>) -> tensor<4xf32>
  %last = spk.lif "last" %u dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.9> : tensor<4xf32>, v_init = dense<0.0> : tensor<4xf32>, v_threshold = dense<0.5> : tensor<4xf32>}
    : tensor<4xf32> -> tensor<4xi1>
  lle.output %last : tensor<4xi1>
}
