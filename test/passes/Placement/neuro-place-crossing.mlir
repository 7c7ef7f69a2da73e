// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place))' | FileCheck %s
// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place{crossing=0}))' | FileCheck %s --check-prefix=FREE

// A ring of four cores on two columns, each a chip: in one column it takes six links, in a square four, of which two
// leave a chip.
// CHECK: neuro.core 0 at [[[CHIP:[01]]], 0,
// CHECK: neuro.core 1 at [[[CHIP]], 0,
// CHECK: neuro.core 2 at [[[CHIP]], 0,
// CHECK: neuro.core 3 at [[[CHIP]], 0,
// FREE-DAG: neuro.core {{[0-3]}} at [0, 0,
// FREE-DAG: neuro.core {{[0-3]}} at [0, 0,
// FREE-DAG: neuro.core {{[0-3]}} at [1, 0,
// FREE-DAG: neuro.core {{[0-3]}} at [1, 0,
neuro.map @ring target "t" attributes {dt = 1.0e-03 : f64, limits = {chip_cores = 4 : i64,
    grid_height = 4 : i64, grid_width = 1 : i64, router_cores = 1 : i64, system_chips = 2 : i64}} {
  neuro.population @p cuba_lif start 0 {cores = dense<[[0, 1], [1, 1], [2, 1], [3, 1]]> : tensor<4x2xi32>, parameters = {
    du = dense<0> : tensor<4xi32>, dv = dense<0> : tensor<4xi32>, v_threshold = dense<0> : tensor<4xi32>}} : tensor<4xi1>
  neuro.synapses @p -> @p {rows = dense<0> : tensor<4xi32>, bases = dense<[1, 2, 3, 0]> : tensor<4xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<3> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
  neuro.core 0
  neuro.core 1
  neuro.core 2
  neuro.core 3
}
