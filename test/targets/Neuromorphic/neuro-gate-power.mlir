// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-gate-power))' --split-input-file | FileCheck %s
// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-gate-power))' --split-input-file --remarks-filter=mapping -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: not lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-gate-power{rate=2}))' --split-input-file 2>&1 | FileCheck %s --check-prefix=RATE
// RATE: error: 'neuro.map' op rate must be 0 to 1, got 2

// 85 cycles at 150 MHz of a millisecond.
// REMARK: Gated | Category:mapping | Function=calm | Milliwatts={{.*}}, UngatedMilliwatts={{.*}}, Unmapped=151
// CHECK-LABEL: neuro.map @calm
// CHECK: neuro.core 0 at [0, 0, 0, 0] {busy = 5.66{{.*}}E-4 : f64, power = "low"}
neuro.map @calm target "spinnaker2" attributes {dt = 1.0e-03 : f64} {
  neuro.population @a cuba_lif start 0 {cores = dense<[[0, 1]]> : tensor<1x2xi32>, parameters = {
    decay_v = dense<0.5> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}} : tensor<1xi1>
  neuro.core 0 at [0, 0, 0, 0]
}

// -----

// 85 cycles are 567 ns at the lower level and 283 ns at the higher one.
// CHECK-LABEL: neuro.map @brisk
// CHECK: neuro.core 0 at [0, 0, 0, 0] {busy = {{.*}}, power = "high"}
neuro.map @brisk target "spinnaker2" attributes {dt = 4.0e-07 : f64} {
  neuro.population @a cuba_lif start 0 {cores = dense<[[0, 1]]> : tensor<1x2xi32>, parameters = {
    decay_v = dense<0.5> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}} : tensor<1xi1>
  neuro.core 0 at [0, 0, 0, 0]
}

// -----

// Loihi has no levels.
// REMARK: Function=alone | Unmapped=127
// CHECK-LABEL: neuro.map @alone
// CHECK: neuro.core 0 at [0, 0, 0, 0]{{$}}
neuro.map @alone target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.population @a cuba_li start 0 {cores = dense<[[0, 2]]> : tensor<1x2xi32>, parameters = {
    du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>}} : tensor<2xsi32>
  neuro.core 0 at [0, 0, 0, 0]
}

// -----

// Each population has a rate of its own, or that of the option: one synapse of 25 cycles beside the 85 of the neuron, at 0.2
// (of 'x', 90 cycles of 150,000), and at 0.1 (of 'y', 87.5).
// CHECK-LABEL: neuro.map @rates
// CHECK: neuro.core 0 at [0, 0, 0, 0] {busy = 6.0{{.*}}E-4 : f64, power = "low"}
// CHECK: neuro.core 1 at [0, 1, 0, 0] {busy = 5.83{{.*}}E-4 : f64, power = "low"}
neuro.map @rates target "spinnaker2" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" {rate = 0.2 : f64} : tensor<1xi1>
  neuro.input @y "y" : tensor<1xi1>
  neuro.population @a cuba_lif start 1 {cores = dense<[[0, 1]]> : tensor<1x2xi32>, parameters = {
    decay_v = dense<0.5> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}} : tensor<1xi1>
  neuro.population @b cuba_lif start 1 {cores = dense<[[1, 1]]> : tensor<1x2xi32>, parameters = {
    decay_v = dense<0.5> : tensor<1xf32>, v_threshold = dense<1.0> : tensor<1xf32>}} : tensor<1xi1>
  neuro.synapses @x -> @a {rows = dense<0> : tensor<1xi32>, bases = dense<0> : tensor<1xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>, offsets = dense<0> : tensor<1xi32>,
    weights = dense<3> : tensor<1xi16>, delays = dense<1> : tensor<1xi8>}
  neuro.synapses @y -> @b {rows = dense<0> : tensor<1xi32>, bases = dense<0> : tensor<1xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>, offsets = dense<0> : tensor<1xi32>,
    weights = dense<3> : tensor<1xi16>, delays = dense<1> : tensor<1xi8>}
  neuro.core 0 at [0, 0, 0, 0]
  neuro.core 1 at [0, 1, 0, 0]
}
