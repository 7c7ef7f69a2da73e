// What populations send in a step: a bit where a budget or the metric leaves no more, else as few bits as hold it.
// RUN: rm -rf %t && mkdir %t
// RUN: split-file %s %t
// RUN: %python -c 'import numpy as np; np.save("%t/x.npy", np.random.default_rng(0).normal(0.1, 0.5, (256, 50, 4)))'
// DEFINE: %{bits} = --lle-allocate-bits="dataset=%t/x.npy metric=mse widths=16
// DEFINE: %{run} = lle-opt %t/several.mlir %{bits} payload-widths=1,8,16

// 32 weights of 16 bits with eight scales take 96 bytes. Four neurons that send bytes have 4 of the 8 that are left.
// No step has more than 127 spikes, so that a byte loses nothing.
// RUN: %{run} max-bytes=104" --remarks-filter=bits 2>&1 | FileCheck %s --check-prefix=EIGHT
// EIGHT: Sensitivity | Category:bits | Function=first | Bits=1, Loss={{[0-9.]+e-0[12]$}}
// EIGHT: Sensitivity | Category:bits | Function=first | Bits=8, Loss=0.000000e+00
// EIGHT: Payload | Category:bits | Function=first | Before=16, Bits=8, Elements=4, Loss=0.000000e+00
// EIGHT: lle.bits = {{.*}}packed_bytes = 96 : i64, payload_bytes = 4 : i64,
// EIGHT: spk.lif "first"{{.*}}max_spikes = 127>{{.*}} -> tensor<4xsi8>
// EIGHT: lle.delay {{.*}} : tensor<4xsi8>
// EIGHT: lle.flatten {{.*}} (tensor<4xsi8>) -> tensor<4xsi8>
// EIGHT: spk.lif "last"{{.*}}max_spikes = 100>{{.*}} -> tensor<4xsi16>

// One bit needs half a byte.
// RUN: %{run} max-bytes=99" | FileCheck %s --check-prefix=ONE
// RUN: %{run} max-drop=1000" | FileCheck %s --check-prefix=ONE
// ONE: payload_bytes = 1 : i64,
// ONE: spk.lif "first"{{.*}}max_spikes = 1>{{.*}} -> tensor<4xi1>
// ONE: lle.delay {{.*}} : tensor<4xi1>
// ONE: lle.flatten {{.*}} (tensor<4xi1>) -> tensor<4xi1>
// RUN: not %{run} max-bytes=96" 2>&1 | FileCheck %s --check-prefix=LEAST
// LEAST: error: lle-allocate-bits: max-bytes of 96 is less than the narrowest widths take, which is 97

// The metric alone: as few as keep it. Native code and the reference obey.
// RUN: %{run} max-drop=0.05" -o %t/narrow.mlir
// RUN: FileCheck %s --check-prefix=EIGHT-ALONE < %t/narrow.mlir
// EIGHT-ALONE: payload_bytes = 4 : i64,
// RUN: lle-run %t/narrow.mlir --engine=native --input=%t/x.npy --output=%t/native.npy
// RUN: lle-run %t/narrow.mlir --engine=reference --input=%t/x.npy --output=%t/reference.npy
// RUN: cmp %t/native.npy %t/reference.npy

// NIR files carry it.
// RUN: lle-translate --export-nir %t/narrow.mlir -o %t/narrow.nir
// RUN: lle-translate --import-nir %t/narrow.nir | FileCheck %s --check-prefix=NIR
// NIR: spk.lif "first"{{.*}}max_spikes = 127>{{.*}} -> tensor<4xsi8>

// Those of outputs stay, and why is said.
// RUN: %{run} max-drop=0.05" --remarks-filter=bits 2>&1 | FileCheck %s --check-prefix=OUTPUT
// OUTPUT: [Missed] Payload | Category:bits | Function=last | Bits=1, Reason={{.*}}the network's results are ('tensor<4xsi16>')

// Neurons of whole numbers, and encoders of changes.
// RUN: lle-opt %t/graded.mlir %{bits} payload-widths=1,8 max-drop=1000" | FileCheck %s --check-prefix=GRADED
// GRADED: spk.delta {{.*}} -> tensor<4xsi8>
// GRADED: spk.ilif {{.*}}max_spikes = 100 {{.*}} -> tensor<4xsi8>

// What is sent at most is not raised.
// RUN: lle-opt %t/few.mlir %{bits} payload-widths=8 max-drop=1000" | FileCheck %s --check-prefix=FEW
// FEW: spk.lif "only"{{.*}}max_spikes = 9>{{.*}} -> tensor<4xsi8>

// RUN: not lle-opt %t/binary.mlir %{bits} payload-widths=1,8 max-drop=0.1" 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: lle-allocate-bits: payload-widths: no population sends more bits in a step that can be fewer{{$}}
// RUN: not lle-opt %t/output.mlir %{bits} payload-widths=1 max-drop=0.1" 2>&1 | FileCheck %s --check-prefix=ALL-OUTPUTS
// ALL-OUTPUTS: error: lle-allocate-bits: payload-widths: no population {{.*}} fewer; 'only': {{.*}}the network's results are ('tensor<4xsi8>')
// RUN: not lle-opt %t/several.mlir %{bits} payload-widths=4" 2>&1 | FileCheck %s --check-prefix=WIDTH
// WIDTH: error: lle-allocate-bits: payload-widths must be 1, 8 or 16, got 4
// RUN: not %{run} mean-bits=16" 2>&1 | FileCheck %s --check-prefix=MEAN
// RUN: not %{run} target=stm32l4r5 max-memory-kb=1" 2>&1 | FileCheck %s --check-prefix=MEAN
// MEAN: error: lle-allocate-bits: mean-bits is of weights alone, and max-memory-kb of what lasts: with payload-widths say max-bytes, or neither
// RUN: not lle-opt %t/several.mlir --lle-allocate-bits="dataset=%t/x.npy metric=mse widths=8 payload-widths=1 target=loihi2" 2>&1 | FileCheck %s --check-prefix=CHIP
// CHIP: error: lle-allocate-bits: the target 'loihi2' sends spikes in a form of its own: payload-widths are of native code

//--- several.mlir
lle.network @several(%x: tensor<4xf32>) -> tensor<4xsi16> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[0.73, -0.21, 0.05, 0.37], [0.11, 0.92, -0.48, 0.29], [-0.33, 0.17, 0.61, -0.09],
                         [0.41, -0.77, 0.23, 0.58]]> : tensor<4x4xf32>
  %y = lle.linear %x, %w : (tensor<4xf32>, tensor<4x4xf32>) -> tensor<4xf32>
  %first = spk.lif "first" %y dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 200>
    {decay = dense<0.9> : tensor<4xf32>, v_init = dense<0.0> : tensor<4xf32>, v_threshold = dense<0.1> : tensor<4xf32>}
    : tensor<4xf32> -> tensor<4xsi16>
  %late = lle.delay "late" %first {initial = 0.0 : f64, steps = dense<1> : tensor<4xi64>} : tensor<4xsi16>
  %flat = lle.flatten %late {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<4xsi16>) -> tensor<4xsi16>
  %v = lle.weight dense<[[0.43, -0.31, 0.25, 0.17], [0.51, 0.42, -0.68, 0.19], [-0.23, 0.37, 0.21, -0.19],
                         [0.61, -0.57, 0.13, 0.28]]> : tensor<4x4xf32>
  %u = lle.linear %flat, %v : (tensor<4xsi16>, tensor<4x4xf32>) -> tensor<4xf32>
  %last = spk.lif "last" %u dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 100>
    {decay = dense<0.9> : tensor<4xf32>, v_init = dense<0.0> : tensor<4xf32>, v_threshold = dense<0.5> : tensor<4xf32>}
    : tensor<4xf32> -> tensor<4xsi16>
  lle.output %last : tensor<4xsi16>
}

//--- graded.mlir
lle.network @graded(%x: tensor<4xf32>) -> tensor<4xf32> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[0.73, -0.21, 0.05, 0.37], [0.11, 0.92, -0.48, 0.29], [-0.33, 0.17, 0.61, -0.09],
                         [0.41, -0.77, 0.23, 0.58]]> : tensor<4x4xf32>
  %d = spk.delta "changes" %x ge {cum_error = false, step = dense<0.01> : tensor<4xf32>, v_threshold = dense<0.05> : tensor<4xf32>}
    : tensor<4xf32> -> tensor<4xsi16>
  %y = lle.linear %d, %w : (tensor<4xsi16>, tensor<4x4xf32>) -> tensor<4xf32>
  %z = spk.ilif "whole" %y dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    {decay = dense<0.25> : tensor<4xf32>, max_spikes = 100 : i64, v_init = dense<0.0> : tensor<4xf32>,
     v_threshold = dense<1.0> : tensor<4xf32>} : tensor<4xf32> -> tensor<4xsi16>
  %u = lle.linear %z, %w : (tensor<4xsi16>, tensor<4x4xf32>) -> tensor<4xf32>
  lle.output %u : tensor<4xf32>
}

//--- few.mlir
lle.network @few(%x: tensor<4xf32>) -> tensor<4xf32> attributes {dt = 1.0e-3 : f64} {
  %w = lle.weight dense<0.5> : tensor<4x4xf32>
  %y = lle.linear %x, %w : (tensor<4xf32>, tensor<4x4xf32>) -> tensor<4xf32>
  %z = spk.lif "only" %y dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 9>
    {decay = dense<0.9> : tensor<4xf32>, v_init = dense<0.0> : tensor<4xf32>, v_threshold = dense<0.5> : tensor<4xf32>}
    : tensor<4xf32> -> tensor<4xsi16>
  %u = lle.linear %z, %w : (tensor<4xsi16>, tensor<4x4xf32>) -> tensor<4xf32>
  lle.output %u : tensor<4xf32>
}

//--- binary.mlir
lle.network @binary(%x: tensor<4xf32>) -> tensor<4xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<0.5> : tensor<4x4xf32>
  %y = lle.linear %x, %w : (tensor<4xf32>, tensor<4x4xf32>) -> tensor<4xf32>
  %z = spk.lif "only" %y dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {decay = dense<0.9> : tensor<4xf32>, v_init = dense<0.0> : tensor<4xf32>, v_threshold = dense<0.5> : tensor<4xf32>}
    : tensor<4xf32> -> tensor<4xi1>
  lle.output %z : tensor<4xi1>
}

//--- output.mlir
lle.network @output(%x: tensor<4xf32>) -> tensor<4xsi8> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<0.5> : tensor<4x4xf32>
  %y = lle.linear %x, %w : (tensor<4xf32>, tensor<4x4xf32>) -> tensor<4xf32>
  %z = spk.lif "only" %y dynamics<integrator = discrete, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 9>
    {decay = dense<0.9> : tensor<4xf32>, v_init = dense<0.0> : tensor<4xf32>, v_threshold = dense<0.5> : tensor<4xf32>}
    : tensor<4xf32> -> tensor<4xsi8>
  lle.output %z : tensor<4xsi8>
}
