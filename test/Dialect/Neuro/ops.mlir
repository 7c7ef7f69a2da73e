// RUN: lle-opt %s | lle-opt | FileCheck %s
// RUN: lle-opt %s --mlir-print-op-generic | lle-opt | FileCheck %s
// RUN: lle-opt %s --emit-bytecode | lle-opt | FileCheck %s

// CHECK-LABEL: neuro.map @relay target "loihi2" attributes
// CHECK-SAME: dt = 1.000000e-03 : f64, limits = {core_neurons = 8192 : i64}, steps = 4 : i64
neuro.map @relay target "loihi2" attributes {dt = 1.000000e-03 : f64, limits = {core_neurons = 8192 : i64}, steps = 4 : i64} {
  // CHECK: neuro.input @x "x" : tensor<2xi1>
  neuro.input @x "x" : tensor<2xi1>
  // CHECK: neuro.population @lif cuba_lif start 1 {cores = {{.*}}, parameters = {{{.*}}}, rate = 2.500000e-01 : f64} : tensor<3xi1>
  neuro.population @lif cuba_lif start 1 {cores = dense<[[0, 2], [1, 1]]> : tensor<2x2xi32>, parameters = {
    du = dense<4095> : tensor<3xi32>, dv = dense<410> : tensor<3xi32>, v_threshold = dense<64> : tensor<3xi32>},
    rate = 2.5e-01 : f64} : tensor<3xi1>
  // CHECK: neuro.population @li cuba_li start 2
  // CHECK-SAME: reset_interval = 4 : i64, reset_offset = 1 : i64, weight_exp = 2 : i64} : tensor<1xsi32>
  neuro.population @li cuba_li start 2 {cores = dense<[[1, 1]]> : tensor<1x2xi32>, parameters = {
    bias = dense<-3> : tensor<1xi32>, du = dense<-1> : tensor<1xi32>, dv = dense<4096> : tensor<1xi32>},
    weight_exp = 2 : i64, reset_interval = 4 : i64, reset_offset = 1 : i64} : tensor<1xsi32>
  // CHECK: neuro.synapses @x -> @lif {bases = dense<0>
  neuro.synapses @x -> @lif {rows = dense<[0, 1]> : tensor<2xi32>, bases = dense<0> : tensor<2xi32>,
    row_begin = dense<[0, 3, 5]> : tensor<3xi64>, offsets = dense<[0, 1, 2, 0, 2]> : tensor<5xi32>,
    weights = dense<[3, -2, 1, 4, 4]> : tensor<5xi16>, delays = dense<1> : tensor<5xi8>}
  // A resource, and a source without synapses.
  // CHECK: neuro.synapses @lif -> @li {{.*}} weights = dense_resource<weights> : tensor<2xi16>
  neuro.synapses @lif -> @li {rows = dense<[0, 1, 0]> : tensor<3xi32>, bases = dense<0> : tensor<3xi32>,
    row_begin = dense<[0, 2, 2]> : tensor<3xi64>, offsets = dense<0> : tensor<2xi32>,
    weights = dense_resource<weights> : tensor<2xi16>, delays = dense<[1, 3]> : tensor<2xi8>}
  // CHECK: neuro.output "y" @li
  neuro.output "y" @li
  // CHECK: neuro.core 0 at [0, 3, 1, 2]
  // CHECK: neuro.core 1 at [1, 0, 0, 0]
  neuro.core 0 at [0, 3, 1, 2]
  neuro.core 1 at [1, 0, 0, 0]
}

// CHECK-LABEL: neuro.map @real target "spinnaker2"
neuro.map @real target "spinnaker2" attributes {dt = 1.000000e-03 : f64} {
  // CHECK: neuro.population @lif cuba_lif start 1 {parameters = {decay_i = dense<2.500000e-01> : tensor<2xf32>, decay_v = dense<5.000000e-01> : tensor<2xf32>, v_threshold = dense<1.500000e+00> : tensor<2xf32>}, subtract} : tensor<2xi1>
  neuro.population @lif cuba_lif start 1 {parameters = {decay_i = dense<0.25> : tensor<2xf32>, decay_v = dense<0.5> : tensor<2xf32>,
    v_threshold = dense<1.5> : tensor<2xf32>}, subtract} : tensor<2xi1>
}

{-#
  dialect_resources: {builtin: {weights: "0x020000000500FBFF"}}
#-}
