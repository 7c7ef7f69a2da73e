// RUN: lle-opt --lle-materialize-state="lanes=4 registers=16" --canonicalize %s | FileCheck %s

// A slot is four registers: -log2(e) sigma input_w, log2(e) sigma (mu - input_b), w and w erev. With sigma = 2, mu = 1/2,
// w = 1/4 and erev = -1, recurrent and, behind the map 2 x + 1/4, sensory. Neuron 1 has no synapse, so its lane is zero.
// CHECK-LABEL: func.func @folded_step
// cm / h + gleak + epsilon, cm / h and gleak vleak; the lanes past the last neuron divide one by one.
// CHECK-DAG: arith.constant dense<[3.500000e+00, 3.500000e+00, 1.000000e+00, 1.000000e+00]> : vector<4xf32>
// CHECK-DAG: arith.constant dense<[3.000000e+00, 3.000000e+00, 1.000000e+00, 1.000000e+00]> : vector<4xf32>
// CHECK-DAG: arith.constant dense<[1.000000e+00, 1.000000e+00, 0.000000e+00, 0.000000e+00]> : vector<4xf32>
// CHECK-DAG: arith.constant dense<{{\[\[}}-2.885390e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00], [1.44269502, 0.000000e+00, 0.000000e+00, 0.000000e+00], [2.500000e-01, 0.000000e+00, 0.000000e+00, 0.000000e+00], [-2.500000e-01, 0.000000e+00, 0.000000e+00, 0.000000e+00]]> : tensor<4x4xf32>
// CHECK-DAG: arith.constant dense<{{\[\[}}-5.770780e+00, 0.000000e+00, 0.000000e+00, 0.000000e+00], [0.72134751, 0.000000e+00, 0.000000e+00, 0.000000e+00], [2.500000e-01, 0.000000e+00, 0.000000e+00, 0.000000e+00], [-2.500000e-01, 0.000000e+00, 0.000000e+00, 0.000000e+00]]> : tensor<4x4xf32>
// Sensory synapses stand before the loop over the unfolds, recurrent ones in it.
// CHECK: math.exp2
// CHECK-NOT: math.exp2
// CHECK: scf.for
// CHECK: math.exp2
// CHECK-NOT: math.exp2
// CHECK: return
lle.network @folded(%x: tensor<1xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.25 : f64,
      elapsed = 1.0 : f64, gleak = dense<0.25> : tensor<2xf32>, vleak = dense<4.0> : tensor<2xf32>,
      cm = dense<0.5> : tensor<2xf32>, sigma = dense<2.0> : tensor<2x2xf32>, mu = dense<0.5> : tensor<2x2xf32>,
      w = dense<[[0.25, 0.0], [0.25, 0.25]]> : tensor<2x2xf32>, erev = dense<-1.0> : tensor<2x2xf32>,
      mask = dense<[[-1, 1], [0, 0]]> : tensor<2x2xi8>, input_w = dense<2.0> : tensor<1xf32>,
      input_b = dense<0.25> : tensor<1xf32>, sensory_sigma = dense<2.0> : tensor<1x2xf32>,
      sensory_mu = dense<0.5> : tensor<1x2xf32>, sensory_w = dense<0.25> : tensor<1x2xf32>,
      sensory_erev = dense<-1.0> : tensor<1x2xf32>, sensory_mask = dense<[[1, 0]]> : tensor<1x2xi8>}
    : (tensor<1xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  lle.output %y : tensor<2xf32>
}

// An elapsed time that comes with each step is a divisor once, before the loop.
// CHECK-LABEL: func.func @timed_step
// CHECK: arith.divf
// CHECK-NOT: arith.divf
// CHECK: scf.for
// CHECK: arith.divf
lle.network @timed(%x: tensor<1xf32>, %t: tensor<1xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x elapsed %t {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.25 : f64,
      elapsed = 0.0 : f64, gleak = dense<0.25> : tensor<2xf32>, vleak = dense<4.0> : tensor<2xf32>,
      cm = dense<0.5> : tensor<2xf32>, sigma = dense<2.0> : tensor<2x2xf32>, mu = dense<0.5> : tensor<2x2xf32>,
      w = dense<0.25> : tensor<2x2xf32>, erev = dense<-1.0> : tensor<2x2xf32>,
      sensory_sigma = dense<2.0> : tensor<1x2xf32>, sensory_mu = dense<0.5> : tensor<1x2xf32>,
      sensory_w = dense<0.0> : tensor<1x2xf32>, sensory_erev = dense<-1.0> : tensor<1x2xf32>}
    : (tensor<1xf32>, tensor<1xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  lle.output %y : tensor<2xf32>
}
