// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-partition{neurons=3}))' | FileCheck %s
// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-partition{neurons=3 strategy=sequential}))' | FileCheck %s --check-prefix=NATURAL

// Neurons 0 and 2 send to the first neuron of b, and 1 and 3 to the second: in the natural order, where the first
// core has 0 to 2, three of them send packets to the other one; else none does.
// CHECK-LABEL: neuro.map @pairs
// CHECK: neuro.population @a {{.*}}cores = dense<{{\[\[}}0, 1], [1, 1], [0, 1], [1, 1]]> : tensor<4x2xi32>
// CHECK: neuro.population @b {{.*}}cores = dense<{{\[\[}}0, 1], [1, 1]]> : tensor<2x2xi32>
neuro.map @pairs target "loihi2" attributes {dt = 1.000000e-03 : f64} {
  neuro.population @a cuba_lif start 0 {parameters = {du = dense<0> : tensor<4xi32>, dv = dense<0> : tensor<4xi32>,
    v_threshold = dense<9> : tensor<4xi32>}} : tensor<4xi1>
  neuro.population @b cuba_lif start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<9> : tensor<2xi32>}} : tensor<2xi1>
  neuro.synapses @a -> @b {rows = dense<0> : tensor<4xi32>, bases = dense<[0, 1, 0, 1]> : tensor<4xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<3> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
}

// NATURAL: neuro.population @a {{.*}}cores = dense<{{\[\[}}0, 3], [1, 1]]>
