// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-layout-memory))' --split-input-file | FileCheck %s

// CHECK-LABEL: neuro.map @alone
// CHECK: neuro.core 0 at [0, 0, 0, 0] {memory = {accumulators = array<i64: 16, 8>, neurons = array<i64: 0, 16>}}
neuro.map @alone target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.population @a cuba_li start 0 {cores = dense<[[0, 2]]> : tensor<1x2xi32>, parameters = {
    du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>}} : tensor<2xsi32>
  neuro.core 0 at [0, 0, 0, 0]
}

// -----

// SpiNNaker2: states are three words of a neuron. Core 0 has one row of synapses: the inputs' two of equal weights, dense;
// core 1 has two rows of one.
// CHECK-LABEL: neuro.map @keys
// CHECK: neuro.core 0 at [0, 0, 0, 0] {memory = {{{.*}}stack = array<i64: 94208, 4096>, states = array<i64: 40, 24>, synapses = array<i64: 64, 8>}}
// CHECK: neuro.core 1 at [0, 1, 0, 0] {memory = {{{.*}}states = array<i64: 40, 12>, synapses = array<i64: 52, 16>}}
neuro.map @keys target "spinnaker2" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" : tensor<1xi1>
  neuro.population @a cuba_lif start 1 {cores = dense<[[0, 2], [1, 1]]> : tensor<2x2xi32>, parameters = {
    decay_v = dense<0.5> : tensor<3xf32>, v_threshold = dense<1.0> : tensor<3xf32>}} : tensor<3xi1>
  neuro.synapses @x -> @a {rows = dense<0> : tensor<1xi32>, bases = dense<0> : tensor<1xi32>,
    row_begin = dense<[0, 3]> : tensor<2xi64>, offsets = dense<[0, 1, 2]> : tensor<3xi32>,
    weights = dense<3> : tensor<3xi16>, delays = dense<1> : tensor<3xi8>}
  neuro.synapses @a -> @a {rows = dense<[0, 1, 1]> : tensor<3xi32>, bases = dense<[2, 0, 0]> : tensor<3xi32>,
    row_begin = dense<[0, 1, 1]> : tensor<3xi64>, offsets = dense<0> : tensor<1xi32>,
    weights = dense<2> : tensor<1xi16>, delays = dense<1> : tensor<1xi8>}
  neuro.output "y" @a
  neuro.core 0 at [0, 0, 0, 0]
  neuro.core 1 at [0, 1, 0, 0]
}
