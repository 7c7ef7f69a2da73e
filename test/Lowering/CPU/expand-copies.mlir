// RUN: lle-opt %s --lle-expand-copies | FileCheck %s

// CHECK-LABEL: func.func @copy(
// CHECK-NOT: memref.copy
// CHECK: linalg.copy
func.func @copy(%from: memref<8xf32>, %to: memref<8xf32>) {
  memref.copy %from, %to : memref<8xf32> to memref<8xf32>
  return
}
