// RUN: lle-opt --lle-materialize-state="lanes=1 registers=32 simd=dsp" --cse %s | FileCheck %s
// RUN: lle-opt --lle-materialize-state="lanes=16 registers=32 simd=avx512" %s | FileCheck %s --check-prefix=AVX512

// Both synapses are saturated where the steeper one reaches the largest exponent: 124 / (4 log2 e) from its middle. So
// the potentials are kept below that in each unfold, and no exponent is clamped.
// CHECK-LABEL: func.func @alike_step
// CHECK: scf.for
// CHECK-DAG: %[[HIGH:.*]] = arith.constant 21.
// CHECK-DAG: %[[LOW:.*]] = arith.constant -21.
// CHECK: arith.cmpf olt, %[[HIGH]]
// CHECK: arith.cmpf ogt, %[[LOW]]
// CHECK: math.exp2 {{.*}} {lle.bounded} : vector<1xf32>
// CHECK: return
// With AVX-512 an exponent is clamped by one instruction, and a potential by two.
// AVX512-LABEL: func.func @alike_step
// AVX512-NOT: lle.bounded
// AVX512: return
lle.network @alike(%x: tensor<1xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.25 : f64,
      elapsed = 1.0 : f64, gleak = dense<0.25> : tensor<2xf32>, vleak = dense<4.0> : tensor<2xf32>,
      cm = dense<0.5> : tensor<2xf32>, sigma = dense<[[0.0, 4.0], [2.0, 0.0]]> : tensor<2x2xf32>,
      mu = dense<0.25> : tensor<2x2xf32>, w = dense<[[0.0, 1.0], [1.0, 0.0]]> : tensor<2x2xf32>,
      erev = dense<-1.0> : tensor<2x2xf32>, sensory_sigma = dense<2.0> : tensor<1x2xf32>,
      sensory_mu = dense<0.5> : tensor<1x2xf32>, sensory_w = dense<0.0> : tensor<1x2xf32>,
      sensory_erev = dense<-1.0> : tensor<1x2xf32>} : (tensor<1xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  lle.output %y : tensor<2xf32>
}

// Where the steeper synapse reaches the largest exponent, the other one, flatter by a hundred, is not saturated.
// CHECK-LABEL: func.func @apart_step
// CHECK-NOT: lle.bounded
// CHECK: return
lle.network @apart(%x: tensor<1xf32>) -> tensor<2xf32> attributes {dt = 1.0 : f64} {
  %y, %v = ltc.ltc_cell "cell" %x {
      solver = #ltc.solver<fused>, positivity = #ltc.positivity<clip>, unfolds = 6 : i64, epsilon = 0.25 : f64,
      elapsed = 1.0 : f64, gleak = dense<0.25> : tensor<2xf32>, vleak = dense<4.0> : tensor<2xf32>,
      cm = dense<0.5> : tensor<2xf32>, sigma = dense<[[0.0, 4.0], [0.04, 0.0]]> : tensor<2x2xf32>,
      mu = dense<0.25> : tensor<2x2xf32>, w = dense<[[0.0, 1.0], [1.0, 0.0]]> : tensor<2x2xf32>,
      erev = dense<-1.0> : tensor<2x2xf32>, sensory_sigma = dense<2.0> : tensor<1x2xf32>,
      sensory_mu = dense<0.5> : tensor<1x2xf32>, sensory_w = dense<0.0> : tensor<1x2xf32>,
      sensory_erev = dense<-1.0> : tensor<1x2xf32>} : (tensor<1xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  lle.output %y : tensor<2xf32>
}
