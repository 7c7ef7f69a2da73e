// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place{locality=0.5}))' | FileCheck %s
// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place))' | FileCheck %s --check-prefix=APART

// Three places in a row. Neurons of p are on the cores 0 and 2, which do not talk to each other but to core 1.
// CHECK-NOT: neuro.core 0 at [0, 1,
// CHECK-NOT: neuro.core 2 at [0, 1,
// APART: neuro.core 1 at [0, 1,
neuro.map @row target "t" attributes {dt = 1.0e-03 : f64, limits = {chip_cores = 3 : i64, grid_height = 1 : i64,
    grid_width = 3 : i64, router_cores = 1 : i64, system_chips = 1 : i64}} {
  neuro.population @p cuba_lif start 0 {cores = dense<[[0, 1], [2, 1]]> : tensor<2x2xi32>, parameters = {
    du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<0> : tensor<2xi32>}} : tensor<2xi1>
  neuro.population @q cuba_li start 1 {cores = dense<[[1, 1]]> : tensor<1x2xi32>, parameters = {
    du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>}} : tensor<1xsi32>
  neuro.synapses @p -> @q {rows = dense<0> : tensor<2xi32>, bases = dense<0> : tensor<2xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<3> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
  neuro.core 0
  neuro.core 1
  neuro.core 2
}
