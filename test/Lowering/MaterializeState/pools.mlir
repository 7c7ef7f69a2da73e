// RUN: lle-opt %s --split-input-file --lle-materialize-state="lanes=8 registers=16" --canonicalize | FileCheck %s

// 14 channels are eight, and the eight that end with the last: LLVM takes a vector of 14 bytes apart.
// CHECK-LABEL: func.func @sum_step(
// CHECK: %[[SIX:.*]] = arith.constant 6 : index
// CHECK: vector.transfer_read {{.*}}, %c0], {{.*}} vector<8xi8>
// CHECK: vector.transfer_write {{.*}} : vector<8xf32>, memref<2x2x14xf32>
// CHECK: vector.transfer_read {{.*}}, %[[SIX]]], {{.*}} vector<8xi8>
// CHECK: vector.transfer_write {{.*}} : vector<8xf32>, memref<2x2x14xf32>
// CHECK-NOT: vector.transfer_read
lle.network @sum(%x: tensor<14x4x4xi1>) -> tensor<14x2x2xf32> attributes {dt = 1.0e-3 : f64} {
  %y = lle.sum_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<14x4x4xi1>) -> tensor<14x2x2xf32>
  lle.output %y : tensor<14x2x2xf32>
}

// -----

// CHECK-LABEL: func.func @max_step(
// CHECK: vector.transfer_write {{.*}} : vector<16xf32>, memref<2x2x20xf32>
// CHECK: vector.transfer_write {{.*}} : vector<4xf32>, memref<2x2x20xf32>
lle.network @max(%x: tensor<20x4x4xf32>) -> tensor<20x2x2xf32> attributes {dt = 1.0e-3 : f64} {
  %y = lle.max_pool2d %x {kernel = array<i64: 2, 2>, padding = array<i64: 0, 0>, stride = array<i64: 2, 2>}
    : (tensor<20x4x4xf32>) -> tensor<20x2x2xf32>
  lle.output %y : tensor<20x2x2xf32>
}
