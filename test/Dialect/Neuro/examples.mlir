// RUN: lle-opt %s | lle-opt | FileCheck %s

// The examples of the operations' descriptions.
// CHECK-LABEL: neuro.map @relay target "loihi2"
// CHECK: neuro.synapses @x -> @lif
neuro.map @relay target "loihi2" attributes {dt = 1.000000e-03 : f64, limits = {core_neurons = 8192 : i64}} {
  neuro.input @x "x" : tensor<2xi1>
  neuro.population @lif cuba_lif start 1 {parameters = {du = dense<4095> : tensor<3xi32>,
    dv = dense<410> : tensor<3xi32>, v_threshold = dense<64> : tensor<3xi32>}} : tensor<3xi1>
  neuro.synapses @x -> @lif {rows = dense<[0, 1]> : tensor<2xi32>, bases = dense<0> : tensor<2xi32>,
    row_begin = dense<[0, 3, 5]> : tensor<3xi64>, offsets = dense<[0, 1, 2, 0, 2]> : tensor<5xi32>,
    weights = dense<[3, -2, 1, 4, 4]> : tensor<5xi16>, delays = dense<1> : tensor<5xi8>}
  neuro.output "y" @lif
}

// Both sources have the row of a kernel of two taps.
// CHECK-LABEL: neuro.map @kernel
// CHECK: neuro.core 1
neuro.map @kernel target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" : tensor<2xi1>
  neuro.population @lif cuba_lif start 1 {cores = dense<[[0, 2], [1, 1]]> : tensor<2x2xi32>, parameters = {
    du = dense<409> : tensor<3xi32>, dv = dense<410> : tensor<3xi32>, v_threshold = dense<64> : tensor<3xi32>}}
    : tensor<3xi1>
  neuro.synapses @x -> @lif {rows = dense<[0, 0]> : tensor<2xi32>, bases = dense<[0, 1]> : tensor<2xi32>,
    row_begin = dense<[0, 2]> : tensor<2xi64>, offsets = dense<[0, 1]> : tensor<2xi32>,
    weights = dense<[3, -2]> : tensor<2xi16>, delays = dense<1> : tensor<2xi8>}
  neuro.core 0
  neuro.core 1
}

// CHECK-LABEL: neuro.map @routed
// CHECK: neuro.core 0 at [0, 3, 1, 2] {memory = {neurons = array<i64: 0, 24>, synapses = array<i64: 24, 16>}}
// CHECK: neuro.route 0 -> [1, 2] {key = 256 : i64, mask = 4294967040 : i64}
// CHECK: neuro.router 0 at [0, 0] {cores = [array<i64: 0>], keys = array<i64: 256>, links = array<i64: 1>, masks = array<i64: 4294967040>}
neuro.map @routed target "spinnaker2" attributes {dt = 1.0e-03 : f64} {
  neuro.population @lif cuba_lif start 1 {cores = dense<[[0, 1], [1, 1], [2, 1]]> : tensor<3x2xi32>, parameters = {
    decay_v = dense<0.5> : tensor<3xf32>, v_threshold = dense<1.0> : tensor<3xf32>}} : tensor<3xi1>
  neuro.core 0 at [0, 3, 1, 2] {memory = {neurons = array<i64: 0, 24>, synapses = array<i64: 24, 16>}}
  neuro.core 1 at [0, 3, 1, 1] {busy = 5.0e-01 : f64, power = "low"}
  neuro.core 2 at [0, 3, 1, 0]
  neuro.route 0 -> [1, 2] {key = 256 : i64, mask = 4294967040 : i64}
  neuro.router 0 at [0, 0] {keys = array<i64: 256>, masks = array<i64: 4294967040>, links = array<i64: 1>,
    cores = [array<i64: 0>]}
}
