// RUN: not lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-partition{neurons=-1}))' 2>&1 | FileCheck %s --check-prefix=NEURONS
// RUN: not lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-partition,neuro-place{effort=4294967295}))' 2>&1 | FileCheck %s --check-prefix=EFFORT

// NEURONS: error: 'neuro.map' op neurons must be at least 0, got -1
// EFFORT: error: 'neuro.map' op effort must be at most 100000, got 4294967295
neuro.map @net target "t" attributes {dt = 1.0e-03 : f64, limits = {chip_cores = 4 : i64, grid_height = 1 : i64,
    grid_width = 2 : i64, router_cores = 1 : i64, system_chips = 1 : i64}} {
  neuro.population @p cuba_li start 0 {parameters = {du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>}} : tensor<1xsi32>
}
