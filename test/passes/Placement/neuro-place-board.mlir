// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place))' --split-input-file --verify-diagnostics | FileCheck %s

// Three chips of one core, two in a row: the third is above the first, and the core that the others talk to is in the
// corner between them.
// CHECK-LABEL: neuro.map @corner
// CHECK: neuro.core 0 at [0, 0, 0, 0]
neuro.map @corner target "t" attributes {dt = 1.0e-03 : f64, limits = {board_width = 2 : i64, chip_cores = 1 : i64,
    grid_height = 1 : i64, grid_width = 1 : i64, router_cores = 1 : i64, system_chips = 3 : i64}} {
  neuro.population @p cuba_lif start 0 {cores = dense<[[0, 1], [1, 1], [2, 1]]> : tensor<3x2xi32>, parameters = {
    du = dense<0> : tensor<3xi32>, dv = dense<0> : tensor<3xi32>, v_threshold = dense<0> : tensor<3xi32>}} : tensor<3xi1>
  neuro.synapses @p -> @p {rows = dense<[1, 0, 0]> : tensor<3xi32>, bases = dense<0> : tensor<3xi32>,
    row_begin = dense<[0, 1, 1]> : tensor<3xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<3> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
  neuro.core 0
  neuro.core 1
  neuro.core 2
}

// -----

// expected-error@+1 {{'neuro.map' op has the limit 'system_chips' of 2, but a board of 48 chips}}
neuro.map @hexagon target "t" attributes {dt = 1.0e-03 : f64, limits = {board_hexagon = 48 : i64, chip_cores = 1 : i64,
    grid_height = 1 : i64, grid_width = 1 : i64, router_cores = 1 : i64, system_chips = 2 : i64}} {
  neuro.population @p cuba_li start 0 {cores = dense<[[0, 1]]> : tensor<1x2xi32>, parameters = {du = dense<0> : tensor<1xi32>,
    dv = dense<0> : tensor<1xi32>}} : tensor<1xsi32>
  neuro.core 0
}
