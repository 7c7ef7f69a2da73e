// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place{thermal=0.5}))' --remarks-filter=mapping 2>&1 | FileCheck %s
// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place))' --remarks-filter=mapping 2>&1 | FileCheck %s --check-prefix=COLD --implicit-check-not=Cooled
// RUN: not lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-place{thermal=-1}))' 2>&1 | FileCheck %s --check-prefix=NEGATIVE
// NEGATIVE: error: 'neuro.map' op crossing, links, locality and thermal must not be negative

// Nothing is sent. Two cores of a thousand and two thousand neurons start at one router, which is warmer than two are: in
// the end the warmer one is in the middle of the chip, and the other one in a corner.
// CHECK: Cooled | Category:mapping | Function=warm | PeakKelvin=3.27{{[0-9]*}}e-03, PeakKelvinBefore=4.27{{[0-9]*}}e-03
// CHECK: neuro.core 0 at [0, 7, 3,
// CHECK: neuro.core 1 at [0, 3, 1,
// COLD: neuro.core 0 at [0, [[X:[0-9]+]], [[Y:[0-9]+]],
// COLD: neuro.core 1 at [0, [[X]], [[Y]],
neuro.map @warm target "loihi2" attributes {dt = 1.0e-03 : f64, limits = {chip_cores = 128 : i64,
    grid_height = 4 : i64, grid_width = 8 : i64, router_cores = 4 : i64, system_chips = 1 : i64}} {
  neuro.population @p cuba_li start 0 {cores = dense<[[0, 1000], [1, 2000]]> : tensor<2x2xi32>, parameters = {
    du = dense<0> : tensor<3000xi32>, dv = dense<0> : tensor<3000xi32>}} : tensor<3000xsi32>
  neuro.core 0
  neuro.core 1
}
