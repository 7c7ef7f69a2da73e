// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place))' | FileCheck %s
// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place{seed=7}))' | FileCheck %s

// Three cores in a row: the two that talk to each other are neighbours of the one in the middle only if core 1, which
// talks to none, is at an end.
// CHECK-NOT: neuro.core 1 at [0, 1, 0, 0]
// CHECK: neuro.core 1 at [0, {{[02]}}, 0, 0]
neuro.map @ends target "t" attributes {dt = 1.0e-03 : f64, limits = {chip_cores = 3 : i64,
    grid_height = 1 : i64, grid_width = 3 : i64, router_cores = 1 : i64, system_chips = 1 : i64}} {
  neuro.population @p cuba_lif start 0 {cores = dense<[[0, 1], [1, 1], [2, 1]]> : tensor<3x2xi32>, parameters = {
    du = dense<0> : tensor<3xi32>, dv = dense<0> : tensor<3xi32>, v_threshold = dense<0> : tensor<3xi32>}} : tensor<3xi1>
  neuro.synapses @p -> @p {rows = dense<[0, 1, 0]> : tensor<3xi32>, bases = dense<[2, 0, 0]> : tensor<3xi32>,
    row_begin = dense<[0, 1, 1]> : tensor<3xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<3> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
  neuro.core 0
  neuro.core 1
  neuro.core 2
}
