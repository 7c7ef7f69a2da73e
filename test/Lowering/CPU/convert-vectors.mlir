// RUN: lle-opt %s --lle-convert-vectors --split-input-file | FileCheck %s

// An index is as wide as an address.
// CHECK-LABEL: func.func @read
// CHECK: %[[AT:.*]] = builtin.unrealized_conversion_cast %{{.*}} : index to i32
// CHECK: llvm.getelementptr %{{.*}}[%[[AT]]] : (!llvm.ptr, i32) -> !llvm.ptr, f32
// CHECK: llvm.load {{.*}} -> vector<4xf32>
module attributes {dlti.dl_spec = #dlti.dl_spec<index = 32 : i64>} {
  func.func @read(%m: memref<16xf32>, %i: index) -> vector<4xf32> {
    %x = vector.load %m[%i] : memref<16xf32>, vector<4xf32>
    return %x : vector<4xf32>
  }
}

// -----

// CHECK-LABEL: func.func @wide
// CHECK: index to i64
func.func @wide(%m: memref<16xf32>, %i: index) -> vector<4xf32> {
  %x = vector.load %m[%i] : memref<16xf32>, vector<4xf32>
  return %x : vector<4xf32>
}
