// Without vectors, what only neurons need that fire is behind a branch: the division that counts their spikes, the reset,
// and their bit. With vectors all of it is selected.
// RUN: lle-opt %s --lle-materialize-state="lanes=1" | FileCheck %s
// RUN: lle-opt %s --lle-materialize-state="lanes=8 registers=32 simd=avx2" | FileCheck %s --check-prefix=VECTOR
// VECTOR-NOT: scf.if
// VECTOR-NOT: llvm.intr.expect

// CHECK-LABEL: func.func @counts_step(
// CHECK: %[[FIRED:.*]] = arith.cmpf oge, %[[V:[^,]*]],
// CHECK: scf.if %[[FIRED]] -> (f32, f32) {
// CHECK: arith.divf %[[V]],
// CHECK: } else {
// CHECK: scf.yield %{{.*}}, %[[V]] : f32, f32
// CHECK: arith.fptosi
lle.network @counts(%x: tensor<40xf32>) -> tensor<40xsi8> attributes {dt = 1.0e-3 : f64} {
  %z = spk.if "a" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = ge, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 9>
    {v_init = dense<0.0> : tensor<40xf32>, v_threshold = dense<1.0> : tensor<40xf32>} : tensor<40xf32> -> tensor<40xsi8>
  lle.output %z : tensor<40xsi8>
}

// CHECK-LABEL: func.func @bits_step(
// CHECK: %[[ABOVE:.*]] = arith.cmpf ogt, %[[V:[^,]*]],
// CHECK: %[[SELDOM:.*]] = llvm.intr.expect %[[ABOVE]], %false
// CHECK: scf.if %[[SELDOM]] -> (f32) {
// CHECK: arith.subf %[[V]],
// CHECK: scf.if %{{.*}} -> (i32) {
// CHECK: arith.ori
lle.network @bits(%x: tensor<2x4x8xf32>) -> tensor<1x2x2xf32> attributes {dt = 1.0e-3 : f64} {
  %z = spk.if "a" %x dynamics<integrator = euler, order = decay_first, gain = unit, scale = membrane>
    firing<compare = gt, reset = subtract, when = same_step, emit = updated, scope = membrane, max_spikes = 1>
    {v_init = dense<0.0> : tensor<2x4x8xf32>, v_threshold = dense<1.0> : tensor<2x4x8xf32>} : tensor<2x4x8xf32> -> tensor<2x4x8xi1>
  %w = lle.weight dense<0.5> : tensor<1x2x1x1xf32>
  %b = lle.weight dense<0.0> : tensor<1xf32>
  %y = lle.conv2d %z, %w, %b {stride = array<i64: 2, 4>, padding = array<i64: 0, 0>, dilation = array<i64: 1, 1>, groups = 1 : i64,
    lle.synapse = "event"} : (tensor<2x4x8xi1>, tensor<1x2x1x1xf32>, tensor<1xf32>) -> tensor<1x2x2xf32>
  lle.output %y : tensor<1x2x2xf32>
}
