// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place{joint}))' --split-input-file | FileCheck %s
// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place{joint}))' --split-input-file --remarks-filter=mapping -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place))' --split-input-file | FileCheck %s --check-prefix=APART

// Neuron 0 sends to 3, and 1 to 2, from one core to another. Both are full, so that two neurons change their places.
// REMARK: [Passed] Joint | Category:mapping | Function=swap | SavedPerStep=2.000000e-01
// CHECK-LABEL: neuro.map @swap
// CHECK: cores = dense<{{\[\[}}1, 1], [0, 2], [1, 1]]>
// APART-LABEL: neuro.map @swap
// APART: cores = dense<{{\[\[}}0, 1], [1, 1], [0, 1], [1, 1]]>
neuro.map @swap target "t" attributes {dt = 1.0e-03 : f64, limits = {chip_cores = 2 : i64, grid_height = 1 : i64,
    grid_width = 2 : i64, router_cores = 1 : i64, system_chips = 1 : i64}} {
  neuro.population @p cuba_lif start 0 {cores = dense<[[0, 1], [1, 1], [0, 1], [1, 1]]> : tensor<4x2xi32>, parameters = {
    du = dense<0> : tensor<4xi32>, dv = dense<0> : tensor<4xi32>, v_threshold = dense<0> : tensor<4xi32>}} : tensor<4xi1>
  neuro.synapses @p -> @p {rows = dense<[0, 0, 1, 1]> : tensor<4xi32>, bases = dense<[3, 2, 0, 0]> : tensor<4xi32>,
    row_begin = dense<[0, 1, 1]> : tensor<3xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<3> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
  neuro.core 0
  neuro.core 1
}

// -----

// A core that has one threshold has no room for a neuron with another.
// REMARK: [Missed] Joint | Category:mapping | Function=threshold | Reason="a core needs 2 thresholds, the limit is 1"
// CHECK-LABEL: neuro.map @threshold
// CHECK: cores = dense<{{\[\[}}0, 1], [1, 1], [0, 1], [1, 1]]>
neuro.map @threshold target "t" attributes {dt = 1.0e-03 : f64, limits = {chip_cores = 2 : i64, core_thresholds = 1 : i64,
    grid_height = 1 : i64, grid_width = 2 : i64, router_cores = 1 : i64, system_chips = 1 : i64}} {
  neuro.population @p cuba_lif start 0 {cores = dense<[[0, 1], [1, 1], [0, 1], [1, 1]]> : tensor<4x2xi32>, parameters = {
    du = dense<0> : tensor<4xi32>, dv = dense<0> : tensor<4xi32>, v_threshold = dense<[1, 2, 1, 2]> : tensor<4xi32>}} : tensor<4xi1>
  neuro.synapses @p -> @p {rows = dense<[0, 0, 1, 1]> : tensor<4xi32>, bases = dense<[3, 2, 0, 0]> : tensor<4xi32>,
    row_begin = dense<[0, 1, 1]> : tensor<3xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<3> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
  neuro.core 0
  neuro.core 1
}
