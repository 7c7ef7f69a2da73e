// RUN: lle-opt %s --spk-to-neuro=target=loihi2 | FileCheck %s

// A bias comes from a neuron that fires in every tick; the synapses from there have its values, on the way of the signal:
// behind a window of two rows each neuron gets the bias of its channel twice. Where there is none, no synapse is.
// CHECK-LABEL: neuro.map @net
// CHECK: neuro.population @n cuba_lif start 1
// CHECK: neuro.population @fc.bias cuba_lif start 0
// CHECK-SAME: parameters = {bias = dense<1> : tensor<1xi32>, du = dense<4095> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>, v_threshold = dense<0> : tensor<1xi32>}, rate = 1.000000e+00 : f64} : tensor<1xi1>
// CHECK: neuro.population @synapses.bias cuba_lif start 0
// CHECK-NOT: plain.bias
// CHECK: neuro.synapses @fc.bias -> @n {bases = dense<1> : tensor<1xi32>, delays = dense<1> : tensor<1xi8>, offsets = dense<0> : tensor<1xi32>, {{.*}} weights = dense<-3> : tensor<1xi16>}
// CHECK: neuro.synapses @synapses.bias -> @n {bases = dense<0> : tensor<1xi32>, {{.*}} offsets = dense<[0, 1]> : tensor<2xi32>, {{.*}} weights = dense<[14, 10]> : tensor<2xi16>}
lle.network @net(%x: tensor<2xi1>, %image: tensor<1x2x1xi1>) -> tensor<2xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<[[1, 2], [4, 5]]> : tensor<2x2xsi8>
  %b = lle.weight dense<[0, -3]> : tensor<2xsi8>
  %i = lle.affine %x, %w, %b {name = "fc"} : (tensor<2xi1>, tensor<2x2xsi8>, tensor<2xsi8>) -> tensor<2xsi32>
  %k = lle.weight dense<1> : tensor<2x1x1x1xsi8>
  %c = lle.weight dense<[7, 5]> : tensor<2xsi8>
  %m = lle.conv2d %image, %k, %c {dilation = array<i64: 1, 1>, groups = 1 : i64, padding = array<i64: 0, 0>, stride = array<i64: 1, 1>} : (tensor<1x2x1xi1>, tensor<2x1x1x1xsi8>, tensor<2xsi8>) -> tensor<2x2x1xsi32>
  %p = lle.sum_pool2d %m {kernel = array<i64: 2, 1>, padding = array<i64: 0, 0>, stride = array<i64: 2, 1>} : (tensor<2x2x1xsi32>) -> tensor<2x1x1xsi32>
  %f = lle.reshape %p : (tensor<2x1x1xsi32>) -> tensor<2xsi32>
  %z = lle.weight dense<0> : tensor<2xsi8>
  %j = lle.affine %x, %w, %z {name = "plain"} : (tensor<2xi1>, tensor<2x2xsi8>, tensor<2xsi8>) -> tensor<2xsi32>
  %s = lle.add %i, %f, %j : (tensor<2xsi32>, tensor<2xsi32>, tensor<2xsi32>) -> tensor<2xsi32>
  %y = spk.fixed_cuba_lif "n" %s loihi {du = dense<1000> : tensor<2xi32>, dv = dense<0> : tensor<2xi32>,
    v_threshold = dense<2> : tensor<2xi32>} : tensor<2xsi32> -> tensor<2xi1>
  lle.output %y : tensor<2xi1>
}

// A bias starts no earlier than what reads it, so that no synapse has to wait for it.
// CHECK-LABEL: neuro.map @late
// CHECK: neuro.population @b cuba_lif start 2
// CHECK: neuro.population @fc.bias cuba_lif start 1
// CHECK: neuro.synapses @fc.bias -> @b {{.*}} delays = dense<1> : tensor<1xi8>
lle.network @late(%x: tensor<1xi1>) -> tensor<1xi1> attributes {dt = 1.0e-03 : f64} {
  %w = lle.weight dense<1> : tensor<1x1xsi8>
  %c = lle.weight dense<3> : tensor<1xsi8>
  %i = lle.linear %x, %w : (tensor<1xi1>, tensor<1x1xsi8>) -> tensor<1xsi32>
  %a = spk.fixed_cuba_lif "a" %i loihi {du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>,
    v_threshold = dense<2> : tensor<1xi32>} : tensor<1xsi32> -> tensor<1xi1>
  %j = lle.affine %a, %w, %c {name = "fc"} : (tensor<1xi1>, tensor<1x1xsi8>, tensor<1xsi8>) -> tensor<1xsi32>
  %b = spk.fixed_cuba_lif "b" %j loihi {du = dense<0> : tensor<1xi32>, dv = dense<0> : tensor<1xi32>,
    v_threshold = dense<2> : tensor<1xi32>} : tensor<1xsi32> -> tensor<1xi1>
  lle.output %b : tensor<1xi1>
}
