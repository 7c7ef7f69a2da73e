// States of spiking populations: 8 or 16 bits where a budget asks for it, 32 where they are stored as they are computed.
// RUN: rm -rf %t && mkdir %t
// RUN: %python -c 'import numpy as np; np.save("%t/x.npy", np.random.default_rng(0).normal(0.1, 0.5, (256, 50, 4)))'
// DEFINE: %{run} = lle-opt %s --lle-allocate-bits="dataset=%t/x.npy metric=mse

// 16 weights of 16 bits with four scales take 48 bytes. Of 8 bytes left, v of the four neurons gets 16 bits.
// RUN: %{run} widths=16 state-widths=8,16 max-bytes=56" | FileCheck %s --check-prefix=SIXTEEN
// SIXTEEN: lle.bits = {{.*}}packed_bytes = 48 : i64,{{.*}}state_bytes = 8 : i64}
// SIXTEEN: lle.state_types = {v = !quant.uniform<i16:f32, {{[0-9.E-]+(:-?[0-9]+)?}}>}
// RUN: %{run} widths=16 state-widths=8,16 max-bytes=55" | FileCheck %s --check-prefix=EIGHT
// EIGHT: state_bytes = 4 : i64}
// EIGHT: lle.state_types = {v = !quant.uniform<i8:f32, {{[0-9.E-]+(:-?[0-9]+)?}}>}
// RUN: %{run} widths=16 state-widths=8 max-bytes=64" | FileCheck %s --check-prefix=AS-IT-IS
// AS-IT-IS: state_bytes = 16 : i64}
// AS-IT-IS-NOT: lle.state_types
// RUN: not %{run} widths=16 state-widths=8,16 max-bytes=51" 2>&1 | FileCheck %s --check-prefix=LEAST
// LEAST: error: lle-allocate-bits: max-bytes of 51 is less than the narrowest widths take, which is 52

// The memory of a target is that of the states as they are stored: weights 64, which stay floats, the largest result 16,
// and 8 or 4.
// RUN: %{run} widths=16 state-widths=8,16 target=stm32l4r5 max-memory-kb=0.086" | FileCheck %s --check-prefix=SIXTEEN
// RUN: %{run} widths=16 state-widths=8,16 target=stm32l4r5 max-memory-kb=0.083" | FileCheck %s --check-prefix=EIGHT
// RUN: %{run} widths=16 state-widths=8 target=stm32l4r5 max-memory-kb=0.083" | lle-opt --lle-estimate-cost="target=stm32l4r5 report=%t/cost.txt" -o %t/ignored
// RUN: FileCheck %s --check-prefix=COST < %t/cost.txt
// COST: RAM 20 bytes

// Without widths of states these stay as they are.
// RUN: %{run} widths=16 max-bytes=56" | FileCheck %s --check-prefix=WITHOUT
// WITHOUT-NOT: state_bytes
// WITHOUT-NOT: lle.state_types

// RUN: not %{run} state-widths=4" 2>&1 | FileCheck %s --check-prefix=WIDTH
// WIDTH: error: lle-allocate-bits: state-widths must be 8 or 16, got 4
// RUN: not %{run} state-widths=8 mean-bits=16" 2>&1 | FileCheck %s --check-prefix=MEAN
// MEAN: error: lle-allocate-bits: mean-bits is of weights alone: with state-widths say max-bytes or max-memory-kb
// RUN: not %{run} state-widths=8 target=loihi2 widths=8" 2>&1 | FileCheck %s --check-prefix=CHIP
// CHIP: error: lle-allocate-bits: the target 'loihi2' keeps states in a form of its own: state-widths are of native code
lle.network @states(%x: tensor<4xf32>) -> tensor<4xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[0.73, -0.21, 0.05, 0.37], [0.11, 0.92, -0.48, 0.29], [-0.33, 0.17, 0.61, -0.09],
                         [0.41, -0.77, 0.23, 0.58]]> : tensor<4x4xf32>
  %y = lle.linear %x, %w : (tensor<4xf32>, tensor<4x4xf32>) -> tensor<4xf32>
  %z = spk.lif "lif" %y dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.9> : tensor<4xf32>, v_init = dense<0.0> : tensor<4xf32>, v_threshold = dense<0.5> : tensor<4xf32>}
    : tensor<4xf32> -> tensor<4xi1>
  lle.output %z : tensor<4xi1>
}
