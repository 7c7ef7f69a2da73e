// RUN: lle-opt %s --lle-vectorize-elementwise=lanes=8 | FileCheck %s

// 38 elements are two tiles of two registers (32), and a tail of 6 that is shorter than a register.
// CHECK-LABEL: func.func @twice(
// CHECK: scf.for
// CHECK: arith.addf {{.*}} : vector<16xf32>
// CHECK: arith.addf {{.*}} : vector<6xf32>
// CHECK-NOT: linalg.generic
func.func @twice(%x: tensor<38xf32>, %y: tensor<38xf32>) -> tensor<38xf32> {
  %0 = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                       iterator_types = ["parallel"]} ins(%x : tensor<38xf32>) outs(%y : tensor<38xf32>) {
  ^bb0(%in: f32, %out: f32):
    %sum = arith.addf %in, %in : f32
    linalg.yield %sum : f32
  } -> tensor<38xf32>
  return %0 : tensor<38xf32>
}

// What is not a sweep over one dimension is left alone.
// CHECK-LABEL: func.func @transposed(
// CHECK: linalg.generic
func.func @transposed(%x: tensor<4x8xf32>, %y: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %0 = linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>],
                       iterator_types = ["parallel", "parallel"]} ins(%x : tensor<4x8xf32>) outs(%y : tensor<8x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<8x4xf32>
  return %0 : tensor<8x4xf32>
}
