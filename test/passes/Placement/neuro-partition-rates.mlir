// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-partition))' --split-input-file | FileCheck %s

// A core holds two neurons: c is on the core of the one that it hears more of.
// CHECK-LABEL: neuro.map @a_is_loud
// CHECK: neuro.population @a {{.*}}cores = dense<{{\[\[}}0, 1]]>
// CHECK: neuro.population @b {{.*}}cores = dense<1>
// CHECK: neuro.population @c {{.*}}cores = dense<{{\[\[}}0, 1]]>
neuro.map @a_is_loud target "t" attributes {dt = 1.0e-03 : f64, limits = {core_neurons = 2 : i64}} {
  neuro.population @a cuba_lif start 0 {rate = 0.4 : f64, parameters = {du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>,
    v_threshold = dense<9> : tensor<1xi32>}} : tensor<1xi1>
  neuro.population @b cuba_lif start 0 {rate = 0.2 : f64, parameters = {du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>,
    v_threshold = dense<9> : tensor<1xi32>}} : tensor<1xi1>
  neuro.population @c cuba_li start 1 {parameters = {du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>}} : tensor<1xsi32>
  neuro.synapses @a -> @c {rows = dense<0> : tensor<1xi32>, bases = dense<0> : tensor<1xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<3> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
  neuro.synapses @b -> @c {rows = dense<0> : tensor<1xi32>, bases = dense<0> : tensor<1xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<3> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
}

// -----

// CHECK-LABEL: neuro.map @b_is_loud
// CHECK: neuro.population @a {{.*}}cores = dense<{{\[\[}}0, 1]]>
// CHECK: neuro.population @b {{.*}}cores = dense<1>
// CHECK: neuro.population @c {{.*}}cores = dense<1>
neuro.map @b_is_loud target "t" attributes {dt = 1.0e-03 : f64, limits = {core_neurons = 2 : i64}} {
  neuro.population @a cuba_lif start 0 {rate = 0.1 : f64, parameters = {du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>,
    v_threshold = dense<9> : tensor<1xi32>}} : tensor<1xi1>
  neuro.population @b cuba_lif start 0 {rate = 0.2 : f64, parameters = {du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>,
    v_threshold = dense<9> : tensor<1xi32>}} : tensor<1xi1>
  neuro.population @c cuba_li start 1 {parameters = {du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>}} : tensor<1xsi32>
  neuro.synapses @a -> @c {rows = dense<0> : tensor<1xi32>, bases = dense<0> : tensor<1xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<3> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
  neuro.synapses @b -> @c {rows = dense<0> : tensor<1xi32>, bases = dense<0> : tensor<1xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<3> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
}
