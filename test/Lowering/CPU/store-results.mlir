// RUN: lle-opt %s --lle-store-results | FileCheck %s

// Both are read before either is written.
// CHECK-LABEL: func.func @swap(
// CHECK-SAME: %[[A:[a-z0-9]+]]: memref<4xf32>, %[[B:[a-z0-9]+]]: memref<4xf32>) {
// CHECK: memref.copy %[[B]], %[[OLD_B:.*]] :
// CHECK: memref.copy %[[A]], %[[OLD_A:.*]] :
// CHECK: memref.copy %[[OLD_B]], %[[A]]
// CHECK: memref.copy %[[OLD_A]], %[[B]]
// CHECK: return{{$}}
func.func @swap(%a: memref<4xf32>, %b: memref<4xf32>) -> (memref<4xf32>, memref<4xf32>)
    attributes {lle.destinations = array<i64: 0, 1>} {
  return %b, %a : memref<4xf32>, memref<4xf32>
}

// A state that was updated in place stays where it is; a buffer is copied once.
// CHECK-LABEL: func.func @in_place(
// CHECK-SAME: %[[A:[a-z0-9]+]]: memref<4xf32>, %[[B:[a-z0-9]+]]: memref<4xf32>) {
// CHECK: %[[NEW:.*]] = memref.alloc()
// CHECK-NEXT: memref.copy %[[NEW]], %[[B]]
// CHECK-NEXT: return
func.func @in_place(%a: memref<4xf32>, %b: memref<4xf32>) -> (memref<4xf32>, memref<4xf32>)
    attributes {lle.destinations = array<i64: 0, 1>} {
  %new = memref.alloc() : memref<4xf32>
  return %a, %new : memref<4xf32>, memref<4xf32>
}

// A state that is also an output: it is final, and copied once.
// CHECK-LABEL: func.func @shown(
// CHECK-SAME: %[[Y:[a-z0-9]+]]: memref<4xf32>, %[[V:[a-z0-9]+]]: memref<4xf32>) {
// CHECK-NEXT: memref.copy %[[V]], %[[Y]]
// CHECK-NEXT: return
func.func @shown(%y: memref<4xf32>, %v: memref<4xf32>) -> (memref<4xf32>, memref<4xf32>)
    attributes {lle.destinations = array<i64: 0, 1>} {
  return %v, %v : memref<4xf32>, memref<4xf32>
}

// An output overlaps nothing else, and so is written where it belongs; a second output of the same value is a copy.
// CHECK-LABEL: func.func @outputs(
// CHECK-SAME: %[[X:[a-z0-9]+]]: f32, %[[Y:[a-z0-9]+]]: memref<4xf32> {{.*}}, %[[Z:[a-z0-9]+]]: memref<4xf32>
// CHECK-NOT: memref.alloc
// CHECK: memref.store %[[X]], %[[Y]]
// CHECK-NEXT: memref.copy %[[Y]], %[[Z]]
// CHECK-NEXT: return
func.func @outputs(%x: f32, %y: memref<4xf32> {lle.kind = "output"}, %z: memref<4xf32> {lle.kind = "output"})
    -> (memref<4xf32>, memref<4xf32>) attributes {lle.destinations = array<i64: 1, 2>, lle.uses_outputs} {
  %i = arith.constant 0 : index
  %new = memref.alloc() : memref<4xf32>
  memref.store %x, %new[%i] : memref<4xf32>
  return %new, %new : memref<4xf32>, memref<4xf32>
}
