// RUN: lle-opt --lle-materialize-state %s | FileCheck %s

// Images (H, W, C) of an input are (C, H, W) stored channels last: nothing moves before the convolution reads them.
// CHECK-LABEL: func.func @image_step
// CHECK-SAME: (%[[X:[^:]*]]: tensor<4x6x3xf32>
// CHECK-NOT: linalg.transpose
// CHECK: tensor.collapse_shape %[[X]]
lle.network @image(%x: tensor<4x6x3xf32>) -> tensor<4x1x1xf32> attributes {dt = 1.0 : f64} {
  %w = lle.weight dense<1.0> : tensor<4x3x4x6xf32>
  %b = lle.weight dense<0.0> : tensor<4xf32>
  %y = lle.transpose %x {permutation = array<i64: 2, 0, 1>} : (tensor<4x6x3xf32>) -> tensor<3x4x6xf32>
  %z = lle.conv2d %y, %w, %b {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = "valid", stride = array<i64: 1, 1>}
    : (tensor<3x4x6xf32>, tensor<4x3x4x6xf32>, tensor<4xf32>) -> tensor<4x1x1xf32>
  lle.output %z : tensor<4x1x1xf32>
}

// Any other order is one transposition.
// CHECK-LABEL: func.func @matrix_step
// CHECK-COUNT-1: linalg.transpose
// CHECK-NOT: linalg.transpose
lle.network @matrix(%x: tensor<4x6xf32>) -> tensor<6x4xf32> attributes {dt = 1.0 : f64} {
  %y = lle.transpose %x {permutation = array<i64: 1, 0>} : (tensor<4x6xf32>) -> tensor<6x4xf32>
  lle.output %y : tensor<6x4xf32>
}

// An activation is one sweep, whatever the shape.
// CHECK-LABEL: func.func @relu_step
// CHECK: linalg.generic {{.*}} ins({{.*}} : tensor<24xf32>)
// CHECK: arith.maximumf
lle.network @relu(%x: tensor<4x6xf32>) -> tensor<4x6xf32> attributes {dt = 1.0 : f64} {
  %y = lle.activation <relu> %x : tensor<4x6xf32>
  lle.output %y : tensor<4x6xf32>
}
