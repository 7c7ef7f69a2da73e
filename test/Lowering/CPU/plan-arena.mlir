// RUN: lle-opt %s --lle-plan-arena=remark --split-input-file --verify-diagnostics | FileCheck %s

// The second buffer begins when the first has ended: both have the place 0.
// CHECK-LABEL: func.func @reuse(
// CHECK-SAME: %[[ARENA:[a-z0-9]+]]: memref<128xi8> {lle.kind = "scratch"}
// CHECK-SAME: lle.scratch_bytes = 128 : i64
// CHECK: %[[A:.*]] = arith.constant 0 : index
// CHECK: memref.view %[[ARENA]]
// CHECK: %[[B:.*]] = arith.constant 0 : index
// CHECK: memref.view %[[ARENA]][%[[B]]]
func.func @reuse(%x: f32) {
  %i = arith.constant 0 : index
  %a = memref.alloc() : memref<32xf32>
  memref.store %x, %a[%i] : memref<32xf32>
  %b = memref.alloc() : memref<16xf32>
  memref.store %x, %b[%i] : memref<16xf32>
  return
}

// -----

// A buffer is needed from its first use on, not from its allocation on; one that nothing uses, nowhere else.
// CHECK-LABEL: func.func @late(
// CHECK-SAME: memref<128xi8>
func.func @late(%x: f32) {
  %i = arith.constant 0 : index
  %late = memref.alloc() : memref<32xf32>
  %unused = memref.alloc() : memref<32xf32>
  %early = memref.alloc() : memref<32xf32>
  memref.store %x, %early[%i] : memref<32xf32>
  memref.store %x, %late[%i] : memref<32xf32>
  return
}

// -----

// Without another alignment, 64 bytes. Buffers that live at the same time lie side by side, each aligned. A use through a view, inside a loop, counts.
// CHECK-LABEL: func.func @apart(
// CHECK-SAME: memref<192xi8>
// CHECK: arith.constant 0 : index
// CHECK: arith.constant 128 : index
func.func @apart(%x: f32) {
  %i = arith.constant 0 : index
  %one = arith.constant 1 : index
  %a = memref.alloc() : memref<17xf32>
  %v = memref.subview %a[1] [8] [1] : memref<17xf32> to memref<8xf32, strided<[1], offset: 1>>
  %b = memref.alloc() : memref<2xf32>
  memref.store %x, %b[%i] : memref<2xf32>
  scf.for %k = %i to %one step %one {
    memref.store %x, %v[%k] : memref<8xf32, strided<[1], offset: 1>>
  }
  return
}

// -----

// First fit leaves a hole: d takes the place of b, which is larger and has ended, and c does not fit between d and a.
// expected-remark @below {{the arena's scratch has 512 bytes, of which 448 are used at once}}
// expected-remark @below {{the arena's scratch has 512 bytes, more than 384 of the largest pair}}
func.func @hole(%x: f32) {
  %i = arith.constant 0 : index
  %a = memref.alloc() : memref<32xf32>
  memref.store %x, %a[%i] : memref<32xf32>
  %b = memref.alloc() : memref<64xf32>
  memref.store %x, %b[%i] : memref<64xf32>
  %c = memref.alloc() : memref<32xf32>
  memref.store %x, %c[%i] : memref<32xf32>
  %d = memref.alloc() : memref<48xf32>
  memref.store %x, %d[%i] : memref<48xf32>
  memref.store %x, %a[%i] : memref<32xf32>
  memref.store %x, %c[%i] : memref<32xf32>
  return
}

// -----

// The alignment that the function says.
// CHECK-LABEL: func.func @packed(
// CHECK-SAME: memref<88xi8>
// CHECK: arith.constant 0 : index
// CHECK: arith.constant 72 : index
func.func @packed(%x: f32) attributes {lle.alignment = 8 : i64} {
  %i = arith.constant 0 : index
  %a = memref.alloc() : memref<17xf32>
  %b = memref.alloc() : memref<3xf32>
  memref.store %x, %a[%i] : memref<17xf32>
  memref.store %x, %b[%i] : memref<3xf32>
  memref.store %x, %a[%i] : memref<17xf32>
  return
}

// -----

func.func @loop(%n: index) {
  %i = arith.constant 0 : index
  %one = arith.constant 1 : index
  scf.for %k = %i to %n step %one {
    // expected-error @below {{cannot be placed in a static arena: it needs a static shape, outside of loops}}
    %a = memref.alloc() : memref<4xf32>
  }
  return
}
