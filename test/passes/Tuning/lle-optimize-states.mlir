// States get fewer bits where the file of the target offers them: of 256 bytes 64 are membranes.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; np.save("%t/x.npy", np.random.default_rng(0).normal(0.1, 0.5, (64, 20, 2)))'
// DEFINE: %{optimize} = lle-opt %s --lle-optimize="dataset=%t/x.npy passes=lle-allocate-bits max-drop=0.1 goals=memory:1
// RUN: %{optimize} target=stm32l4r5" | FileCheck %s
// CHECK: moves = ["lle-allocate-bits{repairs=0 widths=16 state-widths=8,16 min-accuracy=0.9}"]
// CHECK: lle.state_types = {v = !quant.uniform<i{{8|16}}:f32
// RUN: %{optimize} target=stm32l4r5 max-memory-kb=0.21" | FileCheck %s --check-prefix=BUDGET
// BUDGET: moves = ["lle-allocate-bits{repairs=0{{.*}} state-widths=8,16 min-accuracy=0.9}"]
// BUDGET: lle.state_types

// Its weights are floats there whatever bits they get, which is why this is too little.
// RUN: not %{optimize} target=stm32l4r5 max-memory-kb=0.1" 2>&1 | FileCheck %s --check-prefix=LESS
// LESS: memory binds, 0.1 KB are allowed; the nearest has accuracy {{.*}} KB; native code stores weights that are floats as floats, whatever bits they need; lle-to-fixed-point

// The machine of a server offers none.
// RUN: %{optimize} target=sapphire-rapids" | FileCheck %s --check-prefix=NONE
// NONE-NOT: state-widths
// NONE-NOT: lle.state_types
lle.network @states(%x: tensor<2xf32>) -> tensor<16xi1> attributes {dt = 1.0e-03 : f64, steps = 20 : i64} {
  %w = lle.weight dense<[[-0.52, 0.09], [-0.26, 0.21], [0.25, -0.87], [-0.97, 0.67], [-0.48, -0.53], [0.99, -0.06], [0.67, -0.05], [0.28, -0.70],
                         [0.27, 0.74], [0.05, 0.48], [0.34, -0.87], [0.52, 0.18], [-0.40, -0.94], [0.73, -0.05], [0.44, 0.76], [0.43, 0.84]]> : tensor<16x2xf32>
  %y = lle.linear %x, %w : (tensor<2xf32>, tensor<16x2xf32>) -> tensor<16xf32>
  %z = spk.lif "lif" %y dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.9> : tensor<16xf32>, v_init = dense<0.0> : tensor<16xf32>, v_threshold = dense<0.5> : tensor<16xf32>}
    : tensor<16xf32> -> tensor<16xi1>
  lle.output %z : tensor<16xi1>
}
