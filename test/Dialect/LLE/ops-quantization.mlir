// RUN: lle-opt %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | lle-opt | FileCheck %s
// RUN: lle-opt --emit-bytecode %s | lle-opt | FileCheck %s
// RUN: lle-opt --mlir-print-op-generic %s | FileCheck %s --check-prefix=GENERIC

// CHECK-LABEL: lle.network @edges
// CHECK: lle.quantize %arg0 {scale = dense<1.250000e-01> : tensor<1xf64>} : tensor<3xf32> -> tensor<3xsi16>
// CHECK: lle.dequantize %0 {scale = dense<1.250000e-01> : tensor<1xf64>} : tensor<3xsi16> -> tensor<3xf32>
lle.network @edges(%x: tensor<3xf32>) attributes {dt = 1.0 : f64} {
  %q = lle.quantize %x {scale = dense<1.250000e-01> : tensor<1xf64>} : tensor<3xf32> -> tensor<3xsi16>
  %y = lle.dequantize %q {scale = dense<1.250000e-01> : tensor<1xf64>} : tensor<3xsi16> -> tensor<3xf32>
  lle.output
}

// CHECK-LABEL: lle.network @rescale
// CHECK: lle.rescale %arg0 {multiplier = dense<1374389535> : tensor<1xi32>, shift = dense<27> : tensor<1xi8>}
// CHECK-SAME: : tensor<3xsi8> -> tensor<3xsi16>
lle.network @rescale(%x: tensor<3xsi8>) attributes {dt = 1.0 : f64} {
  // From multiples of 1/100 to multiples of 2^-10: times 10.24.
  %y = lle.rescale %x {multiplier = dense<1374389535> : tensor<1xi32>, shift = dense<27> : tensor<1xi8>}
    : tensor<3xsi8> -> tensor<3xsi16>
  lle.output
}

// CHECK-LABEL: lle.network @affine
// CHECK: lle.fixed_affine %arg0 tanh {bias = dense<[100, -7]> : tensor<2xi32>, multiplier = dense<1073741824> : tensor<1xi32>,
// CHECK-SAME: shift = dense<[33, 34]> : tensor<2xi8>, weights = dense<{{\[\[}}1, -2, 3], [127, 0, -127]]> : tensor<2x3xi8>}
// CHECK-SAME: : tensor<3xsi16> -> tensor<2xsi16>
// GENERIC: "lle.fixed_affine"({{%.*}}) <{bias = dense<[100, -7]> : tensor<2xi32>, function = 3 : i32,
lle.network @affine(%x: tensor<3xsi16>) attributes {dt = 1.0 : f64} {
  %y = lle.fixed_affine %x tanh {bias = dense<[100, -7]> : tensor<2xi32>, multiplier = dense<1073741824> : tensor<1xi32>,
    shift = dense<[33, 34]> : tensor<2xi8>, weights = dense<[[1, -2, 3], [127, 0, -127]]> : tensor<2x3xi8>}
    : tensor<3xsi16> -> tensor<2xsi16>
  lle.output
}
