// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place))' --split-input-file | FileCheck %s
// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place{crossing=0}))' --split-input-file | FileCheck %s --check-prefix=FREE
// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place{crossing=10}))' --split-input-file | FileCheck %s --check-prefix=HIGH
// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place{crossing=1}))' --split-input-file | FileCheck %s --check-prefix=LOW

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

// -----

// Two chips in a row of two places each. In the order a, b, c, d the packets of b, which are three times the others', go
// from chip to chip, and all ways are shortest; with b and c on one chip ways are longer.
// HIGH-LABEL: neuro.map @row
// HIGH: neuro.core 1 at [[[CHIP:[01]]],
// HIGH: neuro.core 2 at [[[CHIP]],
// LOW-LABEL: neuro.map @row
// LOW: neuro.core 0 at [[[CHIP:[01]]],
// LOW: neuro.core 1 at [[[CHIP]],
// LOW-NOT: neuro.core 2 at [[[CHIP]],
neuro.map @row target "t" attributes {dt = 1.0e-03 : f64, limits = {chip_cores = 2 : i64,
    grid_height = 1 : i64, grid_width = 2 : i64, router_cores = 1 : i64, system_chips = 2 : i64}} {
  neuro.population @a cuba_lif start 0 {cores = dense<[[0, 1]]> : tensor<1x2xi32>, rate = 0.3 : f64, parameters = {
    du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>, v_threshold = dense<0> : tensor<1xi32>}} : tensor<1xi1>
  neuro.population @b cuba_lif start 1 {cores = dense<[[1, 1]]> : tensor<1x2xi32>, rate = 0.9 : f64, parameters = {
    du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>, v_threshold = dense<0> : tensor<1xi32>}} : tensor<1xi1>
  neuro.population @c cuba_lif start 2 {cores = dense<[[2, 1]]> : tensor<1x2xi32>, rate = 0.3 : f64, parameters = {
    du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>, v_threshold = dense<0> : tensor<1xi32>}} : tensor<1xi1>
  neuro.population @d cuba_lif start 3 {cores = dense<[[3, 1]]> : tensor<1x2xi32>, rate = 0.3 : f64, parameters = {
    du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>, v_threshold = dense<0> : tensor<1xi32>}} : tensor<1xi1>
  neuro.synapses @a -> @b {rows = dense<0> : tensor<1xi32>, bases = dense<0> : tensor<1xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<3> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
  neuro.synapses @b -> @c {rows = dense<0> : tensor<1xi32>, bases = dense<0> : tensor<1xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<3> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
  neuro.synapses @c -> @d {rows = dense<0> : tensor<1xi32>, bases = dense<0> : tensor<1xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<3> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
  neuro.core 0
  neuro.core 1
  neuro.core 2
  neuro.core 3
}
