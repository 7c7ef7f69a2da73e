// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-partition{strategy=sequential neurons=2}))' | FileCheck %s
// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-partition{neurons=1}))' --remarks-filter=mapping 2>&1 | FileCheck %s --check-prefix=NATURAL

// With a neuron on each core there is nothing to choose.
// NATURAL: [Missed] Partitioned | Category:mapping | Function=relay | PacketsPerStep=5.000000e-01, Reason="cores are filled in the natural order: no partition was found that has fewer packets"

// No core has more than two neurons.
// CHECK-LABEL: neuro.map @relay
// CHECK: neuro.population @lif {{.*}}cores = dense<{{\[\[}}0, 2], [1, 1]]> : tensor<2x2xi32>
// CHECK: neuro.core 0
// CHECK-NEXT: neuro.core 1
// CHECK-NOT: neuro.core
neuro.map @relay target "loihi2" attributes {dt = 1.000000e-03 : f64} {
  neuro.input @x "x" : tensor<2xi1>
  neuro.population @lif cuba_lif start 1 {parameters = {du = dense<4095> : tensor<3xi32>,
    dv = dense<410> : tensor<3xi32>, v_threshold = dense<64> : tensor<3xi32>}} : tensor<3xi1>
  neuro.synapses @x -> @lif {rows = dense<[0, 1]> : tensor<2xi32>, bases = dense<0> : tensor<2xi32>,
    row_begin = dense<[0, 3, 5]> : tensor<3xi64>, offsets = dense<[0, 1, 2, 0, 2]> : tensor<5xi32>,
    weights = dense<[3, -2, 1, 4, 4]> : tensor<5xi16>, delays = dense<1> : tensor<5xi8>}
  neuro.output "y" @lif
}
