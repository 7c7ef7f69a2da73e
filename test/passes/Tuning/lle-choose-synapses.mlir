// RUN: split-file %s %t
// RUN: lle-opt %t/two.mlir --lle-choose-synapses | FileCheck %t/two.mlir --check-prefixes=CHECK,AUTO
// RUN: lle-opt %t/two.mlir --lle-choose-synapses=kernel=dense | FileCheck %t/two.mlir --check-prefixes=CHECK,DENSE
// RUN: lle-opt %t/two.mlir --lle-choose-synapses=kernel=event | FileCheck %t/two.mlir --check-prefixes=CHECK,EVENT
// RUN: lle-opt %t/assumed.mlir --lle-choose-synapses --remarks-filter=synapses --remark-policy=all -o %t/out.mlir 2>&1 | FileCheck %t/assumed.mlir --check-prefix=REMARK
// RUN: FileCheck %t/assumed.mlir < %t/out.mlir
// RUN: lle-opt %t/assumed.mlir --lle-choose-synapses=assumed-activity=0.95 | FileCheck %t/assumed.mlir --check-prefix=BUSY
// RUN: lle-opt %t/device.mlir --lle-choose-synapses | FileCheck %t/device.mlir
// RUN: lle-opt %t/errors.mlir --lle-choose-synapses -split-input-file -verify-diagnostics
// RUN: not lle-opt %t/two.mlir --lle-choose-synapses=assumed-activity=1.5 2>&1 | FileCheck %s --check-prefix=ASSUMED
// ASSUMED: error: lle-choose-synapses: assumed-activity must be from 0 to 1, got 1.5

//--- two.mlir
// CHECK: lle.linear %{{.*}} {lle.activity = 2.000000e-02 : f64,
// AUTO-SAME: lle.synapse = "event"
// DENSE-SAME: lle.synapse = "dense"
// EVENT-SAME: lle.synapse = "event"
// CHECK: lle.linear %{{.*}} {lle.activity = 1.000000e+00 : f64,
// AUTO-SAME: lle.synapse = "dense"
// DENSE-SAME: lle.synapse = "dense"
// EVENT-SAME: lle.synapse = "event"
lle.network @two(%x: tensor<64xi1>, %y: tensor<64xf32>) -> tensor<16xf32> attributes {dt = 1.000000e-03 : f64} {
  %w = lle.weight dense<5.000000e-01> : tensor<16x64xf32>
  %a = lle.linear %x, %w {lle.activity = 2.000000e-02 : f64} : (tensor<64xi1>, tensor<16x64xf32>) -> tensor<16xf32>
  %b = lle.linear %y, %w {lle.activity = 1.000000e+00 : f64} : (tensor<64xf32>, tensor<16x64xf32>) -> tensor<16xf32>
  %c = lle.add %a, %b : (tensor<16xf32>, tensor<16xf32>) -> tensor<16xf32>
  lle.output %c : tensor<16xf32>
}

//--- assumed.mlir
// Nothing was measured: the input and what pooling makes of spikes are taken to be sparse, what a synapse delivers is
// not. The last one keeps what it says.
// CHECK: lle.synapse = "event", name = "conv"
// BUSY: lle.synapse = "dense", name = "conv"
// REMARK: remark: [Analysis] Event | Category:synapses | Activity=1.000000e-01, ChosenBy=cost, {{.*}}Evidence=assumed, Synapse=conv
// CHECK: lle.synapse = "event", name = "after_pool"
// REMARK: remark: [Analysis] Event | Category:synapses | Activity=1.000000e-01, ChosenBy=cost, {{.*}}Evidence=assumed, Synapse=after_pool
// CHECK: lle.synapse = "dense", name = "after_synapse"
// REMARK: remark: [Analysis] Dense | Category:synapses | Activity=1.000000e+00, ChosenBy=cost, {{.*}}Evidence=assumed, Synapse=after_synapse
// CHECK: lle.synapse = "event", name = "told"
// REMARK: remark: [Analysis] Event | Category:synapses | Activity=9.990000e-01, ChosenBy=attribute, {{.*}}Evidence=measured, Synapse=told
lle.network @assumed(%x: tensor<2x8x8xi1>) -> tensor<4xf32> attributes {dt = 1.000000e-03 : f64} {
  %k = lle.weight dense<2.500000e-01> : tensor<4x2x3x3xf32>
  %kb = lle.weight dense<0.000000e+00> : tensor<4xf32>
  %c = lle.conv2d %x, %k, %kb {name = "conv", dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "same",
    stride = array<i64: 1, 1>} : (tensor<2x8x8xi1>, tensor<4x2x3x3xf32>, tensor<4xf32>) -> tensor<4x8x8xf32>
  %s = spk.threshold %c ge dense<1.000000e+00> : tensor<4x8x8xf32> : tensor<4x8x8xf32> -> tensor<4x8x8xi1>
  %p = lle.sum_pool2d %s {kernel = array<i64: 4, 4>, padding = array<i64: 0, 0>, stride = array<i64: 4, 4>}
    : (tensor<4x8x8xi1>) -> tensor<4x2x2xf32>
  %f = lle.flatten %p {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<4x2x2xf32>) -> tensor<16xf32>
  %w1 = lle.weight dense<2.500000e-01> : tensor<64x16xf32>
  %a = lle.linear %f, %w1 {name = "after_pool"} : (tensor<16xf32>, tensor<64x16xf32>) -> tensor<64xf32>
  %w2 = lle.weight dense<2.500000e-01> : tensor<4x64xf32>
  %b = lle.linear %a, %w2 {name = "after_synapse"} : (tensor<64xf32>, tensor<4x64xf32>) -> tensor<4xf32>
  %w3 = lle.weight dense<2.500000e-01> : tensor<4x4xf32>
  %d = lle.linear %b, %w3 {name = "told", lle.activity = 9.990000e-01 : f64, lle.synapse = "event"}
    : (tensor<4xf32>, tensor<4x4xf32>) -> tensor<4xf32>
  lle.output %d : tensor<4xf32>
}

//--- device.mlir
// A machine on which a word of events costs as much as 64 elements and an event nothing: dense wins at once.
// CHECK: lle.linear
// CHECK-SAME: lle.synapse = "dense"
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" = #dlti.target_device_spec<
    "vector_lanes" = 4 : i64,
    "synapse_cycles" = {far_vector = 7.0 : f64, cache_bytes = 1048576.0 : f64,
      linear_spikes = {dense_element = 1.0 : f64, dense_vector = 0.0 : f64, event_word = 65.0 : f64,
                       event_element = 0.0 : f64, event_vector = 0.0 : f64, event_branch = 0.0 : f64},
      linear_numbers = {dense_element = 1.0 : f64, dense_vector = 0.0 : f64, event_word = 0.0 : f64,
                        event_element = 0.0 : f64, event_vector = 0.0 : f64, event_branch = 0.0 : f64},
      conv_spikes = {dense_element = 1.0 : f64, dense_vector = 0.0 : f64, event_word = 0.0 : f64,
                     event_element = 0.0 : f64, event_vector = 0.0 : f64, event_branch = 0.0 : f64},
      conv_numbers = {dense_element = 1.0 : f64, dense_vector = 0.0 : f64, event_word = 0.0 : f64,
                      event_element = 0.0 : f64, event_vector = 0.0 : f64, event_branch = 0.0 : f64}}>>} {
  lle.network @n(%x: tensor<64xi1>) -> tensor<4xf32> attributes {dt = 1.000000e-03 : f64} {
    %w = lle.weight dense<5.000000e-01> : tensor<4x64xf32>
    %y = lle.linear %x, %w {lle.activity = 0.000000e+00 : f64} : (tensor<64xi1>, tensor<4x64xf32>) -> tensor<4xf32>
    lle.output %y : tensor<4xf32>
  }
}

//--- errors.mlir
lle.network @activity(%x: tensor<4xi1>) -> tensor<4xf32> attributes {dt = 1.000000e-03 : f64} {
  %w = lle.weight dense<5.000000e-01> : tensor<4x4xf32>
  // expected-error @below {{'lle.linear' op 'lle.activity' must be a fraction from 0 to 1, got 1.500000e+00 : f64}}
  %y = lle.linear %x, %w {lle.activity = 1.500000e+00 : f64} : (tensor<4xi1>, tensor<4x4xf32>) -> tensor<4xf32>
  lle.output %y : tensor<4xf32>
}

// -----

lle.network @kernel(%x: tensor<4xi1>) -> tensor<4xf32> attributes {dt = 1.000000e-03 : f64} {
  %w = lle.weight dense<5.000000e-01> : tensor<4x4xf32>
  // expected-error @below {{'lle.linear' op 'lle.synapse' must be "event" or "dense", got "sparse"}}
  %y = lle.linear %x, %w {lle.synapse = "sparse"} : (tensor<4xi1>, tensor<4x4xf32>) -> tensor<4xf32>
  lle.output %y : tensor<4xf32>
}

// -----

// expected-error @below {{'synapse_cycles' needs 'cache_bytes', a finite number that is not negative}}
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" = #dlti.target_device_spec<
    "synapse_cycles" = {far_vector = 7.0 : f64, cache_bytes = -1.0 : f64}>>} {
  lle.network @n(%x: tensor<4xi1>) -> tensor<4xf32> attributes {dt = 1.000000e-03 : f64} {
    %w = lle.weight dense<5.000000e-01> : tensor<4x4xf32>
    %y = lle.linear %x, %w : (tensor<4xi1>, tensor<4x4xf32>) -> tensor<4xf32>
    lle.output %y : tensor<4xf32>
  }
}

// -----

// expected-error @below {{'synapse_cycles' needs 'linear_spikes.dense_element', a finite number that is not negative}}
module attributes {dlti.target_system_spec = #dlti.target_system_spec<"CPU" = #dlti.target_device_spec<
    "synapse_cycles" = {far_vector = 7.0 : f64, cache_bytes = 1.0 : f64}>>} {
  lle.network @n(%x: tensor<4xi1>) -> tensor<4xf32> attributes {dt = 1.000000e-03 : f64} {
    %w = lle.weight dense<5.000000e-01> : tensor<4x4xf32>
    %y = lle.linear %x, %w : (tensor<4xi1>, tensor<4x4xf32>) -> tensor<4xf32>
    lle.output %y : tensor<4xf32>
  }
}
