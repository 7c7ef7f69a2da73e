// RUN: lle-opt %s --spk-to-neuro=target=loihi2 --split-input-file | FileCheck %s

// Away from the borders all sources of a convolution have one row: of 6 sources, 4 share row 1.
// CHECK-LABEL: neuro.map @convolution
// CHECK: neuro.synapses @input0 -> @n {bases = dense<[0, 0, 1, 2, 3, 4]> : tensor<6xi32>, delays = dense<1> : tensor<7xi8>,
// CHECK-SAME: offsets = dense<[0, 1, 0, 1, 2, 0, 1]>
// CHECK-SAME: row_begin = dense<[0, 2, 5, 7]> : tensor<4xi64>, rows = dense<[0, 1, 1, 1, 1, 2]> : tensor<6xi32>,
// CHECK-SAME: weights = dense<[2, 1, 3, 2, 1, 3, 2]> : tensor<7xi16>}
lle.network @convolution(%x: tensor<1x6xi1>) -> tensor<1x6xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[[1, 2, 3]]]> : tensor<1x1x3xsi8>
  %b = lle.weight dense<0> : tensor<1xsi8>
  %i = lle.conv1d %x, %w, %b {dilation = array<i64: 1>, groups = 1 : i64, padding = array<i64: 1>, stride = array<i64: 1>}
    : (tensor<1x6xi1>, tensor<1x1x3xsi8>, tensor<1xsi8>) -> tensor<1x6xsi32>
  %y = spk.fixed_cuba_lif "n" %i loihi {du = dense<0> : tensor<1x6xi32>, dv = dense<0> : tensor<1x6xi32>,
    v_threshold = dense<2> : tensor<1x6xi32>} : tensor<1x6xsi32> -> tensor<1x6xi1>
  lle.output %y : tensor<1x6xi1>
}

// -----

// All that is between neurons is one matrix: windows of 2 added up, flattened, and multiplied; a weight of 0 is no
// synapse.
// CHECK-LABEL: neuro.map @chain
// CHECK: neuro.synapses @input0 -> @n {bases = dense<[0, 0, 1, 1]>
// CHECK-SAME: offsets = dense<[0, 1, 0]>
// CHECK-SAME: row_begin = dense<[0, 2, 3]> : tensor<3xi64>, rows = dense<[0, 0, 1, 1]>
// CHECK-SAME: weights = dense<[5, 6, -7]>
lle.network @chain(%x: tensor<1x1x4xi1>) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  %p = lle.sum_pool2d %x {kernel = array<i64: 1, 2>, padding = array<i64: 0, 0>, stride = array<i64: 1, 2>}
    : (tensor<1x1x4xi1>) -> tensor<1x1x2xsi32>
  %f = lle.flatten %p {end_dim = -1 : i64, start_dim = 0 : i64} : (tensor<1x1x2xsi32>) -> tensor<2xsi32>
  %w = lle.weight dense<[[5, 0], [6, -7]]> : tensor<2x2xsi8>
  %i = lle.linear %f, %w : (tensor<2xsi32>, tensor<2x2xsi8>) -> tensor<2xsi32>
  %y = spk.fixed_cuba_lif "n" %i loihi {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %y : tensor<2xi1>
}

// -----

// Two ways that differ in their delay are two synapses; where weights of one delay cancel there is none. Delays of the
// network count from the start of the target, which is tick 1.
// CHECK-LABEL: neuro.map @ways
// CHECK: neuro.population @n cuba_lif start 1
// CHECK: neuro.synapses @input0 -> @n {bases = dense<[0, 1]> : tensor<2xi32>, delays = dense<[1, 2, 4]> : tensor<3xi8>,
// CHECK-SAME: offsets = dense<0> : tensor<3xi32>, row_begin = dense<[0, 2, 3]>
// CHECK-SAME: weights = dense<[4, 9, 9]>
lle.network @ways(%x: tensor<2xi1>) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[4, 0], [0, 4]]> : tensor<2x2xsi8>
  %v = lle.weight dense<[[9, 0], [0, 9]]> : tensor<2x2xsi8>
  %m = lle.weight dense<[[0, 0], [0, -4]]> : tensor<2x2xsi8>
  %a = lle.linear %x, %w : (tensor<2xi1>, tensor<2x2xsi8>) -> tensor<2xsi32>
  %d = lle.delay "late" %x {initial = 0.0 : f64, steps = dense<[1, 3]> : tensor<2xi64>} : tensor<2xi1>
  %b = lle.linear %d, %v : (tensor<2xi1>, tensor<2x2xsi8>) -> tensor<2xsi32>
  %c = lle.linear %x, %m : (tensor<2xi1>, tensor<2x2xsi8>) -> tensor<2xsi32>
  %i = lle.add %a, %b, %c : (tensor<2xsi32>, tensor<2xsi32>, tensor<2xsi32>) -> tensor<2xsi32>
  %y = spk.fixed_cuba_lif "n" %i loihi {du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %y : tensor<2xi1>
}

// -----

// Arrangements: the second half of a reversed pair of signals, (a b | c d) transposed. A bias is one number; rates stay.
// CHECK-LABEL: neuro.map @arrangements
// CHECK: neuro.input @n.in "n" {rate = 1.250000e-01 : f64} : tensor<2xi1>
// CHECK: neuro.input @input1 "input1" {rate
// CHECK: neuro.population @n cuba_li start 1 {parameters = {bias = dense<[-12, 0]> : tensor<2xi32>,
// CHECK-SAME: rate = 5.000000e-01 : f64, weight_exp = 3 : i64} : tensor<2xsi32>
// CHECK: neuro.synapses @n.in -> @n {{.*}} rows = dense<[0, 1]> : tensor<2xi32>, weights = dense<1>
// CHECK: neuro.synapses @input1 -> @n {bases = dense<[0, 1]>
lle.network @arrangements(%a: tensor<2xi1> {lle.name = "n"}, %b: tensor<2xi1>) -> tensor<2xsi32> attributes {dt = 1.0e-03 : f64} {
  %c = lle.concat %a, %b : (tensor<2xi1>, tensor<2xi1>) -> tensor<4xi1>
  %r = lle.reshape %c : (tensor<4xi1>) -> tensor<2x2xi1>
  %t = lle.transpose %r {permutation = array<i64: 1, 0>} : (tensor<2x2xi1>) -> tensor<2x2xi1>
  %s = lle.slice %t {offset = 1 : i64} : (tensor<2x2xi1>) -> tensor<1x2xi1>
  %f = lle.reduce sum %s {dim = 0 : i64, lle.activity = 1.25e-01 : f64} : (tensor<1x2xi1>) -> tensor<2xsi32>
  %y = spk.fixed_cuba_li "n" %f loihi {bias_exp = dense<[2, 0]> : tensor<2xi32>, bias_mant = dense<[-3, 0]> : tensor<2xi32>,
    du = dense<0> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>, lle.rate = 5.0e-01 : f64, weight_exp = 3 : i64}
    : tensor<2xsi32> -> tensor<2xsi32>
  lle.output %y : tensor<2xsi32>
}
