// RUN: lle-opt %s --lle-materialize-state | FileCheck %s

// A delay of one step is a register: the step gives what the state held, and the input becomes the state.
// CHECK-LABEL: func.func @hold_init(
// CHECK-SAME: %[[V:.*]]: tensor<4xf32>)
// CHECK: %[[TWO:.*]] = arith.constant 2.000000e+00 : f32
// CHECK: linalg.fill ins(%[[TWO]] : f32) outs(%[[V]] : tensor<4xf32>)

// CHECK-LABEL: func.func @hold_step(
// CHECK-SAME: %[[X:[^:]*]]: tensor<4xf32> {bufferization.writable = false, lle.kind = "input", lle.port = "input0"
// CHECK-SAME: tensor<4xf32> {lle.kind = "output", lle.port = "output0"
// CHECK-SAME: %[[S:[^:]*]]: tensor<4xf32> {lle.kind = "state", lle.node = "hold", lle.offset = 0 : i64, {{.*}}lle.state = "value"
// CHECK-SAME: lle.destinations = array<i64: 1, 2>, lle.network = "hold", lle.state_bytes = 64 : i64
// CHECK: return %[[S]], %[[X]] :
lle.network @hold(%x: tensor<4xf32>) -> tensor<4xf32> attributes {dt = 1.0e-3 : f64} {
  %y = lle.delay "hold" %x {initial = 2.0 : f64, steps = dense<1> : tensor<4xi64>} : tensor<4xf32>
  lle.output %y : tensor<4xf32>
}

// A longer delay is a ring of slots and the number of the next one.
// CHECK-LABEL: func.func @ring_step(
// CHECK-SAME: tensor<3x4xf32> {lle.kind = "state", lle.node = "ring", lle.offset = 0 : i64, {{.*}}lle.state = "buffer"
// CHECK-SAME: tensor<1xi32> {lle.kind = "state", lle.node = "ring", lle.offset = 64 : i64, {{.*}}lle.state = "head"
// CHECK: tensor.extract_slice
// CHECK: tensor.insert_slice
lle.network @ring(%x: tensor<4xf32>) -> tensor<4xf32> attributes {dt = 1.0e-3 : f64} {
  %y = lle.delay "ring" %x {initial = 0.0 : f64, steps = dense<3> : tensor<4xi64>} : tensor<4xf32>
  lle.output %y : tensor<4xf32>
}
