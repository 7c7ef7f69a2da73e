// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place{strategy=sequential}))' --split-input-file | FileCheck %s

// CHECK-LABEL: neuro.map @relay
// CHECK: neuro.core 0 at [0, 0, 0, 0]
// CHECK: neuro.core 1 at [0, 1, 0, 0]
neuro.map @relay target "loihi2" attributes {dt = 1.000000e-03 : f64, limits = {chip_cores = 2 : i64,
    grid_height = 1 : i64, grid_width = 2 : i64, router_cores = 1 : i64, system_chips = 1 : i64}} {
  neuro.population @lif cuba_li start 0 {cores = dense<[[0, 2], [1, 1]]> : tensor<2x2xi32>, parameters = {
    du = dense<4095> : tensor<3xi32>, dv = dense<410> : tensor<3xi32>}} : tensor<3xsi32>
  neuro.core 0
  neuro.core 1
}

// -----

// Two cores at a router, a row of one router, two rows; of each chip three cores are used.
// CHECK-LABEL: neuro.map @chips
// CHECK: neuro.core 0 at [0, 0, 0, 0]
// CHECK: neuro.core 1 at [0, 0, 0, 1]
// CHECK: neuro.core 2 at [0, 0, 1, 0]
// CHECK: neuro.core 3 at [1, 0, 0, 0]
neuro.map @chips target "t" attributes {dt = 1.0e-03 : f64, limits = {chip_cores = 3 : i64,
    grid_height = 2 : i64, grid_width = 1 : i64, router_cores = 2 : i64, system_chips = 2 : i64}} {
  neuro.population @p cuba_li start 0 {cores = dense<[[0, 1], [1, 1], [2, 1], [3, 1]]> : tensor<4x2xi32>, parameters = {
    du = dense<0> : tensor<4xi32>, dv = dense<0> : tensor<4xi32>}} : tensor<4xsi32>
  neuro.core 0
  neuro.core 1
  neuro.core 2
  neuro.core 3
}

// -----

// The first router of three has no cores.
// CHECK-LABEL: neuro.map @gap
// CHECK: neuro.core 0 at [0, 1, 0, 0]
// CHECK: neuro.core 1 at [0, 2, 0, 0]
neuro.map @gap target "t" attributes {dt = 1.0e-03 : f64, limits = {chip_cores = 2 : i64, grid_gaps = 1 : i64,
    grid_height = 1 : i64, grid_width = 3 : i64, router_cores = 1 : i64, system_chips = 1 : i64}} {
  neuro.population @p cuba_li start 0 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {
    du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>}} : tensor<2xsi32>
  neuro.core 0
  neuro.core 1
}
