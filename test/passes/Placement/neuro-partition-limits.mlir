// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-partition{strategy=sequential}))' --split-input-file | FileCheck %s

// Each limit ends a core. Two neurons:
// CHECK-LABEL: neuro.map @neurons
// CHECK: cores = dense<{{\[\[}}0, 2], [1, 2]]>
neuro.map @neurons target "t" attributes {dt = 1.0e-03 : f64, limits = {core_neurons = 2 : i64}} {
  neuro.population @p cuba_li start 0 {parameters = {du = dense<0> : tensor<4xi32>, dv = dense<0> : tensor<4xi32>}} : tensor<4xsi32>
}

// -----

// Two pairs of decays: (0, 1), (0, 2), and (0, 1) again.
// CHECK-LABEL: neuro.map @decays
// CHECK: cores = dense<{{\[\[}}0, 3], [1, 1]]>
neuro.map @decays target "t" attributes {dt = 1.0e-03 : f64, limits = {core_configurations = 2 : i64}} {
  neuro.population @p cuba_li start 0 {parameters = {du = dense<0> : tensor<4xi32>, dv = dense<[1, 2, 1, 3]> : tensor<4xi32>}} : tensor<4xsi32>
}

// -----

// One threshold.
// CHECK-LABEL: neuro.map @thresholds
// CHECK: cores = dense<{{\[\[}}0, 1], [1, 2], [2, 1]]>
neuro.map @thresholds target "t" attributes {dt = 1.0e-03 : f64, limits = {core_thresholds = 1 : i64}} {
  neuro.population @p cuba_lif start 0 {parameters = {du = dense<0> : tensor<4xi32>, dv = dense<0> : tensor<4xi32>,
    v_threshold = dense<[7, 8, 8, 7]> : tensor<4xi32>}} : tensor<4xi1>
}

// -----

// Two sources: the first neuron has one, the second another, the third both.
// CHECK-LABEL: neuro.map @axons
// CHECK: cores = dense<{{\[\[}}0, 1], [1, 1]]>
neuro.map @axons target "t" attributes {dt = 1.0e-03 : f64, limits = {core_in_axons = 1 : i64}} {
  neuro.input @x "x" : tensor<2xi1>
  neuro.population @p cuba_li start 1 {parameters = {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>}} : tensor<2xsi32>
  neuro.synapses @x -> @p {rows = dense<0> : tensor<2xi32>, bases = dense<[0, 1]> : tensor<2xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<3> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
}

// -----

// A word of 64 bits: a source of weights of 8 bits has 54 of them for synapses, which are 6 in a row, so the seventh is
// on another core.
// CHECK-LABEL: neuro.map @synapses
// CHECK: cores = dense<{{\[\[}}0, 6], [1, 2]]>
neuro.map @synapses target "t" attributes {dt = 1.0e-03 : f64, limits = {core_synapse_bytes = 8 : i64, weight_bits = 8 : i64}} {
  neuro.input @x "x" : tensor<1xi1>
  neuro.population @p cuba_li start 1 {parameters = {du = dense<0> : tensor<8xi32>, dv = dense<0> : tensor<8xi32>}} : tensor<8xsi32>
  neuro.synapses @x -> @p {rows = dense<0> : tensor<1xi32>, bases = dense<0> : tensor<1xi32>,
    row_begin = dense<[0, 8]> : tensor<2xi64>, offsets = dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xi32>,
    weights = dense<3> : tensor<8xi16>, delays = dense<1> : tensor<8xi8>}
}

// -----

// All memory, without synapses: 64 bits of a neuron, 20 of its out-axon and 2 x 24 of its sums are 16.5 bytes.
// CHECK-LABEL: neuro.map @memory
// CHECK: cores = dense<{{\[\[}}0, 2], [1, 2]]>
neuro.map @memory target "t" attributes {dt = 1.0e-03 : f64, limits = {core_memory_bytes = 49 : i64}} {
  neuro.population @p cuba_li start 0 {parameters = {du = dense<0> : tensor<4xi32>, dv = dense<0> : tensor<4xi32>}} : tensor<4xsi32>
}
