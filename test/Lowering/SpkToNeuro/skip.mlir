// RUN: lle-opt %s --spk-to-neuro=target=loihi2 | FileCheck %s

// Two ways of different length meet: the shorter one has the longer delay. What a spike of x does in both is one row.
// CHECK-LABEL: neuro.map @skip target "loihi2"
// CHECK-SAME: delay_steps = 62
// CHECK: neuro.input @x "x" : tensor<2xi1>
// CHECK: neuro.population @hidden cuba_lif start 1 {parameters = {du = dense<4095>
// CHECK: neuro.population @skip cuba_lif start 2
// CHECK: neuro.synapses @x -> @hidden {bases = dense<[0, 1]> : tensor<2xi32>, delays = dense<1> : tensor<3xi8>,
// CHECK-SAME: offsets = dense<[0, 1, 0]> : tensor<3xi32>, row_begin = dense<[0, 2, 3]> : tensor<3xi64>, rows = dense<[0, 1]>
// CHECK-SAME: weights = dense<[3, 1, -2]> : tensor<3xi16>}
// CHECK: neuro.synapses @x -> @skip {{.*}} delays = dense<2>
// CHECK: neuro.synapses @hidden -> @skip {{.*}} delays = dense<1>
// CHECK: neuro.output "y" @skip
lle.network @skip(%x: tensor<2xi1> {lle.name = "x"}) -> (tensor<2xi1> {lle.name = "y"}) attributes {dt = 1.000000e-03 : f64} {
  %w = lle.weight dense<[[3, 0], [1, -2]]> : tensor<2x2xsi8>
  %i = lle.linear %x, %w : (tensor<2xi1>, tensor<2x2xsi8>) -> tensor<2xsi32>
  %a = spk.fixed_cuba_lif "hidden" %i loihi {du = dense<4095> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  %r = lle.linear %a, %w : (tensor<2xi1>, tensor<2x2xsi8>) -> tensor<2xsi32>
  %s = lle.add %i, %r : (tensor<2xsi32>, tensor<2xsi32>) -> tensor<2xsi32>
  %y = spk.fixed_cuba_lif "skip" %s loihi {du = dense<4095> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %y : tensor<2xi1>
}
