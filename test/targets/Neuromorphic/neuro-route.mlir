// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-route))' --split-input-file | FileCheck %s
// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-route,neuro-route))' --split-input-file | FileCheck %s
// RUN: lle-opt %s --pass-pipeline='builtin.module(neuro.map(neuro-route))' --split-input-file --remarks-filter=mapping -o /dev/null 2>&1 | FileCheck %s --check-prefix=REMARK

// Along x and y, without keys. One neuron in ten sends in a tick, as nobody measured it: three packets of the input and
// of two neurons, and a link of the latter.
// REMARK: Routed | Category:mapping | Function=relay | ChipCrossings=0.000000e+00, Hops=2.000000e-01, MaxLinkLoad=2.000000e-01, Packets=3.000000e-01
// CHECK-LABEL: neuro.map @relay
// CHECK: neuro.route 0 -> [1]{{$}}
// CHECK-NEXT: neuro.route 2 -> [0]{{$}}
// CHECK-NEXT: }
neuro.map @relay target "loihi2" attributes {dt = 1.0e-03 : f64} {
  neuro.input @x "x" : tensor<1xi1>
  neuro.population @a cuba_lif start 1 {cores = dense<[[0, 2]]> : tensor<1x2xi32>, parameters = {
    du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<1> : tensor<2xi32>}} : tensor<2xi1>
  neuro.population @b cuba_li start 2 {cores = dense<[[1, 1]]> : tensor<1x2xi32>, parameters = {
    du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>}} : tensor<1xsi32>
  neuro.synapses @x -> @a {rows = dense<0> : tensor<1xi32>, bases = dense<0> : tensor<1xi32>,
    row_begin = dense<[0, 2]> : tensor<2xi64>, offsets = dense<[0, 1]> : tensor<2xi32>,
    weights = dense<3> : tensor<2xi16>, delays = dense<1> : tensor<2xi8>}
  neuro.synapses @a -> @b {rows = dense<0> : tensor<2xi32>, bases = dense<0> : tensor<2xi32>,
    row_begin = dense<[0, 1]> : tensor<2xi64>, offsets = dense<0> : tensor<1xi32>,
    weights = dense<2> : tensor<1xi16>, delays = dense<1> : tensor<1xi8>}
  neuro.output "y" @b
  neuro.core 0 at [0, 0, 0, 0]
  neuro.core 1 at [0, 1, 0, 0]
}

// -----

// Core 0 sends the keys of two neurons, core 1 has none that anyone wants, and the host sends one to both.
// CHECK-LABEL: neuro.map @keys
// CHECK: neuro.route 0 -> [1] {key = 0 : i64, mask = 4294967294 : i64}
// CHECK-NEXT: neuro.route 2 -> [0, 1] {key = 3 : i64, mask = 4294967295 : i64}
// CHECK-NEXT: neuro.router 0 at [0, 0] {cores = [array<i64: 0, 1>, array<i64: 1>], keys = array<i64: 3, 0>, links = array<i64: 0, 0>, masks = array<i64: 4294967295, 4294967294>}
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

// -----

// Two chips side by side: from the first's column 0 to the second's are eight links, of which one leaves the chip.
// REMARK: Function=chips | ChipCrossings=1.000000e-01, Hops=8.000000e-01, MaxLinkLoad=1.000000e-01, Packets=1.000000e-01
// CHECK-LABEL: neuro.map @chips
// CHECK: neuro.route 0 -> [1]{{$}}
neuro.map @chips target "loihi2" attributes {dt = 1.0e-03 : f64, limits = {grid_width = 8 : i64, system_chips = 2 : i64}} {
  neuro.population @a cuba_lif start 0 {cores = dense<[[0, 1], [1, 1]]> : tensor<2x2xi32>, parameters = {
    du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, v_threshold = dense<1> : tensor<2xi32>}} : tensor<2xi1>
  neuro.synapses @a -> @a {rows = dense<[0, 1]> : tensor<2xi32>, bases = dense<[1, 0]> : tensor<2xi32>,
    row_begin = dense<[0, 1, 1]> : tensor<3xi64>, offsets = dense<0> : tensor<1xi32>, weights = dense<2> : tensor<1xi16>,
    delays = dense<1> : tensor<1xi8>}
  neuro.core 0 at [0, 0, 0, 0]
  neuro.core 1 at [1, 0, 0, 0]
}
