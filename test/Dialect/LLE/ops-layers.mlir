// RUN: lle-opt %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | lle-opt | FileCheck %s
// RUN: lle-opt --emit-bytecode %s | lle-opt | FileCheck %s

// CHECK-LABEL: lle.network @max_pool2d
// CHECK: lle.max_pool2d %arg0 {kernel = array<i64: 3, 3>, padding = array<i64: 1, 1>, stride = array<i64: 2, 2>}
// CHECK-SAME: : (tensor<1x4x4xi1>) -> tensor<1x2x2xi1>
lle.network @max_pool2d(%x: tensor<1x4x4xi1>) attributes {dt = 1.0 : f64} {
  %y = lle.max_pool2d %x {kernel = array<i64: 3, 3>, padding = array<i64: 1, 1>, stride = array<i64: 2, 2>}
    : (tensor<1x4x4xi1>) -> tensor<1x2x2xi1>
  lle.output
}

// CHECK-LABEL: lle.network @batch_norm
// CHECK: lle.batch_norm %arg0 {channel_dim = 0 : i64, epsilon = 1.000000e-05 : f64,
// CHECK-SAME: mean = dense<[1.000000e+00, -1.000000e+00]> : tensor<2xf32>
// CHECK-SAME: : (tensor<2x4xf32>) -> tensor<2x4xf32>
lle.network @batch_norm(%x: tensor<2x4xf32>) attributes {dt = 1.0 : f64} {
  %y = lle.batch_norm %x {channel_dim = 0 : i64, epsilon = 1.000000e-05 : f64,
      mean = dense<[1.000000e+00, -1.000000e+00]> : tensor<2xf32>, scale = dense<2.000000e+00> : tensor<2xf32>,
      shift = dense<5.000000e-01> : tensor<2xf32>, variance = dense<1.000000e+00> : tensor<2xf32>}
    : (tensor<2x4xf32>) -> tensor<2x4xf32>
  lle.output
}

// CHECK-LABEL: lle.network @mul
// CHECK: lle.mul %arg0, %arg1 : (tensor<3xf32>, tensor<3xi1>) -> tensor<3xf32>
lle.network @mul(%x: tensor<3xf32>, %z: tensor<3xi1>) attributes {dt = 1.0 : f64} {
  %y = lle.mul %x, %z : (tensor<3xf32>, tensor<3xi1>) -> tensor<3xf32>
  lle.output
}

// CHECK-LABEL: lle.network @logic
// CHECK: lle.or %arg0, %arg1 : tensor<3xi1>
// CHECK: lle.add %arg0, %arg1 : (tensor<3xi1>, tensor<3xi1>) -> tensor<3xsi8>
// CHECK: lle.and %arg0, %arg1 : tensor<3xi1>
lle.network @logic(%a: tensor<3xi1>, %b: tensor<3xi1>) attributes {dt = 1.0 : f64} {
  %either = lle.or %a, %b : tensor<3xi1>
  %sum = lle.add %a, %b : (tensor<3xi1>, tensor<3xi1>) -> tensor<3xsi8>
  %y = lle.and %a, %b : tensor<3xi1>
  lle.output
}

// CHECK-LABEL: lle.network @or
lle.network @or(%a: tensor<3xi1>, %b: tensor<3xi1>) attributes {dt = 1.0 : f64} {
  %y = lle.or %a, %b : tensor<3xi1>
  lle.output
}

// CHECK-LABEL: lle.network @not
// CHECK: lle.not %arg0 : tensor<3xi1>
lle.network @not(%a: tensor<3xi1>) attributes {dt = 1.0 : f64} {
  %y = lle.not %a : tensor<3xi1>
  lle.output
}

// CHECK-LABEL: lle.network @reduce
// CHECK: lle.reduce sum %arg0 {dim = 1 : i64} : (tensor<8x64xi1>) -> tensor<8xf32>
// CHECK: lle.reduce mean %arg0 {dim = 0 : i64, name = "head"} : (tensor<8x64xi1>) -> tensor<64xf32>
// CHECK: lle.reduce max %arg0 {dim = 1 : i64} : (tensor<8x64xi1>) -> tensor<8xi1>
lle.network @reduce(%x: tensor<8x64xi1>) attributes {dt = 1.0 : f64} {
  %y = lle.reduce sum %x {dim = 1 : i64} : (tensor<8x64xi1>) -> tensor<8xf32>
  %mean = lle.reduce mean %x {dim = 0 : i64, name = "head"} : (tensor<8x64xi1>) -> tensor<64xf32>
  %max = lle.reduce max %x {dim = 1 : i64} : (tensor<8x64xi1>) -> tensor<8xi1>
  lle.output
}

// CHECK-LABEL: lle.network @shapes
// CHECK: lle.broadcast %arg0 {dim = 1 : i64} : (tensor<8xi1>) -> tensor<8x64xi1>
lle.network @shapes(%x: tensor<8xi1>) attributes {dt = 1.0 : f64} {
  %y = lle.broadcast %x {dim = 1 : i64} : (tensor<8xi1>) -> tensor<8x64xi1>
  lle.output
}

// CHECK-LABEL: lle.network @reshape
// CHECK: lle.reshape %arg0 : (tensor<8x64xi1>) -> tensor<2x4x64xi1>
lle.network @reshape(%x: tensor<8x64xi1>) attributes {dt = 1.0 : f64} {
  %y = lle.reshape %x : (tensor<8x64xi1>) -> tensor<2x4x64xi1>
  lle.output
}

// CHECK-LABEL: lle.network @matmul
// CHECK: lle.matmul %arg0, %arg1 {transpose_b} : (tensor<2x4x8xi1>, tensor<2x4x8xi1>) -> tensor<2x4x4xf32>
// CHECK: lle.matmul %arg0, %arg1 {name = "kv", transpose_a} : (tensor<2x4x8xi1>, tensor<2x4x8xi1>) -> tensor<2x8x8xsi16>
lle.network @matmul(%a: tensor<2x4x8xi1>, %b: tensor<2x4x8xi1>) attributes {dt = 1.0 : f64} {
  %y = lle.matmul %a, %b {transpose_b} : (tensor<2x4x8xi1>, tensor<2x4x8xi1>) -> tensor<2x4x4xf32>
  %kv = lle.matmul %a, %b {name = "kv", transpose_a} : (tensor<2x4x8xi1>, tensor<2x4x8xi1>) -> tensor<2x8x8xsi16>
  lle.output
}
