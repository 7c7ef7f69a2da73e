// What passes decided goes through a file and comes back, and lies where other readers find it.

// RUN: lle-translate --export-nir %s -o %t.nir
// RUN: lle-translate --import-nir %t.nir -o %t.mlir 2>&1 | count 0
// RUN: FileCheck %s < %t.mlir
// RUN: lle-translate --export-nir %t.mlir -o %t.again.nir && cmp %t.nir %t.again.nir

// CHECK: lle.network @tuned
// CHECK-SAME: lle.bits = {after = 5.000000e-01 : f64, dataset = "x.npy", samples = 3 : i64}
lle.network @tuned(%x: tensor<2xf32> {lle.name = "x"}) -> (tensor<2xf32> {lle.name = "y"})
    attributes {dt = 1.0 : f64, lle.bits = {after = 0.5, dataset = "x.npy", samples = 3 : i64}} {
  // CHECK: lle.weight {lle.bits = {value = {bits = [2, 3], group = dense<[0, 1]> : tensor<2xi8>, scale = [dense<5.000000e-01> : tensor<2xf64>, dense<[5.000000e-01, 2.500000e-01]> : tensor<2xf64>]}}}
  %w = lle.weight {lle.bits = {value = {bits = [2, 3], group = dense<[0, 1]> : tensor<2xi8>,
    scale = [dense<0.5> : tensor<2xf64>, dense<[0.5, 0.25]> : tensor<2xf64>]}}} dense<[[0.5, -0.5], [-1.0, 0.75]]> : tensor<2x2xf32>
  // CHECK: lle.weight {lle.bits = {value = {bits = [8]}}}
  %b = lle.weight {lle.bits = {value = {bits = [8]}}} dense<0.5> : tensor<2xf32>
  // CHECK: lle.affine {{.*}} {lle.bits = {why = "a test"}, name = "fc"}
  %fc = lle.affine %x, %w, %b {name = "fc", lle.bits = {why = "a test"}} : (tensor<2xf32>, tensor<2x2xf32>, tensor<2xf32>) -> tensor<2xf32>
  // CHECK: ltc.cfc_cell "rnn.layer_0" {{.*}}lle.bits = {ff1_weight = {bits = [4]
  %l0 = "ltc.cfc_cell"(%fc) {name = "rnn.layer_0", mode = #ltc.mode<pure>, elapsed = 1.0 : f64,
    ff1_weight = dense<0.5> : tensor<2x4xf32>, ff1_bias = dense<0.5> : tensor<2xf32>, w_tau = dense<0.5> : tensor<2xf32>,
    a = dense<0.5> : tensor<2xf32>, operandSegmentSizes = array<i32: 1, 0, 0>,
    lle.bits = {ff1_weight = {bits = [4], scale = [dense<0.5> : tensor<1xf64>]}}} : (tensor<2xf32>) -> tensor<2xf32>
  // CHECK: ltc.cfc_cell "rnn.layer_1" {{.*}}lle.bits = {ff1_weight = {bits = [5]
  %l1 = "ltc.cfc_cell"(%l0) {name = "rnn.layer_1", mode = #ltc.mode<pure>, elapsed = 1.0 : f64,
    ff1_weight = dense<0.5> : tensor<2x4xf32>, ff1_bias = dense<0.5> : tensor<2xf32>, w_tau = dense<0.5> : tensor<2xf32>,
    a = dense<0.5> : tensor<2xf32>, operandSegmentSizes = array<i32: 1, 0, 0>,
    lle.bits = {ff1_weight = {bits = [5], scale = [dense<0.5> : tensor<1xf64>]}}} : (tensor<2xf32>) -> tensor<2xf32>
  lle.output %l1 : tensor<2xf32>
}
