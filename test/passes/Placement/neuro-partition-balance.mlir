// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-partition{strategy=sequential neurons=3 balance=1}))' --remarks-filter=mapping 2>&1 | FileCheck %s
// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-partition{strategy=sequential neurons=3 balance=0.1}))' | FileCheck %s --check-prefix=FEW
// RUN: not lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-partition{balance=-1}))' 2>&1 | FileCheck %s --check-prefix=NEGATIVE
// NEGATIVE: error: 'neuro.map' op balance must not be negative

// The first two neurons hear six synapses each, and the other ones none. In order one core has both, and each of six
// inputs sends it a packet; with twice the packets each core has one of them.
// CHECK: [Passed] Balanced | Category:mapping | Function=uneven | BusiestCoreShare=5.000000e-01, PacketsPerStep=1.200000e+00, PacketsPerStepBefore=6.000000e-01
// CHECK: cores = dense<{{\[\[}}0, 1], [1, 1],
// FEW: cores = dense<{{\[\[}}0, 3], [1, 1]]>
neuro.map @uneven target "t" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" : tensor<6xi1>
  neuro.population @p cuba_li start 1 {parameters = {du = dense<0> : tensor<4xi32>, dv = dense<0> : tensor<4xi32>}} : tensor<4xsi32>
  neuro.synapses @x -> @p {rows = dense<0> : tensor<6xi32>, bases = dense<0> : tensor<6xi32>,
    row_begin = dense<[0, 2]> : tensor<2xi64>, offsets = dense<[0, 1]> : tensor<2xi32>, weights = dense<3> : tensor<2xi16>,
    delays = dense<1> : tensor<2xi8>}
}
